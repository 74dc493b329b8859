"""The split of variance of crossed scores: by hand, beside other implementations, and in simulations."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.contingency_tables import cochrans_q

from studio.stats import cochran, complete, flips_of, places, prompt_gap, variance_split

# Four items in three prompts, the sums of squares worked out on paper: 2/3 items, 1/2 prompts, 5/6... in twelfths.
SMALL = np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])


def shares(found: object) -> dict[str, float | None]:
    return {each.part: each.share for each in found.parts}  # type: ignore[attr-defined]


def test_four_items_in_three_prompts_come_out_as_by_hand() -> None:
    # Means of items 1, 2/3, 1/3, 0; of prompts 1/2, 1/4, 3/4; of all 1/2.
    # SS_i = 3·(1/4 + 1/36 + 1/36 + 1/4) = 5/3; SS_p = 4·(1/16 + 1/16) = 1/2; SS = 12·1/4 = 3; SS_r = 5/6.
    # MS: 5/9, 1/4, 5/36; σ²: (5/9 − 5/36)/3 = 5/36, (1/4 − 5/36)/4 = 1/36, 5/36.
    found = variance_split(SMALL)
    assert found is not None
    assert [each.variance for each in found.parts] == pytest.approx([5 / 36, 1 / 36, 5 / 36])
    assert shares(found) == pytest.approx({"item": 5 / 11, "prompt": 1 / 11, "rest": 5 / 11})
    assert (found.items, found.prompts, found.mean, found.cut) == (4, 3, 0.5, ())
    assert found.item_error == pytest.approx(math.sqrt(5 / 36 / 4))
    assert found.prompt_error == pytest.approx(math.sqrt(1 / 36 / 3))


@pytest.mark.parametrize("seed", range(6))
def test_components_are_those_of_a_table_of_squares(seed: int) -> None:
    """Beside the textbook's other way: corrected sums of totals instead of deviations."""
    rng = np.random.default_rng(seed)
    x = (rng.random((23, 7)) < rng.random((23, 1))).astype(float) if seed % 2 else rng.random((23, 7))
    k, n = x.shape
    correction = x.sum() ** 2 / x.size
    items, prompts = (x.sum(1) ** 2).sum() / n - correction, (x.sum(0) ** 2).sum() / k - correction
    rest = (x**2).sum() - correction - items - prompts
    squares = items / (k - 1), prompts / (n - 1), rest / ((k - 1) * (n - 1))
    expected = [(squares[0] - squares[2]) / n, (squares[1] - squares[2]) / k, squares[2]]
    found = variance_split(x)
    assert found is not None
    assert [each.variance for each in found.parts] == pytest.approx([max(0.0, each) for each in expected])
    below = tuple(part for part, value in zip(("item", "prompt", "rest"), expected, strict=True) if value < 0)
    assert found.cut == below


@pytest.mark.parametrize("seed", range(4))
def test_cochrans_q_is_that_of_statsmodels(seed: int) -> None:
    scores = (np.random.default_rng(seed).random((40, 5)) < [0.3, 0.4, 0.5, 0.6, 0.4]).astype(float)
    expected = cochrans_q(scores)
    assert cochran(scores) == pytest.approx((expected.statistic, expected.pvalue))


def test_of_untied_ranks_it_is_friedmans_test() -> None:
    ranks = np.array([stats.rankdata(row) for row in np.random.default_rng(3).random((12, 4))])
    expected = stats.friedmanchisquare(*ranks.T)
    assert cochran(ranks) == pytest.approx((expected.statistic, expected.pvalue))


def simulated(
    rng: np.random.Generator, items: int, prompts: int, spread: tuple[float, float, float]
) -> NDArray[np.float64]:
    """Random effects of items, of prompts and of cells, by their standard deviations."""
    of_items, of_prompts, of_cells = spread
    return np.asarray(
        rng.normal(0, of_items, (items, 1))
        + rng.normal(0, of_prompts, (1, prompts))
        + rng.normal(0, of_cells, (items, prompts))
    )


def test_simulated_components_are_found_without_bias() -> None:
    rng, truth = np.random.default_rng(11), np.array([0.09, 0.02, 0.16])
    found = [variance_split(simulated(rng, 40, 10, (0.3, math.sqrt(0.02), 0.4))) for _ in range(300)]
    means = np.mean([[each.variance for each in split.parts] for split in found if split], axis=0)
    assert means == pytest.approx(truth, rel=0.06)


@pytest.mark.parametrize("spread", [(0.3, 0.15, 0.4), (0.2, 0.05, 0.3), (0.1, 0.3, 0.2)])
def test_intervals_of_shares_hold_the_truth_in_19_of_20_simulations(
    spread: tuple[float, float, float],
) -> None:
    rng, variances = np.random.default_rng(7), np.array(spread) ** 2
    truth = variances / variances.sum()
    held = np.zeros(3)
    for turn in range(200):
        split = variance_split(simulated(rng, 50, 10, spread), seed=turn)
        assert split is not None
        held += [
            (each.low or 0) <= true <= (each.high or 1) for each, true in zip(split.parts, truth, strict=True)
        ]
    assert (held / 200 > 0.9).all(), held / 200


