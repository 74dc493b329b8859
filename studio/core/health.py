"""How far a judge can be trusted, measured against people's labels. Shares are in [0, 1]; intervals are of 95 %."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.judging import RunJudge
from studio.core.outcome import Estimate
from studio.core.trials import Corrected

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


# By what a judge's mistakes are told apart; `all` is everything together.
HealthBy = Literal["all", "task", "answer_type", "length", "model"]
HEALTH_BY: tuple[HealthBy, ...] = ("all", "task", "answer_type", "length", "model")
# How a score was corrected: by labels of a random part of the run (PPI++), by the judge's rates on labels that were not
# drawn, or on other runs (Rogan-Gladen), or by labels weighted back to what EM and the judge said of the run.
Correction = Literal["powered", "rates", "elsewhere", "strata"]


@dataclass(frozen=True)
class GroupHealth:
    """A judge on one group of labelled answers: `where` is the filter that shows them (of another run: `run`)."""

    by: HealthBy
    name: str
    title: Mapping[str, str]
    agreement: Agreement
    where: str = ""
    run: str = ""


@dataclass(frozen=True)
class Homogeneity:
    """Whether the judge errs alike in all groups. `p` is the probability of so uneven a spread by chance; None for a
    `reason` (`one_group`, `few_labels`). `worst` is the group that stands out most."""

    by: HealthBy
    p: float | None
    worst: str = ""
    reason: str = ""

    @property
    def apart(self) -> bool:
        return self.p is not None and self.p < 0.05


@dataclass(frozen=True)
class Skipped:
    """Why labels of a draw do not count: its answer number `number` (`sample_id`) was passed over. `waiting` of those
    labelled right or wrong come after it."""

    draw: int
    number: int
    sample_id: int
    waiting: int


@dataclass(frozen=True)
class CorrectedTask:
    """Scores of a task (`task` "": of all) side by side: what EM, the judge and people say, and the judge corrected.

    `how` says by which correction; `people` are the labels alone, all `labelled` right or wrong, however they were
    chosen; `drawn` of these are the random part that PPI++ goes by. `run_low`–`run_high` bound the share over these
    very answers. `more`: further labels that halve the interval, `further` of which kind where it is known. `skipped`:
    what keeps labels of a draw from counting.
    """

    task: str
    title: Mapping[str, str]
    em: Estimate
    js: Estimate
    people: Estimate
    corrected: Corrected
    how: Correction | None
    labelled: int
    drawn: int
    weight: float | None = None
    run_low: float | None = None
    run_high: float | None = None
    more: int | None = None
    further: Further | None = None
    skipped: Skipped | None = None

    @property
    def low_high(self) -> tuple[float, float]:
        """The corrected score's interval; all of [0, 1] where there is no such score."""
        low, high = self.corrected.low, self.corrected.high
        return (0.0, 1.0) if low is None or high is None else (low, high)


@dataclass(frozen=True)
class JudgePair:
    """Two judges on the answers that both judged: how often each word met each (the first judge's first)."""

    first: str
    second: str
    agreement: Agreement


@dataclass(frozen=True)
class JudgeBeside:
    """A judge of the run beside people: its verdicts on the labelled answers, and its score over the run, with and
    without correction."""

    judge: RunJudge
    agreement: Agreement
    raw: Estimate
    corrected: Corrected


@dataclass(frozen=True)
class Flips:
    """How often a judge's word changed on the same answer: `repeats` when it was asked again, `swapped` when gold and
    answer changed places. Of `answers` with several votes each."""

    answers: int
    repeats: Figure
    swapped: Figure


@dataclass(frozen=True)
class Tried:
    """What an experiment found about this judge on answers made for it: `wording` is the share of right answers, said
    in other words, that it called wrong; `fooled` the share of tricks that it fell for."""

    calibration: str
    wording: Estimate
    fooled: Estimate


# What the labels allow to say of a judge, the first that holds; texts `health.trust.<trust>`.
Trust = Literal["no_judge", "no_labels", "few", "chance", "people", "good", "lenient", "strict", "weak"]
# What to do next; texts `health.next.<next>`.
Next = Literal[
    "judge", "draw", "finish_draw", "skipped", "kinds", "narrow", "second", "other_judge", "enough"
]


@dataclass(frozen=True)
class Advice:
    """The first sentence: how far the judge can be trusted, and what to do now. `n` labels; `right` and `wrong` of
    which kind; `draw` is the number of the draw to go on with, `gap` of its first answer without a label."""

    trust: Trust
    next: Next
    n: int = 0
    right: int = 0
    wrong: int = 0
    draw: int = 0
    gap: int = 0


@dataclass(frozen=True)
class Health:
    """All that labels say of the judge of a run. `unsure` and `bad` labels are counted and enter no number; `unscored`
    labelled answers have no verdict of the judge. Of `labels` that count `sealed` were given while scores were hidden
    from whoever gave them. `hidden` tasks are not this viewer's to see and are left out."""

    run_id: str
    judge: str
    advice: Advice
    groups: tuple[GroupHealth, ...]
    homogeneity: tuple[Homogeneity, ...]
    ceiling: Ceiling
    scores: tuple[CorrectedTask, ...]
    judges: tuple[JudgeBeside, ...]
    pairs: tuple[JudgePair, ...]
    flips: Flips | None
    tried: tuple[Tried, ...]
    unsure: int = 0
    bad: int = 0
    unscored: int = 0
    reviewers: int = 0
    criteria: tuple[int, ...] = ()
    elsewhere: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    labels: int = 0
    sealed: int = 0

    @property
    def whole(self) -> GroupHealth:
        """All labelled answers of the run together."""
        return self.groups[0]

    def of(self, by: HealthBy) -> tuple[GroupHealth, ...]:
        return tuple(group for group in self.groups if group.by == by)

    @property
    def told(self) -> tuple[GroupHealth, ...]:
        """The groups worth telling: a kind of which there is but one group says what all together say."""
        return tuple(group for group in self.groups if group.by == "all" or len(self.of(group.by)) > 1)
