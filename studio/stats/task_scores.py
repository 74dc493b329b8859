"""A task's score from its samples: (first metric + second) / 2 per sample or group, subsets weighted by their size.

Samples make parts (a subset as one run measured it), parts make the task; a model's may come from several runs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from studio.core.suite import Cluster, Subset, SuiteTask
from studio.core.totals import Measure, Part, TaskMeasure
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
    return of_parts(task, parts_of(task, samples))


def parts_of(task: SuiteTask, samples: Sequence[SampleScores]) -> list[Part]:
    """The task's subsets that have samples. Raises ValueError for a subset that is not the task's."""
    alone = task.subsets[0].name if len(task.subsets) == 1 else None
    by_subset: dict[str, list[SampleScores]] = {subset.name: [] for subset in task.subsets}
    for sample in samples:
        name = alone or sample.subset
        if name not in by_subset:
            raise ValueError(f"{task.name} has no subset {name!r}: {sorted(by_subset)}")
        by_subset[name].append(sample)
    return [part_of(task.name, name, task.groups, part) for name, part in by_subset.items() if part]


def part_of(task: str, subset: str, by: Cluster, samples: Sequence[SampleScores]) -> Part:
    """One part, of samples that all belong to it; `by` says what their clusters are."""
    units = _grouped(samples) if by == "group_id" else samples
    return Part(
        task=task,
        subset=subset,
        score=_measure(by, units, _mean),
        first=_measure(by, units, lambda unit: unit.first),
        second=_measure(by, units, lambda unit: unit.second),
        units=len(units),
        failed=sum(unit.failed for unit in units),
        clusters=_dialogues(units) if by == "dialogue" else {},
    )


def of_parts(task: SuiteTask, parts: Iterable[Part]) -> TaskMeasure | None:
    """The task's score out of its parts, at most one a subset; None where nothing has both metrics."""
    found = {part.subset: part for part in parts}
    score, first, second = metrics_of(task, found.values())
    if score is None or first is None or second is None:
        return None
    missing = tuple(s.name for s in task.subsets if s.name not in found or found[s.name].score is None)
    clusters = {name: measure for part in found.values() for name, measure in part.clusters.items()}
    return TaskMeasure(task.name, score, first, second, clusters, missing)


def metrics_of(
    task: SuiteTask, parts: Iterable[Part]
) -> tuple[Measure | None, Measure | None, Measure | None]:
    """The task's score, its first and its second metric, each None where nothing has it."""
    found = {part.subset: part for part in parts}
    return (
        _weighted(task, found, lambda part: part.score),
        _weighted(task, found, lambda part: part.first),
        _weighted(task, found, lambda part: part.second),
    )


def of_part(part: Part) -> TaskMeasure | None:
    """The score of a task that no card describes: its one part."""
    if part.score is None or part.first is None or part.second is None:
        return None
    return TaskMeasure(part.task, part.score, part.first, part.second, part.clusters)


def over_subsets(subsets: Sequence[tuple[Subset, Measure]]) -> Measure:
    """Measures of subsets weighted by the sizes of their test sets, as lm-eval's `weight_by_size` does."""
    whole = sum(subset.sizes["test"] for subset, _ in subsets)
    return weighted([(subset.sizes["test"] / whole, measure) for subset, measure in subsets])


def _weighted(
    task: SuiteTask, parts: dict[str, Part], pick: Callable[[Part], Measure | None]
) -> Measure | None:
    present = [(subset, parts[subset.name]) for subset in task.subsets if subset.name in parts]
    scored = [(subset, measure) for subset, part in present if (measure := pick(part)) is not None]
    if not scored:
        return None
    empty = [part for _, part in present if pick(part) is None]
    whole, failed = over_subsets(scored), sum(part.failed for part in empty)
    unscored = sum(part.units for part in empty) - failed
    return replace(whole, unscored=whole.unscored + unscored, failed=whole.failed + failed)


def _mean(unit: SampleScores) -> float | None:
    return None if unit.first is None or unit.second is None else (unit.first + unit.second) / 2


def _grouped(samples: Sequence[SampleScores]) -> list[SampleScores]:
    groups = [sample.cluster for sample in samples]
    first = all_or_nothing([sample.first for sample in samples], groups)
    second = all_or_nothing([sample.second for sample in samples], groups)
    failed = {sample.cluster for sample in samples if sample.failed}
    return [SampleScores(first[group], second[group], group, failed=group in failed) for group in first]


def _measure(by: Cluster, units: Sequence[SampleScores], pick: Pick) -> Measure | None:
    scored = [(value, unit.cluster) for unit in units if (value := pick(unit)) is not None]
    failed = sum(unit.failed and pick(unit) is None for unit in units)
    clusters = None if by == "group_id" else [cluster for _, cluster in scored]
    return measured(
        [value for value, _ in scored], clusters, unscored=len(units) - len(scored) - failed, failed=failed
    )


def _dialogues(units: Sequence[SampleScores]) -> dict[str, Measure]:
    """Three dialogues tell little of a spread, so each is reported by itself."""
    scored = [(unit.cluster, value) for unit in units if (value := _mean(unit)) is not None]
    found = {
        name: measured([value for cluster, value in scored if cluster == name])
        for name in dict.fromkeys(cluster for cluster, _ in scored)
    }
    return {name: measure for name, measure in found.items() if measure is not None}
