"""The Runs page: all runs of models and people, with scores; resume, delete, take away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from components.errors import shown
from components.format import titled
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.progress import is_going
from components.widgets.run_table import runs_html
from studio.core.run import RunView
from studio.service import Studio
from studio.texts import Lang, t

TICK_S = 2.0  # while something goes on
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Place:
    """Where in the list this tab is."""

    kind: str = ""
    page: int = 0


def build_runs_page(page: gr.Blocks, studio: Studio, lang: Lang) -> None:
    """Draws the page inside `page` and wires it to the studio."""
    places: dict[
        str, Place
    ] = {}  # by session: a loop that redraws the list must know where the tab is by now
    translated = shown(lang)

    panel(heading(t("runs.title", lang), t("runs.lead", lang)))
    list_pnl = panel("", "runs.js", elem_id="runs")

    def drawn(request: gr.Request, runs: list[RunView] | None = None) -> str:
        place = places.get(request.session_hash or "", Place())
        owner = viewer(studio, request).role == "owner"
        found = studio.runs() if runs is None else runs
        titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
        return runs_html(found, titles, lang, kind=place.kind, page=place.page, may_delete=owner)

    @translated
    async def opened(request: gr.Request) -> AsyncIterator[str]:
        """The list, redrawn while a model is at work. Ends with the tab."""
        session, shown_last = request.session_hash or "", ""
        places[session] = Place()
        try:
            going = True
            while going:
                runs = await asyncio.to_thread(studio.runs)
                now = await asyncio.to_thread(drawn, request, runs)
                if now != shown_last:
                    yield now
                shown_last = now
                going = any(is_going(run) for run in runs)
                await asyncio.sleep(TICK_S if going else 0)
        finally:
            places.pop(session, None)

    @translated
    def turned(request: gr.Request, event: gr.EventData) -> str:
        session = request.session_hash or ""
        here, data = places.get(session, Place()), event._data or {}
        kind = data.get("kind", here.kind)
        number = data.get("page", 0)
        places[session] = replace(
            here,
            kind=kind if kind in {"", "model", "human"} else "",
            page=number if isinstance(number, int) else 0,
        )
        return drawn(request)

    @translated
    def removed(request: gr.Request, event: gr.EventData) -> str:
        run_id = str((event._data or {}).get("run", ""))
        studio.delete(run_id, viewer(studio, request))
        gr.Info(t("runs.deleted", lang, run=run_id))
        return drawn(request)

    @translated
    def resumed(request: gr.Request, event: gr.EventData) -> str:
        studio.resume(str((event._data or {}).get("run", "")))
        return drawn(request)

    # a visit → the list, kept fresh while something goes on
    page.load(opened, None, list_pnl, concurrency_limit=None, **QUIET)
    # buttons of the list → the list again
    list_pnl.turn(turned, None, list_pnl, **QUIET)
    list_pnl.remove(removed, None, list_pnl, **QUIET)
    list_pnl.resume(resumed, None, list_pnl, **QUIET)
