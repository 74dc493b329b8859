"""Why row 4,117 got 0: `confusion`, `queue`, `show`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def run(line: Line, task: Path) -> str:
    found: str = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    return found


def test_confusion_counts_the_cells(line: Line, run: str) -> None:
    total = line.on("confusion", run, "--json").json["total"]
    assert [total[cell] for cell in ("both", "em_only", "js_only", "neither", "failed")] == [2, 0, 1, 1, 0]
    assert total["shares"]["both"] == 0.5
    assert "2 (50 %)" in line.on("confusion", run).out


def test_a_cell_opens_its_queue(line: Line, run: str) -> None:
    queue = line.on("queue", run, "--cell", "js_only", "--json").json
    assert (queue["total"], [row["number"] for row in queue["samples"]]) == (1, [2])


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["--text", "ПЁС"], [2]),
        (["--category", "kind=чётный"], [1, 3]),
        (["--cell", "disagree"], [2]),
        (["--limit", "2", "--offset", "1"], [2, 3]),
        (["--task", "Animals", "--cell", "neither"], [3]),
        (["--text", "нет такого"], []),
    ],
)
def test_queue_filters(line: Line, run: str, words: list[str], numbers: list[int]) -> None:
    assert [row["number"] for row in line.on("queue", run, *words, "--json").json["samples"]] == numbers


def test_show_tells_everything_about_a_sample(line: Line, run: str) -> None:
    done = line.on("show", run, "2")
    for said in (
        "Что на картинке номер 1?",
        "Эталон: пёс",
        "Это пёс сидит тут.",
        "Exact Match",
        "Judge Score",
        "rule@r1",
    ):
        assert said in done.out
    assert "вероятность «верно» 0,900" in done.out
    card = line.on("show", run, "2", "--json").json
    assert (card["cell"], card["em"]["value"], card["js"]["value"], card["gold"]) == ("js_only", 0, 1, "пёс")
    assert Path(card["media_dir"], card["media"][0]["file"]).is_file()


def test_a_number_that_the_run_does_not_have_is_refused(line: Line, run: str) -> None:
    done = line.on("show", run, "4117")
    assert done.code == 2 and "4117" in done.err


def test_an_answer_cannot_command_the_terminal(line: Line, task: Path) -> None:
    line.answer = lambda request: "\x1b[2J\x07кот"
    run = line.on("run", "--model", "our/model", "--task", str(task), "--limit", "1", "--json").json["run"]
    assert "\x1b" not in line.on("show", run, "1").out
    assert "\x1b" not in line.on("queue", run).out
    assert line.on("show", run, "1", "--json").json["answer"] == "\x1b[2J\x07кот"
