"""What is shown as what the model received: the very pixels and samples, made once, kept within a limit."""

import os
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from studio.core.content import Box, Media
from studio.core.errors import MediaError
from studio.core.task import file_digest
from studio.media import Asked, Exhibits, carry, load_audio, load_frames, load_image, publish
from studio.media.spectrum import outline, spectrum
from studio.media.video import frame_times


def medium(path: Path, modality: str) -> Media:
    return Media(modality, modality, path, file_digest(path))  # type: ignore[arg-type]


@pytest.fixture
def served(tmp_path: Path) -> Path:
    return tmp_path / "served"


def pixels(path: Path) -> np.ndarray:
    return np.asarray(load_image(path).image)


# pictures


def test_a_resized_picture_is_shown_as_the_pixels_that_were_sent(picture, served):
    box = Box(max_side=50)
    media = medium(picture("a.png", size=(120, 90), color=(200, 40, 10)), "image")
    made = Exhibits(served).picture(media, Asked(box))
    assert (made.width, made.height) == (50, 37)
    assert (pixels(served / made.file) == np.asarray(load_image(media.path, box).image)).all()


def test_a_picture_that_goes_as_it_is_needs_no_copy(picture, served):
    exhibits, media = Exhibits(served), medium(picture("a.png"), "image")
    assert exhibits.picture(media, Asked()) is None
    assert exhibits.picture(media, Asked()) is None, "also when it is remembered"


def test_what_has_transparency_is_shown_on_the_white_that_the_model_saw(picture, served):
    media = medium(picture("a.png", mode="RGBA", color=(0, 0, 0, 0)), "image")
    made = Exhibits(served).picture(media, Asked())
    assert (pixels(served / made.file) == 255).all()


# sounds


def test_a_sound_is_shown_at_the_rate_that_was_sent(sound, served):
    media = medium(sound("a.wav", seconds=1.5, rate=44_100, channels=2), "audio")
    made = Exhibits(served).sound(media, Asked(rate=16_000))
    assert (made.rate, made.channels, made.seconds, made.top_hz) == (16_000, 1, 1.5, 8_000)
    assert (served / made.file).read_bytes() == carry(media).data
    assert load_image(served / made.spectrum).image.width == 151, "a column every 10 ms"


def test_a_sound_sent_with_its_own_rate_and_channels_keeps_them(sound, served):
    media = medium(sound("a.wav", rate=22_050, channels=2), "audio")
    made = Exhibits(served).sound(media, Asked(load="bytes", rate=22_050))
    assert (made.rate, made.channels) == (22_050, 2)
    assert (served / made.file).read_bytes() == carry(media, "bytes").data


def test_a_tone_is_brightest_at_its_pitch_and_silence_is_dark():
    time = np.arange(16_000) / 16_000
    low, high = (
        spectrum(np.sin(2 * np.pi * hertz * time).astype(np.float32), 16_000) for hertz in (440, 4_000)
    )
    rows = [int(values.sum(axis=1).argmax()) for values in (low, high)]
    assert rows[0] > rows[1], "low pitches lie below"
    assert low.max() == 255
    assert not spectrum(np.zeros(16_000, np.float32), 16_000).any()


def test_the_pitch_lies_where_the_scale_says(sound):
    from components.widgets.evidence import _mel

    wave = load_audio(sound("a.wav")).wave  # 440 Hz
    values = spectrum(wave, 16_000)
    height = 1 - (int(values.sum(axis=1).argmax()) + 0.5) / len(values)
    assert height == pytest.approx(_mel(440) / _mel(8_000), abs=0.03)


@pytest.mark.parametrize("samples", [0, 1, 7, 400, 100_000])
def test_any_length_is_drawn(samples):
    wave = np.ones(samples, np.float32)
    assert spectrum(wave, 16_000).shape[1] <= 1_000
    assert len(outline(wave)) <= 600


def test_the_outline_keeps_the_peaks():
    wave = np.zeros(6_000, np.float32)
    wave[3_005], wave[5_999] = 0.5, -1.0
    drawn = outline(wave, 600)
    assert (drawn[300], drawn[599]) == ((0, 50), (-100, 0))
    assert set(drawn[:300]) == {(0, 0)}


# clips


def test_a_clips_frames_are_those_that_were_taken_at_their_times(clip, served):
    media = medium(clip("a.mp4", frames=50, rate=10), "video")
    made = Exhibits(served).clip(media, Asked(n_frames=4))
    assert [frame.index for frame in made.frames] == [0, 16, 33, 49]
    assert [frame.at_s for frame in made.frames] == pytest.approx([0, 1.6, 3.3, 4.9])
    assert (made.size, made.n_frames, made.fps, made.seconds) == ((64, 48), 50, 10.0, 5.0)
    for frame in made.frames:
        grey = pixels(served / frame.file).mean()
        assert grey == pytest.approx(4 * frame.index, abs=4), "the picture is of that very frame"


