"""What a lead and a reviewer look at in a project: its line in a list, its items, one item with what was said of it.

Times are seconds since 1970 (UTC), durations seconds, shares in [0, 1]. These values hold gold and people's answers:
the service gives them to reviewers and leads, and to nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.health import Figure
from studio.core.project import Project, Purpose, telling
from studio.core.run import MediaView
from studio.core.task import Gold

# Which items of a project are listed: those people differ on or skip, the hardest first; those split, skipped, flagged,
# commented on; those that lack answers; those with a last word; those taken out; all.
Shown = Literal["hard", "split", "skipped", "flagged", "commented", "open", "decided", "retired", "all"]
SHOWN: tuple[Shown, ...] = (
    "hard", "split", "skipped", "flagged", "commented", "open", "decided", "retired", "all",
)  # fmt: skip


@dataclass(frozen=True)
class ProjectLine:
    """A project in a list: `done` of `wanted` answers in the count, `complete` of `items`; Krippendorff's alpha without
    an interval; how many people's answers are in the count, and when somebody submitted last. `own`: whoever likes
    answers the task alone, nobody waits for its end; `finished` counts those who have passed no question by."""

    project: Project
    items: int
    complete: int
    done: int
    wanted: int
    people: int
    alpha: Figure
    last_at: float | None
    own: bool = False
    finished: int = 0


@dataclass(frozen=True)
class Since:
    """What has happened to a project since a run was made of it: answers, people excluded, people who count again."""

    answers: int
    out: int
    back: int


@dataclass(frozen=True)
class ItemLine:
    """An item in a list: its valid answers with how many gave each, the commonest first, in the form in which they are
    compared. `share` is that of the commonest, None without answers. `flags` and `comments` count people."""

    item: int
    key: str
    sample_id: int | None
    purpose: Purpose
    stratum: str
    scored: bool
    retired: bool
    answers: tuple[tuple[str, int], ...] = ()
    skips: Mapping[str, int] | None = None
    flags: int = 0
    comments: int = 0
    adjudicated: str | None = None

    @property
    def valid(self) -> int:
        return sum(n for _, n in self.answers)

    @property
    def share(self) -> float | None:
        return self.answers[0][1] / self.valid if self.answers else None

    @property
    def split(self) -> bool:
        return len(self.answers) > 1

    @property
    def skipped(self) -> int:
        """Skips whose reason lies in the item."""
        return telling(self.skips or {})


@dataclass(frozen=True)
class ItemList:
    """A page of items: `rows` from `offset` on of `total`; how many each way of looking would show; the first words of
    the questions, by item."""

    rows: tuple[ItemLine, ...]
    total: int
    offset: int
    counts: Mapping[Shown, int]
    questions: Mapping[int, str]
    strata: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What one person said of an item once. `number` is his place among the project's people; `name` is empty for
    whoever may not know it, and for one whose data were erased. `counts`: it is among the valid answers."""

    person: str
    number: int
    name: str
    action: str
    text: str
    reason: str
    comment: str
    flagged: bool
    counts: bool
    excluded: bool
    occasion: int
    instructions: int
    at: float
    took_s: float | None


@dataclass(frozen=True)
class ItemView:
    """One item with all that is known of it. `question` is None where it is not here (`Project.unbound`). `written`
    has each answer as most people wrote it, by the form in which answers are compared. `before` and `after` are its
    neighbours in the list that it was opened from, `place` of `total` is its own (0: it is not in it).
    `gold_hidden`: whoever looks answers these questions himself."""

    line: ItemLine
    question: str | None
    prompt: str
    options: Mapping[str, str]
    media: tuple[MediaView, ...]
    gold: Gold | None
    said: tuple[Said, ...]
    written: Mapping[str, str]
    place: int
    total: int
    before: int | None = None
    after: int | None = None
    gold_hidden: bool = False


@dataclass(frozen=True)
class Version:
    """One version of a project's instructions; `answers` were given under it."""

    version: int
    text: str
    at: float
    answers: int
