"""`compare`: pairs as a table, the questions on which runs differ, and both as one object."""

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def runs(line: Line, task) -> list[str]:
    first = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    line.answer = lambda asked: "ОТВЕТ кот"
    second = line.on("run", "--model", "our/other", "--task", str(task), "--json").json["run"]
    return [first, second]


def test_runs_are_compared_pair_by_pair(line: Line, runs: list[str]) -> None:
    told = line.on("compare", *runs, "--json").json
    (pair,) = told["total"]["pairs"]
    assert told["runs"] == runs and told["shared"] == 4 and (pair["left"], pair["right"]) == tuple(runs)
    em = pair["em"]
    assert em["wins"] + em["losses"] + em["ties"] == 4 and em["losses"] == 0 and em["wins"] >= 1
    out = line.on("compare", *runs).out
    assert "Общих вопросов: 4" in out and "our/other" in out and "1–2" in out


def test_questions_on_which_they_differ_are_listed(line: Line, runs: list[str]) -> None:
    told = line.on("compare", *runs, "--only", "em:1>2", "--json").json
    assert told["n"] == len(told["samples"]) >= 1
    first, second = told["samples"][0]["cards"]
    assert (first["em"]["value"], second["em"]["value"]) == (1.0, 0.0)
    assert "ОТВЕТ кот" in line.on("compare", *runs, "--only", "em").out
    assert "нет" in line.on("compare", *runs, "--only", "em:1<2").err
    assert line.on("compare", *runs, "--where", "em:0", "--json").json["shared"] == 4 - sum(
        pair["em"]["wins"] + pair["em"]["ties"]
        for pair in line.on("compare", *runs, "--where", "em:1", "--json").json["total"]["pairs"]
    )


def test_what_cannot_be_compared_is_said(line: Line, runs: list[str]) -> None:
    alone = line.on("compare", runs[0])
    assert alone.code == 2 and "от 2 до 6" in alone.err
    assert line.on("compare", *runs, "--only", "кто").code == 2
