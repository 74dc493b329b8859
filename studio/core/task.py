"""The nouns of data: a sample (one MERA record), a split, a task and what is known about it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from studio.core.content import Given, Media, Message, Modality, text_of
from studio.core.errors import Problem

Split = Literal["test", "shots"]
AnswerType = Literal["letter", "short"]
Gold = str | tuple[str, ...]

LOG_SOURCE = "log:"  # before the tool's name: the source of a task that is known from logs alone


@dataclass(frozen=True)
class Sample:
    """One record of a task, ready to be asked.

    `id` is unique inside (task, split). `message` is what the model is given: the formatted instruction with
    media in the places of their placeholders. `gold` is None where the record has none (private test sets);
    a tuple means that any of the strings is right. `problem` says why the sample cannot be asked at all.
    """

    id: str
    split: Split
    instruction: str
    inputs: Mapping[str, str]
    media: tuple[Media, ...]
    message: Message
    gold: Gold | None
    options: Mapping[str, str] = field(default_factory=dict)  # {"A": "в аэропорту", …}, in order
    categories: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    prompt_id: int | None = None
    problem: Problem | None = None

    @property
    def question(self) -> str:
        """The question as a person reads it: the `question` slot, else the whole text without media."""
        return self.inputs.get("question") or self.prompt

    @property
    def prompt(self) -> str:
        """The whole formatted prompt as text, media as `<image>` and so on (the judge's «question»)."""
        return text_of(self.message)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        return tuple(dict.fromkeys(medium.modality for medium in self.media))

    def content_hash(self) -> str:
        """sha256 (hex) of all that decides the answer and its score: texts, media bytes, gold."""
        return digest(
            [
                self.id,
                self.split,
                self.instruction,
                dict(self.inputs),
                [(m.key, m.modality, m.sha256) for m in self.media],
                list(self.gold) if isinstance(self.gold, tuple) else self.gold,
            ]
        )

    def question_hash(self) -> str:
        """What `question_hash` makes of it."""
        return question_hash(self.instruction, self.inputs.values(), [medium.sha256 for medium in self.media])


@dataclass(frozen=True)
class TaskInfo:
    """What is known of a task before its samples are read.

    `name` is what a person types; `access` is `public` or `private` (private gold is never shown to visitors);
    `sizes` counts records per split; `chance` is the share of right answers by guessing, if known.
    """

    name: str
    title: Mapping[str, str]  # {"ru": …, "en": …}
    modality: Given
    answer_type: AnswerType
    access: Literal["public", "private"]
    licence: str
    sizes: Mapping[str, int]
    skills: tuple[str, ...] = ()
    description: str = ""
    chance: float | None = None
    human_benchmark: Mapping[str, float] = field(default_factory=dict)
    source: str = ""  # a folder, or `hub:MERA-evaluation/ruCLEVR@revision`
    suite: str = ""  # "demo" for the tasks that ship with the studio
    dialogue_turns: int | None = None  # samples of a dialogue, in a row; None: each stands alone


@dataclass(frozen=True)
class Task:
    """A task with the samples of one split, in the order of the file."""

    info: TaskInfo
    split: Split
    samples: tuple[Sample, ...]

    def __iter__(self) -> Iterator[Sample]:
        return iter(self.samples)

    def __len__(self) -> int:
        return len(self.samples)

    def content_hash(self) -> str:
        """What `TaskHash` makes of all samples."""
        whole = TaskHash(self.info, self.split)
        for sample in self.samples:
            whole.add(sample)
        return whole.hex()


@dataclass(frozen=True)
class TaskStream:
    """A task whose samples are read as they are taken: once, in the order of the file, so that few are in memory.

    `info` is what is known before; `known()`, once all samples were taken, what is known then: how many there are, and
    the chance of guessing.
    """

    info: TaskInfo
    split: Split
    samples: Iterator[Sample]
    known: Callable[[], TaskInfo]

    @staticmethod
    def of(task: Task) -> "TaskStream":
        return TaskStream(task.info, task.split, iter(task.samples), lambda: task.info)

    def whole(self) -> Task:
        """The task with all of its samples in memory."""
        samples = tuple(self.samples)
        return Task(self.known(), self.split, samples)


class TaskHash:
    """sha256 over a task's samples, one after the other: another when any question, medium or gold is.

    Hashed is the canonical JSON of [name, split, [hash of a sample, …]]. A log may claim anything of a task, by whoever
    wrote it: there all that it says is hashed with the task's source, so that it is neither a task of our own nor what
    another log claims.
    """

    def __init__(self, info: TaskInfo, split: Split) -> None:
        self._info = info
        self._claimed: list[list[Any]] | None = [] if info.source.startswith(LOG_SOURCE) else None
        self._hash = hashlib.sha256(f"[{_CANONICAL.encode(info.name)},{_CANONICAL.encode(split)},[".encode())
        self._comma = b""

    def add(self, sample: Sample) -> str:
        """Adds the next sample; returns its own hash."""
        hashed = sample.content_hash()
        self._hash.update(self._comma + _CANONICAL.encode(hashed).encode())
        self._comma = b","
        if self._claimed is not None:
            self._claimed.append(_claimed(sample))
        return hashed

    def hex(self) -> str:
        """The hash of the task with the samples added so far."""
        claims = [] if self._claimed is None else [asdict(self._info), self._claimed]
        whole = self._hash.copy()
        whole.update("".join(["]", *(f",{_CANONICAL.encode(claim)}" for claim in claims), "]"]).encode())
        return whole.hexdigest()


def _claimed(sample: Sample) -> list[Any]:
    """What decides how a sample is asked and shown, and is no part of its own hash."""
    options, categories = list(sample.options.items()), list(sample.categories.items())
    return [sample.prompt, options, categories, dict(sample.meta)]


# `json.dumps` with arguments makes an encoder at each call.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(value: Any) -> str:
    """sha256 (hex) of the canonical JSON of a value."""
    return hashlib.sha256(_CANONICAL.encode(value).encode()).hexdigest()


def question_hash(instruction: str, texts: Iterable[str], media: Iterable[str]) -> str:
    """What is asked, as 16 hex digits: equal for the same question under another id, in another task, with another gold
    or in another prompt. `texts` are a record's inputs, `media` the sha256 of its media. "" of a record that asks
    nothing.

    Neither order counts nor letter case nor spaces, so options in another order are the same question. The instruction
    is what asks where the record itself has no words.
    """
    words = sorted(filter(None, (_plain(text) for text in texts))) or list(
        filter(None, [_plain(instruction)])
    )
    seen = sorted(media)
    return digest([words, seen])[:16] if words or seen else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def file_digest(path: Path) -> str:
    """sha256 (hex) of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_digest(path: Path) -> str:
    """`file_digest`, remembered: a file of the same size and time of change is not read again. Raises OSError."""
    stat = path.stat()
    return _remembered(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=200_000)
def _remembered(path: Path, size: int, mtime_ns: int) -> str:
    return file_digest(path)
