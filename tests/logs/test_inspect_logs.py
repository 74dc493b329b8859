"""Inspect's logs, made by Inspect itself: `.eval` packed with Zstandard, and `.json`."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.logs import open_logs, rest_of
from studio.logs.inspect_files import read_member
from studio.texts import describe
from tests.logs.reading import LOGS, mean, only, read

FOLDER = LOGS / "inspect"


def log_of(name: str, ending: str = "eval") -> Path:
    (path,) = FOLDER.glob(f"*_{name}_*.{ending}")
    return path


def repacked(path: Path, target: Path, change: Any = None) -> Path:
    """The same log with plain deflate; `change(name, object)` may spoil what is in it."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            value = json.loads(read_member(path, info))
            value = change(info.filename, value) if change else value
            if value is not None:
                archive.writestr(info.filename, json.dumps(value))
    return target


def test_a_log_tells_its_model_version_settings_and_time():
    log, samples = only(log_of("ruDemoStickers"))
    assert (log.tool, log.version, log.model) == ("inspect-ai", "0.3.285", "openai-api/local/omni")
    assert log.settings == {"max_tokens": 60, "temperature": 0.0}
    assert log.created_at == 1795322791.0 and log.seconds == 0.0
    assert log.rest["eval"]["config"]["limit"] == 6
    assert log.tasks[0].expected == 6 == len(samples["ruDemoStickers"])
    assert not log.remarks


def test_chat_and_pictures_are_taken_out_of_attachments():
    _, samples = only(log_of("ruDemoStickers"))
    first = samples["ruDemoStickers"][0]
    assert first.key == "11" and first.place.endswith(".eval:samples/11_epoch_1.json")
    assert first.prompt and first.prompt.startswith("[system]\nОтвечай по-русски.\n\n[user]\nЧто известно")
    assert "Изображение: <image>\nВопрос:\nКакого цвета наклейки?" in first.prompt
    (picture,) = first.media
    assert (picture.key, picture.modality) == ("image", "image")
    assert picture.data and picture.data.startswith(b"\x89PNG")
    assert first.answer == "РАССУЖДЕНИЕ Цвет фиолетовый, всего 4.\nОТВЕТ фиолетовый"
    assert (first.prompt_tokens, first.completion_tokens, first.finish_reason) == (76, 11, "stop")
    assert first.latency_s == pytest.approx(0.4746, abs=1e-4)
    assert first.gold == "фиолетовый" and first.categories == {"category": "color"}
    assert samples["ruDemoStickers"][2].gold == ("2", "другой ответ")


def test_scores_of_several_scorers_are_inspects_and_a_score_left_out_is_none():
    log, samples = only(log_of("ruDemoStickers"))
    rows = samples["ruDemoStickers"]
    assert rows[0].own_scores == {"includes": 1.0, "model_graded_fact": 1.0}
    assert rows[5].own_scores == {"includes": 1.0}  # the grader gave no grade
    for scorer in ("includes", "model_graded_fact"):
        assert mean(rows, scorer) == pytest.approx(log.tasks[0].scores[f"{scorer}/accuracy"])


def test_epochs_are_samples_and_the_mean_over_them_is_what_inspect_reports():
    log, samples = only(log_of("ruDemoWhich"))
    rows = samples["ruDemoWhich"]
    assert [row.key for row in rows[:4]] == ["11_epoch_1", "11_epoch_2", "11_epoch_3", "12_epoch_1"]
    assert rows[0].options == {
        "A": "слева вверху",
        "B": "справа вверху",
        "C": "слева внизу",
        "D": "справа внизу",
    }
    scores = log.tasks[0].scores
    assert mean(rows, "after_marker") == pytest.approx(scores["after_marker/accuracy@mean"])
    assert mean(rows, "shape/words") == pytest.approx(scores["shape/words/mean@mean"])
    assert "after_marker/accuracy@mode" in scores
    assert rows[0].own_extracted == {"after_marker": "C"}


