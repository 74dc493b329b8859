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
class JournalState:
    """How the journal stands: its `records`, how many of them are in the tables, and its shelf, None where there is
    none."""

    records: int
    applied: int
    safety: Safety | None = None
