"""«What if»: scores of a run as they would be under other rules of Exact Match or another reading of the judge's calls.

Everything comes from stored text and stored calls; nothing is asked and nothing is written. Shares, means and
probabilities are in [0, 1], differences (after − before) in [-1, 1]; intervals are of 95 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.errors import Problem
from studio.core.outcome import Estimate
from studio.core.rules import Rules
from studio.core.run import Cell
from studio.core.trials import Difference

BINS = 40  # of the histogram of the judge's probabilities


@dataclass(frozen=True)
class WhatIfAsked:
    """What is asked. None of `rules`: those that the run is scored by. `profile` asks for a published profile instead.

    `threshold` decides the judge's calls by their probability; None: as the judge decided. `variants` names the texts
    that count (`full`, `after_marker`; of votes `straight`, `swapped`); none named: all. `task` narrows the list of
    changed samples, `offset` and `limit` page it.
    """

    run: str
    rules: Rules | None = None
    profile: str = ""
    threshold: float | None = None
    variants: tuple[str, ...] = ()
    task: str = ""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True)
class Sides:
    """A score before and after, with the paired difference; None where nothing has both."""

    before: Estimate
    after: Estimate
    difference: Difference | None
    gained: int  # samples that became right
    lost: int


@dataclass(frozen=True)
class TaskChange:
    """One task, or all of them (`task` = "")."""

    task: str
    title: Mapping[str, str]
    em: Sides
    js: Sides
    before: Mapping[Cell, int]
    after: Mapping[Cell, int]
    changed: int = 0  # answers whose EM or JS is another


@dataclass(frozen=True)
class Turned:
    """How many answers a switch alone makes right (`gained`) and wrong (`lost`). `touched`: how many it concerns."""

    name: str
    gained: int
    lost: int
    touched: int = 0


@dataclass(frozen=True)
class ChangedSample:
    """A sample whose EM or JS is another. `by` names the switches any of which alone turns EM; empty: only together."""

    sample_id: int
    number: int
    task: str
    key: str
    answer: str
    gold: str
    before: Cell
    after: Cell
    em: tuple[float | None, float | None]
    js: tuple[float | None, float | None]
    probability: float | None
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class WhatIf:
    """The answer. `label` is the version that the run's EM has now; `base` its rules, None for a published profile.

    `by` counts what each changed switch turns by itself. `bins` is the histogram of the judge's probabilities over
    [0, 1] by the right and the wrong of EM; `hidden` names tasks whose gold the viewer may not see: they are left out.
    `words` say what was asked as the filter `changed:"…"` says it; empty where nothing was.
    """

    run: str
    label: str
    base: Rules | None
    rules: Rules
    profile: str
    threshold: float | None
    variants: tuple[str, ...]
    known_variants: tuple[str, ...]
    answers: int
    total: TaskChange
    tasks: tuple[TaskChange, ...]
    by: tuple[Turned, ...]
    changed: tuple[ChangedSample, ...]
    changed_total: int
    bins: tuple[tuple[int, int], ...]
    hidden: tuple[str, ...] = ()
    seconds: float = 0.0
    words: str = ""

    def where(self, *more: str) -> str:
        """The filter that keeps the changed answers; `more` narrows it: `em+`, `js-`, `by=endings`."""
        return f'changed:"{" ".join([self.words, *more])}"' if self.words else ""


@dataclass(frozen=True)
class Switch:
    """A switch of the rules as it stands for a run: its example, and what turning it alone does to the run's answers.

    `turned` is None until it has been counted.
    """

    name: str
    stage: str
    on: bool
    answer: str
    gold: str
    turned: Turned | None = None


@dataclass(frozen=True)
class ScorerVersion:
    """A named set of rules. `runs` are scored by it now."""

    name: str
    rules: Rules
    created_at: float
    runs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rescoring:
    """A run being scored anew: `done` of `total` answers. `problem` says why it did not come to its end."""

    run: str
    scorer: str
    done: int
    total: int
    going: bool
    problem: Problem | None = None
