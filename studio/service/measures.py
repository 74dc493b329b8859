"""The scores of a run by MERA's own rules: groups of ruHHH, slots of RuSLUn, subsets by size, clusters.

Every mean that a page or a command shows comes from here, so that a number is the same wherever it stands.
"""

import json
import logging
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from studio.core.errors import BadInput, StoreError, StudioError, TaskError
from studio.core.measures import DatasetMeasure, RunMeasure
from studio.core.outcome import Estimate
from studio.core.totals import Measure, Part, TaskMeasure
from studio.metrics import intent_and_slots
from studio.metrics.slots import Rule
from studio.service import memo
from studio.service.outlines import Outline, Outlines, measuring_code, of_slots
from studio.stats import (
    SampleScores,
    final_estimate,
    mean_estimate,
    metrics_of,
    of_part,
    of_parts,
    part_of,
    parts_of,
)
from studio.store import Store
from studio.store.runs import RunRow
from studio.store.scored import ScoredSample
from studio.tasks.mera import suite_task, suite_tasks

log = logging.getLogger("studio.measures")

# While a model is at work its means are worked out anew, but never for more than a tenth of the time.
PATIENCE = 10
METRICS = ("em", "js")


@dataclass(frozen=True)
class Known:
    """A run's measures as they were worked out, at what stamp, when and for how long (seconds)."""

    stamp: str
    found: RunMeasure
    at: float
    took: float


class Measures:
    """Works out runs' measures, and remembers them until a sample changes."""

    def __init__(self, store: Store, *, worth_keeping_s: float = 0.05) -> None:
        """What is worked out in less than `worth_keeping_s` is sooner worked out again than written down."""
        self._store = store
        self._worth_keeping_s = worth_keeping_s
        self._known: dict[str, Known] = {}
        self._outlines = Outlines(store, worth_keeping_s=worth_keeping_s)

    def of(self, row: RunRow) -> RunMeasure:
        """The run's measures. Of a run that goes on they may be a moment old."""
        stamp = f"{measuring_code()}:{self._store.memos.changes(row.id)}"
        known = self._known.get(row.id)
        going = row.state in {"running", "queued"}
        if known and (
            known.stamp == stamp or (going and time.monotonic() - known.at < PATIENCE * known.took)
        ):
            return known.found
        kept = self._store.memos.get(row.id, stamp)
        start = time.monotonic()
        found = memo.from_json(json.loads(kept)) if kept else self.work_out(row.id)
        took = time.monotonic() - start
        self._known[row.id] = Known(stamp, found, time.monotonic(), took)
        if not kept and not going and took >= self._worth_keeping_s:
            self._keep(row.id, stamp, found)
        return found

    def warm(self, stopped: Callable[[], bool]) -> None:
        """Works out the runs that rest and are not remembered, newest first: after an update that may be all of them,
        and nobody should wait for that at a page."""
        for row in self._store.runs.all():
            if stopped():
                return
            if row.state in {"running", "queued"}:
                continue
            try:
                self.of(row)
            except StudioError as error:
                # A run deleted meanwhile, a busy file: whoever asks for it will be told.
                log.info("measures of %s: %s", row.id, error)

    def forget(self, run_id: str) -> None:
        self._known.pop(run_id, None)

    def work_out(self, run_id: str, slots: Rule = "fixed") -> RunMeasure:
        """The run's measures out of its samples."""
        datasets, total, clusters = [], _Lines(), 0
        for task_id, rows in self._store.scored.samples(run_id):
            outline, names = self.outline(task_id), dict[str | int, int]()
            own = _Lines()
            for row in rows:
                name = outline.clusters.get(row.sample_id, row.sample_id)
                cluster = names.setdefault(name, clusters + len(names))
                own.add(row, cluster)
                total.add(row, cluster)
            clusters += len(names)
            datasets.append(self._dataset(run_id, outline, task_id, rows, own, slots))
        return RunMeasure(tuple(datasets), *total.estimates())

    def _dataset(
        self, run_id: str, outline: Outline, task_id: int, rows: Sequence[ScoredSample], lines: "_Lines", slots: Rule
    ) -> DatasetMeasure:  # fmt: skip
        parts: Sequence[Part] = ()
        error = outline.error
        try:
            if error is None:
                parts = self._parts(run_id, outline, task_id, rows, slots)
        except TaskError as caught:
            error = caught
        return DatasetMeasure(
            task_id,
            outline.info.name,
            outline.card.name if outline.card else outline.info.name,
            len(rows),
            sum(row.finished for row in rows),
            *lines.estimates(),
            tuple(parts),
            error.problem if error else None,
        )

    def _parts(
        self, run_id: str, outline: Outline, task_id: int, rows: Sequence[ScoredSample], slots: Rule
    ) -> list[Part]:
        if outline.crossed:
            return []
        finished = [row for row in rows if row.finished]
        values = self._values(run_id, outline, task_id, finished, slots)
        scores = [
            SampleScores(
                first,
                second,
                outline.clusters[row.sample_id],
                outline.subsets.get(row.sample_id, ""),
                row.failed,
            )
            for row, (first, second) in zip(finished, values, strict=True)
        ]
        if outline.card:
            return parts_of(outline.card, scores)
        return [part_of(outline.info.name, "", "medium", scores)]

    def _values(
        self, run_id: str, outline: Outline, task_id: int, rows: Sequence[ScoredSample], slots: Rule
    ) -> Iterator[tuple[float | None, float | None]]:
        """The task's two metrics of each sample. Of groups they are made later, of EM and JS."""
        if not of_slots(outline.card):
            yield from ((row.em, row.js) for row in rows)
            return
        texts = self._store.scored.texts(run_id, task_id)
        for row in rows:
            if row.sample_id not in texts:
                yield None, None
                continue
            gold = outline.golds[row.sample_id]
            intent, f1 = intent_and_slots(texts[row.sample_id], gold, slots)
            yield intent.value, f1.value

    def outline(self, task_id: int) -> Outline:
        """What scores need to know of a task's samples."""
        return self._outlines.of(task_id)

    def clusters(self, task_id: int, sample_ids: Sequence[int]) -> dict[int, str]:
        """What some of a task's samples share with each other, by sample id."""
        return self._outlines.clusters(task_id, sample_ids)

    def _keep(self, run_id: str, stamp: str, found: RunMeasure) -> None:
        with suppress(StoreError):  # a full or a busy disk costs the next reader a moment, no more
            self._store.memos.keep(run_id, stamp, json.dumps(memo.to_json(found)))


