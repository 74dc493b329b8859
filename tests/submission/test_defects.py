"""Every defect of an archive is found, named by its code, put to its task and counted; a good archive has none."""

import io
import itertools
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.service.submission import check_submission
from studio.submission import archive
from studio.texts import CATALOGUE, LANGS, t
from tests.submission.conftest import SLOTS, Check, Files, audio, codes, docs, found, logs, zipped

Spoil = Callable[[Files], Any]


def rows(files: Files, name: str) -> list[Any]:
    listed: list[Any] = files[f"{name}.json"]["data"]["test"]
    return listed


def test_a_whole_modality_with_its_logs_is_fit(check: Check) -> None:
    files = audio()
    report = check(files, logs(files))
    assert report.fit and report.settings_known and codes(report) == set()
    states = {count.task: count.state for count in report.tasks}
    assert states["ruTiE-Audio"] == states["RuSLUn"] == "fit" and states["WEIRD"] == "missing"
    (aquaria,) = [count for count in report.tasks if count.task == "AQUARIA"]
    assert (aquaria.file, aquaria.found, aquaria.size) == ("AQUARIA.json", 738, 738)


# Test sizes as published, written down from the benchmark's description.
SIZES = {
    "AQUARIA": 738, "CommonVideoQA": 1200, "LabTabVQA": 339, "RealVideoQA": 671, "RealVQA": 773, "ruCLEVR": 1148,
    "ruCommonVQA": 3015, "ruEnvAQA": 596, "ruHHH_Image": 595, "ruHHH_Video": 911, "ruMathVQA": 502,
    "ruNaturalScienceVQA": 363, "ruSLUn": 741, "ruTiE_Audio": 1500, "ruTiE_Image": 1500, "SchoolScienceVQA": 4227,
    "UniScienceVQA": 7432, "WEIRD": 814,
}  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_each_of_the_18_tasks_is_counted_against_its_own_size(check: Check, name: str) -> None:
    listed = docs(SIZES[name], text=SLOTS)
    assert codes(check({f"{name}.json": {"data": {"test": listed}}}, partial=True)) == {"no_logs"}
    short = check({f"{name}.json": {"data": {"test": listed[:-1]}}}, partial=True)
    assert found(short, "no_id").n == 1 and not short.fit


def drop(name: str, key: str, place: int = 3) -> Spoil:
    def spoil(files: Files) -> None:
        del rows(files, name)[place][key]

    return spoil


def put(name: str, path: str, value: Any, place: int = 3) -> Spoil:
    def spoil(files: Files) -> None:
        doc = rows(files, name)[place]
        *inside, last = path.split(".")
        for key in inside:
            doc = doc[key]
        doc[last] = value

    return spoil


def replace(name: str, value: Any) -> Spoil:
    return lambda files: files.update({f"{name}.json": value})


def rename(before: str, after: str) -> Spoil:
    return lambda files: files.update({after: files.pop(before)})


def cut(name: str, n: int) -> Spoil:
    def spoil(files: Files) -> None:
        del rows(files, name)[n:]

    return spoil


