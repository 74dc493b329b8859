"""A record of MERA's format inside a log, and records that only resemble one: texts, options, gold, and what media."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.content import Modality
from studio.core.logs import LoggedMedium
from studio.core.task import Sample
from studio.logs.rows import data_url
from studio.tasks.records import Located, read_record
from studio.tasks.template import media_key

_BYTES = re.compile(r"""b(['"]).*\1""", re.DOTALL)  # bytes that were logged as Python prints them
# Keys of other tools' records that hold the question, likeliest first.
_QUESTIONS = ("question", "query", "problem", "input", "text")


@dataclass(frozen=True)
class Record:
    """What a logged document says: `sample` where it is a record of MERA's format (its media mean nothing, and it has
    no message), else None."""

    sample: Sample | None
    question: str | None
    media: tuple[LoggedMedium, ...]


def read_document(doc: Mapping[str, Any]) -> Record:
    """The document of a row. Never raises: what cannot be told is absent."""
    inputs = doc.get("inputs")
    if isinstance(doc.get("instruction"), str) and isinstance(doc.get("meta"), Mapping):
        sample = read_record(doc, 1, "test", _anywhere, filled=False)
        question = inputs if isinstance(inputs, str) else sample.inputs.get("question")
        return Record(sample, question, tuple(_media(inputs)) if isinstance(inputs, Mapping) else ())
    question = next((doc[key] for key in _QUESTIONS if isinstance(doc.get(key), str)), None)
    return Record(None, question, tuple(_media(doc)))


def medium(key: str, modality: Modality | None, value: Any) -> LoggedMedium:
    """A medium as some tool wrote it down: bytes, a data URL, or only a name for it (a hash, an address, a path)."""
    if isinstance(value, Mapping):
        value = next((value[each] for each in ("url", "bytes", "path") if value.get(each)), "")
    if isinstance(value, str):
        if found := data_url(value):
            return LoggedMedium(key, found[0] or modality, found[1])
        if data := _printed_bytes(value):
            return LoggedMedium(key, modality, data)
    return LoggedMedium(key, modality, None, _short(value))


def _media(values: Mapping[str, Any]) -> Iterator[LoggedMedium]:
    for key in sorted(filter(media_key, values), key=_number):
        if values[key] not in (None, ""):
            yield medium(key, media_key(key), values[key])


def _number(key: str) -> int:
    """Of `image_2` it is 2: libraries that store records as tables may have sorted `image_10` before it."""
    number = key.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def _printed_bytes(text: str) -> bytes | None:
    if not _BYTES.fullmatch(text):
        return None
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        return None
    return found if isinstance(found, bytes) else None


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


_NOWHERE = Located(Path("logged"))


def _anywhere(_modality: Modality, _key: str, _value: Any) -> Located:
    return _NOWHERE
