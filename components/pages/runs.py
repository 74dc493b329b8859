"""The Runs page: all runs of models and people, with scores; resume, delete, take away."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from components.errors import shown
from components.format import titled
from components.pages.following import Following
from components.pages.report_dialog import build_report_dialog
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.import_form import import_html
from components.widgets.progress import is_going
from components.widgets.run_table import Rights, compare_bar, delete_dialog, runs_html
from studio.core.run import RunView, Viewer
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
    runs, translated = RunsPage(studio, lang), shown(lang)
    panel(heading(t("runs.title", lang), t("runs.lead", lang)))
    panel(import_html(lang), "import.js", elem_id="import")
    list_pnl = panel("", "runs.js", elem_id="runs")
    panel(delete_dialog(lang), elem_id="delete")
    panel(compare_bar(lang), elem_id="compare-bar")
    build_report_dialog(studio, lang)
    # a visit → the list, kept fresh while something goes on
    page.load(translated(runs.opened), None, list_pnl, concurrency_limit=None, **QUIET)
    # buttons of the list → the list again
    list_pnl.turn(translated(runs.turned), None, list_pnl, **QUIET)
    list_pnl.remove(translated(runs.removed), None, list_pnl, **QUIET)
    list_pnl.resume(translated(runs.resumed), None, list_pnl, concurrency_limit=None, **QUIET)


class RunsPage:
    """What happens on the page: each method is a listener and gives the list as it is then."""

    def __init__(self, studio: Studio, lang: Lang) -> None:
        self.studio, self.lang = studio, lang
        self._places, self._following = Places(), Following()

    async def opened(self, request: gr.Request) -> AsyncIterator[str]:
        self._places.put(request, Place())
        async for html in self._redrawn(request):
            yield html

    def turned(self, request: gr.Request, event: gr.EventData) -> str:
        here, asked = self._places.of(request), event._data or {}
        kind, page = asked.get("kind", here.kind), asked.get("page")
        self._places.put(request, Place(kind if kind in KINDS else "", page if isinstance(page, int) else 0))
        return self._drawn(request)

    def removed(self, request: gr.Request, event: gr.EventData) -> str:
        run_id = str((event._data or {}).get("run", ""))
        self.studio.delete(run_id, viewer(self.studio, request))
        gr.Info(t("runs.deleted", self.lang, run=run_id))
        return self._drawn(request)

    async def resumed(self, request: gr.Request, event: gr.EventData) -> AsyncIterator[str]:
        run_id = str((event._data or {}).get("run", ""))
        await asyncio.to_thread(self.studio.resume, run_id, viewer(self.studio, request))
        async for html in self._redrawn(request):
            yield html

    def _drawn(self, request: gr.Request, runs: list[RunView] | None = None) -> str:
        who, place = viewer(self.studio, request), self._places.of(request)
        found = self.studio.runs(who) if runs is None else runs
        titles = {task.name: titled(task.title, task.name, self.lang) for task in self.studio.tasks()}
        rights = rights_of(self.studio, found, who)
        return runs_html(found, titles, self.lang, kind=place.kind, page=place.page, rights=rights)

    async def _redrawn(self, request: gr.Request) -> AsyncIterator[str]:
        """The list, drawn again when it changed, while a model is at work. Ends with the tab."""
        session, before, going = request.session_hash or "", "", True
        token = self._following.begin(session)
        try:
            while going and self._following.is_current(session, token):
                runs = await asyncio.to_thread(self.studio.runs, viewer(self.studio, request))
                now = await asyncio.to_thread(self._drawn, request, runs)
                if now != before:
                    yield now
                before = now
                going = any(is_going(run) for run in runs)
                await asyncio.sleep(TICK_S if going else 0)
        finally:
            self._following.end(session, token)


def rights_of(studio: Studio, runs: Sequence[RunView], who: Viewer) -> Rights:
    """What a viewer may do with runs of the list."""
    owner = who.role == "owner"
    asked = runs if not owner or studio.blinded(who) else ()  # from the owner nothing else is kept
    return Rights(
        delete=owner,
        steerable=studio.steerable([run.id for run in runs], who),
        withheld={run.id for run in asked if run.answered and not studio.may_export(run.id, who)},
        packable={run.id for run in runs if studio.packable(run)},
    )
