"""What is known of a sample before answers to it are made: its gold, and an answer that is surely wrong."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.calibration.wordings import NUMBERS
from studio.core.task import Sample

_TRIM = " \t\r\n.,;:!?\"'«»“”„()"
_INTEGER = re.compile(r"\d+")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
# Gold that is itself a refusal or a denial: what else refuses or denies may be right, too.
_DENIES = re.compile(
    r"\b(?:не|нет|нельзя|невозможно|неизвестно|никак\w*|ничего|никто|отсутству\w+)\b", re.IGNORECASE
)
_ALIKE = 4  # words that begin with as many equal letters may be forms of one word


@dataclass(frozen=True)
class Facts:
    """`gold` is the first right answer, `golds` all of them; `letter` that of the right option ("" in a task without).

    `wrong` is a wrong answer of the gold's own kind, None where none is known; `wrong_letter` that of a wrong option.
    """

    sample: Sample
    gold: str
    golds: tuple[str, ...]
    letter: str
    wrong: str | None
    wrong_letter: str

    @property
    def options(self) -> dict[str, str]:
        return dict(self.sample.options)

    @property
    def is_record(self) -> bool:
        """Gold that is JSON (RuSLUn): it has no case, quotes or negation to play with."""
        return self.gold.lstrip().startswith(("{", "["))

    @property
    def denies(self) -> bool:
        return any(_DENIES.search(gold) for gold in self.golds)

    def option_is_telling(self, letter: str) -> bool:
        """Whether an option's text stands for it alone, among the options."""
        texts = [text.casefold().strip() for text in self.options.values()]
        return texts.count(self.options[letter].casefold().strip()) == 1 and bool(
            self.options[letter].strip()
        )


def facts_of(sample: Sample, others: Sequence[str], rng: random.Random) -> Facts | None:
    """The facts of a sample with gold, else None. `others` are all golds of its task, where wrong answers come from."""
    golds = (sample.gold,) if isinstance(sample.gold, str) else sample.gold or ()
    golds = tuple(gold for gold in golds if gold.strip())
    if not golds:
        return None
    letter = next((gold.strip().upper() for gold in golds if gold.strip().upper() in sample.options), "")
    if letter:
        right = {gold.strip().upper() for gold in golds}
        wrong_letter = _picked([other for other in sample.options if other not in right], rng) or ""
        return Facts(sample, golds[0], golds, letter, wrong_letter or None, wrong_letter)
    foreign = sorted({other for other in others if not any(alike(other, gold) for gold in golds)})
    return Facts(sample, golds[0], golds, "", _picked(foreign, rng), "")


def alike(one: str, other: str) -> bool:
    """Whether two answers may mean the same: equal but for case, ё, quotes and the way a number is written, or words
    with one beginning, which may be forms of one word. In doubt yes: a wrong answer must be wrong."""
    a, b = plain(one), plain(other)
    if a == b:
        return True
    if _DECIMAL.fullmatch(a) and _DECIMAL.fullmatch(b):
        return float(a) == float(b)
    return a[:_ALIKE] == b[:_ALIKE] and min(len(a), len(b)) >= _ALIKE and not a[:1].isdigit()


def plain(text: str) -> str:
    """A text without case, ё, outer punctuation; a number's word as digits, its comma as a point."""
    bare = text.casefold().replace("ё", "е").strip(_TRIM)
    if bare in NUMBERS:
        return str(NUMBERS.index(bare))
    return bare.replace(",", ".") if _DECIMAL.fullmatch(bare) else bare


def whole_number(text: str) -> int | None:
    """The number that a gold of digits is, if a word for it is known."""
    bare = text.strip()
    return int(bare) if _INTEGER.fullmatch(bare) and int(bare) < len(NUMBERS) else None


def decimal_form(text: str) -> str | None:
    """The same number in another form: 12.5 for 12,5 and the other way, 3,0 for 3; None for what is no number."""
    bare = text.strip()
    if not _DECIMAL.fullmatch(bare):
        return None
    return (
        bare.translate(str.maketrans(".,", ",.")) if not _INTEGER.fullmatch(bare.lstrip("-")) else f"{bare},0"
    )


def _picked(choices: Sequence[str], rng: random.Random) -> str | None:
    return rng.choice(choices) if choices else None
