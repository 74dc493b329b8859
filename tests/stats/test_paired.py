"""Paired differences, McNemar and Holm beside other people's implementations and a plain double sum."""

import math
import random

import numpy as np
import pytest
from scipy import stats

from studio.stats import change_of, holm, mcnemar, paired_difference


def noisy(n: int, seed: int) -> tuple[list[float], list[float]]:
    rng = random.Random(seed)
    return [float(rng.random() < 0.7) for _ in range(n)], [float(rng.random() < 0.4) for _ in range(n)]


@pytest.mark.parametrize("seed", range(5))
def test_samples_that_stand_alone_give_the_interval_of_a_paired_t_test(seed: int) -> None:
    first, second = noisy(40, seed)
    found = paired_difference(first, second)
    expected = stats.ttest_rel(first, second).confidence_interval(0.95)
    assert found.mean == pytest.approx(np.mean(first) - np.mean(second))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert (found.n, found.clusters) == (40, 40)


@pytest.mark.parametrize("seed", range(5))
def test_clustered_errors_are_the_double_sum_over_pairs_of_a_cluster(seed: int) -> None:
    first, second = noisy(60, seed)
    clusters = [f"picture {i % 17}" for i in range(60)]
    found = paired_difference(first, second, clusters)
    d = np.array(first) - np.array(second)
    total = sum(
        (d[i] - d.mean()) * (d[j] - d.mean())
        for i in range(60)
        for j in range(60)
        if clusters[i] == clusters[j]
    )
    half = stats.t.ppf(0.975, 16) * math.sqrt(17 / 16 * total) / 60
    assert (found.low, found.high) == pytest.approx((d.mean() - half, d.mean() + half))
    assert found.clusters == 17


def test_three_questions_about_each_picture_are_not_three_times_the_evidence() -> None:
    first, second = noisy(30, 1)
    alone = paired_difference(first, second)
    thrice = paired_difference(first * 3, second * 3, list(range(30)) * 3)
    assert (thrice.low, thrice.high) == pytest.approx((alone.low, alone.high))


@pytest.mark.parametrize(
    ("first", "second", "mean"),
    [([1.0] * 30, [0.0] * 30, 1), ([1.0] * 30, [1.0] * 30, 0), ([0.0] * 9, [1.0] * 9, -1)],
)
def test_equal_differences_are_not_taken_for_certain(first, second, mean) -> None:
    found = paired_difference(first, second)
    unseen = stats.binomtest(0, len(first)).proportion_ci(method="wilson").high
    assert found.mean == mean
    assert found.low == pytest.approx(max(-1, mean - unseen * (1 + mean)))
    assert found.high == pytest.approx(min(1, mean + unseen * (1 - mean)))


def test_one_dialogue_alone_tells_nothing_of_the_spread() -> None:
    first, second = noisy(30, 2)
    found = paired_difference(first, second, ["dialogue"] * 30)
    assert (found.low, found.high) == (-1.0, 1.0)


def test_no_samples_give_no_difference() -> None:
    assert paired_difference([], []) is None


@pytest.mark.parametrize(("first", "second"), [([1.0], [1.0, 0.0]), ([2.0], [0.0]), ([float("nan")], [0.0])])
def test_what_are_no_scores_of_the_same_samples_is_refused(first, second) -> None:
    with pytest.raises(ValueError):
        paired_difference(first, second)


@pytest.mark.parametrize(
    ("lost", "gained"), [(0, 0), (1, 0), (5, 5), (12, 3), (3, 12), (239, 1), (1500, 1400), (3000, 2000)]
)
def test_mcnemar_is_the_binomial_test_of_what_changed(lost: int, gained: int) -> None:
    expected = stats.binomtest(lost, lost + gained).pvalue if lost + gained else 1.0
    assert mcnemar(lost, gained) == pytest.approx(expected, rel=1e-9)


def test_holm_as_r_adjusts() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, None, 0.9]) == pytest.approx([1.0, None, 1.0])
    assert holm([]) == []


def test_samples_are_counted_by_what_became_of_them() -> None:
    change = change_of([1, 1, 1, 0, 0], [1, 0, 0, 1, 0])
    assert (change.both, change.lost, change.gained, change.neither) == (1, 2, 1, 1)
    assert change.leak == pytest.approx(1 / 3)
    assert change_of([0.5], [1]) is None
    assert change_of([0, 0], [0, 1]).leak is None
