"""Labels as files: what is written is read back, spreadsheets run nothing, labels of other answers stay out."""

import csv
import json

import pytest

from studio.core.errors import BadInput
from studio.core.label import Imported, NewLabel
from studio.core.run import RunSpec, SampleFilter
from tests.support import scripted_studio, write_task

GOLDS = ["кот", "пёс", "3"]
HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@x", "\tтаб", "'=кавычка", "'своя кавычка", 'и "кавычки", и\nстрока')
FORMATS = pytest.mark.parametrize("ending", ["csv", "jsonl"])


@pytest.fixture
def made(tmp_path):
    """A function that opens a studio of its own with a run over the same task; all are closed at the end."""
    task, opened = write_task(tmp_path / "Animals", GOLDS), []

    def make(name: str, say: str = "ОТВЕТ кот"):
        studio = scripted_studio(tmp_path / name, lambda asked: say, data=tmp_path / "no-demo")
        opened.append(studio)
        run = studio.start(RunSpec("our/model", (str(task),)))
        studio.wait(run, timeout_s=30)
        return studio, run, [row.sample_id for row in studio.queue(run, SampleFilter()).rows]

    yield make
    for studio in opened:
        studio.close()


def said(studio, run) -> list[tuple]:
    return [
        (label.reviewer, label.verdict, label.note, label.tags, label.blind, label.sealed, round(label.at, 3))
        for label in studio.labels.listed(run)
    ]


@FORMATS
def test_what_is_written_is_read_back_in_another_studio(made, tmp_path, ending):
    studio, run, ids = made("one")
    for place, note in enumerate(HOSTILE):
        tags = (note.strip().replace("\n", " "), "обычный")
        new = NewLabel(
            f"{note[:3]} {place}".strip(), "wrong", note, tags, sealed=(True, False, None)[place % 3]
        )
        studio.labels.label(run, ids[place % 3], new)
    studio.labels.label(run, ids[0], NewLabel("=HY 0", "right"))  # having seen the others': not blind
    path = tmp_path / f"labels.{ending}"
    assert studio.labels.write_file(run, path) == len(HOSTILE)
    other, second, _ = made("two")
    assert other.labels.read_file(second, path) == Imported(len(HOSTILE), 0, 0, 0)
    assert sorted(said(other, second)) == sorted(said(studio, run))
    assert other.labels.read_file(second, path) == Imported(0, len(HOSTILE), 0, 0), "twice adds nothing"
    assert studio.labels.read_file(run, path) == Imported(0, len(HOSTILE), 0, 0), "nor where they come from"


def test_a_spreadsheet_meets_no_formula(made, tmp_path):
    studio, run, ids = made("one")
    for note in HOSTILE:
        studio.labels.label(run, ids[0], NewLabel(note[:5], "wrong", note, (note,)))
    studio.labels.write_file(run, tmp_path / "labels.csv")
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as file:
        cells = [
            cell for row in csv.reader(file) for cell in row if cell not in ("+1", "-1")
        ]  # plain numbers
    assert cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@FORMATS
def test_labels_of_another_answer_or_an_unknown_sample_stay_out(made, tmp_path, ending):
    studio, run, ids = made("one")
    studio.labels.label(run, ids[0], NewLabel("Анна", "right"))
    path = tmp_path / f"labels.{ending}"
    studio.labels.write_file(run, path)
    other, second, _ = made("two", say="ОТВЕТ иначе")
    assert other.labels.read_file(second, path) == Imported(0, 0, 1, 0)
    path.write_text(path.read_text("utf-8").replace("Animals", "Elsewhere"), "utf-8")
    assert other.labels.read_file(second, path) == Imported(0, 0, 0, 1) and said(other, second) == []


def test_a_newer_label_is_not_undone_by_an_older_file(made, tmp_path):
    studio, run, ids = made("one")
    studio.labels.label(run, ids[0], NewLabel("Анна", "right"))
    studio.labels.write_file(run, tmp_path / "old.jsonl")
    studio.labels.label(run, ids[0], NewLabel("Анна", "wrong"))
    assert studio.labels.read_file(run, tmp_path / "old.jsonl").added == 0
    assert [verdict for _, verdict, *_ in said(studio, run)] == ["wrong"]


def test_a_table_made_by_hand_is_read_with_either_separator(made, tmp_path):
    studio, run, _ = made("one")
    (tmp_path / "hand.csv").write_text(
        "\ufefftask;sample;reviewer;verdict;tags\nAnimals;2;Анна;wrong;а\n", "utf-8"
    )
    assert studio.labels.read_file(run, tmp_path / "hand.csv").added == 1
    (label,) = studio.labels.listed(run)
    assert (label.reviewer, label.verdict, label.tags) == ("Анна", "wrong", ("а",))


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.csv", "task,sample,reviewer,verdict\nAnimals,1,,right\n", "labels_file_row"),
        ("a.csv", "что-то,другое\n1,2\n", "labels_file_row"),
        ("a.jsonl", "{oops\n", "labels_file"),
        ("a.jsonl", json.dumps(["Animals", "1"]) + "\n", "labels_file_row"),
        ("a.csv", "task,sample,reviewer,verdict\nAnimals,1,Анна,maybe\n", "unknown_verdict"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(made, tmp_path, name, text, code):
    studio, run, _ = made("one")
    good = "Animals,2,Анна,right\n" if name.endswith("csv") else ""
    (tmp_path / name).write_text(text + good, "utf-8")
    with pytest.raises(BadInput) as refused:
        studio.labels.read_file(run, tmp_path / name)
    assert refused.value.problem.code == code and studio.labels.listed(run) == ()


def test_a_missing_file_and_an_impossible_place_are_said(made, tmp_path):
    studio, run, _ = made("one")
    for act, path in (
        (studio.labels.read_file, "none.csv"),
        (studio.labels.write_file, "no/such/folder.csv"),
    ):
        with pytest.raises(BadInput):
            act(run, tmp_path / path)
