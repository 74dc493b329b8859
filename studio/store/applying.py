"""The journal's records become rows. Each is applied once, in order, in the transaction that also keeps its number.

A record that was erased has no body: what stood there stays empty. An unknown kind is a newer studio's, and refused.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from studio.core.errors import StoreError
from studio.core.record import FIRST, Record
from studio.humans import allows, valid_first
from studio.store.database import dump


def applied(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last record that is in the tables."""
    found = connection.execute("SELECT n, hash FROM journal_applied").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, FIRST)


def apply(connection: sqlite3.Connection, record: Record) -> None:
    """Raises StoreError for a record of an unknown kind, or one that does not follow the last."""
    apply_all(connection, (record,))


def apply_all(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Applies records in their order; which answers count is worked out once, at the end. Raises as `apply`."""
    (n, mark), changed = applied(connection), set[tuple[str, int]]()
    before = n
    for record in records:
        if record.n != n + 1:
            raise StoreError("journal_gap", n=record.n, expected=n + 1)
        step = _STEPS.get(record.kind)
        if step is None:
            raise StoreError("journal_newer", kind=record.kind)
        changed.update((record.project, item) for item in step(connection, record) or ())
        n, mark = record.n, record.hash
    for project, item in sorted(changed):
        recount(connection, project, item)
    if n > before:
        connection.execute(
            "INSERT INTO journal_applied (one, n, hash) VALUES (1, ?, ?)"
            " ON CONFLICT (one) DO UPDATE SET n = excluded.n, hash = excluded.hash",
            (n, mark),
        )


def _joined(connection: sqlite3.Connection, record: Record) -> None:
    body = record.body or {}
    connection.execute(
        "INSERT INTO people (id, name, account, via, joined_at, erased_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            record.actor, body.get("name", ""), body.get("account", ""), record.facts["via"], record.at,
            record.at if record.erased else None,
        ),
    )  # fmt: skip


def _named(connection: sqlite3.Connection, record: Record) -> None:
    if record.body:
        connection.execute("UPDATE people SET name = ? WHERE id = ?", (record.body["name"], record.actor))


def _shown_as(connection: sqlite3.Connection, record: Record) -> None:
    """Under which name a person's run of a whole task stands for everybody; "" under none."""
    connection.execute(
        "UPDATE project_people SET shown_as = ? WHERE project_id = ? AND person_id = ?",
        ((record.body or {}).get("name", ""), record.project, record.actor),
    )


def _role_given(connection: sqlite3.Connection, record: Record) -> None:
    person, role = record.facts["person"], record.facts["role"]
    if role == "visitor":
        connection.execute(
            "DELETE FROM person_roles WHERE person_id = ? AND project_id = ?", (person, record.project)
        )
        return
    connection.execute(
        "INSERT INTO person_roles (person_id, project_id, role) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, project_id) DO UPDATE SET role = excluded.role",
        (person, record.project, role),
    )
    if allows(role, "see_gold"):  # for ever: who has seen gold does not forget it with the role
        connection.execute(
            "INSERT OR IGNORE INTO gold_seers (person_id, project_id, since) VALUES (?, ?, ?)",
            (person, record.project, record.at),
        )
    if record.project:
        connection.execute(
            "INSERT OR IGNORE INTO project_people (project_id, person_id, joined_at) VALUES (?, ?, ?)",
            (record.project, person, record.at),
        )


def _signed_in(connection: sqlite3.Connection, record: Record) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO sign_ins (token_hash, person_id, expires_at) VALUES (?, ?, ?)",
        (record.facts["token"], record.actor, record.facts["expires_at"]),
    )


def _signed_out(connection: sqlite3.Connection, record: Record) -> None:
    """One browser of a person, or all of them."""
    token = record.facts.get("token")
    connection.execute(
        "DELETE FROM sign_ins WHERE person_id = ? AND token_hash = COALESCE(?, token_hash)",
        (record.facts.get("person", record.actor), token),
    )


