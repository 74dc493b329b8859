"""A run over two real vLLM servers, one of which is killed in the middle and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.engines.server_stub import until
from tests.servers.needs_vllm import needs_vllm
from tests.servers.real_vllm import RealServer
from tests.support import RuleJudge, write_task

N = 800
STARTED_WITHIN_S = 300.0

pytestmark = needs_vllm


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[RealServer, RealServer]]:
    pair = RealServer(tmp_path / "first.log"), RealServer(tmp_path / "second.log")
    try:
        for server in pair:
            server.start()
        until(lambda: all(server.ready for server in pair), STARTED_WITHIN_S)
        yield pair
    finally:
        for server in pair:
            server.kill()


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    settings = Settings(home=tmp_path / "home", db=tmp_path / "home" / "s.sqlite", data=tmp_path / "no-demo")
    opened = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())
    yield opened
    opened.close()


@pytest.mark.timeout(900)
def test_a_server_killed_in_mid_run_and_started_again_costs_no_answer_and_is_asked_again(
    studio: Studio, servers: tuple[RealServer, RealServer], tmp_path: Path
) -> None:
    mortal, other = servers
    task = write_task(tmp_path / "Pictures", ["круг"] * N)
    urls = (mortal.url, other.url)
    asked = Generation(concurrency=8, max_new_tokens=16)
    for url in urls:  # its first questions take a server seconds, in which the other would answer everything
        warm = studio.start(RunSpec("omni", (str(task),), limit=4, servers=(url,), settings=asked))
        assert studio.wait(warm, timeout_s=200).answered == 4
    first, second = mortal.answered, other.answered
    run_id = studio.start(RunSpec("omni", (str(task),), servers=urls, settings=asked))
    until(lambda: mortal.answered >= first + 10 and other.answered >= second + 10, 120)

    mortal.kill()
    done = studio.run(run_id).answered
    until(lambda: studio.run(run_id).answered > done + 16, 120)  # the other goes on alone
    other.freeze()  # so that the run is not over before the first is back
    assert studio.run(run_id).state == "running" and studio.run(run_id).answered < N
    mortal.start()
    until(lambda: mortal.ready, STARTED_WITHIN_S)
    until(lambda: mortal.visited, 60)
    other.thaw()

    run = studio.wait(run_id, timeout_s=200)
    assert (run.state, run.answered, run.failed, run.problem) == ("done", N, 0, None)
    assert mortal.answered > 0, "it is asked again after it came back"
    kept = studio._store.db.rows(
        "SELECT status, COUNT(*) AS n FROM generations WHERE run_id = ? GROUP BY sample_id, status", (run_id,)
    )
    assert [(row["status"], row["n"]) for row in kept] == [("ok", 1)] * N, "nothing lost, nothing twice"
