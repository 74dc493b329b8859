"""The page «Рядом»: runs side by side, as a table of pairs and one question at a time. The address names it all."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.links import media_base
from components.pages.compare_look import Look, asked_from
from components.pages.inspect_query import offers
from components.pages.inspect_queue import notice_html
from components.pages.report_dialog import build_report_dialog
from components.pages.served import served
from components.who import blind, viewer
from components.widgets.base import heading, panel
from components.widgets.keys import bench_keys
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_KEYS = (("← / K", "previous"), ("→ / J", "next"), ("E", "differ"), ("D", "diff"), ("/", "filter"))
_SCRIPT_TEXTS = ("lost", "retry", "speed", "zoom.close", "zoom.full")


def build_compare_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it from `compare_view`."""
    base = media_base(studio)

    @served(lang)
    def compare_view(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return Look(studio, asked_from(data), blind(viewer(studio, request), data), lang, base).answer()

    @served(lang)
    def compare_complete(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return offers(studio, data, blind(viewer(studio, request), data), lang)

    panel(
        _skeleton(lang),
        ("served.js", "media.js", "bench.js", "looking.js", "completion.js", "compare.js"),
        elem_id="compare-page",
        elem_classes=["st-plain"],
        server_functions=[compare_view, compare_complete],
    )
    build_report_dialog(studio, lang)


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"compare.{key}", lang) for key in _SCRIPT_TEXTS}
    rows = [(keys, t(f"compare.keys.{what}", lang)) for keys, what in _KEYS]
    return (
        f"{heading(t('compare.title', lang), t('compare.lead', lang))}"
        f'<div class="st-root in-root cp-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}"'
        f' aria-busy="true"><div data-part="bench"></div>'
        f'<div data-part="stage">{notice_html(t("compare.loading", lang), "")}</div>'
        f'<div class="cp-all" hidden><section class="cp-who" data-part="runs"></section>'
        f'<section class="st-card st-stack cp-pairs" data-part="table"></section>'
        f'<section id="questions" class="cp-questions" aria-label="{attr(t("compare.samples", lang))}">'
        f'<div class="cp-filters" data-part="filters"></div><div data-part="card"></div></section></div>'
        f"{sql_fold('compare', lang)}"
        f'<dialog class="in-zoom" aria-label="{attr(t("media.image", lang))}"></dialog>{bench_keys(rows, lang)}'
        f'<div class="in-status" role="status" aria-live="polite"></div></div>'
    )