def test_an_error_and_a_limit_leave_a_sample_without_an_answer_and_say_why():
    _, samples = only(log_of("ruDemoMixed"))
    sound, clip, stopped, last = samples["ruDemoMixed"]
    assert sound.media[0].modality == "audio" and sound.media[0].data and sound.answer == "ОТВЕТ гудок"
    assert clip.media[0].modality == "video" and clip.media[0].data
    assert clip.answer is None and clip.problem and not clip.own_scores
    assert "Video content is not currently supported" in describe(clip.problem, "en")
    assert stopped.answer is None and stopped.problem
    assert describe(stopped.problem, "en") == "There is no answer: the limit “message” (5.0) was reached."
    assert last.prompt and "[assistant]\nГотов.\n\n[user]\n" in last.prompt


def test_a_request_that_the_server_refused_says_so():
    _, samples = only(log_of("ruDemoStickers"))
    refused = samples["ruDemoStickers"][1]
    assert refused.answer is None and refused.problem
    assert describe(refused.problem, "en") == (
        "There is no answer, inspect-ai logged an error: BadRequestError('Error code: 400 - Failed to load image: "
        "cannot identify image file <_io.BytesIO object>')."
    )


def test_tool_calls_stand_in_the_prompt_and_the_last_answer_is_the_answer():
    _, samples = only(log_of("ruDemoTools"))
    (row,) = samples["ruDemoTools"]
    assert row.answer == "Ширина 112."
    assert row.question == "Какой ширины картинка?"
    assert row.prompt and row.prompt.endswith(
        '[assistant]\nИзмерю.\nruler({"side": "ширина"})\n\n[tool ruler]\nширина: 112'
    )


def test_the_json_form_says_the_same():
    packed, plain = only(log_of("ruDemoStickers")), only(log_of("ruDemoStickers", "json"))
    assert plain[0].version == packed[0].version and plain[0].tasks[0].expected == 2
    first, same = packed[1]["ruDemoStickers"][0], plain[1]["ruDemoStickers"][0]
    assert (first.key, first.prompt, first.answer, first.gold) == (
        same.key,
        same.prompt,
        same.answer,
        same.gold,
    )
    assert same.place.endswith(".json:1") and same.media == first.media


def test_an_older_log_without_zstandard_is_read_too(tmp_path: Path):
    path = repacked(log_of("ruDemoTools"), tmp_path / "old.eval")
    assert only(path)[1]["ruDemoTools"][0].answer == "Ширина 112."


def test_unknown_fields_are_kept_and_media_are_not_kept_twice(tmp_path: Path):
    def with_news(name: str, value: Any) -> Any:
        return {**value, "brand_new": {"deep": 7}} if name.startswith(("samples/", "header")) else value

    log, samples = only(repacked(log_of("ruDemoStickers"), tmp_path / "new.eval", with_news))
    row = samples["ruDemoStickers"][0]
    assert log.rest["brand_new"] == {"deep": 7}
    kept = rest_of("inspect-ai", json.loads(row.raw))
    assert kept["brand_new"] == {"deep": 7} and kept["uuid"] and kept["events"] and "messages" not in kept
    assert (
        set(kept["output"]) == {"input_context_tokens", "response_id"}
        and "value" not in kept["scores"]["includes"]
    )
    assert kept["scores"]["model_graded_fact"]["explanation"].startswith("Reasons of a grader.")
    assert "data:image/png;base64, 3119 B" in row.raw and "iVBOR" not in row.raw


def test_a_score_that_is_no_number_stays_readable_json():
    _, samples = only(log_of("ruDemoStickers"))
    raw = json.loads(samples["ruDemoStickers"][5].raw, parse_constant=pytest.fail)
    assert raw["scores"]["model_graded_fact"]["value"] == "NaN"


