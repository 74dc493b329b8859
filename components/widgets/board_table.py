"""The heat table of the leaderboard: models by tasks, each number with its interval, its colour and where it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.format import NBSP, decimal, interval, number, share, titled
from components.links import link
from components.widgets.chips import chip
from components.widgets.text import attr, safe
from studio.core.content import Given
from studio.core.leaderboard import Board, BoardCell, BoardRow, Column
from studio.core.totals import Measure
from studio.texts import Lang, t
from studio.texts.board import remark_text, row_names

STEPS = 8  # of the colour scale on [0, 1]; the colours are --st-h0 to --st-h7
PINNED = "baseline"


@dataclass(frozen=True)
class At:
    """A place in the table: the row and its name in words, the column and its name in words."""

    row: BoardRow
    name: str
    column: Column
    task: str


def table_html(board: Board, lang: Lang) -> str:
    """The table in its scrolling frame, whose edges the script shades where more is hidden.

    Cells carry `data-v`, their raw number, for sorting in the browser.
    """
    names = row_names(board, lang)
    pinned = [row for row in board.rows if row.kind == PINNED]
    rest = [row for row in board.rows if row.kind != PINNED]
    bodies = "".join(
        f'<tbody class="{name}">{"".join(_row(board, row, names[row.key], lang) for row in rows)}</tbody>'
        for name, rows in (("lb-pinned", pinned), ("lb-rows", rest))
        if rows
    )
    label = attr(t("board.title", lang))
    return (
        f'<div class="lb-frame"><div class="lb-scroll" role="region" aria-label="{label}" aria-describedby="lb-more"'
        f' tabindex="0"><table class="lb"><caption class="st-sr">{safe(t("board.sort.hint", lang))}</caption>'
        f"<thead>{_groups(board, lang)}{_heads(board, lang)}</thead>{bodies}</table></div></div>"
    )


def legend_html(lang: Lang) -> str:
    """What the colours and the marks mean."""
    swatches = "".join(f'<i class="lb-h{step}" aria-hidden="true"></i>' for step in range(STEPS))
    return (
        f'<p class="lb-legend st-small"><span class="lb-aside" id="lb-more">{safe(t("board.scrolls", lang))}</span>'
        f"<span>{safe(t('board.scale', lang))}</span>"
        f'<span class="lb-scale">0{swatches}1</span><span>{safe(t("board.whisker", lang))}</span>'
        f"<span>{_MARK} {safe(t('board.mark', lang))}</span></p>"
    )


def step_of(value: float) -> int:
    """The place of a share on the colour scale."""
    return min(STEPS - 1, max(0, int(value * STEPS)))


def tip(cell: BoardCell, kind: str, lang: Lang, column: Column | None = None) -> str:
    """What stands behind a number of a task (None: of a total), line by line: its two metrics, interval, n, clusters,
    what is in no mean, remarks."""
    measure, private = cell.measure, column is not None and column.access == "private"
    lines = _metrics(cell, column, lang) if column else []
    if measure is not None and measure.low is not None:
        low, high = (decimal(bound, lang, 3) for bound in (measure.low, measure.high))
        lines.append(t("board.tip.interval", lang, low=low, high=high))
    if measure is not None and measure.n is not None:
        lines.append(t("board.tip.n", lang, n=number(measure.n, lang)))
    if measure is not None and measure.clusters is not None:
        lines.append(t("board.tip.clusters", lang, n=number(measure.clusters, lang)))
    if kind in {"published", PINNED}:
        lines.append(t("board.tip.printed", lang))
    lines += [t("board.tip.no_gold", lang)] if private and measure is None and cell.unscored else []
    for name, n in (("unscored", cell.unscored), ("failed", cell.failed)):
        lines += [t(f"board.tip.{name}", lang, n=number(n, lang))] if n else []
    lines += [
        _figure(figure.value, figure.metric, figure.who, figure.source, lang) for figure in cell.figures
    ]
    lines += [remark_text(remark, lang) for remark in cell.remarks]
    return "\n".join(lines)


def _metrics(cell: BoardCell, column: Column, lang: Lang) -> list[str]:
    """«Exact Match: 0,560; Judge Score: 0,620»"""
    first, second = cell.metrics
    if first is None or second is None:
        return []
    names = {
        key: t(f"metric.{metric}", lang)
        for key, metric in zip(("first", "second"), column.metrics, strict=True)
    }
    one, two = decimal(first.mean, lang, 3), decimal(second.mean, lang, 3)
    return [t("board.tip.metrics", lang, one=one, two=two, **names)]


def _figure(value: float, metric: str, who: str, source: str, lang: Lang) -> str:
    named = t("board.figure.unnamed", lang) if metric == "unnamed" else t(f"metric.{metric}", lang)
    whose = t(f"board.figure.{who}", lang) if who else ""
    return t("board.figure", lang, value=decimal(value, lang, 3), metric=named, who=whose, source=source)


def _groups(board: Board, lang: Lang) -> str:
    """The line above the headings: totals, then tasks by modality."""
    parts = ['<td class="lb-name"></td>']
    if board.totalled:
        span = 3 + len(board.modalities)
        parts.append(
            f'<th scope="colgroup" colspan="{span}" class="lb-group">{safe(t("board.totals", lang))}</th>'
        )
    for modality in board.modalities:
        n = sum(column.modality == modality for column in board.columns)
        name = safe(t(f"board.modality.{modality}", lang))
        parts.append(f'<th scope="colgroup" colspan="{n}" class="lb-group lb-first">{name}</th>')
    return f'<tr class="lb-groups">{"".join(parts)}</tr>'


def _heads(board: Board, lang: Lang) -> str:
    heads = [_head("name", t("board.model", lang), "", "lb-name", lang)]
    if board.totalled:
        heads += [
            _head(name, t(f"board.{name}", lang), t(f"board.{name}.hint", lang), "", lang)
            for name in ("total", "attempted", "coverage")
        ]
        heads += [
            _head(modality, t(f"board.modality.{modality}", lang), t("board.modality.hint", lang), "", lang)
            for modality in board.modalities
        ]
    before: Given | None = None
    for column in board.columns:
        first = "lb-first" if column.modality != before else ""
        heads.append(
            _head(column.name, _task_name(board, column, lang), _task_hint(column, lang), first, lang)
        )
        before = column.modality
    return f"<tr>{''.join(heads)}</tr>"


def _head(key: str, name: str, hint: str, more: str, lang: Lang) -> str:
    label = attr(t("board.sort", lang, name=name) + (f". {hint}" if hint else ""))
    css = f' class="{more}"' if more else ""
    return (
        f'<th scope="col" data-key="{attr(key)}" aria-sort="none"{css}>'
        f'<button type="button" data-sort="{attr(key)}" title="{attr(hint)}" aria-label="{label}">'
        f"<span>{_breakable(name)}</span></button></th>"
    )


def _task_name(board: Board, column: Column, lang: Lang) -> str:
    """MERA's tasks are known by their names, others by their titles."""
    return column.name if board.asked.suite == "mera" else titled(column.title, column.name, lang)


