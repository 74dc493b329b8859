"""What people do is written twice, in this order: in the journal, on the disk; in the tables, for reading.

Whoever is told "saved" has been written to both. A process that dies in between leaves a record that the tables lack;
the next writer, or the next start, applies it first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from studio.core.record import Planned, Record
from studio.core.safety import Safety
from studio.journal import Journal, Shelf, Shipper, Writing
from studio.store.projects import PeopleTransaction, ProjectRow, Projects


class Act:
    """One thing being done: decide by `tables`, then `record`."""

    def __init__(self, log: Writing, tables: PeopleTransaction) -> None:
        self._log = log
        self.tables = tables

    def record(self, *planned: Planned) -> list[Record]:
        """Keeps what happens: in the tables of this transaction now, on the disk when the act is over. What the tables
        refuse is never written."""
        found = self._log.plan(*planned)
        for each in found:
            self.tables.apply(each)
        return found


class Ledger:
    """The journal and its tables. Locks are taken in one order: the journal's, then the file's."""

    def __init__(self, journal: Journal, projects: Projects, shelf: Shelf | None = None) -> None:
        """Brings the tables up to the journal, and the journal up to the shelf. Raises what a shelf raises that cannot
        be read: to begin without it could number new records like lost ones."""
        self.journal = self._journal = journal
        self._projects = projects
        self.shipper = Shipper(journal, shelf) if shelf else None
        if self.shipper:
            self.shipper.restore()
        self.catch_up()

    @contextmanager
    def writing(self) -> Iterator[Act]:
        """The right to decide and to record, for one at a time. Raises StoreError, JournalBroken, OSError: then nothing
        of it was done."""
        with self._journal.writing() as log, self._projects.writing() as tables:
            for record in log.missed(*tables.place):
                tables.apply(record)
            yield Act(log, tables)
            log.keep()

    def catch_up(self) -> int:
        """Applies what the tables lack: all of it when the file is new. Returns how many records."""
        before = self._projects.applied()
        if self._journal.last() == before:
            return 0
        with self.writing():
            pass
        return self._projects.applied() - before

    def project(self, project: str) -> ProjectRow | None:
        """A project as it stands; None: there is none."""
        return self._projects.get(project)

    def ship(self) -> None:
        """Ships by itself from now on. For a server, at its start; a command ships when it ends."""
        if self.shipper:
            self.shipper.start()

    @property
    def safety(self) -> Safety | None:
        """How far the shelf is behind; None without one."""
        return self.shipper.state() if self.shipper else None

    def close(self, within_s: float | None = None) -> bool:
        """Ships what is not on the shelf yet, as far as there is time; whether all is there."""
        return self.shipper.stop(within_s) if self.shipper else True
