"""Scores by prompt: of a run as it is, where each prompt has questions of its own, and of a crossed run, where all
prompts have the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.core.crossing import Crossing
from studio.core.errors import BadInput, StudioError
from studio.core.outcome import Estimate
from studio.core.prompts import (
    PROMPT_MARKS,
    Crossed,
    CrossingOffer,
    PromptMark,
    PromptScore,
    PromptScores,
    PromptText,
)
from studio.core.run import OWNER, RunSpec, RunView, Viewer
from studio.prompts import PROMPT_IDS
from studio.service import visitors
from studio.service.beside import Beside, Laying
from studio.service.catalogue import Shelf
from studio.service.desk import MAX_CROSSED, Desk
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.prompt_crossed import crossed_of
from studio.settings import Settings
from studio.stats import mean_estimate
from studio.store import Store

UNTOLD = -1  # the prompt of a record that does not tell it
USUAL = 30  # questions of a task that are crossed unless told otherwise
MOST_MODELS = 6  # that a crossed run is set beside, itself among them


@dataclass(frozen=True)
class Laid:
    """A run's samples with the prompt of each, and what people say of it (NaN: nothing)."""

    found: Beside
    prompts: NDArray[np.int64]
    people: NDArray[np.float64]


class ByPrompt:
    """Runs by prompt. Tasks whose gold is hidden from whoever looks are left out of every count: a prompt may have one
    question."""

    def __init__(
        self, store: Store, shelf: Shelf, desk: Desk, looking: Looking, measures: Measures, settings: Settings
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._desk = desk
        self._looking = looking
        self._settings = settings
        self._laying = Laying(store, measures)

    def scores(
        self, run_id: str, task: str = "", mark: PromptMark = "em", viewer: Viewer = OWNER
    ) -> PromptScores:
        """The run by prompt, of one task or of all. Of a run of one task that one is meant; of one task of a crossed
        run `mark` is looked into further. Raises BadInput: an unknown run, task or mark; NotAllowed: a person's run
        that goes on in this browser."""
        if mark not in PROMPT_MARKS:
            raise BadInput("trial_mark", name=mark, known=", ".join(PROMPT_MARKS))
        run = self._desk.run(run_id)
        self._looking.refuse_annotated([run_id], viewer)
        hidden = frozenset(self._looking.hidden(run_id, viewer))
        found = self._laying.of((run_id,))
        titles = {info.name: info.title for info in found.infos}
        task = task or (next(iter(titles)) if len(titles) == 1 else "")
        if task and task not in titles:
            raise BadInput("prompts_no_task", run=run_id, name=task, known=", ".join(titles) or "—")
        key = ("prompts", run_id, self._stamp(run_id), task, hidden)
        known = self._laying.kept(key)
        if not isinstance(known, PromptScores):
            known = self._worked_out(run, found, task, hidden)
            self._laying.keep(key, known)
        known = replace(known, run=run)
        if not run.spec.crossed or not task or task in hidden:
            return known
        beside = (run_id, *self._alike(run, task, viewer))
        return replace(known, crossed=self._crossed(beside, task, mark))

    def _crossed(self, runs: tuple[str, ...], task: str, mark: PromptMark) -> Crossed:
        key = ("crossed", runs, self._laying.stamp(runs), task, mark)
        known = self._laying.kept(key)
        if not isinstance(known, Crossed):
            known = crossed_of(self._store, self._laying, runs, task, mark, self._names(runs))
            self._laying.keep(key, known)
        return known

    def offer(self, run_id: str, task: str, viewer: Viewer = OWNER) -> CrossingOffer | None:
        """What putting questions of a run's task in all prompts to its model would take; None where this viewer may not
        start such a run. Raises BadInput."""
        run, row = self._desk.run(run_id), self._store.runs.get(run_id)
        if row.kind != "model" or run.spec.crossed:
            return None
        found = self._laid(run_id, self._laying.of((run_id,)))
        place = next((at for at, info in enumerate(found.found.infos) if info.name == task), None)
        if place is None or not self._may(run_id, task, viewer):
            return None
        info, there = found.found.infos[place], found.found.task == place
        prompts = len(set(found.prompts[there].tolist()) - {UNTOLD})
        sure = int(there.sum()) >= (info.sizes.get(row.spec.split) or 0)
        answered = run.answered + run.failed
        return CrossingOffer(
            task,
            prompts if sure else max(prompts, len(PROMPT_IDS)),
            sure,
            run.seconds / answered if answered and run.seconds else None,
            "dialogue" if info.dialogue_turns else "prompts" if prompts < 2 else "",
        )

    def most(self, viewer: Viewer = OWNER) -> int:
        """How many questions of a task this viewer may put in all prompts."""
        return MAX_CROSSED if viewer.role == "owner" else visitors.MOST_CROSSED

    def crossing(self, run_id: str, task: str, items: int = USUAL, seed: int = 0) -> RunSpec:
        """The spec of the run that puts questions of a task in all of its prompts to a run's model, under the same
        settings; what it was asked before in the same words is taken over. Hand it to `Studio.start`. Raises BadInput.
        """
        row = self._store.runs.get(run_id)
        if row.kind != "model":
            raise BadInput("prompts_no_model", run=run_id)
        info = next((info for info in self._shelf.resolve(row.spec.tasks) if info.name == task), None)
        if info is None:
            raise BadInput("prompts_no_task", run=run_id, name=task, known=", ".join(row.spec.tasks))
        named = self._shelf.behind((task,)) == {(info.name, info.source)}
        return replace(
            row.spec,
            tasks=(task if named else info.source,),
            limit=None,
            base="",
            reuse=row.spec.settings.temperature == 0,
            crossed=Crossing(items, seed),
        )

    def crossings(self, run_id: str, task: str, viewer: Viewer = OWNER) -> list[RunView]:
        """Crossed runs of this run's model that have the task, the newest first."""
        run = self._desk.run(run_id)
        return [
            other
            for other in self._desk.runs()
            if other.spec.crossed and other.id != run_id and other.model == run.model and task in other.tasks
            and not self._looking.is_veiled(other, viewer)
        ]  # fmt: skip

    def _may(self, run_id: str, task: str, viewer: Viewer) -> bool:
        try:
            spec = self.crossing(run_id, task)
            if viewer.role != "owner":
                visitors.check_run(spec, self._settings, self._shelf)
        except StudioError:  # the task is gone, or not this viewer's to run
            return False
        return True

    def _worked_out(self, run: RunView, found: Beside, task: str, hidden: frozenset[str]) -> PromptScores:
        laid = self._laid(run.id, found)
        wanted = [
            place
            for place, info in enumerate(found.infos)
            if info.name not in hidden and (not task or info.name == task)
        ]
        inside = np.isin(found.task, wanted)
        numbers = sorted(set(laid.prompts[inside].tolist()), key=lambda number: (number == UNTOLD, number))
        return PromptScores(
            run,
            task,
            {info.name: info.title for info in found.infos},
            _score(laid, None, inside),
            tuple(
                _score(laid, None if number == UNTOLD else number, inside & (laid.prompts == number))
                for number in numbers
            ),
            self._texts(found, wanted[:1]),
            tuple(info.name for info in found.infos if info.name in hidden),
        )

    def _laid(self, run_id: str, found: Beside) -> Laid:
        key = ("by prompt", run_id, self._stamp(run_id))
        known = self._laying.kept(key)
        if isinstance(known, Laid):
            return known
        ids = found.ids[0]
        prompts = np.full(ids.size, UNTOLD, dtype=np.int64)
        for task_id in self._store.scored.tasks(run_id):
            samples, numbers = self._store.columns.prompts(task_id)
            at = np.searchsorted(samples, ids).clip(max=max(0, samples.size - 1))
            there = samples[at] == ids
            prompts[there] = numbers[at][there]
        people = np.full(ids.size, np.nan)
        order = np.argsort(ids)
        labelled, verdicts = self._store.columns.people(run_id)
        people[order[np.searchsorted(ids[order], labelled)]] = verdicts
        laid = Laid(found, prompts, people)
        self._laying.keep(key, laid)
        return laid

    def _stamp(self, run_id: str) -> tuple[int, ...]:
        """Another whenever a sample of the run, or a label, has changed."""
        return (*self._laying.stamp((run_id,)), self._store.labels.latest())

    def _texts(self, found: Beside, places: Sequence[int]) -> tuple[PromptText, ...]:
        """The words of the prompts of some tasks."""
        told = []
        for place in places:
            info, first = found.infos[place], int(np.argmax(found.task == place))
            (stored,) = self._store.tasks.samples([int(found.ids[0][first])])
            wordings = self._store.columns.wordings(stored.task_id)
            told += [PromptText(prompt, info.name, info.title, text) for prompt, text in wordings.items()]
        return tuple(told)

    def _alike(self, run: RunView, task: str, viewer: Viewer) -> list[str]:
        """Crossed runs of other models with the same task that rest and have questions in common with this one, the
        newest of each model."""
        newest: dict[str, str] = {}
        for other in self._desk.runs():
            if (
                other.spec.crossed and other.model != run.model and task in other.tasks
                and other.state not in {"running", "queued"} and not self._looking.is_veiled(other, viewer)
                and self._shares(run.id, other.id, task)
            ):  # fmt: skip
                newest.setdefault(other.model, other.id)
        return list(newest.values())[: MOST_MODELS - 1]

    def _shares(self, run_id: str, other: str, task: str) -> bool:
        found = self._laying.of((run_id, other))
        return any(info.name == task for info in found.infos)

    def _names(self, runs: Sequence[str]) -> dict[str, str]:
        rows = [self._store.runs.get(run_id) for run_id in runs]
        return {row.id: row.title or row.model for row in rows}


def _score(laid: Laid, prompt: int | None, inside: NDArray[np.bool_]) -> PromptScore:
    found = laid.found
    em, js, failed = found.em[0], found.js[0], found.failed[0] & inside
    waiting = inside & ~found.failed[0] & np.isnan(em) & ~found.no_em[0]

    def mean(values: NDArray[np.float64], unscored: NDArray[np.bool_]) -> Estimate:
        known = inside & ~np.isnan(values)
        counted = int((unscored & inside).sum())
        return mean_estimate(values[known], counted, int(failed.sum()), found.clusters[known])

    labelled = inside & ~np.isnan(laid.people)
    people = mean_estimate(laid.people[labelled], clusters=found.clusters[labelled])
    return PromptScore(
        prompt, int(inside.sum()), mean(em, found.no_em[0]), mean(js, found.no_js[0]), people, int(waiting.sum())
    )  # fmt: skip
