"""Task folders in MERA's format, whole and broken."""

import json
import os
from pathlib import Path

import pytest

from studio.core.content import media_of
from studio.core.errors import TaskError
from studio.tasks import Catalogue, describe_folder, load_folder
from studio.texts import describe

MERA = Path(__file__).parents[2].parent / "shared" / "mera" / "samples"
DEMO = Path(__file__).parents[2] / "data" / "demo"
needs_mera = pytest.mark.skipif(
    not MERA.is_dir(), reason="MERA's two sample records are not beside this checkout"
)


def record(**changes):
    base = {
        "instruction": "<image>\nВопрос: {question}",
        "inputs": {"image": "samples/a.png", "question": "Что это?"},
        "outputs": "кот",
        "meta": {"id": 1},
    }
    return {**base, **changes}


def write_task(folder: Path, records, *, split="test", access="public", meta=None) -> Path:
    (folder / "samples").mkdir(parents=True, exist_ok=True)
    (folder / "samples" / "a.png").write_bytes(b"picture")
    data = records if isinstance(records, str | bytes) else json.dumps({"access": access, "data": records})
    (folder / f"{split}.json").write_bytes(data.encode() if isinstance(data, str) else data)
    if meta is not None:
        (folder / "dataset_meta.json").write_text(json.dumps(meta))
    return folder


def load_one(folder: Path, **changes):
    return load_folder(write_task(folder, [record(**changes)])).samples[0]


# --- MERA's own records -----------------------------------------------------------------------------------


@needs_mera
def test_the_ruclevr_record_loads_unchanged():
    (sample,) = load_folder(MERA / "ruCLEVR")
    assert sample.problem is None and sample.id == "7" and sample.gold == "нет"
    assert sample.categories == {"question_type": "binary"}
    stored = json.loads((MERA / "ruCLEVR" / "test.json").read_text())["data"][0]
    plain = {key: value for key, value in stored["inputs"].items() if key != "image"}
    assert sample.prompt == stored["instruction"].format(**plain)
    assert [m.path.name for m in media_of(sample.message)] == ["image0007.png"]


@needs_mera
def test_the_weird_record_loads_unchanged_and_its_metadata_are_read():
    task = load_folder(MERA / "WEIRD")
    (sample,) = task
    assert sample.problem is None and sample.gold == "B"
    assert sample.options == {"A": "нормальное", "B": "странное"}
    assert sample.prompt.endswith("A. нормальное\nB. странное\nОтвет:")
    assert sample.categories["commonsense_violation_subgroup"] == "Unusual dish"
    info = task.info
    assert (info.name, info.modality, info.answer_type, info.access) == ("WEIRD", "image", "letter", "public")
    assert (info.licence, info.chance, info.human_benchmark) == ("CC-BY-4.0", 0.5, {"Exact match": 0.8464})


@pytest.mark.skipif(not list(DEMO.glob("*/test.json")), reason="the demo suite has not been built")
def test_every_demo_record_can_be_asked():
    catalogue = Catalogue({"demo": DEMO})
    tasks = catalogue.resolve("demo")
    assert len(tasks) == 6 and not catalogue.problems()
    assert sorted(info.modality for info in tasks) == ["audio", "audio", "image", "image", "video", "video"]
    for info in tasks:
        for split, least in (("test", 60), ("shots", 10)):
            task = catalogue.load(info, split)
            assert len(task) >= least
            assert [sample.problem for sample in task if sample.problem] == []
            assert all(sample.gold and sample.prompt_id in range(1, 11) for sample in task)


# --- fields of a record -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outputs", "gold"),
    [
        ("кот", "кот"),
        (" кот ", " кот "),
        ("", None),
        ("  ", None),
        (None, None),
        ([], None),
        (["да", "ага"], ("да", "ага")),
        (["да", "", None], ("да",)),
        (3, "3"),
        (2.5, "2.5"),
        ({"intent": "Музыка"}, '{"intent": "Музыка"}'),
    ],
)
def test_gold_is_text_a_choice_of_texts_or_nothing(tmp_path, outputs, gold):
    sample = load_one(tmp_path, outputs=outputs)
    assert sample.gold == gold and sample.problem is None


