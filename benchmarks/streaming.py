"""Memory of a large task from `datasets`: pictures must not sit in it, however many there are.

A dataset with UniScienceVQA's features and as many distinct pictures (of noise, so that nothing packs them) is made in
two sizes, one a tenth of the other, and run from beginning to end in a process of its own: read, written to the cache,
planned, asked (the engine opens every picture and lets it go), scored. What counts is how much the highest resident
size grows between the two, against how much more the pictures weigh.
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.report import write
from studio.settings import REPOSITORY
from tests.tasks.fake_hub import FakeHub

WHOLE = 7432  # UniScienceVQA's test split
SIDE = 146  # noise of 146 x 146 is 64 kB as PNG
FILE_ROWS = 500
FORMS = ("parquet", "saved", "hub")
NAME = "UniScienceVQA"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--samples", type=int, default=WHOLE)
    options.add_argument("--child", nargs=2, metavar=("REF", "HOME"))
    asked = options.parse_args()
    if asked.child:
        print(json.dumps(measured(*asked.child)))
        return
    found = {form: compared(form, asked.samples) for form in FORMS}
    write("streaming", {"samples": asked.samples, "forms": found})


def compared(form: str, samples: int) -> dict[str, Any]:
    """Both sizes of one form of dataset."""
    small, large = (one_size(form, n) for n in (samples // 10, samples))
    grown = large["peak_mb"] - small["peak_mb"]
    heavier = large["pictures_mb"] - small["pictures_mb"]
    return {
        "small": small,
        "large": large,
        "grown_mb": round(grown, 1),
        "grown_share": round(grown / heavier, 3),
    }


def one_size(form: str, samples: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="studio-streaming-") as folder:
        root = Path(folder)
        ref, hub = made(root, form, samples)
        with hub as endpoint:
            environ = {**os.environ, "HF_HOME": str(root / "hf"), "STUDIO_LANG": "en"}
            if endpoint:
                environ |= {"HF_ENDPOINT": endpoint, "HF_HUB_OFFLINE": "0"}
            command = [sys.executable, "-m", "benchmarks.streaming", "--child", ref, str(root / "home")]
            done = subprocess.run(
                command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False
            )
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return {"samples": samples, **found}


def made(root: Path, form: str, samples: int) -> tuple[str, AbstractContextManager[str]]:
    """A dataset of distinct pictures: what to call it, and the hub that serves it while it is needed."""
    from datasets import Dataset, DatasetDict

    if form == "saved":
        rows = Dataset.from_generator(records, features=features(), gen_kwargs={"first": 0, "n": samples},
                                      cache_dir=str(root / "arrow"))  # fmt: skip
        DatasetDict({"test": rows}).save_to_disk(str(root / NAME))
        return str(root / NAME), nullcontext("")
    folder = root / "hub" / "MERA-evaluation" / NAME / "data" if form == "hub" else root / NAME / "data"
    folder.mkdir(parents=True)
    files = -(-samples // FILE_ROWS)
    for number in range(files):
        first = number * FILE_ROWS
        rows = Dataset.from_list(list(records(first, min(FILE_ROWS, samples - first))), features=features())
        rows.to_parquet(str(folder / f"test-{number:05}-of-{files:05}.parquet"))
    if form == "hub":
        return f"hub:MERA-evaluation/{NAME}", FakeHub(root / "hub").serving()
    return str(root / NAME), nullcontext("")


def features() -> Any:
    from datasets import Features, Image, Value

    text = Value("string")
    inputs = {"image": Image(decode=False), "question": text, "annotation": text}
    return Features({"instruction": text, "inputs": inputs, "outputs": text, "meta": {"id": Value("int32")}})


def records(first: int, n: int) -> Iterator[dict[str, Any]]:
    """Records of pictures of noise, no two alike."""
    for number in range(first, first + n):
        yield {
            "instruction": "Рассмотрите <image>\n{question}\n{annotation}",
            "inputs": {
                "image": {"bytes": picture(number), "path": f"{number}.png"},
                "question": f"Что под номером {number}? " + "Подробное описание задачи. " * 10,
                "annotation": "Ответьте одним словом.",
            },
            "outputs": "корпускула",
            "meta": {"id": number},
        }


def picture(number: int) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    noise = random.Random(number).randbytes(SIDE * SIDE * 3)
    Image.frombytes("RGB", (SIDE, SIDE), noise).save(file, "PNG")
    return file.getvalue()


def measured(ref: str, home: str) -> dict[str, Any]:
    """The run, in this process: its highest resident size, what it was before, and what the pictures weigh."""
    import datasets  # noqa: F401  (its libraries count before the run, in every size alike)
    import pyarrow

    from studio.core.content import media_of
    from studio.core.engine import Request
    from studio.core.run import RunSpec
    from studio.engines.scripted import ScriptedEngine
    from studio.media import load_image
    from studio.service import Studio
    from studio.settings import Settings
    from studio.store import Store
    from tests.support import RuleJudge

    weight = 0

    def look(request: Request) -> str:
        nonlocal weight
        for medium in media_of(request.message):
            weight += medium.path.stat().st_size
            load_image(medium.path)
        return "корпускула"

    own = OwnPages()
    settings = Settings(home=Path(home), db=Path(home) / "s.sqlite")
    engine = ScriptedEngine(look)
    studio = Studio(settings, Store(settings.db), engine=lambda spec: engine, judge=lambda name: RuleJudge())
    run = studio.wait(studio.start(RunSpec("our/scripted", (ref,), judge="rule")))
    studio.close()
    if run.state != "done" or run.failed or run.em.mean != 1 or run.js.mean != 1:
        raise SystemExit(f"the run is not whole: {run}")
    arrow = pyarrow.default_memory_pool().max_memory() or 0
    return {"pictures_mb": round(weight / 2**20, 1), **own.told(), "arrow_mb": round(arrow / 2**20, 1)}


class OwnPages:
    """The highest resident size so far. `peak_mb` are pages of this process alone, looked at every 20 ms; a mapped file
    (a saved dataset is one) belongs to the system, which takes its pages back as it likes: `with_mapped_mb`."""

    def __init__(self) -> None:
        self._before = self._peak = resident_mb("RssAnon")
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def told(self) -> dict[str, float]:
        self._done.set()
        self._thread.join()
        return {"before_mb": self._before, "peak_mb": self._peak, "with_mapped_mb": resident_mb("VmHWM")}

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self._peak = max(self._peak, resident_mb("RssAnon"))


def resident_mb(kind: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(int(next(line for line in lines if line.startswith(kind)).split()[1]) / 1024, 1)


if __name__ == "__main__":
    main()
