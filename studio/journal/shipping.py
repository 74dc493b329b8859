"""Carries the journal's segments to a shelf, in batches, and back when a machine starts with an empty disk."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from studio.core.errors import Problem, StoreError, StudioError
from studio.core.safety import Safety
from studio.journal.aside import laid_aside, settle, unsettled
from studio.journal.claim import ASIDE, Claim, State, claim_of, put_claim, studio_id
from studio.journal.erasing import erasable, without
from studio.journal.journal import SEGMENT, Journal, Locked
from studio.journal.record import JournalBroken
from studio.journal.shelf import Shelf

_log = logging.getLogger(__name__)
_HELD = "held"  # the name of the shelf that this studio held when it last saw it
_FORGET = "forget"  # names of segments whose older contents the shelf must lose
_MOST_WAIT_S = 300.0  # between two tries of a shelf that is down
_HANDING_S = 15.0  # beyond its pace, for whoever held the shelf before
_LOOK_S = 0.5


class Shipper:
    """One thread that ships what is new; `stop` does so for the last time, for whoever is about to be switched off.

    `held`: this studio holds the shelf. `lost` says that another took it, or that it holds what does not go together
    with the journal here: from then on nothing may be written here.
    `on_held` brings up to date whatever is made of the journal, after segments were fetched; `place` is what readers of
    the shelf know this studio by.
    """

    def __init__(
        self,
        journal: Journal,
        shelf: Shelf,
        now: Callable[[], float] = time.time,
        place: str = "",
        on_held: Callable[[], None] = lambda: None,
    ) -> None:
        self._journal, self._shelf, self._now, self._on_held = journal, shelf, now, on_held
        self._place = place or os.uname().nodename
        self._last = self._aside = 0
        self._at: float | None = None
        self._problem: Problem | None = None
        self.held = self._releases = self._server = self._stopped = False
        self.lost: Problem | None = None
        self._lock, self._wake, self._tried = threading.Lock(), threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    # the shelf's holder

    @property
    def trusted(self) -> bool:
        """Whether this studio held the shelf when it last saw it: then its disk has all, and work may begin before the
        shelf answers."""
        path = self._journal.folder / _HELD
        return path.exists() and path.read_text(encoding="utf-8") == self._shelf.name

    def hold(self) -> None:
        """Makes the shelf this studio's, and fetches what is only there. A server takes it over from whoever has it; a
        command does not, and raises StoreError. Raises what the shelf raises, JournalBroken."""
        with self._lock:
            self._hold()

    def _hold(self) -> None:
        claim, mine = claim_of(self._shelf, self._shelf.files()), studio_id(self._journal.folder)
        others = claim is not None and claim.studio != mine and claim.state != "released"
        if claim and others and (self.lost or not self._server):
            (self._journal.folder / _HELD).unlink(missing_ok=True)
            raise StoreError("shelf_taken", name=self._shelf.name, place=claim.place)
        if others:
            self._take_over()
        self.restore()
        self._on_held()
        if others or claim is None or claim.studio != mine or claim.state != "held":
            self._claim("held")
            self._releases = True
        self._releases = self._releases or self._server
        (self._journal.folder / _HELD).write_text(self._shelf.name, encoding="utf-8")
        self.held, self.lost = True, None

    def _take_over(self) -> None:
        """Waits until whoever holds the shelf has handed it over, or is gone."""
        self._claim("taking")
        until = time.monotonic() + self._shelf.pace_s + _HANDING_S
        while time.monotonic() < until and not self._stopped:
            claim = claim_of(self._shelf, self._shelf.files())
            if claim is None or claim.state == "handed":
                return
            time.sleep(min(_LOOK_S, self._shelf.pace_s))

    def _claim(self, state: State) -> None:
        put_claim(self._shelf, Claim(studio_id(self._journal.folder), self._place, state, self._now()))

    def _yield(self, claim: Claim, files: Mapping[str, int]) -> None:
        """Another studio has the shelf, or asks for it: nothing more is written here, and what there is goes to it, or
        aside where it does not wait any more."""
        self.lost, self.held = Problem("shelf_taken", {"name": self._shelf.name, "place": claim.place}), False
        (self._journal.folder / _HELD).unlink(missing_ok=True)
        with self._journal.writing() as log:  # whoever was writing has ended
            last = log.last
        fresh = self._fresh(files, frozenset())
        if claim.state == "taking":
            if fresh:
                self._shelf.put(fresh)
            put_claim(self._shelf, replace(claim, state="handed", at=self._now()))
        elif fresh:
            self._shelf.put({f"{ASIDE}{name}": content for name, content in fresh.items()})
        self._last = last
        _log.error(
            "another studio (%s) has taken the shelf %s: no answers are taken here",
            claim.place,
            self._shelf.name,
        )

    def restore(self) -> int:
        """Fetches the segments that are on the shelf and not here, or longer there, before anything is written. Returns
        how many. Raises what the shelf raises: to begin without them would number new records like lost ones; and
        JournalBroken when they and those here are not one whole: then nothing is changed here."""
        anew, here = self._forgotten(), self._sizes()
        there = {name: size for name, size in self._shelf.files().items() if SEGMENT.fullmatch(name)}
        missing = sorted(
            name for name, size in there.items() if name not in anew and size > here.get(name, 0)
        )
        if missing:
            folder = self._journal.folder / "restoring"
            shutil.rmtree(folder, ignore_errors=True)  # a process may have died in here
            folder.mkdir()
            try:
                self._fetch(folder, missing, there)
                with self._journal.writing():
                    for name in here.keys() - set(missing):
                        shutil.copyfile(self._journal.folder / name, folder / name)
                    Journal(folder).verify()
                    for name in missing:
                        (folder / name).replace(self._journal.folder / name)
            finally:
                shutil.rmtree(folder)
        return len(missing)

    def _fetch(self, folder: Path, names: list[str], sizes: dict[str, int]) -> None:
        for name in names:
            content = self._shelf.get(name)
            if len(content) != sizes[name]:
                raise StoreError(
                    "shelf_half", name=self._shelf.name, file=name, size=sizes[name], got=len(content)
                )
            (folder / name).write_bytes(content)

    # shipping

    def flush(self) -> bool:
        """Ships what the shelf does not have. False when it could not; `state` tells why, and the next try is whole."""
        with self._lock:
            try:
                if not self.held:
                    self._hold()
                self._ship()
            # of whatever kind: a library of the hub has its own, and the work goes on
            except Exception as error:
                self._problem = _problem(self._shelf.name, error)
                if isinstance(error, JournalBroken):  # what is here and what is there are not one whole
                    self.lost = self._problem
                _log.warning("the journal could not be shipped: %s", error)
                return False
            if self.held:
                self._problem, self._at = None, self._now()
            return self.held

    def forget(self, segments: list[Path]) -> None:
        """These segments were written anew, and their older contents must go. Kept on the disk until it is done."""
        names = self._forgotten() | {path.name for path in segments}
        (self._journal.folder / _FORGET).write_text("\n".join(sorted(names)), encoding="utf-8")
        self._wake.set()

    def state(self) -> Safety:
        kept = self._journal.last()
        waiting = max(0, kept - self._last)
        return Safety(self._shelf.name, kept, waiting, self._at, self._problem, aside=self._aside)

    def aside(self) -> dict[str, bool]:
        """The files that a studio without the shelf left there, and whether they were taken in. Raises what the shelf
        raises."""
        files = self._shelf.files()
        left = unsettled(files)
        return {name: name not in left for name in laid_aside(files)}

    def aside_content(self, name: str) -> bytes:
        return self._shelf.get(name)

    def settle(self, name: str, told: Mapping[str, object]) -> None:
        """Notes that such a file was taken in as it is now."""
        settle(self._shelf, name, self._shelf.files()[name], told)

    def start(self, every_s: float = 0.0, *, server: bool = True) -> None:
        """Ships every so many seconds (as often as the shelf bears, for 0) in a thread of its own; after failures it
        waits longer and longer."""
        self._server = server
        self._thread = threading.Thread(
            target=self._run, args=(every_s or self._shelf.pace_s,), name="shipper", daemon=True
        )
        self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Until the shelf was tried once, at most so long."""
        self._tried.wait(timeout_s)

    def stop(self, within_s: float | None = None) -> bool:
        """Ends the thread and ships the rest, whether or not one was started; whether it is all there. A shelf that
        does not answer in time is left behind, and the log says how many records are not there."""
        self._stopped = True
        self._wake.set()
        if self._thread is None:
            self.start(server=False)
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
            wait_s = every_s if self.flush() else min(2 * wait_s, max(every_s, _MOST_WAIT_S))
            self._tried.set()
            self._wake.wait(wait_s)
            self._wake.clear()
        if self.flush() and self._releases:
            self._release()

    def _release(self) -> None:
        try:
            self._claim("released")
        except Exception as error:  # as in `flush`; the next studio waits a little, that is all
            _log.warning("the shelf could not be released: %s", error)

    def _ship(self) -> None:
        """One process of a machine at a time, and by what the shelf has now: a command may just have shipped more."""
        last, anew = self._journal.last(), self._forgotten()
        with Locked(self._journal.folder / "ship.lock"):
            files = self._shelf.files()
            self._aside = len(unsettled(files))
            claim = claim_of(self._shelf, files)
            if claim and claim.studio != studio_id(self._journal.folder):
                self._yield(claim, files)
                return
            if fresh := self._fresh(files, anew):
                self._shelf.put(fresh)
            if again := self._read(anew) | (self._mended(files) if anew else {}):
                self._shelf.put(again, forget=True)
            self._last = last
            if anew:
                (self._journal.folder / _FORGET).unlink()

    def _fresh(self, there: Mapping[str, int], anew: Collection[str]) -> dict[str, bytes]:
        """Segments of which there is more here than there."""
        longer = {
            name for name, size in self._sizes().items() if name not in anew and size > there.get(name, 0)
        }
        return {
            name: content for name, content in self._read(longer).items() if len(content) > there.get(name, 0)
        }

    def _mended(self, files: Mapping[str, int]) -> dict[str, bytes]:
        """What was laid aside, without the bodies of whoever was erased."""
        goes = erasable(self._journal.records())
        found = {name: self._shelf.get(name) for name in files if name.startswith(ASIDE)}
        mended = {name: without(content, goes) for name, content in found.items()}
        return {name: content for name, content in mended.items() if content != found[name]}

    def _sizes(self) -> dict[str, int]:
        return {path.name: path.stat().st_size for path in self._journal.segments()}

    def _read(self, names: Collection[str]) -> dict[str, bytes]:
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
