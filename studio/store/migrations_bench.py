"""Steps of the schema that the workbench needs. `migrations` applies them after its own, in the order of STEPS."""

from collections.abc import Callable

import sqlite_utils

from studio.store.script import statements

# What reviewers say of answers. Rows are only added: a label supersedes the reviewer's earlier one, an undo the label
# that it takes back. Which of them stand is worked out in the same transaction, as is what the reviewers of a sample
# say together (`run_samples.human`): pages filter and count 100,000 samples by it.
LABELS = """
CREATE TABLE criteria (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    created_at REAL NOT NULL
);
CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    generation_id INTEGER NOT NULL REFERENCES generations(id) ON DELETE CASCADE,
    reviewer TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('label', 'undo')),
    verdict TEXT CHECK (verdict IN ('right', 'wrong', 'unsure', 'bad')),
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    criteria INTEGER REFERENCES criteria(version),
    blind INTEGER NOT NULL DEFAULT 1,
    client_id TEXT NOT NULL,
    supersedes INTEGER REFERENCES labels(id),
    created_at REAL NOT NULL,
    CHECK ((action = 'label') = (verdict IS NOT NULL)),
    UNIQUE (run_id, client_id)
);
CREATE INDEX labels_of_run ON labels(run_id, reviewer, id);
CREATE INDEX labels_sample ON labels(sample_id);
CREATE INDEX labels_generation ON labels(generation_id, reviewer);
CREATE INDEX labels_criteria ON labels(criteria);
CREATE INDEX labels_supersedes ON labels(supersedes);
CREATE TABLE standing_labels (
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    reviewer TEXT NOT NULL,
    label_id INTEGER NOT NULL REFERENCES labels(id) ON DELETE CASCADE,
    PRIMARY KEY (run_id, sample_id, reviewer)
) WITHOUT ROWID;
CREATE INDEX standing_labels_sample ON standing_labels(sample_id);
CREATE INDEX standing_labels_label ON standing_labels(label_id);
CREATE TABLE draws (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    by_task INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    filter TEXT NOT NULL,
    strata TEXT NOT NULL,
    created_at REAL NOT NULL,
    UNIQUE (run_id, number)
);
CREATE TABLE draw_samples (
    draw_id INTEGER NOT NULL REFERENCES draws(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    probability REAL NOT NULL,
    PRIMARY KEY (draw_id, place),
    UNIQUE (draw_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX draw_samples_sample ON draw_samples(sample_id);
ALTER TABLE run_samples ADD COLUMN human TEXT CHECK (human IN ('right', 'wrong', 'unsure', 'bad'));
CREATE INDEX run_samples_human ON run_samples(run_id, human, task_id, cell) WHERE human IS NOT NULL;
"""
# A label speaks of the answer that it was given to, whoever writes the next one. And it changes no score: measures that
# are remembered until a sample changes need not be worked out again for it.
LABEL_TRIGGERS = """
CREATE TRIGGER run_samples_reasked AFTER UPDATE OF generation_id ON run_samples
WHEN new.generation_id IS NOT old.generation_id AND old.human IS NOT NULL BEGIN
    DELETE FROM standing_labels WHERE run_id = new.run_id AND sample_id = new.sample_id;
    UPDATE run_samples SET human = NULL WHERE run_id = new.run_id AND number = new.number; END;
DROP TRIGGER run_samples_changed;
CREATE TRIGGER run_samples_changed AFTER UPDATE OF
    sample_id, task_id, state, generation_id, em, js, em_status, js_status, cell, probability, truncated ON run_samples
BEGIN
    INSERT INTO run_changes (run_id, changes) VALUES (new.run_id, 1)
    ON CONFLICT (run_id) DO UPDATE SET changes = changes + 1; END;
"""

# Further judges asked about a run's answers. Their verdicts are rows of `scores` under their own names; here stands
# what was asked, and how far it is.
JUDGINGS = """
CREATE TABLE judgings (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    spec TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    total INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    unscored INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    owner TEXT,
    heartbeat REAL,
    created_at REAL NOT NULL,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX judgings_run ON judgings(run_id, created_at);
"""


def m011_labels(db: sqlite_utils.Database) -> None:
    """Labels of reviewers, the criteria they were given under, and random parts of runs drawn for labelling."""
    for statement in statements(LABELS + LABEL_TRIGGERS):
        db.execute(statement)


def m012_judgings(db: sqlite_utils.Database) -> None:
    """Several judges on one run."""
    for statement in statements(JUDGINGS):
        db.execute(statement)


# Sets of rules of Exact Match under a name. A run's `profile` says which it is scored by; scores of others stay.
SCORERS = """
CREATE TABLE scorers (
    name TEXT PRIMARY KEY,
    rules TEXT NOT NULL,
    created_at REAL NOT NULL
) WITHOUT ROWID;
"""


def m013_scorers(db: sqlite_utils.Database) -> None:
    """Named sets of rules of Exact Match."""
    for statement in statements(SCORERS):
        db.execute(statement)


STEPS: tuple[Callable[[sqlite_utils.Database], None], ...] = (m011_labels, m012_judgings, m013_scorers)
