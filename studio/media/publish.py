"""Copies of media that a browser can open, in one served folder, under names that say nothing.

A name is the sha256 of the original and the extension of what is shown. Beside it lies `<hash>.json` with the
file's name and the facts for the page; it is written last, so whoever finds it finds a whole file. Two processes that
publish the same medium at once do the work twice and end with the same file.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any, NamedTuple

from studio.core.content import Box, Media
from studio.core.errors import MediaError, Problem
from studio.core.run import MediaView
from studio.core.task import file_digest, known_digest
from studio.media import transcode
from studio.media.audio import load_audio, waveform
from studio.media.image import load_image, verify
from studio.media.probe import MediaFacts, probe
from studio.media.sniff import sniff
from studio.media.stamps import stamps
from studio.media.strip import stripped
from studio.media.video import load_frames

_SHOWN_SIDE = 2048  # of the copy of a picture that is too large for a page
_LARGE_SIDE = 4096
_PICTURES = {"png", "jpg", "gif", "webp", "avif"}
_SOUNDS = {"wav", "flac", "mp3", "ogg", "m4a", "aac", "mp4", "webm"}
_WAV_CODECS = {"PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT"}
_STRIPPED = {"jpg", "png", "wav", "mp3"}
_STRIP_BYTES = 64 << 20  # a larger file is not read into memory for the sake of its metadata
_transcoding = Lock()  # one at a time: it takes all cores as it is


class _Shown(NamedTuple):
    file: str
    note: dict[str, Any]


def publish(media: Media, folder: Path) -> MediaView:
    """The medium as a browser may open it: `file` in `folder`, or its `problem`. Cheap when published before.

    A copy of the original without its metadata (pictures, WAV, MP3) where browsers show the format; else a PNG, a WAV
    or an mp4. A picture above 4096 pixels is shown at 2048. `note` holds width, height, duration_s, sample_rate, and of
    a clip `stamps`: when each frame of what is shown comes (`media/stamps.py`).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sniff(media.path)  # a missing or empty file first
        name = (media.sha256 or file_digest(media.path))[:32]
        shown = _published(folder, name) or _publish(_unchanged(media), folder, name)
        if media.modality == "video" and "stamps" not in shown.note:
            shown = _stamped(shown, folder, name)
        return MediaView(media.modality, media.key, shown.file, shown.note)
    except MediaError as error:
        problem = error.problem
    except OSError as error:
        problem = Problem(
            "media_not_shown", {"file": media.path.name, "reason": error.strerror or str(error)}
        )
    return MediaView(media.modality, media.key, None, problem=problem)


def _unchanged(media: Media) -> Media:
    """The medium itself, where the file is what its hash says: another one must not be shown under that name."""
    if media.sha256 and known_digest(media.path) != media.sha256:
        raise MediaError("media_changed", file=media.path.name)
    return media


def thumbnail(path: Path, side: int, folder: Path) -> Path:
    """A small JPEG of a medium in `folder`, made once: the picture, a clip's first frame, the outline of a sound.

    At most `side` pixels. Raises MediaError.
    """
    found = sniff(path)
    stat = path.stat()
    key = f"{os.path.abspath(path)}|{stat.st_size}|{stat.st_mtime_ns}|{side}"
    target = folder / f"t-{sha256(key.encode()).hexdigest()[:32]}.jpg"
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        image = _small(path, found.kind, side)
        with _whole(target) as made:
            image.save(made, "JPEG", quality=82)
    return target


