"""The page Experiments: three questions about a model or a judge, a button each. The address names what is shown.

The script asks `experiments_open` for what the address names, again and again while it goes on; `experiments_start`
begins one; `experiments_answers` tells which answers of a kind deceived a judge.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from components.format import titled
from components.pages.experiments_judge import answers_html, calibration_html, corrected_html
from components.pages.experiments_start import cards_html, earlier_html, media_of
from components.pages.experiments_trial import trial_html, waiting_html
from components.pages.served import served, text_of, whole_of
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.progress import is_going
from components.widgets.text import attr, safe
from studio.core.errors import BadInput, StudioError
from studio.core.run import RunSpec, Viewer
from studio.core.trials import MARKS, CalibrationSpec, Mark
from studio.texts import Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

RUNS = 60  # of the latest offered to be answered beside, or corrected
EARLIER = 20
GOING = {"queued", "running"}
_SCRIPT_TEXTS = ("lost", "starting")


def build_experiments_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""

    @served(lang)
    def experiments_open(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return opened(studio, data, viewer(studio, request), lang)

    @served(lang)
    def experiments_start(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return {"address": started(studio, data, viewer(studio, request))}

    @served(lang)
    def experiments_answers(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        found = studio.calibration_answers(
            text_of(data, "calibration", 100), text_of(data, "kind", 100), viewer(studio, request)
        )
        return {"html": answers_html(found, lang)}

    texts = {key: t(f"experiments.{key}", lang) for key in _SCRIPT_TEXTS}
    panel(
        _skeleton(json.dumps(texts, ensure_ascii=False), lang),
        ("served.js", "experiments.js"),
        elem_id="experiments-page",
        elem_classes=["st-plain"],
        server_functions=[experiments_open, experiments_start, experiments_answers],
    )


def opened(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """What the address asks for: `result` and whether it is `going` on; with `whole` the cards and the list, too.

    An address that leads nowhere is said in the result's place: the cards below it still work.
    """
    try:
        result, going = _result(studio, data, who, lang)
    except StudioError as error:
        result, going = f'<p class="st-alert" role="alert">{safe(describe(error, lang))}</p>', False
    answer: dict[str, Any] = {"result": result, "going": going}
    if data.get("whole"):
        answer["cards"] = cards_html(studio, who, RUNS, lang)
    if data.get("whole") or not going:
        blind = [run for run in studio.runs(who) if run.spec.base][:EARLIER]
        answer["earlier"] = earlier_html(blind, studio.calibrations(EARLIER), _titles(studio, lang), lang)
    return answer


def started(studio: "Studio", data: Mapping[str, Any], who: Viewer) -> dict[str, str]:
    """Begins what a card asks for; the query of its address. Raises BadInput and its kin, NotAllowed."""
    what, of = text_of(data, "what", 20), text_of(data, "of")
    tasks = tuple(name for name in text_of(data, "tasks").split(",") if name)
    limit = whole_of(data, "limit") or None
    if what == "judge":
        spec = CalibrationSpec(tasks, of or "auto", limit or CalibrationSpec(()).limit)
        return {"calibration": studio.calibrate(spec, who)}
    media = media_of(what)
    kind, _, name = of.partition(":")
    if kind == "run":
        return {"run": studio.start_blind(name, media, who), "base": name}
    if kind != "model":
        raise BadInput("no_model")
    settings = studio.generation(tasks)
    base, run = studio.start_pair(RunSpec(name, tasks, limit, settings=settings), media, who)
    return {"run": run, "base": base}


def _result(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> tuple[str, bool]:
    if calibration_id := text_of(data, "calibration", 100):
        return _calibration(studio, calibration_id, text_of(data, "corrected", 100), who, lang)
    if run_id := text_of(data, "run", 100):
        mark = text_of(data, "mark", 10)
        chosen = cast(Mark, mark) if mark in MARKS else "em"
        return _trial(studio, run_id, text_of(data, "base", 100), chosen, who, lang)
    return "", False


def _trial(studio: "Studio", run_id: str, base: str, mark: Mark, who: Viewer, lang: Lang) -> tuple[str, bool]:
    run = studio.run(run_id)
    full = studio.run(base or run.spec.base) if base or run.spec.base else None
    pair = [each for each in (full, run) if each is not None]
    if any(is_going(each) for each in pair):
        return waiting_html(pair, lang), True
    return trial_html(studio.trial(run_id, base, mark, who), lang), False


def _calibration(
    studio: "Studio", calibration_id: str, run_id: str, who: Viewer, lang: Lang
) -> tuple[str, bool]:
    found = studio.calibration(calibration_id)
    judged = [run for run in studio.runs(who) if run.js.scored][:RUNS]
    corrected = corrected_html(studio.corrected(calibration_id, run_id, who), lang) if run_id else ""
    html = calibration_html(found, judged, run_id, corrected, lang, titles=_titles(studio, lang))
    return html, found.state in GOING


def _titles(studio: "Studio", lang: Lang) -> dict[str, str]:
    """What tasks are called; «demo» names all that ship with the studio."""
    titles = {task.name: titled(task.title, task.name, lang) for task in studio.tasks()}
    return titles | {"demo": t("experiments.tasks.demo", lang)}


def _skeleton(texts: str, lang: Lang) -> str:
    return (
        f'<div class="st-root ex-root" data-texts="{attr(texts)}">'
        f"{heading(t('experiments.title', lang), t('experiments.lead', lang))}"
        '<div class="ex-cards" data-cards aria-busy="true"></div>'
        '<p class="st-sr" role="status" aria-live="polite" data-status></p>'
        '<div data-result tabindex="-1"></div>'
        f'<section class="ex-earlier" aria-labelledby="ex-earlier"><h2 class="st-h2" id="ex-earlier">'
        f"{safe(t('experiments.earlier', lang))}</h2><div data-earlier></div></section></div>"
    )
