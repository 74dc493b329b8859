"""Projects of the human baseline as they stand, and what an annotator may read of their questions."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from studio.core.content import Media, Modality
from studio.core.project import OUT_OF_TIME, Item, Joining, Progress, ProjectSpec, ProjectState, Purpose
from studio.core.record import FIRST, Planned, Record
from studio.core.task import AnswerType
from studio.store.applying import applied, apply, apply_all
from studio.store.before import with_before
from studio.store.database import Database, Row, load
from studio.store.left import left
from studio.store.people import SEEN_GOLD
from studio.store.tasks import media_of


@dataclass(frozen=True)
class ProjectRow:
    """A project as it stands. `instructions` is the version of the newest ones, 0 when there are none."""

    id: str
    state: ProjectState
    spec: ProjectSpec
    instructions: int
    created_by: str
    created_at: float


@dataclass(frozen=True)
class GoingOn:
    """A project that is not closed, as far as it matters for who may see what of its task."""

    id: str
    state: ProjectState
    task: str
    joining: Joining


@dataclass(frozen=True)
class DeskSample:
    """A question without its gold: read from a view that has no such column."""

    id: int
    task: str
    answer_type: AnswerType
    modality: Modality
    question: str
    prompt: str
    options: Mapping[str, str]
    media: tuple[Media, ...]
    notes: tuple[str, ...]  # the record's other texts, as far as they stand in the prompt


# An answer as it is counted: its number in the journal, item, person and text. Where fifty thousand are read, nothing
# else is.
Given = tuple[int, int, str, str]
# A response's columns, in the order of the fields below.
_RESPONSE = (
    "r.n, r.person_id, r.item, r.occasion, r.purpose, r.action, COALESCE(r.text, ''), COALESCE(r.reason, ''),"
    " r.comment, r.counts, r.at, r.shown_at, r.active_s, r.flagged"
)


class Response(NamedTuple):
    """What one person said once. `counts`: it is among the item's valid answers.

    A tuple: a board reads fifty thousand of them, and a frozen dataclass of fourteen fields takes five times as long
    to make."""

    n: int
    person: str
    item: int
    occasion: int
    purpose: Purpose
    action: str
    text: str
    reason: str
    comment: str
    counts: bool
    at: float
    shown_at: float | None = None
    active_s: float | None = None
    flagged: bool = False

    @property
    def took_s(self) -> float | None:
        """From the question to the answer, in seconds."""
        return None if self.shown_at is None else max(0.0, self.at - self.shown_at)


@dataclass(frozen=True)
class AskedItem:
    """A project's item, and what a reviewer said last of it."""

    project: str
    title: str
    item: int
    purpose: Purpose
    overlap: int
    retired: bool
    adjudicated: str | None


