"""The demo suite keeps MERA's format, is balanced, and is exactly what its script makes."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data.generate.metadata import task_chance
from data.generate.plan import N_SHOTS, N_TEST, plan, suite_keys
from data.generate.suite import media_name, write_media, write_texts
from data.generate.wordings import DEMO_TASKS, DemoTask

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"
EVERY_TASK = pytest.mark.parametrize("task", DEMO_TASKS, ids=lambda task: task.name)
# The taxonomy's leaves that the suite may claim (MERA Multi, skills/skill_taxonomy.json).
SKILLS = {
    "Spatial object relationship",
    "Temporal object relationship",
    "Object localization",
    "Object recognition",
    "Object motion recognition",
    "Physical property understanding",
    "Media characteristic understanding",
    "Static counting",
    "Temporal counting",
}


def read(task: DemoTask, name: str) -> Any:
    return json.loads((DEMO / task.name / name).read_text(encoding="utf-8"))


def records(task: DemoTask) -> list[dict[str, Any]]:
    return [*read(task, "shots.json")["data"], *read(task, "test.json")["data"]]


def test_each_modality_has_an_open_task_and_a_letter_task() -> None:
    kinds = Counter((task.modality, task.wording.answer_kind) for task in DEMO_TASKS)
    assert kinds == Counter({(m, a): 1 for m in ("image", "audio", "video") for a in ("short", "letter")})


@EVERY_TASK
def test_the_files_have_meras_shape(task: DemoTask) -> None:
    test = read(task, "test.json")
    assert set(test) == {"access", "data"}
    assert test["access"] == "public"
    assert set(read(task, "shots.json")) == {"data"}
    assert len(test["data"]) == N_TEST
    assert [r["meta"]["id"] for r in records(task)] == list(range(1, N_SHOTS + N_TEST + 1))


@EVERY_TASK
def test_every_record_fills_its_own_template(task: DemoTask) -> None:
    for item in records(task):
        assert set(item) == {"instruction", "inputs", "outputs", "meta"}
        assert item["instruction"].count(f"<{task.modality}>") == 1
        filled = item["instruction"].format(**item["inputs"])
        assert item["inputs"]["question"] in filled
        assert all(text in filled for slot, text in item["inputs"].items() if slot != task.modality)
        assert (DEMO / task.name / item["inputs"][task.modality]).is_file()


@EVERY_TASK
def test_each_of_the_ten_prompts_stands_on_six_test_records(task: DemoTask) -> None:
    counts = Counter(r["meta"]["prompt_id"] for r in read(task, "test.json")["data"])
    assert counts == {p: 6 for p in range(1, 11)}


@EVERY_TASK
def test_answers_are_spread_evenly_within_a_kind_of_question(task: DemoTask) -> None:
    test = read(task, "test.json")["data"]
    for kind in task.kinds:
        gold = Counter(r["outputs"] for r in test if r["meta"]["categories"]["question_type"] == kind)
        assert task.wording.answer_kind == "letter" or max(gold.values()) - min(gold.values()) <= 1
    if task.wording.answer_kind == "letter":
        letters = Counter(r["outputs"] for r in test)
        assert set(letters) == set("ABCD")
        assert max(letters.values()) - min(letters.values()) <= 2


@EVERY_TASK
def test_a_letter_is_right_for_one_of_four_different_options(task: DemoTask) -> None:
    for item in records(task):
        options = [text for slot, text in item["inputs"].items() if slot.startswith("option_")]
        if task.wording.answer_kind == "letter":
            assert len(set(options)) == 4
            assert item["outputs"] in "ABCD"
        else:
            assert not options


@EVERY_TASK
def test_the_commonest_answer_scores_no_more_than_the_stated_chance(task: DemoTask) -> None:
    test = read(task, "test.json")["data"]
    best = sum(
        max(Counter(r["outputs"] for r in test if r["meta"]["categories"]["question_type"] == k).values())
        for k in task.kinds
    )
    chance = read(task, "dataset_meta.json")["chance"]
    assert chance == task_chance(task)
    if task.wording.answer_kind != "letter":
        assert best / len(test) == pytest.approx(chance, abs=0.01)
    assert chance <= 0.25


@EVERY_TASK
def test_metadata_tells_what_a_leaderboard_needs(task: DemoTask) -> None:
    meta = read(task, "dataset_meta.json")
    assert meta["dataset_name"] == task.name
    assert meta["license"] == "CC0-1.0"
    assert meta["dataset_size"] == N_TEST
    assert meta["modalities"] == ["text", task.modality]
    assert set(meta["skills"]) <= SKILLS
    assert meta["answer_type"] in ("letter", "short")
    assert set(meta["title"]) == {"ru", "en"}
    assert meta["data_example"] not in read(task, "test.json")["data"]
    assert set(meta["data_field_descriptions"]["inputs"]) == set(meta["data_example"]["inputs"])


def test_media_are_small_and_their_names_say_nothing() -> None:
    media = [path for path in DEMO.rglob("samples/*") if path.is_file()]
    assert len(media) == len(DEMO_TASKS) * (N_SHOTS + N_TEST)
    assert sum(path.stat().st_size for path in media) <= 15_000_000
    for item in plan():
        assert media_name(item) == f"samples/{item.task.modality}{item.id:04d}.{media_name(item)[-3:]}"


def test_no_two_media_are_the_same() -> None:
    digests = Counter(hashlib.sha256(p.read_bytes()).hexdigest() for p in DEMO.rglob("samples/*"))
    assert max(digests.values()) == 1
    assert len(suite_keys()) == len(DEMO_TASKS) * (N_SHOTS + N_TEST)


@EVERY_TASK
def test_the_script_makes_the_same_texts_again(task: DemoTask, tmp_path: Path) -> None:
    write_texts(tmp_path, task, [item for item in plan() if item.task is task])
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["README.md", "dataset_meta.json", "shots.json", "test.json"]
    for name in written:
        assert (tmp_path / name).read_bytes() == (DEMO / task.name / name).read_bytes()


@EVERY_TASK
def test_the_script_makes_the_same_media_again(task: DemoTask, tmp_path: Path) -> None:
    items = [item for item in plan() if item.task is task]
    for item in items[:: 6 if task.modality == "video" else 2]:
        made, shipped = tmp_path / "made", DEMO / task.name / media_name(item)
        made = made.with_suffix(shipped.suffix)
        write_media(item.scene, made)
        if task.modality == "video":
            assert frames(made) == frames(shipped), shipped.name
        else:
            assert made.read_bytes() == shipped.read_bytes(), shipped.name


def frames(path: Path) -> str:
    """The hash of all decoded frames; container and encoder may differ by version."""
    import av

    digest = hashlib.sha256()
    with av.open(str(path)) as clip:
        assert clip.streams.video[0].codec_context.name == "h264"
        assert clip.streams.video[0].codec_context.pix_fmt == "yuv420p"
        for frame in clip.decode(video=0):
            digest.update(frame.to_ndarray(format="rgb24").tobytes())
    return digest.hexdigest()


@pytest.mark.parametrize("task", [t for t in DEMO_TASKS if t.modality == "audio"], ids=lambda t: t.name)
def test_sounds_are_sixteen_kilohertz_mono(task: DemoTask) -> None:
    import wave

    for path in (DEMO / task.name / "samples").iterdir():
        with wave.open(str(path)) as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
