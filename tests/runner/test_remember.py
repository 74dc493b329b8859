"""A question that was put before need not be put again: what counts as the same; a taken answer is told apart."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PIL import Image

from studio.core.content import Media, Text, text_of
from studio.core.engine import EngineInfo, Request, Settings, Turn
from studio.core.errors import BadInput, NotAllowed
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.engines.scripted import ScriptedEngine
from studio.runner import remember
from studio.runner.remember import DIVISION, Signer
from tests.support import scripted_studio, write_task

GOLDS = ["кот", "пёс", "3", "да"]


@pytest.fixture
def task(tmp_path: Path) -> Path:
    return write_task(tmp_path / "Animals", GOLDS)


def number_of(message) -> int:
    return int(re.search(r"номер (\d+)", text_of(message))[1])


def by_question(request: Request) -> str:
    return f"ОТВЕТ {GOLDS[number_of(request.message) % 4]}"


def asked(studio, *tasks: Path, **spec):
    run_id = studio.start(RunSpec(model="our/model", tasks=tuple(map(str, tasks)), **spec))
    return studio.wait(run_id, timeout_s=30)


def cards(studio, run):
    return [studio.card(run.id, row.sample_id) for row in studio.queue(run.id, SampleFilter()).rows]


# a run that takes answers


def test_what_was_asked_before_is_not_asked_again(tmp_path, task):
    engine = ScriptedEngine(by_question)
    studio = scripted_studio(tmp_path, engine)
    first = asked(studio, task)
    engine.asked.clear()
    second = asked(studio, task, reuse=True)
    assert engine.asked == []
    assert (second.state, second.answered, second.recalled, first.recalled) == ("done", 4, 4, 0)
    assert (second.em.mean, second.js.mean) == (first.em.mean, first.js.mean) == (1.0, 1.0)
    studio.close()


def test_without_being_told_so_a_run_asks_everything(tmp_path, task):
    engine = ScriptedEngine(by_question)
    studio = scripted_studio(tmp_path, engine)
    asked(studio, task)
    second = asked(studio, task)
    assert len(engine.asked) == 8 and second.recalled == 0
    studio.close()


def test_a_taken_answer_says_where_it_comes_from_and_takes_no_time(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    first, second = asked(studio, task), asked(studio, task, reuse=True)
    for before, card in zip(cards(studio, first), cards(studio, second), strict=True):
        assert card.recalled.run == first.id and before.recalled is None
        assert card.recalled.at <= second.created_at
        assert (card.answer, card.completion_tokens) == (before.answer, before.completion_tokens)
        assert (card.latency_s, card.ttft_s) == (None, None)
        assert before.latency_s is not None
    assert set(studio.seconds(second.id).values()) == {0.0}
    studio.close()


def test_only_the_changed_question_is_asked(tmp_path, task):
    engine = ScriptedEngine(by_question)
    studio = scripted_studio(tmp_path, engine)
    asked(studio, task)
    records = json.loads((task / "test.json").read_text(encoding="utf-8"))
    records["data"][2]["inputs"]["question"] += " Подумайте: номер 2?"
    (task / "test.json").write_text(json.dumps(records), encoding="utf-8")
    Image.new("RGB", (32, 32), (1, 2, 3)).save(task / "samples" / "0001.png")
    engine.asked.clear()
    second = asked(studio, task, reuse=True)
    assert [card.recalled is None for card in cards(studio, second)] == [False, True, True, False]
    assert len(engine.asked) == 2 and second.recalled == 2
    studio.close()


def test_what_failed_is_asked_again(tmp_path, task):
    engine = ScriptedEngine(lambda request: None if number_of(request.message) == 1 else by_question(request))
    studio = scripted_studio(tmp_path, engine)
    first = asked(studio, task)
    assert first.failed == 1 and studio.remembered().answers == 3
    engine._script = by_question  # type: ignore[attr-defined]
    engine.asked.clear()
    second = asked(studio, task, reuse=True)
    assert (second.failed, second.recalled, len(engine.asked)) == (0, 3, 1)
    studio.close()


def test_answers_of_chance_are_neither_remembered_nor_taken(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    asked(studio, task, settings=Settings(temperature=0.7))
    assert studio.remembered().answers == 0
    with pytest.raises(BadInput, match="reuse_of_chance"):
        studio.start(RunSpec("our/model", (str(task),), settings=Settings(temperature=0.7), reuse=True))
    studio.close()


def test_exact_match_is_worked_out_anew_by_the_profile_of_the_run(tmp_path, task):
    studio = scripted_studio(tmp_path, lambda request: "Я думаю, что это кот.")
    first = asked(studio, task)
    second = asked(studio, task, profile="head", reuse=True)
    assert second.recalled == 4
    versions = {card.em.version for run in (first, second) for card in cards(studio, run)}
    assert len(versions) == 2
    studio.close()


def test_more_questions_than_are_looked_for_at_once_are_all_found(tmp_path, task, monkeypatch):
    monkeypatch.setattr(remember, "WINDOW", 3)
    engine = ScriptedEngine(by_question)
    studio = scripted_studio(tmp_path, engine)
    asked(studio, task)
    assert asked(studio, task, reuse=True).recalled == 4 and len(engine.asked) == 4
    studio.close()


def test_blind_questions_are_remembered_as_such(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    asked(studio, task)
    blind = asked(studio, task, settings=Settings(media="none"), reuse=True)
    again = asked(studio, task, settings=Settings(media="none"), reuse=True)
    assert (blind.recalled, again.recalled) == (0, 4)
    assert {card.media_note["media"] for card in cards(studio, again)} == {"none"}
    studio.close()


# what becomes of what is remembered


def test_answers_of_a_deleted_run_are_forgotten(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    first = asked(studio, task)
    studio.delete(first.id)
    assert studio.remembered().answers == 0
    assert asked(studio, task, reuse=True).recalled == 0
    studio.close()


def test_a_copy_still_serves_when_the_run_it_was_taken_from_is_deleted(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    first, second = asked(studio, task), asked(studio, task, reuse=True)
    studio.delete(first.id)
    third = asked(studio, task, reuse=True)
    assert third.recalled == 4 and second.id != first.id
    assert {card.recalled.run for card in cards(studio, third)} == {first.id}
    studio.close()


def test_forgetting_leaves_the_answers_in_their_runs(tmp_path, task):
    studio = scripted_studio(tmp_path, by_question)
    first = asked(studio, task)
    asked(studio, task, settings=Settings(seed=7))
    before = studio.remembered()
    assert (before.answers, before.runs) == (8, 2) and before.bytes > 8 * 64 and before.texts > 0
    assert studio.forget(first.id) == 4
    assert studio.forget() == 4
    assert studio.remembered().answers == 0
    assert studio.run(first.id).answered == 4
    with pytest.raises(NotAllowed):
        studio.forget(viewer=Viewer("visitor"))
    with pytest.raises(BadInput, match="unknown_run"):
        studio.forget("r0000-000000")
    studio.close()


def test_a_private_answer_goes_to_its_own_task_alone(tmp_path):
    private = write_task(tmp_path / "Private", GOLDS, access="private")
    public = write_task(tmp_path / "Public", GOLDS)
    studio = scripted_studio(tmp_path, by_question)
    asked(studio, private)
    assert asked(studio, public, reuse=True).recalled == 0
    assert asked(studio, private, reuse=True).recalled == 4
    studio.close()


# dialogues


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Two dialogues of three turns."""
    folder = write_task(tmp_path / "Talk", [str(n) for n in range(6)], first_id=1)
    (folder / "dataset_meta.json").write_text(
        json.dumps({"dataset_name": "Talk", "dialogue_turns": 3}), encoding="utf-8"
    )
    return folder


