"""`sql`: a page's statements, one's own over runs and files, and exports by a filter."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.support import write_task


@pytest.fixture
def run(line: Line, tmp_path: Path) -> str:
    task = write_task(tmp_path / "ruPairs", ["да", "да", "нет"])
    return str(line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"])


def test_a_statement_over_a_run_is_a_table_or_json(line: Line, run: str) -> None:
    sql = "SELECT task, n, em FROM v_scores WHERE task <> ''"
    told = line.on("sql", "--run", run, sql)
    assert told.code == 0 and told.out.splitlines()[0].split() == ["task", "n", "em"]
    found = line.on("sql", "--run", run, sql, "--json").json
    assert found["columns"] == ["task", "n", "em"] and found["rows"][0][:2] == ["ruPairs", 3]
    assert found["more"] is False


def test_the_statements_of_a_page_are_printed_and_run(line: Line, run: str, tmp_path: Path) -> None:
    told = line.on("sql", "--of", "inspect", "--run", run, "--where", "em:1 len>0", "--json").json
    (queue,) = [each["sql"] for each in told["statements"] if each["what"] == "queue"]
    file = tmp_path / "run.sqlite"
    line.on("export", "--run", run, "--out", str(file))
    rows = line.on("sql", "--export", str(file), queue, "--json").json["rows"]
    asked = line.on("queue", run, "--where", "em:1 len>0", "--json").json
    assert [row[0] for row in rows] == [each["number"] for each in asked["samples"]]
    words = line.on("sql", "--of", "health", "--run", run)
    assert words.code == 0 and "-- Судья рядом с людьми" in words.out and "v_judge_health" in words.out


def test_an_export_takes_a_filter(line: Line, run: str, tmp_path: Path) -> None:
    file = tmp_path / "part.sqlite"
    assert line.on("export", "--run", run, "--out", str(file), "--where", "number:2..3").code == 0
    said = dict(line.on("sql", "--export", str(file), "SELECT * FROM studio_export", "--json").json["rows"])
    assert (said["where"], said["samples"], said["samples_of_run"]) == ("number:2..3", "2", "3")
    refused = line.on(
        "export", "--run", run, "--out", str(tmp_path / "log"), "--format", "lm-eval", "--where", "em:1"
    )
    assert refused.code == 2 and "целиком" in refused.err


def test_rows_beyond_the_limit_are_told_of(line: Line, run: str) -> None:
    told = line.on("sql", "--run", run, "SELECT number FROM v_samples", "--limit", "2")
    assert told.code == 0 and len(told.out.splitlines()) == 3 and "--limit" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--of"),
        (["SELECT 1", "--of", "run", "--run", "{run}"], "--of"),
        (["--of", "health"], "--run"),
        (["DELETE FROM runs"], "SELECT"),
        (["SELECT zebra FROM runs"], "zebra"),
        (["SELECT 1", "--export", "{folder}/none.sqlite"], "none.sqlite"),
        (["SELECT 1", "--run", "r-none"], "r-none"),
        (["--of", "inspect", "--run", "{run}", "--where", "em:"], "em:"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    line: Line, run: str, tmp_path: Path, words: list[str], said: str
) -> None:
    told = line.on("sql", *(word.format(run=run, folder=tmp_path) for word in words))
    assert told.code == 2 and said in told.err
