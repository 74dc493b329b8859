"""`run`, `resume` and what follows: one object on stdout, words on stderr, exit codes that scripts can trust."""

import _thread
import io
import signal
import sqlite3
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from studio.cli.report import print_scores
from studio.cli.run import farewell
from studio.cli.screen import Screen
from studio.core.engine import Request, Silence
from tests.cli.conftest import Line, by_question
from tests.support import write_task

SCORES = {"n", "em", "js", "failed", "unscored", "seconds"}


def test_run_ends_with_one_json_object_of_scores_per_task_and_in_all(line: Line, task: Path) -> None:
    done = line.on("run", "--model", "our/model", "--task", str(task), "--json")
    assert done.code == 0
    found = done.json
    assert found["state"] == "done" and found["run"]
    assert found["tasks"]["Animals"].keys() >= SCORES and found["total"].keys() >= SCORES
    assert {key: found["total"][key] for key in ("n", "em", "js", "failed", "unscored")} == {
        "n": 4, "em": 0.5, "js": 0.75, "failed": 0, "unscored": 0,
    }  # fmt: skip
    low, high = found["total"]["em_interval"]
    assert low < 0.5 < high
    assert found["total"]["seconds"] >= 0


def test_limit_is_per_task_and_tasks_may_be_several(line: Line, task: Path, tmp_path: Path) -> None:
    other = write_task(tmp_path / "Others", ["кот", "пёс", "3"])
    both = line.on(
        "run", "--model", "our/model", "--task", str(task), str(other), "--limit", "2", "--json"
    ).json
    assert {name: scores["n"] for name, scores in both["tasks"].items()} == {"Animals": 2, "Others": 2}
    twice = line.on("run", "--model", "our/model", "--task", str(task), "--task", str(other), "--json").json
    assert twice["total"]["n"] == 7


def test_without_json_a_table_says_the_same(line: Line, task: Path) -> None:
    done = line.on("run", "--model", "our/model", "--task", str(task))
    assert "Animals" in done.out and "0,500" in done.out and "0,750" in done.out
    assert "всего" in done.out
    assert "python -m studio export" in done.err


def test_english_speaks_english(line: Line, task: Path) -> None:
    done = line.on("run", "--model", "our/model", "--task", str(task), "--lang", "en")
    assert "0.500" in done.out and "total" in done.out


def test_when_nothing_is_scored_the_mean_is_null_and_no_zero(line: Line, tmp_path: Path) -> None:
    bare = write_task(tmp_path / "Bare", [None, None])
    found = line.on("run", "--model", "our/model", "--task", str(bare), "--json").json
    assert (found["total"]["em"], found["total"]["js"]) == (None, None)
    assert (found["total"]["n"], found["total"]["unscored"]) == (2, 2)


