"""What pages feel while 50,000 answers are grouped: nobody groups, this process does, a process of its own does.

All three in one run on one database of 100,000 samples: Inspect's next answer, whole with its markup, asked for again
and again with a breath between, from the press of the button until the groups are kept. A folder as argument keeps the
database that was made (`inspect_scale`'s), for the next time.
"""

import random
import time
from collections.abc import Callable
from typing import Any

from benchmarks.inspect_scale import fill
from benchmarks.made import database, filled, folder_named
from benchmarks.report import percentiles, write
from benchmarks.workbench_scale import look
from studio.core.reasons import GroupingSpec
from studio.core.run import SampleFilter
from studio.service import Studio
from studio.settings import Settings

SIZE, RUN, WHERE = 100_000, "r1", "em:0"
IDLE_S, BREATH_S = 15, 0.05


def main() -> None:
    with database("inspect", filled(fill, SIZE), folder_named()) as settings:
        write("grouping_scale", {"samples": SIZE, **measured(settings)})


def measured(settings: Settings) -> dict[str, Any]:
    studio = Studio.open(settings)
    try:
        ask = asking(studio)
        end = time.perf_counter() + IDLE_S
        rows = {"nobody groups": felt(ask, lambda: time.perf_counter() < end)}
        jobs, apart = studio.reasons.jobs, studio.reasons.jobs._make
        for name, make in (("in this process", studio.reasons._made), ("in a process of its own", apart)):
            jobs._make = make
            studio.reasons.start(GroupingSpec((RUN,), WHERE))
            rows[name] = felt(ask, lambda: _going(studio))
        answers = len(studio._store.queues.numbers(RUN, SampleFilter(where=WHERE)))
    finally:
        studio.close()
    inside, outside = rows["in this process"], rows["in a process of its own"]
    ratios = {name: round(inside[name] / outside[name], 1) for name in ("p50", "p95", "longest")}
    return {"answers": answers, "rows": rows, "ratios": ratios}


def asking(studio: Studio) -> Callable[[], object]:
    ids = [row.sample_id for row in studio.queue(RUN, SampleFilter(), 40_000, 500).rows]
    dice = random.Random(1)

    def ask() -> object:
        return look(studio, {"sample": dice.choice(ids), "shown": 0, "want": ["card"]})

    ask()
    return ask


def felt(ask: Callable[[], object], going: Callable[[], bool]) -> dict[str, float]:
    """How long each answer took, in ms, and how long it all went on, in seconds."""
    spent, start = [], time.perf_counter()
    while going():
        asked = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - asked) * 1000)
        time.sleep(BREATH_S)
    whole = round(time.perf_counter() - start, 1)
    return {**percentiles(spent), "longest": round(max(spent), 1), "asked": len(spent), "seconds": whole}


def _going(studio: Studio) -> bool:
    state = studio.reasons.jobs.state((RUN,))
    assert state and state.problem is None, state
    return state.going


if __name__ == "__main__":
    main()
