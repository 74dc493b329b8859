"""`score` and `judge`: a line in, a line out, nothing lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.service import Studio
from tests.cli.conftest import Line


def write(path: Path, rows: list[Any]) -> Path:
    """Rows as JSON lines; a string is written as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pair(gold: Any, prediction: Any, **more: Any) -> dict[str, Any]:
    return {"question": "Кто это?", "gold": gold, "prediction": prediction, **more}


def test_score_adds_em_and_extracted_and_keeps_order_and_fields(
    line: Line, task: Path, tmp_path: Path
) -> None:
    rows = [
        pair("кот", "ОТВЕТ кот", id=7),
        pair("кот", "пёс"),
        pair(["пёс", "собака"], "Собака.", note={"a": [1]}),
    ]
    out = tmp_path / "out.jsonl"
    words = ["--profile", "studio", "--pairs", str(write(tmp_path / "in.jsonl", rows)), "--out", str(out)]
    done = line("score", "--task", str(task), *words, "--json")
    found = read(out)
    assert [row["em"] for row in found] == [1, 0, 1]
    assert found[0]["extracted"] == "кот"
    assert [{key: row[key] for key in before} for row, before in zip(found, rows, strict=True)] == rows
    assert (done.code, done.json["n"], done.json["right"], done.json["problems"]) == (0, 3, 2, 0)


def test_judge_adds_label_and_probability(line: Line, tmp_path: Path) -> None:
    rows = [pair("кот", "Это кот."), pair("кот", "Это пёс."), pair("кот", "")]
    out = tmp_path / "out.jsonl"
    done = line("judge", "--pairs", str(write(tmp_path / "in.jsonl", rows)), "--out", str(out), "--json")
    assert [(row["label"], row["probability"]) for row in read(out)] == [(1, 0.9), (0, 0.1), (0, 0.1)]
    assert (done.code, done.json["judge"], done.json["right"]) == (0, "rule@r1", 1)


BAD: list[tuple[Any, str]] = [
    ("{не json", "не JSON"),
    ('["список"]', "list"),
    ('{"question": "?", "prediction": "x"}', "эталона"),
    (pair(None, "x"), "эталона"),
    (pair([], "x"), "эталона"),
    (pair("кот", None), "prediction"),
    (pair("кот", 5), "prediction"),
    ({"gold": "кот", "prediction": "кот"}, "question"),
]


