"""Rogan-Gladen: it gives back the truth, its interval covers it, and it says when it cannot tell."""

import numpy as np
import pytest

from studio.stats import Rate, effective_rate, rogan_gladen


@pytest.mark.parametrize("truth", [0.02, 0.2, 0.5, 0.9])
@pytest.mark.parametrize(("q1", "q0"), [(0.975, 0.955), (0.9, 0.7), (0.6, 0.6)])
def test_the_share_that_is_truly_right_comes_back(truth: float, q1: float, q0: float) -> None:
    n = 10_000_000
    judged = n * (truth * q1 + (1 - truth) * (1 - q0))
    found = rogan_gladen(judged, n, Rate(q1 * n, n), Rate(q0 * n, n))
    assert found.mean == pytest.approx(truth)
    assert found.low == pytest.approx(truth, abs=0.01) and found.high == pytest.approx(truth, abs=0.01)
    assert found.low < truth < found.high


@pytest.mark.parametrize(
    ("truth", "q1", "q0", "n", "m"),
    [
        (0.02, 0.975, 0.955, 1000, 200),
        (0.2, 0.95, 0.9, 400, 100),
        (0.6, 0.9, 0.7, 400, 60),
        (0.3, 0.97, 0.955, 800, 80),
    ],
)
def test_the_interval_covers_the_truth_about_as_often_as_it_says(truth, q1, q0, n, m) -> None:
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(2000):
        right = rng.binomial(n, truth)
        judged = rng.binomial(right, q1) + rng.binomial(n - right, 1 - q0)
        found = rogan_gladen(judged, n, Rate(rng.binomial(m, q1), m), Rate(rng.binomial(m, q0), m))
        held += found.low <= truth <= found.high
    assert 0.935 < held / 2000 < 0.99


def test_the_example_of_the_unpublished_false_positive_rate() -> None:
    """A model that is right in 2 % of cases shows 6.4 % under a judge of specificity 0.955 and sensitivity 0.975."""
    found = rogan_gladen(64, 1000, Rate(975, 1000), Rate(955, 1000))
    assert found.mean == pytest.approx(0.0204, abs=1e-3)
    assert found.low < 0.02 < found.high < 0.064


@pytest.mark.parametrize(
    ("judged", "n", "q1", "q0", "reason"),
    [
        (0, 0, Rate(95, 100), Rate(95, 100), "no_answers"),
        (5, 10, Rate(9, 9), Rate(95, 100), "few_labels"),
        (5, 10, Rate(95, 100), Rate(0, 0), "few_labels"),
        (5, 10, Rate(50, 100), Rate(50, 100), "no_better_than_chance"),
        (5, 10, Rate(20, 100), Rate(70, 100), "no_better_than_chance"),
    ],
)
def test_where_it_cannot_be_told_the_reason_stands_instead(judged, n, q1, q0, reason) -> None:
    found = rogan_gladen(judged, n, q1, q0)
    assert (found.mean, found.low, found.high, found.reason) == (None, None, None, reason)


def test_everything_stays_a_share() -> None:
    """A judge that called fewer right than its false positives alone would make."""
    found = rogan_gladen(0, 200, Rate(95, 100), Rate(90, 100))
    assert found.mean == found.low == 0.0 and 0 < found.high < 0.1


def test_answers_to_one_sample_count_as_one_when_they_always_agree() -> None:
    values = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    alone = effective_rate(values, list(range(10)))
    five = effective_rate(
        [value for value in values for _ in range(5)], [i for i in range(10) for _ in range(5)]
    )
    assert alone.n == pytest.approx(9)  # the n − 1 of a spread that is estimated
    assert five.n == pytest.approx(alone.n)
    assert five.right / five.n == pytest.approx(0.7)


def test_verdicts_that_never_differ_are_worth_their_samples() -> None:
    assert effective_rate([1.0] * 50, [i // 5 for i in range(50)]) == Rate(10.0, 10.0)
    assert effective_rate([], []) == Rate(0.0, 0.0)


def test_independent_verdicts_are_never_worth_more_than_they_are() -> None:
    rng = np.random.default_rng(1)
    values = [float(value) for value in rng.random(40) < 0.8]
    assert effective_rate(values, list(range(40))).n <= 40
