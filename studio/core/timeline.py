"""The arithmetic of a run's pace: spells of work, and buckets of time for a chart. Pure functions.

Lists of times are sorted. A run that was stopped and resumed is laid out along its seconds of work: what lies between
two spells takes no room, so that a night's pause makes no run slow.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from studio.core.figures import Moment, Pause, Timeline, Window

POINTS = 120
# Steps that a person reads: 1, 2 and 5 of seconds, then parts and multiples of minutes and hours.
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


def step_for(seconds: float, points: int = POINTS) -> float:
    """The shortest step with which `seconds` make at most `points` buckets; whole days once nothing else will do."""
    fitting = (step for step in _STEPS if seconds <= step * points)
    return next(fitting, 86400.0 * math.ceil(seconds / 86400 / points))


def windows_of(
    began: Sequence[float],
    starts: Sequence[float],
    ends: Sequence[float],
    failed: Sequence[float] = (),
    judged: Sequence[float] = (),
) -> list[Window]:
    """The spells of work: one for each time work began (`began`) in which anything was answered, failed or judged.

    `starts[i]` is when the request was sent that was answered at `ends[i]`; it cannot be earlier than its spell.
    """
    edges = [*(sorted(began) or [-math.inf]), math.inf]
    edges[0] = -math.inf  # what was written before the first recorded beginning is part of the first spell
    found = []
    for low, high in pairwise(edges):
        first, last = bisect_left(ends, low), bisect_left(ends, high)
        asked = [*starts[first:last], *_between(failed, low, high)]
        over = _between(judged, low, high)
        if not asked and not over:
            continue
        start = max(low, min(asked or over))
        answers = [*ends[first:last][-1:], *_between(failed, low, high)[-1:]]
        until = max([start, *answers])
        found.append(Window(start, until, max([until, *over[-1:]])))
    return found


def timeline_of(
    windows: Sequence[Window],
    starts: Sequence[float],
    ends: Sequence[float],
    failed: Sequence[float] = (),
    judged: Sequence[float] = (),
    *,
    unsure_after: float = math.inf,
    points: int = POINTS,
) -> Timeline | None:
    """At most `points` buckets along the seconds of work; None where no time has passed.

    The mean number under way in a bucket is the integral of (requests sent - requests answered) over it, divided by
    its length. From the time `unsure_after` on it is None: what is still under way has left no trace yet.
    """
    axis = _Axis(windows)
    if axis.seconds <= 0:
        return None
    sent, answered = axis.places(sorted(starts)), axis.places(ends)
    broken, scored = axis.places(failed), axis.places(judged)
    area = _Area(sent, answered)
    step = step_for(axis.seconds, points)
    edges = _edges(axis.seconds, step)
    sure = axis.place(unsure_after) if math.isfinite(unsure_after) else math.inf
    moments = []
    before = (0, 0, 0)  # what happens at the very start is part of the first bucket
    for low, high in pairwise(edges):
        now = (_upto(answered, high), _upto(broken, high), _upto(scored, high))
        under_way = (area.upto(high) - area.upto(low)) / (high - low) if high <= sure else None
        answers, failures, verdicts = (later - earlier for earlier, later in zip(before, now, strict=True))
        moments.append(Moment(low, high - low, answers, failures, verdicts, under_way, now[0], now[2]))
        before = now
    return Timeline(axis.seconds, step, tuple(moments), axis.pauses)


class _Axis:
    """Seconds of work instead of the clock's."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._windows = windows
        self._before = [0.0, *accumulate(window.end - window.start for window in windows)]
        self.seconds = self._before[-1]
        self.pauses = tuple(
            Pause(self._before[index], later.start - earlier.end)
            for index, (earlier, later) in enumerate(pairwise(windows), start=1)
        )

    def places(self, times: Sequence[float]) -> list[float]:
        """Sorted times of the clock as seconds of work. A spell's own time is what lies before the next one begins."""
        starts = [window.start for window in self._windows]
        cuts = [0, *(bisect_left(times, start) for start in starts[1:]), len(times)]
        found: list[float] = []
        for index, (low, high) in enumerate(pairwise(cuts)):
            shift = starts[index] - self._before[index]
            placed = [time - shift for time in times[low:high]]
            found += _within(placed, self._before[index], self._before[index + 1])
        return found

    def place(self, time: float) -> float:
        return self.places([time])[0]


class _Area:
    """The integral of the number of requests under way, from the start of work on."""

    def __init__(self, sent: Sequence[float], answered: Sequence[float]) -> None:
        self._lists = [(times, [0.0, *accumulate(times)]) for times in (sent, answered)]

    def upto(self, at: float) -> float:
        """Request-seconds until `at`: every request sent adds the time since, every answer takes it away again."""
        (sent, sent_sums), (answered, answered_sums) = self._lists
        n_sent, n_answered = _upto(sent, at), _upto(answered, at)
        return (n_sent * at - sent_sums[n_sent]) - (n_answered * at - answered_sums[n_answered])


def _edges(seconds: float, step: float) -> list[float]:
    """Ends of the buckets. A rest of less than half a step belongs to the last whole one: of a moment's single answer
    nobody can tell a speed."""
    whole, rest = divmod(round(seconds / step, 9), 1)
    inner = max(1, int(whole) + (rest >= 0.5))
    return [*(k * step for k in range(inner)), seconds]


def _within(times: list[float], first: float, last: float) -> list[float]:
    """Sorted times, none before `first` or after `last`."""
    early, late = bisect_left(times, first), bisect_right(times, last)
    return [first] * early + times[early:late] + [last] * (len(times) - late)


def _upto(times: Sequence[float], at: float) -> int:
    return bisect_right(times, at)


def _between(times: Sequence[float], low: float, high: float) -> Sequence[float]:
    return times[bisect_left(times, low) : bisect_left(times, high)]
