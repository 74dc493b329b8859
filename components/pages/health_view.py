"""A judge's health as markup: what to think of it, the forest of its measures, corrected scores, people, judges."""

from collections.abc import Sequence

from components.format import DASH, interval, number, sentence, titled
from components.links import link
from components.pages.health_doors import door, figure_html, mistakes_html, table_html
from components.widgets.chart_menu import chart_menu
from components.widgets.forest import Ceiling, ForestRow, Mark, forest_html
from components.widgets.scores import mean_html
from components.widgets.text import attr, safe
from studio.core.health import (
    CorrectedTask,
    Figure,
    GroupHealth,
    Health,
    HealthBy,
    HealthMetric,
)
from studio.core.outcome import Estimate
from studio.texts import Lang, t
from studio.texts.health_said import counted, group_name, health_said, probability, skipped_said

# What the forest can show: the two rates together, or one measure at a time.
VIEWS: tuple[tuple[HealthMetric, ...], ...] = (
    ("sensitivity", "specificity"), ("balanced",), ("youden",), ("raw",), ("kappa",), ("ac1",), ("mcc",),
    ("prevalence",),
)  # fmt: skip
BY: tuple[HealthBy, ...] = ("all", "task", "answer_type", "length", "model")
# People among themselves, beside the same measure of the judge.
CEILINGS: dict[HealthMetric, str] = {"raw": "raw", "kappa": "alpha", "ac1": "ac1"}
KINDS: dict[str, str] = {"em": "em", "js": "js", "people": "people", "corrected": "corrected"}


def chosen_view(name: str) -> tuple[HealthMetric, ...]:
    """The measures that an address names; the two rates otherwise."""
    return next((view for view in VIEWS if view[0] == name), VIEWS[0])


def said_html(health: Health, lang: Lang, action: str) -> str:
    """The first words, with what to do next under them."""
    figures = "".join(_fact(words) for words in _facts(health, lang))
    facts = f'<ul class="st-list he-facts">{figures}</ul>' if figures else ""
    hidden = (
        f'<p class="st-note">{safe(t("health.hidden", lang, tasks=", ".join(health.hidden)))}</p>'
        if health.hidden
        else ""
    )
    return (
        f'<section class="st-card he-said he-trust-{health.advice.trust}"><p class="he-first">'
        f"{safe(health_said(health, lang))}</p>{facts}{hidden}{action}</section>"
    )


def forest_section(health: Health, view: tuple[HealthMetric, ...], lang: Lang) -> str:
    """The judge beside people, group by group: the picture, and the table with doors to the samples."""
    if not health.whole.agreement.n:
        return ""
    rows = [_forest_row(group, view, lang) for group in health.told]
    band = _ceiling(health, view)
    choices = "".join(
        f'<button type="button" data-metric="{each[0]}" aria-pressed="{str(each == view).lower()}">'
        f"{safe(t(f'health.view.{each[0]}', lang))}</button>"
        for each in VIEWS
    )
    hints = "".join(
        f'<li><span class="he-key fo-{_tone(metric, view)}"></span><b>{safe(t(f"health.metric.{metric}", lang))}</b>'
        f" — {safe(t(f'health.hint.{metric}', lang))}</li>"
        for metric in view
    )
    if band:
        hints += f'<li><span class="he-key he-key-band"></span>{safe(t("health.band", lang))}</li>'
    label = t("health.forest", lang, metric=", ".join(t(f"health.metric.{metric}", lang) for metric in view))
    return (
        f'<section class="st-card" aria-labelledby="he-forest"><div class="st-spread"><h2 class="st-h2" id="he-forest">'
        f"{safe(t('health.beside', lang))}</h2>"
        f"{chart_menu('health', lang, run=health.run_id, metric=view[0])}</div>"
        f'<div class="st-segments he-metrics" role="group" aria-label="{attr(t("health.choose", lang))}">'
        f"{choices}</div>"
        f'<ul class="st-list st-legend he-legend">{hints}</ul>'
        f'<div class="he-pair"><figure>{forest_html(rows, label, lang, band)}</figure>'
        f"{_table(health, view, lang)}</div>{_apart(health, lang)}</section>"
    )


