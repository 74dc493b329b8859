"""The scores of a run's tasks by MERA's own rules: groups of ruHHH, slots of RuSLUn, subsets by size, clusters."""

from collections.abc import Iterator, Sequence

from studio.core.errors import TaskError
from studio.core.suite import Subset, SuiteTask
from studio.core.task import Sample
from studio.core.totals import TaskMeasure
from studio.metrics import intent_and_slots
from studio.metrics.slots import Rule
from studio.stats import SampleScores, clusters_of, task_measure
from studio.store import Store
from studio.store.scored import ScoredSample
from studio.tasks.mera import subset_named, suite_task, suite_tasks


def measures_of(store: Store, run_id: str, slots: Rule = "fixed") -> tuple[TaskMeasure, ...]:
    """The run's tasks that are MERA's, in the suite's order; a task of which nothing is scored yet is left out.

    Raises BadInput for an unknown run, TaskError for a record of ruHHH without a group or of ruTiE without a place.
    """
    store.runs.get(run_id)
    found: dict[str, list[SampleScores]] = {}
    for task_id in store.scored.tasks(run_id):
        name = store.tasks.info(task_id).name
        task = suite_task(name)
        if task is not None:
            found.setdefault(task.name, []).extend(
                _of_dataset(store, run_id, task_id, task, subset_named(task, name), slots)
            )
    measured = (task_measure(task, found[task.name]) for task in suite_tasks() if task.name in found)
    return tuple(measure for measure in measured if measure is not None)


def _of_dataset(
    store: Store, run_id: str, task_id: int, task: SuiteTask, subset: Subset | None, slots: Rule
) -> Iterator[SampleScores]:
    """The samples of one dataset of a run: a whole task, or one subset of it."""
    rows = store.scored.samples(run_id, task_id)
    samples = [stored.sample for stored in store.tasks.samples(row.sample_id for row in rows)]
    clusters = clusters_of(task.groups, samples, turns=task.group_size or 1)
    values = _values(store, run_id, task_id, task, list(zip(rows, samples, strict=True)), slots)
    for row, sample, cluster, (first, second) in zip(rows, samples, clusters, values, strict=True):
        yield SampleScores(first, second, cluster, _subset(task, subset, sample), row.failed)


def _subset(task: SuiteTask, subset: Subset | None, sample: Sample) -> str:
    """The sample's subset: its dataset's, or (a whole task in one folder) the one that its domain names."""
    if subset is not None or len(task.subsets) == 1:
        return (subset or task.subsets[0]).name
    domain = sample.categories.get("domain") or sample.categories.get("subdomain") or ""
    named = subset_named(task, f"{task.name}_{domain}")
    if named is None:
        raise TaskError("no_subset", sample=sample.id, task=task.name, found=domain or "—")
    return named.name


def _values(
    store: Store,
    run_id: str,
    task_id: int,
    task: SuiteTask,
    rows: Sequence[tuple[ScoredSample, Sample]],
    slots: Rule,
) -> list[tuple[float | None, float | None]]:
    """The task's two metrics of each sample. Of groups they are made later, of EM and JS."""
    if task.metrics != ("intent_em", "slot_f1"):
        return [(row.em, row.js) for row, _ in rows]
    texts = store.scored.texts(run_id, task_id)
    found: list[tuple[float | None, float | None]] = []
    for row, sample in rows:
        if row.sample_id not in texts:
            found.append((None, None))
            continue
        intent, f1 = intent_and_slots(texts[row.sample_id], sample.gold, slots)
        found.append((intent.value, f1.value))
    return found
