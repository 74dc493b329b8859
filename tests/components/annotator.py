"""What tests of an annotator's pages share: a studio with a question of each kind, a project over it, what is told."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.service import Studio
from studio.texts import t
from tests.components.serving import write_mixed_task
from tests.components.test_axe import STILL
from tests.service.test_dialogues_of_people import write_talk
from tests.support import scripted_studio

FRAME = '{"intent": "PlayMusic", "slots": [{"artist": "земфира"}, {"datetime": "утром"}]}'
GUIDE = "Отвечайте **сами**.\n\n## Примеры\n\nНа картинке кот — пишите «кот»."
# Each question by its words: its kind, what is answered.
ANSWERS = {
    "Что на картинке?": ("letter", "B"),
    "Кто на картинке?": ("short", "кот"),
    "Сколько будет дважды два?": ("number", "-4,5"),
    "Выбери намерение.": ("frame", FRAME),
    "Где тише?": ("letter", "A"),
    "Что движется?": ("short", "круг"),
}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("session")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    for task in (write_mixed_task(folder / "Mixed"), write_talk(folder / "Talk")):
        studio.workplaces.own(str(task), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def page(browser_page: Any) -> Any:
    browser_page.set_default_timeout(60_000)
    return browser_page


@pytest.fixture
def project(studio: Studio) -> Callable[..., str]:
    """A project over one question of each kind, with training and instructions."""

    def make(task: str = "Mixed", size: int | None = None, guide: str = GUIDE, **rest: Any) -> str:
        spec = {"overlap": 3, "controls": 0.0, "repeats": 0.0, "pass_mark": 0.0, **rest}
        made = studio.organising.make(OWNER, ProjectSpec("Проба пера", task, **spec), size=size)
        if guide:
            studio.organising.instruct(OWNER, made, guide)
        studio.organising.set_state(OWNER, made, "open")
        return made

    return make


@pytest.fixture
def invited(studio: Studio, url: str) -> Callable[[str], str]:
    """The address of an invitation to a project."""
    return lambda project: f"{url}join/{studio.members.invite(OWNER, project, 'annotator')[1]}"


def settled(page: Any) -> None:
    page.wait_for_function(STILL)


def held(page: Any, script: str) -> Any:
    return page.evaluate(f"(() => {{ const one = document.activeElement; return {script}; }})()")


def question_of(page: Any) -> str:
    return str(page.inner_text("#an-question"))


def moved_on(page: Any, before: str) -> None:
    page.wait_for_function(
        "before => document.querySelector('#an-question')?.textContent.trim() !== before", arg=before
    )


@pytest.fixture
def still(browser: Any) -> Iterator[Any]:
    """A page on which nothing moves, so that no colour is caught in the middle of a transition."""
    context = browser.new_context(locale="ru-RU", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    yield page
    page.unroute_all(behavior="ignoreErrors")  # a reply may still be on its way
    context.close()


def rows(studio: Studio, project: str) -> list[tuple[str, str, int]]:
    return studio._store.db.tuples(
        "SELECT action, COALESCE(text, reason, ''), COALESCE(flagged, 0) FROM responses WHERE project_id = ?"
        " ORDER BY n",
        (project,),
    )


def names(page: Any) -> dict[str, list[str]]:
    """Roles and names of the browser's own tree of accessibility."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found: dict[str, list[str]] = {}
    for node in tree:
        if not node.get("ignored"):
            role = node.get("role", {}).get("value", "")
            found.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    return found


NAMED = ("button", "link", "textbox", "radio", "radiogroup", "dialog", "progressbar", "image", "combobox", "group",
         "Audio", "Video", "region", "searchbox", "slider")  # fmt: skip


def all_named(page: Any) -> None:
    """Nothing that can be worked with, or looked at, is without a name."""
    found = names(page)
    bare = {
        role: said for role in NAMED if (said := [name for name in found.get(role, []) if not name.strip()])
    }
    bare.pop("group", None)  # plain groups of the browser's own controls
    assert not bare


def headings(page: Any) -> list[int]:
    return [
        int(level)
        for level in page.evaluate(
            "() => [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility() &&"
            " !one.closest('dialog:not([open])')).map((one) => one.tagName[1])"
        )
    ]


def heard(page: Any, words: str) -> None:
    """The live region says it."""
    page.wait_for_function(
        "words => [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')]"
        ".some((one) => one.textContent.includes(words))",
        arg=words,
    )


def skip_by_role(page: Any, lang: str) -> None:
    page.get_by_role("button", name=t("annotate.skip", lang)).click()
    dialog = page.get_by_role("dialog", name=t("annotate.skip.title", lang))
    dialog.get_by_role("button", name=re.compile(f"^{t('annotate.skip.confirm', lang)}")).click()
    heard(page, t("annotate.skip.missing", lang))
    dialog.get_by_role("radio", name=t("annotate.skip.broken", lang)).check()
    dialog.get_by_role("button", name=re.compile(f"^{t('annotate.skip.confirm', lang)}")).click()


def replies(page: Any) -> list[str]:
    """What the server says to the page's script from now on, as it arrives."""
    told: list[str] = []

    def passed_on(route: Any) -> None:
        reply = route.fetch()
        told.append(reply.text())
        route.fulfill(response=reply)

    page.route("**/component_server/", passed_on)
    return told