def test_a_dialogue_is_taken_turn_by_turn(tmp_path, talk):
    engine = ScriptedEngine(lambda request: f"Это {number_of(request.message)}.")
    studio = scripted_studio(tmp_path, engine)
    first = asked(studio, talk)
    engine.asked.clear()
    second = asked(studio, talk, reuse=True)
    assert (second.recalled, engine.asked) == (6, [])
    notes = [[card.media_note["history"] for card in cards(studio, run)] for run in (first, second)]
    assert notes[0] == notes[1]
    studio.close()


def test_what_follows_a_turn_that_must_be_asked_is_asked_too(tmp_path, talk):
    engine = ScriptedEngine(
        lambda request: None if number_of(request.message) == 1 else f"Это {number_of(request.message)}."
    )
    studio = scripted_studio(tmp_path, engine)
    asked(studio, talk)  # turn 2 was asked without an answer to turn 1 before it
    engine._script = lambda request: f"Это {number_of(request.message)}."  # type: ignore[attr-defined]
    second = asked(studio, talk, reuse=True)
    assert [card.recalled is None for card in cards(studio, second)] == [
        False, True, True, False, False, False,
    ]  # fmt: skip
    third = cards(studio, second)[2]
    assert third.media_note["history"] == ["1", "2"]
    studio.close()


