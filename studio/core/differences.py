"""How an answer differs from gold, for the eye: word by word, and what a reader overlooks pointed out.

Pure comparisons of two texts; nothing here scores.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

# The steps of a trace that choose a part of the output; what follows brings it to a form.
CUTTING = frozenset(
    (
        "visible",
        "tags",
        "after_marker",
        "after_title_marker",
        "nothing_after_marker",
        "after_thought",
        "cut",
        "part",
    )
)
MOST_WORDS = 400  # of each text; of longer ones the first
ALIKE = 0.5  # words whose letters agree this far are shown letter by letter
_WORD = re.compile(r"\w+|[^\w\s]")
_TWINS = dict(zip("АВЕКМНОРСТУХаеорсухіІјЈѕЅ", "ABEKMHOPCTYXaeopcyxiIjJsS", strict=True))
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-z]")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SHORTEST_STEM = 3

Side = Literal["same", "answer", "gold"]


@dataclass(frozen=True)
class Piece:
    """A run of text: on both sides, in the answer alone, or in gold alone. `parts` are its letters, where told."""

    side: Side
    text: str
    parts: tuple["Piece", ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something easily overlooked: `code` names a text `lens.<code>`, `values` fill it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def final_text(answer: str, detail: Mapping[str, Any]) -> str:
    """What was cut out of an answer, as far as the steps of its score tell: they keep 160 characters of a text."""
    steps = [step for step in detail.get("steps") or () if step["rule"] in CUTTING]
    return str(steps[-1]["after"]) if steps else answer


def word_diff(answer: str, gold: str) -> tuple[Piece, ...]:
    """The two texts word by word; a word that differs from its counterpart in little is told letter by letter."""
    a, b = (_WORD.findall(text)[:MOST_WORDS] for text in (answer, gold))
    return tuple(_pieces(a, b))


def _pieces(a: Sequence[str], b: Sequence[str]) -> Iterator[Piece]:
    for tag, i, k, j, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Piece("same", word) for word in a[i:k])
            continue
        for place in range(max(k - i, m - j)):
            ours = a[i + place] if i + place < k else ""
            theirs = b[j + place] if j + place < m else ""
            parts = _letters(ours, theirs)
            if ours:
                yield Piece("answer", ours, tuple(part for part in parts if part.side != "gold"))
            if theirs:
                yield Piece("gold", theirs, tuple(part for part in parts if part.side != "answer"))


def _letters(ours: str, theirs: str) -> tuple[Piece, ...]:
    """Letter by letter where that helps: the words are alike."""
    if not ours or not theirs or max(len(ours), len(theirs)) > 60:
        return ()
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < ALIKE:
        return ()
    found: list[Piece] = []
    for tag, i, k, j, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", ours[i:k]))
            continue
        found += [Piece("answer", ours[i:k])] if k > i else []
        found += [Piece("gold", theirs[j:m])] if m > j else []
    return tuple(found)


def remarks(answer: str, gold: str) -> tuple[Remark, ...]:
    """What a reader overlooks in the difference between a final answer and gold, each once, the plainest first."""
    found = [*_unseen(answer), *_alphabets(answer, gold), *_spelling(answer, gold)]
    return tuple(each for place, each in enumerate(found) if each not in found[:place])


def _unseen(answer: str) -> Iterator[Remark]:
    codes = sorted({f"U+{ord(char):04X}" for char in _INVISIBLE.findall(answer)})
    if codes:
        yield Remark("invisible", {"codes": ", ".join(codes)})
    if _ODD_SPACE.search(answer):
        yield Remark("odd_space")


def _alphabets(answer: str, gold: str) -> Iterator[Remark]:
    """Letters that look the same and are not: beside gold, or inside a word of the other alphabet."""
    ours, theirs = (_WORD.findall(text)[:MOST_WORDS] for text in (answer, gold))
    wanted = {_folded(word): word for word in theirs}
    for word in ours:
        twin = wanted.get(_folded(word))
        if twin is not None and len(twin) == len(word):
            for a, b in zip(word, twin, strict=True):
                if a.casefold() != b.casefold() and _folded(a) == _folded(b):
                    yield Remark("twin_in_answer" if _CYRILLIC.match(a) else "twin_in_gold", {"letter": a})
        if _CYRILLIC.search(word) and _LATIN.search(word):
            yield Remark("mixed_word", {"word": word})


def _folded(text: str) -> str:
    return "".join(_TWINS.get(char, char) for char in text).casefold()


def _spelling(answer: str, gold: str) -> Iterator[Remark]:
    """Words that differ by case, ё, or an ending; numbers that are written otherwise; gold among other words."""
    answer, gold = (unicodedata.normalize("NFC", text).strip() for text in (answer, gold))
    ours, theirs = (
        [word for word in _WORD.findall(text)[:MOST_WORDS] if word[0].isalnum()] for text in (answer, gold)
    )
    if answer != gold and answer.casefold() == gold.casefold():
        yield Remark("case")
    if _plain(answer) != _plain(gold) and _plain(answer).replace("ё", "е") == _plain(gold).replace("ё", "е"):
        yield Remark("yo")
    yield from _numbers(answer, gold)
    if len(ours) == len(theirs):
        yield from _endings(ours, theirs)
    inside = f" {' '.join(theirs)} ".casefold() in f" {' '.join(ours)} ".casefold()
    if theirs and len(ours) > len(theirs) and inside:
        yield Remark("more_words", {"n": str(len(ours) - len(theirs))})


def _plain(text: str) -> str:
    return text.casefold().strip(" .!»«\"'")


def _numbers(answer: str, gold: str) -> Iterator[Remark]:
    ours, theirs = _NUMBER.findall(answer), _NUMBER.findall(gold)
    if len(ours) == len(theirs) == 1 and ours != theirs:
        a, b = (float(text[0].replace(",", ".")) for text in (ours, theirs))
        if a == b:
            yield Remark("number_written", {"answer": ours[0], "gold": theirs[0]})
        elif abs(a) == abs(b):
            yield Remark("number_sign", {"answer": ours[0], "gold": theirs[0]})
    if ours == theirs and len(ours) == 1 and _unit(answer, ours[0]) != _unit(gold, ours[0]):
        yield Remark(
            "number_unit", {"answer": _unit(answer, ours[0]) or "—", "gold": _unit(gold, ours[0]) or "—"}
        )


def _unit(text: str, number: str) -> str:
    """What stands after a number, if it is a short word or sign."""
    after = text.partition(number)[2].strip(" .!")
    return after if len(after) <= 12 and " " not in after else ""


def _endings(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Remark]:
    """Words of one stem: they agree in more than half, from the beginning, and differ in what follows."""
    for a, b in zip(ours, theirs, strict=True):
        x, y = (word.casefold().replace("ё", "е") for word in (a, b))
        shared = next(
            (place for place, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y))
        )
        most = max(len(x), len(y))
        if (
            x != y
            and x.isalpha()
            and y.isalpha()
            and shared >= _SHORTEST_STEM
            and most - shared <= 4
            and shared * 2 > most
        ):
            yield Remark("ending", {"answer": a, "gold": b})
