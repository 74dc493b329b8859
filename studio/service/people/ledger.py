"""What people do is written twice, in this order: in the journal, on the disk; in the tables, for reading.

Whoever is told "saved" has been written to both. A process that dies in between leaves a record that the tables lack;
the next writer, or the next start, applies it first. Where the journal, the disk or the shelf is not as it must be,
nothing is taken, and whoever comes is told why: an answer that is refused is not lost.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from studio.core.errors import Problem, StoreError, StudioError
from studio.core.record import Planned, Record
from studio.core.safety import Safety
from studio.journal import Journal, Shelf, Shipper, Writing, erasable, network_disk
from studio.store.projects import PeopleTransaction, ProjectRow, Projects

_FIRST_S = 3.0
_log = logging.getLogger(__name__)


class Act:
    """One thing being done: decide by `tables`, then `record`."""

    def __init__(self, log: Writing, tables: PeopleTransaction) -> None:
        self._log = log
        self.tables = tables

    def record(self, *planned: Planned) -> list[Record]:
        """Keeps what happens: in the tables of this transaction now, on the disk when the act is over. What the tables
        refuse is never written. What it changes is kept in it, too, as it was before."""
        found = []
        for each in planned:
            found += self._log.plan(self.tables.with_before(each))
            self.tables.apply(found[-1])
        return found


class Ledger:
    """The journal and its tables. Locks are taken in one order: the journal's, then the file's."""

    def __init__(
        self,
        journal: Journal,
        projects: Projects,
        shelf: Shelf | None = None,
        disks: Sequence[Path] = (),
        place: str = "",
    ) -> None:
        """Brings the tables up to the journal. What is wrong with either, or with the `disks` they lie on, closes the
        ledger with its reason and raises nothing: other parts of a studio go on, and commands can look."""
        self.journal = self._journal = journal
        self._projects = projects
        self._broken: Problem | None = None
        self._serving = self._wrote = self._ended = False
        self._restored: Callable[[], object] = lambda: None
        self._binding: list[threading.Thread] = []
        self.shipper = Shipper(journal, shelf, place=place, on_held=self._renewed) if shelf else None
        self._network = next(((path, kind) for path in disks if (kind := network_disk(path))), None)
        self._begin()
        if self.shipper and not journal.last() and not self._broken:
            self._fetched(self.shipper)

    @property
    def closed(self) -> Problem | None:
        """Why nothing is taken now; None: it is."""
        if self._ended:
            return Problem("ledger_ending")
        if self._network:
            return Problem("network_disk", {"path": str(self._network[0]), "kind": self._network[1]})
        if self._broken:
            return self._broken
        if self.shipper and self.shipper.lost:
            return self.shipper.lost
        if self.shipper and self._serving and not self.shipper.held and not self.shipper.trusted:
            state = self.shipper.state()
            return state.problem or Problem("shelf_opening", {"name": state.shelf})
        return None

    @property
    def safety(self) -> Safety | None:
        """How far the shelf is behind; None without one, where nothing is wrong."""
        closed = self.closed
        if self.shipper:
            return replace(self.shipper.state(), closed=closed)
        return Safety("", self._journal.last(), 0, None, closed=closed) if closed else None

    def check(self) -> None:
        """Raises StoreError where nothing is taken now."""
        if closed := self.closed:
            raise StoreError(closed.code, **closed.values)

    @contextmanager
    def writing(self) -> Iterator[Act]:
        """The right to decide and to record, for one at a time. Raises StoreError, JournalBroken: then nothing of it
        was done."""
        self._hold()
        with self._journal.writing() as log:
            self.check()
            with self._projects.writing() as tables:
                tables.apply_all(log.missed(*tables.place))
                yield Act(log, tables)
                log.keep()
                self._wrote = True

    def catch_up(self) -> int:
        """Applies what the tables lack: all of it when the file is new. Returns how many records. Raises JournalBroken,
        StoreError where tables and journal do not belong together."""
        before, known = self._projects.place()
        last = self._journal.last()
        if before > last:
            raise StoreError("journal_behind", n=last, expected=before)
        if before and (there := self._journal.record(before)) and there.hash != known:
            raise StoreError("journal_foreign", n=before)
        if before == last:
            return 0
        with self._journal.writing() as log, self._projects.writing() as tables:
            tables.apply_all(log.missed(*tables.place))
        return self._projects.place()[0] - before

    def project(self, project: str) -> ProjectRow | None:
        """A project as it stands; None: there is none."""
        return self._projects.get(project)

    def serve(self, restored: Callable[[], object] = lambda: None) -> None:
        """For a server, at its start: checks every record, takes the shelf and ships from now on, in the background.
        `restored` is called there when the tables may have been made anew. Raises StoreError where people's work lies
        on a network's disk."""
        if self._network and self._journal.last():
            self.check()
        if not self._broken:
            self._verified()
        self._serving, self._restored = True, restored
        self._again()
        if self.shipper:
            self.shipper.start()
            if not self.shipper.trusted:
                self.shipper.wait(_FIRST_S)  # most shelves answer before the first page is asked for

    def close(self, within_s: float | None = None) -> bool:
        """Takes nothing more, and ships what is not on the shelf yet, as far as there is time; whether all is there."""
        self._ended, shipped = True, True
        if self.shipper and (self._serving or self._wrote):
            shipped = self.shipper.stop(within_s)
        for thread in self._binding:
            thread.join()
        return shipped

    def _begin(self) -> None:
        try:
            self._broken = None
            self.catch_up()
        except StudioError as error:
            self._broken = error.problem

    def erase(self) -> int:
        """Erases the bodies of everybody whose erasure is recorded, here and, at the next upload, on the shelf: also
        what a process that died in the middle left. Returns in how many records something was erased."""
        goes = erasable(self._journal.records())
        n = sum(goes(record) and not record.erased for record in self._journal.records())
        if n:
            changed = self._journal.erase(goes)
            if self.shipper:
                self.shipper.forget(changed)
        return n

    def _verified(self) -> None:
        try:
            self._journal.verify()
            self.erase()
        except StudioError as error:
            self._broken = error.problem

    def _renewed(self) -> None:
        """Segments may have come from the shelf. Raises StoreError where they and the tables do not fit: a broken
        journal is not shipped over a whole one."""
        self._begin()
        if self._serving and not self._broken:
            self._verified()
        if self._broken:
            raise StoreError(self._broken.code, **self._broken.values)
        self._again()

    def _again(self) -> None:
        """In a thread of its own: questions may have to be fetched, and answers can be kept meanwhile."""
        self._binding.append(threading.Thread(target=self._restored, name="binding", daemon=True))
        self._binding[-1].start()

    def _fetched(self, shipper: Shipper) -> None:
        """An empty disk: what there is on the shelf can be read at once, whoever holds it."""
        try:
            if shipper.restore():
                self._begin()
        except StudioError as error:
            self._broken = error.problem
        except Exception as error:  # a library of the hub has its own kinds; who writes will be told
            _log.warning("the journal could not be fetched from the shelf: %s", error)

    def _hold(self) -> None:
        """A command that writes makes sure first that the shelf is this studio's."""
        if self.shipper is None or self._serving or self.shipper.held or self.shipper.trusted:
            return
        try:
            self.shipper.hold()
        except StudioError:
            raise
        except Exception as error:  # a library of the hub has its own kinds
            raise StoreError("shelf_unreached", name=self.shipper.state().shelf, reason=str(error)) from error
