"""A medium as bytes that can be sent to a server: MERA's four ways of handing media over (its LOAD_* flags).

| way | picture | sound | clip |
|---|---|---|---|
| `object` | upright RGB, as all engines see it; the file itself if that is the same | mono WAV, 16 kHz | the file |
| `bytes`, `base64` | the file itself; PNG after a resize | WAV at its own rate, 16 bits, all channels | the file |
| `files` | as `bytes`, as a file named by its content | the same | the same |

All but `object` is what the harness's `load_media.py` does, with its wrong names mended: there every picture is called
PNG and every clip MP4, whatever it is; here the kind is read from the bytes.
"""

import hashlib
import io
from pathlib import Path
from typing import Any, NamedTuple

from studio.core.content import Box, Media, Modality
from studio.core.engine import Load
from studio.core.errors import MediaError
from studio.media.audio import load_audio
from studio.media.image import WHOLE, fit, load_image, opened
from studio.media.keep import write_once
from studio.media.probe import require
from studio.media.sniff import sniff

SENT_RATE = 16_000  # Hz: what the sound encoders of today's models take
_SENDABLE = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}  # what every server opens by itself
_MIME = {
    "jpg": "image/jpeg", "tiff": "image/tiff", "mp3": "audio/mpeg", "m4a": "audio/mp4", "mov": "video/quicktime",
    "mkv": "video/x-matroska", "avi": "video/x-msvideo", "mpg": "video/mpeg",
}  # fmt: skip
_FOLDERS: dict[Modality, str] = {"image": "images", "audio": "audios", "video": "videos"}


class Carried(NamedTuple):
    """A medium to be sent: its bytes, what they are (`png`, `wav`, `mp4`), and the note kept with the generation."""

    data: bytes
    format: str
    modality: Modality
    note: dict[str, Any]

    @property
    def mime(self) -> str:
        return _MIME.get(self.format, f"{self.modality}/{self.format}")


def carry(medium: Media, load: Load = "object", box: Box = WHOLE, rate: int = SENT_RATE) -> Carried:
    """The bytes of a medium in one of the ways above; a picture fits into `box`, clips are never resized. `rate` (Hz)
    is of sounds handed over as an `object`.

    Raises MediaError as `load_image`, `load_audio` and `probe` do.
    """
    if medium.modality == "image":
        return _picture(medium.path, load, box)
    if medium.modality == "audio":
        return _prepared_sound(medium.path, rate) if load == "object" else _native_sound(medium.path)
    found = require(medium.path, "video")
    data = medium.path.read_bytes()
    return Carried(data, found.format, "video", {"format": found.format, "sent_bytes": len(data)})


def encode_picture(image: Any) -> Carried:
    """A picture in memory (a frame of a clip, say) as PNG: nothing is lost."""
    # A third of the time of the default level, a quarter more bytes; what is sent is decoded to the very same pixels.
    note = {"sent_width": image.width, "sent_height": image.height}
    return Carried(_saved(image, format="PNG", compress_level=1), "png", "image", note)


def plain_picture(image: Any) -> bytes:
    """A picture in memory as BMP: its bare pixels, for a way that is quicker than any packing."""
    return _saved(image, format="BMP")


def keep_file(carried: Carried, root: Path) -> Path:
    """Writes what is carried to `root/images/image-<sha256>.png` (once) and returns the absolute path."""
    name = f"{carried.modality}-{hashlib.sha256(carried.data).hexdigest()}.{carried.format}"
    target = (root / _FOLDERS[carried.modality] / name).resolve()
    write_once(target, carried.data)
    return target


def _picture(path: Path, load: Load, box: Box) -> Carried:
    found = sniff(path)
    if found.kind != "image":
        raise MediaError("media_not_image", file=path.name, format=found.format)
    with opened(path) as stored:
        note = {
            "width": stored.width, "height": stored.height, "mode": stored.mode, "format": found.format,
        }  # fmt: skip
        changed = box.fitted(*stored.size) != stored.size
        if load == "object":
            changed = changed or not _is_plain(stored, found.format)
        elif changed:
            resized = encode_picture(fit(stored.convert("RGB"), box))
            return resized._replace(note={**note, **resized.note})
    if changed:
        image, prepared = load_image(path, box)
        encoded = encode_picture(image)
        return encoded._replace(note=dict(prepared))
    return Carried(path.read_bytes(), found.format, "image", {**note, "sent_as_is": True})


def _is_plain(stored: Any, format: str) -> bool:
    """Whether any reader sees in the file the very pixels that `load_image` would make of it."""
    upright = stored.getexif().get(0x0112, 1) == 1
    still = getattr(stored, "n_frames", 1) == 1
    opaque = stored.mode in {"RGB", "L"} and "transparency" not in stored.info
    return upright and still and opaque and format in _SENDABLE


def _prepared_sound(path: Path, rate: int = SENT_RATE) -> Carried:
    wave, note = load_audio(path, rate)
    data = _wav(wave, rate)
    return Carried(data, "wav", "audio", {**note, "sent_bytes": len(data)})


def _native_sound(path: Path) -> Carried:
    """The sound at its own rate with all its channels, as 16-bit WAV: what soundfile writes by default."""
    import soundfile

    require(path, "audio")
    try:
        samples, rate = soundfile.read(str(path), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return _prepared_sound(path)  # m4a and the like, which libsndfile does not open
    data = _wav(samples, rate)
    note = {"sample_rate": rate, "sent_rate": rate, "channels": samples.shape[1], "sent_bytes": len(data)}
    return Carried(data, "wav", "audio", note)


def _saved(image: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, **options)
    return out.getvalue()


def _wav(samples: Any, rate: int) -> bytes:
    import soundfile

    out = io.BytesIO()
    soundfile.write(out, samples, rate, format="WAV", subtype="PCM_16")
    return out.getvalue()
