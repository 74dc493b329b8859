"""The fold «SQL» in a browser: filled when opened, for the address as it is, anew when the filter changes; copied."""

import pytest

from studio.core.run import RunSpec
from tests.components.serving import serving
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The address of Inspect over a finished run."""
    home = tmp_path_factory.mktemp("sql")
    studio = scripted_studio(home / "home", lambda asked: "ОТВЕТ да", data=home / "no-demo")
    task = write_task(home / "Pairs", ["да", "да", "нет"])
    run = studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=30)
    with serving(studio) as url:
        yield f"{url}inspect?run={run.id}"
    studio.close()


def test_the_fold_shows_the_statement_of_the_filter_and_follows_it(browser_page, place):
    page, asked = browser_page, []
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{place}&where=number%3A2..3")
    page.locator(".in-queue a, .in-queue button").first.wait_for(timeout=PATIENCE_MS)
    assert not [url for url in asked if "/sql/" in url], "a fold that nobody opens asks for nothing"
    page.locator(".st-sql summary").click()
    queue = page.locator(".st-sql pre").last
    queue.filter(has_text="rs.number >= 2").wait_for(timeout=PATIENCE_MS)
    assert page.locator(".st-sql a").count() == 2, "the run, and what the filter leaves"
    page.locator(".st-sql button").last.click()
    page.locator(".st-sql button", has_text="Скопировано").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == queue.text_content()
    page.locator("#in-where").fill("number:1")
    page.locator("#in-where").press("Enter")
    page.locator(".st-sql pre").filter(has_text="rs.number = 1").wait_for(timeout=PATIENCE_MS)
