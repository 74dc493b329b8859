"""The page «Причины»: failures in groups that name themselves, edited by hand; by group, task and model.

The address names the run, the grouping where it is in several, and the group that is open. The script asks
`reasons_look` for what it names; what a person does goes through `reasons_edit`, a grouping through `reasons_group`.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.format import titled
from components.links import media_base
from components.pages.inspect_queue import notice_html, run_bar_html
from components.pages.reasons_cards import cards_html, pictures_of
from components.pages.reasons_form import asked_spec, empty_html, form_html, job_html, kept_html
from components.pages.reasons_table import counter_html, pivot_html
from components.pages.report_dialog import build_report_dialog
from components.pages.run_choice import chosen_run
from components.pages.served import served, text_of, whole_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.bench_nav import bench_nav
from components.widgets.keys import bench_keys
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr, safe
from studio.core.errors import BadInput
from studio.core.reasons import Answer
from studio.core.run import RunView, Viewer
from studio.texts import Lang, t
from studio.texts.reasons_said import edit_said, group_title
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = (
    "lost", "working", "picked", "rename", "rename.hint", "merge", "merge.hint", "move", "make", "done", "nothing",
)  # fmt: skip
_KEYS = (
    ("G", "group"), ("J K", "step"), ("O", "open"), ("R", "rename"), ("M", "merge"), ("Del", "remove"),
    ("X", "pick"), ("V", "move"), ("N", "make"), ("Z", "undo"),
)  # fmt: skip
MOST_PICKED = 200


def build_reasons_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""
    base = media_base(studio)

    @served(lang)
    def reasons_look(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return looked(studio, data, viewer(studio, request), lang)

    @served(lang)
    def reasons_pictures(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return {"pictures": pictures_of(studio, answers_of(data), lang, base)}

    @served(lang)
    def reasons_group(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        state = studio.reasons.start(asked_spec(data), _author(data), viewer(studio, request))
        return {"job": job_html(state, True, lang), "runs": list(state.runs), "going": True}

    @served(lang)
    def reasons_stop(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        studio.reasons.stop(asked_spec(data).runs, viewer(studio, request))
        return {}

    @served(lang)
    def reasons_state(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        runs = asked_spec(data).runs
        state = studio.reasons.jobs.state(runs)
        going = bool(state and state.going)
        may = going and studio.reasons.groups.may_edit(runs, viewer(studio, request))
        return {"job": job_html(state, may, lang), "going": going, "kept": state.kept if state else 0}

    @served(lang)
    def reasons_edit(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return edited(studio, data, viewer(studio, request), lang)

    panel(
        _skeleton(lang),
        ("served.js", "bench.js", "reasons.js"),
        elem_id="reasons-page",
        elem_classes=["st-plain"],
        server_functions=[
            reasons_look,
            reasons_pictures,
            reasons_group,
            reasons_stop,
            reasons_state,
            reasons_edit,
        ],
    )
    build_report_dialog(studio, lang)


def looked(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """What the address asks for: the run (the newest worth a look without one) and the parts of the page."""
    runs = studio.runs(who)
    run = chosen_run(studio, text_of(data, "run", 100), runs, lang)
    if isinstance(run, str):
        return {"parts": {"body": run}}
    titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
    parts = {"bench": bench_nav("reasons", run.id, lang), "run": run_bar_html(runs, run, titles, lang)}
    book = _book(studio, run.id, data)
    if book is None:
        return _ungrouped(studio, run, parts, who, lang)
    return _grouped(studio, run, book, data, parts, titles, who, lang)


def _ungrouped(
    studio: "Studio", run: RunView, parts: dict[str, str], who: Viewer, lang: Lang
) -> dict[str, Any]:
    """Nothing is kept yet: how many failures there are, and the form that groups them."""
    may = studio.reasons.groups.may_edit([run.id], who)
    n = studio.reasons.count([run.id], viewer=who) if may else 0
    state = studio.reasons.jobs.state((run.id,))
    form = form_html(studio, run, None, who, lang) if may else ""
    parts |= {"job": job_html(state, may, lang), "body": empty_html(n, may, form, lang)}
    return {"state": {"run": run.id}, "parts": parts, "runs": [run.id], "going": bool(state and state.going)}


def _grouped(
    studio: "Studio",
    run: RunView,
    book: int,
    data: Mapping[str, Any],
    parts: dict[str, str],
    titles: Mapping[str, str],
    who: Viewer,
    lang: Lang,
) -> dict[str, Any]:
    reviewer = text_of(data, "reviewer", 80)
    found = studio.reasons.groups.kept(book, who)
    opened = whole_of(data, "group")
    known = {group.number for group in found.groups}
    page = None
    if opened in known and opened is not None:
        page = studio.reasons.groups.page(
            opened, whole_of(data, "offset") or 0, reviewer=reviewer, viewer=who
        )
    typical = studio.reasons.groups.typical(book, reviewer=reviewer, viewer=who)
    models = {each: name_of(studio.run(each), lang).rpartition("/")[2] for each in found.spec.runs}
    may = studio.reasons.groups.may_edit(book, who)
    state = studio.reasons.jobs.state(found.spec.runs)
    form = form_html(studio, run, found, who, lang) if may else ""
    parts |= {
        "job": job_html(state, may, lang),
        "body": kept_html(found, studio.reasons.groups.books(run.id), models, run.id, may, form, lang)
        + counter_html(found, run.id, lang)
        + pivot_html(found, models, titles, lang)
        + cards_html(found, typical, page, models, titles, may, lang),
    }
    shown = {"run": run.id, "book": book if text_of(data, "book") else "", "group": opened if page else ""}
    told = {"groups": [[group.number, group_title(group, lang)] for group in found.groups], "book": book}
    answer = {"state": shown, "parts": parts, "runs": list(found.spec.runs), "may": may, **told}
    if opened is not None and page is None:
        answer["said"] = t("error.unknown_group", lang, number=opened)
    return {**answer, "going": bool(state and state.going)}


def _book(studio: "Studio", run: str, data: Mapping[str, Any]) -> int | None:
    """The grouping that an address means: that of its group, the named one, or the latest that the run is in."""
    known = [book for book, _ in studio.reasons.groups.books(run)]
    group = whole_of(data, "group")
    wanted = studio.reasons.groups.find(group=group) if group is not None else None
    named = whole_of(data, "book")
    return next((book for book in (wanted, named) if book in known), known[0] if known else None)


def edited(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """Does what was asked and says it. Raises StudioError."""
    groups = studio.reasons.groups
    action, number, book = (
        text_of(data, "action", 20),
        whole_of(data, "group") or 0,
        whole_of(data, "book") or 0,
    )
    name, told = (
        text_of(data, "name", 200),
        {"author": _author(data), "client_id": text_of(data, "client_id", 64)},
    )
    if action == "rename":
        groups.rename(number, name, viewer=who, **told)
    elif action == "move":
        groups.move(number, answers_of(data), viewer=who, **told)
    elif action == "make":
        number = groups.make(book, name, answers_of(data), viewer=who, **told)
    elif action == "merge":
        groups.merge(number, whole_of(data, "other") or 0, viewer=who, **told)
    elif action == "remove":
        groups.remove(number, viewer=who, **told)
    elif action == "undo":
        undone = groups.undo(book, viewer=who, **told)
        words = t("cli.reason.undone", lang, what=edit_said(undone, lang)) if undone else ""
        return {"said": words or t("cli.reason.undo.nothing", lang)}
    else:
        raise BadInput("unknown_action", name=action)
    words = t("reasons.said", lang, what=edit_said(groups.history(book, 1, who)[0], lang))
    return {"said": words, "group": number}


def answers_of(data: Mapping[str, Any]) -> list[Answer]:
    """The answers that a browser names: `[["r1", 12], …]`; what is none is left out."""
    listed = data.get("answers")
    found = listed if isinstance(listed, list) else []
    return [
        (each[0][:100], each[1])
        for each in found[:MOST_PICKED]
        if isinstance(each, list)
        and len(each) == 2
        and isinstance(each[0], str)
        and type(each[1]) is int
        and 0 < each[1] < 2**53
    ]


def _author(data: Mapping[str, Any]) -> str:
    return " ".join(text_of(data, "reviewer", 80).split())


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"reasons.{key}", lang) for key in _SCRIPT_TEXTS}
    rows = [(keys, t(f"reasons.keys.{what}", lang)) for keys, what in _KEYS]
    ask = (
        '<dialog class="st-dialog gp-ask" aria-labelledby="gp-ask-title"><form method="dialog"><h2 id="gp-ask-title">'
        "</h2><p class='st-note' data-ask-hint></p>"
        f'<label class="gp-ask-name"><span>{safe(t("reasons.ask.name", lang))}</span>'
        '<input name="name" maxlength="80" autocomplete="off"></label>'
        f'<label class="gp-ask-group"><span>{safe(t("reasons.ask.group", lang))}</span><select name="group"></select>'
        '</label><p class="st-alert" role="alert" hidden></p><div class="gp-acts">'
        f'<button class="st-btn st-btn--main" value="ok">{safe(t("reasons.ask.ok", lang))}</button>'
        f'<button type="button" class="st-btn" data-act="cancel">{safe(t("reasons.ask.cancel", lang))}</button>'
        "</div></form></dialog>"
    )
    picked = (
        '<div class="gp-picked" role="group" hidden><b data-picked></b>'
        f'<button type="button" class="st-btn st-btn--small" data-act="move">{safe(t("reasons.act.move", lang))}'
        " <kbd>V</kbd></button>"
        f'<button type="button" class="st-btn st-btn--small" data-act="make">{safe(t("reasons.act.make", lang))}'
        " <kbd>N</kbd></button>"
        f'<button type="button" class="st-btn st-btn--small" data-act="unpick">{safe(t("reasons.act.unpick", lang))}'
        "</button></div>"
    )
    return (
        f"{heading(t('bench.reasons', lang), t('reasons.lead', lang))}"
        f'<div class="st-root gp-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}" aria-busy="true">'
        '<div data-part="bench"></div><div class="in-runbar" data-part="run"></div><div data-part="job"></div>'
        f'<div class="gp-body" data-part="body">{notice_html(t("inspect.loading", lang), "")}</div>'
        f'<p class="in-keys"><button type="button" class="in-quiet" data-act="keys">{t("inspect.keys.all", lang)}'
        f" <kbd>?</kbd></button></p>{sql_fold('reasons', lang)}{picked}{ask}{bench_keys(rows, lang)}"
        '<p class="in-status" role="status" aria-live="polite" data-status></p></div>'
    )
