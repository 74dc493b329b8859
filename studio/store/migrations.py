"""The schema, as steps that are only ever appended. Each says why. docs/schema.md describes the result."""

import sqlite_utils
from sqlite_utils import Migrations

from studio.store import migrations_bench, migrations_people
from studio.store.script import statements

APPLICATION_ID = 0x4D455241  # "MERA": PRAGMA application_id marks the file as ours
migrations = Migrations("mera-studio")

FIRST = """
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    split TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    modality TEXT NOT NULL,
    answer_type TEXT NOT NULL,
    access TEXT NOT NULL,
    licence TEXT NOT NULL,
    source TEXT NOT NULL,
    info TEXT NOT NULL,
    created_at REAL NOT NULL,
    UNIQUE (name, split, content_hash)
);
CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    modality TEXT NOT NULL,
    prompt_id INTEGER,
    instruction TEXT NOT NULL,
    inputs TEXT NOT NULL,
    prompt TEXT NOT NULL,
    message TEXT NOT NULL,
    question TEXT NOT NULL,
    options TEXT NOT NULL,
    gold TEXT,
    categories TEXT NOT NULL,
    media TEXT NOT NULL,
    meta TEXT NOT NULL,
    problem TEXT,
    UNIQUE (task_id, key)
);
CREATE TABLE sample_categories (
    sample_id INTEGER NOT NULL REFERENCES samples(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, value, sample_id)
) WITHOUT ROWID;
CREATE INDEX sample_categories_sample ON sample_categories(sample_id);
CREATE TABLE task_categories (
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (task_id, name, value)
) WITHOUT ROWID;
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('model', 'human')),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    model TEXT NOT NULL,
    revision TEXT NOT NULL DEFAULT '',
    judge TEXT NOT NULL DEFAULT '',
    profile TEXT NOT NULL,
    spec TEXT NOT NULL,
    resolved TEXT NOT NULL DEFAULT '{}',
    problem TEXT,
    ticket TEXT UNIQUE,
    owner TEXT,
    heartbeat REAL,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    created_at REAL NOT NULL,
    started_at REAL,
    finished_at REAL,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX runs_created ON runs(created_at);
CREATE TABLE generations (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    attempt INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
    text TEXT,
    finish_reason TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    ttft_s REAL,
    latency_s REAL,
    media_note TEXT NOT NULL DEFAULT '{}',
    problem TEXT,
    created_at REAL NOT NULL,
    UNIQUE (run_id, sample_id, attempt)
);
CREATE INDEX generations_sample ON generations(sample_id);
CREATE TABLE run_samples (
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    task_id INTEGER NOT NULL REFERENCES tasks(id),
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'answered', 'failed', 'skipped')),
    generation_id INTEGER REFERENCES generations(id),
    em REAL,
    js REAL,
    em_status TEXT,
    js_status TEXT,
    cell TEXT NOT NULL DEFAULT 'pending',
    probability REAL,
    truncated INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, number),
    UNIQUE (run_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX run_samples_tally ON run_samples(run_id, task_id, cell, em_status, js_status, em, js, truncated);
CREATE INDEX run_samples_cell ON run_samples(run_id, cell, number);
CREATE INDEX run_samples_task ON run_samples(run_id, task_id, number);
CREATE INDEX run_samples_latest ON run_samples(run_id, generation_id);
CREATE INDEX run_samples_sample ON run_samples(sample_id);
CREATE INDEX run_samples_task_fk ON run_samples(task_id);
CREATE INDEX run_samples_generation ON run_samples(generation_id);
CREATE INDEX run_samples_unjudged ON run_samples(run_id, number) WHERE state = 'answered' AND js_status IS NULL;
CREATE TABLE run_texts (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    gold TEXT NOT NULL,
    UNIQUE (run_id, number)
);
CREATE TABLE scores (
    id INTEGER PRIMARY KEY,
    generation_id INTEGER NOT NULL REFERENCES generations(id) ON DELETE CASCADE,
    scorer TEXT NOT NULL,
    version TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('scored', 'unscored', 'failed')),
    value REAL,
    extracted TEXT,
    detail TEXT NOT NULL DEFAULT '{}',
    problem TEXT,
    created_at REAL NOT NULL,
    CHECK ((status = 'scored') = (value IS NOT NULL)),
    UNIQUE (generation_id, scorer, version)
);
CREATE TABLE judge_calls (
    id INTEGER PRIMARY KEY,
    score_id INTEGER NOT NULL REFERENCES scores(id) ON DELETE CASCADE,
    judge TEXT NOT NULL,
    candidate TEXT NOT NULL,
    label INTEGER,
    probability REAL,
    input_sha256 TEXT NOT NULL,
    latency_s REAL NOT NULL,
    problem TEXT
);
CREATE INDEX judge_calls_score ON judge_calls(score_id);
CREATE TABLE human_answers (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    action TEXT NOT NULL CHECK (action IN ('answer', 'skip', 'undo')),
    text TEXT,
    reason TEXT,
    note TEXT,
    client_id TEXT NOT NULL,
    supersedes INTEGER REFERENCES human_answers(id),
    shown_at REAL,
    created_at REAL NOT NULL,
    UNIQUE (run_id, client_id)
);
CREATE INDEX human_answers_sample ON human_answers(sample_id);
CREATE INDEX human_answers_supersedes ON human_answers(supersedes);
CREATE TABLE drafts (
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    text TEXT NOT NULL,
    updated_at REAL NOT NULL,
    PRIMARY KEY (run_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX drafts_sample ON drafts(sample_id);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    run_id TEXT REFERENCES runs(id) ON DELETE CASCADE,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX events_run ON events(run_id);
"""


