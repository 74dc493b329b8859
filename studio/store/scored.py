"""A run's samples with the scores of each, for measures that need more than counts: groups, clusters, covariance."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from studio.core.errors import Problem
from studio.core.run import Cell
from studio.store.database import Database, Row, load


class ScoredSample(NamedTuple):
    """A sample of a run. `em` and `js` are None where it has no such score, a status until there is a verdict."""

    sample_id: int
    task_id: int
    state: str
    em: float | None
    js: float | None
    em_status: str | None
    js_status: str | None

    @property
    def failed(self) -> bool:
        return self.state == "failed"

    @property
    def finished(self) -> bool:
        return self.state in {"answered", "failed"}


class FinishedSample(NamedTuple):
    """A finished sample with its answer (None: it failed, `problem` says why) and every score it has, by scorer."""

    sample_id: int
    answer: str | None
    problem: Problem | None
    scores: Mapping[str, float]


class Standing(NamedTuple):
    """Where a sample of a run stands: its place, its cell, the judge's probability."""

    number: int
    sample_id: int
    task_id: int
    cell: Cell
    probability: float | None


class Scored:
    """Samples, task by task."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def samples(self, run_id: str) -> Iterator[tuple[int, list[ScoredSample]]]:
        """A task of the run at a time: its id and all its samples, in the order of the run; those that wait or were
        skipped, too."""
        for task_id in self.tasks(run_id):
            rows = self._db.tuples(
                "SELECT sample_id, task_id, state, em, js, em_status, js_status FROM run_samples"
                " WHERE run_id = ? AND task_id = ? ORDER BY number",
                (run_id, task_id),
            )
            yield task_id, [ScoredSample(*row) for row in rows]

    def standing(self, run_id: str) -> list[Standing]:
        """All samples of the run in its order."""
        sql = "SELECT number, sample_id, task_id, cell, probability FROM run_samples WHERE run_id = ? ORDER BY number"
        return [Standing(*row) for row in self._db.tuples(sql, (run_id,))]

    def hashes(self, run_id: str) -> dict[int, str]:
        """The content of each sample of a run as its hash, by sample id: the same question has another id where its
        task was read with another limit."""
        rows = self._db.rows(
            "SELECT s.id, s.content_hash FROM run_samples rs JOIN samples s ON s.id = rs.sample_id WHERE rs.run_id = ?",
            (run_id,),
        )
        return {row["id"]: row["content_hash"] for row in rows}

    def texts(self, run_id: str, task_id: int) -> dict[int, str]:
        """What was answered, by sample id."""
        rows = self._db.rows(
            "SELECT rs.sample_id, g.text FROM run_samples rs JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.task_id = ? AND rs.state = 'answered'",
            (run_id, task_id),
        )
        return {row["sample_id"]: row["text"] or "" for row in rows}

    def extracted(self, run_id: str) -> dict[int, str]:
        """What Exact Match took for the answer, by sample id; by the latest scorer where several have looked."""
        rows = self._db.tuples(
            "SELECT rs.sample_id, x.extracted FROM run_samples rs JOIN scores x"
            " ON x.generation_id = rs.generation_id WHERE rs.run_id = ? AND rs.state = 'answered'"
            " AND x.scorer = 'em' AND x.extracted IS NOT NULL ORDER BY x.id",
            (run_id,),
        )
        return dict(rows)

    def count(self, run_id: str, task_id: int) -> int:
        """How many samples are finished: answered, or failed."""
        sql = "SELECT COUNT(*) FROM run_samples WHERE run_id = ? AND task_id = ? AND state IN ('answered', 'failed')"
        return int(self._db.scalar(sql, (run_id, task_id)))

    def finished(self, run_id: str, task_id: int) -> list[FinishedSample]:
        """Finished samples in the order of the run: the scores that count in it, and those of other tools."""
        others: dict[int, dict[str, float]] = {}
        for row in self._db.rows(
            "SELECT rs.sample_id, x.scorer, x.value FROM run_samples rs JOIN scores x"
            " ON x.generation_id = rs.generation_id WHERE rs.run_id = ? AND rs.task_id = ?"
            " AND x.scorer NOT IN ('em', 'js') AND x.value IS NOT NULL ORDER BY x.id",
            (run_id, task_id),
        ):
            others.setdefault(row["sample_id"], {})[row["scorer"]] = row["value"]
        rows = self._db.rows(
            "SELECT rs.sample_id, g.text, rs.em, rs.js, COALESCE(g.problem, s.problem) AS problem, rs.state"
            " FROM run_samples rs JOIN samples s ON s.id = rs.sample_id"
            " LEFT JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.task_id = ? AND rs.state IN ('answered', 'failed') ORDER BY rs.number",
            (run_id, task_id),
        )
        return [_finished(row, others.get(row["sample_id"], {})) for row in rows]

    def tasks(self, run_id: str) -> Sequence[int]:
        """Ids of the run's tasks, in its order."""
        rows = self._db.rows(
            "SELECT task_id FROM run_samples WHERE run_id = ? GROUP BY task_id ORDER BY MIN(number)",
            (run_id,),
        )
        return [row["task_id"] for row in rows]


def _finished(row: Row, others: Mapping[str, float]) -> FinishedSample:
    failed = row["state"] == "failed"
    own = {name: row[name] for name in ("em", "js") if row[name] is not None}
    problem = Problem.from_json(load(row["problem"])) if failed and row["problem"] else None
    return FinishedSample(row["sample_id"], None if failed else row["text"] or "", problem, {**own, **others})
