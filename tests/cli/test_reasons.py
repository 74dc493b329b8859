"""`reasons`: groups from a terminal, and as JSON."""

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def run(line: Line, task) -> str:
    found: str = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    return found


def test_groups_are_told_with_their_tasks_and_answers(line: Line, run: str) -> None:
    done = line.on("reasons", run)
    assert done.code == 0
    assert "1. лишние слова: 1 (100 %)" in done.out and "№ 2" in done.out and "«пёс»" in done.out
    assert "extra words" in line.on("reasons", run, "--lang", "en").out


def test_json_has_every_sample_of_a_group(line: Line, run: str) -> None:
    found = line.on("reasons", run, "--where", "em:0", "--json").json
    assert (found["n"], found["hidden"], found["where"]) == (2, 0, "em:0")
    samples = [sample["number"] for group in found["groups"] for sample in group["samples"]]
    assert sorted(samples) == [2, 3]
    assert {count["model"] for group in found["groups"] for count in group["counts"]} == {"our/model"}


def test_nothing_to_explain_is_said(line: Line, run: str) -> None:
    done = line.on("reasons", run, "--where", "answer:такогонет")
    assert done.code == 0 and "Нечего объяснять" in done.out


def test_a_filter_that_cannot_be_read_is_refused(line: Line, run: str) -> None:
    assert line.on("reasons", run, "--where", "em:(").code == 2
