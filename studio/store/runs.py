"""Runs: what was asked and resolved, who works on it, where it stands."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from studio.core.errors import BadInput, Problem, StoreError
from studio.core.judge import JudgeInfo
from studio.core.run import RunKind, RunSpec, RunState
from studio.store.database import Database, Row, dump, load

# A worker writes its heartbeat twice a second; one that has been silent this long is dead.
STALE_AFTER_S = 15.0


@dataclass(frozen=True)
class RunRow:
    """A row of `runs`, its JSON opened."""

    id: str
    kind: RunKind
    state: RunState
    title: str
    model: str
    revision: str
    judge: str
    profile: str
    spec: RunSpec
    resolved: Mapping[str, Any]
    problem: Problem | None
    created_at: float
    started_at: float | None
    finished_at: float | None
    seconds: float
    owner: str | None
    heartbeat: float | None
    cancel_requested: bool


class Runs:
    """The list of runs and the life of each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(
        self,
        run_id: str,
        kind: RunKind,
        spec: RunSpec,
        *,
        title: str,
        started_by: str = "",
    ) -> None:
        """Adds a run. `started_by` is the mark of the browser that began it."""
        state = "queued" if kind == "model" else "running"
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO runs (id, kind, state, title, model, profile, spec, started_by, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    run_id,
                    kind,
                    state,
                    title,
                    spec.model,
                    spec.profile,
                    dump(spec.to_json()),
                    started_by,
                    time.time(),
                ),
            )
            log_event(connection, run_id, "created", {})

    def plan(self, run_id: str, samples: Sequence[tuple[int, int]], tasks: Sequence[str]) -> None:
        """Adds (sample id, task id) pairs to a run, in this order; those already planned stay as they are."""
        with self._db.write() as connection:
            known = {
                row[0]
                for row in connection.execute("SELECT sample_id FROM run_samples WHERE run_id = ?", (run_id,))
            }
            fresh = [pair for pair in dict.fromkeys(samples) if pair[0] not in known]
            start = len(known) + 1
            connection.executemany(
                "INSERT INTO run_samples (run_id, number, sample_id, task_id) VALUES (?, ?, ?, ?)",
                [
                    (run_id, start + index, sample_id, task_id)
                    for index, (sample_id, task_id) in enumerate(fresh)
                ],
            )
            _planned(connection, run_id, start, tasks)

    def plan_tasks(self, run_id: str, tasks: Sequence[tuple[int, str]]) -> None:
        """Adds all samples of tasks (id, name) to a run, task by task in the order of their files; those already
        planned stay as they are. However many there are, they are never in memory."""
        with self._db.write() as connection:
            counted = "SELECT COUNT(*) FROM run_samples WHERE run_id = ?"
            start = connection.execute(counted, (run_id,)).fetchone()[0] + 1
            for task_id, _ in tasks:
                (n,) = connection.execute(counted, (run_id,)).fetchone()
                connection.execute(
                    "INSERT INTO run_samples (run_id, number, sample_id, task_id)"
                    " SELECT :run, :n + ROW_NUMBER() OVER (ORDER BY position), id, task_id FROM samples"
                    " WHERE task_id = :task AND id NOT IN (SELECT sample_id FROM run_samples WHERE run_id = :run)",
                    {"run": run_id, "n": n, "task": task_id},
                )
            _planned(connection, run_id, start, [name for _, name in tasks])

    def get(self, run_id: str) -> RunRow:
        row = self._db.row("SELECT * FROM runs WHERE id = ?", (run_id,))
        if row is None:
            raise BadInput("unknown_run", run=run_id)
        return _run(row)

    def has(self, run_id: str) -> bool:
        return self._db.scalar("SELECT 1 FROM runs WHERE id = ?", (run_id,)) is not None

    def started_by(self, mark: str) -> set[str]:
        """Ids of the runs that the browser of this mark began; a mark of nobody began none."""
        if not mark:
            return set()
        return {row["id"] for row in self._db.rows("SELECT id FROM runs WHERE started_by = ?", (mark,))}

    def all(self) -> list[RunRow]:
        """Newest first."""
        return [_run(row) for row in self._db.rows("SELECT * FROM runs ORDER BY created_at DESC, id")]

    def claim(self, run_id: str, owner: str, *, anew: bool) -> bool:
        """Takes a run for this worker; False when a living worker has it. `anew` puts a stopped run in the queue."""
        allowed = "state NOT IN ('running', 'queued')" if anew else "state = 'queued'"
        now = time.time()
        with self._db.write() as connection:
            changed = connection.execute(
                f"UPDATE runs SET state = 'queued', owner = ?, heartbeat = ?, cancel_requested = 0, problem = NULL"
                f" WHERE id = ? AND {allowed}",
                (owner, now, run_id),
            ).rowcount
            if changed and anew:
                log_event(connection, run_id, "resumed", {"owner": owner})
        return bool(changed)

    def begin(self, run_id: str) -> None:
        now = time.time()
        with self._db.write() as connection:
            connection.execute(
                "UPDATE runs SET state = 'running', started_at = COALESCE(started_at, ?), finished_at = NULL,"
                " heartbeat = ? WHERE id = ?",
                (now, now, run_id),
            )
            log_event(connection, run_id, "started", {})

    def beat(self, run_id: str) -> bool:
        """Says that the worker lives; adds the time since the last beat. Returns whether a stop was asked for."""
        now = time.time()
        with self._db.write() as connection:
            connection.execute(
                "UPDATE runs SET seconds = seconds +"
                " CASE WHEN state = 'running' AND kind = 'model' THEN MAX(0, ? - heartbeat) ELSE 0 END,"
                " heartbeat = ? WHERE id = ?",
                (now, now, run_id),
            )
            row = connection.execute("SELECT cancel_requested FROM runs WHERE id = ?", (run_id,)).fetchone()
        return bool(row and row[0])

    def resolve(self, run_id: str, *, revision: str, resolved: Mapping[str, Any]) -> None:
        """Records what was really opened, each of these parts anew; what an earlier part of a resumed run opened stays
        in `events`."""
        with self._db.write() as connection:
            row = connection.execute("SELECT resolved FROM runs WHERE id = ?", (run_id,)).fetchone()
            known = load(row[0]) if row else {}
            connection.execute(
                "UPDATE runs SET revision = ?, resolved = ? WHERE id = ?",
                (revision, dump({**known, **resolved}), run_id),
            )
            log_event(connection, run_id, "resolved", resolved)

    def set_judge(self, run_id: str, label: str, info: JudgeInfo) -> None:
        """Records the judge as `name@revision`, once per change."""
        with self._db.write() as connection:
            changed = connection.execute(
                "UPDATE runs SET judge = ?, resolved = json_set(resolved, '$.judge', json(?))"
                " WHERE id = ? AND judge <> ?",
                (label, dump(asdict(info)), run_id, label),
            ).rowcount
            if changed:
                log_event(connection, run_id, "judge", asdict(info))

    def change(self, run_id: str, spec: RunSpec) -> None:
        """What is asked for from now on; what was asked for before stays in `events`."""
        with self._db.write() as connection:
            before = connection.execute("SELECT spec FROM runs WHERE id = ?", (run_id,)).fetchone()
            connection.execute("UPDATE runs SET spec = ? WHERE id = ?", (dump(spec.to_json()), run_id))
            log_event(connection, run_id, "changed", {"from": load(before[0]), "to": spec.to_json()})

    def finish(self, run_id: str, state: RunState, problem: Problem | None = None) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE runs SET state = ?, problem = ?, finished_at = ?, owner = NULL WHERE id = ?",
                (state, dump(problem.to_json()) if problem else None, time.time(), run_id),
            )
            log_event(connection, run_id, state, problem.to_json() if problem else {})

    def request_cancel(self, run_id: str) -> None:
        with self._db.write() as connection:
            connection.execute("UPDATE runs SET cancel_requested = 1 WHERE id = ?", (run_id,))

    def mark_interrupted(self, alive: Sequence[str]) -> list[str]:
        """Runs whose worker is gone: not among `alive` owners and silent for STALE_AFTER_S. Returns their ids."""
        marks = ",".join("?" * len(alive)) or "''"
        with self._db.write() as connection:
            ids = [
                row[0]
                for row in connection.execute(
                    f"SELECT id FROM runs WHERE state IN ('running', 'queued')"
                    f" AND (owner IS NULL AND kind <> 'human' OR owner NOT IN ({marks}))",
                    tuple(alive),
                )
            ]
            for run_id in ids:
                connection.execute(
                    "UPDATE runs SET state = 'interrupted', finished_at = heartbeat, owner = NULL WHERE id = ?",
                    (run_id,),
                )
                log_event(connection, run_id, "interrupted", {})
        return ids

    def owners(self) -> list[tuple[str, float]]:
        """(owner, last heartbeat) of runs that say they are going on."""
        rows = self._db.rows(
            "SELECT owner, heartbeat FROM runs WHERE state IN ('running', 'queued') AND owner IS NOT NULL"
        )
        return [(row["owner"], row["heartbeat"] or 0.0) for row in rows]

    def delete(self, run_id: str) -> None:
        """Removes a run with everything it holds. Its task and samples stay for other runs."""
        with self._db.write() as connection:
            if not connection.execute("DELETE FROM runs WHERE id = ?", (run_id,)).rowcount:
                raise BadInput("unknown_run", run=run_id)

    def log(self, run_id: str | None, kind: str, detail: Mapping[str, Any]) -> None:
        with self._db.write() as connection:
            log_event(connection, run_id, kind, detail)

    def happened(self, run_id: str, kind: str, since: float) -> bool:
        """Whether something of this kind happened to the run after a moment (seconds since the epoch)."""
        sql = "SELECT 1 FROM events WHERE run_id = ? AND kind = ? AND at > ? LIMIT 1"
        return self._db.scalar(sql, (run_id, kind, since)) is not None

    def events(self, run_id: str) -> list[Row]:
        return self._db.rows("SELECT at, kind, detail FROM events WHERE run_id = ? ORDER BY id", (run_id,))


