"""How things stood before a record: it is kept in the record, so that whoever reads the journal sees both sides."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from studio.core.record import Planned
from studio.store.database import load


def with_before(connection: sqlite3.Connection, planned: Planned) -> Planned:
    """The same, and in its facts `before`: the values that it changes, as they are. A record that adds something and
    changes nothing is left alone."""
    look = _LOOKS.get(planned.kind)
    if look is None:
        return planned
    return replace(planned, facts={**planned.facts, "before": look(connection, planned)})


def _project(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    """The state, and those settings that change."""
    row = connection.execute("SELECT state, spec FROM projects WHERE id = ?", (planned.project,)).fetchone()
    if row is None:
        return {}
    state, spec = row[0], load(row[1])
    before = {"state": state} if "state" in planned.facts else {}
    changed = planned.facts.get("spec", {})
    was = {name: spec.get(name) for name, value in changed.items() if spec.get(name) != value}
    return {**before, "spec": was} if "spec" in planned.facts else before


def _role(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT role FROM person_roles WHERE person_id = ? AND project_id = ?"
    row = connection.execute(sql, (planned.facts["person"], planned.project)).fetchone()
    return {"role": row[0] if row else "visitor"}


def _excluded(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT excluded_at FROM project_people WHERE person_id = ? AND project_id = ?"
    row = connection.execute(sql, (planned.facts["person"], planned.project)).fetchone()
    return {"excluded_at": row[0] if row else None}


def _admitted(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT admitted_at FROM project_people WHERE person_id = ? AND project_id = ?"
    row = connection.execute(sql, (planned.facts["person"], planned.project)).fetchone()
    return {"admitted_at": row[0] if row else None}


def _retired(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT retired FROM project_items WHERE project_id = ? AND item = ?"
    row = connection.execute(sql, (planned.project, planned.facts["item"])).fetchone()
    return {"retired": bool(row and row[0])}


def _adjudicated(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT text FROM adjudications WHERE project_id = ? AND item = ?"
    row = connection.execute(sql, (planned.project, planned.facts["item"])).fetchone()
    return {"text": row[0] if row else None}


def _instructed(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    row = connection.execute("SELECT instructions FROM projects WHERE id = ?", (planned.project,)).fetchone()
    return {"version": row[0] if row else 0}


def _revoked(connection: sqlite3.Connection, planned: Planned) -> dict[str, Any]:
    sql = "SELECT revoked_at, used FROM invitations WHERE id = ?"
    row = connection.execute(sql, (planned.facts["invitation"],)).fetchone()
    return {"revoked_at": row[0], "used": row[1]} if row else {}


_LOOKS: Mapping[str, Callable[[sqlite3.Connection, Planned], dict[str, Any]]] = {
    "project_changed": _project,
    "role_given": _role,
    "excluded": _excluded,
    "readmitted": _excluded,
    "admitted": _admitted,
    "item_retired": _retired,
    "adjudicated": _adjudicated,
    "instructed": _instructed,
    "invitation_revoked": _revoked,
}