class Projects:
    """Reading; what is written goes through the journal, with `writing`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @contextmanager
    def writing(self) -> "Iterator[PeopleTransaction]":
        """One transaction over everything people do; it takes the write lock at once."""
        with self._db.write() as connection:
            yield PeopleTransaction(connection)

    def applied(self) -> int:
        """The number of the journal's last record that is in the tables."""
        return self.place()[0]

    def place(self) -> tuple[int, str]:
        """The number and the hash of the journal's last record that is in the tables."""
        found = self._db.tuples("SELECT n, hash FROM journal_applied")
        return found[0] if found else (0, FIRST)

    def all(self) -> list[ProjectRow]:
        """All projects, the newest first."""
        return [_project(row) for row in self._db.rows("SELECT * FROM projects ORDER BY created_at DESC, id")]

    def going_on(self) -> list[GoingOn]:
        """Projects that are not closed."""
        sql = "SELECT id, state, task, json_extract(spec, '$.joining') AS joining FROM projects WHERE state != 'closed'"
        return [GoingOn(row["id"], row["state"], row["task"], row["joining"]) for row in self._db.rows(sql)]

    def awaits(self, project: str, person: str) -> bool:
        """Whether a project still has something to ask of a person: a question that is held for him, or one that lacks
        answers and has none of his."""
        return bool(
            self._db.scalar(
                "SELECT EXISTS (SELECT 1 FROM project_items i JOIN projects p ON p.id = i.project_id"
                " LEFT JOIN turns t ON t.project_id = i.project_id AND t.person_id = :person AND t.item = i.item"
                " AND t.occasion = 1 WHERE i.project_id = :project AND i.retired = 0 AND i.sample_id IS NOT NULL"
                " AND i.author != :person AND (t.state = 'held'"
                " OR COALESCE(t.state, 'lapsed') = 'lapsed' AND (i.valid < p.overlap OR NOT i.scored)))",
                {"project": project, "person": person},
            )
        )

    def get(self, project: str) -> ProjectRow | None:
        row = self._db.row("SELECT * FROM projects WHERE id = ?", (project,))
        return _project(row) if row else None

    def instructions(self, project: str, version: int) -> str:
        sql = "SELECT text FROM project_instructions WHERE project_id = ? AND version = ?"
        return str(self._db.scalar(sql, (project, version)) or "")

    def items(self, project: str) -> list[Item]:
        sql = (
            "SELECT item, key, content_hash, purpose, stratum, author, scored FROM project_items WHERE project_id = ?"
            " ORDER BY item"
        )
        rows = self._db.tuples(sql, (project,))
        return [
            Item(item, key, content_hash, purpose, stratum, author, bool(scored))
            for item, key, content_hash, purpose, stratum, author, scored in rows
        ]

    def unbound(self, project: str) -> int:
        """How many items have no question in this file yet: after it was made anew, or when the task has changed."""
        sql = "SELECT COUNT(*) FROM project_items WHERE project_id = ? AND sample_id IS NULL"
        return int(self._db.scalar(sql, (project,)))

    def bind(self, project: str, task_id: int) -> int:
        """Ties items to a task's samples by their key and content. Returns how many stay without."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE project_items SET sample_id = (SELECT s.id FROM samples s WHERE s.task_id = ?"
                " AND s.key = project_items.key AND s.content_hash = project_items.content_hash)"
                " WHERE project_id = ? AND sample_id IS NULL",
                (task_id, project),
            )
        return self.unbound(project)

    def desk_sample(self, sample_id: int) -> DeskSample:
        """A question as an annotator may have it."""
        row = self._db.row("SELECT * FROM desk_samples WHERE id = ?", (sample_id,))
        assert row is not None, sample_id
        return DeskSample(
            row["id"], row["task"], row["answer_type"], row["modality"], row["question"], row["prompt"],
            load(row["options"]), media_of(row["media"]), _notes(load(row["inputs"]), row["question"], row["prompt"]),
        )  # fmt: skip

    def sample_of(self, project: str, item: int) -> int | None:
        sql = "SELECT sample_id FROM project_items WHERE project_id = ? AND item = ?"
        found = self._db.scalar(sql, (project, item))
        return None if found is None else int(found)

    def draft(self, project: str, person: str, item: int, occasion: int) -> tuple[str, str, bool]:
        """What a person had typed, the answer and the comment; and whether the question was flagged."""
        row = self._db.row(
            "SELECT text, comment, flagged FROM desk_drafts WHERE project_id = ? AND person_id = ? AND item = ?"
            " AND occasion = ?",
            (project, person, item, occasion),
        )
        return (row["text"], row["comment"], bool(row["flagged"])) if row else ("", "", False)

    def earlier(self, project: str, person: str, item: int, limit: int) -> list[tuple[int, int, str | None]]:
        """The last `limit` turns before an item of a dialogue, the oldest first: which turn it is, its sample id, and
        what this person answered to it."""
        rows = self._db.tuples(
            "SELECT ROW_NUMBER() OVER (ORDER BY i.item), i.sample_id, CASE WHEN t.state = 'answered' THEN r.text END"
            " FROM project_items i JOIN project_items n ON n.project_id = i.project_id AND n.stratum = i.stratum"
            " AND n.item = :item LEFT JOIN turns t ON t.project_id = i.project_id AND t.item = i.item"
            " AND t.person_id = :person AND t.occasion = 1 LEFT JOIN responses r ON r.n = t.response"
            " WHERE i.project_id = :project AND i.item < :item AND i.sample_id IS NOT NULL"
            " ORDER BY i.item DESC LIMIT :limit",
            {"project": project, "person": person, "item": item, "limit": limit},
        )
        return [(int(number), int(sample_id), text) for number, sample_id, text in reversed(rows)]

    def progress(self, project: str, person: str, undo_window: int, since: float = 0.0) -> Progress:
        """How far a person is with what he was asked, and the project with its scored items."""
        mine = self._db.row(
            "SELECT COALESCE(SUM(state = 'answered' AND purpose != 'training'), 0) AS answered,"
            " COALESCE(SUM(state = 'skipped' AND purpose != 'training'), 0) AS skipped,"
            " COALESCE(SUM(state IN ('answered', 'skipped') AND purpose = 'training'), 0) AS trained"
            " FROM turns WHERE project_id = ? AND person_id = ?",
            (project, person),
        ) or {"answered": 0, "skipped": 0, "trained": 0}  # fmt: skip
        whole = self._db.row(
            "SELECT COALESCE(SUM(MIN(i.valid, p.overlap)), 0) AS done, COUNT(*) * p.overlap AS total"
            " FROM project_items i JOIN projects p ON p.id = i.project_id"
            " WHERE i.project_id = ? AND i.scored AND i.retired = 0",
            (project,),
        ) or {"done": 0, "total": 0}  # fmt: skip
        return Progress(
            mine["answered"], mine["skipped"], len(self.undoable(project, person, undo_window, since)),
            whole["done"], whole["total"] or 0, mine["trained"], self._left(project, person),
        )  # fmt: skip

    def _left(self, project: str, person: str) -> int:
        row = self.get(project)
        return left(self._db, project, person, row.spec) if row and person else 0

    def undoable(self, project: str, person: str, window: int, since: float = 0.0) -> list[Response]:
        """Of a person's last `window` submissions those that still stand and were shown first after `since`, the latest
        first; training is not taken back."""
        rows = self._db.tuples(
            f"SELECT {_RESPONSE} FROM (SELECT * FROM responses WHERE project_id = :project AND person_id = :person"
            " AND action != 'undo' ORDER BY n DESC LIMIT :window) r JOIN turns t ON t.project_id = r.project_id"
            " AND t.person_id = r.person_id AND t.item = r.item AND t.occasion = r.occasion AND t.response = r.n"
            " WHERE r.purpose != 'training' AND (:since = 0 OR t.shown_at >= :since) ORDER BY r.n DESC",
            {"project": project, "person": person, "window": window, "since": since},
        )
        return [_response(row) for row in rows]

    def places(self, project: str, purpose: str = "") -> dict[int, int]:
        """The sample id of each item (of one purpose, or all) that has its question here, in the order of the items."""
        sql = (
            "SELECT item, sample_id FROM project_items WHERE project_id = ? AND sample_id IS NOT NULL"
            " AND ? IN ('', purpose) ORDER BY item"
        )
        return dict(self._db.tuples(sql, (project, purpose)))

    def tasks(self, project: str) -> dict[int, int]:
        """The task of each item that has its question here."""
        sql = (
            "SELECT i.item, s.task_id FROM project_items i JOIN samples s ON s.id = i.sample_id"
            " WHERE i.project_id = ?"
        )
        return dict(self._db.tuples(sql, (project,)))

    def options(self, project: str) -> list[int]:
        """The different numbers of options that questions of the baseline have."""
        return self._db.column(
            "SELECT DISTINCT (SELECT COUNT(*) FROM json_each(s.options)) FROM project_items i"
            " JOIN samples s ON s.id = i.sample_id WHERE i.project_id = ? AND i.scored AND i.retired = 0",
            (project,),
        )

    def coverage(self, project: str) -> list[tuple[int, int]]:
        """Of each item of the baseline, in order, how many answers count and how many are held."""
        sql = "SELECT valid, held FROM project_items WHERE project_id = ? AND scored AND retired = 0 ORDER BY item"
        return [(int(valid), int(held)) for valid, held in self._db.tuples(sql, (project,))]

    def excluded(self, project: str) -> dict[str, tuple[float | None, str]]:
        """When and why people were excluded, by person."""
        sql = "SELECT person_id, excluded_at, reason FROM project_people WHERE project_id = ?"
        return {person: (at, reason) for person, at, reason in self._db.tuples(sql, (project,))}

    def gold_open(self, project: str) -> tuple[tuple[float, float | None], ...]:
        """When a project's gold lay open to everybody, since it was closed until it was opened again; None: it does."""
        sql = "SELECT since, until FROM gold_open WHERE project_id = ? ORDER BY since"
        return tuple((float(since), until) for since, until in self._db.tuples(sql, (project,)))

    def retired(self, project: str) -> frozenset[int]:
        sql = "SELECT item FROM project_items WHERE project_id = ? AND retired = 1"
        return frozenset(self._db.column(sql, (project,)))

    def counted(self, project: str) -> list[Given]:
        """The answers that count, item by item, each item's in their order."""
        sql = (
            "SELECT n, item, person_id, COALESCE(text, '') FROM responses WHERE project_id = ? AND counts = 1"
            " ORDER BY item, n"
        )
        return self._db.tuples(sql, (project,))

    def given(self, project: str) -> list[Given]:
        """First answers to questions that nobody took back, of excluded people and late ones too, in the same order:
        whatever may count."""
        sql = (
            "SELECT r.n, r.item, r.person_id, COALESCE(r.text, '') FROM turns t JOIN responses r ON r.n = t.response"
            " WHERE t.project_id = ? AND r.action = 'answer' AND r.occasion = 1 AND r.purpose != 'training'"
            " ORDER BY r.item, r.n"
        )
        return self._db.tuples(sql, (project,))

    def standing(self, project: str, purpose: str = "") -> list[Response]:
        """Answers and skips that nobody took back, of excluded people too, in their order; of one purpose, or all."""
        rows = self._db.tuples(
            f"SELECT {_RESPONSE} FROM turns t JOIN responses r ON r.n = t.response WHERE t.project_id = ?"
            " AND ? IN ('', t.purpose) ORDER BY r.n",
            (project, purpose),
        )
        return [_response(row) for row in rows]

    def asking(self, sample_id: int) -> list[AskedItem]:
        """The items of all projects that ask this very question (the same record with the same content, whatever limit
        its task was read with), the newest project first."""
        rows = self._db.rows(
            "SELECT p.id, json_extract(p.spec, '$.title') AS title, i.item, i.purpose, p.overlap, i.retired, a.text"
            " FROM samples s JOIN tasks t ON t.id = s.task_id"
            " JOIN projects p ON json_extract(p.spec, '$.task') = t.name"
            " JOIN project_items i ON i.project_id = p.id AND i.key = s.key AND i.content_hash = s.content_hash"
            " LEFT JOIN adjudications a ON a.project_id = i.project_id AND a.item = i.item"
            " WHERE s.id = ? ORDER BY p.created_at DESC, p.id",
            (sample_id,),
        )
        return [
            AskedItem(
                row["id"], row["title"], row["item"], row["purpose"], row["overlap"], bool(row["retired"]), row["text"]
            )
            for row in rows
        ]  # fmt: skip

    def said_of(self, project: str, item: int) -> list[Response]:
        """Answers and skips of one item that nobody took back, in their order."""
        rows = self._db.tuples(
            f"SELECT {_RESPONSE} FROM turns t JOIN responses r ON r.n = t.response WHERE t.project_id = ?"
            " AND t.item = ? ORDER BY r.n",
            (project, item),
        )
        return [_response(row) for row in rows]

    def adjudicated(self, project: str) -> dict[int, str]:
        """The last word on items, where somebody had it."""
        sql = "SELECT item, text FROM adjudications WHERE project_id = ? AND text IS NOT NULL"
        return dict(self._db.tuples(sql, (project,)))

    def responses(self, project: str) -> list[Response]:
        """Everything that was said in a project, in its order; undos and what they took back included."""
        sql = f"SELECT {_RESPONSE} FROM responses r WHERE project_id = ? ORDER BY n"
        rows = self._db.tuples(sql, (project,))
        return [_response(row) for row in rows]


