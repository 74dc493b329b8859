"""The page Annotate: a person answers a task's questions.

Nothing that it sends holds gold, an answer of a model, or a score.
The annotator's ticket (`AnnotationState.run_id`) stands in the address and in the browser's own store; the server
keeps answers and drafts. Every function here is harmless to repeat: an answer counts once per `client_id`.
"""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.format import titled
from components.links import media_base, media_url
from components.pages.annotate_answer import kind_of
from components.pages.annotate_view import (
    keys_dialog_html,
    skip_dialog_html,
    start_html,
    state_html,
)
from components.pages.served import served, text_of, whole_of
from components.widgets.base import heading, panel
from components.widgets.text import attr
from studio.core.errors import NotAllowed
from studio.core.run import AnnotationState
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_LONGEST = 100_000
_SCRIPT_TEXTS = (
    *("saving", "saved", "saved.skip", "saved.draft", "taken_back", "elsewhere"),
    *("lost", "lost.draft", "lost.open", "back", "retry"),
    *(
        "gone",
        "left",
        "kept",
        "kept.place",
        "kept.finished",
        "kept.resume",
        "kept.open",
        "kept.leave",
        "kept.blind",
    ),
    *("name.missing", "task.missing", "empty.letter", "empty.short", "speed", "zoom.close"),
)


def build_annotate_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script asks `annotate_open` where this browser stands and goes on from there."""
    desk = Desk(studio, lang, media_base(studio.media_dir))

    @served(lang)
    def annotate_tasks(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.start()

    @served(lang)
    def annotate_open(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.open(data)

    @served(lang)
    def annotate_answer(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.answer(data)

    @served(lang)
    def annotate_skip(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.skip(data)

    @served(lang)
    def annotate_undo(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.undo(data)

    @served(lang)
    def annotate_draft(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.draft(data)

    panel(
        _skeleton(lang),
        ("served.js", "media.js", "answer.js", "frame.js", "answer_form.js", "annotate.js"),
        elem_id="annotate-page",
        elem_classes=["st-plain"],
        server_functions=[
            annotate_tasks,
            annotate_open,
            annotate_answer,
            annotate_skip,
            annotate_undo,
            annotate_draft,
        ],
    )


class Desk:
    """What the page's script may ask. Values from the browser are cut to size here and checked by the service."""

    def __init__(self, studio: "Studio", lang: Lang, base: str) -> None:
        self._studio, self._lang, self._base = studio, lang, base

    def start(self) -> dict[str, Any]:
        """The form with the tasks there are now."""
        return {"html": start_html(self._studio.tasks(), self._lang)}

    def open(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """By ticket, else by name and task: the annotation as it stands. Raises StudioError."""
        ticket = text_of(data, "ticket", 100)
        if ticket:
            return self._shown(self._studio.annotation(ticket))
        task = text_of(data, "task")
        if task and task not in {info.name for info in self._studio.tasks()}:
            raise NotAllowed(
                "visitor_task", name=task
            )  # a folder or a hub's dataset is the command line's to open
        return self._shown(self._studio.annotate(text_of(data, "name", 200), task))

    def answer(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keeps an answer; the next question comes with the reply."""
        shown_at = data.get("shown_at")
        state = self._studio.answer(
            text_of(data, "ticket", 100),
            whole_of(data, "sample") or 0,
            text_of(data, "text", _LONGEST),
            text_of(data, "client_id", 100),
            float(shown_at) if isinstance(shown_at, int | float) and 0 < shown_at <= time.time() else None,
        )
        return self._shown(state)

    def skip(self, data: Mapping[str, Any]) -> dict[str, Any]:
        state = self._studio.skip(
            text_of(data, "ticket", 100),
            whole_of(data, "sample") or 0,
            text_of(data, "reason", 20),
            text_of(data, "client_id", 100),
            text_of(data, "note", 2000),
        )
        return self._shown(state)

    def undo(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return self._shown(self._studio.undo(text_of(data, "ticket", 100), text_of(data, "client_id", 100)))

    def draft(self, data: Mapping[str, Any]) -> dict[str, Any]:
        self._studio.draft(
            text_of(data, "ticket", 100), whole_of(data, "sample") or 0, text_of(data, "text", _LONGEST)
        )
        return {"saved": True}

    def _shown(self, state: AnnotationState) -> dict[str, Any]:
        """The state as the script needs it. `now` is the server's clock: a browser's may be wrong."""
        question = state.question
        return {
            "ticket": state.run_id,
            "name": state.annotator,
            "title": titled(state.task_title, state.task, self._lang),
            "answered": state.answered,
            "skipped": state.skipped,
            "total": state.total,
            "can_undo": state.can_undo,
            "sample": question.sample_id if question else None,
            "kind": kind_of(question) if question else "short",
            "draft": question.draft if question else "",
            "now": time.time(),
            "html": state_html(state, self._base, self._lang),
            "preload": [
                {"modality": view.modality, "url": url}
                for view in state.following
                if (url := media_url(self._base, view))
            ],
        }


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"annotate.{key}", lang) for key in _SCRIPT_TEXTS}
    return (
        f'<div class="st-root an-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}">'
        f'<div class="an-intro">{heading(t("annotate.title", lang), t("annotate.lead", lang))}</div>'
        f'<div class="an-lost" role="alert" hidden></div>'
        f'<div class="an-stage" data-stage aria-busy="true"><p class="st-note">{t("annotate.loading", lang)}</p></div>'
        f'<div class="an-status" role="status" aria-live="polite"></div>'
        f'<div class="an-ahead" hidden></div>{skip_dialog_html(lang)}{keys_dialog_html(lang)}'
        f'<dialog class="in-zoom" aria-label="{attr(t("media.image", lang))}"></dialog></div>'
    )
