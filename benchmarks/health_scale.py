"""How quick the health of a judge is: 100,000 answers, 2,000 labels of two people, three judges. Server time, ms.

The rows are those of `inspect_scale`; labels and further verdicts are written as pages and judges write them.
"""

import random
import tempfile
import time
from pathlib import Path

from benchmarks.inspect_scale import fill, verdict
from benchmarks.report import percentiles, write
from studio.core.judge import JudgeInfo
from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.run import SampleFilter
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store

SIZE, LABELS, REPEATS = 100_000, 2_000, 10
JUDGES = ("second@1", "third@1")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), db=Path(folder) / "s.sqlite")
        run = prepared(settings, SIZE)
        write(
            "health_scale",
            {"answers": SIZE, "labels": LABELS, "judges": 1 + len(JUDGES), **_times(settings, run)},
        )


def prepared(settings: Settings, size: int) -> str:
    """A database with the runs of three models, labels and verdicts of three judges on the first of them: its id."""
    store = Store(settings.db)
    run = fill(store, size)
    store.runs.set_judge(run, "bench@1", _info("bench"))
    for judge in JUDGES:
        _judge(store, run, judge)
    store.close()
    studio = Studio.open(settings)
    _label(studio, run)
    studio.close()
    return run


def _times(settings: Settings, run: str) -> dict[str, object]:
    """The first look after a start, a look after a further label, and a look at what is known."""
    first, labelled, again = [], [], []
    for turn in range(REPEATS):
        studio = Studio.open(settings)
        first.append(_spent(studio, run))
        sample = studio.queue(run, SampleFilter(), turn, 1).rows[0].sample_id
        studio.labels.label(run, sample, NewLabel("Вера", "right" if turn % 2 else "wrong"))
        labelled.append(_spent(studio, run))
        again.append(_spent(studio, run))
        studio.close()
    named = {"first look after a start": first, "after a label": labelled, "again": again}
    return {name: percentiles(values) for name, values in named.items()}


def _spent(studio: Studio, run: str) -> float:
    start = time.perf_counter()
    studio.health.of(run)
    return (time.perf_counter() - start) * 1000


def _judge(store: Store, run: str, label: str) -> None:
    rng = random.Random(label)
    judging = f"j-{label}"
    store.judgings.create(judging, JudgingSpec(run, label.partition("@")[0]), "bench:1:1")
    waiting = store.judgings.waiting(run, label, "all", None)
    store.judgings.begin(judging, label, len(waiting))
    for start in range(0, len(waiting), 900):
        cases = store.judgings.cases(waiting[start : start + 900])
        store.judgings.keep(judging, label, [(case, verdict(rng, case)) for case in cases])
    store.judgings.finish(judging, "done", 1.0)


def _label(studio: Studio, run: str) -> None:
    rng = random.Random(5)
    drawn = studio.labels.draw(run, LABELS, seed=1)
    rows = [
        row
        for offset in range(0, LABELS, 500)
        for row in studio.queue(run, SampleFilter(draw=drawn.number), offset, 500).rows
    ]
    for row in rows:
        right = (row.cell in {"both", "js_only"}) is (rng.random() < 0.85)
        for name, sure in (("Анна", 1.0), ("Борис", 0.9)):
            word = right if rng.random() < sure else not right
            studio.labels.label(
                run, row.sample_id, NewLabel(name, "right" if word else "wrong", "заметка", ("тег",))
            )


def _info(name: str) -> JudgeInfo:
    return JudgeInfo(name, "1", "path")


if __name__ == "__main__":
    main()
