"""The page Leaderboard: a heat table of models by tasks and the chart of their totals. The address says what is shown.

The script of the page holds no state but the address: it sends what the address says and gets the markup back. Sorting
is the browser's own.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.links import board_asked, board_file, board_query, link
from components.pages.served import served
from components.who import viewer
from components.widgets.base import heading, panel
from components.widgets.board_chart import chart_html
from components.widgets.board_gap import BYS, gap_html
from components.widgets.board_notes import dialog_html, notes_html
from components.widgets.board_table import legend_html, table_html
from components.widgets.chart_menu import chart_menu
from components.widgets.sql_fold import sql_fold
from components.widgets.text import attr, safe
from studio.core.gap import GapBy
from studio.core.leaderboard import BOARD_FORMATS, BOARD_METRICS, SUITES, Board, BoardAsked
from studio.core.run import Viewer
from studio.core.totals import WEIGHTINGS
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

_SCRIPT_TEXTS = ("lost", "retry", "loading")


def build_leaderboard_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it from `leaderboard_view`."""

    @served(lang)
    def leaderboard_view(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return view(studio, board_asked(data), viewer(studio, request), lang)

    @served(lang)
    def leaderboard_gap(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return gap_view(studio, board_asked(data), data.get("by"), viewer(studio, request), lang)

    panel(
        _skeleton(lang),
        ("served.js", "leaderboard.js"),
        elem_id="leaderboard-page",
        elem_classes=["st-plain"],
        server_functions=[leaderboard_view, leaderboard_gap],
    )


def view(studio: "Studio", asked: BoardAsked, who: Viewer, lang: Lang) -> dict[str, Any]:
    """`{"parts": {name: HTML}}`. Raises StudioError."""
    board = studio.leaderboard(asked, who)
    chart = studio.leaderboard_chart(board, lang) if board.totalled else None
    rows = board.rows and board.columns
    address = board_query(board.asked) | {"suite": board.asked.suite}
    return {
        "parts": {
            "switches": switches_html(board, lang),
            "empty": empty_html(board, lang),
            "table": table_html(board, lang) + legend_html(lang) if rows else "",
            "chart": chart_html(chart, lang, chart_menu("leaderboard", lang, **address)) if chart else "",
            "files": files_html(board, lang) + chart_menu("heat", lang, **address) if rows else "",
            "notes": notes_html(board, lang),
        },
    }


def gap_view(studio: "Studio", asked: BoardAsked, by: object, who: Viewer, lang: Lang) -> dict[str, Any]:
    """The part «People and the best model», which is asked for by itself: the table need not wait for it."""
    of: GapBy = next((name for name in BYS if name == by), BYS[0])
    found = studio.gaps.of(asked, who, by=("all", of))
    return {"parts": {"gap": gap_html(found, of, board_query(asked), lang)}}


def switches_html(board: Board, lang: Lang) -> str:
    """What to show: native radio buttons and boxes, so that arrows and Tab work as everywhere."""
    asked, mera = board.asked, board.asked.suite == "mera"
    parts = [
        _choice("suite", SUITES, asked.suite, lang),
        _choice("metric", BOARD_METRICS, asked.metric, lang),
    ]
    if board.totalled:
        parts.append(_choice("weighting", WEIGHTINGS, asked.weighting, lang))
    boxes = {"public": asked.public, "published": asked.published} if mera else {}
    boxes |= {"people": asked.people}
    ticks = "".join(_box(name, on, lang) for name, on in boxes.items())
    return "".join(parts) + f'<div class="lb-boxes">{ticks}</div>'


def _choice(name: str, values: tuple[str, ...], chosen: str, lang: Lang) -> str:
    options = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == chosen else ""}>'
        f"<span>{safe(t(f'board.{name}.{value}', lang))}</span></label>"
        for value in values
    )
    return (
        f'<fieldset class="lb-choice"><legend>{safe(t(f"board.{name}", lang))}</legend>'
        f'<div class="lb-segments">{options}</div></fieldset>'
    )


def _box(name: str, on: bool, lang: Lang) -> str:
    ticked, words = (" checked" if on else ""), safe(t(f"board.{name}", lang))
    return f'<label class="lb-box"><input type="checkbox" name="{name}"{ticked}>{words}</label>'


def empty_html(board: Board, lang: Lang) -> str:
    """What to do to get a row, while nothing here is measured."""
    if any(row.ours for row in board.rows):
        return ""
    suite = board.asked.suite
    demo = (
        f'<button type="button" class="st-btn" data-suite="demo">{safe(t("board.empty.demo.do", lang))}</button>'
        if suite != "demo"
        else ""
    )
    beside = "st-card--tight lb-empty" if board.rows else "st-empty st-stack"
    run = f'<a class="st-btn st-btn--main" href="{attr(link("run", lang))}">{safe(t("board.empty.do", lang))}</a>'
    return (
        f'<section class="st-card {beside}"><div><h2 class="st-h2">{safe(t("board.empty.title", lang))}</h2>'
        f'<p class="st-note">{safe(t(f"board.empty.{suite}", lang))}</p></div>'
        f'<div class="st-row lb-centre">{run}{demo}</div></section>'
    )


def files_html(board: Board, lang: Lang) -> str:
    """Links to the same as files; the picture of the totals stands with their chart."""
    links = "".join(
        f'<a class="st-btn st-btn--small" href="{attr(board_file(board.asked, form, lang))}" download>'
        f"↓ {safe(t(f'board.download.{form}', lang))}</a>"
        for form in BOARD_FORMATS
        if form != "png"
    )
    return f'<span class="st-label">{safe(t("board.download", lang))}</span>{links}'


def _skeleton(lang: Lang) -> str:
    texts = {key: t(f"board.{key}", lang) for key in _SCRIPT_TEXTS}
    return (
        f"{heading(t('board.title', lang), t('board.lead', lang))}"
        f'<div class="st-root lb-root" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}" aria-busy="true">'
        f'<form class="st-card st-card--tight lb-switches" aria-label="{attr(t("board.switches", lang))}"'
        f' data-part="switches"><p class="st-note">{safe(t("board.loading", lang))}</p></form>'
        '<div data-part="empty"></div><section class="lb-card" data-part="table"></section>'
        '<div class="st-row lb-files" data-part="files"></div>'
        '<section class="st-card st-stack" data-part="gap" hidden></section>'
        '<section class="st-card st-stack lb-forest" data-part="chart"></section><div hidden data-part="notes"></div>'
        f"{sql_fold('leaderboard', lang)}"
        f'{dialog_html(lang)}<div class="lb-status" role="status" aria-live="polite"></div></div>'
    )
