"""`health` and `rejudge`: what people's labels say of a judge, and another one beside it."""

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def run(line: Line, task) -> str:
    done = line.on("run", "--model", "our/model", "--task", str(task), "--json")
    return str(done.json["run"]["id"] if isinstance(done.json["run"], dict) else done.json["run"])


def test_without_labels_it_says_what_to_do_and_that_nothing_is_corrected(line, run) -> None:
    done = line.on("health", run)
    assert done.code == 1
    assert "не разметили ни одного" in done.out and "не исправлена" in done.out


def test_labels_are_compared_with_the_judge(line, run) -> None:
    for number, verdict in [("1", "right"), ("2", "wrong"), ("3", "wrong")]:
        assert line.on("label", run, number, verdict, "--reviewer", "Анна").code == 0
    done = line.on("health", run, "--json")
    figures = done.json["health"]["groups"][0]["agreement"]
    assert figures["right_right"] + figures["right_wrong"] == 1
    assert done.json["health"]["advice"]["trust"] == "few" and "рано" in done.json["said"]
    assert "[" in line.on("health", run, "--lang", "en").out


def test_another_judge_is_asked_and_made_the_runs_own(line, run) -> None:
    line.judge = type(line.judge)("other")
    done = line.on("rejudge", run, "--judge", "other", "--json")
    assert (done.code, done.json["judging"]["label"]) == (0, "other@r1")
    told = line.on("health", run)
    assert "other@r1" in told.out and "rule@r1 *" in told.out
    used = line.on("rejudge", run, "--use", "other@r1")
    assert used.code == 0 and "other@r1" in used.out
    assert "other@r1 *" in line.on("health", run).out


def test_a_judge_to_ask_or_one_to_use(line, run) -> None:
    for words in ([], ["--judge", "a", "--use", "b"]):
        done = line.on("rejudge", run, *words)
        assert done.code == 2 and "--use" in done.err


def test_what_goes_wrong_is_told(line, run) -> None:
    done = line.on("rejudge", run, "--judge", "rule")
    assert done.code == 1 and "и так судит" in done.err


def test_a_filter_chooses_what_is_judged_and_a_broken_one_is_refused(line, run) -> None:
    line.judge = type(line.judge)("other")
    done = line.on("rejudge", run, "--judge", "other", "--where", "em:1", "--json")
    assert done.json["judging"]["total"] == 2
    broken = line.on("rejudge", run, "--judge", "other", "--where", "em:(")
    assert broken.code == 2 and broken.err
