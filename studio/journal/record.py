"""A record of the journal: one thing that one person did, chained to the one before by hashes.

A record has two parts. `facts` are what results are made of and stay for ever. `body` is what might tell who somebody
is: names, free comments. A body can be erased without breaking the chain, because the chain holds only its seal,
sha256(salt + body), and the salt, which keeps a short body from being guessed, goes with it.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from studio.core.errors import StudioError
from studio.core.record import FIRST, Planned, Record

_SALT_BYTES = 16


class JournalBroken(StudioError):
    """A file of the journal was changed by other hands, or lost a part of its middle."""


def line_of(record: Record) -> bytes:
    """One line of a file, its end included."""
    return _json({name: getattr(record, name) for name in Record.__slots__}) + b"\n"


def recorded(planned: Planned, n: int, at: float, prev: str) -> Record:
    """The record that follows the one whose hash is `prev`."""
    salt = secrets.token_hex(_SALT_BYTES)
    body = orjson.loads(
        _json(dict(planned.body))
    )  # what a reader will find, not what a caller may still change
    facts = orjson.loads(_json(dict(planned.facts)))
    seal = _seal(salt, body)
    draft = Record(n, at, planned.kind, planned.actor, planned.project, facts, body, salt, seal, prev, "")
    return _with(draft, hash=_hash(draft))


def read(line: bytes) -> Record:
    """The record of a line. Raises ValueError for anything else."""
    found = orjson.loads(line)
    if not isinstance(found, dict) or set(found) != set(Record.__slots__):
        raise ValueError("not a record")
    record = Record(**found)
    if not isinstance(record.n, int) or not isinstance(record.prev, str) or line_of(record) != line:
        raise ValueError("not as it was written")  # JSON has many spellings, a record has one
    return record


def erased(record: Record) -> Record:
    """The same record without its body: whoever holds the chain can still check it, nobody can read what was there."""
    return _with(record, body=None, salt=None)


def verify(records: Iterable[Record], prev: str = FIRST, n: int = 0) -> Iterator[Record]:
    """The records, each checked: it follows the one before and is what was written. Raises JournalBroken at the first
    that is not: journal_missing, journal_forked (it follows another record), journal_broken (it was changed)."""
    for record in records:
        body_holds = record.erased or (
            record.salt is not None and _seal(record.salt, record.body) == record.seal
        )
        if record.n > n + 1:
            raise JournalBroken("journal_missing", n=record.n, expected=n + 1, last=record.n - 1)
        if not body_holds or record.hash != _hash(record):
            raise JournalBroken("journal_broken", n=record.n, expected=n + 1)
        if record.n != n + 1 or record.prev != prev:
            raise JournalBroken("journal_forked", n=record.n, expected=n + 1)
        yield record
        prev, n = record.hash, record.n


def _seal(salt: str, body: object) -> str:
    return hashlib.sha256(salt.encode() + _json(body)).hexdigest()


def _hash(record: Record) -> str:
    """Of the record before and of all that is never erased."""
    open_part = [record.n, record.at, record.kind, record.actor, record.project, record.facts, record.seal]
    return hashlib.sha256(record.prev.encode() + _json(open_part)).hexdigest()


def _with(record: Record, **changes: Any) -> Record:
    return Record(**{name: getattr(record, name) for name in Record.__slots__} | changes)


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
