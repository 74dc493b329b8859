"""`annotate`: a person answers from a terminal or a script; gold is never shown, nothing is lost between calls."""

from pathlib import Path

from tests.cli.conftest import GOLDS, Done, Line
from tests.support import write_task


def step(line: Line, task: Path, *words: str) -> Done:
    return line.on("annotate", "--name", "Анна", "--task", str(task), *words, "--json")


def test_a_question_is_given_without_gold(line: Line, task: Path) -> None:
    done = step(line, task)
    assert done.json["question"]["question"].startswith("Что на картинке номер")
    assert "gold" not in done.out
    assert not any(f'"{gold}"' in done.out for gold in GOLDS)


def test_answers_go_on_where_the_last_call_ended(line: Line, task: Path) -> None:
    assert step(line, task, "--answer", "кот").json["answered"] == 1
    state = step(line, task, "--skip", "broken", "--note", "не видно").json
    assert (state["answered"], state["skipped"], state["question"]["number"]) == (1, 1, 3)
    assert step(line, task).json["person"] == state["person"]


def test_undo_asks_the_question_again_with_its_text(line: Line, task: Path) -> None:
    asked = step(line, task).json["question"]["item"]
    step(line, task, "--answer", "кто-то")
    question = step(line, task, "--undo").json["question"]
    assert (question["item"], question["number"], question["draft"]) == (asked, 1, "кто-то")


def test_an_answer_meant_for_another_question_is_refused(line: Line, task: Path) -> None:
    asked = step(line, task).json["question"]["item"]
    refused = step(line, task, "--answer", "кот", "--item", str(asked + 1))
    assert refused.code == 2 and refused.json["error"]["code"] == "cli_other_question"
    assert step(line, task, "--answer", "кот", "--item", str(asked)).json["answered"] == 1


def test_whoever_finishes_stands_beside_the_models_with_a_run(line: Line, task: Path) -> None:
    state = step(line, task).json
    while state["question"]:
        number = int(state["question"]["question"].rstrip("?").rsplit(" ", 1)[1])
        state = step(line, task, "--answer", GOLDS[number]).json
    assert state["nothing"]["reason"] == "done"
    (row,) = line.on("runs", "--json").json["runs"]
    assert (row["id"], row["kind"], row["model"]) == (state["run"], "human", "Анна")
    assert (row["answered"], row["em"]["mean"]) == (len(GOLDS), 1.0)
    more = step(line, task, "--answer", "ещё")
    assert more.code == 2 and more.json["error"]["code"] == "cli_nothing_left"


def test_an_empty_answer_is_refused_and_the_question_stays(line: Line, task: Path) -> None:
    assert step(line, task, "--answer", "  ").code == 2
    assert step(line, task).json["answered"] == 0


def test_a_project_is_answered_in_by_its_id_without_a_link(line: Line, task: Path) -> None:
    words = ("project", "new", "--title", "Базовый", "--task", str(task), "--overlap", "1")
    made = line.on(*words, "--controls", "0", "--repeats", "0", "--json").json
    project = made["project"] if isinstance(made["project"], str) else made["project"]["id"]
    line.on("project", "open", project)
    told = line.on(
        "annotate", "--name", "Анна", "--project", project, "--answer", "кот", "--flag", "--json"
    ).json
    assert (told["project"], told["answered"], told["done"]) == (project, 1, 1)
    other = line.on("annotate", "--name", "Борис", "--project", project, "--json").json
    assert other["person"] != told["person"] and other["answered"] == 0


def test_one_of_task_and_project_is_named(line: Line, task: Path) -> None:
    for words in ((), ("--task", str(task), "--project", "b1")):
        refused = line.on("annotate", "--name", "Анна", *words, "--json")
        assert refused.code == 2 and refused.json["error"]["code"] == "cli_task_or_project"


def test_a_dialogue_shows_the_turns_before_with_ones_own_answers(line: Line, tmp_path: Path) -> None:
    task = write_task(tmp_path / "talk", ["да"] * 3)
    (task / "dataset_meta.json").write_text('{"dialogue_turns": 3}', encoding="utf-8")
    first = step(line, task).json["question"]
    second = step(line, task, "--answer", "кот").json["question"]
    assert first["earlier"] == [] and second["item"] == first["item"] + 1
    assert [(turn["question"], turn["answer"]) for turn in second["earlier"]] == [(first["question"], "кот")]
    shown = line.on("annotate", "--name", "Анна", "--task", str(task), "--skip", "broken").out
    assert f"реплика 1: {first['question']} → кот" in shown and f"{second['question']} → без ответа" in shown
