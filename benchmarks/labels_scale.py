"""How quick labelling stays as runs grow: a label saved with the next sample, the table split by people, a draw.

The run is that of `inspect_scale`; labels are given through the studio's own door, by two reviewers. Times are of the
server's work, in milliseconds. A folder as argument keeps the runs that were made, for the next time.
"""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.inspect_scale import TASKS, fill, times
from benchmarks.made import database, filled, folder_named
from benchmarks.report import percentiles, write
from components.pages.inspect_desk import LabelDesk
from components.pages.inspect_look import Look, asked_from
from studio.core.label import VERDICTS, NewLabel
from studio.core.run import OWNER, SampleFilter
from studio.service import Studio

SIZES = (1_000, 10_000, 100_000)
LABELS = 2_000  # given before anything is measured, or a fifth of the run
REVIEWERS = ("Анна", "Борис")


def main() -> None:
    write("labels_scale", {"tasks": TASKS, "sizes": [measure(size, folder_named()) for size in SIZES]})


def measure(size: int, folder: Path | None = None) -> dict[str, Any]:
    """On a run made for it, or on a copy of one that `folder` has."""
    with (
        database(str(size), filled(fill, size), folder) as settings,
        closing(Studio.open(settings)) as studio,
    ):
        return timed(studio, "r1", size)


def timed(studio: Studio, run: str, size: int) -> dict[str, Any]:
    """Every act many times over, on a run with labels."""
    dice = random.Random(1)
    ids = _ids(studio, run)
    labelled = label_some(studio, run, ids, min(LABELS, size // 5), dice)
    desk = LabelDesk(studio, "ru", lambda data, who: Look(studio, asked_from(data), who, "ru", "./media"))
    acts: dict[str, Callable[[], object]] = {
        "save a label": lambda: save(studio, run, dice.choice(ids), dice),
        "save a label, the next sample with it": lambda: desk.keep(
            {"run": run, "sample": dice.choice(ids), "verdict": "right", "reviewer": "Анна", "look": {}},
            OWNER,
        ),
        "take a label back": lambda: studio.labels.undo(run, "Анна"),
        "open Inspect, all of it": lambda: opened(studio, run),
        "three-way counts by task": lambda: studio.labels.three_way([run]),
        "three-way counts by prompt": lambda: studio.labels.three_way([run], "prompt"),
        "filter by label": lambda: studio.queue(run, SampleFilter(label="wrong", cell="js_only")),
        "filter: no label of mine": lambda: studio.queue(run, SampleFilter(unlabelled_by="Анна")),
        "labelled samples, one by one": lambda: studio.labels.table(run),
        "draw 500": lambda: studio.labels.draw(run, 500, by_task=True),
    }
    found = {name: percentiles(times(act)) for name, act in acts.items()}
    return {"samples": size, "labelled": labelled, **found}


def _ids(studio: Studio, run: str) -> list[int]:
    pages = range(0, studio.queue(run, limit=1).total, 500)
    return [row.sample_id for offset in pages for row in studio.queue(run, offset=offset, limit=500).rows]


def label_some(studio: Studio, run: str, ids: list[int], n: int, dice: random.Random) -> int:
    for sample in dice.sample(ids, n):
        for reviewer in REVIEWERS:
            studio.labels.label(run, sample, NewLabel(reviewer, dice.choice(VERDICTS), "заметка", ("тег",)))
    return n


def save(studio: Studio, run: str, sample: int, dice: random.Random) -> None:
    studio.labels.label(run, sample, NewLabel("Анна", dice.choice(VERDICTS)))


def opened(studio: Studio, run: str) -> None:
    studio._desk._counted.clear()  # as the first visitor after a restart
    Look(studio, asked_from({"run": run, "reviewer": "Анна"}), OWNER, "ru", "./media").answer()


if __name__ == "__main__":
    main()
