"""The Run page: pick a model and tasks, start, watch, stop, resume; a link `/?run=ID` comes back to any run."""

import itertools
import logging
from asyncio import to_thread
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from components.errors import shown
from components.links import link, media_base
from components.pages.following import Following
from components.pages.run_form import Form, build_form, spec_for, wire_form
from components.pages.run_live import Updates, build_live, follow
from components.pages.run_plan import refusal_html
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.card import sample_card
from components.widgets.picker import cards_html
from components.widgets.progress import is_going
from components.widgets.summary import latest_html
from components.widgets.text import attr, problem_html, safe
from studio.core.errors import BadInput, StudioError
from studio.core.run import RunView
from studio.core.verification import VerificationSpec
from studio.service import Studio
from studio.texts import Lang, t

log = logging.getLogger("studio.pages")
AGAIN_S = 60.0  # how soon an open page takes on a run that waits for a new request
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_run_page(page: gr.Blocks, studio: Studio, lang: Lang) -> None:
    """Draws the page inside `page` and wires it to the studio."""
    panel(heading(t("run.title", lang), t("run.lead", lang)))
    with gr.Column(elem_id="form"):
        form = build_form(studio, lang)
        latest = panel("")
    with gr.Column(elem_id="live"):
        live = build_live(lang)
    wire_form(studio, form, shown(lang), lang)
    _wire(page, RunPage(studio, lang, form, live, latest))


