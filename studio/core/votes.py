"""What several people said of the same items, and what it amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from studio.core.health import Figure

Aggregation = Literal["majority", "dawid_skene", "glad"]
AGGREGATIONS: tuple[Aggregation, ...] = ("majority", "dawid_skene", "glad")


class Vote(NamedTuple):
    """One person's answer to one item, in the form in which answers are compared. A tuple: they come by the ten
    thousand."""

    item: str
    annotator: str
    answer: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all votes on an item say together.

    `answer` is None where they say nothing alone; then `tied` holds the best answers, as many as are equal. `support`
    is the winner's share of the weight of all votes (majority), or its posterior probability (the others), in [0, 1].
    `votes` and `agreeing` count votes, unweighted.
    """

    item: str
    answer: str | None
    support: float
    votes: int
    agreeing: int
    tied: tuple[str, ...] = ()

    @property
    def agreed(self) -> bool:
        """More than half of the votes are for the winner, as MERA's protocol asks (3 of 5)."""
        return self.answer is not None and 2 * self.agreeing > self.votes


@dataclass(frozen=True)
class Crowd:
    """Votes aggregated: a verdict for each item, and what a model of the annotators says of each of them.

    `skill` is Σ_k P(k)·P(says k | truth k) for Dawid-Skene, the ability α for GLAD (1 before anything is known, 0 is
    guessing, below 0 is contrary), and empty for a majority. `difficulty` is GLAD's 1/β of each item, above 0.
    """

    method: Aggregation
    verdicts: Mapping[str, Verdict]
    skill: Mapping[str, float] = field(default_factory=dict)
    difficulty: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class CrowdAgreement:
    """How far votes agree beyond chance, on the items that have two votes or more."""

    items: int
    annotators: int
    votes: int
    raw: Figure
    alpha: Figure
    fleiss: Figure
    ac1: Figure
