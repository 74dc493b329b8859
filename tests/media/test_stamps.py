"""When each frame of a clip is shown: told to a page out of the file's packets."""

import json
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import accumulate
from pathlib import Path

import pytest

from studio.core.content import Media
from studio.core.task import file_digest
from studio.media import publish
from studio.media.stamps import stamps

NTSC = Fraction(30_000, 1_001)
UNEVEN = list(accumulate([0] + [17, 40, 90, 33, 140] * 8))


def times(words: str) -> list[float]:
    """The beginnings of all frames and the end of the last, in seconds, as a page reads the words."""
    rate, first, *steps = words.split()
    told = [float(step) for run in steps for step, n in [run.split("*")] for _ in range(int(n))]
    return [tick / float(rate) for tick in accumulate(told, initial=float(first))]


@pytest.mark.parametrize("rate", [24, 25, NTSC, 60])
@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("a.webm", "libvpx-vp9")])
def test_an_even_rate_takes_one_step(clip: Callable[..., Path], rate, name, codec):
    words = stamps(clip(name, frames=90, rate=rate, codec=codec))
    found = times(words)
    assert words.count("*") == 1 and len(found) == 91
    assert found == pytest.approx([n / float(rate) for n in range(91)], abs=2e-3)


def test_frames_of_a_variable_rate_are_told_one_by_one(clip):
    found = times(stamps(clip("a.mp4", times=UNEVEN)))
    assert found[:-1] == pytest.approx([ms / 1_000 for ms in UNEVEN], abs=1e-3)
    assert found[-1] > found[-2]


def test_frames_that_are_shown_in_another_order_than_they_are_kept(clip):
    words = stamps(clip("a.mp4", rate=25, options={"bf": "3", "b-pyramid": "normal"}))
    assert times(words) == pytest.approx([n / 25 for n in range(51)], abs=1e-6)


def test_a_clip_with_too_many_different_steps_is_told_by_its_average(clip, monkeypatch):
    monkeypatch.setattr("studio.media.stamps._LONGEST", 40)
    found = times(stamps(clip("a.mp4", times=UNEVEN)))
    assert len(found) == len(UNEVEN) + 1
    assert found[-2] == pytest.approx(UNEVEN[-1] / 1_000, abs=1e-3)


def test_one_frame_has_an_end(clip):
    assert times(stamps(clip("a.mp4", frames=1, rate=25))) == pytest.approx([0, 0.04])


def test_a_file_without_frames_has_no_times(tmp_path: Path, sound):
    (tmp_path / "a.mp4").write_bytes(b"nothing of a clip")
    assert stamps(tmp_path / "a.mp4") == "" == stamps(sound("a.wav"))


def test_a_published_clip_says_when_its_frames_are_shown_and_reads_them_once(clip, tmp_path, monkeypatch):
    path, served = clip("a.mp4", rate=NTSC, frames=30), tmp_path / "served"
    medium = Media("video", "video", path, file_digest(path))
    assert publish(medium, served).note["stamps"] == "30000 0 1001*30"
    monkeypatch.setattr(import_module("studio.media.publish"), "stamps", None)
    assert publish(medium, served).note["stamps"] == "30000 0 1001*30"


def test_a_clip_that_an_older_studio_published_gets_its_times(clip, tmp_path):
    path, served = clip("a.mp4", rate=24), tmp_path / "served"
    medium = Media("video", "video", path, file_digest(path))
    publish(medium, served)
    (kept,) = served.glob("*.json")
    old = json.loads(kept.read_text())
    del old["note"]["stamps"]
    kept.write_text(json.dumps(old))
    found = publish(medium, served).note["stamps"]
    assert times(found) == pytest.approx([n / 24 for n in range(51)], abs=1e-6)
    assert json.loads(kept.read_text())["note"]["stamps"] == found


def test_a_clip_that_is_shown_in_another_form_tells_the_times_of_that_form(clip, tmp_path):
    path = clip("a.mp4", codec="mpeg4", rate=NTSC, frames=30)
    medium = Media("video", "video", path, file_digest(path))
    view = publish(medium, tmp_path / "served")
    assert view.note["converted"] == "h264"
    assert times(view.note["stamps"]) == pytest.approx([n * 1.001 / 30 for n in range(31)], abs=1e-4)
