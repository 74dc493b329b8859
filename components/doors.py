"""Every way into the studio and what it takes to pass: a handler of a page by its name, an address by its path.

Default deny. `guard` puts a door before each handler that the pages registered and refuses to build an app with one
that is declared nowhere; `Doors` stands before every address, Gradio's own included, and answers 404 to what is not
listed. An act's least role stands in `studio/humans/roles.py`. Acts of one project are checked in the project that the
caller names, and again by the service, which knows what the act is about.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.context import LocalContext
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from components.downloads import asked_language
from components.errors import around, shown
from components.links import PAGES, path
from components.nowhere import not_found
from components.pages.served import served, text_of
from components.who import viewer
from studio.core.errors import NotAllowed
from studio.core.run import Viewer
from studio.service import Studio
from studio.texts import LANGS, describe

LONGEST_ID = 100

# A handler's own name, with its class or the function that makes it.
HANDLERS: Mapping[str, str] = {
    "RunPage.came_again": "look",  # on a Space with ZeroGPU
    "RunPage.opened": "look",
    "RunPage.picked": "look",
    "RunPage.renewed": "run",
    "RunPage.resumed": "run",
    "RunPage.shut": "look",
    "RunPage.started": "run",
    "RunPage.stopped": "run",
    "RunPage.verified": "verify_run",
    "RunsPage.opened": "look",
    "RunsPage.removed": "delete_run",
    "RunsPage.resumed": "run",
    "RunsPage.turned": "look",
    "annotate_ahead": "answer",
    "annotate_answer": "answer",
    "annotate_draft": "answer",
    "annotate_offers": "look",
    "annotate_open": "look",  # whoever has not joined is told how to
    "annotate_own": "join",
    "annotate_shown": "answer",
    "annotate_skip": "answer",
    "annotate_undo": "answer",
    "compare_complete": "look",
    "compare_view": "look",
    "experiments_answers": "look",
    "experiments_open": "look",
    "experiments_start": "run",
    "header_who": "look",
    "health_draw": "label",
    "health_judge": "run",
    "health_look": "look",
    "health_use": "use_judge",
    "inspect_complete": "look",
    "inspect_criteria": "label",
    "inspect_draw": "label",
    "inspect_evidence": "look",
    "inspect_frame": "look",
    "inspect_group": "label",
    "inspect_label": "label",
    "inspect_undo": "label",
    "inspect_view": "look",
    "inspect_whole": "look",
    "leaderboard_gap": "look",
    "leaderboard_view": "look",
    "organise_adjudicate": "adjudicate",
    "organise_admit": "exclude",
    "organise_chain": "see_journal",
    "organise_change": "organise",
    "organise_effect": "exclude",
    "organise_erase": "erase_person",
    "organise_erasing": "erase_person",
    "organise_exclude": "exclude",
    "organise_instruct": "organise",
    "organise_invite": "invite",
    "organise_look": "look",
    "organise_make": "organise",
    "organise_plan": "organise",
    "organise_preview": "organise",
    "organise_readmit": "exclude",
    "organise_retire": "adjudicate",
    "organise_revoke": "invite",
    "organise_role": "invite",
    "organise_runs": "aggregate",
    "organise_state": "organise",
    "prompts_cross": "run",
    "prompts_look": "look",
    "reasons_edit": "run",
    "reasons_group": "run",
    "reasons_look": "look",
    "reasons_pictures": "look",
    "reasons_state": "look",
    "reasons_stop": "run",
    "report_begin": "look",
    "report_offer": "look",
    "report_state": "look",
    "submission_open": "look",
    "submission_report": "look",
    "whatif_counts": "look",
    "whatif_keep": "run",
    "whatif_progress": "look",
    "whatif_rescore": "rescore",
    "whatif_view": "look",
    "wire_form.model_changed": "look",
    "wire_form.planned": "look",
    "wire_servers.changed": "look",
}

# Methods and paths as routes write them.
OURS: Mapping[str, str] = {
    "GET /media/{seal}/{file:path}": "look",  # the seal says to whom it was shown
    "GET /sql/{page}": "look",
    "GET /chart/{name}.{ending}": "look",
    "GET /report/{job}.html": "look",
    "GET /export/{run_id}.sqlite": "look",
    "GET /export/{run_id}.lm-eval.zip": "look",
    "GET /leaderboard.{ending}": "look",
    "GET /project/{project}.hb.zip": "export",
    "GET /project/{project}.csv.zip": "export",
    "GET /project/{project}.sqlite": "export",
    "GET /owner": "look",
    "POST /owner": "look",
    "GET /submission/archive.zip": "look",
    "POST /submission/check": "run",
    "POST /runs/import": "run",
    "POST /join": "join",
    "GET /join/{secret}": "join",
    "POST /join/{secret}": "join",
    "GET /join": "join",
    "POST /leave": "look",
}

# What Gradio needs for pages to work. The rest of what it offers (files by their paths, uploads, proxies, recordings,
# calls past the queue, descriptions of the interface for programs) stays shut.
GRADIOS: Mapping[str, str] = {
    "GET /config": "look",
    "GET /config/": "look",
    "GET /assets/{path:path}": "look",
    "GET /static/{path:path}": "look",
    "GET /svelte/{path:path}": "look",
    "GET /favicon.ico": "look",
    "GET /theme.css": "look",
    "GET /robots.txt": "look",
    "GET /manifest.json": "look",
    "GET /gradio_api/theme.css": "look",
    "GET /gradio_api/info": "look",
    "GET /gradio_api/info/": "look",
    "GET /gradio_api/app_id": "look",
    "GET /gradio_api/app_id/": "look",
    "GET /gradio_api/user": "look",
    "GET /gradio_api/user/": "look",
    "GET /gradio_api/login_check": "look",
    "GET /gradio_api/login_check/": "look",
    "GET /gradio_api/startup-events": "look",
    "POST /gradio_api/queue/join": "look",  # the doors of handlers stand behind it
    "GET /gradio_api/queue/data": "look",
    "GET /gradio_api/queue/status": "look",
    "GET /gradio_api/heartbeat/{session_hash}": "look",
    "POST /gradio_api/cancel": "look",
    "POST /gradio_api/reset": "look",
    "POST /gradio_api/reset/": "look",
    "POST /gradio_api/component_server": "look",  # the doors of handlers stand behind it
    "POST /gradio_api/component_server/": "look",
    "GET /login/huggingface": "join",
    "GET /login/callback": "join",
    "GET /logout": "look",
}


class Undeclared(LookupError):
    """A handler or an address that nobody declared: the app is not built."""


def guard(demo: gr.Blocks, studio: Studio) -> None:
    """Puts a door before every handler of an app. Raises Undeclared, for all of them at once."""
    listeners = [fn for fn in demo.fns.values() if fn.fn is not None]
    panels = [block for block in demo.blocks.values() if getattr(block, "server_fns", None)]
    handlers = [fn.fn for fn in listeners] + [fn for panel in panels for fn in panel.server_fns]
    if unknown := sorted({name for name in map(name_of, handlers) if name not in HANDLERS}):
        raise Undeclared(_declare(unknown, "HANDLERS"))
    for listener in listeners:
        listener.fn = _guarded(listener.fn, studio)
    for panel in panels:
        doors = [_guarded(fn, studio) for fn in panel.server_fns]
        for door in doors:
            setattr(panel, door.__name__, door)
        panel.server_fns = doors
        # Gradio makes a component anew, out of these, for a session in which a handler has changed it.
        panel.constructor_args["server_functions"] = doors


def name_of(handler: Callable[..., Any]) -> str:
    """By what name a handler is declared: a served function's own, a listener's with its class or its maker."""
    if getattr(handler, "__served__", False):
        return handler.__name__
    return handler.__qualname__.replace("<locals>.", "")


def declared(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """The studio's own routes. Raises Undeclared when one of them has no door."""
    found = list(routes)
    plain = [route for route in found if isinstance(route, Route)]
    named = {f"{way} {way_of(route.path)}" for route in plain for way in route.methods or () if way != "HEAD"}
    if len(plain) < len(found) or (named := named - set(OURS)):
        raise Undeclared(_declare(sorted(named), "OURS"))
    return found


