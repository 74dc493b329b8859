"""The embedded model in a real vLLM that the studio starts: pictures, sounds and clips, answered as without it."""

import shlex
from pathlib import Path

import pytest

from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.servers.needs_vllm import needs_vllm
from tests.servers.real_vllm import ENVIRON, SERVE
from tests.support import RuleJudge

N = 4

pytestmark = needs_vllm


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    place = Settings(home=tmp_path, db=tmp_path / "s.sqlite", vllm=shlex.join(SERVE))
    opened = Studio(place, Store(place.db), judge=lambda name: RuleJudge())
    yield opened
    opened.close()


def answers(studio: Studio, model: str, **asked) -> dict[tuple[str, str], str]:
    run = studio.wait(studio.start(RunSpec(model, ("demo",), limit=N, **asked)), timeout_s=500)
    assert (run.state, run.failed, run.answered) == ("done", 0, 6 * N), run.problem
    return {(row.task, row.key): row.answer for row in studio.queue(run.id, limit=500).rows}


def test_the_embedded_model_answers_the_same_behind_vllm(studio: Studio) -> None:
    here = answers(studio, "embedded")
    there = answers(
        studio,
        "vllm:embedded",
        vllm_args="--dtype float32 --enforce-eager --max-model-len 2048",
        settings=Generation(concurrency=4),
    )
    same = sum(here[key] == there[key] for key in here)
    # Another engine adds in another order, so a rare answer differs; a wrong medium or template changes most.
    assert here.keys() == there.keys() and same >= 0.9 * len(here)
    engine = studio.runs()[0].resolved["engine"]
    assert engine["engine"] == "vllm" and engine["versions"]["server"]
