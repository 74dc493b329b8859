"""`project export`, `project push`: a human baseline as files, from a terminal."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.baseline import answered, made
from tests.cli.conftest import GOLDS, Line
from tests.crowds import toloka_row, write_toloka


@pytest.fixture
def project(line: Line, task: Path) -> str:
    found = made(line, task)
    answered(line, found, {"Аня": GOLDS, "Боря": ["кот", "кит", "3", "да"]})
    return found


def test_a_project_is_written_in_each_form(line: Line, project: str, tmp_path: Path) -> None:
    done = line.on("project", "export", project, "--to", str(tmp_path / "hb"))
    assert done.code == 0 and "файлов: 10" in done.out and (tmp_path / "hb" / "raw" / "answers.csv").is_file()
    told = line.on(
        "project", "export", project, "--to", str(tmp_path / "csv"), "--format", "csv", "--json"
    ).json
    assert [Path(path).name for path in told["files"]] == ["answers.csv", "people.csv", "items.csv"]
    line.on("project", "export", project, "--to", str(tmp_path / "p.sqlite"), "--format", "sqlite", "--names")
    file = sqlite3.connect(tmp_path / "p.sqlite")
    assert {name for (name,) in file.execute("SELECT name FROM people")} == {"Аня", "Боря"}
    file.close()


def test_what_is_there_is_not_written_over_unless_it_is_said(
    line: Line, project: str, tmp_path: Path
) -> None:
    for form, to in (("csv", tmp_path / "csv"), ("sqlite", tmp_path / "p.sqlite")):
        words = ("project", "export", project, "--to", str(to), "--format", form)
        assert line.on(*words).code == 0
        again = line.on(*words)
        assert again.code == 2 and "--force" in again.err
        assert line.on(*words, "--force").code == 0


def test_the_protocols_folder_takes_no_names(line: Line, project: str, tmp_path: Path) -> None:
    done = line.on("project", "export", project, "--to", str(tmp_path / "hb"), "--names")
    assert done.code == 2 and "имён не бывает" in done.err and not (tmp_path / "hb").exists()


def test_a_project_is_pushed_to_a_place(line: Line, project: str, tmp_path: Path) -> None:
    done = line.on("project", "push", project, "--to", str(tmp_path / "out"))
    assert done.code == 0 and (tmp_path / "out" / project / "hb" / "aggregate.py").is_file()
    refused = line.on("project", "push", project, "--to", "bucket:x", "--json")
    assert refused.code == 2 and refused.json["error"]["code"] == "push_place"


def test_a_hub_that_is_not_reached_is_told(line: Line, project: str) -> None:
    done = line.on("project", "push", project, "--to", "dataset:we/people")
    assert done.code == 2 and "не отправлено" in done.err and "HF_TOKEN" in done.err


def test_a_place_that_cannot_be_written_is_told(line: Line, project: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for words in (
        ("export", project, "--to", str(tmp_path / "file" / "hb")),
        ("push", project, "--to", str(tmp_path / "file")),
    ):
        done = line.on("project", *words)
        assert done.code == 2 and str(tmp_path / "file") in done.err


def test_answers_of_toloka_become_a_project(line: Line, task: Path, tmp_path: Path) -> None:
    rows = [toloka_row(n, who, said) for who in ("w1", "w2") for n, said in enumerate(GOLDS)]
    path = write_toloka(tmp_path / "assignments.tsv", rows)
    words = ("project", "import", str(path), "--task", str(task))
    told = line.on(*words, "--dry-run")
    assert told.code == 0 and "Ничего не сделано" in told.out and "новых 8" in told.out
    done = line.on(*words, "--json").json["import"]
    assert (done["new"], done["people"]) == (8, 2)
    assert "ничего не изменилось" in line.on(*words).out
    assert line.on("project", "baseline", done["project"]).code == 0
    assert "из файла" in line.on("people", "list").out


def test_rows_that_were_not_taken_are_trouble_to_look_at(line: Line, task: Path, tmp_path: Path) -> None:
    rows = [
        toloka_row(0, "w1", "кот"),
        toloka_row(77, "w1", "кот"),
        toloka_row(1, "w1", "", ASSIGNMENT__status="EXPIRED"),
    ]
    path = write_toloka(tmp_path / "assignments.tsv", rows)
    done = line.on("project", "import", str(path), "--task", str(task))
    assert (
        done.code == 1 and "не взято: строка 3\n" in done.err and "не закончены или просрочены: 1" in done.out
    )
    (tmp_path / "x.tsv").write_bytes(b"\xff\xfe\x00")
    refused = line.on("project", "import", str(tmp_path / "x.tsv"), "--task", str(task))
    assert refused.code == 2 and "UTF-8" in refused.err
