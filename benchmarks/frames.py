"""Eight frames of a 60 s clip: the studio's way beside decord's own `get_batch`, and beside decoding every frame.

640 x 360, 25 frames a second, H.264, with a key frame every second and every ten (what x264 does by itself). The
studio also recognises the file, makes pictures and notes what it took. The three ways in turns, in one process.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.made_tasks import FPS, clip
from benchmarks.report import write
from benchmarks.rounds import spread
from studio.media import load_frames
from studio.media.video import frame_indices

N = 8


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="a clip of 6 s, two rounds: to see that it works"
    )
    quick = options.parse_args().quick
    seconds, rounds = (6, 2) if quick else (60, 7)
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        found = {f"a key frame every {gop // FPS} s": measured(Path(name), gop, seconds, rounds)
                 for gop in (FPS, 10 * FPS)}  # fmt: skip
    write(
        "frames",
        {"seconds": seconds, "taken": N, "rounds": rounds, "clips": found},
        keep=not quick,
    )


def measured(folder: Path, gop: int, seconds: int, rounds: int) -> dict[str, Any]:
    path = folder / f"{gop}.mp4"
    clip(path, random.Random(gop), seconds=seconds, size=(640, 360), gop=gop)
    ways: tuple[Callable[[Path], object], ...] = (lambda file: load_frames(file, N), get_batch, every_frame)
    for way in ways:
        way(path)
    took = [[timed(way, path) for way in ways] for _ in range(rounds)]
    ours, batch, every = (list(column) for column in zip(*took, strict=True))
    return {
        "studio, ms": spread([1000 * s for s in ours], 1),
        "get_batch, ms": spread([1000 * s for s in batch], 1),
        "every frame, ms": spread([1000 * s for s in every], 1),
        "to get_batch": spread([a / b for a, b in zip(ours, batch, strict=True)], 2),
        "times faster than every frame": spread([b / a for a, b in zip(ours, every, strict=True)], 1),
    }


def get_batch(path: Path) -> object:
    import decord

    reader = decord.VideoReader(str(path), ctx=decord.cpu(0))
    return reader.get_batch(frame_indices(len(reader), N)).asnumpy()


def every_frame(path: Path) -> list[object]:
    """As MERA's harness does for clips that it turns into pictures: all are decoded, then eight are taken."""
    import decord

    reader = decord.VideoReader(str(path), ctx=decord.cpu(0))
    wanted = set(frame_indices(len(reader), N))
    return [frame for i in range(len(reader)) if (frame := reader[i].asnumpy()) is not None and i in wanted]


def timed(way: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    way(path)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
