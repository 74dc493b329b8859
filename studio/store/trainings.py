"""What people said in training, and who was let in all the same. Nothing here reads gold."""

from dataclasses import dataclass

from studio.store.database import Database


@dataclass(frozen=True)
class Trained:
    """A training question that a person is done with: `text` is "" where he skipped it."""

    item: int
    sample_id: int
    text: str


class TrainingRows:
    """Training in projects."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def said(self, project: str, person: str) -> list[Trained]:
        """What a person said in training."""
        rows = self._db.tuples(
            "SELECT i.item, i.sample_id, CASE WHEN r.action = 'answer' THEN r.text ELSE '' END"
            " FROM turns t JOIN responses r ON r.n = t.response"
            " JOIN project_items i ON i.project_id = t.project_id AND i.item = t.item"
            " WHERE t.project_id = ? AND t.person_id = ? AND t.purpose = 'training'",
            (project, person),
        )
        return [Trained(int(item), int(sample_id), str(text)) for item, sample_id, text in rows]

    def untrained(self, project: str, person: str) -> int:
        """How many training questions a person may still be asked, the one that is held for him with them."""
        return int(
            self._db.scalar(
                "SELECT COUNT(*) FROM project_items i WHERE i.project_id = :project AND i.purpose = 'training'"
                " AND i.retired = 0 AND i.sample_id IS NOT NULL AND i.author != :person AND NOT EXISTS (SELECT 1"
                " FROM turns t WHERE t.project_id = i.project_id AND t.person_id = :person AND t.item = i.item"
                " AND t.state IN ('answered', 'skipped'))",
                {"project": project, "person": person},
            )
        )

    def admitted(self, project: str, person: str) -> bool:
        """Whether a lead has let somebody begin whom the training had stopped."""
        sql = "SELECT admitted_at FROM project_people WHERE project_id = ? AND person_id = ?"
        return self._db.scalar(sql, (project, person)) is not None
