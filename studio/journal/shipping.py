"""Carries the journal's segments to a shelf, in batches, and back when a machine starts with an empty disk."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.journal.journal import Journal
from studio.journal.record import read
from studio.journal.shelf import Shelf

_log = logging.getLogger(__name__)
_FORGET = "forget"  # names of segments whose older contents the shelf must lose


@dataclass(frozen=True)
class Shipped:
    """How far the shelf is behind. `at` is when all that there was lay on the shelf for the last time (seconds since
    1970), `waiting` counts records since, `problem` is why the last try failed (""  when it did not)."""

    shelf: str
    at: float | None
    waiting: int
    problem: str = ""


class Shipper:
    """One thread that ships what is new; `flush` does so at once, for whoever is about to be switched off."""

    def __init__(self, journal: Journal, shelf: Shelf, now: Callable[[], float] = time.time) -> None:
        self._journal, self._shelf, self._now = journal, shelf, now
        self._there: dict[str, int] | None = None
        self._last = 0
        self._at: float | None = None
        self._problem = ""
        self._lock = threading.Lock()
        self._wake, self._stopped = threading.Event(), False
        self._thread: threading.Thread | None = None

    def restore(self) -> int:
        """Fetches the segments that are on the shelf and not here, or longer there, before anything is written. Returns
        how many. Raises what the shelf raises: to begin without them would number new records like lost ones."""
        here, anew = self._here(), self._forgotten()
        there = self._shelf.files()
        missing = sorted(
            name for name, size in there.items() if name not in anew and size > len(here.get(name, b""))
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
                self._problem = str(error) or type(error).__name__
                self._there = None
                _log.warning("the journal could not be shipped: %s", self._problem)
                return False
            self._problem, self._at = "", self._now()
            return True

    def forget(self, segments: list[Path]) -> None:
        """These segments were written anew, and their older contents must go. Kept on the disk until it is done."""
        names = self._forgotten() | {path.name for path in segments}
        (self._journal.folder / _FORGET).write_text("\n".join(sorted(names)), encoding="utf-8")
        self._wake.set()

    def state(self) -> Shipped:
        """Where it stands; counts the records that wait."""
        waiting = sum(1 for _ in self._journal.records(self._last))
        return Shipped(self._shelf.name, self._at, waiting, self._problem)

    def start(self, every_s: float) -> None:
        """Ships every so many seconds while there is something, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, args=(every_s,), name="shipper", daemon=True)
        self._thread.start()

    def stop(self) -> bool:
        """Ends the thread and ships the rest; whether it is all there."""
        self._stopped = True
        self._wake.set()
        if self._thread:
            self._thread.join()
            self._thread = None
        return self.flush()

    def _run(self, every_s: float) -> None:
        while not self._stopped:
            self._wake.wait(every_s)
            self._wake.clear()
            if not self._stopped:
                self.flush()

    def _ship(self) -> None:
        with self._journal.writing() as log:
            last = log.last
        anew = self._forgotten()
        if last == self._last and self._there is not None and not anew:
            return
        there = self._shelf.files() if self._there is None else self._there
        here = self._here()
        again = {name: here[name] for name in anew & set(here)}
        fresh = {
            name: content
            for name, content in here.items()
            if name not in again and content and there.get(name) != len(content)
        }
        if fresh:
            self._shelf.put(fresh)
        if again:
            self._shelf.put(again, forget=True)
        self._there = there | {name: len(content) for name, content in (fresh | again).items()}
        self._last = last
        if anew:
            (self._journal.folder / _FORGET).unlink()

    def _here(self) -> dict[str, bytes]:
        """The segments as far as their lines are whole; the last one may just be written to."""
        found = {path.name: path.read_bytes() for path in self._journal.segments()}
        return {name: content[: content.rfind(b"\n") + 1] for name, content in found.items()}

    def _forgotten(self) -> set[str]:
        path = self._journal.folder / _FORGET
        return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()
