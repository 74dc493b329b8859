"""What a reader of one tool's logs is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.logs import Log, LogFile
from studio.core.task import file_digest

HEAD = 64 * 2**10  # bytes of a file's beginning that a reader is shown to know it by


@dataclass(frozen=True)
class Source:
    """A file that may be a log's. `name` is its path below what was given (what a person is told of it); `head` its
    first HEAD bytes. Files with one `folder` lie together; those given by themselves do too ("")."""

    path: Path
    name: str
    head: bytes
    folder: str = ""

    def facts(self) -> LogFile:
        """The file as a log names it. Raises OSError."""
        return LogFile(self.name, file_digest(self.path), self.path.stat().st_size)


@dataclass(frozen=True)
class Reader:
    """How the logs of one tool are read.

    `claims` says whether a file is (a part of) such a log, by its content, never by its extension alone; it must not
    raise and must be quick. `read` is given all that it claimed, ordered by name, and yields one Log a run; it raises
    StudioError that names file and row, samples being read only when a task's `samples` are gone through. `rest` gives
    the fields of a raw row (`LoggedSample.raw`, parsed) that no other part of a LoggedSample holds.
    """

    tool: str
    claims: Callable[[Source], bool]
    read: Callable[[Sequence[Source]], Iterable[Log]]
    rest: Callable[[Any], Mapping[str, Any]]
