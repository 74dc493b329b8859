"""Tasks from `datasets`: saved to disk or as parquet, with media as bytes and the union of all fields."""

import json
from pathlib import Path

import pytest

from studio.core.content import media_of
from studio.core.errors import TaskError
from studio.tasks import Catalogue, DatasetRef, describe_dataset, is_dataset_folder, load_dataset, load_folder

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries under `datasets`


def features(modality: str, keys: tuple[str, ...]):
    from datasets import Audio, Features, Image, List, Value, Video

    kinds = {"image": Image(), "audio": Audio(), "video": Video()}  # as on the hub: we must not decode
    inputs = {key: kinds[modality] for key in keys}
    texts = {key: Value("string") for key in ("question", "option_a", "option_b", "option_c")}
    return Features(
        {
            "instruction": Value("string"),
            "inputs": {**inputs, **texts},
            "outputs": List(Value("string")) if modality == "image" else Value("string"),
            "meta": {"id": Value("int32"), "categories": {"topic": List(Value("string"))}},
        }
    )


def rows(modality: str, keys: tuple[str, ...], n: int = 3):
    for number in range(n):
        media = {key: {"bytes": f"{key} {number % 2}".encode(), "path": f"{key}.bin"} for key in keys}
        options = {"option_a": "да", "option_b": "нет", "option_c": "ни то ни другое" if number else None}
        yield {
            "instruction": " ".join(f"<{key}>" for key in keys)
            + "\n{question}\nA. {option_a}\nB. {option_b}"
            + ("\nC. {option_c}" if number else ""),
            "inputs": {**media, "question": f"Вопрос {number}?", **options},
            "outputs": ["да", "ага"] if modality == "image" else "A",
            "meta": {"id": number, "categories": {"topic": ["быт", "еда"]}},
        }


def dataset(modality: str, keys: tuple[str, ...], n: int = 3):
    from datasets import Dataset
    from pyarrow import Table

    schema = features(
        modality, keys
    ).arrow_schema  # Audio would be encoded by a library that nobody else needs
    return Dataset(Table.from_pylist(list(rows(modality, keys, n)), schema=schema))


@pytest.fixture(params=["saved", "parquet"])
def saved(request, tmp_path):
    """Writes test and shots of a dataset in one of the local forms; returns its folder."""

    def save(modality: str, keys: tuple[str, ...]) -> Path:
        from datasets import DatasetDict

        folder = tmp_path / "ruThing"
        splits = {"test": dataset(modality, keys), "shots": dataset(modality, keys, 2)}
        if request.param == "saved":
            DatasetDict(splits).save_to_disk(str(folder))
        else:
            folder.mkdir()
            for name, split in splits.items():
                split.to_parquet(str(folder / f"{name}-00000-of-00001.parquet"))
        return folder

    return save


@pytest.mark.parametrize(
    ("modality", "keys"),
    [("image", ("image",)), ("audio", ("audio_1", "audio_2")), ("video", ("video",))],
)
def test_a_local_dataset_becomes_samples_with_media_in_the_cache(saved, tmp_path, modality, keys):
    task = load_dataset(DatasetRef(str(saved(modality, keys))), cache=tmp_path / "cache")
    assert [sample.problem for sample in task] == [None] * 3
    assert (task.info.name, task.info.modality, task.info.answer_type) == ("ruThing", modality, "letter")
    first, second, third = task
    assert first.options == {"A": "да", "B": "нет"} and list(second.options) == ["A", "B", "C"]
    assert "None" not in first.prompt and first.categories == {"topic": "быт, еда"}
    assert first.gold == (("да", "ага") if modality == "image" else "A")
    assert [m.path.read_bytes().decode() for m in media_of(second.message)] == [f"{key} 1" for key in keys]
    assert [m.path for m in first.media] == [m.path for m in third.media]  # one content, one file
    assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == 2 * len(keys)


