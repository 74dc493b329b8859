"""The arithmetic of a run's pace: spells of work, steps of a chart."""

import math

import pytest

from studio.core.figures import Pause, Window
from studio.core.timeline import POINTS, step_for, timeline_of, windows_of


@pytest.mark.parametrize(
    ("seconds", "step"),
    [
        (0.5, 0.01),
        (10, 0.1),
        (60, 0.5),
        (120, 1),
        (600, 5),
        (3600, 30),
        (36_000, 300),
        (400 * 86400, 4 * 86400),
    ],
)
def test_the_step_is_one_that_a_person_reads_and_makes_few_points(seconds, step):
    assert step_for(seconds) == step
    assert math.ceil(seconds / step) <= POINTS


def test_a_run_that_was_never_stopped_is_one_spell_from_the_first_request():
    """The model was loaded from 0 to 10; the judge ended after the last answer."""
    assert windows_of([0.0], [10.0, 11.0], [12.0, 14.0], judged=[13.0, 15.0]) == [Window(10.0, 14.0, 15.0)]


def test_each_beginning_of_work_with_answers_is_a_spell():
    found = windows_of([0.0, 50.0, 100.0], [1.0, 101.0], [2.0, 103.0], failed=[104.0])
    assert found == [Window(1.0, 2.0, 2.0), Window(101.0, 104.0, 104.0)], (
        "at 50 it was stopped before any answer"
    )


def test_a_request_cannot_be_older_than_its_spell():
    """An answer's time to come may include the waiting of an earlier spell: the clock begins with the work."""
    assert windows_of([0.0, 100.0], [1.0, 60.0], [2.0, 103.0])[1].start == 100.0


def test_a_spell_in_which_only_the_judge_worked_counts_too():
    assert windows_of([0.0, 100.0], [1.0], [2.0], judged=[105.0, 106.0])[1] == Window(105.0, 105.0, 106.0)


def test_answers_without_a_recorded_beginning_are_one_spell():
    assert windows_of([], [1.0, 2.0], [3.0, 4.0]) == [Window(1.0, 4.0, 4.0)]
    assert windows_of([], [], []) == []


def test_every_answer_is_in_one_step_and_the_pause_in_none():
    ends = [1.0, 2.0, 3.0, 1001.0, 1002.0]
    starts = [end - 1 for end in ends]
    windows = windows_of([0.0, 999.0], starts, ends)
    timeline = timeline_of(windows, starts, ends)
    assert timeline.seconds == 5.0 and timeline.pauses == (Pause(3.0, 997.0),)
    assert sum(moment.answered for moment in timeline.moments) == 5
    assert sum(moment.seconds for moment in timeline.moments) == pytest.approx(5.0)
    assert [moment.under_way for moment in timeline.moments] == pytest.approx([1.0] * len(timeline.moments))


def test_the_mean_under_way_is_the_time_of_requests_by_the_time_of_the_step():
    """Two requests over all of four seconds, a third over the first two: 3, 3, 2, 2."""
    timeline = timeline_of([Window(0, 4, 4)], [0.0, 0.0, 0.0], [2.0, 4.0, 4.0], points=4)
    assert timeline.step_s == 1
    assert [moment.under_way for moment in timeline.moments] == pytest.approx([3, 3, 2, 2])


@pytest.mark.parametrize("seconds", [0.4, 10.0, 61.7, 3601.0, 36_000.0])
def test_a_chart_has_few_points_however_long_the_run(seconds):
    ends = [seconds * n / 500 for n in range(1, 501)]
    timeline = timeline_of([Window(0, seconds, seconds)], [0.0] * 500, ends)
    assert len(timeline.moments) <= POINTS
    assert sum(moment.answered for moment in timeline.moments) == 500
    assert timeline.moments[-1].answered_so_far == 500
    area = sum(moment.under_way * moment.seconds for moment in timeline.moments)
    assert area == pytest.approx(sum(ends)), "no request-second is lost between steps"


def test_fifty_stops_make_no_more_points():
    ends = [1000.0 * spell + n for spell in range(50) for n in (1, 2, 3)]
    starts = [end - 0.5 for end in ends]
    timeline = timeline_of(windows_of([1000.0 * n for n in range(50)], starts, ends), starts, ends)
    assert len(timeline.moments) <= POINTS and len(timeline.pauses) == 49
    assert sum(moment.answered for moment in timeline.moments) == 150


def test_what_is_still_under_way_is_not_taken_for_idleness():
    timeline = timeline_of([Window(0, 10, 10)], [0.0, 1.0], [2.0, 3.0], unsure_after=5.0, points=10)
    assert [moment.under_way is None for moment in timeline.moments] == [False] * 5 + [True] * 5


def test_the_judges_backlog_is_what_is_answered_and_not_judged():
    timeline = timeline_of([Window(0, 3, 4)], [0.0] * 3, [1.0, 2.0, 3.0], judged=[2.5, 3.5, 4.0], points=4)
    assert [moment.backlog for moment in timeline.moments] == [1, 2, 2, 0]
    assert [moment.judged for moment in timeline.moments] == [0, 0, 1, 2]


def test_what_failed_at_once_is_in_the_first_step_and_no_answer():
    timeline = timeline_of(windows_of([0.0], [1.0], [3.0], failed=[1.0]), [1.0], [3.0], failed=[1.0])
    assert timeline.moments[0].failed == 1 and sum(moment.answered for moment in timeline.moments) == 1


@pytest.mark.parametrize(
    ("seconds", "steps"), [(10.2, [1.0] * 9 + [1.2]), (10.6, [1.0] * 10 + [0.6]), (10.0, [1.0] * 10)]
)
def test_a_short_rest_is_no_step_of_its_own(seconds, steps):
    """One answer in the last tenth of a second is no speed of ten a second."""
    ends = [seconds * n / 5 for n in range(1, 6)]
    timeline = timeline_of([Window(0, seconds, seconds)], [0.0] * 5, ends, points=12)
    assert [moment.seconds for moment in timeline.moments] == pytest.approx(steps)
    assert timeline.moments[-1].answered_so_far == 5


def test_no_time_has_no_timeline():
    assert timeline_of([], [], []) is None
    assert timeline_of([Window(5, 5, 5)], [5.0], [5.0]) is None
