"""A clip as a model takes it: a few frames, spread evenly from the first to the last."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.core.content import Box
from studio.core.errors import MediaError
from studio.media.image import WHOLE, fit
from studio.media.probe import reason, require

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image as PilImage


_WITHOUT_INDEX = {"mpg", "ts"}


class LoadedFrames(NamedTuple):
    """`frames` are RGB pictures in order (a short clip repeats some). `note` is recorded with the generation:
    their indices, the clip's number of frames, frames a second and seconds."""

    frames: "list[PilImage.Image]"
    note: dict[str, Any]


def frame_indices(length: int, n: int) -> list[int]:
    """Which `n` of `length` frames are taken: the first, the last, and round(i (L-1) / (N-1)) between them.

    Halves are rounded to even, as MERA does when it replaces a clip by pictures. One frame is the first.
    """
    if n == 1:
        return [0]
    return [
        0 if i == 0 else length - 1 if i == n - 1 else round(i * (length - 1) / (n - 1)) for i in range(n)
    ]


def load_frames(path: Path, n: int, box: Box = WHOLE) -> LoadedFrames:
    """`n` frames of a clip, each made to fit into `box` (bicubic; never enlarged). Decodes only around them.

    Raises MediaError: missing, empty, not a clip, broken, cut off, without a frame. ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"a clip is at least one frame, not {n}")
    found = require(path, "video")
    read = _read_in_order if found.format in _WITHOUT_INDEX else _read_by_index
    clip = read(path, n)
    by_index = {index: fit(picture, box) for index, picture in clip.pictures.items()}
    first = clip.pictures[0]
    note = {
        "indices": clip.indices,
        "frames": clip.length,
        "fps": round(clip.fps, 4),
        "duration_s": round(clip.length / clip.fps, 4) if clip.fps > 0 else None,
        "width": first.width,
        "height": first.height,
        "format": found.format,
    }
    return LoadedFrames([by_index[index] for index in clip.indices], note)


def frame_times(path: Path, indices: Sequence[int]) -> list[float]:
    """When each of these frames is shown, in seconds from the clip's first: its own stamps where it has an index, else
    by its frames a second. Raises MediaError as `load_frames` does."""
    import decord

    found = require(path, "video")
    if found.format in _WITHOUT_INDEX:
        fps = load_frames(path, 1).note["fps"] or 1.0
        return [round(index / fps, 4) for index in indices]
    try:
        reader = decord.VideoReader(str(path), ctx=decord.cpu(0), num_threads=1)
        starts = [float(reader.get_frame_timestamp(index)[0]) for index in (0, *indices)]
    except (decord.DECORDError, RuntimeError, IndexError, OSError) as error:
        raise MediaError("media_broken", file=path.name, reason=_short(error)) from error
    return [round(max(0.0, start - starts[0]), 4) for start in starts[1:]]


class _Clip(NamedTuple):
    length: int
    fps: float
    indices: list[int]
    pictures: "dict[int, PilImage.Image]"


def _read_by_index(path: Path, n: int) -> _Clip:
    import decord

    decord.logging.set_level(decord.logging.QUIET)  # its errors reach us as exceptions
    try:
        reader = decord.VideoReader(str(path), ctx=decord.cpu(0), num_threads=1)
        indices = frame_indices(len(reader), n)
        pictures = {index: _picture(reader[index].asnumpy()) for index in sorted(set(indices))}
        return _Clip(len(reader), float(reader.get_avg_fps()), indices, pictures)
    except (decord.DECORDError, RuntimeError, AssertionError, StopIteration, IndexError, OSError) as error:
        raise MediaError("media_broken", file=path.name, reason=_short(error)) from error


def _read_in_order(path: Path, n: int) -> _Clip:
    """Decodes from the beginning, keeping only what is needed: decord seeks to wrong frames in an MPEG program stream
    (it shows frame 7 for 37, without an error) and refuses a transport stream."""
    import av

    try:
        with av.open(str(path)) as container:
            length = sum(1 for packet in container.demux(video=0) if packet.size)
        if not length:
            raise MediaError("media_empty_track", file=path.name)
        indices = frame_indices(length, n)
        with av.open(str(path)) as container:
            fps = float(container.streams.video[0].average_rate or 0)
            frames = enumerate(container.decode(video=0))
            pictures = {index: frame.to_image() for index, frame in frames if index in indices}
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise MediaError("media_broken", file=path.name, reason=reason(error)) from error
    if len(pictures) < len(set(indices)):
        raise MediaError("media_truncated", file=path.name)
    return _Clip(length, fps, indices, pictures)


def _picture(frame: "NDArray[np.uint8]") -> "PilImage.Image":
    """The picture of a decoded frame of shape (height, width, 3).

    Frames of narrow clips (16, 24, 32 and 48 pixels) come from decord with the padding of their rows, which it takes
    for more channels: (24, 32, 6) is 24 rows of 192 bytes, of which the first 96 are pixels.
    """
    import numpy as np
    from PIL import Image

    height, width, _ = frame.shape
    rows = frame.reshape(height, -1)[:, : width * 3]
    return Image.fromarray(np.ascontiguousarray(rows.reshape(height, width, 3)))


def _short(error: BaseException) -> str:
    """decord's messages carry a C++ stack and the whole path: only their gist is kept."""
    return "no frame can be decoded" if "Error reading" not in str(error) else "the clip cannot be opened"
