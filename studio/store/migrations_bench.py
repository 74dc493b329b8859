"""Steps of the schema that the workbench needs. `migrations` applies them after its own, in the order of STEPS."""

from collections.abc import Callable

import sqlite_utils

from studio.store.facts import answer_mark
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
# What filters go by, beside the scores: reading it out of 100,000 answers with their texts takes a second, out of rows
# of the plan a thirtieth of one. `answer_mark` is equal for answers that say the same, so that runs can be compared.
FACTS = """
ALTER TABLE run_samples ADD COLUMN length INTEGER;
ALTER TABLE run_samples ADD COLUMN finish TEXT;
ALTER TABLE run_samples ADD COLUMN tokens INTEGER;
ALTER TABLE run_samples ADD COLUMN latency_s REAL;
ALTER TABLE run_samples ADD COLUMN decided TEXT;
ALTER TABLE run_samples ADD COLUMN answer_mark INTEGER;
"""
FACTS_OF_OLD_RUNS = """
UPDATE run_samples SET length = length(g.text), finish = g.finish_reason, tokens = g.completion_tokens,
    latency_s = g.latency_s, answer_mark = answer_mark(g.text),
    decided = (SELECT json_extract(x.detail, '$.decided') FROM scores x
               WHERE x.generation_id = g.id AND x.scorer = 'em' ORDER BY x.id DESC LIMIT 1)
FROM generations g WHERE g.id = run_samples.generation_id AND g.status = 'ok';
CREATE INDEX run_samples_beside ON run_samples(run_id, sample_id, em, js, answer_mark);
CREATE INDEX samples_modality ON samples(task_id, modality);
CREATE INDEX samples_prompt ON samples(task_id, prompt_id);
"""
# Question, answer, gold and the judge's reason each in a column of its own: a filter may ask for one of them, and
# whoever may not see gold searches the others. Texts keep their ids, of which a search makes use.
TEXTS = """
DROP TRIGGER run_texts_added;
DROP TRIGGER run_texts_removed;
DROP TRIGGER run_texts_changed;
DROP TABLE run_search;
CREATE TABLE run_texts_anew (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    gold TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (run_id, number)
);
INSERT INTO run_texts_anew (id, run_id, number, question, answer, gold, reason)
    SELECT rt.id, rt.run_id, rt.number, casefold(s.question), casefold(substr(COALESCE(g.text, ''), 1, 4000)),
        casefold(CASE json_type(s.gold) WHEN 'text' THEN json_extract(s.gold, '$')
            WHEN 'array' THEN (SELECT group_concat(value, char(10)) FROM json_each(s.gold)) ELSE '' END),
        casefold(substr(COALESCE((SELECT group_concat(c.reason, char(10)) FROM judge_calls c WHERE c.score_id =
            (SELECT x.id FROM scores x WHERE x.generation_id = g.id AND x.scorer = 'js' ORDER BY x.id DESC LIMIT 1)),
            ''), 1, 4000))
    FROM run_texts rt JOIN run_samples rs ON rs.run_id = rt.run_id AND rs.number = rt.number
    JOIN samples s ON s.id = rs.sample_id LEFT JOIN generations g ON g.id = rs.generation_id AND g.status = 'ok'
    ORDER BY rt.id;
DROP TABLE run_texts;
ALTER TABLE run_texts_anew RENAME TO run_texts;
CREATE VIRTUAL TABLE run_search USING fts5(
    question, answer, gold, reason, content='run_texts', content_rowid='id', tokenize='trigram', detail='full'
);
INSERT INTO run_search (run_search) VALUES ('rebuild');
CREATE TRIGGER run_texts_added AFTER INSERT ON run_texts BEGIN
    INSERT INTO run_search (rowid, question, answer, gold, reason)
    VALUES (new.id, new.question, new.answer, new.gold, new.reason); END;
CREATE TRIGGER run_texts_removed AFTER DELETE ON run_texts BEGIN
    INSERT INTO run_search (run_search, rowid, question, answer, gold, reason)
    VALUES ('delete', old.id, old.question, old.answer, old.gold, old.reason); END;
CREATE TRIGGER run_texts_changed AFTER UPDATE ON run_texts BEGIN
    INSERT INTO run_search (run_search, rowid, question, answer, gold, reason)
    VALUES ('delete', old.id, old.question, old.answer, old.gold, old.reason);
    INSERT INTO run_search (rowid, question, answer, gold, reason)
    VALUES (new.id, new.question, new.answer, new.gold, new.reason); END;
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


def m014_facts(db: sqlite_utils.Database) -> None:
    """What filters go by stands in the plan's rows; texts are searched by question, answer, gold and reason."""
    db.conn.create_function("answer_mark", 1, answer_mark, deterministic=True)
    for statement in statements(FACTS + FACTS_OF_OLD_RUNS + TEXTS):
        db.execute(statement)


