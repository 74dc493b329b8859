"""What a browser is given: a whole file of a format that it shows, under a name that says nothing."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from studio.core.content import Media
from studio.core.task import file_digest
from studio.media import check, load_audio, load_frames, load_image, probe, publish, thumbnail


def medium(path: Path, modality: str) -> Media:
    return Media(modality, modality, path, file_digest(path) if path.is_file() else "")  # type: ignore[arg-type]


@pytest.fixture
def served(tmp_path: Path) -> Path:
    return tmp_path / "served"


def test_a_picture_is_published_under_its_hash(picture, served):
    media = medium(picture("secret-answer.png"), "image")
    view = publish(media, served)
    assert view.file == f"{media.sha256[:32]}.png" and view.problem is None
    assert (view.note["width"], view.note["height"]) == (40, 30)
    assert load_image(served / view.file).image.size == (40, 30)
    assert "secret" not in "".join(path.name + path.read_text(errors="ignore") for path in served.iterdir())


def test_publishing_again_writes_nothing(picture, served):
    media = medium(picture("a.png"), "image")
    first = publish(media, served)
    before = {path.name: path.stat().st_mtime_ns for path in served.iterdir()}
    assert publish(media, served) == first
    assert {path.name: path.stat().st_mtime_ns for path in served.iterdir()} == before


def test_a_file_that_went_missing_is_published_again(picture, served):
    media = medium(picture("a.png"), "image")
    view = publish(media, served)
    (served / view.file).unlink()
    assert publish(media, served) == view and (served / view.file).is_file()


def test_many_at_once_end_with_one_whole_file(picture, served):
    from concurrent.futures import ThreadPoolExecutor

    media = medium(picture("a.png", size=(600, 600)), "image")
    with ThreadPoolExecutor(8) as pool:
        views = set(map(str, pool.map(lambda _: publish(media, served), range(32))))
    assert len(views) == 1
    assert sorted(path.suffix for path in served.iterdir()) == [".json", ".png"]


def test_the_extension_follows_the_content(picture, served):
    path = picture("a.png")
    assert publish(medium(path.rename(path.with_suffix(".jpg")), "image"), served).file.endswith(".png")


@pytest.mark.parametrize("name", ["a.tiff", "a.bmp"])
def test_formats_that_browsers_do_not_show_become_png(picture, served, name):
    view = publish(medium(picture(name), "image"), served)
    assert probe(served / view.file).format == "png" and view.file.endswith(".png")


def test_a_huge_picture_is_shown_reduced_and_its_true_size_noted(picture, served):
    view = publish(medium(picture("a.jpg", size=(6000, 3000)), "image"), served)
    assert (view.note["width"], view.note["shown_width"]) == (6000, 2048)
    assert load_image(served / view.file).image.size == (2048, 1024)


def test_an_animation_stays_animated(tmp_path, served):
    from PIL import Image

    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    view = publish(medium(tmp_path / "a.gif", "image"), served)
    assert probe(served / view.file).frames == view.note["frames"] == 2


# --- metadata ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_loses_what_it_tells_and_keeps_its_orientation(tmp_path, served, orientation):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112], exif[0x0110], exif[0x010E] = orientation, "SecretPhone", "the answer is B"
    path = tmp_path / "a.jpg"
    Image.effect_noise((40, 20), 90).save(path, exif=exif, comment=b"SecretComment")
    view = publish(medium(path, "image"), served)
    data = (served / view.file).read_bytes()
    assert b"Secret" in path.read_bytes() and b"Secret" not in data and b"answer" not in data
    shown, stored = load_image(served / view.file).image, load_image(path).image
    assert shown.size == stored.size == ((20, 40) if orientation == 6 else (40, 20))
    assert shown.tobytes() == stored.tobytes()


def test_a_png_loses_its_texts(tmp_path, served):
    from PIL import Image, PngImagePlugin

    texts = PngImagePlugin.PngInfo()
    texts.add_text("prompt", "SecretPrompt")
    texts.add_itxt("more", "SecretMore", zip=False)
    Image.new("RGB", (8, 8), "red").save(tmp_path / "a.png", pnginfo=texts)
    view = publish(medium(tmp_path / "a.png", "image"), served)
    assert b"Secret" not in (served / view.file).read_bytes()
    assert load_image(served / view.file).image.getpixel((0, 0)) == (255, 0, 0)


def test_a_wav_loses_its_title_and_keeps_its_samples(sound, served):
    path = sound("a.wav")
    title = b"LIST" + struct.pack("<I", 18) + b"INFOINAM" + struct.pack("<I", 6) + b"Secret"
    data = path.read_bytes() + title
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    view = publish(medium(path, "audio"), served)
    assert b"Secret" not in (served / view.file).read_bytes()
    assert np.array_equal(load_audio(served / view.file).wave, load_audio(path).wave)


def test_an_mp3_loses_its_tags(sound, served):
    path = sound("a.mp3")
    tag = b"ID3\x04\0\0\0\0\0\x10TIT2\0\0\0\x06\0\0Secret"
    path.write_bytes(tag + path.read_bytes() + b"TAG" + b"Secret".ljust(125, b"\0"))
    view = publish(medium(path, "audio"), served)
    data = (served / view.file).read_bytes()
    assert b"Secret" not in data and view.file.endswith(".mp3")
    assert len(load_audio(served / view.file).wave) > 10_000


# --- sounds and clips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "save", "shown"),
    [
        ("a.wav", {"subtype": "PCM_24"}, "wav"),
        ("a.wav", {"subtype": "ALAW"}, "wav"),
        ("a.flac", {}, "flac"),
        ("a.aiff", {}, "wav"),
        ("a.ogg", {}, "ogg"),
    ],
)
def test_sounds_are_published_in_what_browsers_play(sound, served, name, save, shown):
    view = publish(medium(sound(name, rate=48_000, **save), "audio"), served)
    facts = probe(served / view.file)
    assert view.file.endswith(f".{shown}") and facts.format == shown
    assert facts.codec not in {"ALAW"}
    assert (view.note["sample_rate"], view.note["duration_s"]) == (48_000, pytest.approx(1, abs=0.1))


def test_an_h264_mp4_is_published_as_it_is(clip, served):
    path = clip("a.mp4")
    view = publish(medium(path, "video"), served)
    assert (served / view.file).read_bytes() == path.read_bytes()
    assert (view.note["width"], view.note["duration_s"]) == (64, 5.0)


@pytest.mark.parametrize(
    ("name", "codec", "tone", "how"),
    [
        ("a.avi", "mpeg4", False, "h264"),
        ("a.mp4", "mpeg4", True, "h264"),
        ("a.mov", "libx264", True, "copied"),
        ("a.mkv", "libx264", False, "h264"),
        ("a.mpg", "mpeg2video", False, "h264"),
    ],
)
def test_other_clips_become_h264_in_mp4(clip, served, name, codec, tone, how):
    rate = 25 if codec == "mpeg2video" else 10
    path = clip(name, codec=codec, tone=tone, rate=rate)
    view = publish(medium(path, "video"), served)
    assert view.problem is None and view.file.endswith(".mp4") and view.note["converted"] == how
    facts = probe(served / view.file)
    assert (facts.codec, facts.pixel_format, facts.format) == ("h264", "yuv420p", "mp4")
    assert facts.duration_s == pytest.approx(50 / rate, abs=0.3)
    data = (served / view.file).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # plays while it loads
    before, after = load_frames(path, 5), load_frames(served / view.file, 5)
    assert after.note["frames"] == pytest.approx(before.note["frames"], abs=1)
    for a, b in zip(before.frames, after.frames, strict=True):
        assert np.asarray(a).mean() == pytest.approx(np.asarray(b).mean(), abs=8)
    if tone:
        assert len(load_audio(served / view.file).wave) == pytest.approx(80_000, abs=8000)


def test_a_clip_filmed_sideways_is_shown_upright(clip, served):
    path = clip("a.mp4", codec="mpeg4", size=(64, 32))
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40  # the matrix, after the version-0 fields
    data[at : at + 36] = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 32 << 16, 0, 1 << 30)
    path.write_bytes(data)
    view = publish(medium(path, "video"), served)
    facts = probe(served / view.file)
    assert (facts.width, facts.height) == (32, 64)
    shown, given = load_frames(served / view.file, 2), load_frames(path, 2)
    assert [frame.size for frame in given.frames] == [frame.size for frame in shown.frames]


def test_a_large_clip_is_shown_smaller(clip, served):
    path = clip("a.avi", codec="mpeg4", size=(1920, 1080), frames=3)
    view = publish(medium(path, "video"), served)
    assert (probe(served / view.file).width, view.note["width"]) == (1280, 1920)


# --- trouble ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modality", ["image", "audio", "video"])
@pytest.mark.parametrize(
    ("content", "code"), [(None, "media_missing"), (b"", "media_empty"), (b"text " * 99, "media_unknown")]
)
def test_what_cannot_be_shown_has_a_problem_instead_of_a_file(tmp_path, served, modality, content, code):
    path = tmp_path / "a.bin"
    if content is not None:
        path.write_bytes(content)
    view = publish(medium(path, modality), served)
    assert view.file is None and view.problem is not None and view.problem.code == code
    problem = check(medium(path, modality))
    assert problem is not None and problem.code == code


def test_a_broken_medium_leaves_nothing_behind(picture, cut, served, clip):
    pictures = medium(cut(picture("a.png", size=(300, 300), color=(1, 2, 3)), 0.5), "image")
    clips = medium(cut(clip("a.avi", codec="mpeg4"), 0.5), "video")
    for media in (pictures, clips):
        view = publish(media, served)
        assert view.file is None and view.problem is not None
        assert view.problem.code in {"media_truncated", "media_broken"}
    assert list(served.iterdir()) == []


def test_a_medium_of_another_kind_is_a_problem(picture, served):
    media = medium(picture("a.png"), "video")
    view = publish(media, served)
    assert view.problem == check(media)
    assert view.problem is not None and view.problem.code == "media_not_video"


def test_a_whole_medium_has_no_problem(picture, sound, clip):
    for path, modality in ((picture("a.png"), "image"), (sound("a.wav"), "audio"), (clip("a.mp4"), "video")):
        assert check(medium(path, modality)) is None


def test_a_folder_that_cannot_be_written_is_a_problem(picture, tmp_path):
    (tmp_path / "file").touch()
    view = publish(medium(picture("a.png"), "image"), tmp_path / "file" / "served")
    assert view.problem is not None and view.problem.code == "media_not_shown"


def test_thumbnails_are_small_and_made_once(picture, sound, clip, served):
    for path in (picture("a.png", size=(400, 200)), clip("a.mp4"), sound("a.wav")):
        made = thumbnail(path, 48, served)
        assert max(load_image(made).image.size) == 48
        stamp = made.stat().st_mtime_ns
        assert thumbnail(path, 48, served) == made and made.stat().st_mtime_ns == stamp


def test_the_note_beside_a_file_is_json(picture, served):
    view = publish(medium(picture("a.png"), "image"), served)
    (note,) = served.glob("*.json")
    assert json.loads(note.read_text())["file"] == view.file
