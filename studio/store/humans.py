"""What people answer. Rows are only added: an undo is a row that supersedes another. Queries here read no gold."""

import time
from dataclasses import dataclass
from typing import Any

from studio.core.engine import Completion
from studio.core.outcome import Score
from studio.store.answers import NO_FACTS, Answered, Answers
from studio.store.database import Database, dump


@dataclass(frozen=True)
class HumanCounts:
    """Where an annotator stands: counts of samples."""

    total: int
    answered: int
    skipped: int
    can_undo: bool


class Humans:
    """An annotator's answers, skips, undos and drafts in a run of kind `human`."""

    def __init__(self, db: Database, answers: Answers) -> None:
        self._db = db
        self._answers = answers

    def find(self, annotator: str, task: str) -> str | None:
        """The ticket of the annotator's run on a task, the latest if there are several."""
        ticket = self._db.scalar(
            "SELECT r.ticket FROM runs r WHERE r.kind = 'human' AND r.model = ?"
            " AND json_extract(r.resolved, '$.tasks[0]') = ? ORDER BY r.created_at DESC LIMIT 1",
            (annotator, task),
        )
        return str(ticket) if ticket else None

    def active(self, run_id: str | None = None) -> dict[str, float]:
        """When each annotator last did anything, typing included, by run (seconds since 1970); or of one run."""
        rows = self._db.rows(
            "SELECT run_id, MAX(at) AS at FROM (SELECT run_id, created_at AS at FROM human_answers"
            " UNION ALL SELECT run_id, updated_at FROM drafts) WHERE run_id = COALESCE(?, run_id) GROUP BY run_id",
            (run_id,),
        )
        return {row["run_id"]: row["at"] for row in rows}

    def counts(self, run_id: str) -> HumanCounts:
        row = self._db.row(
            "SELECT COUNT(*) AS total, COALESCE(SUM(state = 'answered'), 0) AS answered,"
            " COALESCE(SUM(state = 'skipped'), 0) AS skipped FROM run_samples WHERE run_id = ?",
            (run_id,),
        ) or {"total": 0, "answered": 0, "skipped": 0}  # fmt: skip
        return HumanCounts(row["total"], row["answered"], row["skipped"], self._last(run_id) is not None)

    def waiting(self, run_id: str, limit: int) -> list[tuple[int, int]]:
        """(sample id, number) of the next questions, in order."""
        rows = self._db.rows(
            "SELECT sample_id, number FROM run_samples WHERE run_id = ? AND state = 'pending' ORDER BY number LIMIT ?",
            (run_id, limit),
        )
        return [(row["sample_id"], row["number"]) for row in rows]

    def submit(
        self, run_id: str, sample_id: int, text: str, em: Score | None, client_id: str, shown_at: float | None
    ) -> bool:
        """Keeps an answer. False when it was already kept (the same client id) or the sample was answered elsewhere."""
        now = time.time()
        latency = max(0.0, now - shown_at) if shown_at else 0.0
        answer = Completion(text, "stop", 0, 0, latency, latency)
        with self._db.write() as connection:
            if not self._open(connection, run_id, sample_id, client_id, text):
                return False
            connection.execute(
                _INSERT, (run_id, sample_id, "answer", text, None, None, client_id, None, shown_at, now)
            )
            self._answers._record(connection, run_id, Answered(sample_id, answer, em))
            connection.execute("DELETE FROM drafts WHERE run_id = ? AND sample_id = ?", (run_id, sample_id))
            _settle(connection, run_id)
        return True

    def skip(self, run_id: str, sample_id: int, reason: str, note: str, client_id: str) -> bool:
        """Keeps a skip with its reason; what was typed stays as a draft."""
        with self._db.write() as connection:
            if not self._open(connection, run_id, sample_id, client_id, f"skip: {reason}"):
                return False
            connection.execute(
                _INSERT,
                (run_id, sample_id, "skip", None, reason, note or None, client_id, None, None, time.time()),
            )
            connection.execute(
                "UPDATE run_samples SET state = 'skipped' WHERE run_id = ? AND sample_id = ?",
                (run_id, sample_id),
            )
            _settle(connection, run_id)
        return True

    def undo(self, run_id: str, client_id: str) -> int | None:
        """Takes back the latest answer or skip: its question is asked again, with its text as the draft.

        Returns the sample id, None when there is nothing to take back.
        """
        with self._db.write() as connection:
            if self._seen(connection, run_id, client_id):
                return None
            last = connection.execute(_LAST, (run_id,)).fetchone()
            if last is None:
                return None
            row_id, sample_id, text = last
            connection.execute(
                _INSERT, (run_id, sample_id, "undo", None, None, None, client_id, row_id, None, time.time())
            )
            connection.execute(
                "UPDATE run_samples SET state = 'pending', cell = 'pending', generation_id = NULL, em = NULL,"
                f" js = NULL, em_status = NULL, js_status = NULL, probability = NULL, {NO_FACTS}"
                " WHERE run_id = ? AND sample_id = ?",
                (run_id, sample_id),
            )
            if text:
                _draft(connection, run_id, sample_id, text)
            _settle(connection, run_id)
        return int(sample_id)

    def save_draft(self, run_id: str, sample_id: int, text: str) -> None:
        with self._db.write() as connection:
            waiting = connection.execute(
                "SELECT 1 FROM run_samples WHERE run_id = ? AND sample_id = ? AND state = 'pending'",
                (run_id, sample_id),
            ).fetchone()
            if waiting:  # a late draft must not come back after its answer
                _draft(connection, run_id, sample_id, text)

    def draft(self, run_id: str, sample_id: int) -> str:
        text = self._db.scalar(
            "SELECT text FROM drafts WHERE run_id = ? AND sample_id = ?", (run_id, sample_id)
        )
        return str(text or "")

    def _last(self, run_id: str) -> int | None:
        row = self._db.row(_LAST, (run_id,))
        return int(row["id"]) if row else None

    def _seen(self, connection: Any, run_id: str, client_id: str) -> bool:
        sql = "SELECT 1 FROM human_answers WHERE run_id = ? AND client_id = ?"
        return connection.execute(sql, (run_id, client_id)).fetchone() is not None

    def _open(self, connection: Any, run_id: str, sample_id: int, client_id: str, what: str) -> bool:
        """Whether the sample still waits for this submission; a second one from another tab is kept as an event."""
        if self._seen(connection, run_id, client_id):
            return False
        row = connection.execute(
            "SELECT state FROM run_samples WHERE run_id = ? AND sample_id = ?", (run_id, sample_id)
        ).fetchone()
        if row and row[0] == "pending":
            return True
        connection.execute(
            "INSERT INTO events (run_id, at, kind, detail) VALUES (?, ?, 'duplicate_submission', ?)",
            (run_id, time.time(), dump({"sample_id": sample_id, "text": what, "client_id": client_id})),
        )
        return False


_INSERT = (
    "INSERT INTO human_answers (run_id, sample_id, action, text, reason, note, client_id, supersedes, shown_at,"
    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LAST = (
    "SELECT a.id, a.sample_id, a.text FROM human_answers a WHERE a.run_id = ? AND a.action IN ('answer', 'skip')"
    " AND NOT EXISTS (SELECT 1 FROM human_answers u WHERE u.supersedes = a.id) ORDER BY a.id DESC LIMIT 1"
)


def _draft(connection: Any, run_id: str, sample_id: int, text: str) -> None:
    connection.execute(
        "INSERT INTO drafts (run_id, sample_id, text, updated_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (run_id, sample_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at",
        (run_id, sample_id, text, time.time()),
    )


def _settle(connection: Any, run_id: str) -> None:
    """A person's run is done when no question waits."""
    connection.execute(
        "UPDATE runs SET state = CASE WHEN EXISTS (SELECT 1 FROM run_samples WHERE run_id = runs.id"
        " AND state = 'pending') THEN 'running' ELSE 'done' END, started_at = COALESCE(started_at, ?), finished_at = ?"
        " WHERE id = ?",
        (time.time(), time.time(), run_id),
    )
