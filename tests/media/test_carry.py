"""Media as bytes for a server: MERA's four ways of handing them over, checked against what the published rules give."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.core.content import Box, Media, Modality
from studio.core.errors import MediaError
from studio.media import carry, keep_file, load_image

NOISE = np.random.default_rng(5)


def medium(path: Path, modality: Modality = "image") -> Media:
    return Media(modality, modality, path)


def pixels(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.fromarray(NOISE.integers(0, 255, (60, 90, 3), dtype=np.uint8)).save(path)
    return path


@pytest.fixture
def glass(tmp_path: Path) -> Path:
    """A picture with transparency: readers differ in what they put under it."""
    path = tmp_path / "glass.png"
    Image.fromarray(NOISE.integers(0, 255, (40, 30, 4), dtype=np.uint8), "RGBA").save(path)
    return path


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    path = tmp_path / "turned.jpg"
    image = Image.fromarray(NOISE.integers(0, 255, (20, 50, 3), dtype=np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(path, exif=exif)
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Half a second of stereo sound with 24 bits at 48 kHz."""
    path = tmp_path / "record.wav"
    soundfile.write(path, NOISE.normal(scale=0.1, size=(24_000, 2)), 48_000, subtype="PCM_24")
    return path


def test_a_plain_picture_is_sent_as_it_lies_in_its_file_and_named_truly(photo: Path) -> None:
    for load in ("object", "bytes", "base64", "files"):
        carried = carry(medium(photo), load)
        assert carried.data == photo.read_bytes()
        assert carried.mime == "image/jpeg"


@pytest.mark.parametrize("name", ["glass", "turned"])
def test_as_an_object_a_picture_is_what_every_engine_here_sees(name: str, request) -> None:
    path = request.getfixturevalue(name)
    carried = carry(medium(path), "object")
    assert carried.format == "png"
    assert np.array_equal(pixels(carried.data), np.asarray(load_image(path).image))


@pytest.mark.parametrize("name", ["glass", "turned"])
def test_as_bytes_a_picture_is_left_to_the_server(name: str, request) -> None:
    path = request.getfixturevalue(name)
    assert carry(medium(path), "bytes").data == path.read_bytes()


def test_a_resized_picture_is_the_published_rules_rgb_bicubic_png(glass: Path) -> None:
    """RGB first, then a bicubic fit that keeps the proportions, fractions cut off: 40 x 30 into 17 is 17 x 22."""
    with Image.open(glass) as image:
        published = image.convert("RGB").resize((17, 22), Image.Resampling.BICUBIC)
    carried = carry(medium(glass), "base64", Box(width=17))
    assert carried.mime == "image/png"
    assert np.array_equal(pixels(carried.data), np.asarray(published))


def test_a_box_larger_than_the_picture_changes_nothing(photo: Path) -> None:
    assert carry(medium(photo), "bytes", Box(max_side=4000)).data == photo.read_bytes()


def test_as_bytes_a_sound_is_16_bit_wav_at_its_own_rate_with_all_channels(record: Path) -> None:
    """As `load_media.py` does it: the decoded array written by soundfile, neither resampled nor mixed."""
    samples, rate = soundfile.read(record)
    published = io.BytesIO()
    soundfile.write(published, samples.astype(np.float32), rate, format="WAV")
    carried = carry(medium(record, "audio"), "bytes")
    assert carried.data == published.getvalue()
    assert carried.note["sent_rate"] == 48_000 and carried.note["channels"] == 2


def test_as_an_object_a_sound_is_mono_at_16_khz(record: Path) -> None:
    carried = carry(medium(record, "audio"), "object")
    info = soundfile.info(io.BytesIO(carried.data))
    assert (info.samplerate, info.channels, info.subtype, info.frames) == (16_000, 1, "PCM_16", 8_000)


def test_a_clip_is_sent_as_its_file_whatever_the_way(clip: Callable[..., Path]) -> None:
    path = clip("clip.mp4")
    for load in ("object", "bytes", "base64", "files"):
        assert carry(medium(path, "video"), load).data == path.read_bytes()


def test_a_file_is_named_by_its_content_and_written_once(photo: Path, tmp_path: Path) -> None:
    carried = carry(medium(photo), "files")
    first = keep_file(carried, tmp_path / "kept")
    stamp = first.stat().st_mtime_ns
    assert keep_file(carried, tmp_path / "kept") == first and first.stat().st_mtime_ns == stamp
    assert first.parent.name == "images" and first.suffix == ".jpg" and first.is_absolute()
    assert first.read_bytes() == photo.read_bytes()
    assert [file.name for file in first.parent.iterdir()] == [first.name]
    (plain := tmp_path / "plain").touch()
    assert first.stat().st_mode == plain.stat().st_mode, "a server may be another user"


def test_what_is_not_of_its_kind_is_refused(photo: Path, record: Path) -> None:
    for path, modality in ((record, "image"), (photo, "audio"), (photo, "video")):
        with pytest.raises(MediaError):
            carry(medium(path, modality), "bytes")
