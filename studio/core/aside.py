"""What is in a file that a lost copy of the studio left on the shelf, and what can be taken in of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# Why a record is not taken in: it is no answer; its person or its question is not here; the person took the answer
# back, or has answered this question here, too.
Reason = Literal["kind", "person", "question", "taken_back", "here"]


@dataclass(frozen=True)
class LeftOut:
    """How many records of a kind stay where they are, and why."""

    kind: str
    reason: Reason
    n: int


@dataclass(frozen=True)
class AsideFile:
    """A file of `records` records, `fresh` of which the journal here does not have, written between `first_at` and
    `last_at` (None: there are none). `answers` and skips, `people` with them, can be taken in, or just were; `known`
    answers are here under their own names. `kinds` counts the fresh records. `settled`: they were taken in before."""

    name: str
    records: int
    fresh: int
    first_at: float | None
    last_at: float | None
    kinds: Mapping[str, int]
    answers: int
    people: int
    known: int
    left_out: tuple[LeftOut, ...]
    settled: bool
