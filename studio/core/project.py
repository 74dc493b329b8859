"""A human baseline as a project: who answers which items of a task, how often, under which instructions.

Times are seconds since 1970 (UTC), durations seconds. An annotator's views here hold no gold, no prediction, no other
person's answer and no model's name: there is no field for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from studio.core.outcome import Estimate
from studio.core.run import MediaView
from studio.core.task import AnswerType, TaskInfo
from studio.core.votes import CrowdAgreement

Role = Literal["visitor", "annotator", "reviewer", "lead"]
ROLES: tuple[Role, ...] = ("visitor", "annotator", "reviewer", "lead")  # each may do what those before it may

ProjectState = Literal["draft", "open", "paused", "closed"]
Level = Literal["crowd", "expert"]  # MERA wants both of tasks that ask for special knowledge
Purpose = Literal["work", "control", "training"]
Joining = Literal["invited", "anyone"]  # who may come: those with a link, or whoever tells a name
Action = Literal["answer", "skip"]

# Why a question may be passed over; «mine» is obligatory on doubt in the out-of-bag rule for experts.
SKIPS = ("mine", "broken", "ambiguous", "unknown", "other")
REPEAT_AFTER = (
    21  # own answers before the first repeat can come: twenty others lie between a question and its repeat
)
OUT_OF_TIME = "time"  # no choice of a person's: his time for the question was over
_OF_PEOPLE = ("mine", OUT_OF_TIME)  # skips that say nothing of the question

MOST_PLACES, MOST_DAYS = 1_000, 366  # of a link of invitation


@dataclass(frozen=True)
class ProjectSpec:
    """How a project is run.

    `overlap` is how many valid answers an item gets. `controls` and `repeats` are shares of a person's questions:
    items whose gold is trusted, each met once, and items that he has answered before. `training` questions come first;
    whoever answers less than `pass_mark` of them right does not begin. `item_limit_s` is the time for a question (None:
    no limit), `lease_s` how long a question waits for its person. `pay_per_hour` in `currency` is for the cost report.
    `dialogue`: the items are turns of dialogues, asked in their order (the task decides it, whoever makes the project).
    """

    title: str
    task: str
    level: Level = "crowd"
    overlap: int = 5
    controls: float = 0.05
    repeats: float = 0.02
    training: int = 0
    pass_mark: float = 0.8
    item_limit_s: float | None = None
    lease_s: float = 1800.0
    joining: Joining = "invited"
    opens_at: float | None = None
    closes_at: float | None = None
    pay_per_hour: float | None = None
    currency: str = "RUB"
    seed: int = 1234
    dialogue: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "ProjectSpec":
        return ProjectSpec(**data)


@dataclass(frozen=True)
class Item:
    """A question of a project. `author` is the person who wrote it: nobody answers his own. `stratum` is what the
    subset was drawn by. `scored`: it belongs to the baseline; controls may, training does not."""

    item: int
    key: str
    content_hash: str
    purpose: Purpose
    stratum: str = ""
    author: str = ""
    scored: bool = True


@dataclass(frozen=True)
class Person:
    """Somebody who works here. `name` is empty once the person's data were erased."""

    id: str
    name: str
    account: str
    via: Literal[
        "owner", "invitation", "huggingface", "open", "import"
    ]  # open: came by himself to a project for anyone; import: answered in another tool
    joined_at: float
    erased_at: float | None = None


@dataclass(frozen=True)
class Timing:
    """What a browser says of the time for one answer, by the server's clock; what is unknown is None.

    Active is while the page was visible and there was input, or a medium played, in the last 30 s; idle is the rest
    between shown and submitted. `played_s` is how long media played, at whatever speed.
    """

    shown_at: float | None = None
    first_input_at: float | None = None
    active_s: float | None = None
    idle_s: float | None = None
    played_s: float | None = None


@dataclass(frozen=True)
class Submission:
    """What an annotator sends: an answer or a skip, once for each `client_id`, however often it arrives. `flagged`: the
    lead should look at this question, whatever was answered. `instructions` is the version that the person had been
    shown; None: the newest there is. The text of a skip is what was typed when the time was over."""

    item: int
    occasion: int
    action: Action
    client_id: str
    text: str = ""
    reason: str = ""
    comment: str = ""
    flagged: bool = False
    timing: Timing = Timing()
    instructions: int | None = None


