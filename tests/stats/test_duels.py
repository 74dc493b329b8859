"""Two runs by one score: against scipy's sign test and against counting."""

import numpy as np
import pytest
from scipy import stats

from studio.stats import corrected, duel, holm, mcnemar, mean_estimate, paired_difference

RNG = np.random.default_rng(5)


def test_what_one_of_the_two_lacks_is_left_out_and_counted():
    first = np.array([1.0, 0.0, np.nan, 1.0, 0.5])
    second = np.array([0.0, 0.0, 1.0, np.nan, 1.0])
    found = duel(first, second, np.arange(5))
    assert (found.wins, found.losses, found.ties, found.left_out) == (1, 1, 1, 2)
    assert found.difference == paired_difference([1.0, 0.0, 0.5], [0.0, 0.0, 1.0])


def test_without_a_common_sample_there_is_no_test():
    found = duel(np.array([np.nan, 1.0]), np.array([1.0, np.nan]), np.arange(2))
    assert (found.p, found.difference, found.left_out) == (None, None, 2)


def test_fractional_scores_are_tested_by_signs():
    first, second = RNG.random(300), RNG.random(300)
    found = duel(first, second, np.arange(300))
    assert found.p == pytest.approx(stats.binomtest(found.wins, found.wins + found.losses).pvalue)


@pytest.mark.parametrize(("lost", "gained"), [(480, 560), (1_010, 1_000), (20_000, 20_400), (1, 4_000)])
def test_the_test_of_many_changes_is_scipys(lost, gained):
    assert mcnemar(lost, gained) == pytest.approx(
        stats.binomtest(lost, lost + gained).pvalue, rel=1e-9, abs=1e-300
    )


def test_clusters_may_be_numbers_or_names():
    scores, other = RNG.integers(0, 2, 90).astype(float), RNG.integers(0, 2, 90).astype(float)
    numbers = np.repeat(np.arange(30), 3)[RNG.permutation(90)]
    names = [f"c{number}" for number in numbers]
    ours, named = (paired_difference(scores, other, clusters) for clusters in (numbers, names))
    assert (ours.low, ours.high) == pytest.approx((named.low, named.high)) and ours.clusters == named.clusters
    assert mean_estimate(scores, clusters=numbers).low == pytest.approx(
        mean_estimate(scores, clusters=names).low
    )


@pytest.mark.parametrize("spread", [1, 7, 10_000])
def test_numbers_of_clusters_may_have_gaps(spread):
    scores = RNG.random(60)
    clusters = (RNG.integers(0, 20, 60) - 5) * spread
    named = mean_estimate(scores, clusters=[str(each) for each in clusters])
    ours = mean_estimate(scores, clusters=clusters)
    assert (ours.low, ours.high) == pytest.approx((named.low, named.high))


def test_several_tests_are_corrected_by_holm():
    found = [
        duel(RNG.integers(0, 2, 50) * 1.0, RNG.integers(0, 2, 50) * 1.0, np.arange(50)) for _ in range(6)
    ]
    found.append(duel(np.array([np.nan]), np.array([1.0]), np.arange(1)))
    assert [each.p_holm for each in corrected(found)] == holm([each.p for each in found])