# Substrings are found through an index of trigrams: a scan of 100,000 answers takes seconds.
SEARCH = """
CREATE VIRTUAL TABLE run_search USING fts5(
    text, gold, content='run_texts', content_rowid='id', tokenize='trigram', detail='full'
);
CREATE TRIGGER run_texts_added AFTER INSERT ON run_texts BEGIN
    INSERT INTO run_search (rowid, text, gold) VALUES (new.id, new.text, new.gold); END;
CREATE TRIGGER run_texts_removed AFTER DELETE ON run_texts BEGIN
    INSERT INTO run_search (run_search, rowid, text, gold) VALUES ('delete', old.id, old.text, old.gold); END;
CREATE TRIGGER run_texts_changed AFTER UPDATE ON run_texts BEGIN
    INSERT INTO run_search (run_search, rowid, text, gold) VALUES ('delete', old.id, old.text, old.gold);
    INSERT INTO run_search (rowid, text, gold) VALUES (new.id, new.text, new.gold); END;
"""

# Errors of 36,000 samples take half a second, a page of fifty such runs that long fifty times: they are remembered with
# the number of changes that they were worked out at, and forgotten when it grows. Whoever writes a sample is counted.
MEASURES = """
CREATE TABLE run_changes (
    run_id TEXT PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
    changes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE run_measures (
    run_id TEXT PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
    stamp TEXT NOT NULL,
    found TEXT NOT NULL
);
CREATE TRIGGER run_samples_planned AFTER INSERT ON run_samples BEGIN
    INSERT INTO run_changes (run_id, changes) VALUES (new.run_id, 1)
    ON CONFLICT (run_id) DO UPDATE SET changes = changes + 1; END;
CREATE TRIGGER run_samples_changed AFTER UPDATE ON run_samples BEGIN
    INSERT INTO run_changes (run_id, changes) VALUES (new.run_id, 1)
    ON CONFLICT (run_id) DO UPDATE SET changes = changes + 1; END;
"""

