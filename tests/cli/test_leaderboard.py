"""`leaderboard`: the table in words and as JSON, its files, its switches."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.support import write_task


@pytest.fixture
def measured(line: Line, tmp_path: Path) -> Line:
    """A line whose database holds a run of a copy of WEIRD: right by both, by the judge, by none, by both."""
    folder = write_task(tmp_path / "WEIRD", ["кот", "пёс", "3", "да"])
    assert line.on("run", "--model", "our/model", "--task", str(folder), "--json").code == 0
    return line


def test_the_table_shows_totals_and_tasks_with_intervals(measured: Line) -> None:
    done = measured.on("leaderboard", "--no-published", "--no-people")
    assert done.code == 0
    assert "модальности весят поровну" in done.out and "our/model" in done.out
    assert "0,625 [" in done.out and "n=4" in done.out
    assert "Сравнивать с оговорками" in done.out and "готово 4 из 814" in done.out


def test_json_holds_every_number_with_its_interval_and_n(measured: Line) -> None:
    found = measured.on("leaderboard", "--suite", "mera", "--json").json
    row = next(row for row in found["rows"] if row["kind"] == "measured")
    measure = row["cells"]["WEIRD"]["measure"]
    assert measure["mean"] == pytest.approx(0.625) and measure["n"] == 4
    assert measure["low"] < 0.625 < measure["high"]
    assert row["total"]["mean"] == pytest.approx(0.625 / 33)
    assert found["names"][row["key"]] == "our/model"
    published = [row for row in found["rows"] if row["kind"] == "published"]
    assert published and all(row["total"] is None or row["total"]["low"] is None for row in published)


@pytest.mark.parametrize(
    ("words", "total"),
    [(("--weighting", "published"), 0.5), (("--weighting", "formula"), 0.508)],
)
def test_the_weighting_is_a_switch(measured: Line, words: tuple[str, ...], total: float) -> None:
    rows = measured.on("leaderboard", *words, "--json").json["rows"]
    row = next(row for row in rows if row["name"] == "Qwen3-Omni-30B-A3B-Inst")
    assert row["total"]["mean"] == pytest.approx(total, abs=5e-4)


def test_switches_take_rows_and_columns_away(measured: Line) -> None:
    found = measured.on("leaderboard", "--no-public", "--no-published", "--no-people", "--json").json
    assert len(found["columns"]) == 11
    assert found["rows"] == [], "the model answered a public task alone"


def test_by_one_metric(measured: Line) -> None:
    found = measured.on("leaderboard", "--metric", "em", "--no-published", "--no-people", "--json").json
    assert found["rows"][0]["cells"]["WEIRD"]["measure"]["mean"] == pytest.approx(0.5)


def test_csv_and_latex_go_to_stdout_or_to_a_file(measured: Line, tmp_path: Path) -> None:
    done = measured.on("leaderboard", "--format", "csv", "--no-published", "--no-people")
    lines = list(csv.DictReader(io.StringIO(done.out)))
    assert {line["what"] for line in lines} >= {"WEIRD", "total", "coverage"}
    target = tmp_path / "board.tex"
    done = measured.on("leaderboard", "--format", "latex", "--out", str(target))
    assert "board.tex" in done.out and "\\toprule" in target.read_text(encoding="utf-8")


def test_the_chart_is_a_picture(measured: Line, tmp_path: Path) -> None:
    target = tmp_path / "board.png"
    found = measured.on("leaderboard", "--format", "png", "--out", str(target), "--json").json
    assert target.read_bytes().startswith(b"\x89PNG") and found["bytes"] == target.stat().st_size


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--format", "png"), "board_out_needed"),
        (("--out", "x.csv"), "board_out_useless"),
        (("--run", "нет"), "unknown_run"),
        (("--suite", "demo", "--format", "png", "--out", "x.png"), "board_no_chart"),
        (("--format", "csv", "--out", "/нет/такой/папки.csv"), "cli_cannot_write"),
    ],
)
def test_what_cannot_be_done_is_said(line: Line, words: tuple[str, ...], code: str) -> None:
    done = line.on("leaderboard", *words, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, code)


def test_an_empty_studio_shows_the_published_and_how_to_get_a_row(line: Line) -> None:
    done = line.on("leaderboard")
    assert done.code == 0 and "Qwen3-Omni" in done.out and "опубликовано" in done.out
    assert "run --model embedded" in done.err
