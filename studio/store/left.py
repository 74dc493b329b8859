"""How many questions are left for a person of a project. Reads the database as it stands; nothing here reads gold."""

import math

from studio.core.project import ProjectSpec
from studio.store.database import Database

# Items that somebody may be asked, and those of them that he has met.
_MAY = (
    "i.project_id = :project AND i.purpose != 'training' AND i.retired = 0 AND i.sample_id IS NOT NULL"
    " AND i.author != :person AND (i.scored AND i.valid + i.held < :overlap OR i.purpose = 'control' AND :controls)"
)
_FRESH = f"SELECT COUNT(*) FROM project_items i WHERE {_MAY}"
_FRESH_MET = (
    "SELECT COUNT(*) FROM turns t JOIN project_items i ON i.project_id = t.project_id AND i.item = t.item"
    f" WHERE t.project_id = :project AND t.person_id = :person AND t.occasion = 1 AND t.state != 'lapsed' AND {_MAY}"
)


def left(db: Database, project: str, person: str, spec: ProjectSpec) -> int:
    """How many questions a person may still be asked at most, training apart: the one that is held for him, what he has
    not met, and as many repeats as the project's share of them makes likely."""
    values = {"project": project, "person": person, "overlap": spec.overlap, "controls": spec.controls > 0}
    mine = db.row(
        "SELECT COALESCE(SUM(occasion = 1), 0) AS met, COALESCE(SUM(occasion > 1), 0) AS repeated,"
        " COALESCE(SUM(state = 'held'), 0) AS held FROM turns WHERE project_id = :project"
        " AND person_id = :person AND purpose != 'training' AND state != 'lapsed'",
        values,
    )
    fresh = int(db.scalar(_FRESH, values) or 0) - int(db.scalar(_FRESH_MET, values) or 0)
    if mine is None:
        return fresh
    often = math.ceil((mine["met"] + fresh) * spec.repeats / max(1e-9, 1 - spec.repeats))
    return int(fresh + mine["held"] + max(0, often - mine["repeated"]))
