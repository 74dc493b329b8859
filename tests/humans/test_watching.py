"""What a lead watches: too fast, how many an hour, the same answer twice."""

from collections import Counter

import pytest

from studio.humans.watching import Timed, constancy, hours, pace, too_fast

HOUR = 3600.0


def test_who_answers_sooner_than_one_can_read_is_flagged() -> None:
    calm = [Timed("а", n, 20.0) for n in range(20)]
    hasty = [Timed("б", n, 3.0) for n in range(5)] + [Timed("б", 9, 30.0)]
    unknown = [Timed("в", 1, None)]
    assert too_fast(calm + hasty + unknown) == Counter({"б": 5})
    assert too_fast([Timed("а", n, 2.0) for n in range(9)]) == Counter(), (
        "where all are fast, the task is short"
    )
    assert too_fast([Timed("а", 1, 1.0), Timed("а", 2, 2.0)]) == Counter({"а": 1})


def test_the_pace_is_that_of_hours_with_work_in_them() -> None:
    worked = [10 * HOUR + n * 60 for n in range(60)] + [30 * HOUR + n * 120 for n in range(30)]
    assert pace(worked, now=31 * HOUR) == pytest.approx(45.0)
    assert hours(worked) == [(10 * HOUR, 60), (30 * HOUR, 30)]


def test_the_current_hour_counts_by_its_part() -> None:
    assert pace([10 * HOUR + n * 60 for n in range(30)], now=10.5 * HOUR) == pytest.approx(60.0)
    late = [10.5 * HOUR + n * 60 for n in range(30)]
    assert pace(late, now=11 * HOUR) == pytest.approx(60.0), "before the first answer nobody worked"


def test_a_pace_is_not_told_too_early() -> None:
    assert pace([], now=5.0) is None and pace([10 * HOUR, 10 * HOUR + 5], now=10 * HOUR + 60) is None


def test_constancy_is_of_questions_that_came_twice() -> None:
    said = {("а", 1): ["x", "x"], ("а", 2): ["x", "y"], ("а", 3): ["x"], ("б", 1): ["z"]}
    assert constancy(said) == {"а": [1.0, 0.0]}
