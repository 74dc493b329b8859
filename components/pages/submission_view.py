"""What the Submission page shows, as markup: runs to tick, and the report of an archive."""

from collections.abc import Collection, Mapping, Sequence

from components.format import NBSP, ago, decimal, number, titled
from components.links import link
from components.widgets.base import heading
from components.widgets.chips import chip, state_chip
from components.widgets.progress import is_going, run_name
from components.widgets.text import attr, safe, short
from studio.core.content import MODALITIES
from studio.core.run import RunView
from studio.core.submission import Defect, SubmissionReport, TaskCount, TaskState
from studio.core.suite import SuiteTask
from studio.texts import Lang, t

MISSING = "no_task"  # the code of a task that has no file
NAMED = 4  # tasks of a run before «…»
_STATES: Mapping[TaskState, tuple[str, str]] = {
    "fit": ("good", "✓"),
    "unfit": ("bad", "!"),
    "missing": ("quiet", "–"),
}


def skeleton(limit_mb: int, texts: str, lang: Lang) -> str:
    """The page before its script has asked for anything. `texts` is the JSON of the script's words."""
    return (
        f'<div class="st-root su-root" data-texts="{attr(texts)}">'
        f"{heading(t('submit.title', lang), t('submit.lead', lang))}"
        f'<div class="su-two"><section class="st-card st-stack" aria-labelledby="su-runs">'
        f'<h2 class="st-h2" id="su-runs">{safe(t("submit.runs", lang))}</h2>'
        f'<div data-runs aria-busy="true"></div></section>'
        f'<section class="st-card st-stack" aria-labelledby="su-check">'
        f'<h2 class="st-h2" id="su-check">{safe(t("submit.check", lang))}</h2>'
        f'<label class="su-drop"><input type="file" accept=".zip,application/zip">'
        f"<b>{safe(t('submit.drop', lang))}</b>"
        f"<small>{safe(t('submit.drop.note', lang, mb=limit_mb))}</small></label></section></div>"
        f'<div class="st-card st-card--tight su-both"><label class="su-partial"><input type="checkbox" data-partial> '
        f'{safe(t("submit.partial", lang))}</label><p class="st-small">{safe(t("submit.partial.note", lang))}</p></div>'
        f'<p class="su-status st-note" role="status" aria-live="polite"></p>'
        f'<div data-report tabindex="-1"></div></div>'
    )


def runs_html(
    runs: Sequence[tuple[RunView, Sequence[str]]],
    chosen: Collection[str],
    titles: Mapping[str, str],
    lang: Lang,
) -> str:
    """Runs that may be packed, newest first, each with its tasks of the suite."""
    if not runs:
        to_run = attr(link("run", lang))
        return (
            f'<div class="st-stack"><p class="st-note">{safe(t("submit.runs.none", lang))}</p>'
            f'<p><a class="st-btn" href="{to_run}">{safe(t("submit.runs.do", lang))}</a></p></div>'
        )
    rows = "".join(_run(run, tasks, run.id in chosen, titles, lang) for run, tasks in runs)
    return (
        f'<p class="st-note">{safe(t("submit.runs.note", lang))}</p>'
        f'<div class="su-runs" role="group" aria-labelledby="su-runs">{rows}</div>'
    )


def report_html(report: SubmissionReport, suite: Sequence[SuiteTask], head: str, lang: Lang) -> str:
    """A report in full: `head` is markup under the verdict (where it comes from, what to do with it)."""
    errors = sum(defect.severity == "error" for defect in report.defects)
    counts = t("submit.counts", lang, errors=errors, warnings=len(report.defects) - errors)
    word = t("submit.fit" if report.fit else "submit.unfit", lang)
    verdict = chip(word, *(("good", "✓") if report.fit else ("bad", "!")))
    own = [defect for defect in report.defects if not defect.task]
    unknown = any(count.file for count in report.tasks) and not report.settings_known
    notes = f'<p class="st-note">{safe(t("submit.settings_unknown", lang))}</p>' if unknown else ""
    return (
        f'<section class="st-card st-stack su-report" data-fit="{str(report.fit).lower()}">'
        f'<div class="st-row su-verdict" data-said="{attr(f"{word}, {counts}")}">{verdict}'
        f'<span class="st-small">{safe(counts)}</span></div>'
        f"{head}{notes}{_whole(own, lang)}{_tasks(report, suite, lang)}{_missing(report, suite, lang)}</section>"
    )


def packed_head(
    runs: Sequence[RunView], left_out: Sequence[str], size: int, url: str, fit: bool, lang: Lang
) -> str:
    """Which runs an archive is of, and the button that takes it."""
    names = ", ".join(f"{run_name(run, lang)} ({safe(run.id)})" for run in runs)
    word = t("submit.download" if fit else "submit.download.unfit", lang)
    inside = t("submit.inside", lang, size=_size(size, lang))
    left = (
        f'<p class="st-note">{safe(t("submit.left_out", lang, names=", ".join(left_out)))}</p>'
        if left_out
        else ""
    )
    main = " st-btn--main" if fit else ""
    return (
        f'<h2 class="st-h2">{safe(t("submit.packed", lang))}: {names}</h2>{left}'
        f'<div class="st-row"><a class="st-btn{main}" data-download href="{attr(url)}">↓{NBSP}{safe(word)}</a>'
        f'<span class="st-small">{safe(inside)}</span></div>'
    )


def checked_head(file: str, lang: Lang) -> str:
    """Whose archive it is that was checked."""
    return f'<h2 class="st-h2">{short(t("submit.checked", lang, file=file), 160)}</h2>'


