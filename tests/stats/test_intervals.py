"""Intervals against independent computations (scipy, the textbook sums written out) and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from studio.core.outcome import Estimate
from studio.stats import clustered_error, mean_estimate, wilson
from studio.stats.intervals import t95


@pytest.mark.parametrize(
    ("k", "n"), [(0, 1), (1, 1), (0, 20), (20, 20), (7, 20), (1, 339), (300, 360), (3714, 7432)]
)
def test_wilson_agrees_with_scipy(k: int, n: int) -> None:
    expected = oracle.binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_reproduces_published_intervals(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_proportion(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(k, n)


@pytest.mark.parametrize("degrees", [1, 2, 5, 29, 1000])
def test_the_quantile_of_student_agrees_with_scipy(degrees: int) -> None:
    assert t95(degrees) == pytest.approx(oracle.t.ppf(0.975, degrees))


def test_equal_clusters_give_the_t_interval_of_their_means() -> None:
    scores = np.random.default_rng(1).integers(0, 2, (12, 5)).astype(float)
    expected = oracle.ttest_1samp(scores.mean(axis=1), 0).confidence_interval(0.95)
    estimate = mean_estimate(scores.ravel(), clusters=[c for c in range(12) for _ in range(5)])
    assert (estimate.low, estimate.high) == pytest.approx((expected.low, expected.high))


def test_the_clustered_error_is_the_double_sum_over_pairs_of_a_cluster() -> None:
    rng = np.random.default_rng(2)
    clusters = rng.integers(0, 9, 60).tolist()
    scores = rng.random(60)
    d = scores - scores.mean()
    pairs = sum(d[i] * d[j] for i in range(60) for j in range(60) if clusters[i] == clusters[j])
    groups = len(set(clusters))
    expected = math.sqrt(groups / (groups - 1) * pairs / 60**2)
    assert clustered_error(scores, clusters) == pytest.approx(expected)


def test_clusters_of_one_give_the_ordinary_standard_error() -> None:
    scores = np.random.default_rng(3).random(40)
    assert clustered_error(scores, range(40)) == pytest.approx(oracle.sem(scores))


def test_one_cluster_has_no_standard_error() -> None:
    with pytest.raises(ValueError, match="one cluster"):
        clustered_error(np.array([0.0, 1.0]), ["a", "a"])


def test_answers_that_go_together_widen_the_interval() -> None:
    scores = np.repeat(np.random.default_rng(4).integers(0, 2, 60), 5).astype(float)
    alone, together = mean_estimate(scores), mean_estimate(scores, clusters=[i // 5 for i in range(300)])
    assert alone.mean == together.mean
    assert width(together) > 2 * width(alone)


@pytest.mark.parametrize("n", [8, 20, 60])
@pytest.mark.parametrize("shares", [(0.8, 0.0, 0.15), (0.9, 0.01, 0.05), (0.2, 0.02, 0.2), (0.02, 0.0, 0.05)])
def test_the_interval_of_the_task_score_covers_the_truth(n: int, shares: tuple[float, float, float]) -> None:
    truth = shares[0] + (shares[1] + shares[2]) / 2
    draws = np.random.default_rng(5).multinomial(n, [*shares, 1 - sum(shares)], size=1500)
    scores = np.array([1.0, 0.5, 0.5, 0.0])  # of the cells: both, EM only, the judge only, neither
    estimates = [mean_estimate(np.repeat(scores, cells)) for cells in draws]
    # Four standard errors of a share of 0.95 in 1,500 draws are 0.023.
    assert covered(estimates, truth) > 0.92


@pytest.mark.parametrize("groups", [15, 40])
def test_the_clustered_interval_covers_the_truth_where_the_plain_one_does_not(groups: int) -> None:
    rng = np.random.default_rng(6)
    clusters = [g for g in range(groups) for _ in range(6)]
    plain, clustered = [], []
    for _ in range(600):
        difficulty = np.repeat(rng.beta(1.2, 0.8, groups), 6)  # its mean is 0.6
        scores = (rng.random(groups * 6) < difficulty).astype(float)
        plain.append(mean_estimate(scores))
        clustered.append(mean_estimate(scores, clusters=clusters))
    assert covered(clustered, 0.6) > 0.91
    assert covered(plain, 0.6) < 0.80


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors_itself(case: tuple[int, int]) -> None:
    k, n = case
    interval = wilson(k, n)
    mirrored = wilson(n - k, n)
    assert 0 <= interval.low <= k / n <= interval.high <= 1
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx(tuple(interval), abs=1e-12)


def width(estimate: Estimate) -> float:
    assert estimate.low is not None and estimate.high is not None
    return estimate.high - estimate.low


def covered(estimates: list[Estimate], truth: float) -> float:
    return sum(e.low <= truth <= e.high for e in estimates) / len(estimates)
