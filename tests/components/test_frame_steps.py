"""A step by a key is one frame of the clip, at any rate, even or not: what stands on the screen is looked at."""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from studio.core.project import ProjectSpec
from studio.core.run import OWNER, RunSpec
from studio.service import Studio
from tests.components.keyboard import press
from tests.media.conftest import clip
from tests.support import scripted_studio

pytestmark = pytest.mark.browser
FRAMES = 40
UNEVEN = list(accumulate([0] + [17, 40, 90, 33, 140] * 8))[:FRAMES]
CLIPS: dict[str, dict[str, Any]] = {
    "24 в секунду": {"rate": 24},
    "25 в секунду": {"rate": 25},
    "29,97 в секунду": {"rate": Fraction(30_000, 1_001)},
    "60 в секунду": {"rate": 60},
    "как придётся": {"times": UNEVEN},
}
# Frame i is grey of value 4·i. What a canvas reads is what is on the screen.
SHOWN = """() => {
  const clip = document.querySelector('.st-fig video');
  if (clip.seeking || clip.readyState < 2) return -1;
  const pen = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }).getContext('2d');
  pen.drawImage(clip, 0, 0, 8, 8);
  return Math.round(pen.getImageData(4, 4, 1, 1).data[0] / 4);
}"""


def write_clips(folder: Path) -> Path:
    samples = folder / "samples"
    samples.mkdir(parents=True)
    records = []
    for number, (name, given) in enumerate(CLIPS.items()):
        options = {"crf": "10", "bf": "0" if "times" in given else "2"}
        # Chromium shows a wrong frame after a seek where frames of uneven rate are also stored out of order.
        clip.__wrapped__(samples)(f"{number}.mp4", frames=FRAMES, options=options, **given)
        inputs = {"video": f"samples/{number}.mp4", "question": name}
        instruction = "<video>\n{question}\nОдно слово."
        records.append({"instruction": instruction, "inputs": inputs, "outputs": "x", "meta": {"id": number}})
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    (folder / "dataset_meta.json").write_text('{"answer_type": "short"}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("steps")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    studio.workplaces.own(str(write_clips(folder / "Clips")), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def page(browser_page: Any) -> Any:
    browser_page.set_default_timeout(60_000)
    return browser_page


def on_screen(page: Any, frame: int) -> None:
    page.wait_for_function(f"frame => ({SHOWN})() === frame", arg=frame)


def walk(page: Any) -> None:
    """Forth by ten, one at a time, back by four; a leap to the end stops at the last frame."""
    page.wait_for_function("() => document.querySelector('.st-fig video').readyState >= 2")
    for frame in range(1, 11):
        press(page, "Period")
        on_screen(page, frame)
    for frame in range(9, 5, -1):
        press(page, "Comma")
        on_screen(page, frame)
    for _ in range(FRAMES):
        press(page, "Period")
    on_screen(page, FRAMES - 1)
    press(page, "Comma")
    on_screen(page, FRAMES - 2)


def test_the_annotator_steps_by_the_clips_own_frames(studio: Studio, page: Any, url: str) -> None:
    spec = ProjectSpec("Кадры", "Clips", overlap=1, controls=0.0, repeats=0.0)
    made = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, made, "open")
    page.goto(f"{url}join/{studio.members.invite(OWNER, made, 'annotator')[1]}")
    page.fill("[name=name]", "Анна")
    page.keyboard.press("Enter")
    seen = set()
    for _ in CLIPS:
        page.locator("[data-answer]").wait_for()
        seen.add(asked := page.inner_text("#an-question"))
        page.evaluate("document.querySelector('#an-question').focus()")
        walk(page)
        page.fill("[name=answer]", "кадр")
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "asked => document.querySelector('#an-question')?.textContent.trim() !== asked", arg=asked
        )
    assert seen == set(CLIPS)


def test_inspect_steps_by_them_too_and_names_the_frame(studio: Studio, page: Any, url: str) -> None:
    run = studio.start(RunSpec("our/model", ("Clips",)))
    studio.wait(run, timeout_s=60)
    for row in studio.queue(run).rows:
        page.goto(f"{url}inspect?run={run}&sample={row.sample_id}")
        page.wait_for_selector(".ev-now")
        walk(page)
        said = page.inner_text(".ev-now")
        assert said.startswith(f"кадр {FRAMES - 2} "), said
