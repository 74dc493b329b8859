"""A task crossed with its prompts, read as a stream."""

import json
from pathlib import Path

import pytest

from studio.core.content import text_of
from studio.core.crossing import Crossing, item_of
from studio.core.errors import TaskError
from studio.core.task import Task
from studio.tasks import Catalogue, crossed
from tests.crossing import WORDS, write_prompted

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"


def read(folder: Path, items: int = 4, seed: int = 0, limit: int | None = None) -> Task:
    catalogue = Catalogue({}, [folder])
    (info,) = catalogue.tasks()
    return crossed(catalogue.stream(info, limit=limit), Crossing(items, seed)).whole()


def test_every_chosen_question_comes_in_every_prompt_and_each_key_is_its_own(tmp_path: Path) -> None:
    task = read(write_prompted(tmp_path / "Things"), items=4)
    assert len(task) == 12 and task.info.sizes == {"test": 12}
    assert len({sample.id for sample in task}) == 12
    by_item: dict[str | None, list[int | None]] = {}
    for sample in task:
        by_item.setdefault(item_of(sample.meta), []).append(sample.prompt_id)
        assert sample.problem is None
        assert text_of(sample.message).startswith(WORDS[(sample.prompt_id or 0) - 1])
        assert sample.id == f"{item_of(sample.meta)}@p{sample.prompt_id}"
        assert f"номер {item_of(sample.meta)}?" in text_of(sample.message)
    assert list(by_item.values()) == [[1, 2, 3]] * 4


def test_questions_of_a_smaller_number_are_among_those_of_a_larger_one(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    few = {sample.content_hash() for sample in read(folder, items=3)}
    assert few < {sample.content_hash() for sample in read(folder, items=7)}
    assert few != {sample.content_hash() for sample in read(folder, items=3, seed=1)}


def test_more_questions_than_there_are_take_all_of_them(tmp_path: Path) -> None:
    assert len(read(write_prompted(tmp_path / "Things", n=6), items=500)) == 18
    assert len(read(write_prompted(tmp_path / "Others", n=6), items=500, limit=4)) == 12


@pytest.mark.parametrize("name", sorted(folder.name for folder in DEMO.iterdir() if folder.is_dir()))
def test_demo_questions_keep_their_own_words_and_take_the_others(name: str) -> None:
    plain = {sample.id: sample for sample in Catalogue({"demo": DEMO}, []).load(name)}
    stream = Catalogue({"demo": DEMO}, []).stream(name)
    task = crossed(stream, Crossing(6)).whole()
    assert len(task) == 60 and not any(sample.problem for sample in task)
    for sample in task:
        own = plain[item_of(sample.meta) or ""]
        assert (sample.gold, sample.media, sample.inputs) == (own.gold, own.media, own.inputs)
        if sample.prompt_id == own.prompt_id:
            assert (sample.instruction, sample.message) == (own.instruction, own.message)
    texts = [[each.instruction for each in task if item_of(each.meta) == item] for item in plain]
    assert all(len(set(each)) == 10 for each in texts if each)


def rewritten(folder: Path, change: str, value: str) -> Path:
    """The task with each instruction changed."""
    file = folder / "test.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    for record in data["data"]:
        record["instruction"] = record["instruction"].replace(change, value.format(**record["inputs"]))
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def test_what_cannot_be_crossed_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(TaskError, match="crossed_one_prompt"):
        read(write_prompted(tmp_path / "One", prompts=1))
    with pytest.raises(TaskError, match="crossed_no_templates"):
        read(rewritten(write_prompted(tmp_path / "Inlined"), "{question}", "{question}"))


def test_a_question_that_cannot_be_worded_fails_in_that_prompt_alone(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things", n=6)
    file = folder / "test.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["data"][0]["instruction"] = "<image> {question}"
    for record in data["data"][2::3]:
        record["instruction"] = "<image> {hint}"
        record["inputs"]["hint"] = "думай"
        del record["inputs"]["question"]
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = {sample.id: sample.problem and sample.problem.code for sample in read(folder, items=6)}
    assert (found["1@p1"], found["1@p2"], found["1@p3"]) == (None, None, "crossed_no_words")
