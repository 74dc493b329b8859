"""Runs compared on the samples that all of them have, and such samples one at a time with every run's answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from studio.core.compare import (
    COMPARE_MARKS,
    MOST_BESIDE,
    Comparison,
    Contrast,
    Duel,
    PairDuel,
    SampleBeside,
    TaskBeside,
)
from studio.core.errors import BadInput
from studio.core.outcome import Estimate
from studio.core.run import OWNER, RunView, SampleFilter, Viewer
from studio.service.beside import Beside, Laying, chosen
from studio.service.cards import Cards
from studio.service.desk import Desk
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.outlines import has_other_score
from studio.service.scorers import label_of
from studio.service.views import ALL_TITLE
from studio.stats import corrected, duel, mean_estimate
from studio.store import Store
from studio.store.runs import RunRow

NOBODY: frozenset[str] = frozenset()
# Settings that change no answer, or that are told by the runs themselves.
_APART = frozenset({"batch_size", "device", "concurrency", "load"})


class Comparing:
    """Several runs side by side. Nothing here tells gold, a verdict or an answer that whoever looks may not see: tasks
    whose gold is hidden from them are left out of every count."""

    def __init__(self, store: Store, desk: Desk, looking: Looking, cards: Cards, measures: Measures) -> None:
        self._store = store
        self._desk = desk
        self._looking = looking
        self._cards = cards
        self._laying = Laying(store, measures)

    def compare(
        self, run_ids: Sequence[str], base: str = "", viewer: Viewer = OWNER, *, where: str = ""
    ) -> Comparison:
        """Every pair of runs (with `base`: each other run against this one), per task and in all; over what a filter
        leaves of the first run, where one is given.

        Raises BadInput: an unknown run, fewer than two or more than six of them, a base that is none of them;
        QueryError: a filter that cannot be read; NotAllowed: a person's run that goes on in this browser, a filter by
        what the viewer may not see.
        """
        runs, hidden = self._asked(run_ids, viewer)
        if base and base not in runs:
            raise BadInput("compare_base", run=base)
        found = self._laying.of(runs)
        left = self._left(found, where, viewer)
        key = (
            "table",
            runs,
            base,
            hidden,
            self._laying.stamp(runs),
            None if left is None else left.tobytes(),
        )
        table = self._laying.kept(key)
        if not isinstance(table, tuple):
            table = _table(found if left is None else found.only(left), _pairs(runs, base), hidden)
            self._laying.keep(key, table)
        tasks, total = table
        rows = [self._store.runs.get(run_id) for run_id in runs]
        return Comparison(
            tuple(self._desk.run(run_id) for run_id in runs),
            len(found) if left is None else int(left.sum()),
            tuple(size - len(found) for size in found.sizes),
            tasks,
            total,
            _differing({run.id: self._settings(run) for run in rows}),
            tuple(info.name for info in found.infos if info.name in hidden),
            tuple(
                info.name for info in found.infos if info.name not in hidden and has_other_score(info.name)
            ),
        )

    def count(
        self, run_ids: Sequence[str], contrast: Contrast, task: str = "", viewer: Viewer = OWNER, *,
        where: str = "",
    ) -> int:  # fmt: skip
        """How many shared samples a contrast keeps. Raises as `compare`."""
        return int(self._kept(run_ids, contrast, task, where, viewer)[1].sum())

    def numbers(
        self, run_ids: Sequence[str], contrast: Contrast, task: str = "", viewer: Viewer = OWNER, *,
        where: str = "",
    ) -> list[int]:  # fmt: skip
        """The ids, in the first run, of the shared samples that a contrast keeps, in its order. Raises as `compare`."""
        found, kept = self._kept(run_ids, contrast, task, where, viewer)
        return [int(sample) for sample in found.ids[0][kept]]

    def sample(
        self,
        run_ids: Sequence[str],
        sample_id: int | None = None,
        contrast: Contrast = Contrast(),  # noqa: B008 (frozen)
        task: str = "",
        viewer: Viewer = OWNER,
        *,
        where: str = "",
        keep: bool = False,
    ) -> SampleBeside | None:
        """One shared sample with every run's answer; by default the first that the contrast keeps, and with `keep` also
        in place of one that it leaves out. None: it keeps none. `sample_id` is that of the first run.

        Raises BadInput for a sample that the runs do not share; NotAllowed as `compare`.
        """
        found, kept = self._kept(run_ids, contrast, task, where, viewer)
        places = np.flatnonzero(kept)
        at = self._place(found, sample_id) if sample_id is not None else None
        if at is None or (keep and not kept[at]):
            if not places.size:
                return None
            after = places[places >= at] if at is not None else places
            at = int(after[0] if after.size else places[-1])
        before, inside = int(np.searchsorted(places, at)), bool(kept[at])
        following = before + 1 if inside else before
        ids = found.ids[0]
        return SampleBeside(
            int(ids[at]),
            tuple(
                self._cards.card(run_id, int(found.ids[row][at]), viewer)
                for row, run_id in enumerate(found.runs)
            ),
            before if inside else None,
            int(places.size),
            int(ids[places[before - 1]]) if before else None,
            int(ids[places[following]]) if following < places.size else None,
        )

    def candidates(self, run_ids: Sequence[str], viewer: Viewer = OWNER) -> list[tuple[RunView, int]]:
        """Runs that may stand beside these, those with the most tasks in common first, each with how many it has; all
        of them where none is chosen yet."""
        runs = [self._looking.veiled(run, viewer) for run in self._desk.runs()]
        mine = [set(run.tasks) for run in runs if run.id in run_ids]
        shared = set.intersection(*mine) if mine else set()
        others = [run for run in runs if run.id not in run_ids and run.answered]
        others = [run for run in others if not self._looking.is_veiled(run, viewer)]
        if mine:  # questions in every prompt are other samples than the same questions in one
            crossed = any(run.spec.crossed for run in runs if run.id in run_ids)
            others = [run for run in others if bool(run.spec.crossed) == crossed]
        counted = [(run, len(shared.intersection(run.tasks)) if mine else len(run.tasks)) for run in others]
        return sorted([each for each in counted if each[1]], key=lambda each: -each[1])

    def _asked(self, run_ids: Sequence[str], viewer: Viewer) -> tuple[tuple[str, ...], frozenset[str]]:
        """The runs, each once, and the tasks whose gold is not this viewer's to see."""
        runs = tuple(dict.fromkeys(run_ids))
        for run_id in runs:
            self._store.runs.get(run_id)
        if not 2 <= len(runs) <= MOST_BESIDE:
            raise BadInput("compare_number", n=len(runs), most=MOST_BESIDE)
        self._looking.refuse_annotated(runs, viewer)
        return runs, frozenset().union(*(self._looking.hidden(run_id, viewer) for run_id in runs))

    def _kept(
        self, run_ids: Sequence[str], contrast: Contrast, task: str, where: str, viewer: Viewer
    ) -> tuple[Beside, NDArray[np.bool_]]:
        runs, hidden = self._asked(run_ids, viewer)
        found = self._laying.of(runs)
        marks = self._laying.marks(found) if contrast.aspect == "answer" else None
        blind = hidden if contrast.aspect != "answer" else frozenset(self._cards.hidden_tasks(viewer))
        key = ("kept", runs, contrast, task, blind, self._laying.stamp(runs))
        kept = self._laying.kept(key)
        if not isinstance(kept, np.ndarray):
            kept = chosen(found, contrast, task, marks, blind)
            self._laying.keep(key, kept)
        left = self._left(found, where, viewer)
        return found, kept if left is None else kept & left

    def _left(self, found: Beside, where: str, viewer: Viewer) -> NDArray[np.bool_] | None:
        """Which shared samples a filter leaves in the first run; None: there is no filter."""
        if not where.strip():
            return None
        run, asked = found.runs[0], SampleFilter(where=where)
        numbers = self._store.queues.numbers(run, asked, self._looking.sight(run, asked, viewer))
        return np.isin(found.numbers, np.array(numbers, dtype=np.int64))

    def _place(self, found: Beside, sample_id: int) -> int:
        places = np.flatnonzero(found.ids[0] == sample_id)
        if not places.size:
            raise BadInput("not_shared", sample=sample_id)
        return int(places[0])

    def _settings(self, row: RunRow) -> dict[str, str]:
        """What decides a run's scores besides its model, in words."""
        settings = {name: _said(value) for name, value in row.spec.settings.to_json().items()}
        settings = {name: value for name, value in settings.items() if name not in _APART}
        asked = row.kind == "model"  # of people and logs the settings are the studio's own defaults
        return {
            "scorer": label_of(row.profile),
            "judge": row.judge,
            **(settings if asked else {}),
        }


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _pairs(runs: Sequence[str], base: str) -> list[tuple[int, int]]:
    """Places of the runs of each pair."""
    if not base:
        return list(combinations(range(len(runs)), 2))
    place = runs.index(base)
    return [(place, other) for other in range(len(runs)) if other != place]


