"""Runs that were read from other tools' logs: written in batches, whole or not at all, each row kept as it was."""

import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.errors import Problem
from studio.core.logs import LogFacts, LoggedSample
from studio.core.outcome import Score
from studio.core.run import RunSpec
from studio.core.task import Gold
from studio.store.database import Database, dump, fold, load
from studio.store.facts import COLUMNS, facts_of, searched

PACKED_FROM = 4_096  # bytes: packing a shorter row takes longer than writing it
PACKING = 1  # the level: higher ones take three times as long for a tenth less


@dataclass(frozen=True)
class ImportedRow:
    """One sample of a log with what it became here: `question` and `gold` are those that it is searched by."""

    sample_id: int
    task_id: int
    question: str
    gold: Gold | None
    logged: LoggedSample
    em: Score | None


@dataclass(frozen=True)
class LogRow:
    """A stored row: where it stood, how values were found in it, its JSON text ("" where it was not to be kept)."""

    place: str
    found: Mapping[str, str]
    raw: str


class Imports:
    """Writes imported runs and reads what their logs said."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, run_id: str, spec: RunSpec, facts: LogFacts, owner: str, **known: Any) -> bool:
        """A run that is being imported by the worker `owner`; False where there is one of that id already. `known` are
        columns of `runs`: revision, started_at…"""
        now = time.time()
        columns = {
            "id": run_id, "kind": "imported", "state": "running", "title": spec.title, "model": spec.model,
            "profile": spec.profile, "spec": dump(spec.to_json()), "owner": owner, "heartbeat": now,
            "created_at": now,
            "resolved": dump({"tasks": list(spec.tasks), "log": {"tool": facts.tool, "version": facts.version}}),
            **known,
        }  # fmt: skip
        marks = ", ".join("?" * len(columns))
        with self._db.write() as connection:
            if connection.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone():
                return False
            connection.execute(
                f"INSERT INTO runs ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
            )
            connection.execute(
                "INSERT INTO logs (run_id, tool, version, role, size, files, settings, tasks, remarks, rest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    run_id, facts.tool, facts.version, facts.role, facts.size, dump(list(facts.files)),
                    dump(dict(facts.settings)), dump(dict(facts.tasks)),
                    dump([problem.to_json() for problem in facts.remarks]), dump(dict(facts.rest)),
                ),
            )  # fmt: skip
            connection.execute(
                "INSERT INTO events (run_id, at, kind, detail) VALUES (?, ?, 'imported', ?)",
                (run_id, now, dump({"tool": facts.tool, "files": [file["name"] for file in facts.files]})),
            )
        return True

    def add(self, run_id: str, rows: Sequence[ImportedRow], *, first: int, version: str) -> None:
        """Writes rows numbered from `first` on, in one transaction. `version` is that of the tool's own scores."""
        now = time.time()
        with self._db.write() as connection:
            start = int(connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM generations").fetchone()[0])
            numbered = list(enumerate(rows))
            connection.executemany(
                _GENERATION, [_generation(run_id, start + place, row, now) for place, row in numbered]
            )
            connection.executemany(
                _RUN_SAMPLE,
                [_run_sample(run_id, first + place, start + place, row) for place, row in numbered],
            )
            connection.executemany(
                _SCORE,
                [score for place, row in numbered for score in _scores(start + place, row, version, now)],
            )
            connection.executemany(
                "INSERT INTO log_rows (generation_id, place, found, packed, raw) VALUES (?, ?, ?, ?, ?)",
                [_log_row(start + place, row.logged) for place, row in numbered],
            )
            connection.executemany(
                "INSERT INTO run_texts (run_id, number, question, answer, gold) VALUES (?, ?, ?, ?, ?)",
                [_text(run_id, first + place, row) for place, row in numbered],
            )
            connection.execute("UPDATE runs SET heartbeat = ? WHERE id = ?", (now, run_id))

    def end(self, run_id: str, samples: int, tasks: Sequence[str], remarks: Sequence[Problem]) -> None:
        """The run is whole: it holds `samples` rows of these tasks."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE runs SET state = 'done', owner = NULL, finished_at = ?,"
                " resolved = json_set(resolved, '$.log.samples', ?, '$.tasks', json(?)) WHERE id = ?",
                (time.time(), samples, dump(list(tasks)), run_id),
            )
            connection.execute(
                "UPDATE logs SET remarks = ? WHERE run_id = ?",
                (dump([problem.to_json() for problem in remarks]), run_id),
            )

    def counts(self, run_id: str) -> tuple[int, int]:
        """Samples of a run, and how many of them have no answer."""
        sql = "SELECT COUNT(*) AS n, COALESCE(SUM(state = 'failed'), 0) AS failed FROM run_samples WHERE run_id = ?"
        row = self._db.row(sql, (run_id,)) or {"n": 0, "failed": 0}
        return int(row["n"]), int(row["failed"])

    def visitors_bytes(self) -> int:
        """How large all logs together are that visitors have imported."""
        return int(self._db.scalar("SELECT COALESCE(SUM(size), 0) FROM logs WHERE role = 'visitor'"))

    def facts(self, run_id: str) -> LogFacts | None:
        """What the run's log said; None for a run that was not imported."""
        row = self._db.row("SELECT * FROM logs WHERE run_id = ?", (run_id,))
        if row is None:
            return None
        return LogFacts(
            row["tool"], row["version"], row["role"], row["size"], load(row["files"]), load(row["settings"]),
            load(row["tasks"]), [Problem.from_json(each) for each in load(row["remarks"])], load(row["rest"]),
        )  # fmt: skip

    def row(self, run_id: str, sample_id: int) -> LogRow | None:
        """The row of a sample as it was logged; None where there is none."""
        row = self._db.row(
            "SELECT l.* FROM run_samples rs JOIN log_rows l ON l.generation_id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.sample_id = ?",
            (run_id, sample_id),
        )
        if row is None:
            return None
        raw = zlib.decompress(row["raw"]) if row["packed"] else row["raw"]
        return LogRow(row["place"], load(row["found"]), raw.decode("utf-8"))

    def sweep(self, tasks: Sequence[int]) -> list[str]:
        """Empties those of these tasks that came from logs and that no run holds any more: their samples go. Returns
        the sha256 of media that went with them and that nothing refers to.

        The task's own row stays, under a hash that nothing has: SQLite would give its number to another task, and
        another process may still take that number for this one.
        """
        with self._db.write() as connection:
            lost = (
                f"SELECT id FROM tasks WHERE id IN ({', '.join(str(int(task)) for task in tasks)})"
                " AND source LIKE 'log:%' AND NOT EXISTS (SELECT 1 FROM run_samples WHERE task_id = tasks.id)"
            )
            media = (
                "SELECT DISTINCT m.value ->> 'sha256' FROM samples s, json_each(s.media) AS m WHERE s.task_id"
            )
            gone = {row[0] for row in connection.execute(f"{media} IN ({lost})") if row[0]}
            ids = [row[0] for row in connection.execute(lost)]
            for task_id in ids:
                for table in ("samples", "task_categories"):
                    connection.execute(f"DELETE FROM {table} WHERE task_id = ?", (task_id,))
                connection.execute(
                    "UPDATE tasks SET content_hash = 'removed ' || id WHERE id = ?", (task_id,)
                )
            kept = {
                row[0] for row in connection.execute(f"{media} IN (SELECT id FROM tasks WHERE source LIKE 'log:%')")
            } if gone else set()  # fmt: skip
        return sorted(gone - kept)


_GENERATION = (
    "INSERT INTO generations (id, run_id, sample_id, attempt, status, text, finish_reason, prompt_tokens,"
    " completion_tokens, ttft_s, latency_s, media_note, problem, created_at)"
    " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, NULL, ?, '{}', ?, ?)"
)
_RUN_SAMPLE = (
    "INSERT INTO run_samples (run_id, number, sample_id, task_id, state, generation_id, em, em_status, js_status, cell,"
    f" truncated, {', '.join(COLUMNS)}) VALUES ({', '.join('?' * (11 + len(COLUMNS)))})"
)
_SCORE = (
    "INSERT INTO scores (generation_id, scorer, version, status, value, extracted, detail, problem, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _generation(run_id: str, generation_id: int, row: ImportedRow, now: float) -> tuple[Any, ...]:
    logged = row.logged
    problem = (logged.problem or Problem("no_answer")) if logged.answer is None else logged.problem
    return (
        generation_id, run_id, row.sample_id, "failed" if logged.answer is None else "ok", logged.answer,
        logged.finish_reason, logged.prompt_tokens, logged.completion_tokens, logged.latency_s,
        dump(problem.to_json()) if problem else None, now,
    )  # fmt: skip


def _run_sample(run_id: str, number: int, generation_id: int, row: ImportedRow) -> tuple[Any, ...]:
    head = (run_id, number, row.sample_id, row.task_id)
    if row.logged.answer is None:
        return (
            *head,
            "failed",
            generation_id,
            None,
            "failed",
            "failed",
            "failed",
            0,
            *(None,) * len(COLUMNS),
        )
    em, logged = row.em, row.logged
    truncated = logged.finish_reason == "length"
    return (
        *head, "answered", generation_id, em.value if em else None, em.status if em else None, None, "unscored",
        truncated,
        *facts_of(row.logged.answer, logged.finish_reason, logged.completion_tokens, logged.latency_s, em),
    )  # fmt: skip


def _scores(generation_id: int, row: ImportedRow, version: str, now: float) -> list[tuple[Any, ...]]:
    """Ours, then the tool's own. Its scorers bear its name, so that none is ever taken for one of ours."""
    found = []
    if row.em:
        em = row.em
        problem = dump(em.problem.to_json()) if em.problem else None
        found.append(
            (em.scorer, em.version, em.status, em.value, em.extracted, dump(dict(em.detail)), problem)
        )
    tool = version.partition("@")[0]
    logged = row.logged
    found += [
        (f"{tool}:{name}", version, "scored", value, logged.own_extracted.get(name), "{}", None)
        for name, value in logged.own_scores.items()
    ]
    return [(generation_id, *each, now) for each in found]


def _log_row(generation_id: int, logged: LoggedSample) -> tuple[Any, ...]:
    raw = logged.raw.encode("utf-8")
    packed = len(raw) >= PACKED_FROM
    return (
        generation_id, logged.place, dump(dict(logged.found)), packed, zlib.compress(raw, PACKING) if packed else raw,
    )  # fmt: skip


def _text(run_id: str, number: int, row: ImportedRow) -> tuple[Any, ...]:
    golds = (row.gold,) if isinstance(row.gold, str) else row.gold or ()
    return (run_id, number, fold(row.question), searched(row.logged.answer or ""), fold("\n".join(golds)))
