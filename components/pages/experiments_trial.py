"""Two runs side by side, as markup: a sentence, a dumbbell for each task, a table whose numbers open samples."""

from collections.abc import Sequence

from components.format import DASH, NBSP, count, decimal, interval, number, percent, share, titled
from components.links import link
from components.widgets.chart_menu import chart_menu
from components.widgets.chips import chip, state_chip
from components.widgets.progress import run_name
from components.widgets.text import attr, safe
from studio.core.outcome import Estimate
from studio.core.run import RunView
from studio.core.trials import MARKS, Difference, TaskTrial, Trial
from studio.texts import Lang, t
from studio.texts.findings import trial_said

_TONES = {"above": "warn", "at": "good", "below": "quiet"}


def waiting_html(runs: Sequence[RunView], lang: Lang) -> str:
    """How far the runs are."""
    bars = "".join(_bar(run, lang) for run in runs)
    return (
        f'<section class="st-card st-stack ex-result" aria-busy="true"><h2 class="st-h2">'
        f"{safe(t('experiments.going', lang))}</h2>{bars}</section>"
    )


def trial_html(trial: Trial, lang: Lang) -> str:
    """The comparison in full."""
    use = trial.run.spec.settings.media
    return (
        '<section class="st-card st-stack ex-result" aria-labelledby="ex-result">'
        f'<div class="st-spread"><h2 class="st-h2" id="ex-result">{safe(t(f"experiments.{use}", lang))}: '
        f"{run_name(trial.run, lang)}</h2>"
        f'<div class="st-row">{_menu(trial, lang)}{_marks(trial, lang)}</div></div>'
        f"{_mismatches(trial, lang)}{_said(trial, lang)}{_figure(trial, lang)}{_table(trial, lang)}"
        f'<p class="st-small">{safe(t("experiments.trial.note", lang))}</p>{_foot(trial, lang)}</section>'
    )


def _bar(run: RunView, lang: Lang) -> str:
    media = run.spec.settings.media
    done = run.answered + run.failed
    part = done / run.planned if run.planned else 0.0
    busy = " st-fill--busy" if run.state == "running" and not run.planned else ""
    figures = (
        t("run.progress", lang, done=number(done, lang), total=count(run.planned, "count.samples", lang))
        if run.planned
        else ""
    )
    values = f' aria-valuemin="0" aria-valuemax="{run.planned}" aria-valuenow="{done}"' if run.planned else ""
    label = t("experiments.side.sent" if media == "sent" else f"media.{media}", lang)
    return (
        f'<div><div class="st-spread"><span><a href="{attr(link("run", lang, run=run.id))}">{safe(label)}</a> '
        f"{state_chip(run.state, lang)}</span>"
        f'<span class="st-small">{safe(figures)}</span></div>'
        f'<div class="st-track" role="progressbar" aria-label="{attr(label)}"{values}>'
        f'<i class="st-fill{busy}" style="width:{part * 100:.1f}%"></i></div></div>'
    )


def _menu(trial: Trial, lang: Lang) -> str:
    return chart_menu("trial", lang, run=trial.run.id, base=trial.base.id, mark=trial.mark)


def _marks(trial: Trial, lang: Lang) -> str:
    buttons = "".join(
        f'<button type="button" data-mark="{mark}" aria-pressed="{"true" if mark == trial.mark else "false"}">'
        f"{safe(t(f'experiments.mark.{mark}.short', lang))}</button>"
        for mark in MARKS
    )
    return f'<div class="st-segments" role="group" aria-label="{attr(t("experiments.marks", lang))}">{buttons}</div>'


def _mismatches(trial: Trial, lang: Lang) -> str:
    if not trial.mismatches:
        return ""
    words = t("experiments.mismatch", lang, names=", ".join(trial.mismatches))
    return f'<p class="st-alert st-alert--warn">{safe(words)}</p>'


def _said(trial: Trial, lang: Lang) -> str:
    """The finding in two sentences."""
    if said := trial_said(trial, lang):
        return f'<p class="ex-said">{safe(said)}</p>'
    return f'<p class="st-alert st-alert--warn">{safe(t("experiments.trial.empty", lang))}</p>'


