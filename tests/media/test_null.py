"""Empty media: of the form of the original to the pixel, the sample and the frame, and with nothing in them."""

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.core.content import Media
from studio.core.errors import MediaError
from studio.core.task import file_digest
from studio.media import load_audio, load_frames, load_image, null_medium


def medium(kind, path):
    return Media(kind, kind, path, file_digest(path))


@pytest.mark.parametrize(("size", "mode", "name"), [((40, 30), "RGB", "a.jpg"), ((7, 501), "RGBA", "b.png")])
def test_a_picture_becomes_grey_of_the_same_size(tmp_path, picture, size, mode, name):
    empty = null_medium(medium("image", picture(name, size=size, mode=mode)), tmp_path / "blanks")
    image = load_image(empty.path).image
    assert image.size == size
    assert image.getextrema() == ((128, 128), (128, 128), (128, 128))
    assert empty.sha256 == file_digest(empty.path)
    assert (empty.modality, empty.key) == ("image", "image")


def test_a_picture_that_lies_on_its_side_becomes_grey_as_it_is_seen(tmp_path, picture):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = picture("turned.jpg", size=(40, 30), exif=exif)
    assert load_image(turned).image.size == (30, 40)
    empty = null_medium(medium("image", turned), tmp_path / "blanks")
    assert load_image(empty.path).image.size == (30, 40)


@pytest.mark.parametrize(
    ("name", "rate", "channels", "seconds"),
    [("a.wav", 44_100, 2, 0.7), ("b.flac", 16_000, 1, 1.30007), ("c.wav", 48_000, 1, 17.2)],
)
def test_a_sound_becomes_silence_of_the_same_length_rate_and_channels(
    tmp_path, sound, name, rate, channels, seconds
):
    path = sound(name, rate=rate, channels=channels, seconds=seconds)
    original = soundfile.info(str(path))
    empty = null_medium(medium("audio", path), tmp_path / "blanks")
    samples, found_rate = soundfile.read(str(empty.path), always_2d=True)
    assert samples.shape == (original.frames, channels) and found_rate == rate
    assert not samples.any()
    assert len(load_audio(empty.path).wave) == len(load_audio(path).wave)


def test_the_sound_of_a_container_becomes_silence_too(tmp_path, clip):
    path = clip("talk.mp4", frames=20, tone=True)
    read = load_audio(path)
    empty = null_medium(Media("audio", "audio", path), tmp_path / "blanks")
    silence = load_audio(empty.path)
    assert not silence.wave.any()
    assert silence.note["sample_rate"] == read.note["sample_rate"]
    assert silence.note["duration_s"] == pytest.approx(read.note["duration_s"], abs=1e-3)


@pytest.mark.parametrize(
    ("frames", "size", "rate"), [(50, (64, 48), 10), (1, (64, 48), 25), (333, (48, 64), 30)]
)
def test_a_clip_becomes_grey_frames_of_the_same_number_size_and_rate(tmp_path, clip, frames, size, rate):
    path = clip("a.mp4", frames=frames, size=size, rate=rate, tone=True)
    empty = null_medium(medium("video", path), tmp_path / "blanks")
    shown, note = load_frames(empty.path, 8)
    original = load_frames(path, 8).note
    assert {key: note[key] for key in ("frames", "fps", "indices", "width", "height")} == {
        key: original[key] for key in ("frames", "fps", "indices", "width", "height")
    }
    assert all(frame.getextrema() == ((128, 128), (128, 128), (128, 128)) for frame in shown)
    with av.open(str(empty.path)) as container:
        assert not container.streams.audio
        decoded = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(decoded) == frames
    assert all((frame == 128).all() for frame in decoded)


def test_a_clip_of_odd_sides_keeps_them(tmp_path):
    path = tmp_path / "odd.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=8)
        stream.width, stream.height, stream.pix_fmt = 63, 49, "yuv444p"
        for value in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((49, 63, 3), 40 * value, np.uint8), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    empty = null_medium(medium("video", path), tmp_path / "blanks")
    assert load_frames(empty.path, 1).frames[0].size == (63, 49)


def test_one_form_is_one_file(tmp_path, picture):
    folder = tmp_path / "blanks"
    one = null_medium(medium("image", picture("a.png", color="red")), folder)
    other = null_medium(medium("image", picture("b.png", color="blue")), folder)
    assert one.path == other.path and [path.name for path in folder.iterdir()] == [one.path.name]


@pytest.mark.parametrize("kind", ["image", "audio", "video"])
def test_a_medium_that_cannot_be_read_is_refused_as_ever(tmp_path, kind):
    with pytest.raises(MediaError, match="media_missing"):
        null_medium(Media(kind, kind, tmp_path / "nowhere.bin"), tmp_path / "blanks")
    assert not (tmp_path / "blanks").exists()
