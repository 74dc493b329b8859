"""A run from start to finish through the studio's door, with answers written beforehand."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.engine import Request, Settings
from studio.core.errors import BadInput, EngineFailed, ModelError, NotAllowed, Problem
from studio.core.run import OWNER, RunSpec, SampleFilter, Viewer
from studio.engines.scripted import ScriptedEngine
from tests.support import RuleJudge, no_judge, scripted_studio, write_task

GOLDS = ["кот", "пёс", "3", "да"]
#          both        js only              neither     em scored 1, judge 1
ANSWERS = ["ОТВЕТ кот", "Это пёс сидит тут.", "ОТВЕТ 4", "да"]


@pytest.fixture
def task(tmp_path: Path) -> Path:
    return write_task(tmp_path / "Animals", GOLDS)


def by_order(answers: list[str]):
    """Answers in the order of asking."""
    left = iter(answers)

    def script(request: Request) -> str:
        return next(left)

    return script


def finished(studio, task: Path, **asked):
    run_id = studio.start(RunSpec(model="our/model", tasks=(str(task),), **asked))
    return studio.wait(run_id, timeout_s=30)


def test_a_run_scores_every_answer_by_both_metrics(tmp_path, task):
    studio = scripted_studio(tmp_path, by_order(ANSWERS))
    run = finished(studio, task)
    assert (run.state, run.planned, run.answered, run.failed) == ("done", 4, 4, 0)
    assert (run.em.mean, run.js.mean) == (0.5, 0.75)
    counts = studio.confusions(run.id)[-1].counts
    assert [counts[cell] for cell in ("both", "em_only", "js_only", "neither")] == [2, 0, 1, 1]
    total = studio.scores(run.id)[-1]
    assert total.final.mean == pytest.approx(0.625)
    assert total.final.low < 0.625 < total.final.high
    assert run.judge == "rule@r1"
    studio.close()


def test_a_run_without_a_judge_is_judged_when_somebody_asks(tmp_path, task):
    asked = []
    studio = scripted_studio(
        tmp_path, by_order(ANSWERS), judge=lambda name: asked.append(name) or RuleJudge()
    )
    run = finished(studio, task, judge="none")
    assert (run.state, run.answered, run.em.mean, run.js.mean) == ("done", 4, 0.5, None)
    assert asked == [] and run.resumable and run.js.scored == 0
    studio.resume(run.id)
    judged = studio.wait(run.id, timeout_s=30)
    assert (judged.js.mean, judged.judge, asked) == (0.75, "rule@r1", ["auto"])
    assert not judged.resumable
    studio.close()


@pytest.mark.parametrize("access", ["public", "private"])
def test_without_a_judge_each_sample_shows_what_em_says_where_gold_may_be_seen(tmp_path, access):
    studio = scripted_studio(tmp_path, by_order(ANSWERS))
    run = finished(studio, str(write_task(tmp_path / "Beasts", GOLDS, access=access)), judge="none")
    marks = ["em_right", "em_wrong", "em_wrong", "em_right"]
    for viewer in (OWNER, Viewer()):
        seen = viewer == OWNER or access == "public"
        strip, rows = studio.live(run.id, viewer).strip, studio.queue(run.id, viewer=viewer).rows
        expected = marks if seen else ["unscored"] * 4
        assert [item.mark for item in sorted(strip, key=lambda item: item.number)] == expected
        assert [row.mark for row in rows] == expected
        assert all((item.em is not None) == seen for item in (*strip, *rows))
    studio.resume(run.id)
    studio.wait(run.id, timeout_s=30)
    assert [row.mark for row in studio.queue(run.id).rows] == ["both", "js_only", "neither", "both"]
    studio.close()


def test_no_judge_is_woken_by_the_answers_of_a_run_without_one(tmp_path, task):
    before = set(threading.enumerate())

    def woken() -> bool:
        return "judge" in {thread.name for thread in set(threading.enumerate()) - before}

    studio = scripted_studio(tmp_path, lambda request: "кот")
    assert finished(studio, task, judge="none").state == "done" and not woken()
    assert finished(studio, task).state == "done" and woken()
    studio.close()


def test_a_run_without_a_judge_that_died_after_its_last_answer_is_finished_and_not_judged(tmp_path, task):
    asked = []
    studio = scripted_studio(
        tmp_path, by_order(ANSWERS), judge=lambda name: asked.append(name) or RuleJudge()
    )
    run = finished(studio, task, judge="none")
    with studio._store.db.write() as connection:  # as a process leaves it that is killed at this moment
        connection.execute("UPDATE runs SET state = 'running', owner = 'nobody:1:1', heartbeat = 0")
    studio.resume(run.id)
    over = studio.wait(run.id, timeout_s=30)
    assert (over.state, over.answered, over.js.mean, asked) == ("done", 4, None, [])
    studio.close()


def test_a_judge_that_nobody_reaches_is_waited_for_once(tmp_path):
    task = write_task(tmp_path / "Many", ["кот"] * 200)
    asked = []

    class Away(RuleJudge):
        def verdicts(self, cases):
            asked.append(len(cases))
            raise EngineFailed("servers_silent", urls="http://gpu:1/v1", words="ConnectError")

    studio = scripted_studio(tmp_path, lambda request: "кот", judge=Away())
    run = finished(studio, task)
    assert run.state == "done" and run.js.unscored == 200 and run.js.scored == 0
    assert len(asked) <= 2, "a second batch may have been under way with the first answers"
    studio.close()


def test_a_failed_sample_is_counted_and_is_no_zero(tmp_path, task):
    engine = ScriptedEngine({1: "кот", 2: "пёс", 4: "да"})
    studio = scripted_studio(tmp_path, engine)
    run = finished(studio, task)
    assert (run.state, run.answered, run.failed) == ("done", 3, 1)
    assert run.em.mean == 1.0 and run.em.failed == 1 and run.em.scored == 3
    row = studio.queue(run.id, SampleFilter(cell="failed")).rows[0]
    card = studio.card(run.id, row.sample_id)
    assert card.problem is not None and card.em is None and card.answer is None
    studio.close()


def test_resuming_asks_only_what_is_missing_or_failed(tmp_path, task):
    engine = ScriptedEngine({1: "кот", 2: "пёс", 3: "3"}, failing={3})
    studio = scripted_studio(tmp_path, engine)
    run = finished(studio, task)
    assert run.failed == 2
    engine.asked.clear()
    engine._script = {3: "3", 4: "да"}  # type: ignore[attr-defined]
    engine._failing = frozenset()  # type: ignore[attr-defined]
    studio.resume(run.id)
    run = studio.wait(run.id, timeout_s=30)
    assert engine.asked == [3, 4]
    assert (run.answered, run.failed, run.em.mean) == (4, 0, 1.0)
    assert studio.card(run.id, 3).attempt == 2
    studio.close()


def test_cancelling_keeps_what_is_answered(tmp_path):
    task = write_task(tmp_path / "Many", ["да"] * 50)
    studio = scripted_studio(tmp_path, lambda request: "да " * 5, token_s=0.01)
    run_id = studio.start(RunSpec(model="our/model", tasks=(str(task),)))
    while studio.run(run_id).answered < 2:
        pass
    studio.cancel(run_id)
    run = studio.wait(run_id, timeout_s=30)
    assert run.state == "cancelled" and 2 <= run.answered < 50
    assert run.pending == 50 - run.answered and run.resumable
    studio.close()


def test_a_judge_that_cannot_be_asked_leaves_answers_unscored_and_is_asked_again_on_resume(tmp_path, task):
    judges = {"works": False}
    rule = RuleJudge()

    def judge(name: str):
        return rule if judges["works"] else no_judge(name)

    studio = scripted_studio(tmp_path, by_order(ANSWERS), judge=judge)
    run = finished(studio, task)
    assert run.state == "done" and run.js.mean is None and run.js.unscored == 4 and run.em.mean == 0.5
    assert studio.card(run.id, 1).js.problem == Problem("unknown_model", {"name": "auto"})
    judges["works"] = True
    assert run.unjudged == 4 and run.resumable
    studio.resume(run.id)
    run = studio.wait(run.id, timeout_s=30)
    assert run.js.mean == 0.75 and run.js.unscored == 0
    studio.close()


def test_a_record_without_gold_is_unscored_by_both(tmp_path):
    task = write_task(tmp_path / "Private", [None, "да"])
    studio = scripted_studio(tmp_path, by_order(["нет", "да"]))
    run = finished(studio, task)
    assert run.em.scored == 1 and run.em.unscored == 1 and run.js.unscored == 1 and run.em.mean == 1.0
    studio.close()


def test_the_engine_that_cannot_be_opened_ends_the_run_with_its_reason(tmp_path, task):
    def broken(spec: RunSpec, opening: object):
        raise ModelError("unknown_model", name=spec.model)

    studio = scripted_studio(tmp_path, {})
    studio._jobs._engines._open = broken
    run = finished(studio, task)
    assert run.state == "failed" and run.problem == Problem("unknown_model", {"name": "our/model"})
    assert run.pending == 4
    studio.close()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"settings": Settings(image_max_side=400, image_width=300)}, "resize_conflict"),
        ({"settings": Settings(history=-1)}, "out_of_bounds"),
        ({"limit": 0}, "out_of_bounds"),
        ({"tasks": ()}, "no_tasks"),
        ({"tasks": ("нет такой",)}, "unknown_task"),
        ({"model": " "}, "no_model"),
        ({"model": "./нет/папки"}, "model_folder_missing"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(tmp_path, task, asked, code):
    studio = scripted_studio(tmp_path, {})
    with pytest.raises(BadInput) as refused:
        studio.start(RunSpec(**{"model": "our/model", "tasks": (str(task),), **asked}))
    assert refused.value.problem.code == code
    assert studio.runs() == []
    studio.close()


@pytest.mark.parametrize("asked", [{"model": "somebody/large"}, {"model": "/etc"}, {"tasks": ("/etc",)}])
def test_a_visitor_runs_only_what_the_studio_offers(tmp_path, asked):
    studio = scripted_studio(tmp_path, {})
    with pytest.raises(NotAllowed):
        studio.start(RunSpec(**{"model": "embedded", "tasks": ("demo",), **asked}), Viewer("visitor"))
    studio.close()


def test_a_run_is_steered_by_its_owner_and_by_the_browser_that_began_it(tmp_path, task):
    studio = scripted_studio(tmp_path, lambda request: "слово " * 50, token_s=0.05)
    mine, others, nobody = Viewer(browser="a" * 64), Viewer(browser="b" * 64), Viewer()
    run_id = studio.start(RunSpec("our/model", (str(task),)), replace(mine, role="owner"))
    for viewer in (others, nobody):
        for act in (studio.cancel, studio.resume):
            with pytest.raises(NotAllowed, match="not_yours"):
                act(run_id, viewer)
        assert studio.steerable([run_id], viewer) == set()
    assert studio.steerable([run_id, "r-none"], mine) == {run_id}
    studio.cancel(run_id, mine)
    assert studio.wait(run_id, timeout_s=30).state == "cancelled"
    studio.resume(run_id, mine)
    studio.cancel(run_id)
    assert studio.wait(run_id, timeout_s=30).state == "cancelled"
    with pytest.raises(BadInput, match="unknown_run"):
        studio.cancel("r-none", mine)
    studio.close()


def test_a_run_of_nobodys_browser_is_the_owners_alone(tmp_path, task):
    studio = scripted_studio(tmp_path, lambda request: "да")
    run = finished(studio, task)
    assert studio.steerable([run.id], Viewer()) == set() and studio.steerable([run.id]) == {run.id}
    studio.close()


def test_limit_is_per_task(tmp_path):
    first, second = write_task(tmp_path / "A", ["да"] * 5), write_task(tmp_path / "B", ["да"] * 5)
    studio = scripted_studio(tmp_path, lambda request: "да")
    run_id = studio.start(RunSpec(model="our/model", tasks=(str(first), str(second)), limit=3))
    run = studio.wait(run_id, timeout_s=30)
    assert run.planned == 6 and [score.planned for score in studio.scores(run_id)] == [3, 3, 6]
    studio.close()


def test_a_deleted_run_is_gone_and_others_stay(tmp_path, task):
    studio = scripted_studio(tmp_path, lambda request: "да")
    first, second = finished(studio, task), finished(studio, task)
    studio.delete(first.id)
    assert [run.id for run in studio.runs()] == [second.id]
    with pytest.raises(BadInput):
        studio.run(first.id)
    studio.close()


def test_an_exported_run_opens_in_plain_sqlite(tmp_path, task):
    studio = scripted_studio(tmp_path, by_order(ANSWERS))
    run = finished(studio, task)
    file = studio.export(run.id, tmp_path / "run.sqlite")
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT n, em, js FROM v_scores WHERE task = ''").fetchone() == (4, 0.5, 0.75)
        assert db.execute("SELECT question, gold, answer FROM v_disagreements").fetchall() == [
            ("Что на картинке номер 1?", "пёс", "Это пёс сидит тут.")
        ]
        assert db.execute("SELECT both, em_only, js_only, neither FROM v_confusion").fetchone() == (
            2,
            0,
            1,
            1,
        )
        assert db.execute("SELECT value FROM studio_export WHERE key = 'run_id'").fetchone() == (run.id,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT ticket FROM runs").fetchall() == [(None,)]
        assert db.execute("SELECT COUNT(*), MIN(substr(bytes, 2, 3)) FROM media").fetchone() == (4, b"PNG")
        assert str(tmp_path) not in "".join(line for line in db.iterdump() if 'INTO "runs"' not in line)
    db.close()
    studio.close()


def test_a_folder_that_was_run_is_known_by_name_however_it_was_written(tmp_path, monkeypatch):
    write_task(tmp_path / "Animals", GOLDS)
    write_task(tmp_path / "elsewhere" / "Plants", GOLDS)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "elsewhere")
    studio = scripted_studio(tmp_path / "home", lambda request: "да", data=tmp_path / "no-demo")
    for written in ("~/Animals", "Plants", "./Plants"):
        studio.wait(studio.start(RunSpec("our/model", (written,), limit=1)), timeout_s=30)
    assert sorted(info.name for info in studio.tasks()) == ["Animals", "Plants"]
    studio.close()


def test_a_folder_beside_that_bears_a_known_name_is_not_taken_for_it(tmp_path, task, monkeypatch):
    """A name means the task that is known by it; a folder of that name in which the studio was started is no task."""
    studio = scripted_studio(tmp_path / "home", lambda request: "да", data=tmp_path / "no-demo")
    studio.wait(studio.start(RunSpec("our/model", (str(task),), limit=1)), timeout_s=30)
    (tmp_path / "other" / "Animals").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "other")
    studio.wait(studio.start(RunSpec("our/model", ("Animals",), limit=1)), timeout_s=30)
    assert [info.source for info in studio.tasks()] == [str(task)] and len(studio.runs()) == 2
    assert studio._shelf._tasks.problems() == []
    studio.close()
