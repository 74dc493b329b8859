"""The page «Судья и люди»: how far a run's judge can be trusted. The address names the run and the measure shown.

The script asks `health_look` for what the address names; `health_draw` draws a random part to label, `health_judge`
asks another judge, `health_use` makes a judge's verdicts the run's own.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from components.format import titled
from components.links import link
from components.pages.health_judges import judges_section
from components.pages.health_view import (
    chosen_view,
    forest_section,
    people_section,
    said_html,
    scores_section,
    steadiness_section,
)
from components.pages.inspect_queue import notice_html, run_bar_html
from components.pages.report_dialog import build_report_dialog
from components.pages.run_choice import chosen_run
from components.pages.served import served, text_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.bench_nav import bench_nav
from components.widgets.keys import bench_keys
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr, safe
from studio.core.health import Advice
from studio.core.judge import NO_JUDGE
from studio.core.judging import ONLY, JudgingSpec, Only
from studio.core.run import Viewer
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = ("lost", "working")


def build_health_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""

    @served(lang)
    def health_look(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return looked(studio, data, viewer(studio, request), lang)

    @served(lang)
    def health_draw(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        run = text_of(data, "run", 100)
        drawn = studio.health.draw(run, viewer(studio, request))
        return {"address": link("inspect", lang, run=run, draw=drawn.number)}

    @served(lang)
    def health_judge(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        only = text_of(data, "only", 20)
        chosen = cast(Only, only) if only in ONLY else "all"
        spec = JudgingSpec(text_of(data, "run", 100), text_of(data, "judge", 400), chosen)
        return {"judging": studio.health.rejudge(spec, viewer(studio, request))}

    @served(lang)
    def health_use(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        studio.health.make_own(
            text_of(data, "run", 100), text_of(data, "judge", 400), viewer(studio, request)
        )
        return {}

    texts = {key: t(f"health.{key}", lang) for key in _SCRIPT_TEXTS}
    panel(
        _skeleton(json.dumps(texts, ensure_ascii=False), lang),
        ("served.js", "bench.js", "addressed.js", "health.js"),
        elem_id="health-page",
        elem_classes=["st-plain"],
        server_functions=[health_look, health_draw, health_judge, health_use],
    )
    build_report_dialog(studio, lang)


def looked(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """What the address asks for: the run (the newest worth a look without one) and the parts of the page."""
    runs = studio.runs(who)
    run = chosen_run(studio, text_of(data, "run", 100), runs, lang)
    if isinstance(run, str):
        return {"parts": {"body": run}}
    titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
    health = studio.health.of(run.id, who)
    judgings = studio.health.judgings(run.id)
    may = studio.labels.may_label(run.id, who) and run.state not in {"running", "queued"}
    view = chosen_view(text_of(data, "metric", 20))
    offered = [name for name in studio.judges() if name != NO_JUDGE]
    owner = who.role == "owner"
    parts = {
        "bench": bench_nav("health", run.id, lang),
        "run": run_bar_html(runs, run, titles, lang),
        "body": said_html(health, lang, _action(health.advice, run.id, may, lang))
        + forest_section(health, view, lang)
        + scores_section(health, lang)
        + f'<div class="he-two">{people_section(health, lang)}{steadiness_section(health, lang)}</div>'
        + judges_section(health, judgings, offered, owner, may, lang),
    }
    state = {"run": run.id, "metric": view[0] if len(view) == 1 else ""}
    return {"state": state, "parts": parts, "going": any(each.going for each in judgings)}


def _action(advice: Advice, run: str, may: bool, lang: Lang) -> str:
    """The button that does what the first sentence says."""
    if not may:
        return ""
    if advice.draw:  # Inspect opens a draw at its first answer without a label
        there = link("inspect", lang, run=run, draw=advice.draw)
        words = t(
            "health.act.skipped" if advice.next == "skipped" else "health.act.go_on", lang, gap=advice.gap
        )
        return f'<p><a class="st-btn st-btn--main" href="{attr(there)}">{safe(words)}</a></p>'
    if advice.next in {"draw", "narrow", "kinds"}:
        return (
            '<p><button type="button" class="st-btn st-btn--main" data-draw>'
            f'{safe(t("health.act.draw", lang))}</button><span class="st-alert" role="alert" hidden></span></p>'
        )
    return ""


def _skeleton(texts: str, lang: Lang) -> str:
    return (
        f"{heading(t('health.title', lang), t('health.lead', lang))}"
        f'<div class="st-root he-root" data-texts="{attr(texts)}" aria-busy="true">'
        '<div data-part="bench"></div><div class="in-runbar" data-part="run"></div>'
        f'<div class="he-body" data-part="body">{notice_html(t("inspect.loading", lang), "")}</div>'
        '<p class="st-sr" role="status" aria-live="polite" data-status></p>'
        f"{bench_keys([('N', t('health.keys.next', lang))], lang)}</div>"
        f"{sql_fold('health', lang)}"
    )
