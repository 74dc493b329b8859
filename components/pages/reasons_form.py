"""Grouping failures, as markup: the form that begins it, how far it is, and what is kept."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from components.format import ago, count, number
from components.links import link
from components.pages.inspect_queue import notice_html
from components.pages.served import text_of, whole_of
from components.widgets.text import attr, problem_html, safe
from studio.core.embedding import WORDS
from studio.core.places import embedder_named
from studio.core.reasons import DEFAULT_SEED, MOST_GROUPS, GroupingSpec, GroupingState, KeptReasons
from studio.core.run import RunView, Viewer
from studio.texts import Lang, t
from studio.texts.reasons_said import edit_said
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

_OFFERED = 20  # other runs that may be grouped together with this one
_MOST = 40  # groups that the form takes; a person reads through no more


def asked_spec(data: Mapping[str, Any]) -> GroupingSpec:
    """The grouping that a browser asks for; what it says wrong is as usual."""
    listed = data.get("runs")
    runs = [run[:100] for run in listed if isinstance(run, str)] if isinstance(listed, list) else []
    most = whole_of(data, "most") or MOST_GROUPS
    return GroupingSpec(
        tuple(dict.fromkeys(runs)),
        text_of(data, "where", 2000),
        max(1, min(most, _MOST)),
        DEFAULT_SEED,
        text_of(data, "embed", 400).strip(),
    )


def form_html(studio: "Studio", run: RunView, found: KeptReasons | None, who: Viewer, lang: Lang) -> str:
    """What is grouped and how: further runs, the choice, how many groups."""
    spec = found.spec if found else GroupingSpec((run.id,))
    others = [each for each, _ in studio.comparing.candidates([run.id], who)[:_OFFERED]]
    boxes = "".join(
        f'<label class="gp-box"><input type="checkbox" name="runs" value="{attr(each.id)}"'
        f"{' checked' if each.id in spec.runs else ''}>{safe(name_of(each, lang))}"
        f' <span class="st-small">{safe(ago(each.created_at, lang))}</span></label>'
        for each in others
    )
    together = (
        f"<fieldset><legend>{safe(t('reasons.form.runs', lang))}</legend>{boxes}</fieldset>" if boxes else ""
    )
    embed = spec.embed or studio.reasons.embed
    model = (
        f'<label class="gp-field gp-embed"><span>{safe(t("reasons.form.embed", lang))}</span>'
        f'<input name="embed" value="{attr(embed)}" autocomplete="off" spellcheck="false"'
        f' aria-describedby="gp-embed"><small id="gp-embed">{safe(t("reasons.form.embed.hint", lang))}</small></label>'
        if who.role == "owner"
        else ""
    )
    hint = attr(t("reasons.form.where.hint", lang))
    return (
        f'<form class="gp-form"><input type="hidden" name="runs" value="{attr(run.id)}">'
        f'<label class="gp-field gp-where"><span>{safe(t("reasons.form.where", lang))}</span>'
        f'<input name="where" value="{attr(spec.where)}" placeholder="{hint}" autocomplete="off" spellcheck="false">'
        f'</label><label class="gp-field"><span>{safe(t("reasons.form.most", lang))}</span>'
        f'<input name="most" type="number" min="2" max="{_MOST}" value="{spec.most}"></label>{model}{together}'
        f'<div class="gp-acts"><button class="st-btn st-btn--main">{safe(t("reasons.form.go", lang))} <kbd>G</kbd>'
        "</button>"
        f'<span class="st-alert" role="alert" hidden></span></div></form>'
    )


def job_html(state: GroupingState | None, may: bool, lang: Lang) -> str:
    """How far the grouping is, with a way to stop it where one `may`, or why it came to nothing; empty where there is
    nothing to say."""
    if state is None or not (state.going or state.problem):
        return ""
    if state.problem and state.problem.code == "cancelled":
        return f'<p class="st-note" role="status">{safe(t("reasons.stopped", lang))}</p>'
    if state.problem:
        return f'<p class="st-alert" role="alert">{problem_html(state.problem, lang)}</p>'
    of = f" {count(state.total, 'count.answers', lang)}" if state.total else ""
    share = 100 * state.done / state.total if state.total and state.done else 0
    bar = f'style="width:{share:.0f}%"' if share else ""
    busy = "" if share else " st-fill--busy"
    return (
        f'<section class="st-card gp-job"><p>{safe(t(f"reasons.stage.{state.stage}", lang))}{safe(of)}</p>'
        f'<div class="st-track"><span class="st-fill{busy}" {bar}></span></div>'
        f'<p class="st-small">{safe(t("reasons.job.note", lang))}</p>{_stop(lang) if may else ""}</section>'
    )


def _stop(lang: Lang) -> str:
    return (
        f'<button type="button" class="st-btn st-btn--small" data-act="stop">{safe(t("reasons.act.stop", lang))}'
        "</button>"
    )


def empty_html(n: int, may: bool, form: str, lang: Lang) -> str:
    """A run whose failures are not grouped yet."""
    if not may:
        return notice_html(t("reasons.none.title", lang), t("reasons.none.owner", lang))
    words = t("reasons.none.text", lang, n=number(n, lang)) if n else t("reasons.none.nothing", lang)
    notice = notice_html(t("reasons.none.title", lang), words)
    return f'{notice}<section class="st-card">{form}</section>'


def kept_html(
    found: KeptReasons,
    books: Sequence[tuple[int, tuple[str, ...]]],
    models: Mapping[str, str],
    run: str,
    may: bool,
    form: str,
    lang: Lang,
) -> str:
    """What is kept: how many answers in how many groups, of which choice; what may be done with it."""
    spec = found.spec
    where = f"<code>{safe(spec.where)}</code>" if spec.where else safe(t("reasons.choice.usual", lang))
    head = t("reasons.kept", lang, n=number(found.n, lang), groups=number(len(found.groups), lang))
    facts = [
        f"{safe(t('reasons.choice', lang))}: {where}",
        safe(t("reasons.at", lang, when=ago(found.at, lang))),
    ]
    if len(spec.runs) > 1:
        facts.append(
            f"{safe(t('reasons.runs', lang))}: {safe(', '.join(models[each] for each in spec.runs))}"
        )
    if spec.embed not in {"", WORDS}:
        facts.append(f"{safe(t('reasons.embed', lang))}: <code>{safe(embedder_named(spec.embed))}</code>")
    if found.hidden:
        facts.append(safe(t("reasons.hidden", lang, n=number(found.hidden, lang))))
    listed = "".join(f"<li>{fact}</li>" for fact in facts)
    acts = _acts(found, lang) if may else f'<p class="st-small">{safe(t("reasons.read_only", lang))}</p>'
    fold = (
        f'<details class="gp-again"{" open" if not found.n else ""}><summary>{safe(t("reasons.again", lang))}</summary>'
        f"<p class='st-small'>{safe(t('reasons.again.note', lang))}</p>{form}</details>"
        if may
        else ""
    )
    return (
        f'<section class="st-card gp-kept" data-book="{found.id}"><h2 class="st-h2">{safe(head)}</h2>'
        f'<ul class="st-list gp-facts">{listed}</ul>{_rescored(found, models, may, lang)}'
        f"{_fresh(found, models, lang)}{_books(found, books, run, lang)}"
        f"{acts}{fold}</section>"
    )


def _acts(found: KeptReasons, lang: Lang) -> str:
    hint = edit_said(found.undo, lang) if found.undo else ""
    by = f" ({found.undo.author})" if found.undo and found.undo.author else ""
    undo = (
        f'<button type="button" class="st-btn st-btn--small" data-act="undo">{safe(t("reasons.act.undo", lang))}'
        f' <kbd>Z</kbd></button><span class="st-small">{safe(hint + by)}</span>'
        if found.undo
        else ""
    )
    make = (
        f'<button type="button" class="st-btn st-btn--small" data-act="make">{safe(t("reasons.act.make", lang))}'
        " <kbd>N</kbd></button>"
    )
    return f'<div class="gp-acts">{make}{undo}</div>'


def _rescored(found: KeptReasons, models: Mapping[str, str], may: bool, lang: Lang) -> str:
    """Runs that were scored anew since: what is grouped here failed by other rules. With a way to group again."""
    if not found.rescored:
        return ""
    listed = [
        (f"{safe(models[run])}: " if len(found.spec.runs) > 1 else "") + f"<code>{safe(version)}</code>"
        for run, version in found.rescored.items()
    ]
    again = (
        f' <button type="button" class="st-btn st-btn--small" data-act="again">{safe(t("reasons.regroup", lang))}'
        "</button>"
        if may
        else ""
    )
    words = safe(t("reasons.rescored", lang))
    return f'<p class="st-alert st-alert--warn">{words} {", ".join(listed)}.{again}</p>'


def _fresh(found: KeptReasons, models: Mapping[str, str], lang: Lang) -> str:
    """Answers of the choice that are in no group: a door to them for each run."""
    where = _ungrouped(found.spec.where)
    doors = [
        f'<a href="{attr(link("inspect", lang, run=run, where=where, people="all"))}">{number(n, lang)}</a>'
        + (f" ({safe(models[run])})" if len(found.spec.runs) > 1 else "")
        for run, n in found.fresh.items()
    ]
    if not doors:
        return ""
    return (
        f'<p class="st-alert st-alert--warn gp-fresh">{safe(t("reasons.fresh", lang))} {", ".join(doors)}</p>'
    )


def _ungrouped(where: str) -> str:
    return f"({where or 'cell:disagree OR note:*'}) group:none"


def _books(found: KeptReasons, books: Sequence[tuple[int, tuple[str, ...]]], run: str, lang: Lang) -> str:
    """The other groupings that the run is in."""
    links = "".join(
        f'<a href="{attr(link("reasons", lang, run=run, book=book))}">'
        f"{safe(count(len(runs), 'count.runs', lang))}</a>"
        for book, runs in books
        if book != found.id
    )
    return f'<p class="st-small gp-books">{safe(t("reasons.books", lang))} {links}</p>' if links else ""
