"""A forest plot as SVG: rows with a name above and marks with their intervals below, on one axis.

Lengths along the axis are per cents, so the plot fits any screen and its letters keep their size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from components.format import share
from components.widgets.text import attr, safe
from studio.texts import Lang

NAME, LINE, GAP, FOOT = 24, 15, 10, 26  # px
STEP = 0.25


@dataclass(frozen=True)
class Mark:
    """A number with its interval; `kind` names its colour (`fo-<kind>`), `name` what it is."""

    kind: str
    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ForestRow:
    """A line of the plot; `note` stands where there is nothing to draw. `strong`: of everything together."""

    name: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Ceiling:
    """A band across the plot, such as people's agreement among themselves."""

    value: float
    low: float
    high: float


def forest_html(rows: Sequence[ForestRow], label: str, lang: Lang, band: Ceiling | None = None) -> str:
    """The plot; `label` says to whoever cannot see it what is drawn. The numbers stand in a table beside it."""
    tops, height = [], 4
    for row in rows:
        tops.append(height)
        height += NAME + LINE * max(1, len(row.marks)) + GAP
    start = _start(rows, band)
    parts = [_axis(start, height, lang)]
    if band:
        parts.append(_band(band, start, height))
    parts += [_row(row, top, start, lang) for row, top in zip(rows, tops, strict=True)]
    return (
        f'<svg class="fo" width="100%" height="{height + FOOT}" role="img" aria-label="{attr(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _start(rows: Sequence[ForestRow], band: Ceiling | None) -> float:
    """Where the axis begins: at 0, or below where something lies there."""
    lows = [mark.low for row in rows for mark in row.marks] + ([band.low] if band else [])
    lowest = min(lows, default=0.0)
    return 0.0 if lowest >= 0 else math.floor(lowest / STEP) * STEP


def _at(value: float, start: float) -> str:
    return f"{(min(1.0, max(start, value)) - start) / (1 - start) * 100:.2f}%"


def _axis(start: float, height: int, lang: Lang) -> str:
    parts = []
    for tick in range(round((1 - start) / STEP) + 1):
        value = start + tick * STEP
        anchor = "start" if tick == 0 else "end" if value >= 1 - 1e-9 else "middle"
        zero = " fo-zero" if start < 0 and abs(value) < 1e-9 else ""
        parts.append(
            f'<line class="fo-grid{zero}" x1="{_at(value, start)}" x2="{_at(value, start)}" y1="0" y2="{height}"/>'
            f'<text class="fo-tick" x="{_at(value, start)}" y="{height + 18}" text-anchor="{anchor}">'
            f"{safe(share(value, lang))}</text>"
        )
    return "".join(parts)


def _band(band: Ceiling, start: float, height: int) -> str:
    width = (min(1.0, band.high) - max(start, band.low)) / (1 - start) * 100
    at = _at(band.value, start)
    return (
        f'<rect class="fo-ceiling" x="{_at(band.low, start)}" width="{max(0.0, width):.2f}%" y="0" height="{height}"/>'
        f'<line class="fo-ceiling-line" x1="{at}" x2="{at}" y1="0" y2="{height}"/>'
    )


def _row(row: ForestRow, top: int, start: float, lang: Lang) -> str:
    marks = "".join(
        _mark(mark, top + NAME + LINE * place + LINE // 2, start, lang)
        for place, mark in enumerate(row.marks)
    )
    strong = " fo-strong" if row.strong else ""
    note = f"<em>{safe(row.note)}</em>" if row.note and not row.marks else ""
    return (
        f'<g class="fo-row{strong}"><foreignObject x="0" y="{top}" width="100%" height="{NAME - 2}">'
        f'<div class="fo-name" title="{attr(row.name)}"><span>{safe(row.name)}</span>{note}</div></foreignObject>'
        f"{marks}</g>"
    )


def _mark(mark: Mark, y: int, start: float, lang: Lang) -> str:
    told = f"{mark.name}: {share(mark.value, lang)} [{share(mark.low, lang)}; {share(mark.high, lang)}]"
    low, high, at = (_at(value, start) for value in (mark.low, mark.high, mark.value))
    ends = "".join(f'<line x1="{end}" x2="{end}" y1="{y - 4}" y2="{y + 4}"/>' for end in (low, high))
    return (
        f'<g class="fo-mark fo-{mark.kind}"><title>{safe(told)}</title>'
        f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>{ends}<circle cx="{at}" cy="{y}" r="4.5"/></g>'
    )
