"""EM x judge by task for a report: counts, and shares with intervals that know what samples share."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from studio.core.outcome import Estimate
from studio.core.report import CellsOf
from studio.core.run import CELLS, Cell
from studio.stats import mean_estimate
from studio.store.scored import Standing

SCORED: tuple[Cell, ...] = CELLS[:4]


def cells_by_task(
    standing: Sequence[Standing],
    tasks: Sequence[tuple[int, str]],
    clusters_of: Callable[[int], Mapping[int, str]],
) -> tuple[CellsOf, ...]:
    """A line for each task (id, name), and one for all of them last. `clusters_of` a task tells the clusters of its
    samples."""
    lines: dict[int, list[tuple[Cell, str]]] = {task_id: [] for task_id, _ in tasks}
    clusters = {task_id: clusters_of(task_id) for task_id, _ in tasks}
    for each in standing:
        cluster = clusters[each.task_id].get(each.sample_id, str(each.sample_id))
        lines[each.task_id].append((each.cell, f"{each.task_id}/{cluster}"))
    whole = [line for found in lines.values() for line in found]
    return (*(_cells(name, lines[task_id]) for task_id, name in tasks), _cells("", whole))


def _cells(task: str, lines: Sequence[tuple[Cell, str]]) -> CellsOf:
    scored = [line for line in lines if line[0] in SCORED]
    clusters = [cluster for _, cluster in scored]
    shares: dict[Cell, Estimate] = {
        cell: mean_estimate([float(found == cell) for found, _ in scored], clusters=clusters)
        for cell in SCORED
        if scored
    }
    return CellsOf(task, Counter(cell for cell, _ in lines), shares)
