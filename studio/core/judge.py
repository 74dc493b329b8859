"""The idea of a judge: a model that says whether a prediction agrees with the gold answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from studio.core.errors import Problem
from studio.core.task import Gold

HUB_JUDGE = "MERA-evaluation/MERA_Answer_judge"  # MERA's own
NO_JUDGE = "none"  # a run under this name is not judged until somebody asks for it


@dataclass(frozen=True)
class JudgeCase:
    """`question` is the whole formatted prompt, as in MERA."""

    question: str
    gold: Gold
    prediction: str


@dataclass(frozen=True)
class JudgeCall:
    """One question to the judge model about one candidate text of the prediction.

    `candidate` is `full` or `after_marker` (text after the last ОТВЕТ), with `:head` / `:tail` for the windows
    of a long input.
    `probability` is that of «agrees» in [0, 1]. A chat model's votes are `vote1`, `vote1:swapped`…, with its `reason`.
    """

    candidate: str
    probability: float | None
    label: int | None
    input_sha256: str
    latency_s: float = 0.0
    problem: Problem | None = None
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """The judge's word on one prediction: label 1, 0 or None (not scored; `problem` says why).

    `probability` is that of the call that decided (the largest).
    """

    label: int | None
    probability: float | None
    calls: tuple[JudgeCall, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True)
class JudgeInfo:
    """Which judge, which revision: stands beside every Judge Score."""

    name: str
    revision: str
    source: str  # embedded | hub | path | server
    parameters: int | None = None
    device: str = ""


class Judge(Protocol):
    """A judge that can be asked in batches; answers in the order of the cases."""

    @property
    def info(self) -> JudgeInfo: ...

    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]: ...

    def close(self) -> None: ...
