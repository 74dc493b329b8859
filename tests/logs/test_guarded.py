"""A log that was written by anybody: odd fields are told with file and row, impossible numbers are not in the log."""

import base64
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.logs import Reader, chat, lm_eval_rows, open_logs, rest_of
from studio.logs.evalscope import MOST_MISSING, _lacking, _Part
from studio.logs.rows import numbers
from studio.texts import describe
from tests.logs.reading import LOGS, read


def told(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A JSON file with something else in it."""
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def inspected(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    (source,) = (LOGS / "inspect").glob("*.json")
    return told(Path(shutil.copy(source, tmp_path / source.name)), change)


@pytest.mark.parametrize("key", ["date", "total_evaluation_time_seconds"])
@pytest.mark.parametrize("value", ["inf", "nan", 1e300, -1e18, -5, "x", 10**400])
def test_moments_and_durations_that_cannot_be_are_not_in_the_log(tmp_path, key, value):
    folder = shutil.copytree(LOGS / "lm-eval" / "group", tmp_path / "group")
    for path in folder.rglob("results_*.json"):
        told(path, lambda results: results.update({key: value}))
    ((log, _),) = read(folder)
    assert (log.created_at if key == "date" else log.seconds) is None
    assert (log.created_at, log.seconds) != (None, None)


def test_numbers_of_a_call_that_cannot_be_are_not_in_the_log_and_stay_in_its_row(tmp_path):
    def change(value: dict[str, Any]) -> None:
        output = value["samples"][0]["output"]
        output |= {"time": 1e12, "usage": {"input_tokens": 10**20, "output_tokens": -3, "total_tokens": 1}}

    ((_, samples),) = read(inspected(tmp_path, change))
    first = next(iter(samples.values()))[0]
    assert (first.latency_s, first.prompt_tokens, first.completion_tokens) == (None, None, None)
    assert str(10**20) in first.raw and first.answer


def test_a_score_is_a_finite_number():
    assert numbers({"a": 1, "b": float("inf"), "c": float("nan"), "d": 10**400, "e": True, "f": "1"}) == {
        "a": 1.0,
        "e": 1.0,
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value["samples"][1]["messages"][0].update(tool_calls=5),
        lambda value: value["samples"][1].update(error=None, output={"choices": ["x"]}),
        lambda value: value["samples"][1].update(messages=5),
    ],
)
def test_a_field_of_another_type_is_told_with_the_row_before_it(tmp_path, change):
    path = inspected(tmp_path, change)
    with pytest.raises(BadInput) as raised:
        read(path)
    assert raised.value.problem.code == "log_odd_after"
    assert raised.value.problem.values["place"] == f"{path.name}:1"
    said = describe(raised.value, "ru")
    assert f"Запись после {path.name}:1: inspect-ai так журналы не пишет" in said


def test_an_odd_summary_is_told_with_its_file(tmp_path):
    path = inspected(tmp_path, lambda value: value["results"].update(scores=5))
    with pytest.raises(BadInput, match=r"log_odd: file=2026.*json, tool=inspect-ai"):
        read(path)
    folder = shutil.copytree(LOGS / "evalscope", tmp_path / "evalscope")
    for report in folder.rglob("reports/**/*.json"):
        told(report, lambda value: value.update(metrics=5))
    with pytest.raises(BadInput, match=r"log_odd: file=.*, tool=evalscope"):
        read(folder)


def test_what_a_block_over_logs_raises_is_its_own(tmp_path):
    (tmp_path / "a").write_text("x")
    toy = Reader(
        "toy",
        lambda source: True,
        lambda sources: [
            Log("toy", (sources[0].facts(),), (LoggedTask("t", [LoggedSample("1", "a:1", "{}")]),))
        ],
        lambda row: row,
    )
    with pytest.raises(KeyError), open_logs([tmp_path / "a"], readers=(toy,)) as opened:
        for _ in opened.logs[0].tasks[0].samples:
            raise KeyError("of whoever reads")


def test_the_rest_of_an_odd_row_is_the_row():
    row = {"filtered_resps": [["x", "True"], ["y", "False"]], "arguments": [["q", "a"], ["q", "b"]]}
    assert rest_of("lm-eval", row) == row


# --- a few bytes that ask for much memory ---------------------------------------------------------------------------


def test_missing_samples_are_listed_only_where_they_may_be_that_many():
    assert _lacking(_Part(None, None, 6, 2), {0, 2, 3, 5, 9}) == [1, 4]
    assert _lacking(_Part(None, None, 6, 3), {0, 2, 3, 5}) == []
    assert _lacking(_Part(None, None, MOST_MISSING + 2, MOST_MISSING + 1), {0}) == []
    assert len(_lacking(_Part(None, None, MOST_MISSING + 1, MOST_MISSING), {0})) == MOST_MISSING


def chunked(path: Path, refs: list[list[int]]) -> Path:
    """A split log of Inspect with one sample, whose chat refers to a pool of three messages."""
    header = {
        "version": 2,
        "status": "started",
        "eval": {"task": "t", "model": "m", "created": "2026-01-01T00:00:00+00:00"},
    }
    pool = [{"role": "user", "content": f"вопрос {number}"} for number in range(3)]
    sample = {"id": 1, "epoch": 1, "target": "a", "message_refs": refs, "output": {"choices": []}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.json", json.dumps(header))
        archive.writestr("samples/1_epoch_1/sample.json", json.dumps(sample))
        archive.writestr("samples/1_epoch_1/messages/0.json", json.dumps(pool))
    return path


def test_a_chat_that_repeats_its_pool_again_and_again_is_refused(tmp_path):
    ((_, samples),) = read(chunked(tmp_path / "a.eval", [[0, 2], [2, 3]]))
    assert "вопрос 2" in (samples["t"][0].prompt or "")
    with pytest.raises(BadInput, match=r"log_member_broken: .* reason=message_refs: 15 > 4 × 3"):
        read(chunked(tmp_path / "b.eval", [[0, 3]] * 5))


def test_a_picture_that_is_referred_to_often_is_decoded_once(monkeypatch):
    decoded: list[str] = []

    def noted(text: str) -> Any:
        decoded.append(text)
        return ("image", b"picture")

    monkeypatch.setattr(chat, "data_url", noted)
    parts = [{"type": "image", "image": "attachment://a"}] * 50 + [
        {"type": "image", "image": "attachment://b"}
    ]
    found = chat.read_chat([{"role": "user", "content": parts}], lambda text: f"data of {text}")
    assert decoded == ["data of attachment://a", "data of attachment://b"]
    assert [medium.key for medium in found.media] == [f"image_{number}" for number in range(1, 52)]


def test_a_text_that_is_referred_to_again_and_again_is_refused():
    long = "a" * (chat.MOST_REFERRED // 2)
    message = {"role": "user", "content": [{"type": "text", "text": "attachment://a"}] * 2}
    assert len(chat.read_chat([message], lambda text: long).prompt) == chat.MOST_REFERRED
    with pytest.raises(ValueError, match=f"> {chat.MOST_REFERRED}"):
        chat.read_chat([message, message], lambda text: long)


def test_the_rows_of_a_document_are_joined_once(tmp_path, monkeypatch):
    joined: list[int] = []
    plain = lm_eval_rows.merged

    def noted(sample: LoggedSample, lines: Any) -> LoggedSample:
        joined.append(len(lines))
        return plain(sample, lines)

    monkeypatch.setattr(lm_eval_rows, "merged", noted)
    row = {"doc_id": 0, "doc": {"q": "?"}, "target": "a", "arguments": [["?", {}]], "resps": [["a"]]}
    rows = [{**row, "filtered_resps": ["a"], "filter": f"f{number}", "m": number} for number in range(4)]
    path = tmp_path / "samples_t_2026-11-22T04-33-17.141991.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), "utf-8")
    ((_, samples),) = read(path)
    assert joined == [3] and json.loads(samples["t"][0].raw) == rows
    assert samples["t"][0].own_scores == {f"m,f{number}": float(number) for number in range(4)}


def test_a_picture_that_many_rows_name_is_in_memory_once(tmp_path):
    picture = base64.b64encode(b"picture" * 20).decode()
    rows = ["index\tquestion\timage", f"1\t?\t{picture}", "2\t?\t1", "3\t?\t1"]
    (tmp_path / "Which.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    predictions = ["index\tquestion\tprediction", "1\t?\ta", "2\t?\tb", "3\t?\tc"]
    folder = tmp_path / "omni"
    folder.mkdir()
    (folder / "omni_Which.tsv").write_text("\n".join(predictions) + "\n", "utf-8")
    ((_, samples),) = read(tmp_path)
    first, second, third = (sample.media[0].data for sample in samples["Which"])
    assert first == second == b"picture" * 20 and second is third
