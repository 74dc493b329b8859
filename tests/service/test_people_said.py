"""What annotators said of a sample: for reviewers and leads of that very project, and for nobody else a byte."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from components.pages.inspect_look import Look, asked_from
from components.pages.inspect_people import people_html
from studio.core.engine import Settings
from studio.core.people_said import ItemSaid
from studio.core.project import Submission
from studio.core.run import OWNER, RunSpec, SampleFilter, Viewer
from tests.service.test_organising import Place
from tests.support import write_task

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", ["кот", "пёс"]))
    yield made
    made.studio.close()


def project_of(place: Place) -> tuple[str, list[str]]:
    """Two say «кот», one «кит» with a comment, one skips; all four pass the second question over."""
    project = place.lead.make(OWNER, place.spec(overlap=4, controls=0.0, repeats=0.0))
    place.lead.set_state(OWNER, project, "open")
    people = [place.person(project, f"Имя{n}") for n in range(4)]
    for n, who in enumerate(people):
        for _ in range(2):
            asked = place.desk.standing(project, who).question
            assert asked is not None
            given = Submission(asked.item, 1, "skip", f"s{asked.item}", reason="broken")
            if asked.item == 1 and n < 3:
                text, comment = (("кот", ""), ("Кот.", ""), ("кит", HOSTILE))[n]
                given = Submission(1, 1, "answer", "a1", text, comment=comment, flagged=n == 2)
            place.desk.submit(project, who, given)
    return project, people


def run_of(place: Place, limit: int | None = None) -> tuple[str, int]:
    """A model's run of the task, and the sample of its first question."""
    run = place.studio.start(
        RunSpec("our/model", (place.task,), limit=limit, judge="none", settings=Settings())
    )
    place.studio.wait(run, timeout_s=60)
    return run, place.studio.queue(run, SampleFilter(), viewer=OWNER).rows[0].sample_id


def said(place: Place, viewer: Viewer = OWNER, limit: int | None = None) -> tuple[ItemSaid, ...]:
    return place.studio.people_said.of(*run_of(place, limit), viewer)


def test_the_distribution_times_skips_comments_and_flags_are_told(place: Place) -> None:
    project, _ = project_of(place)
    place.lead.adjudicate(OWNER, project, 1, "кот")
    (item,) = said(place)
    assert (item.project, item.item, item.counted, item.overlap, item.adjudicated) == (
        project,
        1,
        3,
        4,
        "кот",
    )
    assert [(told.text, told.n, told.right) for told in item.answers] == [("кот", 2, 1.0), ("кит", 1, 0.0)]
    assert item.share == pytest.approx(2 / 3) and item.skips == {"broken": 1}
    flagged = [each for each in item.said if each.flagged]
    assert [(each.number, each.comment) for each in flagged] == [(3, HOSTILE)]


def test_the_same_question_is_found_whatever_limit_its_task_was_read_with(place: Place) -> None:
    project, _ = project_of(place)
    assert [item.project for item in said(place, limit=1)] == [project]


def test_only_those_who_may_read_answers_of_that_project_get_them(place: Place) -> None:
    project, people = project_of(place)
    other = place.lead.make(OWNER, place.spec(title="Другой", controls=0.0, repeats=0.0))
    reviewer, stranger = place.person(project, "Рецензент"), place.person(other, "Чужой")
    place.members.give(OWNER, project, reviewer, "reviewer")
    place.members.give(OWNER, other, stranger, "lead")
    run, sample = run_of(place)

    def seen(viewer: Viewer) -> list[str]:
        return [item.project for item in place.studio.people_said.of(run, sample, viewer)]

    assert seen(Viewer()) == seen(Viewer(person=people[0])) == []
    assert seen(Viewer(person=reviewer)) == [project] and set(seen(OWNER)) == {project, other}
    assert seen(Viewer(person=stranger)) == [], (
        "invited people still answer this task in a project that is not his"
    )
    place.lead.set_state(OWNER, project, "closed")
    assert seen(Viewer(person=stranger)) == [other], "and then of his own project alone"


