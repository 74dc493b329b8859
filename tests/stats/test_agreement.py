"""A judge beside people: every measure as others compute it, and intervals that hold what they promise."""

import numpy as np
import pytest

from studio.core.health import HEALTH_METRICS
from studio.stats import agreement


def words(
    rng: np.random.Generator, n: int, share: float, q1: float, q0: float
) -> tuple[list[int], list[int]]:
    """What people say of n answers, and a judge of that sensitivity and specificity."""
    people = rng.random(n) < share
    judge = np.where(people, rng.random(n) < q1, rng.random(n) >= q0)
    return people.astype(int).tolist(), judge.astype(int).tolist()


def table(tp: int, fn: int, fp: int, tn: int) -> tuple[list[int], list[int]]:
    people = [1] * (tp + fn) + [0] * (fp + tn)
    judge = [1] * tp + [0] * fn + [1] * fp + [0] * tn
    return people, judge


@pytest.mark.parametrize("seed", range(6))
def test_every_measure_is_what_scikit_learn_says(seed: int) -> None:
    from sklearn import metrics

    rng = np.random.default_rng(seed)
    people, judge = words(
        rng, 60 + 40 * seed, rng.uniform(0.1, 0.9), rng.uniform(0.5, 1), rng.uniform(0.4, 1)
    )
    found = {name: figure.value for name, figure in agreement(people, judge).figures.items()}
    assert found["kappa"] == pytest.approx(metrics.cohen_kappa_score(people, judge))
    assert found["mcc"] == pytest.approx(metrics.matthews_corrcoef(people, judge))
    assert found["balanced"] == pytest.approx(metrics.balanced_accuracy_score(people, judge))
    assert found["youden"] == pytest.approx(metrics.balanced_accuracy_score(people, judge, adjusted=True))
    assert found["raw"] == pytest.approx(metrics.accuracy_score(people, judge))
    assert found["sensitivity"] == pytest.approx(metrics.recall_score(people, judge))
    assert found["specificity"] == pytest.approx(metrics.recall_score(people, judge, pos_label=0))
    assert found["prevalence"] == pytest.approx(np.mean(people))


def test_the_counts_name_peoples_word_first() -> None:
    found = agreement(*table(tp=5, fn=4, fp=3, tn=2))
    assert (found.right_right, found.right_wrong, found.wrong_right, found.wrong_wrong) == (5, 4, 3, 2)
    assert (found.right, found.wrong, found.n) == (9, 5, 14)


def test_ac1_of_gwets_example_stays_high_where_kappa_falls_below_nought() -> None:
    """Gwet 2008, BJMSP 61:29, table 2: 118 and 5, 2 and 0. κ = -0.0234, AC1 = 0.9408."""
    found = agreement(*table(tp=118, fn=5, fp=2, tn=0)).figures
    assert found["kappa"].value == pytest.approx(-0.0234, abs=5e-5)
    assert found["ac1"].value == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "undefined"),
    [
        ((0, 0, 0, 0), dict.fromkeys(HEALTH_METRICS, "no_labels")),
        ((0, 0, 3, 9), {"sensitivity": "no_right", "balanced": "no_right", "youden": "no_right", "mcc": "unanimous"}),
        ((9, 3, 0, 0), {"specificity": "no_wrong", "balanced": "no_wrong", "youden": "no_wrong", "mcc": "unanimous"}),
        (
            (9, 0, 0, 0),
            {"specificity": "no_wrong", "balanced": "no_wrong", "youden": "no_wrong", "kappa": "unanimous",
             "mcc": "unanimous"},
        ),
        ((5, 0, 5, 0), {"mcc": "unanimous"}),
    ],
)  # fmt: skip
def test_what_is_undefined_says_why(counts: tuple[int, int, int, int], undefined: dict[str, str]) -> None:
    figures = agreement(*table(*counts)).figures
    assert {name: figure.reason for name, figure in figures.items() if figure.value is None} == undefined
    assert all((figure.low is None) == (figure.value is None) for figure in figures.values())


def test_every_interval_holds_its_number_and_a_flawless_judge_is_not_certain() -> None:
    for counts in [(20, 0, 0, 20), (1, 0, 0, 1), (30, 2, 7, 11), (0, 5, 5, 0)]:
        for name, figure in agreement(*table(*counts)).figures.items():
            assert figure.low <= figure.value <= figure.high, (counts, name)
    perfect = agreement(*table(20, 0, 0, 20)).figures["kappa"]
    assert perfect.value == perfect.high == 1.0 and perfect.low < 0.95


def test_the_same_labels_give_the_same_interval_and_answers_of_one_picture_a_wider_one() -> None:
    people, judge = words(np.random.default_rng(1), 60, 0.5, 0.8, 0.8)
    assert agreement(people, judge) == agreement(people, judge)
    alone = agreement(people, judge).figures["kappa"]
    thrice = agreement(
        [word for word in people for _ in range(3)],
        [word for word in judge for _ in range(3)],
        [place for place in range(60) for _ in range(3)],
    ).figures["kappa"]
    assert thrice.value == pytest.approx(alone.value)
    assert thrice.high - thrice.low == pytest.approx(alone.high - alone.low, rel=0.05)


def test_words_that_are_no_words_are_refused() -> None:
    with pytest.raises(ValueError, match="2 labels beside 1"):
        agreement([1, 0], [1])
    with pytest.raises(ValueError, match="words are 1"):
        agreement([1, 2], [1, 0])


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Few labels and many, one kind rare, a good judge and a poor one: 93-97 % in all, no setting far off."""
    rng = np.random.default_rng(7)
    held: dict[str, list[float]] = {name: [] for name in HEALTH_METRICS}
    for n, share, q1, q0 in [
        (30, 0.5, 0.95, 0.9),
        (30, 0.15, 0.8, 0.7),
        (100, 0.9, 0.95, 0.6),
        (200, 0.3, 0.7, 0.95),
    ]:
        cells = np.array([(1 - share) * q0, (1 - share) * (1 - q0), share * (1 - q1), share * q1])
        whole = np.round(cells * 1_000_000).astype(int)
        truth = agreement(
            np.repeat([0, 0, 1, 1], whole).tolist(), np.repeat([0, 1, 0, 1], whole).tolist()
        ).figures
        hits: dict[str, list[bool]] = {name: [] for name in HEALTH_METRICS}
        for seed in range(150):
            drawn = rng.choice(4, size=n, p=cells)
            for name, figure in agreement(
                (drawn // 2).tolist(), (drawn % 2).tolist(), seed=seed
            ).figures.items():
                if figure.value is not None:
                    hits[name].append(figure.low <= truth[name].value <= figure.high)
        for name, found in hits.items():
            assert np.mean(found) > 0.88, (n, share, name)
            held[name] += found
    for name, found in held.items():
        assert 0.93 < np.mean(found) < 0.98, name
