"""A run goes on with other servers, at another pace, with another judge; and the judge goes on by itself."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.core.engine import Settings
from studio.core.errors import BadInput, ModelError, NotAllowed
from studio.core.run import Resumption, RunSpec, Viewer
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.settings import Settings as StudioSettings
from studio.store import Store
from tests.engines.server_stub import Stub, serving, until
from tests.support import RuleJudge, scripted_studio, write_task

ROOT = Path(__file__).parent.parent.parent
SIX = ["да"] * 6
JUDGED = "SELECT COUNT(*) FROM run_samples WHERE js_status IS NOT NULL"


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "T", SIX))


class Hard(RuleJudge):
    """Accepts nothing."""

    def verdicts(self, cases):
        return super().verdicts([type(case)(case.question, "никогда", case.prediction) for case in cases])


def test_a_run_goes_on_at_other_servers_and_at_another_pace(tmp_path, task):
    settings = StudioSettings(home=tmp_path, db=tmp_path / "studio.sqlite", server_patience_s=0.3)
    studio = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())
    stub = Stub(lambda body: "да" if len(stub.answered) < 2 else stub.close() or "")
    spec = RunSpec("", (task,), servers=(stub.url,), settings=Settings(concurrency=1))
    run = studio.wait(studio.start(spec), timeout_s=60)
    assert (run.state, run.answered) == ("failed", 2)
    with serving(lambda body: "да") as other:
        studio.resume(run.id, changes=Resumption(servers=(other.url,), concurrency=4))
        run = studio.wait(run.id, timeout_s=60)
        assert len(other.asked) == 4
    assert (run.state, run.answered, run.em.mean) == ("done", 6, 1.0)
    assert (run.spec.servers, run.spec.settings.concurrency) == ((other.url,), 4)
    kinds = [event["kind"] for event in studio._store.runs.events(run.id)]
    assert "changed" in kinds, "how the run began is not forgotten"
    studio.close()


def test_a_run_that_went_on_elsewhere_tells_of_the_last_engine_alone(tmp_path, task):
    studio = scripted_studio(tmp_path, ScriptedEngine({1: "да"}))
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    gone = {"engine": {"engine": "gone", "versions": {"torch": "1.0"}}}
    studio._store.runs.resolve(run.id, revision="old", resolved=gone)
    studio.resume(run.id)
    resolved = studio.wait(run.id, timeout_s=60).resolved
    assert resolved["engine"]["engine"] == "scripted" and resolved["engine"]["versions"] == {}
    assert resolved["tasks"], "what else was known stays"
    studio.close()


def test_a_run_does_not_go_on_with_another_model(tmp_path, task):
    studio = scripted_studio(tmp_path, ScriptedEngine({1: "да"}))
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    with pytest.raises(BadInput) as raised:
        studio.resume(run.id, changes=Resumption(model="their/model"))
    assert raised.value.problem.code == "resume_other_model"
    assert studio.run(run.id).spec == run.spec and studio.run(run.id).state == "done"
    studio.close()


def test_what_makes_no_sense_changes_nothing(tmp_path, task):
    studio = scripted_studio(tmp_path, ScriptedEngine({1: "да"}))
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    with pytest.raises(BadInput):
        studio.resume(run.id, changes=Resumption(concurrency=10**6))
    with pytest.raises(NotAllowed):
        studio.resume(run.id, Viewer(browser="b"), Resumption(judge="other"))
    assert studio.run(run.id).spec == run.spec
    studio.close()


def test_another_judge_judges_every_answer_anew_and_the_first_ones_words_stay(tmp_path, task):
    judges = {"auto": RuleJudge(), "hard": Hard()}
    studio = scripted_studio(tmp_path, lambda request: "да", judge=judges.__getitem__)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    assert run.js.mean == 1.0
    studio.resume(run.id, changes=Resumption(judge="hard"))
    run = studio.wait(run.id, timeout_s=60)
    assert (run.state, run.js.mean, run.js.scored, run.em.mean) == ("done", 0.0, 6, 1.0)
    studio.close()


def test_a_judge_that_cannot_be_had_costs_no_verdict(tmp_path, task):
    def named(name: str) -> RuleJudge:
        if name != "auto":
            raise ModelError("unknown_judge", name=name)
        return RuleJudge()

    studio = scripted_studio(tmp_path, lambda request: "да", judge=named)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    with pytest.raises(ModelError):
        studio.resume(run.id, changes=Resumption(judge="mistyped"))
    assert studio.run(run.id) == run
    studio.close()


def test_a_judge_after_none_judges_what_an_earlier_one_judged(tmp_path, task):
    judges = {"auto": RuleJudge(), "hard": Hard()}
    studio = scripted_studio(tmp_path, lambda request: "да", judge=judges.__getitem__)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    for judge in ("none", "hard"):
        studio.resume(run.id, changes=Resumption(judge=judge))
        run = studio.wait(run.id, timeout_s=60)
    assert (run.state, run.js.mean, run.js.scored) == ("done", 0.0, 6)
    studio.close()


def test_a_run_says_why_its_judge_could_not_score(tmp_path, task):
    def none_there(name: str) -> RuleJudge:
        raise ModelError("unknown_judge", name=name)

    studio = scripted_studio(tmp_path, lambda request: "да", judge=none_there)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    assert (run.state, run.js.scored, run.unjudged) == ("done", 0, 6)
    assert run.silence is not None and run.silence.code == "unknown_judge"
    studio.close()


WORKER = """
import sys, threading
from pathlib import Path
from studio.core.run import RunSpec
from tests.support import RuleJudge, scripted_studio
class Stuck(RuleJudge):
    def verdicts(self, cases):
        threading.Event().wait()
studio = scripted_studio(Path(sys.argv[1]), lambda request: "да", judge=lambda name: Stuck())
studio.start(RunSpec(model="our/model", tasks=(sys.argv[2],)))
studio.wait(studio.runs()[0].id)
"""


def test_after_a_kill_the_judge_goes_on_by_itself_and_ends_the_run(tmp_path, task):
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), task], cwd=ROOT)
    studio = scripted_studio(tmp_path, ScriptedEngine({}))
    try:
        until(lambda: studio.runs() and studio.runs()[0].answered == 6, 60)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    run = studio.runs()[0]
    assert studio._store.db.scalar(JUDGED) == 0
    studio.recover()
    run = studio.wait(run.id, timeout_s=60)
    assert (run.state, run.js.mean, run.js.scored) == ("done", 1.0, 6)
    studio.close()


def test_answers_that_were_kept_are_judged_though_others_are_missing(tmp_path, task):
    engine = ScriptedEngine({1: "да", 2: "да"})
    studio = scripted_studio(tmp_path, engine)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=60)
    with studio._store.db.write() as connection:  # as a killed process leaves it
        connection.execute("UPDATE runs SET state = 'interrupted'")
        connection.execute("UPDATE run_samples SET js_status = NULL WHERE state = 'answered'")
    asked = list(engine.asked)
    studio.recover()
    until(lambda: studio._store.db.scalar(JUDGED) == 6, 60)
    assert studio.run(run.id).js.scored == 2
    assert engine.asked == asked, "the model is asked when somebody says so"
    assert studio.run(run.id).state == "interrupted"
    studio.close()
