"""People beside the best model: per task, skill and category, by EM and by the judge; and how far people agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.core.compare import COMPARE_MARKS, CompareMark
from studio.core.errors import BadInput
from studio.core.gap import ENOUGH, GAP_BYS, LEAST, Ceiling, Gap, GapBy, GapRow, HumanGap
from studio.core.leaderboard import Board, BoardAsked, BoardRow
from studio.core.outcome import Estimate
from studio.core.run import OWNER, Viewer
from studio.core.task import TaskInfo
from studio.metrics.normal import normal_form
from studio.service.beside import Beside, Laying
from studio.service.leaderboard import Leaderboard
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.outlines import has_other_score
from studio.service.views import ALL_TITLE
from studio.stats import gap_to_best, mean_estimate
from studio.stats.best import Pairs
from studio.store import Store
from studio.tasks.mera import suite_task
from studio.texts import LANGS
from studio.texts.board import row_names

MODELS = frozenset({"measured", "imported"})


@dataclass(frozen=True)
class Both:
    """One task's questions that people and a model share: scores of the two, NaN where there is none. `ids` are the
    people's samples; `whole` counts those that people have such a score for, the model or not."""

    people_run: str
    run: str
    ids: NDArray[np.int64]
    scores: Mapping[CompareMark, NDArray[np.float64]]
    clusters: NDArray[np.int64]
    whole: Mapping[CompareMark, int]

    def pairs(self, mark: CompareMark, only: NDArray[np.bool_] | None = None) -> Pairs:
        people, model = self.scores[mark]
        known = ~(np.isnan(people) | np.isnan(model))
        known = known if only is None else known & only
        return Pairs(people[known], model[known], self.clusters[known])

    def share(self, mark: CompareMark) -> float:
        """How much of what people have a score for the model has one for, too."""
        return self.pairs(mark).people.size / self.whole[mark] if self.whole[mark] else 0.0


Found = Mapping[str, Mapping[str, Both]]  # by the key of a model's row and the name of a task


