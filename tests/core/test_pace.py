"""The gauge of a run's stages, on a clock that we move."""

import threading

import pytest

from studio.core.pace import STAGES, Gauge


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gauge(clock) -> Gauge:
    return Gauge(clock)


def test_a_stage_knows_how_long_it_was_busy_and_how_full_it_was(gauge, clock):
    gauge.enter("request")
    clock.now += 2
    gauge.enter("request", 3)
    clock.now += 1
    gauge.leave("request", 4)
    clock.now += 5
    load = gauge.loads()["request"]
    assert (load.now, load.passed, load.busy_s, load.sample_s) == (0, 4, 3.0, 6.0)
    assert gauge.elapsed_s == 8.0


def test_what_is_inside_counts_before_it_leaves(gauge, clock):
    with gauge.at("prepare"):
        clock.now += 4
        assert gauge.loads()["prepare"].busy_s == 4.0
        assert gauge.loads()["prepare"].now == 1
    assert gauge.loads()["prepare"].now == 0


def test_a_sample_leaves_its_stage_also_when_it_fails(gauge):
    with pytest.raises(ValueError, match="broken"), gauge.at("prepare"):
        raise ValueError("broken")
    assert gauge.loads()["prepare"].now == 0


def test_queues_and_room_are_told(gauge):
    gauge.waits("request", 5)
    gauge.waits("request", -2)
    gauge.room("request", 32)
    load = gauge.loads()["request"]
    assert (load.waiting, load.room) == (3, 32)
    assert set(gauge.loads()) == set(STAGES)


def test_many_threads_may_tell_it_at_once(gauge):
    def work() -> None:
        for _ in range(500):
            with gauge.at("write"):
                pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (gauge.loads()["write"].now, gauge.loads()["write"].passed) == (0, 4000)


def test_the_span_is_from_the_first_sample_to_the_last(gauge, clock):
    """Reading ahead while the model is loaded is no part of it, nor is what comes after the last answer."""
    assert gauge.span_s == 0.0
    with gauge.at("read"):
        clock.now += 30
    gauge.enter("prepare")
    clock.now += 1
    gauge.enter("request")
    gauge.leave("prepare")
    clock.now += 4
    assert gauge.span_s == 5.0, "until now while one is inside"
    gauge.leave("request")
    clock.now += 60
    assert gauge.span_s == 5.0
