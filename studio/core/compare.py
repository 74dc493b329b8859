"""Runs beside each other on the samples that they share: who was right where, and whether the difference is real.

Scores are in [0, 1], differences in [-1, 1]; intervals are of 95 %.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from studio.core.errors import BadInput
from studio.core.outcome import Estimate
from studio.core.run import RunView, SampleCard
from studio.core.trials import Difference

MOST_BESIDE = 6  # runs that are compared at once: fifteen pairs
CompareMark = Literal["em", "js"]
COMPARE_MARKS: tuple[CompareMark, ...] = ("em", "js")
# What runs may differ in on a sample: whether it is right by EM or by the judge, or what was answered.
Aspect = Literal["em", "js", "answer"]
How = Literal["≠", "=", ">", "<"]


@dataclass(frozen=True)
class Duel:
    """Two runs by one score: samples where the first has more (`wins`), less, or as much.

    `left_out` are shared samples that one of the two has no such score for. `p` is of the exact sign test over wins and
    losses (of scores that are 0 or 1: McNemar's), `p_holm` corrected over all tests of this score in the table: over
    tasks and pairs, or, of the totals, over pairs.
    """

    wins: int
    losses: int
    ties: int
    left_out: int
    difference: Difference | None
    p: float | None
    p_holm: float | None = None


@dataclass(frozen=True)
class PairDuel:
    """Two runs, by their ids, on one task or on all."""

    left: str
    right: str
    em: Duel
    js: Duel

    def by(self, mark: CompareMark) -> Duel:
        return self.em if mark == "em" else self.js


@dataclass(frozen=True)
class TaskBeside:
    """One task, or all of them (`task` = ""): `n` shared samples, the means of each run over them, in the order of the
    runs, and every pair."""

    task: str
    title: Mapping[str, str]
    n: int
    em: tuple[Estimate, ...]
    js: tuple[Estimate, ...]
    pairs: tuple[PairDuel, ...]

    def means(self, mark: CompareMark) -> tuple[Estimate, ...]:
        return self.em if mark == "em" else self.js


@dataclass(frozen=True)
class Comparison:
    """Runs on the samples that all of them have. `beyond` counts for each run the samples that some other lacks.

    `differs` names what else is not alike, with each run's value: the scorer, the judge, settings. `hidden` are tasks
    that are left out because whoever looks may not see their gold. `other_scores` are tasks whose own score is made by
    other metrics (of groups, of intents and slots) than the EM and JS of samples that are compared here.
    """

    runs: tuple[RunView, ...]
    shared: int
    beyond: tuple[int, ...]
    tasks: tuple[TaskBeside, ...]
    total: TaskBeside
    differs: Mapping[str, tuple[str, ...]]
    hidden: tuple[str, ...] = ()
    other_scores: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contrast:
    """Which shared samples: those on which runs differ in an aspect ("": all of them).

    Without `left` and `right` (places in the list of runs, from 1) not all chosen runs may be alike. With them the two
    differ (`≠`), agree (`=`), or the first scores more or less.
    """

    aspect: Aspect | Literal[""] = ""
    left: int = 0
    right: int = 0
    how: How = "≠"

    @staticmethod
    def read(text: str, runs: int) -> "Contrast":
        """`em`, `js`, `answer`, or `em:1>2`, `answer:1=3`; empty is everything. Raises BadInput."""
        text = text.strip()
        if not text:
            return Contrast()
        found = _CONTRAST.fullmatch(text)
        if found is None:
            raise BadInput("unknown_contrast", text=text)
        aspect = cast(Aspect, found[1])
        _, left, how, right = found.groups()
        if left is None:
            return Contrast(aspect)
        sides = (int(left), int(right))
        if sides[0] == sides[1] or not all(1 <= side <= runs for side in sides):
            raise BadInput("contrast_sides", text=text, n=runs)
        if aspect == "answer" and how in {">", "<"}:
            raise BadInput("unknown_contrast", text=text)
        return Contrast(aspect, *sides, _HOW[how])

    def __str__(self) -> str:
        return f"{self.aspect}:{self.left}{self.how}{self.right}" if self.left else self.aspect


_CONTRAST = re.compile(r"(em|js|answer)(?::(\d)(≠|!=|=|>|<)(\d))?")
_HOW: Mapping[str, How] = {"≠": "≠", "!=": "≠", "=": "=", ">": ">", "<": "<"}


@dataclass(frozen=True)
class SampleBeside:
    """One shared sample, as a card of each run (in the order of the runs), with its place among those chosen.

    `sample_id` and the neighbours are ids in the first run. `index` is None for a sample that the choice leaves out.
    """

    sample_id: int
    cards: tuple[SampleCard, ...]
    index: int | None
    total: int
    previous: int | None
    following: int | None
