"""Carries the journal's segments to a shelf, in batches, and back when a machine starts with an empty disk."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from studio.core.errors import Problem, StudioError
from studio.core.safety import Safety
from studio.journal.journal import Journal, Locked
from studio.journal.record import read
from studio.journal.shelf import Shelf

_log = logging.getLogger(__name__)
_FORGET = "forget"  # names of segments whose older contents the shelf must lose
_MOST_WAIT_S = 300.0  # between two tries of a shelf that is down


class Shipper:
    """One thread that ships what is new; `stop` does so for the last time, for whoever is about to be switched off."""

    def __init__(self, journal: Journal, shelf: Shelf, now: Callable[[], float] = time.time) -> None:
        self._journal, self._shelf, self._now = journal, shelf, now
        self._last = 0
        self._at: float | None = None
        self._problem: Problem | None = None
        self._lock = threading.Lock()
        self._wake, self._stopped = threading.Event(), False
        self._thread: threading.Thread | None = None

    def restore(self) -> int:
        """Fetches the segments that are on the shelf and not here, or longer there, before anything is written. Returns
        how many. Raises what the shelf raises: to begin without them would number new records like lost ones."""
        here, anew = self._sizes(), self._forgotten()
        there = self._shelf.files()
        missing = sorted(
            name for name, size in there.items() if name not in anew and size > here.get(name, 0)
        )
        for name in missing:
            content = self._shelf.get(name)
            for line in content.splitlines():
                read(line)  # half a download is no segment
            beside = self._journal.folder / f"{name}.part"
            beside.write_bytes(content)
            beside.replace(self._journal.folder / name)
        return len(missing)

    def flush(self) -> bool:
        """Ships what the shelf does not have. False when it could not; `state` tells why, and the next try is whole."""
        with self._lock:
            try:
                self._ship()
            except (
                Exception
            ) as error:  # of whatever kind: a library of the hub has its own, and the work goes on
                self._problem = _problem(self._shelf.name, error)
                _log.warning("the journal could not be shipped: %s", error)
                return False
            self._problem, self._at = None, self._now()
            return True

    def forget(self, segments: list[Path]) -> None:
        """These segments were written anew, and their older contents must go. Kept on the disk until it is done."""
        names = self._forgotten() | {path.name for path in segments}
        (self._journal.folder / _FORGET).write_text("\n".join(sorted(names)), encoding="utf-8")
        self._wake.set()

    def state(self) -> Safety:
        kept = self._journal.last()
        return Safety(self._shelf.name, kept, max(0, kept - self._last), self._at, self._problem)

    def start(self, every_s: float = 0.0) -> None:
        """Ships every so many seconds (as often as the shelf bears, for 0) while there is something, in a thread of its
        own; after failures it waits longer and longer."""
        self._thread = threading.Thread(
            target=self._run, args=(every_s or self._shelf.pace_s,), name="shipper", daemon=True
        )
        self._thread.start()

    def stop(self, within_s: float | None = None) -> bool:
        """Ends the thread and ships the rest, whether or not one was started; whether it is all there. A shelf that
        does not answer in time is left behind, and the log says how many records are not there."""
        self._stopped = True
        if self._thread is None:
            self.start()
        self._wake.set()
        assert self._thread is not None
        self._thread.join(within_s)
        done, self._thread = not self._thread.is_alive(), None
        state = self.state()
        if done and not state.waiting and not state.problem:
            return True
        _log.error(
            "%d records of people's work are on this disk alone: the shelf %s did not take them",
            state.waiting,
            state.shelf,
        )
        return False

    def _run(self, every_s: float) -> None:
        wait_s = every_s
        while not self._stopped:
            self._wake.wait(wait_s)
            self._wake.clear()
            if not self._stopped:
                wait_s = every_s if self.flush() else min(2 * wait_s, max(every_s, _MOST_WAIT_S))
        self.flush()

    def _ship(self) -> None:
        """One process of a machine at a time, and by what the shelf has now: a command may just have shipped more."""
        last, anew = self._journal.last(), self._forgotten()
        if last == self._last and not anew and self._at is not None:
            return
        with Locked(self._journal.folder / "ship.lock"):
            there = self._shelf.files()
            longer = {
                name for name, size in self._sizes().items() if name not in anew and size > there.get(name, 0)
            }
            fresh = {name: content for name, content in self._read(longer).items()
                     if len(content) > there.get(name, 0)}  # fmt: skip
            if fresh:
                self._shelf.put(fresh)
            if again := self._read(anew):
                self._shelf.put(again, forget=True)
            self._last = last
            if anew:
                (self._journal.folder / _FORGET).unlink()

    def _sizes(self) -> dict[str, int]:
        return {path.name: path.stat().st_size for path in self._journal.segments()}

    def _read(self, names: set[str]) -> dict[str, bytes]:
        """Segments as far as their lines are whole; the last one may just be written to."""
        paths = [self._journal.folder / name for name in sorted(names)]
        found = {path.name: path.read_bytes() for path in paths if path.exists()}
        return {name: content[: content.rfind(b"\n") + 1] for name, content in found.items()}

    def _forgotten(self) -> set[str]:
        path = self._journal.folder / _FORGET
        return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def _problem(shelf: str, error: Exception) -> Problem:
    if isinstance(error, StudioError):
        return error.problem
    return Problem("shelf_silent", {"name": shelf, "reason": str(error) or type(error).__name__})