DEEP = "[" * 200_000
# What is done to a fit archive, the code it must be found by, the task, how many, and whether it is an error.
DEFECTS: list[tuple[str, Spoil, str, str, int, bool]] = [
    ("a task of an attempted modality is not there", lambda f: f.pop("AQUARIA.json"), "no_task", "AQUARIA", 738, True),
    ("a file with another extension", rename("AQUARIA.json", "AQUARIA.jsonl"), "extension", "AQUARIA", 1, True),
    ("JSON that breaks off", replace("AQUARIA", '{"data": {"test": ['), "unreadable_file", "AQUARIA", 1, True),
    ("bytes that are not UTF-8", replace("AQUARIA", b'{"data": "\xff"}'), "unreadable_file", "AQUARIA", 1, True),
    ("a byte order mark", replace("AQUARIA", b"\xef\xbb\xbf{}"), "unreadable_file", "AQUARIA", 1, True),
    ("JSON nested too deep to read", replace("AQUARIA", DEEP), "task_system_error", "AQUARIA", 1, True),
    ("no data", replace("AQUARIA", {"test": []}), "no_data_field", "AQUARIA", 1, True),
    ("a bare list", replace("AQUARIA", docs(738)), "no_data_field", "AQUARIA", 1, True),
    ("data that is no object", replace("AQUARIA", {"data": docs(738)}), "no_data_field", "AQUARIA", 1, True),
    ("another split", replace("AQUARIA", {"data": {"train": docs(738)}}), "no_split", "AQUARIA", 1, True),
    ("a split that is no list", replace("AQUARIA", {"data": {"test": {}}}), "no_split", "AQUARIA", 1, True),
    ("a record without outputs", drop("AQUARIA", "outputs"), "no_outputs_field_for_doc", "AQUARIA", 1, True),
    ("a record that is no object", lambda f: rows(f, "AQUARIA").__setitem__(0, "A"), "no_outputs_field_for_doc",
     "AQUARIA", 1, True),
    ("a record without meta", drop("AQUARIA", "meta"), "no_meta_field_for_doc", "AQUARIA", 1, True),
    ("meta that is no object", put("AQUARIA", "meta", 14), "no_meta_field_for_doc", "AQUARIA", 1, True),
    ("meta without id", put("AQUARIA", "meta", {}), "no_id_field_for_doc", "AQUARIA", 1, True),
    ("an id that is a text", put("AQUARIA", "meta.id", "14"), "id_type", "AQUARIA", 1, True),
    ("an id that is true", put("AQUARIA", "meta.id", True), "id_type", "AQUARIA", 1, True),
    ("two records with one id", put("AQUARIA", "meta.id", 11), "id_repeated", "AQUARIA", 1, True),
    ("a record too few", cut("AQUARIA", 737), "no_id", "AQUARIA", 1, True),
    ("no record at all", cut("AQUARIA", 0), "no_id", "AQUARIA", 738, True),
    ("shots beside test", lambda f: rows(f, "AQUARIA").extend(docs(10, first=1)), "too_many", "AQUARIA", 10, True),
    ("a turn with an id of its own", put("ruTiE_Audio", "meta.id", 9000), "ids_not_in_row", "ruTiE-Audio", 1, True),
    ("an answer that is a number", put("AQUARIA", "outputs", 12), "doc_output_type_error", "AQUARIA", 1, True),
    ("an answer that is a list", put("AQUARIA", "outputs", ["A"]), "doc_output_type_error", "AQUARIA", 1, True),
    ("an answer that is null", put("AQUARIA", "outputs", None), "doc_output_type_error", "AQUARIA", 1, True),
    ("RuSLUn's answer as a list", put("ruSLUn", "outputs", "[1, 2]"), "doc_parse_output_error", "RuSLUn", 1, True),
    ("its slots as an object", put("ruSLUn", "outputs", '{"intent": "a", "slots": {"b": "c"}}'),
     "doc_parse_output_error", "RuSLUn", 1, True),
    ("its slots as texts", put("ruSLUn", "outputs", '{"intent": "a", "slots": ["b"]}'), "doc_parse_output_error",
     "RuSLUn", 1, True),
    ("RuSLUn's answer in words", put("ruSLUn", "outputs", "включи кино"), "no_json", "RuSLUn", 1, False),
    ("an empty answer", put("AQUARIA", "outputs", " "), "outputs_empty", "AQUARIA", 1, False),
    ("nothing but empty answers", replace("AQUARIA", {"data": {"test": docs(738, text="")}}), "outputs_empty",
     "AQUARIA", 738, True),
    ("a hyphen as on the hub", rename("ruTiE_Audio.json", "ruTiE-Audio.json"), "file_misnamed", "ruTiE-Audio", 1, True),
    ("a folder around the files", rename("AQUARIA.json", "sub/AQUARIA.json"), "file_misnamed", "AQUARIA", 1, True),
    ("a part instead of the task", lambda f: f.update({"SchoolScienceVQA_biology.json": {}}), "file_part",
     "SchoolScienceVQA", 1, True),
    ("a second file", lambda f: f.update({"aquaria.json": {}}), "file_twice", "AQUARIA", 1, True),
    ("a file of no task", lambda f: f.update({"readme.txt": "?"}), "unknown_file", "", 1, False),
    ("a shadow that macOS leaves", lambda f: f.update({"__MACOSX/._AQUARIA.json": "?"}), "unknown_file", "", 1, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "code", "task", "n", "error"),
    [pytest.param(*case, id=name) for name, *case in DEFECTS],
)
def test_a_defect_is_found(check: Check, spoil: Spoil, code: str, task: str, n: int, error: bool) -> None:
    files = audio()
    spoil(files)
    report = check(files)
    defect = found(report, code, task)
    assert (defect.n, defect.severity) == (n, "error" if error else "warning")
    assert report.fit is not error
    if task:
        states = {count.task: count.state for count in report.tasks}
        assert (states[task] == "unfit") is error
    for each in report.defects:
        for key, lang in itertools.product(
            (f"submission.{each.code}", f"submission.{each.code}.todo"), LANGS
        ):
            assert "{" not in t(key, lang, n=each.n, task=each.task, **each.values).replace('{"', "")


