"""Which run, which of its samples: the run's line, the filters, and the list to walk through."""

from collections.abc import Mapping, Sequence

from components.format import ago, count, number, share, titled
from components.links import link
from components.pages.inspect_labels import draw_options, label_options, mark_html
from components.pages.inspect_query import box_html
from components.pages.inspect_situation import cell_words
from components.widgets.chips import MARK_SIGNS, chip, crossed_chip, run_state_chip
from components.widgets.report_button import report_button
from components.widgets.text import attr, safe, short
from studio.core.label import Draw
from studio.core.people_run import PeopleRun
from studio.core.run import CELLS, Confusion, Queue, RunView, SampleFilter, SampleRow
from studio.texts import Lang, t
from studio.texts.run_names import made_of, name_of

PAGE = 50  # rows of a page of the list
RUNS_OFFERED = 200  # the selector holds the newest; an older one is opened by its link
FILTERS = ("disagree", *CELLS, "truncated")


def run_bar_html(runs: Sequence[RunView], run: RunView, titles: Mapping[str, str], lang: Lang) -> str:
    """The selector of runs with what is known of the chosen one. `titles` are those of tasks."""
    offered = list(runs[:RUNS_OFFERED])
    if all(other.id != run.id for other in offered):
        offered.append(run)
    options = "".join(_run_option(other, run.id, titles, lang) for other in offered)
    done = t("inspect.run.of", lang, answered=number(run.answered, lang), planned=number(run.planned, lang))
    judge = f'<span class="in-fact">{t("inspect.judge", lang)}: <code>{safe(run.judge)}</code></span>'
    return (
        f'<label class="in-field in-run"><span>{t("inspect.run", lang)}</span>'
        f'<select name="run">{options}</select></label>'
        f'<div class="in-facts">{_kind(run, lang)}{run_state_chip(run, lang)}<span class="in-fact">{done}</span>'
        f"{_made(run, lang)}{judge if run.judge else ''}{report_button(run.id, lang, 'in-quiet')}"
        f'<button type="button" class="in-quiet" data-act="refresh">{t("inspect.refresh", lang)}</button>'
        f'<a class="in-quiet in-beside-link" data-beside href="{attr(link("compare", lang, run=run.id))}"'
        f' title="{attr(t("compare.from_inspect.hint", lang))}">{safe(t("compare.from_inspect", lang))}</a></div>'
    )


def _made(run: RunView, lang: Lang) -> str:
    """What a run of people is made of: a title alone does not tell how many answered, and by when."""
    people = PeopleRun.of(run.resolved)
    return f'<span class="in-fact">{safe(made_of(people, lang))}</span>' if people else ""


def _kind(run: RunView, lang: Lang) -> str:
    if run.tool:
        return chip(run.tool, "info", "⇥", t("runs.imported", lang, tool=run.tool))
    if run.kind == "human":
        people = PeopleRun.of(run.resolved)
        what = t(f"people.run.what.{people.what}" if people else "inspect.run.human", lang)
        return chip(what, "accent", "☺", made_of(people, lang) if people else "")
    return crossed_chip(run.spec.crossed, lang)


def _run_option(run: RunView, chosen: str, titles: Mapping[str, str], lang: Lang) -> str:
    tasks = ", ".join(titles.get(task, task) for task in run.tasks[:3])
    parts = [name_of(run, lang), tasks + ("…" if len(run.tasks) > 3 else "")]
    parts += [t("chip.crossed", lang)] if run.spec.crossed else []
    parts += [ago(run.created_at, lang), count(run.planned, "count.samples", lang)]
    selected = " selected" if run.id == chosen else ""
    return f'<option value="{attr(run.id)}"{selected}>{safe(" · ".join(parts))}</option>'


