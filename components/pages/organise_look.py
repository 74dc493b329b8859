"""What an address of the page Organise shows: parts of markup by name, and whether it changes by itself."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from components.links import MediaBase
from components.pages.organise_audit import audit_html
from components.pages.organise_baseline import baseline_html
from components.pages.organise_board import board_parts
from components.pages.organise_form import threshold_of
from components.pages.organise_head import TABS, Tab, head_html, tabs_of
from components.pages.organise_instructions import instructions_html
from components.pages.organise_invite import invite_html
from components.pages.organise_item import item_html
from components.pages.organise_items import items_html
from components.pages.organise_list import closed_html, gone_html, list_html
from components.pages.organise_new import new_html
from components.pages.organise_people import people_html
from components.pages.organise_settings import settings_html
from components.pages.served import text_of, whole_of
from studio.core.baseline import LOW_AGREEMENT
from studio.core.errors import BadInput
from studio.core.overseeing import SHOWN, Shown
from studio.core.project import Project
from studio.core.run import Viewer
from studio.core.votes import AGGREGATIONS, Aggregation
from studio.texts import Lang

if TYPE_CHECKING:
    from studio.service import Studio

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the address says. Unknown words count as not said."""

    project: str = ""
    tab: Tab = "board"
    new: bool = False
    item: int | None = None
    show: Shown = "hard"
    stratum: str = ""
    answers: int | None = None
    offset: int = 0
    person: str = ""
    kind: str = ""
    method: Aggregation = "majority"
    threshold: float = LOW_AGREEMENT

    @staticmethod
    def of(data: Mapping[str, Any]) -> "Asked":
        tab, show, method = (text_of(data, name, 20) for name in ("tab", "show", "method"))
        return Asked(
            project=text_of(data, "project", 100),
            tab=cast(Tab, tab) if tab in TABS else "board",
            new=bool(text_of(data, "new", 5)),
            item=whole_of(data, "item"),
            show=cast(Shown, show) if show in SHOWN else "hard",
            stratum=text_of(data, "stratum", 200),
            answers=whole_of(data, "answers"),
            offset=whole_of(data, "offset") or 0,
            person=text_of(data, "person", 100),
            kind=text_of(data, "kind", 40),
            method=cast(Aggregation, method) if method in AGGREGATIONS else "majority",
            threshold=threshold_of(text_of(data, "threshold", 10)),
        )


def looked(
    studio: "Studio", data: Mapping[str, Any], who: Viewer, base: MediaBase, lang: Lang
) -> dict[str, Any]:
    """The parts of the page. `going`: people work on it, so it is worth to ask again; with `seen`, the number that the
    last answer came with, nothing is sent while nothing has happened since. Raises NotAllowed, BadInput."""
    asked = Asked.of(data)
    if not asked.project:
        return _without_project(studio, asked, who, lang)
    if not studio.overseeing.may(who, "see_board", asked.project):
        closed = closed_html(bool(studio.settings.owner_key), lang)
        return {"parts": {"head": "", "body": closed}, "going": False}
    role = studio.members.role(who, asked.project)
    try:
        project = studio.organising.project(who, asked.project)
    except BadInput:
        return {"parts": {"head": "", "body": gone_html(asked.project, lang)}, "going": False}
    tab = asked.tab if asked.tab in tabs_of(role) else "board"
    now = studio.overseeing.version()
    going = tab == "board" and project.state == "open"
    if going and data.get("seen") == now:
        return {"same": True, "going": True, "seen": now, "parts": {}}
    invited = project.state == "draft" and role == "lead" and _invited(studio, project, who)
    parts = {"head": head_html(project, tab, role, lang, invited=invited)}
    if tab == "board":
        parts |= board_parts(studio, project, who, role, lang, quick=bool(data.get("quick")))
    else:
        parts["body"] = _body(studio, asked, tab, who, base, lang)
    return {"parts": parts, "going": going, "seen": now, "quick": bool(data.get("quick"))}


def _invited(studio: "Studio", project: Project, who: Viewer) -> bool:
    """Whether somebody is there to answer, or can come."""
    links = studio.members.invitations(who, project.id)
    return (
        project.spec.joining == "anyone"
        or any(link.open_at(time.time()) for link in links)
        or bool(studio.members.people(who, project.id))
    )


def _without_project(studio: "Studio", asked: Asked, who: Viewer, lang: Lang) -> dict[str, Any]:
    lines = studio.overseeing.projects(who)
    lead = studio.overseeing.may(who, "organise")
    if asked.new and lead:
        return {"parts": {"head": "", "body": new_html(studio.tasks(), lang)}, "going": False}
    body = (
        list_html(lines, lead, lang) if lines or lead else closed_html(bool(studio.settings.owner_key), lang)
    )
    return {"parts": {"head": "", "body": body}, "going": False}


def _body(studio: "Studio", asked: Asked, tab: Tab, who: Viewer, base: MediaBase, lang: Lang) -> str:
    project = asked.project
    if tab == "items" and asked.item is not None:
        view = studio.reviewing.item(
            who, project, asked.item, asked.show, stratum=asked.stratum, answers=asked.answers
        )
        return item_html(view, asked.show, asked.stratum, asked.answers, base, lang)
    if tab == "items":
        found = studio.reviewing.items(
            who,
            project,
            asked.show,
            stratum=asked.stratum,
            answers=asked.answers,
            offset=asked.offset,
            limit=PAGE,
        )
        overlap = studio.organising.project(who, project).spec.overlap
        return items_html(project, found, asked.show, asked.stratum, asked.answers, overlap, lang)
    if tab == "people":
        return people_html(studio.boards.lately(who, project, exact=True), lang)
    if tab == "baseline":
        return baseline_html(studio, project, asked.method, asked.threshold, who, lang)
    if tab == "instructions":
        return instructions_html(studio.overseeing.versions(who, project), project, lang)
    if tab == "invite":
        found_invitations = studio.members.invitations(who, project)
        return invite_html(found_invitations, studio.organising.project(who, project), lang)
    if tab == "settings":
        return settings_html(studio.organising.project(who, project), lang)
    deeds = studio.audit.lines(
        who,
        project,
        person=asked.person,
        kind="" if asked.kind == "all" else asked.kind,
        daily=asked.kind == "all",
        offset=asked.offset,
    )
    return audit_html(deeds, studio.members.people(who, project), project, asked.person, asked.kind, lang)
