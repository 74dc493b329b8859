"""How fast a run is, to look at: figures, the stages, what holds it up, the timeline, and what a thousand answers cost.

The timeline is three lanes of one SVG shape each, stretched to any width, with their words beside them in the page's
own type; a table with the same numbers stands behind it.
"""

import json
from collections.abc import Sequence

from components.format import DASH, NBSP, brief, count, countdown, decimal, number, percent, rate, sentence
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.figures import Figures, Finding, Moment, Pace, Spread, Timeline
from studio.core.pace import STAGES, Stage, StageLoad
from studio.texts import Lang, t

WIDE, HIGH = 1000, 100  # of a lane's own coordinates: it is stretched to the page
GAP = 1.5  # between bars
NAMED_PAUSES = 3


def pace_html(pace: Pace, lang: Lang) -> str:
    """The panel; nothing of a run of which there is nothing to tell."""
    if pace.untimed in {"human", "early"}:
        return ""
    thousand = pace.per_thousand
    amounts = (
        {
            "hour": thousand.hours,
            "prompt": thousand.prompt_tokens and thousand.prompt_tokens / 1e6,
            "completion": thousand.completion_tokens and thousand.completion_tokens / 1e6,
        }
        if thousand
        else {}
    )
    said = "" if pace.untimed else _worked(pace.figures, lang)
    return (
        f'<section class="st-root pc" aria-labelledby="pc-title" data-thousand="{attr(json.dumps(amounts))}">'
        f'<div class="st-spread"><h2 class="st-h2" id="pc-title">{safe(t("pace.title", lang))}</h2>'
        f'<span class="st-small">{safe(said)}</span></div>{_body(pace, lang)}</section>'
    )


def _body(pace: Pace, lang: Lang) -> str:
    figures = _figures(pace, lang)
    if pace.untimed:
        return f'<p class="st-note">{safe(t(f"pace.untimed.{pace.untimed}", lang))}</p>{figures}'
    batched = f'<p class="st-small">{safe(t("pace.batched", lang))}</p>' if pace.batched else ""
    return (
        figures
        + "".join(_finding(finding, lang) for finding in pace.findings)
        + (_stages(pace, lang) if pace.loads else "")
        + (_chart(pace, pace.timeline, lang) if pace.timeline else "")
        + batched
    )


def _worked(figures: Figures, lang: Lang) -> str:
    answers = count(figures.answered, "count.answers", lang)
    parts = [t("pace.worked", lang, answers=answers, time=countdown(figures.asking_s, lang))]
    if figures.failed:
        parts.append(t("pace.failed", lang, n=number(figures.failed, lang)))
    if figures.recalled:
        parts.append(t("pace.recalled", lang, n=number(figures.recalled, lang)))
    return f"{NBSP}· ".join(parts)


# figures


def _figures(pace: Pace, lang: Lang) -> str:
    figures = pace.figures
    tiles = [] if pace.untimed else [_tile("per_second", *_split(rate(figures.per_second, lang)), "", lang)]
    if not pace.untimed:
        tiles.append(_tokens(figures, lang))
        tiles.append(_spread("ttft", figures.ttft, lang))
        tiles.append(_spread("per_token", figures.per_token, lang))
    if figures.latency or not pace.untimed:
        tiles.append(_spread("latency", figures.latency, lang))
    return f'<dl class="pc-figures">{"".join(tiles)}</dl>' if tiles else ""


def _tile(key: str, value: str, unit: str, below: str, lang: Lang) -> str:
    small = f"<small>{safe(below)}</small>" if below else ""
    return (
        f'<div title="{attr(t(f"pace.{key}.hint", lang))}"><dt class="st-label">{safe(t(f"pace.{key}", lang))}</dt>'
        f"<dd><b>{safe(value)}</b>{NBSP if unit else ''}<span>{safe(unit)}</span>{small}</dd></div>"
    )


def _tokens(figures: Figures, lang: Lang) -> str:
    known = figures.tokens_per_second
    if known is None:
        return _tile("tokens", DASH, "", t("pace.tokens.unknown", lang), lang)
    least = ""
    if figures.completion_seen < figures.answered:
        seen, of = number(figures.completion_seen, lang), number(figures.answered, lang)
        least = t("pace.tokens.least", lang, n=seen, of=of)
    shown = number(round(known), lang) if known >= 100 else decimal(known, lang)
    return _tile("tokens", shown, t("unit.tokens_per_s", lang), least, lang)


