"""`chart`: the pages' charts from a terminal, the same file, and what is refused."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.support import write_task


@pytest.fixture
def run(line: Line, tmp_path: Path) -> str:
    task = write_task(tmp_path / "ruPairs", ["да", "да", "нет"])
    return str(line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"])


def test_without_a_name_the_charts_are_listed(line: Line) -> None:
    told = line.on("chart")
    assert told.code == 0 and "three-way" in told.out and "EM × судья × люди" in told.out
    found = {each["name"] for each in line.on("chart", "--json").json["charts"]}
    assert found >= {
        "three-way",
        "health",
        "corrected",
        "compare",
        "whatif",
        "pace",
        "trial",
        "leaderboard",
        "heat",
    }


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")]
)
def test_the_ending_of_the_file_tells_what_is_written(
    line: Line, run: str, tmp_path: Path, ending: str, begins: bytes
) -> None:
    target = tmp_path / f"ячейки.{ending}"
    told = line.on("chart", "cells", run, "--to", str(target), "--json").json
    data = target.read_bytes()
    assert told == {"chart": "cells", "file": str(target), "format": ending, "bytes": len(data)}
    assert data.startswith(begins)


def test_without_a_file_the_numbers_go_to_the_terminal(line: Line, run: str) -> None:
    told = line.on("chart", "scores", run, "--lang", "en")
    (head, *rows) = csv.reader(io.StringIO(told.out))
    assert head == ["line", "series", "value", "low", "high"] and rows[0][1] == "EM"
    assert line.on("chart", "scores", run, "--lang", "en", "--json").json["csv"] == told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pie"], "pie"),
        (["cells"], "ПРОГОН"),
        (["cells", "{run}", "--to", "a.gif"], "a.gif"),
        (["cells", "{run}", "--to", "{folder}/none/a.svg"], "none/a.svg"),
        (["health", "{run}", "--set", "kappa"], "kappa"),
        (["cells", "{run}", "--where", "em:"], "em:"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    line: Line, run: str, tmp_path: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = line.on("chart", *(word.format(run=run, folder=tmp_path) for word in words))
    assert told.code == 2 and said in told.err
