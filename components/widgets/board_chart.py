"""The forest plot of the leaderboard as SVG: names and numbers in the page's own type, lines in shares of the width.

Lengths along the axis are per cents, so the plot fits any screen and its letters keep their size.
"""

import math

from components.widgets.text import attr, safe
from studio.core.leaderboard import Chart, ChartLine
from studio.texts import Lang, t

ROW, HEAD, FOOT = 40, 6, 24  # px
LINE_AT = 28  # px from the top of a row
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # between ticks
MOST_TICKS = 6


def chart_html(chart: Chart, lang: Lang, menu: str = "") -> str:
    """The chart in its card, with a menu beside its title; nothing where no row has a total."""
    if not chart.lines:
        return ""
    height = HEAD + ROW * len(chart.lines) + FOOT
    step, n = axis(chart)
    top = step * n
    lines = "".join(_line(line, HEAD + ROW * place, top) for place, line in enumerate(chart.lines))
    return (
        f'<div class="st-spread"><h2 class="st-h2">{safe(chart.title)}</h2>{menu}</div>'
        f'<svg class="lb-chart" width="100%" height="{height}" role="img"'
        f' aria-label="{attr(t("board.chart", lang))}">{_axis(chart, step, n, height)}{lines}</svg>'
        f'<p class="st-small">{safe(chart.note)}</p>'
    )


def axis(chart: Chart) -> tuple[float, int]:
    """The step between ticks and how many steps there are, so that everything drawn lies on the axis."""
    furthest = max(line.mean if line.high is None else line.high for line in chart.lines)
    step = next((step for step in STEPS if furthest <= step * MOST_TICKS), STEPS[-1])
    return step, max(1, math.ceil(round(furthest / step, 6)))


def _axis(chart: Chart, step: float, n: int, height: int) -> str:
    parts = []
    for tick in range(n + 1):
        share = tick / n
        anchor = "start" if tick == 0 else "end" if tick == n else "middle"
        label = f"{step * tick:.2g}".replace(".", chart.decimal_mark)
        parts.append(
            f'<line class="lb-grid" x1="{share:.2%}" x2="{share:.2%}" y1="0" y2="{height - FOOT + 4}"/>'
            f'<text class="lb-tick" x="{share:.2%}" y="{height - 6}" text-anchor="{anchor}">{label}</text>'
        )
    return "".join(parts)


def _line(line: ChartLine, y: int, top: float) -> str:
    """The name and the number above, the interval with its mean below."""

    def at(value: float) -> str:
        return f"{value / top * 100:.2f}%"

    whisker = ""
    if line.low is not None and line.high is not None:
        ends = "".join(
            f'<line x1="{at(end)}" x2="{at(end)}" y1="{y + LINE_AT - 4}" y2="{y + LINE_AT + 4}"/>'
            for end in (line.low, line.high)
        )
        whisker = (
            f'<line x1="{at(line.low)}" x2="{at(line.high)}" y1="{y + LINE_AT}" y2="{y + LINE_AT}"/>{ends}'
        )
    return (
        f'<g class="lb-line lb-line-{line.kind}"><title>{safe(line.name)}: {safe(line.label)}</title>'
        f'<foreignObject x="0" y="{y}" width="100%" height="20"><div class="lb-label"><span>{safe(line.name)}</span>'
        f"<b>{safe(line.label)}</b></div></foreignObject>"
        f'{whisker}<circle cx="{at(line.mean)}" cy="{y + LINE_AT}" r="4.5"/></g>'
    )
