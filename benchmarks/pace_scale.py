"""What it costs to tell a run's pace as it grows: `Studio.pace` from nothing, in milliseconds of processor time.

A page asks for it while a run goes on, so it takes from the run what it costs. Answers and verdicts are rows of the
store at the times of a run of ten answers a second, two spells with a pause; each question has its verdict.
"""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.inspect_scale import info
from benchmarks.report import percentiles, write
from studio.core.content import Text
from studio.core.figures import Price
from studio.core.run import RunSpec
from studio.core.task import Sample, Task
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store

SIZES = (1_000, 10_000, 100_000)
REPEATS = 40
BEGAN, EVERY_S, PAUSE_S = 1.7e9, 0.1, 3600.0
ANSWERS = (
    "INSERT INTO generations (run_id, sample_id, attempt, status, text, prompt_tokens, completion_tokens, ttft_s,"
    " latency_s, created_at) VALUES ('r1', ?, 1, 'ok', 'ОТВЕТ кот', ?, ?, ?, ?, ?)"
)
VERDICTS = (
    "INSERT INTO scores (generation_id, scorer, version, status, value, created_at)"
    " SELECT id, 'js', 'bench@1', 'scored', 1.0, created_at + 5 FROM generations"
)
JUDGED = "UPDATE run_samples SET state = 'answered', js_status = 'scored', js = 1.0, cell = 'unscored'"


def main() -> None:
    write("pace_scale", {"repeats": REPEATS, "sizes": [measure(size) for size in SIZES]})


def measure(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), db=Path(folder) / "s.sqlite")
        store = Store(settings.db)
        fill(store, size)
        store.close()
        studio = Studio.open(settings)
        figures = pace(studio)
        assert (figures.answered, figures.judged) == (size, size)
        spent = []
        for _ in range(REPEATS):
            start = time.process_time()
            pace(studio)
            spent.append((time.process_time() - start) * 1000)
        studio.close()
        return {"samples": size, "pace": percentiles(spent)}


def pace(studio: Studio) -> Any:
    """As the first who asks: what was worked out is remembered, so it is forgotten first."""
    studio._pacing.forget("r1")
    return studio.pace("r1", Price()).figures


def fill(store: Store, size: int) -> None:
    rng = random.Random(size)
    store.runs.create("r1", "model", RunSpec("bench", ("T0",)), title="")
    ids = list(store.tasks.save(Task(info(0), "test", tuple(sample(key) for key in range(size)))).values())
    task_id = store.tasks.samples(ids[:1])[0].task_id
    store.runs.plan("r1", [(sample_id, task_id) for sample_id in ids], ["T0"])
    with store.db.write() as connection:
        connection.executemany(ANSWERS, (answer(rng, place, size, each) for place, each in enumerate(ids)))
        connection.execute(VERDICTS)
        connection.execute(JUDGED)
        for began in (BEGAN, BEGAN + size * EVERY_S / 2 + PAUSE_S):
            connection.execute("INSERT INTO events (run_id, kind, at) VALUES ('r1', 'started', ?)", (began,))
        connection.execute("UPDATE runs SET judge = 'bench@1'")
    store.runs.finish("r1", "done")


def sample(key: int) -> Sample:
    asked = f"№{key}?"
    return Sample(str(key), "test", "", {"question": asked}, (), (Text(asked),), "кот")


def answer(rng: random.Random, place: int, size: int, sample_id: int) -> tuple[float, ...]:
    latency = 1 + rng.expovariate(0.5)
    at = BEGAN + 30 + place * EVERY_S + rng.random() + PAUSE_S * (place >= size // 2)
    return sample_id, rng.randint(100, 900), rng.randint(1, 200), latency * rng.random() / 5, latency, at


if __name__ == "__main__":
    main()
