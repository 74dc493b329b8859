"""Stored answers scored anew under other rules: the quick way says what the slow way says, answer by answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.rules import DEFAULT_RULES, SWITCHES, TOLERANCE, Rules, Scorer
from studio.core.task import AnswerType
from studio.metrics import exact_match
from studio.metrics.examples import EXAMPLES
from studio.metrics.first_pass import Stored
from studio.metrics.rescore import Rescorer, scoreable
from tests.metrics.made_answers import answers, golds, kinds, options, rule_sets

stored_answers = st.lists(
    st.builds(
        Stored,
        st.one_of(answers, answers.map(lambda text: "Слышны объявления, а не речь. " * 12 + text)),
        st.lists(golds, max_size=2).map(tuple),
        options,
        kinds,
    ),
    max_size=8,
)
EXAMPLE_ANSWERS = [
    Stored(example.answer, (example.gold,), example.options, example.kind) for example in EXAMPLES.values()
]


def slowly(stored: list[Stored], rules: Rules) -> bytes:
    """One by one, by the function that scores answers as they come."""
    values = [
        exact_match(
            item.text, item.golds, options=item.options, answer_type=item.kind, scorer=Scorer("", rules)
        ).value
        for item in stored
    ]
    return bytes(2 if value is None else int(value) for value in values)


@given(stored_answers, rule_sets, st.lists(rule_sets, min_size=1, max_size=3))
def test_any_rules_give_the_verdicts_of_the_slow_way(
    stored: list[Stored], base: Rules, others: list[Rules]
) -> None:
    quick = Rescorer(stored, base)
    for rules in (base, *others, base):
        assert quick.right(rules) == slowly(stored, rules)


@pytest.mark.parametrize("name", [*SWITCHES, TOLERANCE])
def test_each_switch_alone_gives_the_verdicts_of_the_slow_way_on_every_example(name: str) -> None:
    flipped = {TOLERANCE: 0.01} if name == TOLERANCE else {name: not getattr(DEFAULT_RULES, name)}
    rules = replace(DEFAULT_RULES, **flipped)
    assert Rescorer(EXAMPLE_ANSWERS).right(rules) == slowly(EXAMPLE_ANSWERS, rules)


@given(stored_answers, rule_sets)
def test_an_answer_is_put_down_to_the_switches_that_turn_it_alone(stored: list[Stored], rules: Rules) -> None:
    quick = Rescorer(stored)
    before, after = slowly(stored, DEFAULT_RULES), slowly(stored, rules)
    found = quick.turned_by(rules)
    assert sorted(found) == [place for place in range(len(stored)) if before[place] != after[place]]
    for place, names in found.items():
        for name in rules.changed():
            alone = slowly([stored[place]], rules.only(DEFAULT_RULES, [name]))
            assert (name in names) == (alone[0] != before[place])


def test_what_a_switch_touched_is_counted() -> None:
    stored = [Stored("Зелёный.", ("зеленый",), {}, "short"), Stored("да", ("да",), {}, "short")]
    quick = Rescorer(stored)
    assert quick.touched("yo") == quick.touched("edges") == quick.touched("case") == [0]
    assert quick.touched("quotes") == []
    assert quick.touched("contains") == []


def test_equal_answers_to_equal_golds_are_one_case() -> None:
    kind: AnswerType = "letter"
    texts = {"A": "в аэропорту", "B": "на причале"}, {"A": "на крыше дома", "B": "под мостом"}
    stored = [Stored(f"Думаю {n}. ОТВЕТ B", ("B",), texts[n % 2], kind) for n in range(100)]
    quick = Rescorer(stored)
    assert quick.distinct == 1
    assert quick.right(DEFAULT_RULES) == bytes([1] * 100)


def test_without_gold_there_is_no_verdict() -> None:
    assert scoreable(["", " \n", "\u200b"]) == ()
    assert Rescorer([Stored("да", (), {}, "short")]).right(Rules(case=False)) == b"\x02"
