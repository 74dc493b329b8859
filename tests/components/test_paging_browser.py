"""Paging through questions with media in a real browser: what comes next is there before it is asked for, and what is
past is let go."""

from typing import Any
from urllib.parse import unquote

import pytest

from tests.components.serving import serving, write_sound_task
from tests.media.conftest import clip, picture, sound
from tests.support import SeeingEngine, write_media_task
from tests.two_models import ran, studio_of

pytestmark = pytest.mark.browser
SOUNDS = 8
MODELS = {name: SeeingEngine(lambda asked: "A") for name in ("our/one", "our/two")}


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    studio = studio_of(tmp_path_factory.mktemp("paging") / "home", MODELS)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def url(studio):
    with serving(studio) as url:
        yield url


@pytest.fixture(scope="module")
def sounds(studio, tmp_path_factory):
    task = write_sound_task(tmp_path_factory.mktemp("sounds") / "Tones", SOUNDS)
    return ",".join(ran(studio, model, task) for model in MODELS)


@pytest.fixture(scope="module")
def mixed(studio, tmp_path_factory):
    """Two runs over pictures, sounds and clips, two of each."""
    folder = tmp_path_factory.mktemp("mixed")
    media = {
        "image": [picture.__wrapped__(folder)(f"{n}.png", size=(120 + n, 80)) for n in range(2)],
        "audio": [sound.__wrapped__(folder)(f"{n}.wav", seconds=1 + n) for n in range(2)],
        "video": [clip.__wrapped__(folder)(f"{n}.mp4", frames=12 + n) for n in range(2)],
    }
    task = write_media_task(folder / "Mixed", media)
    return ",".join(ran(studio, model, task) for model in MODELS)


def alive(page: Any, kind: str) -> int:
    """How many objects of a kind the page still holds, those that nothing shows any more included."""
    tools = page.context.new_cdp_session(page)
    tools.send("HeapProfiler.collectGarbage")
    prototype = tools.send("Runtime.evaluate", {"expression": f"{kind}.prototype"})["result"]["objectId"]
    found = tools.send("Runtime.queryObjects", {"prototypeObjectId": prototype})["objects"]["objectId"]
    count = {
        "functionDeclaration": "function () { return this.length }",
        "objectId": found,
        "returnByValue": True,
    }
    told = tools.send("Runtime.callFunctionOn", count)["result"]["value"]
    tools.detach()
    return int(told)


def test_sounds_that_one_has_passed_are_let_go(browser_page, url, sounds):
    page = browser_page
    page.goto(f"{url}compare?runs={sounds}")
    for number in range(1, SOUNDS + 1):
        page.get_by_text(f"{number} из {SOUNDS}").wait_for()
        page.locator(".cp-card canvas").wait_for()
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelectorAll('canvas').length === 1")
    for _ in range(50):
        if alive(page, "HTMLCanvasElement") == 1:
            break
        page.wait_for_timeout(100)
    assert alive(page, "HTMLCanvasElement") == 1


@pytest.mark.parametrize("page_of", ["inspect?run={one}", "compare?runs={both}"])
@pytest.mark.parametrize("place", range(1, 6))
def test_the_medium_of_the_next_question_is_fetched_while_this_one_is_read(
    browser_page, studio, url, mixed, page_of, place
):
    one = mixed.split(",")[0]
    before, following = (row.sample_id for row in studio.queue(one).rows[place - 1 : place + 1])
    (medium,) = studio.card(one, following).media
    there = page_of.format(one=one, both=mixed)
    with browser_page.expect_request_finished(lambda request: str(medium.file) in unquote(request.url)):
        browser_page.goto(f"{url}{there}&sample={before}")
    shown = browser_page.locator(".in-card").get_attribute("data-sample")
    assert shown == str(before)  # nobody has pressed a key yet
