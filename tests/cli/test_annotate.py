"""`annotate`: a person answers from a terminal or a script; gold is never shown, nothing is lost between calls."""

from pathlib import Path

from tests.cli.conftest import GOLDS, Done, Line


def step(line: Line, task: Path, *words: str) -> Done:
    return line.on("annotate", "--name", "Анна", "--task", str(task), *words, "--json")


def test_a_question_is_given_without_gold(line: Line, task: Path) -> None:
    done = step(line, task)
    assert done.json["question"]["question"] == "Что на картинке номер 0?"
    assert "gold" not in done.out
    assert not any(f'"{gold}"' in done.out for gold in GOLDS)


def test_answers_go_on_where_the_last_call_ended(line: Line, task: Path) -> None:
    assert step(line, task, "--answer", "кот").json["answered"] == 1
    state = step(line, task, "--skip", "broken", "--note", "не видно").json
    assert (state["answered"], state["skipped"], state["question"]["number"]) == (1, 1, 3)
    assert step(line, task).json["remaining"] == 2


def test_a_script_gets_the_ticket_and_the_id_under_which_the_run_is_listed(line: Line, task: Path) -> None:
    state = step(line, task, "--answer", "кот").json
    (listed,) = line.on("runs", "--json").json["runs"]
    assert state["run"] == listed["id"] != state["ticket"]
    assert line.on("show", state["run"], "1", "--json").json["answer"] == "кот"


def test_undo_asks_the_question_again_with_its_text(line: Line, task: Path) -> None:
    step(line, task, "--answer", "кто-то")
    state = step(line, task, "--undo").json
    assert (state["answered"], state["question"]["number"], state["question"]["draft"]) == (0, 1, "кто-то")


def test_an_answer_meant_for_another_question_is_refused(line: Line, task: Path) -> None:
    asked = step(line, task).json["question"]["sample_id"]
    refused = step(line, task, "--answer", "кот", "--sample", str(asked + 1))
    assert refused.code == 2 and refused.json["error"]["code"] == "cli_other_question"
    assert step(line, task, "--answer", "кот", "--sample", str(asked)).json["answered"] == 1


def test_when_all_is_answered_it_says_so(line: Line, task: Path) -> None:
    for answer in GOLDS:
        state = step(line, task, "--answer", answer).json
    assert (state["question"], state["remaining"]) == (None, 0)
    more = step(line, task, "--answer", "ещё")
    assert more.code == 2 and "не осталось" in more.err


def test_a_person_stands_beside_the_models(line: Line, task: Path) -> None:
    step(line, task, "--answer", "кот")
    (row,) = line.on("runs", "--json").json["runs"]
    assert (row["kind"], row["answered"], row["em"]["mean"]) == ("human", 1, 1.0)


def test_an_empty_answer_is_refused_and_the_question_stays(line: Line, task: Path) -> None:
    assert step(line, task, "--answer", "  ").code == 2
    assert step(line, task).json["answered"] == 0
