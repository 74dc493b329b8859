"""The page Annotate: a person answers questions, of a project or of a task on his own.

Nothing that it sends holds gold, an answer of a model or of another person, or a score. Who asks is found out for every
call by `components.who.viewer`; an id of a person in what a browser sends can only have it refused. Every function here
is harmless to repeat: an answer counts once per `client_id`.
"""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast, get_args

import gradio as gr

from components.links import media_base, media_url
from components.pages.annotate_answer import kind_of
from components.pages.annotate_dialogs import (
    guide_dialog_html,
    guide_html,
    keys_dialog_html,
    skip_dialog_html,
)
from components.pages.annotate_start import door_html, gold_html, refused_html, shown_html, start_html
from components.pages.annotate_view import closed_words, safety_words, standing_html
from components.pages.served import served, text_of, whole_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.text import attr
from studio.core.errors import NotAllowed
from studio.core.project import Action, Coming, Standing, Submission, Timing
from studio.core.run import Viewer
from studio.texts import Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

_LONGEST, _LONGEST_COMMENT = 100_000, 2_000
_SCRIPT_TEXTS = (
    *("saving", "saved", "saved.skip", "saved.draft", "taken_back", "elsewhere", "looked"),
    *("lost", "lost.draft", "lost.open", "back", "retry", "out", "out.saved", "out.late", "left_s", "clock"),
    *("name.missing", "what.missing", "empty.letter", "empty.short", "flagged", "unflagged", "skip.missing"),
    *("guide.new", "speed", "zoom.close"),
)
_SCRIPTS = (
    *("served.js", "media.js", "answer.js", "frame.js", "answer_form.js"),
    *("type_size.js", "annotate_kept.js", "annotate_time.js", "annotate.js", "annotate_keys.js"),
)


