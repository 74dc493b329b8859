"""Answers of a run that were asked for again: what they were, and what came now."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.engine import Answer, Completion
from studio.core.errors import BadInput, Problem
from studio.core.verification import Reasked, ReaskedAnswer, VerificationSpec, VerificationState
from studio.store.database import Database, Row, dump, load


@dataclass(frozen=True)
class VerificationRow:
    """A row of `verifications`, its JSON opened."""

    id: str
    run: str
    state: VerificationState
    spec: VerificationSpec
    problem: Problem | None
    owner: str
    heartbeat: float
    created_at: float
    seconds: float


@dataclass(frozen=True)
class Given:
    """An answer as the run has it; `shown` are the keys of the earlier turns that its question came with."""

    sample_id: int
    task_id: int
    text: str
    em: float | None
    shown: tuple[str, ...]


class Verifications:
    """The verifications of runs."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, verification_id: str, spec: VerificationSpec, owner: str) -> None:
        now = time.time()
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO verifications (id, run_id, state, spec, owner, heartbeat, created_at)"
                " VALUES (?, ?, 'queued', ?, ?, ?, ?)",
                (verification_id, spec.run, dump(spec.to_json()), owner, now, now),
            )

    def answered(self, run_id: str) -> dict[int, list[int]]:
        """Answered samples of a run by their task, in the order of the run."""
        rows = self._db.rows(
            "SELECT task_id, sample_id FROM run_samples WHERE run_id = ? AND state = 'answered' ORDER BY number",
            (run_id,),
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row["task_id"], []).append(row["sample_id"])
        return found

    def begin(self, verification_id: str, run_id: str, sample_ids: Sequence[int]) -> None:
        """Plans these samples, with the answers as they are now."""
        with self._db.write() as connection:
            connection.executemany(
                "INSERT INTO verification_answers (verification_id, sample_id, before, em_before, shown)"
                " SELECT ?, rs.sample_id, COALESCE(g.text, ''), rs.em,"
                " COALESCE(json_extract(g.media_note, '$.history'), '[]')"
                " FROM run_samples rs JOIN generations g ON g.id = rs.generation_id"
                " WHERE rs.run_id = ? AND rs.sample_id = ?",
                [(verification_id, run_id, sample_id) for sample_id in sample_ids],
            )
            connection.execute("UPDATE verifications SET state = 'running' WHERE id = ?", (verification_id,))

    def given(self, verification_id: str) -> list[Given]:
        rows = self._db.rows(
            "SELECT va.sample_id, s.task_id, va.before, va.em_before, va.shown FROM verification_answers va"
            " JOIN samples s ON s.id = va.sample_id WHERE va.verification_id = ? ORDER BY va.sample_id",
            (verification_id,),
        )
        return [
            Given(
                row["sample_id"], row["task_id"], row["before"], row["em_before"], tuple(load(row["shown"]))
            )
            for row in rows
        ]

    def came(
        self, verification_id: str, sample_id: int, status: Reasked, answer: Answer, em: float | None
    ) -> None:
        """Keeps what came now: of an answer that is the same nothing but that."""
        text = answer.text if isinstance(answer, Completion) and status == "differs" else None
        problem = dump(answer.to_json()) if isinstance(answer, Problem) else None
        with self._db.write() as connection:
            connection.execute(
                "UPDATE verification_answers SET status = ?, text = ?, em = ?, problem = ?"
                " WHERE verification_id = ? AND sample_id = ?",
                (status, text, em, problem, verification_id, sample_id),
            )

    def beat(self, verification_id: str, seconds: float) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE verifications SET heartbeat = ?, seconds = ? WHERE id = ?",
                (time.time(), seconds, verification_id),
            )

    def finish(
        self, verification_id: str, state: VerificationState, seconds: float, problem: Problem | None = None
    ) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE verifications SET state = ?, seconds = ?, problem = ?, finished_at = ? WHERE id = ?",
                (state, seconds, dump(problem.to_json()) if problem else None, time.time(), verification_id),
            )

    def has(self, verification_id: str) -> bool:
        return self._db.scalar("SELECT 1 FROM verifications WHERE id = ?", (verification_id,)) is not None

    def get(self, verification_id: str) -> VerificationRow:
        row = self._db.row("SELECT * FROM verifications WHERE id = ?", (verification_id,))
        if row is None:
            raise BadInput("unknown_verification", verification=verification_id)
        return _row(row)

    def latest(self, run_id: str) -> VerificationRow | None:
        row = self._db.row(
            "SELECT * FROM verifications WHERE run_id = ? ORDER BY created_at DESC, rowid DESC LIMIT 1",
            (run_id,),
        )
        return _row(row) if row else None

    def counts(self, verification_id: str) -> Mapping[str, int]:
        rows = self._db.rows(
            "SELECT status, COUNT(*) AS n FROM verification_answers WHERE verification_id = ? GROUP BY status",
            (verification_id,),
        )
        return {row["status"]: row["n"] for row in rows}

    def em_differ(self, verification_id: str) -> int:
        return int(
            self._db.scalar(
                "SELECT COUNT(*) FROM verification_answers WHERE verification_id = ? AND em <> em_before",
                (verification_id,),
            )
        )

    def told(self, verification_id: str, run_id: str) -> list[tuple[int, ReaskedAnswer]]:
        """(task id, answer) of all that differ or failed, in the order of the run."""
        rows = self._db.rows(
            "SELECT va.*, rs.number, rs.task_id, t.name, s.key FROM verification_answers va"
            " JOIN run_samples rs ON rs.run_id = ? AND rs.sample_id = va.sample_id"
            " JOIN samples s ON s.id = va.sample_id JOIN tasks t ON t.id = rs.task_id"
            " WHERE va.verification_id = ? AND va.status IN ('differs', 'failed') ORDER BY rs.number",
            (run_id, verification_id),
        )
        return [(row["task_id"], _answer(row)) for row in rows]


def _answer(row: Row) -> ReaskedAnswer:
    return ReaskedAnswer(
        number=row["number"],
        sample_id=row["sample_id"],
        task=row["name"],
        key=row["key"],
        status=row["status"],
        before=row["before"],
        now=row["text"],
        em_before=row["em_before"],
        em_now=row["em"],
        problem=_problem(row["problem"]),
    )


def _row(row: Row) -> VerificationRow:
    spec = VerificationSpec.from_json(load(row["spec"]))
    return VerificationRow(
        row["id"], row["run_id"], row["state"], spec, _problem(row["problem"]), row["owner"], row["heartbeat"],
        row["created_at"], row["seconds"],
    )  # fmt: skip


def _problem(text: str | None) -> Problem | None:
    found: Any = load(text)
    return Problem.from_json(found) if found else None
