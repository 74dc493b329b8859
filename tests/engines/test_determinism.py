"""What decides whether answers come out the same again is found out, recorded and said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.engine import EngineInfo, Settings, determinism
from studio.core.run import RunSpec
from studio.engines.server import open_server
from studio.servers import Access, ManagedServer, Wish
from studio.texts.determinism import repeatability
from tests.engines.server_stub import Stub
from tests.support import scripted_studio, write_task

VLLM = {"data": [{"id": "omni", "owned_by": "vllm", "root": "org/Omni-7B"}]}
INFO = "/server_info?config_format=json"


@pytest.fixture
def stubs() -> Iterator[list[Stub]]:
    found = [Stub(lambda body: "да", VLLM) for _ in range(2)]
    yield found
    for stub in found:
        stub.close()


def info_of(stubs: list[Stub], tmp_path: Path) -> EngineInfo:
    engine = open_server("omni", Access(tuple(stub.url for stub in stubs), "EMPTY"), tmp_path)
    try:
        return engine.info
    finally:
        engine.close()


def test_a_server_is_asked_for_its_version_weights_and_invariance(stubs, tmp_path):
    for stub in stubs:
        stub.tells = {"/version": {"version": "0.32.0"}, INFO: {"vllm_env": {"VLLM_BATCH_INVARIANT": True}}}
    info = info_of(stubs, tmp_path)
    assert (info.versions, info.weights) == ({"server": "0.32.0"}, "org/Omni-7B")
    assert info.traits["batch_invariant"] is True


def test_servers_that_differ_are_all_named_and_not_invariant(stubs, tmp_path):
    for stub, version, told in zip(stubs, ("0.32.0", "0.31.1"), (True, False), strict=True):
        stub.tells = {"/version": {"version": version}, INFO: {"vllm_env": {"VLLM_BATCH_INVARIANT": told}}}
    info = info_of(stubs, tmp_path)
    assert info.versions == {"server": "0.31.1, 0.32.0"} and info.traits["batch_invariant"] is False


@pytest.mark.parametrize("told", [None, {}, {"vllm_env": {}}, [1], "no"])
def test_a_server_that_does_not_tell_is_not_said_to_be_either(stubs, tmp_path, told):
    stubs[0].tells = {} if told is None else {INFO: told}
    info = info_of(stubs, tmp_path)
    assert "batch_invariant" not in info.traits and info.versions == {}


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("0", False), ("", False), (None, False), ("yes", False)]
)
def test_a_vllm_of_ones_own_is_as_it_was_told_to_be(tmp_path, value, expected):
    environ = {} if value is None else {"VLLM_BATCH_INVARIANT": value}
    server = ManagedServer(["true"], Wish("m", environ=environ), tmp_path / "log")
    assert server.batch_invariant is expected
    server.stop()


def test_a_run_records_it_and_says_it(tmp_path):
    studio = scripted_studio(tmp_path, lambda request: "да")
    task = write_task(tmp_path / "Things", ["да"])
    run = studio.wait(
        studio.start(RunSpec("our/model", (str(task),), settings=Settings(seed=7))), timeout_s=30
    )
    told = run.resolved["determinism"]
    assert (told["greedy"], told["temperature"], told["seed"], told["engine"]) == (True, 0.0, 7, "scripted")
    assert repeatability(run.resolved, "ru") == (
        "температура 0 · зерно 7 · scripted · влияют ли на ответ соседи по пакету, движок не сообщает"
    )
    studio.close()


@pytest.mark.parametrize(
    ("invariant", "temperature", "said"),
    [
        (
            True,
            0.0,
            "temperature 0 · seed 1234 · vllm (server 0.32.0) · whatever shares a batch changes no answer",
        ),
        (
            False,
            0.0,
            "temperature 0 · seed 1234 · vllm (server 0.32.0) · whatever shares a batch may change an answer",
        ),
        (True, 0.7, "temperature 0.7 · seed 1234 · vllm (server 0.32.0)"),
    ],
)
def test_the_line_names_engine_version_and_invariance(invariant, temperature, said):
    info = EngineInfo("vllm", "m", "", versions={"server": "0.32.0"}, traits={"batch_invariant": invariant})
    told = determinism(info, Settings(temperature=temperature))
    assert repeatability({"determinism": told}, "en") == said


def test_runs_of_before_say_nothing():
    assert repeatability({}, "ru") == "" and repeatability({"determinism": None}, "ru") == ""
