"""PPI++: the estimate and the weight of its authors, and intervals that hold for few labels, too."""

import warnings

import numpy as np
import pytest

from studio.stats import Layer, by_strata, further_labels, labels_to_halve, prediction_powered, rogan_gladen
from studio.stats.calibration import Rate


def run_of(
    rng: np.random.Generator, n: int, share: float, q1: float, q0: float
) -> tuple[np.ndarray, np.ndarray]:
    """Whether each of n answers is right, and the judge's word on it."""
    right = rng.random(n) < share
    judge = np.where(right, rng.random(n) < q1, rng.random(n) >= q0)
    return right.astype(int), judge.astype(int)


def powered(right, judge, labelled: int, seed: int = 1):
    """The first answers are labelled; their order is random."""
    return prediction_powered(
        right[:labelled], judge[:labelled], int(judge[labelled:].sum()), len(right) - labelled, seed=seed
    )


@pytest.fixture(scope="module")
def authors():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its own imports warn of
        import ppi_py

        yield ppi_py


@pytest.mark.parametrize(
    ("n", "labelled", "share", "q1", "q0"),
    [
        (1000, 100, 0.4, 0.95, 0.9),
        (500, 200, 0.1, 0.7, 0.8),
        (300, 60, 0.9, 0.99, 0.6),
        (400, 300, 0.5, 0.9, 0.9),
    ],
)
def test_estimate_and_weight_are_those_of_the_authors_code(authors, n, labelled, share, q1, q0) -> None:
    right, judge = run_of(np.random.default_rng(n), n, share, q1, q0)
    found = powered(right, judge, labelled)
    theirs = authors.ppi_mean_pointestimate(right[:labelled], judge[:labelled], judge[labelled:])
    assert found.mean == pytest.approx(float(theirs[0]))
    same = authors.ppi_mean_pointestimate(
        right[:labelled], judge[:labelled], judge[labelled:], lam=found.weight
    )
    assert found.mean == pytest.approx(float(same[0]))


def test_with_many_labels_the_interval_is_that_of_the_authors_code(authors) -> None:
    right, judge = run_of(np.random.default_rng(2), 20_000, 0.4, 0.9, 0.85)
    found = powered(right, judge, 2_000)
    low, high = authors.ppi_mean_ci(right[:2000], judge[:2000], judge[2000:], alpha=0.05)
    assert found.low == pytest.approx(float(low[0]), abs=0.0015)
    assert found.high == pytest.approx(float(high[0]), abs=0.0015)


def test_a_judge_that_says_nothing_leaves_peoples_word_alone() -> None:
    right, judge = run_of(np.random.default_rng(3), 2_000, 0.4, 0.1, 0.1)
    found = powered(right, judge, 200)
    assert (found.weight, found.mean) == (0.0, pytest.approx(right[:200].mean()))
    assert found.human.mean == pytest.approx(right[:200].mean())


def test_a_good_judge_is_worth_labels() -> None:
    right, judge = run_of(np.random.default_rng(4), 5_000, 0.5, 0.97, 0.97)
    found = powered(right, judge, 100)
    assert found.high - found.low < 0.6 * (found.human.high - found.human.low)


def test_when_everything_is_labelled_these_answers_are_known() -> None:
    right, judge = run_of(np.random.default_rng(5), 80, 0.4, 0.9, 0.9)
    found = powered(right, judge, 80)
    assert found.run_low == found.run_high == found.mean == pytest.approx(right.mean())
    assert (found.low, found.high) == (found.human.low, found.human.high) and found.more == 0


def test_what_labels_can_narrow_is_never_more_than_the_whole_doubt() -> None:
    right, judge = run_of(np.random.default_rng(6), 200, 0.4, 0.9, 0.9)
    found = powered(right, judge, 100)
    assert found.run_high - found.run_low < found.high - found.low


@pytest.mark.parametrize(("labelled", "reason"), [(0, "no_labels"), (19, "few_drawn")])
def test_too_few_labels_are_refused(labelled: int, reason: str) -> None:
    right, judge = run_of(np.random.default_rng(7), 100, 0.5, 0.9, 0.9)
    found = powered(right, judge, labelled)
    assert (found.mean, found.low, found.run_low, found.reason) == (None, None, None, reason)


