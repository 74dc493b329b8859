"""What holds a run up: one test for each case of the rule, at its thresholds."""

import pytest

from studio.core.bottleneck import (
    BEHIND,
    BUSY,
    FULL,
    SAMPLES,
    SECONDS,
    bottleneck_of,
    fullness,
    judge_finding,
    together,
)
from studio.core.figures import Figures, Finding
from studio.core.pace import StageLoad

T = 100.0  # seconds


def stage(full: float, room: int = 0, passed: int = 1000) -> StageLoad:
    """A stage that was so full for T seconds."""
    inside = full * T * max(1, room)
    return StageLoad(busy_s=full * T if not room else T, sample_s=inside, passed=passed, room=room)


def test_fullness_is_the_mean_number_inside_by_the_room_and_without_a_room_the_time_anything_was():
    assert fullness(StageLoad(busy_s=100, sample_s=960, room=32), T) == pytest.approx(0.3)
    assert fullness(StageLoad(busy_s=40, sample_s=960), T) == pytest.approx(0.4)
    assert fullness(StageLoad(busy_s=400, sample_s=960), T) == 1.0
    assert fullness(StageLoad(busy_s=1), 0.0) == 0.0


@pytest.mark.parametrize(("served", "code"), [(True, "server"), (False, "model")])
def test_full_requests_are_the_servers_or_the_models_own_limit(served, code):
    loads = {"prepare": stage(0.95, 2), "request": stage(FULL, 32)}
    found = bottleneck_of(loads, T, served=served)
    assert (found.code, found.room, found.share) == (code, 32, pytest.approx(FULL))


@pytest.mark.parametrize(("served", "code"), [(True, "starved"), (False, "starved_model")])
def test_a_full_stage_before_hungry_requests_starves_them(served, code):
    loads = {"read": stage(0.1), "prepare": stage(BUSY, 2), "request": stage(0.3, 32), "write": stage(0.2)}
    found = bottleneck_of(loads, T, served=served)
    assert (found.code, found.stage, found.share) == (code, "prepare", pytest.approx(0.7))


@pytest.mark.parametrize("culprit", ["read", "prepare", "write"])
def test_the_fullest_of_the_others_is_named(culprit):
    loads = {"read": stage(0.65), "prepare": stage(0.65, 2), "write": stage(0.65), "request": stage(0.5, 8)}
    assert bottleneck_of({**loads, culprit: stage(0.9)}, T, served=True).stage == culprit


def test_where_no_stage_is_full_nothing_is_said():
    assert bottleneck_of({"prepare": stage(0.59, 2), "request": stage(0.84, 32)}, T, served=True) is None


def test_the_first_seconds_say_nothing():
    loads = {"request": StageLoad(busy_s=4.9, sample_s=4.9 * 32, passed=500, room=32)}
    assert bottleneck_of(loads, SECONDS - 0.1, served=True) is None


def test_a_few_samples_say_nothing():
    assert bottleneck_of({"request": stage(1.0, 32, passed=SAMPLES - 1)}, T, served=True) is None
    assert bottleneck_of({"request": stage(1.0, 32, passed=SAMPLES)}, T, served=True).code == "server"


def test_a_stage_that_lets_nothing_through_is_told_even_before_the_first_answer():
    loads = {"prepare": stage(1.0, 2, passed=0), "request": StageLoad(room=32)}
    assert bottleneck_of(loads, T, served=True) == Finding("starved", "prepare", 1.0, 32)


def test_without_a_gauge_nothing_is_said():
    assert bottleneck_of({}, 0.0, served=True) is None
    assert bottleneck_of({}, T, served=True) is None


@pytest.mark.parametrize(
    ("answered", "judged", "behind"),
    [(BEHIND, 0, BEHIND), (BEHIND - 1, 0, None), (10_000, 9_001, None), (10_000, 9_000, 1_000)],
)
def test_the_judge_is_behind_once_many_answers_wait(answered, judged, behind):
    found = judge_finding(Figures(answered=answered, unjudged=answered - judged), going=True, asking=True)
    assert (found.n if found else None) == behind


def test_when_only_the_judge_is_at_work_any_answer_left_is_told():
    assert judge_finding(Figures(answered=9, unjudged=1), going=True, asking=False) == Finding(
        "judge_waited", n=1
    )
    assert judge_finding(Figures(answered=9), going=True, asking=False) is None


@pytest.mark.parametrize(
    ("asking_s", "working_s", "told"), [(90, 100, True), (91, 100, False), (10, 12.9, False), (0, 50, False)]
)
def test_of_a_finished_run_the_judges_tail_is_told_where_it_is_long(asking_s, working_s, told):
    figures = Figures(answered=9, judged=9, asking_s=asking_s, working_s=working_s)
    found = judge_finding(figures, going=False, asking=False)
    assert (found is not None) == told
    if found:
        assert (found.code, found.seconds, found.share) == ("judge_last", 10, pytest.approx(0.1))


def test_spells_of_work_add_up_and_rooms_are_weighted_by_their_seconds():
    loads, seconds = together(
        [
            ({"request": StageLoad(busy_s=30, sample_s=960, passed=10, room=32)}, 30.0),
            ({"request": StageLoad(busy_s=10, sample_s=40, passed=5, room=8)}, 10.0),
        ]
    )
    assert seconds == 40.0
    assert loads["request"] == StageLoad(0, 0, 40.0, 1000.0, 15, 26)
    assert together([]) == ({}, 0.0)
