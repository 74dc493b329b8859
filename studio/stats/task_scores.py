"""A task's score from its samples: (first metric + second) / 2 per sample or group, subsets weighted by their size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studio.core.suite import Subset, SuiteTask
from studio.core.totals import Measure, TaskMeasure
from studio.stats.groups import all_or_nothing
from studio.stats.measures import measured, weighted


@dataclass(frozen=True)
class SampleScores:
    """A sample as its task's score sees it: the values of the task's two metrics, None where there is no verdict.

    `cluster` is what it shares with others (see `groups.clusters_of`), `subset` the name of its domain (of no
    consequence in a task that has one only). `failed`: there was no answer.
    """

    first: float | None
    second: float | None
    cluster: str
    subset: str = ""
    failed: bool = False


Pick = Callable[[SampleScores], float | None]


def task_measure(task: SuiteTask, samples: Sequence[SampleScores]) -> TaskMeasure | None:
    """The task's score, None where no sample has both metrics. Raises ValueError for a subset that is not the task's.

    A subset of which nothing is scored is named in `missing`, and the others keep their proportions. Groups
    (ruHHH) are all-or-nothing: the unit of the mean is the group, and groups are independent of one another.
    """
    parts = _by_subset(task, samples)
    score = _over_subsets(task, parts, _mean)
    first, second = (
        _over_subsets(task, parts, lambda unit: unit.first),
        _over_subsets(task, parts, lambda unit: unit.second),
    )
    if score is None or first is None or second is None:
        return None
    missing = tuple(
        subset.name for subset in task.subsets if _measure(task, parts[subset.name], _mean) is None
    )
    return TaskMeasure(task.name, score, first, second, _dialogues(task, parts), missing)


def over_subsets(subsets: Sequence[tuple[Subset, Measure]]) -> Measure:
    """Measures of subsets weighted by the sizes of their test sets, as lm-eval's `weight_by_size` does."""
    whole = sum(subset.sizes["test"] for subset, _ in subsets)
    return weighted([(subset.sizes["test"] / whole, measure) for subset, measure in subsets])


def _mean(unit: SampleScores) -> float | None:
    return None if unit.first is None or unit.second is None else (unit.first + unit.second) / 2


def _by_subset(task: SuiteTask, samples: Sequence[SampleScores]) -> dict[str, list[SampleScores]]:
    """The units of each subset: its samples, or their groups."""
    alone = task.subsets[0].name if len(task.subsets) == 1 else None
    parts: dict[str, list[SampleScores]] = {subset.name: [] for subset in task.subsets}
    for sample in samples:
        name = alone or sample.subset
        if name not in parts:
            raise ValueError(f"{task.name} has no subset {name!r}: {sorted(parts)}")
        parts[name].append(sample)
    return {name: _grouped(part) if task.groups == "group_id" else part for name, part in parts.items()}


def _grouped(samples: Sequence[SampleScores]) -> list[SampleScores]:
    groups = [sample.cluster for sample in samples]
    first = all_or_nothing([sample.first for sample in samples], groups)
    second = all_or_nothing([sample.second for sample in samples], groups)
    failed = {sample.cluster for sample in samples if sample.failed}
    return [SampleScores(first[group], second[group], group, failed=group in failed) for group in first]


def _over_subsets(task: SuiteTask, parts: dict[str, list[SampleScores]], pick: Pick) -> Measure | None:
    found = [(subset, _measure(task, parts[subset.name], pick)) for subset in task.subsets]
    scored = [(subset, measure) for subset, measure in found if measure is not None]
    if not scored:
        return None
    empty = [unit for subset, measure in found if measure is None for unit in parts[subset.name]]
    whole = over_subsets(scored)
    failed = sum(unit.failed for unit in empty)
    return replace(whole, unscored=whole.unscored + len(empty) - failed, failed=whole.failed + failed)


def _measure(task: SuiteTask, units: Sequence[SampleScores], pick: Pick) -> Measure | None:
    scored = [(value, unit.cluster) for unit in units if (value := pick(unit)) is not None]
    failed = sum(unit.failed and pick(unit) is None for unit in units)
    clusters = None if task.groups == "group_id" else [cluster for _, cluster in scored]
    return measured(
        [value for value, _ in scored], clusters, unscored=len(units) - len(scored) - failed, failed=failed
    )


def _dialogues(task: SuiteTask, parts: dict[str, list[SampleScores]]) -> dict[str, Measure]:
    """Three dialogues tell little of a spread, so each is reported by itself."""
    if task.groups != "dialogue":
        return {}
    units = [unit for part in parts.values() for unit in part]
    scored = [(unit.cluster, value) for unit in units if (value := _mean(unit)) is not None]
    found = {
        name: measured([value for cluster, value in scored if cluster == name])
        for name in dict.fromkeys(cluster for cluster, _ in scored)
    }
    return {name: measure for name, measure in found.items() if measure is not None}