# Groups of failures that are kept. A book is the grouping of one set of runs; what is done to it (a grouping by the
# engine, a name, a move) is an edit with all that it changed, before and after: it can be taken back, and nothing is
# lost. What stands now is worked out in the same transaction: `reason_samples`, and the columns of `reason_groups`.
# A `group_id` of 0 is no group; NULL in a move: the answer was not in the book.
REASON_BOOKS = """
CREATE TABLE reason_books (
    id INTEGER PRIMARY KEY,
    created_at REAL NOT NULL
);
CREATE TABLE reason_runs (
    book_id INTEGER NOT NULL REFERENCES reason_books(id) ON DELETE CASCADE,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    PRIMARY KEY (book_id, run_id)
) WITHOUT ROWID;
CREATE INDEX reason_runs_run ON reason_runs(run_id);
CREATE TABLE reason_groups (
    id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES reason_books(id) ON DELETE CASCADE,
    alive INTEGER NOT NULL DEFAULT 0,
    made INTEGER NOT NULL DEFAULT 0,
    merged INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    trait TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '[]',
    titles TEXT NOT NULL DEFAULT '{}',
    decided TEXT NOT NULL DEFAULT '',
    typical TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX reason_groups_book ON reason_groups(book_id);
CREATE TABLE reason_edits (
    id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES reason_books(id) ON DELETE CASCADE,
    action TEXT NOT NULL CHECK (action IN ('group', 'rename', 'move', 'merge', 'make', 'remove', 'undo')),
    detail TEXT NOT NULL DEFAULT '{}',
    author TEXT NOT NULL DEFAULT '',
    client_id TEXT NOT NULL,
    undoes INTEGER REFERENCES reason_edits(id),
    n INTEGER NOT NULL DEFAULT 0,
    created_at REAL NOT NULL,
    UNIQUE (book_id, client_id)
);
CREATE INDEX reason_edits_undoes ON reason_edits(undoes);
CREATE TABLE reason_moves (
    edit_id INTEGER NOT NULL REFERENCES reason_edits(id) ON DELETE CASCADE,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    generation_id INTEGER,
    group_before INTEGER,
    pinned_before INTEGER NOT NULL DEFAULT 0,
    group_after INTEGER,
    pinned_after INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (edit_id, run_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX reason_moves_run ON reason_moves(run_id, sample_id);
CREATE INDEX reason_moves_sample ON reason_moves(sample_id);
CREATE TABLE reason_changes (
    edit_id INTEGER NOT NULL REFERENCES reason_edits(id) ON DELETE CASCADE,
    group_id INTEGER NOT NULL REFERENCES reason_groups(id) ON DELETE CASCADE,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (edit_id, group_id)
) WITHOUT ROWID;
CREATE INDEX reason_changes_group ON reason_changes(group_id);
CREATE TABLE reason_samples (
    book_id INTEGER NOT NULL REFERENCES reason_books(id) ON DELETE CASCADE,
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    task_id INTEGER NOT NULL REFERENCES tasks(id),
    group_id INTEGER NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (book_id, run_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX reason_samples_group ON reason_samples(book_id, group_id, run_id, task_id, pinned);
CREATE INDEX reason_samples_run ON reason_samples(run_id, group_id, sample_id);
CREATE INDEX reason_samples_sample ON reason_samples(sample_id);
CREATE INDEX reason_samples_task ON reason_samples(task_id);
"""
# Another answer is another failure, or none; and a book whose runs are all gone is nobody's.
REASON_TRIGGERS = """
CREATE TRIGGER run_samples_regrouped AFTER UPDATE OF generation_id ON run_samples
WHEN new.generation_id IS NOT old.generation_id AND old.generation_id IS NOT NULL BEGIN
    DELETE FROM reason_samples WHERE run_id = new.run_id AND sample_id = new.sample_id; END;
CREATE TRIGGER reason_runs_removed AFTER DELETE ON reason_runs
WHEN NOT EXISTS (SELECT 1 FROM reason_runs WHERE book_id = old.book_id) BEGIN
    DELETE FROM reason_books WHERE id = old.book_id; END;
"""


def m015_reasons(db: sqlite_utils.Database) -> None:
    """Groups of failures that are kept and edited."""
    for statement in statements(REASON_BOOKS + REASON_TRIGGERS):
        db.execute(statement)


# What a task's samples share with each other, by which errors are clustered. A stored task never changes.
TASK_MEMOS = """
CREATE TABLE task_memos (
    task_id INTEGER PRIMARY KEY REFERENCES tasks(id) ON DELETE CASCADE,
    stamp TEXT NOT NULL,
    found TEXT NOT NULL
);
"""


def m016_task_memos(db: sqlite_utils.Database) -> None:
    """What samples of a task share is remembered."""
    for statement in statements(TASK_MEMOS):
        db.execute(statement)


# What was worked out of a run's samples and costs a page more than a moment: its columns, what its judges said, the
# first reading of its answers. Each holds as long as the stamp that it was worked out at is the run's.
RUN_MEMOS = """
CREATE TABLE run_memos (
    run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,
    found BLOB NOT NULL,
    PRIMARY KEY (run_id, name)
);
"""


def m017_run_memos(db: sqlite_utils.Database) -> None:
    """Columns of runs and what was read out of their answers are remembered."""
    for statement in statements(RUN_MEMOS):
        db.execute(statement)


STEPS: tuple[Callable[[sqlite_utils.Database], None], ...] = (
    m011_labels,
    m012_judgings,
    m013_scorers,
    m014_facts,
    m015_reasons,
    m016_task_memos,
    m017_run_memos,
)


SEALED = "ALTER TABLE labels ADD COLUMN sealed INTEGER"


def m023_sealed_labels(db: sqlite_utils.Database) -> None:
    """Whether scores were hidden from whoever gave a label; of earlier labels nobody knows."""
    db.execute(SEALED)


LATER: tuple[Callable[[sqlite_utils.Database], None], ...] = (m023_sealed_labels,)
