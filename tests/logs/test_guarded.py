"""A log that was written by anybody: odd fields are told with file and row, impossible numbers are not in the log."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.logs import Reader, open_logs, rest_of
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
