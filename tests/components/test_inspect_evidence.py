"""What the model received, on Inspect's card: asked for when it is looked at, and worked by keys of any layout."""

import re

import pytest

from components.widgets.evidence import evidence_html
from studio.core.engine import Settings
from studio.core.errors import Problem
from studio.core.evidence import Evidence, SentFrame, SentPicture, SentSound
from studio.core.run import RunSpec
from tests.components.serving import Script
from tests.media.conftest import clip, picture, sound
from tests.support import SeeingEngine, scripted_studio, write_media_task

FUNCTION = "inspect_evidence"
PICTURE, SOUND, CLIP = 0, 1, 2  # their places in the run


def shown(lang="ru", **facts) -> str:
    given = {"place": 0, "modality": "image", "key": "image", "sha256": "a" * 64, "form": "made", **facts}
    return evidence_html(Evidence(**given), "./media/{}".format, lang)


# markup


def test_a_resized_picture_tells_both_sizes():
    html = shown(picture=SentPicture("evidence/x.png", 50, 37), native_size=(120, 90))
    assert "50×37" in html and "файл: 120×90" in html and './media/evidence/x.png"' in html


def test_a_file_that_went_as_it_is_needs_no_second_picture():
    html = shown(form="same", native_size=(40, 30))
    assert "этот файл, без изменений" in html and "40×30" in html and "<img" not in html


def test_frames_stand_on_the_timeline_where_they_were_taken():
    frames = (SentFrame(0, 0.0, "evidence/0.jpg"), SentFrame(24, 1.0, "evidence/1.jpg"))
    html = shown(modality="video", frames=frames, frame_size=(64, 48), n_frames=48, fps=24.0, whole_s=2.0)
    assert re.findall(r'ev-tick" style="left:([\d.]+)%', html) == ["0.000", "50.000"]
    assert "кадров: 2 из 48" in html and "24 кадра/с" in html and 'data-at="1.0"' in html


def test_a_clip_that_went_whole_says_that_its_frames_are_not_known():
    html = shown("en", modality="video", form="whole", sent_bytes=2_500_000)
    assert "whole (2.50\u00a0MB)" in html and "ev-frames" not in html and 'data-player="back"' in html


def test_what_the_model_did_not_hear_is_dimmed_from_there_on():
    drawn = SentSound("evidence/s.wav", 16_000, 1, 40.0, ((-1, 1),) * 4, "evidence/s.png", 8_000)
    html = shown(modality="audio", sound=drawn, heard_s=30.0)
    assert 'ev-unheard" style="left:75.000%"' in html and "только первые 30,00" in html


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("form", ["none", "unknown", "whole"])
def test_every_form_without_a_picture_has_words(form, lang):
    assert re.search(r'class="ev-note">[^<]{20,}<', shown(lang, form=form))


def test_a_changed_file_is_told_beside_what_was_kept_of_it():
    changed = Problem("media_changed", {"file": "<b>cat.png"})
    html = shown(picture=SentPicture("evidence/x.png", 5, 3), changed=changed)
    assert "&lt;b&gt;cat.png" in html and "из прежнего файла" in html
    html = shown(form="unknown", changed=changed, problem=changed)
    assert html.count("изменился") == 1 and "<img" not in html


# the page


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("evidence")


@pytest.fixture(scope="module")
def studio(folder):
    studio = scripted_studio(folder / "home", SeeingEngine(lambda asked: "да"), data=folder / "data")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def run(studio, folder):
    files = folder / "files"
    files.mkdir()
    media = {
        "image": [picture.__wrapped__(files)("a.png", size=(300, 200))],
        "audio": [sound.__wrapped__(files)("tone.wav", seconds=2.0, rate=44_100, channels=2)],
        "video": [clip.__wrapped__(files)("moves.mp4", frames=50, rate=10)],
    }
    task = write_media_task(folder / "Media", media)
    run_id = studio.start(RunSpec("our/model", (str(task),), settings=Settings(frames=4, image_max_side=100)))
    return studio.wait(run_id, timeout_s=60)


def samples(studio, run) -> list[int]:
    return [row.sample_id for row in studio.queue(run.id).rows]


def test_the_card_itself_makes_nothing(studio, run, script: Script):
    for sample in samples(studio, run):
        card = script.told("inspect_view", {"run": run.id, "sample": sample, "want": ["card"]})
        assert 'data-evidence="0"' in card["parts"]["card"]
    # What the browser asks for next is another question, and only of what stays before the eyes.
    told = script.told(FUNCTION, {"run": run.id, "sample": samples(studio, run)[PICTURE], "place": 0})
    assert "100×66" in told["html"]


def test_a_medium_that_is_not_there_is_refused_in_words(studio, run, script: Script):
    told = script.told(FUNCTION, {"run": run.id, "sample": samples(studio, run)[PICTURE], "place": 7})
    assert told["code"] == "evidence_no_medium" and "файла 8" in told["error"]


