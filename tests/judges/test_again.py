"""Verdicts decided again out of stored calls say what the judge said, until another threshold or text is asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Problem
from studio.core.judge import JudgeCall
from studio.judges.again import Calls, StoredCall
from studio.judges.by_text import decide
from studio.judges.llm import majority

NAMES = ("full", "after_marker", "full:head", "full:tail", "after_marker:head")
probabilities = st.one_of(st.none(), st.floats(0, 1, allow_nan=False).filter(lambda p: p != 0.5))
classifier = st.lists(st.tuples(st.sampled_from(NAMES), probabilities), min_size=1, max_size=5)
votes = st.lists(st.tuples(st.booleans(), st.one_of(st.none(), st.booleans())), min_size=1, max_size=5)


def call(name: str, probability: float | None) -> JudgeCall:
    if probability is None:
        return JudgeCall(name, None, None, "", problem=Problem("judge_failed"))
    return JudgeCall(name, probability, int(probability > 0.5), "")


def decided(
    calls: list[JudgeCall], threshold: float | None = None, variants: tuple[str, ...] = ()
) -> float | None:
    stored = [StoredCall(0, each.candidate, each.probability, each.label) for each in calls]
    (found,) = Calls(1, stored).decided(np.array([np.nan]), threshold, variants)
    return None if np.isnan(found) else float(found)


@given(classifier)
def test_all_texts_at_one_half_are_the_judges_own_verdict(pairs: list[tuple[str, float | None]]) -> None:
    calls = [call(name, p) for name, p in pairs]
    own = decide(calls).label
    assert decided(calls, 0.5) == own
    assert decided(calls, None, ("full", "after_marker")) == own


@given(classifier, st.floats(0, 1, exclude_min=True))
def test_a_threshold_is_compared_with_the_largest_probability(
    pairs: list[tuple[str, float | None]], threshold: float
) -> None:
    known = [p for _, p in pairs if p is not None]
    agrees = bool(known) and max(known) >= threshold
    whole = len(known) == len(pairs)
    wanted = 1.0 if agrees else 0.0 if whole else None
    assert decided([call(name, p) for name, p in pairs], threshold) == wanted


@given(votes)
def test_votes_are_counted_as_the_judge_counts_them(cast: list[tuple[bool, bool | None]]) -> None:
    calls = [
        call(f"vote{n}{':swapped' if swapped else ''}", None if vote is None else float(vote))
        for n, (swapped, vote) in enumerate(cast)
    ]
    assert decided(calls, None, ("straight", "swapped")) == majority(calls).label


@pytest.mark.parametrize(
    ("variants", "verdict"), [((), 1), (("full",), 0), (("after_marker",), 1), (("swapped",), 1)]
)
def test_only_the_chosen_texts_count_and_where_there_are_none_all(
    variants: tuple[str, ...], verdict: int
) -> None:
    assert decided([call("full", 0.2), call("after_marker", 0.9)], 0.5, variants) == verdict


def test_an_answer_that_the_judge_was_not_asked_about_keeps_its_verdict() -> None:
    calls = Calls(2, [StoredCall(1, "full", 0.7, 1)])
    stored = np.array([0.0, 1.0])
    assert calls.decided(stored, 0.8).tolist() == [0.0, 0.0]
    assert calls.decided(stored, None) is stored
    assert np.isnan(calls.probabilities()[0]) and calls.probabilities()[1] == 0.7
    assert calls.known == ("full",)
