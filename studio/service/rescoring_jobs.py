"""A run scored anew by a version of the scorer, in the background: scores are added, then the run points to them."""

import logging
import threading
from collections.abc import Callable

from studio.core.errors import BadInput, Cancelled, Problem, StudioError
from studio.core.waiting import looks
from studio.core.whatif import Rescoring
from studio.service.scorers import OURS, Scorers, label_of
from studio.store import Store
from studio.store.runs import RunRow

log = logging.getLogger(__name__)
BATCH = 500  # answers in one transaction: a run that goes on beside waits for no more


class RescoringJobs:
    """One run at a time is scored anew; who asks for another waits in line behind it."""

    def __init__(self, store: Store, scorers: Scorers) -> None:
        self._store = store
        self._scorers = scorers
        self._states: dict[str, Rescoring] = {}
        self._threads: list[threading.Thread] = []
        self._turn = threading.Lock()
        self._closing = threading.Event()

    def start(self, run_id: str, name: str) -> Rescoring:
        """Begins; where the run has all scores of the version (or for ``, the profile it was asked under) it only
        switches, and is done at once. Raises BadInput: no such run or version, a run that goes on."""
        row = self._store.runs.get(run_id)
        if row.state in {"queued", "running"}:
            raise BadInput("run_active", run=run_id)
        state = self._states.get(run_id)
        if state and state.going:
            raise BadInput("rescore_active", run=run_id, scorer=state.scorer)
        profile = f"{OURS}+{name}" if name else row.spec.profile
        self._scorers.of(profile)
        label = label_of(profile) if name else None
        waiting = self._store.scorers.unscored(run_id, label) if label else []
        total = sum(tally.n for tally in self._store.browse.tally(run_id) if tally.em_status is not None)
        if not waiting:
            self._store.scorers.point(run_id, profile, label)
            return self._tell(Rescoring(run_id, name, total, total, going=False))
        state = self._tell(Rescoring(run_id, name, total - len(waiting), total, going=True))
        thread = threading.Thread(
            target=self._work, args=(row, profile, label, waiting, state), name="rescoring", daemon=True
        )
        self._threads.append(thread)
        thread.start()
        return state

    def state(self, run_id: str) -> Rescoring | None:
        """Where the latest rescoring of the run stands; None: there was none since the studio was opened."""
        return self._states.get(run_id)

    def wait(
        self, run_id: str, on_progress: Callable[[Rescoring], None] = lambda state: None
    ) -> Rescoring | None:
        """Returns when it is over."""
        for _ in looks():
            state = self.state(run_id)
            if state is None or not state.going:
                break
            on_progress(state)
        return state

    def close(self) -> None:
        """Stops; the run keeps its old scores, and the next attempt goes on from here."""
        self._closing.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(
        self, row: RunRow, profile: str, label: str | None, waiting: list[tuple[int, int]], state: Rescoring
    ) -> None:
        problem: Problem | None = None
        try:
            with self._turn:
                for start in range(0, len(waiting), BATCH):
                    self._score(profile, waiting[start : start + BATCH])
                    state = self._tell(
                        Rescoring(
                            row.id,
                            state.scorer,
                            state.done + len(waiting[start : start + BATCH]),
                            state.total,
                            True,
                        )
                    )
                self._store.scorers.point(row.id, profile, label)
        except StudioError as error:
            log.info("rescoring of %s stopped: %s", row.id, error)
            problem = error.problem
        except Exception as error:  # the worker's outer edge: whoever waits must learn that it is over
            log.exception("rescoring of %s stopped", row.id)
            problem = Problem("internal", {"kind": type(error).__name__, "message": str(error)})
        finally:
            self._tell(Rescoring(row.id, state.scorer, state.done, state.total, False, problem))

    def _score(self, profile: str, batch: list[tuple[int, int]]) -> None:
        if self._closing.is_set():
            raise Cancelled("cancelled")
        texts = self._store.scorers.texts([generation for generation, _ in batch])
        samples = {stored.id: stored for stored in self._store.tasks.samples([sample for _, sample in batch])}
        self._store.scorers.keep(
            [
                (
                    generation,
                    self._scorers.score(
                        texts[generation], stored.sample.gold, stored.sample, stored.task, profile
                    ),
                )
                for generation, sample in batch
                for stored in [samples[sample]]
            ]
        )

    def _tell(self, state: Rescoring) -> Rescoring:
        self._states[state.run] = state
        return state
