"""What a browser says of the time for an answer, as far as the server's own clock bears it out."""

import math

from studio.core.project import Timing


def honest(told: Timing, began: float | None, now: float) -> Timing:
    """`told` cut to what can be: the question was this person's since `began` (seconds since 1970; None: not known),
    and it is `now`. What is no number becomes None. A browser's clock or a person's hand may say anything."""
    if began is None:
        return Timing()
    long = max(0.0, now - began)
    shown_at = _within(told.shown_at, began, now, began)
    return Timing(
        shown_at=shown_at,
        first_input_at=_within(told.first_input_at, began, now, None),
        active_s=_lasting(told.active_s, long),
        idle_s=_lasting(told.idle_s, long),
        played_s=_lasting(told.played_s, long),
    )


def _within(value: float | None, least: float, most: float, otherwise: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) and least <= value <= most else otherwise


def _lasting(value: float | None, most: float) -> float | None:
    return None if value is None or not math.isfinite(value) or value < 0 else min(value, most)