def scores_section(health: Health, lang: Lang) -> str:
    """EM, the judge, people and the corrected score side by side."""
    scores = health.scores if len(health.scores) != 2 else health.scores[-1:]
    shown = [scores[-1], *scores[:-1]]
    rows = [_score_row(score, lang) for score in shown]
    keys = "".join(
        f'<li><span class="he-key fo-{kind}"></span>{safe(t(f"health.mark.{name}", lang))}</li>'
        for name, kind in KINDS.items()
    )
    heads = ("task", "em", "js", "people", "corrected")
    head = "".join(f'<th scope="col">{safe(t(f"health.col.{name}", lang))}</th>' for name in heads)
    body = "".join(_score_line(health, score, lang) for score in shown)
    return (
        f'<section class="st-card" aria-labelledby="he-scores"><div class="st-spread"><h2 class="st-h2" id="he-scores">'
        f"{safe(t('health.scores', lang))}</h2>{chart_menu('corrected', lang, run=health.run_id)}</div>"
        f"<p class='st-small he-gap'>{safe(t('health.scores.note', lang))}</p>"
        f'<ul class="st-list st-legend he-legend">{keys}</ul>'
        f'<div class="he-pair"><figure>{forest_html(rows, t("health.scores.chart", lang), lang)}</figure>'
        f"{table_html(head, body)}</div></section>"
    )


def people_section(health: Health, lang: Lang) -> str:
    """How people agree with each other, the ceiling of any judge."""
    ceiling = health.ceiling
    if not ceiling.items:
        words = t("health.people.none" if health.whole.agreement.n else "health.people.nobody", lang)
        return _card("he-people", t("health.people", lang), f'<p class="st-note">{safe(words)}</p>')
    cells = "".join(
        f'<div><dt title="{attr(t(f"health.ceiling.{name}.hint", lang))}">'
        f"{safe(t(f'health.ceiling.{name}', lang))}</dt>"
        f"<dd>{figure_html(getattr(ceiling, name), lang)}</dd></div>"
        for name in ("raw", "alpha", "fleiss", "ac1")
    )
    pairs = "".join(
        f"<li>{safe(pair.first)} — {safe(pair.second)}: {figure_html(pair.raw, lang)}, κ "
        f"{figure_html(pair.kappa, lang)}"
        f" <span class='st-small'>({safe(counted(pair.n, lang))})</span></li>"
        for pair in ceiling.pairs
        if len(ceiling.pairs) > 1
    )
    told = t("health.people.n", lang, n=counted(ceiling.items, lang), reviewers=ceiling.reviewers)
    listed = f'<ul class="st-list he-pairs">{pairs}</ul>' if pairs else ""
    return _card(
        "he-people",
        t("health.people", lang),
        f'<p class="st-small">{safe(told)}</p><dl class="he-numbers">{cells}</dl>{listed}',
    )


def steadiness_section(health: Health, lang: Lang) -> str:
    """Repeats and swaps out of the run's own votes; rewording and tricks out of experiments, with the way there."""
    parts = []
    if health.flips:
        values = (("repeats", health.flips.repeats), ("swapped", health.flips.swapped))
        cells = "".join(
            f"<div><dt>{safe(t(f'health.flips.{name}', lang))}</dt><dd>{figure_html(figure, lang)}</dd></div>"
            for name, figure in values
        )
        parts.append(f'<dl class="he-numbers">{cells}</dl>')
    for each in health.tried:
        cells = "".join(
            f"<div><dt>{safe(t(f'health.tried.{name}', lang))}</dt><dd>{mean_html(estimate, lang)}</dd></div>"
            for name, estimate in (("wording", each.wording), ("fooled", each.fooled))
        )
        there = link("experiments", lang, calibration=each.calibration)
        parts.append(
            f'<dl class="he-numbers">{cells}</dl><p class="st-small"><a href="{attr(there)}">'
            f"{safe(t('health.tried.link', lang, id=each.calibration))}</a></p>"
        )
    if not health.tried:
        words = safe(t("health.tried.none", lang))
        parts.append(f'<p class="st-note">{words} <a href="{attr(link("experiments", lang))}">'
                     f"{safe(t('health.tried.go', lang))}</a></p>")  # fmt: skip
    return _card("he-steady", t("health.steady", lang), "".join(parts))