# A judge asked about answers whose verdict is known. Every answer is kept: which one deceived it is what a developer of
# judges wants to see, and two judges can be set side by side.
CALIBRATIONS = """
CREATE TABLE calibrations (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    judge TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    spec TEXT NOT NULL,
    samples INTEGER NOT NULL DEFAULT 0,
    without_gold INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    owner TEXT,
    heartbeat REAL,
    created_at REAL NOT NULL,
    finished_at REAL,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX calibrations_created ON calibrations(created_at);
CREATE TABLE calibration_answers (
    id INTEGER PRIMARY KEY,
    calibration_id TEXT NOT NULL REFERENCES calibrations(id) ON DELETE CASCADE,
    task_id INTEGER NOT NULL REFERENCES tasks(id),
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    kind TEXT NOT NULL,
    verdict INTEGER NOT NULL CHECK (verdict IN (0, 1)),
    trick INTEGER NOT NULL,
    text TEXT NOT NULL,
    em TEXT NOT NULL,
    label INTEGER,
    probability REAL,
    problem TEXT,
    judged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (calibration_id, sample_id, kind)
);
CREATE INDEX calibration_answers_task ON calibration_answers(task_id);
CREATE INDEX calibration_answers_sample ON calibration_answers(sample_id);
"""


# A run may also be read from another tool's log. SQLite cannot change a CHECK, so the table is made anew; the others
# go on referring to it by its name (foreign keys are off while migrations run).
IMPORTED = """
CREATE TABLE runs_anew (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('model', 'human', 'imported')),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    model TEXT NOT NULL,
    revision TEXT NOT NULL DEFAULT '',
    judge TEXT NOT NULL DEFAULT '',
    profile TEXT NOT NULL,
    spec TEXT NOT NULL,
    resolved TEXT NOT NULL DEFAULT '{}',
    problem TEXT,
    ticket TEXT UNIQUE,
    owner TEXT,
    heartbeat REAL,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    created_at REAL NOT NULL,
    started_at REAL,
    finished_at REAL,
    seconds REAL NOT NULL DEFAULT 0
);
INSERT INTO runs_anew SELECT id, kind, state, title, model, revision, judge, profile, spec, resolved, problem, ticket,
    owner, heartbeat, cancel_requested, created_at, started_at, finished_at, seconds FROM runs;
DROP TABLE runs;
ALTER TABLE runs_anew RENAME TO runs;
CREATE INDEX runs_created ON runs(created_at);
CREATE TABLE logs (
    run_id TEXT PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    role TEXT NOT NULL,
    size INTEGER NOT NULL,
    files TEXT NOT NULL,
    settings TEXT NOT NULL,
    tasks TEXT NOT NULL,
    remarks TEXT NOT NULL,
    rest TEXT NOT NULL
);
CREATE TABLE log_rows (
    generation_id INTEGER PRIMARY KEY REFERENCES generations(id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    found TEXT NOT NULL,
    packed INTEGER NOT NULL,
    raw BLOB NOT NULL
);
"""


# What an answer depends on, as a hash, so that a later run can take it instead of asking again; and where one that was
# taken so comes from. The answers themselves are the memory: there is no copy that could outlive or contradict them.
ASKED = """
ALTER TABLE generations ADD COLUMN asked TEXT;
CREATE INDEX generations_asked ON generations(asked) WHERE asked IS NOT NULL;
"""
RECALLED = """
ALTER TABLE generations ADD COLUMN recalled_run TEXT;
ALTER TABLE generations ADD COLUMN recalled_at REAL;
CREATE INDEX generations_recalled ON generations(run_id) WHERE recalled_run IS NOT NULL;
"""