def way_of(template: str) -> str:
    """A route's path without what it says of its parts: "/chart/{name}.{ending}"."""
    return template.replace(":str}", "}")


def ways() -> dict[str, str]:
    """Every address with its act: the pages, ours, Gradio's."""
    pages = [f"GET /{path(page, lang)}" for page in PAGES for lang in LANGS]
    slashed = [f"{page}/" for page in pages if not page.endswith("/")]
    return {**dict.fromkeys([*pages, *slashed], "look"), **OURS, **GRADIOS}


class Doors:
    """What stands before every address of the app."""

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self._app, self._studio = app, studio
        self._ways = [(_route(way), act) for way, act in ways().items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope) if scope["type"] == "http" else Response(status_code=404)
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        request = Request(scope)
        for route, act in self._ways:
            match, found = route.matches(scope)
            if match is Match.FULL:
                project = found["path_params"].get("project", "")
                return await run_in_threadpool(self._checked, request, act, project)
        return await not_found(request, HTTPException(404))

    def _checked(self, request: Request, act: str, project: str) -> Response | None:
        try:
            _check(self._studio, act, request, project)
        except NotAllowed as error:
            return PlainTextResponse(describe(error, asked_language(request)), status_code=403)
        return None


def _guarded(handler: Callable[..., Any], studio: Studio) -> Callable[..., Any]:
    """The handler behind its door; a refusal is told as the handler's own refusals are."""
    act, lang = HANDLERS[name_of(handler)], getattr(handler, "__shown__", None)
    if lang is None:
        raise Undeclared(
            f"{name_of(handler)} passes through neither `shown` nor `served`: nobody words its errors"
        )
    if getattr(handler, "__served__", False):

        @served(lang)
        @functools.wraps(handler)
        def door(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
            _check(studio, act, request, text_of(data, "project", LONGEST_ID))
            return dict(handler(data, request))

        return door

    @contextmanager
    def opened(*_: Any, **__: Any) -> Iterator[None]:
        _check(studio, act, LocalContext.request.get(None))
        yield

    return shown(lang)(around(handler, opened))


def _check(studio: Studio, act: str, request: gr.Request | Request | None, project: str = "") -> None:
    """Raises NotAllowed. What anybody may do is let through without asking who it is."""
    try:
        studio.members.check(Viewer(), act)
    except NotAllowed:
        studio.members.check(viewer(studio, request), act, project)


def _route(way: str) -> Route:
    method, template = way.split(" ", 1)
    return Route(template, not_found, methods=[method])


def _declare(names: Iterable[str], table: str) -> str:
    return (
        f"nobody may pass here: {', '.join(names)}. Add a line to {table} in components/doors.py with the act it takes"
        " (studio/humans/roles.py lists them), and one with who may pass to tests/components/test_doors.py"
    )
