"""Dawid-Skene and GLAD beside crowd-kit, and what they can do that a majority cannot."""

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from studio.core.votes import Vote
from studio.stats.truth import dawid_skene, glad
from studio.stats.votes import majority
from tests.stats.test_votes import drawn, votes_of


def as_frame(votes: Sequence[Vote]) -> pd.DataFrame:
    return pd.DataFrame(
        [(vote.item, vote.annotator, vote.answer) for vote in votes], columns=["task", "worker", "label"]
    )


def test_dawid_skene_is_that_of_crowd_kit() -> None:
    from crowdkit.aggregation import DawidSkene

    votes, _ = drawn(150, 10, 3, 0)
    ours = dawid_skene(votes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas 3 deprecates what it calls
        theirs = DawidSkene(n_iter=2000, tol=1e-12)
        posterior = theirs.fit_predict_proba(as_frame(votes))
    for item, verdict in ours.verdicts.items():
        assert verdict.answer == theirs.labels_[item]
        assert verdict.support == pytest.approx(posterior.loc[item].max(), abs=5e-3)
    skill = {
        who: sum(theirs.priors_[k] * theirs.errors_.loc[(who, k), k] for k in theirs.priors_.index)
        for who in ours.skill
        if all((who, k) in theirs.errors_.index for k in theirs.priors_.index)
    }
    assert len(skill) > 5
    assert {who: ours.skill[who] for who in skill} == pytest.approx(skill, abs=5e-3)


def test_glad_is_that_of_crowd_kit() -> None:
    from crowdkit.aggregation import GLAD

    votes, _ = drawn(12, 6, 3, 1)
    ours = glad(votes, options=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = GLAD(n_iter=8, tol=-1e9, m_step_max_iter=15, m_step_tol=1e-4)
        posterior = theirs.fit_predict_proba(as_frame(votes))
    assert ours.skill == pytest.approx(theirs.alphas_.to_dict(), abs=0.02)
    for item, verdict in ours.verdicts.items():
        assert verdict.support == pytest.approx(posterior.loc[item].max(), abs=0.02)
        assert verdict.answer == theirs.labels_[item]


@pytest.mark.parametrize("method", [dawid_skene, lambda votes: glad(votes, options=4)])
def test_a_model_of_the_annotators_is_right_more_often_than_a_majority(method: object) -> None:
    votes, truth = drawn(1500, 20, 4, 2)
    found, plain = method(votes).verdicts, majority(votes).verdicts  # type: ignore[operator]
    right = sum(found[item].answer == gold for item, gold in zip(sorted(found), truth, strict=True))
    plainly = sum(plain[item].answer == gold for item, gold in zip(sorted(plain), truth, strict=True))
    assert right > plainly + 60


def test_who_is_always_wrong_is_worth_less_than_nothing() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(200):
        truth = "АБ"[rng.integers(2)]
        rows.append("".join(truth if rng.random() < 0.9 else "АБ"["БА".index(truth)] for _ in range(4)))
        rows[-1] += "АБ"["БА".index(truth)] if rng.random() < 0.95 else truth
    found = glad(votes_of(*rows), options=2)
    assert found.skill["w4"] < 0 < min(found.skill[f"w{n}"] for n in range(4))
    assert dawid_skene(votes_of(*rows)).skill["w4"] < 0.3


def test_control_items_teach_whom_to_believe_where_votes_alone_cannot() -> None:
    """Two against two on everything; three controls with a known answer tell which two know."""
    votes = votes_of(*["ААББ"] * 10)
    known = {f"вопрос {n}": "Б" for n in range(3)}
    found = dawid_skene(votes, known)
    assert {verdict.answer for verdict in found.verdicts.values()} == {"Б"}
    assert found.verdicts["вопрос 9"].support > 0.99
    assert dawid_skene(votes).verdicts["вопрос 9"].support == pytest.approx(0.5, abs=0.01)


def test_free_answers_and_single_votes_are_weighed_too() -> None:
    votes = [*votes_of("ААБ", "ВВВ", "ААГ", "ДДБ", "А.."), Vote("другой", "w2", "Ж")]
    found = glad(votes)
    assert [verdict.answer for verdict in found.verdicts.values()] == ["А", "В", "А", "Д", "А", "Ж"]
    assert found.skill["w2"] < found.skill["w0"]
    assert all(0 < verdict.support < 1 for verdict in found.verdicts.values())


def test_where_the_skilled_differ_the_item_is_hard() -> None:
    found = glad(votes_of(*["ААА"] * 20, "АБВ"))
    assert found.difficulty["вопрос 20"] > found.difficulty["вопрос 0"]


def test_nothing_and_nonsense() -> None:
    assert glad([]).verdicts == {} == dawid_skene([]).verdicts
    with pytest.raises(ValueError, match="single answer"):
        glad(votes_of("А"), options=1)
    with pytest.raises(ValueError, match="two votes"):
        dawid_skene([Vote("в", "w", "А"), Vote("в", "w", "Б")])
