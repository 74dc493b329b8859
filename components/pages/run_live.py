"""The part of the Run page that shows a run as it goes on: its widgets, and the loop that keeps them fresh."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from components.pages.following import Following
from components.pages.run_screen import Screen
from components.widgets.base import panel
from components.widgets.pace import cost_html
from components.widgets.strip import legend_html, strip
from components.widgets.text import safe
from studio.core.run import Viewer
from studio.service import Studio
from studio.texts import Lang, t

TICK_S = 0.12  # while answers arrive: about eight times a second
Updates = dict[Any, Any]


def build_live(lang: Lang) -> dict[str, Any]:
    """Draws the widgets; their names are those of `Screen`'s frames, and `picked`, `new`, `run_id`."""
    made: dict[str, Any] = {"run_id": gr.State("")}
    with gr.Row(elem_classes="st-head", equal_height=True):
        with gr.Column(scale=1, min_width=280):
            made["progress"] = panel("", "progress.js")
        with gr.Column(scale=0, min_width=168, elem_classes="st-controls"):
            made["stop"] = gr.Button(t("run.stop", lang), variant="stop", size="md", elem_id="stop")
            made["resume"] = gr.Button(t("run.resume", lang), size="md", elem_id="resume")
            made["verify"] = gr.Button(t("verify.do", lang), size="md", elem_id="verify", visible=False)
            made["new"] = gr.Button(t("run.new", lang), size="md", elem_id="new")
    made["summary"] = panel("")
    made["verified"] = panel("")
    with gr.Row(elem_classes="st-stage", equal_height=False):
        with gr.Column(scale=6, min_width=320):
            made["question"] = panel("", ("media.js", "question.js"))
        with gr.Column(scale=5, min_width=320):
            made["answer"] = panel("")
            made["feed"] = panel("", "pick.js")
    with gr.Column(elem_classes="st-card st-strip-card"):
        panel(_strip_head(lang))
        made["strip"] = strip(lang)
        made["picked"] = panel("", ("media.js", "pick.js"), elem_id="picked")
    made["means"] = panel("")
    with gr.Column(elem_classes="st-card st-pace-card", elem_id="pace"):
        made["pace"] = panel("", "pace.js")
        panel(cost_html(lang))
    return made


async def follow(
    studio: Studio,
    following: Following,
    outputs: Updates,
    run_id: str,
    session: str,
    viewer: Viewer,
    lang: Lang,
) -> AsyncIterator[Updates]:
    """Yields what changed until the run rests, the tab follows something else, or the tab is closed.

    The studio is read in a thread, so that a slow disk does not hold the other visitors.
    """
    token = following.begin(session)
    screen = Screen(studio, run_id, viewer, lang)
    try:
        with studio.attending(run_id):
            going = True
            while going and following.is_current(session, token):
                changed, going = await asyncio.to_thread(screen.changes)
                if changed and following.is_current(session, token):
                    yield {outputs[name]: value for name, value in changed.items()}
                await asyncio.sleep(TICK_S if going else 0)
    finally:
        following.end(session, token)


def _strip_head(lang: Lang) -> str:
    return (
        '<div class="st-root st-stack"><div class="st-spread">'
        f'<h2 class="st-h2">{safe(t("run.strip", lang))}</h2>'
        f'<span class="st-small">{safe(t("run.strip.hint", lang))}</span></div>{legend_html(lang)}</div>'
    )
