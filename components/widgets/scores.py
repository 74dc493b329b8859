"""Means with their intervals: numbers in words and the same as a small bar. Plain HTML and CSS."""

from collections.abc import Sequence

from components.format import count, interval, number, share, titled
from components.widgets.text import attr, safe
from studio.core.outcome import Estimate
from studio.core.run import TaskScore
from studio.texts import Lang, t


def mean_html(estimate: Estimate, lang: Lang) -> str:
    """«0,71» with «0,66–0,76» beside it."""
    low_high = interval(estimate.low, estimate.high, lang)
    beside = "" if estimate.low is None else f'<span class="st-ci">{safe(low_high)}</span>'
    return f'<span class="st-mean"><b>{safe(share(estimate.mean, lang))}</b>{beside}</span>'


def bar_html(estimate: Estimate, tone: str, lang: Lang, chance: float | None = None) -> str:
    """The interval as a band on [0, 1], the mean as a dot, chance as a tick. `tone` is "em" or "js"."""
    if estimate.mean is None:
        return '<span class="st-bar" aria-hidden="true"></span>'
    low = estimate.mean if estimate.low is None else estimate.low
    high = estimate.mean if estimate.high is None else estimate.high
    tick = "" if chance is None else f'<i class="st-bar-chance" style="left:{_pos(chance)}"></i>'
    hint = t("scores.interval", lang, low=share(low, lang), high=share(high, lang))
    if chance is not None:
        hint += f". {t('scores.chance', lang, chance=share(chance, lang))}"
    return (
        f'<span class="st-bar st-bar--{tone}" title="{attr(hint)}" aria-hidden="true">{tick}'
        f'<i class="st-bar-band" style="left:{_pos(low)};width:{_pos(max(0.0, high - low))}"></i>'
        f'<i class="st-bar-dot" style="left:{_pos(estimate.mean)}"></i></span>'
    )


def counts_html(estimate: Estimate, truncated: int, lang: Lang) -> str:
    """How many stand behind a mean, and how many do not."""
    rest = [
        t(f"scores.{key}", lang, n=number(n, lang))
        for key, n in (("unscored", estimate.unscored), ("failed", estimate.failed), ("truncated", truncated))
        if n
    ]
    more = f'<span class="st-counts-rest">{safe(", ".join(rest))}</span>' if rest else ""
    return f'<span class="st-counts">{safe(count(estimate.scored, "count.samples", lang))}{more}</span>'


def score_table(scores: Sequence[TaskScore], lang: Lang) -> str:
    """Tasks that have begun as rows, the total last; on a phone each row is a small card."""
    begun = [score for score in scores if score.em.n or score.js.n]
    if not begun:
        return ""
    heads = (
        t("scores.task", lang),
        t("metric.em", lang),
        t("metric.js", lang),
        t("scores.counts.short", lang),
    )
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    rows = "".join(_row(score, heads, lang) for score in begun if score.task or len(begun) != 2)
    return (
        f'<table class="st-scores"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="st-small">{safe(t("scores.note", lang))}</p>'
    )


def _row(score: TaskScore, heads: Sequence[str], lang: Lang) -> str:
    total = not score.task
    name = t("scores.total", lang) if total else titled(score.title, score.task, lang)
    first, second = (
        _metric(name, plain, lang) for name, plain in zip(score.metrics, ("em", "js"), strict=True)
    )
    cells = (
        f"{mean_html(score.em, lang)}{first}{bar_html(score.em, 'em', lang, score.chance)}",
        f"{mean_html(score.js, lang)}{second}{bar_html(score.js, 'js', lang, score.chance)}",
        counts_html(score.js if score.js.n else score.em, score.truncated, lang),
    )
    data = "".join(
        f'<td data-head="{attr(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells, strict=True)
    )
    return f'<tr{" class=st-total" if total else ""}><th scope="row">{safe(name)}</th>{data}</tr>'


def _metric(name: str, plain: str, lang: Lang) -> str:
    """The metric's name where it is another than the column's: groups of ruHHH, intents and slots of RuSLUn."""
    if name == plain:
        return ""
    return f'<span class="st-counts-rest">{safe(t(f"metric.{name}", lang))}</span>'


def _pos(value: float) -> str:
    return f"{min(1.0, max(0.0, value)) * 100:.1f}%"