class PeopleTransaction:
    """A writer's transaction: reads what it needs to decide, applies what was recorded."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @property
    def place(self) -> tuple[int, str]:
        """The number and the hash of the last record that is in the tables."""
        return applied(self.connection)

    def with_before(self, planned: Planned) -> Planned:
        """The same with the values that it changes, as they are now."""
        return with_before(self.connection, planned)

    def apply(self, record: Record) -> None:
        apply(self.connection, record)

    def apply_all(self, records: Iterable[Record]) -> None:
        """Many records at once, in their order."""
        apply_all(self.connection, records)

    def project(self, project: str) -> ProjectRow | None:
        found = self._row("SELECT * FROM projects WHERE id = ?", (project,))
        return _project(found) if found else None

    def excluded(self, project: str, person: str) -> bool:
        row = self._row(
            "SELECT excluded_at FROM project_people WHERE project_id = ? AND person_id = ?", (project, person)
        )
        return bool(row and row["excluded_at"] is not None)

    def has_seen_gold(self, project: str, person: str) -> bool:
        """Whether somebody is, or ever was, one who sees the gold of a project's task, by any role he was given."""
        return (
            self.connection.execute(SEEN_GOLD, {"person": person, "project": project}).fetchone() is not None
        )

    def submitted(self, project: str, person: str, client_id: str) -> bool:
        """Whether this very submission was kept before."""
        sql = "SELECT 1 AS one FROM responses WHERE project_id = ? AND person_id = ? AND client_id = ?"
        return self._row(sql, (project, person, client_id)) is not None

    def content_of(self, project: str, item: int) -> str | None:
        """The hash of an item's content; None: there is no such item."""
        sql = "SELECT content_hash FROM project_items WHERE project_id = ? AND item = ?"
        row = self._row(sql, (project, item))
        return str(row["content_hash"]) if row else None

    def instructions(self, project: str) -> int:
        """The version of a project's newest instructions, 0 when there are none."""
        row = self._row("SELECT instructions FROM projects WHERE id = ?", (project,))
        return int(row["instructions"]) if row else 0

    def known(self, person: str) -> bool:
        return self._row("SELECT 1 AS one FROM people WHERE id = ?", (person,)) is not None

    def works(self, project: str, person: str) -> bool:
        """Whether somebody has ever joined a project."""
        sql = "SELECT 1 AS one FROM project_people WHERE project_id = ? AND person_id = ?"
        return self._row(sql, (project, person)) is not None

    def out_of_time(self, project: str, person: str, client_id: str) -> bool:
        """Whether this submission came when the time for its question was over."""
        sql = "SELECT reason FROM responses WHERE project_id = ? AND person_id = ? AND client_id = ?"
        row = self._row(sql, (project, person, client_id))
        return row is not None and row["reason"] == OUT_OF_TIME

    def timed_out(self, project: str, person: str) -> bool:
        """Whether the last thing that is known of a person here is that his time for a question ran out."""
        sql = (
            "SELECT reason FROM responses WHERE project_id = ? AND person_id = ? AND action != 'undo'"
            " ORDER BY n DESC LIMIT 1"
        )
        row = self._row(sql, (project, person))
        return row is not None and row["reason"] == OUT_OF_TIME

    def turn(self, project: str, person: str, item: int, occasion: int) -> Row | None:
        return self._row(
            "SELECT t.*, i.content_hash FROM turns t JOIN project_items i ON i.project_id = t.project_id"
            " AND i.item = t.item WHERE t.project_id = ? AND t.person_id = ? AND t.item = ? AND t.occasion = ?",
            (project, person, item, occasion),
        )

    def save_draft(
        self,
        project: str,
        person: str,
        item: int,
        occasion: int,
        text: str,
        comment: str,
        at: float,
        *,
        flagged: bool,
    ) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO desk_drafts (project_id, person_id, item, occasion, text, comment, updated_at,"
            " flagged) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (project, person, item, occasion, text, comment, at, int(flagged)),
        )

    def _row(self, sql: str, values: tuple[Any, ...]) -> Row | None:
        cursor = self.connection.execute(sql, values)
        found = cursor.fetchone()
        return dict(zip([column[0] for column in cursor.description], found, strict=True)) if found else None


def _notes(inputs: Mapping[str, str], question: str, prompt: str) -> tuple[str, ...]:
    """Texts of a record beside its question and options: an explanation, the form of the answer."""
    told = (
        text.strip() for key, text in inputs.items() if key != "question" and not key.startswith("option_")
    )
    return tuple(text for text in told if text and text in prompt and text not in question)


def _project(row: Row) -> ProjectRow:
    return ProjectRow(
        row["id"], row["state"], ProjectSpec.from_json(load(row["spec"])), row["instructions"],
        row["created_by"], row["created_at"],
    )  # fmt: skip


def _response(row: tuple[Any, ...]) -> Response:
    *facts, counts, at, shown_at, active_s, flagged = row
    n, person, item, occasion, purpose, action, text, reason, comment = facts
    return Response(
        n, person, item, occasion, purpose, action, text, reason, comment, bool(counts), at, shown_at, active_s,
        bool(flagged),
    )  # fmt: skip
