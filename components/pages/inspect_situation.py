"""The picture of a run: the table EM x judge as buttons, the counts beside it, and a line for every task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.format import number, percent, titled
from components.pages.inspect_em import em_per_task, em_table
from components.pages.inspect_labels import foot_html, split_html
from components.widgets.chart_menu import chart_menu
from components.widgets.chips import CELL_SIGNS
from components.widgets.text import attr, safe
from studio.core.label import Draw, ThreeWayRow
from studio.core.run import CELLS, Cell, Confusion, SampleFilter
from studio.texts import Lang, t


@dataclass(frozen=True)
class People:
    """What people say of the run's answers: a row a task, all together last. No rows: this viewer may not know."""

    rows: Sequence[ThreeWayRow] = ()
    draws: Sequence[Draw] = ()
    may_label: bool = False

    def of(self, task: str) -> ThreeWayRow | None:
        return next((row for row in self.rows if row.name == task), None)


NOBODY = People()
ALONE: Mapping[str, str] = {}  # no reviewer is named

SCORED: tuple[Cell, ...] = CELLS[:4]
OUTSIDE: tuple[Cell, ...] = CELLS[4:]
_ROWS: tuple[tuple[str, Cell, Cell], ...] = (
    ("em_right", "both", "em_only"),
    ("em_wrong", "js_only", "neither"),
)


def situation_html(
    confusions: Sequence[Confusion],
    chosen: SampleFilter,
    truncated: int,
    lang: Lang,
    *,
    people: People = NOBODY,
    judged: bool = True,
    askable: bool = False,
    run: str = "",
    whose: Mapping[str, str] = ALONE,
) -> str:
    """The table of the chosen task (all of them without one), and every task in a line of its own.

    `confusions` are per task with all last; `truncated` counts the cut answers of what the table shows. Of a run that
    is not `judged` the table tells what EM says alone, and how to ask a judge where this viewer may (`askable`). Of a
    named `run` the tables can be had as files, which know by `whose` (of the address: `reviewer` or `people`) what
    this reviewer may be told of others' labels.
    """
    shown = next((c for c in confusions if c.task == chosen.task), confusions[-1])
    said = people.of(shown.task)
    foot = foot_html(said, people.draws, people.may_label, lang) if said else ""
    if not judged:
        return (
            f'<div class="in-now">{em_table(shown, askable, lang)}{_beside(shown, chosen, truncated, lang)}{foot}</div>'
            f"{em_per_task(confusions, chosen, lang)}"
        )
    files = (
        f'<div class="st-row in-files">{chart_menu("three-way", lang, run=run, task=shown.task, **whose)}'
        f"{chart_menu('cells', lang, run=run)}</div>"
        if run
        else ""
    )
    return (
        f'<div class="in-now">{_table(shown, chosen, said, lang)}{_beside(shown, chosen, truncated, lang)}{foot}</div>'
        f"{_per_task(confusions, chosen, lang)}{files}"
    )


def sealed_html(chosen: SampleFilter, people: People, lang: Lang) -> str:
    """In the table's place, where its numbers would suggest verdicts: why, and how much is labelled."""
    said = people.of(chosen.task) or people.of("")
    foot = foot_html(said, people.draws, people.may_label, lang) if said else ""
    return (
        f'<div class="in-sealed"><p><b>{t("label.scores.title", lang)}.</b> '
        f"{t('label.scores.table', lang)}</p>{foot}</div>"
    )


def veiled_html(lang: Lang) -> str:
    """In the table's place, where people are answering the run's task: its scores are there, and kept back."""
    return f'<div class="in-sealed"><p><b>{t("inspect.veiled.title", lang)}.</b> {t("inspect.veiled", lang)}</p></div>'


def cell_words(cell: str, lang: Lang) -> str:
    """A cell, or one of the filters that stand for several, in words."""
    return t(f"inspect.{cell}" if cell in {"disagree", "truncated"} else f"cell.{cell}", lang)


