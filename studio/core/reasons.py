"""Why answers fail, as values: what is known of each, and the groups that they fall into by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studio.core.run import Cell

MOST_GROUPS = 12  # that a person reads through
DEFAULT_SEED = 1234


@dataclass(frozen=True)
class Failure:
    """An answer to be explained. `final` is what was cut out of it and compared; `rules` the steps of Exact Match that
    changed it, `decided` the one that decided; `notes` are reviewers' words. `labelled` is the order in which people
    labelled it, None where nobody did."""

    run: str
    sample_id: int
    number: int
    task: str
    cell: Cell
    answer: str
    final: str
    golds: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    decided: str = ""
    rules: tuple[str, ...] = ()
    finish: str = ""
    notes: str = ""
    labelled: int | None = None


@dataclass(frozen=True)
class ReasonName:
    """A name that a group gives itself: a pattern (`reason.trait.<trait>` in the texts; empty: none is common to the
    group), and the words that tell it from the others."""

    trait: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """A group of failures. `counts` are by (run, task); `typical` the failures nearest to its middle, nearest first;
    `decided` the commonest deciding rule of Exact Match."""

    name: ReasonName
    failures: tuple[Failure, ...]
    typical: tuple[Failure, ...]
    counts: Mapping[tuple[str, str], int]
    decided: str = ""

    @property
    def n(self) -> int:
        return len(self.failures)


@dataclass(frozen=True)
class Reasons:
    """All groups, the largest first. `hidden` failures are of tasks whose gold the viewer may not see: they are in no
    group. `quiet`: so many of the latest labels brought no group that earlier labels had not shown; of `labelled`."""

    runs: tuple[str, ...]
    groups: tuple[Reason, ...]
    n: int
    hidden: int = 0
    labelled: int = 0
    quiet: int = 0


def quiet_labels(groups: Sequence[Reason]) -> tuple[int, int]:
    """(labelled failures, how many of the latest of them showed no new group)."""
    placed = sorted(
        (failure.labelled, place)
        for place, group in enumerate(groups)
        for failure in group.failures
        if failure.labelled is not None
    )
    seen: set[int] = set()
    quiet = 0
    for _, place in placed:
        quiet = quiet + 1 if place in seen else 0
        seen.add(place)
    return len(placed), quiet
