"""The page Organise: a lead's projects of the human baseline. The address names the project and what is looked at.

The script asks `organise_look` for what the address names, again and again while people work; each other function does
one thing that a lead or a reviewer does. Every one is checked by the service, in the project that it is about.
"""

import json
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.links import media_base
from components.pages.organise_acts import ACTS
from components.pages.organise_look import looked
from components.pages.served import Served, served
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.keys import keys_dialog
from components.widgets.text import attr
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = (
    "lost",
    "working",
    "done",
    "copied",
    "chain.checking",
    "map.item",
    "bad.opens_at",
    "bad.threshold",
)
_KEYS = (
    ("J K", "step"),
    ("1–9", "pick"),
    ("Enter", "decide"),
    ("U", "back"),
    ("G", "gold"),
    ("Esc", "leave"),
    ("?", "help"),
)


def build_organise_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""

    @served(lang)
    def organise_look(data: Any, request: gr.Request) -> dict[str, Any]:
        who = viewer(studio, request)
        return looked(studio, data, who, media_base(studio, who), lang)

    panel(
        _skeleton(lang),
        ("served.js", "bench.js", "addressed.js", "media.js", "organise_forms.js", "organise.js"),
        elem_id="organise-page",
        elem_classes=["st-plain"],
        server_functions=[organise_look, *(_act(studio, name, lang) for name in ACTS)],
    )


def _act(studio: "Studio", name: str, lang: Lang) -> Served:
    """What the script calls as `server.organise_<name>(data)`."""
    does = ACTS[name]

    def act(data: Any, request: gr.Request) -> dict[str, Any]:
        return does(studio, data, viewer(studio, request), lang)

    act.__name__ = act.__qualname__ = f"organise_{name}"
    act.__doc__ = does.__doc__
    return served(lang)(act)


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"organise.{key}", lang) for key in _SCRIPT_TEXTS}
    texts["speed"] = t("annotate.speed", lang)
    rows = [(keys, t(f"organise.keys.{what}", lang)) for keys, what in _KEYS]
    return (
        f'<div class="og-title">{heading(t("organise.title", lang), t("organise.lead", lang))}</div>'
        f'<div class="st-root og-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}" aria-busy="true">'
        '<div data-part="head"></div><div class="og-body" data-part="body"></div>'
        '<dialog class="st-dialog og-dialog" data-dialog aria-labelledby="og-dialog-title"></dialog>'
        f"{keys_dialog(rows, t('inspect.keys.note', lang), lang)}"
        '<p class="og-status" role="status" aria-live="polite" data-status></p></div>'
    )