def _table(shown: Confusion, chosen: SampleFilter, said: ThreeWayRow | None, lang: Lang) -> str:
    title = titled(shown.title, shown.task, lang) if shown.task else t("inspect.task.all", lang)
    rows = "".join(_row(shown, chosen, said, name, left, right, lang) for name, left, right in _ROWS)
    return (
        f'<table class="in-table"><caption><b>{safe(title)}</b> <span>{_caption(shown, lang)}</span></caption>'
        f'<thead><tr><td></td><th scope="col">{t("inspect.table.js_right", lang)}</th>'
        f'<th scope="col">{t("inspect.table.js_wrong", lang)}</th>'
        f'<th scope="col" class="in-sum">{t("inspect.table.sum", lang)}</th></tr></thead>'
        f"<tbody>{rows}{_foot(shown, lang)}</tbody></table>"
    )


def _caption(shown: Confusion, lang: Lang) -> str:
    if not shown.scored:
        return t("inspect.table.nothing", lang)
    return t("inspect.table.of", lang, n=number(shown.scored, lang))


def _row(
    shown: Confusion,
    chosen: SampleFilter,
    said: ThreeWayRow | None,
    name: str,
    left: Cell,
    right: Cell,
    lang: Lang,
) -> str:
    total = shown.counts.get(left, 0) + shown.counts.get(right, 0)
    return (
        f'<tr><th scope="row">{t(f"inspect.table.{name}", lang)}</th>'
        f"<td>{_cell(shown, chosen, left, lang)}{split_html(said, left, chosen, lang) if said else ''}</td>"
        f"<td>{_cell(shown, chosen, right, lang)}{split_html(said, right, chosen, lang) if said else ''}</td>"
        f'<td class="in-sum">{_sum(total, shown.scored, lang)}</td></tr>'
    )


def _cell(shown: Confusion, chosen: SampleFilter, cell: Cell, lang: Lang) -> str:
    n, part = shown.counts.get(cell, 0), shown.share(cell)
    words = t(f"cell.{cell}", lang)
    label = t("inspect.table.cell", lang, words=words, n=n, share=percent(part, lang))
    pressed = "true" if (chosen.cell, chosen.label) == (cell, "") else "false"
    return (
        f'<button type="button" class="in-cell in-c-{cell}" data-cell="{cell}" aria-pressed="{pressed}"'
        f' aria-label="{attr(label)}" style="--part:{part or 0:.3f}">'
        f'<i class="in-sign" aria-hidden="true">{CELL_SIGNS[cell]}</i><b>{number(n, lang)}</b>'
        f'<span class="in-share">{percent(part, lang)}</span>'
        f'<span class="in-words">{t(f"inspect.short.{cell}", lang)}</span></button>'
    )


def _foot(shown: Confusion, lang: Lang) -> str:
    counts = shown.counts
    right = counts.get("both", 0) + counts.get("js_only", 0)
    wrong = counts.get("em_only", 0) + counts.get("neither", 0)
    agree = counts.get("both", 0) + counts.get("neither", 0)
    return (
        f'<tr class="in-foot"><th scope="row" class="in-sum">{t("inspect.table.sum", lang)}</th>'
        f'<td class="in-sum">{_sum(right, shown.scored, lang)}</td>'
        f'<td class="in-sum">{_sum(wrong, shown.scored, lang)}</td>'
        f'<td class="in-sum in-agree"><em>{t("inspect.table.agree", lang)}</em>'
        f"{_sum(agree, shown.scored, lang)}</td></tr>"
    )


def _sum(n: int, of: int, lang: Lang) -> str:
    return f"<b>{number(n, lang)}</b> <span>{percent(n / of if of else None, lang)}</span>"