def _card(elem_id: str, title: str, body: str) -> str:
    return (
        f'<section class="st-card" aria-labelledby="{elem_id}"><h2 class="st-h2" id="{elem_id}">{safe(title)}</h2>'
        f"{body}</section>"
    )


def _fact(words: str) -> str:
    return f"<li>{words}</li>"


def _facts(health: Health, lang: Lang) -> list[str]:
    """What stands under the first words: how many labels, and which of them count for nothing."""
    found = health.whole.agreement
    facts = []
    if found.n:
        there = door(health.run_id, "human:right,wrong", lang)
        facts.append(
            f'<a href="{attr(there)}">{safe(t("health.fact.labels", lang, n=number(found.n, lang)))}</a>'
        )
    for name, n, where in (
        ("unsure", health.unsure, "human:unsure"), ("bad", health.bad, "human:bad"),
        ("unscored", health.unscored, "human:right,wrong unscored:1"),
    ):  # fmt: skip
        if n:
            there = door(health.run_id, where, lang)
            facts.append(
                f'<a href="{attr(there)}">{safe(t(f"health.fact.{name}", lang, n=number(n, lang)))}</a>'
            )
    if health.reviewers:
        facts.append(safe(t("health.fact.reviewers", lang, n=number(health.reviewers, lang))))
    if health.labels:
        counts = {"n": number(health.sealed, lang), "of": number(health.labels, lang)}
        facts.append(safe(t("health.fact.sealed", lang, **counts)))
    if len(health.criteria) > 1:
        versions = ", ".join(str(version) for version in health.criteria)
        facts.append(safe(t("health.fact.criteria", lang, versions=versions)))
    if health.judge:
        facts.append(f"{safe(t('inspect.judge', lang))}: <code>{safe(health.judge)}</code>")
    return facts


def _tone(metric: HealthMetric, view: tuple[HealthMetric, ...]) -> str:
    return "second" if len(view) > 1 and metric == view[1] else "first"


def _forest_row(group: GroupHealth, view: tuple[HealthMetric, ...], lang: Lang) -> ForestRow:
    marks, reasons = [], []
    for metric in view:
        figure = group.agreement.figures[metric]
        if figure.value is None or figure.low is None or figure.high is None:
            reasons.append(t(f"health.reason.{figure.reason}", lang))
            continue
        name = t(f"health.metric.{metric}", lang)
        marks.append(Mark(_tone(metric, view), name, figure.value, figure.low, figure.high))
    return ForestRow(group_name(group, lang), tuple(marks), "; ".join(reasons), group.by == "all")


def _ceiling(health: Health, view: tuple[HealthMetric, ...]) -> Ceiling | None:
    if view[0] not in CEILINGS:
        return None
    figure: Figure = getattr(health.ceiling, CEILINGS[view[0]])
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return Ceiling(figure.value, figure.low, figure.high)


def _table(health: Health, view: tuple[HealthMetric, ...], lang: Lang) -> str:
    heads = [t("health.col.group", lang), t("health.col.n", lang)]
    heads += [t(f"health.metric.{metric}", lang) for metric in view] + [t("health.col.mistakes", lang)]
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    body = ""
    for by in BY:
        groups = [group for group in health.told if group.by == by]
        if groups and by != "all":
            name = safe(t(f"health.by.{by}", lang))
            body += f'<tr class="he-by"><th scope="colgroup" colspan="{len(heads)}">{name}</th></tr>'
        body += "".join(_line(health, group, view, heads, lang) for group in groups)
    return table_html(head, body)


def _line(
    health: Health, group: GroupHealth, view: tuple[HealthMetric, ...], heads: Sequence[str], lang: Lang
) -> str:
    run = group.run or health.run_id
    name = t("health.by.all", lang) if group.by == "all" else group_name(group, lang)
    there = door(run, f"{group.where} human:right,wrong", lang)
    n = f'<a href="{attr(there)}">{safe(number(group.agreement.n, lang))}</a>'
    figures = [figure_html(group.agreement.figures[metric], lang) for metric in view]
    cells = [n, *figures, mistakes_html(run, group, lang)]
    data = "".join(f'<td data-head="{attr(h)}">{c}</td>' for h, c in zip(heads[1:], cells, strict=True))
    return f'<tr{" class=he-total" if group.by == "all" else ""}><th scope="row">{safe(name)}</th>{data}</tr>'


