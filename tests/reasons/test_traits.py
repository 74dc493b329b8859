"""Patterns of failures: each is found where a person would see it, and nowhere else."""

import pytest

from studio.core.reasons import Failure
from studio.reasons import TRAITS, traits
from studio.texts import CATALOGUE

OPTIONS = {"A": "красный шар", "B": "синий куб", "C": "ничего"}


def failure(final: str, gold: str, *, answer: str | None = None, **facts) -> Failure:
    given = {"run": "r", "sample_id": 1, "number": 1, "task": "T", "cell": "js_only", **facts}
    return Failure(**given, answer=final if answer is None else answer, final=final, golds=(gold,))


@pytest.mark.parametrize(
    ("final", "gold", "expected"),
    [
        ("пять", "5", ["number_words"]),
        ("5", "пять", ["number_words"]),
        ("двадцать один", "21", ["number_words"]),
        ("6", "5", ["number_other"]),
        ("5,0", "5", ["number_written"]),
        ("5 км", "5", ["unit"]),
        ("красного", "красный", ["ending"]),
        ("Красный.", "красный", []),
        ("это красный шар", "красный шар", ["extra_words"]),
        ("шар", "красный шар", ["fewer_words"]),
        ("a red ball", "красный шар", ["language"]),
        ("红球", "красный шар", ["language"]),
        ("не могу определить", "красный", ["refused"]),
        ("кот", "пёс", []),
    ],
)
def test_short_answers(final, gold, expected):
    assert list(traits(failure(final, gold))) == expected


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("B. синий куб", ["letter_text"]),
        ("синий куб", ["option_text"]),
        ("A", ["other_letter"]),
        ("А", ["other_letter"]),  # Cyrillic
        ("A или B", ["several_letters"]),
        ("B", []),
        ("зелёный", []),
    ],
)
def test_letters_of_options(final, expected):
    assert list(traits(failure(final, "B", options=OPTIONS))) == expected


def test_a_cut_answer_is_called_so_before_anything_else():
    assert traits(failure("это шар и", "шар", finish="length"))[0] == "cut"


def test_an_empty_answer_has_one_reason():
    assert traits(failure("", "шар", answer=" \n", finish="length")) == ("empty",)


def test_what_em_accepts_is_the_judges_matter():
    assert traits(failure("это шар", "шар", cell="em_only")) == ("judge_against",)


def test_any_of_several_golds_may_explain():
    found = Failure("r", 1, 1, "T", "js_only", "красного", "красного", ("алый", "красный"))
    assert traits(found) == ("ending",)


def test_every_pattern_has_words():
    assert all(f"reason.trait.{trait}" in CATALOGUE for trait in TRAITS)