# what counts as the same

INFO = EngineInfo("transformers", "our/model", "sha256:1", versions={"transformers": "5.0"}, dtype="float32")
PICTURE = Media("image", "image", Path("a.png"), "aa")
REQUEST = Request(1, (Text("Что тут? "), PICTURE))


def signature(
    request: Request = REQUEST, info: EngineInfo = INFO, spec: RunSpec | None = None, **settings
) -> str:
    spec = spec or RunSpec("our/model", ("demo",))
    return Signer(info, replace(spec, settings=replace(spec.settings, **settings))).asked(request)


OTHER = {
    "max_new_tokens": 7, "temperature": 0.0, "top_p": 0.5, "seed": 1, "batch_size": 1, "dtype": "float16",
    "device": "cuda", "frames": 3, "image_max_side": 64, "image_width": 64, "image_height": 64,
    "clips_as_pictures": True, "stop": ("\n",), "history": 1, "media": "null", "load": "base64", "concurrency": 1,
}  # fmt: skip


def test_every_setting_counts_or_is_said_to_divide_the_work():
    assert OTHER.keys() == {field.name for field in fields(Settings)}
    count = {name for name, value in OTHER.items() if signature(**{name: value}) != signature()}
    assert count == OTHER.keys() - DIVISION - {"temperature"}
    assert signature(temperature=0.1) == ""


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "vllm"}, {"model": "our/other"}, {"revision": "sha256:2"}, {"dtype": "bfloat16"},
        {"versions": {"transformers": "5.1"}}, {"weights": "org/base"}, {"traits": {"told_frames": True}},
        {"device": "cuda:0"},
    ],
    ids=str,
)  # fmt: skip
def test_another_model_engine_or_version_is_another_question(change):
    assert signature(info=replace(INFO, **change)) != signature()


def test_which_gpu_answers_does_not_count():
    assert signature(info=replace(INFO, device="cuda:1")) == signature(info=replace(INFO, device="cuda:0"))


@pytest.mark.parametrize(
    "message",
    [
        (Text("Что здесь? "), PICTURE),
        (PICTURE, Text("Что тут? ")),
        (Text("Что тут? "), replace(PICTURE, sha256="bb")),
        (Text("Что тут? "), replace(PICTURE, key="image_2")),
        (Text("Что тут? "), replace(PICTURE, modality="video")),
        (Text("Что тут? "), PICTURE, PICTURE),
    ],
    ids=["words", "order", "content", "slot", "kind", "number"],
)
def test_other_words_or_media_are_another_question(message):
    assert signature(replace(REQUEST, message=message)) != signature()


def test_where_a_file_lies_and_which_sample_asks_do_not_count():
    moved = Request(2, (Text("Что тут? "), replace(PICTURE, path=Path("b.png"))))
    assert signature(moved) == signature()


def test_what_was_said_before_counts():
    said = [
        (), (Turn((Text("раз"),), "два"),), (Turn((Text("раз"),), "три"),), (Turn((Text("раз"), Text("два")), ""),),
    ]  # fmt: skip
    assert len({signature(replace(REQUEST, history=history)) for history in said}) == 4


def test_a_medium_of_unknown_content_is_not_remembered():
    assert signature(Request(1, (replace(PICTURE, sha256=""),))) == ""


def test_a_server_that_tells_nothing_of_its_weights_is_known_by_its_address():
    silent = EngineInfo("server:openai", "chat", "")
    one, other = (RunSpec("chat", ("demo",), servers=(url,)) for url in ("http://a/v1", "http://b/v1"))
    assert signature(info=silent, spec=one) != signature(info=silent, spec=other)
    told = replace(silent, engine="server:vllm", weights="org/base", versions={"server": "0.32.0"})
    assert signature(info=told, spec=one) == signature(info=told, spec=other)


def test_options_of_a_vllm_of_ones_own_count():
    spec = RunSpec("vllm:org/base", ("demo",))
    assert signature(spec=replace(spec, vllm_args="--quantization fp8")) != signature(spec=spec)
