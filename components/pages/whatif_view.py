"""What would be: EM and JS before and after, the table EM x judge, each task, and the answers that change."""

from collections.abc import Mapping

from components.format import decimal, interval, number, share, titled
from components.links import link
from components.widgets.chart_menu import chart_menu
from components.widgets.chips import CELL_SIGNS
from components.widgets.text import attr, safe, short
from studio.core.run import CELLS, Cell
from studio.core.whatif import ChangedSample, Sides, TaskChange, Turned, WhatIf
from studio.texts import Lang, t

_FOUR: tuple[Cell, ...] = CELLS[:4]


def result_html(
    found: WhatIf, task: str, offset: int, page: int, lang: Lang, address: Mapping[str, str]
) -> str:
    """The numbers of all tasks together first, then what turned them, then task by task and answer by answer. `address`
    is what of the page's says what is asked."""
    hidden = (
        f'<p class="st-note">{safe(t("whatif.hidden", lang, tasks=", ".join(found.hidden)))}</p>'
        if found.hidden
        else ""
    )
    return (
        f"{hidden}{_scores(found, lang)}{_cells(found, lang)}{_menus(found, address, lang)}"
        f"{_by(found, lang)}{_tasks(found, task, lang)}"
        f"{_changed(found, task, offset, page, lang)}"
    )


def _menus(found: WhatIf, address: Mapping[str, str], lang: Lang) -> str:
    """The cells and, where a judge was asked, its probabilities as files."""
    names = ("whatif", "threshold") if found.known_variants else ("whatif",)
    menus = "".join(chart_menu(name, lang, **address) for name in names)
    return f'<div class="st-row wi-files">{menus}</div>'


def _scores(found: WhatIf, lang: Lang) -> str:
    label = safe(found.label)
    return (
        f'<div class="wi-scores">{_score("EM", found, found.total.em, f"<code>{label}</code>", lang)}'
        f"{_score('JS', found, found.total.js, '', lang)}</div>"
    )


def _score(name: str, found: WhatIf, sides: Sides, note: str, lang: Lang) -> str:
    after = (
        f'<span class="wi-arrow" aria-hidden="true">→</span><b>{decimal(sides.after.mean, lang, 3)}</b>'
        if sides.gained or sides.lost or sides.after != sides.before
        else ""
    )
    return (
        f'<div class="wi-score"><h3>{name} {note}</h3><p class="wi-big">'
        f"<span>{decimal(sides.before.mean, lang, 3)}</span>{after}</p><p>{_difference(name, found, sides, lang)}</p>"
        f'<p class="st-note">{safe(t("whatif.interval", lang))} '
        f"{interval(sides.after.low, sides.after.high, lang)}</p></div>"
    )


def _door(found: WhatIf, words: str, lang: Lang, *more: str, task: str = "") -> str:
    """A number of changed answers as a link to exactly those."""
    if not found.words:
        return words
    there = link("inspect", lang, run=found.run, task=task, where=found.where(*more))
    return f'<a href="{attr(there)}">{words}</a>'


def _difference(name: str, found: WhatIf, sides: Sides, lang: Lang) -> str:
    if sides.difference is None:
        return f'<span class="wi-same">{safe(t("whatif.same", lang))}</span>'
    d = sides.difference
    tone = "good" if d.low > 0 else "bad" if d.high < 0 else "even"
    return (
        f'<b class="wi-{tone}">{_signed(d.mean, lang, 3)}</b> [{_signed(d.low, lang, 3)}; {_signed(d.high, lang, 3)}]'
        f' <span class="wi-turned">{_door(found, "+" + number(sides.gained, lang), lang, f"{name.lower()}+")}'
        f" {_door(found, '−' + number(sides.lost, lang), lang, f'{name.lower()}-')}</span>"
    )


def _signed(value: float, lang: Lang, digits: int) -> str:
    text = decimal(abs(value), lang, digits)
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _cells(found: WhatIf, lang: Lang) -> str:
    """The four cells, each a door to the samples that are in it now."""
    cells = "".join(_cell(cell, found, lang) for cell in _FOUR)
    return f'<div class="wi-cells" aria-label="{attr(t("whatif.cells", lang))}">{cells}</div>'


def _cell(cell: Cell, found: WhatIf, lang: Lang) -> str:
    before, after = found.total.before.get(cell, 0), found.total.after.get(cell, 0)
    door = attr(link("inspect", lang, run=found.run, cell=cell))
    turned = "" if before == after else f' <i aria-hidden="true">→</i> <b>{number(after, lang)}</b>'
    sign = f'<i class="in-sign" aria-hidden="true">{CELL_SIGNS[cell]}</i>'
    return (
        f'<a class="wi-cell in-c-{cell}" href="{door}"><span class="wi-count">{number(before, lang)}{turned}</span>'
        f"<span>{sign} {safe(t(f'cell.{cell}', lang))}</span></a>"
    )


