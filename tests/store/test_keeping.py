"""Tasks on their way into the store: however many samples there are, few are in memory, and all come or none."""

import sqlite3
import tracemalloc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.content import Text
from studio.core.errors import TaskError
from studio.core.run import RunSpec
from studio.core.task import Sample, Task, TaskInfo, TaskStream
from studio.store import Store
from studio.store.tasks import SPOOLED_AT_ONCE

INFO = TaskInfo("T", {"ru": "Задача", "en": "Task"}, "image", "short", "public", "CC0", {})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "s.sqlite")
    yield store
    store.close()


def sample(number: int, task: str = "T") -> Sample:
    prompt = f"{task}: вопрос {number}"
    return Sample(
        id=str(1000 - number), split="test", instruction=prompt, inputs={"question": prompt}, media=(),
        message=(Text(prompt),), gold="да", categories={"kind": str(number % 3)},
    )  # fmt: skip


def stream(samples: Iterator[Sample], name: str = "T") -> TaskStream:
    info = TaskInfo(name, INFO.title, "image", "short", "public", "CC0", {})
    return TaskStream(info, "test", samples, lambda: info)


def counts(store: Store) -> list[int]:
    return [
        store.db.scalar(f"SELECT COUNT(*) FROM {table}")
        for table in ("tasks", "samples", "sample_categories")
    ]


def test_few_samples_of_a_long_task_are_in_memory_while_it_is_kept(store: Store) -> None:
    alive = most = 0

    def gone() -> None:
        nonlocal alive
        alive -= 1

    def watched() -> Iterator[Sample]:
        nonlocal alive, most
        for number in range(1000):
            each = sample(number)
            weakref.finalize(each, gone)
            alive += 1
            most = max(most, alive)
            yield each

    store.tasks.keep(stream(watched()))
    assert counts(store) == [1, 1000, 1000]
    assert most <= 3 < SPOOLED_AT_ONCE, "their rows wait by the handful, the samples themselves do not"


def test_a_stream_is_the_task_that_it_would_be_as_a_whole(store: Store) -> None:
    task = Task(INFO, "test", tuple(sample(number) for number in range(150)))
    ids = store.tasks.save(task)
    assert list(ids) == [each.id for each in task], "in the order of the file"
    assert store.tasks.keep(stream(iter(task.samples))) == store.tasks.samples([ids["1000"]])[0].task_id
    assert [each.sample for each in store.tasks.samples(ids.values())] == list(task.samples)
    assert counts(store) == [1, 150, 150], "the same content is kept once"
    assert store.db.scalar("SELECT content_hash FROM tasks") == task.content_hash()


def test_what_is_known_of_a_task_once_it_was_read_is_kept_with_it(store: Store) -> None:
    known = TaskInfo("T", INFO.title, "image", "letter", "public", "CC0", {"test": 1}, chance=0.25)
    task_id = store.tasks.keep(TaskStream(INFO, "test", iter([sample(1)]), lambda: known))
    assert store.tasks.info(task_id) == known


def test_a_task_that_cannot_be_read_to_its_end_leaves_nothing_and_the_next_one_is_kept(store: Store) -> None:
    def breaks() -> Iterator[Sample]:
        yield from (sample(number) for number in range(200))
        raise TaskError("task_file_broken", file="test.json", line=1, column=1, reason="")

    with pytest.raises(TaskError):
        store.tasks.keep(stream(breaks()))
    assert counts(store) == [0, 0, 0]
    store.tasks.keep(stream(iter([sample(1)])))
    assert counts(store) == [1, 1, 1]


def test_others_write_while_a_long_task_is_read(store: Store) -> None:
    other = sqlite3.connect(store.db.path, timeout=0)

    def while_others_write() -> Iterator[Sample]:
        for number in range(200):
            with other:
                other.execute("INSERT INTO events (at, kind) VALUES (0, 'seen')")
            yield sample(number)

    store.tasks.keep(stream(while_others_write()))
    other.close()
    assert store.db.scalar("SELECT COUNT(*) FROM events") == 200


def test_a_run_of_whole_tasks_is_numbered_task_by_task_in_the_order_of_their_files(store: Store) -> None:
    for run_id in ("r1", "r2"):
        store.runs.create(run_id, "model", RunSpec("m", ("A", "B")), title="")
    tasks = [
        (store.tasks.keep(stream((sample(i, name) for i in range(120)), name)), name) for name in ("A", "B")
    ]
    store.runs.plan_tasks("r1", tasks)
    store.runs.plan("r2", [(id_, task) for task, _ in tasks for id_ in ids_of(store, task)], ["A", "B"])
    rows = "SELECT number, sample_id, task_id FROM run_samples WHERE run_id = ? ORDER BY number"
    texts = "SELECT number, question, gold FROM run_texts WHERE run_id = ? ORDER BY number"
    for sql in (rows, texts):
        assert store.db.tuples(sql, ("r1",)) == store.db.tuples(sql, ("r2",)) != []
    assert [row[0] for row in store.db.tuples(rows, ("r1",))] == list(range(1, 241))
    assert store.runs.get("r1").resolved["tasks"] == ["A", "B"]


def test_what_is_planned_already_stays_as_it_is(store: Store) -> None:
    store.runs.create("r1", "model", RunSpec("m", ("A", "B")), title="")
    first = (store.tasks.keep(stream((sample(i, "A") for i in range(5)), "A")), "A")
    second = (store.tasks.keep(stream((sample(i, "B") for i in range(5)), "B")), "B")
    store.runs.plan("r1", [(ids_of(store, first[0])[3], first[0])], ["A"])
    store.runs.plan_tasks("r1", [first, second, first])
    numbers = store.db.tuples("SELECT number, sample_id FROM run_samples WHERE run_id = 'r1' ORDER BY number")
    a, b = ids_of(store, first[0]), ids_of(store, second[0])
    assert [id_ for _, id_ in numbers] == [a[3], a[0], a[1], a[2], a[4], *b]
    assert [number for number, _ in numbers] == list(range(1, 11))


def test_planning_takes_no_more_memory_for_ten_times_the_samples(store: Store) -> None:
    def highest(name: str, n: int) -> int:
        store.runs.create(name, "model", RunSpec("m", (name,)), title="")
        tracemalloc.start()
        task_id = store.tasks.keep(stream((sample(i, name) for i in range(n)), name))
        store.runs.plan_tasks(name, [(task_id, name)])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    highest("warm", 500)
    assert highest("many", 5000) < highest("few", 500) + 100_000


def ids_of(store: Store, task_id: int) -> list[int]:
    return store.db.column("SELECT id FROM samples WHERE task_id = ? ORDER BY position", (task_id,))