class Gaps:
    """People's rows of a leaderboard against its models."""

    def __init__(self, store: Store, board: Leaderboard, looking: Looking, measures: Measures) -> None:
        self._store, self._board, self._looking = store, board, looking
        self._laying = Laying(store, measures)

    def of(
        self, asked: BoardAsked, viewer: Viewer = OWNER, *, people: str = "", by: Sequence[GapBy] = GAP_BYS
    ) -> HumanGap:
        """The leaderboard's people against its models. `people` is a run of people that somebody chose; without it all
        of the people together who cover most tasks. Raises BadInput: no such suite, no run of people of this id in it.
        """
        board = self._board.board(asked, viewer)
        row = _people_row(board, people)
        if row is None:
            return HumanGap(None, "", (), (), {}, {})
        models = [each for each in board.rows if each.kind in MODELS]
        hidden = {task for run in row.runs for task in self._looking.hidden(run.id, viewer)}
        runs = tuple(run.id for each in (row, *models) for run in each.runs)
        key = ("gap", row.key, tuple(each.key for each in models), asked, tuple(by), frozenset(hidden), runs)
        kept = self._laying.kept((key, stamp := self._laying.stamp(runs)))
        if not isinstance(kept, HumanGap):
            kept = self._counted(board, row, models, frozenset(hidden), by)
            self._laying.keep((key, stamp), kept)
        return kept

    def _counted(
        self, board: Board, row: BoardRow, models: Sequence[BoardRow], hidden: frozenset[str], by: Sequence[GapBy]
    ) -> HumanGap:  # fmt: skip
        infos = self._infos(row)
        tasks = [name for name in row.cells if name in infos and infos[name].name not in hidden]
        found = {
            each.key: {task: both for task in tasks if (both := self._both(row, each, task)) is not None}
            for each in models
        }
        counted = _Counting(found)
        rows = [counted.row("all", "", ALL_TITLE, tasks)] if len(tasks) > 1 else []
        rows += [counted.row("task", task, infos[task].title, [task]) for task in tasks]
        rows += self._skills(counted, tasks, infos) if "skill" in by else []
        told, few = self._categories(row, counted, tasks, infos) if "category" in by else ([], 0)
        named = {lang: row_names(board, lang) for lang in LANGS}
        return HumanGap(
            row.people,
            row.key,
            tuple(each for each in (*rows, *told) if each.by in by),
            tuple(self._ceilings(row, rows, infos)),
            {each.key: {lang: named[lang][each.key] for lang in LANGS} for each in (row, *models)},
            counted.short(),
            tuple(dict.fromkeys(run.people.title for run in row.runs if run.tasks and run.people)),
            tuple(sorted(hidden & {infos[name].name for name in row.cells if name in infos})),
            tuple(task for task in tasks if has_other_score(task)),
            few,
        )

    def _infos(self, row: BoardRow) -> dict[str, TaskInfo]:
        """What is known of the row's tasks, by their names on the leaderboard."""
        found: dict[str, TaskInfo] = {}
        for run in row.runs:
            for info in self._laying.of((run.id,)).infos:
                found.setdefault(_task_name(info), info)
        return found

    def _both(self, people: BoardRow, model: BoardRow, task: str) -> Both | None:
        """What both have of a task; None where they share nothing."""
        parts = [
            (run, other, part)
            for run in _runs(people, task)
            for other in _runs(model, task)
            if len(part := _of_task(self._laying.of((run, other)), task))
        ]
        if not parts:
            return None
        beside = [part for _, _, part in parts]
        shift = np.cumsum([0, *(int(part.clusters.max()) + 1 for part in beside[:-1])])
        whole = [_of_task(self._laying.of((run,)), task) for run in _runs(people, task)]
        return Both(
            parts[0][0],
            parts[0][1],
            np.concatenate([part.ids[0] for part in beside]),
            {
                mark: np.concatenate([getattr(part, mark) for part in beside], axis=1)
                for mark in COMPARE_MARKS
            },
            np.concatenate([part.clusters + by for part, by in zip(beside, shift, strict=True)]),
            {
                mark: sum(int((~np.isnan(getattr(part, mark))).sum()) for part in whole)
                for mark in COMPARE_MARKS
            },
        )

    def _skills(
        self, counted: "_Counting", tasks: Sequence[str], infos: Mapping[str, TaskInfo]
    ) -> list[GapRow]:
        """Skills that the cards name, each over its tasks; in the order of tasks."""
        held: dict[str, list[str]] = {}
        for task in tasks:
            card = suite_task(task)
            for skill in (card.skills if card else ()) or infos[task].skills:
                held.setdefault(skill, []).append(task)
        return [counted.row("skill", skill, {}, its) for skill, its in held.items()]

    def _categories(
        self, row: BoardRow, counted: "_Counting", tasks: Sequence[str], infos: Mapping[str, TaskInfo]
    ) -> tuple[list[GapRow], int]:
        """Categories of each task's questions, and how many had too few."""
        rows, few = [], 0
        for task in tasks:
            inside: dict[str, set[int]] = {}
            for task_id in self._task_ids(row, task):
                for sample, category in self._store.tasks.categories(task_id):
                    inside.setdefault(category, set()).add(sample)
            for category, samples in inside.items():
                found = counted.row("category", task, infos[task].title, [task], category, samples)
                told = found.em is not None or found.js is not None
                rows += [found] if told else []
                few += not told
        return rows, few

    def _task_ids(self, row: BoardRow, task: str) -> set[int]:
        """The database's ids of a task that people answered."""
        return {
            task_id
            for run in _runs(row, task)
            for task_id in self._store.scored.tasks(run)
            if _task_name(self._store.tasks.info(task_id)) == task
        }

    def _ceilings(
        self, row: BoardRow, rows: Sequence[GapRow], infos: Mapping[str, TaskInfo]
    ) -> list[Ceiling]:
        """Where one person was held against the others: and the best model by EM against all of them."""
        people = {task: run.people for run in row.runs for task in run.tasks}
        found = []
        for each in rows:
            told = people.get(each.name) if each.by == "task" else None
            if told is None or told.rest is None or not told.rest.scored or each.em is None:
                continue
            agreed = self._agreed(each.em.people_run, each.em.run, each.name)
            found.append(Ceiling(each.name, infos[each.name].title, told.rest, agreed, each.em.model))
        return found

    def _agreed(self, people_run: str, run: str, task: str) -> Estimate:
        """How often a model's answer is that of people, as Exact Match extracted the two."""
        beside = _of_task(self._laying.of((people_run, run)), task)
        ours, theirs = self._store.scored.extracted(people_run), self._store.scored.extracted(run)
        said = [
            (float(normal_form(ours[mine]) == normal_form(theirs[other])), int(cluster))
            for mine, other, cluster in zip(*beside.ids.tolist(), beside.clusters, strict=True)
            if mine in ours and other in theirs
        ]
        return mean_estimate([each for each, _ in said], clusters=[cluster for _, cluster in said])


