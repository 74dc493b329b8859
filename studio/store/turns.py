"""Whose turn it is at which question: leases, taken inside a writer's transaction. Nothing here reads gold.

A lease is a place that is kept for a while. It ends with an answer, a skip, or by itself; then the place is free for
others, and what its person had typed stays his draft.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studio.core.project import Purpose


class Turn(NamedTuple):
    """A person's turn at an item; `occasion` 2 is a repeat."""

    item: int
    occasion: int
    purpose: Purpose
    lease_until: float


@dataclass(frozen=True)
class Served:
    """What a person has done in a project: questions apart from training, training questions, and how many of those
    were answered or skipped."""

    work: int
    training: int


def sweep(connection: sqlite3.Connection, project: str, now: float) -> None:
    """Lets leases lapse whose time is over."""
    late = connection.execute(
        "SELECT person_id, item, occasion FROM turns WHERE project_id = ? AND state = 'held' AND lease_until < ?",
        (project, now),
    ).fetchall()
    for person, item, occasion in late:
        release(connection, project, person, item, occasion)


def release(connection: sqlite3.Connection, project: str, person: str, item: int, occasion: int) -> None:
    """Frees a held place; one that is not held stays as it is."""
    freed = connection.execute(
        "UPDATE turns SET state = 'lapsed', lease_until = 0 WHERE project_id = ? AND person_id = ? AND item = ?"
        " AND occasion = ? AND state = 'held'",
        (project, person, item, occasion),
    ).rowcount
    if freed and occasion == 1:
        connection.execute(
            "UPDATE project_items SET held = held - 1 WHERE project_id = ? AND item = ?", (project, item)
        )


def hold(connection: sqlite3.Connection, project: str, person: str, turn: Turn, now: float) -> None:
    """Keeps a place until `turn.lease_until`: a new one, one that had lapsed, or a longer lease of one that is held."""
    before = connection.execute(
        "SELECT state FROM turns WHERE project_id = ? AND person_id = ? AND item = ? AND occasion = ?",
        (project, person, turn.item, turn.occasion),
    ).fetchone()
    connection.execute(
        "INSERT INTO turns (project_id, person_id, item, occasion, purpose, state, lease_until, shown_at)"
        " VALUES (?, ?, ?, ?, ?, 'held', ?, ?) ON CONFLICT (project_id, person_id, item, occasion) DO UPDATE SET"
        " state = 'held', lease_until = excluded.lease_until, shown_at = COALESCE(turns.shown_at, excluded.shown_at)",
        (project, person, turn.item, turn.occasion, turn.purpose, turn.lease_until, now),
    )
    if turn.occasion == 1 and (before is None or before[0] != "held"):
        connection.execute(
            "UPDATE project_items SET held = held + 1 WHERE project_id = ? AND item = ?", (project, turn.item)
        )


def held(connection: sqlite3.Connection, project: str, person: str) -> list[Turn]:
    """What is held for a person, what was shown first before the rest."""
    rows = connection.execute(
        "SELECT item, occasion, purpose, lease_until FROM turns WHERE project_id = ? AND person_id = ?"
        " AND state = 'held' ORDER BY shown_at, item",
        (project, person),
    )
    return [Turn(*row) for row in rows]


def lapsed(connection: sqlite3.Connection, project: str, person: str) -> list[Turn]:
    """Turns that a person lost by time and may have again: a place is free, or the question was no plain work."""
    rows = connection.execute(
        "SELECT t.item, t.occasion, t.purpose, 0 FROM turns t JOIN project_items i ON i.project_id = t.project_id"
        " AND i.item = t.item JOIN projects p ON p.id = t.project_id WHERE t.project_id = ? AND t.person_id = ?"
        " AND t.state = 'lapsed' AND i.retired = 0 AND i.sample_id IS NOT NULL"
        " AND (t.purpose != 'work' OR t.occasion > 1 OR i.valid + i.held < p.overlap) ORDER BY t.shown_at, t.item",
        (project, person),
    )
    return [Turn(*row) for row in rows]


def open_items(
    connection: sqlite3.Connection, project: str, person: str, purpose: Purpose, limit: int, *, capped: bool
) -> list[int]:
    """Items of a purpose that a person has not met and did not write; `capped`: those of the baseline that have a free
    place."""
    rows = connection.execute(
        "SELECT i.item FROM project_items i JOIN projects p ON p.id = i.project_id"
        " WHERE i.project_id = :project AND i.purpose = :purpose AND i.retired = 0 AND i.sample_id IS NOT NULL"
        " AND (NOT :capped OR i.scored AND i.valid + i.held < p.overlap) AND i.author != :person"
        " AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.project_id = i.project_id AND t.person_id = :person"
        " AND t.item = i.item AND t.occasion = 1) ORDER BY i.item LIMIT :limit",
        {"project": project, "purpose": purpose, "person": person, "limit": limit, "capped": capped},
    )
    return [row[0] for row in rows]


