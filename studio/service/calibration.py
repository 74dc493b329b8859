"""A judge asked about answers whose verdict is known: one thread at work, every answer in the store."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from studio.access import may_see_gold
from studio.calibration import answers_of
from studio.core.errors import BadInput, StudioError
from studio.core.ids import dated
from studio.core.judge import Judge, JudgeCase
from studio.core.run import RunSpec, Viewer
from studio.core.task import AnswerType, Task
from studio.core.trials import (
    Calibration,
    CalibrationAnswer,
    CalibrationSpec,
    CalibrationState,
    CorrectedRun,
)
from studio.core.waiting import looks
from studio.metrics import PROFILES, exact_match, settings_of
from studio.runner import lives, problem_of
from studio.service.calibration_views import calibration_view, corrected_scores
from studio.service.cards import Cards
from studio.service.catalogue import Shelf
from studio.service.desk import Desk
from studio.store import Store
from studio.store.calibrations import Asked, CalibrationRow
from studio.store.scored import ScoredSample

log = logging.getLogger(__name__)
BATCH = 64
BEAT_S = 1.0
MOST_ASKED, MOST_ASKED_BY_VISITORS = 1_000, 50  # samples of a task
MOST_WAITING = 8  # each waits in a thread of its own
SHOWN = 200
PATIENCE = 10  # rates of what goes on are worked out for no more than a tenth of the time
GOING = frozenset({"queued", "running"})


@dataclass(frozen=True)
class _Known:
    """A calibration as it was worked out, when and for how long (seconds)."""

    view: Calibration
    at: float
    took: float


class Calibrations:
    """Calibrations of this studio; one at a time has the machine."""

    def __init__(
        self, store: Store, shelf: Shelf, desk: Desk, cards: Cards, open_judge: Callable[[str], Judge]
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._desk = desk
        self._cards = cards
        self._open_judge = open_judge
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._known: dict[str, _Known] = {}
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"

    def start(self, spec: CalibrationSpec, most: int = MOST_ASKED) -> str:
        """Checks what can be checked at once (`most` samples of a task) and goes to work in the background. Raises
        BadInput and TaskError."""
        if not spec.tasks:
            raise BadInput("no_tasks")
        if not 1 <= spec.limit <= most:
            raise BadInput("out_of_bounds", name="limit", value=spec.limit, low=1, high=most)
        self._threads = [each for each in self._threads if each.is_alive()]
        if len(self._threads) >= MOST_WAITING:
            raise BadInput("calibration_busy", n=len(self._threads))
        self._shelf.resolve(spec.tasks)
        calibration_id = dated("c", self._store.calibrations.has)
        self._store.calibrations.create(calibration_id, spec, self._owner)
        thread = threading.Thread(
            target=self._work, args=(calibration_id, spec), name=f"calibration-{calibration_id}", daemon=True
        )
        self._threads.append(thread)
        thread.start()
        return calibration_id

    def wait(self, calibration_id: str, timeout_s: float | None = None) -> Calibration:
        """Returns when it is no longer going on, or after `timeout_s`."""
        for _ in looks(timeout_s):
            if self._alive(self._store.calibrations.get(calibration_id)).state not in GOING:
                break
        return self.get(calibration_id)

    def close(self, timeout_s: float = 10.0) -> None:
        """Stops after the batch at hand."""
        self._closing.set()
        for thread in self._threads:
            thread.join(timeout_s)

    def get(self, calibration_id: str) -> Calibration:
        """What is known of it so far. Raises BadInput."""
        return self._view(self._store.calibrations.get(calibration_id))

    def latest(self, limit: int | None = None) -> list[Calibration]:
        """Newest first."""
        return [self._view(row) for row in self._store.calibrations.all()[:limit]]

    def answers(
        self, calibration_id: str, kind: str, viewer: Viewer, *, mistaken: bool = True, limit: int = 20
    ) -> list[CalibrationAnswer]:
        """Answers of a kind, those that deceived the judge unless told otherwise; private gold and all that tells it is
        withheld from visitors."""
        self._store.calibrations.get(calibration_id)
        found = []
        for each in self._store.calibrations.answers(
            calibration_id, kind, mistaken=mistaken, limit=min(limit, SHOWN)
        ):
            info = self._store.tasks.info(each.task_id)
            seen = may_see_gold(viewer, info.access, info.name in self._cards.hidden_tasks(viewer))
            found.append(
                CalibrationAnswer(
                    info.name, each.key, each.kind, each.verdict, each.label, each.probability, each.em, each.question,
                    each.gold if seen else None, each.text if seen else None, each.problem,
                )
            )  # fmt: skip
        return found

    def corrected(self, calibration_id: str, run_id: str) -> CorrectedRun:
        """A run's Judge Scores, corrected by what this calibration found. Raises BadInput."""
        row = self._store.calibrations.get(calibration_id)
        run = self._desk.run(run_id)
        judged: dict[AnswerType, list[ScoredSample]] = {}
        for task_id, samples in self._store.scored.samples(run_id):
            judged.setdefault(self._store.tasks.info(task_id).answer_type, []).extend(samples)
        scores = corrected_scores(judged, self._store.calibrations.rates(calibration_id))
        return CorrectedRun(run, calibration_id, scores, run.judge == row.label)

    def _work(self, calibration_id: str, spec: CalibrationSpec) -> None:
        began = time.monotonic()
        done = threading.Event()
        beats = threading.Thread(target=self._beat, args=(calibration_id, done, began), daemon=True)
        beats.start()
        state: CalibrationState = "done"
        problem = None
        try:
            with self._turn:
                if not self._closing.is_set():
                    self._judge_all(calibration_id, spec)
        except Exception as error:  # the worker's outer edge: the calibration ends with its reason
            if not isinstance(error, StudioError):
                log.exception("calibration %s failed", calibration_id)
            state, problem = "failed", problem_of(error)
        done.set()
        beats.join()
        if state == "done" and self._closing.is_set():
            state = "interrupted"
        try:
            self._store.calibrations.finish(calibration_id, state, time.monotonic() - began, problem)
        except StudioError:
            log.exception("the end of calibration %s could not be written", calibration_id)

    def _judge_all(self, calibration_id: str, spec: CalibrationSpec) -> None:
        judge = self._open_judge(spec.judge)
        try:
            self._store.calibrations.begin(calibration_id, f"{judge.info.name}@{judge.info.revision}")
            cases = self._plan(calibration_id, spec)
            while not self._closing.is_set():
                batch = self._store.calibrations.waiting(calibration_id, BATCH)
                if not batch:
                    return
                asked = [replace(cases[sample_id], prediction=text) for _, sample_id, text in batch]
                verdicts = judge.verdicts(asked)
                self._store.calibrations.judged(
                    [(answer_id, verdict) for (answer_id, _, _), verdict in zip(batch, verdicts, strict=True)]
                )
        finally:
            judge.close()

    def _plan(self, calibration_id: str, spec: CalibrationSpec) -> dict[int, JudgeCase]:
        """Makes the answers; returns the judge's case of each sample by its database id, the answer left empty."""
        asked: list[Asked] = []
        cases: dict[int, JudgeCase] = {}
        samples = without_gold = 0
        for task in self._shelf.load(RunSpec("", spec.tasks, limit=spec.limit)):
            ids = self._store.tasks.save(task)
            task = replace(task, samples=task.samples[: spec.limit])
            samples += len(task)
            known = [sample for sample in task if sample.gold is not None and sample.problem is None]
            without_gold += len(task) - len(known)
            cases |= {ids[each.id]: JudgeCase(each.prompt, each.gold or "", "") for each in known}
            if known:
                task_id = self._store.tasks.samples([ids[known[0].id]])[0].task_id
                asked += _asked(task, task_id, ids, spec.seed)
        if not asked:
            raise BadInput("calibration_no_gold")
        self._store.calibrations.plan(calibration_id, asked, samples=samples, without_gold=without_gold)
        return cases

    def _beat(self, calibration_id: str, done: threading.Event, began: float) -> None:
        while not done.wait(BEAT_S):
            try:
                self._store.calibrations.beat(calibration_id, time.monotonic() - began)
            except StudioError as error:
                log.warning("heartbeat of %s: %s", calibration_id, error)

    def _alive(self, row: CalibrationRow) -> CalibrationRow:
        """The row; one whose worker has died is marked so first."""
        if row.state not in GOING or (row.owner and lives(row.owner, row.heartbeat)):
            return row
        fresh = self._store.calibrations.get(row.id)  # it may have ended between two looks
        if fresh.state in GOING and not (fresh.owner and lives(fresh.owner, fresh.heartbeat)):
            self._store.calibrations.interrupt(row.id)
            return self._store.calibrations.get(row.id)
        return fresh

    def _view(self, row: CalibrationRow) -> Calibration:
        """What is over is counted once; of what goes on the rates may be a moment old, how far it is never is."""
        row = self._alive(row)
        known = self._known.get(row.id)
        if known and known.view.state == row.state:
            if row.state not in GOING:
                return known.view
            if known.view.done and time.monotonic() - known.at < PATIENCE * known.took:
                done, total = self._store.calibrations.count(row.id)
                return replace(known.view, done=done, total=total, seconds=row.seconds)
        start = time.monotonic()
        lines = self._store.calibrations.rates(row.id)
        names = [self._store.tasks.info(task_id).name for task_id in self._store.calibrations.tasks(row.id)]
        view = calibration_view(row, lines, names)
        self._known[row.id] = _Known(view, time.monotonic(), time.monotonic() - start)
        return view


def _asked(task: Task, task_id: int, ids: Mapping[str, int], seed: int) -> Iterable[Asked]:
    for answer in answers_of(task.info.name, task.samples, seed):
        sample = answer.sample
        em = {
            profile: exact_match(
                answer.text,
                sample.gold,
                options=sample.options,
                answer_type=task.info.answer_type,
                profile=profile,
                settings=settings_of(task.info),
            ).value
            for profile in PROFILES
        }
        kind = answer.kind
        yield Asked(task_id, ids[sample.id], kind.name, kind.verdict, kind.trick, answer.text, em)
