"""Tasks that benchmarks ask about: as many records as wanted, each with a medium of its own and a mark in its question.

Media are distinct, so that no cache anywhere can answer twice; the mark, (q17), is what `counting` knows a question by.
"""

import json
import math
import random
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.core.content import Modality

RATE = 44_100  # of sounds: a model wants 16,000, so they are resampled as real ones are
FPS = 25


def make_task(folder: Path, kind: Modality, n: int, *, distinct: int | None = None) -> Path:
    """A task folder in MERA's format, and `rows.json` beside it for tools that do not read that. All media are
    distinct unless it is said how many are."""
    (folder / "samples").mkdir(parents=True)
    suffix, write = _KINDS[kind]
    records, rows = [], []
    for number in range(1, n + 1):
        place = (number - 1) % (distinct or n) + 1
        file = f"samples/{place:05}.{suffix}"
        if place == number:
            write(folder / file, random.Random(number))
        question = f"Что здесь? (q{number})"
        records.append({
            "instruction": f"Вот файл: <{kind}>\nВопрос: {{question}}\nОтвет после слова ОТВЕТ.",
            "inputs": {kind: file, "question": question},
            "outputs": "круг",
            "meta": {"id": number},
        })  # fmt: skip
        rows.append({
            "id": number,
            "before": "Вот файл: ",
            "media": str((folder / file).resolve()),
            "after": f"\nВопрос: {question}\nОтвет после слова ОТВЕТ.",
            "gold": "круг",
        })  # fmt: skip
    _dump(folder / "test.json", {"access": "public", "data": records})
    _dump(folder / "rows.json", rows)
    return folder


def picture(path: Path, rng: random.Random) -> None:
    """112 x 112, the size that the embedded model looks at: six discs."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (112, 112), (240, 240, 240))
    draw = ImageDraw.Draw(image)
    for _ in range(6):
        x, y, size = rng.randrange(90), rng.randrange(90), rng.randrange(8, 30)
        draw.ellipse((x, y, x + size, y + size), fill=tuple(rng.randrange(256) for _ in range(3)))
    image.save(path)


def sound(path: Path, rng: random.Random) -> None:
    """Three seconds of one tone, mono."""
    import numpy as np

    times = np.arange(3 * RATE) / RATE
    samples = 0.4 * np.sin(2 * math.pi * rng.uniform(200, 2000) * times)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def clip(
    path: Path, rng: random.Random, *, seconds: int = 4, size: tuple[int, int] = (320, 240), gop: int = FPS
) -> None:
    """H.264, 25 frames a second, a key frame every `gop`: a square that wanders over a gradient."""
    import av
    import numpy as np

    width, height = size
    ground = np.zeros((height, width, 3), np.uint8)
    ground[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)
    ground[..., 1] = np.linspace(0, 255, height, dtype=np.uint8)[:, None]
    side = height // 5
    tint, phase = rng.randrange(256), rng.uniform(0, 6)
    with av.open(str(path), "w") as container:
        options = {"g": str(gop), "keyint_min": str(gop), "sc_threshold": "0", "preset": "veryfast"}
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for i in range(seconds * FPS):
            frame = ground.copy()
            x = int((width - side) * (0.5 + 0.5 * math.sin(phase + i / 20)))
            y = int((height - side) * (0.5 + 0.5 * math.cos(phase + i / 33)))
            frame[y : y + side, x : x + side] = (tint, 255 - tint, 128)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


_KINDS: dict[Modality, tuple[str, Callable[[Path, random.Random], None]]] = {
    "image": ("png", picture),
    "audio": ("wav", sound),
    "video": ("mp4", clip),
}
