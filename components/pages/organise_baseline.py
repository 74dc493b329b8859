"""What the answers amount to: the protocol's verdict, how items were decided, who is to be believed, and the runs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from components.format import count, decimal, interval, number, percent, share
from components.links import link
from components.pages.organise_agreement import agreement_html
from components.pages.organise_said import person_name
from components.widgets.chips import chip
from components.widgets.forest import ForestRow, Mark, forest_html
from components.widgets.text import attr, safe
from studio.core.baseline import Baseline, Decided
from studio.core.errors import StudioError
from studio.core.judge import NO_JUDGE
from studio.core.outcome import Estimate
from studio.core.overseeing import Since
from studio.core.people_run import PEOPLE, PeopleRun
from studio.core.run import RunView, Viewer
from studio.core.votes import AGGREGATIONS, Aggregation
from studio.texts import Lang, describe, t
from studio.texts.run_names import made_of, name_of, people_name

if TYPE_CHECKING:
    from studio.service import Studio

_WAYS: tuple[Decided, ...] = ("votes", "skill", "glad", "expert", "tied", "unanswered")
RUNS_SHOWN = 60


def baseline_html(
    studio: "Studio", project: str, method: Aggregation, threshold: float, who: Viewer, lang: Lang
) -> str:
    """The whole tab; a method that does not fit the task is told in the place of its numbers."""
    head = _choice(method, threshold, lang)
    try:
        found = studio.baselines.baseline(who, project, method=method, threshold=threshold)
    except StudioError as error:
        return f'{head}<p class="st-alert" role="alert">{safe(describe(error, lang))}</p>'
    if not found.answered:
        return f'{head}<p class="st-card st-empty">{safe(t("organise.baseline.none", lang))}</p>'
    names = {each.id: (n, each.name) for n, (each, _) in enumerate(studio.members.people(who, project), 1)}
    return (
        f'{head}<div class="og-two"><section class="st-card">{_verdict(found, lang)}</section>'
        f'<section class="st-card"><h3>{safe(t("organise.baseline.rest", lang))}</h3>{_rest(found.rest, lang)}'
        f"</section></div>"
        f'<div class="og-two"><section class="st-card"><h3>{safe(t("organise.skills", lang))}'
        f"</h3>{_skills(found, names, lang)}"
        f'</section><section class="st-card"><h3>{safe(t("organise.agreement", lang))}</h3>'
        f"{agreement_html(found.agreement, lang)}</section></div>"
        f"{_runs(studio, project, found, who, lang)}{_files(project, method, lang)}"
    )


def _choice(method: Aggregation, threshold: float, lang: Lang) -> str:
    options = "".join(
        f'<option value="{each}"{" selected" if each == method else ""}>{safe(t(f"organise.method.{each}", lang))}'
        f"</option>"
        for each in AGGREGATIONS
    )
    return (
        f'<div class="st-card og-chosen"><label class="og-inline"><span>{safe(t("organise.method", lang))}</span>'
        f'<select data-set="method">{options}</select></label>'
        f'<label class="og-inline"><span>{safe(t("organise.threshold", lang))}</span>'
        f'<input data-set="threshold" inputmode="numeric" value="{attr(decimal(threshold * 100, lang, 0))}" size="3"> %'
        '</label><em class="og-wrong" role="alert" data-threshold-wrong></em>'
        f'<span class="st-small">{safe(t(f"organise.method.{method}.note", lang))}</span></div>'
    )


def _verdict(found: Baseline, lang: Lang) -> str:
    """The protocol's word in one sentence, and how the items came by their answers."""
    valid = bool(found.valid)
    mark = chip(
        t("organise.valid" if valid else "organise.invalid", lang),
        "good" if valid else "bad",
        "✓" if valid else "✕",
    )
    words = t(
        "organise.verdict.valid" if valid else "organise.verdict.invalid", lang,
        low=percent(found.low, lang), limit=percent(found.threshold, lang),
    )  # fmt: skip
    return (
        f'<div class="st-spread"><h3>{safe(t("organise.verdict", lang))}</h3>{mark}</div>'
        f'<p class="og-verdict">{safe(words)}</p>{_scale(found, lang)}'
        f"<h3>{safe(t('organise.ways', lang))}</h3>{_ways(found, lang)}"
    )


