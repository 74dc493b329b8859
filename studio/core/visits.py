"""Who looks at a run now: where a GPU is lent to visitors, it is their requests that it is lent to."""

import threading
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass

_POLL_S = 0.1


@dataclass(frozen=True)
class Visit:
    """Somebody at a run's page. `context` holds whatever a web framework keeps of the request."""

    run_id: str
    context: Context
    number: int


class Visits:
    """The visits of now, by run. Of all runs one works at a time. Safe to use from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._here: list[Visit] = []
        self._count = 0
        self._working = ""

    def come(self, run_id: str, context: Context) -> Visit:
        """Somebody opens the page of a run."""
        with self._changed:
            self._count += 1
            visit = Visit(run_id, context, self._count)
            self._here.append(visit)
            self._changed.notify_all()
            return visit

    def go(self, visit: Visit) -> None:
        """The page was left, or nothing more is to be had of this visit. May be called twice."""
        with self._changed:
            self._here = [each for each in self._here if each.number != visit.number]

    def works(self, run_id: str) -> None:
        """From now on this run is the one that works."""
        self._working = run_id

    def latest(self, within_s: float, cancelled: Callable[[], bool]) -> Visit | None:
        """The latest visit to the run that works; None when nobody comes for so long, or `cancelled()`."""
        left = within_s
        with self._changed:
            while True:
                here = [visit for visit in self._here if visit.run_id == self._working]
                if here or left <= 0 or cancelled():
                    return here[-1] if here else None
                self._changed.wait(_POLL_S)
                left -= _POLL_S
