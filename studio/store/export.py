"""A run as a file of its own: plain SQLite with views, readable without the studio."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from studio.core.errors import BadInput
from studio.core.places import embedder_named, judge_named
from studio.store.database import Database, dump, load
from studio.store.export_people import add_people
from studio.store.export_views import views
from studio.store.migrations import (
    APPLICATION_ID,
    FIRST,
    IMPORTED,
    PACE,
    REASONS,
    RECALLED,
    SCHEMA_VERSION,
)
from studio.store.migrations_bench import FACTS, JUDGINGS, LABELS, REASON_BOOKS, SCORERS, SEALED
from studio.store.script import statements

_BOOKS = "SELECT book_id FROM src.reason_runs WHERE run_id = :run"
COPIES = (
    ("runs", "id = :run"),
    ("tasks", "id IN (SELECT task_id FROM src.run_samples WHERE run_id = :run)"),
    ("samples", "id IN (SELECT sample_id FROM src.run_samples WHERE run_id = :run)"),
    ("task_categories", "task_id IN (SELECT task_id FROM src.run_samples WHERE run_id = :run)"),
    ("sample_categories", "sample_id IN (SELECT sample_id FROM src.run_samples WHERE run_id = :run)"),
    ("generations", "run_id = :run"),
    (
        "scorers",
        "name IN (SELECT substr(x.version, instr(x.version, '+') + 1) FROM src.scores x JOIN src.generations g"
        " ON g.id = x.generation_id WHERE g.run_id = :run AND x.version GLOB 'studio-*+*')",
    ),
    ("criteria", "version IN (SELECT criteria FROM src.labels WHERE run_id = :run)"),
    ("labels", "run_id = :run"),
    ("standing_labels", "run_id = :run"),
    ("draws", "run_id = :run"),
    ("draw_samples", "draw_id IN (SELECT id FROM src.draws WHERE run_id = :run)"),
    ("run_samples", "run_id = :run"),
    ("run_texts", "run_id = :run"),
    ("scores", "generation_id IN (SELECT id FROM src.generations WHERE run_id = :run)"),
    (
        "judge_calls",
        "score_id IN (SELECT x.id FROM src.scores x JOIN src.generations g ON g.id = x.generation_id"
        " WHERE g.run_id = :run)",
    ),
    ("judgings", "run_id = :run"),
    ("reason_books", f"id IN ({_BOOKS})"),
    ("reason_runs", "run_id = :run"),
    ("reason_groups", f"book_id IN ({_BOOKS})"),
    ("reason_edits", f"book_id IN ({_BOOKS})"),
    (
        "reason_moves",
        f"run_id = :run AND edit_id IN (SELECT id FROM src.reason_edits WHERE book_id IN ({_BOOKS}))",
    ),
    (
        "reason_changes",
        f"edit_id IN (SELECT id FROM src.reason_edits WHERE book_id IN ({_BOOKS}))",
    ),
    ("reason_samples", "run_id = :run"),
    ("human_answers", "run_id = :run"),
    ("events", "run_id = :run"),
    ("run_pace", "run_id = :run"),
    ("logs", "run_id = :run"),
    ("log_rows", "generation_id IN (SELECT id FROM src.generations WHERE run_id = :run)"),
)


# Pictures, sounds and clips go along while the file stays one that can be mailed; a benchmark's thousands do not.
MEDIA_LIMIT_BYTES = 64 * 2**20


# What a filter leaves out goes in this order: what hangs on a sample, on an answer of it, on a score of that.
_NARROWED = (
    *((table, "sample_id NOT IN (SELECT sample_id FROM kept)") for table in (
        "run_samples", "generations", "sample_categories", "labels", "standing_labels", "draw_samples",
        "human_answers", "reason_samples", "reason_moves",
    )),
    ("samples", "id NOT IN (SELECT sample_id FROM kept)"),
    ("run_texts", "number NOT IN (SELECT number FROM run_samples)"),
    ("tasks", "id NOT IN (SELECT task_id FROM run_samples)"),
    ("task_categories", "task_id NOT IN (SELECT task_id FROM run_samples)"),
    ("scores", "generation_id NOT IN (SELECT id FROM generations)"),
    ("log_rows", "generation_id NOT IN (SELECT id FROM generations)"),
    ("judge_calls", "score_id NOT IN (SELECT id FROM scores)"),
)  # fmt: skip
# As in the studio's file, without its index: what a filter by texts is written over.
_TEXTS = """CREATE TABLE run_texts (
    id INTEGER PRIMARY KEY, run_id TEXT NOT NULL, number INTEGER NOT NULL, question TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '', gold TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', UNIQUE (run_id, number)
)"""


@dataclass(frozen=True)
class Kept:
    """What a filter keeps of a run: its words, and the numbers of the samples."""

    where: str
    numbers: Sequence[int]


def export_run(
    db: Database,
    run_id: str,
    target: Path,
    *,
    media: bool | None = None,
    kept: Kept | None = None,
    people: bool = False,
) -> Path:
    """Writes the run and all that it refers to into a new file `target` (replaced if it exists), with views.

    `media` True puts the files of public tasks into the table `media`, False leaves them out, None puts them in up to
    MEDIA_LIMIT_BYTES altogether; those of private tasks never go along, nor does their gold. Of a filter only the
    samples that it `kept` go along, with all that hangs on them; the file's `studio_export` says so. With `people` a
    run of people takes along what each of them answered, by number. The file is whole or absent: it is
    written beside `target` and renamed. Secrets (the annotator's ticket) and folders of this machine are left out.
    Raises BadInput for an unknown run or an impossible target, StoreError when the disk is full.
    """
    if not db.scalar("SELECT 1 FROM runs WHERE id = ?", (run_id,)):
        raise BadInput("unknown_run", run=run_id)
    with written_whole(db, target) as partial:
        _write(db.path, run_id, partial, media, kept, people)
    return target


@contextmanager
def written_whole(db: Database, target: Path) -> Iterator[Path]:
    """A file beside `target` to write to, which takes its place at the end; after a failure nothing is left of it.
    Raises BadInput for an impossible target, StoreError when the disk is full."""
    if target.exists() and target.samefile(db.path):
        raise BadInput("export_onto_itself", path=target)
    if not target.parent.is_dir():
        raise BadInput("export_no_folder", path=target.parent)
    partial = target.with_name(f".{target.name}.{os.getpid()}.{time.time_ns()}.part")
    try:
        with db.errors():
            yield partial
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _write(
    source: Path, run_id: str, target: Path, media: bool | None, kept: Kept | None, people: bool
) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=MEMORY")
        for statement in (
            *statements(FIRST + IMPORTED),
            REASONS,
            *statements(RECALLED + PACE + LABELS + JUDGINGS + SCORERS + FACTS + REASON_BOOKS),
            SEALED,
        ):
            connection.execute(statement)
        connection.execute("DROP TABLE run_texts")
        connection.execute(_TEXTS)
        connection.execute("ATTACH DATABASE ? AS src", (str(source),))
        connection.execute("BEGIN")
        for table, condition in COPIES:
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM src.{table} WHERE {condition}",
                {"run": run_id},
            )
        total = connection.execute("SELECT COUNT(*) FROM main.run_samples").fetchone()[0]
        _narrow(connection, kept)
        connection.execute("UPDATE main.runs SET ticket = NULL, owner = NULL")
        further = add_people(connection, run_id) if people else ()
        _add_media(connection, media)
        _forget_private_gold(connection)
        _forget_folders(connection)
        _forget_addresses(connection)
        _describe(connection, run_id, kept.where if kept else "", total)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE src")
        for view in (*views(), *further):
            connection.execute(view)
        connection.execute("DROP TABLE drafts")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _narrow(connection: sqlite3.Connection, kept: Kept | None) -> None:
    """Leaves the samples that a filter keeps, and what hangs on them."""
    if kept is None:
        return
    connection.execute(
        "CREATE TEMP TABLE kept AS SELECT sample_id FROM main.run_samples WHERE number IN"
        " (SELECT value FROM json_each(?))",
        (dump(list(kept.numbers)),),
    )
    for table, condition in _NARROWED:
        connection.execute(f"DELETE FROM main.{table} WHERE {condition}")
    connection.execute("DROP TABLE temp.kept")


def _add_media(connection: sqlite3.Connection, wanted: bool | None) -> None:
    """The media themselves, once each, if their files are still what was asked about."""
    connection.execute(
        "CREATE TABLE main.media"
        " (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, modality TEXT NOT NULL, bytes BLOB NOT NULL)"
    )
    found = connection.execute(
        "SELECT DISTINCT m.value ->> 'sha256', m.value ->> 'path', m.value ->> 'modality'"
        " FROM main.samples s JOIN main.tasks t ON t.id = s.task_id, json_each(s.media) AS m"
        " WHERE t.access = 'public' AND m.value ->> 'sha256' <> ''"
    ).fetchall()
    files = [(sha256, Path(path), modality) for sha256, path, modality in found if Path(path).is_file()]
    if wanted is None:
        wanted = sum(path.stat().st_size for _, path, _ in files) <= MEDIA_LIMIT_BYTES
    if not wanted:
        return
    for sha256, path, modality in files:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == sha256:
            connection.execute(
                "INSERT OR IGNORE INTO main.media VALUES (?, ?, ?, ?)", (sha256, path.name, modality, content)
            )


def _forget_private_gold(connection: sqlite3.Connection) -> None:
    """Gold of private tasks and whatever tells it: how an answer was compared, hints in a record's meta, the hash
    over a record with its gold or over what a judge read, from which a letter is guessed in four tries, a judge's
    reason, what a reviewer wrote, and (of a log) the row with all of it."""
    private = "task_id IN (SELECT id FROM main.tasks WHERE access = 'private')"
    connection.execute(f"UPDATE main.run_samples SET decided = NULL WHERE {private}")
    connection.execute(
        "UPDATE main.samples SET gold = NULL, content_hash = '', meta = json_patch('{}',"
        " json_object('id', json_extract(meta, '$.id'), 'group_id', json_extract(meta, '$.group_id')))"
        f" WHERE {private}"
    )
    connection.execute(
        "UPDATE main.run_texts SET gold = '', reason = '' WHERE number IN"
        f" (SELECT number FROM main.run_samples WHERE {private})"
    )
    connection.execute(
        "UPDATE main.scores SET detail = '{}' WHERE generation_id IN (SELECT g.id FROM main.generations g"
        f" WHERE g.sample_id IN (SELECT id FROM main.samples WHERE {private}))"
    )
    connection.execute(
        "UPDATE main.judge_calls SET input_sha256 = '', reason = '' WHERE score_id IN (SELECT x.id FROM main.scores x"
        " JOIN main.generations g ON g.id = x.generation_id"
        f" WHERE g.sample_id IN (SELECT id FROM main.samples WHERE {private}))"
    )
    connection.execute(
        "UPDATE main.labels SET note = '', tags = '[]' WHERE sample_id IN"
        f" (SELECT id FROM main.samples WHERE {private})"
    )
    _forget_private_groups(connection, private)
    connection.execute(
        "UPDATE main.log_rows SET raw = X'', packed = 0 WHERE generation_id IN (SELECT g.id FROM main.generations g"
        f" WHERE g.sample_id IN (SELECT id FROM main.samples WHERE {private}))"
    )


def _forget_private_groups(connection: sqlite3.Connection, private: str) -> None:
    """In which group an answer is tells how it stands to its gold, and so may the words of the group."""
    samples = f"sample_id IN (SELECT id FROM main.samples WHERE {private})"
    touched = (
        f"SELECT book_id FROM main.reason_samples WHERE {samples} UNION SELECT e.book_id FROM main.reason_edits e"
        f" JOIN main.reason_moves m ON m.edit_id = e.id WHERE m.{samples}"
    )
    books = [row[0] for row in connection.execute(touched).fetchall()]
    for book in books:
        connection.execute(
            "UPDATE main.reason_groups SET name = '', words = '[]', titles = '{}', decided = '', typical = '[]'"
            " WHERE book_id = ?",
            (book,),
        )
        connection.execute("UPDATE main.reason_edits SET detail = '{}' WHERE book_id = ?", (book,))
        connection.execute(
            "UPDATE main.reason_changes SET before = '{}', after = '{}' WHERE edit_id IN"
            " (SELECT id FROM main.reason_edits WHERE book_id = ?)",
            (book,),
        )
    connection.execute(f"DELETE FROM main.reason_samples WHERE {samples}")
    connection.execute(f"DELETE FROM main.reason_moves WHERE {samples}")


def _forget_folders(connection: sqlite3.Connection) -> None:
    """Paths of this machine say nothing elsewhere, and may say too much: only names go along."""
    connection.create_function("basename", 1, _last_name, deterministic=True)
    connection.execute("UPDATE main.tasks SET source = basename(source) WHERE source NOT LIKE 'hub:%'")
    connection.execute("UPDATE main.tasks SET info = json_set(info, '$.source', source)")
    rows = connection.execute("SELECT id, media FROM main.samples WHERE media <> '[]'").fetchall()
    for sample_id, text in rows:
        entries = [{**entry, "path": Path(entry["path"]).name} for entry in load(text)]
        connection.execute("UPDATE main.samples SET media = ? WHERE id = ?", (dump(entries), sample_id))


def _forget_addresses(connection: sqlite3.Connection) -> None:
    """Where a network's servers stand is nobody's business elsewhere, nor is the id of a person who answered, and
    options of a command may hold a token."""
    connection.create_function("named", 1, _named, deterministic=True)
    connection.create_function("embedder", 1, _embedder, deterministic=True)
    connection.create_function("unplaced", 1, _unplaced, deterministic=True)
    connection.execute(
        "UPDATE main.runs SET spec = json_set(spec, '$.servers', json('[]'), '$.vllm_args', '',"
        " '$.judge', named(json_extract(spec, '$.judge')))"
    )
    connection.execute(
        "UPDATE main.reason_edits SET detail = json_set(detail, '$.spec.embed',"
        " embedder(json_extract(detail, '$.spec.embed')))"
        " WHERE json_extract(detail, '$.spec.embed') IS NOT NULL"
    )
    connection.execute(
        "UPDATE main.judgings SET owner = NULL, spec = json_set(spec, '$.judge', named(json_extract(spec, '$.judge')))"
    )
    connection.execute(
        "UPDATE main.runs SET resolved = json_replace(resolved, '$.engine.device', '',"
        " '$.engine.weights', unplaced(json_extract(resolved, '$.engine.weights')))"
        " WHERE json_extract(resolved, '$.engine.engine') LIKE 'server:%'"
    )
    connection.execute("UPDATE main.runs SET resolved = json_remove(resolved, '$.people.person')")
    connection.execute(
        "UPDATE main.runs SET resolved = json_set(resolved, '$.judge.device', '')"
        " WHERE json_extract(resolved, '$.judge.source') = 'server'"
    )
    connection.execute(
        "UPDATE main.events SET detail = json_remove(detail, '$.engine.device', '$.engine.weights', '$.device')"
        " WHERE kind IN ('resolved', 'judge', 'verified')"
    )
    for table in ("generations", "scores", "judge_calls", "runs", "judgings"):
        connection.execute(
            f"UPDATE main.{table} SET problem = json_set(problem, '$.values.url', '…')"
            " WHERE json_extract(problem, '$.values.url') IS NOT NULL"
        )


def _last_name(path: str | None) -> str | None:
    return Path(path).name if path else path


def _unplaced(weights: str | None) -> str | None:
    """What a server calls its weights: a hub's name stays, of a folder on its machine the last part."""
    return _last_name(weights) if weights and weights.startswith("/") else weights


def _embedder(name: str | None) -> str | None:
    return embedder_named(name) if name else name


def _named(judge: str | None) -> str | None:
    return judge_named(judge) if judge else judge


def _describe(connection: sqlite3.Connection, run_id: str, where: str, total: int) -> None:
    """What the file holds: `where` is the filter that its samples were chosen by, empty of a whole run."""
    samples = connection.execute("SELECT COUNT(*) FROM main.run_samples").fetchone()[0]
    connection.execute("CREATE TABLE main.studio_export (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany(
        "INSERT INTO main.studio_export VALUES (?, ?)",
        [
            ("format", "mera-studio-run"),
            ("schema_version", str(SCHEMA_VERSION)),
            ("run_id", run_id),
            ("where", where),
            ("samples", str(samples)),
            ("samples_of_run", str(total)),
            ("exported_at", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())),
        ],
    )
