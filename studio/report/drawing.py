"""A chart's value drawn as SVG and PNG, or told as CSV."""

from collections.abc import Mapping
from typing import Any

from studio.core.errors import BadInput
from studio.core.plots import Bars, ChartFormat, Forest, Grid, Lane, Lanes, Plot, Series
from studio.report.plot_table import csv_of
from studio.report.sheet import EDGE, GAP, HEAT, INK, RULE, SMALL, SOFT, TEXT, TONES, WIDTH, Sheet, literal
from studio.texts import Lang
from studio.texts.figures import decimal

NAMES_AT_MOST, LABELS_AT_MOST = 3.2, 2.9  # inches
SPOT, PAD = 0.17, 0.13
TINY = 7.0  # points, below a cell's number
CELL_WIDE, CELL_HIGH, HEADS_AT_MOST = 0.78, 0.36, 1.7
BAR, LANE = 0.3, 1.15
ACROSS = "chance"  # a level, drawn through the whole line
FEET = 0.32  # for the numbers of an axis


def drawn(plot: Plot, form: ChartFormat, lang: Lang) -> bytes:
    """The file. Raises BadInput for a chart in which there is nothing to draw."""
    if is_empty(plot):
        raise BadInput("chart_empty", title=plot.head.title)
    if form == "csv":
        return csv_of(plot, lang)
    sheet = _drawn(plot, lang)
    return sheet.saved(form, plot.head.title)


def is_empty(plot: Plot) -> bool:
    """Whether there is nothing to draw."""
    match plot:
        case Forest(lines=lines):
            return not any(line.spots for line in lines)
        case Grid(rows=rows):
            return not any(cell for _, cells in rows for cell in cells)
        case Bars(bars=bars):
            return not any(sum(bar.parts) for bar in bars)
        case Lanes(lanes=lanes):
            return not any(curve.values for lane in lanes for curve in lane.curves)


def _drawn(plot: Plot, lang: Lang) -> Sheet:
    match plot:
        case Forest():
            return _forest(plot, lang)
        case Grid():
            return _grid(plot)
        case Bars():
            return _bars(plot, lang)
        case Lanes():
            return _lanes(plot)


# a forest


def _forest(plot: Forest, lang: Lang) -> Sheet:
    highs = [PAD + SPOT * max(1, sum(spot.tone != ACROSS for spot in line.spots)) for line in plot.lines]
    height = sum(highs)
    sheet = Sheet(plot.head, height + FEET, series=plot.series)
    left = _names_width(sheet, [line.name for line in plot.lines])
    right = min(LABELS_AT_MOST, max((sheet.measured(line.label, SMALL) for line in plot.lines), default=0.0))
    wide = sheet.inside - left - GAP - (right + GAP if right else 0)
    axes = sheet.axes(EDGE + left + GAP, 0, wide, height)
    axes.set_xlim(plot.low, plot.high)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.grid(axis="x", color=RULE)
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, lang))
    _ground(axes, plot)
    y = 0.0
    for line, high in zip(plot.lines, highs, strict=True):
        _line(sheet, axes, line, y, high, left, wide, right)
        y += high
    return sheet


def _ground(axes: Any, plot: Forest) -> None:
    """What lies behind: zero where there are numbers below it, and a band."""
    if plot.low < 0 < plot.high:
        axes.axvline(0, color=SOFT, linewidth=1)
    if band := plot.band:
        axes.axvspan(band.low, band.high, color=TONES[band.tone], alpha=0.12, linewidth=0)
        axes.axvline(band.value, color=TONES[band.tone], linewidth=1, linestyle=(0, (3, 3)))


def _line(
    sheet: Sheet, axes: Any, line: Any, top: float, high: float, left: float, wide: float, right: float
) -> None:
    middle = top + high / 2
    weight = "bold" if line.strong else "normal"
    sheet.text(sheet.fitted(line.name, left, TEXT, weight), EDGE + left, middle, ha="right", weight=weight)
    if line.note and not line.spots:
        sheet.text(
            sheet.fitted(line.note, wide, SMALL), EDGE + left + GAP * 2, middle, size=SMALL, color=SOFT
        )
    if line.label:
        words = sheet.fitted(line.label, right, SMALL)
        sheet.text(words, EDGE + left + GAP + wide + GAP, middle, size=SMALL, color=SOFT)
    for spot in line.spots:
        if spot.tone == ACROSS:
            ends = [top + PAD / 3, top + high - PAD / 3]
            axes.plot([spot.value] * 2, ends, color=TONES[ACROSS], linewidth=2.4, solid_capstyle="butt")
    for place, spot in enumerate(spot for spot in line.spots if spot.tone != ACROSS):
        y, colour = top + PAD / 2 + SPOT * (place + 0.5), TONES[spot.tone]
        if spot.low is not None and spot.high is not None:
            axes.plot([spot.low, spot.high], [y, y], color=colour, linewidth=1.8, solid_capstyle="butt")
            axes.plot([spot.low, spot.high], [y, y], "|", color=colour, markersize=6, markeredgewidth=1.4)
        face = "white" if spot.hollow else colour
        axes.plot([spot.value], [y], "o", color=colour, markerfacecolor=face, markersize=5.5, clip_on=False)


