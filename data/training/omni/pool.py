"""A pool of rendered training media on disk, so that training never waits for drawing.

    python -m data.training.omni.pool FOLDER

Pictures and clips are stored at the model's 112 pixels, sounds as log-mel features; the scenes
themselves are drawn again from their seeds. Scenes that resemble one of the demo suite are left out.
"""

from __future__ import annotations

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from data.generate import draw, sounds
from data.generate.clips import Clip
from data.generate.pictures import Picture
from data.generate.sounds import Recording
from data.training.omni.dialogues import MODALITY, Scene, sample_scene
from data.training.omni.layout import N_FRAMES, SIDE

SIZES = {
    "stickers": 14_000,
    "pair": 14_000,
    "alone": 8_000,
    "repeat": 10_000,
    "sequence": 12_000,
    "moving": 10_000,
    "changing": 10_000,
}
N_MEL, MEL_FRAMES = 80, 160
SHAPE = {
    "image": ((SIDE, SIDE, 3), np.uint8),
    "video": ((N_FRAMES, SIDE, SIDE, 3), np.uint8),
    "audio": ((N_MEL, MEL_FRAMES), np.float16),
}
_CHUNK = 500


def scene_at(family: str, index: int, split: str = "train") -> Scene:
    """The scene number `index` of a family; splits `train` and `dev` never share a seed."""
    return sample_scene(family, random.Random(f"{split}:{family}:{index}"))


def pixels(picture: Picture) -> np.ndarray:
    """The picture as the model sees it, `(112, 112, 3)` uint8."""
    image = draw.draw(picture, 2 * SIDE, supersample=1)
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BICUBIC))


def frames(clip: Clip) -> np.ndarray:
    """Eight frames of the clip, `(8, 112, 112, 3)` uint8."""
    blank = draw.backdrop(clip.at(0), 2 * SIDE)
    shown = []
    for i in range(N_FRAMES):
        canvas = blank.copy()
        draw.paint(canvas, clip.at(i / (N_FRAMES - 1)).figures)
        shown.append(np.asarray(canvas.resize((SIDE, SIDE), Image.Resampling.BICUBIC)))
    return np.stack(shown)


def mel(recording: Recording) -> np.ndarray:
    """Log-mel features as the processor makes them, `(80, 160)` float32."""
    wave = np.round(sounds.render(recording) * 32767) / 32768
    padded = np.concatenate([wave, np.zeros(1600)]).astype(np.float32)
    features = _extractor()(padded, sampling_rate=sounds.RATE, padding=False, return_tensors="np")
    return features["input_features"][0][:, :MEL_FRAMES]


def render(scene: Scene) -> np.ndarray:
    """The scene's stored form, by its kind."""
    if isinstance(scene, Picture):
        return pixels(scene)
    return frames(scene) if isinstance(scene, Clip) else mel(scene)


_EXTRACTOR: list[object] = []


def _extractor():  # type: ignore[no-untyped-def]
    if not _EXTRACTOR:
        from transformers import WhisperFeatureExtractor

        _EXTRACTOR.append(WhisperFeatureExtractor(feature_size=N_MEL))
    return _EXTRACTOR[0]


def _one_thread() -> None:
    """Two processes of many threads each stand in each other's way: ten times slower on two cores."""
    import torch

    torch.set_num_threads(1)


def _fill(path: str, family: str, start: int, stop: int) -> int:
    store = np.load(path, mmap_mode="r+")
    for i in range(start, stop):
        store[i] = render(scene_at(family, i))
    store.flush()
    return stop - start


def build(folder: Path, workers: int = 2) -> None:
    """Render every family into `folder/FAMILY.npy`; a family that is complete is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for family, n in SIZES.items():
        done = folder / f"{family}.npy"
        if done.exists():
            continue
        shape, dtype = SHAPE[MODALITY[family]]
        partial = folder / f"{family}.partial.npy"
        np.lib.format.open_memmap(partial, mode="w+", dtype=dtype, shape=(n, *shape)).flush()
        starts = range(0, n, _CHUNK)
        with ProcessPoolExecutor(workers, initializer=_one_thread) as pool:
            jobs = [pool.submit(_fill, str(partial), family, s, min(n, s + _CHUNK)) for s in starts]
            total = sum(job.result() for job in jobs)
        partial.rename(done)
        print(f"{family}: {total}", flush=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
