"""The page «Промпты»: a run by prompt. The address names the run, the task and, of a crossed run, the score.

The script asks `prompts_look` for what the address names; `prompts_cross` starts a run in all prompts.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from components.format import titled
from components.links import link
from components.pages.inspect_queue import notice_html, run_bar_html
from components.pages.prompts_crossed_view import grid_section, models_section, split_section
from components.pages.prompts_view import (
    ask_html,
    choices_html,
    said_section,
    scores_section,
    words_section,
)
from components.pages.report_dialog import build_report_dialog
from components.pages.run_choice import chosen_run
from components.pages.served import served, text_of, whole_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.bench_nav import bench_nav
from components.widgets.keys import bench_keys
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr, safe
from studio.core.errors import StudioError
from studio.core.prompts import PROMPT_MARKS, PromptMark, PromptScores
from studio.core.run import Viewer
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = ("lost", "working")


def build_prompts_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""

    @served(lang)
    def prompts_look(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return looked(studio, data, viewer(studio, request), lang)

    @served(lang)
    def prompts_cross(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        who = viewer(studio, request)
        items = whole_of(data, "items") or 0
        spec = studio.prompts.crossing(text_of(data, "run", 100), text_of(data, "task", 200), items)
        return {"address": link("run", lang, run=studio.start(spec, who))}

    texts = {key: t(f"prompts.{key}", lang) for key in _SCRIPT_TEXTS}
    panel(
        _skeleton(json.dumps(texts, ensure_ascii=False), lang),
        ("served.js", "bench.js", "addressed.js", "prompts.js"),
        elem_id="prompts-page",
        elem_classes=["st-plain"],
        server_functions=[prompts_look, prompts_cross],
    )
    build_report_dialog(studio, lang)


def looked(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """What the address asks for: the run (the newest worth a look without one) and the parts of the page."""
    runs = studio.runs(who)
    run = chosen_run(studio, text_of(data, "run", 100), runs, lang)
    if isinstance(run, str):
        return {"parts": {"body": run}}
    wanted = text_of(data, "mark", 10)
    mark = cast(PromptMark, wanted) if wanted in PROMPT_MARKS else "em"
    found = _found(studio, run.id, text_of(data, "task", 200), mark, who)
    titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
    parts = {
        "bench": bench_nav("prompts", run.id, lang),
        "run": run_bar_html(runs, run, titles, lang),
        "choices": choices_html(found, mark, lang),
        "body": _body(studio, found, who, lang),
    }
    state = {"run": run.id, "task": found.task if len(found.tasks) > 1 else "", "mark": wanted and mark}
    return {"state": state, "parts": parts, "going": run.state in {"running", "queued"}, "task": found.task}


def _found(studio: "Studio", run: str, task: str, mark: PromptMark, who: Viewer) -> PromptScores:
    """The run by prompt; a task that it does not have is none, a crossed run is looked at task by task."""
    try:
        found = studio.prompts.scores(run, task, mark, who)
    except StudioError as error:
        if error.problem.code != "prompts_no_task":
            raise
        found = studio.prompts.scores(run, "", mark, who)
    if found.run.spec.crossed and not found.task and found.tasks:
        return studio.prompts.scores(run, next(iter(found.tasks)), mark, who)
    return found


def _body(studio: "Studio", found: PromptScores, who: Viewer, lang: Lang) -> str:
    crossed = found.crossed
    if crossed is None:
        action = "" if found.run.spec.crossed else _action(studio, found, who, lang)
        return said_section(found, action, lang) + scores_section(found, lang) + words_section(found, lang)
    return (
        said_section(found, "", lang)
        + split_section(found.run.id, crossed, lang)
        + scores_section(found, lang)
        + grid_section(found.run.id, crossed, lang)
        + models_section(found.run.id, crossed, lang)
        + words_section(found, lang)
    )


def _action(studio: "Studio", found: PromptScores, who: Viewer, lang: Lang) -> str:
    if not found.task:
        may = any(studio.prompts.offer(found.run.id, task, who) for task in found.tasks)
        return f'<p class="st-small">{safe(t("prompts.ask.choose", lang))}</p>' if may else ""
    offer = studio.prompts.offer(found.run.id, found.task, who)
    most = studio.prompts.most(who)
    return ask_html(offer, most, studio.prompts.crossings(found.run.id, found.task, who), lang)


def _skeleton(texts: str, lang: Lang) -> str:
    return (
        f"{heading(t('prompts.title', lang), t('prompts.lead', lang))}"
        f'<div class="st-root he-root pr-root" data-texts="{attr(texts)}" aria-busy="true">'
        '<div data-part="bench"></div><div class="in-runbar" data-part="run"></div><div data-part="choices"></div>'
        f'<div class="he-body" data-part="body">{notice_html(t("inspect.loading", lang), "")}</div>'
        '<p class="st-sr" role="status" aria-live="polite" data-status></p>'
        f"{bench_keys((), lang)}</div>{sql_fold('prompts', lang)}"
    )
