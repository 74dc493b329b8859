"""How quick a run is shown by prompt: 100,000 answers in ten prompts, 2,000 of them labelled, the whole answer of the
page; and what taking a crossed run apart costs, as it grows. Server time, ms.
"""

import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.inspect_scale import fill
from benchmarks.report import percentiles, write
from components.pages.prompts import looked
from studio.core.label import NewLabel
from studio.core.run import OWNER, SampleFilter
from studio.service import Studio
from studio.settings import Settings
from studio.stats import flips_of, prompt_gap, variance_split
from studio.store import Store

SIZE, LABELS, REPEATS, PROMPTS = 100_000, 2_000, 12, 10
ITEMS = (50, 300, 1_000)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), db=Path(folder) / "s.sqlite")
        store = Store(settings.db)
        run = fill(store, SIZE)
        store.close()
        with closing(sqlite3.connect(settings.db)) as connection, connection:
            connection.execute("UPDATE samples SET prompt_id = 1 + id % ?", (PROMPTS,))
        found = {"answers": SIZE, "labels": LABELS, **opened(settings, run), "crossed": crossed()}
        write("prompts_scale", found)


def opened(settings: Settings, run: str) -> dict[str, object]:
    """The page after a start, after a label, and when nothing has changed. At the very first look what questions share
    is worked out and kept in the file, for all pages."""
    dice, studio = random.Random(2), Studio.open(settings)
    for offset in dice.sample(range(0, SIZE - 500, 500), LABELS // 100):
        for row in studio.queue(run, SampleFilter(), offset, 100).rows:
            studio.labels.label(run, row.sample_id, NewLabel("Анна", dice.choice(("right", "wrong"))))
    studio.close()
    first, labelled, again = [], [], []
    for turn in range(REPEATS):
        studio = Studio.open(settings)
        first.append(spent(lambda: looked(studio, {"run": run}, OWNER, "ru")))  # noqa: B023
        row = studio.queue(run, SampleFilter(), 40_000 + turn, 1).rows[0]
        studio.labels.label(run, row.sample_id, NewLabel("Вера", "right"))
        labelled.append(spent(lambda: looked(studio, {"run": run}, OWNER, "ru")))  # noqa: B023
        again.append(spent(lambda: looked(studio, {"run": run}, OWNER, "ru")))  # noqa: B023
        studio.close()
    named = {"first look after a start": first, "after a label": labelled, "again": again}
    return {name: percentiles(values) for name, values in named.items()}


def crossed() -> list[dict[str, object]]:
    """The split, the test of the largest gap, and two models' flips, by the number of questions."""
    rows: list[dict[str, object]] = []
    for items in ITEMS:
        rng = np.random.default_rng(items)
        one, other = ((rng.random((items, PROMPTS)) < 0.6).astype(float) for _ in range(2))
        numbers, clusters = range(1, PROMPTS + 1), np.arange(items)
        acts: dict[str, Callable[[], object]] = {
            "split": lambda: variance_split(one),  # noqa: B023
            "gap": lambda: prompt_gap(one, numbers, clusters),  # noqa: B023
            "flips": lambda: flips_of(("a", "b"), one, other, numbers, clusters),  # noqa: B023
        }
        rows.append(
            {
                "items": items,
                **{name: percentiles([spent(act) for _ in range(5)]) for name, act in acts.items()},
            }
        )
    return rows


def spent(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