def _apart(health: Health, lang: Lang) -> str:
    """Whether groups may be put together; told for every way of grouping that could be tested."""
    lines = []
    for each in health.homogeneity:
        if each.p is None:
            continue
        key = f"health.apart.{each.by}" if each.apart else f"health.alike.{each.by}"
        lines.append(f"<li>{safe(t(key, lang, p=probability(each.p, lang), worst=each.worst))}</li>")
    return f'<ul class="st-note he-apart">{"".join(lines)}</ul>' if lines else ""


def _score_row(score: CorrectedTask, lang: Lang) -> ForestRow:
    corrected = Estimate(score.corrected.mean, score.corrected.low, score.corrected.high, 1, 0, 0)
    named = (("em", score.em), ("js", score.js), ("people", score.people), ("corrected", corrected))
    marks = tuple(
        Mark(KINDS[name], t(f"health.mark.{name}", lang), each.mean, each.low, each.high)
        for name, each in named
        if each.mean is not None and each.low is not None and each.high is not None
    )
    return ForestRow(_task_name(score, lang), marks, strong=not score.task)


def _task_name(score: CorrectedTask, lang: Lang) -> str:
    return titled(score.title, score.task, lang) if score.task else t("scores.total", lang)


def _score_line(health: Health, score: CorrectedTask, lang: Lang) -> str:
    scope = f"task:{quoted(score.task)} " if score.task else ""
    there = door(health.run_id, f"{scope}human:right,wrong", lang)
    labels = f'<a href="{attr(there)}">{safe(counted(score.labelled, lang))}</a>' if score.labelled else ""
    people = f"{mean_html(score.people, lang)}<span class='st-counts-rest'>{labels}</span>"
    if score.corrected.mean is None:
        corrected, how = DASH, safe(t(f"health.reason.{score.corrected.reason}", lang))
    else:
        value = Estimate(score.corrected.mean, score.corrected.low, score.corrected.high, 1, 0, 0)
        corrected = mean_html(value, lang)
        how = safe(t(f"health.how.{score.how}", lang))
    heads = [t(f"health.col.{name}", lang) for name in ("em", "js", "people", "corrected")]
    cells = [
        mean_html(score.em, lang), mean_html(score.js, lang), people, corrected,
    ]  # fmt: skip
    data = "".join(f'<td data-head="{attr(h)}">{c}</td>' for h, c in zip(heads, cells, strict=True))
    total = "" if score.task else " class=he-total"
    return (
        f'<tr{total}><th scope="row">{safe(_task_name(score, lang))}</th>{data}</tr>'
        f'<tr class="he-how"><td colspan="5">{sentence(how)}{_more(score, lang)}'
        f"{_skipped(health, score, lang)}.</td></tr>"
    )


def _skipped(health: Health, score: CorrectedTask, lang: Lang) -> str:
    """The answer of a draw that was passed over, and the way to it."""
    if not score.skipped:
        return ""
    there = link("inspect", lang, run=health.run_id, draw=score.skipped.draw, sample=score.skipped.sample_id)
    return f'. <a href="{attr(there)}">{safe(skipped_said(score.skipped, lang))}</a>'


def _more(score: CorrectedTask, lang: Lang) -> str:
    """What further labels would do."""
    if score.how == "powered" and score.more and score.run_low is not None:
        here = interval(score.run_low, score.run_high, lang)
        return f". {safe(t('health.more.powered', lang, here=here, n=counted(score.more, lang)))}"
    if score.more:
        return f". {safe(t('health.more.drawn', lang, n=counted(score.more, lang)))}"
    if score.further and (score.further.right or score.further.wrong):
        told = {"right": score.further.right, "wrong": score.further.wrong}
        return f". {safe(t('health.more.rates', lang, **told))}"
    return ""


def quoted(name: str) -> str:
    """A name as a value of the filter language."""
    return name if name.isidentifier() else f'"{name}"'
