"""lmms-eval's logs, made by lmms-eval itself."""

import json
from pathlib import Path

import pytest

from studio.core.errors import BadInput
from studio.logs import rest_of
from studio.texts import describe
from tests.logs.reading import LOGS, copied, mean, only, read

FOLDER = LOGS / "lmms-eval"


def file_of(folder: Path, name: str) -> Path:
    (path,) = folder.rglob(f"*_{name}")
    return path


def test_a_folder_is_one_log_with_its_tasks():
    log, samples = only(FOLDER)
    assert (log.tool, log.version, log.model) == ("lmms-eval", "", "omni")
    assert log.created_at == 1795322970.0  # 12:49:30 in Singapore, the zone of its option
    assert log.seconds == pytest.approx(3.8235, abs=1e-4)
    assert log.rest["lmms_eval_version"] == "unknown@unknown"  # an installed release does not know itself
    assert log.settings["limit"] == 10.0 and log.rest["throughput"]["total_gen_tokens"] == 269
    assert {name: len(rows) for name, rows in samples.items()} == {
        "ru_demo_mixed": 4,
        "ru_demo_stickers": 10,
        "ru_demo_which": 10,
    }
    assert not log.remarks


def test_a_row_becomes_what_was_asked_and_answered():
    _, samples = only(FOLDER)
    first = samples["ru_demo_which"][0]
    assert first.key == "0" and first.place.endswith("_samples_ru_demo_which.jsonl:1")
    assert first.prompt and "Изображение: <image>\nВопрос:\nГде лежит фигура?" in first.prompt
    assert (
        first.answer == "Вижу: квадрат слева внизу.\nПодходит слева внизу: C\nОТВЕТ C" and first.gold == "C"
    )
    assert (first.prompt_tokens, first.completion_tokens) == (67, 14)
    (picture,) = first.media
    assert (picture.modality, picture.data, picture.name) == ("image", None, "ruDemoWhich/image0011.png")


def test_scores_are_those_of_the_tools_own_table():
    log, samples = only(FOLDER)
    for task in log.tasks:
        assert task.scores
        for name, score in task.scores.items():
            own = name.removesuffix(",none")
            assert mean(samples[task.name], own) == pytest.approx(score), (task.name, name)


def test_the_rows_of_two_filters_are_one_sample_with_the_answer_as_it_came():
    _, samples = only(FOLDER)
    row = samples["ru_demo_stickers"][0]
    assert row.answer == "РАССУЖДЕНИЕ Цвет фиолетовый, всего 4.\nОТВЕТ фиолетовый"
    assert row.own_scores == {
        "exact,whole": 1.0,
        "words,whole": 7.0,
        "exact,after_marker": 1.0,
        "words,after_marker": 1.0,
    }
    assert row.own_extracted["exact,after_marker"] == "фиолетовый"
    assert len(json.loads(row.raw)) == 2


def test_a_failed_request_that_the_tool_took_for_an_answer_is_a_failure():
    _, samples = only(FOLDER)
    failed = samples["ru_demo_mixed"][3]
    assert failed.answer is None and failed.problem and failed.prompt_tokens is None
    assert "maximum context length is 2048" in describe(failed.problem, "en")
    assert failed.own_scores["exact"] == 0.0  # what the tool itself says of it


def test_unknown_fields_are_kept(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    path = file_of(folder, "samples_ru_demo_which.jsonl")
    rows = [
        {**json.loads(line), "brand_new": {"deep": 7}, "submission": {"pred": "x"}}
        for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    results = file_of(folder, "results.json")
    results.write_text(json.dumps({**json.loads(results.read_text("utf-8")), "brand_new": 1}), "utf-8")
    log, samples = only(folder)
    kept = rest_of("lmms-eval", json.loads(samples["ru_demo_which"][0].raw))
    assert kept["brand_new"] == {"deep": 7} and kept["submission"] == {"pred": "x"} and kept["doc_hash"]
    assert log.rest["brand_new"] == 1


def test_samples_without_results_are_read_and_say_that_the_model_is_not_known(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    file_of(folder, "results.json").unlink()
    log, samples = only(folder)
    assert log.model == "" and {remark.code for remark in log.remarks} == {"log_no_results"}
    row = samples["ru_demo_stickers"][0]
    assert row.answer and row.own_scores["exact,#1"] == 1.0 and row.own_scores["exact,#2"] == 1.0


def test_a_list_of_targets_and_several_attempts_are_told_apart(tmp_path: Path):
    row = {"doc_id": 0, "target": "['a', 'b']", "filtered_resps": ["x", "y"], "doc_hash": "", "input": "?"}
    path = tmp_path / "20260101_000000_samples_t.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    (sample,) = only(path)[1]["t"]
    assert sample.gold == ("a", "b") and sample.answer == "x" and sample.found == {"answer": "first"}


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    return describe(caught.value, "en")


def test_broken_files_are_named_with_their_row(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    path = file_of(folder, "samples_ru_demo_which.jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    assert f"{path.relative_to(folder)} breaks off at row 10" in refused(folder)
    path.write_bytes(whole + whole.splitlines(keepends=True)[0])
    assert f"{path.relative_to(folder)}, row 11: the record “0” stood in row 1 already" in refused(folder)


def test_results_alone_are_refused(tmp_path: Path):
    path = tmp_path / "20261122_124930_results.json"
    path.write_bytes(file_of(FOLDER, "results.json").read_bytes())
    assert "holds nothing but summed up results" in refused(path)
