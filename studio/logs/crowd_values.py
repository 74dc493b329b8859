"""Values that tools of crowds share: times, texts that are not too long, output columns."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from studio.core.errors import BadInput

LONGEST = 100_000  # characters of an answer, as everywhere
MOST_ROWS = 500_000
_LATEST = 2.0**33  # seconds since 1970: the year 2242
_LONGEST_S = 24 * 3600.0  # nobody looks at a question for longer


def moment(text: str) -> float | None:
    """A time as tools write it, by UTC where it names no zone; None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    seconds = (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    return seconds if 0 < seconds < _LATEST else None


def lasting(seconds: object) -> float | None:
    """A duration that there can be."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        return None
    return float(seconds) if 0 <= seconds <= _LONGEST_S else None


def chosen(known: Sequence[str], asked: str, file: str) -> str:
    """The output that holds the answers: the one that is asked for, else the only one. Raises BadInput."""
    if asked in known:
        return asked
    if asked or len(known) != 1:
        raise BadInput("crowd_column", file=file, name=asked or "—", known=", ".join(known) or "—")
    return known[0]
