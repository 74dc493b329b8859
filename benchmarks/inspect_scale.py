"""How quick Inspect stays as runs grow: opening, the next sample, filters, through the studio's own door.

Rows are real rows of the store (made by the same INSERTs as a run's, with answers and verdicts of varied length);
only the model that would have given the answers is left out. Times are of the server's work, in milliseconds.
"""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.report import percentiles, write
from studio.core.content import Text
from studio.core.engine import Completion
from studio.core.judge import JudgeCall, JudgeCase, Verdict
from studio.core.outcome import Score
from studio.core.run import RunSpec, SampleFilter
from studio.core.task import Sample, Task, TaskInfo
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from studio.store.answers import Answered, Unjudged

SIZES = (1_000, 10_000, 100_000)
TASKS = 18
MODELS = 3
REPEATS = 40
WORDS_OF_FILTERS = (
    "em:0 js:1 judge_p<0.6 len>200",
    "-(em:1 len>200) OR judge_p:0.4..0.6",
    "decided:letter finish:stop",
    "key:10*",
    "text:/красный|собака/",
    "task:t3 text:/крас.ый/",
    "answer:/^\\w+$/",
    "em:≠bench2",
    "model:bench2≠bench3",
    "order:-len",
    "order:informative",
)
WORDS = [
    "кот",
    "собака",
    "красный",
    "три",
    "дерево",
    "машина",
    "дом",
    "река",
    "человек",
    "стоит",
    "идёт",
    "смотрит",
    "слева",
    "справа",
    "ОТВЕТ",
]


def main() -> None:
    results = [measure(size) for size in SIZES]
    write("inspect_scale", {"repeats": REPEATS, "tasks": TASKS, "sizes": results})


def measure(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), db=Path(folder) / "s.sqlite")
        store = Store(settings.db)
        run_id = fill(store, size)
        store.close()
        studio = Studio.open(settings)
        rng = random.Random(1)
        number = lambda: rng.randint(1, size)  # noqa: E731
        timed = {
            "open": lambda: open_inspect(studio, run_id),
            "next sample": lambda: step(studio, run_id, number(), SampleFilter()),
            "next in disagreements": lambda: step(studio, run_id, number(), SampleFilter(cell="disagree")),
            "filter by cell and task": lambda: page(studio, run_id, SampleFilter(task="T3", cell="js_only")),
            "filter by category": lambda: page(studio, run_id, SampleFilter(category="kind=2")),
            "filter by common text, first": lambda: anew(studio, run_id, SampleFilter(text="Красный")),
            "filter by common text, again": lambda: page(studio, run_id, SampleFilter(text="Красный")),
            "filter by rare text": lambda: page(studio, run_id, SampleFilter(text=f"№{number()} ")),
            **{
                f"filter {where}": lambda where=where: anew(studio, run_id, SampleFilter(where=where))
                for where in WORDS_OF_FILTERS
            },
            "next by most informative": lambda: step(
                studio, run_id, number(), SampleFilter(where="em:0 order:informative")
            ),
            "complete a field": lambda: studio.queries.complete(run_id, "em:1 decided:", 13),
            "last page": lambda: studio.queue(run_id, SampleFilter(), offset=size - 50),
        }
        result = {"samples": size, **{name: percentiles(times(act)) for name, act in timed.items()}}
        result["database_mb"] = round(settings.db.stat().st_size / 2**20, 1)
        studio.close()
        return result


def open_inspect(studio: Studio, run_id: str) -> None:
    studio._desk._counted.clear()  # as the first visitor after a restart
    studio.run(run_id)
    studio.confusions(run_id)
    studio.categories(run_id)
    first = studio.queue(run_id, SampleFilter()).rows[0]
    studio.card(run_id, first.sample_id)


def step(studio: Studio, run_id: str, sample_id: int, where: SampleFilter) -> None:
    found = studio.neighbours(run_id, where, sample_id)
    studio.card(run_id, found.following or sample_id)
    studio.queue(run_id, where, offset=(found.index or 0) // 50 * 50)


def page(studio: Studio, run_id: str, where: SampleFilter) -> None:
    found = studio.queue(run_id, where)
    if found.rows:
        studio.card(run_id, found.rows[0].sample_id)
        studio.neighbours(run_id, where, found.rows[0].sample_id)


def anew(studio: Studio, run_id: str, where: SampleFilter) -> None:
    """A search that nobody has made yet: what was found is kept for paging, so it is forgotten first."""
    studio._store.queues.lists.forget_all()
    page(studio, run_id, where)


def times(act: Callable[[], None]) -> list[float]:
    act()
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def fill(store: Store, size: int, models: int = MODELS) -> str:
    """A run of `size` samples, and beside it those of other models on the same ones. Returns the first one's id."""
    rng = random.Random(size)
    pairs: list[tuple[int, int]] = []
    for number in range(TASKS):
        task = Task(
            info(number), "test", tuple(sample(rng, number, key) for key in range(number, size, TASKS))
        )
        ids = list(store.tasks.save(task).values())
        task_id = store.tasks.samples(ids[:1])[0].task_id
        pairs += [(sample_id, task_id) for sample_id in ids]
    for model in range(models, 0, -1):
        answer_all(store, f"r{model}", f"bench{model}", pairs, rng)
    return "r1"


def answer_all(
    store: Store, run_id: str, model: str, pairs: list[tuple[int, int]], rng: random.Random
) -> None:
    tasks = [f"T{n}" for n in range(TASKS)]
    store.runs.create(run_id, "model", RunSpec(model, tuple(tasks)), title="")
    store.runs.plan(run_id, pairs, tasks)
    for start in range(0, len(pairs), 1000):
        part = [sample_id for sample_id, _ in pairs[start : start + 1000]]
        store.answers.record(run_id, [answered(rng, sample_id) for sample_id in part])
        waiting = store.answers.unjudged(run_id, 1000)
        store.answers.judged(run_id, "bench@1", [(item, verdict(rng, item)) for item in waiting])
    store.runs.finish(run_id, "done")


def info(number: int) -> TaskInfo:
    return TaskInfo(
        f"T{number}",
        {"ru": f"Задача {number}", "en": f"Task {number}"},
        "image",
        "short",
        "public",
        "CC0",
        {},
    )


def sample(rng: random.Random, task: int, key: int) -> Sample:
    prompt = " ".join(rng.choices(WORDS, k=60))
    question = f"№{key} {' '.join(rng.choices(WORDS, k=8))}?"
    return Sample(
        id=str(key), split="test", instruction=prompt, inputs={"question": question}, media=(),
        message=(Text(f"{prompt}\n{question}"),), gold=rng.choice(WORDS), categories={"kind": str(key % 5)},
    )  # fmt: skip


def answered(rng: random.Random, sample_id: int) -> Answered:
    text = " ".join(rng.choices(WORDS, k=rng.choice((1, 3, 40, 120))))
    em = Score(
        "em",
        "studio-1",
        "scored",
        float(rng.random() < 0.5),
        extracted=text[:40],
        detail={"decided": rng.choice(("text", "letter", "empty")), "steps": []},
    )
    return Answered(sample_id, Completion(text, "stop", 200, 30, 0.2, 1.0), em)


def verdict(rng: random.Random, item: Unjudged) -> Verdict:
    assert isinstance(item.case, JudgeCase)
    probability = rng.random()
    label = int(probability > 0.5)
    return Verdict(label, probability, (JudgeCall("full", probability, label, "0" * 64),))


if __name__ == "__main__":
    main()
