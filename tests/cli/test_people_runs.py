"""Runs of people at the command line: every command that takes a run takes them, and says what they are."""

from pathlib import Path

import pytest

from tests.cli.baseline import answered, made
from tests.cli.conftest import Line

SAID = {"Аня": ("кот", "—", "3", "да"), "Боря": ("кот", "—", "4", "нет"), "Вера": ("кит", "—", "3", "да")}


@pytest.fixture
def runs(line: Line, task: Path) -> list[str]:
    """All together, one of them, and each of three people; the second question was skipped by everybody."""
    project = made(line, task, overlap=3)
    answered(line, project, SAID)
    done = line.on("project", "runs", project, "--json")
    found: list[str] = [each["run"] if isinstance(each, dict) else each for each in done.json["runs"]]
    return found


@pytest.mark.parametrize(
    "words",
    [
        ("confusion", "RUN"), ("queue", "RUN"), ("queue", "RUN", "--where", "failed:1"), ("show", "RUN", "2"),
        ("compare", "RUN", "OTHER"), ("whatif", "RUN"), ("reasons", "RUN"), ("pace", "RUN"), ("labels", "RUN"),
        ("prompt-scores", "RUN"), ("sql", "--run", "RUN", "SELECT * FROM v_scores"), ("chart", "scores", "RUN"),
        ("leaderboard",), ("gap",), ("runs", "RUN"),
    ],
)  # fmt: skip
def test_a_run_of_people_is_a_run_like_any_other(line: Line, runs: list[str], words: tuple[str, ...]) -> None:
    places = {"RUN": runs[0], "OTHER": runs[1]}
    done = line.on(*(places.get(word, word) for word in words))
    assert done.code == 0, done.err


def test_what_everybody_skipped_is_counted_shown_with_its_reason_and_in_no_mean(
    line: Line, runs: list[str]
) -> None:
    found = {each["id"]: each for each in line.on("runs", "--json").json["runs"]}
    assert (found[runs[0]]["planned"], found[runs[0]]["failed"]) == (4, 1)
    assert "никто не дал ответа" in line.on("show", runs[0], "2").out
    assert "можно понять по-разному" in line.on("show", runs[2], "2").out


def test_a_judge_is_asked_later_and_people_are_called_by_what_they_are(line: Line, runs: list[str]) -> None:
    done = line.on("resume", runs[0], "--judge", "auto")
    assert done.code == 0
    assert "Люди: большинство голосов" in done.out and "модель" not in done.out
    listed = line.on("runs").out
    assert "Один из людей · Люди" in listed and "Человек 3 · Люди" in listed


def test_there_is_nothing_to_stop_in_what_people_have_answered(line: Line, runs: list[str]) -> None:
    done = line.on("cancel", runs[0])
    assert done.code == 2 and "останавливать нечего" in done.err


def test_a_report_says_what_a_run_of_people_is_made_of(line: Line, runs: list[str], tmp_path: Path) -> None:
    assert line.on("report", runs[0], "--out", str(tmp_path / "r.html")).code == 0
    told = (tmp_path / "r.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Люди: большинство голосов" in told and "перекрытие 3" in told and "Аня" not in told


def test_runs_of_an_invalid_baseline_say_so_and_are_called_by_what_they_are(line: Line, task: Path) -> None:
    project = made(line, task)
    answered(line, project, {"Аня": ("кот", "пёс", "3", "да"), "Боря": ("кит", "пёс", "4", "да")})
    done = line.on("project", "runs", project)
    assert "Прогоны всё же будут сделаны" in done.err, "before"
    assert "базовый уровень недействителен: без большинства 50" in done.err, "and after"
    told = line.on("project", "runs", project, "--json").json
    assert (told["valid"], told["low"], told["threshold"], told["excluded"]) == (False, 0.5, 0.2, 0)
    assert "Человек 2 · Люди" in done.out and "person:2" not in done.out
    assert line.on("project", "runs", project, "--threshold", "0.5", "--json").json["valid"] is True
