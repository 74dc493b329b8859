"""Files of Toloka and Label Studio, read as they are written, and refused in words where anybody else wrote them."""

import json
from pathlib import Path

import pytest

from studio.core.errors import BadInput
from studio.logs import crowd
from studio.logs.crowd import read_crowd
from tests.crowds import HEAD, annotation, toloka_row, write_label_studio, write_toloka


def test_a_row_of_toloka_is_an_answer_with_its_time(tmp_path: Path) -> None:
    path = write_toloka(tmp_path / "a.tsv", [toloka_row(0, "w1", "кот\tи пёс")])
    file = read_crowd(path)
    (answer,) = file.answers
    assert (file.tool, answer.worker, answer.text, answer.action) == ("toloka", "w1", "кот\tи пёс", "answer")
    assert (answer.at, answer.active_s, answer.ident) == (1772359212.0, 12.0, "a-w1-0/t0")
    assert answer.fields["question"] == "Что на картинке номер 0?"


def test_the_questions_of_a_page_share_its_time(tmp_path: Path) -> None:
    rows = [toloka_row(n, "w1", "кот", ASSIGNMENT__assignment_id="page") for n in range(4)]
    assert {each.active_s for each in read_crowd(write_toloka(tmp_path / "a.tsv", rows)).answers} == {3.0}


