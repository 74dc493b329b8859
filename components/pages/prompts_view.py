"""A run by prompt as markup: the first words, the forest with its table, the words of the prompts, how to ask more."""

from collections.abc import Sequence

from components.format import ago, count, duration, number
from components.links import link
from components.pages.health_doors import door, table_html
from components.pages.health_view import quoted
from components.widgets.chart_menu import chart_menu
from components.widgets.forest import ForestRow, Mark, forest_html
from components.widgets.scores import mean_html
from components.widgets.text import attr, safe
from studio.core.outcome import Estimate
from studio.core.prompts import CrossingOffer, PromptMark, PromptScore, PromptScores
from studio.core.run import RunView
from studio.texts import Lang, t
from studio.texts.prompts_said import prompts_said
from studio.texts.run_names import name_of

# A mark of the plot, the field of a score, and the filter that keeps what it counts as right.
MARKS = (("em", "em", "em:1"), ("js", "js", "js:1"), ("people", "human", "human:right"))
SIZES = (10, 30, 50, 100, 200, 500)
USUAL = 30


def said_section(found: PromptScores, action: str, lang: Lang) -> str:
    """What to know before the first number, then what the run says."""
    first, *rest = prompts_said(found, lang, models=False)
    more = "".join(f"<p>{safe(sentence)}</p>" for sentence in rest)
    kind = "crossed" if found.run.spec.crossed else "plain"
    return (
        f'<section class="st-card he-said pr-said pr-{kind}"><p class="he-first">{safe(first)}</p>{more}{action}'
        "</section>"
    )


def scores_section(found: PromptScores, lang: Lang) -> str:
    """The plot, and the table whose every number leads to its samples."""
    if not found.total.em.n and not found.total.js.n:
        return _card("by", f'<p class="st-note">{safe(t("prompts.empty", lang))}</p>', lang)
    if not any(score.prompt is not None for score in found.scores):
        return _card("by", f'<p class="st-note">{safe(t("prompts.none", lang))}</p>', lang)
    marks = [mark for mark in MARKS if any(_of(score, mark[1]).n for score in found.scores)]
    keys = "".join(
        f'<li><span class="he-key fo-{mark}"></span>{safe(t(f"prompts.mark.{mark}", lang))}</li>'
        for mark, _, _ in marks
    )
    shown = [*found.scores, found.total]
    rows = [_forest_row(score, marks, score is found.total, lang) for score in shown]
    heads = ["prompts.col.prompt", "prompts.col.n"] + [f"prompts.mark.{mark}" for mark, _, _ in marks]
    heads = [t(key, lang) for key in (*heads, "prompts.col.rest")]
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    body = "".join(_line(found, score, marks, heads, score is found.total, lang) for score in shown)
    menu = chart_menu("prompts", lang, run=found.run.id, task=found.task)
    return _card(
        "by",
        f'<ul class="st-list st-legend he-legend">{keys}</ul><div class="he-pair"><figure>'
        f"{forest_html(rows, t('prompts.chart', lang), lang)}</figure>{table_html(head, body)}</div>",
        lang,
        menu,
    )


def words_section(found: PromptScores, lang: Lang) -> str:
    """Each prompt's template behind its number."""
    if not found.texts:
        return ""
    title = found.texts[0].title.get(lang) or found.texts[0].task
    folds = "".join(
        f'<details class="st-details pr-words"><summary>{safe(t("prompts.name", lang, id=text.prompt))}</summary>'
        f'<pre class="pr-template">{safe(text.instruction)}</pre></details>'
        for text in found.texts
    )
    several = t("prompts.words.pick", lang) if not found.task and len(found.tasks) > 1 else ""
    note = f"{t('prompts.words.note', lang, task=title)} {several}"
    return _card("words", f'<p class="st-small">{safe(note)}</p>{folds}', lang)


def choices_html(found: PromptScores, mark: PromptMark, lang: Lang) -> str:
    """Which task, and of a crossed run by which score."""
    parts = []
    if len(found.tasks) > 1:
        every = [] if found.run.spec.crossed else [("", t("prompts.task.all", lang))]
        named = [*every, *((name, title.get(lang) or name) for name, title in found.tasks.items())]
        options = "".join(
            f'<option value="{attr(name)}"{" selected" if name == found.task else ""}>{safe(title)}</option>'
            for name, title in named
        )
        parts.append(
            f'<label class="pr-field"><span>{safe(t("prompts.task", lang))}</span>'
            f'<select name="task">{options}</select></label>'
        )
    if found.run.spec.crossed:
        buttons = "".join(
            f'<button type="button" data-mark="{name}" aria-pressed="{str(name == mark).lower()}">'
            f"{safe(t(f'prompts.mark.{name}', lang))}</button>"
            for name in ("em", "js")
        )
        label = attr(t("prompts.mark", lang))
        parts.append(
            f'<div class="pr-field"><span aria-hidden="true">{label}</span>'
            f'<div class="st-segments" role="group" aria-label="{label}">{buttons}</div></div>'
        )
    return f'<div class="pr-choices">{"".join(parts)}</div>' if parts else ""


