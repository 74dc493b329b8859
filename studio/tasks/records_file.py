"""A file of records read one record at a time: `{"access": …, "data": [record, …]}`, or a plain list.

Read as a whole, a file of 100,000 records would take some 300 MB. Each record is parsed by `json` as it would be within
the whole file; what is wrong with a file is said by `read_json`, which then does read all of it.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO

from studio.core.errors import TaskError
from studio.tasks.files import read_json, without_halves
from studio.tasks.records import kind

CHUNK = 64 * 1024  # characters read in one go
_SPACE = re.compile(r"[ \t\n\r]*")
_ENDS = frozenset(" \t\n\r,:]}")  # what may follow a value
_HALF = re.compile(r"\\u[dD]")
_DECODER = json.JSONDecoder()


class _Odd(Exception):
    """Not the shape that a file of records has."""


class RecordsFile:
    """The records of a file, anew each time they are iterated. `size` and `access` (where the file states one) are
    known once they have been.

    Raises TaskError while it is iterated: missing, empty, not UTF-8, broken, no records.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = 0
        self.access: str | None = None

    def __iter__(self) -> Iterator[Any]:
        self.size, self.access = 0, None
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                for record in self._records(_Text(file)):
                    self.size += 1
                    yield record
        except (_Odd, ValueError, OSError, RecursionError):
            self._complain()
        if not self.size:
            raise TaskError("task_no_records", file=self._path.name)

    def count(self) -> int:
        """Goes through the whole file; returns how many records it has."""
        deque(self, maxlen=0)
        return self.size

    def _records(self, text: "_Text") -> Iterator[Any]:
        if text.peek() == "[":
            yield from text.items()
        else:
            yield from self._data(text)
        if text.peek():
            raise _Odd

    def _data(self, text: "_Text") -> Iterator[Any]:
        """The list under the key `data` of an object."""
        found = False
        for key in text.fields():
            if key == "data":
                if found or text.peek() != "[":
                    raise _Odd
                found = True
                yield from text.items()
            else:
                value = text.value()
                if key == "access":
                    self.access = str(value) if value else None
        if not found:
            raise _Odd

    def _complain(self) -> NoReturn:
        """Says what is wrong with the file, as it is known once all of it is read."""
        value = read_json(self._path)
        records = value.get("data") if isinstance(value, dict) else value
        if isinstance(records, list):  # of two lists under one name nobody knows which is meant
            raise TaskError("task_file_broken", file=self._path.name, line=1, column=1, reason="data, twice")
        found = records if isinstance(value, dict) else value
        raise TaskError("task_file_shape", file=self._path.name, found=kind(found))


class _Text:
    """JSON text of which only the part that is being parsed is in memory. Raises _Odd and JSONDecodeError."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._buffer = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self, allowed: str) -> str:
        """The next character, which must be one of these."""
        found = self.peek()
        if not found or found not in allowed:
            raise _Odd
        self._at += 1
        return found

    def items(self) -> Iterator[Any]:
        """The values of a list, each parsed when it is taken."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.take(",]") == "]":
                return

    def fields(self) -> Iterator[str]:
        """The keys of an object; whoever takes one parses its value before the next."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            if self.peek() != '"':
                raise _Odd
            key = self.value()
            self.take(":")
            yield key
            if self.take(",}") == "}":
                return

    def value(self) -> Any:
        """The next value, parsed."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if self._more():  # it may be whole with what comes
                    continue
                raise
            if self._buffer[end : end + 1] not in _ENDS and self._more():  # a number may go on: 1, 1.2, 1.2e5
                continue
            halves = _HALF.search(self._buffer, self._at, end)
            self._at = end
            return without_halves(value) if halves else value

    def _more(self) -> bool:
        """Reads on, at least as much as is waiting to be parsed, so that a long value is not tried again and again."""
        rest = self._buffer[self._at :]
        read = self._file.read(max(CHUNK, len(rest)))
        self._buffer, self._at = rest + read, 0
        return bool(read)
