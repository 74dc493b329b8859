"""A Space with ZeroGPU: a run is answered on the quota of whoever opens its page, and waits for the next one."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.core.run import RunSpec
from studio.core.verification import VerificationSpec
from studio.engines import ScriptedEngine, zerogpu
from studio.engines.zerogpu import FIRST, SLICE_S
from studio.service import Studio, doors
from studio.settings import REPOSITORY, Settings
from studio.store import Store
from tests.components.serving import serving
from tests.engines.fake_spaces import HEADER, FakeSpaces
from tests.support import RuleJudge, write_task

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
N = 10
MODEL = str(REPOSITORY / "data" / "models" / "omni")


class InFork(ScriptedEngine):
    def wake_in_fork(self, device: str) -> None:
        """A scripted model is everywhere."""


@pytest.fixture
def spaces(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSpaces]:
    made = FakeSpaces()
    monkeypatch.setitem(sys.modules, "spaces", made.module)
    monkeypatch.setattr(zerogpu, "NOBODY_S", 0.2)
    monkeypatch.setattr(doors, "open_engine", lambda *named, **options: InFork(lambda asked: "да"))
    yield made
    made.close()


@pytest.fixture
def studio(spaces: FakeSpaces, tmp_path: Path) -> Iterator[Studio]:
    place = Settings(home=tmp_path, db=tmp_path / "s.sqlite", zero_gpu=True)
    opened = Studio(place, Store(place.db), judge=lambda name: RuleJudge())
    yield opened
    opened.close()


@pytest.fixture
def paused(studio: Studio, tmp_path: Path) -> str:
    """A run that was begun where nobody looks: by the command line, say."""
    task = write_task(tmp_path / "Things", ["да"] * N)
    run_id = studio.start(RunSpec(MODEL, (str(task),)))
    run = studio.wait(run_id, timeout_s=60)
    assert (run.state, run.answered, run.failed) == ("interrupted", 0, 0)
    assert run.problem and run.problem.code == "zerogpu_nobody"
    return run_id


def opens(url: str, run_id: str, token: str) -> str:
    """A visitor opens the page of a run and looks until it rests; all that the page was sent."""
    config = httpx.get(f"{url}config").json()
    load = next(
        each for each in config["dependencies"] if each["targets"] and each["targets"][0][1] == "load"
    )
    asked: dict[str, Any] = {"data": [], "fn_index": load["id"], "session_hash": token}
    with httpx.Client(timeout=60) as client:
        joined = client.post(f"{url}gradio_api/queue/join?run={run_id}", json=asked, headers={HEADER: token})
        joined.raise_for_status()
        told = []
        with client.stream("GET", f"{url}gradio_api/queue/data?session_hash={token}") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    told.append(json.loads(line[6:]))
                    if told[-1]["msg"] in {"process_completed", "close_stream"}:
                        break
    assert told[-1].get("success", True), told[-1]
    return json.dumps(told, ensure_ascii=False)


def test_a_paused_run_goes_on_with_the_next_visit_and_loses_nothing(
    studio: Studio, spaces: FakeSpaces, paused: str, tmp_path: Path
) -> None:
    with serving(studio) as url:
        spaces.left = {"anna": SLICE_S}
        shown = opens(url, paused, "anna")
        run = studio.wait(paused, timeout_s=60)
        assert (run.state, run.answered, run.failed) == ("interrupted", FIRST, 0)
        assert "квота GPU того, кто смотрит" in shown and "на паузе" in shown
        assert "квота GPU кончилась" in shown and f"Отвечено {FIRST} из {N}" in shown
        assert not studio.awaits_visit(paused), "her next request has no more quota than this one"
        spaces.left = {"boris": 1_000}
        opens(url, paused, "boris")
    run = studio.wait(paused, timeout_s=60)
    assert (run.state, run.answered, run.failed, run.problem) == ("done", N, 0, None)
    assert {token for token, _ in spaces.asked} == {"anna", "boris"}
    rows = sqlite3.connect(tmp_path / "s.sqlite").execute("SELECT COUNT(*), MAX(attempt) FROM generations")
    assert rows.fetchone() == (N, 1)


def test_a_run_is_verified_on_the_quota_of_whoever_looks_at_it(
    studio: Studio, spaces: FakeSpaces, paused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spaces.left = {"anna": 1_000}
    with serving(studio) as url:
        opens(url, paused, "anna")
        assert studio.wait(paused, timeout_s=60).state == "done"
        other = studio.start(RunSpec(MODEL, (str(write_task(tmp_path / "Others", ["да"])),)))
        studio.wait(other, timeout_s=60)
        monkeypatch.setattr(zerogpu, "NOBODY_S", 60.0)
        verification = studio.verify(VerificationSpec(paused))
        opens(url, paused, "anna")
        found = studio.verification(verification)
    assert (found.state, found.same, found.differ, found.failed) == ("done", N, 0, 0)


def test_a_run_that_was_stopped_is_not_taken_on_by_a_visit(
    studio: Studio, paused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zerogpu, "NOBODY_S", 60.0)  # it waits for a visitor until it is stopped
    studio.resume(paused)
    studio.cancel(paused)
    assert studio.wait(paused, timeout_s=60).state == "cancelled"
    with studio.attending(paused):
        assert studio.run(paused).state == "cancelled"


def test_the_page_of_an_ordinary_studio_has_no_clock_of_its_own(tmp_path: Path, spaces: FakeSpaces) -> None:
    clocks = {}
    for zero in (False, True):
        home = tmp_path / str(zero)
        place = Settings(home=home, db=home / "s.sqlite", zero_gpu=zero)
        opened = Studio(place, Store(place.db), judge=lambda name: RuleJudge())
        with serving(opened) as url:
            components = httpx.get(f"{url}config").json()["components"]
        clocks[zero] = sum(component["type"] == "timer" for component in components)
        opened.close()
    assert not clocks[False] and clocks[True]
