"""The numbers of a chart as CSV: what is drawn, line by line, with what stands around it in comments."""

import csv
import io
from collections.abc import Sequence

from studio.core.plots import Bar, Bars, Forest, Grid, Lanes, Plot
from studio.report.spreadsheet import safe
from studio.texts import Lang, t

Row = list[str | float | int | None]


def csv_of(plot: Plot, lang: Lang) -> bytes:
    """UTF-8 with a mark of it, so that spreadsheets read Russian; numbers with a point, as programs do."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in table_of(plot, lang):
        writer.writerow([_safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def table_of(plot: Plot, lang: Lang) -> list[Row]:
    """The headings, then a row for each number drawn."""
    match plot:
        case Forest():
            return _forest(plot, lang)
        case Grid():
            heads: Row = [
                plot.corner,
                t("chart.csv.column", lang),
                t("chart.csv.value", lang),
                t("chart.csv.text", lang),
            ]
            return [heads, *_cells(plot)]
        case Bars(series=series, bars=bars):
            line: Row = [t("chart.csv.line", lang), *(each.name for each in series)]
            return [line, *_bars(bars)]
        case Lanes():
            return _lanes(plot, lang)


def _forest(plot: Forest, lang: Lang) -> list[Row]:
    names = {series.tone: series.name for series in plot.series}
    found: list[Row] = [[t(f"chart.csv.{name}", lang) for name in ("line", "series", "value", "low", "high")]]
    for line in plot.lines:
        found += [
            [line.name, names.get(spot.tone, ""), spot.value, spot.low, spot.high] for spot in line.spots
        ]
    return found


def _cells(plot: Grid) -> list[Row]:
    return [
        [name, column, cell.value, " ".join(filter(None, (cell.text, cell.below)))]
        for name, cells in plot.rows
        for column, cell in zip(plot.columns, cells, strict=True)
        if cell
    ]


def _bars(bars: Sequence[Bar]) -> list[Row]:
    return [[bar.name, *bar.parts] for bar in bars]


def _lanes(plot: Lanes, lang: Lang) -> list[Row]:
    names = [t(f"chart.csv.{name}", lang) for name in ("lane", "series")]
    found: list[Row] = [[*names, plot.axis, t("chart.csv.value", lang)]]
    for lane in plot.lanes:
        for curve in lane.curves:
            pairs = zip(curve.at, curve.values, strict=False)  # bars have an edge more than values
            found += [[lane.name, curve.name, at, value] for at, value in pairs]
    return found


def _safe(value: str | float | int | None) -> str | float | int | None:
    """A name that a spreadsheet would take for a formula stays a name."""
    return safe(value) if isinstance(value, str) else value
