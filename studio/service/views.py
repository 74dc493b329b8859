"""From rows to views: pure functions over what the store counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.core.measures import DatasetMeasure, RunMeasure
from studio.core.run import CELLS, Cell, Confusion, RunView, TaskScore
from studio.core.task import TaskInfo
from studio.service.measures import scores_of_dataset
from studio.service.scorers import label_of
from studio.store.browse import Tally
from studio.store.runs import RunRow

RIGHT = 0.5  # a score from here on counts as right, as in the cells
ALL_TITLE = {"ru": "Все задачи", "en": "All tasks"}


def scores_of(
    groups: Sequence[Tally], tasks: Mapping[int, TaskInfo], order: Sequence[int], measured: RunMeasure
) -> tuple[TaskScore, ...]:
    """Scores per task in the order of the run, the total over all samples last."""
    by_id = {dataset.task_id: dataset for dataset in measured.datasets}
    scores = [
        _task_score([g for g in groups if g.task_id == task_id], tasks[task_id], by_id[task_id])
        for task_id in order
        if task_id in by_id
    ]
    return (*scores, _total(groups, measured))


def confusions_of(
    groups: Sequence[Tally], tasks: Mapping[int, TaskInfo], order: Sequence[int]
) -> tuple[Confusion, ...]:
    """EM x judge per task, all tasks last."""
    found = [
        _confusion(tasks[task_id].name, tasks[task_id].title, [g for g in groups if g.task_id == task_id])
        for task_id in order
    ]
    return (*found, _confusion("", ALL_TITLE, groups))


def _confusion(name: str, title: Mapping[str, str], groups: Sequence[Tally]) -> Confusion:
    alone = [group for group in groups if group.js_status is None and group.em is not None]
    right = sum(group.n for group in alone if group.em is not None and group.em >= RIGHT)
    return Confusion(name, title, cells_of(groups), right, sum(group.n for group in alone) - right)


def unscored(confusion: Confusion) -> Confusion:
    """The same counts without a word on which answers are right."""
    told = sum(confusion.counts.get(cell, 0) for cell in CELLS[:4])
    counts = {**confusion.counts, **dict.fromkeys(CELLS[:4], 0)}
    counts["unscored"] = counts.get("unscored", 0) + told
    return replace(confusion, counts=counts, em_right=0, em_wrong=0)


def cells_of(groups: Iterable[Tally]) -> dict[Cell, int]:
    counts: dict[Cell, int] = dict.fromkeys(CELLS, 0)
    for group in groups:
        counts[group.cell] += group.n
    return counts


def run_view(
    row: RunRow,
    groups: Sequence[Tally],
    tasks: Mapping[int, TaskInfo],
    order: Sequence[int],
    measured: RunMeasure,
    recalled: int = 0,
) -> RunView:
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
        truncated=_truncated(groups),
        seconds=seconds,
        em=measured.em,
        js=measured.js,
        spec=row.spec,
        resolved=row.resolved,
        problem=row.problem,
        recalled=recalled,
        em_version=label_of(row.profile),
        unjudged=sum(g.n for g in groups if g.cell == "unscored" and g.em_status == "scored"),
    )


def _task_score(groups: Sequence[Tally], info: TaskInfo, dataset: DatasetMeasure) -> TaskScore:
    metrics, em, js, final = scores_of_dataset(dataset)
    return TaskScore(
        task=info.name,
        title=info.title,
        modality=info.modality,
        planned=sum(group.n for group in groups),
        em=em,
        js=js,
        final=final,
        truncated=_truncated(groups),
        chance=info.chance,
        metrics=metrics,
    )


def _total(groups: Sequence[Tally], measured: RunMeasure) -> TaskScore:
    return TaskScore(
        task="",
        title=ALL_TITLE,
        modality=None,
        planned=sum(group.n for group in groups),
        em=measured.em,
        js=measured.js,
        final=measured.final,
        truncated=_truncated(groups),
    )


def _truncated(groups: Sequence[Tally]) -> int:
    return sum(group.n for group in groups if group.truncated)
