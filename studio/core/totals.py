"""Scores of a suite: of a task by its two metrics, of a modality, and in total; each with its error and its n."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.content import Given

# What Attempted averages over: `formula` weighs modalities equally (the paper's equation 2), `published` weighs
# attempted tasks equally (what its Table 6 holds).
Weighting = Literal["formula", "published"]
WEIGHTINGS: tuple[Weighting, ...] = ("formula", "published")


@dataclass(frozen=True)
class Measure:
    """A mean in [0, 1] with its standard error, its 95 % interval and what it was measured on.

    `error`, `low`, `high` are None where the error is not known (a published table without errors). `n` counts what was
    averaged (samples, or groups where the metric is of groups), None where it is not known; `unscored` and `failed`
    samples stand beside it and are in no mean. `clusters` counts what leans on nothing else (pictures, dialogues), None
    where each of the n stands alone.
    """

    mean: float
    error: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unscored: int = 0
    failed: int = 0
    clusters: int | None = None


@dataclass(frozen=True)
class Part:
    """A subset of a task (or all of it) as one run measured it: its two metrics and their mean, sample by sample.

    A measure is None where nothing is scored. `units` counts samples (or groups) with or without a score, `failed`
    those without an answer; `clusters` are the scores of few clusters, see `TaskMeasure`.
    """

    task: str
    subset: str
    score: Measure | None
    first: Measure | None
    second: Measure | None
    units: int
    failed: int
    clusters: Mapping[str, Measure]


@dataclass(frozen=True)
class TaskMeasure:
    """A task's score: the mean of its two metrics, taken sample by sample, so that their covariance is kept.

    `first` and `second` are the metrics by themselves. `clusters` are the scores of the task's few clusters (the three
    dialogues of ruTiE), whose spread says more than an error of three; empty where there are many. `missing` are
    the subsets with nothing scored: their weight went to the others.
    """

    task: str
    score: Measure
    first: Measure
    second: Measure
    clusters: Mapping[str, Measure]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Totals:
    """A model's totals. `attempted` is None where no task was attempted; `total` = attempted x coverage.

    `modalities` are Σ s / n of a modality, tasks that were not attempted counting as 0. `tasks` are the attempted ones
    that count, `missing` those that count and were not attempted.
    """

    weighting: Weighting
    public: bool
    attempted: Measure | None
    coverage: float
    total: Measure
    modalities: Mapping[Given, Measure]
    tasks: Mapping[str, Measure]
    missing: tuple[str, ...]
