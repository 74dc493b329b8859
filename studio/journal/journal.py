"""The journal's files: one writer at a time, a line a record, on the disk before anybody is told that it is kept.

A segment is named by its first record and by the writer who began it, `000000000042-3f9c1a.jsonl`. Only its own writer
adds to it, and only while it is the last and small. A process that died may leave half a line at the end of its
segment; nobody was told that it was kept, so it is passed over.
"""

import fcntl
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from studio.core.record import FIRST, Planned, Record
from studio.journal.record import JournalBroken, erased, line_of, read, recorded, verify

SUFFIX = ".jsonl"
_DIGITS = 12
SEGMENT = re.compile(rf"[0-9]{{{_DIGITS}}}-[0-9a-f]{{6}}\{SUFFIX}")
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
        self._unsure: Path | None = None  # a segment that something was cut off, perhaps not on the disk yet
        folder.mkdir(parents=True, exist_ok=True)

    def segments(self) -> list[Path]:
        """The files, in the order of their records."""
        return sorted(path for path in self.folder.glob(f"*{SUFFIX}") if SEGMENT.fullmatch(path.name))

    def records(self, after: int = 0) -> Iterator[Record]:
        """The records from number `after` + 1 on, as they stand; they are not checked. Raises JournalBroken for a line
        in the middle that is none."""
        segments = self.segments()
        firsts = [_first(path) for path in segments]
        for path, first in zip(segments, firsts, strict=True):
            # A writer that died at its first line leaves a segment of the same number: only a greater one tells how
            # far this one goes.
            following = min((other for other in firsts if other > first), default=None)
            if following is None or following > after + 1:
                yield from (record for record in _read(path) if record.n > after)

    def last(self) -> int:
        """The number of the last record, 0 when there is none."""
        with self._thread:
            self._look()
            return self._end[0]

    def verify(self, see: Callable[[Record], None] = lambda record: None) -> int:
        """How many records there are, each checked against the one before and seen by `see`. Raises JournalBroken at
        the first that does not hold, with the `file` it stands in."""
        prev, n = FIRST, 0
        for path in self.segments():
            try:
                for record in verify(_read(path), prev, n):
                    prev, n = record.hash, record.n
                    see(record)
            except JournalBroken as broken:
                raise JournalBroken(
                    broken.problem.code, **{**broken.problem.values, "file": path.name}
                ) from broken
        return n

    def record(self, n: int) -> Record | None:
        """Record number n, unchecked."""
        return next((each for each in self.records(n - 1) if each.n == n), None)

    @contextmanager
    def writing(self) -> "Iterator[Writing]":
        """The right to add records, for one thread of one process. What others wrote meanwhile is `missed(after)`."""
        with self._thread, Locked(self.folder / "lock"):
            self._look()
            yield Writing(self)

    def erase(self, which: Callable[[Record], bool]) -> list[Path]:
        """Erases the bodies of some records; returns the segments that were written anew."""
        changed = []
        with self._thread, Locked(self.folder / "lock"):
            self._end_segment()
            for path in self.segments():
                records = list(_read(path))
                after = [erased(each) if which(each) and not each.erased else each for each in records]
                if after != records:
                    _replace(path, b"".join(line_of(each) for each in after))
                    changed.append(path)
            self._seen = ("", 0)
        return changed

    def _write(self, records: Sequence[Record]) -> None:
        if self._unsure:
            _sync(self._unsure)
            self._unsure = None
        begun = self._own is None
        path = self._own or self.folder / f"{records[0].n:0{_DIGITS}}-{self._writer}{SUFFIX}"
        # Not a file of Python's: what its buffer could not write it tries again when it is closed.
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            whole = os.fstat(handle).st_size
            try:
                _write_all(handle, b"".join(line_of(each) for each in records))
                os.fsync(handle)
                if begun:
                    _sync(self.folder)
            except OSError:  # a full disk, a dying one: what was written must not be taken for a record
                with suppress(OSError):
                    self._take_back(path, whole)
                raise
            self._own, self._seen = path, (path.name, os.fstat(handle).st_size)
        finally:
            os.close(handle)
        self._end = (records[-1].n, records[-1].hash)

    def _take_back(self, path: Path, whole: int) -> None:
        """Cuts off what was refused. Whatever is left there, nothing is added behind it, and nothing elsewhere before
        it is known to be on the disk."""
        self._end_segment()
        self._seen, self._unsure = ("", 0), path
        os.truncate(path, whole)
        _sync(path)
        self._unsure = None

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
    """The journal while one writer has it. Records are planned, and kept all at once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._planned: list[Record] = []

    @property
    def last(self) -> int:
        """The number of the last record that is kept, 0 when there is none."""
        return self._journal._end[0]

    def missed(self, after: int, prev: str = FIRST) -> Iterator[Record]:
        """What is in the journal and, by its number, not yet where the caller keeps it: each record checked against the
        one before, the first against `prev`. Raises JournalBroken."""
        return verify(self._journal.records(after), prev, after) if after < self.last else iter(())

    def plan(self, *planned: Planned) -> list[Record]:
        """The records as `keep` will write them."""
        found = []
        for each in planned:
            n, prev = (self._planned[-1].n, self._planned[-1].hash) if self._planned else self._journal._end
            self._planned.append(recorded(each, n + 1, self._journal._now(), prev))
            found.append(self._planned[-1])
        return found

    def keep(self) -> None:
        """Writes what is planned; when this returns it is on the disk. Raises OSError when it is not: then none of it
        is kept."""
        if self._planned:
            self._journal._write(self._planned)
            self._planned = []

    def append(self, *planned: Planned) -> list[Record]:
        """Plans and keeps."""
        found = self.plan(*planned)
        self.keep()
        return found


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


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """A file; or a folder, because a new file's name is on the disk only when its folder is."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Locked:
    """A lock between processes; it goes with the process that dies."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