def test_right_and_wrong_answers_are_covered_as_well() -> None:
    """0/1 scores: an item's ability and a prompt's effect on the probability; what is left is the Bernoulli part."""
    rng, held = np.random.default_rng(5), np.zeros(3)
    for turn in range(200):
        ability, effect = rng.uniform(0.2, 0.8, (60, 1)), rng.uniform(-0.15, 0.15, (1, 10))
        split = variance_split((rng.random((60, 10)) < ability + effect).astype(float), seed=turn)
        of_items, of_prompts = 0.6**2 / 12, 0.3**2 / 12
        rest = 0.25 - of_items - of_prompts  # the variance of 0/1 with mean one half, less what is explained
        truth = np.array([of_items, of_prompts, rest]) / 0.25
        assert split is not None
        held += [
            (each.low or 0) <= true <= (each.high or 1) for each, true in zip(split.parts, truth, strict=True)
        ]
    assert (held / 200 > 0.9).all(), held / 200


def test_where_nothing_varies_there_are_no_shares() -> None:
    found = variance_split(np.ones((5, 4)))
    assert found is not None and set(shares(found).values()) == {None} and found.p == 1.0
    assert variance_split(np.ones((1, 4))) is None and variance_split(np.ones((5, 1))) is None


def test_gaps_are_not_filled() -> None:
    holed = SMALL.copy()
    holed[1, 2] = np.nan
    assert complete(holed).tolist() == [True, False, True, True]
    with pytest.raises(ValueError, match="missing"):
        variance_split(holed)


def test_the_gap_names_the_best_and_the_worst_prompt_and_the_pairs_that_differ() -> None:
    scores = np.zeros((30, 3))
    scores[:, 1] = 1.0
    scores[:10, 2] = 1.0
    found = prompt_gap(scores, (2, 5, 9), np.arange(30))
    assert found is not None
    assert (found.best, found.worst, found.difference.mean, found.pairs) == (5, 2, 1.0, 3)
    assert found.p == pytest.approx(1 / 2001)
    assert {(each.first, each.second) for each in found.apart} == {(2, 5), (2, 9), (5, 9)}


def test_a_gap_by_chance_is_called_chance_as_often_as_it_should_be() -> None:
    rng, called = np.random.default_rng(2), 0
    for turn in range(80):
        scores = (rng.random((30, 6)) < rng.uniform(0.1, 0.9, (30, 1))).astype(float)
        found = prompt_gap(scores, range(6), np.arange(30), seed=turn)
        assert found is not None
        called += found.p <= 0.05
    assert called / 80 < 0.12


def test_items_of_one_picture_are_one_piece_of_evidence() -> None:
    scores = np.tile([[1.0, 0.0]], (12, 1))
    alone, together = (
        prompt_gap(scores, (1, 2), clusters) for clusters in (np.arange(12), np.arange(12) // 4)
    )
    assert alone is not None and together is not None
    assert alone.p < 0.01 < 0.2 < together.p


def test_a_prompt_in_which_the_order_is_reversed_is_a_flip() -> None:
    first = np.array([[1.0, 1.0, 0.0]] * 20)
    second = np.array([[0.0, 0.0, 1.0]] * 20)
    found = flips_of(("a", "b"), first, second, (1, 4, 7), np.arange(20))
    assert found is not None
    assert found.difference.mean == pytest.approx(1 / 3)
    assert [(each.prompt, each.lead, each.flipped) for each in found.by_prompt] == [
        (1, 1.0, False), (4, 1.0, False), (7, -1.0, True),
    ]  # fmt: skip
    assert [each.probability for each in found.by_prompt] == [0.0, 0.0, 1.0]
    assert (found.flips, found.low, found.high, found.reversed, found.ties) == (1, 1.0, 1.0, 0.0, 0)


def test_the_probability_of_a_flip_is_that_of_the_binomial() -> None:
    """In the second prompt 11 of 20 items speak for the reverse: P(more minuses than pluses) over draws of 20."""
    first, second = np.ones((20, 2)), np.zeros((20, 2))
    first[:11, 1], second[:11, 1] = 0.0, 1.0
    found = flips_of(("a", "b"), first, second, (1, 2), np.arange(20))
    assert found is not None
    assert found.by_prompt[1].flipped
    assert found.by_prompt[1].probability == pytest.approx(1 - stats.binom.cdf(10, 20, 11 / 20), abs=0.03)


def test_equal_models_have_no_order_to_flip() -> None:
    found = flips_of(("a", "b"), SMALL, SMALL, (1, 2, 3), np.arange(4))
    assert found is not None and (found.flips, found.ties, found.reversed) == (0, 3, 0.0)
    assert flips_of(("a", "b"), SMALL[:0], SMALL[:0], (1, 2, 3), np.arange(0)) is None


def test_equal_scores_share_a_place() -> None:
    assert places([0.5, 0.9, 0.5, 0.1]) == (2, 1, 2, 4)
