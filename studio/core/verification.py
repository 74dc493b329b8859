"""Some answers of a run, asked for again: how many come out otherwise."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from studio.core.errors import Problem

VerificationState = Literal["queued", "running", "done", "interrupted", "failed"]
Reasked = Literal["pending", "same", "differs", "failed"]


@dataclass(frozen=True)
class VerificationSpec:
    """What is asked again: `k` answers of a run, spread over its tasks in proportion, chosen by `seed`.

    The run's own model is asked with the run's own settings; with `servers` (and `key_env`) it is asked there, under
    the name `model` if the servers know it by another.
    """

    run: str
    k: int = 50
    seed: int = 1234
    servers: tuple[str, ...] = ()
    key_env: str = ""
    model: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "servers": list(self.servers)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "VerificationSpec":
        return VerificationSpec(**{**data, "servers": tuple(data["servers"])})


@dataclass(frozen=True)
class ReaskedAnswer:
    """One answer that differs or could not be had again. `number` is the sample's place in the run.

    EM is 1, 0, or None where it could not be told or its gold is not the viewer's to see; texts are None where the
    viewer answers that task.
    """

    number: int
    sample_id: int
    task: str
    key: str
    status: Reasked
    before: str | None
    now: str | None
    em_before: float | None
    em_now: float | None
    problem: Problem | None = None


@dataclass(frozen=True)
class Verification:
    """How many of `total` answers came out the same, otherwise, or not at all (`failed`, which is no difference).

    `low` and `high` bound the share that differs among those that were answered again (Wilson, 95 %). `em_differ`
    counts the answers that Exact Match scores otherwise; None where some gold is not the viewer's to see.
    """

    id: str
    run: str
    state: VerificationState
    spec: VerificationSpec
    created_at: float
    seconds: float
    total: int
    same: int
    differ: int
    failed: int
    low: float | None
    high: float | None
    em_differ: int | None
    answers: tuple[ReaskedAnswer, ...] = ()
    problem: Problem | None = None

    @property
    def done(self) -> int:
        return self.same + self.differ + self.failed

    @property
    def going(self) -> bool:
        return self.state in {"queued", "running"}
