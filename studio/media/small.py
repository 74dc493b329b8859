"""Small copies of media to be put into a file: a JPEG of a picture, a few frames of a clip, an MP3 of a sound.

Every browser shows and plays these. Nothing of the original's metadata goes along.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.content import Box
from studio.core.errors import MediaError
from studio.core.report import EvidencePart
from studio.media.audio import load_audio
from studio.media.image import load_image
from studio.media.probe import reason
from studio.media.video import load_frames

if TYPE_CHECKING:
    from studio.media.audio import Wave

SOUND_RATE = 24_000


def small_picture(path: Path, side: int, quality: int) -> EvidencePart:
    """The picture as a JPEG of at most `side` pixels. Raises MediaError."""
    return _jpeg(load_image(path, Box(max_side=side)).image, quality)


def small_frames(path: Path, n: int, side: int, quality: int) -> tuple[EvidencePart, ...]:
    """`n` frames of a clip from its first to its last, each once, with its second. Raises MediaError."""
    frames, note = load_frames(path, n, Box(max_side=side))
    by_index = dict(zip(note["indices"], frames, strict=True))
    fps = float(note["fps"] or 0)
    return tuple(
        _jpeg(by_index[index], quality, index / fps if fps > 0 else None) for index in sorted(by_index)
    )


def small_sound(path: Path, seconds: float, kbps: int) -> tuple[EvidencePart, float]:
    """The first `seconds` of a sound as a mono MP3, and how long the whole is. Raises MediaError."""
    wave, note = load_audio(path, SOUND_RATE, max_seconds=seconds)
    try:
        data = _mp3(wave, kbps)
    except (OSError, ValueError) as error:  # av's errors are of these
        raise MediaError("media_broken", file=path.name, reason=reason(error)) from error
    return EvidencePart("audio/mpeg", data), float(note["duration_s"])


def _jpeg(image: Any, quality: int, at_s: float | None = None) -> EvidencePart:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return EvidencePart("image/jpeg", out.getvalue(), image.width, image.height, at_s)


def _mp3(wave: "Wave", kbps: int) -> bytes:
    import av
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as made:
        stream = made.add_stream("libmp3lame", rate=SOUND_RATE)
        stream.layout = "mono"
        stream.format = "s16p"
        stream.bit_rate = kbps * 1000
        samples = np.clip(wave * 32767, -32768, 32767).astype(np.int16)
        size = stream.codec_context.frame_size or 1152
        for start in range(0, len(samples), size):
            frame = av.AudioFrame.from_ndarray(
                samples[None, start : start + size], format="s16p", layout="mono"
            )
            frame.sample_rate, frame.pts = SOUND_RATE, start
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return out.getvalue()
