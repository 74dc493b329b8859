"""A whole task answered on one's own: what everybody will see of it is told before, and chosen."""

from collections.abc import Iterator

import pytest

from components.pages.annotate import Desk
from studio.core.errors import BadInput
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from tests.components.serving import write_letter_task
from tests.components.test_annotate_page import NOBODY, OPTIONS, give, shared
from tests.support import scripted_studio, write_task

FUNCTION = "annotate_shown"  # of the page whose script the tests are


@pytest.fixture
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Letters: 2 questions A-C. Words: 2 short ones."""
    folder = tmp_path_factory.mktemp("own")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    for task in (
        write_letter_task(folder / "Letters", ["A", "B"], OPTIONS),
        write_task(folder / "Words", ["кот", "пёс"]),
    ):
        studio.workplaces.own(str(task), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def desk(studio: Studio) -> Desk:
    return Desk(studio, "ru")


def through(studio: Studio, desk: Desk, who: Viewer, project: str) -> str:
    """Answers everything. The end, as it is shown."""
    told = desk.open(who, {"project": project})
    while told["question"]:
        told = give(desk, who, told, "кот")
    return str(told["html"])


@pytest.mark.parametrize(("chosen", "model"), [("Сова", "Сова"), (" ", "person:")])
def test_whoever_came_by_invitation_chooses_the_name_that_all_will_see_before_the_first_question(
    studio: Studio, desk: Desk, chosen: str, model: str
) -> None:
    _, secret = studio.members.invite(OWNER, shared(studio, joining="invited"), "annotator")
    person = studio.members.signed_in(studio.members.redeem(secret, "Аня Смирнова", NOBODY)[1])
    assert person is not None
    who, own = Viewer(person=person.id), studio.workplaces.own("Letters")
    before = {run.id for run in studio.runs()}
    studio.workplaces.join(who, own, "")
    for _ in range(2):  # a reload asks again
        door = desk.open(who, {"project": own})["door"]
        assert f'data-shown="{own}"' in door and 'value="Аня Смирнова"' in door and "увидят все" in door
    held = "SELECT COUNT(*) FROM turns WHERE person_id = ?"
    assert studio._store.db.scalar(held, (person.id,)) == 0, "no question before it is told"
    with pytest.raises(BadInput, match="bad_annotator"):
        desk.shown(who, {"project": own, "name": "я" * 81})
    desk.shown(who, {"project": own, "name": chosen})
    through(studio, desk, who, own)
    (run,) = [run for run in studio.runs() if run.id not in before]
    assert run.model.startswith(model) and "Смирнова" not in repr(run)
    assert studio.members.name(who) == "Аня Смирнова", "in the other project he is called as before"


def test_a_name_told_for_a_whole_task_is_not_asked_twice_and_goes_with_its_person(
    studio: Studio, desk: Desk
) -> None:
    own = studio.workplaces.own("Letters")
    person = studio.members.signed_in(studio.workplaces.join(NOBODY, own, "Глеб"))
    assert person is not None
    who = Viewer(person=person.id)
    assert desk.open(who, {"project": own})["question"]
    studio.members.erase(OWNER, person.id)
    assert studio._store.people.shown_as(own, person.id) == ""


def test_answers_that_cannot_be_inspected_yet_say_why_and_till_when(studio: Studio, desk: Desk) -> None:
    own = studio.workplaces.own("Letters")
    person = studio.members.signed_in(studio.workplaces.join(NOBODY, own, "Лев"))
    assert person is not None
    who, other = Viewer(person=person.id), shared(studio, "Letters", joining="invited")
    shut = through(studio, desk, who, own)
    assert "Разобрать ответы пока нельзя" in shut and "inspect" not in shut and other not in shut
    studio.organising.set_state(OWNER, other, "closed")
    html = desk.open(who, {"project": own})["html"]
    assert "Разобрать ответы пока нельзя" not in html
    (run,) = [run for run in studio.runs() if run.model == "Лев"]
    assert f"inspect?run={run.id}" in html
