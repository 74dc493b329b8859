"""Failures grouped in the background: a page asks how far it is, a command waits."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from studio.core.errors import BadInput, Cancelled, Problem, StudioError
from studio.core.reasons import GroupingSpec, GroupingState, Reasons
from studio.core.run import Viewer
from studio.core.waiting import looks
from studio.service.groups import KeptGroups

log = logging.getLogger(__name__)
Stage = Literal["read", "embed", "group", "keep"]
Tell = Callable[[Stage, int, int], None]
TURN_S = 0.2  # between two looks at whether whoever waits shall still wait
Make = Callable[[GroupingSpec, Viewer, Tell], Reasons]


def unheard(stage: Stage, done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


class GroupingJobs:
    """One grouping at a time; who asks for another waits in line behind it."""

    def __init__(self, make: Make, groups: KeptGroups) -> None:
        self._make = make
        self._groups = groups
        self._states: dict[frozenset[str], GroupingState] = {}
        self._stopped: set[frozenset[str]] = set()  # groupings that go on and shall not
        self._threads: list[threading.Thread] = []
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._closing = threading.Event()

    def start(self, spec: GroupingSpec, author: str, viewer: Viewer) -> GroupingState:
        """Begins. Raises BadInput where these runs are being grouped."""
        with self._starting:
            known = self.state(spec.runs)
            if known and known.going:
                raise BadInput("grouping_active")
            self._stopped.discard(frozenset(spec.runs))
            state = self._tell(GroupingState(spec.runs, "read"))
            thread = threading.Thread(
                target=self._work, args=(spec, author, viewer, state), name="grouping", daemon=True
            )
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
            thread.start()
        return state

    def state(self, runs: tuple[str, ...]) -> GroupingState | None:
        """Where the latest grouping of these runs stands; None: there was none since the studio was opened."""
        return self._states.get(frozenset(runs))

    def wait(
        self, runs: tuple[str, ...], on_progress: Callable[[GroupingState], None] = lambda state: None
    ) -> GroupingState | None:
        """Returns when it is over."""
        for _ in looks():
            state = self.state(runs)
            if state is None or not state.going:
                break
            on_progress(state)
        return state

    def stop(self, runs: tuple[str, ...]) -> None:
        """Ends a grouping that goes on at its next step; what was kept before stands. Harmless where none does."""
        with self._starting:
            known = self.state(runs)
            if known and known.going:
                self._stopped.add(frozenset(runs))

    def close(self) -> None:
        """Ends what goes on at its next step; nothing of it is kept."""
        self._closing.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self, spec: GroupingSpec, author: str, viewer: Viewer, state: GroupingState) -> None:
        problem: Problem | None = None
        kept = 0

        def tell(stage: Stage, done: int, total: int) -> None:
            nonlocal state
            if self._closing.is_set() or frozenset(spec.runs) in self._stopped:
                raise Cancelled("cancelled")
            state = self._tell(replace(state, stage=stage, done=done, total=total))

        try:
            with self._in_turn(tell):
                found = self._make(spec, viewer, tell)
                if not found.n:
                    raise BadInput("grouping_empty")
                tell("keep", 0, found.n)
                kept = self._groups.keep(spec, found, author, viewer)
        except StudioError as error:
            log.info("grouping of %s stopped: %s", ", ".join(spec.runs), error)
            problem = error.problem
        except Exception as error:  # the worker's outer edge: whoever waits must learn that it is over
            log.exception("grouping of %s stopped", ", ".join(spec.runs))
            problem = Problem("internal", {"kind": type(error).__name__, "message": str(error)})
        finally:
            self._tell(replace(state, going=False, problem=problem, kept=kept))

    @contextmanager
    def _in_turn(self, tell: Tell) -> Iterator[None]:
        """Waits for the grouping before; who waits in line can be stopped as well."""
        while not self._turn.acquire(timeout=TURN_S):
            tell("read", 0, 0)
        try:
            yield
        finally:
            self._turn.release()

    def _tell(self, state: GroupingState) -> GroupingState:
        self._states[frozenset(state.runs)] = state
        return state
