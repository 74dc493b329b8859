"""What filters go by that stands in no column of its own elsewhere: an answer's length, its end, its mark."""

from hashlib import blake2b
from typing import Any

from studio.core.outcome import Score
from studio.query import folded

# A person searches the beginning of an answer; 100,000 characters would only fatten the file.
SEARCHED_CHARACTERS = 4_000
COLUMNS = ("length", "finish", "tokens", "latency_s", "decided", "answer_mark")


def answer_mark(text: str | None) -> int | None:
    """A number that is equal for answers that say the same but for case, ё and spaces; None of no answer."""
    if text is None:
        return None
    said = " ".join(folded(text).split())
    return int.from_bytes(blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def facts_of(
    text: str, finish: str | None, tokens: int | None, latency_s: float | None, em: Score | None
) -> tuple[Any, ...]:
    """The values of COLUMNS for an answer that was given."""
    decided = em.detail.get("decided") if em else None
    return (len(text), finish, tokens, latency_s, decided, answer_mark(text))


def searched(text: str) -> str:
    """An answer or a reason as it is searched: its beginning, folded."""
    return folded(text[:SEARCHED_CHARACTERS])
