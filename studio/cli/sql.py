"""`sql`: the statements behind a page's numbers, and one's own over runs; it only reads."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli.door import DB, WHERE, opened
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, number
from studio.core.errors import BadInput
from studio.core.run import SampleFilter
from studio.core.sql import SQL_PAGES, SqlAsked, SqlTable

if TYPE_CHECKING:
    from studio.service import Studio

SHOWN = 1000


def sql(arguments: argparse.Namespace, screen: Screen) -> int:
    if bool(arguments.of) == bool(arguments.sql):
        raise BadInput("sql_or_page")
    with opened(arguments) as studio:
        if arguments.of:
            return _shown(studio, arguments, screen)
        limit = arguments.limit or SHOWN
        found = studio.sql.read(arguments.sql, tuple(arguments.run), arguments.export, limit)
    rows = [[_cell(value, screen) for value in row] for row in found.rows]
    numbers = [place for place in range(len(found.columns)) if _is_number(found, place)]
    screen.table(found.columns, rows, numbers=numbers)
    if found.more:
        screen.note("cli.sql.cut", n=limit)
    screen.result(
        {
            "columns": found.columns,
            "rows": [[_plain(value) for value in row] for row in found.rows],
            "more": found.more,
        }
    )
    return 0


def _shown(studio: "Studio", arguments: argparse.Namespace, screen: Screen) -> int:
    where = SampleFilter(where=arguments.where or "", task=arguments.task or "")
    options = {"mark": arguments.mark or "", "threshold": arguments.threshold or ""}
    asked = SqlAsked(arguments.of, tuple(arguments.run), where, options)
    found = studio.sql.of(asked)
    for each in found:
        screen.say(f"-- {screen.text(f'sql.what.{each.key}')}\n{each.sql}\n")
    told = [
        {"what": each.key, "title": screen.text(f"sql.what.{each.key}"), "sql": each.sql} for each in found
    ]
    screen.result({"page": asked.page, "runs": asked.runs, "statements": told})
    return 0


def _cell(value: Any, screen: Screen) -> str:
    if isinstance(value, float):
        return number(value, screen.lang, 4)
    return "—" if value is None else str(_plain(value))


def _plain(value: Any) -> Any:
    """Bytes are told by their number."""
    return f"<{len(value)} B>" if isinstance(value, bytes) else value


def _is_number(found: SqlTable, place: int) -> bool:
    return any(isinstance(row[place], int | float) for row in found.rows)


COMMANDS = (
    Command(
        "sql",
        sql,
        (
            option("sql", nargs="?", default="", metavar="statement", key="sql_statement"),
            option("--of", choices=SQL_PAGES, default="", key="sql_of"),
            option("--run", action="append", default=[], metavar="run", key="sql_run"),
            option("--export", type=Path, metavar="file", key="sql_export"),
            option("--task", metavar="task", key="task_filter"),
            WHERE,
            option("--mark", choices=("em", "js"), key="sql_mark"),
            option("--threshold", metavar="share", key="sql_threshold"),
            option("--limit", type=whole(1), metavar="n", key="limit_rows"),
            DB,
        ),
    ),
)
