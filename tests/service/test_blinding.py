"""Which tasks are kept from whom, as projects begin, go on and end; nothing of it waits for a restart."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, RunSpec, Viewer
from studio.service import Studio
from tests.support import scripted_studio, write_task

VISITOR = Viewer()


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = scripted_studio(tmp_path / "home", lambda asked: "да", data=tmp_path / "no-demo")
    yield made
    made.close()


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "Things", ["да", "нет", "да"]))


def project_of(studio: Studio, task: str, **spec: Any) -> str:
    plain = {"controls": 0.0, "repeats": 0.0, **spec}
    made = studio.organising.make(OWNER, ProjectSpec("Проект", task, **plain))
    studio.organising.set_state(OWNER, made, "open")
    return made


def joined(studio: Studio, project: str, role: str = "annotator") -> Viewer:
    _, secret = studio.members.invite(OWNER, project, role)  # type: ignore[arg-type]
    person = studio.members.signed_in(studio.members.redeem(secret, "Аня", VISITOR)[1])
    assert person is not None
    return Viewer(person=person.id)


def answered(studio: Studio, project: str, who: Viewer, times: int) -> None:
    for _ in range(times):
        asked = studio.answering.standing(project, who.person).question
        assert asked is not None
        given = Submission(asked.item, asked.occasion, "answer", f"{who.person}-{asked.item}", "да")
        studio.answering.submit(project, who.person, given)


def test_a_project_of_invited_people_blinds_from_its_opening_to_its_end(studio: Studio, task: str) -> None:
    project = studio.organising.make(OWNER, ProjectSpec("Проект", task))
    anya = joined(studio, project)
    seen = []
    for state in ("draft", "open", "paused", "closed", "open"):
        studio.organising.set_state(OWNER, project, state)  # type: ignore[arg-type]
        seen.append((bool(studio.blinded(anya)), bool(studio.blinded(VISITOR)), bool(studio.blinded(OWNER))))
    going = (True, True, False)
    assert seen == [(True, False, False), going, going, (False, False, False), going]


def test_who_answers_where_anyone_may_sees_gold_once_he_has_answered_all(studio: Studio, task: str) -> None:
    project = project_of(studio, task, joining="anyone", overlap=2)
    person = studio.members.signed_in(studio.members.join_open(project, "Аня", VISITOR))
    assert person is not None
    anya = Viewer(person=person.id)
    assert studio.blinded(anya) == {"Things"} and not studio.blinded(VISITOR)
    answered(studio, project, anya, 2)
    assert studio.blinded(anya) == {"Things"}
    answered(studio, project, anya, 1)
    assert not studio.blinded(anya)


def test_where_all_places_are_taken_nothing_is_left_to_be_blind_for(studio: Studio, task: str) -> None:
    project = project_of(studio, task, joining="anyone", overlap=1)
    first, late = (
        Viewer(person=person.id)
        for token in [studio.members.join_open(project, name, VISITOR) for name in ("Аня", "Боря")]
        if (person := studio.members.signed_in(token))
    )
    answered(studio, project, first, 3)
    assert not studio.blinded(late)


def test_a_role_changes_what_is_seen_at_once(studio: Studio, task: str) -> None:
    project = project_of(studio, task)
    anya = joined(studio, project)
    assert studio.blinded(anya) == {"Things"}
    studio.members.give(OWNER, project, anya.person, "reviewer")
    assert not studio.blinded(anya)
    assert studio.blinded(replace(joined(studio, project), role="owner")) == {"Things"}


def test_a_reviewer_of_one_project_is_a_visitor_of_another(studio: Studio, task: str) -> None:
    reviewer = joined(studio, project_of(studio, task), "reviewer")
    assert not studio.blinded(reviewer)
    project_of(studio, task)
    assert studio.blinded(reviewer) == {"Things"}


def test_whoever_takes_an_answer_back_after_the_end_is_blinded_again_and_both_answers_are_kept(
    studio: Studio, task: str
) -> None:
    project = project_of(studio, task, joining="anyone", overlap=2)
    person = studio.members.signed_in(studio.members.join_open(project, "Аня", VISITOR))
    assert person is not None
    anya = Viewer(person=person.id)
    answered(studio, project, anya, 3)
    assert not studio.blinded(anya)
    back = studio.answering.undo(project, anya.person, "назад").question
    assert back is not None and studio.blinded(anya) == {"Things"}
    given = Submission(back.item, back.occasion, "answer", "снова", "нет")
    studio.answering.submit(project, anya.person, given)
    assert not studio.blinded(anya)
    said = [each for each in studio.audit.answers(OWNER, project) if each.item == back.item]
    assert [(each.action, each.text or "") for each in said] == [
        ("answer", "да"), ("undo", ""), ("answer", "нет"),
    ]  # fmt: skip


def run_of(studio: Studio, *tasks: str) -> str:
    run = studio.start(RunSpec("our/model", tasks))
    studio.wait(run, timeout_s=30)
    return run


def test_the_same_records_under_another_name_are_hidden_too(
    studio: Studio, task: str, tmp_path: Path
) -> None:
    copy = str(write_task(tmp_path / "Copy", ["нет", "да"]))  # its gold is not even the same
    project = project_of(studio, task)
    anya = joined(studio, project)
    assert studio.blinded(anya) == {"Things"}
    run = run_of(studio, copy)
    assert studio.blinded(anya) == studio.blinded(VISITOR) == {"Things", "Copy"}
    sample = studio.queue(run).rows[0].sample_id
    shown = studio.card(run, sample, anya)
    assert shown.gold is None and shown.answer is None and studio.card(run, sample).gold == "нет"
    studio.organising.set_state(OWNER, project, "closed")
    assert studio.card(run, sample, anya).gold == "нет"


def test_a_task_without_a_question_in_common_is_not_hidden(studio: Studio, task: str, tmp_path: Path) -> None:
    first = project_of(studio, str(write_task(tmp_path / "One", ["да"])))
    others = write_task(tmp_path / "Others", ["да"] * 3)
    data = json.loads((others / "test.json").read_text(encoding="utf-8"))
    del data["data"][0]
    (others / "test.json").write_text(json.dumps(data), encoding="utf-8")
    anya = joined(studio, first)
    run_of(studio, str(others))
    assert studio.blinded(anya) == {"One"}
    run_of(studio, task)
    assert studio.blinded(anya) == {"One", "Things"}


def test_a_copy_stays_hidden_while_the_project_waits_for_its_own_questions(
    studio: Studio, task: str, tmp_path: Path
) -> None:
    """A wiped disk: the journal is back, the project's folder is not, the copy was loaded anew."""
    project = project_of(studio, task)
    copy = shutil.copytree(task, tmp_path / "Copy")
    studio._store.db.connection().execute("UPDATE project_items SET sample_id = NULL")
    assert studio._store.projects.unbound(project) == 3
    run_of(studio, str(copy))
    assert studio.blinded(VISITOR) == {"Things", "Copy"}