def test_a_page_of_inspect_holds_nothing_of_it_for_anybody_else(place: Place) -> None:
    project, people = project_of(place)
    reviewer = place.person(project, "Рецензент")
    place.members.give(OWNER, project, reviewer, "reviewer")
    run, sample = run_of(place)

    def sent(viewer: Viewer) -> str:
        asked = asked_from({"run": run, "sample": str(sample)})
        return json.dumps(
            Look(place.studio, asked, viewer, "ru", "./media/{}".format).answer(), ensure_ascii=False
        )

    marker = "onerror=alert(1)"
    assert marker in sent(Viewer(person=reviewer))
    for nobody in (Viewer(), Viewer(person=people[0])):
        told = sent(nobody)
        assert marker not in told and "in-people" not in told and project not in told


def test_people_are_numbers_and_what_they_wrote_is_no_markup(place: Place) -> None:
    _, people = project_of(place)
    html = people_html(said(place), "ru")
    assert "Человек 3" in html and "Имя" not in html and not any(person in html for person in people)
    assert HOSTILE not in html and "&lt;img src=x" in html
    assert "медиа не открылось" in html and "отмечен для ведущего" in html
    assert people_html((), "ru") == ""


def test_beside_a_run_of_people_an_answer_is_like_the_runs_and_no_models(place: Place) -> None:
    project_of(place)
    (item,) = said(place)
    same = replace(item, answers=tuple(replace(told, same=True) for told in item.answers))
    assert "как модель" in people_html([same], "ru") and "как модель" not in people_html(
        [same], "ru", of_people=True
    )
    assert "ответ прогона" in people_html([same], "ru", of_people=True)


def test_a_time_that_nobody_measured_is_not_told(place: Place) -> None:
    project_of(place)
    (item,) = said(place)
    quiet = replace(item, said=tuple(replace(each, took_s=0.0) for each in item.said))
    assert "обычно за" not in people_html([quiet], "ru") and "0 с<" not in people_html([quiet], "ru")


def test_exclusion_takes_an_answer_out_of_the_distribution_and_says_so(place: Place) -> None:
    project, people = project_of(place)
    place.lead.exclude(OWNER, project, people[0], "ошибки на контроле")
    (item,) = said(place)
    assert [(told.text, told.n) for told in item.answers] == [("Кот.", 1), ("кит", 1)]
    assert [each.excluded for each in item.said] == [True, False, False, False]


def test_the_file_of_a_run_of_people_holds_what_it_was_made_of_without_a_name(
    place: Place, tmp_path: Path
) -> None:
    project, people = project_of(place)
    place.lead.adjudicate(OWNER, project, 1, "кот")
    run = place.studio.baselines.make_runs(OWNER, project)[0]
    file = place.studio.export(run, tmp_path / "run.sqlite")
    with closing(sqlite3.connect(file)) as db:
        votes = db.execute("SELECT item, text, votes, of_votes FROM v_made_of_votes").fetchall()
        workers = db.execute("SELECT person, answered, skipped, counted FROM v_made_of_people").fetchall()
        beside = db.execute("SELECT person, text, run_answer, em, adjudicated FROM v_made_of").fetchall()
    assert sorted(votes) == [(1, "Кот.", 1, 3), (1, "кит", 1, 3), (1, "кот", 1, 3)]
    assert workers == [(1, 1, 1, 1), (2, 1, 1, 1), (3, 1, 1, 1), (4, 0, 2, 0)]
    assert beside[0] == (1, "кот", "кот", 1.0, "кот") and len(beside) == 3
    held = file.read_bytes()
    assert not any(text.encode() in held for text in ("Имя", HOSTILE, *people))


def test_who_may_not_read_peoples_answers_gets_the_run_without_them(place: Place, tmp_path: Path) -> None:
    project, _ = project_of(place)
    run = place.studio.baselines.make_runs(OWNER, project)[0]
    place.lead.set_state(OWNER, project, "closed")
    file = place.studio.export(run, tmp_path / "run.sqlite", Viewer())
    with closing(sqlite3.connect(file)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert not any(name.startswith(("made_of", "v_made_of")) for name in names)