def _task_hint(column: Column, lang: Lang) -> str:
    metrics = " + ".join(t(f"metric.{metric}", lang) for metric in column.metrics)
    access = t(f"board.access.{column.access}", lang)
    return f"{titled(column.title, column.name, lang)} ({column.name}); {metrics}; {access}"


def _breakable(name: str) -> str:
    """`ruNaturalScienceVQA` may break before its capitals, a narrow column is better than a wide one."""
    parts, last = [], ""
    for char in name:
        parts.append("<wbr>" if char.isupper() and last.islower() else "")
        parts.append(safe(char))
        last = char
    return "".join(parts)


def _row(board: Board, row: BoardRow, name: str, lang: Lang) -> str:
    totals = _totals(board, row, lang) if board.totalled else ""
    before: Given | None = None
    cells = []
    for column in board.columns:
        first = column.modality != before
        at = At(row, name, column, _task_name(board, column, lang))
        cells.append(_cell(at, row.cells.get(column.name), first, lang))
        before = column.modality
    head = _name(board, row, name, lang)
    return f'<tr data-row="{attr(row.key)}" class="lb-{row.kind}">{head}{totals}{"".join(cells)}</tr>'


def _name(board: Board, row: BoardRow, name: str, lang: Lang) -> str:
    label = attr(t("board.row.more", lang, model=name))
    kind = "" if row.kind == "measured" else chip(t(f"board.kind.{row.kind}", lang), _TONES[row.kind])
    why = "; ".join(remark_text(remark, lang) for remark in row.remarks)
    hint = t("board.unlike.hint", lang, why=why)
    odd = chip(t("board.unlike", lang), "warn", "≠", hint) if why and row.ours else ""
    part = _part(board, row, lang)
    return (
        f'<th scope="row" class="lb-name" data-v="{attr(name.casefold())}"><button type="button" class="lb-model"'
        f' data-open="{attr(row.key)}" aria-label="{label}">{safe(name)}</button>{kind}{odd}{part}</th>'
    )


def part_of(board: Board, row: BoardRow) -> int:
    """How many tasks of the suite people answered, where it is some of them; else 0."""
    measured = sum(cell.measure is not None for cell in row.cells.values())
    return measured if row.kind == "person" and measured < len(board.columns) else 0