@pytest.mark.parametrize(("bad", "said"), BAD, ids=[str(bad) for bad, _ in BAD])
def test_a_bad_line_says_why_and_the_others_are_judged(
    line: Line, tmp_path: Path, bad: Any, said: str
) -> None:
    source = write(tmp_path / "in.jsonl", [pair("кот", "кот"), bad, pair("пёс", "кот")])
    done = line("judge", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl"), "--json")
    first, second, third = read(tmp_path / "out.jsonl")
    assert (first["label"], second["label"], third["label"]) == (1, None, 0)
    assert second["probability"] is None
    assert said in second["problem"]["message"] and "2" in second["problem"]["message"]
    assert said in done.err
    assert (done.code, done.json["problems"]) == (1, 1)


def test_what_a_bad_line_held_is_kept(line: Line, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ["{не json", pair(None, "x", id=3)])
    line("judge", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl"))
    first, second = read(tmp_path / "out.jsonl")
    assert first["raw"] == "{не json" and second["id"] == 3


def test_blank_lines_and_a_byte_order_mark_are_no_trouble(line: Line, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ["\ufeff" + json.dumps(pair("кот", "кот")), "", pair("кот", "кот")])
    done = line("judge", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl"), "--json")
    assert (done.code, done.json["n"]) == (0, 2)


def test_many_lines_keep_their_order(line: Line, tmp_path: Path) -> None:
    rows = [pair(str(i), f"это {i if i % 3 else 'другое'}", id=i) for i in range(1000)]
    source = write(tmp_path / "in.jsonl", rows)
    line("judge", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl"))
    found = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in found] == list(range(1000))
    assert all(row["label"] == int(row["id"] % 3 > 0) for row in found)


def test_the_input_may_be_replaced_by_the_output(line: Line, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [pair("кот", "кот")])
    assert line("judge", "--pairs", str(source), "--out", str(source)).code == 0
    assert read(source)[0]["label"] == 1


def test_a_missing_input_is_said_and_leaves_no_output(line: Line, tmp_path: Path) -> None:
    done = line("judge", "--pairs", str(tmp_path / "нет.jsonl"), "--out", str(tmp_path / "out.jsonl"))
    assert done.code == 2 and "нет.jsonl" in done.err
    assert not list(tmp_path.glob("*out.jsonl*"))


def test_an_output_in_no_folder_is_said(line: Line, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [pair("кот", "кот")])
    done = line("judge", "--pairs", str(source), "--out", str(tmp_path / "нет" / "out.jsonl"))
    assert done.code == 2 and "out.jsonl" in done.err and "Traceback" not in done.err


def test_an_unknown_profile_is_refused(line: Line, task: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [pair("кот", "кот")])
    words = ["--profile", "небывалый", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl")]
    done = line("score", "--task", str(task), *words)
    assert done.code == 2 and "небывалый" in done.err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "right", "version", "erased"),
    [
        (["--profile", "studio"], [1, 1, 0, 0, 1], "studio-2", 0),
        (["--profile", "head"], [1, 0, 0, 1, 0], "head-1", 0),
        (["--profile", "head", "--no-ignore-case"], [0, 0, 0, 1, 0], "head-1+case", 0),
        (["--profile", "head", "--no-ignore-punctuation"], [1, 0, 0, 0, 0], "head-1+punctuation", 0),
        (["--profile", "squad"], [1, 0, 1, 1, 0], "squad-1", 2),
        (["--profile", "paper"], [1, 1, 1, 1, 0], "paper-1", 2),
        (["--profile", "paper", "--normaliser", "head"], [1, 1, 0, 1, 0], "paper-1+head", 0),
    ],
)
def test_every_profile_scores_the_same_lines_its_own_way(
    line: Line, task: Path, tmp_path: Path, words: list[str], right: list[int], version: str, erased: int
) -> None:
    rows = [pair("да", "Да"), pair("да", "ОТВЕТ да"), pair("A", ""), pair("-2", "2"), pair("A", "А) кот")]
    out = tmp_path / "out.jsonl"
    source = str(write(tmp_path / "in.jsonl", rows))
    done = line("score", "--task", str(task), *words, "--pairs", source, "--out", str(out), "--json")
    assert [row["em"] for row in read(out)] == right
    assert (done.json["version"], done.json["erased"], done.json["right"]) == (version, erased, sum(right))
    assert ("стёр эталон" in done.err) == (erased > 0)


@pytest.mark.parametrize(("profile", "intent"), [("slun_fixed", [1, 0, None]), ("slun_strict", [0, 0, None])])
def test_ruslun_gets_its_two_metrics_in_the_place_of_em(
    line: Line, task: Path, tmp_path: Path, profile: str, intent: list[float | None]
) -> None:
    gold = "{'intent': 'RateBook', 'slots': [{'rating_value': 'пять'}]}"
    rows = [pair(gold, gold.replace("'", '"')), pair(gold, "[1]"), pair("не JSON", "{}")]
    out = tmp_path / "out.jsonl"
    source = str(write(tmp_path / "in.jsonl", rows))
    done = line(
        "score", "--task", str(task), "--profile", profile, "--pairs", source, "--out", str(out), "--json"
    )
    assert [row["intent_em"] for row in read(out)] == intent
    assert [row["slot_f1"] for row in read(out)] == [1, 0, None]
    assert read(out)[2]["problem"]["code"] == "slots_gold_broken"
    assert (done.code, done.json["problems"]) == (1, 1)


@pytest.mark.parametrize("content", ["", "\n  \n"])
@pytest.mark.parametrize("command", ["score", "judge"])
def test_an_input_without_lines_is_refused_before_any_model_is_opened(
    line: Line, task: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, content: str
) -> None:
    monkeypatch.setattr(Studio, "judge_pairs", lambda *_: pytest.fail("the judge was asked for nothing"))
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(content, encoding="utf-8")
    words = [command, *(["--task", str(task)] if command == "score" else [])]
    done = line(*words, "--pairs", str(source), "--out", str(out), "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "cli_no_lines")
    assert "in.jsonl нет ни одной строки" in done.err and not out.exists()


@pytest.mark.parametrize("command", ["score", "judge"])
def test_a_dash_is_stdout_and_the_summary_stands_beside_it(
    line: Line, task: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    source = str(write(tmp_path / "in.jsonl", [pair("кот", "кот", id=1), pair("кот", "пёс", id=2)]))
    words = [command, *(["--task", str(task)] if command == "score" else []), "--pairs", source, "--out", "-"]
    done = line(*words)
    assert [json.loads(row)["id"] for row in done.out.splitlines()] == [1, 2]
    assert "Строк: 2" in done.err and "Записано в stdout" in done.err
    as_json = line(*words, "--json")
    assert as_json.out == done.out
    assert json.loads(as_json.err)["right"] == 1
    assert not (tmp_path / "-").exists()


def test_a_bad_line_is_numbered_once(line: Line, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [pair("кот", "кот"), "{не json", pair(None, "x")])
    err = line("judge", "--pairs", str(source), "--out", str(tmp_path / "out.jsonl")).err
    assert err.casefold().count("строка 2") == 1 and "В строке 3 нет эталона" in err
    assert "строка 3" not in err
