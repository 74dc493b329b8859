"""`reasons`: groups from a terminal, and as JSON."""

import _thread
import signal
import threading
from typing import Any

import pytest

from studio.service.grouping_jobs import GroupingJobs
from tests.cli.conftest import Line
from tests.engines.server_stub import serving


@pytest.fixture
def run(line: Line, task) -> str:
    found: str = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    return found


def test_groups_are_told_with_their_tasks_and_answers(line: Line, run: str) -> None:
    done = line.on("reasons", run)
    assert done.code == 0
    assert "1. лишние слова: 1 (100 %)" in done.out and "№ 2" in done.out and "«пёс»" in done.out
    assert "extra words" in line.on("reasons", run, "--lang", "en").out


def test_json_has_every_sample_of_a_group(line: Line, run: str) -> None:
    found = line.on("reasons", run, "--where", "em:0", "--json").json
    assert (found["n"], found["hidden"], found["where"]) == (2, 0, "em:0")
    samples = [sample["number"] for group in found["groups"] for sample in group["samples"]]
    assert sorted(samples) == [2, 3]
    assert {count["model"] for group in found["groups"] for count in group["counts"]} == {"our/model"}


def test_nothing_to_explain_is_said(line: Line, run: str) -> None:
    done = line.on("reasons", run, "--where", "answer:такогонет")
    assert done.code == 0 and "Нечего объяснять" in done.out


def test_a_filter_that_cannot_be_read_is_refused(line: Line, run: str) -> None:
    assert line.on("reasons", run, "--where", "em:(").code == 2


def test_groups_are_kept_named_and_taken_back(line: Line, run: str) -> None:
    kept = line.on("reasons", run, "--where", "em:0", "--keep", "--json").json
    assert kept["n"] == 2 and kept["spec"]["where"] == "em:0" and kept["undo"] is None
    assert line.on("reasons", run, "--json").json == kept, "what is kept is shown until others are asked for"
    number = kept["groups"][0]["number"]
    named = line.on("reason", "rename", str(number), "болтает", "--json").json
    assert named["groups"][0]["name"] == "болтает" and named["done"]["action"] == "rename"
    assert "[1] болтает" in line.on("reasons", run).out
    queue = line.on("queue", run, "--where", "group:болтает", "--json").json
    assert queue["total"] == kept["groups"][0]["n"]
    assert line.on("reason", "undo", run, "--json").json["undone"]["action"] == "rename"
    assert line.on("reasons", run, "--json").json == kept


@pytest.mark.parametrize("name", ["", "  ", "я" * 81])
def test_an_edit_by_nobody_is_refused(line: Line, run: str, name: str) -> None:
    line.on("reasons", run, "--keep")
    refused = line.on("reason", "rename", "1", "формат", "--reviewer", name)
    assert refused.code == 2 and "Не сказано, кто правит группы" in refused.err
    assert "Без --reviewer встанет имя пользователя" in refused.err
    assert (
        line.on("reason", "rename", "1", "формат", "--reviewer", " Анна  Ли ", "--json").json["done"][
            "author"
        ]
        == "Анна Ли"
    )


def test_answers_are_moved_between_groups(line: Line, run: str) -> None:
    line.on("reasons", run, "--where", "em:0", "--keep")
    made = line.on("reason", "make", run, "свои", "1", "2", "--json").json
    number = next(each["number"] for each in made["groups"] if each["name"] == "свои")
    shown = line.on("reason", "show", str(number), "--json").json
    assert [(each["number"], each["pinned"]) for each in shown["answers"]] == [(1, True), (2, True)]
    assert "№ 1" in line.on("reason", "show", str(number)).out
    line.on("reason", "move", str(number), run, "3")
    assert line.on("reason", "show", str(number), "--json").json["n"] == 3
    left = [each["number"] for each in made["groups"] if each["number"] != number]
    assert line.on("reason", "merge", str(number), str(left[0])).code == 0
    assert line.on("reason", "remove", str(number)).code == 0
    assert "Ещё не в группах: 2" in line.on("reasons", run).out
    assert line.on("reason", "remove", str(number)).code == 2


def test_a_run_that_is_not_grouped_says_how_to_group_it(line: Line, run: str) -> None:
    done = line.on("reason", "make", run, "свои")
    assert done.code == 2 and "--keep" in done.err
    assert line.on("reasons", run, "--where", "answer:такогонет", "--keep").code == 1
    assert "Отменять нечего" not in line.on("reason", "undo", run).err


def test_texts_are_turned_into_vectors_by_a_server_or_the_command_says_why_not(line: Line, run: str) -> None:
    def other(path: str, body: dict[str, Any]) -> Any:
        return {"data": [{"index": i, "embedding": [1.0, float(i)]} for i in range(len(body["input"]))]}

    with serving(lambda body: "", {"data": [{"id": "our/texts", "owned_by": "vllm"}]}) as stub:
        stub.other = other
        found = line.on("reasons", run, "--where", "em:0", "--embed", f"{stub.url}#our/texts", "--json").json
        assert found["n"] == 2 and stub.asked[0]["model"] == "our/texts"
        wrong = line.on("reasons", run, "--where", "em:0", "--embed", f"{stub.url}#other")
        assert wrong.code == 2 and "our/texts" in wrong.err
    gone = line.on("reasons", run, "--where", "em:0", "--keep", "--embed", f"{stub.url}#our/texts")
    assert gone.code == 1 and str(stub.port) in gone.out


def test_an_answer_is_shown_with_its_group(line: Line, run: str) -> None:
    assert line.on("show", run, "2", "--json").json["group"] is None
    line.on("reasons", run, "--where", "em:0", "--keep")
    shown = line.on("show", run, "2", "--json").json["group"]
    assert f"Причина: {shown['number']} · {shown['title']}" in line.on("show", run, "2").out
    assert line.on("show", run, "1", "--json").json["group"] is None


def test_ctrl_c_stops_a_grouping_and_the_former_groups_stand(line: Line, run: str, monkeypatch) -> None:
    """The server of vectors is what takes long: it answers once the command has asked for the end."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell ignores it
    before = line.on("reasons", run, "--where", "em:0", "--keep", "--json").json
    asked_to_stop = threading.Event()
    stop = GroupingJobs.stop
    monkeypatch.setattr(GroupingJobs, "stop", lambda *asked: (stop(*asked), asked_to_stop.set()))

    def other(path: str, body: dict[str, Any]) -> Any:
        _thread.interrupt_main()  # what a terminal's Ctrl-C does
        assert asked_to_stop.wait(30)
        return {"data": [{"index": i, "embedding": [1.0, float(i)]} for i in range(len(body["input"]))]}

    with serving(lambda body: "", {"data": [{"id": "our/texts", "owned_by": "vllm"}]}) as stub:
        stub.other = other
        stopped = line.on("reasons", run, "--keep", "--embed", f"{stub.url}#our/texts", "--json")
    assert stopped.code == 130 and "Группы остались такими, какими были" in stopped.err
    assert stopped.json == {"runs": [run], "stopped": True}
    assert line.on("reasons", run, "--json").json == before
