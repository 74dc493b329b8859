"""What people said in a project, row by row, as a lead reads it and as it is written out.

Times are seconds since 1970 (UTC), durations seconds; None is what nobody knows.
"""

from dataclasses import dataclass

from studio.core.project import Purpose


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One thing that one person said: an answer, a skip, or an undo of the record `supersedes`.

    `n` is its record in the journal. `stands`: it was not taken back; `counts`: it is among the valid answers of its
    item. `instructions` is their version then, `content_hash` that of the question as it was shown.
    """

    n: int
    person: str
    item: int
    key: str
    purpose: Purpose
    occasion: int
    action: str
    text: str
    reason: str
    comment: str
    stands: bool
    counts: bool
    flagged: bool
    supersedes: int | None
    instructions: int
    content_hash: str
    at: float
    shown_at: float | None = None
    first_input_at: float | None = None
    active_s: float | None = None
    idle_s: float | None = None
    played_s: float | None = None

    @property
    def took_s(self) -> float | None:
        """From the question to the answer."""
        return None if self.shown_at is None else max(0.0, self.at - self.shown_at)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A version of a project's instructions."""

    version: int
    text: str
    at: float