def build_annotate_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script asks `annotate_open` where this person stands and goes on from there."""
    desk = Desk(studio, lang)

    @served(lang)
    def annotate_offers(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.offers(viewer(studio, request))

    @served(lang)
    def annotate_own(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.own(data)

    @served(lang)
    def annotate_open(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.open(viewer(studio, request), data)

    @served(lang)
    def annotate_shown(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.shown(viewer(studio, request), data)

    @served(lang)
    def annotate_answer(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.submit(viewer(studio, request), data, "answer")

    @served(lang)
    def annotate_skip(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.submit(viewer(studio, request), data, "skip")

    @served(lang)
    def annotate_undo(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.undo(viewer(studio, request), data)

    @served(lang)
    def annotate_draft(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.draft(viewer(studio, request), data)

    @served(lang)
    def annotate_ahead(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.ahead(viewer(studio, request), data)

    panel(
        _skeleton(lang),
        _SCRIPTS,
        elem_id="annotate-page",
        elem_classes=["st-plain"],
        server_functions=[
            annotate_offers,
            annotate_own,
            annotate_open,
            annotate_shown,
            annotate_answer,
            annotate_skip,
            annotate_undo,
            annotate_draft,
            annotate_ahead,
        ],
    )


class Desk:
    """What the page's script may ask. Values from the browser are cut to size here and checked by the service."""

    def __init__(self, studio: "Studio", lang: Lang) -> None:
        self._studio, self._lang = studio, lang
        self._places = studio.workplaces

    def offers(self, who: Viewer) -> dict[str, Any]:
        """What there is to answer now."""
        name = self._places.name(who)
        return {"html": start_html(self._places.offered(who), name, self._lang), "named": bool(name)}

    def own(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The project in which a listed task is answered on one's own; joining comes next. Raises StudioError."""
        return {"project": self._places.own(text_of(data, "task"))}

    def open(self, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """Where this person stands in a project; its door for whoever has not joined, or words why it is shut."""
        project = text_of(data, "project", 100)
        if self._places.asks_name(who, project):
            door = shown_html(self._places.door(project), self._places.name(who), self._lang)
            return {"door": door, "named": True}
        try:
            standing = self._places.standing(who, project, read=_read(data, who), coming=_coming(data))
            return self._shown(standing, who, data)
        except NotAllowed as error:
            if error.problem.code == "sees_gold":
                return {"door": gold_html(project, self._lang), "named": True}
        try:
            html = door_html(self._places.door(project), self._places.name(who), self._lang)
        except NotAllowed as error:
            html = refused_html(describe(error, self._lang), self._lang)
        return {"door": html, "named": bool(who.person)}

    def shown(self, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """Under which name a whole task is answered, before its first question. Raises StudioError."""
        self._places.show_as(who, text_of(data, "project", 100), text_of(data, "name", 200))
        return {"kept": True}

    def submit(self, who: Viewer, data: Mapping[str, Any], action: Action) -> dict[str, Any]:
        """Keeps an answer or a skip; the next question comes with the reply. Raises StudioError."""
        _same(who, data)
        given = Submission(
            item=whole_of(data, "item") or 0,
            occasion=whole_of(data, "occasion") or 0,
            action=action,
            client_id=text_of(data, "client_id", 100),
            text=text_of(data, "text", _LONGEST),
            reason=text_of(data, "reason", 20),
            comment=text_of(data, "comment", _LONGEST_COMMENT),
            flagged=data.get("flagged") is True,
            timing=_timing(data.get("timing")),
            instructions=whole_of(data, "instructions") or 0,
        )
        return self._shown(self._places.submit(who, text_of(data, "project", 100), given), who, data)

    def undo(self, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """Takes the last submission back. Raises StudioError."""
        _same(who, data)
        project, client = text_of(data, "project", 100), text_of(data, "client_id", 100)
        standing = self._places.undo(who, project, client, read=_read(data, who))
        return self._shown(standing, who, data)

    def draft(self, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keeps what is typed. Raises StudioError."""
        _same(who, data)
        until = self._places.draft(
            who,
            text_of(data, "project", 100),
            whole_of(data, "item") or 0,
            whole_of(data, "occasion") or 0,
            text_of(data, "text", _LONGEST),
            text_of(data, "comment", _LONGEST_COMMENT),
            flagged=data.get("flagged") is True,
        )
        return {"saved": True, "held": until is not None, **self._safe()}

    def _safe(self) -> dict[str, str]:
        """How safe the work is, in words; `closed` is why no answers are taken now."""
        safety = self._studio.safety
        return {
            "safe": safety_words(safety, time.time(), self._lang),
            "closed": closed_words(safety, self._lang),
        }

    def ahead(self, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """Addresses of the media that the browser may fetch meanwhile. Raises StudioError."""
        views = self._places.ahead(who, text_of(data, "project", 100))
        base = media_base(self._studio, who)
        found = [{"modality": view.modality, "url": media_url(base, view)} for view in views]
        return {"media": [each for each in found if each["url"]]}

    def _shown(self, standing: Standing, who: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
        """The standing as the script needs it. `now` is the server's clock: a browser's may be wrong."""
        question, nothing = standing.question, standing.nothing
        told = {
            "project": standing.project,
            "person": standing.person,
            "can_undo": standing.progress.can_undo,
            "doubled": standing.doubled,
            "late": standing.late,
            "wait": nothing.reason if nothing else "",
            "retry_at": nothing.retry_at if nothing else None,
            "instructions": standing.instructions,
            "now": time.time(),
            **self._safe(),
            "html": standing_html(
                standing, self._places.name(who), media_base(self._studio, who), self._lang
            ),
            "question": {
                "item": question.item,
                "occasion": question.occasion,
                "kind": kind_of(question),
                "draft": question.draft,
                "comment": question.comment,
                "flagged": question.flagged,
                "shown_at": question.shown_at,
                "ends_at": question.ends_at,
            }
            if question
            else None,
        }
        if standing.instructions and whole_of(data, "has") != standing.instructions:
            told["guide"] = guide_html(
                self._places.instructions(who, standing.project)[1], standing.limit_s, self._lang
            )
        return told


def _read(data: Mapping[str, Any], who: Viewer) -> int | None:
    """The version of the instructions that this person has read in this browser, which may know several people."""
    said = data.get("read")
    return (whole_of(said, who.person) or 0) if isinstance(said, Mapping) else None


def _coming(data: Mapping[str, Any]) -> Coming:
    said = text_of(data, "coming", 10)
    return cast(Coming, said) if said in get_args(Coming) else "open"


def _same(who: Viewer, data: Mapping[str, Any]) -> None:
    """Raises NotAllowed where the page was another person's: somebody has signed in since, in the same browser. That id
    is believed in nothing else."""
    if who.person and text_of(data, "person", 100) not in {"", who.person}:
        raise NotAllowed("other_person")


def _timing(said: Any) -> Timing:
    """What a browser says of the time; what is no number is None."""
    data = said if isinstance(said, Mapping) else {}
    names = ("shown_at", "first_input_at", "active_s", "idle_s", "played_s")
    found = {name: data.get(name) for name in names}
    return Timing(**{
        name: float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        for name, value in found.items()
    })  # fmt: skip


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"annotate.{key}", lang) for key in _SCRIPT_TEXTS}
    return (
        f'<div class="st-root an-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}">'
        f'<div class="an-intro">{heading(t("annotate.title", lang), t("annotate.lead", lang))}</div>'
        f'<div class="an-lost" role="alert" hidden></div>'
        f'<div class="an-stage" data-stage aria-busy="true"><p class="st-note">{t("annotate.loading", lang)}</p></div>'
        f'<div class="an-status" role="status" aria-live="polite"></div>'
        f'<div class="an-ahead" hidden></div>{skip_dialog_html(lang)}{guide_dialog_html(lang)}{keys_dialog_html(lang)}'
        f'<dialog class="in-zoom" aria-label="{attr(t("media.image", lang))}"></dialog></div>'
    )
