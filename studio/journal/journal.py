"""The journal's files: one writer at a time, a line a record, on the disk before anybody is told that it is kept.

A segment is named by its first record and by the writer who began it, `000000000042-3f9c1a.jsonl`. Only its own writer
adds to it, and only while it is the last and small. A process that died may leave half a line at the end of its
segment; nobody was told that it was kept, so it is passed over.
"""

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from studio.core.record import Planned, Record
from studio.journal.record import FIRST, JournalBroken, erased, line_of, read, recorded, verify

SUFFIX = ".jsonl"
_DIGITS = 12
_LARGE = 1_000_000  # bytes; a segment is shipped whole each time it has grown


class Journal:
    """A folder of segments. Safe between threads and between processes of one machine; never on a network's disk."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._now = now
        self._thread = threading.RLock()
        self._writer = secrets.token_hex(3)
        self._own: Path | None = None  # the segment that this process adds to
        self._end = (0, FIRST)  # number and hash of the last record that was seen
        self._seen: tuple[str, int] = ("", 0)  # the last segment and its size when it was seen
        folder.mkdir(parents=True, exist_ok=True)

    def segments(self) -> list[Path]:
        """The files, in the order of their records."""
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def records(self, after: int = 0) -> Iterator[Record]:
        """The records from number `after` + 1 on, as they stand; they are not checked. Raises JournalBroken for a line
        in the middle that is none."""
        segments = self.segments()
        firsts = [_first(path) for path in segments]
        for place, path in enumerate(segments):
            if place + 1 < len(segments) and firsts[place + 1] <= after + 1:
                continue
            yield from (record for record in _read(path) if record.n > after)

    def last(self) -> int:
        """The number of the last record, 0 when there is none."""
        with self._thread:
            self._look()
            return self._end[0]

    def verify(self) -> int:
        """How many records there are, each checked against the one before. Raises JournalBroken at the first that does
        not hold."""
        return sum(1 for _ in verify(self.records()))

    @contextmanager
    def writing(self) -> "Iterator[Writing]":
        """The right to add records, for one thread of one process. What others wrote meanwhile is `missed(after)`."""
        with self._thread, _Locked(self.folder / "lock"):
            self._look()
            yield Writing(self)

    def erase(self, which: Callable[[Record], bool]) -> list[Path]:
        """Erases the bodies of some records; returns the segments that were written anew."""
        changed = []
        with self._thread, _Locked(self.folder / "lock"):
            self._end_segment()
            for path in self.segments():
                records = list(_read(path))
                after = [erased(each) if which(each) and not each.erased else each for each in records]
                if after != records:
                    _replace(path, b"".join(line_of(each) for each in after))
                    changed.append(path)
            self._seen = ("", 0)
        return changed

    def _append(self, planned: Sequence[Planned]) -> list[Record]:
        n, prev = self._end
        found = []
        for each in planned:
            found.append(recorded(each, n + 1, self._now(), prev))
            n, prev = found[-1].n, found[-1].hash
        if found:
            self._write(b"".join(line_of(each) for each in found), found[0].n)
            self._end = (n, prev)
        return found

    def _write(self, lines: bytes, n: int) -> None:
        begun = self._own is None
        path = self._own or self.folder / f"{n:0{_DIGITS}}-{self._writer}{SUFFIX}"
        with path.open("ab") as file:
            whole = file.tell()
            try:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
            except OSError:  # a full disk: what was written of it must not be taken for a record
                os.truncate(path, whole)
                raise
            self._own, self._seen = path, (path.name, file.tell())
        if begun:
            _sync_folder(self.folder)

    def _look(self) -> None:
        """Learns where the journal ends; a segment after ours was begun by another process, so ours has ended."""
        segments = self.segments()
        if not segments:
            self._end_segment()
            self._end, self._seen = (0, FIRST), ("", 0)
            return
        last = segments[-1]
        state = (last.name, last.stat().st_size)
        if self._own is not None and (last != self._own or state[1] >= _LARGE):
            self._end_segment()
        if state != self._seen:
            for path in reversed(segments):
                records = list(_read(path))
                if records:
                    self._end = (records[-1].n, records[-1].hash)
                    break
            else:
                self._end = (0, FIRST)
            self._seen = state

    def _end_segment(self) -> None:
        self._own = None
        self._writer = secrets.token_hex(3)  # a segment that ended is not opened again


class Writing:
    """The journal while one writer has it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @property
    def last(self) -> int:
        """The number of the last record, 0 when there is none."""
        return self._journal._end[0]

    def missed(self, after: int) -> Iterator[Record]:
        """What is in the journal and, by its number, not yet where the caller keeps it."""
        return self._journal.records(after) if after < self.last else iter(())

    def append(self, *planned: Planned) -> list[Record]:
        """Adds records; when this returns they are on the disk. Raises OSError when they are not: then none is kept."""
        return self._journal._append(planned)


def _first(path: Path) -> int:
    return int(path.name[:_DIGITS])


def _read(path: Path) -> Iterator[Record]:
    """The records of a segment; half a line at its end is what a writer died in."""
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            try:
                record = read(line)
            except (ValueError, TypeError) as error:
                raise JournalBroken("journal_unreadable", file=path.name) from error
            yield record


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Locked:
    """A lock between processes; it goes with the process that dies."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
