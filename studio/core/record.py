"""One thing that one person did, as the journal keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FIRST = "0" * 64  # the hash that the first record follows


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be recorded. `kind` is a verb ("answered"), `actor` and `project` are ids ("" where there is none)."""

    kind: str
    actor: str
    project: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What was recorded: record `n` of the whole journal, at `at` (seconds since 1970, UTC); no body once erased.

    `facts` stay for ever, `body` may be erased; `seal` is the hash of the body with its `salt`, `hash` that of all but
    the body, the record before (`prev`) included.
    """

    n: int
    at: float
    kind: str
    actor: str
    project: str
    facts: Mapping[str, Any]
    body: Mapping[str, Any] | None
    salt: str | None
    seal: str
    prev: str
    hash: str

    @property
    def erased(self) -> bool:
        return self.body is None
