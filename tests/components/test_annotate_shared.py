"""Two people at one browser: nothing that one has written goes in the other's name, and nothing of it is lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from studio.access import PERSON_COOKIE
from studio.core.errors import NotAllowed
from studio.core.project import ProjectSpec
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from studio.texts import describe
from tests.components.keyboard import readable
from tests.components.serving import Script
from tests.support import scripted_studio, write_task

FUNCTION = "annotate_open"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("shared")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    studio.workplaces.own(str(write_task(folder / "Words", ["кот", "пёс", "3", "да"])), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def project(studio: Studio) -> str:
    rest: dict[str, Any] = {"overlap": 3, "controls": 0.0, "repeats": 0.0, "joining": "anyone"}
    made = studio.organising.make(OWNER, ProjectSpec("Общий проект", "Words", **rest))
    studio.organising.set_state(OWNER, made, "open")
    return made


def said(studio: Studio, project: str) -> list[tuple[str, str]]:
    return [(each.person, each.text) for each in studio._store.projects.standing(project)]


@pytest.mark.parametrize("function", ["annotate_answer", "annotate_skip", "annotate_draft", "annotate_undo"])
def test_what_a_page_of_somebody_else_sends_is_refused(
    studio: Studio, script: Script, project: str, function: str
) -> None:
    anna, peter = (
        {PERSON_COOKIE: studio.workplaces.join(Viewer(), project, name)} for name in ("Анна", "Пётр")
    )
    hers = script.told("annotate_open", {"project": project}, anna)
    script.told("annotate_open", {"project": project}, peter)
    sent = {
        "project": project, "person": hers["person"], "item": hers["question"]["item"], "occasion": 1,
        "client_id": "c1", "text": "кот", "reason": "broken",
    }  # fmt: skip
    refused = script.told(function, sent, peter)
    assert refused["code"] == "other_person"
    assert refused["error"] == describe(NotAllowed("other_person"), "ru")
    assert said(studio, project) == []
    assert "error" not in script.told(function, sent, anna)


@pytest.mark.browser
def test_an_answer_waits_for_its_writer_while_another_person_is_signed_in(
    studio: Studio, browser_page: Any, url: str, project: str
) -> None:
    page = browser_page
    page.set_default_timeout(60_000)
    page.goto(f"{url}annotate?project={project}")
    page.fill('.an-door input[name="name"]', "Анна")
    page.keyboard.press("Enter")
    readable(page)
    page.fill("textarea[name=answer]", "ответ Анны")
    anna = next(one for one in page.context.cookies() if one["name"] == PERSON_COOKIE)
    token = studio.workplaces.join(Viewer(), project, "Пётр")
    page.context.add_cookies([{**anna, "value": token}])
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.an-error').textContent.includes('другой человек')")
    assert page.input_value("textarea[name=answer]") == "ответ Анны"
    page.reload()
    readable(page)
    assert page.input_value("textarea[name=answer]") == "", "Peter begins with an empty field"
    assert said(studio, project) == []
    page.context.add_cookies([anna])
    page.reload()
    page.wait_for_function(
        "() => document.querySelector('[data-words]')?.textContent.includes('Ваших ответов: 1')"
    )
    person = studio.members.signed_in(anna["value"])
    assert person is not None and said(studio, project) == [(person.id, "ответ Анны")]
