"""The scores of a report: a chart and a table, task by task."""

from studio.core.report import Report, ReportRun
from studio.core.run import TaskScore
from studio.report.forest import Group, forest
from studio.report.markup import LETTERS, letter, mean, row, scrolled, section, table
from studio.texts import Lang, t
from studio.texts.dates import titled
from studio.texts.escape import safe
from studio.texts.figures import number
from studio.texts.run_names import name_of

MEANS = ("em", "js", "final")


def scores_html(report: Report, lang: Lang) -> str:
    """Chart, then table. A task that only one of the runs has is there too."""
    names = _tasks(report)
    title = t("report.chart", lang)
    groups = [_group(report, name, lang) for name in ["", *names]]
    legend = "".join(
        f'<li><i class="c-{colour}{shape}"></i>{t(f"metric.{metric}", lang)}</li>'
        for metric, colour, shape in (("em", "em_only", " dot"), ("js", "js_only", ""))
    )
    marks = "".join(
        f"<li>{letter(report, place)}{safe(name_of(each.view, lang))}</li>"
        for place, each in enumerate(report.runs)
        if len(report.runs) > 1
    )
    plot = scrolled(title, forest(groups, title, lang))
    chart = f'<figure>{plot}<figcaption>{title}</figcaption></figure><ul class="legend">{legend}{marks}</ul>'
    return section(
        "scores",
        t("report.scores", lang),
        f'<p class="lead">{t("report.scores.lead", lang)}</p>{chart}{_table(report, names, lang)}',
    )


def _tasks(report: Report) -> list[str]:
    return list(dict.fromkeys(score.task for run in report.runs for score in run.scores if score.task))


def _of(run: ReportRun, task: str) -> TaskScore | None:
    return next((score for score in run.scores if score.task == task), None)


def _name(report: Report, task: str, lang: Lang) -> str:
    if not task:
        return t("report.all", lang)
    score = next(found for run in report.runs if (found := _of(run, task)))
    return titled(score.title, task, lang)


def _group(report: Report, task: str, lang: Lang) -> Group:
    lines = []
    for place, run in enumerate(report.runs):
        if score := _of(run, task):
            mark = LETTERS[place] if len(report.runs) > 1 else ""
            lines += [("em", mark, score.em), ("js", "", score.js)]
    return Group(_name(report, task, lang), lines)


def _table(report: Report, names: list[str], lang: Lang) -> str:
    heads = [t("report.task", lang)]
    for place in range(len(report.runs)):
        mark = letter(report, place)
        heads += [
            f"{mark}{t('report.n', lang)}",
            *(f"{mark}{t(f'metric.{name}', lang)}" for name in MEANS),
            f"{mark}{t('report.coverage', lang)}",
        ]
    rows = [_row(report, name, lang) for name in names]
    return table("", heads, [*rows, _row(report, "", lang)])


def _row(report: Report, task: str, lang: Lang) -> str:
    cells: list[str] = []
    for run in report.runs:
        score = _of(run, task)
        cells += _cells(run, score, lang) if score else ["", "", "", "", ""]
    code = f" <small><code>{safe(task)}</code></small>" if task else ""
    private = f" · {t('report.private', lang)}" if task in report.withheld else ""
    return row(f"{safe(_name(report, task, lang))}{code}{private}", cells, is_sum=not task)


def _cells(run: ReportRun, score: TaskScore, lang: Lang) -> list[str]:
    counts = next(cells.counts for cells in run.cells if cells.task == score.task)
    missing = (
        ("report.coverage.value", {"failed": number(counts.get("failed", 0), lang)}, counts.get("failed", 0)),
        (
            "report.coverage.unscored",
            {"n": number(counts.get("unscored", 0), lang)},
            counts.get("unscored", 0),
        ),
        ("report.coverage.pending", {"n": number(counts.get("pending", 0), lang)}, counts.get("pending", 0)),
    )
    rest = "<br>".join(t(key, lang, **values) for key, values, n in missing if n)
    means = [
        mean(estimate, lang) + _as(metric, own, lang)
        for metric, own, estimate in zip(
            MEANS, (*score.metrics, "final"), (score.em, score.js, score.final), strict=True
        )
    ]
    return [number(score.planned, lang), *means, rest or '<span class="zero">0</span>']


def _as(metric: str, own: str, lang: Lang) -> str:
    """What stands in the column, where the task's metric is another than the column's."""
    return "" if own == metric else f"<small>{t(f'metric.{own}', lang)}</small>"
