"""What holds of every Exact Match score: statuses, the trace, bounds on time and size, invariants."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import BadInput
from studio.core.task import Gold
from studio.metrics import exact_match, profile_named
from studio.metrics.characters import visible

# The letters that look the same in both alphabets, and those that do not.
TWINS = {
    "A": "А",
    "B": "В",
    "C": "С",
    "E": "Е",
    "H": "Н",
    "K": "К",
    "M": "М",
    "O": "О",
    "P": "Р",
    "T": "Т",
    "X": "Х",
}
anything = st.text(max_size=60)
words = st.text("абвгдежзкАБВГД", min_size=2, max_size=12)
numbers = st.integers(0, 10**6).map(str)


@pytest.mark.parametrize("gold", [None, "", " \n", (), ("", " ")])
def test_without_gold_nothing_is_scored(gold: Gold | None) -> None:
    score = exact_match("A", gold)
    assert (score.status, score.value) == ("unscored", None)
    assert score.problem is not None and score.problem.code == "no_gold"


@pytest.mark.parametrize("prediction", ["", " ", "\n\n", "...", "ОТВЕТ", "**", "\x00\x07", "\u200b\ufeff"])
@pytest.mark.parametrize("gold", ["A", "нет", "5", "a the"])
def test_an_empty_answer_is_wrong_and_says_so(prediction: str, gold: str) -> None:
    score = exact_match(prediction, gold)
    assert (score.status, score.value, score.extracted) == ("scored", 0.0, "")
    assert score.detail["decided"] == "empty"


def test_an_unknown_profile_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        exact_match("A", "A", profile="sudio")
    assert caught.value.problem.to_json() == {
        "code": "unknown_profile",
        "values": {"name": "sudio", "known": "studio, head, squad, paper"},
    }


def test_a_score_names_its_profile_and_version() -> None:
    score = exact_match("A", "A")
    assert (score.scorer, score.version) == ("em", profile_named("studio").label) == ("em", "studio-2")


def test_the_trace_shows_how_the_answer_was_read() -> None:
    score = exact_match("Слышен гул.\n**ОТВЕТ**: В) на причале", "B", answer_type="letter")
    assert score.extracted == "B"
    assert score.detail["decided"] == "letter_and_text"
    assert [step["rule"] for step in score.detail["steps"]] == ["after_marker", "letter_and_text"]
    assert score.detail["steps"][0]["after"] == "В) на причале"
    assert score.detail["gold"] == "B"


def test_the_trace_of_a_number_names_each_rule_that_changed_it() -> None:
    score = exact_match("ОТВЕТ: «−12,50»", "12.5")
    assert (score.extracted, score.value) == ("-12.50", 0)
    assert [step["rule"] for step in score.detail["steps"]] == ["after_marker", "dashes", "quotes", "number"]


@pytest.mark.parametrize(
    ("prediction", "decided"),
    [
        ("A и B", "several_letters"),
        ("A верно", "letter_inside_text"),
        ("на причале", "option_text"),
        ("пятьдесят", "no_letter"),
        ("C", "letter"),
    ],
)
def test_a_wrong_letter_answer_tells_why(prediction: str, decided: str) -> None:
    score = exact_match(prediction, "D", options={"A": "в лесу", "B": "на причале"}, answer_type="letter")
    assert (score.value, score.detail["decided"]) == (0, decided)


LONG = 100_000
HOSTILE = {
    "one letter": "B" * LONG,
    "spaces": " " * LONG + "B",
    "newlines": "\n" * LONG + "B",
    "letter and newlines": "A" + "\n" * LONG + "B",
    "markers": "ОТВЕТ " * (LONG // 6),
    "markers with letters": "ОТВЕТ A " * (LONG // 8),
    "title markers": "Ответ: " * (LONG // 7),
    "title markers in lines": "ответ - \n" * (LONG // 9),
    "markers without spaces": "ОТВЕТ" * (LONG // 5),
    "stars": "*" * LONG,
    "bold openings": "**a " * (LONG // 4),
    "emphasis": "*a* _b_ " * (LONG // 8),
    "brackets": "(" * LONG + "A" + ")" * LONG,
    "quotes": '"' * LONG,
    "dollars": "$" * LONG,
    "boxes": "\\boxed{" * (LONG // 7),
    "closed boxes": "\\boxed{" * 10_000 + "A" + "}" * 10_000,
    "tags": "<b " * (LONG // 3),
    "html": "<div class='x'>" * (LONG // 15) + "B",
    "digits": "1" * LONG,
    "grouped digits": "1" + " 000" * (LONG // 4),
    "commas": "1," * (LONG // 2),
    "full stops": "." * LONG + "a",
    "exclamations": "5" + "!" * LONG + "a",
    "combining marks": "a" + "\u0301\u0316" * (LONG // 2),
    "zero widths": "\u200b" * LONG + "B",
    "controls": "".join(map(chr, range(32))) * (LONG // 32),
    "surrogates": "\ud800" * LONG,
    "emoji": "👍🏽" * (LONG // 2),
    "letters in lines": "A) да\n" * (LONG // 6),
    "prefixes": "вариант " * (LONG // 8),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("prefix", ["", "ОТВЕТ: "])
@pytest.mark.timeout(60)  # a rule that backtracks would take hours
def test_a_hostile_answer_is_scored_and_leaves_a_small_trace(name: str, prefix: str) -> None:
    options = {"A": "в аэропорту", "B": "на причале"}
    scores = [
        exact_match(prefix + HOSTILE[name], "B", options=options, answer_type="letter"),
        exact_match(prefix + HOSTILE[name], ("красный куб", "12,5"), answer_type="short"),
    ]
    for score in scores:
        stored = json.dumps([score.extracted, dict(score.detail)])
        assert score.status == "scored" and len(stored) < 60_000


def test_a_long_gold_still_matches_itself() -> None:
    gold = "красный куб и синий шар " * 1000
    assert exact_match(gold, gold).value == 1
    assert exact_match(gold + "нет", gold).value == 0


def test_a_short_answer_before_a_very_long_explanation_is_found() -> None:
    assert exact_match("ОТВЕТ: B\n" + "потому что " * 10_000, "B").value == 1
    assert exact_match("потому что " * 10_000 + "\nОТВЕТ: нет", "нет").value == 1


@given(anything, anything)
def test_any_two_texts_can_be_compared(prediction: str, gold: str) -> None:
    score = exact_match(prediction, gold)
    assert score.status == ("scored" if visible(gold).strip() else "unscored")


@given(anything.filter(str.strip))
def test_a_short_answer_equal_to_gold_to_the_letter_is_right_unless_it_holds_a_marker(gold: str) -> None:
    if "ответ" not in gold.lower() and "<" not in gold and visible(gold).strip():
        assert exact_match(gold, gold, answer_type="short").value == 1


@given(anything)
def test_no_answer_without_letters_or_digits_equals_a_gold_that_has_them(prediction: str) -> None:
    silent = "".join(character for character in prediction if not character.isalnum())
    assert exact_match(silent, "A").value == exact_match(silent, "нет").value == 0


@given(st.sampled_from(sorted(TWINS)), st.booleans())
def test_a_letter_and_its_cyrillic_twin_are_the_same_answer(letter: str, lower: bool) -> None:
    twin = TWINS[letter].lower() if lower else TWINS[letter]
    assert exact_match(twin, letter).value == exact_match(letter, twin).value == 1


@given(
    words, st.sampled_from(["ОТВЕТ {}", "ОТВЕТ: {}.", "Думаю.\nОТВЕТ — {}", "**ОТВЕТ:** «{}»", "Ответ: {}"])
)
def test_the_frame_around_an_answer_does_not_change_it(word: str, frame: str) -> None:
    assert exact_match(frame.format(word), word, answer_type="short").value == 1


@given(numbers, numbers)
def test_a_decimal_comma_is_a_point_and_never_nothing(whole: str, part: str) -> None:
    assert exact_match(f"{whole},{part}", f"{whole}.{part}").value == 1
    assert exact_match(f"{whole},{part}", whole + part).value == 0


@given(numbers)
def test_a_sign_is_kept(number: str) -> None:
    assert exact_match(f"-{number}", number).value == exact_match(number, f"-{number}").value == 0
    assert exact_match(f"ОТВЕТ: −{number}", f"-{number}").value == 1


@given(anything, st.lists(words, min_size=1, max_size=4))
def test_more_golds_never_make_an_answer_wrong(prediction: str, golds: list[str]) -> None:
    alone = max(exact_match(prediction, gold).value or 0 for gold in golds)
    assert exact_match(prediction, tuple(golds)).value == alone
