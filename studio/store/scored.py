"""A run's samples with the scores of each, for measures that need more than counts: groups, clusters, covariance."""

from collections.abc import Sequence
from typing import NamedTuple

from studio.store.database import Database


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


class Scored:
    """Samples, task by task."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def samples(self, run_id: str) -> dict[int, list[ScoredSample]]:
        """All samples of the run by task id, in the order of the run: those that wait or were skipped, too."""
        found: dict[int, list[ScoredSample]] = {}
        with self._db.errors():
            cursor = self._db.connection().conn.execute(
                "SELECT sample_id, task_id, state, em, js, em_status, js_status FROM run_samples WHERE run_id = ?"
                " ORDER BY number",
                (run_id,),
            )
            for row in cursor:
                found.setdefault(row[1], []).append(ScoredSample(*row))
        return found

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

    def tasks(self, run_id: str) -> Sequence[int]:
        """Ids of the run's tasks, in its order."""
        rows = self._db.rows(
            "SELECT task_id FROM run_samples WHERE run_id = ? GROUP BY task_id ORDER BY MIN(number)",
            (run_id,),
        )
        return [row["task_id"] for row in rows]
