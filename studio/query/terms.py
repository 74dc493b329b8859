"""What one term means: its words checked against its field."""

import re
from typing import NamedTuple

from studio.core.errors import BadInput, QueryError
from studio.query import tree
from studio.query.errors import unknown_choice, wrong
from studio.query.fields import ANYTHING, FIELDS, NOTHING, Field, choice_named, folded
from studio.query.patterns import compiled
from studio.query.scanning import Said, Token

_NUMBER = re.compile(r"[-+]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})")
_DOWN, _UP = ("-desc", "_desc", ":desc"), ("-asc", "_asc", ":asc")


class Ordered(NamedTuple):
    """An order, and where it stands."""

    order: tree.Order
    start: int
    end: int


def term_of(token: Token, text: str) -> tree.Node | Ordered:
    """A term as a part of the tree, or the order that it asks for. Raises QueryError."""
    known = token.field or FIELDS["text"]
    if known.kind == "order":
        return Ordered(_order(token, text), token.start, token.end)
    if token.sign in {"<", "<=", ">", ">="}:
        return _compared(known, token, text)
    if token.sign == "=" and known.kind == "text":
        return _whole(known, token, text)
    values = tuple(dict.fromkeys(_value(known, said, text) for said in token.values))
    term = tree.Term(known.name, values, token.key)
    return tree.Not(term) if token.sign == "≠" else term


def number_of(word: str) -> float | None:
    """The number that a word is, if it is one."""
    return float(word) if _NUMBER.fullmatch(word) else None


def _compared(known: Field, token: Token, text: str) -> tree.Comparison:
    if not known.measured:
        raise wrong(
            "sign", text, token.start, token.end, field=known.name, sign=token.sign, example=known.example
        )
    if len(token.values) > 1:
        raise wrong("list_sign", text, token.values[0].start, token.end, sign=token.sign)
    (said,) = token.values
    value = number_of(said.text) if said.other is None else None
    if value is None:
        raise wrong("number", text, said.start, said.end, field=known.name)
    _check_share(known, said, text, value)
    return tree.Comparison(known.name, token.sign, value)  # type: ignore[arg-type]


def _whole(known: Field, token: Token, text: str) -> tree.Node:
    """All of a text: `answer=да`."""
    for said in token.values:
        if said.kind == "pattern" or said.other is not None:
            raise wrong("whole", text, said.start, said.end, field=known.name)
    return tree.Whole(known.name, tuple(dict.fromkeys(tree.Word(said.text) for said in token.values)))


def _order(token: Token, text: str) -> tree.Order:
    said = token.values[0]
    if token.sign not in {":", "="} or len(token.values) > 1 or said.kind != "bare" or said.other is not None:
        raise unknown_choice(FIELDS["order"], said.text, text, token.start, token.end)
    word = folded(said.text)
    down = word.startswith("-") or word.endswith(_DOWN)
    word = word.removeprefix("-")
    for ending in (*_DOWN, *_UP):
        word = word.removesuffix(ending)
    name = choice_named(FIELDS["order"], word)
    if name is None:
        raise unknown_choice(FIELDS["order"], word, text, said.start, said.end)
    return tree.Order(name, down)


def _value(known: Field, said: Said, text: str) -> tree.Value:
    if said.other is not None:
        return tree.Apart(said.text, said.other, said.same)
    if said.kind == "pattern":
        return _pattern(known, said, text)
    if said.kind == "bare" and said.text == ANYTHING:
        return tree.Anything()
    if known.kind == "text":
        if not said.text.strip():
            raise wrong("value_missing", text, said.start, said.end, field=known.name, known=known.example)
        return tree.Word(said.text)
    if known.kind == "name":
        if said.text == NOTHING[0] and said.kind == "bare":  # «нет» is a name like another
            return tree.Nothing()
        return tree.Glob(said.text) if said.kind == "bare" and "*" in said.text else tree.Word(said.text)
    choice = choice_named(known, said.text)
    if choice is not None:
        return tree.Word(choice)
    if folded(said.text) in NOTHING and known.kind not in {"flag", "runs"}:
        return tree.Nothing()
    if known.kind == "runs":
        raise wrong("runs", text, said.start, said.end, field=known.name)
    if known.kind == "number" or (known.measured and not said.text[:1].isalpha()):
        return _measure(known, said, text)
    raise unknown_choice(known, said.text, text, said.start, said.end)


def _pattern(known: Field, said: Said, text: str) -> tree.Pattern:
    if known.kind not in {"text", "name"}:
        raise wrong("pattern_here", text, said.start, said.end, field=known.name, example=known.example)
    try:
        compiled(said.text)
    except BadInput as error:
        problem = error.problem
        place = {"text": text, "start": said.start, "end": said.end, "word": said.text}
        raise QueryError(problem.code, **{**problem.values, **place}) from error
    return tree.Pattern(said.text)


def _measure(known: Field, said: Said, text: str) -> tree.Value:
    """A number, or a range `a..b` with an open end."""
    low, dots, high = said.text.partition("..")
    if not dots:
        value = number_of(said.text)
        if value is None:
            raise wrong("number", text, said.start, said.end, field=known.name)
        _check_share(known, said, text, value)
        return tree.Number(value)
    ends = [number_of(end) if end else None for end in (low, high)]
    unread = any(end and number is None for end, number in zip((low, high), ends, strict=True))
    if unread or not (low or high):
        raise wrong("number", text, said.start, said.end, field=known.name)
    _check_share(known, said, text, *ends)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        raise wrong("range", text, said.start, said.end, suggestion=f"{high}..{low}")
    return tree.Range(ends[0], ends[1])


def _check_share(known: Field, said: Said, text: str, *values: float | None) -> None:
    """A share outside of 0 to 1 would find nothing, or everything, without a word. Raises QueryError."""
    if known.share and any(value is not None and not 0 <= value <= 1 for value in values):
        raise wrong("share", text, said.start, said.end, field=known.name, example=known.example)
