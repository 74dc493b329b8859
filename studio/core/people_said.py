"""What a project's people said of one question, for whoever may read it: people by number, never by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.project import Action, Purpose


@dataclass(frozen=True)
class OneSaid:
    """One submission that stands. `number` is the person's place among those who joined; `occasion` above 1 is a
    planted repeat. `counts`: it is among the item's valid answers; `excluded`: the person's answers count no more.
    `right` is the answer's Exact Match, None where there is no gold to tell. Durations in seconds."""

    number: int
    action: Action
    text: str
    reason: str
    comment: str
    flagged: bool
    counts: bool
    excluded: bool
    occasion: int
    at: float
    took_s: float | None
    active_s: float | None
    right: float | None


@dataclass(frozen=True)
class Told:
    """An answer and how many of those that count say it. `same`: it is what the model of the run said."""

    text: str
    n: int
    right: float | None
    same: bool


@dataclass(frozen=True)
class ItemSaid:
    """A question in one project: the distribution of the answers that count, the commonest first, and everything that
    stands, in its order. `adjudicated` is a reviewer's last word; None: there is none."""

    project: str
    title: str
    item: int
    purpose: Purpose
    overlap: int
    retired: bool
    answers: tuple[Told, ...]
    said: tuple[OneSaid, ...]
    adjudicated: str | None

    @property
    def counted(self) -> int:
        return sum(told.n for told in self.answers)

    @property
    def share(self) -> float | None:
        """That of the commonest answer; None: nobody has answered."""
        return self.answers[0].n / self.counted if self.answers else None

    @property
    def skips(self) -> Mapping[str, int]:
        """How many passed the question over, by reason."""
        found: dict[str, int] = {}
        for each in self.said:
            if each.action == "skip":
                found[each.reason] = found.get(each.reason, 0) + 1
        return found

    @property
    def median_s(self) -> float | None:
        """The middle one of the times from the question to an answer, in seconds."""
        took = sorted(
            each.took_s for each in self.said if each.action == "answer" and each.took_s is not None
        )
        return took[len(took) // 2] if took else None
