"""What is written out of a project: the protocol's folder works itself out anew, no name is anywhere unasked."""

import csv
import io
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.project import Submission, Timing
from studio.core.run import OWNER, Viewer
from studio.core.votes import Aggregation
from studio.journal.parcel import DatasetParcel, parcel_of
from studio.report.people_tables import AGGREGATED
from studio.report.spreadsheet import plain
from tests.crowds import toloka_row, write_toloka
from tests.service.test_baselines import project_of
from tests.service.test_organising import Place
from tests.support import write_task

GOLD = ["кот", "пёс", "3", "дом"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", GOLD))
    yield made
    made.studio.close()


def rows(data: bytes) -> list[dict[str, str]]:
    read = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{name: plain(cell) for name, cell in row.items()} for row in read]


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def again(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The folder's own script, by a Python that knows nothing of the studio."""
    command = [sys.executable, "-I", "-S", str(folder / "aggregate.py"), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_folder_holds_what_the_protocol_asks_for(place: Place) -> None:
    project, people = project_of(
        place, ["кот", "пёс", "3", "—"], ["=кот()", "пёс", "4", "дом"], pay_per_hour=600.0
    )
    place.lead.instruct(OWNER, project, "Одним словом.")
    files = place.studio.project_files.hb(OWNER, project)
    assert set(files) == {
        "README.md", "README.en.md", "raw/answers.csv", "raw/items.csv", "raw/people.csv", "aggregated.csv",
        "aggregate.py", "parameters.json", "agreement.json", "cost.csv", "instructions/v1.md",
    }  # fmt: skip
    answers = rows(files["raw/answers.csv"])
    assert [(row["item"], row["person"]) for row in answers] == [
        (str(n), who) for n in (1, 2, 3, 4) for who in people
    ]
    assert {row["text"] for row in answers} >= {"=кот()", "пёс"} and {row["reason"] for row in answers} == {
        "",
        "unknown",
    }
    assert files["instructions/v1.md"].decode() == "Одним словом."
    cost = rows(files["cost.csv"])
    assert [row["person"] for row in cost] == [*people, "total"] and {row["currency"] for row in cost} == {
        "RUB"
    }
    assert "600,00 RUB" in files["README.md"].decode() and "Animals" in files["README.en.md"].decode()


def test_hours_and_pay_are_those_of_the_board(place: Place, tmp_path: Path) -> None:
    project = place.lead.make(OWNER, place.spec(overlap=1, controls=0.0, repeats=0.0, pay_per_hour=360.0))
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    for _ in GOLD:
        asked = place.desk.standing(project, who).question
        assert asked is not None
        with place.store.projects.writing() as tables:
            tables.connection.execute(
                "UPDATE turns SET shown_at = shown_at - 50 WHERE item = ?", (asked.item,)
            )
        given = Submission(asked.item, 1, "answer", f"c{asked.item}", "х", timing=Timing(active_s=50.0))
        place.desk.submit(project, who, given)
    mine, total = rows(place.studio.project_files.hb(OWNER, project)["cost.csv"])
    assert (mine["hours"], mine["pay"], mine["pay_per_answer"]) == ("0.0556", "20.0", "5.0")
    assert (total["pay"], total["answers"]) == ("20.0", "4")
    assert place.studio.boards.board(OWNER, project).cost == pytest.approx(20.0)


class Crowd:
    """A project over many questions in which people of different skill answer by chance, with controls."""

    def __init__(self, folder: Path, seed: int, *, options: bool, controls: float, people: int = 4) -> None:
        draw = random.Random(seed)
        words = ["кот", "пёс", "дом"]
        golds = [draw.choice(words) for _ in range(40)]
        task = write_task(folder / "Many", golds)
        if options:
            self._letters(task, words)
            golds = ["ABC"[words.index(gold)] for gold in golds]
        self.place = Place(folder / "home", task)
        spec = self.place.spec(overlap=people, controls=controls, repeats=0.0)
        self.project = self.place.lead.make(OWNER, spec)
        self.place.lead.set_state(OWNER, self.project, "open")
        for n in range(people):
            who = self.place.person(self.project, f"Имя{n}")
            while (asked := self.place.desk.standing(self.project, who).question) is not None:
                right = draw.random() < 0.35 + 0.1 * n
                others = ["A", "B", "C"] if options else ["Кот", "кот.", "пёс", "Дом"]
                self.place.answer(self.project, who, golds[asked.item - 1] if right else draw.choice(others))

    @staticmethod
    def _letters(task: Path, words: list[str]) -> None:
        data = json.loads((task / "test.json").read_text(encoding="utf-8"))
        for record in data["data"]:
            record["instruction"] = "<image> {question} A {option_a} B {option_b} C {option_c}"
            record["inputs"] |= {f"option_{letter}": word for letter, word in zip("abc", words, strict=True)}
            record["outputs"] = "ABC"[words.index(record["outputs"])]
        (task / "test.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("method", "options", "controls"),
    [("majority", False, 0.2), ("majority", False, 0.0), ("glad", True, 0.0), ("dawid_skene", True, 0.2)],
)
def test_the_script_of_the_folder_comes_to_the_very_same_file(
    tmp_path: Path, seed: int, method: Aggregation, options: bool, controls: float
) -> None:
    crowd = Crowd(tmp_path, seed, options=options, controls=controls)
    studio, project = crowd.place.studio, crowd.project
    crowd.place.lead.adjudicate(OWNER, project, 7, "=последнее")
    crowd.place.lead.retire(OWNER, project, 9)
    folder = written(studio.project_files.hb(OWNER, project, method=method), tmp_path / "hb")
    done = again(folder, "--out", "anew.csv")
    assert (done.returncode, done.stdout, done.stderr) == (0, "aggregated.csv: the same\n", "")
    assert (folder / "anew.csv").read_bytes() == (folder / "aggregated.csv").read_bytes()
    found = rows((folder / "aggregated.csv").read_bytes())
    expected = studio.baselines.baseline(OWNER, project, method=method).items
    assert list(found[0]) == list(AGGREGATED)
    assert [(row["item"], row["answer"], row["decided"]) for row in found] == [
        (str(each.item), each.text or "", each.decided) for each in expected
    ]
    if method == "majority":
        assert {row["decided"] for row in found} > {"votes", "expert"}, "ties are among them"
    crowd.place.studio.close()


def test_whoever_met_no_control_weighs_a_half_in_the_table_in_the_script_and_in_the_baseline(
    place: Place, tmp_path: Path
) -> None:
    given = [toloka_row(n, "passed", said) for n, said in enumerate(["кот", "пёс", "3", "дом"])]
    given += [toloka_row(n, "unknown", said) for n, said in enumerate(["кот", "пёс", "5", "сад"]) if n != 1]
    given[1]["GOLDEN:result"] = "пёс"
    path = write_toloka(tmp_path / "a.tsv", given)
    project = place.studio.project_imports.bring(OWNER, path, place.task).project
    found = place.studio.baselines.baseline(OWNER, project)
    assert [(each.decided, each.text) for each in found.items[2:]] == [("skill", "3"), ("skill", "дом")]
    folder = written(place.studio.project_files.hb(OWNER, project), tmp_path / "hb")
    weights = [float(row["vote_weight"]) for row in rows((folder / "raw" / "people.csv").read_bytes())]
    assert weights == [pytest.approx(2 / 3), 0.5] == [each.weight for each in found.skills]
    assert again(folder).stdout == "aggregated.csv: the same\n"


def test_a_changed_answer_is_found_by_the_script(place: Place, tmp_path: Path) -> None:
    project, _ = project_of(place, GOLD, GOLD)
    folder = written(place.studio.project_files.hb(OWNER, project), tmp_path / "hb")
    path = folder / "raw" / "answers.csv"
    path.write_bytes(path.read_bytes().replace("дом".encode(), "сад".encode()))
    done = again(folder)
    assert done.returncode == 1 and "DIFFERS" in done.stdout


def test_names_and_comments_are_nowhere_unless_asked_for(place: Place, tmp_path: Path) -> None:
    project, people = project_of(place, GOLD, GOLD)
    with place.store.db.write() as connection:
        connection.execute("UPDATE responses SET comment = 'я живу на Лесной'")
    place.lead.exclude(OWNER, project, people[0], "Имя0 спешит")
    files = place.studio.project_files
    plain_file = files.sqlite(OWNER, project, tmp_path / "a.sqlite").read_bytes()
    for content in (*files.hb(OWNER, project).values(), *files.tables(OWNER, project).values(), plain_file):
        assert "Имя".encode() not in content and "Лесной".encode() not in content
    named = files.tables(OWNER, project, names=True)
    assert "Имя0 спешит" in named["people.csv"].decode() and "Лесной" in named["answers.csv"].decode()
    told = sqlite3.connect(files.sqlite(OWNER, project, tmp_path / "b.sqlite", names=True))
    assert told.execute("SELECT name FROM people ORDER BY name").fetchall() == [("Имя0",), ("Имя1",)]
    told.close()


def test_the_sqlite_file_opens_anywhere_and_holds_this_project_alone(place: Place, tmp_path: Path) -> None:
    project, people = project_of(place, ["кот", "пёс", "3", "—"], ["Кот.", "кит", "3", "дом"])
    project_of(place, GOLD)
    path = place.studio.project_files.sqlite(OWNER, project, tmp_path / "p.sqlite")
    file = sqlite3.connect(path)
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not tables & {"sign_ins", "invitations", "desk_drafts", "samples"}
    assert file.execute("SELECT id FROM projects").fetchall() == [(project,)]
    assert (
        file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        and not file.execute("PRAGMA foreign_key_check").fetchall()
    )
    first = "SELECT answer, votes, of_votes FROM v_answers_by_item WHERE item = ?"
    assert file.execute(first, (1,)).fetchall() == [("кот", 2, 2)]
    assert file.execute(first, (2,)).fetchall() == [("кит", 1, 2), ("пес", 1, 2)]
    assert file.execute("SELECT person, answered, skipped, counted FROM v_people").fetchall() == [
        (people[0], 3, 1, 3), (people[1], 4, 0, 4),
    ]  # fmt: skip
    told = [each.decided for each in place.studio.baselines.baseline(OWNER, project).items]
    assert [decided for (decided,) in file.execute("SELECT decided FROM baseline ORDER BY item")] == told
    file.close()


def test_a_private_tasks_folder_says_so_and_tells_no_gold_that_it_does_not_need(tmp_path: Path) -> None:
    task = write_task(tmp_path / "Secret", ["жираф", "бегемот"] * 10, access="private")
    place = Place(tmp_path / "home", task)
    project = place.lead.make(OWNER, place.spec(overlap=1, controls=0.2, repeats=0.0))
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    while place.desk.standing(project, who).question is not None:
        place.answer(project, who, "мимо")
    files = place.studio.project_files.hb(OWNER, project)
    assert "Задача закрытая" in files["README.md"].decode()
    assert not any("жираф".encode() in content for content in files.values())
    place.studio.close()


def test_only_a_lead_takes_files_away(place: Place, tmp_path: Path) -> None:
    project, people = project_of(place, GOLD)
    files = place.studio.project_files
    for viewer in (Viewer(), Viewer(person=people[0])):
        for act in (
            lambda viewer=viewer: files.hb(viewer, project),
            lambda viewer=viewer: files.tables(viewer, project, names=True),
            lambda viewer=viewer: files.sqlite(viewer, project, tmp_path / "p.sqlite"),
            lambda viewer=viewer: files.push(viewer, project, str(tmp_path / "out")),
        ):
            with pytest.raises(NotAllowed, match="no_role"):
                act()
    assert list(tmp_path.glob("p.sqlite*")) == [] and not (tmp_path / "out").exists()


def test_a_project_without_answers_is_written_too(place: Place, tmp_path: Path) -> None:
    project = place.lead.make(OWNER, place.spec(controls=0.0))
    folder = written(place.studio.project_files.hb(OWNER, project), tmp_path / "hb")
    assert again(folder).returncode == 0
    assert [row["decided"] for row in rows((folder / "aggregated.csv").read_bytes())] == ["unanswered"] * 4


class Hub:
    """A hub that remembers what it was sent."""

    def __init__(self, *, private: bool = True, down: Exception | None = None) -> None:
        self.private, self.down = private, down
        self.sent: dict[str, bytes] = {}

    def create_repo(self, name: str, **how: Any) -> None:
        assert how == {"repo_type": "dataset", "private": True, "exist_ok": True}
        if self.down:
            raise self.down

    def repo_info(self, name: str, **how: Any) -> Any:
        return self

    def create_commit(self, name: str, operations: list[Any], **how: Any) -> None:
        self.sent |= {each.path_in_repo: each.path_or_fileobj for each in operations}


def test_a_project_is_sent_to_a_private_dataset_and_to_no_other() -> None:
    hub = Hub()
    DatasetParcel("we/people", hub).send("b1", {"hb/README.md": b"x"})
    assert hub.sent == {"b1/hb/README.md": b"x"}
    for private in (False, None):
        public = Hub(private=private)  # type: ignore[arg-type]
        with pytest.raises(BadInput, match="public_shelf"):
            DatasetParcel("we/people", public).send("b1", {"a": b"x"})
        assert public.sent == {}


@pytest.mark.parametrize("error", [ConnectionError("no route to host"), OSError("disk"), "http"])
def test_a_hub_that_is_not_reached_is_told_in_words(error: Any) -> None:
    if error == "http":
        from huggingface_hub.errors import HfHubHTTPError

        error = HfHubHTTPError.__bases__[0]("no route to host")
    with pytest.raises(BadInput, match="push_failed"):
        DatasetParcel("we/people", Hub(down=error)).send("b1", {"a": b"x"})


def test_a_project_is_pushed_into_a_folder(place: Place, tmp_path: Path) -> None:
    project, _ = project_of(place, GOLD)
    folder, names = place.studio.project_files.push(OWNER, project, str(tmp_path / "out"))
    there = {
        str(path.relative_to(tmp_path / "out" / folder))
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert there == set(names) > {"project.sqlite", "hb/aggregate.py"}


@pytest.mark.parametrize(
    "place_named", ["dataset:", "dataset:a/b/c", "bucket:a", "https://hub.example/a", "datasets:a/b", " "]
)
def test_a_place_that_is_none_is_refused(place_named: str) -> None:
    with pytest.raises(BadInput, match="push_place"):
        parcel_of(place_named)