def test_a_run_that_did_not_end_is_read_and_says_so(tmp_path: Path):
    def unfinished(name: str, value: Any) -> Any:
        return None if name in {"header.json", "summaries.json", "reductions.json"} else value

    log, samples = only(repacked(log_of("ruDemoWhich"), tmp_path / "going.eval", unfinished))
    assert len(samples["ruDemoWhich"]) == 12 and log.tasks[0].expected is None
    assert [remark.code for remark in log.remarks] == ["log_inspect_status"]
    assert "started" in describe(log.remarks[0], "en")


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    return describe(caught.value, "en")


def test_a_log_that_was_cut_off_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "cut.eval"
    path.write_bytes(log_of("ruDemoWhich").read_bytes()[:30_000])
    assert refused(path).startswith("The log cut.eval is not whole")


def test_a_damaged_sample_is_named(tmp_path: Path):
    raw = bytearray(log_of("ruDemoTools").read_bytes())
    with zipfile.ZipFile(log_of("ruDemoTools")) as archive:
        info = archive.getinfo("samples/1_epoch_1.json")
    raw[info.header_offset + 200] ^= 0xFF
    path = tmp_path / "bad.eval"
    path.write_bytes(bytes(raw))
    assert refused(path).startswith("bad.eval: the record samples/1_epoch_1.json is damaged")


def test_a_cut_json_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "cut.json"
    path.write_bytes(log_of("ruDemoStickers", "json").read_bytes()[:40_000])
    assert refused(path).startswith("cut.json is not JSON")


def test_samples_split_into_chunks_are_the_same_samples():
    (path,) = (FOLDER / "chunked").glob("*.eval")
    whole, split = only(log_of("ruDemoStickers")), only(path)
    assert split[0].tasks[0].scores == whole[0].tasks[0].scores
    for same, row in zip(whole[1]["ruDemoStickers"], split[1]["ruDemoStickers"], strict=True):
        assert replace(row, raw="", place="") == replace(same, raw="", place="")
        assert "iVBOR" not in row.raw


def test_a_chunk_that_is_no_list_is_named(tmp_path: Path):
    def spoilt(name: str, value: Any) -> Any:
        return {} if name == "samples/11_epoch_1/messages/0.json" else value

    (path,) = (FOLDER / "chunked").glob("*.eval")
    told = refused(repacked(path, tmp_path / "odd.eval", spoilt))
    assert told == "odd.eval: samples/11_epoch_1/messages/0.json should be a list, and is a dict."


def test_a_folder_of_pictures_in_a_zip_is_not_taken_for_a_log(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "task.zip", "w") as archive:
        archive.writestr("samples/image0001.png", b"\x89PNG")
    assert "There are no logs" in refused(tmp_path / "task.zip")


def test_a_log_that_unpacks_to_too_much_is_refused_before_it_is_read():
    with pytest.raises(BadInput) as caught, open_logs([log_of("ruDemoWhich")], most_unpacked=100_000):
        pass
    assert "unpacks to more than" in describe(caught.value, "en")


def test_one_sample_twice_is_refused(tmp_path: Path):
    log = json.loads(log_of("ruDemoStickers", "json").read_text("utf-8"))
    log["samples"].append(log["samples"][0])
    path = tmp_path / "twice.json"
    path.write_text(json.dumps(log, indent=2), "utf-8")
    assert refused(path).startswith("twice.json, row 3: the record “11” stood in row 1 already")


def test_a_deep_row_is_kept_and_half_a_surrogate_pair_becomes_a_character(tmp_path: Path):
    def spoilt(name: str, value: Any) -> Any:
        if name.startswith("samples/"):
            value["output"]["completion"] = "half \ud800 pair"
            value["store"] = json.loads("[" * 300 + "]" * 300)
        return value

    _, samples = only(repacked(log_of("ruDemoTools"), tmp_path / "odd.eval", spoilt))
    (row,) = samples["ruDemoTools"]
    assert row.answer == "half \ufffd pair" and len(json.loads(row.raw)["store"]) == 1
