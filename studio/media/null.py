"""Empty media of a given form: what a model is shown when it is asked whether it looks at all.

A picture becomes mid-grey of the same size, a sound silence of the same length, rate and channels, a clip grey frames
of the same number, size and rate, without sound. They are files, made once for each form, so that every engine takes
them the way it takes any other.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.core.content import Media
from studio.core.errors import MediaError
from studio.core.task import file_digest
from studio.media.audio import SoundLength, sound_length
from studio.media.image import opened
from studio.media.sniff import sniff
from studio.media.video import load_frames

GREY = 128
_BLOCK = 1 << 18  # samples of silence written at once
_FLAC_CHANNELS = 8  # more than these go to WAV
_TURNED = {5, 6, 7, 8}  # EXIF orientations that swap the sides
_ORIENTATION = 0x0112


def null_medium(medium: Media, folder: Path) -> Media:
    """The empty medium of a medium's form, as a file in `folder` (made if it is not there yet).

    Sizes are those that a model would see: upright pictures, decoded frames. Raises MediaError where the medium itself
    cannot be read.
    """
    make = {"image": _picture, "audio": _silence, "video": _clip}[medium.modality]
    path = make(medium.path, folder)
    return replace(medium, path=path, sha256=file_digest(path))


def _picture(path: Path, folder: Path) -> Path:
    from PIL import Image

    found = sniff(path)
    if found.kind != "image":
        raise MediaError("media_not_image", file=path.name, format=found.format)
    with opened(path) as stored:
        width, height = stored.size
        if stored.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
    target = folder / f"grey-{width}x{height}.png"
    return _made(target, lambda partial: Image.new("L", (width, height), GREY).save(partial, format="PNG"))


def _silence(path: Path, folder: Path) -> Path:
    length = sound_length(path)
    form = "flac" if length.channels <= _FLAC_CHANNELS else "wav"
    target = folder / f"silence-{length.samples}-{length.rate}-{length.channels}.{form}"
    return _made(target, lambda partial: _write_silence(partial, length, form))


def _write_silence(path: Path, length: SoundLength, form: str) -> None:
    import numpy as np
    import soundfile

    with soundfile.SoundFile(
        str(path), "w", length.rate, length.channels, subtype="PCM_16", format=form.upper()
    ) as file:
        for start in range(0, length.samples, _BLOCK):
            count = min(_BLOCK, length.samples - start)
            file.write(np.zeros((count, length.channels), dtype=np.int16))


def _clip(path: Path, folder: Path) -> Path:
    frames, note = load_frames(path, 1)
    (width, height), count, fps = frames[0].size, int(note["frames"]), float(note["fps"] or 1.0)
    target = folder / f"grey-{width}x{height}-{count}-{fps:g}.mp4"
    return _made(target, lambda partial: _write_clip(partial, (width, height), count, fps))


def _write_clip(path: Path, size: tuple[int, int], count: int, fps: float) -> None:
    """Two key frames are encoded and written in turn: a thousand frames cost what two do, and seeking is exact.

    Two and not one, since neighbouring key frames of H.264 must differ in their number.
    """
    import av

    rate = Fraction(fps).limit_denominator(1001)
    options = {"g": "1", "keyint_min": "1", "preset": "medium", "tune": "zerolatency"}
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height = size
        even = size[0] % 2 == 0 and size[1] % 2 == 0
        stream.pix_fmt = "yuv420p" if even else "yuv444p"  # halved colour needs even sides
        data = _two_key_frames(stream, size)
        for index in range(count):
            packet = av.Packet(data[index % 2])
            packet.stream, packet.time_base = stream, stream.codec_context.time_base
            packet.pts = packet.dts = index
            packet.duration, packet.is_keyframe = 1, True
            out.mux(packet)


def _two_key_frames(stream: Any, size: tuple[int, int]) -> list[bytes]:
    import av
    import numpy as np

    packets = []
    for index in range(2):
        frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), GREY, np.uint8), format="rgb24")
        frame.pts = index
        packets += stream.encode(frame)
    return [bytes(packet) for packet in (*packets, *stream.encode(None))]


def _made(target: Path, write: Callable[[Path], None]) -> Path:
    """The file, written whole or not at all: two runs may want the same one at the same time."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.stem}.{os.getpid()}.{id(write)}{target.suffix}")
        write(partial)
        partial.replace(target)
    return target
