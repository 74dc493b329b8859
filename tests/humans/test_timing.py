"""What a browser tells of time is kept as far as it can be true."""

import math

import pytest

from studio.core.project import Timing
from studio.humans.timing import honest


def test_what_can_be_true_is_kept() -> None:
    told = Timing(shown_at=110.0, first_input_at=112.0, active_s=20.0, idle_s=5.0, played_s=3.5)
    assert honest(told, 100.0, 140.0) == told


@pytest.mark.parametrize("shown_at", [None, 90.0, 150.0, math.nan, math.inf])
def test_a_question_is_not_seen_before_it_is_asked_nor_after_it_is_answered(shown_at: float | None) -> None:
    assert honest(Timing(shown_at=shown_at), 100.0, 140.0).shown_at == 100.0


def test_nobody_works_longer_on_a_question_than_he_has_had_it() -> None:
    told = Timing(active_s=1e9, idle_s=41.0, played_s=math.inf, first_input_at=99.0)
    assert honest(told, 100.0, 140.0) == Timing(100.0, None, 40.0, 40.0, None)
    assert honest(Timing(active_s=-1.0), 100.0, 140.0).active_s is None


def test_of_a_question_whose_beginning_is_not_known_no_time_is() -> None:
    assert honest(Timing(1.0, 2.0, 3.0, 4.0, 5.0), None, 140.0) == Timing()
