"""Media made on the spot: pictures, sounds, clips, and ways to spoil them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """Writes a picture and returns its path: `picture("a.png", size=(40, 30), mode="RGB", color="red")`."""

    def write(name: str, *, size=(40, 30), mode="RGB", color: Any = "red", **save: Any) -> Path:
        from PIL import Image

        path = tmp_path / name
        Image.new(mode, size, color).save(path, **save)
        return path

    return write


@pytest.fixture
def sound(tmp_path: Path) -> Callable[..., Path]:
    """Writes a 440 Hz tone and returns its path: `sound("a.wav", seconds=1, rate=16000, channels=1)`."""

    def write(name: str, *, seconds=1.0, rate=16_000, channels=1, **save: Any) -> Path:
        import numpy as np
        import soundfile

        time = np.arange(round(seconds * rate)) / rate
        wave = 0.5 * np.sin(2 * np.pi * 440 * time)
        soundfile.write(tmp_path / name, np.stack([wave] * channels, axis=1), rate, **save)
        return tmp_path / name

    return write


@pytest.fixture
def clip(tmp_path: Path) -> Callable[..., Path]:
    """Writes a clip whose frame i is grey of value 4·i (up to 255), and returns its path. `times`: when each frame is
    shown, in milliseconds, for a rate that varies."""

    def write(
        name: str,
        *,
        frames=50,
        codec="libx264",
        size=(64, 48),
        rate=10,
        tone=False,
        options=None,
        times=None,
        **container: str,
    ) -> Path:
        import av
        import numpy as np

        with av.open(str(tmp_path / name), "w", options=container) as out:
            video = out.add_stream(codec, rate=rate, options=options or {})
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            if times:
                video.codec_context.time_base = Fraction(1, 1000)
            voice = out.add_stream("aac", rate=16_000) if tone else None
            for index in range(len(times or range(frames))):
                grey = np.full((size[1], size[0], 3), min(255, 4 * index), np.uint8)
                picture = av.VideoFrame.from_ndarray(grey, format="rgb24")
                if times:
                    picture.pts, picture.time_base = times[index], Fraction(1, 1000)
                out.mux(video.encode(picture))
            out.mux(video.encode(None))
            if voice is not None:
                for index in range(frames * 16_000 // rate // 1024):
                    wave = np.sin(np.arange(1024, dtype=np.float32) / 6)[None]
                    frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
                    frame.sample_rate, frame.pts = 16_000, index * 1024
                    out.mux(voice.encode(frame))
                out.mux(voice.encode(None))
        return tmp_path / name

    return write


@pytest.fixture
def cut() -> Callable[[Path, float], Path]:
    """Keeps only a part of a file's bytes."""

    def spoil(path: Path, share: float = 0.5) -> Path:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return spoil
