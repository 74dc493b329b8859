"""Expressions of strangers: bounded in time, and read only where they can match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import BadInput
from studio.query import Matcher, Needs, folded, needs

CATASTROPHIC = [
    (r"(a+)+$", "a" * 5000 + "b"),
    (r"(?:x+x+)+y", "x" * 5000),
    (r"(\w*)*\d", "а" * 5000),
]


@pytest.mark.parametrize(("source", "text"), CATASTROPHIC, ids=[source for source, _ in CATASTROPHIC])
def test_a_catastrophic_expression_is_given_up(source: str, text: str) -> None:
    with pytest.raises(BadInput, match="query_pattern_slow"):
        Matcher(source, patience_s=0.2).found(text)


def test_the_patience_is_for_all_texts_together() -> None:
    matcher = Matcher("(?:x+x+)+y", patience_s=0.3)
    assert not matcher.found("x" * 100)
    with pytest.raises(BadInput, match="query_pattern_slow"):
        for _ in range(10_000):
            matcher.found("x" * 200)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("ШАР", "два шара", True),
        ("ёж", folded("Ёжик"), True),
        (r"\bкот\b", "котик", False),
        (r"\W", "слово", False),
        ("^да$", "да", True),
        ("[А-Я]", "я", True),
    ],
)
def test_case_and_yo_do_not_count(source: str, text: str, found: bool) -> None:
    assert Matcher(source).found(text) is found


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("шар|куб", Needs(("шар", "куб"), enough=True)),
        ("Шарик", Needs(("шарик",), enough=True)),
        ("кр.сный", Needs(("сный",), enough=False)),
        ("шарик+", Needs(("шарик",), enough=False)),
        (r"a\.bcd", Needs(("a.bcd",), enough=False)),
        (r"\d+ шаров", Needs((" шаров",), enough=False)),
        ("^да", None),
        ("шар|к", None),
        ("шари?", Needs(("шар",), enough=False)),
        ("(шар)", None),
        ("ab{300}c", None),
        (r"\x41bcd", None),
        ("[абв]где", None),
    ],
)
def test_what_a_text_must_hold(source: str, needed: Needs | None) -> None:
    assert needs(source) == needed


@given(
    st.text(alphabet=r"абвгд.^$*+?|\\ds", min_size=1, max_size=10),
    st.text(alphabet="абвгд12 .+*", max_size=14),
)
def test_a_text_that_matches_holds_what_is_needed(source: str, text: str) -> None:
    needed = needs(source)
    try:
        found = re.search(source, text) is not None
    except re.error:
        return
    if needed is None:
        return
    holds = any(word in text for word in needed.words)
    assert holds or not found
    assert found or not (needed.enough and holds)
