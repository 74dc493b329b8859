"""What a lead watches: how fast people are, how they stand with controls and with themselves, where they differ."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

FAST_S = 1.5  # nobody reads a question, looks and answers in less
_FAST_SHARE = 0.2  # nor in so little of what others take
_HOUR = 3600.0
_RECENT = 6  # hours with work in them that the pace is told by


class Timed(NamedTuple):
    """A submission: when it came, and how long its question was looked at (None: unknown)."""

    person: str
    at: float
    took_s: float | None


def too_fast(timed: Sequence[Timed]) -> Counter[str]:
    """How many answers of each person came sooner than can be: a flag for a lead's eye, never a verdict."""
    known = [each.took_s for each in timed if each.took_s is not None]
    limit = max(FAST_S, _FAST_SHARE * median(known)) if known else FAST_S
    return Counter(each.person for each in timed if each.took_s is not None and each.took_s < limit)


def hours(times: Iterable[float]) -> list[tuple[float, int]]:
    """Answers by hour (UTC), hours without any left out."""
    counted = Counter(at // _HOUR * _HOUR for at in times)
    return sorted(counted.items())


def pace(times: Sequence[float], now: float) -> float | None:
    """Answers an hour over the last hours in which anybody worked; the current one counts by the part of it that is
    over. None before a quarter of an hour of work."""
    worked = hours(times)[-_RECENT:]
    if not worked:
        return None
    spans = [min(_HOUR, now - began) for began, _ in worked]
    first = min(times)
    spans = [max(0.0, span - max(0.0, first - began)) for span, (began, _) in zip(spans, worked, strict=True)]
    whole = sum(spans)
    return sum(n for _, n in worked) / whole * _HOUR if whole >= _HOUR / 4 else None


def constancy(said: Mapping[tuple[str, int], Sequence[str]]) -> dict[str, list[float]]:
    """Of each person, for each question that came twice, whether the second answer was the first: 1 or 0. `said` holds
    the answers of (person, item) in their order, in the form in which answers are compared."""
    found: dict[str, list[float]] = {}
    for (person, _), answers in said.items():
        if len(answers) == 2:
            found.setdefault(person, []).append(float(answers[0] == answers[1]))
    return found
