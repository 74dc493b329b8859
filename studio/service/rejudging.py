"""Further judges of a run: one at a time is asked, in a thread of its own; every verdict is in the store at once."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from studio.core.errors import BadInput, NotAllowed, Problem, StudioError
from studio.core.ids import dated
from studio.core.judge import NO_JUDGE, Judge
from studio.core.judging import ONLY, Judging, JudgingSpec, JudgingState
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.core.waiting import looks
from studio.query import parse
from studio.runner import lives, problem_of
from studio.service import visitors
from studio.service.catalogue import Shelf
from studio.service.looking import Looking
from studio.store import Store
from studio.store.judgings import JudgingRow

log = logging.getLogger(__name__)
BATCH = 64
BEAT_S = 1.0
MOST_WAITING = 8  # each waits in a thread of its own


class Rejudging:
    """Judges asked about answers that are there already."""

    def __init__(
        self, store: Store, shelf: Shelf, looking: Looking, open_judge: Callable[[str], Judge]
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._looking = looking
        self._open_judge = open_judge
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"

    def start(self, spec: JudgingSpec, viewer: Viewer = OWNER) -> str:
        """Asks a judge about the run's answers, in the background; the run's own verdicts stay. Returns the
        judging's id.

        Raises BadInput: a run that goes on, no judge named, an unknown choice of answers, a filter that
        cannot be read; NotAllowed: another's run,
        gold that is hidden from the viewer, a judge that visitors may not open.
        """
        self._steered(spec.run, viewer)
        if viewer.role != "owner":
            visitors.check_listed((), spec.judge, self._shelf)
        if spec.judge in {"", NO_JUDGE}:
            raise BadInput("judging_no_judge")
        if spec.only not in ONLY:
            raise BadInput("unknown_only", name=spec.only, known=", ".join(ONLY))
        parse(spec.where.where)
        if self._store.runs.get(spec.run).state in {"running", "queued"}:
            raise BadInput("run_active", run=spec.run)
        self._threads = [each for each in self._threads if each.is_alive()]
        if len(self._threads) >= MOST_WAITING:
            raise BadInput("judging_busy", n=len(self._threads))
        judging_id = dated("j", self._store.judgings.has)
        self._store.judgings.create(judging_id, spec, self._owner)
        thread = threading.Thread(
            target=self._work, args=(judging_id, spec), name=f"judging-{judging_id}", daemon=True
        )
        self._threads.append(thread)
        thread.start()
        return judging_id

    def get(self, judging_id: str) -> Judging:
        """What is known of it so far. Raises BadInput."""
        return _view(self._store.judgings.get(judging_id))

    def of_run(self, run_id: str) -> tuple[Judging, ...]:
        """Newest first."""
        return tuple(_view(row) for row in self._store.judgings.of_run(run_id))

    def wait(self, judging_id: str, timeout_s: float | None = None) -> Judging:
        """Returns when it is no longer going on, or after `timeout_s`."""
        for _ in looks(timeout_s):
            if not self.get(judging_id).going:
                break
        return self.get(judging_id)

    def make_own(self, run_id: str, label: str, viewer: Viewer = OWNER) -> None:
        """Makes another judge's verdicts the run's Judge Score; the one before keeps its own in the store, and may be
        taken back in the same way.

        Raises BadInput: a run that goes on, a judge that was not asked about this run, or not about all of it;
        NotAllowed for anybody but the owner.
        """
        if viewer.role != "owner":
            raise NotAllowed("not_allowed")
        if self._store.runs.get(run_id).state in {"running", "queued"}:
            raise BadInput("run_active", run=run_id)
        known = self._store.judgings.labels(run_id)
        if label not in known:
            raise BadInput("unknown_run_judge", name=label, run=run_id, known=", ".join(known) or "—")
        if left := self._store.judgings.unread(run_id, label):
            raise BadInput("judge_incomplete", name=label, n=left, run=run_id)
        self._store.judgings.make_own(run_id, label, self._store.judgings.asked_as(run_id, label))

    def close(self, timeout_s: float = 10.0) -> None:
        """Stops after the batch at hand; asked again, it goes on where it stopped."""
        self._closing.set()
        for thread in self._threads:
            thread.join(timeout_s)

    def _steered(self, run_id: str, viewer: Viewer) -> None:
        self._store.runs.get(run_id)
        if not visitors.steered(self._store, [run_id], viewer):
            raise NotAllowed("not_yours")
        if self._looking.hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")

    def _work(self, judging_id: str, spec: JudgingSpec) -> None:
        began = time.monotonic()
        over = threading.Event()
        beats = threading.Thread(target=self._beat, args=(judging_id, over, began), daemon=True)
        beats.start()
        state: JudgingState = "done"
        problem: Problem | None = None
        try:
            with self._turn:
                if not self._closing.is_set():
                    self._judge(judging_id, spec)
        except Exception as error:  # the worker's outer edge: the judging ends with its reason
            if not isinstance(error, StudioError):
                log.exception("judging %s failed", judging_id)
            state, problem = "failed", problem_of(error)
        over.set()
        beats.join()
        if state == "done" and self._closing.is_set():
            state = "interrupted"
        try:
            self._store.judgings.finish(judging_id, state, time.monotonic() - began, problem)
        except StudioError:
            log.exception("the end of judging %s could not be written", judging_id)

    def _judge(self, judging_id: str, spec: JudgingSpec) -> None:
        judge = self._open_judge(spec.judge)
        try:
            label = f"{judge.info.name}@{judge.info.revision}"
            if label == self._store.runs.get(spec.run).judge:
                raise BadInput("judging_own", judge=label, run=spec.run)
            chosen = (
                None if spec.where == SampleFilter() else self._store.queues.numbers(spec.run, spec.where)
            )
            waiting = self._store.judgings.waiting(spec.run, label, spec.only, chosen)
            self._store.judgings.begin(judging_id, label, len(waiting))
            for start in range(0, len(waiting), BATCH):
                if self._closing.is_set():
                    return
                cases = self._store.judgings.cases(waiting[start : start + BATCH])
                verdicts = judge.verdicts([item.case for item in cases])
                self._store.judgings.keep(judging_id, label, list(zip(cases, verdicts, strict=True)))
        finally:
            judge.close()

    def _beat(self, judging_id: str, over: threading.Event, began: float) -> None:
        while not over.wait(BEAT_S):
            try:
                self._store.judgings.beat(judging_id, time.monotonic() - began)
            except StudioError as error:
                log.warning("heartbeat of %s: %s", judging_id, error)


def _view(row: JudgingRow) -> Judging:
    """The judging as it stands; one whose worker has died is interrupted."""
    state = row.state
    if state in {"queued", "running"} and not (row.owner and lives(row.owner, row.heartbeat)):
        state = "interrupted"
    return Judging(
        row.id, row.spec, state, row.label, row.created_at, row.seconds, row.done, row.total, row.unscored,
        row.problem,
    )  # fmt: skip
