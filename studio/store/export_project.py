"""A project as a file of its own: plain SQLite with views, readable without the studio."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from studio.store.database import Database
from studio.store.export import written_whole
from studio.store.migrations import APPLICATION_ID, SCHEMA_VERSION

_ITS_OWN = "project_id = :project"
COPIES = (
    ("projects", "id = :project"),
    ("project_instructions", _ITS_OWN),
    ("project_items", _ITS_OWN),
    ("project_people", _ITS_OWN),
    ("people", "id IN (SELECT person_id FROM src.project_people WHERE project_id = :project)"),
    ("person_roles", _ITS_OWN),
    ("turns", _ITS_OWN),
    ("responses", _ITS_OWN),
    ("adjudications", _ITS_OWN),
)
VIEWS = (
    # what agreement is worked out of: a vote a row, in the form in which answers are compared
    """CREATE VIEW v_votes AS
    SELECT r.item, i.key, r.person_id AS person, f.form AS answer, r.text AS written
    FROM responses r JOIN project_items i USING (project_id, item) JOIN answer_forms f USING (n)
    WHERE f.counted ORDER BY r.item, r.n""",
    """CREATE VIEW v_answers_by_item AS
    SELECT item, key, answer, COUNT(*) AS votes, MIN(written) AS written,
           SUM(COUNT(*)) OVER (PARTITION BY item) AS of_votes
    FROM v_votes GROUP BY item, answer ORDER BY item, votes DESC, answer""",
    """CREATE VIEW v_people AS
    SELECT w.person_id AS person, w.joined_at, w.excluded_at,
           COUNT(t.response) FILTER (WHERE t.state = 'answered') AS answered,
           COUNT(t.response) FILTER (WHERE t.state = 'skipped') AS skipped,
           COUNT(*) FILTER (WHERE f.counted) AS counted,
           COUNT(f.control_score) AS controls, AVG(f.control_score) AS controls_em,
           SUM(r.active_s) / 3600 AS hours
    FROM project_people w LEFT JOIN turns t USING (project_id, person_id) LEFT JOIN responses r ON r.n = t.response
    LEFT JOIN answer_forms f ON f.n = r.n GROUP BY w.person_id ORDER BY w.joined_at, w.person_id""",
)
_FORMS = """CREATE TABLE answer_forms (
    n INTEGER PRIMARY KEY, form TEXT NOT NULL, counted INTEGER NOT NULL, control_score REAL
)"""
_BASELINE = """CREATE TABLE baseline (
    item INTEGER PRIMARY KEY, answer TEXT, decided TEXT NOT NULL, votes INTEGER NOT NULL, agreeing INTEGER NOT NULL
)"""
Form = tuple[int, str, bool, float | None]  # record, form, whether it counts, Exact Match of a control
Decision = tuple[int, str | None, str, int, int]  # item, answer, how it came about, votes, those that agree


def export_project(
    db: Database,
    project: str,
    target: Path,
    forms: Iterable[Form],
    baseline: Iterable[Decision],
    *,
    names: bool,
) -> Path:
    """Writes a project's tables, what was worked out of them, and views into a new file `target` (replaced if it
    exists); links, sign-ins, drafts and leases stay out. Without `names` nothing goes along that may tell who
    somebody is: names, accounts, comments, reasons of exclusions. The file is whole or absent. Raises BadInput for an
    impossible target, StoreError when the disk is full."""
    with written_whole(db, target) as partial:
        _write(db.path, project, partial, forms, baseline, names)
    return target


def _write(
    source: Path, project: str, target: Path, forms: Iterable[Form], baseline: Iterable[Decision], names: bool
) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("ATTACH DATABASE ? AS src", (str(source),))
        connection.execute("BEGIN")
        for table, condition in COPIES:
            made = connection.execute(
                "SELECT sql FROM src.sqlite_master WHERE name = ?", (table,)
            ).fetchone()[0]
            connection.execute(made)
            connection.execute(
                f"INSERT INTO main.{table} SELECT * FROM src.{table} WHERE {condition}", {"project": project}
            )
        # Samples stay in the studio: a question is known by its key and content.
        connection.execute("UPDATE main.project_items SET sample_id = NULL, held = 0")
        connection.execute("DELETE FROM main.turns WHERE state IN ('held', 'lapsed')")
        if not names:
            connection.execute("UPDATE main.people SET name = '', account = ''")
            connection.execute("UPDATE main.responses SET comment = ''")
            connection.execute("UPDATE main.project_people SET reason = ''")
        connection.execute(_FORMS)
        connection.executemany("INSERT INTO answer_forms VALUES (?, ?, ?, ?)", forms)
        connection.execute(_BASELINE)
        connection.executemany("INSERT INTO baseline VALUES (?, ?, ?, ?, ?)", baseline)
        _describe(connection, project, names)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE src")
        for view in VIEWS:
            connection.execute(view)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _describe(connection: sqlite3.Connection, project: str, names: bool) -> None:
    connection.execute("CREATE TABLE main.studio_export (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany(
        "INSERT INTO main.studio_export VALUES (?, ?)",
        [
            ("format", "mera-studio-project"),
            ("schema_version", str(SCHEMA_VERSION)),
            ("project_id", project),
            ("names", str(int(names))),
            ("exported_at", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())),
        ],
    )
