"""`tasks`: what is here, MERA Multi by its cards, and names of it that lead to the hub."""

from pathlib import Path

import pytest

from studio.tasks import suite_tasks
from tests.cli.conftest import Line
from tests.support import write_task


def test_mera_stands_beside_the_demo_in_one_line_and_does_not_bury_it(line: Line) -> None:
    done = line.on("tasks")
    assert "--suite mera" in done.out.splitlines()[-1]
    assert "ruCommonVQA" not in done.out
    named = line.on("tasks", "--json").json
    assert len(named["suites"]["mera"]) == 18
    assert {task["suite"] for task in named["tasks"]} == {"demo"}


def test_the_suite_is_listed_by_its_cards_and_the_silent_hub_is_named(line: Line) -> None:
    done = line.on("tasks", "--suite", "mera")
    assert len(done.out.splitlines()) == 19 and "ruTiE-Image" in done.out and "7432" in done.out
    assert "HF_HUB_OFFLINE запрещает" in done.err and "hf download" in done.err
    found = line.on("tasks", "--suite", "mera", "--json").json
    assert found["hub"] == {"answers": False, "reason": "HF_HUB_OFFLINE=1"}
    facts = {task["name"]: task for task in found["tasks"]}
    assert facts["RuSLUn"]["metrics"] == ["intent_em", "slot_f1"]
    assert facts["ruNaturalScienceVQA"]["sizes"] == {"test": 363, "shots": 40}
    assert {figure["value"] for figure in facts["RealVQA"]["human"]} == {0.5834, 0.63}


def test_a_task_of_the_suite_is_described_without_the_hub(line: Line) -> None:
    (only,) = line.on("tasks", "rutie_vision_gen", "--json").json["tasks"]
    assert (only["name"], only["access"], only["sizes"]["test"]) == ("ruTiE-Image", "private", 1500)
    assert only["source"] == "hub:MERA-evaluation/ruTiE-Image@main"
    assert len(line.on("tasks", "mera", "--json").json["tasks"]) == 32


def test_a_run_on_the_hub_says_that_the_hub_is_silent_and_what_to_do(line: Line) -> None:
    done = line.on("run", "--model", "embedded", "--task", "ruclevr", "--quiet")
    assert done.code == 1
    assert "hub:MERA-evaluation/ruCLEVR@main" in done.err
    assert "hf download MERA-evaluation/ruCLEVR --repo-type dataset" in done.err


def test_a_copy_in_a_folder_is_what_its_name_means(line: Line, tmp_path: Path, monkeypatch) -> None:
    write_task(tmp_path / "mera" / "ruCLEVR", ["кот", "пёс", "3", "да"])
    monkeypatch.setenv("STUDIO_TASKS", str(tmp_path / "mera"))
    listed = line.on("tasks", "--suite", "mera", "--json").json["tasks"]
    assert [task["name"] for task in listed if task["here"]] == ["ruCLEVR"]
    done = line.on("run", "--model", "embedded", "--task", "RUCLEVR", "--limit", "2", "--json")
    assert done.json["tasks"]["ruCLEVR"]["n"] == 2


def test_a_task_that_asks_for_reasoning_gets_room_for_it_unless_told_otherwise(
    line: Line, task: Path, tmp_path: Path, monkeypatch
) -> None:
    write_task(tmp_path / "mera" / "ruCLEVR", ["кот", "пёс", "3", "да"])
    monkeypatch.setenv("STUDIO_TASKS", str(tmp_path / "mera"))
    words = ("run", "--model", "embedded", "--limit", "1", "--json", "--task")
    runs = [
        line.on(*words, "ruclevr"),
        line.on(*words, str(task)),
        line.on(*words, "ruclevr", "--max-new-tokens", "9"),
    ]
    listed = {run["id"]: run for run in line.on("runs", "--json").json["runs"]}
    tokens = [listed[run.json["run"]]["spec"]["settings"]["max_new_tokens"] for run in runs]
    assert tokens == [1024, 256, 9]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ruCLEVER", "ruCLEVR"),
        ("aquarium", "AQUARIA"),
        ("ruDemoSticker", "ruDemoStickers"),
        ("rutie-imag", "ruTiE-Image"),
        ("demoo", "demo"),
        *((f"{card.name}e", card.name) for card in suite_tasks()),
    ],
)
def test_a_misspelt_name_is_answered_with_the_name_that_was_meant(line: Line, typed: str, meant: str) -> None:
    done = line.on("run", "--model", "our/model", "--task", typed, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "task_misspelt")
    assert f"Нет задачи «{typed}»" in done.err and "Может быть: " in done.err
    assert meant in done.json["error"]["values"]["near"].split(", ")


def test_a_misspelt_name_is_answered_wherever_a_task_is_named(line: Line, tmp_path: Path) -> None:
    for words in (["tasks"], ["annotate", "--name", "Анна", "--task"]):
        assert "Может быть: ruCLEVR" in line.on(*words, "ruCLEVER").err
