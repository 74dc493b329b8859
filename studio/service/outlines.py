"""What the scores of a task's samples need to know of them: what they share, their subsets, gold where it is compared.

It is told once and kept in the database too: of a hundred thousand samples telling it takes seconds, and every page
with an error or an interval would wait for that after a start.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import studio.core.crossing
import studio.core.measures
import studio.core.outcome
import studio.core.totals
import studio.metrics.slots
import studio.stats
import studio.tasks.mera
from studio.core.crossing import item_of
from studio.core.errors import Problem, StoreError, TaskError
from studio.core.suite import Subset, SuiteTask
from studio.core.task import Gold, Sample, TaskInfo, digest, file_digest
from studio.service import memo
from studio.stats import clusters_of
from studio.store import Store
from studio.tasks.mera import subset_named, suite_task

TASKS_REMEMBERED = 64


@dataclass(frozen=True)
class Outline:
    """What the scores of a task's samples need to know of them, by sample id: of gold, where intents and slots are
    compared with it, and of subsets, where the task has any. The prompts of one question are one cluster. `error`: why
    it cannot be told. It is remembered, and the samples themselves are not: those of a hundred thousand would be
    200 MB."""

    info: TaskInfo
    card: SuiteTask | None
    golds: Mapping[int, Gold | None]
    clusters: Mapping[int, str]
    subsets: Mapping[int, str]
    error: TaskError | None
    crossed: bool = False  # each question in every prompt: no score of the task is made of them


class Outlines:
    """Outlines of stored tasks, which never change; what another version of the code has kept is told anew."""

    def __init__(self, store: Store, *, worth_keeping_s: float) -> None:
        """What is told in less than `worth_keeping_s` is sooner told again than written down."""
        self._store = store
        self._worth_keeping_s = worth_keeping_s
        self._known: OrderedDict[int, Outline] = OrderedDict()

    def of(self, task_id: int) -> Outline:
        found = self._known.get(task_id)
        if found is None:
            found = self._known[task_id] = self._kept(task_id) or self._told(task_id)
            if len(self._known) > TASKS_REMEMBERED:
                self._known.popitem(last=False)
        return found

    def clusters(self, task_id: int, sample_ids: Sequence[int]) -> dict[int, str]:
        """What some of a task's samples share with each other, by sample id; a task is not told whole for a few of its
        samples, unless the place in a dialogue has to be counted."""
        card = suite_task(self._store.tasks.info(task_id).name)
        whole = task_id in self._known or (card and card.groups == "dialogue")
        if whole or self._store.memos.has_task(task_id, measuring_code()):
            known = self.of(task_id).clusters
            return {sample_id: known[sample_id] for sample_id in sample_ids}
        samples = self._store.tasks.some_outlines(sample_ids)
        try:
            names = clusters_of(card.groups if card else "medium", list(map(_as_item, samples.values())))
        except TaskError:
            names = clusters_of("medium", list(samples.values()))
        return dict(zip(samples, names, strict=True))

    def _told(self, task_id: int) -> Outline:
        start = time.monotonic()
        found = _outlined(self._store, task_id)
        if time.monotonic() - start >= self._worth_keeping_s:
            with suppress(StoreError):  # a full or a busy disk costs the next reader a moment, no more
                self._store.memos.keep_task(task_id, measuring_code(), json.dumps(_to_json(found)))
        return found

    def _kept(self, task_id: int) -> Outline | None:
        kept = self._store.memos.of_task(task_id, measuring_code())
        if kept is None:
            return None
        data = json.loads(kept)
        info = self._store.tasks.info(task_id)
        card, ids = suite_task(info.name), self._store.tasks.sample_ids(task_id)
        clusters = dict(zip(ids, data["clusters"], strict=True))
        subsets = dict(zip(ids, data["subsets"], strict=bool(data["subsets"])))
        problem = Problem.from_json(data["problem"]) if data["problem"] else None
        error = TaskError(problem.code, **problem.values) if problem else None
        golds, crossed = _golds(self._store, task_id, card), self._store.tasks.is_crossed(task_id)
        return Outline(info, card, golds, clusters, subsets, error, crossed)


def _to_json(outline: Outline) -> dict[str, object]:
    """Clusters and subsets in the order of the samples' ids."""
    return {
        "clusters": [outline.clusters[sample_id] for sample_id in sorted(outline.clusters)],
        "subsets": [outline.subsets[sample_id] for sample_id in sorted(outline.subsets)],
        "problem": outline.error.problem.to_json() if outline.error else None,
    }


