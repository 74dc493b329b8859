"""`leaderboard`: models by tasks with totals, as words, JSON, or a file."""

import argparse
from pathlib import Path
from typing import Any

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.errors import BadInput
from studio.core.leaderboard import BOARD_FORMATS, BOARD_METRICS, SUITES, Board, BoardAsked, BoardRow
from studio.core.totals import WEIGHTINGS, Measure
from studio.texts.board import conditions, remark_text, row_names

TABLE = "table"
MOST_MODELS = 3  # whose tasks are listed one by one


def leaderboard(arguments: argparse.Namespace, screen: Screen) -> int:
    form, out = arguments.format, arguments.out
    if form == TABLE and out:
        raise BadInput("board_out_useless")
    if form == "png" and not out:
        raise BadInput("board_out_needed")
    asked = BoardAsked(
        suite=arguments.suite or "",
        weighting=arguments.weighting,
        public=arguments.public is not False,
        metric=arguments.metric,
        published=arguments.published is not False,
        people=arguments.people is not False,
        runs=tuple(arguments.run or ()),
    )
    with opened(arguments) as studio:
        for run in asked.runs:
            studio.run(run)
        if form != TABLE:
            return _written(studio.leaderboard_file(asked, form, screen.lang), out, screen)
        board = studio.leaderboard(asked)
    _print(board, screen)
    screen.result({**_json(board), "names": row_names(board, screen.lang)})
    return 0


def _written(data: bytes, out: Path | None, screen: Screen) -> int:
    if out is None and not screen.as_json:
        screen.raw(data.decode().rstrip("\n"))
        return 0
    if out is None:
        screen.result({"text": data.decode()})
        return 0
    try:
        out.write_bytes(data)
    except OSError as error:
        raise BadInput("cli_cannot_write", file=str(out), reason=error.strerror or str(error)) from error
    screen.say(screen.text("cli.leaderboard.done", file=str(out), kb=(len(data) + 1023) // 1024))
    screen.result({"file": str(out), "bytes": len(data)})
    return 0


def _json(board: Board) -> dict[str, Any]:
    """The value as it is; the two metrics, sizes and titles of the tasks are in `columns`."""
    return {"asked": board.asked, "totalled": board.totalled, "columns": board.columns, "rows": board.rows}


def _print(board: Board, screen: Screen) -> None:
    words = conditions(board, screen.lang)
    screen.say(f"{words['suite']}: {words['metric']}.")
    if board.totalled:
        screen.say(f"Total: {words['weighting']}{words['public']}.")
    screen.say()
    if not any(row.ours for row in board.rows):
        screen.note("cli.leaderboard.none")
    names = row_names(board, screen.lang)
    if board.totalled:
        _print_totals(board, names, screen)
        screen.say()
    _print_tasks(board, names, screen)
    _print_remarks(board, names, screen)


def _print_totals(board: Board, names: dict[str, str], screen: Screen) -> None:
    head = [screen.text(f"board.{name}") for name in ("model", "total", "attempted", "coverage")]
    head.insert(2, "n")
    head += [screen.text(f"board.modality.{modality}") for modality in board.modalities]
    rows = [
        [
            names[row.key],
            _interval(row.total, screen),
            "—" if row.total is None or row.total.n is None else str(row.total.n),
            _interval(row.attempted, screen),
            number(row.coverage, screen.lang),
            *(_interval(row.modalities.get(modality), screen) for modality in board.modalities),
            screen.text(f"board.kind.{row.kind}"),
        ]
        for row in board.rows
    ]
    last = screen.text("cli.leaderboard.kind")
    screen.table([*head, last], rows, numbers=range(1, len(head)))


def _print_tasks(board: Board, names: dict[str, str], screen: Screen) -> None:
    """Tasks as rows, for the few models that were measured here; of many a terminal has no room."""
    rows = [row for row in board.rows if row.ours]
    if 0 < len(rows) <= MOST_MODELS:
        head = [screen.text("cli.scores.task"), *(names[row.key] for row in rows)]
        lines = [
            [column.name, *(_task(row, column.name, screen) for row in rows)] for column in board.columns
        ]
        screen.table(head, lines, numbers=range(1, len(head)))
    elif rows:
        screen.say(screen.text("cli.leaderboard.wide"))


def _task(row: BoardRow, task: str, screen: Screen) -> str:
    cell = row.cells.get(task)
    if cell is None:
        return "—"
    if cell.measure is None:
        return screen.text("board.no_score")
    return f"{_interval(cell.measure, screen)} n={cell.measure.n}"


def _interval(measure: Measure | None, screen: Screen) -> str:
    """0,712 [0,66; 0,76]; what is published has no interval."""
    if measure is None:
        return "—"
    if measure.low is None:
        return number(measure.mean, screen.lang)
    low, high = (number(bound, screen.lang, 2) for bound in (measure.low, measure.high))
    return f"{number(measure.mean, screen.lang)} [{low}{'; ' if screen.lang == 'ru' else ', '}{high}]"


def _print_remarks(board: Board, names: dict[str, str], screen: Screen) -> None:
    lines = []
    for row in board.rows:
        said = [remark_text(remark, screen.lang) for remark in row.remarks if row.kind != "published"]
        said += [
            f"{task}: {remark_text(remark, screen.lang)}"
            for task, cell in row.cells.items()
            for remark in cell.remarks
        ]
        lines += [f"  {names[row.key]}: {'; '.join(said)}"] if said else []
    if lines:
        screen.say()
        screen.say(screen.text("cli.leaderboard.remarks"))
        for line in lines:
            screen.say(line)


_SWITCH = argparse.BooleanOptionalAction

COMMANDS = (
    Command(
        "leaderboard",
        leaderboard,
        (
            option("--suite", choices=SUITES, key="board_suite"),
            option("--weighting", choices=WEIGHTINGS, default="formula"),
            option("--metric", choices=BOARD_METRICS, default="final", key="board_metric"),
            option("--public", action=_SWITCH, key="board_public"),
            option("--published", action=_SWITCH, key="board_published"),
            option("--people", action=_SWITCH, key="board_people"),
            option("--run", action="append", metavar="run", key="board_run"),
            option("--format", choices=(TABLE, *BOARD_FORMATS), default=TABLE, key="board_format"),
            option("--out", type=Path, metavar="file", key="board_out"),
            DB,
        ),
    ),
)