def test_a_record_without_outputs_can_be_asked(tmp_path):
    bare = record()
    del bare["outputs"]
    (sample,) = load_folder(write_task(tmp_path, [bare]))
    assert sample.gold is None and sample.problem is None


def test_none_inputs_are_left_out_together_with_their_lines(tmp_path):
    inputs = {
        "image": "samples/a.png",
        "question": "Что?",
        "option_a": "да",
        "option_b": "нет",
        "option_c": None,
    }
    template = "<image>\n{question}\nA. {option_a}\nB. {option_b}\nC. {option_c}"
    sample = load_one(tmp_path, instruction=template, inputs=inputs)
    assert sample.options == {"A": "да", "B": "нет"} and "option_c" not in sample.inputs
    assert sample.prompt == "<image>\nЧто?\nA. да\nB. нет" and sample.problem is None


def test_two_media_keep_their_numbers(tmp_path):
    write_task(tmp_path, [])
    (tmp_path / "samples" / "b.png").write_bytes(b"another")
    inputs = {"image_2": "samples/b.png", "image_1": "samples/a.png"}
    sample = load_one(tmp_path, instruction="<image_2> и <image_1>", inputs=inputs)
    assert [m.key for m in sample.media] == ["image_1", "image_2"]
    assert [m.path.name for m in media_of(sample.message)] == ["b.png", "a.png"]


def test_categories_become_flat_text(tmp_path):
    meta = {
        "id": 4,
        "complexity": "simple",
        "categories": {"topic": ["быт", "еда"], "level": {"grade": 7, "none": None}, "domain": ""},
    }
    sample = load_one(tmp_path, meta=meta)
    assert sample.categories == {"complexity": "simple", "topic": "быт, еда", "level.grade": "7"}


def test_the_prompt_id_is_kept(tmp_path):
    assert load_one(tmp_path, meta={"id": 1, "prompt_id": 7}).prompt_id == 7


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"instruction": 5}, "record_field"),
        ({"instruction": None}, "record_no_instruction"),
        ({"instruction": " "}, "record_no_instruction"),
        ({"instruction": "<image> {hint}"}, "unknown_slot"),
        ({"inputs": ["a"]}, "record_field"),
        ({"inputs": None}, "record_field"),
        ({"inputs": {"image": "samples/a.png", "question": ["a"]}}, "record_field"),
        ({"inputs": {"image": 5, "question": "a"}}, "record_field"),
        ({"inputs": {"image": "a\0b", "question": "a"}}, "record_field"),
        ({"inputs": {"image": "samples/none.png", "question": "a"}}, "media_missing"),
        ({"inputs": {"image": "samples", "question": "a"}}, "media_missing"),
        ({"inputs": {"image": "../../../etc/passwd", "question": "a"}}, "media_outside"),
        ({"inputs": {"image": "/etc/passwd", "question": "a"}}, "media_outside"),
        ({"inputs": {"image": None, "question": "a"}}, "placeholder_without_medium"),
        ({"outputs": True}, "record_field"),
        ({"meta": "x"}, "record_field"),
        ({"meta": {"id": [1]}}, "record_field"),
    ],
)
def test_a_bad_field_is_the_samples_problem_and_the_others_load(tmp_path, changes, code):
    good = record(meta={"id": 2})
    bad, other = load_folder(write_task(tmp_path, [record(**changes), good]))
    assert bad.problem is not None and bad.problem.code == code
    assert other.problem is None
    for lang in ("ru", "en"):
        words = describe(bad.problem, lang)
        assert code not in words and "{" not in words.replace("{hint}", "").replace("{question}", "")
    assert bad.content_hash()


@pytest.mark.parametrize("bad", [None, 5, "текст", ["a"]])
def test_a_record_that_is_no_object_is_a_problem(tmp_path, bad):
    first, second = load_folder(write_task(tmp_path, [bad, record()]))
    assert first.problem is not None and first.problem.code == "record_not_object"
    assert first.id == "#1" and second.problem is None


