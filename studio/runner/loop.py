"""One run from its first missing sample to its last: load, ask, score, keep."""

import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from studio.core.engine import Answer, Completion, Engine, Opening, Request
from studio.core.errors import MediaError, Problem, StudioError
from studio.core.outcome import Score
from studio.core.run import Phase, RunSpec
from studio.core.task import Gold, Sample, Task, TaskInfo, file_digest
from studio.runner.dialogue import Script
from studio.runner.scorer import Scorer
from studio.runner.sending import noted, sent
from studio.store import Store
from studio.store.answers import Answered
from studio.store.tasks import Dialogue, StoredSample

# Requests are made and handed to the engine this many at a time: memory stays flat on a run of any length,
# and the engine still has enough to sort by length.
CHUNK = 1024


@dataclass(frozen=True)
class Tools:
    """What a run works with, given by whoever composes the studio.

    `load` reads the tasks of a spec; `open_engine` opens its model (and tells the `Opening` how far it is); runs of one
    `engine_key` can share an engine;
    `exact_match` scores one answer; `blanks` is the folder of empty media; `environment` describes versions and
    hardware.
    """

    load: Callable[[RunSpec], Sequence[Task]]
    open_engine: Callable[[RunSpec, Opening], Engine]
    engine_key: Callable[[RunSpec], Hashable]
    exact_match: Callable[[str, Gold | None, Sample, TaskInfo, str], Score]
    blanks: Path
    environment: Callable[[], dict[str, Any]] = dict


@dataclass
class LiveState:
    """What only this process knows of a run that is going on; written by its thread, read by pages."""

    phase: Phase = "queued"
    opening: str = ""
    current: int | None = None
    text: str = ""
    asked_from: float | None = None
    done: int = 0
    changes: int = 0

    def opens(self, words: str) -> None:
        self.opening = words

    def follow(self, sample_id: int, text: str) -> None:
        self.current, self.text = sample_id, text

    def finished(self, sample_id: int, text: str) -> None:
        self.done += 1
        self.changes += 1
        if self.current == sample_id:
            self.text = text


