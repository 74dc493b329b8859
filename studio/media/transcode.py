"""A clip in a form that every browser plays: H.264 in mp4. Only copied into the new container where that is enough."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.core.errors import MediaError
from studio.media.probe import MediaFacts, reason

MAX_SECONDS = 180.0
MAX_SIDE = 1280
_PLAIN = {"yuv420p", "yuvj420p"}


def plays(facts: MediaFacts) -> bool:
    """Whether browsers play the file as it is."""
    if facts.format == "mp4":
        return facts.codec in {"h264", "av1", "vp9"} and facts.pixel_format in _PLAIN
    return facts.format == "webm" and facts.codec in {"vp8", "vp9", "av1"}


def to_mp4(source: Path, target: Path, facts: MediaFacts) -> dict[str, Any]:
    """Writes a shown copy of a clip: at most 180 s and 1280 pixels a side. Returns what was changed, for the note.

    Raises MediaError when no frame can be decoded.
    """
    import av

    copied = facts.format == "mov" and facts.codec == "h264" and facts.pixel_format in _PLAIN
    try:
        with (
            av.open(str(source)) as given,
            av.open(str(target), "w", format="mp4", options=_FAST_START) as made,
        ):
            if copied:
                _copy(given, made)
                return {"converted": "copied"}
            seconds = _encode(given, made, source.name)
    except (av.FFmpegError, ValueError) as error:
        raise MediaError("media_broken", file=source.name, reason=reason(error)) from error
    cut = facts.duration_s is not None and facts.duration_s > MAX_SECONDS
    return {"converted": "h264", **({"shown_s": round(seconds, 2)} if cut else {})}


_FAST_START = {"movflags": "faststart"}  # the index in front: a browser plays while it loads


def _copy(given: Any, made: Any) -> None:
    """The same compressed frames in a new container, without the sound unless it is AAC or MP3."""
    streams = [given.streams.video[0]]
    streams += [audio for audio in given.streams.audio[:1] if audio.codec_context.name in {"aac", "mp3"}]
    outs = {stream: made.add_stream_from_template(stream) for stream in streams}
    for packet in given.demux(*streams):
        if packet.dts is not None:
            packet.stream = outs[packet.stream]
            made.mux(packet)


@dataclass
class _Sound:
    source: Any
    out: Any
    resampler: Any


def _encode(given: Any, made: Any, name: str) -> float:
    video = given.streams.video[0]
    sound = _sound(given, made)
    out: Any = None
    seconds = 0.0
    for frame in _frames(given, [video] + ([sound.source] if sound else [])):
        if (frame.time or 0.0) > MAX_SECONDS:
            break
        if sound and hasattr(frame, "samples"):
            for block in sound.resampler.resample(frame):
                made.mux(sound.out.encode(block))
            continue
        picture = _upright(frame)
        out = out or _stream(made, picture, video)
        seconds = float(frame.time or 0.0)
        made.mux(out.encode(_scaled(picture, out, frame)))
    if out is None:
        raise MediaError("media_empty_track", file=name)
    for stream in (out, *([sound.out] if sound else [])):
        made.mux(stream.encode(None))
    return seconds


def _frames(given: Any, streams: list[Any]) -> Iterator[Any]:
    """Decoded frames; a packet that cannot be decoded is passed over, as players do."""
    import av

    for packet in given.demux(*streams):
        with suppress(av.InvalidDataError):
            yield from packet.decode()


def _sound(given: Any, made: Any) -> _Sound | None:
    import av

    if not given.streams.audio:
        return None
    source = given.streams.audio[0]
    out = made.add_stream("aac", rate=44_100)
    out.layout = "stereo"
    return _Sound(
        source, out, av.AudioResampler(format="fltp", layout="stereo", rate=44_100, frame_size=1024)
    )


def _stream(made: Any, picture: Any, video: Any) -> Any:
    rate = Fraction(video.average_rate or 25).limit_denominator(1001)
    # no B-frames: where the rate varies, Chromium shows a wrong frame after a seek among frames stored out of order
    out = made.add_stream("libx264", rate=rate, options={"preset": "veryfast", "crf": "23", "bf": "0"})
    scale = min(1.0, MAX_SIDE / max(picture.width, picture.height))
    out.width, out.height = (max(2, int(side * scale) // 2 * 2) for side in (picture.width, picture.height))
    out.pix_fmt = "yuv420p"
    out.codec_context.time_base = video.time_base
    return out


def _upright(frame: Any) -> Any:
    """The frame turned as a player would show it (telephones write sideways and say so)."""
    import av
    import numpy as np

    turns = round(frame.rotation / 90) % 4
    if not turns:
        return frame
    turned = np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), turns))
    return av.VideoFrame.from_ndarray(turned, format="rgb24")


def _scaled(picture: Any, out: Any, timed: Any) -> Any:
    scaled = picture.reformat(width=out.width, height=out.height, format="yuv420p")
    scaled.pts, scaled.time_base = timed.pts, timed.time_base
    scaled.pict_type = 0  # the new encoder chooses its own key frames
    return scaled
