"""Every number is a door: links from counts to exactly those samples on Inspect."""

from components.format import number, share
from components.links import link
from components.widgets.text import attr, safe
from studio.core.health import Figure, GroupHealth
from studio.texts import Lang, t


def table_html(head: str, body: str) -> str:
    """A table that scrolls sideways where it must, and falls into cards on a phone."""
    return (
        f'<div class="he-scroll"><table class="he-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )


def figure_html(figure: Figure, lang: Lang) -> str:
    """A number with its interval; the reason where there is none. Below 0 a dash would be read as a minus."""
    if figure.value is None or figure.low is None or figure.high is None:
        return f'<span class="st-small">{safe(t(f"health.reason.{figure.reason}", lang))}</span>'
    between = "…" if figure.low < 0 else "–"
    value, low, high = (
        share(each, lang).replace("-", "−") for each in (figure.value, figure.low, figure.high)
    )
    between = safe(f"{low}{between}{high}")
    return f'<span class="st-mean"><b>{safe(value)}</b><span class="st-ci">{between}</span></span>'


def door(run: str, where: str, lang: Lang) -> str:
    """Inspect with this run and filter, by the labels of all reviewers, as everything is counted here."""
    return link("inspect", lang, run=run, where=where.strip(), people="all")


def mistakes_html(run: str, group: GroupHealth, lang: Lang) -> str:
    """The judge's mistakes of either kind, each a link to its samples."""
    found = group.agreement
    parts = []
    for name, n, where in (
        ("missed", found.right_wrong, "human:right js:0"),
        ("passed", found.wrong_right, "human:wrong js:1"),
    ):
        words = safe(t(f"health.{name}", lang, n=number(n, lang)))
        there = door(run, f"{group.where} {where}", lang)
        parts.append(f'<a href="{attr(there)}">{words}</a>' if n else words)
    return f'<span class="he-mistakes">{"<br>".join(parts)}</span>'