def _spread(key: str, spread: Spread | None, lang: Lang) -> str:
    if spread is None:
        return _tile(key, DASH, "", t("pace.ttft.unknown", lang), lang)
    below = t("pace.p95", lang, value=brief(spread.p95, lang))
    return _tile(key, *_split(brief(spread.p50, lang)), below, lang)


def _split(text: str) -> tuple[str, str]:
    """A number and its unit."""
    value, _, unit = text.partition(NBSP)
    return value, unit


# the stages and what holds them up


def finding_words(finding: Finding, lang: Lang) -> str:
    """One sentence."""
    return t(
        f"pace.finding.{finding.code}",
        lang,
        share=percent(finding.share, lang),
        stage=t(f"pace.of.{finding.stage}", lang) if finding.stage else "",
        room=number(finding.room, lang) if finding.room else "",
        n=count(finding.n, "count.answers", lang),
        time=countdown(finding.seconds, lang),
    )


def _finding(finding: Finding, lang: Lang) -> str:
    return (
        '<p class="pc-finding"><svg viewBox="0 0 16 16" aria-hidden="true">'
        '<path d="M3 2h10L9.5 7v4.5L6.5 14V7z"/>'
        f"</svg><span>{safe(sentence(finding_words(finding, lang)))}</span></p>"
    )


def _stages(pace: Pace, lang: Lang) -> str:
    """How many samples stand in each stage now."""
    items = "".join(_stage(stage, pace.loads[stage], lang) for stage in STAGES if stage in pace.loads)
    judge = ""
    if pace.judged:
        waiting = t("pace.stage.waiting", lang, n=number(pace.figures.unjudged, lang))
        judge = f"<li><span>{safe(t('pace.stage.judge', lang))}</span><b>{safe(waiting)}</b></li>"
    return f'<ol class="st-list pc-stages" aria-label="{attr(t("pace.stages", lang))}">{items}{judge}</ol>'


def _stage(stage: Stage, load: StageLoad, lang: Lang) -> str:
    inside = number(load.now, lang)
    if load.room:
        said = t("pace.stage.inside_of", lang, n=inside, room=number(load.room, lang))
    else:
        said = t("pace.stage.inside", lang, n=inside)
    waiting = ""
    if load.waiting > 0:
        waiting = f"<small>{safe(t('pace.stage.waiting', lang, n=number(load.waiting, lang)))}</small>"
    full = min(1.0, load.now / load.room) if load.room else float(load.now > 0)
    return (
        f"<li><span>{safe(t(f'pace.stage.{stage}', lang))}</span><b>{safe(said)}</b>{waiting}"
        f'<i style="width:{full:.0%}" aria-hidden="true"></i></li>'
    )


# the timeline


def _chart(pace: Pace, timeline: Timeline, lang: Lang) -> str:
    moments = timeline.moments
    lanes = [_answers(moments, timeline, lang), _under_way(moments, timeline, lang)]
    lanes.append(_judged(moments, timeline, lang, judged=pace.judged))
    top = rate(max(moment.per_second for moment in moments), lang)
    said = t(
        "pace.chart.desc",
        lang,
        time=countdown(timeline.seconds, lang),
        step=brief(timeline.step_s, lang),
        answered=number(moments[-1].answered_so_far, lang),
        top=top,
    )
    return (
        f'<figure class="pc-chart" role="group" aria-label="{attr(t("pace.chart", lang))}">'
        f'<p class="st-sr">{safe(said)}</p><div class="pc-lanes">{"".join(lanes)}'
        f"{_hits(pace, timeline, lang)}</div>{_axis(timeline, lang)}</figure>"
        f"{chart_menu('pace', lang, run=pace.run_id)}{_table(pace, timeline, lang)}"
    )


