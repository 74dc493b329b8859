"""Projects as a lead looks at them: totals, votes and items in as few columns as can be, because there are many."""

from typing import Any

from studio.store.database import Database


class Oversight:
    """Reading only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def totals(self) -> dict[str, tuple[int, int, int]]:
        """Of each project, by id: items of the baseline, how many have all their answers, valid answers."""
        rows = self._db.tuples(
            "SELECT p.id, COUNT(i.item), COALESCE(SUM(i.valid >= p.overlap), 0),"
            " COALESCE(SUM(MIN(i.valid, p.overlap)), 0) FROM projects p LEFT JOIN project_items i"
            " ON i.project_id = p.id AND i.scored AND i.retired = 0 GROUP BY p.id"
        )
        return {project: (items, complete, done) for project, items, complete, done in rows}

    def attendance(self) -> dict[str, float]:
        """Of each project in which somebody has submitted: when it was last."""
        return dict(
            self._db.tuples(
                "SELECT project_id, MAX(at) FROM responses WHERE action != 'undo' GROUP BY project_id"
            )
        )

    def finished(self, project: str) -> int:
        """How many people have answered or passed over each item of the baseline that is asked."""
        rows = self._db.tuples(
            "SELECT COUNT(*) FROM (SELECT t.person_id FROM turns t JOIN project_items i ON i.project_id = t.project_id"
            " AND i.item = t.item WHERE t.project_id = ? AND t.response IS NOT NULL AND t.occasion = 1 AND i.scored"
            " AND i.retired = 0 GROUP BY t.person_id HAVING COUNT(*) >= (SELECT COUNT(*) FROM project_items"
            " WHERE project_id = ? AND scored AND retired = 0))",
            (project, project),
        )
        return int(rows[0][0])

    def votes(self, project: str) -> list[tuple[int, str, str]]:
        """The valid answers, to controls beside the baseline too: (item, person, text)."""
        sql = (
            "SELECT item, person_id, text FROM responses WHERE project_id = ? AND counts = 1 ORDER BY item, n"
        )
        return self._db.tuples(sql, (project,))

    def counted(self, project: str) -> list[tuple[int, str, str]]:
        """The answers in the count, those to items of the baseline: (item, person, text)."""
        return self._db.tuples(
            "SELECT r.item, r.person_id, r.text FROM responses r JOIN project_items i USING (project_id, item)"
            " WHERE r.project_id = ? AND r.counts = 1 AND i.scored AND i.retired = 0 ORDER BY r.item, r.n",
            (project,),
        )

    def items(self, project: str) -> list[tuple[Any, ...]]:
        """(item, key, sample id, purpose, stratum, scored, retired) in the order of the items."""
        sql = (
            "SELECT item, key, sample_id, purpose, stratum, scored, retired FROM project_items"
            " WHERE project_id = ? ORDER BY item"
        )
        return self._db.tuples(sql, (project,))

    def skips(self, project: str) -> list[tuple[int, str, int]]:
        """(item, reason, how many) of skips that nobody took back."""
        return self._db.tuples(
            "SELECT t.item, COALESCE(r.reason, ''), COUNT(*) FROM turns t JOIN responses r ON r.n = t.response"
            " WHERE t.project_id = ? AND t.state = 'skipped' GROUP BY 1, 2",
            (project,),
        )

    def remarks(self, project: str) -> list[tuple[int, int, int]]:
        """(item, flags, comments) of items that have some, of what nobody took back."""
        return self._db.tuples(
            "SELECT t.item, SUM(r.flagged), SUM(r.comment != '') FROM turns t JOIN responses r ON r.n = t.response"
            " WHERE t.project_id = ? AND (r.flagged OR r.comment != '') GROUP BY t.item",
            (project,),
        )

    def of_item(self, project: str, item: int) -> list[dict[str, Any]]:
        """All that was said of an item and not taken back, in its order."""
        return self._db.rows(
            "SELECT r.*, p.excluded_at IS NOT NULL AS excluded FROM turns t JOIN responses r ON r.n = t.response"
            " LEFT JOIN project_people p ON p.project_id = r.project_id AND p.person_id = r.person_id"
            " WHERE t.project_id = ? AND t.item = ? ORDER BY r.n",
            (project, item),
        )

    def versions(self, project: str) -> list[tuple[int, str, float, int]]:
        """The instructions: (version, text, when, how many answers were given under it), the newest first."""
        return self._db.tuples(
            "SELECT v.version, v.text, v.created_at, (SELECT COUNT(*) FROM responses r WHERE"
            " r.project_id = v.project_id AND r.instructions = v.version AND r.action = 'answer')"
            " FROM project_instructions v WHERE v.project_id = ? ORDER BY v.version DESC",
            (project,),
        )

    def names(self) -> dict[str, str]:
        """What people are called, by id; "" for those whose data were erased."""
        return dict(self._db.tuples("SELECT id, name FROM people"))

    def runs(self, project: str) -> list[str]:
        """Runs that were made of a project's answers, the newest first."""
        sql = (
            "SELECT id FROM runs WHERE kind = 'human' AND json_extract(resolved, '$.people.project') = ?"
            " ORDER BY created_at DESC, rowid"
        )
        return self._db.column(sql, (project,))