def measures_of(store: Store, run_id: str, slots: Rule = "fixed") -> tuple[TaskMeasure, ...]:
    """The run's tasks that are MERA's, in the suite's order; a task of which nothing is scored yet is left out.

    Raises BadInput for an unknown run and for a crossed one, whose questions are some of the task's, each put in every
    prompt; TaskError for a record of ruHHH without a group or of ruTiE without a place.
    """
    if store.runs.get(run_id).spec.crossed:
        raise BadInput("measures_crossed", run=run_id)
    datasets = Measures(store).work_out(run_id, slots).datasets
    for dataset in datasets:
        if dataset.problem:
            raise TaskError(dataset.problem.code, **dataset.problem.values)
    measured = (task_of(task.name, datasets) for task in suite_tasks())
    return tuple(measure for measure in measured if measure is not None)


def task_of(task: str, datasets: Iterable[DatasetMeasure]) -> TaskMeasure | None:
    """A task's score out of datasets, of one run or of several; None where nothing of it is scored."""
    parts = [part for dataset in datasets if dataset.task == task for part in dataset.parts]
    card = suite_task(task)
    if card is not None:
        return of_parts(card, parts)
    return of_part(parts[0]) if parts else None


def scores_of_dataset(dataset: DatasetMeasure) -> tuple[tuple[str, str], Estimate, Estimate, Estimate]:
    """The names of a dataset's two metrics, the two, and their mean, as its task's card says: by groups, by slots, by
    subsets. Of a task without a card: EM and JS of its samples."""
    card = suite_task(dataset.task)
    if card is None or dataset.problem or not dataset.parts:
        return METRICS, dataset.em, dataset.js, dataset.final
    score, first, second = metrics_of(card, dataset.parts)
    by_sample = card.metrics == METRICS
    pairs = ((first, dataset.em), (second, dataset.js), (score, dataset.final))
    em, js, final = (_estimate(measure, sampled, by_sample) for measure, sampled in pairs)
    return card.metrics, em, js, final


def _estimate(measure: Measure | None, sampled: Estimate, by_sample: bool) -> Estimate:
    """What the task's metric says; counts of samples where samples are its units."""
    if measure is None:
        return sampled if by_sample else Estimate(None, None, None, 0, sampled.unscored, sampled.failed)
    beside = sampled if by_sample else measure
    return Estimate(measure.mean, measure.low, measure.high, measure.n or 0, beside.unscored, beside.failed)


class _Lines:
    """Scores of samples with the number of each one's cluster, as bare numbers: a run has a hundred thousand."""

    def __init__(self) -> None:
        self._em, self._em_in = array("d"), array("q")
        self._js, self._js_in = array("d"), array("q")
        self._both_em, self._both_js, self._both_in = array("d"), array("d"), array("q")
        self._failed = self._no_em = self._no_js = self._neither = 0

    def add(self, row: ScoredSample, cluster: int) -> None:
        if row.em is not None:
            self._em.append(row.em)
            self._em_in.append(cluster)
        if row.js is not None:
            self._js.append(row.js)
            self._js_in.append(cluster)
        if row.em is not None and row.js is not None:
            self._both_em.append(row.em)
            self._both_js.append(row.js)
            self._both_in.append(cluster)
        if row.state == "answered":
            self._no_em += row.em_status == "unscored"
            self._no_js += row.js_status == "unscored"
            self._neither += row.js_status is not None and (row.em is None or row.js is None)
        self._failed += row.failed

    def estimates(self) -> tuple[Estimate, Estimate, Estimate]:
        """EM, JS and their mean over samples; what the judge has not reached yet is in none of the counts."""
        return (
            mean_estimate(self._em, self._no_em, self._failed, self._em_in),
            mean_estimate(self._js, self._no_js, self._failed, self._js_in),
            final_estimate(self._both_em, self._both_js, self._neither, self._failed, self._both_in),
        )
