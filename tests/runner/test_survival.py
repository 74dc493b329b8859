"""SIGKILL at any moment loses no finished sample, and a resumed run asks only for the rest."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from studio.core.errors import StoreError
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.store import Store
from tests.support import scripted_studio, write_task

ROOT = Path(__file__).parent.parent.parent
WORKER = """
import sys
from pathlib import Path
from studio.core.run import RunSpec
from tests.support import scripted_studio
studio = scripted_studio(Path(sys.argv[1]), lambda request: "да", token_s=0.02)
studio.start(RunSpec(model="our/model", tasks=(sys.argv[2],)))
studio.wait(studio.runs()[0].id)
"""


def until(condition, timeout_s: float = 60.0):
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def answered(path: Path) -> int:
    try:
        store = Store(path)
    except StoreError:
        return 0
    try:
        return int(store.db.scalar("SELECT COUNT(*) FROM run_samples WHERE state = 'answered'"))
    finally:
        store.close()


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    task = write_task(tmp_path / "T", ["да"] * 60)
    file = tmp_path / "studio.sqlite"
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), str(task)], cwd=ROOT)
    try:
        until(lambda: file.exists() and answered(file) >= 5)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    engine = ScriptedEngine(lambda request: "да")
    studio = scripted_studio(tmp_path, engine)
    run = studio.runs()[0]
    assert run.state == "interrupted" and run.resumable
    done = run.answered
    assert 5 <= done < 60
    kept = studio._store.db.rows("SELECT sample_id, text FROM generations")
    assert len(kept) == done and {row["text"] for row in kept} == {"да"}
    studio.resume(run.id)
    run = studio.wait(run.id, timeout_s=60)
    assert (run.state, run.answered, run.em.mean, run.js.mean) == ("done", 60, 1.0, 1.0)
    assert len(engine.asked) == 60 - done and not {row["sample_id"] for row in kept} & set(engine.asked)
    studio.close()


def test_a_run_of_another_living_process_is_not_taken_over(tmp_path):
    task = write_task(tmp_path / "T", ["да"] * 200)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), str(task)], cwd=ROOT)
    try:
        file = tmp_path / "studio.sqlite"
        until(lambda: file.exists() and answered(file) >= 2)
        studio = scripted_studio(tmp_path, {})
        run = studio.runs()[0]
        assert run.state == "running"
        studio.cancel(run.id)  # a stop reaches the other process
        until(lambda: studio.run(run.id).state == "cancelled")
        studio.close()
    finally:
        worker.kill()
        worker.wait()


def test_a_medium_that_changed_since_the_run_began_is_not_asked_about(tmp_path):
    task = write_task(tmp_path / "T", ["да"] * 3)
    engine = ScriptedEngine({1: "да"})
    studio = scripted_studio(tmp_path, engine)
    run = studio.wait(studio.start(RunSpec(model="our/model", tasks=(str(task),))), timeout_s=30)
    assert run.failed == 2
    (task / "samples/0001.png").write_bytes(b"another picture")
    (task / "samples/0002.png").unlink()
    engine._script = lambda request: "да"
    studio.resume(run.id)
    run = studio.wait(run.id, timeout_s=30)
    assert run.failed == 2 and run.answered == 1
    codes = [studio.card(run.id, sample_id).problem.code for sample_id in (2, 3)]
    assert codes == ["media_changed", "media_missing"]
    studio.close()
