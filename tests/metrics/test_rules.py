"""The rules of the `studio` profile as switches: the defaults are the profile to the byte, each does its work."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from studio.core.errors import BadInput
from studio.core.rules import DEFAULT_RULES, STAGES, SWITCHES, TOLERANCE, Rules, Scorer
from studio.core.task import AnswerType
from studio.metrics import exact_match
from studio.metrics.examples import EXAMPLES
from studio.metrics.studio_profile import against, read, wanted_of
from studio.metrics.trace import SILENT, Touched, Trace
from studio.texts import CATALOGUE
from tests.metrics.made_answers import answers, golds, kinds, options, rule_sets

LOOSE = {*STAGES["loose"], TOLERANCE}


def em(prediction: str, gold: str, rules: Rules, kind: AnswerType | None = "short") -> float | None:
    return exact_match(prediction, gold, answer_type=kind, scorer=Scorer("", rules)).value


def test_the_profile_scores_4719_recorded_answers_to_the_byte_as_before_its_rules_were_switches() -> None:
    packed = (Path(__file__).parent / "data" / "studio-2.json.gz").read_bytes()
    recorded = json.loads(gzip.decompress(packed).decode("utf-8", "surrogatepass"))
    assert len(recorded["cases"]) == 4719
    for prediction, gold, with_options, kind, *told in recorded["cases"]:
        found = exact_match(
            prediction,
            tuple(gold) if isinstance(gold, list) else gold,
            options=recorded["options"] if with_options else None,
            answer_type=kind,
        )
        assert [found.status, found.value, found.extracted, found.detail] == told, (prediction, gold)


@pytest.mark.parametrize("name", [*SWITCHES, TOLERANCE])
def test_every_switch_turns_the_verdict_on_its_example_and_is_said_in_words(name: str) -> None:
    example = EXAMPLES[name]
    on, off = (
        replace(DEFAULT_RULES, **{name: (0.01 if value else 0.0) if name == TOLERANCE else value})
        for value in (True, False)
    )
    verdicts = [
        exact_match(
            example.answer,
            example.gold,
            options=example.options,
            answer_type=example.kind,
            scorer=Scorer("", rules),
        ).value
        for rules in (on, off)
    ]
    assert verdicts == [1, 0]
    assert {f"rule.{name}", f"rule.{name}.says"} <= CATALOGUE.keys()


def silent(
    prediction: str,
    gold: str,
    of: dict[str, str],
    kind: AnswerType | None,
    rules: Rules,
    trace: Trace = SILENT,
) -> bool:
    wanted = wanted_of(gold, of, kind, trace, rules)
    return against(read(prediction, [gold], trace, rules), wanted, of, trace, rules).equal


@given(answers, golds, options, kinds, rule_sets)
def test_a_verdict_without_its_steps_is_the_same_verdict(
    prediction: str, gold: str, of: dict[str, str], kind: AnswerType | None, rules: Rules
) -> None:
    told = exact_match(prediction * 9, gold, options=of, answer_type=kind, scorer=Scorer("", rules)).value
    assert silent(prediction * 9, gold, of, kind, rules) == bool(told)
    told = exact_match(prediction, gold, options=of, answer_type=kind, scorer=Scorer("", rules)).value
    assert silent(prediction, gold, of, kind, rules) == bool(told)


@given(answers, golds, options, kinds, rule_sets, rule_sets)
def test_switches_that_did_not_touch_an_answer_cannot_change_its_verdict(
    prediction: str, gold: str, of: dict[str, str], kind: AnswerType | None, before: Rules, after: Rules
) -> None:
    touched = Touched()
    verdict = silent(prediction, gold, of, kind, before, touched)
    assert verdict == silent(prediction, gold, of, kind, before)
    mattering = touched.names | (LOOSE if "loose" in touched.names else set())
    others = [name for name in after.changed(before) if name not in mattering]
    assert silent(prediction, gold, of, kind, after.only(before, others)) == verdict


def test_a_set_of_rules_is_kept_as_what_differs_from_the_profile() -> None:
    rules = DEFAULT_RULES.with_switches(on=["endings"], off=["yo", "case"])
    assert rules.to_json() == {"case": False, "yo": False, "endings": True}
    assert Rules.from_json(rules.to_json()) == rules
    assert DEFAULT_RULES.to_json() == {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"nonsense": True}, "unknown_rule"),
        ({"yo": 1}, "rule_not_bool"),
        ({"tolerance": 2}, "out_of_bounds"),
        ({"tolerance": "0.1"}, "out_of_bounds"),
        ({"tolerance": float("nan")}, "out_of_bounds"),
    ],
)
def test_a_set_that_is_none_is_refused(data: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        Rules.from_json(data)
    assert caught.value.problem.code == code


def test_the_name_of_a_set_stands_in_the_label_of_its_scores() -> None:
    scorer = Scorer("без-ё", Rules(yo=False))
    assert exact_match("A", "A", scorer=scorer).version == "studio-2+без-ё"
    assert exact_match("A", "A", profile="head", scorer=scorer).version == "head-1"


@pytest.mark.parametrize("name", ["a b", "+", "-x", "a/b", "я" * 41])
def test_a_name_that_would_not_read_in_a_label_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        Scorer(name)


NUMBER_WORDS = Rules(number_words=True)
CONTAINS = Rules(contains=True)
UNITS = Rules(units=True)


@pytest.mark.parametrize(
    ("prediction", "gold", "rules", "equal"),
    [
        ("тысяча девятьсот сорок пять", "1945", NUMBER_WORDS, 1),
        ("двадцатью пятью", "25", NUMBER_WORDS, 1),
        ("двести тысяч сто один", "200101", NUMBER_WORDS, 1),
        ("минус три", "-3", NUMBER_WORDS, 1),
        ("пять двадцать", "25", NUMBER_WORDS, 0),
        ("три кота", "3 кота", NUMBER_WORDS, 1),
        ("стол", "100л", NUMBER_WORDS, 0),
        ("5 сантиметров", "5", UNITS, 1),
        ("5", "5 руб.", UNITS, 1),
        ("5 см", "5 мм", UNITS, 0),
        ("5 котов", "5", UNITS, 0),
        ("это кот", "кот", CONTAINS, 1),
        ("это котёл", "кот", CONTAINS, 0),
        ("2.5", "5", CONTAINS, 0),
        ("от -5", "5", CONTAINS, 0),
        ("3, 5, 7", "5", CONTAINS, 1),
        ("двадцать пять сантиметров", "25", replace(NUMBER_WORDS, units=True), 1),
        ("12,50", "12.5", Rules(number_value=True), 1),
        ("3.15", "3.1416", Rules(tolerance=0.01), 1),
        ("3.2", "3.1416", Rules(tolerance=0.01), 0),
        ("красными шарами", "красный шар", Rules(endings=True), 1),
        ("красный куб", "красный шар", Rules(endings=True), 0),
        ("", "красный шар", replace(CONTAINS, endings=True), 0),
    ],
)
def test_looser_readings(prediction: str, gold: str, rules: Rules, equal: int) -> None:
    assert em(prediction, gold, rules) == equal


def test_what_turned_an_answer_is_told() -> None:
    found = exact_match("красного шара", "красный шар", scorer=Scorer("", Rules(endings=True)))
    assert found.detail["decided"] == "endings"
    assert found.detail["steps"][-1] == {"rule": "endings", "before": "красного шара", "after": "красный шар"}
