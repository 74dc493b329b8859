"""Steps of the schema for the human baseline. All but leases and drafts is a projection of the journal: when the file
is lost, these tables are made anew from it."""

import json
from collections.abc import Callable

import sqlite_utils

from studio.core.task import question_hash
from studio.store.script import statements

PEOPLE = """
CREATE TABLE journal_applied (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n INTEGER NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    account TEXT NOT NULL DEFAULT '',
    via TEXT NOT NULL CHECK (via IN ('owner', 'invitation', 'huggingface', 'open', 'import')),
    joined_at REAL NOT NULL,
    erased_at REAL
) WITHOUT ROWID;
CREATE UNIQUE INDEX people_account ON people(via, account) WHERE account != '';
CREATE TABLE person_roles (
    person_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('annotator', 'reviewer', 'lead')),
    PRIMARY KEY (person_id, project_id)
) WITHOUT ROWID;
CREATE TABLE sign_ins (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    expires_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('annotator', 'reviewer', 'lead')),
    places INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    expires_at REAL NOT NULL,
    revoked_at REAL,
    created_by TEXT NOT NULL,
    created_at REAL NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'paused', 'closed')),
    title TEXT NOT NULL,
    task TEXT NOT NULL,
    overlap INTEGER NOT NULL,
    spec TEXT NOT NULL,
    instructions INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE project_instructions (
    project_id TEXT NOT NULL REFERENCES projects(id),
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (project_id, version)
) WITHOUT ROWID;
CREATE TABLE project_items (
    project_id TEXT NOT NULL REFERENCES projects(id),
    item INTEGER NOT NULL,
    key TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('work', 'control', 'training')),
    stratum TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    scored INTEGER NOT NULL DEFAULT 1,
    sample_id INTEGER REFERENCES samples(id),
    retired INTEGER NOT NULL DEFAULT 0,
    valid INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, item),
    UNIQUE (project_id, key)
) WITHOUT ROWID;
CREATE INDEX project_items_open ON project_items(project_id, purpose, retired, item, valid, held);
CREATE INDEX project_items_sample ON project_items(sample_id);
CREATE TABLE project_people (
    project_id TEXT NOT NULL REFERENCES projects(id),
    person_id TEXT NOT NULL,
    joined_at REAL NOT NULL,
    excluded_at REAL,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (project_id, person_id)
) WITHOUT ROWID;
CREATE TABLE turns (
    project_id TEXT NOT NULL REFERENCES projects(id),
    person_id TEXT NOT NULL,
    item INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'lapsed', 'answered', 'skipped')),
    lease_until REAL NOT NULL,
    shown_at REAL,
    response INTEGER,
    PRIMARY KEY (project_id, person_id, item, occasion)
) WITHOUT ROWID;
CREATE INDEX turns_of_item ON turns(project_id, item, state);
CREATE INDEX turns_held ON turns(project_id, lease_until) WHERE state = 'held';
CREATE TABLE responses (
    n INTEGER PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects(id),
    person_id TEXT NOT NULL,
    item INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('answer', 'skip', 'undo')),
    text TEXT,
    reason TEXT,
    comment TEXT NOT NULL DEFAULT '',
    client_id TEXT NOT NULL,
    supersedes INTEGER,
    flagged INTEGER NOT NULL DEFAULT 0,
    counts INTEGER NOT NULL DEFAULT 0,
    instructions INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    at REAL NOT NULL,
    shown_at REAL,
    first_input_at REAL,
    active_s REAL,
    idle_s REAL,
    played_s REAL,
    UNIQUE (project_id, person_id, client_id)
);
CREATE INDEX responses_of_item ON responses(project_id, item, action);
CREATE INDEX responses_of_person ON responses(project_id, person_id, n);
CREATE INDEX responses_supersedes ON responses(supersedes);
CREATE TABLE desk_drafts (
    project_id TEXT NOT NULL REFERENCES projects(id),
    person_id TEXT NOT NULL,
    item INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    text TEXT NOT NULL,
    comment TEXT NOT NULL DEFAULT '',
    updated_at REAL NOT NULL,
    PRIMARY KEY (project_id, person_id, item, occasion)
) WITHOUT ROWID;
CREATE TABLE adjudications (
    project_id TEXT NOT NULL REFERENCES projects(id),
    item INTEGER NOT NULL,
    text TEXT,
    by_person TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (project_id, item)
) WITHOUT ROWID;
CREATE VIEW desk_samples AS
    SELECT s.id, s.task_id, s.instruction, s.inputs, s.prompt, s.message, s.question, s.options, s.media, s.modality,
           t.name AS task, t.answer_type
    FROM samples s JOIN tasks t ON t.id = s.task_id;
"""

