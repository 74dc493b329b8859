"""Runs as a list: who answered what, how far, how well; on a phone each run is a card."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from components.format import NBSP, ago, count, duration, moment, number
from components.links import link
from components.widgets.chips import chip, crossed_chip, media_chip, run_state_chip
from components.widgets.progress import is_going, run_name
from components.widgets.report_button import report_button
from components.widgets.scores import bar_html, mean_html
from components.widgets.summary import export_link, export_log_link
from components.widgets.text import attr, safe
from studio.core.people_run import PeopleRun
from studio.core.run import RunView
from studio.texts import Lang, t
from studio.texts.run_names import made_of, name_of

PAGE = 50
SOME = 3  # tasks named before «and n more»


@dataclass(frozen=True)
class Rights:
    """What this viewer may do, by the runs' ids: `steerable` may be resumed, `withheld` not taken away, `packable`
    hold tasks of a submission."""

    delete: bool = False
    steerable: Collection[str] = ()
    withheld: Collection[str] = ()
    packable: Collection[str] = ()


NONE = Rights()


def runs_html(
    runs: Sequence[RunView],
    titles: Mapping[str, str],
    lang: Lang,
    *,
    kind: str = "",
    page: int = 0,
    rights: Rights = NONE,
) -> str:
    """The page of runs with its filter. `titles` are those of tasks."""
    if not runs:
        return _empty(lang)
    chosen = [run for run in runs if not kind or run.kind == kind]
    page = min(max(0, page), max(0, (len(chosen) - 1) // PAGE))
    shown = chosen[page * PAGE : (page + 1) * PAGE]
    rows = "".join(_row(run, titles, lang, rights) for run in shown)
    return (
        f'<div class="st-root st-runs">{_filter(runs, kind, lang)}<ul class="st-list st-runlist">{rows}</ul>'
        f"{_pager(page, len(chosen), lang)}</div>"
    )


def delete_dialog(lang: Lang) -> str:
    """Asks before deleting. Apart from the list, whose redrawing would shut it."""
    return (
        '<dialog class="st-root st-dialog" aria-labelledby="delete-title">'
        '<h2 class="st-h2" id="delete-title">'
        f'{safe(t("runs.delete.title", lang))}</h2><p data-text></p><div class="st-row">'
        f'<button type="button" class="st-btn st-btn--bad" data-yes>{safe(t("runs.delete.yes", lang))}'
        "</button>"
        f'<button type="button" class="st-btn" data-no autofocus>{safe(t("runs.delete.no", lang))}'
        "</button></div></dialog>"
    )


def _empty(lang: Lang) -> str:
    start = f'<a class="st-btn st-btn--main" href="{attr(link("run", lang))}">{safe(t("runs.empty.do", lang))}</a>'
    return f'<div class="st-root st-card st-empty st-stack"><p>{safe(t("runs.empty", lang))}</p><p>{start}</p></div>'


def _filter(runs: Sequence[RunView], kind: str, lang: Lang) -> str:
    counts = Counter(str(run.kind) for run in runs)
    if len(counts) < 2:
        return ""
    there = {name: (name, counts[name]) for name in ("model", "human", "imported") if counts[name]}
    kinds = {"": ("all", len(runs)), **there}
    buttons = "".join(
        f'<button type="button" data-kind="{value}" aria-pressed="{"true" if value == kind else "false"}">'
        f"{safe(t(f'runs.kind.{name}', lang))}{NBSP}<small>{number(n, lang)}</small></button>"
        for value, (name, n) in kinds.items()
    )
    return (
        f'<div class="st-segments" role="group" aria-label="{attr(t("runs.kind.label", lang))}">{buttons}'
        "</div>"
    )


def _row(run: RunView, titles: Mapping[str, str], lang: Lang, rights: Rights) -> str:
    return (
        f'<li class="st-card st-run" data-run="{attr(run.id)}"><div>{_mark(run, lang)}{_who(run, titles, lang)}</div>'
        f'<div class="st-run-scores">{_scores(run, lang)}</div>'
        f'<div class="st-run-foot"><span class="st-small">{_when(run, lang)}</span>'
        f'<div class="st-run-do">{_actions(run, lang, rights)}</div></div></li>'
    )


def _mark(run: RunView, lang: Lang) -> str:
    """What puts a run beside others; nothing to compare before its first answer."""
    if not run.answered:
        return ""
    label = attr(t("runs.compare.pick", lang, name=name_of(run, lang)))
    return (
        f'<label class="st-run-mark" title="{label}"><input type="checkbox" data-compare value="{attr(run.id)}"'
        f' aria-label="{label}"></label>'
    )


def compare_bar(lang: Lang) -> str:
    """Leads to the marked runs side by side. Apart from the list, whose redrawing would lose the marks."""
    go = safe(t("runs.compare", lang))
    return (
        f'<div class="st-root st-compare" role="region" aria-label="{attr(t("runs.compare", lang))}" hidden>'
        f"<span>{safe(t('runs.compare.chosen', lang))}<b data-n>0</b></span>"
        f'<a class="st-btn st-btn--main" data-address="{attr(link("compare", lang))}">{go}</a>'
        f'<span class="st-small" data-hint>{safe(t("runs.compare.hint", lang))}</span>'
        f'<button type="button" class="st-btn st-btn--small" data-clear>{safe(t("runs.compare.clear", lang))}'
        "</button></div>"
    )


def _who(run: RunView, titles: Mapping[str, str], lang: Lang) -> str:
    """Name and state; tasks; how many are answered, failed, cut."""
    people = PeopleRun.of(run.resolved)
    whose = chip(_whose(people, lang), "info", "☺") if run.kind == "human" else ""
    whose += chip(run.tool, "info", "⇥", t("runs.imported", lang, tool=run.tool)) if run.tool else ""
    chips = whose + run_state_chip(run, lang) + media_chip(run.spec.settings.media, lang)
    chips += crossed_chip(run.spec.crossed, lang)
    page = link("run", lang, run=run.id) if run.kind == "model" else link("inspect", lang, run=run.id)
    total = count(run.planned, "count.samples", lang)
    facts = [t("runs.answered", lang, done=number(run.answered, lang), total=total)]
    facts += [t("scores.failed", lang, n=number(run.failed, lang))] if run.failed else []
    facts += [t("runs.recalled", lang, n=number(run.recalled, lang))] if run.recalled else []
    facts += [t("scores.truncated", lang, n=number(run.truncated, lang))] if run.truncated else []
    return (
        f'<div class="st-row"><a class="st-run-name" href="{attr(page)}">{run_name(run, lang)}</a>'
        f'{chips}</div><p class="st-small">{_tasks(run, titles, lang)}</p>'
        f'<p class="st-small">{safe(f"{NBSP}· ".join(facts))}</p>'
        f"{_made(people, lang)}"
    )


def _whose(people: PeopleRun | None, lang: Lang) -> str:
    return t(f"people.run.what.{people.what}" if people else "runs.human", lang)


def _made(people: PeopleRun | None, lang: Lang) -> str:
    return f'<p class="st-small">{safe(made_of(people, lang))}</p>' if people else ""


def _tasks(run: RunView, titles: Mapping[str, str], lang: Lang) -> str:
    names = ", ".join(titles.get(name, name) for name in run.tasks[:SOME])
    more = len(run.tasks) - SOME
    rest = f" {t('runs.more_tasks', lang, n=number(more, lang))}" if more > 0 else ""
    return f'<span title="{attr(", ".join(run.tasks))}">{safe(names + rest)}</span>'


def _when(run: RunView, lang: Lang) -> str:
    then = run.started_at or run.created_at
    parts = [f'<time title="{attr(moment(then, lang))}">{safe(ago(then, lang))}</time>']
    parts += [safe(duration(run.seconds, lang))] if run.seconds else []
    if run.judge:
        judge = t("runs.judge", lang, judge=_brief(run.judge))
        parts.append(f'<span title="{attr(run.judge)}">{safe(judge)}</span>')
    if run.own_rules:
        parts.append(f"{safe(t('runs.rules', lang))} <code>{safe(run.em_version)}</code>")
    return f"{NBSP}· ".join(parts)


def _scores(run: RunView, lang: Lang) -> str:
    return "".join(
        f'<div><span class="st-label">{safe(t(f"metric.{key}", lang))}</span>{mean_html(estimate, lang)}'
        f"{bar_html(estimate, key, lang)}</div>"
        for key, estimate in (("em", run.em), ("js", run.js))
    )


def _download(run: RunView, lang: Lang, withheld: bool) -> str:
    word = f"↓{NBSP}{safe(t('runs.download', lang))}"
    if withheld:
        why = attr(t("runs.download.withheld", lang))
        return f'<button type="button" class="st-btn st-btn--small" disabled title="{why}">{word}</button>'
    hint, log_hint = attr(t("runs.download.hint", lang)), attr(t("runs.download.log.hint", lang))
    return (
        f'<a class="st-btn st-btn--small" href="{attr(export_link(run.id))}" title="{hint}">{word}</a>'
        f'<a class="st-btn st-btn--small" href="{attr(export_log_link(run.id))}" title="{log_hint}">'
        f"↓{NBSP}{safe(t('runs.download.log', lang))}</a>"
    )


def _actions(run: RunView, lang: Lang, rights: Rights) -> str:
    going = is_going(run)
    parts = []
    if going and run.kind == "model":
        parts.append(_link(link("run", lang, run=run.id), t("runs.follow", lang), main=True))
    if run.answered or run.failed:
        parts.append(_link(link("inspect", lang, run=run.id), t("runs.inspect", lang)))
        parts.append(report_button(run.id, lang))
        parts.append(_download(run, lang, run.id in rights.withheld))
    if run.id in rights.packable and not going:
        parts.append(_link(link("submission", lang, runs=run.id), t("submit.from_run", lang)))
    if run.resumable and run.id in rights.steerable:
        word = safe(t("runs.judge_it" if run.awaits_judge_alone else "runs.resume", lang))
        parts.append(f'<button type="button" class="st-btn st-btn--small" data-resume>{word}</button>')
    if rights.delete and not going:
        what = t(
            "runs.delete.what",
            lang,
            name=name_of(run, lang),
            answered=count(run.answered, "count.answers", lang),
        )
        parts.append(
            f'<button type="button" class="st-btn st-btn--small st-btn--bad" data-delete data-what="{attr(what)}">'
            f"{safe(t('runs.delete', lang))}</button>"
        )
    return "".join(parts)


def _link(href: str, word: str, *, main: bool = False) -> str:
    return (
        f'<a class="st-btn st-btn--small{" st-btn--main" if main else ""}" href="{attr(href)}">{safe(word)}'
        "</a>"
    )


def _pager(page: int, total: int, lang: Lang) -> str:
    if total <= PAGE:
        return ""
    first, last = page * PAGE + 1, min(total, (page + 1) * PAGE)
    place = t(
        "runs.page", lang, first=number(first, lang), last=number(last, lang), total=number(total, lang)
    )
    newer, older = ("" if page else " disabled"), ("" if last < total else " disabled")
    return (
        '<div class="st-row st-pager">'
        f'<button type="button" class="st-btn st-btn--small" data-page="{page - 1}"{newer}>'
        f"← {safe(t('runs.previous', lang))}</button><span>{safe(place)}</span>"
        f'<button type="button" class="st-btn st-btn--small" data-page="{page + 1}"{older}>'
        f"{safe(t('runs.following', lang))} →</button></div>"
    )


def _brief(judge: str) -> str:
    """`owner/name@0123456789abcdef…` → `owner/name@01234567`: enough to tell two apart, the whole is in the tooltip."""
    name, at, revision = judge.partition("@")
    return f"{name}{at}{revision.removeprefix('sha256:')[:8]}"
