"""Another tool's answers are a project like any other; nothing is guessed, and a second time changes nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import NotAllowed
from studio.core.run import OWNER, RunSpec, Viewer
from tests.crowds import annotation, toloka_row, write_label_studio, write_toloka
from tests.service.test_organising import Place
from tests.support import write_task

GOLD = ["кот", "пёс", "3", "дом"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", GOLD))
    yield made
    made.studio.close()


def toloka(folder: Path) -> Path:
    rows = [toloka_row(n, who, said) for who in ("w1", "w2") for n, said in enumerate(GOLD)]
    rows += [toloka_row(n, "w3", said) for n, said in enumerate(["кит", "пёс", "", "сад"])]
    for row in rows:
        if row["ASSIGNMENT:task_id"] == "t1":
            row["GOLDEN:result"] = "пёс"
    return write_toloka(folder / "assignments.tsv", rows)


def test_answers_become_a_project_with_board_baseline_and_runs(place: Place, tmp_path: Path) -> None:
    bring = place.studio.project_imports.bring
    found = bring(OWNER, toloka(tmp_path), place.task, title="Толока", pay_per_hour=360.0)
    assert (found.new, found.people, found.items, found.controls, found.skips) == (12, 3, 4, 1, 1)
    assert found.done and not (found.unmatched or found.ambiguous or found.odd)
    board = place.studio.boards.board(OWNER, found.project)
    assert (board.project.state, board.project.spec.title, board.done, board.complete) == (
        "closed",
        "Толока",
        11,
        3,
    )
    assert board.hours == pytest.approx(12 * 12 / 3600) and board.cost == pytest.approx(12 * 12 / 10)
    assert [each.name for each in board.people] == ["toloka 1", "toloka 2", "toloka 3"]
    assert [each.controls.mean for each in board.people] == [1.0, 1.0, 1.0] and board.people[
        0
    ].median_s == 12.0
    assert [each.text for each in place.studio.baselines.baseline(OWNER, found.project).items] == GOLD
    runs = place.studio.baselines.make_runs(OWNER, found.project)
    assert place.studio.run(runs[0]).em.mean == 1.0
    assert "aggregated.csv" in place.studio.project_files.hb(OWNER, found.project)
    answers = place.studio.audit.answers(OWNER, found.project)
    assert {each.at for each in answers} == {1772359212.0} and {each.took_s for each in answers} == {12.0}


def test_importing_again_changes_nothing(place: Place, tmp_path: Path) -> None:
    bring, path = place.studio.project_imports.bring, toloka(tmp_path)
    first = bring(OWNER, path, place.task)
    before = place.journal.last()
    second = bring(OWNER, path, place.task, title="Иначе названный")
    assert second == replace(first, new=0, known=12) and place.journal.last() == before
    assert len(place.lead.projects(OWNER)) == 1


def test_a_project_of_brought_answers_finds_its_folder_on_an_empty_disk(place: Place, tmp_path: Path) -> None:
    """Only the journal is left; the task's name alone leads nowhere."""
    path = toloka(tmp_path)
    project = place.studio.project_imports.bring(OWNER, path, place.task).project
    again = after_a_wipe(place, tmp_path / "second")
    assert again.lead.project(OWNER, project).unbound == 4
    again.lead.bind_all()
    assert again.lead.project(OWNER, project).unbound == 0
    again.studio.close()


def test_the_same_file_brought_again_finds_lost_questions(place: Place, tmp_path: Path) -> None:
    path = toloka(tmp_path)
    project = place.studio.project_imports.bring(OWNER, path, place.task).project
    again = after_a_wipe(place, tmp_path / "second")
    found = again.studio.project_imports.bring(OWNER, path, place.task, dry_run=True)
    assert (found.new, again.lead.project(OWNER, project).unbound) == (0, 4), "a dry run changes nothing"
    again.studio.project_imports.bring(OWNER, path, place.task)
    assert again.lead.project(OWNER, project).unbound == 0
    again.studio.close()


def test_work_on_ones_own_finds_its_folder_on_an_empty_disk(place: Place, tmp_path: Path) -> None:
    project = place.studio.workplaces.own(place.task, listed=False)
    again = after_a_wipe(place, tmp_path / "second")
    again.lead.bind_all()
    assert again.lead.project(OWNER, project).unbound == 0
    again.studio.close()


def test_a_folder_that_a_run_has_made_known_by_name_is_kept_all_the_same(
    place: Place, tmp_path: Path
) -> None:
    place.studio.wait(place.studio.start(RunSpec("our/model", (place.task,))), timeout_s=30)
    project = place.lead.make(OWNER, place.spec(controls=0.0))
    again = after_a_wipe(place, tmp_path / "second")
    assert again.lead.bind(project) == 0
    again.studio.close()