class Loop:
    """The work of one run in one thread."""

    def __init__(
        self, store: Store, scorer: Scorer, tools: Tools, engines: "EngineShelf", live: LiveState,
        cancelled: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._store = store
        self._scorer = scorer
        self._tools = tools
        self._engines = engines
        self._live = live
        self._cancelled = cancelled

    def run(self, run_id: str) -> None:
        """Asks for what is missing. Raises StudioError when the run as a whole cannot go on."""
        row = self._store.runs.get(run_id)
        self._live.phase = "loading"
        resumed = bool(row.resolved.get("tasks"))
        if not resumed:
            self._plan(run_id, row.spec)
        self._scorer.anew(run_id)
        self._store.answers.forget_failed_verdicts(run_id)
        # Nobody can be asked about somebody else's log: of an imported run only the judge is.
        missing = [] if row.kind == "imported" else self._store.answers.missing(run_id)
        if missing and not self._cancelled():
            self._ask(run_id, row.spec, missing, verify=resumed)
        self._live.phase = "finishing"
        if not self._cancelled():
            self._scorer.drain(run_id, self._cancelled)
        self._live.phase = "idle"

    def _plan(self, run_id: str, spec: RunSpec) -> None:
        pairs: list[tuple[int, int]] = []
        names: list[str] = []
        for task in self._tools.load(spec):
            ids = list(self._store.tasks.save(task).values())
            pairs += self._store.tasks.placed(ids[: spec.limit] if spec.limit is not None else ids)
            names.append(task.info.name)
        self._store.runs.plan(run_id, pairs, names)

    def _ask(self, run_id: str, spec: RunSpec, missing: list[int], *, verify: bool) -> None:
        dialogues = self._store.tasks.dialogues(run_id) if spec.settings.history > 0 else []
        in_turn = {sample_id for dialogue in dialogues for sample_id in dialogue.sample_ids}
        alone = [sample_id for sample_id in missing if sample_id not in in_turn]
        engine = self._ask_alone(run_id, spec, alone, verify=verify)
        for dialogue in dialogues:
            wanted = [sample_id for sample_id in dialogue.sample_ids if sample_id in set(missing)]
            if wanted and not self._cancelled():
                engine = engine or self._opened(run_id, spec)
                self._converse(run_id, spec, engine, dialogue, wanted, verify=verify)

    def _ask_alone(self, run_id: str, spec: RunSpec, missing: list[int], *, verify: bool) -> Engine | None:
        engine: Engine | None = None
        for start in range(0, len(missing), CHUNK):
            if self._cancelled():
                break
            samples = {
                stored.id: stored for stored in self._store.tasks.samples(missing[start : start + CHUNK])
            }
            askable = self._refuse_broken(run_id, list(samples.values()), verify=verify)
            if not askable:
                continue
            engine = engine or self._opened(run_id, spec)
            askable = self._refuse_modalities(run_id, spec, engine, askable)
            requests = [Request(stored.id, stored.sample.message) for stored in askable]
            for answered in self._answers(engine, spec, requests, samples):
                self._keep(run_id, answered)
        return engine

    def _converse(
        self,
        run_id: str,
        spec: RunSpec,
        engine: Engine,
        dialogue: Dialogue,
        missing: list[int],
        *,
        verify: bool,
    ) -> None:
        """Asks a task's dialogues in turn, one question of each at a time."""
        samples = self._store.tasks.samples(dialogue.sample_ids)
        texts = self._store.answers.texts(run_id, dialogue.sample_ids)
        script = Script(samples, texts, turns=dialogue.turns, history=spec.settings.history)
        for together in script.rounds(missing):
            if self._cancelled():
                return
            by_id = {asked.stored.id: asked for asked in together}
            askable = self._refuse_broken(run_id, [asked.stored for asked in together], verify=verify)
            askable = self._refuse_modalities(run_id, spec, engine, askable)
            askable = self._refuse_history(run_id, engine, askable)
            requests = [script.request(by_id[stored.id]) for stored in askable]
            stored_by_id = {stored.id: stored for stored in askable}
            for answered in self._answers(engine, spec, requests, stored_by_id):
                if isinstance(answered.answer, Completion):
                    script.answered(answered.sample_id, answered.answer.text)
                    keys = [each.sample.id for each in script.shown(by_id[answered.sample_id])]
                    note = {**answered.answer.media_note, "history": keys}
                    answered = replace(answered, answer=replace(answered.answer, media_note=note))
                self._keep(run_id, answered)

    def _opened(self, run_id: str, spec: RunSpec) -> Engine:
        engine = self._open(run_id, spec)
        self._live.phase = "answering"
        self._live.asked_from = time.monotonic()
        return engine

    def _open(self, run_id: str, spec: RunSpec) -> Engine:
        engine = self._engines.get(spec, Opening(self._live.opens, self._cancelled))
        info = engine.info
        resolved = {
            "engine": asdict(info),
            "environment": self._tools.environment(),
            "settings": spec.settings.to_json(),
        }
        self._store.runs.resolve(run_id, revision=info.revision, resolved=resolved)
        return engine

    def _answers(
        self, engine: Engine, spec: RunSpec, requests: list[Request], samples: dict[int, StoredSample]
    ) -> Iterator[Answered]:
        ready: list[Request] = []
        for request in requests:
            try:
                ready.append(sent(request, spec.settings.media, self._tools.blanks))
            except MediaError as error:
                yield Answered(request.key, error.problem, None)
        if not ready:
            return
        answers = engine.generate(ready, spec.settings, on_text=self._live.follow, cancelled=self._cancelled)
        for request, answer in answers:
            score = self._exact_match(samples[request.key], answer, spec.profile)
            yield Answered(request.key, noted(answer, spec.settings.media), score)

    def _exact_match(self, stored: StoredSample, answer: Answer, profile: str) -> Score | None:
        if isinstance(answer, Problem):
            return None
        sample = stored.sample
        return self._tools.exact_match(answer.text, sample.gold, sample, stored.task, profile)

    def _keep(self, run_id: str, answered: Answered) -> None:
        self._store.answers.record(run_id, [answered])
        text = answered.answer.text if isinstance(answered.answer, Completion) else ""
        self._live.finished(answered.sample_id, text)
        self._scorer.notify(run_id)

    def _refuse_broken(self, run_id: str, samples: list[StoredSample], *, verify: bool) -> list[StoredSample]:
        """Samples that cannot be asked get their reason at once; the others are returned."""
        good = []
        for stored in samples:
            problem = stored.sample.problem or (_changed(stored) if verify else None)
            if problem:
                self._keep(run_id, Answered(stored.id, problem, None))
            else:
                good.append(stored)
        return good

    def _refuse_modalities(
        self, run_id: str, spec: RunSpec, engine: Engine, samples: list[StoredSample]
    ) -> list[StoredSample]:
        if spec.settings.media == "none":
            return samples
        good = []
        for stored in samples:
            lacking = [m for m in stored.sample.modalities if m not in engine.capabilities.modalities]
            if lacking:
                values = {"model": engine.info.model, "modality": lacking[0], "task": stored.task.name}
                self._keep(run_id, Answered(stored.id, Problem("no_modality", values), None))
            else:
                good.append(stored)
        return good

    def _refuse_history(self, run_id: str, engine: Engine, samples: list[StoredSample]) -> list[StoredSample]:
        """A model that takes no dialogue is not asked its questions one by one as if they were none."""
        if engine.capabilities.history:
            return samples
        problem = Problem("history_not_taken", {"model": engine.info.model})
        for stored in samples:
            self._keep(run_id, Answered(stored.id, problem, None))
        return []


class EngineShelf:
    """The last engine stays open for the next run that needs the same: opening is slow, memory holds one."""

    def __init__(
        self, open_engine: Callable[[RunSpec, Opening], Engine], engine_key: Callable[[RunSpec], Hashable]
    ) -> None:
        self._open = open_engine
        self._key_of = engine_key
        self._key: Hashable = None
        self._engine: Engine | None = None

    def get(self, spec: RunSpec, opening: Opening) -> Engine:
        key = self._key_of(spec)
        if self._engine is None or self._key != key or self._engine.broken:
            self.clear()
            self._engine = self._open(spec, opening)
            self._key = key
        return self._engine

    def clear(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine, self._key = None, None


def _changed(stored: StoredSample) -> Problem | None:
    """On resume: whether a medium is gone or is no longer what the run began with."""
    for medium in stored.sample.media:
        try:
            same = file_digest(medium.path) == medium.sha256
        except OSError:
            return Problem("media_missing", {"file": medium.path.name})
        if not same:
            return Problem("media_changed", {"file": medium.path.name})
    return None


def problem_of(error: Exception) -> Problem:
    """Any exception as a problem that can be stored and shown."""
    if isinstance(error, StudioError):
        return error.problem
    return Problem("internal", {"kind": type(error).__name__, "message": str(error)[:500]})
