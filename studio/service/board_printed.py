"""Rows that were not measured here: published models, as printed, and people, as the cards and the paper give them."""

from collections.abc import Sequence
from dataclasses import replace

from studio.core.content import Given
from studio.core.leaderboard import BoardAsked, BoardCell, BoardRow, Column, Remark
from studio.core.suite import HumanFigure, SuiteTask
from studio.core.totals import Measure, Totals
from studio.stats import stated, totals
from studio.tasks.mera import suite_task, suite_tasks
from studio.tasks.mera.published import PrintedTotals, PublishedModel, people_by_modality, published_models

PAPER = "arXiv"
# Coverage is printed with three digits.
ROUNDING = 0.0006
WHICH = {"em": 0, "js": 1}


def published_rows(asked: BoardAsked, columns: Sequence[Column]) -> list[BoardRow]:
    """The published models that have anything in these columns, or a line of printed totals."""
    rows = [_published(model, asked, columns) for model in published_models()]
    return [row for row in rows if row.cells or row.total is not None]


def _published(model: PublishedModel, asked: BoardAsked, columns: Sequence[Column]) -> BoardRow:
    cells = {
        column.name: _printed(model.tasks[column.name], asked.metric)
        for column in columns
        if column.name in model.tasks
    }
    row = BoardRow(f"published:{model.name}", "published", model.name, cells)
    as_printed = asked.metric == "final" and asked.public
    if as_printed and model.totals:
        return _with_printed_totals(row, model.totals, asked)
    scores = {name: cell.measure for name, cell in cells.items() if cell.measure}
    found = totals(columns, scores, asked.weighting)
    modalities = _held_modalities(found, columns)
    if as_printed:
        modalities |= {modality: stated(value) for modality, value in model.modalities.items()}
    if model.totals and _is_whole(model, model.totals):
        return replace(
            row,
            total=found.total,
            attempted=found.attempted,
            coverage=found.coverage,
            modalities=attempted_modalities(found, columns),
        )
    return replace(row, modalities=modalities, remarks=(Remark("no_totals"),))


def _printed(pair: tuple[float, float], metric: str) -> BoardCell:
    value = pair[WHICH[metric]] if metric in WHICH else sum(pair) / 2
    return BoardCell(stated(value), metrics=(stated(pair[0]), stated(pair[1])))


def _with_printed_totals(row: BoardRow, printed: PrintedTotals, asked: BoardAsked) -> BoardRow:
    """Table 6 weighs tasks equally; by the formula Total is the mean of its modalities, Attempted follows from it."""
    total, attempted = printed.total, printed.attempted
    if asked.weighting == "formula":
        total = sum(printed.modalities.values()) / len(printed.modalities)
        attempted = total / printed.coverage
    return replace(
        row,
        total=stated(total),
        attempted=stated(attempted),
        coverage=printed.coverage,
        modalities={modality: stated(value) for modality, value in printed.modalities.items()},
    )


def attempted_modalities(found: Totals, columns: Sequence[Column]) -> dict[Given, Measure | None]:
    """Totals of the modalities of which anything was attempted; of another there is nothing to tell, not even a 0."""
    attempted = {column.modality for column in columns if column.name in found.tasks}
    return {name: value if name in attempted else None for name, value in found.modalities.items()}


def _held_modalities(found: Totals, columns: Sequence[Column]) -> dict[Given, Measure | None]:
    """Totals of the modalities of which every task is held: what else the model attempted is not known."""
    missing = {column.modality for column in columns if column.name in found.missing}
    return {modality: value for modality, value in found.modalities.items() if modality not in missing}


def _is_whole(model: PublishedModel, printed: PrintedTotals) -> bool:
    """Whether our tables hold every task that the printed coverage counts."""
    sizes: dict[Given, int] = {}
    held: dict[Given, int] = {}
    for task in suite_tasks():
        sizes[task.modality] = sizes.get(task.modality, 0) + 1
        held[task.modality] = held.get(task.modality, 0) + (task.name in model.tasks)
    coverage = sum(held[modality] / n for modality, n in sizes.items()) / len(sizes)
    return abs(coverage - printed.coverage) < ROUNDING


def baseline_rows(asked: BoardAsked, columns: Sequence[Column]) -> list[BoardRow]:
    """People's published scores in two rows, of the paper and of the repository: they differ, and both are kept."""
    rows = []
    for name, of_paper in (("paper", True), ("repository", False)):
        cells = {
            column.name: cell
            for column in columns
            if (card := suite_task(column.name)) and (cell := _people(card, of_paper, asked.metric))
        }
        whole = of_paper and asked.metric == "final" and asked.public
        modalities: dict[Given, Measure | None] = (
            {modality: stated(value) for modality, value in people_by_modality().items()} if whole else {}
        )
        if cells:
            rows.append(BoardRow(f"baseline:{name}", "baseline", name, cells, modalities=modalities))
    return rows


def _people(card: SuiteTask, of_paper: bool, metric: str) -> BoardCell | None:
    """A task's figures of one source. Where both metrics are given, the score is their mean; where one is, it stands
    for the score and says which it is; where the source does not name the metric, it can stand for the score alone."""
    figures = [figure for figure in card.human if figure.source.startswith(PAPER) == of_paper]
    own = [figure for figure in figures if figure.metric in card.metrics]
    if metric in WHICH:
        own = [figure for figure in own if figure.metric == card.metrics[WHICH[metric]]]
        return _shown(own[0].value, own, figures) if own else None
    if {figure.metric for figure in own} == set(card.metrics):
        return _shown(sum(figure.value for figure in own) / len(own), own, figures)
    first = own or figures
    return _shown(first[0].value, first[:1], figures) if first else None


def _shown(value: float, first: Sequence[HumanFigure], figures: Sequence[HumanFigure]) -> BoardCell:
    rest = [figure for figure in figures if figure not in first]
    return BoardCell(stated(value), figures=(*first, *rest))
