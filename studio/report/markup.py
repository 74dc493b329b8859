"""Pieces of markup that the parts of a report share."""

from collections.abc import Sequence

from studio.core.outcome import Estimate
from studio.core.report import Report
from studio.texts import Lang
from studio.texts.escape import safe
from studio.texts.figures import DASH, NBSP, decimal, percent, whole_percent
from studio.texts.run_names import name_of

LETTERS = "ABCDEF"


def section(anchor: str, title: str, body: str) -> str:
    """A part of the report under its heading."""
    return f'<section id="{anchor}" aria-labelledby="{anchor}-h"><h2 id="{anchor}-h">{title}</h2>{body}</section>'


def table(caption: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    """A table that scrolls by itself where it is wide. `heads` and `rows` are markup; columns after the first hold
    numbers."""
    cells = "".join(
        f'<th scope="col"{" class=n" if place else ""}>{head}</th>' for place, head in enumerate(heads)
    )
    title = f"<caption>{caption}</caption>" if caption else ""
    body = f"<table>{title}<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return scrolled(caption or heads[0], body)


def scrolled(label: str, body: str) -> str:
    """What is wide scrolls by itself, with the keyboard too; `label` says what it is."""
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{body}</div>'


def row(name: str, cells: Sequence[str], *, is_sum: bool = False) -> str:
    """A line of a table; `name` and `cells` are markup."""
    body = "".join(f'<td class="n">{cell}</td>' for cell in cells)
    return f'<tr{" class=sum" if is_sum else ""}><th scope="row">{name}</th>{body}</tr>'


def mean(estimate: Estimate, lang: Lang) -> str:
    """A mean with its interval below it."""
    if estimate.mean is None:
        return DASH
    return f"{decimal(estimate.mean, lang, 3)}<small>{bounds(estimate, lang)}</small>"


def bounds(estimate: Estimate, lang: Lang) -> str:
    """[0,66; 0,76]"""
    low, high = (decimal(value, lang, 2) for value in (estimate.low, estimate.high))
    return f"[{low}{'; ' if lang == 'ru' else ', '}{high}]".replace(" ", NBSP)


def part(estimate: Estimate | None, lang: Lang) -> str:
    """A share with its interval, in per cents: «14 % [11–18]»."""
    if estimate is None or estimate.mean is None:
        return DASH
    return f"{percent(estimate.mean, lang)} <small>{part_bounds(estimate)}</small>"


def part_bounds(estimate: Estimate) -> str:
    """[11–18]"""
    return f"[{whole_percent(estimate.low or 0.0)}–{whole_percent(estimate.high or 0.0)}]"


def letter(report: Report, place: int) -> str:
    """The mark of a run where there are several."""
    return f'<span class="mark">{LETTERS[place]}</span>' if len(report.runs) > 1 else ""


def run_name(report: Report, place: int, lang: Lang) -> str:
    """A run by its title, else its model."""
    view = report.runs[place].view
    return safe(name_of(view, lang))
