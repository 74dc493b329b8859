"""How people agree with each other: as Krippendorff, Fleiss and Gwet count it."""

import warnings

import numpy as np
import pytest

from studio.stats import between_reviewers


def panel(seed: int, items: int, reviewers: int, missing: float) -> list[dict[str, int]]:
    rng = np.random.default_rng(seed)
    right = rng.random(items) < 0.6
    said = []
    for truth in right:
        words = {f"r{k}": int(truth if rng.random() < 0.85 else not truth) for k in range(reviewers)}
        said.append({name: word for name, word in words.items() if rng.random() >= missing})
    return said


@pytest.mark.parametrize(("seed", "missing"), [(1, 0.0), (2, 0.3), (3, 0.6)])
def test_alpha_is_krippendorffs_with_words_missing(seed: int, missing: float) -> None:
    import krippendorff

    said = panel(seed, 60, 4, missing)
    data = [[each.get(f"r{k}", np.nan) for each in said] for k in range(4)]
    found = between_reviewers(said).alpha
    assert found.value == pytest.approx(krippendorff.alpha(data, level_of_measurement="nominal"))
    assert found.low < found.value < found.high


def test_fleiss_kappa_is_that_of_statsmodels() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its own imports warn of
        from statsmodels.stats.inter_rater import fleiss_kappa

    said = panel(4, 50, 3, 0.0)
    table = [[len(each) - sum(each.values()), sum(each.values())] for each in said]
    assert between_reviewers(said).fleiss.value == pytest.approx(fleiss_kappa(np.array(table)))


def test_two_reviewers_give_gwets_ac1_and_one_pair() -> None:
    """Gwet 2008: 118 and 5, 2 and 0: AC1 = 0.9408."""
    pairs = [(1, 1)] * 118 + [(1, 0)] * 5 + [(0, 1)] * 2
    found = between_reviewers([{"а": first, "б": second} for first, second in pairs])
    assert found.ac1.value == pytest.approx(0.9408, abs=5e-5)
    assert found.raw.value == pytest.approx(118 / 125)
    assert [(pair.first, pair.second, pair.n) for pair in found.pairs] == [("а", "б", 125)]
    assert found.pairs[0].kappa.value == pytest.approx(-0.0234, abs=5e-5)


def test_answers_that_one_person_saw_say_nothing_of_agreement() -> None:
    found = between_reviewers([{"а": 1}, {"б": 0}, {}])
    assert (found.items, found.reviewers, found.raw.reason) == (0, 2, "one_reviewer")
    both = between_reviewers([{"а": 1}, {"а": 1, "б": 1}])
    assert (both.items, both.raw.value, both.alpha.reason) == (1, 1.0, "unanimous")


def test_answers_about_one_picture_count_as_less() -> None:
    said = panel(5, 40, 2, 0.0)
    alone = between_reviewers(said).raw
    together = between_reviewers(
        [each for each in said for _ in range(3)], [i for i in range(40) for _ in range(3)]
    ).raw
    assert together.value == pytest.approx(alone.value)
    assert together.high - together.low == pytest.approx(alone.high - alone.low, rel=0.05)


def test_the_intervals_cover_the_agreement_of_all_answers() -> None:
    rng = np.random.default_rng(3)
    q, share = 0.9, 0.5
    agree = q * q + (1 - q) ** 2
    held = []
    for seed in range(200):
        truth = rng.random(40) < share
        words = [np.where(rng.random(40) < q, truth, ~truth).astype(int) for _ in range(2)]
        found = between_reviewers(
            [{"а": int(a), "б": int(b)} for a, b in zip(*words, strict=True)], seed=seed
        ).raw
        held.append(found.low <= agree <= found.high)
    assert 0.91 < np.mean(held) < 0.99