def test_an_empty_medium_is_a_problem(tmp_path):
    write_task(tmp_path, [])
    (tmp_path / "samples" / "empty.png").touch()
    sample = load_one(tmp_path, inputs={"image": "samples/empty.png", "question": "a"})
    assert sample.problem is not None and sample.problem.code == "media_empty"


def test_a_link_that_leads_outside_is_refused_but_the_hubs_cache_is_followed(tmp_path):
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "abc").write_bytes(b"blob")
    (tmp_path / "secret.png").write_bytes(b"secret")
    for parent, code in (("snapshots", None), ("elsewhere", "media_outside")):
        folder = write_task(
            tmp_path / parent / "rev", [record(inputs={"image": "samples/l.png", "question": "a"})]
        )
        os.symlink(tmp_path / "blobs" / "abc", folder / "samples" / "l.png")
        (sample,) = load_folder(folder)
        assert (sample.problem.code if sample.problem else None) == code


def test_two_records_with_one_id_are_both_kept_and_the_later_is_a_problem(tmp_path):
    records = [record(meta={"id": id_}) for id_ in (7, 7, "7#2", 7)]
    samples = load_folder(write_task(tmp_path, records)).samples
    assert len({sample.id for sample in samples}) == 4
    assert samples[0].id == "7" and samples[0].problem is None
    assert [s.problem.code if s.problem else None for s in samples][1:] == ["duplicate_id"] * 3


def test_records_without_ids_are_numbered(tmp_path):
    samples = load_folder(write_task(tmp_path, [record(meta={}), record(meta={})])).samples
    assert [sample.id for sample in samples] == ["#1", "#2"] and not any(s.problem for s in samples)


def test_half_a_surrogate_pair_does_not_break_hashing(tmp_path):
    sample = load_one(tmp_path, outputs="\ud83d кот")
    assert sample.gold == "\ufffd кот" and sample.content_hash()


def test_a_changed_medium_changes_the_tasks_hash(tmp_path):
    before = load_folder(write_task(tmp_path, [record()])).content_hash()
    assert load_folder(tmp_path).content_hash() == before
    (tmp_path / "samples" / "a.png").write_bytes(b"another picture")
    assert load_folder(tmp_path).content_hash() != before


# --- files and metadata -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "task_file_empty"),
        ('{"data": [1,\n 2,, 3]}', "task_file_broken"),
        ('{"data": 5}', "task_file_shape"),
        ("5", "task_file_shape"),
        ("[]", "task_no_records"),
        (b'{"data": ["\xff"]}', "task_file_encoding"),
        ("[" * 100_000, "task_file_broken"),
    ],
)
def test_a_broken_file_of_records_is_named(tmp_path, text, code):
    with pytest.raises(TaskError) as caught:
        load_folder(write_task(tmp_path, text))
    assert caught.value.problem.code == code
    assert "test.json" in describe(caught.value, "ru")


def test_broken_json_is_located(tmp_path):
    with pytest.raises(TaskError) as caught:
        load_folder(write_task(tmp_path, '[\n  {"a": }\n]'))
    assert (caught.value.problem.values["line"], caught.value.problem.values["column"]) == (2, 9)


def test_a_plain_list_and_a_byte_order_mark_are_read(tmp_path):
    text = "\ufeff" + json.dumps([record()], ensure_ascii=False)
    assert len(load_folder(write_task(tmp_path, text))) == 1


def test_a_missing_folder_split_and_file_are_named(tmp_path):
    with pytest.raises(TaskError, match="task_folder_missing"):
        load_folder(tmp_path / "none")
    with pytest.raises(TaskError, match="task_no_records_file"):
        load_folder(tmp_path)
    write_task(tmp_path, [record()])
    with pytest.raises(TaskError, match=r"task_file_missing: file=shots\.json"):
        load_folder(tmp_path, "shots")


def test_broken_metadata_are_named(tmp_path):
    write_task(tmp_path, [record()])
    (tmp_path / "dataset_meta.json").write_text("[1]")
    with pytest.raises(TaskError, match="task_meta_shape"):
        describe_folder(tmp_path)


