"""Where a run's time goes: how many samples stand in each stage, and for how long."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, get_args

Stage = Literal["read", "prepare", "request", "write"]
STAGES: tuple[Stage, ...] = get_args(Stage)
_SPAN: tuple[Stage, ...] = ("prepare", "request")  # the stages whose samples make a spell of work


@dataclass(frozen=True)
class StageLoad:
    """What a stage has done since work began.

    `now` samples are inside and `waiting` stand before it; `busy_s` is how long at least one was inside, in seconds;
    `sample_s` adds up the seconds of all that were, so that `sample_s / elapsed` is the mean number inside. `room` is
    how many can be inside at once, 0 when nobody has said.
    """

    now: int = 0
    waiting: int = 0
    busy_s: float = 0.0
    sample_s: float = 0.0
    passed: int = 0
    room: int = 0


class Gauge:
    """Counts the samples in each stage of one run. May be told and read by any thread; nothing is kept per sample."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._stages = {stage: _Stage(self._began) for stage in STAGES}
        self._first: float | None = None
        self._last = self._began

    @property
    def elapsed_s(self) -> float:
        """Seconds since the gauge was made."""
        return self._clock() - self._began

    @property
    def span_s(self) -> float:
        """Seconds from the first sample that was prepared or asked to the last; until now while any is inside. The
        loading of the model is before it, the judge's last words are after it."""
        with self._lock:
            if self._first is None:
                return 0.0
            inside = any(self._stages[stage].inside for stage in _SPAN)
            return (self._clock() if inside else self._last) - self._first

    @contextmanager
    def at(self, stage: Stage, n: int = 1) -> Iterator[None]:
        """`n` samples are in the stage for as long as the block lasts."""
        self.enter(stage, n)
        try:
            yield
        finally:
            self.leave(stage, n)

    def enter(self, stage: Stage, n: int = 1) -> None:
        with self._lock:
            self._change(stage, n)

    def leave(self, stage: Stage, n: int = 1) -> None:
        with self._lock:
            self._change(stage, -n)

    def waits(self, stage: Stage, n: int) -> None:
        """`n` more samples stand before the stage (fewer, when negative)."""
        with self._lock:
            self._stages[stage].waiting += n

    def room(self, stage: Stage, n: int) -> None:
        """So many samples can be in the stage at once."""
        with self._lock:
            self._stages[stage].room = n

    def loads(self) -> Mapping[Stage, StageLoad]:
        """Every stage as of now."""
        with self._lock:
            now = self._clock()
            return {stage: counted.load(now) for stage, counted in self._stages.items()}

    def _change(self, stage: Stage, n: int) -> None:
        now = self._clock()
        self._stages[stage].change(now, n)
        if stage in _SPAN:
            self._first = now if self._first is None else self._first
            self._last = now


class _Stage:
    """The counts of one stage, brought up to date at each change."""

    def __init__(self, now: float) -> None:
        self.inside = self.waiting = self.passed = self.room = 0
        self.busy_s = self.sample_s = 0.0
        self._since = now

    def change(self, now: float, n: int) -> None:
        self._settle(now)
        self.inside += n
        if n < 0:
            self.passed -= n

    def load(self, now: float) -> StageLoad:
        self._settle(now)
        return StageLoad(self.inside, self.waiting, self.busy_s, self.sample_s, self.passed, self.room)

    def _settle(self, now: float) -> None:
        spent, self._since = now - self._since, now
        self.sample_s += spent * self.inside
        if self.inside:
            self.busy_s += spent
