"""The hash of a task's content: what every kept run and every log is known by, so it never changes."""

from pathlib import Path

import pytest

from studio.core.content import Media, Text
from studio.core.task import Sample, Task, TaskHash, TaskInfo, TaskStream

SAMPLES = (
    Sample(
        "1", "test", "Инстр", {"question": "Кто?"},
        (Media("image", "image", Path("a.png"), "0" * 64),), (Text("Кто?"),), "кот",
    ),
    Sample(
        "2", "test", "", {}, (), (Text("x"),), ("да", "ага"),
        options={"A": "да"}, categories={"k": "v"}, meta={"id": 2},
    ),
)  # fmt: skip


def info(source: str = "") -> TaskInfo:
    titles = {"ru": "Задача", "en": "Task"}
    return TaskInfo('Т"1', titles, "image", "short", "public", "CC0", {"test": 2}, source=source)


@pytest.mark.parametrize(
    ("task", "known"),
    [
        (Task(info(), "test", SAMPLES), "77339f04ad08823565c174413beb0c7e0739ab7d29ae2049311deb678b66e0d1"),
        (
            Task(info("log:x"), "test", SAMPLES),
            "9987866e630a6cb03eb6eee09044bd329cd85dc3ceb052c7727d3c6ac97a739a",
        ),
        (Task(info(), "shots", ()), "bc5541885a11492e7fad8e7c212997c3a45f1134e73a1b933bc33d58bdc50edd"),
        (Task(info("log:x"), "test", ()), "55c6caaa404c1c49239c4fa9384c2ed3d64449cfe70e5a999236b0cf7d54a36b"),
    ],
    ids=["a task", "a log's", "empty", "a log's empty"],
)
def test_a_tasks_hash_is_what_it_was_in_runs_that_are_kept(task: Task, known: str) -> None:
    assert task.content_hash() == known


def test_what_was_hashed_so_far_can_be_asked_for_at_any_time() -> None:
    whole = TaskHash(info(), "test")
    hashes = []
    for sample in SAMPLES:
        whole.add(sample)
        hashes.append(whole.hex())
    assert hashes == [Task(info(), "test", SAMPLES[:n]).content_hash() for n in (1, 2)]


def test_a_stream_of_a_task_makes_the_task() -> None:
    task = Task(info(), "test", SAMPLES)
    assert TaskStream.of(task).whole() == task
