"""A project's rows as they are read out: what people said, and the instructions that they had."""

from studio.core.project_rows import AnswerRow, Instruction
from studio.store.database import Database, Row


class ProjectRows:
    """Reading alone."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def answers(self, project: str, item: int | None = None, person: str = "") -> list[AnswerRow]:
        """Everything that was said, of one item or by one person where they are named, in its order."""
        rows = self._db.rows(
            "SELECT r.*, i.key, COALESCE(t.response = r.n, 0) AS stands,"
            " r.counts AND i.scored AND NOT i.retired AS in_count FROM responses r"
            " JOIN project_items i ON i.project_id = r.project_id AND i.item = r.item"
            " LEFT JOIN turns t ON t.project_id = r.project_id AND t.person_id = r.person_id AND t.item = r.item"
            " AND t.occasion = r.occasion"
            " WHERE r.project_id = :project AND r.item = COALESCE(:item, r.item)"
            " AND :person IN ('', r.person_id) ORDER BY r.n",
            {"project": project, "item": item, "person": person},
        )
        return [_answer(row) for row in rows]

    def valid(self, project: str) -> dict[int, int]:
        """How many answers to each item count."""
        return dict(self._db.tuples("SELECT item, valid FROM project_items WHERE project_id = ?", (project,)))

    def joined(self, project: str) -> dict[str, float]:
        """When people joined a project."""
        sql = "SELECT person_id, joined_at FROM project_people WHERE project_id = ?"
        return dict(self._db.tuples(sql, (project,)))

    def instructions(self, project: str) -> list[Instruction]:
        """All versions, the first one first."""
        sql = (
            "SELECT version, text, created_at FROM project_instructions WHERE project_id = ? ORDER BY version"
        )
        return [Instruction(int(n), str(text), float(at)) for n, text, at in self._db.tuples(sql, (project,))]


def _answer(row: Row) -> AnswerRow:
    return AnswerRow(
        n=row["n"], person=row["person_id"], item=row["item"], key=row["key"], purpose=row["purpose"],
        occasion=row["occasion"], action=row["action"], text=row["text"] or "", reason=row["reason"] or "",
        comment=row["comment"], stands=bool(row["stands"]), counts=bool(row["in_count"]),
        flagged=bool(row["flagged"]), supersedes=row["supersedes"], instructions=row["instructions"],
        content_hash=row["content_hash"], at=row["at"], shown_at=row["shown_at"],
        first_input_at=row["first_input_at"], active_s=row["active_s"], idle_s=row["idle_s"], played_s=row["played_s"],
    )  # fmt: skip