def _table(
    found: Beside, pairs: Sequence[tuple[int, int]], hidden: frozenset[str]
) -> tuple[tuple[TaskBeside, ...], TaskBeside]:
    """A row for each task that may be seen, in the first run's order, and the one over all of them."""
    seen = [place for place, info in enumerate(found.infos) if info.name not in hidden]
    tasks = [
        _row(found, found.infos[place].name, found.infos[place].title, found.task == place, pairs)
        for place in seen
    ]
    total = _row(found, "", ALL_TITLE, np.isin(found.task, seen), pairs)
    return tuple(_corrected(tasks)), _corrected([total])[0]


def _row(
    found: Beside,
    task: str,
    title: Mapping[str, str],
    inside: NDArray[np.bool_],
    pairs: Sequence[tuple[int, int]],
) -> TaskBeside:
    clusters = found.clusters[inside]
    em, js = found.em[:, inside], found.js[:, inside]
    return TaskBeside(
        task,
        title,
        int(inside.sum()),
        _means(em, found.no_em[:, inside], found.failed[:, inside], clusters),
        _means(js, found.no_js[:, inside], found.failed[:, inside], clusters),
        tuple(
            PairDuel(found.runs[a], found.runs[b], duel(em[a], em[b], clusters), duel(js[a], js[b], clusters))
            for a, b in pairs
        ),
    )


