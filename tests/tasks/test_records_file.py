"""A file of records, read one record at a time: the same values and the same complaints as if it were read whole."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import TaskError
from studio.tasks import records_file
from studio.tasks.files import read_json
from studio.tasks.records_file import RecordsFile

VALUES = [
    {"a": 1, "б": [1, 2.5, -3e10, None, True], "вложено": {"x": {"y": '}]\\"'}}},
    "строка, с запятой",
    [],
    {},
    12,
    -0.5,
    None,
    {"длинное": "ж" * 500},
]


@pytest.fixture(params=[1, 2, 7, 64 * 1024])
def chunk(request, monkeypatch) -> int:
    monkeypatch.setattr(records_file, "CHUNK", request.param)
    return int(request.param)


def file_of(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "test.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_record_is_what_json_makes_of_the_whole_file(tmp_path, chunk, indent, ascii_only) -> None:
    for whole in (VALUES, {"access": "private", "data": VALUES}, {"data": VALUES, "x": [{}], "access": ""}):
        path = file_of(tmp_path, json.dumps(whole, ensure_ascii=ascii_only, indent=indent))
        file = RecordsFile(path)
        assert list(file) == VALUES and file.size == len(VALUES)
        assert file.access == ("private" if isinstance(whole, dict) and whole["access"] else None)


def test_numbers_at_the_end_of_what_was_read_are_whole(tmp_path, chunk) -> None:
    assert list(RecordsFile(file_of(tmp_path, "[12345, 1.25e3 ,7]"))) == [12345, 1250.0, 7]


def test_half_of_a_surrogate_pair_becomes_a_sign_that_can_be_written(tmp_path, chunk) -> None:
    path = file_of(tmp_path, '["\\ud83d кот", "\\uD83D\\ude00", {"\\ude00": 1}]')
    assert list(RecordsFile(path)) == ["\ufffd кот", "😀", {"\ufffd": 1}] == read_json(path)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path, chunk) -> None:
    path = file_of(tmp_path, '\ufeff{\r\n"data": [\r\n"а\\r\\nб",\r\n2]\r\n}\r\n')
    assert list(RecordsFile(path)) == ["а\r\nб", 2]


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("", "task_file_empty", {}),
        (" \n", "task_file_empty", {}),
        ("[1,\n 2,, 3]", "task_file_broken", {"line": 2, "column": 4}),
        ("[1,\n 2", "task_file_broken", {"line": 2, "column": 3}),
        ("[1] x", "task_file_broken", {"line": 1, "column": 5}),
        ('{"data": [1]', "task_file_broken", {"line": 1, "column": 13}),
        ('{"data": [1], }', "task_file_broken", {"line": 1}),
        ("{data: [1]}", "task_file_broken", {"line": 1, "column": 2}),
        ('{"data": [1], "data": [2]}', "task_file_broken", {"reason": "data, twice"}),
        ('{"data": 5}', "task_file_shape", {"found": "number"}),
        ('{"rows": [1]}', "task_file_shape", {"found": "null"}),
        ('"x"', "task_file_shape", {"found": "string"}),
        ("[]", "task_no_records", {}),
        ('{"data": []}', "task_no_records", {}),
        (b'["\xff"]', "task_file_encoding", {"position": 2}),
        ("[" * 100_000, "task_file_broken", {"reason": "nested too deep"}),
    ],
)
def test_what_is_wrong_with_a_file_is_said_as_exactly_as_ever(tmp_path, chunk, text, code, values) -> None:
    with pytest.raises(TaskError) as caught:
        list(RecordsFile(file_of(tmp_path, text)))
    told = caught.value.problem
    assert told.code == code and told.values["file"] == "test.json"
    assert {name: told.values[name] for name in values} == values


def test_memory_is_that_of_a_few_records_however_many_there_are(tmp_path) -> None:
    record: dict[str, Any] = {"instruction": "и" * 500, "inputs": {"question": "в" * 300}}
    path = file_of(tmp_path, json.dumps({"data": [record] * 20_000}, ensure_ascii=False))
    tracemalloc.start()
    n = RecordsFile(path).count()
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n == 20_000 and highest < 2 * 2**20 < path.stat().st_size / 10