def test_every_code_has_its_words_and_every_word_its_code() -> None:
    said = {key.split(".")[1] for key in CATALOGUE if key.startswith("submission.") and key.count(".") == 1}
    hinted = {
        key.split(".")[1] for key in CATALOGUE if key.startswith("submission.") and key.endswith(".todo")
    }
    assert said == hinted >= {code for _, _, code, _, _, _ in DEFECTS}


@pytest.mark.parametrize("page", ["submission.md", "submission.en.md"])
def test_the_manual_names_every_code(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    known = {
        key.split(".")[1] for key in CATALOGUE if key.startswith("submission.") and key.endswith(".todo")
    }
    rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall("`([a-z_]+)`", rows)) == known


def test_a_missing_record_is_named_where_the_numbering_shows_it(check: Check) -> None:
    files = audio()
    del rows(files, "AQUARIA")[5:8]
    assert found(check(files), "no_id").places == ("id 16", "id 17", "id 18")


def test_parts_of_a_task_may_number_their_records_alike(check: Check) -> None:
    whole = [doc for n in (57, 67, 41, 198) for doc in docs(n)]
    assert codes(check({"ruNaturalScienceVQA.json": {"data": {"test": whole}}}, partial=True)) == {"no_logs"}
    whole += docs(1) + docs(1)
    assert found(check({"ruNaturalScienceVQA.json": {"data": {"test": whole}}}), "id_repeated").n == 2


def test_a_size_that_another_source_states_is_a_doubt_and_no_error(check: Check) -> None:
    report = check({"CommonVideoQA.json": {"data": {"test": docs(907)}}}, partial=True)
    assert report.fit and found(report, "count_doubted").values == {"found": 907, "size": 1200}


def test_tasks_left_out_on_purpose_are_no_error(check: Check) -> None:
    files = {"AQUARIA.json": audio()["AQUARIA.json"]}
    assert not check(files).fit
    assert check(files, partial=True).fit


def test_one_limit_over_several_tasks_is_suspected_without_logs(check: Check) -> None:
    files = audio()
    for name in ("AQUARIA", "ruEnvAQA"):
        del rows(files, name)[10:]
    assert found(check(files), "limit_guessed").values == {"limit": 10}


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"{}", b"not a zip"])
def test_what_is_no_zip_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.zip"
    path.write_bytes(content)
    report = check_submission(path)
    assert [defect.code for defect in report.defects] == ["unreadable_zip"] and not report.fit


def test_an_archive_without_a_task_is_told_so(check: Check) -> None:
    assert found(check({"readme.txt": "?"}), "nothing").severity == "error"


def test_a_zip_of_another_name_is_refused_by_its_extension(tmp_path: Path) -> None:
    path = tmp_path / "model.tar"
    path.write_bytes(zipped(audio()))
    assert found(check_submission(path), "extension").values["expected"] == "model.zip"
    hidden = tmp_path / ".zip"
    hidden.write_bytes(zipped(audio()))
    assert found(check_submission(hidden), "hidden_archive").severity == "warning"


def test_a_damaged_file_is_found_and_the_others_are_still_checked(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as target:
        for name, value in audio().items():
            target.writestr(name, json.dumps(value))
    raw = bytearray(whole.getvalue())
    start = raw.index(b'"test"')
    raw[start : start + 6] = b'"tost"'
    path = tmp_path / "model.zip"
    path.write_bytes(raw)
    report = check_submission(path)
    assert found(report, "unreadable_file").task == "AQUARIA"
    assert {count.task for count in report.tasks if count.state == "fit"} == {
        "ruEnvAQA",
        "RuSLUn",
        "ruTiE-Audio",
    }


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 50_000)
    report = check(audio())
    large = {defect.task for defect in report.defects if defect.code == "task_system_error"}
    assert large == {"RuSLUn", "ruTiE-Audio"}
    assert {count.task for count in report.tasks if count.state == "fit"} == {"AQUARIA", "ruEnvAQA"}


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="submission_no_file"):
        check_submission(tmp_path / "none.zip")
