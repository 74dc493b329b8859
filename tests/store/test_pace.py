"""When answers and verdicts came, and how full the stages were, out of a real file."""

import pytest

from studio.core.engine import Completion
from studio.core.errors import Problem
from studio.core.judge import Verdict
from studio.core.pace import StageLoad
from studio.core.run import RunSpec
from studio.store import Store
from studio.store.answers import Answered
from studio.tasks import load_folder
from tests.support import write_task


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    ids = list(store.tasks.save(load_folder(write_task(tmp_path / "T", ["да"] * 3))).values())
    for run_id in ("r1", "r2"):
        store.runs.create(run_id, "model", RunSpec("m", ("T",)), title="")
        store.runs.plan(run_id, [(sample_id, 1) for sample_id in ids], ["T"])
    yield store
    store.close()


def said(sample_id: int, **known) -> Answered:
    measured = {"prompt_tokens": 5, "completion_tokens": 3, "ttft_s": 0.1, "latency_s": 0.5, **known}
    return Answered(sample_id, Completion("да", "stop", **measured), None)


def test_stages_are_kept_for_each_spell_of_work_and_go_with_their_run(store):
    loads = {"prepare": StageLoad(0, 0, 9.5, 19.0, 100, 2), "request": StageLoad(0, 3, 10.0, 96.0, 100, 32)}
    store.pace.keep("r1", 1000.0, 10.0, loads, 32)
    store.pace.keep("r1", 500.0, 4.0, {}, 8)
    first, second = store.pace.of("r1")
    assert (first.started_at, first.elapsed_s, first.room) == (500.0, 4.0, 8)
    assert second.loads == loads and second.ended_at > second.started_at
    assert store.pace.of("r2") == []
    store.runs.delete("r1")
    assert store.db.scalar("SELECT COUNT(*) FROM run_pace") == 0
    store.pace.keep("r1", 1000.0, 10.0, loads, 32)
    assert store.pace.of("r1") == [], "a run that was deleted while it ended"


def test_times_are_of_one_run_in_the_order_in_which_answers_came(store):
    store.runs.begin("r1")
    store.answers.record("r1", [said(3), said(1, ttft_s=None, completion_tokens=None)])
    store.answers.record("r1", [Answered(2, Problem("no_answer"), None)])
    store.answers.record("r2", [said(1)])
    times = store.pace.times("r1", "rule@r1")
    assert list(times.ends) == sorted(times.ends) and len(times.ends) == 2
    assert (list(times.latencies), list(times.ttfts)) == ([0.5, 0.5], [0.1, None])
    assert (list(times.prompt_tokens), list(times.completion_tokens)) == ([5, 5], [3, None])
    assert len(times.failed) == 1 and times.failed[0] >= times.ends[-1]
    assert len(times.began) == 1 and times.began[0] <= times.ends[0]
    assert times.judged == []


def test_a_verdict_has_its_time_and_em_has_none(store):
    store.answers.record("r1", [said(1), said(2)])
    (first, _) = store.answers.unjudged("r1", 10)
    store.answers.judged("r1", "rule@r0", [(first, Verdict(0, 0.1, ()))])
    store.answers.judged("r1", "rule@r1", [(first, Verdict(1, 0.9, ()))])
    times = store.pace.times("r1", "rule@r1")
    assert len(times.judged) == 1 and times.judged[0] >= times.ends[0], "an earlier judge's are not its own"
    assert store.pace.unjudged("r1") == 1


def test_a_run_without_answers_has_no_times(store):
    times = store.pace.times("r1", "rule@r1")
    assert (list(times.ends), times.failed, times.judged, times.began) == ([], [], [], [])


def test_the_times_are_read_from_indexes_alone(store):
    """The texts of 100,000 answers must not be gone through for their times."""
    plans: list[str] = []
    connection = store.db.connection().conn
    connection.set_trace_callback(plans.append)
    store.pace.times("r1", "rule@r1")
    connection.set_trace_callback(None)
    steps = [
        str(step[3])
        for query in plans
        if "generations" in query
        for step in connection.execute(f"EXPLAIN QUERY PLAN {query}")
    ]
    assert steps and all("INDEX" in step for step in steps)
    assert [step for step in steps if "generations" in step or " g " in step] == [
        step for step in steps if "COVERING INDEX generations_pace" in step
    ]
    assert not any("TEMP B-TREE" in step for step in steps), "the index is in the order that is asked for"
