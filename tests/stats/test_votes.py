"""Votes: majorities, ties, and how far people agree, beside the textbooks' programs."""

import krippendorff
import numpy as np
import pytest
from statsmodels.stats.inter_rater import fleiss_kappa

from studio.core.votes import Vote
from studio.stats.agreement import SEED, bounds
from studio.stats.votes import _Table, break_ties, crowd_agreement, majority

NAMES = "АБВГД"


def votes_of(*rows: str) -> list[Vote]:
    """Each row is an item, each letter the answer of the next annotator; a dot is no vote."""
    return [
        Vote(f"вопрос {n}", f"w{who}", answer)
        for n, row in enumerate(rows)
        for who, answer in enumerate(row)
        if answer != "."
    ]


def drawn(n: int, people: int, answers: int, seed: int) -> tuple[list[Vote], list[str]]:
    """n items with five votes of people who are right 40 to 98 times of 100, and the truth."""
    rng = np.random.default_rng(seed)
    truth, skill = rng.integers(0, answers, n), rng.uniform(0.4, 0.98, people)
    votes = []
    for item in range(n):
        for who in rng.choice(people, 5, replace=False):
            right = rng.random() < skill[who]
            said = truth[item] if right else (truth[item] + rng.integers(1, answers)) % answers
            votes.append(Vote(f"{item:04}", f"w{who:02}", NAMES[said]))
    return votes, [NAMES[each] for each in truth]


def test_three_of_five_are_a_majority_and_two_of_five_are_the_most_but_not_half() -> None:
    first, second = majority(votes_of("ААБАВ", "ААБВГ")).verdicts.values()
    assert (first.answer, first.support, first.agreed) == ("А", 0.6, True)
    assert (second.answer, second.support, second.agreed) == ("А", 0.4, False)


def test_equal_votes_are_not_decided_by_the_alphabet() -> None:
    (verdict,) = majority(votes_of("БАБАВ")).verdicts.values()
    assert verdict.answer is None and verdict.tied == ("А", "Б") and not verdict.agreed
    assert (verdict.votes, verdict.agreeing) == (5, 2)


def test_the_votes_of_the_skilled_break_a_tie_and_glad_is_asked_after_them() -> None:
    votes = votes_of("БАБАВ", "БАБАВ", "ААААА")
    plain = majority(votes)
    skilled = majority(votes_of("БАБАВ"), {"w0": 0.9, "w1": 0.5, "w2": 0.6, "w3": 0.8, "w4": 1.0})
    other = majority(votes_of("БАБАВ", "АААБВ"))
    found = break_ties(plain, skilled, other).verdicts
    assert [found[item].answer for item in plain.verdicts] == ["Б", "А", "А"]
    assert found["вопрос 0"].tied == ("А", "Б"), "a broken tie is still told as one"


def test_a_tie_is_not_broken_by_an_answer_that_did_not_tie() -> None:
    skilled = majority(votes_of("БАБАВ"), {"w0": 0.1, "w1": 0.1, "w2": 0.1, "w3": 0.1, "w4": 1.0})
    (verdict,) = break_ties(majority(votes_of("БАБАВ")), skilled).verdicts.values()
    assert verdict.answer is None


def test_two_votes_of_one_annotator_on_one_item_are_refused() -> None:
    with pytest.raises(ValueError, match="two votes"):
        majority([Vote("в", "w0", "А"), Vote("в", "w0", "Б")])
    with pytest.raises(ValueError, match="less than nothing"):
        majority([Vote("в", "w0", "А")], {"w0": -1})


@pytest.mark.parametrize("seed", range(3))
def test_alpha_and_kappa_are_those_of_the_packages(seed: int) -> None:
    votes, _ = drawn(200, 12, 4, seed)
    found = crowd_agreement(votes, draws=200)
    said = np.full((12, 200), np.nan)
    counts = np.zeros((200, 4), dtype=int)
    for vote in votes:
        said[int(vote.annotator[1:]), int(vote.item)] = NAMES.index(vote.answer)
        counts[int(vote.item), NAMES.index(vote.answer)] += 1
    assert found.alpha.value == pytest.approx(
        krippendorff.alpha(said, level_of_measurement="nominal", value_domain=[0, 1, 2, 3])
    )
    assert found.fleiss.value == pytest.approx(fleiss_kappa(counts))
    assert (found.items, found.annotators, found.votes) == (200, 12, 1000)


def test_alpha_of_krippendorffs_own_example_with_votes_missing() -> None:
    """The nominal data of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: 0.743."""
    rows = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", ".3.."]
    found = crowd_agreement(votes_of(*rows))
    assert found.alpha.value == pytest.approx(0.743, abs=5e-4) and found.items == 11


