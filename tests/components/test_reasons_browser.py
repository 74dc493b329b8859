"""Reasons in a real browser: grouping, naming and moving by keys of any layout, doors, undo."""

from urllib.parse import parse_qs, urlparse

import pytest

from studio.core.reasons import GroupingSpec
from tests.components.serving import serving
from tests.components.test_compare_browser import press
from tests.components.test_reasons_page import GOLDS, MODELS
from tests.support import write_task
from tests.two_models import ran, studio_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    home = tmp_path_factory.mktemp("reasons")
    studio = studio_of(home / "home", MODELS)
    task = write_task(home / "Things", GOLDS)
    for model in MODELS:
        ran(studio, model, task)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def url(studio):
    with serving(studio) as url:
        yield url


@pytest.fixture(scope="module")
def runs(studio):
    return [run.id for run in reversed(studio.runs())]


def test_a_run_is_grouped_from_its_page(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}reasons?run={runs[0]}")
    page.locator(".gp-form").wait_for()
    page.locator("[name='where']").fill("em:0")
    page.locator("[name='where']").press("Escape")
    page.evaluate("document.activeElement.blur()")
    press(page, "KeyG", "п")
    page.locator(".gp-card").first.wait_for()
    assert "book=" in page.url
    page.get_by_text("сгруппировано заново").wait_for()
    press(page, "KeyG", "п")
    assert page.evaluate("document.activeElement.matches('details[open] .gp-form button')")


@pytest.fixture
def grouped(studio, runs):
    studio.reasons.start(GroupingSpec((runs[1],), "em:0"))
    return studio.reasons.jobs.wait((runs[1],)).kept


def test_groups_are_edited_by_keys_of_any_layout_and_taken_back(browser_page, url, studio, runs, grouped):
    page = browser_page
    page.goto(f"{url}reasons?run={runs[1]}")
    page.locator(".gp-card").first.wait_for()
    before = page.locator(".gp-card h3").all_inner_texts()
    press(page, "KeyJ", "о")
    assert page.evaluate("document.activeElement.dataset.group") == str(
        studio.reasons.groups.kept(grouped).groups[0].number
    )
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    press(page, "KeyL", "д")
    page.wait_for_function("window.copied")
    address = parse_qs(urlparse(page.evaluate("window.copied")).query)
    assert address["group"] == [page.evaluate("document.activeElement.dataset.group")]
    assert "group=" not in page.url, "the link opens the group, the page stays as it is"
    page.keyboard.press("r")
    page.locator(".gp-ask [name='name']").fill("мелочь")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="мелочь").wait_for()
    page.get_by_text("названа «мелочь»").first.wait_for()
    page.keyboard.press("x")
    assert page.locator(".gp-picked").is_visible()
    page.keyboard.press("n")
    page.locator(".gp-ask [name='name']").fill("мелочь")
    page.keyboard.press("Enter")
    page.locator(".gp-ask .st-alert").get_by_text("уже есть").wait_for()
    page.locator(".gp-ask [name='name']").fill("своя")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="своя").wait_for()
    assert page.locator(".gp-picked").is_hidden()
    for _ in range(2):
        words = page.locator("[data-status]").inner_text()
        press(page, "KeyZ", "я")
        page.wait_for_function(
            "(was) => document.querySelector('[data-status]').textContent !== was", arg=words
        )
        page.wait_for_function("!document.querySelector('.gp-root').hasAttribute('aria-busy')")
    assert page.locator(".gp-card h3").all_inner_texts() == before


def test_a_number_opens_its_answers_on_inspect(browser_page, url, runs, grouped):
    page = browser_page
    page.goto(f"{url}reasons?run={runs[1]}")
    number = page.locator(".gp-card .gp-size b").first
    n = int(number.inner_text())
    number.click()
    page.locator(".in-row").first.wait_for()
    assert page.locator(".in-row").count() == n
    assert "group" in page.url
