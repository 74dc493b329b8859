"""Runs laid beside each other: the samples that all of them have, as columns, kept while none of the runs changes."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

import studio.store.lines
from studio.core.compare import Aspect, Contrast
from studio.core.task import TaskInfo
from studio.service.kept import Kept, code_of
from studio.service.measures import Measures
from studio.store import Store
from studio.store.lines import MARKS, Lines, Marks

KEPT = 4  # comparisons whose columns stay in memory: 100,000 samples of three runs take 15 MB


@dataclass(frozen=True)
class Beside(Marks):
    """Shared samples in the order of the first run, with their scores. Arrays with two axes have a row for each run.

    `task` is a place in `infos`; `clusters` are numbers, other in every task. `sizes` are the runs' whole numbers of
    samples, `ids` the samples' ids in each run: the same question has another id where its task was read with another
    limit. `numbers` are places in the first run.
    """

    runs: tuple[str, ...]
    infos: tuple[TaskInfo, ...]
    task: NDArray[np.int64]
    clusters: NDArray[np.int64]
    numbers: NDArray[np.int64]
    ids: NDArray[np.int64]
    sizes: tuple[int, ...]

    def __len__(self) -> int:
        return int(self.task.size)

    def only(self, kept: NDArray[np.bool_]) -> "Beside":
        """Some of the samples."""
        return replace(
            self,
            **{name: getattr(self, name)[kept] for name in ("task", "clusters", "numbers")},
            **{name: getattr(self, name)[:, kept] for name in ("ids", *MARKS)},
        )


class Laying:
    """Lays runs beside each other."""

    def __init__(self, store: Store, measures: Measures) -> None:
        self._store = store
        self._measures = measures
        self._parts = Kept(store)
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def of(self, run_ids: tuple[str, ...]) -> Beside:
        """The shared samples of runs."""
        key = ("beside", run_ids, self.stamp(run_ids))
        found = self.kept(key)
        if not isinstance(found, Beside):
            found = self._laid(run_ids)
            self.keep(key, found)
        return found

    def marks(self, found: Beside) -> NDArray[np.int64]:
        """For each run and shared sample a number that is the same where answers say the same; 0: no answer."""
        key = ("marks", found.runs, self.stamp(found.runs))
        marks = self.kept(key)
        if not isinstance(marks, np.ndarray):
            marks = np.zeros(found.ids.shape, dtype=np.int64)
            for row, run_id in enumerate(found.runs):
                samples, known = self._store.columns.marks(run_id)
                if samples.size:
                    order = np.argsort(samples)
                    at = np.searchsorted(samples[order], found.ids[row]).clip(max=samples.size - 1)
                    marks[row] = np.where(samples[order][at] == found.ids[row], known[order][at], 0)
            self.keep(key, marks)
        return marks

    def stamp(self, run_ids: Sequence[str]) -> tuple[int, ...]:
        """Another whenever a sample of one of the runs has changed."""
        return tuple(self._store.memos.changes(run_id) for run_id in run_ids)

    def kept(self, key: Hashable) -> object:
        """What was worked out before under a key that holds the stamp; None: nothing."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: object) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > 4 * KEPT:
                self._kept.popitem(last=False)

    def _laid(self, run_ids: tuple[str, ...]) -> Beside:
        lines = [self._lines(run_id) for run_id in run_ids]
        names = self._named(lines)
        same = self._same(lines, {task_id: info.name for task_id, info in names.items()})
        places = _shared(same)
        ids = np.array([line.sample_ids[at] for line, at in zip(lines, places, strict=True)])
        tasks = lines[0].task_ids[places[0]]
        first = list(dict.fromkeys(tasks.tolist()))
        task, clusters = self._grouped(tasks, ids[0], first)
        pairs = list(zip(lines, places, strict=True))
        return Beside(
            run_ids,
            tuple(names[task_id] for task_id in first),
            task,
            clusters,
            lines[0].numbers[places[0]],
            ids,
            sizes=tuple(int(line.sample_ids.size) for line in lines),
            **{name: np.array([getattr(line, name)[at] for line, at in pairs]) for name in MARKS},
        )

    def _lines(self, run_id: str) -> Lines:
        return self._parts.part(
            run_id,
            "lines",
            code_of(studio.store.lines),
            lambda: self._store.columns.lines(run_id),
            Lines.to_bytes,
            Lines.from_bytes,
        )

    def _named(self, lines: Sequence[Lines]) -> dict[int, TaskInfo]:
        ids: set[int] = set()
        for line in lines:  # a run meets its tasks one after the other: only where they change is looked at
            ids |= set(line.task_ids[np.diff(line.task_ids, prepend=-1) != 0].tolist())
        return {task_id: self._store.tasks.info(task_id) for task_id in ids}

    def _same(self, lines: Sequence[Lines], names: dict[int, str]) -> list[NDArray[np.int64]]:
        """For each run its samples as numbers that are equal for equal questions: the sample's id, or, where runs know
        a task of this name in several contents (another limit, a record added), the first id of the same content."""
        several = {name for name in names.values() if list(names.values()).count(name) > 1}
        if not several:
            return [line.sample_ids for line in lines]
        hashes = self._store.columns.hashes([task_id for task_id, name in names.items() if name in several])
        first: dict[tuple[str, str], int] = {}
        alias = {sample: first.setdefault((names[task], content), sample) for sample, task, content in hashes}
        return [
            np.array([alias.get(sample, sample) for sample in line.sample_ids.tolist()], dtype=np.int64)
            for line in lines
        ]

    def _grouped(
        self, tasks: NDArray[np.int64], ids: NDArray[np.int64], order: Sequence[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The place of each sample's task, and the number of its cluster."""
        task, clusters, number = np.zeros_like(tasks), np.zeros_like(tasks), 0
        for place, task_id in enumerate(order):
            inside = tasks == task_id
            task[inside] = place
            known = self._measures.outline(task_id).clusters
            numbers: dict[str, int] = {}
            clusters[inside] = [
                number + numbers.setdefault(known[sample], len(numbers)) for sample in ids[inside].tolist()
            ]
            number += len(numbers)
        return task, clusters


def _shared(same: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """For each run the places of the samples that all have, in the order of the first."""
    first, *others = same
    if all(np.array_equal(first, other) for other in others):
        return [np.arange(first.size)] * len(same)
    shared = first
    for other in others:
        shared = np.intersect1d(shared, other)
    places = [_places(each, shared) for each in same]
    order = np.argsort(places[0])
    return [each[order] for each in places]


def _places(same: NDArray[np.int64], shared: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each shared sample stands in a run."""
    order = np.argsort(same, kind="stable")
    found: NDArray[np.int64] = order[np.searchsorted(same[order], shared)]
    return found


def chosen(
    found: Beside, contrast: Contrast, task: str, marks: NDArray[np.int64] | None, blind: frozenset[str]
) -> NDArray[np.bool_]:
    """Which shared samples a contrast keeps, of one task or of all; none of the `blind` tasks, whose verdicts (or
    answers) whoever looks may not see."""
    named = np.array([not task or info.name == task for info in found.infos], dtype=bool)
    seen = np.array([info.name not in blind for info in found.infos], dtype=bool)
    kept: NDArray[np.bool_] = named[found.task] if len(found) else np.zeros(0, dtype=bool)
    if not contrast.aspect or not len(found):
        return kept
    values, known = _values(found, contrast.aspect, marks)
    told: NDArray[np.bool_] = kept & seen[found.task] & _holds(values, known, contrast)
    return told


def _values(
    found: Beside, aspect: Aspect, marks: NDArray[np.int64] | None
) -> tuple[NDArray[np.float64] | NDArray[np.int64], NDArray[np.bool_]]:
    """What is compared, and where it is known."""
    if aspect == "answer":
        assert marks is not None
        return marks, marks != 0
    values = found.em if aspect == "em" else found.js
    return values, ~np.isnan(values)


def _holds(
    values: NDArray[np.float64] | NDArray[np.int64], known: NDArray[np.bool_], contrast: Contrast
) -> NDArray[np.bool_]:
    """Of two runs: as asked; of all: some two that are known differ."""
    if contrast.left:
        a, b = values[contrast.left - 1], values[contrast.right - 1]
        both = known[contrast.left - 1] & known[contrast.right - 1]
        tests = {"≠": a != b, "=": a == b, ">": a > b, "<": a < b}
        told: NDArray[np.bool_] = both & tests[contrast.how]
        return told
    differ = np.zeros(values.shape[1], dtype=bool)
    for left in range(len(values)):
        for right in range(left + 1, len(values)):
            differ |= known[left] & known[right] & (values[left] != values[right])
    return differ