def _lane(key: str, top: str, shapes: str, said: str, lang: Lang) -> str:
    name = t(f"pace.lane.{key}", lang)
    return (
        f'<div class="pc-lane pc-lane--{key}"><div class="pc-lane-head"><span>{safe(name)}</span>{top}</div>'
        f'<svg viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" role="img" aria-label="{attr(name)}">'
        f"<title>{safe(name)}</title><desc>{safe(said)}</desc>{shapes}</svg></div>"
    )


def _answers(moments: Sequence[Moment], timeline: Timeline, lang: Lang) -> str:
    """A bar for each step; its area is the number of answers."""
    highest = max(moment.per_second for moment in moments)
    bars = []
    for moment in moments:
        left, right = _x(moment.at_s, timeline), _x(moment.at_s + moment.seconds, timeline)
        if moment.answered:
            top = _y(moment.per_second, highest)
            gap = min(GAP, (right - left) / 4)
            bars.append(f"M{left:.1f} {HIGH}V{top:.1f}H{right - gap:.1f}V{HIGH}z")
    said = t("pace.lane.top", lang, n=rate(highest, lang))
    return _lane("answers", _top(said), f'<path class="pc-bars" d="{"".join(bars)}"/>', said, lang)


def _under_way(moments: Sequence[Moment], timeline: Timeline, lang: Lang) -> str:
    known = [moment for moment in moments if moment.under_way is not None]
    highest = max((moment.under_way or 0.0 for moment in known), default=0.0)
    points = []
    for moment in known:
        y = _y(moment.under_way or 0.0, highest)
        points += [
            (_x(moment.at_s, timeline), y),
            (_x(moment.at_s + moment.seconds, timeline), y),
        ]
    said = t("pace.lane.top", lang, n=decimal(highest, lang))
    return _lane("under_way", _top(said), _area(points), said, lang)


def _judged(moments: Sequence[Moment], timeline: Timeline, lang: Lang, *, judged: bool) -> str:
    """Both totals as they grow; what lies between them waits for the judge."""
    highest = max(1, moments[-1].answered_so_far)
    ends = [_x(moment.at_s + moment.seconds, timeline) for moment in moments]
    answered = [(x, _y(m.answered_so_far, highest)) for x, m in zip(ends, moments, strict=True)]
    start = (0.0, float(HIGH))
    shapes = f'<path class="pc-line" d="{_line([start, *answered])}"/>'
    if not judged:
        return _lane("answered", _top(number(highest, lang)), shapes, number(highest, lang), lang)
    scored = [(x, _y(min(m.judged_so_far, highest), highest)) for x, m in zip(ends, moments, strict=True)]
    legend = "".join(
        f'<span class="pc-key pc-key--{key}">{safe(t(f"pace.legend.{key}", lang))} {number(n, lang)}</span>'
        for key, n in (("answered", moments[-1].answered_so_far), ("judged", moments[-1].judged_so_far))
    )
    said = f"{t('pace.legend.judged', lang)}: {number(moments[-1].judged_so_far, lang)}"
    return _lane("judged", f"<span>{legend}</span>", _area([start, *scored]) + shapes, said, lang)


def _top(said: str) -> str:
    return f"<span>{safe(said)}</span>"


