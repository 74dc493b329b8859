"""Reading rows with care: every complaint names the file and the row."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from studio.core.content import MODALITIES, Modality
from studio.core.errors import BadInput
from studio.logs.reader import Source
from studio.logs.values import number as finite
from studio.tasks.files import without_halves


class Line(NamedTuple):
    """A line of JSON: its 1-based number, its text, and the object in it."""

    number: int
    text: str
    value: dict[str, Any]


def json_lines(source: Source) -> Iterator[Line]:
    """The objects of a file of JSON lines; blank lines are skipped.

    Raises BadInput with file and row: not UTF-8, not JSON, not an object, a last line that was cut off.
    """
    number = 0
    with opened(source) as file:
        for number, raw in enumerate(file, 1):
            if raw.isspace():
                continue
            try:
                text = raw.decode("utf-8").strip("\r\n")
                value = json.loads(text)
                if has_halves(raw):
                    value = without_halves(value)
                    text = json.dumps(value, ensure_ascii=False)
            except UnicodeDecodeError as error:
                if not raw.endswith(b"\n"):
                    raise BadInput("log_cut", file=source.name, row=number, reason=error.reason) from error
                raise BadInput("log_not_utf8", file=source.name, row=number, position=error.start) from error
            except (ValueError, RecursionError) as error:
                # Every whole line ends with a line break: the one that does not was being written.
                code = "log_row_not_json" if raw.endswith(b"\n") else "log_cut"
                raise BadInput(code, file=source.name, row=number, reason=str(error)) from error
            if not isinstance(value, dict):
                found = type(value).__name__
                raise BadInput("log_row_not_object", file=source.name, row=number, found=found)
            yield Line(number, text, value)


def json_file(source: Source, constants: Callable[[str], Any] | None = None) -> dict[str, Any]:
    """The object that a JSON file holds; `constants` says what NaN and Infinity become. Raises BadInput."""
    value = _json(source, constants)
    if not isinstance(value, dict):
        raise BadInput("log_not_object", file=source.name, found=type(value).__name__)
    return value


def json_file_rows(source: Source) -> Iterator[Line]:
    """The objects of a JSON list, numbered from 1. Raises BadInput."""
    value = _json(source)
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        if not isinstance(row, dict):
            raise BadInput("log_row_not_object", file=source.name, row=number, found=type(row).__name__)
        yield Line(number, json.dumps(row, ensure_ascii=False), row)


def _json(source: Source, constants: Callable[[str], Any] | None = None) -> Any:
    with opened(source) as file:
        raw = file.read()
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=constants)
        return without_halves(value) if has_halves(raw) else value
    except (ValueError, RecursionError) as error:
        raise BadInput("log_not_json", file=source.name, reason=str(error)) from error


def has_halves(raw: bytes) -> bool:
    """Whether JSON may hold half of a surrogate pair, which a model may well say and no database can keep."""
    return b"\\ud" in raw or b"\\uD" in raw


def opened(source: Source) -> Any:
    """The file, for reading bytes. Raises BadInput."""
    try:
        return source.path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("cli_cannot_read", file=source.name, reason=reason) from error


def first_line(source: Source, most: int = 64 * 2**20) -> bytes:
    """A file's first line, where the head does not hold the whole of it: a row may carry a picture. Empty when it
    cannot be read: whoever asks whose a file is gets no exception."""
    if b"\n" in source.head.lstrip():
        return source.head.lstrip().partition(b"\n")[0]
    try:
        with source.path.open("rb") as file:
            return file.readline(most)
    except OSError:
        return b""


class Once:
    """Keys that may stand only once; a second one is refused with both rows."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rows: dict[str, int] = {}

    def add(self, key: str, row: int) -> None:
        first = self._rows.setdefault(key, row)
        if first != row:
            raise BadInput("log_duplicate", file=self._source.name, row=row, key=key, first=first)


_DATA_URL = re.compile(r"data:(?P<kind>[a-z]+)/[\w.+-]+(?:;[\w=.+-]+)*;base64,")


def data_url(text: str) -> tuple[Modality | None, bytes] | None:
    """The modality that a data URL names and its bytes; None for any other text, or where the base64 is broken."""
    found = _DATA_URL.match(text)
    if not found:
        return None
    try:
        data = base64.b64decode(text[found.end() :], validate=True)
    except (binascii.Error, ValueError):
        return None
    kind = found["kind"]
    return (next((each for each in MODALITIES if each == kind), None), data)


def numbers(values: Mapping[str, Any]) -> dict[str, float]:
    """The values that are numbers (true and false are 1 and 0), neither NaN nor infinite."""
    found = {key: finite(value) for key, value in values.items() if isinstance(value, bool | int | float)}
    return {key: value for key, value in found.items() if value is not None}