def test_metadata_of_our_own_are_read(tmp_path):
    meta = {
        "dataset_name": "Фигуры",
        "title": {"ru": "Фигуры", "en": "Shapes"},
        "modality": "video",
        "answer_type": "letter",
        "chance": 0.25,
        "skills": ["a", "b", "a"],
        "license": "CC0-1.0",
    }
    info = describe_folder(write_task(tmp_path, [record()], meta=meta), suite="demo")
    assert (info.name, info.title["en"], info.modality) == ("Фигуры", "Shapes", "video")
    assert (info.answer_type, info.chance, info.skills, info.suite) == ("letter", 0.25, ("a", "b"), "demo")
    assert info.sizes == {"test": 1}


@pytest.mark.parametrize(
    ("access", "licence", "expected"),
    [
        ("private", "CC0", "private"),
        (None, "MERA_private", "private"),
        (None, "CC0", "public"),
        ("?", "", "private"),
    ],
)
def test_access_is_as_stated_and_a_private_licence_hides_gold(tmp_path, access, licence, expected):
    info = describe_folder(write_task(tmp_path, [record()], access=access, meta={"license": licence}))
    assert info.access == expected


def test_a_task_without_media_or_metadata_is_refused(tmp_path):
    with pytest.raises(TaskError, match="task_without_media"):
        describe_folder(write_task(tmp_path, [record(inputs={"question": "a"})]))


def test_a_description_follows_the_files(tmp_path):
    assert describe_folder(write_task(tmp_path, [record()])).sizes == {"test": 1}
    assert describe_folder(write_task(tmp_path, [record(), record()])).sizes == {"test": 2}


# --- names ------------------------------------------------------------------------------------------------


@pytest.fixture
def catalogue(tmp_path):
    for name in ("Colours", "Sounds"):
        write_task(tmp_path / "demo" / name, [record()])
    return Catalogue({"demo": tmp_path / "demo"})


def test_a_name_a_suite_and_a_path_are_resolved(catalogue, tmp_path):
    assert [info.name for info in catalogue.resolve("colours")] == ["Colours"]
    assert [info.name for info in catalogue.resolve("DEMO")] == ["Colours", "Sounds"]
    assert all(info.suite == "demo" for info in catalogue.resolve(str(tmp_path / "demo")))
    other = write_task(tmp_path / "Other", [record()])
    assert [(info.name, info.suite) for info in catalogue.resolve(str(other))] == [("Other", "")]
    assert catalogue.load("Sounds").samples[0].problem is None


def test_an_unknown_name_answers_with_the_known_ones(catalogue):
    for name in ("Nothing", "", "a" * 5000, "a\0b"):
        with pytest.raises(TaskError) as caught:
            catalogue.resolve(name)
        assert caught.value.problem.values["known"] == "demo, mera, Colours, Sounds"


def test_an_unknown_path_is_no_name(catalogue):
    with pytest.raises(TaskError, match="task_folder_missing"):
        catalogue.resolve("./nothing/here")


def test_a_broken_task_does_not_hide_the_others(catalogue, tmp_path):
    catalogue.add(write_task(tmp_path / "Broken", "{"))
    assert [info.name for info in catalogue.tasks()] == ["Colours", "Sounds"]
    assert [problem.code for problem in catalogue.problems()] == ["task_file_broken"]


def test_domains_are_tasks_named_after_theirs(tmp_path):
    for domain in ("biology", "physics"):
        write_task(tmp_path / "Science" / domain, [record()])
    (tmp_path / "Science" / "dataset_meta.json").write_text('{"dataset_name": "ruScience"}')
    names = [info.name for info in Catalogue({}, [tmp_path]).tasks()]
    assert names == ["ruScience_biology", "ruScience_physics"]


def test_a_name_of_several_tasks_cannot_be_loaded_as_one(catalogue):
    with pytest.raises(TaskError, match="task_not_one"):
        catalogue.load("demo")


def test_a_limit_takes_the_first_samples(tmp_path):
    folder = write_task(tmp_path, [record(meta={"id": n}) for n in range(5)])
    assert [s.id for s in Catalogue({}).load(describe_folder(folder), limit=2)] == ["0", "1"]
