"""Pictures of a large task pass through memory a few at a time: read, written to the cache, asked about, let go."""

import io
import random
import tracemalloc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from datasets import Dataset, DatasetDict, Features, Image, Value
from PIL import Image as Pictures

from studio.core.content import media_of
from studio.core.engine import Request
from studio.core.run import RunSpec
from studio.tasks import Catalogue
from studio.tasks.hub import _Store
from studio.tasks.records import read_samples
from studio.tasks.reference import DatasetRef
from studio.tasks.rows import local_rows
from tests.support import scripted_studio

N, SIDE = 240, 146  # noise of 146 x 146 is 64 kB as PNG
WEIGHT = N * SIDE * SIDE * 3
TEXT = Value("string")
FEATURES = Features(
    {
        "instruction": TEXT,
        "inputs": {"image": Image(decode=False), "question": TEXT},
        "outputs": TEXT,
        "meta": {"id": Value("int32")},
    }
)


class Picture(dict[str, Any]):
    """A medium as it lies in a row, whose life can be watched."""


def picture(number: int) -> bytes:
    """A picture of noise, like no other."""
    file = io.BytesIO()
    noise = random.Random(number).randbytes(SIDE * SIDE * 3)
    Pictures.frombytes("RGB", (SIDE, SIDE), noise).save(file, "PNG")
    return file.getvalue()


def records(n: int) -> Iterator[dict[str, Any]]:
    for number in range(n):
        yield {
            "instruction": "Рассмотрите <image>\n{question}",
            "inputs": {
                "image": Picture(bytes=picture(number), path=f"{number}.png"),
                "question": f"Что под номером {number}?",
            },
            "outputs": "корпускула",
            "meta": {"id": number},
        }


def write(folder: Path, form: str, n: int = N) -> Path:
    """A parquet file with all rows in one group, as some uploads have it; or a saved dataset."""
    rows = Dataset.from_list(list(records(n)), features=FEATURES)
    if form == "saved":
        DatasetDict({"test": rows}).save_to_disk(str(folder))
    else:
        folder.mkdir(parents=True)
        rows.to_parquet(str(folder / "test.parquet"), batch_size=n)
    return folder


@pytest.mark.parametrize("form", ["parquet", "saved"])
def test_rows_are_read_a_few_at_a_time_whatever_groups_they_lie_in(tmp_path: Path, form: str) -> None:
    rows = local_rows(write(tmp_path / "Large", form), "test")
    before, highest, seen = pyarrow.total_allocated_bytes(), 0, 0
    for _ in rows.records():
        seen += 1
        highest = max(highest, pyarrow.total_allocated_bytes() - before)
    assert seen == N and highest < WEIGHT / 4


def test_a_picture_is_let_go_once_it_is_in_the_cache(tmp_path: Path) -> None:
    alive: weakref.WeakSet[Picture] = weakref.WeakSet()
    most = 0

    def watched() -> Iterator[dict[str, Any]]:
        nonlocal most
        for record in records(N):
            alive.add(record["inputs"]["image"])
            most = max(most, len(alive))
            yield record

    store = _Store(tmp_path / "cache", DatasetRef(str(tmp_path)))
    samples = read_samples(watched(), "test", store.locate)
    assert len({sample.media[0].sha256 for sample in samples}) == N
    assert most <= 2, "one that is read, and one that was"


Picture.__hash__ = object.__hash__  # type: ignore[method-assign,assignment]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries under `datasets`
@pytest.mark.parametrize("form", ["parquet", "saved"])
def test_a_run_over_many_pictures_never_holds_them(tmp_path: Path, form: str) -> None:
    """From the dataset's files to the last score, with what Python allocates counted; libraries are loaded before."""
    looked = []

    def look(request: Request) -> str:
        (medium,) = media_of(request.message)
        looked.append(medium.path.stat().st_size)
        return "корпускула"

    studio = scripted_studio(tmp_path / "home", look, data=tmp_path / "no-demo")
    few, many = write(tmp_path / "Few", form, 4), write(tmp_path / "Many", form)
    studio.wait(studio.start(RunSpec("our/model", (str(few),))), timeout_s=300)
    looked.clear()
    tracemalloc.start()
    run = studio.wait(studio.start(RunSpec("our/model", (str(many),))), timeout_s=300)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    studio.close()
    assert run.state == "done" and run.em.mean == 1 and sum(looked) > WEIGHT
    assert highest < WEIGHT / 2, "about a twelfth is usual; a library loaded late may weigh as much again"


def test_a_beginning_reads_no_more_than_itself(tmp_path: Path) -> None:
    folder = write(tmp_path / "Large", "parquet")
    task = Catalogue({}, cache=tmp_path / "cache").load(str(folder), limit=3)
    assert len(task) == 3 and task.info.sizes == {"test": N}
    assert sum(path.is_file() for path in (tmp_path / "cache").rglob("*.png")) == 3
