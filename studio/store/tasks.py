"""Tasks and samples as they were when they were asked: a changed record is a new task row, never an edit."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from studio.core.content import Media, Message, Text, text_of
from studio.core.crossing import MARK
from studio.core.errors import Problem
from studio.core.task import Sample, Task, TaskHash, TaskInfo, TaskStream
from studio.store.database import Database, Row, dump, load


@dataclass(frozen=True)
class StoredSample:
    """A sample with its number in the database and its task."""

    id: int
    task_id: int
    task: TaskInfo
    sample: Sample


@dataclass(frozen=True)
class Dialogue:
    """A task of a run whose samples are turns of dialogues, with all of its samples in the run's order."""

    task: TaskInfo
    turns: int
    sample_ids: list[int]


class Tasks:
    """What was asked about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, task: Task) -> dict[str, int]:
        """Keeps a task and its samples; the same content is kept once. Returns the sample ids by key, in order."""
        task_id = self.keep(TaskStream.of(task))
        rows = self._db.tuples("SELECT key, id FROM samples WHERE task_id = ? ORDER BY position", (task_id,))
        return dict(rows)

    def keep(self, task: TaskStream) -> int:
        """The same for samples that are read as they are taken: never more than a few are in memory. Returns the task's
        id.

        Whether the content is known shows with the last sample, and reading them may take long. So they wait in a table
        of this connection alone, outside the studio's file, and all come into it in one short transaction.
        """
        with self._spool() as connection:
            whole = TaskHash(task.info, task.split)
            rows = _sample_rows(task, whole)
            while some := list(islice(rows, SPOOLED_AT_ONCE)):
                connection.executemany(_SPOOL_SAMPLE, some)
                connection.commit()
            return self._placed(task.known(), task.split, whole.hex())

    @contextmanager
    def _spool(self) -> Iterator[sqlite3.Connection]:
        """An empty table `coming` for samples; gone afterwards."""
        with self._db.errors():
            connection = self._db.connection().conn
            connection.execute(_SPOOL)
        try:
            yield connection
        finally:
            connection.rollback()
            connection.execute("DROP TABLE temp.coming")

    def _placed(self, info: TaskInfo, split: str, content: str) -> int:
        """The id of the task of this content, which what is `coming` belongs to."""
        with self._db.write() as connection:
            found = connection.execute(
                "SELECT id FROM tasks WHERE name = ? AND split = ? AND content_hash = ?",
                (info.name, split, content),
            ).fetchone()
            if found:
                return int(found[0])
            cursor = connection.execute(
                "INSERT INTO tasks (name, split, content_hash, modality, answer_type, access, licence, source,"
                " info, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    info.name, split, content, info.modality, info.answer_type, info.access,
                    info.licence, info.source, dump(_info_json(info)), time.time(),
                ),
            )  # fmt: skip
            task_id = int(cursor.lastrowid or 0)
            connection.execute(
                f"INSERT INTO samples (task_id, {_SAMPLE}) SELECT ?, {_SAMPLE} FROM temp.coming ORDER BY position",
                (task_id,),
            )
            connection.execute(
                "INSERT OR IGNORE INTO task_categories (task_id, name, value)"
                " SELECT DISTINCT samples.task_id, each.key, each.value"
                " FROM samples, json_each(samples.categories) AS each WHERE samples.task_id = ?",
                (task_id,),
            )
            connection.execute(
                "INSERT OR IGNORE INTO sample_categories (sample_id, name, value)"
                " SELECT samples.id, each.key, each.value FROM samples, json_each(samples.categories) AS each"
                " WHERE samples.task_id = ?",
                (task_id,),
            )
            return task_id

    def samples(self, ids: Iterable[int]) -> list[StoredSample]:
        """Samples by their database ids, in the order asked."""
        wanted = list(ids)
        found: dict[int, StoredSample] = {}
        infos: dict[int, TaskInfo] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in self._db.rows(f"SELECT * FROM samples WHERE id IN ({marks})", part):
                task_id = row["task_id"]
                if task_id not in infos:
                    infos[task_id] = self.info(task_id)
                found[row["id"]] = StoredSample(row["id"], task_id, infos[task_id], _sample(row))
        return [found[sample_id] for sample_id in wanted]

    def ids(self, task_id: int, keys: Sequence[str]) -> list[int]:
        """Database ids of a task's samples by their keys, in the order asked; unknown keys are left out."""
        marks = ",".join("?" * len(keys))
        rows = self._db.rows(
            f"SELECT key, id FROM samples WHERE task_id = ? AND key IN ({marks})", (task_id, *keys)
        )
        found = {row["key"]: row["id"] for row in rows}
        return [found[key] for key in keys if key in found]

    def outlines(self, task_id: int) -> Iterator[tuple[int, Sample]]:
        """A task's samples without their texts: id, media, gold, categories and meta, each with its database id. They
        are read as they are taken."""
        return self._outlines("task_id = ?", (task_id,))

    def some_outlines(self, ids: Sequence[int]) -> dict[int, Sample]:
        """The same of single samples."""
        found: dict[int, Sample] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            found.update(self._outlines(f"id IN ({','.join('?' * len(part))})", part))
        return found

    def categories(self, task_id: int) -> list[tuple[int, str]]:
        """The categories of a task's samples, each as `name=value`, in the order of names and values."""
        return self._db.tuples(
            "SELECT c.sample_id, c.name || '=' || c.value FROM samples s JOIN sample_categories c"
            " ON c.sample_id = s.id WHERE s.task_id = ? ORDER BY c.name, c.value, c.sample_id",
            (task_id,),
        )

    def sample_ids(self, task_id: int) -> list[int]:
        """Database ids of a task's samples, ascending."""
        return self._db.column("SELECT id FROM samples WHERE task_id = ? ORDER BY id", (task_id,))

    def _outlines(self, which: str, values: Sequence[int]) -> Iterator[tuple[int, Sample]]:
        sql = f"SELECT id, key, media, gold, categories, meta FROM samples WHERE {which}"
        for row in self._db.streamed(sql, values):
            yield row["id"], _outline(row)

    def dialogues(self, run_id: str) -> list[Dialogue]:
        """The tasks of a run that are dialogues, in the run's order."""
        rows = self._db.rows(
            "SELECT task_id FROM run_samples WHERE run_id = ? GROUP BY task_id ORDER BY MIN(number)",
            (run_id,),
        )
        found = []
        for row in rows:
            info = self.info(row["task_id"])
            if info.dialogue_turns:
                ids = self._db.rows(
                    "SELECT sample_id FROM run_samples WHERE run_id = ? AND task_id = ? ORDER BY number",
                    (run_id, row["task_id"]),
                )
                found.append(Dialogue(info, info.dialogue_turns, [each["sample_id"] for each in ids]))
        return found

    def task_of(self, sample_id: int) -> TaskInfo | None:
        """The task of a sample."""
        task_id = self._db.scalar("SELECT task_id FROM samples WHERE id = ?", (sample_id,))
        return self.info(task_id) if task_id is not None else None

    def is_crossed(self, task_id: int) -> bool:
        """Whether its samples are some questions, each in every prompt."""
        sql = f"SELECT json_type(meta, '$.{MARK}.item') FROM samples WHERE task_id = ? LIMIT 1"
        return self._db.scalar(sql, (task_id,)) is not None

    def info(self, task_id: int) -> TaskInfo:
        text = self._db.scalar("SELECT info FROM tasks WHERE id = ?", (task_id,))
        return _info(load(text))


