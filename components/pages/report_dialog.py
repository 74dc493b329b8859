"""A report of a run as a file: a dialog that any button with `data-report="RUN"` on the page opens.

The file is made in the background; the script asks how far it is and gives the link once it is there.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.format import ago, number
from components.pages.served import served, text_of, whole_of
from components.who import viewer
from components.widgets.base import panel
from components.widgets.text import attr, safe
from studio.core.errors import BadInput
from studio.core.report import MOST_REPORTED, MOST_SHOWN, TOP, ReportAsked, ReportJob
from studio.core.run import RunView, SampleFilter, Viewer
from studio.texts import LANGS, Lang, describe, t
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = ("waiting", "counting", "media", "lost")
OFFERED = 50  # other runs that may stand beside


def build_report_dialog(studio: "Studio", lang: Lang) -> None:
    """Puts the dialog on the page; it is unseen until a button opens it."""

    @served(lang)
    def report_offer(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        beside = text_of(data, "runs", 2_000).split(",")  # side by side they are chosen already
        html = others_html(studio, text_of(data, "run", 100), viewer(studio, request), lang, beside)
        return {"html": html, "where": studio.queries.text(filter_from(data))}

    @served(lang)
    def report_begin(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        chosen = next((each for each in LANGS if each == data.get("lang")), lang)
        return {"job": studio.reports.begin(asked_from(data), chosen, viewer(studio, request))}

    @served(lang)
    def report_state(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return told(studio.reports.job(text_of(data, "job", 100)), lang)

    panel(
        dialog_html(lang),
        ("served.js", "report.js"),
        elem_id="report",
        elem_classes=["st-plain"],
        server_functions=[report_offer, report_begin, report_state],
    )


def filter_from(data: Mapping[str, Any]) -> SampleFilter:
    """What the address of Inspect chooses, if the page is Inspect."""
    return SampleFilter(
        task=text_of(data, "task"), cell=text_of(data, "cell", 20), text=text_of(data, "text", 200),
        category=text_of(data, "category"), where=text_of(data, "where", 2_000), label=text_of(data, "label", 20),
        draw=whole_of(data, "draw") or 0,
    )  # fmt: skip


def asked_from(data: Mapping[str, Any]) -> ReportAsked:
    """What the browser sent. Raises BadInput for a number of samples that is none."""
    runs = data.get("runs")
    named = [run[:100] for run in runs if isinstance(run, str)] if isinstance(runs, list) else []
    top = whole_of(data, "top")
    if top is None:
        raise BadInput("out_of_bounds", name="top", value=text_of(data, "top", 20), low=0, high=MOST_SHOWN)
    return ReportAsked(tuple(dict.fromkeys(named)), top, text_of(data, "where", 2_000))


def told(job: ReportJob, lang: Lang) -> dict[str, Any]:
    """How far a report is, for the script: `phase`, `done` of `total`, words at the end."""
    found: dict[str, Any] = {"phase": job.phase, "done": job.done, "total": job.total}
    if job.phase == "failed" and job.problem:
        return {**found, "error": describe(job.problem, lang)}
    if job.phase == "done":
        words = t("report.dialog.done", lang, kb=number((job.size + 1023) // 1024, lang))
        return {**found, "words": words, "href": f"./report/{job.id}.html"}
    return found


def others_html(studio: "Studio", run: str, who: Viewer, lang: Lang, beside: Sequence[str] = ()) -> str:
    """Boxes of the runs that may stand beside the chosen one: those that share a task with it. `beside` are ticked, as
    many as fit, and come first."""
    tasks = set(studio.run(run).tasks)
    others = [
        each for each in studio.runs(who) if each.id != run and each.answered and tasks & set(each.tasks)
    ]
    ticked = [each for each in others if each.id in beside][: MOST_REPORTED - 1]
    rest = [each for each in others if each not in ticked][: OFFERED - len(ticked)]
    return "".join(_other(each, each in ticked, lang) for each in (*ticked, *rest))


def _other(run: RunView, ticked: bool, lang: Lang) -> str:
    return (
        f'<label><input type="checkbox" name="beside" value="{attr(run.id)}"{" checked" if ticked else ""}> '
        f"{safe(name_of(run, lang))} "
        f"<small>{safe(ago(run.created_at, lang))}</small></label>"
    )


def dialog_html(lang: Lang) -> str:
    """The dialog, with no run in it yet."""
    texts = {key: t(f"report.dialog.{key}", lang) for key in _SCRIPT_TEXTS}
    said = json.dumps({**texts, "most": MOST_REPORTED}, ensure_ascii=False)
    words = {key: safe(t(f"report.dialog.{key}", lang)) for key in ("title", "lead", "top", "lang", "where")}
    words |= {key: safe(t(f"report.dialog.{key}", lang)) for key in ("beside", "go", "close", "download")}
    langs = "".join(
        f'<option value="{each}"{" selected" if each == lang else ""}>'
        f"{safe(t(f'report.dialog.lang.{each}', lang))}</option>"
        for each in LANGS
    )
    return (
        f'<div class="st-root" data-texts="{attr(said)}">'
        '<dialog class="st-dialog re-dialog" aria-labelledby="re-title">'
        f'<form class="st-stack"><h2 class="st-h2" id="re-title">{words["title"]}</h2>'
        f'<p class="st-small">{words["lead"]}</p>'
        f'<label class="re-field"><span>{words["top"]}</span><input class="st-input" type="number" name="top" min="0" '
        f'max="{MOST_SHOWN}" value="{TOP}" required></label>'
        f'<label class="re-field"><span>{words["lang"]}</span><select class="st-input" name="lang">{langs}</select>'
        "</label>"
        f'<label class="re-where" hidden><input type="checkbox" name="filtered" checked> <span>{words["where"]} '
        "<code data-where></code></span></label>"
        f'<fieldset class="re-others" hidden><legend>{words["beside"]}</legend><div data-others></div></fieldset>'
        '<p class="re-status st-small" role="status" aria-live="polite"></p><progress class="re-bar" hidden></progress>'
        f'<div class="st-row re-do"><button type="submit" class="st-btn st-btn--main" data-go>{words["go"]}</button>'
        f'<a class="st-btn st-btn--main" data-download download hidden>↓ {words["download"]}</a>'
        f'<button type="button" class="st-btn" data-close>{words["close"]}</button></div></form></dialog></div>'
    )