class _Counting:
    """Lines of gaps out of what people and models share."""

    def __init__(self, found: Found) -> None:
        self._found = found

    def row(
        self,
        by: GapBy,
        name: str,
        title: Mapping[str, str],
        tasks: Sequence[str],
        category: str = "",
        only: set[int] | None = None,
    ) -> GapRow:
        em, js = (self._gap(mark, tasks, only) for mark in COMPARE_MARKS)
        return GapRow(by, name, title, tuple(tasks), em, js, category)

    def short(self) -> dict[str, float]:
        """Models that are nowhere a candidate, with the greatest share of people's questions that they have."""
        shares = {
            key: max((both.share(mark) for both in mine.values() for mark in COMPARE_MARKS), default=0.0)
            for key, mine in self._found.items()
        }
        return {key: share for key, share in shares.items() if 0 < share < ENOUGH}

    def _gap(self, mark: CompareMark, tasks: Sequence[str], only: set[int] | None) -> Gap | None:
        """People less the best of the models that have enough of every one of these tasks; tasks that no model has
        enough of are left out."""
        enough = {
            key: {task: both for task in tasks if (both := mine.get(task)) and both.share(mark) >= ENOUGH}
            for key, mine in self._found.items()
        }
        covered = [task for task in tasks if any(task in mine for mine in enough.values())]
        models = {
            key: pairs
            for key, mine in enough.items()
            if covered
            and mine.keys() >= set(covered)
            and (pairs := [_some(mine[task], mark, only) for task in covered])
            and all(each.people.size >= (1 if only is None else LEAST) for each in pairs)
        }
        best = gap_to_best(list(models.values()))
        if best is None:
            return None
        key = list(models)[best.place]
        both, pairs = enough[key][covered[0]], models[key]
        people, model = (float(np.mean([side[at].mean() for side in pairs])) for at in (0, 1))
        return Gap(key, both.run, both.people_run, people, model, best.difference, len(models))


def _some(both: Both, mark: CompareMark, only: set[int] | None) -> Pairs:
    return both.pairs(mark, None if only is None else np.isin(both.ids, list(only)))


def _people_row(board: Board, chosen: str) -> BoardRow | None:
    """The row of a chosen run of people, else that of all of them together with the most tasks."""
    rows = [row for row in board.rows if row.kind == "person"]
    if chosen:
        found = next((row for row in rows if any(run.id == chosen for run in row.runs)), None)
        if found is None:
            raise BadInput("gap_no_people", run=chosen)
        return found
    together = [row for row in rows if row.people and row.people.what == "together"]
    return max(together, key=lambda row: len(row.cells), default=None)


def _runs(row: BoardRow, task: str) -> list[str]:
    """The runs of a row that stand for a task."""
    return [run.id for run in row.runs if task in run.tasks]


def _of_task(beside: Beside, task: str) -> Beside:
    places = [place for place, info in enumerate(beside.infos) if _task_name(info) == task]
    return beside.only(np.isin(beside.task, places))


def _task_name(info: TaskInfo) -> str:
    """The name under which the leaderboard knows a task: of a subset that of the whole."""
    card = suite_task(info.name)
    return card.name if card else info.name