def _planned(connection: Any, run_id: str, start: int, tasks: Sequence[str]) -> None:
    """What goes with samples that were planned from the number `start` on: names of tasks, texts to search."""
    connection.execute(
        "UPDATE runs SET resolved = json_set(resolved, '$.tasks', json(?)) WHERE id = ?",
        (dump(list(tasks)), run_id),
    )
    connection.execute(
        "INSERT OR REPLACE INTO run_texts (run_id, number, question, gold)"
        " SELECT rs.run_id, rs.number, casefold(s.question), casefold(CASE json_type(s.gold)"
        " WHEN 'text' THEN json_extract(s.gold, '$')"
        " WHEN 'array' THEN (SELECT group_concat(value, char(10)) FROM json_each(s.gold)) ELSE '' END)"
        " FROM run_samples rs JOIN samples s ON s.id = rs.sample_id WHERE rs.run_id = ? AND rs.number >= ?"
        " ORDER BY rs.number",
        (run_id, start),
    )


def log_event(connection: Any, run_id: str | None, kind: str, detail: Mapping[str, Any]) -> None:
    """What happened to a run, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO events (run_id, at, kind, detail) VALUES (?, ?, ?, ?)",
        (run_id, time.time(), kind, dump(dict(detail))),
    )


def _run(row: Row) -> RunRow:
    problem = load(row["problem"])
    try:
        spec = RunSpec.from_json(load(row["spec"]))
    except (TypeError, KeyError, ValueError) as error:
        raise StoreError("store_error", path="", reason=f"run {row['id']}: {error}") from error
    return RunRow(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        title=row["title"],
        model=row["model"],
        revision=row["revision"],
        judge=row["judge"],
        profile=row["profile"],
        spec=spec,
        resolved=load(row["resolved"]) or {},
        problem=Problem.from_json(problem) if problem else None,
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        seconds=row["seconds"],
        owner=row["owner"],
        heartbeat=row["heartbeat"],
        cancel_requested=bool(row["cancel_requested"]),
    )
