"""The forest plot of totals: as a value that the page draws, and as a PNG of the same."""

from studio.core.errors import BadInput
from studio.core.leaderboard import Board, BoardRow, Chart, ChartLine
from studio.core.totals import Measure
from studio.report.drawing import drawn
from studio.report.plots_beside import totals_forest
from studio.report.words import conditions, row_names
from studio.texts import Lang, t
from studio.texts.figures import decimal


def chart_of(board: Board, lang: Lang) -> Chart:
    """Rows that have a total, the highest first; no lines where none has."""
    names = row_names(board, lang)
    words = conditions(board, lang)
    lines = [
        _line(row, row.total, names[row.key], lang)
        for row in sorted(board.rows, key=lambda row: -row.total.mean if row.total else 0)
        if row.total is not None
    ]
    title = t("board.chart.title", lang, suite=words["suite"])
    note = t("board.chart.note", lang, **{name: words[name] for name in ("metric", "weighting", "public")})
    return Chart(title, note[:1].upper() + note[1:], tuple(lines), "," if lang == "ru" else ".")


def png(chart: Chart, lang: Lang) -> bytes:
    """The chart as a PNG. Raises BadInput for a chart without lines."""
    if not chart.lines:
        raise BadInput("board_no_chart")
    return drawn(totals_forest(chart, lang), "png", lang)


def _line(row: BoardRow, total: Measure, name: str, lang: Lang) -> ChartLine:
    return ChartLine(row.key, name, row.kind, total.mean, total.low, total.high, _label(total, row, lang))


def _label(total: Measure, row: BoardRow, lang: Lang) -> str:
    """«0,412 [0,38; 0,44] · n 1804»; what is published says so instead."""
    if total.low is None or total.high is None:
        return f"{decimal(total.mean, lang, 3)} · {t(f'board.kind.{row.kind}', lang)}"
    low, high = (decimal(value, lang, 2) for value in (total.low, total.high))
    return f"{decimal(total.mean, lang, 3)} [{low}{'; ' if lang == 'ru' else ', '}{high}] · n {total.n}"
