"""Who is signed in, in the header of pages for people's work."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from components.links import PAGES
from components.widgets.header import FOR_PEOPLE, header_html
from components.widgets.signed import signed_html
from studio.access import KEY_COOKIE, PERSON_COOKIE
from studio.core.project import ProjectSpec
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from studio.texts import LANGS
from tests.components.serving import Script
from tests.support import scripted_studio, write_task

FUNCTION = "header_who"
KEY = "key-0123456789"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder: Path = tmp_path_factory.mktemp("signed")
    made = scripted_studio(folder / "home", lambda asked: "да", data=folder / "no-demo")
    made.settings = replace(made.settings, owner_key=KEY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def token(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> str:
    task = write_task(tmp_path_factory.mktemp("task") / "Things", ["да"])
    project = studio.organising.make(OWNER, ProjectSpec("Проект", str(task)))
    _, secret = studio.members.invite(OWNER, project, "annotator")
    return studio.members.redeem(secret, "Аня <b>П.</b>", Viewer())[1]


def test_a_name_stands_beside_the_way_out_and_is_no_markup(script: Script, token: str) -> None:
    html = script.told(FUNCTION, cookies={PERSON_COOKIE: token})["html"]
    assert "Вы: Аня &lt;b&gt;П.&lt;/b&gt;" in html and 'action="./leave?lang=ru"' in html and "Выйти" in html


def test_the_owner_is_told_so_and_a_visitor_nothing(script: Script) -> None:
    assert "владелец студии" in script.told(FUNCTION, cookies={KEY_COOKIE: KEY})["html"]
    assert script.told(FUNCTION)["html"] == ""
    assert script.told(FUNCTION, cookies={PERSON_COOKIE: "strange"})["html"] == ""


@pytest.mark.parametrize("lang", LANGS)
def test_only_pages_for_peoples_work_ask_who_it_is(lang) -> None:
    assert FOR_PEOPLE & set(PAGES)
    for page in PAGES:
        assert ("data-who" in header_html(page, lang)) is (page in FOR_PEOPLE)
        assert "data-who" in header_html(page, lang, keyed=True), (
            "with a key somebody may be the owner on any page"
        )


def test_where_one_signs_in_by_hugging_face_one_comes_back_to_the_same_page() -> None:
    html = signed_html("", "en", login_for='/en-annotate?project=b1&x="')
    assert "./login/huggingface?_target_url=%2Fen-annotate%3Fproject%3Db1%26x%3D%22" in html
    assert "Sign in with Hugging Face" in html and signed_html("", "en") == ""
