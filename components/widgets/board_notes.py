"""What a row of the leaderboard is: its conditions, its runs and which of them stand for it, or where it is from."""

from components.format import ago, number
from components.links import link
from components.widgets.board_table import part_of
from components.widgets.text import attr, safe
from studio.core.leaderboard import Board, BoardRow, BoardRun
from studio.texts import Lang, t
from studio.texts.board import remark_text, row_names
from studio.texts.run_names import made_of

PAPER, TABLES = "arXiv 2511.15552v3", "6, 18–21"


def notes_html(board: Board, lang: Lang) -> str:
    """A `<template>` for each row; the page's dialog shows one of them."""
    names = row_names(board, lang)
    return "".join(
        f'<template data-note="{attr(row.key)}" data-title="{attr(names[row.key])}">{_note(board, row, lang)}'
        "</template>"
        for row in board.rows
    )


def dialog_html(lang: Lang) -> str:
    return (
        '<dialog class="lb-dialog" aria-labelledby="lb-dialog-title"><h2 class="st-h2" id="lb-dialog-title"></h2>'
        '<p class="lb-say"></p><p class="lb-more st-small"></p><div data-part="note"></div><div class="st-row">'
        f'<button type="button" class="st-btn" data-shut autofocus>{safe(t("board.dialog.close", lang))}</button>'
        "</div></dialog>"
    )


def _note(board: Board, row: BoardRow, lang: Lang) -> str:
    if row.kind in {"published", "baseline"}:
        source = t(f"board.source.{row.kind}", lang, tables=TABLES, source=PAPER)
        return f"<p>{safe(source)}</p>{_remarks(row, lang)}"
    facts = {"model": row.name, "revision": row.revision, "judge": row.judge, "profile": row.profile}
    lines = "".join(
        f"<dt>{safe(t(f'board.dialog.{name}', lang))}</dt><dd>{safe(value)}</dd>"
        for name, value in facts.items()
        if value and not (row.kind == "person" and name == "model")
    )
    runs = "".join(_run(run, board, len(row.runs) > 1, lang) for run in row.runs)
    return (
        f'<dl class="st-facts">{lines}</dl>{_part(board, row, lang)}{_remarks(row, lang)}<h3 class="st-label">'
        f'{safe(t("board.dialog.runs", lang))}</h3><ul class="st-list lb-runs">{runs}</ul>'
        f'<p class="st-small">{safe(t("board.dialog.rule", lang))}</p>'
    )


def _part(board: Board, row: BoardRow, lang: Lang) -> str:
    return f"<p>{safe(t('board.people.part.hint', lang))}</p>" if part_of(board, row) else ""


def _remarks(row: BoardRow, lang: Lang) -> str:
    """What sets the row apart, then what is to be known of single tasks: a finger has no tooltips."""
    said = [remark_text(remark, lang) for remark in row.remarks]
    said += [
        f"{task}: {remark_text(remark, lang)}" for task, cell in row.cells.items() for remark in cell.remarks
    ]
    if not said:
        return ""
    items = "".join(f"<li>{safe(words)}</li>" for words in said)
    title = safe(t("board.dialog.unlike", lang)) if row.ours else ""
    head = f'<h3 class="st-label">{title}</h3>' if title else ""
    return f'{head}<ul class="lb-remarks">{items}</ul>'


def _run(run: BoardRun, board: Board, several: bool, lang: Lang) -> str:
    taken = ", ".join(run.tasks)
    said = t("board.dialog.taken", lang, tasks=taken) if taken else t("board.dialog.not_taken", lang)
    done = f"{number(run.answered, lang)}/{number(run.planned, lang)}"
    name = run.title or (run.people.title if run.people else run.id)
    made = f'<p class="st-small">{safe(made_of(run.people, lang))}</p>' if run.people else ""
    look = attr(link("inspect", lang, run=run.id))
    picked = run.id in board.asked.runs
    choose = (
        f'<button type="button" class="st-btn st-btn--small" data-{"untake" if picked else "take"}="{attr(run.id)}">'
        f"{safe(t('board.dialog.untake' if picked else 'board.dialog.take', lang))}</button>"
        if picked or (several and set(run.held) > set(run.tasks))
        else ""
    )
    return (
        f'<li><div><a href="{look}">{safe(name)}</a> <span class="st-small">{done} · {safe(ago(run.created_at, lang))}'
        f' · {safe(t(f"state.{run.state}", lang))}</span><p class="st-small">{safe(said)}</p>{made}</div>{choose}</li>'
    )
