"""The Runs page: all runs of models and people, with scores; resume, delete, take away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from components.errors import shown
from components.format import titled
from components.pages.following import Following
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.import_form import import_html
from components.widgets.progress import is_going
from components.widgets.run_table import delete_dialog, runs_html
from studio.core.run import RunView
from studio.service import Studio
from studio.texts import Lang, t

TICK_S = 2.0  # while something goes on
MOST_TABS = 1000  # whose place in the list is remembered
KINDS = {"", "model", "human", "imported"}
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Place:
    """Where in the list a tab is."""

    kind: str = ""
    page: int = 0


class Places:
    """By session: a loop that redraws the list must know where the tab is by now. The oldest are forgotten."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def of(self, request: gr.Request) -> Place:
        return self._places.get(request.session_hash or "", Place())

    def put(self, request: gr.Request, place: Place) -> None:
        self._places.pop(request.session_hash or "", None)
        self._places[request.session_hash or ""] = place
        if len(self._places) > MOST_TABS:
            del self._places[next(iter(self._places))]


def build_runs_page(page: gr.Blocks, studio: Studio, lang: Lang) -> None:
    """Draws the page inside `page` and wires it to the studio."""
    places = Places()
    following = Following()
    translated = shown(lang)

    panel(heading(t("runs.title", lang), t("runs.lead", lang)))
    panel(import_html(lang), "import.js", elem_id="import")
    list_pnl = panel("", "runs.js", elem_id="runs")
    panel(delete_dialog(lang), elem_id="delete")

    def drawn(request: gr.Request, runs: list[RunView] | None = None) -> str:
        place = places.of(request)
        owner = viewer(studio, request).role == "owner"
        found = studio.runs(viewer(studio, request)) if runs is None else runs
        titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
        who = viewer(studio, request)
        asked = found if who.annotating or not owner else ()  # from the owner nothing else is kept
        withheld = {run.id for run in asked if run.answered and not studio.may_export(run.id, who)}
        packable = {run.id for run in found if studio.packable(run)}
        return runs_html(
            found,
            titles,
            lang,
            kind=place.kind,
            page=place.page,
            may_delete=owner,
            withheld=withheld,
            packable=packable,
        )

    async def redrawn(request: gr.Request) -> AsyncIterator[str]:
        """The list, drawn again when it changed, while a model is at work. Ends with the tab."""
        session, before, going = request.session_hash or "", "", True
        token = following.begin(session)
        try:
            while going and following.is_current(session, token):
                runs = await asyncio.to_thread(studio.runs, viewer(studio, request))
                now = await asyncio.to_thread(drawn, request, runs)
                if now != before:
                    yield now
                before = now
                going = any(is_going(run) for run in runs)
                await asyncio.sleep(TICK_S if going else 0)
        finally:
            following.end(session, token)

    @translated
    async def opened(request: gr.Request) -> AsyncIterator[str]:
        places.put(request, Place())
        async for html in redrawn(request):
            yield html

    @translated
    def turned(request: gr.Request, event: gr.EventData) -> str:
        here, asked = places.of(request), event._data or {}
        kind, page = asked.get("kind", here.kind), asked.get("page")
        places.put(request, Place(kind if kind in KINDS else "", page if isinstance(page, int) else 0))
        return drawn(request)

    @translated
    def removed(request: gr.Request, event: gr.EventData) -> str:
        run_id = str((event._data or {}).get("run", ""))
        studio.delete(run_id, viewer(studio, request))
        gr.Info(t("runs.deleted", lang, run=run_id))
        return drawn(request)

    @translated
    async def resumed(request: gr.Request, event: gr.EventData) -> AsyncIterator[str]:
        await asyncio.to_thread(studio.resume, str((event._data or {}).get("run", "")))
        async for html in redrawn(request):
            yield html

    # a visit → the list, kept fresh while something goes on
    page.load(opened, None, list_pnl, concurrency_limit=None, **QUIET)
    # buttons of the list → the list again
    list_pnl.turn(turned, None, list_pnl, **QUIET)
    list_pnl.remove(removed, None, list_pnl, **QUIET)
    list_pnl.resume(resumed, None, list_pnl, concurrency_limit=None, **QUIET)
