"""`verify`: exit codes that scripts can trust, and every answer that differs by its number."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Line, by_question


@pytest.fixture
def run(line: Line, task: Path) -> str:
    return line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]


def test_when_all_answers_are_the_same_the_code_is_0(line: Line, run: str) -> None:
    done = line.on("verify", run, "--k", "3", "--json")
    found = done.json["verification"]
    assert (done.code, found["total"], found["same"], found["differ"], found["failed"]) == (0, 3, 3, 0, 0)
    assert found["spec"]["k"] == 3 and found["low"] == 0.0 and 0 < found["high"] < 1
    kept = line.on("runs", run, "--json").json["verification"]
    assert kept["id"] == found["id"] and kept["same"] == 3


def test_what_differs_is_listed_and_the_code_is_1(line: Line, run: str) -> None:
    other = replace(line, answer=lambda request: by_question(request).replace("да", "нет"))
    done = other.on("verify", run)
    assert done.code == 1
    assert "Совпало: 3, отличается: 1 (EM изменился у 1), не удалось: 0." in done.out
    assert "было   [EM 1] да" in done.out and "теперь [EM 0] нет" in done.out and "4  Animals / 4" in done.out
    (answer,) = other.on("verify", run, "--json").json["verification"]["answers"]
    assert (answer["number"], answer["before"], answer["now"], answer["status"]) == (
        4,
        "да",
        "нет",
        "differs",
    )


def test_a_failure_is_no_difference_and_is_said(line: Line, run: str, task: Path) -> None:
    (task / "samples" / "0001.png").write_bytes(b"")
    done = line.on("verify", run, "--json")
    found = done.json["verification"]
    assert (done.code, found["differ"], found["failed"], found["same"]) == (1, 0, 1, 3)
    assert found["answers"][0]["problem"]["message"]


def test_how_long_it_took_is_told_and_a_key_without_a_server_is_refused(line: Line, run: str) -> None:
    assert line.on("verify", run, "--k", "2", "--json").json["verification"]["seconds"] > 0
    refused = line.on("verify", run, "--key-env", "NOPE")
    assert refused.code == 2 and "NOPE" in refused.err and "--server" in refused.err


def test_answers_of_chance_are_said_to_be_that(line: Line, task: Path) -> None:
    words = ("run", "--model", "our/model", "--task", str(task), "--temperature", "0.5", "--json")
    done = line.on("verify", line.on(*words).json["run"])
    assert "температуре 0,5" in done.err and done.code == 0


@pytest.mark.parametrize("words", [("verify", "r0000-000000"), ("verify",), ("verify", "r1", "--k", "0")])
def test_what_cannot_be_verified_is_refused(line: Line, words: tuple[str, ...]) -> None:
    assert line.on(*words).code == 2