class Opening(NamedTuple):
    """The first question that a person may have of a dialogue; `first`: it is the dialogue's first."""

    dialogue: str
    item: int
    purpose: Purpose
    first: bool


def openings(connection: sqlite3.Connection, project: str, person: str) -> list[Opening]:
    """Of each dialogue that has a free place for a person, the first question that he has not met."""
    rows = connection.execute(
        "SELECT i.stratum, MIN(i.item), i.purpose, (SELECT f.item FROM project_items f WHERE f.project_id = :project"
        " AND f.stratum = i.stratum AND f.retired = 0 ORDER BY f.item LIMIT 1)"
        " FROM project_items i JOIN projects p ON p.id = i.project_id"
        " WHERE i.project_id = :project AND i.scored AND i.retired = 0 AND i.sample_id IS NOT NULL"
        " AND i.valid + i.held < p.overlap AND i.author != :person"
        " AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.project_id = i.project_id AND t.person_id = :person"
        " AND t.item = i.item AND t.occasion = 1) GROUP BY i.stratum ORDER BY i.stratum",
        {"project": project, "person": person},
    )  # `purpose` is that of the smallest item: SQLite takes plain columns from the row of the only MIN or MAX
    return [Opening(dialogue, item, purpose, item == first) for dialogue, item, purpose, first in rows]


def last_dialogue(connection: sqlite3.Connection, project: str, person: str) -> str:
    """The dialogue of the question that a person was shown last; "" where there was none."""
    row = connection.execute(
        "SELECT i.stratum FROM turns t JOIN project_items i ON i.project_id = t.project_id AND i.item = t.item"
        " WHERE t.project_id = ? AND t.person_id = ? ORDER BY t.shown_at DESC, t.item DESC LIMIT 1",
        (project, person),
    ).fetchone()
    return str(row[0]) if row else ""


def unbound(connection: sqlite3.Connection, project: str, person: str) -> int:
    """How many items this person could answer if their questions were here."""
    row = connection.execute(
        "SELECT COUNT(*) FROM project_items i JOIN projects p ON p.id = i.project_id WHERE i.project_id = :project"
        " AND i.sample_id IS NULL AND i.retired = 0 AND i.scored AND i.valid < p.overlap AND i.author != :person"
        " AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.project_id = i.project_id AND t.person_id = :person"
        " AND t.item = i.item AND t.occasion = 1 AND t.state != 'lapsed')",
        {"project": project, "person": person},
    ).fetchone()
    return int(row[0])


def repeats(connection: sqlite3.Connection, project: str, person: str) -> Sequence[int]:
    """Plain items that a person answered once, in the order of his answers; those asked a second time are left out."""
    rows = connection.execute(
        "SELECT t.item FROM turns t WHERE t.project_id = ? AND t.person_id = ? AND t.occasion = 1"
        " AND t.purpose = 'work' AND t.state = 'answered' AND NOT EXISTS (SELECT 1 FROM turns s WHERE"
        " s.project_id = t.project_id AND s.person_id = t.person_id AND s.item = t.item AND s.occasion = 2)"
        " ORDER BY t.response",
        (project, person),
    )
    return [row[0] for row in rows]


def served(connection: sqlite3.Connection, project: str, person: str) -> Served:
    rows = connection.execute(
        "SELECT COALESCE(SUM(purpose != 'training'), 0), COALESCE(SUM(purpose = 'training'), 0) FROM turns"
        " WHERE project_id = ? AND person_id = ? AND state IN ('answered', 'skipped')",
        (project, person),
    ).fetchone()
    return Served(*rows)


def reserved(connection: sqlite3.Connection, project: str, person: str) -> tuple[int, float | None]:
    """How many items this person could answer if others did not hold their last places, and when the first of those
    leases ends."""
    row = connection.execute(
        "SELECT COUNT(DISTINCT i.item), MIN(t.lease_until) FROM project_items i JOIN projects p ON p.id = i.project_id"
        " JOIN turns t ON t.project_id = i.project_id AND t.item = i.item AND t.state = 'held' AND t.occasion = 1"
        " WHERE i.project_id = :project AND i.scored AND i.retired = 0 AND i.valid < p.overlap"
        " AND i.valid + i.held >= p.overlap AND i.author != :person AND t.person_id != :person"
        " AND NOT EXISTS (SELECT 1 FROM turns m WHERE m.project_id = i.project_id AND m.person_id = :person"
        " AND m.item = i.item AND m.occasion = 1)",
        {"project": project, "person": person},
    ).fetchone()
    return int(row[0]), row[1]
