"""The page «What if»: switches of the rules and the judge's threshold; what becomes of EM, JS and each answer, at once.

As on Inspect the address is the whole state, and the script asks for the parts that changed.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.pages.inspect_queue import notice_html
from components.pages.report_dialog import build_report_dialog
from components.pages.served import served, text_of
from components.pages.whatif_look import Look, asked_from, counts_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.keys import bench_keys
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr
from studio.core.rules import DEFAULT_RULES
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_KEYS = (
    ("T", "threshold"),
    ("← →", "slide"),
    ("S", "switches"),
    ("Tab", "next"),
    ("Space", "turn"),
    ("R", "reset"),
)
_SCRIPT_TEXTS = ("lost", "retry", "counting", "as_judge", "kept", "rescoring")


def build_whatif_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it from `whatif_view`."""

    @served(lang)
    def whatif_view(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return Look(studio, asked_from(data), viewer(studio, request), lang).answer()

    @served(lang)
    def whatif_counts(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return counts_of(studio, text_of(data, "run", 100), viewer(studio, request), lang)

    @served(lang)
    def whatif_keep(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        """Keeps the rules under a name, and scores the run by them if that is asked for too."""
        who = viewer(studio, request)
        asked = asked_from(data).whatif(studio)
        rules = asked.rules or studio.rescoring.rules(asked.run) or DEFAULT_RULES
        version = studio.rescoring.save(text_of(data, "name", 80), rules, who)
        if data.get("rescore") is True:
            studio.rescoring.rescore(asked.run, version.name, who)
        return {"name": version.name}

    @served(lang)
    def whatif_rescore(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        """Scores the run by a kept version; an empty name is the profile that it was asked under."""
        run = text_of(data, "run", 100)
        studio.rescoring.rescore(run, text_of(data, "name", 80), viewer(studio, request))
        return {"name": text_of(data, "name", 80)}

    @served(lang)
    def whatif_progress(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        state = studio.rescoring.progress(text_of(data, "run", 100))
        if state is None:
            return {"going": False}
        done = {"done": state.done, "total": state.total, "going": state.going}
        return {**done, "failed": state.problem is not None}

    panel(
        _skeleton(lang),
        ("served.js", "bench.js", "whatif.js"),
        elem_id="whatif-page",
        elem_classes=["st-plain"],
        server_functions=[whatif_view, whatif_counts, whatif_keep, whatif_rescore, whatif_progress],
    )
    build_report_dialog(studio, lang)


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"whatif.{key}", lang) for key in _SCRIPT_TEXTS}
    rows = [(keys, t(f"whatif.keys.{what}", lang)) for keys, what in _KEYS]
    return (
        f"{heading(t('bench.whatif', lang), t('whatif.lead', lang))}"
        '<div class="st-root in-root wi-root" aria-busy="true"'
        f' data-texts="{attr(json.dumps(texts, ensure_ascii=False))}">'
        f'<div data-part="bench"></div><div class="in-runbar" data-part="run"></div>'
        f'<div data-part="stage">{notice_html(t("inspect.loading", lang), "")}</div>'
        f'<div class="wi-all" hidden><form class="wi-form" aria-label="{attr(t("whatif.form", lang))}">'
        f'<div data-part="judge"></div><div data-part="switches"></div></form>'
        '<div class="wi-main"><div data-part="left"></div><div data-part="result"></div>'
        '<div data-part="versions"></div></div></div>'
        f"{sql_fold('whatif', lang)}"
        f'<p class="in-keys"><button type="button" class="in-quiet" data-act="keys">{t("inspect.keys.all", lang)}'
        f" <kbd>?</kbd></button></p>"
        f'{bench_keys(rows, lang)}<div class="in-status" role="status" aria-live="polite"></div></div>'
    )
