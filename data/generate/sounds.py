"""Short recordings made of six plain sounds, synthesised with numpy at 16 kHz, mono."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RATE = 16_000
SECONDS = 1.6
SOUNDS = ("drum", "bell", "whistle", "horn", "bird", "clap")
ORDER_SOUNDS = ("drum", "bell", "whistle", "bird")

Wave = np.ndarray


@dataclass(frozen=True)
class Event:
    """One sound: `start` and `length` in seconds, `pitch` in -1…1 within its range, `gain` linear."""

    name: str
    start: float
    length: float
    pitch: float
    gain: float
    grain: int


@dataclass(frozen=True)
class Recording:
    """Events in order of time over a faint noise of level `noise`."""

    events: tuple[Event, ...]
    noise: float
    grain: int

    def key(self) -> tuple[object, ...]:
        """What must not be repeated between training and test: which sound begins when (20 ms)."""
        return ("recording", *((e.name, round(e.start * 50)) for e in self.events))


def repeated(rng: random.Random, name: str, n: int) -> Recording:
    """One sound, `n` times (1 to 5), at uneven intervals and one pitch."""
    pitch = rng.uniform(-1, 1)
    lengths = [rng.uniform(0.17, 0.21) for _ in range(n)]
    return _recording(rng, [name] * n, [pitch] * n, lengths, gap=0.07)


def sequence(rng: random.Random, names: list[str]) -> Recording:
    """Different sounds, one after another."""
    lengths = [rng.uniform(0.3, 0.4) for _ in names]
    return _recording(rng, names, [rng.uniform(-1, 1) for _ in names], lengths, gap=0.06)


def render(recording: Recording) -> Wave:
    """Return samples in -1…1, float32, exactly `SECONDS` long."""
    noise = np.random.default_rng(recording.grain)
    wave = noise.standard_normal(int(RATE * SECONDS)) * recording.noise
    for event in recording.events:
        start, n = int(event.start * RATE), int(event.length * RATE)
        t = np.arange(n) / RATE
        sound = _SYNTHS[event.name](t, event.pitch, np.random.default_rng(event.grain))
        edge = np.minimum(1, np.minimum(t / 0.004, (event.length - t) / 0.02))
        wave[start : start + n] += sound / np.abs(sound).max() * edge * event.gain
    return np.clip(wave, -1, 1).astype(np.float32)


def _recording(
    rng: random.Random, names: list[str], pitches: list[float], lengths: list[float], gap: float
) -> Recording:
    spare = SECONDS - sum(lengths) - gap * (len(names) + 1)
    cuts = sorted(rng.uniform(0, spare) for _ in names)
    events, clock = [], 0.0
    for i, name in enumerate(names):
        clock = gap * (i + 1) + sum(lengths[:i]) + cuts[i]
        events.append(
            Event(name, clock, lengths[i], pitches[i], rng.uniform(0.35, 0.85), rng.getrandbits(30))
        )
    return Recording(tuple(events), 10 ** rng.uniform(-3.2, -2.3), rng.getrandbits(30))


def _scaled(low: float, high: float, pitch: float) -> float:
    return low * (high / low) ** ((pitch + 1) / 2)


def _drum(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    base = _scaled(55, 85, pitch)
    phase = 2 * np.pi * (base * t + base * 1.6 * 0.03 * (1 - np.exp(-t / 0.03)))
    return np.sin(phase) * np.exp(-t / 0.07) + 0.25 * noise.standard_normal(len(t)) * np.exp(-t / 0.006)


def _bell(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    base = _scaled(620, 980, pitch)
    partials = ((1.0, 1.0, 0.30), (2.0, 0.6, 0.2), (2.76, 0.5, 0.15), (5.4, 0.25, 0.08))
    return sum(a * np.sin(2 * np.pi * base * k * t) * np.exp(-t / decay) for k, a, decay in partials)


def _whistle(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    base = _scaled(2000, 2700, pitch)
    trill = 1 + 0.5 * np.sin(2 * np.pi * 38 * t)
    return trill * np.sin(2 * np.pi * base * t + 3.0 * np.sin(2 * np.pi * 38 * t))


def _horn(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    base = _scaled(170, 260, pitch)
    return sum(np.sin(2 * np.pi * base * k * t) / k for k in range(1, 13)) * np.minimum(1, t / 0.03)


def _bird(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    low, n = _scaled(3000, 3800, pitch), 3
    part = (t / t[-1] * n) % 1.0
    frequency = low * (1 + 0.55 * part)
    return np.sin(2 * np.pi * np.cumsum(frequency) / RATE) * np.sin(np.pi * part) ** 2


def _clap(t: Wave, pitch: float, noise: np.random.Generator) -> Wave:
    envelope = sum(np.exp(-np.maximum(t - d, 0) / 0.012) * (t >= d) for d in (0.0, 0.011, 0.022))
    raw = noise.standard_normal(len(t)) * (envelope + 0.15 * np.exp(-t / 0.05))
    spectrum = np.fft.rfft(raw)
    hertz = np.fft.rfftfreq(len(raw), 1 / RATE)
    centre = _scaled(1200, 2000, pitch)
    return np.fft.irfft(spectrum * np.exp(-((hertz - centre) ** 2) / (2 * 900**2)), len(raw))


_SYNTHS: dict[str, Callable[[Wave, float, np.random.Generator], Wave]] = {
    "drum": _drum,
    "bell": _bell,
    "whistle": _whistle,
    "horn": _horn,
    "bird": _bird,
    "clap": _clap,
}
