"""The page Inspect: a run's table EM x judge, its queues, and one sample at a time. The address names all three.

The script of the page holds no state but the address; it sends what the address says and what it lacks, and gets
the pieces of markup that changed. One action of a person is one request.
"""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.links import MediaBase, media_base
from components.pages.inspect_desk import LabelDesk
from components.pages.inspect_group import group_dialog_html, moved
from components.pages.inspect_labels import KEYS, label_bar_html, label_dialogs_html
from components.pages.inspect_look import Look, asked_from, without_answer
from components.pages.inspect_query import offers
from components.pages.inspect_queue import notice_html
from components.pages.report_dialog import build_report_dialog
from components.pages.served import served, text_of, whole_of
from components.who import blind, viewer
from components.widgets.base import heading, panel
from components.widgets.evidence import evidence_html
from components.widgets.keys import bench_keys
from components.widgets.raw_text import visible
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr, safe
from studio.core.label import VERDICTS
from studio.core.run import Viewer
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_KEYS = (
    *(("← / K", "inspect.keys.previous"), ("→ / J", "inspect.keys.next"), ("/", "inspect.keys.search")),
    *(("C", "inspect.keys.cells"), ("R", "inspect.keys.draw")),
    *((key, f"label.keys.{verdict}") for verdict, key in KEYS.items()),
    *(("U", "label.keys.unlabelled"), ("Z", "label.keys.undo")),
    *(("N", "label.keys.note"), ("T", "label.keys.tags"), ("V", "inspect.keys.group")),
    *(("P", "inspect.keys.play"), (", .", "inspect.keys.frame"), ("Shift + , .", "inspect.keys.speed")),
)
_SCRIPT_TEXTS = ("lost", "retry", "speed", "zoom.close", "zoom.full", "evidence.wait", "evidence.frame")
_LABEL_TEXTS = (
    *("saving", "saved", "taken_back", "nothing", "lost", "lost.undo", "kept.more", "back", "reviewer"),
    *("reviewer.none", "tag.remove", "refused", "no_answer", "hidden"),
)


Looking = Callable[[Mapping[str, Any], Viewer], Look]