@pytest.mark.parametrize(("n", "unlabelled"), [(50, 10**9), (50, 950), (100, 100), (30, 0)])
def test_so_many_more_labels_halve_the_interval_over_these_answers(n: int, unlabelled: int) -> None:
    more, whole = labels_to_halve(n, unlabelled), n + unlabelled

    def variance(labelled: int) -> float:
        return 1 / labelled - 1 / whole

    assert variance(n + more) <= variance(n) / 4 + 1e-15
    assert more == 0 or variance(n + more - 1) > variance(n) / 4


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Twenty labels and two hundred, shares near 0 and 1, a good judge and a poor one; 93-97 % over all settings.

    `benchmarks/judge_intervals.py` takes more settings and 500 runs of each.
    """
    rng = np.random.default_rng(8)
    everywhere, here = [], []
    for labelled in (20, 60, 200):
        for share, q1, q0 in [(0.05, 0.95, 0.9), (0.4, 0.75, 0.7), (0.6, 0.95, 0.6), (0.95, 0.9, 0.9)]:
            found = []
            for seed in range(120):
                right, judge = run_of(rng, 800, share, q1, q0)
                told = powered(right, judge, labelled, seed)
                found.append(told.low <= share <= told.high)
                here.append(told.run_low - 1e-9 <= right.mean() <= told.run_high + 1e-9)
            assert np.mean(found) > 0.87, (labelled, share, q1, q0)
            everywhere += found
    assert 0.93 < np.mean(everywhere) < 0.97
    assert 0.93 < np.mean(here) < 0.975


def test_the_interval_holds_where_questions_share_pictures() -> None:
    """Three answers a picture, right or wrong together: the doubt over such questions is larger, and is told so."""
    rng = np.random.default_rng(9)
    held = []
    for seed in range(200):
        right = np.repeat((rng.random(200) < 0.4).astype(int), 3)
        judge = np.where(rng.random(600) < 0.9, right, 1 - right)
        order = rng.permutation(600)
        pictures = np.repeat(np.arange(200), 3)[order]
        right, judge = right[order], judge[order]
        found = prediction_powered(
            right[:150], judge[:150], int(judge[150:].sum()), 450, clusters=pictures[:150].tolist(), effect=2.3,
            seed=seed,
        )  # fmt: skip
        held.append(found.low <= 0.4 <= found.high)
    assert 0.91 < np.mean(held) < 0.995


def test_labels_chosen_by_verdict_are_weighted_back_to_the_run() -> None:
    """Labels were taken where EM and the judge disagree: their plain mean is far off, that of strata is not."""
    rng = np.random.default_rng(10)
    held, plain = [], []
    for seed in range(200):
        apart, alike = (rng.random(200) < 0.3).astype(int), (rng.random(1800) < 0.8).astype(int)
        truth = (apart.sum() + alike.sum()) / 2000
        found = by_strata(
            [Layer(200, int(apart[:90].sum()), 90), Layer(1800, int(alike[:40].sum()), 40)], seed=seed
        )
        held.append(found.low <= truth <= found.high)
        plain.append(abs((apart[:90].sum() + alike[:40].sum()) / 130 - truth))
    assert 0.91 < np.mean(held) < 0.995
    assert np.mean(plain) > 0.2


@pytest.mark.parametrize(
    ("strata", "reason"),
    [
        ([], "no_labels"),
        ([Layer(100, 0, 0)], "no_labels"),
        ([Layer(100, 5, 19)], "few_drawn"),
        ([Layer(100, 20, 40), Layer(50, 1, 4)], "bare_strata"),
    ],
)
def test_strata_that_nobody_looked_into_are_refused(strata, reason) -> None:
    assert by_strata(strata).reason == reason


def test_a_small_stratum_without_labels_is_only_a_doubt() -> None:
    whole = by_strata([Layer(95, 20, 40), Layer(5, 0, 0)])
    assert whole.reason == "" and whole.low < whole.mean == 0.5 < whole.high


@pytest.mark.parametrize(("q1", "q0"), [((45, 50), (40, 50)), ((18, 20), (60, 80))])
def test_so_many_further_labels_halve_lees_interval(q1, q0) -> None:
    n, judged = 100_000, 45_000
    before = rogan_gladen(judged, n, Rate(*q1), Rate(*q0))
    further = further_labels(judged, n, Rate(*q1), Rate(*q0))
    m1, m0 = q1[1] + further.right, q0[1] + further.wrong
    after = rogan_gladen(judged, n, Rate(m1 * q1[0] / q1[1], m1), Rate(m0 * q0[0] / q0[1], m0))
    assert (after.high - after.low) == pytest.approx((before.high - before.low) / 2, rel=0.12)


def test_no_number_of_labels_makes_up_for_few_answers() -> None:
    assert further_labels(10, 20, Rate(95, 100), Rate(95, 100)) is None


def test_a_judge_that_may_as_well_guess_corrects_nothing() -> None:
    assert rogan_gladen(50, 100, Rate(8, 12), Rate(7, 12)).reason == "near_chance"
