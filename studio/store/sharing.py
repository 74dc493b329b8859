"""Under which names the questions of a project are here: the same records may be loaded as several tasks."""

from dataclasses import dataclass

from studio.store.database import Database

_TIED = """
SELECT s.question_hash AS question FROM project_items i CROSS JOIN samples s ON s.id = i.sample_id
WHERE i.project_id = :project
"""
# An item that is not tied to its sample (its task is not here, or is another by now) is known by its whole content.
# This reads all samples there are, so it is asked for only where there is such an item.
_UNTIED = """
UNION SELECT question_hash FROM samples WHERE content_hash IN (
    SELECT content_hash FROM project_items WHERE project_id = :project AND sample_id IS NULL)
"""
_TASKS = """
WITH asked AS MATERIALIZED ({asked})
SELECT DISTINCT t.name FROM tasks t WHERE t.id IN (
    SELECT s.task_id FROM asked CROSS JOIN samples s ON s.question_hash = asked.question WHERE asked.question != '')
"""


@dataclass(frozen=True)
class Known:
    """What there is to compare: the newest task, and how many items of each project have no sample here."""

    newest: int
    unbound: tuple[tuple[str, int], ...]


class Sharing:
    """Tasks by the questions that they share with projects."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known(self) -> Known:
        """While it is the same, `tasks` answers the same of a project. A task's samples never change."""
        newest = self._db.scalar("SELECT MAX(id) FROM tasks") or 0
        sql = "SELECT project_id, COUNT(*) FROM project_items WHERE sample_id IS NULL GROUP BY project_id"
        return Known(newest, tuple(self._db.tuples(sql)))

    def tasks(self, project: str) -> frozenset[str]:
        """Names of the tasks that ask any question of a project's items, whatever their gold."""
        untied = "SELECT EXISTS (SELECT 1 FROM project_items WHERE project_id = ? AND sample_id IS NULL)"
        asked = _TIED + _UNTIED if self._db.scalar(untied, (project,)) else _TIED
        return frozenset(self._db.column(_TASKS.format(asked=asked), {"project": project}))