def _by(found: WhatIf, lang: Lang) -> str:
    """What each switch turns by itself."""
    if not found.by:
        return ""
    items = "".join(
        f"<li><span>{safe(t('whatif.together' if turned.name == 'together' else f'rule.{turned.name}', lang))}</span>"
        f"{_count(found, turned, '+', turned.gained, lang)}{_count(found, turned, '−', turned.lost, lang)}</li>"
        for turned in found.by
    )
    return f'<section class="wi-by"><h3>{safe(t("whatif.by", lang))}</h3><ul>{items}</ul></section>'


def _count(found: WhatIf, turned: Turned, sign: str, n: int, lang: Lang) -> str:
    if not n:
        return '<b class="is-none">0</b>'
    side = "em+" if sign == "+" else "em-"
    return f"<b>{_door(found, f'{sign}{number(n, lang)}', lang, side, f'by={turned.name}')}</b>"


def _tasks(found: WhatIf, chosen: str, lang: Lang) -> str:
    if len(found.tasks) < 2:
        return ""
    heads = "".join(
        f'<th scope="col">{safe(t(key, lang))}</th>'
        for key in (
            "inspect.task",
            "whatif.em",
            "whatif.difference",
            "whatif.js",
            "whatif.difference",
            "whatif.turned",
        )
    )
    rows = "".join(_task(found, change, chosen, lang) for change in found.tasks)
    return (
        f'<div class="in-scroll"><table class="wi-tasks"><caption>{safe(t("inspect.per_task", lang))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _task(found: WhatIf, change: TaskChange, chosen: str, lang: Lang) -> str:
    name = safe(titled(change.title, change.task, lang))
    pressed = "true" if change.task == chosen else "false"
    cells = "".join(
        f"<td>{share(sides.before.mean, lang)} → {share(sides.after.mean, lang)}</td><td>{_brief(sides, lang)}</td>"
        for sides in (change.em, change.js)
    )
    changed = number(change.changed, lang)
    if change.changed:
        changed = _door(found, changed, lang, task=change.task)
    return (
        f'<tr><th scope="row"><button type="button" class="in-task" data-task="{attr(change.task)}"'
        f' aria-pressed="{pressed}">{name}</button></th>{cells}<td>{changed}</td></tr>'
    )


def _brief(sides: Sides, lang: Lang) -> str:
    if sides.difference is None:
        return "—"
    d = sides.difference
    return f"{_signed(d.mean, lang, 3)} [{_signed(d.low, lang, 2)}; {_signed(d.high, lang, 2)}]"


def _changed(found: WhatIf, task: str, offset: int, page: int, lang: Lang) -> str:
    total = number(found.changed_total, lang)
    if found.changed_total:
        total = _door(found, f"{total} {safe(t('whatif.changed.inspect', lang))}", lang, task=task)
    title = f"{safe(t('whatif.changed', lang))} <span>{total}</span>"
    narrowed = (
        f'<button type="button" class="in-quiet" data-task="">{safe(t("inspect.task.all", lang))} ×</button>'
        if task
        else ""
    )
    rows = "".join(_row(sample, found, task, lang) for sample in found.changed)
    body = (
        f'<ol class="wi-list">{rows}</ol>'
        if rows
        else f'<p class="st-note">{safe(t("whatif.changed.none", lang))}</p>'
    )
    pages = _pages(found.changed_total, offset, page, lang) if found.changed_total > page else ""
    return f'<section class="wi-changed"><div class="wi-bar"><h3>{title}</h3>{narrowed}</div>{body}{pages}</section>'


def _pages(total: int, offset: int, page: int, lang: Lang) -> str:
    last = min(offset + page, total)
    turns = (
        f'<button type="button" class="in-quiet" data-offset="{to}" aria-label="{attr(t(label, lang))}"'
        f"{'' if there else ' disabled'}>{sign}</button>"
        for sign, to, there, label in (
            ("←", max(0, offset - page), offset > 0, "inspect.previous"),
            ("→", offset + page, last < total, "inspect.next"),
        )
    )
    back, on = turns
    return f'<p class="wi-pages">{back} {number(offset + 1, lang)}–{number(last, lang)} {on}</p>'


def _row(sample: ChangedSample, found: WhatIf, task: str, lang: Lang) -> str:
    address = link("inspect", lang, run=found.run, task=task, where=found.where(), sample=sample.sample_id)
    door = attr(address)
    by = "".join(f'<span class="wi-why">{safe(t(f"rule.{name}", lang))}</span>' for name in sample.by)
    if sample.em[0] != sample.em[1] and not sample.by:
        by = f'<span class="wi-why">{safe(t("whatif.together", lang))}</span>'
    if sample.js[0] != sample.js[1]:
        by += f'<span class="wi-why">{safe(t("whatif.why_judge", lang, p=share(sample.probability, lang)))}</span>'
    cells = "".join(
        f'<i class="in-c-{cell}" title="{attr(t(f"cell.{cell}", lang))}">{CELL_SIGNS[cell]}</i>'
        for cell in (sample.before, sample.after)
    )
    return (
        f'<li><a href="{door}"><span class="wi-way">{cells}</span><span class="wi-texts"><b>№{sample.number}</b>'
        f" {short(sample.answer, 90)} <em>{safe(t('lens.gold', lang))}:</em> {short(sample.gold, 60)}</span>"
        f'<span class="wi-whys">{by}</span></a></li>'
    )
