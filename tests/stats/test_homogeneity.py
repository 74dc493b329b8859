"""Groups that are alike, and those that are not; parts that were drawn, and those that were chosen."""

import numpy as np
import pytest

from studio.stats import alike, drawn_from


def test_the_probability_is_that_of_fishers_exact_test() -> None:
    """Two groups: X² orders the tables of these margins as their probabilities do."""
    from scipy.stats import fisher_exact

    for first, second in [((9, 10), (4, 10)), ((18, 20), (15, 20)), ((3, 8), (3, 8))]:
        table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
        found = alike([first[0], second[0]], [first[1], second[1]])
        assert found == pytest.approx(fisher_exact(table).pvalue, abs=0.025)


def test_a_judge_that_errs_in_one_task_alone_stands_out() -> None:
    assert alike([95, 92, 40], [100, 100, 100]) < 0.001
    assert alike([95, 92, 94], [100, 100, 100]) > 0.3


@pytest.mark.parametrize(("right", "n"), [([5], [9]), ([0, 0], [3, 4]), ([3, 4], [3, 4]), ([3, 0], [5, 0])])
def test_where_nothing_can_differ_nothing_does(right, n) -> None:
    assert alike(right, n) == 1.0


def test_groups_that_are_alike_are_called_different_as_seldom_as_promised() -> None:
    rng = np.random.default_rng(2)
    called = [alike(rng.binomial(12, 0.8, 4).tolist(), [12] * 4, seed=seed) < 0.05 for seed in range(300)]
    assert np.mean(called) < 0.08


def test_labels_that_were_chosen_where_em_and_the_judge_part_are_found_out() -> None:
    run = [400, 50, 50, 500]
    assert drawn_from([20, 25, 25, 30], run) < 0.001
    assert drawn_from([38, 6, 4, 52], run) > 0.3
    assert drawn_from([0, 0, 0, 0], run) == 1.0


def test_a_part_is_no_larger_than_the_whole() -> None:
    with pytest.raises(ValueError, match="cannot hold more"):
        drawn_from([3, 0], [2, 5])