def _figure(trial: Trial, lang: Lang) -> str:
    rows = "".join(_dumbbell(task, trial, lang) for task in _rows(trial))
    axis = "".join(
        f'<i style="left:{x * 100:.0f}%">{safe(share(x, lang))}</i>' for x in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    legend = "".join(
        f'<li><i class="ex-key ex-key--{key}"></i>{safe(words)}</li>'
        for key, words in (
            ("full", t("experiments.side.sent", lang)),
            ("blind", t(f"media.{trial.run.spec.settings.media}", lang)),
            ("chance", t("experiments.chance", lang)),
        )
    )
    return (
        f'<figure class="ex-figure" role="img" aria-label="{attr(t("experiments.figure", lang))}">'
        f'<ul class="st-list st-legend">{legend}</ul>{rows}'
        '<div class="ex-row ex-axis" aria-hidden="true"><span></span>'
        f'<span class="ex-scale">{axis}</span></div></figure>'
    )


def _rows(trial: Trial) -> tuple[TaskTrial, ...]:
    return trial.tasks if len(trial.tasks) == 1 else (*trial.tasks, trial.total)


def _dumbbell(task: TaskTrial, trial: Trial, lang: Lang) -> str:
    name = _name(task, lang)
    if task.full.mean is None or task.blind.mean is None:
        return (
            f'<div class="ex-row"><span>{safe(name)}</span><span class="st-small">'
            f"{safe(t('experiments.trial.no_pairs', lang))}</span></div>"
        )
    low, high = sorted((task.full.mean, task.blind.mean))
    chance = "" if task.chance is None else f'<i class="ex-chance" style="left:{_pos(task.chance)}"></i>'
    hint = t(
        "experiments.hint", lang, full=share(task.full.mean, lang), blind=share(task.blind.mean, lang),
        chance=share(task.chance, lang),
    )  # fmt: skip
    total = "" if task.task else " ex-row--total"
    return (
        f'<div class="ex-row{total}" title="{attr(hint)}"><span>{safe(name)}</span><span class="ex-track">{chance}'
        f'<i class="ex-line" style="left:{_pos(low)};width:{_pos(high - low)}"></i>'
        f"{_dot(task.blind, 'blind')}{_dot(task.full, 'full')}</span></div>"
    )


def _dot(estimate: Estimate, tone: str) -> str:
    mean = estimate.mean or 0.0
    low = mean if estimate.low is None else estimate.low
    high = mean if estimate.high is None else estimate.high
    return (
        f'<i class="ex-band ex-band--{tone}" style="left:{_pos(low)};width:{_pos(high - low)}"></i>'
        f'<i class="ex-dot ex-dot--{tone}" style="left:{_pos(mean)}"></i>'
    )


def _pos(value: float) -> str:
    return f"{min(1.0, max(0.0, value)) * 100:.1f}%"


def _name(task: TaskTrial, lang: Lang) -> str:
    return titled(task.title, task.task, lang)


_COLUMNS = ("full", "blind", "difference", "p", "leak", "chance", "n")


def _table(trial: Trial, lang: Lang) -> str:
    heads = [t(f"experiments.column.{name}", lang) for name in ("task", *_COLUMNS)]
    head = "".join(
        f'<th scope="col" title="{attr(t(f"experiments.column.{name}.hint", lang))}">{safe(word)}</th>'
        for name, word in zip(("task", *_COLUMNS), heads, strict=True)
    )
    rows = "".join(_row(task, trial, heads, lang) for task in _rows(trial))
    return (
        f'<div class="ex-scroll"><table class="ex-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
    )


def _row(task: TaskTrial, trial: Trial, heads: Sequence[str], lang: Lang) -> str:
    leak = task.change.leak if task.change else None
    p = task.p_holm if task.task else task.p
    cells = (
        _door(task.full, trial.base.id, task, lang),
        _door(task.blind, trial.run.id, task, lang),
        _difference(task.difference, lang),
        safe(_p(p, lang)),
        safe(percent(leak, lang)),
        safe(share(task.chance, lang)) + _standing(task, lang),
        _counts(task, lang),
    )
    data = "".join(f'<td data-head="{attr(h)}">{c}</td>' for h, c in zip(heads[1:], cells, strict=True))
    total = "" if task.task else ' class="ex-total"'
    return f'<tr{total}><th scope="row">{safe(_name(task, lang))}</th>{data}</tr>'


def _door(estimate: Estimate, run_id: str, task: TaskTrial, lang: Lang) -> str:
    """A mean that opens its samples."""
    href = attr(link("inspect", lang, run=run_id, task=task.task))
    beside = safe(interval(estimate.low, estimate.high, lang)) if estimate.mean is not None else ""
    return f'<a href="{href}">{safe(share(estimate.mean, lang))}</a> <span class="st-ci">{beside}</span>'


def _difference(difference: Difference | None, lang: Lang) -> str:
    if difference is None:
        return DASH
    low, high = _signed(difference.low, lang), _signed(difference.high, lang)
    beside = f'<span class="st-ci">[{safe(low)}; {safe(high)}]</span>'
    return f"<b>{safe(_signed(difference.mean, lang))}</b> {beside}"


def _signed(value: float, lang: Lang) -> str:
    text = decimal(abs(value), lang, 2)
    zero = decimal(0.0, lang, 2)
    return text if text == zero else f"{'+' if value > 0 else '−'}{text}"


def _p(p: float | None, lang: Lang) -> str:
    if p is None:
        return DASH
    return f"<{NBSP}{decimal(0.001, lang, 3)}" if p < 0.001 else decimal(p, lang, 3)


def _standing(task: TaskTrial, lang: Lang) -> str:
    if task.standing is None:
        return ""
    return " " + chip(
        t(f"experiments.standing.{task.standing}", lang), _TONES[task.standing], "",
        t(f"experiments.standing.{task.standing}.hint", lang),
    )  # fmt: skip


def _counts(task: TaskTrial, lang: Lang) -> str:
    beside = [
        t(f"experiments.beside.{side}.{key}", lang, n=number(n, lang))
        for side, estimate in (("full", task.full), ("blind", task.blind))
        for key, n in (("unscored", estimate.unscored), ("failed", estimate.failed))
        if n
    ]
    if task.left_out:
        beside.append(t("experiments.left_out", lang, n=number(task.left_out, lang)))
    rest = f'<span class="st-counts-rest">{safe(", ".join(beside))}</span>' if beside else ""
    return f"{safe(number(task.full.scored, lang))}{rest}"


def _foot(trial: Trial, lang: Lang) -> str:
    sides = ((trial.base.id, "full"), (trial.run.id, "blind"))
    runs = " · ".join(
        f'<a href="{attr(link("run", lang, run=run_id))}">{safe(t(f"experiments.foot.{side}", lang))} '
        f"{safe(run_id)}</a>"
        for run_id, side in sides
    )
    name = "text-only" if trial.run.spec.settings.media == "none" else "null-media"
    command = f"python -m studio experiment {name} --run {trial.base.id}"
    return f'<p class="st-small">{runs} · <code>{safe(command)}</code></p>'
