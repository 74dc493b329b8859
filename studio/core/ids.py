"""Ids that people read aloud and type: a letter for the kind, the day, six hex digits."""

import time
from collections.abc import Callable
from secrets import token_hex


def dated(letter: str, taken: Callable[[str], bool], at: float | None = None) -> str:
    """An id such as `r1122-6315f1` that `taken` does not know, with the local day of `at` (seconds since the epoch;
    now, if None). Six digits are few: of a thousand ids of one day two are alike once in 34 such days."""
    day = time.strftime("%m%d", time.localtime(at))
    while taken(drawn := f"{letter}{day}-{token_hex(3)}"):
        pass
    return drawn
