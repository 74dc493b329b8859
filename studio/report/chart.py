"""The forest plot of totals: as a value that the page draws, and as a PNG of the same."""

import io
from typing import Any

from studio.core.errors import BadInput
from studio.core.leaderboard import Board, BoardRow, Chart, ChartLine
from studio.core.totals import Measure
from studio.report.words import conditions, row_names
from studio.texts import Lang, t
from studio.texts.figures import decimal

# Colours of the page's light theme (components/assets/studio.css) that stay apart for the colour-blind.
COLOURS = {
    "measured": "#0b5d6b", "person": "#b26a00", "imported": "#2450ac", "published": "#5e6a72", "baseline": "#5e6a72",
}  # fmt: skip
MARKS = {"measured": "o", "person": "s", "imported": "^", "published": "D", "baseline": "D"}
HOLLOW = {"published", "baseline"}
INK, LINE = "#1b2328", "#e2ded5"
LINE_INCHES, HEAD_INCHES = 0.3, 1.5
DPI = 160


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


def png(chart: Chart) -> bytes:
    """The chart as a PNG. Raises BadInput for a chart without lines."""
    if not chart.lines:
        raise BadInput("board_no_chart")
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy: only when a picture is asked for
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, HEAD_INCHES + LINE_INCHES * len(chart.lines)), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    _draw(figure.add_subplot(), chart)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor="white", metadata={"Title": chart.title, "Software": None})
    return out.getvalue()


def _line(row: BoardRow, total: Measure, name: str, lang: Lang) -> ChartLine:
    return ChartLine(row.key, name, row.kind, total.mean, total.low, total.high, _label(total, row, lang))


def _label(total: Measure, row: BoardRow, lang: Lang) -> str:
    """«0,412 [0,38; 0,44] · n 1804»; what is published says so instead."""
    if total.low is None or total.high is None:
        return f"{decimal(total.mean, lang, 3)} · {t(f'board.kind.{row.kind}', lang)}"
    low, high = (decimal(value, lang, 2) for value in (total.low, total.high))
    return f"{decimal(total.mean, lang, 3)} [{low}{'; ' if lang == 'ru' else ', '}{high}] · n {total.n}"


def _draw(axes: Any, chart: Chart) -> None:
    """DejaVu Sans, which comes with matplotlib, has Cyrillic."""
    axes.set_title(
        chart.title, loc="left", color=INK, fontsize=12, fontweight="bold", fontfamily="DejaVu Sans"
    )
    for place, line in enumerate(chart.lines):
        colour = COLOURS[line.kind]
        if line.low is not None and line.high is not None:
            axes.plot(
                [line.low, line.high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt"
            )
        filled = "white" if line.kind in HOLLOW else colour
        axes.plot([line.mean], [place], MARKS[line.kind], color=colour, markerfacecolor=filled, markersize=6)
        axes.annotate(
            _literal(line.label),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
            color=INK,
        )
    axes.set_yticks(
        range(len(chart.lines)), [_literal(line.name) for line in chart.lines], fontsize=9, color=INK
    )
    axes.set_ylim(len(chart.lines) - 0.4, -0.6)
    top = max([line.mean if line.high is None else line.high for line in chart.lines])
    axes.set_xlim(0, min(1.0, top * 1.08 or 1.0))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.2g}".replace(".", chart.decimal_mark))
    axes.grid(axis="x", color=LINE)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(_literal(chart.note), fontsize=7.5, color=INK, wrap=True, loc="left")


def _literal(text: str) -> str:
    """A name with dollars in it is no formula."""
    return text.replace("$", r"\$")
