"""`report`: one file of HTML, its words, and what is refused."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.support import write_task


@pytest.fixture
def run(line: Line, tmp_path: Path) -> str:
    task = write_task(tmp_path / "ruPairs", ["да", "да", "нет"])
    done = line.on("run", "--model", "our/model", "--task", str(task), "--json")
    return str(done.json["run"])


def test_it_writes_one_file_and_says_what_is_in_it(line: Line, run: str, tmp_path: Path) -> None:
    target = tmp_path / "отчёт.html"
    told = line.on("report", run, "--out", str(target))
    assert told.code == 0 and "отчёт.html" in told.out
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and '<html lang="ru">' in text
    assert [path.name for path in tmp_path.glob("*отчёт*")] == ["отчёт.html"], "nothing half written is left"


def test_as_json_and_in_english(line: Line, run: str, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    told = line.on("report", run, "--out", str(target), "--lang", "en", "--top", "0", "--json").json
    assert told["runs"] == [run] and told["samples"] == 0 and told["bytes"] == target.stat().st_size
    assert told["media"] == {"shown": 0, "dropped": 0, "smaller": False} and told["withheld"] == []
    assert "How to read this" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["r-none", "--out", "a.html"], "r-none"),
        (["{run}", "--out", "{folder}/none/a.html"], "none/a.html"),
        (["{run}", "--top", "1000", "--out", "a.html"], "1000"),
        (["a", "b", "c", "d", "e", "f", "g", "--out", "a.html"], "7"),
    ],
)
def test_what_cannot_be_done_is_refused(
    line: Line, run: str, tmp_path: Path, words: list[str], said: str
) -> None:
    told = line.on("report", *(word.format(run=run, folder=tmp_path) for word in words))
    assert told.code == 2 and said in told.err
