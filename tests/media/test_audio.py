"""Sounds come out mono at 16 kHz with a note of what was done, or with a clear error."""

import wave

import numpy as np
import pytest

from studio.core.errors import MediaError
from studio.media import load_audio, probe, waveform


def loudest_frequency(samples, rate):
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[spectrum.argmax()])


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("a.wav", {"subtype": "PCM_16"}),
        ("a.wav", {"subtype": "PCM_24"}),
        ("a.wav", {"subtype": "PCM_U8"}),
        ("a.wav", {"subtype": "FLOAT"}),
        ("a.wav", {"subtype": "ALAW"}),
        ("a.flac", {}),
        ("a.ogg", {}),
        ("a.mp3", {}),
        ("a.aiff", {}),
    ],
)
def test_a_tone_keeps_its_pitch_and_length_in_every_format(sound, name, save):
    loaded = load_audio(sound(name, seconds=1, rate=48_000, channels=2, **save))
    assert loaded.wave.dtype == np.float32 and loaded.wave.ndim == 1
    assert len(loaded.wave) == pytest.approx(16_000, abs=2000)
    assert loudest_frequency(loaded.wave, 16_000) == pytest.approx(440, abs=2)
    assert (loaded.note["sample_rate"], loaded.note["sent_rate"], loaded.note["channels"]) == (
        48_000,
        16_000,
        2,
    )
    assert loaded.note["cut"] is False


def test_the_native_rate_is_left_alone(sound):
    loaded = load_audio(sound("a.wav", rate=16_000))
    assert len(loaded.wave) == 16_000 and loaded.note["duration_s"] == 1.0


def test_the_sound_of_a_container_is_read(clip):
    path = clip("a.mp4", tone=True)
    loaded = load_audio(path)
    assert 4 < len(loaded.wave) / 16_000 < 6
    assert loudest_frequency(loaded.wave, 16_000) == pytest.approx(16_000 / 6 / 2 / np.pi, abs=3)


def test_one_sample_is_a_sound(sound):
    for rate in (16_000, 44_100):
        loaded = load_audio(sound("a.wav", seconds=1 / rate, rate=rate))
        assert 1 <= len(loaded.wave) <= 2 and np.isfinite(loaded.wave).all()


def test_of_two_hours_only_the_beginning_is_read_and_the_note_says_so(tmp_path):
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * (8000 * 7200))
    loaded = load_audio(path, max_seconds=10)
    assert len(loaded.wave) == 160_000
    assert (loaded.note["duration_s"], loaded.note["used_s"], loaded.note["cut"]) == (7200.0, 10.0, True)
    assert probe(path).duration_s == 7200
    assert len(waveform(path, 300)) == 300


def test_a_sound_without_samples_is_an_error(sound):
    with pytest.raises(MediaError, match="media_empty_track"):
        load_audio(sound("a.wav", seconds=0))


@pytest.mark.parametrize(
    ("name", "share"), [("a.wav", 0.5), ("a.wav", 0.99), ("a.flac", 0.5), ("a.wav", 0.001)]
)
def test_a_cut_off_sound_is_an_error(sound, cut, name, share):
    with pytest.raises(MediaError) as caught:
        load_audio(cut(sound(name, seconds=3), share))
    assert caught.value.problem.code in {"media_truncated", "media_broken", "media_unknown"}


def test_a_wav_of_a_streaming_writer_is_whole(sound):
    path = sound("a.wav")
    data = bytearray(path.read_bytes())
    at = data.index(b"data")
    data[4:8] = data[at + 4 : at + 8] = b"\xff" * 4
    path.write_bytes(data)
    assert len(load_audio(path).wave) == 16_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "media_missing"),
        (b"", "media_empty"),
        (b"text " * 50, "media_unknown"),
        (b"RIFF\xff\xff\xff\xffWAVE" + b"x" * 99, "media_broken"),
        (b"fLaC" + b"x" * 99, "media_broken"),
        (b"ID3" + b"x" * 999, "media_broken"),
    ],
)
def test_what_is_no_sound_is_named(tmp_path, content, code):
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MediaError) as caught:
        load_audio(path)
    assert caught.value.problem.code == code and str(tmp_path) not in str(caught.value)


def test_a_picture_called_wav_is_no_sound(picture):
    path = picture("a.png")
    with pytest.raises(MediaError, match=r"media_not_audio.*png"):
        load_audio(path.rename(path.with_suffix(".wav")))


def test_infinite_samples_are_an_error(tmp_path):
    import soundfile

    soundfile.write(tmp_path / "a.wav", np.array([0.0, np.inf, np.nan]), 16_000, subtype="FLOAT")
    with pytest.raises(MediaError, match="media_broken"):
        load_audio(tmp_path / "a.wav")


def test_the_outline_follows_the_loudness(tmp_path):
    import soundfile

    samples = np.concatenate([np.zeros(8000), 0.5 * np.ones(8000)])
    soundfile.write(tmp_path / "a.wav", samples, 16_000)
    peaks = waveform(tmp_path / "a.wav", 10)
    assert peaks == [0.0] * 5 + [0.5] * 5
    assert len(waveform(tmp_path / "a.wav", 50_000)) == 50_000