def _small(path: Path, kind: str, side: int) -> Any:
    if kind == "image":
        return load_image(path, Box(max_side=side)).image
    if kind == "video" and probe(path).kind == "video":
        return load_frames(path, 1, Box(max_side=side)).frames[0]
    return _outline(waveform(path, max(1, side // 3)), side)


def _outline(peaks: list[float], side: int) -> Any:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (side, side), (244, 244, 245))
    draw = ImageDraw.Draw(image)
    for index, peak in enumerate(peaks):
        half = max(1, round(peak * side * 0.42))
        draw.line((3 * index + 1, side // 2 - half, 3 * index + 1, side // 2 + half), (113, 113, 122), 2)
    return image


# --- the served folder ------------------------------------------------------------------------------------


def _published(folder: Path, name: str) -> _Shown | None:
    try:
        known = json.loads((folder / f"{name}.json").read_bytes())
        shown = _Shown(str(known["file"]), dict(known["note"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return shown if (folder / shown.file).is_file() else None


def _publish(media: Media, folder: Path, name: str) -> _Shown:
    facts = probe(media.path)
    if facts.kind != media.modality:
        raise MediaError(f"media_not_{media.modality}", file=media.path.name, format=facts.format)
    makers = {"image": _show_image, "audio": _show_sound, "video": _show_clip}
    extension, make, more = makers[facts.kind](media.path, facts)
    shown = _Shown(f"{name}.{extension}", _note(facts))
    with _whole(folder / shown.file) as made:
        shown.note.update(make(made) or {}, **more)
    _noted(shown, folder, name)
    return shown


def _stamped(shown: _Shown, folder: Path, name: str) -> _Shown:
    """With its frames' times, which are read once; copies made by an older studio have none yet."""
    found = shown._replace(note={**shown.note, "stamps": stamps(folder / shown.file)})
    _noted(found, folder, name)
    return found


def _noted(shown: _Shown, folder: Path, name: str) -> None:
    with _whole(folder / f"{name}.json") as made:
        made.write_text(json.dumps(shown._asdict()))


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A temporary path that becomes `target` at once when the block ends well, and is gone when it does not."""
    with NamedTemporaryFile(dir=target.parent, prefix=".making-", suffix=target.suffix, delete=False) as file:
        made = Path(file.name)
    try:
        yield made
        made.chmod(0o644)
        os.replace(made, target)
    finally:
        # still there after a failure, and also when both names were links to one file (rename then does nothing)
        with suppress(FileNotFoundError):
            made.unlink()


def _note(facts: MediaFacts) -> dict[str, Any]:
    names = ("width", "height", "duration_s", "sample_rate", "channels", "frames", "format")
    return {name: value for name in names if (value := getattr(facts, name)) is not None}


# --- what is shown: (extension, how it is made, more for the note) ----------------------------------------

_Make = Callable[[Path], dict[str, Any] | None]
_Plan = tuple[str, _Make, dict[str, Any]]


def _show_image(path: Path, facts: MediaFacts) -> _Plan:
    large = max(facts.width or 0, facts.height or 0) > _LARGE_SIDE
    if facts.format in _PICTURES and not large:
        verify(path)  # half a picture would be shown without a word
        return facts.format, _copier(path, facts), {}
    extension = "jpg" if facts.format == "jpg" else "png"
    return extension, lambda made: _save_picture(path, made, _SHOWN_SIDE if large else None), {}


def _save_picture(path: Path, made: Path, side: int | None) -> dict[str, Any]:
    image = load_image(path, Box(max_side=side)).image
    if made.suffix == ".jpg":
        image.save(made, "JPEG", quality=90)
    else:
        image.save(made, "PNG")
    return {"shown_width": image.width, "shown_height": image.height}


def _show_sound(path: Path, facts: MediaFacts) -> _Plan:
    if facts.format in _SOUNDS and (facts.format != "wav" or facts.codec in _WAV_CODECS):
        return facts.format, _copier(path, facts), {}
    return "wav", lambda made: _save_sound(path, made, facts.sample_rate or 16_000), {"converted": "wav"}


def _save_sound(path: Path, made: Path, rate: int) -> None:
    import soundfile

    soundfile.write(made, load_audio(path, rate, max_seconds=1800).wave, rate, subtype="PCM_16", format="WAV")


def _show_clip(path: Path, facts: MediaFacts) -> _Plan:
    if transcode.plays(facts):
        return facts.format, _copier(path, facts), {}
    return "mp4", lambda made: _save_clip(path, made, facts), {}


def _save_clip(path: Path, made: Path, facts: MediaFacts) -> dict[str, Any]:
    with _transcoding:
        return transcode.to_mp4(path, made, facts)


def _copier(path: Path, facts: MediaFacts) -> _Make:
    def copy(made: Path) -> None:
        if facts.format in _STRIPPED and facts.size_bytes <= _STRIP_BYTES:
            data = path.read_bytes()
            clean = stripped(data, facts.format)
            if clean != data:
                made.write_bytes(clean)
                return
        shutil.copyfile(path, made)

    return copy
