"""Waiting for what other threads and processes do, where nobody can wake whoever waits."""

import time
from collections.abc import Iterator

FIRST_S, LONGEST_S = 0.005, 0.1


def looks(timeout_s: float | None = None) -> Iterator[None]:
    """Comes back whenever it is time to look again, the first time at once; ends after `timeout_s` (None: never).

    Most of what is waited for is over soon, so the first pauses are of milliseconds; whoever waits for hours looks ten
    times a second.
    """
    end = None if timeout_s is None else time.monotonic() + timeout_s
    pause = FIRST_S
    while True:
        yield
        if end is not None and time.monotonic() >= end:
            return
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_S)
