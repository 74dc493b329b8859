"""The forest plot of a report as SVG: EM and the judge's score of each task, with intervals.

It has no colours of its own: they come from the file's sheet, so that it follows light, dark and paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.outcome import Estimate
from studio.texts import Lang
from studio.texts.escape import safe
from studio.texts.figures import decimal

WIDTH, LEFT, RIGHT = 960, 270, 20
LINE, GAP, TOP, FOOT = 15, 16, 8, 26
LONGEST = 34  # characters of a name


@dataclass(frozen=True)
class Group:
    """A task: its name and what stands on its lines: a class (`em`, `js`), a mark before the line, the estimate."""

    name: str
    lines: Sequence[tuple[str, str, Estimate]]


def forest(groups: Sequence[Group], label: str, lang: Lang) -> str:
    """The plot. `label` says in words what it shows; the table beside it says the same in numbers."""
    heights = [GAP + LINE * len(group.lines) for group in groups]
    height = TOP + sum(heights) + FOOT
    body, y = [_grid(height, lang)], TOP
    for place, (group, high) in enumerate(zip(groups, heights, strict=True)):
        if place % 2:
            body.insert(0, f'<rect class="band" x="0" y="{y}" width="{WIDTH}" height="{high}"/>')
        body.append(_group(group, y, high))
        y += high
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{safe(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def _x(value: float) -> float:
    return round(LEFT + value * (WIDTH - LEFT - RIGHT), 1)


def _grid(height: int, lang: Lang) -> str:
    lines = ""
    for tenths in range(0, 11, 2):
        x = _x(tenths / 10)
        lines += f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{height - FOOT}"/>'
        text = decimal(tenths / 10, lang)
        lines += f'<text class="dim" x="{x}" y="{height - 8}" text-anchor="middle">{text}</text>'
    return lines


def _group(group: Group, y: int, high: int) -> str:
    name = group.name if len(group.name) <= LONGEST else group.name[: LONGEST - 1] + "…"
    marked = any(mark for _, mark, _ in group.lines)
    edge = LEFT - (30 if marked else 14)
    found = f'<text x="{edge}" y="{y + high / 2 + 4.5}" text-anchor="end">{safe(name)}</text>'
    for place, (kind, mark, estimate) in enumerate(group.lines):
        middle = y + GAP / 2 + LINE * place + LINE / 2
        if mark:
            found += (
                f'<text class="dim" x="{LEFT - 10}" y="{middle + 4}" text-anchor="end">{safe(mark)}</text>'
            )
        found += _line(kind, estimate, middle)
    return found


def _line(kind: str, estimate: Estimate, y: float) -> str:
    """An interval with its mean: a round one for EM, a square one for the judge."""
    if estimate.mean is None:
        return ""
    low, high = (_x(value if value is not None else estimate.mean) for value in (estimate.low, estimate.high))
    x = _x(estimate.mean)
    mark = (
        f'<circle cx="{x}" cy="{y}" r="4.5"/>'
        if kind == "em"
        else f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8"/>'
    )
    return f'<g class="{kind}"><line class="line" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>{mark}</g>'