def has_gap(board: Board) -> bool:
    """Whether people are compared with a model below the table: all of a project together are."""
    return any(row.kind == "person" and row.people and row.people.what == "together" for row in board.rows)


def _part(board: Board, row: BoardRow, lang: Lang) -> str:
    """A total grows with coverage, so that of such people stands for less than the way to what compares them with a
    model on the questions that both have."""
    n = part_of(board, row)
    if not n:
        return ""
    words = safe(t("board.people.part", lang, n=number(n, lang), of=number(len(board.columns), lang)))
    below = safe(t("board.people.part.below", lang))
    way = f' <button type="button" class="st-link" data-below>{below}</button>' if has_gap(board) else ""
    return f'<span class="lb-part" title="{attr(t("board.people.part.hint", lang))}">{words}{way}</span>'


_TONES: Mapping[str, str] = {"person": "accent", "imported": "info", "published": "quiet", PINNED: "quiet"}


def _totals(board: Board, row: BoardRow, lang: Lang) -> str:
    measures: Sequence[Measure | None] = (row.total, row.attempted)
    parts = [_total(measure, "lb-total" if i == 0 else "", lang) for i, measure in enumerate(measures)]
    coverage = "" if row.coverage is None else f"{row.coverage:.6f}"
    parts.append(f'<td class="lb-c lb-plain" data-v="{coverage}">{safe(share(row.coverage, lang))}</td>')
    parts += [_total(row.modalities.get(modality), "", lang) for modality in board.modalities]
    return "".join(parts)


def _total(measure: Measure | None, more: str, lang: Lang) -> str:
    if measure is None:
        return f'<td class="lb-c lb-none {more}" data-v="">—</td>'
    hint = (
        tip(BoardCell(measure), "measured", lang) if measure.low is not None else t("board.tip.printed", lang)
    )
    return (
        f'<td class="lb-c lb-h{step_of(measure.mean)} {more}" data-v="{measure.mean:.6f}" title="{attr(hint)}">'
        f"{_number(measure, lang)}</td>"
    )


def _number(measure: Measure, lang: Lang) -> str:
    """The mean, its interval in figures, the same as a whisker on [0, 1], and n."""
    bold = f"<b>{safe(share(measure.mean, lang))}</b>"
    if measure.low is None or measure.high is None:
        return bold
    style = f"--l:{measure.low * 100:.1f}%;--w:{(measure.high - measure.low) * 100:.1f}%;--m:{measure.mean * 100:.1f}%"
    n = "" if measure.n is None else f'<small class="lb-n">n{NBSP}{safe(number(measure.n, lang))}</small>'
    return (
        f"{bold}<small>{safe(interval(measure.low, measure.high, lang))}</small>"
        f'<span class="lb-w" style="{style}" aria-hidden="true"><i></i><em></em></span>{n}'
    )


def _cell(at: At, cell: BoardCell | None, first: bool, lang: Lang) -> str:
    edge = " lb-first" if first else ""
    if cell is None:
        return f'<td class="lb-c lb-none{edge}" data-v=""><span class="st-sr">—</span></td>'
    said = tip(cell, at.row.kind, lang, at.column)
    measure = cell.measure
    words = share(measure.mean, lang) if measure else t("board.no_score", lang)
    inner = _number(measure, lang) if measure else f'<span class="lb-void">{safe(words)}</span>'
    inner += _MARK if cell.remarks else ""
    heat = f" lb-h{step_of(measure.mean)}" if measure else " lb-none"
    value = f"{measure.mean:.6f}" if measure else ""
    inside = _leading(at, cell, inner, words, said, lang)
    return f'<td class="lb-c{heat}{edge}" data-v="{value}">{inside}</td>'


def _leading(at: At, cell: BoardCell, inner: str, words: str, said: str, lang: Lang) -> str:
    """A measured number leads to its samples, a published one says where it is from."""
    names = {"model": at.name, "task": at.task, "value": words}
    if cell.run and not any(remark.code == "hidden" for remark in cell.remarks):
        label = attr(t("board.open", lang, **names) + f". {said}".replace("\n", "; "))
        href = attr(link("inspect", lang, run=cell.run, task=cell.dataset))
        return f'<a href="{href}" title="{attr(said)}" aria-label="{label}">{inner}</a>'
    return (
        f'<button type="button" data-open="{attr(at.row.key)}" data-say="{attr(f"{at.task}: {words}")}"'
        f' data-more="{attr(said)}" title="{attr(said)}" aria-label="{attr(t("board.note.of", lang, **names))}">'
        f"{inner}</button>"
    )


_MARK = '<i class="lb-mark" aria-hidden="true">◐</i>'
