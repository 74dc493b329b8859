"""What was done in the human baseline, as whoever is responsible reads it: who, what, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.core.safety import Safety


@dataclass(frozen=True)
class Deed:
    """A record of the journal to read. `facts` without hashes of secrets; `body` is None once it was erased."""

    n: int
    at: float
    kind: str
    actor: str
    name: str
    project: str
    facts: Mapping[str, Any]
    body: Mapping[str, Any] | None


@dataclass(frozen=True)
class DeedLine:
    """A deed among others of its project. `number` is the place of whoever did it among the project's people (0: he is
    none of them), `of` whom it was done to; `item` the question that it is about; `changes` are (what, before, after).
    `by_link`: a role that nobody gave at that moment: it came with the link."""

    deed: Deed
    number: int
    of: str
    of_name: str
    of_number: int
    item: int | None
    changes: tuple[tuple[str, Any, Any], ...]
    by_link: bool = False


@dataclass(frozen=True)
class Deeds:
    """Deeds in a project, the newest first, from `offset` on of `total`; kinds there are, with how many."""

    lines: tuple[DeedLine, ...]
    total: int
    offset: int
    kinds: Mapping[str, int]


@dataclass(frozen=True)
class Verified:
    """The journal's chain was checked: `records` hold, `hash` is the last one's; or `broken` is the number of the first
    that does not hold."""

    records: int
    hash: str
    broken: int | None = None


@dataclass(frozen=True)
class JournalState:
    """How the journal stands: its `records`, how many of them are in the tables, and its shelf, None where there is
    none."""

    records: int
    applied: int
    safety: Safety | None = None
