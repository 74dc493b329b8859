"""Opening the file safely: pragmas, one connection a thread, and errors said in words.

Two processes may share one file: WAL lets them read while one writes, `busy_timeout` makes a writer wait.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils

from studio.core.errors import StoreError
from studio.query import folded
from studio.store.migrations import APPLICATION_ID, KNOWN, migrations

Row = dict[str, Any]
BUSY_TIMEOUT_MS = 10_000
ERASING_S = 30.0
# Pages of the file that a connection keeps in memory. Each thread has one, and a page of the studio may be served by
# forty: with 64 MB each a run of 100,000 samples held three times as much, and was no quicker anywhere.
CACHE_KB = 8 * 1024


class Database:
    """A SQLite file of the studio. Raises StoreError: not a database, foreign, newer schema, read-only, disk full."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, sqlite_utils.Database]] = []
        self._lock = threading.Lock()
        with self.errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()

    def connection(self) -> sqlite_utils.Database:
        """The calling thread's connection."""
        db: sqlite_utils.Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._connect()
            self._local.db = db
        return db

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        with self.errors():
            cursor = self.connection().conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, values, strict=True)) for values in cursor]

    def streamed(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        """Rows one at a time, for more of them than should be held. Whoever takes them writes nothing in between."""
        with self.errors():
            cursor = self.connection().conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            for values in cursor:
                yield dict(zip(names, values, strict=True))

    def tuples(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows without names: of a hundred thousand rows the names alone would take longer than the query."""
        with self.errors():
            return list(self.connection().conn.execute(sql, parameters).fetchall())

    def column(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        """The first value of each row; the rows themselves are let go as they come."""
        with self.errors():
            return [row[0] for row in self.connection().conn.execute(sql, parameters)]

    def each(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows without names, one by one: long texts of a whole run need not be there at once."""
        with self.errors():
            yield from self.connection().conn.execute(sql, parameters)

    def row(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def scalar(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        with self.errors():
            found = self.connection().conn.execute(sql, parameters).fetchone()
            return found[0] if found else None

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that takes the write lock at once, so that two writers queue instead of colliding."""
        with self.errors(), _whole(self.connection().conn) as connection:
            yield connection

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """What is deleted or replaced in here is afterwards in no byte of the file nor of its log. The file is written
        anew for it: SQLite's secure_delete leaves copies where a page was split. Raises StoreError when others read or
        write for so long that this could not be done; it may be done again."""
        yield
        with self.errors():
            self.connection().conn.execute("VACUUM")
            self._truncate_log(self.connection().conn)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns SQLite's and the file system's words into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise _translated(error, self.path) from error
        except OSError as error:
            raise StoreError("store_unwritable", path=self.path, reason=error.strerror or error) from error

    def close(self) -> None:
        """Closes every thread's connection."""
        with self._lock:
            for _, db in self._all:
                db.close()
            self._all.clear()
        self._local = threading.local()

    def _connect(self) -> sqlite_utils.Database:
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False)
        db = sqlite_utils.Database(connection)
        # SQLite's own lower() knows only ASCII; Russian needs Python's.
        connection.create_function("casefold", 1, fold, deterministic=True)
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys=ON")
        # NORMAL in WAL mode: a killed process loses nothing; only a power cut may lose the last transactions.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        with self._lock:
            self._drop_ended()
            self._all.append((threading.current_thread(), db))
        return db

    def _drop_ended(self) -> None:
        """Closes the connections of threads that have ended: a server starts some for every run."""
        ended = [db for thread, db in self._all if not thread.is_alive()]
        self._all = [(thread, db) for thread, db in self._all if thread.is_alive()]
        for db in ended:
            db.close()

    def _prepare(self) -> None:
        db = self.connection()
        if self._current(db):
            self._check_writable(db)
            return
        self._switch_to_wal(db)
        # A step that makes a table anew drops the old one, and with it would go whatever refers to it. The switch does
        # nothing inside a transaction.
        db.execute("PRAGMA foreign_keys=OFF")
        try:
            self._migrate(db)
        finally:
            db.execute("PRAGMA foreign_keys=ON")

    def _migrate(self, db: sqlite_utils.Database) -> None:
        # Two processes may open a new file at the same moment: the lock lets one make it and the other find it made.
        with _whole(db.conn):
            if not self._current(db):
                db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
                migrations.apply(db)

    def _current(self, db: sqlite_utils.Database) -> bool:
        """Whether the schema is there and of today. Raises StoreError for a file that is not ours or newer than us."""
        tables = set(db.table_names())
        application = db.execute("PRAGMA application_id").fetchone()[0]
        if tables and application != APPLICATION_ID:
            raise StoreError("store_foreign", path=self.path)
        if "_sqlite_migrations" not in tables:
            return False
        unknown = {m.name for m in migrations.applied(db)} - KNOWN
        if unknown:
            raise StoreError("store_newer", path=self.path, migrations=", ".join(sorted(unknown)))
        return not migrations.pending(db)

    def _truncate_log(self, connection: sqlite3.Connection) -> None:
        """SQLite waits for readers, but not for another checkpoint: that one is over soon, so we try again."""
        end = time.monotonic() + ERASING_S
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > end:
                raise StoreError("store_locked", path=self.path)
            time.sleep(0.02)

    def _switch_to_wal(self, db: sqlite_utils.Database) -> None:
        """SQLite does not wait for this switch as it waits for other locks, so we do."""
        end = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        while True:
            try:
                db.enable_wal()
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def _check_writable(self, db: sqlite_utils.Database) -> None:
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.rollback()


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written in the block, or nothing of it: also after Ctrl-C."""
    connection.execute("BEGIN IMMEDIATE")
    with ExitStack() as undo:
        undo.callback(connection.rollback)
        yield connection
        connection.commit()
        undo.pop_all()


def _translated(error: sqlite3.Error, path: Path) -> StoreError:
    words = str(error).lower()
    if "not a database" in words or "malformed" in words:
        return StoreError("store_foreign", path=path)
    if "readonly" in words or "unable to open" in words:
        return StoreError("store_readonly", path=path)
    if "disk is full" in words or "disk i/o" in words:
        return StoreError("store_full", path=path)
    if "locked" in words or "busy" in words:
        return StoreError("store_locked", path=path)
    return StoreError("store_error", path=path, reason=str(error))


# `json.dumps` with arguments makes an encoder at each call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: Any) -> str:
    """JSON as stored: readable Cyrillic, no spaces."""
    return _ENCODER.encode(value)


def load(text: str | None) -> Any:
    return json.loads(text) if text else None


def fold(text: str | None) -> str:
    """Text as it is searched: case folded, ё as е."""
    return folded(text or "")
