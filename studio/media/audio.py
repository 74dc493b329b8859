"""A sound as a model takes it: mono float32 at one rate; and its outline for the page."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.core.errors import MediaError
from studio.media.probe import reason, require
from studio.media.sniff import Sniffed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float32]

MAX_SECONDS = 300.0
_FRAMES_A_BAR = 8192  # of a long file only so many samples are looked at for each bar of its outline


class LoadedAudio(NamedTuple):
    """`wave` has shape (samples,), values in about [-1, 1]. `note` is recorded with the generation: native and sent
    rate, channels, whole and used seconds, whether the rest was cut."""

    wave: "Wave"
    note: dict[str, Any]


class SoundLength(NamedTuple):
    """`samples` of each channel, `rate` in Hz."""

    samples: int
    rate: int
    channels: int


class _Read(NamedTuple):
    wave: "Wave"  # (samples,) mono at the native rate
    rate: int
    channels: int
    duration_s: float | None  # of the whole file


def load_audio(path: Path, rate: int = 16_000, max_seconds: float = MAX_SECONDS) -> LoadedAudio:
    """The sound in a file: mono (mean of the channels), resampled to `rate` Hz, at most its first `max_seconds`.

    Raises MediaError: missing, empty, not a sound, broken, cut off, without a single sample.
    """
    found = require(path, "audio")
    read = _read(path, found, max_seconds)
    if read.wave.size == 0:
        raise MediaError("media_empty_track", file=path.name)
    used = read.wave.size / read.rate
    whole = max(read.duration_s or 0.0, used)
    note = {
        "sample_rate": read.rate,
        "sent_rate": rate,
        "channels": read.channels,
        "duration_s": round(whole, 4),
        "used_s": round(used, 4),
        "cut": whole - used > 0.05,
        "format": found.format,
    }
    return LoadedAudio(_resampled(read.wave, read.rate, rate), note)


def sound_length(path: Path) -> SoundLength:
    """How long a sound is, exactly: as it would be heard whole. Raises MediaError as `load_audio` does."""
    import soundfile

    found = require(path, "audio")
    try:
        info = soundfile.info(str(path))
        known = SoundLength(info.frames, info.samplerate, info.channels)
    except soundfile.LibsndfileError:
        read = _read(path, found, MAX_SECONDS)
        whole = round((read.duration_s or 0.0) * read.rate)
        known = SoundLength(max(read.wave.size, whole), read.rate, read.channels)
    if not known.samples:
        raise MediaError("media_empty_track", file=path.name)
    return known


def waveform(path: Path, width: int) -> list[float]:
    """The outline of a sound: `width` peaks in [0, 1], from its beginning to its end. Raises MediaError."""
    import numpy as np
    import soundfile

    require(path, "audio")
    try:
        with soundfile.SoundFile(str(path)) as file:
            edges = np.linspace(0, file.frames, width + 1).astype(int)
            return [_peak(file, int(a), int(b)) for a, b in pairwise(edges)]
    except soundfile.LibsndfileError:
        wave = load_audio(path).wave
        bars = np.array_split(np.abs(wave), width)
        return [round(min(1.0, float(bar.max(initial=0.0))), 4) for bar in bars]


def _peak(file: Any, start: int, stop: int) -> float:
    if file.tell() != start:
        file.seek(start)
    block = file.read(max(1, min(stop - start, _FRAMES_A_BAR)), dtype="float32", always_2d=True)
    return round(min(1.0, float(abs(block).max(initial=0.0))), 4)


def _read(path: Path, found: Sniffed, max_seconds: float) -> _Read:
    import soundfile

    try:
        with soundfile.SoundFile(str(path)) as file:
            return _read_sound(path, file, max_seconds)
    except soundfile.LibsndfileError as error:
        if found.format in {"wav", "flac", "aiff", "au", "caf", "w64", "rf64"}:
            raise MediaError(
                "media_broken", file=path.name, reason=str(error.error_string).strip()
            ) from error
    return _read_container(path, max_seconds)  # m4a, aac, the sound of a clip


def _read_sound(path: Path, file: Any, max_seconds: float) -> _Read:
    import numpy as np

    wanted = min(file.frames, int(max_seconds * file.samplerate))
    samples = file.read(wanted, dtype="float32", always_2d=True)
    if len(samples) < wanted and file.format in {"WAV", "FLAC", "AIFF", "AU", "CAF", "W64", "RF64"}:
        raise MediaError("media_truncated", file=path.name)
    if not np.isfinite(samples).all():
        raise MediaError("media_broken", file=path.name, reason="NaN or infinite samples")
    mono = samples.mean(axis=1, dtype=np.float32)
    return _Read(mono, file.samplerate, file.channels, file.frames / file.samplerate)


def _read_container(path: Path, max_seconds: float) -> _Read:
    """The first sound track of any container that FFmpeg reads."""
    import av
    import numpy as np

    blocks: list[Wave] = []
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise MediaError("media_empty_track", file=path.name)
            stream = container.streams.audio[0]
            rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
            planar = av.AudioResampler(format="fltp")
            left = int(max_seconds * rate)
            for frame in container.decode(stream):
                for converted in planar.resample(frame):
                    blocks.append(converted.to_ndarray().mean(axis=0, dtype=np.float32)[:left])
                    left -= blocks[-1].size
                if left <= 0:
                    break
            whole = container.duration / 1_000_000 if container.duration else None
    except (av.FFmpegError, ValueError) as error:
        raise MediaError("media_broken", file=path.name, reason=reason(error)) from error
    return _Read(np.concatenate(blocks) if blocks else np.zeros(0, np.float32), rate, channels, whole)


def _resampled(wave: "Wave", native: int, rate: int) -> "Wave":
    import numpy as np

    if native == rate:
        return wave
    import librosa

    resampled = librosa.resample(wave, orig_sr=native, target_sr=rate, res_type="soxr_hq")
    return np.ascontiguousarray(resampled, dtype=np.float32)