def refusal_html(words: str) -> str:
    """What cannot be packed or checked at all, and what to do instead."""
    return f'<p class="st-alert" role="alert">{safe(words)}</p>'


def _run(run: RunView, tasks: Sequence[str], chosen: bool, titles: Mapping[str, str], lang: Lang) -> str:
    going = is_going(run)
    names = ", ".join(titles.get(name, name) for name in tasks[:NAMED]) + ("…" if len(tasks) > NAMED else "")
    facts = [
        t("runs.answered", lang, done=number(run.answered, lang), total=number(run.planned, lang)),
        ago(run.started_at or run.created_at, lang),
        run.id,
    ]
    limit = t("submit.run.limit", lang, n=number(run.spec.limit, lang)) if run.spec.limit else ""
    chips = (chip(t("submit.run.going", lang), "accent", "●") if going else state_chip(run.state, lang)) + (
        chip(limit, "warn", "!") if limit else ""
    )
    ticked = " checked" if chosen and not going else ""
    return (
        f'<label class="su-run"{" data-off" if going else ""}>'
        f'<input type="checkbox" value="{attr(run.id)}"{ticked}{" disabled" if going else ""}>'
        f"<span><b>{run_name(run, lang)}</b> {chips}"
        f"<small>{safe(t('submit.run.tasks', lang, n=len(tasks), names=names))}</small>"
        f"<small>{safe(f'{NBSP}· '.join(facts))}</small></span></label>"
    )


def _whole(defects: Sequence[Defect], lang: Lang) -> str:
    if not defects:
        return ""
    return _part("submit.archive", _list(defects, lang), lang)


def _tasks(report: SubmissionReport, suite: Sequence[SuiteTask], lang: Lang) -> str:
    """Tasks that have something in the archive, each with its count and its defects."""
    said = {defect.task for defect in report.defects if defect.code != MISSING}
    shown = [count for count in report.tasks if count.file or count.task in said]
    if not shown:
        return ""
    cards = {task.name: task for task in suite}
    rows = "".join(
        _task(count, cards[count.task], [each for each in report.defects if each.task == count.task], lang)
        for modality in MODALITIES
        for count in shown
        if cards[count.task].modality == modality
    )
    return _part("submit.tasks", f'<ul class="st-list su-tasks">{rows}</ul>', lang)


def _part(title: str, body: str, lang: Lang) -> str:
    return f'<div class="st-stack"><h3 class="st-label">{safe(t(title, lang))}</h3>{body}</div>'


def _task(count: TaskCount, task: SuiteTask, defects: Sequence[Defect], lang: Lang) -> str:
    tone, sign = _STATES[count.state]
    part = min(1.0, count.found / count.size) if count.size else 0.0
    of = t("submit.of", lang, found=number(count.found, lang), size=number(count.size, lang))
    words = [defect for defect in defects if defect.code != MISSING]
    return (
        f'<li data-task="{attr(task.name)}" data-state="{count.state}"><div class="su-task">'
        f"<span><b>{safe(titled(task.title, task.name, lang))}</b> "
        f"<small>{safe(count.file or task.name)}</small></span>"
        f'<span class="su-of"><span class="st-track" aria-hidden="true">'
        f'<i class="st-fill" style="width:{part * 100:.1f}%"></i></span>{safe(of)}</span>'
        f"{chip(t(f'submit.state.{count.state}', lang), tone, sign)}</div>"
        f"{_list(words, lang)}</li>"
    )


def _list(defects: Sequence[Defect], lang: Lang) -> str:
    return (
        f'<ul class="st-list su-defects">{"".join(_defect(defect, lang) for defect in defects)}</ul>'
        if defects
        else ""
    )


def _defect(defect: Defect, lang: Lang) -> str:
    values = {"n": defect.n, "task": defect.task, **defect.values}
    message, todo = (t(f"submission.{defect.code}{end}", lang, **values) for end in ("", ".todo"))
    more = " …" if defect.n > len(defect.places) else ""
    places = f"<small>{short('; '.join(defect.places), 300)}{more}</small>" if defect.places else ""
    tone, sign = ("bad", "!") if defect.severity == "error" else ("warn", "?")
    return (
        f'<li data-code="{attr(defect.code)}">{chip(t(f"submit.{defect.severity}", lang), tone, sign)}'
        f'<div><p>{safe(message)}</p>{places}<p class="st-small">→ {safe(todo)}</p></div></li>'
    )


def _missing(report: SubmissionReport, suite: Sequence[SuiteTask], lang: Lang) -> str:
    """Tasks without a file: names, not a paragraph each."""
    lacking = [defect for defect in report.defects if defect.code == MISSING]
    if not lacking:
        return ""
    titles = {task.name: titled(task.title, task.name, lang) for task in suite}
    groups = "".join(
        f'<div><p class="st-small">{safe(t(f"submit.missing.{severity}", lang))}</p>'
        f"<p>{' '.join(chip(titles[each.task], 'bad' if severity == 'error' else 'quiet') for each in group)}</p></div>"
        for severity in ("error", "warning")
        if (group := [each for each in lacking if each.severity == severity])
    )
    is_open = " open" if any(each.severity == "error" for each in lacking) else ""
    return (
        f'<details class="st-details su-missing" data-code="{MISSING}"{is_open}>'
        f"<summary>{safe(t('submit.missing', lang, n=len(lacking)))}</summary>{groups}</details>"
    )


def _size(size: int, lang: Lang) -> str:
    unit = t("unit.mb", lang)
    return (
        f"{decimal(size / 2**20, lang)}{NBSP}{unit}"
        if size >= 2**20
        else f"{number(-(-size // 1024), lang)}{NBSP}{t('unit.kb', lang)}"
    )