def test_what_is_no_answer_of_toloka_is_counted_by_its_reason(tmp_path: Path) -> None:
    rows = [
        toloka_row(0, "w1", "кот", GOLDEN__result="кот"), toloka_row(1, "w1", "", ASSIGNMENT__status="SKIPPED"),
        toloka_row(2, "w1", "", ASSIGNMENT__status="EXPIRED"), toloka_row(3, "w1", "х", ASSIGNMENT__status="REJECTED"),
        toloka_row(4, "", "", GOLDEN__result="пёс"), toloka_row(5, "w1", "х", ASSIGNMENT__status="ЧТО-ТО"),
    ]  # fmt: skip
    file = read_crowd(write_toloka(tmp_path / "a.tsv", rows))
    assert [(each.action, each.golden) for each in file.answers] == [("answer", "кот"), ("skip", "")]
    assert file.left == {"unfinished": 1, "rejected": 1, "golden": 1}
    assert [(place, problem.code) for place, problem in file.odd] == [("7", "crowd_status")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_toloka_is_read_in_the_encodings_that_spreadsheets_save(tmp_path: Path, encoding: str) -> None:
    path = write_toloka(tmp_path / "a.tsv", [toloka_row(0, "w1", "кот")], encoding)
    assert read_crowd(path).answers[0].text == "кот"


@pytest.mark.parametrize(
    ("kind", "said", "text"),
    [("choices", ["кот"], "кот"), ("textarea", ["два кота"], "два кота"), ("textarea", "кот", "кот"),
     ("number", 3.0, "3"), ("number", 2.5, "2.5"), ("rating", 4, "4")],
)  # fmt: skip
def test_each_kind_of_result_of_label_studio_is_an_answer(
    tmp_path: Path, kind: str, said: object, text: str
) -> None:
    file = read_crowd(write_label_studio(tmp_path / "a.json", {0: [annotation(1, 5, said, kind)]}))
    (answer,) = file.answers
    assert (file.tool, answer.text, answer.worker, answer.active_s) == ("label-studio", text, "5", 7.5)
    assert answer.at == 1772359220.0


def test_cancelled_annotations_are_skips_and_ground_truth_is_known_and_nobodys(tmp_path: Path) -> None:
    found = {
        0: [annotation(1, {"id": 7, "email": "a@b"}, ["кот"]), annotation(2, 8, ["х"], was_cancelled=True),
            annotation(3, 1, ["кот"], ground_truth=True)],
        1: [annotation(4, 8, ["а", "б"]), annotation(5, None, ["а"])],
    }  # fmt: skip
    file = read_crowd(write_label_studio(tmp_path / "a.json", found))
    assert [(each.worker, each.action, each.golden) for each in file.answers] == [
        ("7", "answer", "кот"),
        ("8", "skip", "кот"),
    ]
    assert file.left == {"golden": 1} and [problem.code for _, problem in file.odd] == [
        "crowd_several",
        "crowd_nobody",
    ]


def test_an_output_is_named_where_there_are_several(tmp_path: Path) -> None:
    both = annotation(1, 5, ["кот"])
    both["result"].append({"from_name": "sure", "type": "rating", "value": {"rating": 3}})
    path = write_label_studio(tmp_path / "a.json", {0: [both]})
    with pytest.raises(BadInput, match="crowd_column"):
        read_crowd(path)
    assert [read_crowd(path, name).answers[0].text for name in ("answer", "sure")] == ["кот", "3"]


ROW = "\t".join(HEAD) + "\n" + "\t".join(["x"] * len(HEAD)) + "\n"
HOSTILE = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "crowd_encoding"),
    "old encoding": ("INPUT:вопрос\tASSIGNMENT:worker_id\n".encode("cp1251"), "crowd_encoding"),
    "zeroes": (("ASSIGNMENT:worker_id\n" + "\0" * 10).encode(), "crowd_encoding"),
    "plain words": ("просто текст".encode(), "crowd_unknown"),
    "nothing": (b"", "crowd_unknown"),
    "another table": (b"a,b\n1,2\n", "crowd_unknown"),
    "no rows": (("\t".join(HEAD) + "\n").encode(), "crowd_no_rows"),
    "no worker": (b"ASSIGNMENT:status\tOUTPUT:a\nAPPROVED\tx\n", "crowd_no_worker"),
    "no output": (b"ASSIGNMENT:worker_id\tINPUT:a\nw\tx\n", "crowd_column"),
    "a row too long": ((ROW + "\t".join(["y"] * (len(HEAD) + 1)) + "\n").encode(), "crowd_table"),
    "a row too short": ((ROW + "y\n").encode(), "crowd_table"),
    "an open quote": ((ROW + '"' + "y\t" * 10).encode(), "crowd_table"),
    "a cell without end": ((ROW + "y" * 1_000_001).encode(), "crowd_table"),
    "broken JSON": (b'[{"id": 1', "crowd_json"),
    "JSON of depths": (b"[" * 100_000, "crowd_json"),
    "a number without end": (b"[" + b"9" * 10_000 + b"]", "crowd_json"),
    "JSON of one object": (b'{"a": 1}', "crowd_json"),
    "JSON-MIN": (b'[{"image": "a.png", "choice": "x", "annotator": 1}]', "crowd_no_rows"),
    "annotations of no kind": (b'[{"annotations": 7}, {"annotations": [3, null]}]', "crowd_no_rows"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, name: str) -> None:
    content, code = HOSTILE[name]
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_crowd(path)
    assert refused.value.problem.code == code


def test_odd_values_inside_are_left_out_and_never_break_the_file(tmp_path: Path) -> None:
    strange = [
        annotation(1, 5, ["кот"], lead_time="долго", updated_at=7), annotation(2, 6, ["кот"], lead_time=-1),
        annotation(3, 7, ["кот"], lead_time=float("inf")), annotation(4, 8, ["х" * 100_001]),
        {"completed_by": 9}, {"completed_by": 10, "result": [{"type": "choices", "value": 3}]},
    ]  # fmt: skip
    file = read_crowd(write_label_studio(tmp_path / "a.json", {0: strange}))
    assert [each.active_s for each in file.answers[:3]] == [None] * 3
    assert [each.action for each in file.answers] == ["answer"] * 3 + ["skip"] * 2
    assert [problem.code for _, problem in file.odd] == ["long_answer"]


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "LARGEST", 10)
    (tmp_path / "a.tsv").write_text(json.dumps([1] * 10), encoding="utf-8")
    with pytest.raises(BadInput, match="crowd_large"):
        read_crowd(tmp_path / "a.tsv")
    with pytest.raises(BadInput, match="cli_cannot_read"):
        read_crowd(tmp_path / "none.tsv")
