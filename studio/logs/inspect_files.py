"""The two forms of an Inspect log: `.eval`, a zip with a file (or, split, a folder) a sample, and `.json`, all in one.

Since 0.3.2xx the files in a `.eval` are packed with Zstandard, which Python's zipfile before 3.14 does not unpack: the
packed bytes are taken by their place and unpacked here. A zip whose directory cannot be read was cut off.
"""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from studio.core.errors import BadInput
from studio.logs.reader import Source
from studio.logs.rows import has_halves, json_file
from studio.tasks.files import without_halves

ZSTANDARD = 93  # the method's number in a zip
MOST_MEMBER = 2**28  # bytes of one unpacked file: a sample with a long chat and clips is a tenth of it
MOST_REPEATED = 4  # times that a sample's chat may go through its pool of messages
_LOCAL = struct.Struct("<4s5H3I2H")  # a file's own header in a zip: APPNOTE.TXT, 4.3.7
_STARTS = re.compile(rb"_journal/|header\.json|summaries\.json|samples/[^/]+_epoch_\d+")
_JSON_LOG = re.compile(rb'\s*\{\s*"version":\s*\d+,\s*"status":\s*"\w+",\s*"eval":\s*\{')
SHELL = "sample.json"
_SAMPLE = re.compile(r"samples/(?P<id>.+)_epoch_(?P<epoch>\d+)(\.json|/sample\.json)")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError)


Json = TypeVar("Json", dict[str, Any], list[Any])


class Row(NamedTuple):
    """A sample as logged: where it stands, and its object (NaN, which JSON has not, as the text `NaN`)."""

    place: str
    value: dict[str, Any]


def claims(source: Source) -> bool:
    """A zip whose first file is one of Inspect's, or a JSON object that begins as its logs do."""
    head = source.head
    if head.startswith(b"PK\x03\x04") and len(head) > _LOCAL.size:
        return _STARTS.match(head, _LOCAL.size) is not None
    return _JSON_LOG.match(head) is not None


class InspectFile:
    """One log file. `header` is everything but the samples; a run that did not end has only what it began with."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.zipped = source.head.startswith(b"PK\x03\x04")
        self._whole: dict[str, Any] = {} if self.zipped else json_file(source, str)
        self._names = self._members() if self.zipped else {}

    def header(self) -> dict[str, Any]:
        """Raises BadInput."""
        if not self.zipped:
            return {key: value for key, value in self._whole.items() if key not in {"samples", "reductions"}}
        name = next((name for name in ("header.json", "_journal/start.json") if name in self._names), None)
        if name is None:
            raise BadInput("log_inspect_no_header", file=self._source.name)
        return self._object(name)

    def rows(self) -> Iterator[Row]:
        """The samples, in the order of the dataset. Raises BadInput that names the file and the sample."""
        if not self.zipped:
            samples = self._whole.get("samples") or []
            for number, value in enumerate(samples, 1):
                if not isinstance(value, dict):
                    found = type(value).__name__
                    raise BadInput("log_row_not_object", file=self._source.name, row=number, found=found)
                yield Row(f"{self._source.name}:{number}", value)
            return
        for name in self._sample_names():
            yield Row(f"{self._source.name}:{name}", self._sample(name))

    def _sample_names(self) -> list[str]:
        order = {str(key): number for number, key in enumerate(_ids(self.header()))}
        found = [match for name in self._names if (match := _SAMPLE.fullmatch(name))]
        found.sort(key=lambda match: (order.get(match["id"], len(order)), match["id"], int(match["epoch"])))
        return [match[0] for match in found]

    def _sample(self, name: str) -> dict[str, Any]:
        """A sample, put together where it is split: a shell, and sequences of which each file names its first index."""
        value = self._object(name)
        folder = name.removesuffix(SHELL)
        if folder == name:
            return value
        pool, events, calls, attachments = (
            self._sequence(folder + sequence) for sequence in ("messages", "events", "calls", "attachments")
        )
        messages = self._referred(name, value.pop("message_refs", None) or [], pool)
        metadata = f"{folder}metadata.json"
        return {
            **value,
            **({"metadata": self._object(metadata)} if metadata in self._names else {}),
            "messages": messages,
            "events": events,
            "events_data": {"messages": pool, "calls": calls},
            "attachments": {str(number): text for number, text in enumerate(attachments)},
        }

    def _referred(self, name: str, refs: list[list[int]], pool: list[Any]) -> list[Any]:
        """The messages of a sample, as parts of its pool. Raises BadInput where they repeat it again and again."""
        parts = [range(len(pool))[start:end] for start, end in refs]
        n = sum(map(len, parts))
        if n > MOST_REPEATED * len(pool):
            reason = f"message_refs: {n} > {MOST_REPEATED} × {len(pool)}"
            raise BadInput("log_member_broken", file=self._source.name, member=name, reason=reason)
        return [pool[index] for part in parts for index in part]

    def _sequence(self, folder: str) -> list[Any]:
        pattern = re.compile(rf"{re.escape(folder)}/(\d+)\.json")
        chunks = sorted((int(match[1]), name) for name in self._names if (match := pattern.fullmatch(name)))
        return [item for _, name in chunks for item in self._value(name, list)]

    def _members(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(self._source.path) as archive:
                return {info.filename: info for info in archive.infolist()}
        except _BROKEN as error:
            raise BadInput("log_zip_cut", file=self._source.name, reason=str(error)) from error

    def _object(self, name: str) -> dict[str, Any]:
        return self._value(name, dict)

    def _value(self, name: str, kind: type[Json]) -> Json:
        try:
            raw = read_member(self._source.path, self._names[name])
            value = json.loads(raw, parse_constant=str)
            value = without_halves(value) if has_halves(raw) else value
        except _BROKEN as error:
            reason = str(error) or type(error).__name__
            raise BadInput("log_member_broken", file=self._source.name, member=name, reason=reason) from error
        except (ValueError, RecursionError) as error:
            raise BadInput("log_not_json", file=f"{self._source.name}:{name}", reason=str(error)) from error
        if not isinstance(value, kind):
            found = type(value).__name__
            raise BadInput(
                "log_member_form", file=self._source.name, member=name, expected=kind.__name__, found=found
            )
        return value


def read_member(path: Path, info: zipfile.ZipInfo) -> bytes:
    """A file of a zip, unpacked. Raises zipfile.BadZipFile and OSError."""
    if info.file_size > MOST_MEMBER:
        raise zipfile.BadZipFile(f"{info.file_size} > {MOST_MEMBER} B")
    if info.compress_type != ZSTANDARD:
        with zipfile.ZipFile(path) as archive:
            return archive.read(info)
    with path.open("rb") as file:
        file.seek(info.header_offset)
        local = _LOCAL.unpack(file.read(_LOCAL.size))
        if local[0] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no file where the directory says")
        file.seek(local[-2] + local[-1], 1)
        packed = file.read(info.compress_size)
    return _unpacked(packed, info)


def _unpacked(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    import zstandard

    try:
        # Large files are several frames, one after another.
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        raw: bytes = reader.read(info.file_size + 1)
    except zstandard.ZstdError as error:
        raise zipfile.BadZipFile(str(error)) from error
    if len(raw) != info.file_size or zlib.crc32(raw) != info.CRC:
        raise zipfile.BadZipFile("the contents are not what the directory says")
    return raw


def _ids(header: Mapping[str, Any]) -> list[Any]:
    spec = header.get("eval")
    dataset = spec.get("dataset") if isinstance(spec, Mapping) else None
    ids = dataset.get("sample_ids") if isinstance(dataset, Mapping) else None
    return ids if isinstance(ids, list) else []
