"""Totals of scores that somebody holds as means, such as a row of a published table: checked, named, added up."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.errors import BadInput
from studio.core.suite import Subset, SuiteTask
from studio.core.totals import Measure, TaskMeasure, Totals, Weighting
from studio.stats import over_subsets, stated, totals
from studio.tasks.mera import near_names, subset_named, suite_task, suite_tasks

KEYS = frozenset({"values", "error", "n"})


@dataclass(frozen=True)
class Entry:
    """A score as it was given: under which name, for which task or subset of it."""

    given: str
    task: SuiteTask
    subset: Subset | None
    measure: Measure


def totals_of_means(scores: object, weighting: Weighting, *, public: bool = True) -> Totals:
    """The totals of `{task: [metric values]}`, as read from JSON.

    A value is the task's two metrics in [0, 1]; or, with what is known of its uncertainty,
    `{"values": […], "error": standard error of their mean, "n": samples}`; null: not attempted. A task is known by
    any of its names; one with subsets may be given by all of them, weighted by size. Raises BadInput.
    """
    return totals(suite_tasks(), read_scores(scores), weighting, public=public)


def totals_of_tasks(measures: Sequence[TaskMeasure], weighting: Weighting, *, public: bool = True) -> Totals:
    """The totals of measured tasks of the suite."""
    scores = {measure.task: measure.score for measure in measures}
    return totals(suite_tasks(), scores, weighting, public=public)


def read_scores(scores: object) -> dict[str, Measure]:
    """Task scores by the tasks' names. Raises BadInput that names the entry that is wrong, and how."""
    if not isinstance(scores, Mapping):
        raise BadInput("scores_shape", found=type(scores).__name__)
    entries = [_entry(str(name), value) for name, value in scores.items() if value is not None]
    by_task: dict[str, list[Entry]] = {}
    for entry in entries:
        by_task.setdefault(entry.task.name, []).append(entry)
    return {name: _whole(group) for name, group in by_task.items()}


def _whole(entries: Sequence[Entry]) -> Measure:
    """The score of one task out of its entry, or of those of all its subsets."""
    first = entries[0]
    seen: dict[str, Entry] = {}
    for entry in entries:
        part = entry.subset.name if entry.subset else ""
        clash = seen.get(part) or seen.get("") or (next(iter(seen.values()), None) if not part else None)
        if clash:
            raise BadInput("scores_twice", name=entry.given, other=clash.given, task=first.task.name)
        seen[part] = entry
    if "" in seen:
        return first.measure
    missing = [subset.name for subset in first.task.subsets if subset.name not in seen]
    if missing:
        raise BadInput("scores_subsets", task=first.task.name, missing=", ".join(missing))
    return over_subsets([(subset, seen[subset.name].measure) for subset in first.task.subsets])


def _entry(name: str, value: object) -> Entry:
    task = suite_task(name)
    if task is None:
        raise BadInput("scores_unknown_task", name=name, known=_likely(name))
    return Entry(name, task, subset_named(task, name), _measure(name, task, value))


def _likely(name: str) -> str:
    """The names that the writer may have meant; all of them where none is near."""
    known = [task.name for task in suite_tasks()]
    return ", ".join(near_names(name, known) or known)


def _measure(name: str, task: SuiteTask, value: object) -> Measure:
    if isinstance(value, Mapping):
        return _with_error(name, task, value)
    return stated(_mean(name, task, value))


def _with_error(name: str, task: SuiteTask, given: Mapping[str, Any]) -> Measure:
    unknown = given.keys() - KEYS
    if unknown or "values" not in given:
        keys = ", ".join(map(str, given))
        raise BadInput("scores_keys", name=name, found=keys, known=", ".join(sorted(KEYS)))
    error, n = given.get("error"), given.get("n")
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or n < 1):
        raise BadInput("scores_n", name=name, value=n)
    mean = _mean(name, task, given["values"])
    return stated(mean, None if error is None else _share(name, error), n)


def _mean(name: str, task: SuiteTask, values: object) -> float:
    metrics = ", ".join(task.metrics)
    if not isinstance(values, list):
        raise BadInput("scores_list", name=name, found=type(values).__name__, metrics=metrics)
    if len(values) != len(task.metrics):
        raise BadInput(
            "scores_count", name=name, found=len(values), wanted=len(task.metrics), metrics=metrics
        )
    return sum(_share(name, value) for value in values) / len(values)


def _share(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput("scores_number", name=name, value=value)
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise BadInput("scores_range", name=name, value=value)
    return float(value)
