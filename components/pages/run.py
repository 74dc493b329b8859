"""The Run page: pick a model and tasks, start, watch, stop, resume; a link `/?run=ID` comes back to any run."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from components.errors import shown
from components.links import media_base
from components.pages.following import Following
from components.pages.run_form import build_form, spec_of, wire_form
from components.pages.run_live import Updates, build_live, follow
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.card import sample_card
from components.widgets.progress import is_going
from components.widgets.summary import latest_html
from studio.core.run import RunView
from studio.service import Studio
from studio.texts import Lang, t

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_run_page(page: gr.Blocks, studio: Studio, lang: Lang) -> None:
    """Draws the page inside `page` and wires it to the studio."""
    following = Following()
    translated = shown(lang)

    panel(heading(t("run.title", lang), t("run.lead", lang)))
    with gr.Column(elem_id="form"):
        form = build_form(studio, lang)
        latest_pnl = panel("")
    with gr.Column(elem_id="live"):
        live = build_live(lang)

    def followed(run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        session = request.session_hash or ""
        return follow(studio, following, live, run_id, session, viewer(studio, request), lang)

    @translated
    async def opened(request: gr.Request) -> AsyncIterator[Updates]:
        query = dict(request.query_params)
        yield {latest_pnl: await to_thread(_latest, studio, lang)}
        if sample := _whole(query.get("sample")):
            yield {
                live["picked"]: await to_thread(_card, studio, query.get("run", ""), sample, request, lang)
            }
        if run_id := query.get("run"):
            async for updates in followed(run_id, request):
                yield updates

    @translated
    async def started(request: gr.Request, *values: Any) -> AsyncIterator[Updates]:
        run_id = await to_thread(studio.start, spec_of(*values), viewer(studio, request))
        yield {live["picked"]: ""}
        async for updates in followed(run_id, request):
            yield updates

    @translated
    async def resumed(run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        await to_thread(studio.resume, run_id)
        async for updates in followed(run_id, request):
            yield updates

    @translated
    def stopped(run_id: str) -> Any:
        studio.cancel(run_id)
        return gr.update(interactive=False)

    @translated
    def renewed(request: gr.Request) -> Updates:
        following.end(request.session_hash or "")
        empty = dict.fromkeys((live[name] for name in ("progress", "summary", "means", "picked", "feed")), "")
        return {**empty, live["run_id"]: "", live["strip"]: [], latest_pnl: _latest(studio, lang)}

    @translated
    def picked(run_id: str, request: gr.Request, event: gr.EventData) -> str:
        return _card(studio, run_id, _whole(event.sample), request, lang)

    everything = [*live.values(), latest_pnl]
    wire_form(studio, form, translated, lang)
    # a link or a reload → the run it names, or the latest run under the form
    page.load(opened, None, everything, concurrency_limit=None, **QUIET)
    # start, resume → a run in the background → panels as it goes on
    form.start_btn.click(started, form.inputs, everything, concurrency_limit=None, **QUIET)
    live["resume"].click(resumed, live["run_id"], everything, concurrency_limit=None, **QUIET)
    # stop → the run ends after the token at hand; whoever follows it sees that
    live["stop"].click(stopped, live["run_id"], live["stop"], **QUIET)
    live["new"].click(renewed, None, everything, **QUIET)
    # a square of the strip or a row of the feed → its card in place
    for source in (live["strip"], live["feed"]):
        source.pick(picked, live["run_id"], live["picked"], **QUIET)
    live["picked"].shut(translated(_nothing), None, live["picked"], **QUIET)


def _card(studio: Studio, run_id: str, sample: int | None, request: gr.Request, lang: Lang) -> str:
    if sample is None:
        return ""
    card = studio.card(run_id, sample, viewer(studio, request))
    return sample_card(card, lang, media_base(studio.media_dir))


def _latest(studio: Studio, lang: Lang) -> str:
    """The run that goes on, else the latest with answers; nothing in a new studio."""
    runs = [run for run in studio.runs() if run.kind == "model"]
    run: RunView | None = next((run for run in runs if is_going(run)), None)
    run = run or next((run for run in runs if run.answered), None)
    return latest_html(run, studio.confusions(run.id), lang) if run else ""


def _whole(value: object) -> int | None:
    """A sample id out of an address or a browser's event, where anything may stand."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _nothing() -> str:
    return ""