def _beside(shown: Confusion, chosen: SampleFilter, truncated: int, lang: Lang) -> str:
    """What the table cannot hold, and the two filters that cut across it."""
    differ = shown.counts.get("em_only", 0) + shown.counts.get("js_only", 0)
    buttons = [_beside_button("disagree", "≠", differ, chosen, lang)]
    buttons += [
        _beside_button(cell, CELL_SIGNS[cell], shown.counts.get(cell, 0), chosen, lang) for cell in OUTSIDE
    ]
    buttons.append(_beside_button("truncated", "✂", truncated, chosen, lang))
    label = attr(t("inspect.beside", lang))
    return f'<div class="in-beside" role="group" aria-label="{label}">{"".join(buttons)}</div>'


def _beside_button(cell: str, sign: str, n: int, chosen: SampleFilter, lang: Lang) -> str:
    words = cell_words(cell, lang)
    label = attr(t("inspect.table.beside", lang, words=words, n=n))
    pressed = "true" if chosen.cell == cell else "false"
    return (
        f'<button type="button" class="in-chip in-c-{cell}{"" if n else " in-zero"}" data-cell="{cell}"'
        f' aria-pressed="{pressed}" aria-label="{label}"><i class="in-sign" aria-hidden="true">{sign}</i>'
        f"<span>{safe(words)}</span><b>{number(n, lang)}</b></button>"
    )


def _per_task(confusions: Sequence[Confusion], chosen: SampleFilter, lang: Lang) -> str:
    heads = "".join(
        f'<th scope="col" title="{attr(t(f"cell.{cell}", lang))}"><i class="in-sign in-c-{cell}" aria-hidden="true">'
        f'{CELL_SIGNS[cell]}</i><span class="in-head">{t(f"inspect.short.{cell}", lang)}</span></th>'
        for cell in SCORED
    )
    outside = (
        f'<th scope="col" title="{attr(t("inspect.outside.hint", lang))}">{t("inspect.outside", lang)}</th>'
    )
    lines = "".join(_task_line(confusion, chosen, lang) for confusion in [confusions[-1], *confusions[:-1]])
    return (
        f'<div class="in-tasks"><table><caption>{t("inspect.per_task", lang)}</caption>'
        f'<thead><tr><th scope="col">{t("inspect.task", lang)}</th><td></td>{heads}{outside}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _task_line(confusion: Confusion, chosen: SampleFilter, lang: Lang) -> str:
    name = titled(confusion.title, confusion.task, lang) if confusion.task else t("inspect.task.all", lang)
    outside = sum(confusion.counts.get(cell, 0) for cell in OUTSIDE)
    current = ' class="in-current"' if confusion.task == chosen.task else ""
    numbers = "".join(_task_cell(confusion, cell, chosen, lang) for cell in SCORED)
    return (
        f'<tr{current}><th scope="row"><button type="button" class="in-task" data-task="{attr(confusion.task)}"'
        f' title="{attr(confusion.task)}">{safe(name)}</button></th>'
        f'<td class="in-bar" aria-hidden="true">{_bar(confusion)}</td>{numbers}'
        f'<td class="in-out">{number(outside, lang) if outside else ""}</td></tr>'
    )


def _task_cell(confusion: Confusion, cell: Cell, chosen: SampleFilter, lang: Lang) -> str:
    n, part = confusion.counts.get(cell, 0), percent(confusion.share(cell), lang)
    words = t(f"cell.{cell}", lang)
    label = attr(t("inspect.table.cell", lang, words=words, n=n, share=part))
    pressed = "true" if (confusion.task, cell) == (chosen.task, chosen.cell) else "false"
    return (
        f'<td><button type="button" class="in-n in-c-{cell}{"" if n else " in-zero"}" title="{label}"'
        f' data-task="{attr(confusion.task)}" data-cell="{cell}" aria-pressed="{pressed}" aria-label="{label}">'
        f"{number(n, lang)}</button></td>"
    )


def _bar(confusion: Confusion) -> str:
    parts = "".join(
        f'<i class="in-c-{cell}" style="flex-grow:{confusion.counts.get(cell, 0)}"></i>'
        for cell in SCORED
        if confusion.counts.get(cell, 0)
    )
    return f"<span>{parts}</span>"