def filters_html(
    confusions: Sequence[Confusion],
    categories: Sequence[str],
    chosen: SampleFilter,
    blind: bool,
    lang: Lang,
    draws: Sequence[Draw] = (),
    words: str = "",
    everyones: bool | None = None,
    sealed: bool = False,
) -> str:
    """The bar of filters. `words` is the whole filter as the box says it; `blind` viewers search the questions only.
    `everyones`: labels of others are shown before an own one; None: whoever looks cannot label. `sealed`: scores are
    told only beside an own one."""
    tasks = "".join(
        _option(c.task, titled(c.title, c.task, lang) if c.task else t("inspect.task.all", lang), chosen.task)
        for c in [confusions[-1], *confusions[:-1]]
    )
    cells = _option("", t("inspect.filter.cell.all", lang), chosen.cell)
    cells += "".join(_option(cell, cell_words(cell, lang), chosen.cell) for cell in FILTERS)
    return (
        f"{box_html(words, blind, lang)}{_select('task', t('inspect.task', lang), tasks)}"
        f"{_select('cell', t('inspect.filter.cell', lang), cells)}"
        f"{_select('category', t('inspect.filter.category', lang), category_options(categories, chosen, lang))}"
        f"{_select('label', t('label.filter', lang), label_options(chosen, lang))}{_whose(everyones, lang)}"
        f"{_select('draw', t('label.draw.filter', lang), draw_options(draws, chosen, lang))}"
        f'<label class="in-field in-goto"><span>{t("inspect.filter.number", lang)}</span>'
        f'<input type="text" inputmode="numeric" name="number" maxlength="9" autocomplete="off"></label>'
        f"{'' if everyones is None else _seal(sealed, lang)}"
        f'<button type="button" class="in-quiet" data-act="clear">{t("inspect.filter.clear", lang)}</button>'
    )


def category_options(categories: Sequence[str], chosen: SampleFilter, lang: Lang) -> str:
    """`key=value` pairs as options of a select."""
    options = [_option("", t("inspect.filter.category.all", lang), chosen.category)]
    options += [_option(pair, pair.replace("=", ": ", 1), chosen.category) for pair in categories]
    return "".join(options)


def _whose(everyones: bool | None, lang: Lang) -> str:
    """Whose labels count, where one may label."""
    if everyones is None:
        return ""
    chosen = "all" if everyones else ""
    options = _option("", t("label.people.own", lang), chosen) + _option(
        "all", t("label.people.all", lang), chosen
    )
    return _select("people", t("label.people", lang), options)


def _seal(sealed: bool, lang: Lang) -> str:
    """Off unless somebody labels: whoever looks for reasons needs the scores at once."""
    on = " checked" if sealed else ""
    return (
        f'<label class="lab-auto in-seal" title="{attr(t("label.scores.why", lang))}">'
        f'<input type="checkbox" name="scores" value="hidden"{on}> {t("label.scores", lang)}</label>'
    )


def _select(name: str, label: str, options: str) -> str:
    return (
        f'<label class="in-field"><span>{safe(label)}</span><select name="{name}">{options}</select></label>'
    )


def _option(value: str, label: str, chosen: str) -> str:
    selected = " selected" if value == chosen else ""
    return f'<option value="{attr(value)}"{selected}>{safe(label)}</option>'


def queue_html(
    queue: Queue,
    current: int | None,
    titles: Mapping[str, str],
    lang: Lang,
    hidden: frozenset[str] = frozenset(),
) -> str:
    """A page of the list. `titles` name the tasks where the list holds several; empty where it holds one.

    Answers to the tasks in `hidden` are not shown.
    """
    rows = "".join(_row(row, current, titles, lang, row.task in hidden) for row in queue.rows)
    return f'<ol class="in-list" start="{queue.offset + 1}">{rows}</ol>{_pager(queue, lang)}'


def _row(row: SampleRow, current: int | None, titles: Mapping[str, str], lang: Lang, hidden: bool) -> str:
    words = t("label.scores.title" if row.sealed else f"cell.{row.mark}", lang)
    sign = "⊘" if row.sealed else MARK_SIGNS[row.mark]
    answer = short(row.answer, 90) if row.answer.strip() and not hidden else _no_answer(row, lang, hidden)
    task = f'<span class="in-rowtask">{safe(titles[row.task])}</span>' if row.task in titles else ""
    probability = (
        f'<span class="in-p">{share(row.probability, lang)}</span>' if row.probability is not None else ""
    )
    cut = f'<i title="{attr(t("chip.truncated", lang))}">✂</i>' if row.truncated else ""
    here = ' aria-current="true"' if row.sample_id == current else ""
    return (
        f'<li><button type="button" class="in-row" data-sample="{row.sample_id}" data-index="{row.index}"{here}>'
        f'<i class="in-sign in-c-{"sealed" if row.sealed else row.mark}" role="img" aria-label="{attr(words)}"'
        f' title="{attr(words)}">{sign}</i>'
        f'<span class="in-rowhead"><span class="in-no">{t("inspect.number", lang, number=row.number)}</span>'
        f"{task}{cut}{mark_html(row.human, lang)}{probability}</span>"
        f'<span class="in-rowq">{short(row.question, 100)}</span><span class="in-rowa">{answer}</span></button></li>'
    )


