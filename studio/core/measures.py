"""What a run measured, dataset by dataset: estimates over samples, and parts of tasks by the tasks' own metrics."""

from dataclasses import dataclass

from studio.core.errors import Problem
from studio.core.outcome import Estimate
from studio.core.totals import Part


@dataclass(frozen=True)
class DatasetMeasure:
    """One dataset of a run: a whole task, or a subset of one.

    `task_id` is its row in the database, `dataset` its name (what samples are filtered by), `task` the name of the
    suite's task that it belongs to, else the same. The estimates are over samples, with errors clustered by what
    samples share. `planned` samples belong to the run, `finished` have an answer or failed. `problem`: why the task's
    own score cannot be told (`parts` is empty then).
    """

    task_id: int
    dataset: str
    task: str
    planned: int
    finished: int
    em: Estimate
    js: Estimate
    final: Estimate
    parts: tuple[Part, ...]
    problem: Problem | None = None


@dataclass(frozen=True)
class RunMeasure:
    """All datasets of a run in its order, and the same over all of its samples."""

    datasets: tuple[DatasetMeasure, ...]
    em: Estimate
    js: Estimate
    final: Estimate
