"""A link of invitation in a browser: from the message in which it came to the first page of the work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.access import PERSON_COOKIE
from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.service import Studio
from studio.texts import LANGS
from tests.components.test_axe import grave
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder: Path = tmp_path_factory.mktemp("joining")
    made = scripted_studio(folder / "home", lambda asked: "да", data=folder / "no-demo")
    write_task(folder / "Things", ["да", "нет", "да"])
    made.folder = folder  # type: ignore[attr-defined]
    yield made
    made.close()


@pytest.fixture
def secret(studio: Studio) -> str:
    spec = ProjectSpec("Животные на снимках", str(studio.folder / "Things"))  # type: ignore[attr-defined]
    project = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, project, "open")
    return studio.members.invite(OWNER, project, "annotator")[1]


def test_somebody_joins_by_a_link_on_the_keyboard_works_under_his_name_and_leaves(
    studio: Studio, url: str, browser_page: Any, secret: str
) -> None:
    page = browser_page
    page.goto(f"{url}join/{secret}")
    assert page.get_by_role("heading", level=1).inner_text() == "Вас приглашают"
    assert page.evaluate("document.activeElement.id") == "jn-name"  # nothing to do but type
    page.keyboard.type("Аня")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annotate?project=*")
    page.get_by_text("Вы: Аня").wait_for()
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert kept[PERSON_COOKIE]["httpOnly"] and PERSON_COOKIE not in page.evaluate("document.cookie")
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/annotate")
    assert PERSON_COOKIE not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("lang", LANGS)
def test_a_long_name_in_the_header_leaves_the_links_their_line(
    url: str, browser_page: Any, secret: str, lang: str
) -> None:
    page = browser_page
    page.goto(f"{url}join/{secret}?lang={lang}")
    page.keyboard.type("Константин Константинопольский-Задунайский")
    page.keyboard.press("Enter")
    page.locator(".st-who-name").wait_for()
    for width, lines in ((1920, 1), (1440, 1), (1366, 1), (1280, 1), (390, 2)):
        page.set_viewport_size({"width": width, "height": 800})
        tops = page.evaluate(
            "[...new Set([...document.querySelectorAll('.st-nav a')].map((each) => each.offsetTop))].length"
        )
        wide = page.evaluate("document.querySelector('.st-who').getBoundingClientRect().right")
        assert tops == lines and wide <= width, width


def test_who_comes_back_by_his_link_goes_on_working_and_anybody_else_is_told_that_it_is_used(
    studio: Studio, url: str, browser_page: Any, browser: Any, secret: str
) -> None:
    page = browser_page
    page.goto(f"{url}join/{secret}")
    page.get_by_label("Ваше имя").fill("Боря")
    page.get_by_role("button", name="Войти в проект").click()
    page.wait_for_url("**/annotate?project=*")
    page.goto(f"{url}join/{secret}")
    page.wait_for_url("**/annotate?project=*")
    other = browser.new_context(locale="en-GB").new_page()
    other.goto(f"{url}join/{secret}?lang=en")
    assert (
        other.get_by_role("alert").inner_text()
        == "All places of this invitation are taken. Ask for a new one."
    )
    other.context.close()


def test_the_page_of_a_link_has_no_serious_fault_in_either_theme_or_width(
    url: str, browser: Any, secret: str
) -> None:
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 844}, locale="ru-RU"
        )
        page = context.new_page()
        page.goto(f"{url}join/{secret}")
        assert grave(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