def opened(page, studio, run, place: int):
    page.set_default_timeout(60_000)
    page.goto(f"{page.base}inspect?run={run.id}&sample={samples(studio, run)[place]}")
    page.wait_for_selector(".ev-box")
    return page


@pytest.fixture
def page(browser_page, script):
    browser_page.base = str(script.client.base_url)
    return browser_page


def press(page, code: str, key: str, shift: bool = False) -> None:
    page.evaluate(
        "keys => document.dispatchEvent(new KeyboardEvent('keydown', {...keys, bubbles: true}))",
        {"code": code, "key": key, "shiftKey": shift},
    )


def at_frame(page, frame: int) -> None:
    page.wait_for_function(
        "frame => document.querySelector('.ev-now').textContent.startsWith(`кадр ${frame} `)", arg=frame
    )


@pytest.mark.browser
def test_frames_are_stepped_by_key_and_a_click_on_one_seeks_there(studio, run, page):
    opened(page, studio, run, CLIP)
    page.wait_for_function("() => document.querySelector('.st-fig video').readyState > 1")
    page.keyboard.press(".")
    at_frame(page, 1)
    press(page, "Period", "ю")
    at_frame(page, 2)
    press(page, "Comma", "б")
    at_frame(page, 1)
    page.click(".ev-frames li:nth-child(3) .ev-frame")
    at_frame(page, 33)
    assert page.get_attribute(".ev-frames li:nth-child(3) .ev-frame", "aria-current") == "true"
    page.fill(".ev-seek", "4.95")
    at_frame(page, 49)
    page.click(".ev-frames li:nth-child(2) .ev-whole")
    page.wait_for_selector(".in-zoom[open] img")
    assert page.evaluate("() => document.querySelector('.in-zoom img').getAttribute('width')") == "64"


@pytest.mark.browser
def test_a_sound_plays_by_key_its_playhead_moves_and_the_speed_stays(studio, run, page):
    opened(page, studio, run, SOUND)
    page.wait_for_function("() => document.querySelector('.ev-box audio').readyState > 0")
    heard = "() => document.querySelector('.ev-box audio')"
    press(page, "Comma", "Б", shift=True)
    press(page, "KeyP", "з")
    page.wait_for_function(
        "() => parseFloat(document.querySelector('.ev-track').style.getPropertyValue('--at')) > 0.02"
    )
    assert page.evaluate(f"({heard})().playbackRate") == 0.75
    assert page.evaluate("() => document.querySelector('.st-fig > audio').paused"), "one at a time"
    press(page, "KeyP", "з")
    page.wait_for_function(f"() => ({heard})().paused")
    box = page.locator(".ev-track").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    page.wait_for_function(f"() => Math.abs(({heard})().currentTime - 1) < 0.1")
    opened(page, studio, run, SOUND)
    assert page.evaluate(f"({heard})().playbackRate") == 0.75
    assert page.evaluate("() => document.querySelectorAll('.st-speed').length") == 1


@pytest.mark.browser
def test_a_picture_is_zoomed_to_its_own_pixels_and_compared_with_the_original(studio, run, page):
    opened(page, studio, run, PICTURE)
    width = "() => document.querySelector('.ev-pane img').getBoundingClientRect().width"
    page.click('[data-scale="4"]')
    page.wait_for_function(f"() => ({width})() === 400")
    page.click('[data-scale="1"]')
    page.wait_for_function(f"() => ({width})() === 100")
    sent = page.evaluate("() => document.querySelector('.ev-pane img').src")
    page.click("[data-original]")
    assert page.evaluate("() => document.querySelector('.ev-pane img').src") != sent
    assert page.get_attribute("[data-original]", "aria-pressed") == "true"
    page.click("[data-original]")
    assert page.evaluate("() => document.querySelector('.ev-pane img').src") == sent


@pytest.mark.browser
def test_looking_ahead_makes_nothing_of_the_next_sample(studio, run, page):
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.post_data or ""))
    first, second, _ = samples(studio, run)
    with page.expect_request(
        lambda sent: (
            "inspect_view" in (sent.post_data or "") and f'"sample":{second}' in (sent.post_data or "")
        )
    ):
        opened(page, studio, run, PICTURE)
    about = [post for post in asked if "inspect_evidence" in post]
    assert len(about) == 1 and f'"sample":{first}' in about[0]


@pytest.mark.browser
def test_an_address_takes_the_number_of_the_list_and_then_names_the_record(page, studio, run):
    page.goto(f"{page.base}inspect?run={run.id}&number=2")
    page.wait_for_selector(".in-card")
    second = samples(studio, run)[1]
    page.wait_for_url(f"**sample={second}*")
    assert "number=" not in page.url and "№ 2" in page.locator(".in-card").inner_text()
