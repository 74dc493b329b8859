"""What may come next in a filter that is being typed: fields by a word of theirs, then values that the run knows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.errors import QueryError
from studio.core.keyboard import in_english, in_russian
from studio.query.fields import CATEGORY, FIELDS, GROUP, Field, field_named, folded
from studio.query.printing import quoted
from studio.query.scanning import Scanner

MOST = 12
NAMED = (
    " · "  # between the number by which a value goes and its name: both are offered, the number is written
)
RUNS = "run"  # what is asked of `Values` for the two sides of a comparison

# Known values of a field (with its category's name) and how many samples have each, where that is known cheaply.
Known = Sequence[tuple[str, int | None]]
Values = Callable[[str, str], Known]

_PIECE = re.compile(r'(?:^|(?<=[\s(|]))-?(?P<piece>(?:[^\s()|"«]|(?<=[.:=≠,])["«][^"»]*["»]?)*)$')
_TERM = re.compile(
    r'(?P<name>[^\W\d]\w*)(?P<key>\.(?:"[^"]*"|[^\s:<>=≠!",]+))?(?P<sign>:|=|≠|!=)(?P<before>(?:[^,]*,)*)(?P<last>[^,]*)',
)
_KEY = re.compile(r"(?P<name>[^\W\d]\w*)\.(?P<key>[^:]*)")


@dataclass(frozen=True)
class Suggestion:
    """`insert` takes the place of what is typed. A field is explained by its name, a choice by field and value."""

    insert: str
    label: str
    kind: Literal["field", "value"]
    field: str
    count: int | None = None


@dataclass(frozen=True)
class Completion:
    """Suggestions for the characters from `start` to `end` of the text."""

    start: int
    end: int
    suggestions: tuple[Suggestion, ...] = ()


def complete(text: str, cursor: int, values: Values) -> Completion:
    """What may stand where the cursor is; `values` tells what the run knows. Never raises."""
    cursor = max(0, min(cursor, len(text)))
    found = _PIECE.search(text[:cursor])
    if found is None or not _readable(text[: found.start("piece")]):
        return Completion(cursor, cursor)
    piece, start = found.group("piece"), found.start("piece")
    end = cursor + len(re.match(r"[^\s()|,]*", text[cursor:]).group())  # type: ignore[union-attr]
    if term := _TERM.fullmatch(piece):
        return _values(term, start, end, values)
    key = _KEY.fullmatch(piece)
    if key and (known := field_named(key.group("name"))) and known.name == CATEGORY:
        names = _matching(key.group("key"), values(CATEGORY, ""))
        shown = (Suggestion(f"{quoted(name, listed=True)}:", name, "value", CATEGORY, n) for name, n in names)
        return Completion(start + key.start("key"), end, tuple(shown)[:MOST])
    fields = [Suggestion(_opening(known), known.name, "field", known.name) for known in _fields(piece)]
    return Completion(start, end, (*fields, *_tasks(piece, values))[:MOST])


def _readable(text: str) -> bool:
    """Whether a text leaves no quote or expression open."""
    try:
        Scanner(text).tokens()
    except QueryError as error:
        return error.problem.code not in {"query_quote_open", "query_pattern_open"}
    return True


def _fields(piece: str) -> Iterable[Field]:
    """Fields of which a name begins so; those whose own name does come first. Else, as on the other layout."""
    for spelled in _spellings(piece):
        own = [known for known in FIELDS.values() if known.name.startswith(spelled)]
        also = [
            known
            for known in FIELDS.values()
            if known not in own and any(folded(name).startswith(spelled) for name in known.also)
        ]
        if own or also:
            return (*own, *also)
    return ()


def _spellings(typed: str) -> tuple[str, ...]:
    """What was typed, and what the same keys write on the other layouts."""
    return tuple(dict.fromkeys(map(folded, (typed, in_english(typed), in_russian(typed)))))


def _opening(known: Field) -> str:
    if known.name == CATEGORY:
        return f"{CATEGORY}."
    return f"{known.name}{'>' if known.kind == 'number' and known.name != 'prompt' else ':'}"


def _tasks(piece: str, values: Values) -> Iterable[Suggestion]:
    """Tasks whose name holds what is typed: `clevr` is on its way to `task:ruCLEVR`."""
    if len(piece) < 2:
        return
    for name, n in _matching(piece, values("task", "")):
        yield Suggestion(f"task:{quoted(name, listed=True)}", name, "value", "task", n)


def _values(term: re.Match[str], start: int, end: int, values: Values) -> Completion:
    known = field_named(term.group("name"))
    if known is None:
        return Completion(end, end)
    last, place = term.group("last"), start + term.start("last")
    side = re.match(r"(.*)(≠|!=)", last) if known.apart else None
    if side or known.kind == "runs":
        typed = last[side.end() :] if side else last
        sign = "" if side else "≠"
        found = _matching(typed, values(RUNS, ""))
        shown = [
            Suggestion(f"{quoted(name, listed=True)}{sign}", name, "value", RUNS, n) for name, n in found
        ]
        return Completion(place + (side.end() if side else 0), end, tuple(shown[:MOST]))
    key = (term.group("key") or "")[1:].strip('"')
    counted = {folded(name): (name, n) for name, n in values(known.name, key)}
    offered = [counted.pop(folded(choice), (choice, None)) for choice in known.choices]
    offered += counted.values()
    shown = [
        Suggestion(_insert(known, name), name, "value", known.name, n)
        for name, n in _matching(last.strip('"«»'), offered)
    ]
    return Completion(place, end, tuple(shown[:MOST]))


def _insert(known: Field, name: str) -> str:
    if known.name == GROUP:
        return name.partition(NAMED)[0]
    return name if name in known.choices else quoted(name, listed=True)


def _matching(typed: str, known: Known) -> Known:
    """Those that begin with what is typed, then those that hold it. Else, as on the other layout."""
    for spelled in _spellings(typed):
        first = [each for each in known if folded(each[0]).startswith(spelled)]
        inside = [each for each in known if each not in first and spelled in folded(each[0])]
        if first or inside:
            return [*first, *inside]
    return []
