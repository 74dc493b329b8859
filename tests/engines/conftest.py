"""Checkpoints made once a session, and a few small media files."""

import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.core.content import Media, Modality, Part, Text
from studio.core.engine import Engine, Request
from studio.engines import open_engine
from studio.engines.server import ServerEngine, open_server
from studio.servers import Access
from tests.engines.checkpoints import BUILDERS
from tests.engines.server_stub import Stub
from tests.engines.tiny import SHORT


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a family's tiny checkpoint; made when first asked for. Do not write into it: copy it."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = BUILDERS[name](tmp_path_factory.mktemp(name))
        return made[name]

    return get


@pytest.fixture(scope="session")
def engine(checkpoint: Callable[[str], Path]) -> Callable[[str], Engine]:
    """An opened engine of a family, shared by the session's tests. Do not close it: that is one test's matter."""
    opened: dict[str, Engine] = {}

    def get(name: str) -> Engine:
        if name not in opened:
            opened[name] = open_engine(str(checkpoint(name)), models_dir=Path("nowhere"), settings=SHORT)
        return opened[name]

    return get


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with picture_0..2.png, sound_0..1.wav, clip_0..1.mp4, all of different content and size."""
    folder = tmp_path_factory.mktemp("media")
    noise = np.random.default_rng(0)
    for i in range(3):
        pixels = noise.integers(0, 255, (40 + 8 * i, 64, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"picture_{i}.png")
    for i in range(2):
        samples = (noise.normal(size=16_000 * (1 + i)) * 3000).astype("<i2")
        with wave.open(str(folder / f"sound_{i}.wav"), "wb") as sound:
            sound.setparams((1, 2, 16_000, 0, "NONE", ""))
            sound.writeframes(samples.tobytes())
        write_clip(folder / f"clip_{i}.mp4", shade=40 * i)
    return folder


def write_clip(path: Path, shade: int) -> None:
    """Two seconds at 8 frames a second, each frame of another grey."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=8, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for i in range(16):
            pixels = np.full((48, 64, 3), (15 * i + shade) % 255, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())


@pytest.fixture(scope="session")
def ask(media: Path) -> Callable[..., Request]:
    """Makes a request: `ask(1, "picture_0.png", "Что здесь?")`; parts that name a file are media."""
    kinds: dict[str, Modality] = {"picture": "image", "sound": "audio", "clip": "video"}

    def make(key: int, *parts: str) -> Request:
        message: list[Part] = []
        for index, part in enumerate(parts):
            kind = kinds.get(part.partition("_")[0]) if part.count(".") == 1 and "_" in part else None
            message.append(Media(kind, f"{kind}_{index}", media / part) if kind else Text(part))
        return Request(key, tuple(message))

    return make


@pytest.fixture(scope="session")
def questions(ask: Callable[..., Request]) -> list[Request]:
    """Questions of every kind: text alone, one medium, two of one kind, two kinds; texts of different length."""
    return [
        ask(0, "Что на картинке? ", "picture_0.png", " Ответь."),
        ask(1, "picture_1.png", "Сколько?"),
        ask(2, "picture_2.png", "picture_0.png", "Что общего у двух картинок?"),
        ask(3, "sound_0.wav", "Что слышно?"),
        ask(4, "sound_1.wav", "Что слышно здесь? Ответь подробно."),
        ask(5, "clip_0.mp4", "Что движется?"),
        ask(6, "clip_1.mp4", "Что движется в этом ролике?"),
        ask(7, "Сколько будет 2 + 2?"),
        ask(8, "picture_0.png", "sound_0.wav", "И то и другое?"),
    ]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., ServerEngine]]:
    """Opens engines and closes them."""
    with ExitStack() as stack:

        def opened(
            *stubs: Stub, model: str = "", key: str = "EMPTY", patience_s: float = 30.0
        ) -> ServerEngine:
            access = Access(tuple(stub.url for stub in stubs), key, patience_s)
            engine = open_server(model, access, tmp_path / "files")
            stack.callback(engine.close)
            return engine

        yield opened
