"""A run's samples with the scores of each, for measures that need more than counts: groups, clusters, covariance."""

from collections.abc import Sequence
from dataclasses import dataclass

from studio.store.database import Database


@dataclass(frozen=True)
class ScoredSample:
    """A finished sample of a run: `em` and `js` are None where it has no such score; `failed`: there is no answer."""

    sample_id: int
    task_id: int
    em: float | None
    js: float | None
    failed: bool


class Scored:
    """Finished samples, task by task."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def samples(self, run_id: str, task_id: int) -> list[ScoredSample]:
        """In the order of the run; those that wait for an answer, and those that a person skipped, are not there."""
        rows = self._db.rows(
            "SELECT sample_id, task_id, em, js, state = 'failed' AS failed FROM run_samples"
            " WHERE run_id = ? AND task_id = ? AND state IN ('answered', 'failed') ORDER BY number",
            (run_id, task_id),
        )
        return [ScoredSample(**{**row, "failed": bool(row["failed"])}) for row in rows]

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
