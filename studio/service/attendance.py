"""Whoever looks at a run lends it their request: on a Space with ZeroGPU a run has its GPU from its visitors."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from studio.core.errors import BadInput
from studio.core.run import RunView
from studio.core.visits import Visits
from studio.service.desk import Desk

# Reasons of a pause that end with any new request, and the one that ends with a visitor who has quota left.
_RENEWABLE = frozenset({"zerogpu_nobody", "zerogpu_expired", "zerogpu_busy"})
_PAUSES = _RENEWABLE | {"zerogpu_quota"}


class Attendance:
    """Visits to the pages of runs. Where no GPU is lent to visitors it does nothing."""

    def __init__(self, desk: Desk, visits: Visits, *, lends: bool) -> None:
        self._desk = desk
        self._visits = visits
        self._lends = lends

    @contextmanager
    def of(self, run_id: str) -> Iterator[None]:
        """The visit of whoever's request this is called in. It is lent to the run until the end of the `with`, and a
        run that was paused for want of a visitor goes on. Anybody's will do, since it is their own quota."""
        if not self._lends:
            yield
            return
        visit = self._visits.come(run_id, copy_context())
        try:
            if _paused_by(self._desk.run(run_id)) in _PAUSES:
                self._resume(run_id)
            yield
        finally:
            self._visits.go(visit)

    def awaits(self, run_id: str) -> bool:
        """Whether a new request of the same visitor may take the run on: its token grew old, or no GPU was free."""
        return self._lends and _paused_by(self._desk.run(run_id)) in _RENEWABLE

    def _resume(self, run_id: str) -> None:
        try:
            self._desk.resume(run_id)
        except BadInput as error:
            if error.problem.code != "run_active":  # somebody else came at the same moment
                raise


def _paused_by(run: RunView) -> str:
    """The code of what a run was paused by; empty for any other."""
    return run.problem.code if run.paused and run.problem else ""