def test_intervals_of_agreement_hold_the_truth_about_as_often_as_they_say() -> None:
    """Alpha of a thousand items stands for the truth of their population."""
    votes, _ = drawn(20_000, 12, 3, 0)
    truth = crowd_agreement(votes, draws=10).alpha.value
    by_item: dict[str, list[Vote]] = {}
    for vote in votes:
        by_item.setdefault(vote.item, []).append(vote)
    held, samples = 0, 120
    for n in range(samples):
        part = [vote for item in range(n * 100, n * 100 + 100) for vote in by_item[f"{item:04}"]]
        found = crowd_agreement(part, draws=400, seed=n).alpha
        held += found.low <= truth <= found.high  # type: ignore[operator]
    assert 0.89 <= held / samples <= 1


def test_undefined_agreement_has_its_reason() -> None:
    alone = crowd_agreement(votes_of("А", "Б"))
    assert (alone.raw.reason, alone.alpha.value, alone.items) == ("one_reviewer", None, 0)
    same = crowd_agreement(votes_of("ААА", "ААА"))
    assert same.alpha.reason == same.fleiss.reason == "unanimous" and same.raw.value == 1 == same.ac1.value
    assert crowd_agreement([]).alpha.reason == "one_reviewer"


def test_free_answers_have_as_many_names_as_there_are() -> None:
    rng = np.random.default_rng(1)
    votes = [
        Vote(str(item), f"w{who}", f"ответ {item}" if rng.random() < 0.8 else f"иначе {item} {who}")
        for item in range(300)
        for who in range(5)
    ]
    found = crowd_agreement(votes, draws=100)
    assert found.alpha.value == pytest.approx(found.raw.value, abs=0.01)  # by chance nobody agrees
    assert found.raw.low < found.raw.value < found.raw.high  # type: ignore[operator]


def test_intervals_of_sparse_answers_are_those_of_a_plain_table() -> None:
    rng = np.random.default_rng(3)
    rows = [[int(rng.integers(0, 4)) for _ in range(rng.integers(2, 6))] for _ in range(40)]
    votes = [
        Vote(f"i{n:02}", f"w{who}", str(said)) for n, row in enumerate(rows) for who, said in enumerate(row)
    ]
    table = np.array([[row.count(answer) for answer in range(4)] for row in rows], dtype=float)
    m = table.sum(axis=1)
    weights = np.random.default_rng(SEED).standard_gamma(1.0, (300, len(rows)))
    weights *= len(rows) / weights.sum(axis=1, keepdims=True)
    raw = weights @ ((table * (table - 1)).sum(axis=1) / (m * (m - 1))) / len(rows)
    certain = ((weights @ (table / m[:, None]) / len(rows)) ** 2).sum(axis=1)
    found = crowd_agreement(votes, draws=300)
    for figure, drawn in ((found.raw, raw), (found.fleiss, (raw - certain) / (1 - certain))):
        assert figure.value is not None
        assert (figure.low, figure.high) == pytest.approx(bounds(figure.value, drawn), abs=1e-12)


def test_an_agreement_is_one_number_with_one_interval_in_whatever_order_its_votes_come() -> None:
    votes = votes_of("ААБ", "БББ", "АБВ", "ВВА", "АА", "ББ", "АВ", "ГГГ", "ГА", "ВВВ", "БА")
    told = crowd_agreement(votes)
    for seed in range(5):
        mixed = [votes[n] for n in np.random.default_rng(seed).permutation(len(votes))]
        assert crowd_agreement(mixed) == told


def test_sums_of_weighed_items_are_those_of_the_whole_table_of_answers() -> None:
    """Answers that were given to one item alone have no row of their own in the sums."""
    rng = np.random.default_rng(4)
    items = np.repeat(np.arange(40), 5)
    answers = np.where(
        rng.random(200) < 0.5, rng.integers(0, 3, 200), 3 + items * 5 + rng.integers(0, 5, 200)
    )
    _, answers = np.unique(answers, return_inverse=True)
    whole = np.zeros((40, answers.max() + 1))
    np.add.at(whole, (items, answers), 1)
    weights = rng.standard_gamma(1.0, (7, 40))
    found = _Table(items, answers).sums(weights)
    shares = ((weights @ (whole / 5)) ** 2).sum(axis=1) / weights.sum(axis=1) ** 2
    np.testing.assert_allclose(found[:, 4], shares, rtol=1e-12)
    np.testing.assert_allclose(found[:, 5], ((weights @ whole) ** 2).sum(axis=1), rtol=1e-12)