def _invited(connection: sqlite3.Connection, record: Record) -> None:
    facts = record.facts
    connection.execute(
        "INSERT INTO invitations (id, secret_hash, project_id, role, places, expires_at, created_by, created_at, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            facts["invitation"], facts["secret"], record.project, facts["role"], facts["places"],
            facts["expires_at"], record.actor, record.at, (record.body or {}).get("note", ""),
        ),
    )  # fmt: skip


def _invitation_used(connection: sqlite3.Connection, record: Record) -> None:
    connection.execute("UPDATE invitations SET used = used + 1 WHERE id = ?", (record.facts["invitation"],))


def _invitation_revoked(connection: sqlite3.Connection, record: Record) -> None:
    connection.execute(
        "UPDATE invitations SET revoked_at = ? WHERE id = ?", (record.at, record.facts["invitation"])
    )


def _person_erased(connection: sqlite3.Connection, record: Record) -> None:
    """What may tell who somebody is goes; what he answered stays, under an id that nothing leads to."""
    person = record.facts["person"]
    connection.execute(
        "UPDATE people SET name = '', account = '', erased_at = ? WHERE id = ?", (record.at, person)
    )
    connection.execute("DELETE FROM sign_ins WHERE person_id = ?", (person,))
    connection.execute("DELETE FROM desk_drafts WHERE person_id = ?", (person,))
    connection.execute("UPDATE responses SET comment = '' WHERE person_id = ?", (person,))
    connection.execute(
        "UPDATE project_people SET reason = '',"
        " shown_as = CASE WHEN shown_as IS NULL THEN NULL ELSE '' END WHERE person_id = ?",
        (person,),
    )
    connection.execute("UPDATE invitations SET note = '' WHERE created_by = ?", (person,))
    connection.executemany(
        "UPDATE invitations SET note = '' WHERE id = ?", [(link,) for link in record.facts["invitations"]]
    )
    connection.execute(
        "UPDATE events SET detail = json_set(detail, '$.people.name', '', '$.people.person', '')"
        " WHERE json_extract(detail, '$.people.person') = ?",
        (person,),
    )
    connection.execute(  # runs of answers on one's own bear the name that was told for them
        "UPDATE runs SET model = 'person:' || json_extract(resolved, '$.people.number'),"
        " spec = json_set(spec, '$.model', 'person:' || json_extract(resolved, '$.people.number')),"
        " resolved = json_set(resolved, '$.people.name', '', '$.people.person', '')"
        " WHERE kind = 'human' AND json_extract(resolved, '$.people.person') = ?",
        (person,),
    )


def _project_made(connection: sqlite3.Connection, record: Record) -> None:
    spec = record.facts["spec"]
    connection.execute(
        "INSERT INTO projects (id, state, title, task, overlap, spec, created_by, created_at)"
        " VALUES (?, 'draft', ?, ?, ?, ?, ?, ?)",
        (record.project, spec["title"], spec["task"], spec["overlap"], dump(spec), record.actor, record.at),
    )
    connection.executemany(
        "INSERT INTO project_items (project_id, item, key, content_hash, purpose, stratum, author, scored)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(record.project, *each) for each in record.facts["items"]],
    )


