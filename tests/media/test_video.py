"""Clips come out as the frames that were asked for, or with a clear error."""

import numpy as np
import pytest

from studio.core.content import Box
from studio.core.errors import MediaError
from studio.media import frame_indices, load_frames, probe


@pytest.mark.parametrize(
    ("length", "n", "expected"),
    [
        (10, 3, [0, 4, 9]),  # 4.5 is rounded to even
        (10, 4, [0, 3, 6, 9]),
        (2, 5, [0, 0, 0, 1, 1]),
        (10, 1, [0]),
        (1, 4, [0, 0, 0, 0]),
        (100, 2, [0, 99]),
    ],
)
def test_frames_are_spread_as_mera_spreads_them(length, n, expected):
    assert frame_indices(length, n) == expected


def shades(frames):
    return [float(np.asarray(frame).mean()) for frame in frames]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mp4", "libx264"),
        ("a.mp4", "mpeg4"),
        ("a.avi", "mpeg4"),
        ("a.mov", "libx264"),
        ("a.mkv", "libx264"),
        ("a.webm", "libvpx-vp9"),
        ("a.ts", "libx264"),
    ],
)
def test_the_right_frames_are_decoded(clip, name, codec):
    loaded = load_frames(clip(name, codec=codec), 6)
    indices = [0, 10, 20, 29, 39, 49]
    assert loaded.note["indices"] == indices
    assert shades(loaded.frames) == pytest.approx([4 * i for i in indices], abs=4)
    assert (loaded.note["frames"], loaded.note["fps"], loaded.note["duration_s"]) == (50, 10, 5)
    assert loaded.frames[0].mode == "RGB" and loaded.frames[0].size == (64, 48)


def test_the_right_frames_are_decoded_from_a_program_stream(clip):
    loaded = load_frames(clip("a.mpg", codec="mpeg2video", rate=25), 5)
    assert loaded.note["indices"] == [0, 12, 24, 37, 49]
    assert shades(loaded.frames) == pytest.approx([0, 48, 96, 148, 196], abs=6)


@pytest.mark.parametrize("size", [(16, 16), (24, 24), (32, 24), (48, 48), (64, 16), (112, 112), (130, 98)])
def test_frames_of_every_size_are_whole(clip, size):
    frames = load_frames(clip("a.mp4", size=size), 2).frames
    assert [frame.size for frame in frames] == [size, size]
    assert np.asarray(frames[1]).min() > 190 and np.asarray(frames[0]).max() < 10


def test_a_clip_of_one_frame_repeats_it(clip):
    loaded = load_frames(clip("a.mp4", frames=1), 3)
    assert loaded.note["indices"] == [0, 0, 0] and len(loaded.frames) == 3


def test_frames_are_reduced_and_never_enlarged(clip):
    path = clip("a.mp4")
    assert load_frames(path, 1, Box(max_side=32)).frames[0].size == (32, 24)
    assert load_frames(path, 1, Box(max_side=1000)).frames[0].size == (64, 48)


def test_of_a_long_clip_only_the_frames_asked_for_are_taken(clip, monkeypatch):
    import decord

    taken = []
    whole = decord.VideoReader.__getitem__
    monkeypatch.setattr(decord.VideoReader, "__getitem__", lambda self, i: taken.append(i) or whole(self, i))
    path = clip("long.mp4", frames=6000, size=(128, 96), options={"preset": "ultrafast", "g": "50"})
    loaded = load_frames(path, 5)
    assert loaded.note["indices"] == taken == [0, 1500, 3000, 4499, 5999]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("faststart", [False, True])
def test_a_cut_off_clip_is_an_error(clip, cut, share, faststart):
    path = clip("a.mp4", **({"movflags": "faststart"} if faststart else {}))
    for read in (probe, lambda path: load_frames(path, 4)):
        with pytest.raises(MediaError, match="media_truncated"):
            read(path if path.stat().st_size < 2000 else cut(path, share))


def test_a_broken_clip_is_an_error(clip):
    path = clip("a.mp4")
    data = bytearray(path.read_bytes())
    at = data.index(b"mdat") + 4
    data[at : at + 1500] = b"\xa5" * 1500
    path.write_bytes(data)
    with pytest.raises(MediaError, match="media_broken"):
        load_frames(path, 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "media_missing"),
        (b"", "media_empty"),
        (b"text " * 99, "media_unknown"),
        (b"\0\0\0\x10ftypmp42" + b"\0" * 99, "media_broken"),
    ],
)
def test_what_is_no_clip_is_named(tmp_path, content, code):
    path = tmp_path / "a.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MediaError) as caught:
        load_frames(path, 4)
    assert caught.value.problem.code == code and str(tmp_path) not in str(caught.value)


def test_a_picture_called_mp4_is_no_clip(picture):
    path = picture("a.png")
    with pytest.raises(MediaError, match=r"media_not_video.*png"):
        load_frames(path.rename(path.with_suffix(".mp4")), 4)


def test_no_frames_cannot_be_asked_for(clip):
    with pytest.raises(ValueError, match="at least one"):
        load_frames(clip("a.mp4"), 0)