def _no_answer(row: SampleRow, lang: Lang, hidden: bool) -> str:
    """Why no answer is shown: it is hidden, there is none, or it is an empty one, which is another thing."""
    key = "queue.no_answer" if row.cell in {"failed", "pending"} else "answer.empty"
    key = "queue.hidden" if hidden else key
    return f"<em>{t(f'inspect.{key}', lang)}</em>"


def _pager(queue: Queue, lang: Lang) -> str:
    if queue.total <= PAGE and queue.offset == 0:
        return ""
    first, last = queue.offset + 1, queue.offset + len(queue.rows)
    shown = t(
        "inspect.queue.page",
        lang,
        first=number(first, lang),
        last=number(last, lang),
        total=number(queue.total, lang),
    )
    return (
        f'<div class="in-pager">{_turn("‹", "previous", queue.offset - PAGE, first <= 1, lang)}'
        f"<span>{shown}</span>{_turn('›', 'next', queue.offset + PAGE, last >= queue.total, lang)}</div>"
    )


def _turn(sign: str, way: str, offset: int, disabled: bool, lang: Lang) -> str:
    label = attr(t(f"inspect.queue.{way}", lang, n=PAGE))
    off = " disabled" if disabled else ""
    return (
        f'<button type="button" class="in-turn" data-offset="{max(0, offset)}" aria-label="{label}" title="{label}"'
        f"{off}>{sign}</button>"
    )


def notice_html(title: str, text: str, links: Sequence[tuple[str, str, str]] = ()) -> str:
    """An empty state that explains itself. `links` are (label, address, act): an act is a button for the script."""
    buttons = "".join(
        f'<button type="button" class="in-button" data-act="{attr(act)}">{safe(label)}</button>'
        if act
        else f'<a class="in-button" href="{attr(address)}">{safe(label)}</a>'
        for label, address, act in links
    )
    foot = f'<p class="in-notice-links">{buttons}</p>' if buttons else ""
    return f'<div class="in-notice"><h2>{safe(title)}</h2><p>{safe(text)}</p>{foot}</div>'


def empty_list_html(lang: Lang) -> str:
    """The list of a filter that leaves nothing; the reason stands in the card's place."""
    return f'<p class="in-void">{t("inspect.queue.empty", lang)}</p>'


def no_runs_html(lang: Lang) -> str:
    """The database holds no run yet."""
    return notice_html(
        t("inspect.none.title", lang),
        t("inspect.none.text", lang),
        [
            (t("inspect.none.run", lang), link("run", lang), ""),
            (t("inspect.none.annotate", lang), link("annotate", lang), ""),
        ],
    )


def gone_html(run_id: str, lang: Lang) -> str:
    """The link names a run that is not here."""
    newest = (t("inspect.gone.newest", lang), link("inspect", lang), "")
    return notice_html(t("inspect.gone.title", lang), t("inspect.gone.text", lang, run=run_id[:80]), [newest])


def nothing_html(chosen: SampleFilter, lang: Lang, everyones: bool | None = None) -> str:
    """The filter leaves nothing: say what that means, and where it goes by labels of which most may be hidden, so."""
    if chosen == SampleFilter():
        return notice_html(t("inspect.empty.run.title", lang), t("inspect.empty.run.text", lang))
    alone = chosen == SampleFilter(task=chosen.task, cell=chosen.cell) and chosen.cell
    text = t(f"inspect.empty.{chosen.cell}", lang) if alone else ""
    if chosen.text and not text:
        text = t("inspect.empty.text", lang, text=chosen.text)
    if chosen.where and not text:
        text = t("query.empty", lang, where=chosen.where)
    links = [(t("inspect.empty.clear", lang), "", "clear")]
    if everyones is False:
        text = f"{text} {t('label.people.hidden', lang)}".strip()
        links.insert(0, (t("label.people.show", lang), "", "people"))
    return notice_html(t("inspect.empty.title", lang), text, links)