def test_a_dataset_and_a_folder_of_the_same_records_have_one_hash(saved, tmp_path):
    source = saved("audio", ("audio_1", "audio_2"))
    folder = tmp_path / "folder" / "ruThing"
    folder.mkdir(parents=True)
    records = []
    for row in rows("audio", ("audio_1", "audio_2")):
        for key in ("audio_1", "audio_2"):
            content = row["inputs"][key]["bytes"]
            row["inputs"][key] = f"{key}-{content.decode()}.wav"
            (folder / row["inputs"][key]).write_bytes(content)
        records.append(row)
    (folder / "test.json").write_text(json.dumps(records))
    assert load_dataset(DatasetRef(str(source)), cache=tmp_path / "c").content_hash() == (
        load_folder(folder).content_hash()
    )


def test_a_dataset_is_described_without_its_media(saved, tmp_path):
    folder = saved("video", ("video",))
    (folder / "dataset_meta.json").write_text('{"dataset_name": "ruClips", "license": "CC0"}')
    info = describe_dataset(DatasetRef(str(folder)))
    assert (info.name, info.sizes, info.chance) == ("ruClips", {"test": 3, "shots": 2}, None)


def test_a_description_is_kept_while_the_files_do_not_change(saved, tmp_path):
    ref = DatasetRef(str(saved("image", ("image",))))
    first = describe_dataset(ref)
    assert describe_dataset(ref) is first
    (tmp_path / "ruThing" / "dataset_meta.json").write_text('{"dataset_name": "ruOther"}')
    assert (first.name, describe_dataset(ref).name) == ("ruThing", "ruOther")


def test_a_limit_reads_no_further(saved, tmp_path):
    task = load_dataset(DatasetRef(str(saved("image", ("image",)))), cache=tmp_path / "cache", limit=1)
    assert len(task) == 1
    assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == 1


def test_the_catalogue_finds_and_loads_a_dataset(saved, tmp_path):
    folder = saved("image", ("image",))
    catalogue = Catalogue({}, [folder], cache=tmp_path / "cache")
    assert [info.name for info in catalogue.resolve("ruthing")] == ["ruThing"]
    assert len(catalogue.load("ruThing", "shots")) == 2
    with pytest.raises(TaskError, match="dataset_no_cache"):
        Catalogue({}, [folder]).load("ruThing")


def test_a_missing_split_is_named(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    dataset("image", ("image",)).to_parquet(str(folder / "test.parquet"))
    with pytest.raises(TaskError, match="dataset_no_split") as caught:
        load_dataset(DatasetRef(str(folder)), "shots", cache=tmp_path / "cache")
    assert caught.value.problem.values["known"] == "test"


def test_broken_files_are_one_clear_error(tmp_path):
    (tmp_path / "test.parquet").write_bytes(b"PAR1 nothing")
    for read in (describe_dataset, lambda ref: load_dataset(ref, cache=tmp_path / "cache")):
        with pytest.raises(TaskError, match="dataset_unreadable"):
            read(DatasetRef(str(tmp_path)))


def test_empty_bytes_are_the_samples_problem(tmp_path):
    from pyarrow import Table
    from pyarrow.parquet import write_table

    (row,) = rows("image", ("image",), 1)
    row["inputs"]["image"]["bytes"] = b""
    schema = features("image", ("image",)).arrow_schema
    write_table(Table.from_pylist([row], schema=schema), tmp_path / "test.parquet")
    (sample,) = load_dataset(DatasetRef(str(tmp_path)), cache=tmp_path / "cache")
    assert sample.problem is not None and sample.problem.code == "media_empty"


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("hub:MERA-evaluation/ruCLEVR", DatasetRef("MERA-evaluation/ruCLEVR", hub=True)),
        ("hub:a/b:physics@abc", DatasetRef("a/b", "physics", "abc", hub=True)),
        ("hub:a/b@main", DatasetRef("a/b", None, "main", hub=True)),
        ("folder/x", DatasetRef("folder/x")),
    ],
)
def test_a_reference_is_read_and_written_back(text, ref):
    assert DatasetRef.parse(text) == ref and str(ref) == text


def test_the_name_of_a_configuration_is_part_of_the_tasks_name():
    assert (
        DatasetRef.parse("hub:MERA-evaluation/ruNaturalScienceVQA:physics").name
        == "ruNaturalScienceVQA_physics"
    )


def test_a_bad_reference_is_an_error():
    with pytest.raises(TaskError, match="dataset_ref"):
        DatasetRef.parse("hub:")


def test_a_folder_without_a_dataset_is_none(tmp_path):
    assert not is_dataset_folder(tmp_path)
