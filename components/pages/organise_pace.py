"""Answers by hour as bars; the hours in which nobody worked are gaps, so that nights are seen."""

import time
from collections.abc import Sequence

from components.format import count, moment, number
from components.widgets.text import attr, safe
from studio.texts import Lang, t

HOUR = 3600.0
MOST = 7 * 24  # hours in the picture: a week
HIGH = 100


def pace_html(by_hour: Sequence[tuple[float, int]], lang: Lang) -> str:
    """The bars of the last week in which anybody worked, with their table."""
    if not by_hour:
        return f'<p class="st-note">{safe(t("organise.pace.none", lang))}</p>'
    end = by_hour[-1][0] + HOUR
    begin = max(by_hour[0][0], end - MOST * HOUR)
    shown = [(at, n) for at, n in by_hour if at >= begin]
    hours = max(12, round((end - begin) / HOUR))
    begin = end - hours * HOUR
    top = max(n for _, n in shown)
    bars = "".join(_bar(at, n, begin, hours, top, lang) for at, n in shown)
    said = t("organise.pace.said", lang, top=count(top, "count.answers", lang), n=number(len(shown), lang))
    return (
        f'<figure class="og-pace"><div class="pc-lane pc-lane--answers"><div class="pc-lane-head"><span>'
        f"{safe(t('organise.pace.lane', lang))}</span>"
        f"<span>{safe(t('organise.pace.top', lang, n=number(top, lang)))}</span>"
        f'</div><svg viewBox="0 0 {hours * 10} {HIGH}" preserveAspectRatio="none" role="img" aria-label="{attr(said)}">'
        f"{_nights(begin, hours)}{bars}</svg></div>{_axis(begin, end, lang)}</figure>{_table(shown, lang)}"
    )


def _bar(at: float, n: int, begin: float, hours: int, top: int, lang: Lang) -> str:
    x, height = (at - begin) / HOUR * 10, n / top * (HIGH - 2)
    said = f"{moment(at, lang)}: {count(n, 'count.answers', lang)}"
    return (
        f'<rect class="pc-bars" x="{x + 0.8:.1f}" width="8.4" y="{HIGH - height:.1f}" height="{height:.1f}">'
        f"<title>{safe(said)}</title></rect>"
    )


def _nights(begin: float, hours: int) -> str:
    """A line where each day (UTC) begins."""
    lines = []
    for hour in range(hours):
        if time.gmtime(begin + hour * HOUR).tm_hour == 0:
            lines.append(f'<line class="og-day" x1="{hour * 10}" x2="{hour * 10}" y1="0" y2="{HIGH}"/>')
    return "".join(lines)


def _axis(begin: float, end: float, lang: Lang) -> str:
    marks = "".join(f"<span>{safe(moment(at, lang))}</span>" for at in (begin, end))
    return f'<div class="pc-axis">{marks}</div>'


def _table(shown: Sequence[tuple[float, int]], lang: Lang) -> str:
    rows = "".join(
        f'<tr><th scope="row">{safe(moment(at, lang))}</th><td>{safe(number(n, lang))}</td></tr>'
        for at, n in reversed(shown)
    )
    return (
        f'<details class="st-details pc-table"><summary>{safe(t("organise.pace.table", lang))}</summary>'
        f'<div tabindex="0">'
        f'<table><thead><tr><th scope="col">{safe(t("organise.pace.hour", lang))}</th>'
        f'<th scope="col">{safe(t("organise.pace.lane", lang))}</th></tr></thead><tbody>{rows}</tbody></table>'
        f"</div></details>"
    )
