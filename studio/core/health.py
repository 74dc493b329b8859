"""How far a judge can be trusted, measured against people's labels. Shares are in [0, 1]; intervals are of 95 %."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.outcome import Estimate

# What judge and people are compared by, in the order in which it is told.
HealthMetric = Literal[
    "sensitivity", "specificity", "balanced", "youden", "raw", "kappa", "ac1", "mcc", "prevalence"
]
HEALTH_METRICS: tuple[HealthMetric, ...] = (
    "sensitivity", "specificity", "balanced", "youden", "raw", "kappa", "ac1", "mcc", "prevalence"
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A number with its interval; or None and the `reason` why there is no such number (`health.reason.<reason>`)."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Agreement:
    """A judge beside people on `n` answers: how often each word met each, and what that amounts to.

    The four counts name people's word first: `right_wrong` answers people called right and the judge wrong.
    """

    right_right: int
    right_wrong: int
    wrong_right: int
    wrong_wrong: int
    figures: Mapping[HealthMetric, Figure]

    @property
    def n(self) -> int:
        return self.right + self.wrong

    @property
    def right(self) -> int:
        """Answers that people called right."""
        return self.right_right + self.right_wrong

    @property
    def wrong(self) -> int:
        """Answers that people called wrong."""
        return self.wrong_right + self.wrong_wrong


@dataclass(frozen=True)
class ReviewerPair:
    """Two reviewers on the answers that both called right or wrong."""

    first: str
    second: str
    n: int
    raw: Figure
    kappa: Figure


@dataclass(frozen=True)
class Ceiling:
    """How people agree with each other, on `items` answers that at least two of them called right or wrong."""

    items: int
    reviewers: int
    raw: Figure
    alpha: Figure
    fleiss: Figure
    ac1: Figure
    pairs: tuple[ReviewerPair, ...] = ()


@dataclass(frozen=True)
class Powered:
    """The share that people would call right, from all verdicts of a judge and people's labels of a random part.

    `low`–`high` bound it for questions like these (as every interval of a score does), `run_low`–`run_high` for these
    questions alone: that is what labels can narrow, and `more` further ones would halve it. `weight` is λ, how much the
    judge counts for; `human` is what the labels alone say. `mean` is None for a `reason`.
    """

    mean: float | None
    low: float | None
    high: float | None
    run_low: float | None
    run_high: float | None
    weight: float
    labelled: int
    unlabelled: int
    human: Estimate
    more: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Further:
    """How many more labels of answers that are right and of such that are wrong would halve an interval."""

    right: int
    wrong: int