GOLD_SEEN = """
CREATE TABLE gold_seers (
    person_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (person_id, project_id)
) WITHOUT ROWID;
CREATE TABLE gold_open (
    project_id TEXT NOT NULL REFERENCES projects(id),
    since REAL NOT NULL,
    until REAL,
    PRIMARY KEY (project_id, since)
) WITHOUT ROWID;
INSERT INTO gold_seers (person_id, project_id, since)
    SELECT person_id, project_id, CAST(strftime('%s', 'now') AS REAL) FROM person_roles
    WHERE role IN ('reviewer', 'lead');
INSERT INTO gold_open (project_id, since)
    SELECT id, CAST(strftime('%s', 'now') AS REAL) FROM projects WHERE state = 'closed';
"""


def m018_people(db: sqlite_utils.Database) -> None:
    """People, projects, what they answered, and leases of questions."""
    for statement in statements(PEOPLE):
        db.execute(statement)


def m019_older_people(db: sqlite_utils.Database) -> None:
    """Runs that people began before there were projects cannot go on: what is answered stays, and they say so."""
    db.execute(
        "UPDATE runs SET state = 'interrupted', finished_at = COALESCE(finished_at, created_at)"
        " WHERE kind = 'human' AND state = 'running'"
    )
    db.execute("DROP TABLE drafts")


def m020_flagged_drafts(db: sqlite_utils.Database) -> None:
    """A flag is part of what is typed: it comes back with the draft, in any browser."""
    db.execute("ALTER TABLE desk_drafts ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0")


def m021_question_hashes(db: sqlite_utils.Database) -> None:
    """The same question is found under the name of another task, so that its gold can be hidden there, too."""
    db.execute("ALTER TABLE samples ADD COLUMN question_hash TEXT NOT NULL DEFAULT ''")
    rows = "SELECT id, instruction, inputs, media FROM samples WHERE id > ? ORDER BY id LIMIT 1000"
    last = 0
    while some := db.execute(rows, [last]).fetchall():
        last = some[-1][0]
        hashes = [
            (_asked(instruction, json.loads(inputs), json.loads(media)), number)
            for number, instruction, inputs, media in some
        ]
        db.conn.executemany("UPDATE samples SET question_hash = ? WHERE id = ?", hashes)
    db.execute("CREATE INDEX samples_question ON samples(question_hash, task_id)")


def _asked(instruction: str, inputs: dict[str, str], media: list[dict[str, str]]) -> str:
    return question_hash(instruction, inputs.values(), [medium["sha256"] for medium in media])


def m022_gold_seen(db: sqlite_utils.Database) -> None:
    """Who may have seen gold by his role, and when gold of a project lay open to everybody. Of what was before, what
    the tables still tell: roles that are held, projects that are closed."""
    for statement in statements(GOLD_SEEN):
        db.execute(statement)


def m023_admitted(db: sqlite_utils.Database) -> None:
    """Who began although the training had stopped him, and since when."""
    db.execute("ALTER TABLE project_people ADD COLUMN admitted_at REAL")


def m024_shown_as(db: sqlite_utils.Database) -> None:
    """The name that a person chose for a run of his that everybody sees; NULL: he has not been asked."""
    db.execute("ALTER TABLE project_people ADD COLUMN shown_as TEXT")


STEPS: tuple[Callable[[sqlite_utils.Database], None], ...] = (
    m018_people,
    m019_older_people,
    m020_flagged_drafts,
    m021_question_hashes,
    m022_gold_seen,
    m023_admitted,
    m024_shown_as,
)