@dataclass(frozen=True)
class ProjectPlan:
    """What a project would ask, before it is made: items by purpose, by stratum (asked, of how many), answers in all,
    and what is not as wished."""

    items: tuple[Item, ...]
    by_purpose: Mapping[Purpose, int]
    by_stratum: Mapping[str, tuple[int, int]]
    answers: int
    controls_outside: int
    training_short: int
    unaskable: int

    def repeats(self, spec: "ProjectSpec") -> float:
        """About how many questions are asked twice, when as few people as may answer all: the most that can be."""
        own = len(self.items) - self.by_purpose.get("training", 0)
        return spec.overlap * spec.repeats * max(0, own - REPEAT_AFTER)

    def asked(self, spec: "ProjectSpec") -> float:
        """Answers that people give in all, repeats and controls that are no part of the baseline among them; training
        comes on top, for each person."""
        return self.answers + spec.overlap * self.controls_outside + self.repeats(spec)

    def hours(self, spec: "ProjectSpec", seconds: float) -> float:
        """Hours of work, at so many seconds an answer."""
        return self.asked(spec) * seconds / 3600


@dataclass(frozen=True)
class Project:
    """A project as its lead sees it. `unbound` counts items whose question is not here, or is another by now.
    `gold_open` is when it was closed, so that gold lay open to everybody: since and until (None: it is closed now)."""

    id: str
    state: ProjectState
    spec: ProjectSpec
    instructions: int
    created_at: float
    unbound: int
    gold_open: tuple[tuple[float, float | None], ...] = ()


@dataclass(frozen=True)
class PersonBoard:
    """One person's work in a project: counts of questions, durations in seconds.

    `controls` is the mean Exact Match on control items, `repeats` how often a repeated question got the same answer,
    each with its interval and n; `training` is what he was told of it, None where the project has none. `fast` counts
    answers given sooner than anybody can read: in less than `FAST_S`, or a fifth of the project's median. `active_s`
    and `hours` are None where no browser told the time.
    """

    person: str
    name: str
    role: Role
    answered: int
    skipped: int
    counted: int
    controls: Estimate
    repeats: Estimate
    training: "Training | None"
    median_s: float | None
    active_s: float
    fast: int
    last_at: float | None
    excluded_at: float | None
    reason: str = ""


def telling(skips: Mapping[str, int]) -> int:
    """Skips whose reason lies in the question: not that one may have written it, nor that time was over."""
    return sum(n for reason, n in skips.items() if reason not in _OF_PEOPLE)


def by_hardness(
    answers: Sequence[tuple[str, int]], skips: Mapping[str, int], flags: int = 0
) -> tuple[float, ...]:
    """A key that sorts questions, the hardest first: those that people answer differently, by the share of the
    commonest answer; then those that they skip for a reason that lies in the question; then flagged ones."""
    n = sum(n for _, n in answers)
    share = answers[0][1] / n if len(answers) > 1 else 1.0
    return (share, -telling(skips), -flags)


@dataclass(frozen=True)
class HardItem:
    """An item on which people differ or which they skip: how many said what, and why it was skipped. `share` is that of
    the commonest answer among the valid ones."""

    item: int
    key: str
    sample_id: int
    answers: tuple[tuple[str, int], ...]
    share: float
    skips: Mapping[str, int]
    adjudicated: str | None = None


@dataclass(frozen=True)
class Board:
    """A project while it goes on. `complete` of `items` have all answers that they shall get, `done` of `wanted`
    answers are in the count: valid ones (no more a question than it shall get, of people who are not excluded) to
    questions of the baseline. So are each person's `counted`, what agreement is of, and what files call `counts`.
    `per_hour` is the pace of the last hours in which anybody worked, `left_s` how long the rest takes at that pace,
    around the clock; None where nothing is known. `hours` are people's active hours, `cost` what they cost."""

    project: Project
    items: int
    complete: int
    by_answers: Mapping[int, int]  # how many items have so many answers
    done: int
    wanted: int
    held: int
    people: tuple[PersonBoard, ...]
    agreement: CrowdAgreement
    per_hour: float | None
    left_s: float | None
    hours: float
    cost: float | None
    by_hour: tuple[tuple[float, int], ...]  # (when an hour began, answers in it), hours without any left out
    hard: tuple[HardItem, ...]


@dataclass(frozen=True)
class Invited:
    """What a link of invitation offers: a role in a project ("" everywhere, with no title or state), `until` when."""

    project: str
    title: str
    role: Role
    until: float
    state: ProjectState | None = None


