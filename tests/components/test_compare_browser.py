"""Runs side by side in a real browser: keys under any layout, numbers as doors, marks that outlive a redrawing."""

import pytest

from tests.components.serving import serving
from tests.support import write_task
from tests.two_models import ran, studio_of

pytestmark = pytest.mark.browser
GOLDS = ["кот", "пёс", "да", "нет"] * 4
MODELS = {
    "our/one": lambda asked: f"ОТВЕТ {GOLDS[(asked.key - 1) % 16]}" if asked.key % 4 else "не знаю",
    "our/two": lambda asked: f"ОТВЕТ {GOLDS[(asked.key - 1) % 16]}" if asked.key % 2 else "ОТВЕТ собака",
}


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    home = tmp_path_factory.mktemp("beside")
    studio = studio_of(home / "home", MODELS)
    task = write_task(home / "Things", GOLDS)
    for model in MODELS:
        ran(studio, model, task)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio):
    return [run.id for run in reversed(studio.runs())]


@pytest.fixture(scope="module")
def url(studio):
    with serving(studio) as url:
        yield url


def place(page) -> str:
    return str(page.locator(".in-place").inner_text())


def press(page, code: str, letter: str) -> None:
    """A key by its place, as a Russian layout sends it: the letter is another."""
    page.evaluate(
        "([code, key]) => document.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true}))",
        [code, letter],
    )


def test_one_walks_with_keys_of_any_layout_and_the_address_keeps_up(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}compare?runs={','.join(runs)}")
    page.locator(".cp-card").wait_for()
    assert place(page) == "1 из 16"
    page.keyboard.press("ArrowRight")
    page.get_by_text("2 из 16").wait_for()
    press(page, "KeyJ", "о")
    page.get_by_text("3 из 16").wait_for()
    press(page, "KeyE", "у")
    page.wait_for_url("**only=em**")
    page.get_by_text("из 4").wait_for()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.locator(".cp-card").wait_for()
    assert "из 4" in place(page)


def test_a_number_of_the_table_is_a_door_and_back_leads_back(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}compare?runs={','.join(runs)}")
    page.locator(".cp-total .cp-win").first.click()
    page.wait_for_url("**only=em**")
    page.locator(".cp-chosen").wait_for()
    page.go_back()
    page.get_by_text("1 из 16").wait_for()
    assert page.locator(".cp-chosen").count() == 0


def test_a_phone_shows_it_all_without_a_sideways_scroll(browser_page, url, runs):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{url}en-compare?runs={','.join(runs)}")
    page.locator(".cp-card").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".cp-wtl").first.is_visible()


def test_runs_are_marked_in_their_list_and_compared(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}runs")
    boxes = page.locator("[data-compare]")
    boxes.nth(0).check()
    assert not page.locator(".st-compare a").is_visible()
    boxes.nth(1).check()
    page.locator(".st-compare a").click()
    page.locator(".cp-card").wait_for()
    assert set(page.evaluate("new URLSearchParams(location.search).get('runs')").split(",")) == set(runs)


def test_the_filter_is_completed_as_one_types_and_narrows_the_questions(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}compare?runs={','.join(runs)}")
    page.locator(".cp-card").wait_for()
    box = page.locator("#in-where")
    box.press_sequentially("em:")
    page.locator(".in-offers li").first.wait_for()
    assert [each.strip() for each in page.locator(".in-offer-label").all_inner_texts()][:2] == ["1", "0"]
    box.press("ArrowDown")
    box.press("Tab")
    page.get_by_text("1 из 12").wait_for()
    assert "where=em%3A1" in page.url
    box.fill("")
    box.press("Enter")
    page.get_by_text("1 из 16").wait_for()
