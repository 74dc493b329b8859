"""The judge works behind the answers: it takes from the store what is not judged yet, so a restart loses nothing."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable

from studio.core.errors import Problem, StudioError
from studio.core.judge import NO_JUDGE, Judge, Verdict
from studio.store import Store
from studio.store.answers import Unjudged

log = logging.getLogger(__name__)

LEAST, MOST = 64, 1024  # answers that a judge is given at once
AT_ONCE_S = 1.0  # and about so much work
# A batch of answers arrives one by one within milliseconds: wait for its tail rather than judge each alone.
GATHER_S = 0.05
# Why a judge behind servers answered nothing: asking it about the next batch would be waiting as long again.
_GONE = frozenset(("servers_silent", "server_busy", "server_key", "server_no_model"))


class Handful:
    """How many answers one judge is given at once: about as many as it judges in `AT_ONCE_S`. Many of them sort into
    batches of like length, and fewer times is everybody's slowest waited for; a kill costs no more than a second."""

    def __init__(self) -> None:
        self.size = LEAST

    def took(self, n: int, seconds: float) -> None:
        """`n` answers were judged in that time. It grows twofold at most: what was known already costs no time."""
        wanted = round(n * AT_ONCE_S / seconds) if seconds > 0 else MOST
        self.size = max(LEAST, min(MOST, 2 * self.size, wanted))


class Scorer:
    """One thread that asks judges about stored answers of the runs it was told of."""

    def __init__(self, store: Store, open_judge: Callable[[str], Judge]) -> None:
        self._store = store
        self._open = open_judge
        self._judges: dict[str, Judge] = {}
        self._handfuls: defaultdict[str, Handful] = defaultdict(Handful)
        self._waiting: list[str] = []
        self._busy: str | None = None
        # Runs whose judge nobody reaches: it is not waited for once a batch. What is left is unscored with the same
        # reason, and judged when somebody asks again.
        self._unreached: dict[str, Problem] = {}
        self._closed = False
        self._opening = ""
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def notify(self, run_id: str) -> None:
        """There may be something to judge in this run."""
        with self._changed:
            if self._closed:
                return
            if run_id not in self._waiting:
                self._waiting.append(run_id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="judge", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def anew(self, run_id: str) -> None:
        """Work on the run begins again: its judge may be there by now."""
        self._unreached.pop(run_id, None)

    def drain(self, run_id: str, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Returns when everything of this run is judged, or `cancelled()`."""
        self.notify(run_id)
        with self._changed:
            while not self._closed and (run_id in self._waiting or self._busy == run_id) and not cancelled():
                self._changed.wait(0.1)

    def judge(self, name: str) -> Judge:
        """The judge of that name, opened once. Raises ModelError."""
        if name not in self._judges:
            self._opening = name
            try:
                self._judges[name] = self._open(name)
            finally:
                self._opening = ""
        return self._judges[name]

    @property
    def opening(self) -> str:
        """The judge that is being opened now, by its name; empty: none is. Nobody can stop that halfway."""
        return self._opening

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread:
            self._thread.join(timeout=10)
        for judge in self._judges.values():
            judge.close()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                self._changed.wait(GATHER_S)
                self._busy = self._waiting.pop(0)
            try:
                self._judge_all(self._busy)
            except StudioError as error:
                level = logging.INFO if self._ends() else logging.ERROR
                log.log(level, "judging %s stopped: %s", self._busy, error)
            except Exception:  # the worker's outer edge: the next run must still be judged
                if (
                    self._ends()
                ):  # connections and file are closed under it: what it missed waits for a resume
                    log.info("judging %s stopped with the studio", self._busy)
                else:
                    log.exception("judging %s stopped", self._busy)
            finally:
                with self._changed:
                    self._busy = None
                    self._changed.notify_all()

    def _judge_all(self, run_id: str) -> None:
        name = self._store.runs.get(run_id).spec.judge
        if name == NO_JUDGE:
            return
        handful = self._handfuls[name]
        while not self._stopped(run_id) and (batch := self._store.answers.unjudged(run_id, handful.size)):
            gone = self._unreached.get(run_id)
            started = time.perf_counter()
            label, verdicts = (name, _silent(batch, gone)) if gone else self._ask(run_id, name, batch)
            handful.took(len(batch), time.perf_counter() - started)
            self._store.answers.judged(run_id, label, list(zip(batch, verdicts, strict=True)))
            first = verdicts[0].problem if verdicts else None
            if first and first.code in _GONE and all(verdict.problem == first for verdict in verdicts):
                self._unreached[run_id] = first

    def _ends(self) -> bool:
        return self._closed

    def _stopped(self, run_id: str) -> bool:
        return self._closed or self._store.runs.get(run_id).state == "cancelled"

    def _ask(self, run_id: str, name: str, batch: list[Unjudged]) -> tuple[str, list[Verdict]]:
        """The verdicts; when the judge cannot be asked, every answer of the batch is unscored with the reason."""
        try:
            judge = self.judge(name)
            label = f"{judge.info.name}@{judge.info.revision}"
            self._store.runs.set_judge(run_id, label, judge.info)
            return label, judge.verdicts([item.case for item in batch])
        except StudioError as error:
            if self._ends():  # nothing was wrong with the judge: it was closed
                raise
            problem = error.problem
        except (RuntimeError, ValueError, OSError) as error:
            if self._ends():
                raise
            log.exception("the judge %s failed", name)
            problem = Problem("judge_failed", {"judge": name, "reason": f"{type(error).__name__}: {error}"})
        return name, _silent(batch, problem)


def _silent(batch: list[Unjudged], problem: Problem) -> list[Verdict]:
    """No verdict on any of the batch, for one reason."""
    return [Verdict(None, None, (), problem) for _ in batch]
