"""The gap to the best model: known cases, other people's formulas, and what the interval covers when it is repeated."""

import math

import numpy as np
import pytest
from scipy import stats

from studio.stats import gap_to_best, mean_gap, paired_difference
from studio.stats.best import Pairs


def scores(rng: np.random.Generator, p: float, n: int) -> np.ndarray:
    return (rng.random(n) < p).astype(float)


def task(seed: int, people: float = 0.8, model: float = 0.6, n: int = 60, of: int = 3) -> Pairs:
    rng = np.random.default_rng(seed)
    return Pairs(scores(rng, people, n), scores(rng, model, n), np.arange(n) // of)


@pytest.mark.parametrize("seed", range(4))
def test_one_model_and_one_task_are_the_paired_difference(seed: int) -> None:
    one = task(seed)
    found = gap_to_best([[one]])
    assert found is not None
    expected = paired_difference(*one)
    assert expected is not None
    assert (found.place, found.difference.n, found.difference.clusters) == (0, 60, 20)
    assert (found.difference.low, found.difference.high) == pytest.approx((expected.low, expected.high))


def test_tasks_weigh_equally_and_their_errors_add_up_as_welch_says() -> None:
    parts = [task(1, n=30, of=1), task(2, n=90, of=1)]
    found = mean_gap(parts)
    d = [each.people - each.model for each in parts]
    variances = [each.var(ddof=1) / each.size / 4 for each in d]
    degrees = sum(variances) ** 2 / sum(v**2 / (each.size - 1) for v, each in zip(variances, d, strict=True))
    half = stats.t.ppf(0.975, degrees) * math.sqrt(sum(variances))
    mean = (d[0].mean() + d[1].mean()) / 2
    assert (found.mean, found.low, found.high) == pytest.approx((mean, mean - half, mean + half))
    assert (found.n, found.clusters) == (120, 120)


def test_the_bounds_are_the_least_of_the_models_bounds() -> None:
    models = [[task(seed, model=p)] for seed, p in enumerate((0.5, 0.62, 0.65))]
    found = gap_to_best(models)
    assert found is not None
    alone = [mean_gap(each) for each in models]
    wide = [mean_gap(each, tail=0.025 / 3) for each in models]
    assert found.difference.low == min(each.low for each in alone)
    assert found.difference.high == min(each.high for each in wide)
    assert found.difference.mean == min(each.mean for each in alone) == alone[found.place].mean


def test_a_model_that_is_far_behind_moves_neither_the_estimate_nor_the_lower_bound() -> None:
    near, far = [task(1, model=0.7)], [task(2, model=0.05)]
    alone, both = gap_to_best([near]), gap_to_best([near, far])
    assert alone is not None and both is not None
    assert (both.difference.mean, both.difference.low) == (alone.difference.mean, alone.difference.low)
    assert both.difference.high > alone.difference.high, "two upper bounds have to hold at once"


def test_equal_scores_are_not_taken_for_certain_and_one_cluster_tells_nothing() -> None:
    same = Pairs(np.ones(30), np.ones(30), np.arange(30))
    sure = mean_gap([same])
    assert sure.mean == 0 and sure.low < 0 < sure.high
    assert mean_gap([same, same]).low < 0
    one = mean_gap([Pairs(np.ones(5), np.zeros(5), np.zeros(5, dtype=np.int64))])
    assert (one.low, one.high) == (-1.0, 1.0)


def test_without_models_there_is_no_gap_and_a_task_without_questions_is_refused() -> None:
    assert gap_to_best([]) is None
    nothing = Pairs(np.array([]), np.array([]), np.array([], dtype=np.int64))
    with pytest.raises(ValueError, match="without questions"):
        mean_gap([nothing])


def covered(models: list[float], *, times: int, n: int = 150, naive: bool = False) -> float:
    """How often the interval holds the gap between people at 0.8 and the best of these models; questions share
    difficulty in pairs, so that clusters and models lean on each other."""
    rng = np.random.default_rng(7)
    truth, hits = 0.8 - max(models), 0
    for _ in range(times):
        common = np.repeat(rng.normal(size=n // 2), 2)
        people, *answers = (
            (stats.norm.cdf(common * 0.6 + rng.normal(size=n) * 0.8) < p).astype(float)
            for p in (0.8, *models)
        )
        clusters = np.arange(n) // 2
        if naive:
            best = max(answers, key=lambda each: float(each.mean()))
            found = mean_gap([Pairs(people, best, clusters)])
        else:
            told = gap_to_best([[Pairs(people, each, clusters)] for each in answers])
            assert told is not None
            found = told.difference
        hits += found.low <= truth <= found.high
    return hits / times


@pytest.mark.parametrize("models", [[0.7] * 8, [0.7, 0.5, 0.4, 0.3], [0.78, 0.76, 0.74, 0.72]])
def test_the_interval_holds_the_gap_to_the_truly_best_model_in_95_of_100(models: list[float]) -> None:
    assert covered(models, times=400) >= 0.95 - 2.5 * math.sqrt(0.95 * 0.05 / 400)


def test_choosing_the_best_and_trusting_its_own_interval_does_not() -> None:
    assert covered([0.7] * 8, times=400, naive=True) < 0.9 < 0.95 <= covered([0.7] * 8, times=400)
