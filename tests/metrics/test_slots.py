"""RuSLUn: intents and slots of an answer that is JSON, by the published rule and by the mended one."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import BadInput
from studio.metrics import intent_and_slots
from studio.metrics.slots import RULES, Rule

GOLD = "{'intent': 'RateBook', 'slots': [{'object_name': 'мастер и маргарита'}, {'rating_value': 'пять'}]}"
PLAIN = "{'intent': 'weather/find', 'slots': [{'location': 'москва'}]}"
PERFECT = GOLD.replace("'", '"')
SPOKEN = '{"intent": "weather/find", "slots": [{"location": "москва"}]}'


def both(prediction: str, gold: str, rule: Rule) -> tuple[float | None, float | None]:
    intent, slots = intent_and_slots(prediction, gold, rule)
    assert intent.version == slots.version == f"slun-{rule}-1"
    assert (intent.scorer, slots.scorer) == ("intent_em", "slot_f1")
    return intent.value, slots.value


def test_a_perfect_answer_to_an_intent_with_capitals_is_wrong_as_published_and_right_when_mended() -> None:
    assert both(PERFECT, GOLD, "strict") == (0, 1)
    assert both(PERFECT, GOLD, "fixed") == (1, 1)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "frame",
    ["{}", " \n{}\n", "```json\n{}\n```", "```\n{}\n```", "```JSON {} ```", "```{}```", "`{}`", "json: {}", "json\n{}",
     "JSON:{}", "'{}'", "```json\n{}"],
)  # fmt: skip
def test_the_wrappings_of_an_answer_are_taken_off(frame: str, rule: Rule) -> None:
    assert both(frame.replace("{}", SPOKEN), PLAIN, rule) == (1, 1)


@pytest.mark.parametrize("rule", RULES)
def test_an_answer_quoted_as_a_whole_is_unquoted(rule: Rule) -> None:
    assert both(json.dumps(SPOKEN, ensure_ascii=False), PLAIN, rule) == (1, 1)


# (slots of the answer, slots of gold, F1)
F1: list[tuple[Any, Any, float]] = [
    ([], [], 1),
    ([], [{"a": "б"}], 0),
    ([{"a": "б"}], [], 0),
    ([{"a": "б"}], [{"a": "б"}], 1),
    ([{"a": "б"}], [{"a": "в"}], 0),
    ([{"a": "б"}], [{"в": "б"}], 0),
    ([{"a": "б"}, {"в": "г"}], [{"a": "б"}], 2 / 3),
    ([{"a": "б"}], [{"a": "б"}, {"в": "г"}], 2 / 3),
    ([{"a": "б"}, {"a": "б"}], [{"a": "б"}], 2 / 3),
    ([{"a": "б"}, {"a": "б"}], [{"a": "б"}, {"a": "б"}], 1),
    ([{"в": "г"}, {"a": "б"}], [{"a": "б"}, {"в": "г"}], 1),
    ([{"a": "б", "в": "г"}], [{"a": "б"}, {"в": "г"}], 1),
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("said", "wanted", "f1"), F1)
def test_slots_are_compared_as_multisets_of_pairs(said: Any, wanted: Any, f1: float, rule: Rule) -> None:
    answer, gold = ({"intent": "x", "slots": slots} for slots in (said, wanted))
    found = both(json.dumps(answer, ensure_ascii=False), json.dumps(gold, ensure_ascii=False), rule)
    assert found == (1, pytest.approx(f1))


# (answer, intent EM, slot F1, fault): what crashed the published scorer, and what is only nonsense
BROKEN: list[tuple[str, float, float, str]] = [
    ("", 0, 0, "no_json"),
    ("погода в москве", 0, 0, "no_json"),
    ("{", 0, 0, "no_json"),
    ("null", 0, 0, "no_json"),
    ("[" * 100_000, 0, 0, "no_json"),
    ('{"a":' * 50_000, 0, 0, "no_json"),
    ("9" * 50_000, 0, 0, "no_json"),
    ("'" + "(" * 50_000 + "'", 0, 0, "no_json"),
    ("```" + " " * 100_000, 0, 0, "no_json"),
    ("json" + " " * 100_000, 0, 0, "no_json"),
    ("[1, 2]", 0, 0, "no_object"),
    ("5", 0, 0, "no_object"),
    ('"weather/find"', 0, 0, "no_json"),
    ("{}", 0, 0, "no_intent"),
    ('{"intent": null, "slots": []}', 0, 0, "no_intent"),
    ('{"intent": ["weather/find"], "slots": [{"location": "москва"}]}', 0, 1, "intent_shape"),
    ('{"slots": [{"location": "москва"}]}', 0, 1, "no_intent"),
    ('{"intent": "weather/find"}', 1, 0, "no_slots"),
    ('{"intent": "weather/find", "slots": {"location": "москва"}}', 1, 0, "slots_shape"),
    ('{"intent": "weather/find", "slots": "москва"}', 1, 0, "slots_shape"),
    ('{"intent": "weather/find", "slots": 5}', 1, 0, "slots_shape"),
    ('{"intent": "weather/find", "slots": ["location", "москва"]}', 1, 0, "slot_shape"),
    ('{"intent": "weather/find", "slots": [{"location": "москва"}, "город"]}', 1, 2 / 3, "slot_shape"),
    ('{"intent": "weather/find", "slots": [[]]}', 1, 0, "slot_shape"),
    ('{"intent": "weather/find", "slots": [null]}', 1, 0, "slot_shape"),
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("answer", "intent", "f1", "fault"), BROKEN, ids=[row[0][:60] for row in BROKEN])
def test_no_answer_crashes_the_scorer(answer: str, intent: float, f1: float, fault: str, rule: Rule) -> None:
    assert both(answer, PLAIN, rule) == (intent, pytest.approx(f1))
    assert intent_and_slots(answer, PLAIN, rule)[0].detail["fault"] == fault


@pytest.mark.parametrize("value", [5, True, None, ["москва"], {"город": "москва"}])
def test_a_value_that_is_no_text_finds_nothing_and_is_a_fault_of_shape_when_mended(value: Any) -> None:
    answer = json.dumps({"intent": "weather/find", "slots": [{"location": value}]})
    assert both(answer, PLAIN, "strict") == both(answer, PLAIN, "fixed") == (1, 0)
    faults = [intent_and_slots(answer, PLAIN, rule)[1].detail["fault"] for rule in ("strict", "fixed")]
    assert faults == ["", "slot_shape"]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "gold",
    [
        """{"intent": "x", "slots": [{"artist": "o'brien"}]}""",
        """{'intent': 'x', 'slots': [{'artist': "o'brien"}]}""",
    ],
)
def test_an_apostrophe_in_gold_does_not_crash_the_scorer(gold: str, rule: Rule) -> None:
    assert both("""{"intent": "x", "slots": [{"artist": "O'Brien"}]}""", gold, rule) == (1, 1)


def test_an_escaped_apostrophe_is_read_as_one_when_mended() -> None:
    gold = r"{'intent': 'x', 'slots': [{'artist': 'o\'brien'}]}"
    assert both("""{"intent": "x", "slots": [{"artist": "o'brien"}]}""", gold, "fixed") == (1, 1)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("gold", [None, "", "  ", ()])
def test_hidden_gold_leaves_the_answer_unscored(gold: Any, rule: Rule) -> None:
    for score in intent_and_slots(SPOKEN, gold, rule):
        assert (score.status, score.value) == ("unscored", None)
        assert score.problem is not None and score.problem.code == "no_gold"


@pytest.mark.parametrize(
    "gold", ["погода", "[1]", "{}", '{"intent": "x"}', '{"intent": "x", "slots": ["y"]}', "{'a"]
)
def test_gold_that_cannot_be_read_blames_nobody(gold: str) -> None:
    for score in intent_and_slots(SPOKEN, gold):
        assert score.status == "unscored"
        assert score.problem is not None and score.problem.code == "slots_gold_broken"


def test_the_mended_rule_lowers_the_case_of_both_sides_wherever_it_stands() -> None:
    gold = '{"intent": "PlayMusic", "slots": [{"Artist": "Кино"}]}'
    answer = '{"INTENT": "playMUSIC", "Slots": [{"artist": "\\u041a\\u0438\\u043d\\u043e"}]}'
    assert both(answer, gold, "fixed") == (1, 1)
    assert both(answer, gold, "strict") == (0, 0)


def test_an_unknown_rule_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        intent_and_slots("", GOLD, "loose")  # type: ignore[arg-type]
    assert caught.value.problem.values == {"name": "loose", "known": "fixed, strict"}


pairs = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=6)


@given(pairs, pairs)
def test_f1_agrees_with_precision_and_recall(
    said: list[tuple[str, str]], wanted: list[tuple[str, str]]
) -> None:
    answer, gold = (
        json.dumps({"intent": "i", "slots": [{k: v} for k, v in slots]}) for slots in (said, wanted)
    )
    common = sum((Counter(said) & Counter(wanted)).values())
    precision, recall = (common / len(slots) if slots else 0 for slots in (said, wanted))
    f1 = 2 * precision * recall / (precision + recall) if common else float(not said and not wanted)
    assert both(answer, gold, "strict")[1] == both(answer, gold, "fixed")[1] == pytest.approx(f1)


@given(st.text(max_size=200), st.sampled_from(RULES))
def test_any_answer_gets_two_scores(answer: str, rule: Rule) -> None:
    assert all(score.status == "scored" for score in intent_and_slots(answer, GOLD, rule))
