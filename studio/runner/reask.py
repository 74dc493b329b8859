"""Answers of a run asked for again, by the run's model and settings or by the same model elsewhere.

Nothing is taken from memory here: every answer is the engine's own. A question of a dialogue comes with the turns and
answers that it came with in the run, so that a difference is its own and not an earlier turn's.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.core.engine import Completion, Engine, Request, Turn
from studio.core.errors import MediaError, Problem
from studio.core.run import RunSpec
from studio.runner.loop import Tools
from studio.runner.questions import changed
from studio.runner.sending import sent
from studio.stats import allotted
from studio.store import Store
from studio.store.tasks import StoredSample
from studio.store.verifications import Given


def chosen(strata: Mapping[int, Sequence[int]], k: int, seed: int) -> list[int]:
    """`k` of all items, or all of them: from each stratum its share (`allotted`); which ones, `seed` decides."""
    taken = allotted({name: len(items) for name, items in strata.items()}, k)
    dice = random.Random(seed)
    return [item for name, items in strata.items() for item in sorted(dice.sample(list(items), taken[name]))]


@dataclass(frozen=True)
class Reask:
    """One verification at work. `spec` says whom to ask and how; `run_id` and `verification_id` whose answers."""

    store: Store
    tools: Tools
    run_id: str
    verification_id: str
    spec: RunSpec
    cancelled: Callable[[], bool]

    def run(self, engine: Engine) -> None:
        """Asks and compares, keeping each outcome as it comes."""
        given = {each.sample_id: each for each in self.store.verifications.given(self.verification_id)}
        samples = {stored.id: stored for stored in self.store.tasks.samples(list(given))}
        requests = self._requests(given, samples, engine)
        for request, answer in engine.generate(requests, self.spec.settings, cancelled=self.cancelled):
            self._compare(given[request.key], samples[request.key], answer)

    def _requests(
        self, given: Mapping[int, Given], samples: Mapping[int, StoredSample], engine: Engine
    ) -> Iterator[Request]:
        """Questions as the run put them; what cannot be asked any more fails with its reason."""
        takes = engine.capabilities.modalities
        for sample_id, stored in samples.items():
            problem = changed(stored)
            lacking = [modality for modality in stored.sample.modalities if modality not in takes]
            if lacking and self.spec.settings.media != "none":
                values = {"model": engine.info.model, "modality": lacking[0], "task": stored.task.name}
                problem = Problem("no_modality", values)
            try:
                history = self._history(given[sample_id])
                request = Request(sample_id, stored.sample.message, history)
                request = sent(request, self.spec.settings.media, self.tools.blanks)
            except MediaError as error:
                problem = problem or error.problem
            if problem:
                self.store.verifications.came(self.verification_id, sample_id, "failed", problem, None)
            else:
                yield request

    def _history(self, given: Given) -> tuple[Turn, ...]:
        if not given.shown:
            return ()
        ids = self.store.tasks.ids(given.task_id, given.shown)
        said = self.store.answers.texts(self.run_id, ids)
        return tuple(
            Turn(stored.sample.message, said[stored.id])
            for stored in self.store.tasks.samples(ids)
            if stored.id in said
        )

    def _compare(self, given: Given, stored: StoredSample, answer: Completion | Problem) -> None:
        keep = self.store.verifications.came
        if isinstance(answer, Problem):
            keep(self.verification_id, given.sample_id, "failed", answer, None)
            return
        sample = stored.sample
        score = self.tools.exact_match(answer.text, sample.gold, sample, stored.task, self.spec.profile)
        same = answer.text == given.text
        keep(self.verification_id, given.sample_id, "same" if same else "differs", answer, score.value)
