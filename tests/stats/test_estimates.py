"""Means of scores: what is averaged and what is only counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.outcome import Estimate
from studio.stats import final_estimate, mean_estimate, wilson

scores = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=40)


def test_a_failed_or_unscored_sample_does_not_lower_the_mean() -> None:
    estimate = mean_estimate([1, 1, 0, 1], unscored=5, failed=7)
    assert estimate.mean == 0.75
    assert (estimate.scored, estimate.unscored, estimate.failed, estimate.n) == (4, 5, 7, 16)
    assert (estimate.low, estimate.high) == wilson(3, 4)


@pytest.mark.parametrize(
    "estimate",
    [
        mean_estimate([], 2, 3),
        mean_estimate([], 2, 3, clusters=[]),
        final_estimate([], [], 2, 3),
    ],
)
def test_nothing_scored_has_no_mean_and_no_interval(estimate: Estimate) -> None:
    assert estimate == Estimate(None, None, None, 0, 2, 3)


def test_the_task_score_keeps_the_covariance_of_em_and_judge() -> None:
    """One and the same pair of means: the two metrics agree in one case and are opposed in the other."""
    agree = final_estimate([1, 1, 0, 0] * 25, [1, 1, 0, 0] * 25)
    oppose = final_estimate([1, 1, 0, 0] * 25, [0, 0, 1, 1] * 25)
    assert agree.mean == oppose.mean == 0.5
    assert agree.high - agree.low > 9 * (oppose.high - oppose.low) > 0
    assert (agree.low, agree.high) == wilson(50, 100)


def test_one_sample_tells_little() -> None:
    assert mean_estimate([1.0]).low == pytest.approx(0.2065, abs=1e-4)
    half = mean_estimate([0.5])
    assert half.low < 0.1 and half.high > 0.9


def test_equal_scores_are_not_certain() -> None:
    few, many = mean_estimate([0.5] * 4), mean_estimate([0.5] * 400)
    assert 0.15 < few.high - few.low < 0.5
    assert 0 < many.high - many.low < 0.01


def test_one_cluster_tells_nothing_and_equal_clusters_count_as_one_trial_each() -> None:
    alone = mean_estimate([1, 0, 1], clusters=["a", "a", "a"])
    assert (alone.mean, alone.low, alone.high) == (pytest.approx(2 / 3), 0, 1)
    equal = mean_estimate([1, 1, 1, 1], clusters=["a", "a", "b", "b"])
    assert (equal.low, equal.high) == wilson(2, 2)
    balanced = mean_estimate([1, 0, 1, 0], clusters=["a", "a", "b", "b"])
    assert (balanced.low, balanced.high) == wilson(1, 2)


def test_clusters_of_one_are_no_clusters() -> None:
    assert mean_estimate([1, 0, 1], clusters=["a", "b", "c"]) == mean_estimate([1, 0, 1])


def test_the_interval_does_not_shrink_when_a_right_answer_becomes_half_right() -> None:
    all_right, one_half = mean_estimate([1.0] * 20), mean_estimate([1.0] * 19 + [0.5])
    assert one_half.low < 0.9 and all_right.low < 0.9


@pytest.mark.parametrize("values", [[1.5], [-0.1], [float("nan")], [0.5, float("nan")]])
def test_a_score_outside_its_range_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="lie in"):
        mean_estimate(values)


def test_counts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="2 EM scores beside 1"):
        final_estimate([1, 0], [1])
    with pytest.raises(ValueError, match="1 clusters for 2"):
        mean_estimate([1, 0], clusters=["a"])


@given(scores, st.data())
def test_every_interval_holds_its_mean_inside_0_and_1(values: list[float], data: st.DataObject) -> None:
    names = st.lists(st.sampled_from("abcdef"), min_size=len(values), max_size=len(values))
    clusters = data.draw(st.none() | names)
    estimate = mean_estimate(values, clusters=clusters)
    assert estimate.low is not None and estimate.mean is not None and estimate.high is not None
    assert 0 <= estimate.low <= estimate.mean <= estimate.high <= 1
    assert estimate.high - estimate.low > 0


@given(scores)
def test_the_order_of_samples_does_not_matter(values: list[float]) -> None:
    assert same(mean_estimate(values), mean_estimate(values[::-1]))


@given(scores.filter(lambda values: len(values) > 1))
def test_ten_times_the_samples_narrow_the_interval(values: list[float]) -> None:
    few, many = mean_estimate(values), mean_estimate(values * 10)
    assert few.high - few.low > many.high - many.low  # type: ignore[operator]


def same(one: Estimate, other: Estimate) -> bool:
    assert (one.scored, one.unscored, one.failed) == (other.scored, other.unscored, other.failed)
    if one.mean is None:
        return one == other
    return np.allclose([one.mean, one.low, one.high], [other.mean, other.low, other.high], atol=1e-9)