def _project_changed(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    """Another state, other settings; with another overlap, other answers count."""
    facts = record.facts
    if "state" in facts:
        connection.execute("UPDATE projects SET state = ? WHERE id = ?", (facts["state"], record.project))
        _gold_opened(connection, record.project, record.at, closed=facts["state"] == "closed")
    if "spec" in facts:
        spec = facts["spec"]
        (overlap,) = connection.execute(
            "SELECT overlap FROM projects WHERE id = ?", (record.project,)
        ).fetchone()
        connection.execute(
            "UPDATE projects SET spec = ?, title = ?, overlap = ? WHERE id = ?",
            (dump(spec), spec["title"], spec["overlap"], record.project),
        )
        if spec["overlap"] != overlap:
            items = connection.execute(
                "SELECT item FROM project_items WHERE project_id = ?", (record.project,)
            )
            return [item for (item,) in items]
    return ()


def _gold_opened(connection: sqlite3.Connection, project: str, at: float, *, closed: bool) -> None:
    """A project that is closed hides its gold from nobody, until it is opened again."""
    if not closed:
        connection.execute(
            "UPDATE gold_open SET until = ? WHERE project_id = ? AND until IS NULL", (at, project)
        )
        return
    connection.execute(
        "INSERT OR IGNORE INTO gold_open (project_id, since) SELECT ?, ? WHERE NOT EXISTS"
        " (SELECT 1 FROM gold_open WHERE project_id = ? AND until IS NULL)",
        (project, at, project),
    )


def _instructed(connection: sqlite3.Connection, record: Record) -> None:
    version = record.facts["version"]
    connection.execute(
        "INSERT INTO project_instructions (project_id, version, text, created_at) VALUES (?, ?, ?, ?)",
        (record.project, version, record.facts["text"], record.at),
    )
    connection.execute("UPDATE projects SET instructions = ? WHERE id = ?", (version, record.project))


def _item_retired(connection: sqlite3.Connection, record: Record) -> None:
    connection.execute(
        "UPDATE project_items SET retired = ? WHERE project_id = ? AND item = ?",
        (int(record.facts["retired"]), record.project, record.facts["item"]),
    )


def _excluded(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    return _set_excluded(connection, record, record.at, str((record.body or {}).get("reason", "")))


def _readmitted(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    return _set_excluded(connection, record, None, "")


def _admitted(connection: sqlite3.Connection, record: Record) -> None:
    """The work opens to somebody who has not passed the training."""
    connection.execute(
        "UPDATE project_people SET admitted_at = ? WHERE project_id = ? AND person_id = ?",
        (record.at, record.project, record.facts["person"]),
    )


def _set_excluded(
    connection: sqlite3.Connection, record: Record, at: float | None, reason: str
) -> Iterable[int]:
    person = record.facts["person"]
    connection.execute(
        "UPDATE project_people SET excluded_at = ?, reason = ? WHERE project_id = ? AND person_id = ?",
        (at, reason, record.project, person),
    )
    items = connection.execute(
        "SELECT DISTINCT item FROM turns WHERE project_id = ? AND person_id = ?", (record.project, person)
    )
    return [item for (item,) in items]


def _answered(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    return _respond(connection, record, "answer", "answered")


def _skipped(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    return _respond(connection, record, "skip", "skipped")


def _respond(connection: sqlite3.Connection, record: Record, action: str, state: str) -> Iterable[int]:
    facts = record.facts
    _response(connection, record, action, facts)
    connection.execute(
        "INSERT INTO turns (project_id, person_id, item, occasion, purpose, state, lease_until, shown_at, response)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (project_id, person_id, item, occasion) DO UPDATE SET"
        " state = excluded.state, response = excluded.response, lease_until = 0",
        (
            record.project, record.actor, facts["item"], facts["occasion"], facts["purpose"], state,
            facts.get("shown_at"), record.n,
        ),
    )  # fmt: skip
    connection.execute(
        "DELETE FROM desk_drafts WHERE project_id = ? AND person_id = ? AND item = ? AND occasion = ?",
        (record.project, record.actor, facts["item"], facts["occasion"]),
    )
    return (facts["item"],)


def _undone(connection: sqlite3.Connection, record: Record) -> Iterable[int]:
    """The response stays in the table; its turn waits again, with what was typed, and its flag, as the draft."""
    facts = record.facts
    _response(connection, record, "undo", facts)
    where = (record.project, record.actor, facts["item"], facts["occasion"])
    connection.execute(
        "UPDATE turns SET state = 'lapsed', response = NULL WHERE project_id = ? AND person_id = ? AND item = ?"
        " AND occasion = ?",
        where,
    )
    text, comment, flagged = connection.execute(
        "SELECT COALESCE(text, ''), comment, flagged FROM responses WHERE n = ?", (facts["supersedes"],)
    ).fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO desk_drafts (project_id, person_id, item, occasion, text, comment, updated_at,"
        " flagged) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*where, text, comment, record.at, flagged),
    )
    return (facts["item"],)


def _response(connection: sqlite3.Connection, record: Record, action: str, facts: Mapping[str, Any]) -> None:
    connection.execute(
        "INSERT INTO responses (n, project_id, person_id, item, occasion, purpose, action, text, reason, comment,"
        " client_id, supersedes, flagged, instructions, content_hash, at, shown_at, first_input_at, active_s, idle_s,"
        " played_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.n, record.project, record.actor, facts["item"], facts["occasion"], facts["purpose"], action,
            facts.get("text"), facts.get("reason"), (record.body or {}).get("comment", ""), facts["client_id"],
            facts.get("supersedes"), int(facts.get("flagged", False)), facts["instructions"],
            facts["content_hash"], facts.get("at", record.at),  # brought answers were given earlier
            *(facts.get(name) for name in ("shown_at", "first_input_at", "active_s", "idle_s", "played_s")),
        ),
    )  # fmt: skip


def recount(connection: sqlite3.Connection, project: str, item: int) -> None:
    """Which answers to an item count, how many places are held, worked out of the rows."""
    overlap = connection.execute("SELECT overlap FROM projects WHERE id = ?", (project,)).fetchone()[0]
    rows = connection.execute(  # left to itself SQLite walks through all turns of the project
        "SELECT t.response, t.person_id, p.excluded_at IS NOT NULL FROM turns t INDEXED BY turns_of_item"
        " JOIN project_people p ON p.project_id = t.project_id AND p.person_id = t.person_id"
        " WHERE t.project_id = ? AND t.item = ? AND t.state = 'answered' AND t.occasion = 1"
        " AND t.purpose != 'training'",  # there people are told what is right
        (project, item),
    ).fetchall()
    excluded = frozenset(person for _, person, out in rows if out)
    valid = valid_first([(n, person) for n, person, _ in rows], excluded, overlap)
    connection.execute(
        "UPDATE responses SET counts = 0 WHERE project_id = ? AND item = ? AND counts = 1", (project, item)
    )
    connection.executemany("UPDATE responses SET counts = 1 WHERE n = ?", [(n,) for n in valid])
    connection.execute(
        "UPDATE project_items SET valid = ?, held = (SELECT COUNT(*) FROM turns t WHERE t.project_id = ? AND t.item = ?"
        " AND t.state = 'held' AND t.occasion = 1) WHERE project_id = ? AND item = ?",
        (len(valid), project, item, project, item),
    )


def _adjudicated(connection: sqlite3.Connection, record: Record) -> None:
    """The last word on an item; no text takes it back."""
    connection.execute(
        "INSERT OR REPLACE INTO adjudications (project_id, item, text, by_person, at) VALUES (?, ?, ?, ?, ?)",
        (record.project, record.facts["item"], record.facts["text"], record.actor, record.at),
    )


def _doubled(connection: sqlite3.Connection, record: Record) -> None:
    """A submission for a question that its person had submitted from another tab: the journal keeps its words."""


def _imported(connection: sqlite3.Connection, record: Record) -> None:
    """Where brought answers come from: the journal keeps it, the answers themselves follow as records of their own."""


# What a record does to the tables; the items whose answers are to be counted again.
_STEPS: Mapping[str, Callable[[sqlite3.Connection, Record], Iterable[int] | None]] = {
    "joined": _joined,
    "named": _named,
    "shown_as": _shown_as,
    "role_given": _role_given,
    "signed_in": _signed_in,
    "signed_out": _signed_out,
    "invited": _invited,
    "invitation_used": _invitation_used,
    "invitation_revoked": _invitation_revoked,
    "person_erased": _person_erased,
    "project_made": _project_made,
    "project_changed": _project_changed,
    "instructed": _instructed,
    "item_retired": _item_retired,
    "excluded": _excluded,
    "readmitted": _readmitted,
    "admitted": _admitted,
    "answered": _answered,
    "skipped": _skipped,
    "undone": _undone,
    "doubled": _doubled,
    "imported": _imported,
    "adjudicated": _adjudicated,
}