def _scale(found: Baseline, lang: Lang) -> str:
    """The share of items without a majority on a line, with the threshold in it."""
    low, limit = found.low or 0.0, found.threshold
    whole = max(0.4, low * 1.2, limit * 1.5)
    label = t("organise.scale", lang, low=percent(found.low, lang), limit=percent(limit, lang))
    return (
        f'<svg class="og-scale" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="{attr(label)}">'
        '<rect class="og-scale-all" x="0" width="100" y="3" height="6"/>'
        f'<rect class="og-scale-ok" x="0" width="{limit / whole * 100:.2f}" y="3" height="6"/>'
        f'<rect class="og-scale-{"good" if found.valid else "bad"}" x="0" width="{low / whole * 100:.2f}" y="4.5"'
        ' height="3"/>'
        f'<line x1="{limit / whole * 100:.2f}" x2="{limit / whole * 100:.2f}" y1="0" y2="12"/></svg>'
    )


def _ways(found: Baseline, lang: Lang) -> str:
    counts, whole = found.counts, len(found.items) or 1
    parts = "".join(
        f'<i class="og-w-{way}" style="flex-grow:{counts[way] / whole:.4f}"></i>'
        for way in _WAYS
        if counts.get(way)
    )
    rows = "".join(
        f'<li title="{attr(t(f"organise.way.{found.way(way)}.note", lang))}"><i class="og-w-{way}"></i>'
        f"{safe(t(f'organise.way.{found.way(way)}', lang))} <b>{safe(number(counts[way], lang))}</b></li>"
        for way in _WAYS
        if counts.get(way)
    )
    return f'<div class="og-split" aria-hidden="true">{parts}</div><ul class="st-list og-legend">{rows}</ul>'


def _rest(rest: Estimate, lang: Lang) -> str:
    if rest.mean is None:
        return f'<p class="st-note">{safe(t("organise.rest.none", lang))}</p>'
    return (
        f'<p class="og-big"><b>{safe(share(rest.mean, lang))}</b> <span class="st-ci">'
        f"[{safe(interval(rest.low, rest.high, lang))}] · n = {safe(number(rest.scored, lang))}</span></p>"
        f'<p class="st-note">{safe(t("organise.rest.note", lang))}</p>'
    )


def _skills(found: Baseline, names: dict[str, tuple[int, str]], lang: Lang) -> str:
    """Accuracy on the controls by person, as a forest; who met none is said."""
    rows, without = [], 0
    for skill in found.skills:
        estimate = skill.estimate
        place, name = names.get(skill.person, (0, ""))
        title = person_name(place, name, lang)
        if estimate.mean is None or estimate.low is None or estimate.high is None:
            without += 1
            continue
        told = t("organise.skill", lang, name=title, mean=share(estimate.mean, lang), n=skill.controls)
        rows.append(ForestRow(told, (Mark("second", title, estimate.mean, estimate.low, estimate.high),)))
    none = t("organise.skills.none", lang) if not rows else ""
    if without and rows:
        none = t("organise.skills.without", lang, n=count(without, "organise.count.people", lang))
    note = f'<p class="st-note">{safe(none)}</p>' if none else ""
    picture = forest_html(rows, t("organise.skills", lang), lang) if rows else ""
    return f"{picture}{note}"


def _runs(studio: "Studio", project: str, found: Baseline, who: Viewer, lang: Lang) -> str:
    judges = [NO_JUDGE, *(name for name in studio.judges() if name != NO_JUDGE)]
    options = "".join(
        f'<option value="{attr(name)}">{safe(t("organise.runs.no_judge", lang) if name == NO_JUDGE else name)}</option>'
        for name in judges
    )
    together, apart = _made(studio, project, who, lang)
    warned = (
        f'<p class="st-alert st-alert--warn">{safe(t("organise.runs.invalid", lang))}</p>'
        if found.valid is False
        else ""
    )
    none = f'<p class="st-note">{safe(t("organise.runs.none", lang))}</p>'
    listed = _listed(together) + _apart(apart, lang) or none
    board = attr(link("leaderboard", lang))
    return (
        f'<section class="st-card"><div class="st-spread"><h3>{safe(t("organise.runs", lang))}</h3>'
        f'<a href="{board}">{safe(t("nav.leaderboard", lang))}</a></div>'
        f'<p class="st-note">{safe(t("organise.runs.note", lang))}</p>{warned}'
        f'<form class="og-chosen" data-form="runs"><label class="og-inline">'
        f"<span>{safe(t('organise.runs.judge', lang))}</span>"
        f'<select name="judge">{options}</select></label>'
        f'<button class="st-btn st-btn--main">{safe(t("organise.runs.make", lang))}</button>'
        f'<p class="st-alert" role="alert" data-wrong="" hidden></p></form>{listed}</section>'
    )