def after_a_wipe(place: Place, home: Path) -> Place:
    place.studio.close()
    shutil.copytree(place.home / "journal", home / "journal")
    return Place(home, Path(place.task))


def test_a_dry_run_tells_the_same_and_writes_nothing(place: Place, tmp_path: Path) -> None:
    bring, path = place.studio.project_imports.bring, toloka(tmp_path)
    before = place.journal.last()
    told = bring(OWNER, path, place.task, dry_run=True)
    assert place.journal.last() == before and place.lead.projects(OWNER) == []
    assert bring(OWNER, path, place.task) == replace(told, done=True)


def test_rows_without_their_question_are_listed_and_not_guessed(tmp_path: Path) -> None:
    task = write_task(tmp_path / "Twins", ["кот", "кот"])
    text = (
        (task / "test.json")
        .read_text(encoding="utf-8")
        .replace("номер 1", "номер 0")
        .replace("0001.png", "0000.png")
    )
    (task / "test.json").write_text(text, encoding="utf-8")
    place = Place(tmp_path / "home", task)
    rows = [toloka_row(0, "w1", "кот"), toloka_row(9, "w1", "кот")]
    path = write_toloka(tmp_path / "a.tsv", rows)
    found = place.studio.project_imports.bring(OWNER, path, place.task)
    assert (found.ambiguous, found.unmatched, found.new, found.done) == (("2",), ("3",), 0, False)
    assert place.lead.projects(OWNER) == []
    place.studio.close()


def test_label_studio_comes_in_by_the_key_of_samples(place: Place, tmp_path: Path) -> None:
    path = write_label_studio(
        tmp_path / "p.json",
        {
            n: [annotation(10 * n, 1, [said]), annotation(10 * n + 1, 2, [said])]
            for n, said in enumerate(GOLD)
        },
    )
    found = place.studio.project_imports.bring(OWNER, path, place.task, key="sample")
    assert (found.tool, found.new, found.people, found.overlap) == ("label-studio", 8, 2, 2)
    by_media = place.studio.project_imports.bring(OWNER, path, place.task, dry_run=True)
    assert (by_media.new, by_media.unmatched) == (8, ())


def test_a_second_answer_of_a_person_is_a_repeat_and_a_third_is_left_out(
    place: Place, tmp_path: Path
) -> None:
    rows = [
        toloka_row(0, "w1", said, ASSIGNMENT__assignment_id=f"a{n}")
        for n, said in enumerate(["кот", "Кот", "пёс"])
    ]
    found = place.studio.project_imports.bring(OWNER, write_toloka(tmp_path / "a.tsv", rows), place.task)
    assert (found.new, found.again, found.overlap) == (2, 1, 1)
    (person,) = place.studio.boards.board(OWNER, found.project).people
    assert (person.counted, person.repeats.mean) == (1, 1.0)


def test_who_the_people_were_in_the_tool_is_nowhere(place: Place, tmp_path: Path) -> None:
    found = {0: [annotation(1, {"id": None, "email": "neprimetnaya@mail.example"}, ["кот"])]}
    found[0][0]["completed_by"] = {"email": "neprimetnaya@mail.example"}
    bring = place.studio.project_imports.bring
    done = bring(OWNER, write_label_studio(tmp_path / "p.json", found), place.task)
    assert done.people == 1
    for path in place.home.rglob("*"):
        if path.is_file():
            assert b"neprimetnaya" not in path.read_bytes(), path.name


def test_words_of_an_option_become_its_letter(tmp_path: Path) -> None:
    from tests.service.test_project_files import Crowd

    task = write_task(tmp_path / "Letters", ["кот", "пёс"])
    Crowd._letters(task, ["кот", "пёс", "дом"])
    place = Place(tmp_path / "home", task)
    rows = [toloka_row(0, "w1", "Кот."), toloka_row(1, "w1", "b"), toloka_row(0, "w2", "жираф")]
    found = place.studio.project_imports.bring(OWNER, write_toloka(tmp_path / "a.tsv", rows), place.task)
    said = [each.text for each in place.studio.audit.answers(OWNER, found.project)]
    assert said == ["A", "b", "жираф"]
    place.studio.close()


def test_a_lost_database_brings_the_imported_answers_back(place: Place, tmp_path: Path) -> None:
    found = place.studio.project_imports.bring(OWNER, toloka(tmp_path), place.task)
    before = place.studio.audit.answers(OWNER, found.project)
    place.studio.close()
    for path in place.home.glob("studio.sqlite*"):
        path.unlink()
    again = Place(place.home, Path(place.task))
    assert again.studio.audit.answers(OWNER, found.project) == before
    again.studio.close()


def test_only_a_lead_imports(place: Place, tmp_path: Path) -> None:
    path = toloka(tmp_path)
    with pytest.raises(NotAllowed, match="no_role"):
        place.studio.project_imports.bring(Viewer(), path, place.task)