class RunPage:
    """What happens on the page: each method is a listener and yields or returns what changes."""

    def __init__(self, studio: Studio, lang: Lang, form: Form, live: dict[str, Any], latest: gr.HTML) -> None:
        self.studio, self.lang, self.form, self.live, self.latest = studio, lang, form, live, latest
        self._following = Following()
        self._refusals = itertools.count()

    async def opened(self, request: gr.Request) -> AsyncIterator[Updates]:
        query = dict(request.query_params)
        yield await to_thread(self._fresh)
        if run_id := query.get("run"):
            try:
                if sample := _whole(query.get("sample")):
                    yield await to_thread(self._linked, run_id, sample, request)
                async for updates in self._followed(run_id, request):
                    yield updates
            except BadInput as error:
                if error.problem.code != "unknown_run":
                    raise
                yield self._missing(error)  # a link to a run that was deleted, or was never there

    def _linked(self, run_id: str, sample: int, request: gr.Request) -> Updates:
        """The card that a link names; a sample that the run does not have keeps nobody from seeing the run."""
        try:
            return {self.live["picked"]: self._card(run_id, sample, request)}
        except BadInput as error:
            if error.problem.code == "unknown_run":
                raise
            words = problem_html(error, self.lang)
            return {self.live["picked"]: f'<p class="st-root st-alert st-alert--warn">{words}</p>'}

    def _missing(self, error: BadInput) -> Updates:
        """What stands in place of a run that is not there."""
        ways = "".join(
            f'<a class="st-btn st-btn--small" href="{attr(link(key, self.lang))}">{safe(t(text, self.lang))}</a>'
            for key, text in (("run", "run.new"), ("runs", "nav.runs"))
        )
        words = safe(t("run.missing", self.lang, run=error.problem.values.get("run", "")))
        shown = (
            f'<section class="st-root st-card" data-missing><p class="st-h2">{words}</p>'
            f'<p class="st-row">{ways}</p></section>'
        )
        hidden = gr.update(visible=False)
        return {self.live["progress"]: shown, self.live["stop"]: hidden, self.live["resume"]: hidden}

    async def started(self, request: gr.Request, *values: Any) -> AsyncIterator[Updates]:
        try:
            spec = await to_thread(spec_for, self.studio, values)
            run_id = await to_thread(self.studio.start, spec, viewer(self.studio, request))
        except StudioError as error:
            log.info("not started: %s", error)
            yield {self.form.refused: refusal_html(error, self.lang, next(self._refusals))}
            return
        yield {self.live["picked"]: "", self.form.refused: ""}
        async for updates in self._followed(run_id, request):
            yield updates

    async def resumed(self, run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        await to_thread(self.studio.resume, run_id, viewer(self.studio, request))
        async for updates in self._followed(run_id, request):
            yield updates

    async def came_again(self, run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        """An open page brings a new request from time to time: the old one's right to a GPU does not last."""
        if run_id and await to_thread(self.studio.awaits_visit, run_id):
            async for updates in self._followed(run_id, request):
                yield updates

    async def verified(self, run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        await to_thread(self.studio.verify, VerificationSpec(run_id), viewer(self.studio, request))
        async for updates in self._followed(run_id, request):
            yield updates

    def stopped(self, run_id: str, request: gr.Request) -> Any:
        self.studio.cancel(run_id, viewer(self.studio, request))
        return gr.update(interactive=False)

    def renewed(self, request: gr.Request) -> Updates:
        self._following.end(request.session_hash or "")
        names = ("progress", "summary", "verified", "means", "picked", "feed", "pace")
        empty = dict.fromkeys((self.live[name] for name in names), "")
        empty[self.live["verify"]] = gr.update(visible=False)
        return {**empty, self.live["run_id"]: "", self.live["strip"]: [], **self._fresh()}

    def picked(self, run_id: str, request: gr.Request, event: gr.EventData) -> str:
        return self._card(run_id, _whole(event.sample), request)

    def shut(self) -> str:
        return ""

    def _fresh(self) -> Updates:
        """The form as of now: a folder that was run is among the tasks, the latest run below."""
        cards = gr.update(cards=cards_html(self.studio.tasks(), self.lang))
        return {self.form.tasks_picker: cards, self.latest: _latest(self.studio, self.lang)}

    def _followed(self, run_id: str, request: gr.Request) -> AsyncIterator[Updates]:
        session, who = request.session_hash or "", viewer(self.studio, request)
        return follow(self.studio, self._following, self.live, run_id, session, who, self.lang)

    def _card(self, run_id: str, sample: int | None, request: gr.Request) -> str:
        if sample is None:
            return ""
        card = self.studio.card(run_id, sample, viewer(self.studio, request))
        return sample_card(card, self.lang, media_base(self.studio))


def _wire(page: gr.Blocks, run: RunPage) -> None:
    translated, form, live = shown(run.lang), run.form, run.live
    everything = [*live.values(), run.latest, form.tasks_picker, form.refused]
    # a link or a reload → the run it names, or the latest run under the form
    page.load(translated(run.opened), None, everything, concurrency_limit=None, **QUIET)
    # start, resume → a run in the background → panels as it goes on
    form.start_btn.click(translated(run.started), form.inputs, everything, concurrency_limit=None, **QUIET)
    live["resume"].click(translated(run.resumed), live["run_id"], everything, concurrency_limit=None, **QUIET)
    if run.studio.settings.zero_gpu:
        again = translated(run.came_again)
        gr.Timer(AGAIN_S).tick(again, live["run_id"], everything, concurrency_limit=None, **QUIET)
    # verify → some answers are asked for again, with progress
    live["verify"].click(
        translated(run.verified), live["run_id"], everything, concurrency_limit=None, **QUIET
    )
    # stop → the run ends after the token at hand; whoever follows it sees that
    live["stop"].click(translated(run.stopped), live["run_id"], live["stop"], **QUIET)
    live["new"].click(translated(run.renewed), None, everything, **QUIET)
    # a square of the strip or a row of the feed → its card in place
    picked = translated(run.picked)
    for source in (live["strip"], live["feed"]):
        source.pick(picked, live["run_id"], live["picked"], **QUIET)
    live["picked"].shut(translated(run.shut), None, live["picked"], **QUIET)


def _latest(studio: Studio, lang: Lang) -> str:
    """The run that goes on, else the latest with answers; nothing in a new studio. A run without its media is part of
    an experiment, and no news of the model."""
    runs = [run for run in studio.runs() if run.kind == "model" and run.spec.settings.media == "sent"]
    run: RunView | None = next((run for run in runs if is_going(run)), None)
    run = run or next((run for run in runs if run.answered), None)
    return latest_html(run, studio.confusions(run.id), lang) if run else ""


def _whole(value: object) -> int | None:
    """A sample id out of an address or a browser's event, where anything may stand."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