def _names_width(sheet: Sheet, names: list[str]) -> float:
    return min(NAMES_AT_MOST, max(sheet.measured(name, TEXT, "bold") for name in names) + 0.05)


def _tick(value: float, lang: Lang) -> str:
    digits = 0 if abs(value - round(value)) < 1e-9 else 1 if abs(value * 10 - round(value * 10)) < 1e-9 else 2
    return decimal(value, lang, digits).replace("-", "−")


# a grid


def _grid(plot: Grid) -> Sheet:
    probe = Sheet(plot.head, 1)
    left = _names_width(probe, [plot.corner, *(name for name, _ in plot.rows)])
    cells = [cell for _, row in plot.rows for cell in row if cell]
    widest = max(max(probe.measured(cell.text, TEXT), probe.measured(cell.below, TINY)) for cell in cells)
    headed = max(probe.measured(name, SMALL) for name in plot.columns)
    step, room = max(CELL_WIDE, widest + 0.14), probe.inside - left - GAP
    turned = max(step, headed + 0.2) * len(plot.columns) > room
    heads = GAP + (min(HEADS_AT_MOST, headed) if turned else 0.2)
    high = CELL_HIGH * (1.25 if any(cell.below for cell in cells) else 1)
    slant = heads * 0.6 if turned else 0  # the last heading leans out to the right
    width = max(WIDTH, left + GAP + step * len(plot.columns) + slant + 2 * EDGE)
    sheet = Sheet(plot.head, heads + high * len(plot.rows), width=width)
    if not turned:
        step = max(step, headed + 0.2)
    start = EDGE + left + GAP
    for place, name in enumerate(plot.columns):
        at = (
            {"ha": "left", "rotation": 60, "va": "bottom", "rotation_mode": "anchor"}
            if turned
            else {"ha": "center"}
        )
        words = sheet.fitted(name, HEADS_AT_MOST if turned else step, SMALL)
        sheet.text(
            words,
            start + step * (place + 0.5),
            heads - (0.05 if turned else 0.14),
            size=SMALL,
            color=SOFT,
            **at,
        )
    axes = sheet.axes(start, heads, step * len(plot.columns), high * len(plot.rows))
    axes.set_xlim(0, len(plot.columns))
    axes.set_ylim(len(plot.rows), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for number, (name, row) in enumerate(plot.rows):
        sheet.text(sheet.fitted(name, left), EDGE + left, heads + high * (number + 0.5), ha="right")
        for place, cell in enumerate(row):
            if cell:
                _cell(axes, cell, place, number)
    return sheet


def _cell(axes: Any, cell: Any, column: int, row: int) -> None:
    from matplotlib.patches import Rectangle

    colour, ink, alpha = "#f1efe9", INK, 1.0
    if cell.heat is not None:
        colour = HEAT[min(len(HEAT) - 1, max(0, int(cell.heat * len(HEAT))))]
    elif cell.tone:
        colour, alpha = TONES[cell.tone], 0.2
    axes.add_patch(
        Rectangle((column + 0.02, row + 0.04), 0.96, 0.92, facecolor=colour, alpha=alpha, linewidth=0)
    )
    middle = row + (0.36 if cell.below else 0.5)
    axes.text(column + 0.5, middle, literal(cell.text), ha="center", va="center", size=TEXT, color=ink)
    if cell.below:
        below = {"ha": "center", "va": "center", "size": TINY, "color": SOFT}
        axes.text(column + 0.5, row + 0.74, literal(cell.below), **below)


# bars


def _bars(plot: Bars, lang: Lang) -> Sheet:
    height = BAR * len(plot.bars)
    sheet = Sheet(plot.head, height + FEET, series=plot.series)
    left = _names_width(sheet, [bar.name for bar in plot.bars])
    right = min(LABELS_AT_MOST, max((sheet.measured(bar.label, SMALL) for bar in plot.bars), default=0.0))
    wide = sheet.inside - left - GAP - (right + GAP if right else 0)
    axes = sheet.axes(EDGE + left + GAP, 0, wide, height)
    longest = 1.0 if plot.shares else max(sum(bar.parts) for bar in plot.bars)
    axes.set_xlim(0, longest)
    axes.set_ylim(len(plot.bars), 0)
    axes.set_yticks([])
    axes.grid(axis="x", color=RULE)
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, lang))
    for place, bar in enumerate(plot.bars):
        weight = "bold" if bar.strong else "normal"
        words = sheet.fitted(bar.name, left, TEXT, weight)
        sheet.text(words, EDGE + left, BAR * (place + 0.5), ha="right", weight=weight)
        if bar.label:
            label = sheet.fitted(bar.label, right, SMALL)
            sheet.text(label, EDGE + left + GAP + wide + GAP, BAR * (place + 0.5), size=SMALL, color=SOFT)
        _pieces(sheet, axes, plot, bar, place, wide / longest)
    return sheet


