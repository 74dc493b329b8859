"""The hash of a task's content: what every kept run and every log is known by, so it never changes."""

from dataclasses import replace
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


ASKED = SAMPLES[0]
PICTURE = ASKED.media[0]
OPTIONS = {"question": "Кто?", "option_a": "кот", "option_b": "пёс"}


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, id="77", gold="пёс", split="shots"),
        replace(ASKED, instruction="Другой промпт: {question}", message=(Text("Другой"),), prompt_id=5),
        replace(ASKED, inputs={"question": "  кто?\n"}),
        replace(ASKED, media=(Media("image", "image_1", Path("b.png"), "0" * 64),)),
        replace(ASKED, inputs={"question": "Кто?", "note": ""}),
    ],
    ids=["id, gold", "prompt", "case and spaces", "name of a file", "an empty input"],
)
def test_a_question_is_the_same_whatever_stands_around_it(other: Sample) -> None:
    assert other.question_hash() == ASKED.question_hash() != ""


def test_options_in_another_order_are_the_same_question() -> None:
    turned = {"question": "Кто?", "option_a": "пёс", "option_b": "кот"}
    assert replace(ASKED, inputs=turned).question_hash() == replace(ASKED, inputs=OPTIONS).question_hash()


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, inputs={"question": "Где?"}),
        replace(ASKED, inputs=OPTIONS),
        replace(ASKED, media=(replace(PICTURE, sha256="1" * 64),)),
        replace(ASKED, media=()),
    ],
    ids=["words", "options", "picture", "no picture"],
)
def test_other_words_or_media_are_another_question(other: Sample) -> None:
    assert other.question_hash() != ASKED.question_hash()


def test_the_prompt_is_the_question_where_the_record_has_no_words_of_its_own() -> None:
    bare = replace(ASKED, inputs={}, instruction="Кто на картинке?")
    assert bare.question_hash() != replace(bare, instruction="Где это?").question_hash()


def test_what_asks_nothing_is_no_question() -> None:
    assert replace(ASKED, inputs={}, instruction=" ", media=()).question_hash() == ""
