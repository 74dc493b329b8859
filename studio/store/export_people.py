"""What a run of people was made of, in the run's own file: the items of its project and everything that was answered.

People are numbers, as in the names of their runs. Comments stay out, and so do reasons of exclusions: somebody may be
named there.
"""

import sqlite3

from studio.store.database import load

_TABLES = (
    """CREATE TABLE main.made_of_items (
    item INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL REFERENCES samples(id), key TEXT NOT NULL,
    purpose TEXT NOT NULL, stratum TEXT NOT NULL, scored INTEGER NOT NULL, retired INTEGER NOT NULL, adjudicated TEXT
)""",
    """CREATE TABLE main.made_of_answers (
    n INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES made_of_items(item), person INTEGER NOT NULL,
    occasion INTEGER NOT NULL, action TEXT NOT NULL, text TEXT, reason TEXT, flagged INTEGER NOT NULL,
    counts INTEGER NOT NULL, stands INTEGER NOT NULL, excluded INTEGER NOT NULL, instructions INTEGER NOT NULL,
    at REAL NOT NULL, shown_at REAL, active_s REAL, idle_s REAL, played_s REAL
)""",
)
# Of the project's items those whose question the run has; a task may have been read with another limit meanwhile.
_ITEMS = (
    "INSERT INTO main.made_of_items SELECT i.item, s.id, i.key, i.purpose, i.stratum, i.scored, i.retired, a.text"
    " FROM main.run_samples rs JOIN main.samples s ON s.id = rs.sample_id"
    " JOIN src.project_items i ON i.project_id = :project AND i.key = s.key AND i.content_hash = s.content_hash"
    " LEFT JOIN src.adjudications a ON a.project_id = i.project_id AND a.item = i.item"
)
_NUMBERS = (
    "SELECT r.person_id, ROW_NUMBER() OVER (ORDER BY p.joined_at, p.id) AS number"
    " FROM src.person_roles r JOIN src.people p ON p.id = r.person_id WHERE r.project_id = :project"
)
_ANSWERS = (
    f"WITH numbers AS ({_NUMBERS}) INSERT INTO main.made_of_answers"
    " SELECT r.n, r.item, COALESCE(w.number, 0), r.occasion, r.action, r.text, r.reason, r.flagged,"
    " r.counts AND i.scored AND NOT i.retired,"
    " t.response IS NOT NULL, COALESCE(x.excluded_at IS NOT NULL, 0), r.instructions, r.at, r.shown_at, r.active_s,"
    " r.idle_s, r.played_s FROM src.responses r JOIN main.made_of_items i ON i.item = r.item"
    " LEFT JOIN numbers w ON w.person_id = r.person_id"
    " LEFT JOIN src.turns t ON t.project_id = r.project_id AND t.person_id = r.person_id AND t.item = r.item"
    " AND t.occasion = r.occasion AND t.response = r.n"
    " LEFT JOIN src.project_people x ON x.project_id = r.project_id AND x.person_id = r.person_id"
    " WHERE r.project_id = :project"
)
PEOPLE_VIEWS = (
    """CREATE VIEW v_made_of AS
    SELECT i.item, v.number, v.task, v.sample, a.person, a.text, v.answer AS run_answer, v.em, v.js, i.adjudicated
    FROM made_of_answers a JOIN made_of_items i USING (item) JOIN run_samples rs ON rs.sample_id = i.sample_id
    JOIN v_samples v ON v.number = rs.number
    WHERE a.counts ORDER BY i.item, a.n""",
    """CREATE VIEW v_made_of_votes AS
    SELECT item, text, COUNT(*) AS votes, SUM(COUNT(*)) OVER (PARTITION BY item) AS of_votes
    FROM made_of_answers WHERE counts GROUP BY item, text ORDER BY item, votes DESC, text""",
    """CREATE VIEW v_made_of_people AS
    SELECT person, SUM(action = 'answer' AND stands) AS answered, SUM(action = 'skip' AND stands) AS skipped,
           SUM(counts) AS counted, MAX(excluded) AS excluded, SUM(CASE WHEN stands THEN active_s END) / 3600 AS hours
    FROM made_of_answers GROUP BY person ORDER BY person""",
)


def add_people(connection: sqlite3.Connection, run_id: str) -> tuple[str, ...]:
    """Adds what a run of people was made of, before gold is taken out; nothing for any other run. The studio's file is
    attached as `src`. Returns the views to make once all else is there."""
    (text,) = connection.execute("SELECT resolved FROM main.runs WHERE id = ?", (run_id,)).fetchone()
    project = ((load(text) or {}).get("people") or {}).get("project")
    if not project:
        return ()
    for table in _TABLES:
        connection.execute(table)
    for filling in (_ITEMS, _ANSWERS):
        connection.execute(filling, {"project": project})
    return PEOPLE_VIEWS