SPOOLED_AT_ONCE = 64
_SAMPLE = (
    "key, position, content_hash, modality, prompt_id, instruction, inputs, prompt, message, question, options, gold,"
    " categories, media, meta, problem, question_hash"
)
_SPOOL = f"CREATE TEMP TABLE coming ({_SAMPLE.replace('position', 'position INTEGER PRIMARY KEY')})"
_SPOOL_SAMPLE = f"INSERT INTO temp.coming ({_SAMPLE}) VALUES ({', '.join('?' * len(_SAMPLE.split(',')))})"


def _sample_rows(task: TaskStream, whole: TaskHash) -> Iterator[tuple[Any, ...]]:
    """Rows of the samples as they are taken; each is added to the task's hash."""
    for position, sample in enumerate(task.samples):
        modality = sample.modalities[0] if sample.modalities else task.info.modality
        yield (
            sample.id, position, whole.add(sample), modality, sample.prompt_id, sample.instruction,
            dump(dict(sample.inputs)), sample.prompt, dump(_message_json(sample)), sample.question,
            dump(dict(sample.options)), None if sample.gold is None else dump(sample.gold),
            dump(dict(sample.categories)), dump([_media_json(medium) for medium in sample.media]),
            dump(dict(sample.meta)), dump(sample.problem.to_json()) if sample.problem else None,
            sample.question_hash(),
        )  # fmt: skip


def _media_json(medium: Media) -> dict[str, str]:
    return {"modality": medium.modality, "key": medium.key, "path": str(medium.path), "sha256": medium.sha256}


def _message_json(sample: Sample) -> list[list[int]]:
    """Where media stand in the prompt: [start, end, number in `media`]; all between is text."""
    spans, position = [], 0
    for part in sample.message:
        length = len(text_of((part,)))
        if not isinstance(part, Text):
            spans.append([position, position + length, sample.media.index(part)])
        position += length
    return spans


def _message(prompt: str, spans: list[list[int]], media: tuple[Media, ...]) -> Message:
    parts: list[Text | Media] = []
    position = 0
    for start, end, number in spans:
        if start > position:
            parts.append(Text(prompt[position:start]))
        parts.append(media[number])
        position = end
    if position < len(prompt) or not parts:
        parts.append(Text(prompt[position:]))
    return tuple(parts)


def media_of(text: str) -> tuple[Media, ...]:
    """A stored sample's media."""
    return tuple(Media(m["modality"], m["key"], Path(m["path"]), m["sha256"]) for m in load(text))


def _outline(row: Row) -> Sample:
    gold = load(row["gold"])
    return Sample(
        id=row["key"],
        split="test",
        instruction="",
        inputs={},
        media=media_of(row["media"]),
        message=(),
        gold=tuple(gold) if isinstance(gold, list) else gold,
        categories=load(row["categories"]),
        meta=load(row["meta"]),
    )


def _sample(row: Row) -> Sample:
    media = media_of(row["media"])
    gold = load(row["gold"])
    problem = load(row["problem"])
    return Sample(
        id=row["key"],
        split="test",
        instruction=row["instruction"],
        inputs=load(row["inputs"]),
        media=media,
        message=_message(row["prompt"], load(row["message"]), media),
        gold=tuple(gold) if isinstance(gold, list) else gold,
        options=load(row["options"]),
        categories=load(row["categories"]),
        meta=load(row["meta"]),
        prompt_id=row["prompt_id"],
        problem=Problem.from_json(problem) if problem else None,
    )


def _info_json(info: TaskInfo) -> dict[str, Any]:
    return {**asdict(info), "skills": list(info.skills)}


def _info(data: Mapping[str, Any]) -> TaskInfo:
    return replace(TaskInfo(**data), skills=tuple(data["skills"]))
