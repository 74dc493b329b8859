"""`totals`: a file of task scores in, the model's totals out; every mistake in the file is named."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from studio.tasks.mera.published import PUBLISHED_TABLES
from tests.cli.conftest import Done, Line
from tests.support import write_task

TABLES = json.loads(PUBLISHED_TABLES.read_text(encoding="utf-8"))
QWEN = "Qwen2.5-VL-72B-Inst"
SCORES: dict[str, Any] = {
    **TABLES["image"][QWEN]["tasks"],
    **TABLES["video"][QWEN]["tasks"],
}


@pytest.fixture
def totals(line: Line, tmp_path: Path) -> Any:
    """`totals(scores, *words)`: the command over a file of these scores; a text is written as it is."""

    def run(scores: Any, *words: str) -> Done:
        path = tmp_path / "scores.json"
        text = scores if isinstance(scores, str) else json.dumps(scores, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return line("totals", "--scores", str(path), *words)

    return run


@pytest.mark.parametrize(("weighting", "total"), [("published", 0.302), ("formula", 0.344)])
def test_a_row_of_the_published_tables_gives_its_totals(totals: Any, weighting: str, total: float) -> None:
    found = totals(SCORES, "--weighting", weighting, "--json").json
    assert found["total"] == pytest.approx(total, abs=1e-3)
    assert found["coverage"] == pytest.approx(2 / 3)
    assert (found["image"], found["audio"], found["video"]) == (
        pytest.approx(0.4068, abs=1e-4),
        0,
        pytest.approx(0.625),
    )
    assert found["attempted"] * found["coverage"] == pytest.approx(found["total"])
    assert found["missing"] == ["AQUARIA", "ruEnvAQA", "RuSLUn", "ruTiE-Audio"]
    assert found["uncertainty"]["total"] == {"error": None, "interval": None, "n": None}
    assert found["tasks"]["ruCLEVR"]["score"] == pytest.approx(0.49)


def test_the_table_for_a_person_tells_both_weightings_and_what_is_missing(totals: Any) -> None:
    done = totals(SCORES, "--weighting", "published")
    assert (done.code, done.err) == (0, "")
    assert "0,302" in done.out and "formula Total был бы 0,344" in done.out
    assert "Не пройдено задач: 4" in done.out and "Интервала нет" in done.out
    assert "0.302" in totals(SCORES, "--weighting", "published", "--lang", "en").out


def test_without_public_tasks_the_private_ones_alone_count(totals: Any) -> None:
    found = totals({"ruCLEVR": [1, 1], "AQUARIA": [0.5, 0.7]}, "--public", "out", "--json").json
    assert (found["public"], found["total"], found["audio"]) == (
        False,
        pytest.approx(0.1),
        pytest.approx(0.3),
    )
    assert found["tasks"].keys() == {"AQUARIA"}


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("rutie_vision_gen", "ruTiE-Image"),
        ("rutie_audio_default", "ruTiE-Audio"),
        ("ruTiE_Audio", "ruTiE-Audio"),
        ("uniscienceqa", "UniScienceVQA"),
        ("ruslun", "RuSLUn"),
        ("RUCLEVR", "ruCLEVR"),
        ("ruHHH_Video", "ruHHH-Video"),
        ("MERA-evaluation/WEIRD", "WEIRD"),
    ],
)
def test_other_names_of_a_task_are_understood(totals: Any, name: str, task: str) -> None:
    assert totals({name: [0.2, 0.4]}, "--json").json["tasks"][task]["score"] == pytest.approx(0.3)


def test_subsets_are_weighted_by_their_sizes(totals: Any) -> None:
    sizes = {"biology": 57, "chemistry": 67, "earth_science": 41, "physics": 198}
    scores = {f"runaturalsciencevqa_{name}": [i / 10, i / 10] for i, name in enumerate(sizes)}
    found = totals(scores, "--json").json["tasks"]["ruNaturalScienceVQA"]["score"]
    assert found == pytest.approx(sum(n * i / 10 for i, n in enumerate(sizes.values())) / 363)


def test_known_errors_give_the_totals_an_interval(totals: Any) -> None:
    scores = {name: {"values": values, "error": 0.005, "n": 100} for name, values in SCORES.items()}
    found = totals(scores, "--weighting", "published", "--json").json
    error = 2 / 3 * 0.005 / 14**0.5
    assert found["uncertainty"]["total"]["error"] == pytest.approx(error)
    low, high = found["uncertainty"]["total"]["interval"]
    assert (found["total"] - low, high - found["total"]) == (pytest.approx(1.96 * error, rel=1e-3),) * 2
    assert found["uncertainty"]["total"]["n"] == 1400
    assert "Интервала нет" not in totals(scores).out


@pytest.mark.parametrize("scores", [{}, {"ruCLEVR": None}])
def test_nothing_attempted_is_said_and_is_no_mistake(totals: Any, scores: Any) -> None:
    done = totals(scores, "--json")
    assert done.code == 0
    assert (done.json["attempted"], done.json["coverage"], done.json["total"]) == (None, 0, 0)
    assert len(done.json["missing"]) == 18
    assert totals(scores).code == 0


WRONG: list[tuple[Any, str, tuple[str, ...]]] = [
    ("{не json", "scores_json", ("не JSON",)),
    ("[" * 100_000, "scores_json", ("не JSON",)),
    ([], "scores_shape", ("list",)),
    ({"ruCLEVER": [0, 0]}, "scores_unknown_task", ("ruCLEVER", "Может быть: ruCLEVR")),
    ({"": [0, 0]}, "scores_unknown_task", ("UniScienceVQA",)),
    ({"ruCLEVR": [0.5]}, "scores_count", ("ruCLEVR", "чисел 1", "em, js")),
    ({"RuSLUn": [0.1, 0.2, 0.3]}, "scores_count", ("чисел 3", "intent_em, slot_f1")),
    ({"ruCLEVR": []}, "scores_count", ("чисел 0",)),
    ({"ruCLEVR": 0.5}, "scores_list", ("float", "em, js")),
    ({"ruCLEVR": "0.5"}, "scores_list", ("str",)),
    ({"ruCLEVR": [50, 63]}, "scores_range", ("50", "не проценты")),
    ({"ruCLEVR": [-0.1, 0.5]}, "scores_range", ("-0.1",)),
    ('{"ruCLEVR": [NaN, 0.5]}', "scores_range", ("nan",)),
    ('{"ruCLEVR": [1e999, 0.5]}', "scores_range", ("inf",)),
    ({"ruCLEVR": ["0.5", 0.5]}, "scores_number", ("0.5",)),
    ({"ruCLEVR": [None, 0.5]}, "scores_number", ("None",)),
    ({"ruCLEVR": [True, 0.5]}, "scores_number", ("True",)),
    ({"ruCLEVR": [0, 0], "ruclevr": [1, 1]}, "scores_twice", ("ruCLEVR", "ruclevr")),
    ('{"ruCLEVR": [0, 0], "ruCLEVR": [1, 1]}', "scores_twice", ("ruCLEVR",)),
    ({"unisciencevqa": [0, 0], "uniscienceqa_business": [1, 1]}, "scores_twice", ("uniscienceqa_business",)),
    ({"uniscienceqa_business": [1, 1], "unisciencevqa": [0, 0]}, "scores_twice", ("unisciencevqa",)),
    ({"schoolsciencevqa_biology": [0, 0]}, "scores_subsets", ("SchoolScienceVQA", "chemistry")),
    ({"ruCLEVR": {"EM": 0.5, "JS": 0.6}}, "scores_keys", ("EM, JS", "values")),
    ({"ruCLEVR": {"values": [0.5, 0.6], "error": -1}}, "scores_range", ("-1",)),
    ({"ruCLEVR": {"values": [0.5, 0.6], "n": 0}}, "scores_n", ("n = 0",)),
    ({"ruCLEVR": {"values": [0.5, 0.6], "n": 2.5}}, "scores_n", ("2.5",)),
]


@pytest.mark.parametrize(("scores", "code", "said"), WRONG, ids=[str(row[0])[:60] for row in WRONG])
def test_a_mistake_in_the_file_is_named(totals: Any, scores: Any, code: str, said: tuple[str, ...]) -> None:
    done = totals(scores, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, code)
    assert all(word in done.err for word in said) and "Traceback" not in done.err


def test_a_missing_file_is_said(line: Line, tmp_path: Path) -> None:
    done = line("totals", "--scores", str(tmp_path / "нет.json"))
    assert done.code == 2 and "нет.json" in done.err


def test_scores_may_come_from_a_pipe(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"ruCLEVR": [1, 1]}'))
    assert line("totals", "--scores", "-", "--json").json["image"] == pytest.approx(1 / 11)


@pytest.mark.parametrize("words", [[], ["--run", "r1", "--scores", "x.json"]])
def test_a_file_or_a_run_is_needed_and_not_both(line: Line, words: list[str]) -> None:
    done = line.on("totals", *words)
    assert done.code == 2 and "--scores" in done.err and "--run" in done.err


def test_a_runs_tasks_are_totalled_with_their_intervals(line: Line, tmp_path: Path) -> None:
    folder = write_task(tmp_path / "WEIRD", ["кот", "пёс", "3", "да"])
    run = line.on("run", "--model", "embedded", "--task", str(folder), "--json").json["run"]
    found = line.on("totals", "--run", run, "--weighting", "published", "--json").json
    task = found["tasks"]["WEIRD"]
    assert [metric["score"] for metric in task["metrics"]] == [0.5, 0.75]
    assert (task["score"], task["n"], task["failed"], task["unscored"]) == (pytest.approx(0.625), 4, 0, 0)
    assert found["total"] == pytest.approx(0.625 / 33) and found["image"] == pytest.approx(0.625 / 11)
    low, high = found["uncertainty"]["total"]["interval"]
    assert low < found["total"] < high
    table = line.on("totals", "--run", run).out
    assert "метрика 1" in table and "0,750" in table and "Интервала нет" not in table


def test_an_unknown_run_is_said(line: Line) -> None:
    done = line.on("totals", "--run", "нет")
    assert done.code == 2 and "нет" in done.err


def test_a_run_without_a_task_of_the_suite_is_refused(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    done = line.on("totals", "--run", run, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "totals_nothing")
    assert "Animals" in done.err and run in done.err