def _pieces(sheet: Sheet, axes: Any, plot: Bars, bar: Any, place: int, inch: float) -> None:
    whole, start = sum(bar.parts), 0.0
    for series, n in zip(plot.series, bar.parts, strict=True):
        if not n:
            continue
        long = n / whole if plot.shares else n
        axes.barh(place + 0.5, long, left=start, height=0.66, color=TONES[series.tone], linewidth=0)
        words = f"{n:g}"
        if sheet.measured(words, SMALL) + 0.08 < long * inch:
            axes.text(
                start + long / 2, place + 0.52, words, ha="center", va="center", size=SMALL, color="white"
            )
        start += long


# lanes


def _lanes(plot: Lanes) -> Sheet:
    tall = LANE if len(plot.lanes) > 1 else 2.4
    high = tall + 0.3
    alone = plot.lanes[0].curves if len(plot.lanes) == 1 else ()
    series = [Series(curve.tone, curve.name) for curve in alone] if len(alone) > 1 else []
    sheet = Sheet(plot.head, high * len(plot.lanes) + FEET, series=series)
    lows = [curve.at[0] for lane in plot.lanes for curve in lane.curves if curve.at]
    highs = [curve.at[-1] for lane in plot.lanes for curve in lane.curves if curve.at]
    for place, lane in enumerate(plot.lanes):
        top = high * place
        sheet.text(lane.name, EDGE, top + 0.1, weight="bold", size=SMALL)
        sheet.text(lane.top, EDGE + sheet.inside, top + 0.1, ha="right", size=SMALL, color=SOFT)
        axes = sheet.axes(EDGE, top + 0.24, sheet.inside, tall)
        axes.set_xlim(min(lows), max(highs))
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(True)
        axes.spines["bottom"].set_color(RULE)
        for cut in plot.cuts:
            axes.axvline(cut, color=SOFT, linewidth=0.8, linestyle=(0, (2, 2)))
        _curves(axes, lane)
        last = place == len(plot.lanes) - 1
        axes.set_xticks(
            [at for at, _ in plot.ticks] if last else [], [word for _, word in plot.ticks] if last else []
        )
    return sheet


def _curves(axes: Any, lane: Lane) -> None:
    import numpy as np

    ground: Mapping[str, Any] = {}
    base = np.zeros(max((len(curve.values) for curve in lane.curves if curve.form == "bars"), default=0))
    for curve in lane.curves:
        colour = TONES[curve.tone]
        if curve.form == "bars":
            edges = np.asarray(curve.at)
            wide = np.diff(edges)
            axes.bar(
                edges[:-1], curve.values, wide * 0.92, base, align="edge", color=colour, linewidth=0, **ground
            )
            base = base + np.asarray(curve.values)
        elif curve.form == "area":
            axes.fill_between(curve.at, curve.values, color=colour, alpha=0.2, linewidth=0)
            axes.plot(curve.at, curve.values, color=colour, linewidth=1.2)
        else:
            dashes = (0, (4, 3)) if curve.form == "dashed" else "-"
            axes.plot(curve.at, curve.values, color=colour, linewidth=1.4, linestyle=dashes)
    low, high = axes.get_ylim()
    axes.set_ylim(min(0.0, low), high if high > 0 else 1)
