"""Asking for some of a run's answers again: started like a run, in the same queue, kept beside the run."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from studio.core.engine import Opening
from studio.core.errors import BadInput, Cancelled, Paused, Problem, StudioError
from studio.core.ids import dated
from studio.core.run import RunSpec, Viewer
from studio.core.verification import ReaskedAnswer, Verification, VerificationSpec, VerificationState
from studio.core.waiting import looks
from studio.runner import Jobs, Tools, lives, problem_of
from studio.runner.loop import EngineShelf
from studio.runner.reask import Reask, chosen
from studio.service.cards import Cards
from studio.service.serving import MANAGED
from studio.stats import wilson
from studio.store import Store
from studio.store.verifications import VerificationRow

log = logging.getLogger(__name__)
BEAT_S = 1.0
MOST = 10_000  # answers asked again at once


@dataclass(frozen=True)
class _Clock:
    """How long a verification goes on, from its start on until it is `over`."""

    over: threading.Event
    began: float

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


class Verifying:
    """Verifications of this studio's runs."""

    def __init__(
        self, store: Store, jobs: Jobs, tools: Tools, cards: Cards, addressed: Callable[[RunSpec], RunSpec]
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._tools = tools
        self._cards = cards
        self._addressed = addressed

    def start(self, spec: VerificationSpec) -> str:
        """Checks what can be checked at once and queues it. Raises BadInput and its kin."""
        if not 1 <= spec.k <= MOST:
            raise BadInput("out_of_bounds", name="k", value=spec.k, low=1, high=MOST)
        row = self._store.runs.get(spec.run)
        if row.kind != "model":
            raise BadInput("verify_kind", run=spec.run)
        if row.state in {"queued", "running"}:
            raise BadInput("run_active", run=spec.run)
        latest = self._store.verifications.latest(spec.run)
        if latest and self._view(latest).going:
            raise BadInput("verify_active", run=spec.run)
        if not self._store.verifications.answered(spec.run):
            raise BadInput("verify_nothing", run=spec.run)
        if spec.key_env and not (spec.servers or row.spec.servers):
            raise BadInput("verify_key", name=spec.key_env)
        asked = self._addressed(_spec_of(replace(row.spec, profile=row.profile), spec))
        if asked.servers:
            spec = replace(spec, servers=asked.servers)
        verification_id = dated("v", self._store.verifications.has)
        self._store.verifications.create(verification_id, spec, self._jobs.owner)
        clock = _Clock(threading.Event(), time.monotonic())
        threading.Thread(target=self._beat, args=(verification_id, clock), daemon=True).start()
        self._jobs.lend(
            spec.run,
            lambda engines, closing: self._work(verification_id, spec, asked, engines, closing, clock),
        )
        return verification_id

    def get(self, verification_id: str, viewer: Viewer) -> Verification:
        """What is known of it so far, with the answers that differ or failed. Raises BadInput."""
        row = self._store.verifications.get(verification_id)
        return self._shown(row, self._view(row), viewer)

    def latest(self, run_id: str, viewer: Viewer) -> Verification | None:
        row = self._store.verifications.latest(run_id)
        return self._shown(row, self._view(row), viewer) if row else None

    def wait(self, verification_id: str, viewer: Viewer, timeout_s: float | None = None) -> Verification:
        """Returns when it is no longer going on, or after `timeout_s`."""
        for _ in looks(timeout_s):
            row = self._store.verifications.get(verification_id)
            view = self._view(row)
            if not view.going:
                break
        return self._shown(row, view, viewer)

    def _work(
        self,
        verification_id: str,
        spec: VerificationSpec,
        asked: RunSpec,
        engines: EngineShelf,
        closing: Callable[[], bool],
        clock: "_Clock",
    ) -> None:
        state: VerificationState = "done"
        problem: Problem | None = None
        try:
            if not closing():
                picked = chosen(self._store.verifications.answered(spec.run), spec.k, spec.seed)
                self._store.verifications.begin(verification_id, spec.run, picked)
                engine = engines.get(asked, Opening(cancelled=closing))
                detail = {"verification": verification_id, "engine": asdict(engine.info)}
                self._store.runs.log(spec.run, "verified", detail)
                Reask(self._store, self._tools, spec.run, verification_id, asked, closing).run(engine)
        except Cancelled:
            log.info("verification %s was stopped while its model was opened", verification_id)
        except Paused as error:
            state, problem = "interrupted", error.problem
        except Exception as error:  # the worker's outer edge: the verification ends with its reason
            if not isinstance(error, StudioError):
                log.exception("verification %s failed", verification_id)
            state, problem = "failed", problem_of(error)
        finally:
            clock.over.set()
        if closing() and state == "done":
            state = "interrupted"
        try:
            self._store.verifications.finish(verification_id, state, clock.seconds, problem)
        except StudioError:
            log.exception("the end of verification %s could not be written", verification_id)

    def _beat(self, verification_id: str, clock: "_Clock") -> None:
        while not clock.over.wait(BEAT_S):
            try:
                self._store.verifications.beat(verification_id, clock.seconds)
            except StudioError as error:
                log.warning("heartbeat of %s: %s", verification_id, error)

    def _view(self, row: VerificationRow) -> Verification:
        state = row.state
        mine = row.owner == self._jobs.owner
        if state in {"queued", "running"} and not mine and not lives(row.owner, row.heartbeat):
            state = "interrupted"
        counts = self._store.verifications.counts(row.id)
        same, differ, failed = (counts.get(name, 0) for name in ("same", "differs", "failed"))
        bounds = wilson(differ, same + differ) if same + differ else None
        return Verification(
            row.id, row.run, state, row.spec, row.created_at, row.seconds, sum(counts.values()), same, differ, failed,
            bounds.low if bounds else None, bounds.high if bounds else None,
            self._store.verifications.em_differ(row.id), problem=row.problem,
        )  # fmt: skip

    def _shown(self, row: VerificationRow, view: Verification, viewer: Viewer) -> Verification:
        """With the answers, as far as this viewer may see them: a score tells the gold of a letter question."""
        answers, hidden = [], False
        for task_id, answer in self._store.verifications.told(row.id, row.run):
            info = self._store.tasks.info(task_id)
            if self._cards.hidden_in([info], viewer):
                hidden = True
                answer = replace(answer, em_before=None, em_now=None)
            if info.name in self._cards.hidden_tasks(viewer):
                answer = replace(answer, before=None, now=None)
            answers.append(answer)
        spec = row.spec if viewer.role == "owner" else replace(row.spec, servers=(), key_env="")
        em_differ = None if hidden else view.em_differ
        found: tuple[ReaskedAnswer, ...] = tuple(answers)
        return replace(view, spec=spec, em_differ=em_differ, answers=found)


def _spec_of(run: RunSpec, spec: VerificationSpec) -> RunSpec:
    """Whom to ask: the run's model as the run asked it, or the same one behind other servers."""
    if not spec.servers:
        return replace(run, model=spec.model or run.model, key_env=spec.key_env or run.key_env)
    name = spec.model or run.model.removeprefix(MANAGED)
    return replace(run, servers=spec.servers, key_env=spec.key_env, model=name, revision=None, vllm_args="")
