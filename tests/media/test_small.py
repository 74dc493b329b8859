"""Small copies of media: their size, their form, and that nothing but the medium is in them."""

import io
import math
import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.core.errors import MediaError
from studio.media import small_frames, small_picture, small_sound

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"


def test_a_picture_becomes_a_small_jpeg_without_its_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "тайная подпись"
    Image.new("RGB", (1200, 600), (200, 30, 30)).save(tmp_path / "a.jpg", exif=exif)
    part = small_picture(tmp_path / "a.jpg", 300, 75)
    made = Image.open(io.BytesIO(part.data))
    assert (made.format, made.size, (part.width, part.height)) == ("JPEG", (300, 150), (300, 150))
    assert not made.getexif() and len(part.data) < 5_000


def test_a_sound_becomes_a_short_mp3(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        tone = (int(9_000 * math.sin(i * 440 * math.tau / 16_000)) for i in range(16_000 * 5))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    part, whole = small_sound(tmp_path / "a.wav", 2.0, 32)
    assert part.mime == "audio/mpeg" and whole == pytest.approx(5.0, abs=0.01)
    with av.open(io.BytesIO(part.data)) as made:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in made.decode(audio=0)])
        rate = made.streams.audio[0].rate
    assert heard.size / rate == pytest.approx(2.0, abs=0.1)
    pitch = np.argmax(np.abs(np.fft.rfft(heard))) * rate / heard.size
    assert pitch == pytest.approx(440, abs=5), "it is the same tone"
    assert len(part.data) < 32_000 / 8 * 2.5


def test_a_clip_becomes_frames_from_its_first_to_its_last() -> None:
    clip = next((DEMO / "ruDemoMotion" / "samples").glob("*.mp4"))
    frames = small_frames(clip, 4, 120, 70)
    times = [frame.at_s for frame in frames]
    assert len(frames) == 4 and times[0] == 0 and times == sorted(times)
    assert all(max(frame.width, frame.height) <= 120 for frame in frames)


def test_what_is_no_medium_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    with pytest.raises(MediaError):
        small_picture(tmp_path / "a.png", 100, 70)
