"""From rows to views: pure functions over what the store counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.core.outcome import Estimate
from studio.core.run import CELLS, Cell, Confusion, RunView, TaskScore
from studio.core.task import TaskInfo
from studio.stats import estimate_from_counts, final_from_cells
from studio.store.browse import Tally
from studio.store.runs import RunRow

ALL_TITLE = {"ru": "Все задачи", "en": "All tasks"}


def scores_of(
    groups: Sequence[Tally], tasks: Mapping[int, TaskInfo], order: Sequence[int]
) -> tuple[TaskScore, ...]:
    """Scores per task in the order of the run, the total over all samples last."""
    scores = [_score([g for g in groups if g.task_id == task_id], tasks[task_id]) for task_id in order]
    return (*scores, _score(groups, None))


def confusions_of(
    groups: Sequence[Tally], tasks: Mapping[int, TaskInfo], order: Sequence[int]
) -> tuple[Confusion, ...]:
    """EM x judge per task, all tasks last."""
    found = [
        Confusion(
            tasks[task_id].name, tasks[task_id].title, cells_of(g for g in groups if g.task_id == task_id)
        )
        for task_id in order
    ]
    return (*found, Confusion("", ALL_TITLE, cells_of(groups)))


def unscored(confusion: Confusion) -> Confusion:
    """The same counts without a word on which answers are right."""
    told = sum(confusion.counts.get(cell, 0) for cell in CELLS[:4])
    counts = {**confusion.counts, **dict.fromkeys(CELLS[:4], 0)}
    return replace(confusion, counts={**counts, "unscored": counts.get("unscored", 0) + told})


def cells_of(groups: Iterable[Tally]) -> dict[Cell, int]:
    counts: dict[Cell, int] = dict.fromkeys(CELLS, 0)
    for group in groups:
        counts[group.cell] += group.n
    return counts


def run_view(
    row: RunRow, groups: Sequence[Tally], tasks: Mapping[int, TaskInfo], order: Sequence[int]
) -> RunView:
    total = _score(groups, None)
    counts = cells_of(groups)
    planned = sum(counts.values())
    failed = counts["failed"]
    seconds = row.seconds
    return RunView(
        id=row.id,
        kind=row.kind,
        state=row.state,
        title=row.title,
        model=row.model,
        revision=row.revision,
        judge=row.judge,
        tasks=tuple(tasks[task_id].name for task_id in order) or row.spec.tasks,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        planned=planned,
        answered=planned - failed - counts["pending"],
        failed=failed,
        truncated=total.truncated,
        seconds=seconds,
        em=total.em,
        js=total.js,
        spec=row.spec,
        resolved=row.resolved,
        problem=row.problem,
        unjudged=sum(g.n for g in groups if g.cell == "unscored" and g.em_status == "scored"),
    )


def _score(groups: Sequence[Tally], info: TaskInfo | None) -> TaskScore:
    counts = cells_of(groups)
    failed = counts["failed"]
    both = [g for g in groups if g.cell in {"both", "em_only", "js_only", "neither"}]
    pairs = {cell: sum(g.n for g in both if g.cell == cell) for cell in CELLS[:4]}
    unscored = sum(g.n for g in groups if g.cell == "unscored" and g.js_status is not None)
    return TaskScore(
        task=info.name if info else "",
        title=info.title if info else ALL_TITLE,
        modality=info.modality if info else None,
        planned=sum(counts.values()),
        em=_estimate([(g.em, g.em_status, g.n) for g in groups], failed),
        js=_estimate([(g.js, g.js_status, g.n) for g in groups], failed),
        final=final_from_cells(
            pairs["both"], pairs["em_only"], pairs["js_only"], pairs["neither"], unscored, failed
        ),
        truncated=sum(g.n for g in groups if g.truncated),
        chance=info.chance if info else None,
    )


def _estimate(values: Iterable[tuple[float | None, str | None, int]], failed: int) -> Estimate:
    """A mean of 0/1 scores from counts. What the judge has not reached yet is in none of the counts."""
    k = n = unscored = 0
    for value, status, count in values:
        if status == "scored" and value is not None:
            n += count
            k += count * int(value >= 0.5)
        elif status == "unscored":
            unscored += count
    return estimate_from_counts(k, n, unscored, failed)