def ask_html(offer: CrossingOffer | None, most: int, known: Sequence[RunView], lang: Lang) -> str:
    """The form that starts a crossed run, and those that are there; nothing for whom may not start one."""
    there = "".join(
        f'<li><a href="{attr(link("prompts", lang, run=run.id))}">{safe(name_of(run, lang))}</a> '
        f'<span class="st-small">{safe(_crossing(run, lang))} · {safe(ago(run.created_at, lang))}</span></li>'
        for run in known[:5]
    )
    listed = (
        f'<p class="st-small">{safe(t("prompts.ask.known", lang))}</p><ul class="st-list pr-known">{there}</ul>'
        if there
        else ""
    )
    if offer is None:
        return listed
    if offer.reason:
        return f'{listed}<p class="st-note">{safe(t(f"prompts.cannot.{offer.reason}", lang))}</p>'
    options = "".join(
        f'<option value="{items}"{" selected" if items == USUAL else ""}>{safe(_plan(offer, items, lang))}</option>'
        for items in SIZES
        if items <= most
    )
    return (
        f'{listed}<form class="he-ask pr-ask"><label><span>{safe(t("prompts.ask.items", lang))}</span>'
        f'<select name="items">{options}</select></label>'
        f'<button type="submit" class="st-btn st-btn--main">{safe(t("prompts.ask", lang))}</button>'
        f'<span class="st-alert" role="alert" hidden></span>'
        f'<p class="st-small">{safe(t("prompts.ask.why", lang))}</p></form>'
    )


def _crossing(run: RunView, lang: Lang) -> str:
    items = run.spec.crossed.items if run.spec.crossed else 0
    return f"{count(items, 'count.samples', lang)} · {number(run.answered, lang)}/{number(run.planned, lang)}"


def _plan(offer: CrossingOffer, items: int, lang: Lang) -> str:
    """How many answers, and how long they would take at the pace of this run."""
    n = items * offer.prompts
    key = "prompts.ask.plan" if offer.sure else "prompts.ask.plan.about"
    plan = t(
        key,
        lang,
        items=number(items, lang),
        prompts=offer.prompts,
        n=count(n, "count.answers", lang),
    )
    if offer.seconds is None:
        return plan
    return t("prompts.ask.time", lang, plan=plan, time=duration(offer.seconds * n, lang))


def _card(key: str, body: str, lang: Lang, menu: str = "") -> str:
    return (
        f'<section class="st-card pr-card" aria-labelledby="pr-{key}"><div class="st-spread">'
        f'<h2 class="st-h2" id="pr-{key}">{safe(t(f"prompts.{key}", lang))}</h2>{menu}</div>{body}</section>'
    )


def _of(score: PromptScore, field: str) -> Estimate:
    found: Estimate = getattr(score, field)
    return found


def prompt_name(prompt: int | None, lang: Lang) -> str:
    """«Промпт 3»; of records that do not tell it that they do not."""
    return t("prompts.name.none", lang) if prompt is None else t("prompts.name", lang, id=prompt)


def _name(score: PromptScore, total: bool, lang: Lang) -> str:
    return t("prompts.total", lang) if total else prompt_name(score.prompt, lang)


def _forest_row(
    score: PromptScore, marks: Sequence[tuple[str, str, str]], total: bool, lang: Lang
) -> ForestRow:
    drawn = tuple(
        Mark(mark, t(f"prompts.mark.{mark}", lang), found.mean, found.low, found.high)
        for mark, field, _ in marks
        if (found := _of(score, field)).mean is not None and found.low is not None and found.high is not None
    )
    return ForestRow(_name(score, total, lang), drawn, t("prompts.empty", lang), total)


def scope_of(found: PromptScores) -> str:
    """The part of every filter here that keeps to the tasks shown."""
    if found.task:
        return f"task:{quoted(found.task)}"
    if found.hidden:
        return "task:" + ",".join(quoted(task) for task in found.tasks if task not in found.hidden)
    return ""


def _line(
    found: PromptScores,
    score: PromptScore,
    marks: Sequence[tuple[str, str, str]],
    heads: Sequence[str],
    total: bool,
    lang: Lang,
) -> str:
    where = f"{scope_of(found)} {'' if total else score.where}".strip()
    name, n = safe(_name(score, total, lang)), number(score.samples, lang)
    cells = [f'<td data-head="{attr(heads[1])}">{_door(found.run.id, where, n, lang)}</td>']
    for place, (_, field, right) in enumerate(marks, 2):
        estimate = _of(score, field)
        told = mean_html(estimate, lang)
        shown = _linked(found.run.id, f"{where} {right}", told, lang) if estimate.mean is not None else told
        cells.append(f'<td data-head="{attr(heads[place])}">{shown}</td>')
    cells.append(f'<td data-head="{attr(heads[-1])}">{_rest(found.run.id, where, score, lang)}</td>')
    row = ' class="he-total"' if total else ""
    return f'<tr{row}><th scope="row">{_linked(found.run.id, where, name, lang)}</th>{"".join(cells)}</tr>'


def _rest(run: str, where: str, score: PromptScore, lang: Lang) -> str:
    """What is in no mean, each count a door."""
    counts = (
        ("failed", score.em.failed, "failed:1"),
        ("unscored", max(score.em.unscored, score.js.unscored), "unscored:1"),
        ("pending", score.pending, "state:pending"),
    )
    told = [
        _door(run, f"{where} {only}", t(f"prompts.{kind}", lang, n=number(n, lang)), lang)
        for kind, n, only in counts
        if n
    ]
    return "<br>".join(told) or '<span class="st-small">—</span>'


def _door(run: str, where: str, text: str, lang: Lang) -> str:
    return _linked(run, where, safe(text), lang)


def _linked(run: str, where: str, markup: str, lang: Lang) -> str:
    return f'<a class="pr-door" href="{attr(door(run, where, lang))}">{markup}</a>'
