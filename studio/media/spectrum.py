"""A sound drawn: its outline as numbers, and what frequencies are in it when, as a picture.

The spectrogram is the one that sound encoders take: windows of 25 ms every 10 ms, bands of the mel scale, decibels.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float32]

BANDS = 96
MAX_COLUMNS = 1_000
DEPTH_DB = 80.0  # what is quieter than the loudest by more is black
_WINDOW_S, _HOP_S = 0.025, 0.010
_BLOCK = 4_000  # windows worked on at once: a long sound takes no more memory than a short one
# Dark to bright, even to the eye and in grey: five colours of matplotlib's `magma` (CC0), the rest between them.
_COLOURS = ((0, 0, 4), (81, 18, 124), (183, 55, 121), (252, 137, 97), (252, 253, 191))


def outline(wave: "Wave", columns: int = 600) -> tuple[tuple[int, int], ...]:
    """(lowest, highest) of each of at most `columns` equal parts of a sound, in hundredths of full scale."""
    import numpy as np

    parts = np.array_split(wave, min(columns, max(1, wave.size)))
    return tuple((_hundredths(part.min(initial=0.0)), _hundredths(part.max(initial=0.0))) for part in parts)


def _hundredths(value: Any) -> int:
    return round(100 * max(-1.0, min(1.0, float(value))))


def spectrum(wave: "Wave", rate: int) -> "NDArray[np.uint8]":
    """Loudness by frequency and time: shape (bands, columns), the highest band first; 0 is `DEPTH_DB` below the
    loudest, 255 the loudest. Silence is 0 everywhere. `wave` has shape (samples,)."""
    import numpy as np

    power = np.concatenate(list(_mel_blocks(wave, rate)), axis=1)
    edges = np.linspace(0, power.shape[1], min(MAX_COLUMNS, power.shape[1]) + 1).astype(int)[:-1]
    power = np.maximum.reduceat(power, edges, axis=1)
    top = float(power.max(initial=0.0))
    if top <= 0:
        return np.zeros(power.shape, np.uint8)
    decibels = 10 * np.log10(np.maximum(power / top, 1e-12))
    return np.flipud(np.clip(255 * (1 + decibels / DEPTH_DB), 0, 255)).astype(np.uint8)


def _mel_blocks(wave: "Wave", rate: int) -> "Iterator[NDArray[np.float32]]":
    import numpy as np
    from librosa.filters import mel as mel_filters

    hop = max(1, round(rate * _HOP_S))
    size = 1 << max(5, (round(rate * _WINDOW_S) - 1).bit_length())
    padded = np.pad(wave, size // 2)
    bands = min(BANDS, size // 8)
    mel = mel_filters(sr=rate, n_fft=size, n_mels=bands)
    window = np.hanning(round(rate * _WINDOW_S) or 1).astype(np.float32)
    window = np.pad(window, ((size - window.size) // 2, size - window.size - (size - window.size) // 2))
    views = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop]
    for start in range(0, len(views), _BLOCK):
        strengths = np.abs(np.fft.rfft(views[start : start + _BLOCK] * window, axis=1)) ** 2
        yield (strengths @ mel.T).T.astype(np.float32)


def save_spectrum(values: "NDArray[np.uint8]", path: Path) -> None:
    """Writes a spectrogram as a PNG in colour. Raises OSError."""
    import numpy as np
    from PIL import Image

    image = Image.fromarray(values).convert("P")
    steps = np.linspace(0, 255, len(_COLOURS))
    channels = [np.interp(np.arange(256), steps, [colour[i] for colour in _COLOURS]) for i in range(3)]
    image.putpalette(np.stack(channels, axis=1).round().astype(np.uint8).tobytes())
    image.save(path, "PNG", optimize=True)