def test_a_frame_opens_as_the_pixels_that_were_sent(clip, served):
    box = Box(max_side=32)
    media = medium(clip("a.mp4"), "video")
    made = Exhibits(served).frame(media, Asked(box, n_frames=4), 2)
    sent = load_frames(media.path, 4, box).frames[2]
    assert (made.width, made.height) == sent.size == (32, 24)
    assert (pixels(served / made.file) == np.asarray(sent)).all()


def test_frames_of_a_clip_without_an_index_have_times_too(clip):
    path = clip("a.mpg", codec="mpeg2video", rate=25)
    assert frame_times(path, [0, 10]) == pytest.approx([0.0, 0.4])


# what is kept


def test_what_was_made_is_not_made_again(sound, served):
    exhibits, media = Exhibits(served), medium(sound("a.wav", rate=8_000), "audio")
    first = exhibits.sound(media, Asked())
    before = {path.name: path.read_bytes() for path in (served / "evidence").iterdir()}
    media.path.unlink()
    assert exhibits.has(media, Asked())
    assert exhibits.sound(media, Asked()) == first, "the original is not even read"
    assert {path.name: path.read_bytes() for path in (served / "evidence").iterdir()} == before


def test_another_form_is_another_file(picture, served):
    exhibits, media = Exhibits(served), medium(picture("a.png", size=(200, 100)), "image")
    small, large = (exhibits.picture(media, Asked(Box(max_side=side))) for side in (40, 80))
    assert (small.width, large.width) == (40, 80) and small.file != large.file


def test_names_say_nothing(picture, served):
    exhibits = Exhibits(served)
    made = exhibits.picture(
        medium(picture("gold-is-cat.png", size=(99, 80)), "image"), Asked(Box(max_side=9))
    )
    everything = "".join(
        path.name + path.read_text(errors="ignore") for path in (served / "evidence").iterdir()
    )
    assert "cat" not in everything and "cat" not in str(asdict(made))


def test_the_longest_unseen_goes_first_and_the_newest_stays(picture, served):
    exhibits = Exhibits(served, limit_bytes=1)
    first = exhibits.picture(medium(picture("a.png", size=(90, 90)), "image"), Asked(Box(max_side=30)))
    second = exhibits.picture(medium(picture("b.png", size=(91, 90)), "image"), Asked(Box(max_side=30)))
    assert not (served / first.file).exists() and (served / second.file).is_file()


def test_looking_keeps_a_file_from_going(picture, served):
    small = Exhibits(served)
    media = [medium(picture(f"{n}.png", size=(90 + n, 90)), "image") for n in range(3)]
    asked = Asked(Box(max_side=30))
    made = [small.picture(each, asked) for each in media]
    for age, each in enumerate(made):
        for path in (served / "evidence").glob(f"{Path(each.file).stem}.*"):
            os.utime(path, (1_000 + age, 1_000 + age))
    small.picture(media[0], asked)  # looked at again: the second is now the oldest
    size = sum(path.stat().st_size for path in (served / "evidence").iterdir())
    last = medium(picture("last.png", size=(95, 90)), "image")
    Exhibits(served, limit_bytes=size - 1).picture(last, asked)
    assert (served / made[0].file).is_file() and not (served / made[1].file).exists()


def test_a_lost_file_is_made_again(picture, served):
    exhibits, media = Exhibits(served), medium(picture("a.png", size=(90, 90)), "image")
    made = exhibits.picture(media, Asked(Box(max_side=30)))
    (served / made.file).unlink()
    assert exhibits.picture(media, Asked(Box(max_side=30))) == made and (served / made.file).is_file()


def test_a_broken_clip_is_refused_and_leaves_nothing(clip, cut, served):
    media = medium(cut(clip("a.mp4"), 0.3), "video")
    with pytest.raises(MediaError):
        Exhibits(served).clip(media, Asked(n_frames=4))
    assert [path.suffix for path in (served / "evidence").iterdir()] == []


def test_a_file_that_changed_is_never_published_under_the_old_hash(picture, served):
    media = medium(picture("a.png"), "image")
    picture("a.png", size=(77, 66), color="blue")
    view = publish(media, served)
    assert view.file is None and view.problem.code == "media_changed"


def test_what_was_published_before_is_still_what_the_run_saw(picture, served):
    media = medium(picture("a.png"), "image")
    view = publish(media, served)
    picture("a.png", size=(77, 66), color="blue")
    assert publish(media, served) == view and load_image(served / view.file).image.size == (40, 30)
