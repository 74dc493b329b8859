"""How fast a run was, as a command: `pace`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def run(line: Line, task: Path) -> str:
    found: str = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    return found


def test_the_figures_are_said_in_words(line: Line, run: str) -> None:
    done = line.on("pace", run)
    assert done.code == 0
    for said in (
        "Ответы",
        "прим./с",
        "4 ответа за",
        "Токены ответов",
        "До первого токена",
        "95 % до",
        "измерено ответов: 4",
    ):
        assert said in done.out
    assert "стоит" not in done.out and "1000 ответов" not in done.out


def test_a_price_shows_its_arithmetic(line: Line, run: str) -> None:
    out = line.on("pace", run, "--price-out", "1000000", "--lang", "en").out
    assert "0.00225M × 1000000 = 2250 per 1,000 answers" in out, "nine words in four answers"


def test_json_holds_the_figures_and_few_steps_of_time(line: Line, run: str) -> None:
    found = line.on("pace", run, "--price-hour", "250", "--json").json
    figures = found["pace"]["figures"]
    assert (figures["answered"], figures["failed"], figures["completion_seen"]) == (4, 0, 4)
    assert found["per_second"] == pytest.approx(4 / figures["asking_s"])
    assert 0 < len(found["pace"]["timeline"]["moments"]) <= 120
    assert found["pace"]["cost"]["total"] == pytest.approx(250 * figures["working_s"] / 3600 / 4 * 1000)


def test_a_log_has_no_pace_and_none_is_made_up(line: Line, run: str, tmp_path: Path) -> None:
    line.on("export", "--run", run, "--out", str(tmp_path / "log"), "--format", "lm-eval")
    imported = line.on("import", str(tmp_path / "log"), "--json").json["runs"][0]["run"]
    done = line.on("pace", imported, "--price-hour", "250")
    assert "Темп неизвестен" in done.out and "прим./с" not in done.out
    assert "время работы неизвестно" in done.out


@pytest.mark.parametrize("words", [["--price-hour", "-1"], ["--price-in", "много"]])
def test_a_price_that_is_none_is_refused(line: Line, run: str, words: list[str]) -> None:
    assert line.on("pace", run, *words).code == 2
