"""Calibrations of judges: what was asked, every answer with its verdicts, and who is at work."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.judge import Verdict
from studio.core.task import AnswerType, Gold
from studio.core.trials import CalibrationSpec, CalibrationState
from studio.store.database import Database, Row, dump, load


@dataclass(frozen=True)
class CalibrationRow:
    """A row of `calibrations`, its JSON opened."""

    id: str
    state: CalibrationState
    label: str
    spec: CalibrationSpec
    samples: int
    without_gold: int
    problem: Problem | None
    owner: str | None
    heartbeat: float
    created_at: float
    seconds: float


@dataclass(frozen=True)
class Asked:
    """An answer to be judged. `verdict` is the right word on it, `em` what Exact Match says, by profile."""

    task_id: int
    sample_id: int
    kind: str
    verdict: int
    trick: bool
    text: str
    em: Mapping[str, float | None]


@dataclass(frozen=True)
class Judged:
    """What the rates of a calibration are counted from: one answer, without its texts."""

    sample_id: int
    answer_type: AnswerType
    kind: str
    verdict: int
    trick: bool
    em: Mapping[str, float | None]
    label: int | None
    judged: bool


@dataclass(frozen=True)
class StoredAnswer:
    """An answer with its texts and verdicts."""

    task_id: int
    key: str
    kind: str
    verdict: int
    text: str
    em: Mapping[str, float | None]
    label: int | None
    probability: float | None
    problem: Problem | None
    question: str
    gold: Gold | None


class Calibrations:
    """The list of calibrations and the answers of each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, calibration_id: str, spec: CalibrationSpec, owner: str) -> None:
        now = time.time()
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO calibrations (id, state, judge, spec, owner, heartbeat, created_at)"
                " VALUES (?, 'queued', ?, ?, ?, ?, ?)",
                (calibration_id, spec.judge, dump(spec.to_json()), owner, now, now),
            )

    def begin(self, calibration_id: str, label: str) -> None:
        """The judge is open."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE calibrations SET state = 'running', label = ? WHERE id = ?", (label, calibration_id)
            )

    def plan(self, calibration_id: str, answers: Sequence[Asked], *, samples: int, without_gold: int) -> None:
        """All answers that will be judged, in this order."""
        with self._db.write() as connection:
            connection.executemany(
                "INSERT INTO calibration_answers (calibration_id, task_id, sample_id, kind, verdict, trick, text, em)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        calibration_id, each.task_id, each.sample_id, each.kind, each.verdict, each.trick, each.text,
                        dump(dict(each.em)),
                    )
                    for each in answers
                ],
            )  # fmt: skip
            connection.execute(
                "UPDATE calibrations SET samples = ?, without_gold = ? WHERE id = ?",
                (samples, without_gold, calibration_id),
            )

    def waiting(self, calibration_id: str, limit: int) -> list[tuple[int, int, str]]:
        """(id, sample id, text) of answers that are not judged yet, in the order of the plan."""
        rows = self._db.rows(
            "SELECT id, sample_id, text FROM calibration_answers WHERE calibration_id = ? AND NOT judged"
            " ORDER BY id LIMIT ?",
            (calibration_id, limit),
        )
        return [(row["id"], row["sample_id"], row["text"]) for row in rows]

    def judged(self, verdicts: Sequence[tuple[int, Verdict]]) -> None:
        with self._db.write() as connection:
            connection.executemany(
                "UPDATE calibration_answers SET label = ?, probability = ?, problem = ?, judged = 1 WHERE id = ?",
                [
                    (
                        verdict.label,
                        verdict.probability,
                        dump(verdict.problem.to_json()) if verdict.problem else None,
                        answer_id,
                    )
                    for answer_id, verdict in verdicts
                ],
            )

    def beat(self, calibration_id: str, seconds: float) -> None:
        """Says that the worker lives, and how long it has worked."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE calibrations SET heartbeat = ?, seconds = ? WHERE id = ?",
                (time.time(), seconds, calibration_id),
            )

    def finish(
        self, calibration_id: str, state: CalibrationState, seconds: float, problem: Problem | None = None
    ) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE calibrations SET state = ?, seconds = ?, problem = ?, finished_at = ?, owner = NULL"
                " WHERE id = ?",
                (state, seconds, dump(problem.to_json()) if problem else None, time.time(), calibration_id),
            )

    def interrupt(self, calibration_id: str) -> None:
        """Its worker is gone."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE calibrations SET state = 'interrupted', finished_at = heartbeat, owner = NULL WHERE id = ?",
                (calibration_id,),
            )

    def has(self, calibration_id: str) -> bool:
        return self._db.scalar("SELECT 1 FROM calibrations WHERE id = ?", (calibration_id,)) is not None

    def get(self, calibration_id: str) -> CalibrationRow:
        row = self._db.row("SELECT * FROM calibrations WHERE id = ?", (calibration_id,))
        if row is None:
            raise BadInput("unknown_calibration", name=calibration_id)
        return _row(row)

    def all(self) -> list[CalibrationRow]:
        """Newest first."""
        return [_row(row) for row in self._db.rows("SELECT * FROM calibrations ORDER BY created_at DESC, id")]

    def rates(self, calibration_id: str) -> list[Judged]:
        """Every answer without its texts, in the order of the plan."""
        rows = self._db.rows(
            "SELECT a.sample_id, t.answer_type, a.kind, a.verdict, a.trick, a.em, a.label, a.judged"
            " FROM calibration_answers a JOIN tasks t ON t.id = a.task_id WHERE a.calibration_id = ? ORDER BY a.id",
            (calibration_id,),
        )
        return [
            Judged(
                **{**row, "em": load(row["em"]), "trick": bool(row["trick"]), "judged": bool(row["judged"])}
            )
            for row in rows
        ]

    def count(self, calibration_id: str) -> tuple[int, int]:
        """(judged, all) answers."""
        row = self._db.row(
            "SELECT COALESCE(SUM(judged), 0) AS done, COUNT(*) AS n FROM calibration_answers WHERE calibration_id = ?",
            (calibration_id,),
        )
        return (int(row["done"]), int(row["n"])) if row else (0, 0)

    def tasks(self, calibration_id: str) -> list[int]:
        """Ids of the tasks, in the order of the plan."""
        rows = self._db.rows(
            "SELECT task_id FROM calibration_answers WHERE calibration_id = ? GROUP BY task_id ORDER BY MIN(id)",
            (calibration_id,),
        )
        return [row["task_id"] for row in rows]

    def answers(
        self, calibration_id: str, kind: str, *, mistaken: bool, limit: int
    ) -> Iterator[StoredAnswer]:
        """Answers of a kind with their texts; only those that the judge took wrongly with `mistaken`."""
        wrong = " AND a.judged AND (a.label IS NULL OR a.label <> a.verdict)" if mistaken else ""
        rows = self._db.rows(
            "SELECT a.*, s.key, s.question, s.gold FROM calibration_answers a JOIN samples s ON s.id = a.sample_id"
            f" WHERE a.calibration_id = ? AND a.kind = ?{wrong} ORDER BY a.id LIMIT ?",
            (calibration_id, kind, limit),
        )
        yield from (_answer(row) for row in rows)


def _row(row: Row) -> CalibrationRow:
    return CalibrationRow(
        id=row["id"],
        state=row["state"],
        label=row["label"],
        spec=CalibrationSpec.from_json(load(row["spec"])),
        samples=row["samples"],
        without_gold=row["without_gold"],
        problem=_problem(row["problem"]),
        owner=row["owner"],
        heartbeat=row["heartbeat"] or 0.0,
        created_at=row["created_at"],
        seconds=row["seconds"],
    )


def _answer(row: Row) -> StoredAnswer:
    gold: Any = load(row["gold"]) if row["gold"] else None
    return StoredAnswer(
        task_id=row["task_id"],
        key=row["key"],
        kind=row["kind"],
        verdict=row["verdict"],
        text=row["text"],
        em=load(row["em"]),
        label=row["label"],
        probability=row["probability"],
        problem=_problem(row["problem"]),
        question=row["question"],
        gold=tuple(gold) if isinstance(gold, list) else gold,
    )


def _problem(text: str | None) -> Problem | None:
    return Problem.from_json(load(text)) if text else None
