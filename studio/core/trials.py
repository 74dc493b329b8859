"""The experiments: a run beside one that did not see the media, and a judge asked about answers whose verdict is known.

Shares, means and probabilities are in [0, 1], differences in [-1, 1]; intervals are of 95 %.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from studio.core.errors import Problem
from studio.core.outcome import Estimate
from studio.core.run import RunView
from studio.core.task import AnswerType, Gold

# Which score is compared; `final` is (EM + JS) / 2 of a sample.
Mark = Literal["em", "js", "final"]
MARKS: tuple[Mark, ...] = ("em", "js", "final")
# How a score stands to guessing: its interval lies above the chance level, holds it, or lies below.
Standing = Literal["above", "at", "below"]


@dataclass(frozen=True)
class Difference:
    """A mean paired difference of `n` samples in `clusters` clusters, with its interval."""

    mean: float
    low: float
    high: float
    n: int
    clusters: int


@dataclass(frozen=True)
class Change:
    """Samples by what became of them when the media were taken away: `lost` were right only with them."""

    both: int
    lost: int
    gained: int
    neither: int

    @property
    def leak(self) -> float | None:
        """Of the samples that were right with media, the share that stayed right without."""
        right = self.both + self.lost
        return self.both / right if right else None


@dataclass(frozen=True)
class TaskTrial:
    """One task of two runs, or all of them together (`task` = ""): `full` saw the media, `blind` did not.

    Estimates are over the samples that both runs scored; what one of them failed or could not score is counted in that
    run's `unscored` and `failed`, and in `left_out` together with what one of the runs lacks. `p` is of exact McNemar
    and `p_holm` corrected over the tasks; None for `final`, which is not 0 or 1. `standing` is that of `blind` to
    `chance`, None where the chance level is not known.
    """

    task: str
    title: Mapping[str, str]
    full: Estimate
    blind: Estimate
    difference: Difference | None
    change: Change | None
    p: float | None
    p_holm: float | None
    chance: float | None
    standing: Standing | None
    left_out: int = 0


@dataclass(frozen=True)
class Trial:
    """Two runs compared. `mismatches` are what besides the media differs between them, as names of settings."""

    base: RunView
    run: RunView
    mark: Mark
    tasks: tuple[TaskTrial, ...]
    total: TaskTrial
    mismatches: tuple[str, ...] = field(default_factory=tuple)


CalibrationState = Literal["queued", "running", "done", "interrupted", "failed"]


@dataclass(frozen=True)
class CalibrationSpec:
    """What a judge is asked: answers to the first `limit` samples of each task, made by `seed`."""

    tasks: tuple[str, ...]
    judge: str = "auto"
    limit: int = 10
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "tasks": list(self.tasks)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "CalibrationSpec":
        return CalibrationSpec(**{**data, "tasks": tuple(data["tasks"])})


@dataclass(frozen=True)
class KindRates:
    """One kind of answers: `verdict` is the right word on them (1: agrees with gold), `trick`: meant to deceive.

    `judge` is the share of right verdicts of the judge (sensitivity where `verdict` is 1, else specificity), `em` that
    of Exact Match by profile. Intervals are Wilson's: a sample has one answer of a kind.
    """

    kind: str
    verdict: int
    trick: bool
    judge: Estimate
    em: Mapping[str, Estimate]


@dataclass(frozen=True)
class Rates:
    """Right verdicts over kinds, each answer counting once, with errors clustered by sample.

    `sensitivity` is over right answers, `specificity` over wrong ones that models give by themselves, `resistance`
    over tricks, `all_wrong` over both.
    """

    sensitivity: Estimate
    specificity: Estimate
    resistance: Estimate
    all_wrong: Estimate


@dataclass(frozen=True)
class Calibration:
    """A judge asked about answers whose verdict is known. `label` is its name@revision once it is open.

    `done` of `total` answers are judged (`total` 0 until they are made). `without_gold` samples gave no answers.
    `judge` and `em` (by profile) are over everything; `types` are the judge's by type of answer.
    """

    id: str
    state: CalibrationState
    spec: CalibrationSpec
    label: str
    created_at: float
    seconds: float
    done: int
    total: int
    samples: int
    without_gold: int
    tasks: tuple[str, ...]
    kinds: tuple[KindRates, ...]
    judge: Rates
    em: Mapping[str, Rates]
    types: Mapping[AnswerType, Rates]
    problem: Problem | None = None


@dataclass(frozen=True)
class CalibrationAnswer:
    """One answer that a judge was asked about. `label` 1, 0, or None with a `problem`; `em` is 1 or 0 by profile.

    `gold` and `text` are None where the viewer may not see the task's gold: every answer would tell it.
    """

    task: str
    key: str
    kind: str
    verdict: int
    label: int | None
    probability: float | None
    em: Mapping[str, float | None]
    question: str
    gold: Gold | None
    text: str | None
    problem: Problem | None = None


@dataclass(frozen=True)
class Corrected:
    """A share corrected for the judge's errors, with its interval; or the `reason` why there is none."""

    mean: float | None
    low: float | None
    high: float | None
    reason: str = ""


@dataclass(frozen=True)
class CorrectedScore:
    """The Judge Score of a run's answers of one type (`answer_type` None: of all), as judged and corrected.

    `usual` takes the judge's specificity on mistakes that models make, `worst` that on tricks, too.
    """

    answer_type: AnswerType | None
    raw: Estimate
    usual: Corrected
    worst: Corrected


@dataclass(frozen=True)
class CorrectedRun:
    """A run's Judge Scores beside their correction. `same_judge`: the run was judged by the calibrated judge."""

    run: RunView
    calibration: str
    scores: tuple[CorrectedScore, ...]
    same_judge: bool