def _area(points: Sequence[tuple[float, float]]) -> str:
    """A line with what is below it filled."""
    if not points:
        return ""
    line = _line(points)
    return (
        f'<path class="pc-area" d="{line}L{points[-1][0]:.1f} {HIGH}L{points[0][0]:.1f} {HIGH}z"/>'
        f'<path class="pc-edge" d="{line}"/>'
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _x(at_s: float, timeline: Timeline) -> float:
    return at_s / timeline.seconds * WIDE


def _y(value: float, highest: float) -> float:
    """Two units are left above the highest, for the width of a line."""
    return HIGH - (value / highest if highest > 0 else 0.0) * (HIGH - 2)


def _hits(pace: Pace, timeline: Timeline, lang: Lang) -> str:
    """Pauses as lines through all lanes; and of a run that rests a column for the pointer on each step."""
    lines = "".join(
        f'<line class="pc-pause" x1="{_x(pause.at_s, timeline):.1f}" x2="{_x(pause.at_s, timeline):.1f}" y1="0"'
        f' y2="{HIGH}"><title>{safe(t("pace.pause", lang, time=countdown(pause.seconds, lang)))}</title></line>'
        for pause in timeline.pauses
    )
    columns = (
        "" if pace.going else "".join(_column(pace, moment, timeline, lang) for moment in timeline.moments)
    )
    return (
        f'<svg class="pc-hits" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true">'
        f"{columns}{lines}</svg>"
    )


def _column(pace: Pace, moment: Moment, timeline: Timeline, lang: Lang) -> str:
    left, wide = _x(moment.at_s, timeline), moment.seconds / timeline.seconds * WIDE
    said = t(
        "pace.point" if pace.judged else "pace.point.plain",
        lang,
        at=_at(moment.at_s, timeline, lang),
        rate=rate(moment.per_second, lang),
        under_way=decimal(moment.under_way, lang),
        backlog=number(moment.backlog, lang),
    )
    return f'<rect x="{left:.1f}" width="{wide:.1f}" y="0" height="{HIGH}"><title>{safe(said)}</title></rect>'


def _axis(timeline: Timeline, lang: Lang) -> str:
    marks = "".join(
        f"<span>{safe(_at(timeline.seconds * share, timeline, lang))}</span>" for share in (0, 0.5, 1)
    )
    pauses = ""
    if timeline.pauses:
        named = [countdown(pause.seconds, lang) for pause in timeline.pauses[:NAMED_PAUSES]]
        more = f" +{len(timeline.pauses) - NAMED_PAUSES}" if len(timeline.pauses) > NAMED_PAUSES else ""
        words = t("pace.pause", lang, time=", ".join(named) + more)
        pauses = f'<p class="st-small pc-paused"><i aria-hidden="true"></i>{safe(words)}</p>'
    return f'<div class="pc-axis" aria-hidden="true">{marks}</div>{pauses}'


def _at(seconds: float, timeline: Timeline, lang: Lang) -> str:
    """A place on the axis; short runs are told in parts of a second."""
    return brief(seconds, lang) if timeline.seconds < 10 and seconds else countdown(seconds, lang)


def _table(pace: Pace, timeline: Timeline, lang: Lang) -> str:
    names = ["at", "answered", "rate", "failed", "under_way", *(["judged", "backlog"] if pace.judged else [])]
    head = "".join(f'<th scope="col">{safe(t(f"pace.table.{name}", lang))}</th>' for name in names)
    rows = "".join(_row(pace, moment, timeline, lang) for moment in timeline.moments)
    return (
        f'<details class="st-details pc-table"><summary>{safe(t("pace.table", lang))}</summary>'
        f'<div tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _row(pace: Pace, moment: Moment, timeline: Timeline, lang: Lang) -> str:
    cells = [
        number(moment.answered, lang),
        decimal(moment.per_second, lang, 2),
        number(moment.failed, lang),
        decimal(moment.under_way, lang),
        *([number(moment.judged, lang), number(moment.backlog, lang)] if pace.judged else []),
    ]
    at = _at(moment.at_s, timeline, lang)
    return f'<tr><th scope="row">{safe(at)}</th>{"".join(f"<td>{safe(cell)}</td>" for cell in cells)}</tr>'


# the cost


def cost_html(lang: Lang) -> str:
    """Fields for prices, which the page's script multiplies and keeps in the browser."""
    fields = "".join(
        f'<label><span class="st-label">{safe(t(f"pace.price.{name}", lang))}</span>'
        f'<input name="{name}" inputmode="decimal" autocomplete="off" maxlength="12" placeholder="0"></label>'
        for name in ("hour", "prompt", "completion")
    )
    words = {
        "hour": t("pace.cost.hours", lang, amount="{}"),
        "tokens": t("pace.cost.tokens", lang, amount="{}"),
        "total": t("pace.cost.total", lang, total="{}"),
        **{f"no_{name}": t(f"pace.cost.unknown.{name}", lang) for name in ("hour", "prompt", "completion")},
    }
    return (
        f'<details class="st-root st-details pc-cost" id="pc-cost" data-words="{attr(json.dumps(words))}">'
        f"<summary>{safe(t('pace.cost', lang))}</summary><div>{fields}</div>"
        f'<output aria-live="polite"></output><p class="st-small">{safe(t("pace.cost.hint", lang))}</p></details>'
    )
