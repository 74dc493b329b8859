"""EM x judge x people in a report: four cells, every task in a line, and what people say of each cell."""

from studio.core.health import CorrectedTask
from studio.core.label import HUMAN
from studio.core.outcome import Estimate
from studio.core.report import CellsOf, Report, ReportRun
from studio.core.run import CELLS, Cell
from studio.report.markup import letter, mean, part, part_bounds, row, run_name, section, table
from studio.texts import Lang, t
from studio.texts.dates import titled
from studio.texts.draws_said import worth_said
from studio.texts.escape import safe
from studio.texts.figures import DASH, number, percent

SCORED: tuple[Cell, ...] = CELLS[:4]
SIDES: tuple[tuple[str, Cell, Cell], ...] = (
    ("em_right", "both", "em_only"),
    ("em_wrong", "js_only", "neither"),
)


def cells_html(report: Report, lang: Lang) -> str:
    """All runs, one after the other."""
    runs = "".join(_run(report, place, run, lang) for place, run in enumerate(report.runs))
    lead = f'<p class="lead">{t("report.cells.lead", lang)}</p>'
    return section("cells", t("report.cells", lang), lead + runs)


def _run(report: Report, place: int, run: ReportRun, lang: Lang) -> str:
    several = len(report.runs) > 1
    title = f"<h3>{letter(report, place)}{run_name(report, place, lang)}</h3>" if several else ""
    whole = run.cells[-1]
    if not whole.scored:
        return f'{title}<p class="note">{t("report.cells.none", lang)}</p>{_people(run, lang)}'
    return (
        f"{title}{_four(whole, lang)}<details{'' if several else ' open'}><summary>{t('report.cells.by_task', lang)}"
        f"</summary>{_by_task(run, lang)}</details>{_people(run, lang)}"
    )


def _four(cells: CellsOf, lang: Lang) -> str:
    heads = "".join(
        f'<span class="head">{t(f"report.cells.{side}", lang)}</span>' for side in ("js_right", "js_wrong")
    )
    lines = "".join(
        f'<span class="side">{t(f"report.cells.{side}", lang)}</span>'
        f"{_cell(cells, left, lang)}{_cell(cells, right, lang)}"
        for side, left, right in SIDES
    )
    return f'<div class="four"><span class="head corner"></span>{heads}{lines}</div>'


def _cell(cells: CellsOf, cell: Cell, lang: Lang) -> str:
    share = cells.shares[cell]
    return (
        f'<div class="cell b-{cell}"><b>{number(cells.counts.get(cell, 0), lang)}</b>{percent(share.mean, lang)}'
        f"<small>{t(f'cell.{cell}', lang)} · {t('report.interval', lang, interval=part_bounds(share)[1:-1])}"
        f"{'' if lang == 'en' else ' %'}</small></div>"
    )


def _by_task(run: ReportRun, lang: Lang) -> str:
    heads = [
        t("report.task", lang),
        *(f'<i class="c-{cell}"></i> {t(f"cell.{cell}", lang)}' for cell in SCORED),
    ]
    titles = {score.task: titled(score.title, score.task, lang) for score in run.scores}
    rows = [
        row(safe(titles.get(cells.task, cells.task)), [_task_cell(cells, cell, lang) for cell in SCORED],
            is_sum=not cells.task)
        for cells in run.cells
    ]  # fmt: skip
    return table("", heads, rows)


def _task_cell(cells: CellsOf, cell: Cell, lang: Lang) -> str:
    n = cells.counts.get(cell, 0)
    if not cells.scored:
        return DASH
    share = cells.shares[cell]
    return f"{number(n, lang)}<small>{percent(share.mean, lang)} {part_bounds(share)}</small>"


def _people(run: ReportRun, lang: Lang) -> str:
    people = run.people
    if not people.labelled:
        return f'<p class="note">{t("report.people.none", lang)}</p>'
    heads = [t("report.people.cell", lang), *(t(f"report.people.{human}", lang) for human in HUMAN)]
    heads.append(t("report.people.share", lang))
    rows = [
        row(t(f"cell.{cell}", lang), [*(number(people.counts[cell][human], lang) for human in HUMAN),
                                     part(people.right.get(cell), lang)])
        for cell in CELLS[:5]
        if any(people.counts[cell].values())
    ]  # fmt: skip
    note = safe(worth_said(run.draws, lang))
    return f'{table(t("report.people", lang), heads, rows)}<p class="note">{note}</p>{_corrected(run, lang)}'


def _corrected(run: ReportRun, lang: Lang) -> str:
    """The judge's score beside what it is once its errors are taken out, as far as labels allow."""
    if not run.corrected:
        return ""
    names = ("labels", "em", "js", "people", "corrected", "how")
    heads = [t("report.task", lang), *(t(f"report.corrected.{name}", lang) for name in names)]
    several = len(run.corrected) > 2
    rows = [_corrected_row(each, lang) for each in (run.corrected if several else run.corrected[-1:])]
    return (
        f"{table(t('report.corrected', lang), heads, rows)}"
        f'<p class="note">{t("report.corrected.note", lang)}{_more(run.corrected[-1], lang)}</p>'
    )


def _corrected_row(each: CorrectedTask, lang: Lang) -> str:
    name = safe(titled(each.title, each.task, lang)) if each.task else t("report.all", lang)
    found = each.corrected
    value = Estimate(found.mean, found.low, found.high, each.labelled, 0, 0)
    how = (
        t(f"health.how.{each.how}", lang)
        if found.mean is not None
        else t(f"health.reason.{found.reason}", lang)
    )
    cells = [
        number(each.labelled, lang),
        *(mean(one, lang) for one in (each.em, each.js, each.people, value)),
    ]
    return row(name, [*cells, f'<span class="how">{how}</span>'], is_sum=not each.task)


def _more(whole: CorrectedTask, lang: Lang) -> str:
    """How many further labels would halve the interval."""
    return f" {t('report.corrected.more', lang, n=number(whole.more, lang))}" if whole.more else ""