def test_a_failed_sample_is_counted_and_the_way_to_ask_again_is_said(line: Line, task: Path) -> None:
    (task / "samples" / "0001.png").write_bytes(b"")
    done = line.on("run", "--model", "our/model", "--task", str(task), "--json")
    assert (done.code, done.json["total"]["failed"], done.json["total"]["em_scored"]) == (0, 1, 3)
    assert f"python -m studio resume {done.json['run']} --db" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "нетмодели", "--task", "demo"], "нетмодели"),
        (["--model", "our/model", "--task", "НетТакой"], "НетТакой"),
        (["--model", "our/model", "--task", "./нет/такой"], "нет/такой"),
        (["--model", "our/model", "--task", "demo", "--limit", "0"], "--limit"),
        (["--model", "our/model"], "--task"),
        (["--model", "our/model", "--task", "demo", "--temperature", "жарко"], "жарко"),
        (["--model", "our/model", "--task", "demo", "--dtype", "int3"], "int3"),
        (["--model", "our/model", "--task", "demo", "--frobnicate"], "--frobnicate"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(line: Line, words: list[str], said: str) -> None:
    done = line.on("run", *words, "--json")
    assert done.code == 2
    assert said in done.err and "Traceback" not in done.err
    assert said in done.json["error"]["message"]


def test_a_file_that_is_no_database_is_refused(line: Line, tmp_path: Path) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_text("Это не база. " * 100, encoding="utf-8")
    done = line("runs", "--db", str(foreign))
    assert done.code == 2 and "notes.txt" in done.err
    assert foreign.read_text(encoding="utf-8").startswith("Это не база.")


def test_ctrl_c_keeps_the_answers_and_resume_asks_only_the_rest(line: Line, task: Path) -> None:
    asked: list[str] = []
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell ignores it

    def interrupting(request: Request) -> str:
        asked.append(by_question(request))
        if len(asked) == 3:
            _thread.interrupt_main()  # what a terminal's Ctrl-C does
            return "слово " * 500
        return asked[-1]

    line.answer, line.token_s = interrupting, 0.02
    stopped = line.on("run", "--model", "our/model", "--task", str(task), "--json")
    assert stopped.code == 130
    run = stopped.json["run"]
    assert (stopped.json["state"], stopped.json["total"]["pending"]) == ("cancelled", 2)
    assert f"resume {run}" in stopped.err

    asked.clear()
    line.answer, line.token_s = lambda request: asked.append("") or by_question(request), 0.0
    resumed = line.on("resume", run, "--json")
    assert (resumed.code, resumed.json["state"], resumed.json["total"]["n"]) == (0, "done", 4)
    assert len(asked) == 2


def test_a_stopped_run_tells_how_much_of_what_was_planned_is_answered(line: Line, task: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked: list[str] = []

    def interrupting(request: Request) -> str:
        asked.append(by_question(request))
        if len(asked) == 3:
            _thread.interrupt_main()
            return "слово " * 500
        return asked[-1]

    line.answer, line.token_s = interrupting, 0.02
    stopped = line.on("run", "--model", "our/model", "--task", str(task))
    assert "отвечено из" in stopped.out and " 2/4 " in stopped.out
    line.answer, line.token_s = by_question, 0.0
    run = stopped.out.split("Прогон ")[1].split()[0].strip(",:")
    quiet = line.on("resume", run, "--quiet")
    assert "осталось" not in quiet.err and "отвечено из" not in quiet.out and quiet.code == 0
    told = line.on("runs", run, "--json").json
    assert told["total"]["answered"] == told["total"]["n"] == 4
    assert (
        0
        < told["total"]["answering_seconds"]
        == pytest.approx(sum(each["answering_seconds"] for each in told["tasks"].values()), abs=0.01)
    )


def test_a_server_that_was_silent_to_the_end_is_named_in_the_last_words(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    studio = line.opened()
    err = io.StringIO()
    screen, silence = Screen("ru", as_json=False, err=err), Silence(("http://dead/v1",))
    farewell(studio.run(run), Namespace(db=str(line.db)), screen, stopped=False, silence=silence)
    studio.close()
    assert "молчали: http://dead/v1" in err.getvalue()


@pytest.mark.parametrize(("lang", "said"), [("ru", "от 0,2 до 100"), ("en", "0.2")], ids=["ru", "en"])
def test_bounds_of_a_number_are_told_as_a_person_writes_them(line: Line, lang: str, said: str) -> None:
    assert said in line("report", "r1", "--out", "x.html", "--size", "0.1", "--lang", lang).err
    assert "1e+" not in line("pace", "r1", "--price-hour", "-1", "--lang", lang).err


@pytest.mark.parametrize(
    ("judge", "unjudged", "hint"), [("none", 4, "export"), ("auto", 0, "export"), ("auto", 4, "resume")]
)
def test_a_stopped_run_is_offered_again_only_when_something_is_left(
    line: Line, task: Path, judge: str, unjudged: int, hint: str
) -> None:
    """Stopped in the moment after its last answer: the judge may have been through, or not."""
    run = line.on("run", "--model", "our/model", "--task", str(task), "--judge", judge, "--json").json["run"]
    studio = line.opened()
    view = replace(studio.run(run), state="cancelled", unjudged=unjudged)
    studio.close()
    err = io.StringIO()
    screen = Screen("ru", as_json=False, err=err)
    assert farewell(view, Namespace(db=str(line.db)), screen, stopped=True) == 130
    assert f"python -m studio {hint} " in err.getvalue()


def test_runs_lists_and_one_run_is_shown_with_its_scores(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    assert [row["id"] for row in line.on("runs", "--json").json["runs"]] == [run]
    assert line.on("runs", run, "--json").json["total"]["js"] == 0.75
    assert run in line.on("runs").out


def test_an_empty_database_says_how_to_begin(line: Line) -> None:
    done = line.on("runs")
    assert done.code == 0 and "python -m studio run" in done.err and done.out == ""


def test_export_opens_in_plain_sqlite_and_replaces_nothing_unasked(
    line: Line, task: Path, tmp_path: Path
) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    target = tmp_path / "run.sqlite"
    assert line.on("export", "--run", run, "--out", str(target), "--json").json["bytes"] > 0
    with sqlite3.connect(target) as db:
        assert db.execute("SELECT js FROM v_scores WHERE task = 'Animals'").fetchone() == (0.75,)
    db.close()
    again = line.on("export", "--run", run, "--out", str(target))
    assert again.code == 2 and "--force" in again.err
    assert line.on("export", "--run", run, "--out", str(target), "--force").code == 0


def test_delete_asks_a_person_or_wants_yes(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    refused = line.on("delete", run)
    assert refused.code == 2 and "--yes" in refused.err
    assert line.on("delete", run, "--yes", "--json").json == {"run": run, "deleted": True}
    gone = line.on("runs", run)
    assert gone.code == 2 and run in gone.err


def test_a_model_of_no_known_revision_leaves_no_dash_behind(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    studio, out = line.opened(), io.StringIO()
    print_scores(studio, replace(studio.run(run), revision=""), Screen("ru", as_json=False, out=out))
    studio.close()
    assert "модель our/model · EM" in out.getvalue()