def _means(
    scores: NDArray[np.float64],
    unscored: NDArray[np.bool_],
    failed: NDArray[np.bool_],
    clusters: NDArray[np.int64],
) -> tuple[Estimate, ...]:
    known = ~np.isnan(scores)
    return tuple(
        mean_estimate(row[there], int(no.sum()), int(lost.sum()), clusters[there])
        for row, there, no, lost in zip(scores, known, unscored, failed, strict=True)
    )


def _corrected(rows: Sequence[TaskBeside]) -> list[TaskBeside]:
    """All tests of one score in these rows, corrected together."""
    found: dict[str, list[Duel]] = {
        mark: corrected([pair.by(mark) for row in rows for pair in row.pairs]) for mark in COMPARE_MARKS
    }
    em, js = iter(found["em"]), iter(found["js"])
    return [
        replace(row, pairs=tuple(replace(pair, em=next(em), js=next(js)) for pair in row.pairs))
        for row in rows
    ]


def _differing(settings: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """What is not the same for all runs that have it, by name, with each run's value."""
    names: Iterable[str] = dict.fromkeys(name for each in settings.values() for name in each)
    found = {name: tuple(each.get(name, "") for each in settings.values()) for name in names}
    return {name: values for name, values in found.items() if len(set(values) - {""}) > 1}
