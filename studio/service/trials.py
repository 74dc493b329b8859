"""A run beside the same run that did not see the media: started, found again, compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.core.content import MediaUse
from studio.core.errors import BadInput
from studio.core.outcome import Estimate
from studio.core.run import RunSpec, RunView
from studio.core.task import TaskInfo
from studio.core.trials import MARKS, Mark, Standing, TaskTrial, Trial
from studio.service.catalogue import Shelf
from studio.service.desk import Desk
from studio.service.measures import Measures
from studio.service.views import ALL_TITLE
from studio.stats import change_of, holm, mcnemar, mean_estimate, paired_difference
from studio.store import Store
from studio.store.runs import RunRow
from studio.store.scored import ScoredSample

# What may differ between two runs of one experiment without changing an answer, or is told elsewhere.
_APART = frozenset({"title", "base", "tasks", "limit", "settings", "servers", "key_env"})
_APART_SETTINGS = frozenset({"media", "batch_size", "device", "concurrency"})


TaskKey = tuple[str, str]  # a task's name and where it is from


@dataclass(frozen=True)
class _Line:
    """A sample of one run, and what it shares with others."""

    row: ScoredSample
    cluster: str


@dataclass(frozen=True)
class _Pair:
    """A sample as both runs have it; None: the run does not have it at all."""

    full: ScoredSample | None
    blind: ScoredSample | None
    cluster: str


class Trials:
    """Experiments made of two runs."""

    def __init__(self, store: Store, shelf: Shelf, desk: Desk, measures: Measures) -> None:
        self._store = store
        self._shelf = shelf
        self._desk = desk
        self._measures = measures
        self._infos: dict[TaskKey, TaskInfo] = {}

    def blind_spec(self, base_id: str, media: MediaUse) -> RunSpec:
        """The run's spec but for its media.

        Raises BadInput for a run that no model of ours made, or one that did not see them either.
        """
        row = self._store.runs.get(base_id)
        if row.kind != "model":
            raise BadInput("trial_base_kind", run=base_id)
        if row.spec.settings.media != "sent":
            raise BadInput("trial_base_blind", run=base_id)
        return replace(row.spec, base=base_id, settings=replace(row.spec.settings, media=media))

    def known_blind(self, spec: RunSpec) -> RunView | None:
        """The latest run of this spec beside the same base, whatever became of it."""
        return next((run for run in self._desk.runs() if run.spec == spec), None)

    def known_full(self, spec: RunSpec) -> RunView | None:
        """The latest whole run of the same spec: it need not be made again. Names, suites and paths that lead to the
        same tasks, in any order, are the same."""
        bare, tasks = replace(spec, title="", base="", reuse=False, tasks=()), self._shelf.behind(spec.tasks)
        return next(
            (
                run
                for run in self._desk.runs()
                if run.kind == "model" and replace(run.spec, title="", base="", reuse=False, tasks=()) == bare
                and run.state == "done" and run.planned and run.answered == run.planned
                and (run.spec.tasks == spec.tasks or (tasks and self._shelf.behind(run.spec.tasks) == tasks))
            ),
            None,
        )  # fmt: skip

    def compare(self, run_id: str, base_id: str = "", mark: Mark = "em") -> Trial:
        """Two runs sample by sample. Raises BadInput: unknown run or mark, no run to compare with, both saw the media
        (or neither)."""
        if mark not in MARKS:
            raise BadInput("trial_mark", name=mark, known=", ".join(MARKS))
        blind, full = self._roles(self._store.runs.get(run_id), base_id)
        pairs = self._pairs(full.id, blind.id)
        tasks = [_task_trial(found, self._infos[key], mark) for key, found in pairs.items()]
        corrected = holm([task.p for task in tasks])
        tasks = [replace(task, p_holm=p) for task, p in zip(tasks, corrected, strict=True)]
        total = _trial(
            "", ALL_TITLE, [pair for found in pairs.values() for pair in found], _chance(tasks), mark
        )
        return Trial(
            self._desk.run(full.id), self._desk.run(blind.id), mark, tuple(tasks), total, _mismatches(full, blind)
        )  # fmt: skip

    def _roles(self, row: RunRow, base_id: str) -> tuple[RunRow, RunRow]:
        """(blind, full), whichever of the two was named first."""
        other = self._store.runs.get(base_id or row.spec.base or self._likely_base(row))
        if row.spec.settings.media == "sent":
            row, other = other, row
        if row.spec.settings.media == "sent" or other.spec.settings.media != "sent":
            raise BadInput("trial_not_blind", run=row.id, base=other.id)
        return row, other

    def _likely_base(self, row: RunRow) -> str:
        """The latest run of the same spec that saw the media (or of the one that did not, if this one did)."""
        found = [
            each.id
            for each in self._store.runs.all()
            if each.kind == "model" and each.id != row.id
            and (each.spec.settings.media == "sent") != (row.spec.settings.media == "sent")
            and not _mismatches(each, row) and set(each.spec.tasks) == set(row.spec.tasks)
        ]  # fmt: skip
        if not found:
            raise BadInput("trial_no_base", run=row.id)
        return found[0]

    def _pairs(self, full_id: str, blind_id: str) -> dict[TaskKey, list[_Pair]]:
        """Samples of either run by task, in the full run's order; the same sample is the one of the same content."""
        full, blind = self._lines(full_id), self._lines(blind_id)
        found: dict[TaskKey, list[_Pair]] = {}
        for key in dict.fromkeys([*full, *blind]):
            mine, other = full.get(key, {}), blind.get(key, {})
            found[key] = [
                _Pair(
                    mine[same].row if same in mine else None,
                    other[same].row if same in other else None,
                    (mine.get(same) or other[same]).cluster,
                )
                for same in dict.fromkeys([*mine, *other])
            ]
        return found

    def _lines(self, run_id: str) -> dict[TaskKey, dict[str, _Line]]:
        """A run's samples by task and content."""
        hashes = self._store.scored.hashes(run_id)
        found: dict[TaskKey, dict[str, _Line]] = {}
        for task_id, rows in self._store.scored.samples(run_id):
            outline = self._measures.outline(task_id)
            info, clusters = outline.info, outline.clusters
            self._infos[info.name, info.source] = info
            lines = found.setdefault((info.name, info.source), {})
            for row in rows:
                cluster = f"{info.name}/{clusters.get(row.sample_id, row.sample_id)}"
                lines[hashes[row.sample_id]] = _Line(row, cluster)
        return found