def build_inspect_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it from `inspect_view`."""
    base = media_base(studio)

    def look(data: Mapping[str, Any], who: Viewer) -> Look:
        return Look(studio, asked_from(data), who, lang, base)

    panel(
        _skeleton(lang),
        (
            "served.js",
            "media.js",
            "bench.js",
            "looking.js",
            "evidence.js",
            "labels.js",
            "regroup.js",
            "completion.js",
            "query.js",
            "inspect.js",
        ),
        elem_id="inspect-page",
        elem_classes=["st-plain"],
        server_functions=[
            *_views(studio, lang, look),
            *_evidence(studio, lang, base),
            *_labelling(studio, lang, look),
        ],
    )
    build_report_dialog(studio, lang)


def _views(studio: "Studio", lang: Lang, look: Looking) -> list[Callable[..., Any]]:
    """What the script reads: parts of the page, whole texts, suggestions for a filter."""

    @served(lang)
    def inspect_view(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return look(data, viewer(studio, request)).answer()

    @served(lang)
    def inspect_complete(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return offers(studio, data, blind(viewer(studio, request), data), lang)

    @served(lang)
    def inspect_whole(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return whole_text(studio, data, viewer(studio, request))

    return [inspect_view, inspect_complete, inspect_whole]


def _evidence(studio: "Studio", lang: Lang, base: MediaBase) -> list[Callable[..., Any]]:
    """What the model received of a medium."""

    @served(lang)
    def inspect_evidence(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        run, (sample, place) = text_of(data, "run", 100), _numbers(data, "sample", "place")
        return {"html": evidence_html(studio.evidence.of(run, sample, place), base, lang, run, sample)}

    @served(lang)
    def inspect_frame(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        numbers = _numbers(data, "sample", "place", "frame")
        frame = studio.evidence.frame(text_of(data, "run", 100), *numbers)
        return {"src": base(frame.file), "width": frame.width, "height": frame.height}

    return [inspect_evidence, inspect_frame]


def _labelling(studio: "Studio", lang: Lang, look: Looking) -> list[Callable[..., Any]]:
    """What a reviewer does."""
    desk = LabelDesk(studio, lang, look)

    @served(lang)
    def inspect_label(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.keep(data, viewer(studio, request))

    @served(lang)
    def inspect_undo(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.undo(data, viewer(studio, request))

    @served(lang)
    def inspect_draw(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.draw(data, viewer(studio, request))

    @served(lang)
    def inspect_criteria(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return desk.criteria(data, viewer(studio, request))

    @served(lang)
    def inspect_group(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return moved(studio, data, viewer(studio, request), lang)

    return [inspect_label, inspect_undo, inspect_draw, inspect_criteria, inspect_group]


def _numbers(data: Mapping[str, Any], *names: str) -> tuple[int, ...]:
    return tuple(whole_of(data, name) or 0 for name in names)


def whole_text(studio: "Studio", data: Mapping[str, Any], who: Viewer) -> dict[str, Any]:
    """The whole of a text that the card shows clipped. Raises StudioError."""
    card = studio.card(text_of(data, "run", 100), whole_of(data, "sample") or 0, who)
    if card.task in studio.blinded(who):
        card = without_answer(card)
    part = text_of(data, "part", 20)
    if part in {"answer", "prompt"}:
        return {"html": visible((card.answer if part == "answer" else card.prompt) or "")}
    if part == "gold" and not card.gold_hidden:
        gold = card.gold if isinstance(card.gold, str) else "\n".join(card.gold or ())
        return {"html": safe(gold)}
    return {"html": safe(card.question)} if part == "question" else {"html": ""}


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"inspect.{key}", lang) for key in _SCRIPT_TEXTS}
    texts |= {f"label.{key}": t(f"label.{key}", lang) for key in _LABEL_TEXTS}
    texts |= {f"label.verdict.{verdict}": t(f"label.verdict.{verdict}", lang) for verdict in VERDICTS}
    return (
        f"{heading(t('inspect.title', lang), t('inspect.lead', lang))}"
        f'<div class="st-root in-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}" aria-busy="true">'
        f'<div data-part="bench"></div><div class="in-runbar" data-part="run"></div>'
        f'<div data-part="stage">{notice_html(t("inspect.loading", lang), "")}</div>'
        f'<div class="in-all" hidden><details class="in-situation" open><summary>{t("inspect.table", lang)}</summary>'
        f'<div class="in-picture" data-part="situation"></div></details>'
        f'<div class="in-work"><div class="in-side">'
        f'<form class="in-filters" role="search" aria-label="{attr(t("inspect.filter", lang))}"'
        f' data-part="filters"></form>'
        f'<nav class="in-queue" aria-label="{attr(t("inspect.queue", lang))}" data-part="queue"></nav></div>'
        f'<div class="in-main"><div data-part="card"></div>{label_bar_html(lang)}</div></div>'
        f'<p class="in-keys">{t("inspect.keys", lang)} '
        f'<button type="button" class="in-quiet" data-act="keys">{t("inspect.keys.all", lang)} <kbd>?</kbd>'
        f"</button></p>{sql_fold('inspect', lang)}</div>"
        f'<dialog class="in-zoom" aria-label="{attr(t("media.image", lang))}"></dialog>{_keys_dialog(lang)}'
        f"{label_dialogs_html(lang)}{group_dialog_html(lang)}"
        f'<div class="in-status" role="status" aria-live="polite"></div></div>'
    )


def _keys_dialog(lang: Lang) -> str:
    rows = [(keys, t(what, lang)) for keys, what in _KEYS]
    return bench_keys(rows, lang)
