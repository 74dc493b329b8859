"""What a project holds, row by row, as a lead reads it and as it is written out.

Times are seconds since 1970 (UTC), durations seconds; None is what nobody knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.core.baseline import Baseline
from studio.core.project import PersonBoard, Project, Purpose
from studio.core.votes import Aggregation


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One thing that one person said: an answer, a skip, or an undo of the record `supersedes`.

    `n` is its record in the journal. `stands`: it was not taken back; `counts`: it is in the count, among the valid
    answers of an item of the baseline. `instructions` is their version then, `content_hash` that of the question as it
    was shown.
    """

    n: int
    person: str
    item: int
    key: str
    purpose: Purpose
    occasion: int
    action: str
    text: str
    reason: str
    comment: str
    stands: bool
    counts: bool
    flagged: bool
    supersedes: int | None
    instructions: int
    content_hash: str
    at: float
    shown_at: float | None = None
    first_input_at: float | None = None
    active_s: float | None = None
    idle_s: float | None = None
    played_s: float | None = None

    @property
    def took_s(self) -> float | None:
        """From the question to the answer."""
        return None if self.shown_at is None else max(0.0, self.at - self.shown_at)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A version of a project's instructions."""

    version: int
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question of a project. `valid` answers count; `last_word` is a reviewer's, None where nobody had it. `question`
    is empty where it is not here."""

    item: int
    key: str
    content_hash: str
    purpose: Purpose
    stratum: str
    author: str
    scored: bool
    retired: bool
    valid: int
    question: str = ""
    last_word: str | None = None


@dataclass(frozen=True)
class PersonRow:
    """Somebody's work: `board` with its counts, `weight` of his votes where ties are broken (by controls), `joined_at`.
    `account` is empty unless names are wanted."""

    board: PersonBoard
    joined_at: float
    weight: float
    account: str = ""

    @property
    def hours(self) -> float:
        return self.board.active_s / 3600


@dataclass(frozen=True)
class Fitted:
    """What the models of the crowd were given and found: `options` of closed questions (None: answers are free), the
    forms of known answers by item, and GLAD's ability of people and ease of items, empty where it was not asked."""

    options: int | None
    known: Mapping[int, str] = field(default_factory=dict)
    ability: Mapping[str, float] = field(default_factory=dict)
    ease: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ProjectDump:
    """A project as its answers stand. Of answers by number: `votes` is what answers are brought together from,
    `counted` those of them that are in the count (others are to controls beside the baseline, which teach the models of
    people), `forms` are the forms in which answers are compared, `control_scores` the Exact Match of those to controls.
    `private`: the task's answers are not for all."""

    project: Project
    private: bool
    instructions: tuple[Instruction, ...]
    items: tuple[ItemRow, ...]
    answers: tuple[AnswerRow, ...]
    people: tuple[PersonRow, ...]
    baseline: Baseline
    method: Aggregation
    fitted: Fitted
    votes: frozenset[int]
    counted: frozenset[int]
    forms: Mapping[int, str]
    control_scores: Mapping[int, float]
