"""Values that the samples of a run have, with how many have each: what completion offers."""

from studio.query import CATEGORY
from studio.store.database import Database, load
from studio.store.grouped import known_groups
from studio.store.labelled import own_sql

MOST = 200  # of one field
_TASKS = "SELECT task_id FROM run_samples WHERE run_id = :run GROUP BY task_id"
_COUNTED = {
    "task": "SELECT t.name, COUNT(*) FROM run_samples rs JOIN tasks t ON t.id = rs.task_id WHERE rs.run_id = :run"
    " GROUP BY rs.task_id ORDER BY 2 DESC",
    "split": "SELECT t.split, COUNT(*) FROM run_samples rs JOIN tasks t ON t.id = rs.task_id WHERE rs.run_id = :run"
    " GROUP BY t.split",
    "type": "SELECT t.answer_type, COUNT(*) FROM run_samples rs JOIN tasks t ON t.id = rs.task_id"
    " WHERE rs.run_id = :run GROUP BY t.answer_type",
    "reviewer": "SELECT reviewer, COUNT(*) FROM standing_labels WHERE run_id = :run GROUP BY 1 ORDER BY 2 DESC",
    "draw": "SELECT number, NULL FROM draws WHERE run_id = :run ORDER BY number DESC",
    "prompt": f"SELECT DISTINCT prompt_id, NULL FROM samples WHERE task_id IN ({_TASKS}) AND prompt_id IS NOT NULL"
    " ORDER BY 1",
    "changed": "SELECT name, NULL FROM scorers ORDER BY created_at DESC",
    "run": "SELECT r.model, NULL FROM runs r WHERE EXISTS (SELECT 1 FROM tasks t WHERE EXISTS"
    " (SELECT 1 FROM run_samples WHERE run_id = r.id AND task_id = t.id) AND EXISTS"
    " (SELECT 1 FROM run_samples WHERE run_id = :run AND task_id = t.id))"
    " GROUP BY r.model ORDER BY MAX(r.created_at) DESC",
}  # fmt: skip
_OF_ROWS = {"cell": "cell", "human": "human", "state": "state", "finish": "finish", "decided": "decided"}


class Known:
    """Values by field. Fields of which too many are different (numbers, keys, texts) have none."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def values(
        self, run_id: str, field: str, key: str = "", lang: str = "ru", reviewer: str | None = None
    ) -> list[tuple[str, int | None]]:
        """(value, how many samples have it, None where that would have to be counted for long); at most MOST. Groups
        without a name are called as in `lang`. With a `reviewer` verdicts and tags are those of samples that this
        reviewer has labelled."""
        if field in _OF_ROWS:
            column = _OF_ROWS[field]
            seen = f" AND {own_sql(':reviewer')}" if field == "human" and reviewer is not None else ""
            sql = (
                f"SELECT {column}, COUNT(*) FROM run_samples rs WHERE run_id = :run AND {column} IS NOT NULL{seen}"
                " GROUP BY 1 ORDER BY 2 DESC"
            )
        elif field == CATEGORY:
            return self._categories(run_id, key)
        elif field == "tag":
            return self._tags(run_id, reviewer)
        elif field == "group":
            return [*known_groups(self._db, run_id, lang)[:MOST]]
        elif field in _COUNTED:
            sql = _COUNTED[field]
        else:
            return []
        rows = self._db.tuples(f"{sql} LIMIT {MOST}", {"run": run_id, "reviewer": reviewer})
        return [(str(value), n) for value, n in rows]

    def _categories(self, run_id: str, key: str) -> list[tuple[str, int | None]]:
        what = "value" if key else "name"
        rows = self._db.tuples(
            f"SELECT DISTINCT {what} FROM task_categories WHERE task_id IN ({_TASKS})"
            f" {'AND casefold(name) = casefold(:key)' if key else ''} ORDER BY 1 LIMIT {MOST}",
            {"run": run_id, "key": key},
        )
        return [(value, None) for (value,) in rows]

    def _tags(self, run_id: str, reviewer: str | None) -> list[tuple[str, int | None]]:
        rows = self._db.tuples(
            "SELECT l.tags FROM standing_labels rs JOIN labels l ON l.id = rs.label_id WHERE rs.run_id = :run"
            + (f" AND {own_sql(':reviewer')}" if reviewer is not None else ""),
            {"run": run_id, "reviewer": reviewer},
        )
        counts: dict[str, int] = {}
        for (tags,) in rows:
            for tag in load(tags):
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST]  # type: ignore[return-value]
