"""`docs/scoring.md` tells the truth: every row of its tables of examples is scored as it says."""

import re
from pathlib import Path
from typing import get_args

import pytest

from studio.core.rules import DEFAULT_RULES, STAGES, TOLERANCE, Rules, Scorer
from studio.metrics import exact_match
from studio.metrics.examples import EXAMPLES as SWITCHED
from studio.metrics.profile import Rule

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+)` \| `(.+)` \| ([01]) \|$", PAGE, re.MULTILINE)
BESIDE = re.findall(r"^\| `(.+)` \| `(.+)` \| ([01]) \| ([01]) \| ([01]) \| ([01]) \|$", PAGE, re.MULTILINE)
RULES = set(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \|$", PAGE, re.MULTILINE)) - {"decided"}


def test_the_page_has_examples_of_both_kinds() -> None:
    assert len(EXAMPLES) > 40 and len(BESIDE) > 10
    assert {em for _, _, em in EXAMPLES} == {"0", "1"}


@pytest.mark.parametrize(("prediction", "gold", "em"), EXAMPLES)
def test_an_example_of_the_page_is_scored_as_it_says(prediction: str, gold: str, em: str) -> None:
    assert exact_match(prediction.replace("⏎", "\n"), gold).value == int(em)


@pytest.mark.parametrize("row", BESIDE)
def test_the_profiles_beside_one_another_say_what_the_page_says(row: tuple[str, ...]) -> None:
    prediction, gold, *said = row
    profiles = ("head", "squad", "paper", "studio")
    assert [exact_match(prediction, gold, profile=name).value for name in profiles] == list(map(int, said))


def test_the_page_explains_every_rule_that_can_decide() -> None:
    decided = {
        exact_match(prediction, gold, options={"A": "кот", "B": "пёс"}).detail["decided"]
        for prediction, gold in [
            ("A", "A"), ("A. жук", "A"), ("A кот", "A"), ("A, B", "A"), ("A вот", "A"), ("кот", "A"), ("-1", "A"),
            ("нет", "нет"), ("ОТВЕТ нет\nпотому", "нет"), ("+", "+"), ("", "A"),
        ]
    }  # fmt: skip
    decided |= {
        exact_match(prediction, "A", profile="paper").detail["decided"] for prediction in ("", "B")
    } | {exact_match("да ОТВЕТ B", "B", profile=name).detail["decided"] for name in ("paper", "head")}
    loose = Rules(tolerance=0.1, **dict.fromkeys(STAGES["loose"], True))
    decided |= {
        exact_match(SWITCHED[name].answer, SWITCHED[name].gold, scorer=Scorer("", one)).detail["decided"]
        for name in (*STAGES["loose"], TOLERANCE)
        for one in [loose.only(DEFAULT_RULES, [name])]
    }
    assert decided == RULES == set(get_args(Rule))