# How somebody comes to his desk: he has just said that he is there, he has opened the page, or it looks by itself.
Coming = Literal["go", "open", "look"]

# Why there is no question now: `annotate.none.<reason>` says it. `instructions`: he has not read the newest;
# `time_out`: the time for the last one ran out; `ready`: there is one, and its time begins when he says so.
Wait = Literal[
    "instructions",
    "time_out",
    "ready",
    "done",
    "reserved",
    "preparing",
    "draft",
    "paused",
    "closed",
    "early",
    "late",
    "excluded",
    "failed_training",
]


@dataclass(frozen=True)
class Asked:
    """A question that is held for a person until `lease_until`. Its `purpose` is for the server alone: no page tells
    whether a question is a control or a repeat."""

    item: int
    occasion: int
    purpose: Purpose
    sample_id: int
    lease_until: float
    shown_at: float
    draft: str = ""
    comment: str = ""
    flagged: bool = False


@dataclass(frozen=True)
class Nothing:
    """No question: `reason`, how many are `reserved` by others, and when it is worth to look again."""

    reason: Wait
    reserved: int = 0
    retry_at: float | None = None


@dataclass(frozen=True)
class Progress:
    """How far a person is, and the project. `answered`, `skipped` and `trained` (training questions, either way) count
    questions of this person's; `left` is how many more he may be asked at most, the one before him with them; `done`
    and `total` count answers of everybody, `can_undo` submissions."""

    answered: int
    skipped: int
    can_undo: int
    done: int
    total: int
    trained: int = 0
    left: int = 0


@dataclass(frozen=True)
class DeskQuestion:
    """A question as an annotator sees it. `shown_at` is when it was first his, `ends_at` when his time for it is over
    (None: no limit). `notes` are the record's other texts (an explanation, the form of the answer), as far as models
    get them; `earlier` are the turns of the dialogue before it, the oldest first."""

    item: int
    occasion: int
    number: int
    media: tuple[MediaView, ...]
    question: str
    prompt: str
    options: Mapping[str, str]
    answer_type: AnswerType
    lease_until: float
    shown_at: float
    ends_at: float | None = None
    draft: str = ""
    comment: str = ""
    flagged: bool = False
    training: bool = False
    notes: tuple[str, ...] = ()
    earlier: tuple["Earlier", ...] = ()


@dataclass(frozen=True)
class Earlier:
    """A turn of a dialogue before the question, and what this person answered to it; None: nothing."""

    number: int
    media: tuple[MediaView, ...]
    question: str
    options: Mapping[str, str]
    answer: str | None


@dataclass(frozen=True)
class Training:
    """A person's training as he and his lead may know it: `right` of `answered` (skipped ones and those whose time ran
    out with them), out of `of` questions; `mark` is the least share of right ones that leads on. `last` tells of the
    answer just given, None where there is nothing to tell. `failed`: it is over, and the work does not open to him;
    `admitted`: his lead has opened it all the same."""

    answered: int
    of: int
    right: int
    mark: float
    last: bool | None = None
    admitted: bool = False
    failed: bool = False

    @property
    def over(self) -> bool:
        return self.answered >= self.of


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a project: a question, or why there is none. `doubled`: what was sent had been answered
    before, from another tab, and that answer stands. `late`: the answer that was sent came when its time was over, so
    it is kept and does not count. `limit_s` is the time for each question. `own`: a task of `items` questions that a
    person answers on his own; `titles` is the task's title by language, `run` the id of the run that was made of his
    answers once he had finished. `shut`: its answers cannot be inspected while others answer the same questions."""

    project: str
    title: str
    person: str
    progress: Progress
    question: DeskQuestion | None
    nothing: Nothing | None
    instructions: int = 0
    limit_s: float | None = None
    training: Training | None = None
    doubled: bool = False
    late: bool = False
    own: bool = False
    items: int = 0
    run: str = ""
    shut: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A project as somebody who may come to it sees it, `joined` or not yet. `own`: it is the project in which people
    answer a whole task each on his own. `titles` is the task's title by language."""

    project: str
    title: str
    titles: Mapping[str, str]
    state: ProjectState
    joined: bool
    own: bool
    items: int
    answered: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Offered:
    """What somebody may answer: projects that he has joined, those that anybody may join, tasks."""

    person: str
    mine: tuple[Offer, ...]
    open: tuple[Offer, ...]
    tasks: tuple[TaskInfo, ...]
