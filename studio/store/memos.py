"""What was worked out of a run's samples, kept until one of them changes, and of a task's, which never do.

Losing it costs time, never a number.
"""

from studio.store.database import Database


class Memos:
    """A text a run and one a task, and parts of a run by name, with the stamp that each was worked out at."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def changes(self, run_id: str) -> int:
        """How often samples of the run were written; the same number, the same samples."""
        found = self._db.scalar("SELECT changes FROM run_changes WHERE run_id = ?", (run_id,))
        return int(found or 0)

    def get(self, run_id: str, stamp: str) -> str | None:
        """What was kept under this stamp."""
        sql = "SELECT found FROM run_measures WHERE run_id = ? AND stamp = ?"
        found = self._db.scalar(sql, (run_id, stamp))
        return None if found is None else str(found)

    def keep(self, run_id: str, stamp: str, found: str) -> None:
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO run_measures (run_id, stamp, found) SELECT id, ?, ? FROM runs WHERE id = ?"
                " ON CONFLICT (run_id) DO UPDATE SET stamp = excluded.stamp, found = excluded.found",
                (stamp, found, run_id),
            )

    def part(self, run_id: str, name: str, stamp: str) -> bytes | None:
        """What was kept of a part of the run's looks (`lines`, `patterns`, …) under this stamp."""
        sql = "SELECT found FROM run_memos WHERE run_id = ? AND name = ? AND stamp = ?"
        found = self._db.scalar(sql, (run_id, name, stamp))
        return None if found is None else bytes(found)

    def keep_part(self, run_id: str, name: str, stamp: str, found: bytes) -> None:
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO run_memos (run_id, name, stamp, found) SELECT id, ?, ?, ? FROM runs WHERE id = ?"
                " ON CONFLICT (run_id, name) DO UPDATE SET stamp = excluded.stamp, found = excluded.found",
                (name, stamp, found, run_id),
            )

    def of_task(self, task_id: int, stamp: str) -> str | None:
        """What was kept of a task under this stamp."""
        sql = "SELECT found FROM task_memos WHERE task_id = ? AND stamp = ?"
        found = self._db.scalar(sql, (task_id, stamp))
        return None if found is None else str(found)

    def has_task(self, task_id: int, stamp: str) -> bool:
        sql = "SELECT 1 FROM task_memos WHERE task_id = ? AND stamp = ?"
        return self._db.scalar(sql, (task_id, stamp)) is not None

    def keep_task(self, task_id: int, stamp: str, found: str) -> None:
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO task_memos (task_id, stamp, found) SELECT id, ?, ? FROM tasks WHERE id = ?"
                " ON CONFLICT (task_id) DO UPDATE SET stamp = excluded.stamp, found = excluded.found",
                (stamp, found, task_id),
            )