# How fast a run was is worked out of its answers, and a page asks for that while they come: the times stand in an
# index, so that 100,000 answers are counted without their texts; those taken from earlier runs took no time. What no
# answer tells is how full each stage was: one row for every spell of work, written at its end.
PACE = """
CREATE TABLE run_pace (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    started_at REAL NOT NULL,
    ended_at REAL NOT NULL,
    elapsed_s REAL NOT NULL,
    room INTEGER NOT NULL,
    loads TEXT NOT NULL
);
CREATE INDEX run_pace_run ON run_pace(run_id);
"""
PACE_INDEXES = """
CREATE INDEX generations_pace ON generations(
    run_id, status, recalled_run, created_at, latency_s, ttft_s, prompt_tokens, completion_tokens
);
CREATE INDEX scores_judged ON scores(generation_id, version, created_at) WHERE scorer = 'js';
"""


REASONS = "ALTER TABLE judge_calls ADD COLUMN reason TEXT NOT NULL DEFAULT ''"


# Some answers of a run, asked for again to see whether they hold.
VERIFICATIONS = """
CREATE TABLE verifications (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    spec TEXT NOT NULL,
    problem TEXT,
    owner TEXT NOT NULL,
    heartbeat REAL NOT NULL,
    created_at REAL NOT NULL,
    finished_at REAL,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX verifications_run ON verifications(run_id, created_at);
CREATE TABLE verification_answers (
    verification_id TEXT NOT NULL REFERENCES verifications(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'same', 'differs', 'failed')),
    before TEXT NOT NULL,
    em_before REAL,
    shown TEXT NOT NULL,
    text TEXT,
    em REAL,
    problem TEXT,
    PRIMARY KEY (verification_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX verification_answers_sample ON verification_answers(sample_id);
"""


@migrations()
def m001_first_schema(db: sqlite_utils.Database) -> None:
    """Tasks, samples, runs, generations, scores, judge calls, human answers, drafts, events."""
    for statement in statements(FIRST):
        db.execute(statement)


@migrations()
def m002_search(db: sqlite_utils.Database) -> None:
    """An index of trigrams over questions, answers and gold."""
    for statement in statements(SEARCH):
        db.execute(statement)


@migrations()
def m003_measures(db: sqlite_utils.Database) -> None:
    """What was worked out of a run's samples, and how often they have changed."""
    for statement in statements(MEASURES):
        db.execute(statement)


@migrations()
def m004_imported_runs(db: sqlite_utils.Database) -> None:
    """Runs read from other tools' logs: what each log said, and every row of it as it was."""
    for statement in statements(IMPORTED):
        db.execute(statement)


@migrations()
def m005_calibrations(db: sqlite_utils.Database) -> None:
    """Judges asked about answers whose verdict is known."""
    for statement in statements(CALIBRATIONS):
        db.execute(statement)


@migrations()
def m006_reasons(db: sqlite_utils.Database) -> None:
    """Why a chat model that judges decided as it did."""
    db.execute(REASONS)


@migrations()
def m007_started_by(db: sqlite_utils.Database) -> None:
    """Whose browser began a run: a visitor may stop and resume his own. Of earlier runs nobody knows."""
    db.execute("ALTER TABLE runs ADD COLUMN started_by TEXT NOT NULL DEFAULT ''")


@migrations()
def m008_recalled_answers(db: sqlite_utils.Database) -> None:
    """Answers that later runs may take instead of asking again. Of earlier ones it is not known what they depend on."""
    for statement in statements(ASKED + RECALLED):
        db.execute(statement)


@migrations()
def m009_verifications(db: sqlite_utils.Database) -> None:
    """Answers of runs that were asked for again."""
    for statement in statements(VERIFICATIONS):
        db.execute(statement)


@migrations()
def m010_pace(db: sqlite_utils.Database) -> None:
    """How full the stages of each spell of work were; indexes over the times of answers and verdicts."""
    for statement in statements(PACE + PACE_INDEXES):
        db.execute(statement)


for _step in (*migrations_bench.STEPS, *migrations_people.STEPS, *migrations_bench.LATER):
    migrations()(_step)

KNOWN = frozenset(migration.name for migration in migrations._migrations)
SCHEMA_VERSION = len(KNOWN)