def _files(project: str, method: Aggregation, lang: Lang) -> str:
    """The project's files at their addresses (routes of `components.project_downloads`)."""
    links = "".join(
        f'<a class="st-btn" download href="./project/{quote(project)}.{ending}?method={method}">'
        f"{safe(t(f'organise.files.{name}', lang))}</a>"
        for name, ending in (("hb", "hb.zip"), ("csv", "csv.zip"), ("sqlite", "sqlite"))
    )
    return (
        f'<section class="st-card"><h3>{safe(t("organise.files", lang))}</h3>'
        f'<p class="st-note">{safe(t("organise.files.note", lang))}</p><p class="st-row">{links}</p></section>'
    )


def _listed(rows: Sequence[str]) -> str:
    return f'<ul class="st-list og-runs">{"".join(rows)}</ul>' if rows else ""


def _apart(rows: Sequence[str], lang: Lang) -> str:
    """The runs of single people in a fold: with twenty people they would bury the rest."""
    words = t("organise.runs.apart", lang, n=number(len(rows), lang))
    fold = f'<details class="st-details"><summary>{safe(words)}</summary>{_listed(rows)}</details>'
    return fold if rows else ""


def _made(studio: "Studio", project: str, who: Viewer, lang: Lang) -> tuple[list[str], list[str]]:
    """The runs that were made, each with what it does not know of yet: those of everybody, the newest first and of one
    time the common answer before one drawn; then those of single people, by their numbers."""
    runs = [studio.run(run) for run in studio.overseeing.runs(who, project)[:RUNS_SHOWN]]
    told = [PeopleRun.of(run.resolved) for run in runs]
    known = [each for each in told if each is not None]
    since = iter(studio.overseeing.since(who, project, known))
    rows = [
        (people, _run(run, people, next(since) if people else None, lang))
        for run, people in zip(runs, told, strict=True)
    ]
    together = [each for each in rows if each[0] is None or each[0].what != "person"]
    together.sort(key=lambda each: (-each[0].n, PEOPLE.index(each[0].what)) if each[0] else (0, 0))
    apart = [(people, row) for people, row in rows if people and people.what == "person"]
    return [row for _, row in together], [row for _, row in sorted(apart, key=lambda each: each[0].number)]


def _run(run: RunView, people: PeopleRun | None, since: Since | None, lang: Lang) -> str:
    address = attr(link("inspect", lang, run=run.id))
    em = t("organise.runs.em", lang, em=share(run.em.mean, lang), n=number(run.em.scored, lang))
    judge = t("organise.runs.js", lang, js=share(run.js.mean, lang)) if run.js.scored else ""
    name = people_name(people, lang) if people else name_of(run, lang)
    made = f'<span class="st-small">{safe(made_of(people, lang, project=False))}</span>' if people else ""
    return (
        f'<li><span><a href="{address}">{safe(name)}</a> {_marks(people, since, lang)}{made}</span>'
        f"<span>{safe(em)} {safe(judge)}</span></li>"
    )


def _marks(people: PeopleRun | None, since: Since | None, lang: Lang) -> str:
    """Where a run is of an invalid baseline, or of other answers and people than there are now."""
    marks = []
    if people and people.valid is False:
        marks.append(chip(t("organise.invalid", lang), "bad", "✕"))
    if since and since.answers:
        marks.append(chip(t("organise.since.answers", lang, n=number(since.answers, lang)), "warn", "!"))
    if since and since.out:
        marks.append(
            chip(t("organise.since.out", lang, n=count(since.out, "count.persons.of", lang)), "warn", "!")
        )
    if since and since.back:
        marks.append(
            chip(t("organise.since.back", lang, n=count(since.back, "count.persons.of", lang)), "warn", "!")
        )
    return "".join(marks)
