"""Somebody's own SQL over the studio's file, an exported run, or runs of the studio as if exported: it only reads."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import quote

from studio.core.errors import BadInput
from studio.core.sql import SqlTable
from studio.store.export import COPIES
from studio.store.export_views import view_names, views
from studio.store.query_shown import inlined

# What a statement may do: read, and call functions that touch no file.
_MAY = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_BANNED = {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"}
# Ways into other people's runs stay unseen even here: they read as NULL.
_SECRET = {("runs", "ticket"), ("runs", "started_by")}


def read_file(path: Path, sql: str, limit: int) -> SqlTable:
    """What a statement finds in a SQLite file, such as an exported run. Raises BadInput."""
    if not path.is_file():
        raise BadInput("sql_no_file", file=path)
    with _connected(_address(path)) as connection:
        return _found(connection, sql, limit)


def read_runs(path: Path, runs: Sequence[str], sql: str, limit: int) -> SqlTable:
    """What a statement finds in runs of the studio's file as they would be exported, nothing withheld: of one its
    tables and views by their names, of several their `v_samples` as `a.v_samples`, `b.v_samples`…"""
    with _connected(":memory:") as connection:
        connection.execute("ATTACH DATABASE ? AS src", (_address(path),))
        for run in runs:
            if not connection.execute("SELECT 1 FROM src.runs WHERE id = ?", (run,)).fetchone():
                raise BadInput("unknown_run", run=run)
        if len(runs) == 1:
            _lay(connection, runs[0])
        for name, run in zip(ascii_lowercase, runs if len(runs) > 1 else (), strict=False):
            _lay(connection, run)
            connection.execute(f"ATTACH DATABASE ':memory:' AS {name}")
            connection.execute(f"CREATE TABLE {name}.v_samples AS SELECT * FROM temp.v_samples")
            _lift(connection)
        return _found(connection, sql, limit)


def _lay(connection: sqlite3.Connection, run: str) -> None:
    """The run's tables and views, as views that are gone with the connection."""
    for table, condition in COPIES:
        where = inlined(condition, {"run": run})
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM src.{table} WHERE {where}")
    for view in views("TEMP VIEW"):
        connection.execute(view)


def _lift(connection: sqlite3.Connection) -> None:
    for name in (*reversed(view_names()), *(table for table, _ in COPIES)):
        connection.execute(f"DROP VIEW temp.{name}")


@contextmanager
def _connected(address: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(address, uri=True)) as connection:
        try:
            yield connection
        except sqlite3.Error as error:
            raise _refused(error) from error


def _address(path: Path) -> str:
    """Opened for reading alone, whatever the file's rights."""
    return f"file:{quote(str(path.resolve()))}?mode=ro"


def _found(connection: sqlite3.Connection, sql: str, limit: int) -> SqlTable:
    connection.execute("PRAGMA query_only=ON")
    # A virtual table declares itself when it is first met, which counts as making one: these are met before.
    connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
    connection.set_authorizer(_allowed)
    cursor = connection.execute(sql)
    rows = cursor.fetchmany(limit + 1)
    columns = tuple(column[0] for column in cursor.description or ())
    return SqlTable(columns, tuple(rows[:limit]), len(rows) > limit)


def _allowed(action: int, first: str | None, second: str | None, base: str | None, _view: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if second in _BANNED else sqlite3.SQLITE_OK
    if action not in _MAY:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_IGNORE if (first, second) in _SECRET else sqlite3.SQLITE_OK


def _refused(error: sqlite3.Error) -> BadInput:
    """SQLite's own words about the statement, and what may be read."""
    words = str(error)
    if any(sign in words for sign in ("not authorized", "prohibited", "readonly", "cannot modify")):
        return BadInput("sql_only_reads", reason=words)
    return BadInput("sql_refused", reason=words, views=", ".join(view_names()))
