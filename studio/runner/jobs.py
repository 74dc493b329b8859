"""Jobs: runs wait in a queue and one at a time has the machine. A page closes, a job goes on."""

import logging
import os
import queue
import socket
import threading
import time
from collections.abc import Callable

from studio.core.errors import BadInput, Cancelled, Paused, StudioError
from studio.core.run import RunState
from studio.core.visits import Visits
from studio.runner.live import LiveState
from studio.runner.loop import EngineShelf, Loop, Tools, problem_of
from studio.runner.scorer import Scorer
from studio.store import Store
from studio.store.runs import STALE_AFTER_S

log = logging.getLogger(__name__)
BEAT_S = 0.5
Borrowing = Callable[[EngineShelf, Callable[[], bool]], None]


class Jobs:
    """The queue of runs of this process, and its one worker thread."""

    def __init__(self, store: Store, scorer: Scorer, tools: Tools, visits: Visits | None = None) -> None:
        """`visits` is told which run works now."""
        self._store = store
        self._scorer = scorer
        self._tools = tools
        self._visits = visits or Visits()
        self._engines = EngineShelf(tools.open_engine, tools.engine_key)
        self._queue: queue.Queue[str | tuple[str, Borrowing] | None] = queue.Queue()
        self._live: dict[str, LiveState] = {}
        self._cancels: dict[str, threading.Event] = {}
        self._thread: threading.Thread | None = None
        self._beats: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        # Tells two processes on one file apart; the nonce guards against a reused process id.
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"

    def submit(self, run_id: str, *, anew: bool) -> None:
        """Puts a run in the queue. Raises BadInput when somebody is already at work on it."""
        if not self._store.runs.claim(run_id, self.owner, anew=anew):
            raise BadInput("run_active", run=run_id)
        with self._lock:
            self._live[run_id] = LiveState()
            self._cancels[run_id] = threading.Event()
            self._begin()
            self._beats = [thread for thread in self._beats if thread.is_alive()]
            beat = threading.Thread(target=self._beat, args=(run_id,), name=f"beat-{run_id}", daemon=True)
            self._beats.append(beat)
            beat.start()
        self._queue.put(run_id)

    def lend(self, run_id: str, borrowing: "Borrowing") -> None:
        """Has something done about a run between runs, with the machine and its models: it is given these, and whether
        the studio is closing. It must not raise."""
        with self._lock:
            self._begin()
        self._queue.put((run_id, borrowing))

    def open_judge(self, name: str) -> None:
        """Opens a judge, or finds it open. Raises ModelError, BadInput."""
        self._scorer.judge(name)

    def judge(self, run_id: str) -> None:
        """Has the judge score the answers that wait for it; the model is not asked."""
        self._scorer.anew(run_id)
        self._scorer.notify(run_id)

    def cancel(self, run_id: str) -> None:
        """Asks for a stop; also reaches a run of another process, through the store."""
        self._store.runs.request_cancel(run_id)
        event = self._cancels.get(run_id)
        if event:
            event.set()

    def live(self, run_id: str) -> LiveState | None:
        """What this process knows of a run that is going on; None when it is not ours or over."""
        return self._live.get(run_id)

    def reap(self) -> list[str]:
        """Marks runs whose process has died as interrupted."""
        alive = [
            owner for owner, beat in self._store.runs.owners() if owner == self.owner or lives(owner, beat)
        ]
        return self._store.runs.mark_interrupted(alive)

    def close(self, timeout_s: float = 10.0) -> None:
        """Stops what is going on (it can be resumed) and frees the model."""
        self._closing.set()
        for event in list(self._cancels.values()):
            event.set()
        self._queue.put(None)
        if self._thread:
            self._thread.join(timeout_s)
        for beat in self._beats:  # the file is closed next, and nobody may be at it then
            beat.join(timeout_s)
        self._engines.clear()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            if isinstance(item, str):
                self._run(item)
            else:
                run_id, borrowing = item
                self._visits.works(run_id)
                borrowing(self._engines, self._closing.is_set)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="runs", daemon=True)
            self._thread.start()

    def _run(self, run_id: str) -> None:
        live, cancel = self._live[run_id], self._cancels[run_id]
        state: RunState = "done"
        problem = None
        try:
            if not cancel.is_set():
                self._store.runs.begin(run_id)
                self._visits.works(run_id)
                Loop(self._store, self._scorer, self._tools, self._engines, live, cancel.is_set).run(run_id)
        except Cancelled:
            log.info("run %s was stopped while its model was opened", run_id)
        except Paused as error:
            state, problem = "interrupted", error.problem
        except (
            Exception
        ) as error:  # the worker's outer edge: the run ends with its reason, the next one starts
            if not isinstance(error, StudioError):
                log.exception("run %s failed", run_id)
            state, problem = "failed", problem_of(error)
        if cancel.is_set() and state != "failed":
            state = "interrupted" if self._closing.is_set() else "cancelled"
        self._finish(run_id, state, problem)

    def _finish(self, run_id: str, state: RunState, problem: object) -> None:
        try:
            self._store.runs.beat(run_id)
            self._keep_pace(run_id)
            self._store.runs.finish(run_id, state, problem)  # type: ignore[arg-type]
        except StudioError:
            # A full disk, say: the rows stay `running` and are found interrupted at the next start.
            log.exception("the end of run %s could not be written", run_id)
        finally:
            with self._lock:
                self._live.pop(run_id, None)
                self._cancels.pop(run_id, None)

    def _keep_pace(self, run_id: str) -> None:
        """How full the stages were: what no answer tells once the run has ended."""
        gauge = self._live[run_id].gauge
        if gauge is not None and gauge.span_s > 0:
            loads = gauge.loads()
            started_at = time.time() - gauge.elapsed_s
            self._store.pace.keep(run_id, started_at, gauge.span_s, loads, loads["request"].room)

    def _beat(self, run_id: str) -> None:
        """Twice a second: I live; and has anybody, in any process, asked me to stop?"""
        event = self._cancels.get(run_id)
        while event is not None and run_id in self._live:
            try:
                if self._store.runs.beat(run_id):
                    event.set()
            except StudioError as error:
                log.warning("heartbeat of %s: %s", run_id, error)
            if self._closing.wait(BEAT_S):
                return


def lives(owner: str, beat: float) -> bool:
    """Whether the process behind `host:pid:nonce` is still there: by its heartbeat and, on this machine, by its id."""
    host, pid, _ = owner.rsplit(":", 2)
    if time.time() - beat > STALE_AFTER_S:
        return False
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
