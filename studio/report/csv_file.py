"""The leaderboard as CSV: a line for each model and task, and for each total. Raw numbers with a decimal point."""

import csv
import io
from collections.abc import Iterator

from studio.core.leaderboard import Board, BoardCell, BoardRow
from studio.core.totals import Measure
from studio.report.spreadsheet import safe
from studio.report.words import row_names, source_of
from studio.texts.figures import decimal

HEAD = (
    "model", "kind", "revision", "judge", "profile", "suite", "weighting", "public", "metric", "what", "modality",
    "mean", "low", "high", "error", "n", "clusters", "unscored", "failed", "run", "source", "remarks",
)  # fmt: skip


def csv_text(board: Board) -> str:
    """UTF-8 text with a heading. `what` is a task, a modality, `total`, `attempted` or `coverage`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    names = row_names(board, "en")
    for row in board.rows:
        head = [safe(value) for value in (names[row.key], row.kind, row.revision, row.judge, row.profile)]
        asked = board.asked
        head += [asked.suite, asked.weighting, "in" if asked.public else "out", asked.metric]
        writer.writerows([*head, *line] for line in _lines(board, row))
    return out.getvalue()


def _lines(board: Board, row: BoardRow) -> Iterator[list[object]]:
    source, shared = source_of(row), [remark.code for remark in row.remarks]
    for column in board.columns:
        if (cell := row.cells.get(column.name)) is not None:
            remarks = [*shared, *(remark.code for remark in cell.remarks)]
            numbers = _numbers(cell.measure, cell)
            yield [column.name, column.modality, *numbers, cell.run, source, " ".join(remarks)]
    totals: dict[str, Measure | None] = {str(name): measure for name, measure in row.modalities.items()}
    totals |= {"attempted": row.attempted, "total": row.total}
    for name, measure in totals.items():
        if measure is not None:
            yield [name, "", *_numbers(measure, None), "", source, " ".join(shared)]
    if row.coverage is not None:
        yield ["coverage", "", _number(row.coverage), *[""] * 8, source, " ".join(shared)]


def _numbers(measure: Measure | None, cell: BoardCell | None) -> list[object]:
    """mean, low, high, error, n, clusters, unscored, failed; what is not known is empty."""
    counts = (
        [cell.unscored, cell.failed] if cell else [measure.unscored, measure.failed] if measure else [0, 0]
    )
    if measure is None:
        return [*[""] * 6, *counts]
    known = [_number(value) for value in (measure.mean, measure.low, measure.high, measure.error)]
    if measure.n is None:
        counts_known: list[object] = ["", ""]
    else:
        counts_known = list(counts)
    sizes = ["" if value is None else value for value in (measure.n, measure.clusters)]
    return [*known, *sizes, *counts_known]


def _number(value: float | None) -> str:
    return "" if value is None else decimal(value, "en", 6)
