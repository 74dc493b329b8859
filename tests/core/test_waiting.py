"""Whoever waits looks often at first and rarely later."""

import pytest

from studio.core import waiting
from studio.core.waiting import FIRST_S, LONGEST_S, looks


class Clock:
    """Stands still but for the pauses."""

    def __init__(self) -> None:
        self.now, self.pauses = 100.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.pauses.append(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    return clock


def test_the_first_look_is_at_once_and_pauses_grow_up_to_the_longest(clock: Clock) -> None:
    for number, _ in enumerate(looks()):
        if number == 8:
            break
    assert clock.pauses[:3] == [FIRST_S, 2 * FIRST_S, 4 * FIRST_S]
    assert clock.pauses[-1] == LONGEST_S and len(clock.pauses) == 8


@pytest.mark.parametrize("timeout_s", [0.0, -1.0])
def test_without_time_there_is_one_look(clock: Clock, timeout_s: float) -> None:
    assert len(list(looks(timeout_s))) == 1 and clock.pauses == []


def test_it_ends_after_the_time_and_not_before(clock: Clock) -> None:
    list(looks(3.0))
    assert 3.0 <= sum(clock.pauses) <= 3.0 + LONGEST_S
