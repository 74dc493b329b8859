"""`gap`: people and the best model in words and as JSON, and as a chart."""

from typing import Any

import pytest

from studio.core.people_run import PeopleRun
from tests.boards import MEANT, RIGHT, WRONG, keep_run
from tests.cli.conftest import Line


@pytest.fixture
def beside(line: Line) -> Line:
    """A line whose database holds five people's answers and two models' to the same twenty questions."""
    told = PeopleRun("p1", "Знаки", "together", "majority", "crowd", 5, 5, 0.0, 9, silent=1)
    resolved: dict[str, Any] = {"people": told.to_json()}
    studio = line.opened()
    keep_run(studio, "h1", told.model, {"WEIRD": [RIGHT] * 20}, kind="human", resolved=resolved)
    keep_run(studio, "r1", "good", {"WEIRD": [RIGHT] * 8 + [MEANT] * 10 + [WRONG] * 2})
    keep_run(studio, "r2", "bad", {"WEIRD": [WRONG] * 20})
    studio.close()
    return line


def test_the_gap_is_told_with_whose_answers_they_are(beside: Line) -> None:
    done = beside.on("gap")
    assert done.code == 0
    assert "Люди: большинство голосов; проект «Знаки»" in done.out and "без ответа: 1" in done.out
    assert "разрыв +0,60 [" in done.out and "люди лучше любой из моделей" in done.out
    assert "good" in done.out and "bad" not in done.out


def test_json_holds_bounds_models_and_skills(beside: Line) -> None:
    found = beside.on("gap", "--by", "skill", "--json").json
    assert found["people"]["project"] == "p1" and found["rows"]
    assert {row["by"] for row in found["rows"]} == {"skill"}
    assert "Common everyday knowledge" in {row["name"] for row in found["rows"]}
    assert "Житейские знания" in beside.on("gap", "--by", "skill").out
    gap = found["rows"][0]["em"]
    assert gap["models"] == 2 and gap["difference"]["low"] < 0.6 < gap["difference"]["high"]
    assert found["names"][gap["model"]]["en"] == "good"


def test_a_run_that_is_no_people_is_refused(beside: Line) -> None:
    done = beside.on("gap", "--people", "r1", "--suite", "mera")
    assert done.code == 2 and "нет прогона людей «r1»" in done.err


def test_the_chart_holds_the_same_numbers(beside: Line) -> None:
    out = beside.on("chart", "gap").out
    assert "0.6" in out.replace(",", ".") and "WEIRD" in out
