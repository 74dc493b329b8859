"""Several judges on one run: another judge's verdicts stand beside those of the run's own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from studio.core.errors import Problem
from studio.core.run import SampleFilter

EVERYTHING = SampleFilter()
JudgingState = Literal["queued", "running", "done", "interrupted", "failed"]
# Which answers the judge is asked about: all, or where EM and the run's judge part, where no person has spoken yet, or
# where the answer is another than the one that this judge has read.
Only = Literal["all", "disagreements", "unlabelled", "changed"]
ONLY: tuple[Only, ...] = get_args(Only)


@dataclass(frozen=True)
class JudgingSpec:
    """`judge` (a name as in `--judge`) is asked about answers of `run`; what it has scored already is not asked."""

    run: str
    judge: str
    only: Only = "all"
    where: SampleFilter = EVERYTHING

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "JudgingSpec":
        return JudgingSpec(**{**data, "where": SampleFilter(**data["where"])})


@dataclass(frozen=True)
class Judging:
    """A judge at work on a run that has one of its own. `label` is its name@revision once it is open; `done` of `total`
    answers are judged, `unscored` of them without a verdict; `seconds` of work."""

    id: str
    spec: JudgingSpec
    state: JudgingState
    label: str
    created_at: float
    seconds: float
    done: int
    total: int
    unscored: int = 0
    problem: Problem | None = None

    @property
    def going(self) -> bool:
        return self.state in {"queued", "running"}


@dataclass(frozen=True)
class RunJudge:
    """A judge (name@revision) that has judged answers of a run: `scored` of `answers` (those with gold), `right` of
    them right; `own` is the one whose verdicts are the run's Judge Score."""

    label: str
    own: bool
    scored: int
    right: int
    answers: int
    tasks: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # scored and right by task

    @property
    def whole(self) -> bool:
        """Whether it has spoken of every answer."""
        return self.scored == self.answers
