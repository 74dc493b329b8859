"""`run --reuse` and `cache`: what is taken from earlier runs is counted, and can be forgotten."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line


def ran(line: Line, task: Path, *words: str) -> dict:
    return line.on("run", "--model", "our/model", "--task", str(task), *words, "--json").json


def test_a_run_says_how_many_answers_it_took(line: Line, task: Path) -> None:
    first = ran(line, task)
    done = line.on("run", "--model", "our/model", "--task", str(task), "--reuse", "--json")
    assert (first["recalled"], done.json["recalled"], done.json["total"]["n"]) == (0, 4, 4)
    assert done.json["total"]["em"] == first["total"]["em"]
    assert "Из прежних прогонов взято ответов: 4." in done.err
    (listed, _) = line.on("runs", "--json").json["runs"]
    assert (listed["recalled"], listed["spec"]["reuse"]) == (4, True)
    shown = line.on("show", done.json["run"], "1", "--json").json
    assert shown["recalled"]["run"] == first["run"] and shown["latency_s"] is None


def test_a_run_says_what_decides_whether_its_answers_come_out_again(line: Line, task: Path) -> None:
    told = ran(line, task, "--seed", "7")["determinism"]
    assert (told["greedy"], told["seed"], told["engine"]) == (True, 7, "scripted")
    (listed,) = line.on("runs", "--json").json["runs"]
    assert listed["resolved"]["determinism"]["seed"] == 7
    assert "температура 0 · зерно 7 · scripted" in line.on("runs", listed["id"]).out


def test_what_is_remembered_is_counted_and_forgotten(line: Line, task: Path) -> None:
    first, other = ran(line, task), ran(line, task, "--seed", "7")
    found = line.on("cache", "--json").json["remembered"]
    assert (found["answers"], found["runs"]) == (8, 2) and found["bytes"] > 0 and found["texts"] > 0
    assert line.on("cache", "clear", "--run", first["run"], "--json").json == {"forgotten": 4}
    assert ran(line, task, "--reuse")["recalled"] == 0
    assert ran(line, task, "--seed", "7", "--reuse")["recalled"] == 4
    assert "Забыто ответов: " in line.on("cache", "clear").out
    assert line.on("cache", "--json").json["remembered"]["answers"] == 0
    assert line.on("runs", other["run"], "--json").json["total"]["n"] == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cache", "--run", "r1"], "только вместе с clear"),
        (["cache", "clear", "--run", "r0000-000000"], "r0000-000000"),
        (["cache", "burn"], "burn"),
        (["run", "--model", "m", "--task", "demo", "--reuse", "--temperature", "1"], "случаен"),
    ],
)
def test_what_makes_no_sense_is_refused(line: Line, words: list[str], said: str) -> None:
    done = line.on(*words)
    assert done.code == 2 and said in done.err