def _outlined(store: Store, task_id: int) -> Outline:
    def samples() -> Iterator[Sample]:
        ids.clear()
        for sample_id, sample in store.tasks.outlines(task_id):
            ids.append(sample_id)
            yield _as_item(sample)

    ids: list[int] = []
    info, crossed = store.tasks.info(task_id), store.tasks.is_crossed(task_id)
    card = suite_task(info.name)
    error, subsets = None, None
    try:
        names = clusters_of(
            card.groups if card else "medium", samples(), turns=(card and card.group_size) or 1
        )
        if card and not crossed:
            subsets = _subsets(card, subset_named(card, info.name), samples())
    except TaskError as caught:
        names, error = clusters_of("medium", samples()), caught
    clusters = dict(zip(ids, names, strict=True))
    told = dict(zip(ids, subsets or (), strict=bool(subsets)))
    return Outline(info, card, _golds(store, task_id, card), clusters, told, error, crossed)


def _as_item(sample: Sample) -> Sample:
    """A sample of a crossed run under the id of its question, which all of its prompts share."""
    item = item_of(sample.meta)
    return sample if item is None else replace(sample, id=item)


def _golds(store: Store, task_id: int, card: SuiteTask | None) -> dict[int, Gold | None]:
    return {each: sample.gold for each, sample in store.tasks.outlines(task_id)} if of_slots(card) else {}


def of_slots(card: SuiteTask | None) -> bool:
    """Whether a task's answers are compared with gold by intents and slots."""
    return card is not None and card.metrics == ("intent_em", "slot_f1")


def has_other_score(task: str) -> bool:
    """Whether a task's score is made of other metrics than the EM and JS of its samples."""
    card = suite_task(task)
    return card is not None and card.metrics != ("em", "js")


def _subsets(task: SuiteTask, subset: Subset | None, samples: Iterable[Sample]) -> list[str]:
    """The subset of each sample: its dataset's, or (a whole task in one folder) the one that its domain names."""
    if subset is not None or len(task.subsets) == 1:
        return [(subset or task.subsets[0]).name for _ in samples]
    known: dict[str, str] = {}
    found = []
    for sample in samples:
        domain = _domain(sample)
        if domain in known:
            found.append(known[domain])
            continue
        named = subset_named(task, f"{task.name}_{domain}")
        if named is None:
            raise TaskError("no_subset", sample=sample.id, task=task.name, found=domain or "—")
        known[domain] = named.name
        found.append(named.name)
    return found


def _domain(sample: Sample) -> str:
    return sample.categories.get("domain") or sample.categories.get("subdomain") or ""


@cache
def measuring_code() -> str:
    """A digest of all that decides measures and how they are kept (code, values, cards): another version's are not
    taken for ours."""
    rooms = [
        Path(studio.stats.__file__).parent.glob("*.py"),
        Path(studio.tasks.mera.__file__).parent.glob("*.toml"),
    ]
    modules = [
        studio.metrics.slots, studio.core.crossing, studio.core.measures, studio.core.outcome, studio.core.totals, memo,
    ]  # fmt: skip
    files = [
        *(path for room in rooms for path in room),
        *(Path(str(each.__file__)) for each in modules),
        Path(__file__),
        Path(__file__).with_name("measures.py"),
    ]
    return digest([file_digest(path) for path in sorted(files)])[:16]
