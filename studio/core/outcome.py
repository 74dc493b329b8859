"""What became of a sample's answer under one scorer: scored, unscored (could not be judged) or failed (no answer)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.errors import Problem

ScoreStatus = Literal["scored", "unscored", "failed"]


@dataclass(frozen=True)
class Score:
    """`value` in [0, 1] when scored, else None. `extracted` is the text that was compared with gold;
    `detail` holds the steps (which rule decided), for the eye of a developer."""

    scorer: str  # "em" | "js"
    version: str  # profile of EM, or judge name@revision
    status: ScoreStatus
    value: float | None = None
    extracted: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None

    def __post_init__(self) -> None:
        if (self.status == "scored") != (self.value is not None):
            raise ValueError(f"a score that is {self.status} cannot have the value {self.value}")


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval and the counts that stand beside it.

    `mean`, `low`, `high` in [0, 1], None when nothing is scored. What is not asked or judged yet is not counted.
    """

    mean: float | None
    low: float | None
    high: float | None
    scored: int
    unscored: int
    failed: int

    @property
    def n(self) -> int:
        return self.scored + self.unscored + self.failed
