"""Why answers fail, as values: what is known of each, and the groups that they fall into by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from studio.core.errors import Problem
from studio.core.run import Cell

MOST_GROUPS = 12  # that a person reads through
DEFAULT_SEED = 1234
LATEST = 20  # labels that are looked at for something new
GroupAction = Literal["group", "rename", "move", "merge", "make", "remove"]
Answer = tuple[str, int]  # run id, sample id


@dataclass(frozen=True)
class GroupingSpec:
    """How failures are grouped: of which runs, which of their answers (a filter in words; empty: where EM and the judge
    disagree, or a reviewer left a note), into how many groups at most. `embed` turns texts into
    vectors: WORDS, or the name of a model; empty: as the studio's settings say."""

    runs: tuple[str, ...]
    where: str = ""
    most: int = MOST_GROUPS
    seed: int = DEFAULT_SEED
    embed: str = ""


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
    first = first_seen([place for _, place in placed])
    return len(placed), quiet_of(first)


def first_seen(places: Sequence[int]) -> list[bool]:
    """Whether each of the groups, in the order in which labels showed them, is shown for the first time."""
    seen: set[int] = set()
    return [place not in seen and not seen.add(place) for place in places]  # type: ignore[func-returns-value]


def quiet_of(first: Sequence[bool]) -> int:
    """How many of the latest labels showed nothing new."""
    return next((i for i, new in enumerate(reversed(first)) if new), len(first))


@dataclass(frozen=True)
class KeptGroup:
    """A group that was kept. `number` is its own in the whole studio and stays with it (`group:<number>`); `name` is
    what a person called it, empty: it is called by `own`. `made`: a person began it; `merged`: so many groups were put
    into it by hand. `counts` are by (run, task), `pinned` of them a person put here; `typical` come first to mind. Its
    share of all answers in groups is between `low` and `high` (Wilson's interval of 95 %)."""

    number: int
    name: str
    own: ReasonName
    made: bool = False
    merged: int = 0
    decided: str = ""
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pinned: int = 0
    typical: tuple[Answer, ...] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def n(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class GroupEdit:
    """What was done to a grouping. `number`, `name` and `titles` (its own name by language) are of the group that it
    was about, `other` the second of two; `n` answers changed their group."""

    action: GroupAction
    author: str
    at: float
    n: int = 0
    number: int = 0
    name: str = ""
    other: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LabelSeen:
    """A labelled failure and its group; `first`: no earlier label had shown that group."""

    run: str
    sample_id: int
    number: int
    group: int
    first: bool


@dataclass(frozen=True)
class KeptReasons:
    """A grouping as it stands, the largest group first. `n` answers are in groups; `fresh` answers of the choice are in
    none (they came later, or their group was removed), by run; `hidden` are of tasks whose gold the viewer may not
    see. `labelled` of the answers have a label; the latest `quiet` of these showed no new group, and the last LATEST of
    them are `latest`, oldest first; groups in `unseen` have none. `undo` is what would be taken back now. `rescored`:
    the version of the rules by which a run was scored anew after it was grouped, by run."""

    id: int
    spec: GroupingSpec
    at: float
    groups: tuple[KeptGroup, ...]
    n: int
    fresh: Mapping[str, int] = field(default_factory=dict)
    hidden: int = 0
    labelled: int = 0
    quiet: int = 0
    latest: tuple[LabelSeen, ...] = ()
    unseen: frozenset[int] = frozenset()
    undo: GroupEdit | None = None
    rescored: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupMember:
    """An answer of a group as it is shown. `notes` are those its viewer may read; `pinned`: a person put it here."""

    failure: Failure
    pinned: bool = False


@dataclass(frozen=True)
class AnswerGroup:
    """Where an answer is in the latest grouping of its run: in the group `number`, 0: in none. `pinned`: a person put
    it there. `groups` are those of the grouping, without their counts; `may_move`: this viewer may put it elsewhere."""

    book: int
    number: int
    pinned: bool
    groups: tuple[KeptGroup, ...]
    may_move: bool = False

    @property
    def group(self) -> KeptGroup | None:
        """The group that the answer is in."""
        return next((group for group in self.groups if group.number == self.number), None)


@dataclass(frozen=True)
class GroupPage:
    """Some answers of a group: from `offset` on, of `total`."""

    group: KeptGroup
    members: tuple[GroupMember, ...]
    total: int
    offset: int


@dataclass(frozen=True)
class GroupingState:
    """Where a grouping in the background stands; `done` of `total` answers are through its stage."""

    runs: tuple[str, ...]
    stage: Literal["read", "embed", "group", "keep"]
    done: int = 0
    total: int = 0
    going: bool = True
    problem: Problem | None = None
    kept: int = 0  # the grouping, once it is kept
