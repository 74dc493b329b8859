"""What another tool's log says, as values: the run it tells of, its tasks, and a sample at a time.

Nothing here is guessed: what a log does not say is None or empty. Nothing is lost: a sample carries its row as logged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.core.content import Modality
from studio.core.errors import Problem
from studio.core.outcome import Score
from studio.core.task import AnswerType, Gold, Split


@dataclass(frozen=True)
class LogFile:
    """A file that a log was read from. `name` is its path below the folder that was given, never an absolute one."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class LoggedMedium:
    """One medium of a logged sample, in the order of the log.

    `data` are the file's bytes where the log holds them; else None, and `name` is what the log says instead: a
    file's name, an address, a hash. A reader never opens a file that a log names: a log may name any. `modality` is
    None where the log does not tell; with `data` it is then found in the bytes.
    """

    key: str
    modality: Modality | None = None
    data: bytes | None = None
    name: str = ""


@dataclass(frozen=True)
class LoggedSample:
    """One question and what became of it, as the log tells it.

    `key` is the log's own id, unique in its task; `place` says where the row stands (`samples_x.jsonl:17`). `prompt` is
    the text as it was sent, media as `<image>`, `<audio>`, `<video>` where the log shows their places. `answer` None
    is a sample without one: then `problem` may say why. `own_scores` are the tool's own, by its own metric names;
    only numbers, what is not a number stays in `raw`; `own_extracted` is the text that each compared, where the log
    tells it. `found` tells how a value was chosen where there was a choice (`{"answer": "choice"}`; texts
    `logs.found.<key>.<value>`). `meta` and `categories` are as in `Sample`. `raw` is the
    row as logged: its JSON text, or a JSON list where one sample has several rows; media held as `data` may be
    left out of it.
    """

    key: str
    place: str
    raw: str
    prompt: str | None = None
    question: str | None = None
    instruction: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    gold: Gold | None = None
    answer: str | None = None
    problem: Problem | None = None
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    latency_s: float | None = None
    media: tuple[LoggedMedium, ...] = ()
    own_scores: Mapping[str, float] = field(default_factory=dict)
    own_extracted: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LoggedTask:
    """A task of a log. `samples` may be gone through more than once; each pass reads the file anew.

    `scores` are the tool's own of the whole task, by its metric names. `expected` is how many samples the log itself
    says there are (None: it does not say). A `bare` task holds answers alone: all else is taken from the studio's own
    copy of the task, where it has one. `rest` keeps all else that the log says of the task.
    """

    name: str
    samples: Iterable[LoggedSample]
    split: Split | None = None
    answer_type: AnswerType | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    expected: int | None = None
    bare: bool = False
    rest: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Log:
    """A run of another tool: one model, and what it answered.

    `tool` is the reader's name, `version` the tool's own. `settings` are those of the generation as logged.
    `created_at` is in seconds since the epoch, `seconds` the duration. `remarks` are what a person should know of a log
    that was read all the same (texts `error.<code>`). `rest` keeps the fields that no other part holds.
    """

    tool: str
    files: tuple[LogFile, ...]
    tasks: tuple[LoggedTask, ...]
    version: str = ""
    model: str = ""
    revision: str = ""
    created_at: float | None = None
    seconds: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Problem, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LogView:
    """What a log said of one sample, beside what our scores are made of: the tool's own `scores`, how values were
    `found`, `rest` (fields that the studio does not know), and where the row stood."""

    tool: str
    version: str
    place: str
    scores: tuple[Score, ...]
    found: Mapping[str, str]
    rest: Mapping[str, Any]


@dataclass(frozen=True)
class LogFacts:
    """What is kept of a log beside its rows. `role` is who imported it (`owner` or `visitor`), `size` its files' bytes,
    unpacked; the others are JSON values."""

    tool: str
    version: str
    role: str
    size: int
    files: Sequence[Mapping[str, Any]]
    settings: Mapping[str, Any]
    tasks: Mapping[str, Any]
    remarks: Sequence[Problem]
    rest: Mapping[str, Any]


@dataclass(frozen=True)
class ImportedRun:
    """A log that became a run. Not `new`: the same content was imported before, and nothing was changed."""

    run: str
    new: bool
    tool: str
    model: str
    tasks: tuple[str, ...]
    samples: int
    failed: int
    remarks: tuple[Problem, ...]
