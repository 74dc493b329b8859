"""One run from its first missing sample to its last: plan, ask, score, keep, judge."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from studio.core.engine import Completion, Engine, Opening, determinism
from studio.core.errors import Problem, StudioError
from studio.core.judge import NO_JUDGE
from studio.core.run import RunSpec
from studio.core.task import TaskStream
from studio.runner.live import LiveState
from studio.runner.questions import Asked, ExactMatch, Questions
from studio.runner.remember import Recall, Signer
from studio.runner.scorer import Scorer
from studio.runner.writing import writing
from studio.store import Store
from studio.store.answers import Answered
from studio.store.tasks import StoredSample


@dataclass(frozen=True)
class Tools:
    """What a run works with, given by whoever composes the studio.

    `load` reads the tasks of a spec; `open_engine` opens its model (and tells the `Opening` how far it is); runs of one
    `engine_key` can share an engine; `exact_match` scores one answer; `blanks` is the folder of empty media;
    `environment` describes versions and hardware.
    """

    load: Callable[[RunSpec], Iterable[TaskStream]]
    open_engine: Callable[[RunSpec, Opening], Engine]
    engine_key: Callable[[RunSpec], Hashable]
    exact_match: ExactMatch
    blanks: Path
    environment: Callable[[], dict[str, Any]] = dict


class Loop:
    """The work of one run.

    Answers pass through stages of bounded size: samples are read and their media prepared as the engine needs them, an
    answer is scored by the run's thread, kept by the thread of `writing` and judged by the `Scorer`'s, which takes from
    the store what it can. So nothing piles up in memory, whichever stage is slow.
    """

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
        # Nobody can be asked about somebody else's log, and no model about people: of those only the judge is.
        missing = [] if row.kind != "model" else self._store.answers.missing(run_id)
        if missing and not self._cancelled():
            self._answer(Asked(run_id, replace(row.spec, profile=row.profile), resumed), missing)
        self._live.phase = "finishing"
        if row.spec.judge != NO_JUDGE and not self._cancelled():
            self._scorer.drain(run_id, self._cancelled)
        self._live.phase = "idle"

    def _plan(self, run_id: str, spec: RunSpec) -> None:
        tasks = [(self._store.tasks.keep(task), task.info.name) for task in self._tools.load(spec)]
        self._store.runs.plan_tasks(run_id, tasks)

    def _answer(self, asked: Asked, missing: Sequence[int]) -> None:
        if not asked.spec.reuse:
            self._ask(asked, missing, lambda: self._opened(asked))
            return
        engine = self._opened(asked)  # only that tells which model it is, and so what it was asked before
        self._recall(asked, engine, missing)
        self._live.begins()
        self._ask(asked, self._store.answers.missing(asked.run_id), lambda: engine)

    def _recall(self, asked: Asked, engine: Engine, missing: Sequence[int]) -> None:
        """Takes from earlier runs what they have."""

        def scored(stored: StoredSample, answer: Completion) -> Answered:
            sample = stored.sample
            score = self._tools.exact_match(answer.text, sample.gold, sample, stored.task, asked.spec.profile)
            return Answered(stored.id, answer, score)

        def keep(answers: Sequence[Answered]) -> None:
            self._store.answers.record(asked.run_id, answers)
            self._tell_judge(asked)

        signer = Signer(engine.info, asked.spec)
        recall = Recall(
            self._store,
            asked.run_id,
            asked.spec.settings,
            signer,
            self._tools.blanks,
            scored,
            keep,
            self._cancelled,
        )
        recall.run(missing)

    def _ask(self, asked: Asked, missing: Sequence[int], open_engine: Callable[[], Engine]) -> None:
        with writing(lambda answers: self._keep(asked, answers)) as kept:
            questions = Questions(
                asked,
                self._store,
                self._tools.exact_match,
                self._tools.blanks,
                open_engine,
                self._live,
                self._cancelled,
                kept.put,
            )
            questions.ask(missing)

    def _opened(self, asked: Asked) -> Engine:
        engine = self._engines.get(asked.spec, Opening(self._live.opens, self._cancelled))
        info = engine.info
        resolved = {
            "engine": asdict(info),
            "environment": self._tools.environment(),
            "settings": asked.spec.settings.to_json(),
            "determinism": determinism(info, asked.spec.settings),
        }
        self._store.runs.resolve(asked.run_id, revision=info.revision, resolved=resolved)
        self._live.begins()
        return engine

    def _keep(self, asked: Asked, answers: Sequence[Answered]) -> None:
        """One transaction; then pages may look, and the judge may begin."""
        gauge = self._live.gauge
        if gauge:
            gauge.enter("write", len(answers))
        self._store.answers.record(asked.run_id, answers)
        if gauge:
            gauge.leave("write", len(answers))
        for answered in answers:
            text = answered.answer.text if isinstance(answered.answer, Completion) else ""
            self._live.finished(answered.sample_id, text)
        self._tell_judge(asked)

    def _tell_judge(self, asked: Asked) -> None:
        if asked.spec.judge != NO_JUDGE:
            self._scorer.notify(asked.run_id)


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


def problem_of(error: Exception) -> Problem:
    """Any exception as a problem that can be stored and shown."""
    if isinstance(error, StudioError):
        return error.problem
    return Problem("internal", {"kind": type(error).__name__, "message": str(error)[:500]})
