"""Facts of a medium from its header: size, length, rate. Frames and samples are not decoded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.core.content import Media, Modality
from studio.core.errors import MediaError, Problem
from studio.media.sniff import Sniffed, read_head, sniff

_UNKNOWN_LENGTH = 0xFFFFF000  # streaming writers put 0xFFFFFFFF where they do not know the size yet


@dataclass(frozen=True)
class MediaFacts:
    """What a file is. `format` is the extension its content deserves; sizes in pixels, duration in seconds.

    `frames` counts frames of a picture (1 unless animated) or of a clip, where its header says so.
    """

    kind: Modality
    format: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    duration_s: float | None = None
    sample_rate: int | None = None
    channels: int | None = None
    codec: str | None = None
    pixel_format: str | None = None


def probe(path: Path) -> MediaFacts:
    """What a file really is, whatever its name says. Raises MediaError (missing, empty, unknown, broken, cut off)."""
    found = sniff(path)
    check_whole(path, found)
    if found.kind == "image":
        return _probe_image(path, found)
    if found.kind == "audio" and (facts := _probe_sound(path, found)) is not None:
        return facts
    return _probe_container(path, found)


def check(media: Media) -> Problem | None:
    """Why a medium cannot be used, judged by its header: not there, broken, or not of the kind that it stands for."""
    try:
        facts = probe(media.path)
    except MediaError as error:
        return error.problem
    if facts.kind == media.modality:
        return None
    return Problem(f"media_not_{media.modality}", {"file": media.path.name, "format": facts.format})


def require(path: Path, kind: Modality) -> Sniffed:
    """The format of a file that must be of a kind, by its first bytes. Raises MediaError (also when cut off)."""
    found = sniff(path)
    check_whole(path, found)
    containers = {"mp4", "mov", "webm", "ogg", "asf"}
    if found.kind != kind and not (kind != "image" and found.format in containers):
        raise MediaError(f"media_not_{kind}", file=path.name, format=found.format)
    return found


def _probe_image(path: Path, found: Sniffed) -> MediaFacts:
    from studio.media.image import opened

    with opened(path) as image:
        return MediaFacts(
            kind="image",
            format=found.format,
            size_bytes=path.stat().st_size,
            width=image.width,
            height=image.height,
            frames=int(getattr(image, "n_frames", 1)),
            codec=image.mode,
        )


def _probe_sound(path: Path, found: Sniffed) -> MediaFacts | None:
    """Facts by libsndfile; None where it does not know the format (then FFmpeg is asked)."""
    import soundfile

    try:
        info = soundfile.info(str(path))
    except soundfile.LibsndfileError as error:
        if found.format in {"wav", "flac", "aiff", "au", "caf", "w64", "rf64"}:
            raise MediaError(
                "media_broken", file=path.name, reason=str(error.error_string).strip()
            ) from error
        return None
    return MediaFacts(
        kind="audio",
        format=found.format,
        size_bytes=path.stat().st_size,
        duration_s=info.frames / info.samplerate,
        sample_rate=info.samplerate,
        channels=info.channels,
        codec=info.subtype,
    )


def check_whole(path: Path, found: Sniffed) -> None:
    """Raises MediaError when the file's own sizes promise more bytes than there are (WAV, AVI, mp4, mov).

    The decoders would silently take the part that is there.
    """
    size = path.stat().st_size
    boxes = {"wav": _wav_chunks, "avi": _riff, "mp4": _mp4_boxes, "mov": _mp4_boxes, "m4a": _mp4_boxes}
    if found.format in boxes and any(end > size for end in boxes[found.format](path)):
        raise MediaError("media_truncated", file=path.name)


def _riff(path: Path) -> Iterator[int]:
    length = int.from_bytes(read_head(path, 8)[4:8], "little")
    if length < _UNKNOWN_LENGTH:
        yield 8 + length


def _wav_chunks(path: Path) -> Iterator[int]:
    """Where the samples end; other chunks do not matter."""
    head = read_head(path, 1 << 16)
    at = 12
    while at + 8 <= len(head):
        length = int.from_bytes(head[at + 4 : at + 8], "little")
        if head[at : at + 4] == b"data":
            if length < _UNKNOWN_LENGTH:
                yield at + 8 + length
            return
        at += 8 + length + length % 2


def _mp4_boxes(path: Path) -> Iterator[int]:
    """Where each top-level box ends."""
    at = 0
    with path.open("rb") as file:
        while len(head := file.read(16)) >= 8:
            length = int.from_bytes(head[:4], "big")
            if length == 1:  # a 64-bit size follows
                length = int.from_bytes(head[8:16], "big")
            if length < 8:  # 0: up to the end of the file
                return
            at += length
            yield at
            file.seek(at)


def _probe_container(path: Path, found: Sniffed) -> MediaFacts:
    """Facts by FFmpeg's demuxer. A container without moving pictures is a sound."""
    import av

    try:
        with av.open(str(path)) as container:
            facts = MediaFacts("audio", found.format, path.stat().st_size, duration_s=_duration(container))
            if container.streams.video and not _is_cover(container.streams.video[0]):
                return _with_video(facts, container.streams.video[0])
            if container.streams.audio:
                return _with_audio(facts, container.streams.audio[0])
    except (av.FFmpegError, ValueError) as error:
        raise MediaError("media_broken", file=path.name, reason=reason(error)) from error
    raise MediaError("media_empty_track", file=path.name)


def _is_cover(stream: Any) -> bool:
    """A picture of the album in a sound file is no clip."""
    return (
        stream.codec_context.name in {"png", "mjpeg"}
        and (stream.frames or 0) <= 1
        and not stream.average_rate
    )


def _with_video(facts: MediaFacts, stream: Any) -> MediaFacts:
    context = stream.codec_context
    length = facts.duration_s
    if length is None and stream.duration and stream.time_base:
        length = float(stream.duration * Fraction(stream.time_base))
    return replace(
        facts,
        kind="video",
        width=context.width or None,
        height=context.height or None,
        frames=stream.frames or None,
        duration_s=length,
        codec=context.name,
        pixel_format=context.pix_fmt,
    )


def _with_audio(facts: MediaFacts, stream: Any) -> MediaFacts:
    context = stream.codec_context
    return replace(
        facts, sample_rate=context.sample_rate or None, channels=context.channels, codec=context.name
    )


def _duration(container: Any) -> float | None:
    return container.duration / 1_000_000 if container.duration and container.duration > 0 else None


def reason(error: BaseException) -> str:
    """One line of a library's error, without the path that some of them put in."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).strip().splitlines()[0][:200]
