"""Whoever may have seen gold answers nothing that counts, and when gold lay open to everybody stays known."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components.pages.annotate import Desk
from components.pages.organise_look import looked
from studio.core.errors import NotAllowed
from studio.core.project import ProjectSpec, Role, Submission
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from tests.support import scripted_studio, write_task

VISITOR = Viewer()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[[], Studio]]:
    """Starts a studio over one home; the one before is stopped."""
    running: list[Studio] = []
    write_task(tmp_path / "data" / "demo" / "Things", ["да", "нет", "да"])

    def start() -> Studio:
        for each in running:
            each.close()
        running[:] = [scripted_studio(tmp_path / "home", {}, data=tmp_path / "data")]
        return running[0]

    yield start
    for each in running:
        each.close()


@pytest.fixture
def studio(process: Callable[[], Studio]) -> Studio:
    return process()


def opened(studio: Studio, **spec: Any) -> str:
    plain = {"controls": 0.0, "repeats": 0.0, "overlap": 3, **spec}
    made = studio.organising.make(OWNER, ProjectSpec("Проект", "Things", **plain))
    studio.organising.set_state(OWNER, made, "open")
    return made


def joined(studio: Studio, project: str, role: Role = "annotator", who: Viewer = VISITOR) -> Viewer:
    _, secret = studio.members.invite(OWNER, project, role)
    _, token = studio.members.redeem(secret, "Аня", who)
    found = studio.members.signed_in(token)
    return Viewer(person=found.id) if found else who


def answer(studio: Studio, project: str, who: Viewer, text: str = "да") -> None:
    asked = studio.workplaces.standing(who, project).question
    assert asked is not None
    given = Submission(asked.item, asked.occasion, "answer", f"c{asked.item}", text)
    studio.workplaces.submit(who, project, given)


def refused(studio: Studio, project: str, who: Viewer) -> None:
    """Every way to an answer is shut; the page says why, and names no question."""
    for act in (
        lambda: studio.workplaces.standing(who, project),
        lambda: studio.workplaces.submit(who, project, Submission(1, 1, "answer", "c1", "да")),
        lambda: studio.workplaces.undo(who, project, "назад"),
        lambda: studio.workplaces.ahead(who, project),
    ):
        with pytest.raises(NotAllowed, match="sees_gold"):
            act()
    told = Desk(studio, "ru").open(who, {"project": project})
    assert "отвечать нельзя" in told["door"] and "question" not in told
    assert project not in {each.project for each in studio.workplaces.offered(who).mine}


@pytest.mark.parametrize("role", ["reviewer", "lead"])
def test_a_reviewer_and_a_lead_are_asked_nothing_in_their_project(studio: Studio, role: Role) -> None:
    project = opened(studio)
    who = joined(studio, project, role)
    refused(studio, project, who)
    joined(studio, project, "annotator", who)
    refused(studio, project, who)
    assert studio.boards.board(OWNER, project).done == 0


def test_gold_is_not_forgotten_with_the_role(studio: Studio) -> None:
    project = opened(studio)
    who = joined(studio, project, "reviewer")
    studio.members.give(OWNER, project, who.person, "annotator")
    refused(studio, project, who)


def test_a_reviewer_of_one_project_answers_in_no_other_of_its_task(studio: Studio) -> None:
    who = joined(studio, opened(studio), "reviewer")
    other, anyones = opened(studio), opened(studio, joining="anyone")
    _, secret = studio.members.invite(OWNER, other, "annotator")
    with pytest.raises(NotAllowed, match="sees_gold"):
        studio.members.redeem(secret, "", who)
    assert studio.members.invitation(secret).used == 0, "the place is left for somebody else"
    with pytest.raises(NotAllowed, match="sees_gold"):
        studio.members.join_open(anyones, "", who)
    refused(studio, other, who)


def test_a_lead_of_the_whole_studio_answers_nowhere_and_is_told_why(studio: Studio) -> None:
    project = opened(studio, joining="anyone")
    who = joined(studio, "", "lead")
    refused(studio, project, who)


def test_what_was_answered_before_one_became_a_reviewer_counts(studio: Studio) -> None:
    project = opened(studio)
    who = joined(studio, project)
    answer(studio, project, who)
    studio.members.give(OWNER, project, who.person, "reviewer")
    refused(studio, project, who)
    assert studio.boards.board(OWNER, project).done == 1


def test_a_question_that_was_begun_before_is_not_answered_after(studio: Studio) -> None:
    project = opened(studio)
    who = joined(studio, project)
    asked = studio.workplaces.standing(who, project).question
    assert asked is not None
    studio.members.give(OWNER, project, who.person, "reviewer")
    with pytest.raises(NotAllowed, match="sees_gold"):
        studio.workplaces.submit(who, project, Submission(asked.item, asked.occasion, "answer", "late", "да"))
    assert studio.boards.board(OWNER, project).done == 0


def test_an_owner_who_answers_sees_no_gold_on_his_own_pages(studio: Studio) -> None:
    project = opened(studio)
    answering = replace(joined(studio, project), role="owner")

    def page(who: Viewer) -> str:
        address = {"project": project, "tab": "items", "item": "1"}
        return "".join(looked(studio, address, who, str, "ru")["parts"].values())

    assert "data-gold" in page(OWNER) and "data-gold" not in page(answering)
    assert "Эталон скрыт" in page(answering)
    answer(studio, project, answering)
    assert studio.boards.board(OWNER, project).done == 1
    studio.organising.set_state(OWNER, project, "closed")
    assert "data-gold" in page(answering)


def test_when_gold_lay_open_outlives_the_database(process: Callable[[], Studio], tmp_path: Path) -> None:
    studio = process()
    project = opened(studio)
    who = joined(studio, project, "reviewer")
    assert studio.organising.project(OWNER, project).gold_open == ()
    for state in ("paused", "closed", "closed", "open", "paused", "open", "closed"):
        studio.organising.set_state(OWNER, project, state)  # type: ignore[arg-type]
    found = studio.organising.project(OWNER, project).gold_open
    (since, until), (again, still) = found
    assert until is not None and since <= until <= again and still is None
    studio.close()
    home = tmp_path / "home"
    for file in home.glob("studio.sqlite*"):
        shutil.move(file, home / f"lost-{file.name}")
    studio = process()
    assert studio.organising.project(OWNER, project).gold_open == found
    refused(studio, project, who)