def _chance(tasks: Sequence[TaskTrial]) -> float | None:
    """The share that guessing gets over all tasks; None where it is not known of one."""
    known = [(task.chance, task.full.scored) for task in tasks if task.full.scored]
    if not known or any(level is None for level, _ in known):
        return None
    return sum((level or 0.0) * n for level, n in known) / sum(n for _, n in known)


def _task_trial(pairs: Sequence[_Pair], info: TaskInfo, mark: Mark) -> TaskTrial:
    return _trial(info.name, info.title, pairs, info.chance, mark)


def _trial(
    task: str, title: Mapping[str, str], pairs: Sequence[_Pair], chance: float | None, mark: Mark
) -> TaskTrial:
    scored = [
        (a, b, pair.cluster)
        for pair in pairs
        if (a := _value(pair.full, mark)) is not None and (b := _value(pair.blind, mark)) is not None
    ]
    first, second = [a for a, _, _ in scored], [b for _, b, _ in scored]
    clusters = [cluster for _, _, cluster in scored]
    change = change_of(first, second)
    blind = _estimate(second, clusters, [pair.blind for pair in pairs], mark)
    return TaskTrial(
        task=task,
        title=title,
        full=_estimate(first, clusters, [pair.full for pair in pairs], mark),
        blind=blind,
        difference=paired_difference(first, second, clusters),
        change=change if scored and mark != "final" else None,
        p=mcnemar(change.lost, change.gained) if change and scored and mark != "final" else None,
        p_holm=None,
        chance=chance,
        standing=_standing(blind, chance),
        left_out=len(pairs) - len(scored),
    )


def _value(row: ScoredSample | None, mark: Mark) -> float | None:
    if row is None or not row.finished:
        return None
    if mark == "final":
        return None if row.em is None or row.js is None else (row.em + row.js) / 2
    return row.em if mark == "em" else row.js


def _estimate(
    values: Sequence[float], clusters: Sequence[str], rows: Sequence[ScoredSample | None], mark: Mark
) -> Estimate:
    there = [row for row in rows if row is not None]
    failed = sum(row.failed for row in there)
    unscored = sum(_is_unscored(row, mark) for row in there)
    return mean_estimate(values, unscored, failed, clusters)


def _is_unscored(row: ScoredSample, mark: Mark) -> bool:
    """Answered, and yet without this score for good: what the judge has not reached yet is not counted."""
    status = row.em_status if mark == "em" else row.js_status
    return row.state == "answered" and status is not None and _value(row, mark) is None


def _standing(estimate: Estimate, chance: float | None) -> Standing | None:
    if chance is None or estimate.low is None or estimate.high is None:
        return None
    if estimate.low > chance:
        return "above"
    return "below" if estimate.high < chance else "at"


def _mismatches(full: RunRow, blind: RunRow) -> tuple[str, ...]:
    """Names of what differs besides the media: numbers so compared say more than what seeing is worth."""
    one, other = full.spec.to_json(), blind.spec.to_json()
    names = _differing(one, other, _APART) + _differing(one["settings"], other["settings"], _APART_SETTINGS)
    opened = (("model_revision", full.revision, blind.revision), ("judge_revision", full.judge, blind.judge))
    return tuple(names + [name for name, a, b in opened if a and b and a != b])


def _differing(one: Mapping[str, Any], other: Mapping[str, Any], apart: frozenset[str]) -> list[str]:
    return [key for key in one if key not in apart and one[key] != other.get(key)]
