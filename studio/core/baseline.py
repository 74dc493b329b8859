"""A human baseline as it comes out of people's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.outcome import Estimate
from studio.core.votes import Aggregation, CrowdAgreement, Verdict

LOW_AGREEMENT = 0.2  # the share of items that may have no majority, where a task says nothing else

# How an item came by its answer: more votes than any other; a tie broken by the votes of those who know the controls,
# or by GLAD; somebody's last word; a tie that nothing broke; nobody answered.
Decided = Literal["votes", "skill", "glad", "expert", "tied", "unanswered"]

_NO_CONTROLS = Estimate(None, None, None, 0, 0, 0)


@dataclass(frozen=True)
class AggregatedItem:
    """An item's answer: `text` as somebody wrote it, None where there is none."""

    item: int
    text: str | None
    decided: Decided
    verdict: Verdict | None


@dataclass(frozen=True)
class Skill:
    """How far a person is to be believed: the Exact Match of each answer to a control, and their mean."""

    person: str
    scores: tuple[float, ...] = ()
    estimate: Estimate = _NO_CONTROLS

    @property
    def controls(self) -> int:
        return len(self.scores)

    @property
    def right(self) -> float:
        return sum(self.scores)

    @property
    def weight(self) -> float:
        """The mean of how often he is right, (1 + right)/(2 + controls): of a uniform prior and the controls (Toloka's
        dynamic overlap with K = 1). A half before anything is known: less than who passed, more than who failed."""
        return (1 + self.right) / (2 + self.controls)


@dataclass(frozen=True)
class Baseline:
    """What a project's answers say by now. `low` is the share of answered items without more than half of the votes;
    above `threshold` the protocol calls the baseline invalid. `rest` is how often one person, drawn for each item,
    agrees with the majority of the others, its errors clustered by what questions have in common. Shares are in [0, 1].
    """

    method: Aggregation
    items: tuple[AggregatedItem, ...]
    skills: tuple[Skill, ...]
    agreement: CrowdAgreement
    threshold: float
    rest: Estimate

    @property
    def counts(self) -> Mapping[Decided, int]:
        found: dict[Decided, int] = {}
        for each in self.items:
            found[each.decided] = found.get(each.decided, 0) + 1
        return found

    def way(self, decided: Decided) -> str:
        """What to call the way to an answer: without a tie a majority's are `votes`, others' the `model`'s."""
        return "model" if decided == "votes" and self.method != "majority" else decided

    @property
    def answered(self) -> int:
        return sum(each.decided != "unanswered" for each in self.items)

    @property
    def low(self) -> float | None:
        answered = [each.verdict for each in self.items if each.verdict]
        return sum(not verdict.agreed for verdict in answered) / len(answered) if answered else None

    @property
    def valid(self) -> bool | None:
        return None if self.low is None else self.low <= self.threshold


@dataclass(frozen=True)
class ExclusionEffect:
    """What it would do to a project to count without a person, or with him again.

    `lost` answers would no longer count, `gained` ones would: late answers of others that take the free places. `below`
    items would be short of the overlap and are not now. `changed` holds (item, answer now, answer then) of the
    baseline; `em_before` and `em_after` are the baseline's Exact Match.
    """

    person: str
    lost: int
    gained: int
    below: tuple[int, ...]
    changed: tuple[tuple[int, str | None, str | None], ...]
    before: Baseline
    after: Baseline
    em_before: Estimate
    em_after: Estimate
