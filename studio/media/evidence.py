"""What a model received of a medium, made again to be looked at: by the code that made it for the run, of a file with
the content that the run recorded.

What is made lies in `evidence/` of the served folder under names that say nothing: a hash of the content and of
everything that decides the form. It is made once, one at a time, and kept until the folder grows past its limit; then
what was not looked at for longest goes first.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from studio.core.content import Box, Media
from studio.core.engine import Load
from studio.core.errors import MediaError
from studio.core.evidence import SentFrame, SentPicture, SentSound
from studio.media.audio import load_audio, sound_length
from studio.media.carry import SENT_RATE, Carried, carry, encode_picture
from studio.media.image import WHOLE, fit
from studio.media.spectrum import outline, save_spectrum, spectrum
from studio.media.video import frame_times, load_frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = "evidence"
LIMIT_BYTES = 1 << 30
MAX_SAMPLES = (
    60_000_000  # of a sound, its channels together: more is not drawn (20 minutes of stereo at 25 kHz)
)
_FORM = 1  # a new number when what is made changes: nothing of an old form is shown
_STRIP_SIDE = 320  # pixels of a frame in the strip; the whole frame is made when it is asked for
_KEPT_SHARE = 0.8  # of the limit, after old files went
_making = Lock()  # one at a time: a clip takes all cores as it is

Made = TypeVar("Made", SentPicture, SentSound, "SentClip")


class Asked(NamedTuple):
    """How the run handed a medium over: what its settings and its note say."""

    box: Box = WHOLE
    load: Load = "object"
    rate: int = SENT_RATE
    n_frames: int = 0


class SentClip(NamedTuple):
    """The frames of a clip that were taken; `size` is that of each as sent, in pixels."""

    frames: tuple[SentFrame, ...]
    size: tuple[int, int]
    n_frames: int
    fps: float
    seconds: float


class Exhibits:
    """Files to look at, in a folder that a browser reads."""

    def __init__(self, served: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = served / FOLDER
        self._limit = limit_bytes

    def picture(self, medium: Media, asked: Asked) -> SentPicture | None:
        """The picture as it was sent; None where the file went as it is. Raises MediaError."""
        return self._kept(medium, asked, "p", _picture_from, lambda name: self._picture(medium, asked, name))

    def sound(self, medium: Media, asked: Asked) -> SentSound:
        """The sound as it was sent, drawn. Raises MediaError, also for one too long to draw."""
        found = self._kept(medium, asked, "s", _sound_from, lambda name: self._sound(medium, asked, name))
        assert found is not None
        return found

    def clip(self, medium: Media, asked: Asked) -> SentClip:
        """The frames that were taken of a clip. Raises MediaError."""
        found = self._kept(medium, asked, "v", _clip_from, lambda name: self._clip(medium, asked, name))
        assert found is not None
        return found

    def frame(self, medium: Media, asked: Asked, place: int) -> SentPicture:
        """One of these frames whole, as the very pixels that were sent. Raises MediaError; IndexError."""
        frames = self._kept(
            medium, asked, f"f{place}", _picture_from, lambda name: self._frame(medium, asked, place, name)
        )
        assert frames is not None
        return frames

    def has(self, medium: Media, asked: Asked) -> bool:
        """Whether it was made before: then it can be shown though the original is gone."""
        kind = {"image": "p", "audio": "s", "video": "v"}[medium.modality]
        return (self._folder / f"{_name(medium, asked, kind)}.json").is_file()

    def _kept(
        self,
        medium: Media,
        asked: Asked,
        kind: str,
        read: Callable[[Mapping[str, Any]], Made],
        make: Callable[[str], Made | None],
    ) -> Made | None:
        name = _name(medium, asked, kind)
        if found := self._known(name):
            return read(found["made"]) if found["made"] else None
        with _making:
            if found := self._known(name):  # somebody made it while this one waited
                return read(found["made"]) if found["made"] else None
            self._folder.mkdir(parents=True, exist_ok=True)
            made = make(name)
            self._write(f"{name}.json", json.dumps({"made": _plain(made)}).encode())
            self._forget_old(name)
        return made

    def _known(self, name: str) -> Mapping[str, Any] | None:
        """What was made under the name, its files all there; its time becomes now."""
        try:
            found: Mapping[str, Any] = json.loads((self._folder / f"{name}.json").read_bytes())
            for file in [f"{name}.json", *_files(found["made"])]:
                os.utime(self._folder / file.rpartition("/")[2])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found

    def _write(self, file: str, data: bytes) -> str:
        """Writes a file that is there whole or not at all; its name in the served folder."""
        partial = self._folder / f".making-{file}"
        partial.write_bytes(data)
        partial.replace(self._folder / file)
        return f"{FOLDER}/{file}"

    def _forget_old(self, just_made: str) -> None:
        """Removes what was not looked at for longest, down to a share of the limit; never what was made just now."""
        found = [
            (path, path.stat()) for path in self._folder.iterdir() if not path.name.startswith(just_made)
        ]
        size = sum(stat.st_size for _, stat in found)
        if size <= self._limit:
            return
        for path, stat in sorted(found, key=lambda item: item[1].st_mtime_ns):
            with suppress(FileNotFoundError):
                path.unlink()
            size -= stat.st_size
            if size <= self._limit * _KEPT_SHARE:
                return

    # --- how each is made

    def _picture(self, medium: Media, asked: Asked, name: str) -> SentPicture | None:
        carried = carry(medium, asked.load, asked.box)
        return None if carried.note.get("sent_as_is") else self._as_picture(carried, name)

    def _as_picture(self, carried: Carried, name: str) -> SentPicture:
        file = self._write(f"{name}.{carried.format}", carried.data)
        return SentPicture(file, int(carried.note["sent_width"]), int(carried.note["sent_height"]))

    def _sound(self, medium: Media, asked: Asked, name: str) -> SentSound:
        length = sound_length(medium.path)
        if asked.load != "object" and length.samples * length.channels > MAX_SAMPLES:
            raise MediaError("evidence_too_long", file=medium.path.name)
        carried = carry(medium, asked.load, rate=asked.rate)
        rate = int(carried.note["sent_rate"])
        file = self._write(f"{name}.wav", carried.data)
        seconds = length.samples / length.rate
        wave = load_audio(self._folder / f"{name}.wav", rate, max_seconds=seconds + 1).wave
        drawn = self._draw(wave, rate, name)
        channels = 1 if asked.load == "object" else int(carried.note.get("channels", 1))
        return SentSound(file, rate, channels, round(wave.size / rate, 4), outline(wave), drawn, rate // 2)

    def _draw(self, wave: "NDArray[Any]", rate: int, name: str) -> str:
        partial = self._folder / f".making-{name}.png"
        save_spectrum(spectrum(wave, rate), partial)
        partial.replace(self._folder / f"{name}.png")
        return f"{FOLDER}/{name}.png"

    def _clip(self, medium: Media, asked: Asked, name: str) -> SentClip:
        frames, note = load_frames(medium.path, asked.n_frames, asked.box)
        indices: list[int] = note["indices"]
        small = {
            index: self._small(frame, f"{name}-{index}.jpg")
            for index, frame in zip(indices, frames, strict=True)
        }
        times = frame_times(medium.path, indices)
        sent = tuple(SentFrame(i, at, small[i]) for i, at in zip(indices, times, strict=True))
        seconds = float(note["duration_s"] or 0.0)
        return SentClip(sent, frames[0].size, int(note["frames"]), float(note["fps"]), seconds)

    def _small(self, frame: Any, file: str) -> str:
        partial = self._folder / f".making-{file}"
        fit(frame, Box(max_side=_STRIP_SIDE)).save(partial, "JPEG", quality=85)
        partial.replace(self._folder / file)
        return f"{FOLDER}/{file}"

    def _frame(self, medium: Media, asked: Asked, place: int, name: str) -> SentPicture:
        frames = load_frames(medium.path, asked.n_frames, asked.box).frames
        return self._as_picture(encode_picture(frames[place]), name)


def _name(medium: Media, asked: Asked, kind: str) -> str:
    box, load, rate, n_frames = _deciding(asked, medium)
    decides = [_FORM, medium.sha256, medium.modality, asdict(box), load, rate, n_frames, kind]
    return sha256(json.dumps(decides).encode()).hexdigest()[:32]


def _deciding(asked: Asked, medium: Media) -> Asked:
    """Without what does not decide the medium's form: runs that differ in that alone share what is made."""
    if medium.modality == "image":
        return asked._replace(rate=0, n_frames=0)
    return asked._replace(box=WHOLE, n_frames=0) if medium.modality == "audio" else asked._replace(rate=0)


# --- what is kept beside the files, and back


def _plain(made: Any) -> Any:
    if isinstance(made, SentClip):
        return {**made._asdict(), "frames": [asdict(frame) for frame in made.frames]}
    return asdict(made) if made else None


def _files(made: Mapping[str, Any] | None) -> list[str]:
    if made is None:
        return []
    names = [made.get("file"), made.get("spectrum"), *(frame["file"] for frame in made.get("frames", ()))]
    return [str(name) for name in names if name]


def _picture_from(made: Mapping[str, Any]) -> SentPicture:
    return SentPicture(**made)


def _sound_from(made: Mapping[str, Any]) -> SentSound:
    return SentSound(**{**made, "peaks": tuple((low, high) for low, high in made["peaks"])})


def _clip_from(made: Mapping[str, Any]) -> SentClip:
    frames = tuple(SentFrame(**frame) for frame in made["frames"])
    width, height = made["size"]
    return SentClip(**{**made, "frames": frames, "size": (width, height)})
