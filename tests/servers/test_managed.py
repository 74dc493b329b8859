"""A vLLM that the studio starts: ready, refused, cancelled, ended; and never two of them on one GPU."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from studio.core.engine import Settings
from studio.core.errors import BadInput, Cancelled, ModelError
from studio.core.run import RunSpec, Viewer
from studio.servers import Claim, ManagedServer, Wish, command_of, reason_of
from studio.service import Studio
from studio.service.serving import gpus_of, options_of
from studio.settings import Settings as Place
from studio.store import Store
from tests.engines.server_stub import until
from tests.support import RuleJudge, write_task

ROOT = Path(__file__).parents[2]
STUB = (sys.executable, str(Path(__file__).with_name("serve_stub.py")))


def started(tmp_path: Path, *options: str, gpus: int = 0) -> ManagedServer:
    return ManagedServer(STUB, Wish("our/model", options, gpus, os.environ), tmp_path / "log")


def quietly(words: str) -> None:
    """Whoever waits, and does not listen."""


def is_gone(pid: int) -> bool:
    """Whether a process has ended (a zombie that nobody has collected yet has ended too)."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):  # or it ends while one looks
        return True


def test_it_is_waited_for_while_its_log_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    server = started(tmp_path)
    server.wait(said.append, lambda: False)
    assert server.alive and server.url.endswith(f":{server.port}/v1")
    assert said and "vLLM API server" in said[-1]
    server.stop()
    assert not server.alive


def test_it_and_its_children_end_with_whoever_started_it_however_that_ends(tmp_path: Path) -> None:
    """The starter is killed with SIGKILL: it has no time to tell anybody."""
    pids = tmp_path / "pids"
    code = (
        "import sys, time, os\nfrom pathlib import Path\nfrom studio.servers import ManagedServer, Wish\n"
        f"wish = Wish('m', ('--child', {str(pids)!r}), 0, os.environ)\n"
        f"s = ManagedServer({STUB!r}, wish, Path({str(tmp_path / 'log')!r}))\n"
        "s.wait(lambda words: None, lambda: False)\nprint('ready', flush=True)\ntime.sleep(600)"
    )
    starter = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None and starter.stdout.readline() == "ready\n"
    server, child = map(int, pids.read_text().split())
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    until(lambda: is_gone(server) and is_gone(child))


def test_ctrl_c_at_the_terminal_is_left_to_whoever_started_it(tmp_path: Path) -> None:
    """The keeper is in the terminal's group: it must neither end by itself nor get stuck."""
    server = started(tmp_path)
    server.wait(quietly, lambda: False)
    server._process.send_signal(signal.SIGINT)
    assert server.alive
    server.stop()
    assert server._process.returncode == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("(EngineCore pid=7) ERROR 11-22 05:00:00 [core.py:9] torch.OutOfMemoryError: CUDA", "vllm_no_memory"),
        ("ValueError: No available memory for the cache blocks. Try increasing `gpu_memory…`", "vllm_no_memory"),
        ("ValueError: Model architectures ['FooForBar'] are not supported for now.", "vllm_unknown_architecture"),
        ("OSError: [Errno 98] error while attempting to bind on address: address already in use", "vllm_port_taken"),
        ("OSError: no/such is not a local folder and is not a valid model identifier listed", "vllm_model_missing"),
        ("vllm serve: error: unrecognized arguments: --frobnicate", "vllm_bad_option"),
        ("RuntimeError: Something nobody has seen", "vllm_failed"),
    ],
)  # fmt: skip
def test_why_it_did_not_start_is_one_sentence(tmp_path: Path, words: str, code: str) -> None:
    server = started(tmp_path, "--fail", words)
    with pytest.raises(ModelError) as raised:
        server.wait(quietly, lambda: False)
    assert raised.value.problem.code == code
    assert "ERROR 11-22" not in str(raised.value.problem.values["words"])
    assert raised.value.problem.values["log"] == str(tmp_path / "log")


def test_the_line_that_tells_is_found_under_those_that_come_after() -> None:
    lines = [
        "ValueError: No available memory for the cache blocks",
        "RuntimeError: Engine core initialization failed",
    ]
    assert reason_of(lines)[0] == "vllm_no_memory"


def test_nobody_waits_for_what_was_cancelled(tmp_path: Path) -> None:
    server = started(tmp_path, "--never")
    with pytest.raises(Cancelled):
        server.wait(quietly, lambda: bool(server.tail(1)))
    assert not server.alive


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        ManagedServer((str(tmp_path / "bin" / "vllm"), "serve"), Wish("m"), tmp_path / "log")
    assert raised.value.problem.code == "vllm_not_installed"


def test_a_folder_means_its_vllm_and_anything_else_is_a_command(tmp_path: Path) -> None:
    assert command_of(str(tmp_path)) == (str(tmp_path / "bin" / "vllm"), "serve")
    assert command_of("docker run 'my image' serve") == ("docker", "run", "my image", "serve")


def test_a_gpu_is_never_given_to_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,3,5")
    first = Claim(2, tmp_path)
    assert first.environ == {"CUDA_VISIBLE_DEVICES": "0,3"}
    with pytest.raises(ModelError) as raised:
        Claim(2, tmp_path)
    assert raised.value.problem.values == {"wanted": 2, "free": 1, "n": 3}
    second = Claim(1, tmp_path)
    assert second.names == ["5"], "a claim that failed keeps nothing"
    first.release()
    third = Claim(2, tmp_path)
    assert third.names == ["0", "3"]
    second.release()
    third.release()


def test_another_process_sees_what_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    claim = Claim(1, tmp_path)
    code = f"from pathlib import Path; from studio.servers import Claim; Claim(1, Path({str(tmp_path)!r}))"
    ask = [sys.executable, "-c", code]
    assert b"gpus_taken" in subprocess.run(ask, cwd=ROOT, capture_output=True, check=False).stderr
    claim.release()
    assert subprocess.run(ask, cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "n"),
    [
        ("", 1),
        ("-tp 2", 2),
        ("--tensor-parallel-size=2 --data-parallel-size 4", 8),
        ("--max-model-len 8192", 1),
    ],
)
def test_a_server_takes_as_many_gpus_as_it_is_split_over(arguments: str, n: int) -> None:
    assert gpus_of(arguments) == n


def test_vllm_is_given_what_multimodal_tasks_need(tmp_path: Path) -> None:
    spec = RunSpec(
        "vllm:org/model", ("demo",), revision="abc", settings=Settings(seed=7, dtype="bfloat16", history=30),
        vllm_args="--max-model-len 8192 --limit-mm-per-prompt '{\"image\": 99}'",
    )  # fmt: skip
    options = options_of(spec, "org/model", tmp_path)
    told = dict(pairwise(options))
    assert told["--seed"] == "7" and told["--dtype"] == "bfloat16" and told["--revision"] == "abc"
    assert options.index("--max-model-len") > options.index("--trust-request-mm-kwargs"), (
        "the person's word is the last"
    )
    limits = [options[i + 1] for i, option in enumerate(options) if option == "--limit-mm-per-prompt"]
    assert limits == ['{"image": 31, "audio": 31, "video": 4}', '{"image": 99}']


# through the studio's door


@pytest.fixture
def studio(tmp_path: Path):
    place = Place(
        home=tmp_path / "home", db=tmp_path / "home" / "s.sqlite", data=tmp_path / "no", vllm=" ".join(STUB)
    )
    opened = Studio(place, Store(place.db), judge=lambda name: RuleJudge())
    yield opened
    opened.close()


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "Animals", ["кот", "пёс"]))


def test_a_run_starts_its_vllm_and_ends_it_with_the_studio(studio: Studio, task: str, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    spec = RunSpec("vllm:org/model", (task,), vllm_args=f"--child {pids}")
    run = studio.wait(studio.start(spec), timeout_s=60)
    assert (run.state, run.answered, run.em.mean) == ("done", 2, 0.5)
    assert run.resolved["engine"]["engine"] == "vllm" and run.resolved["engine"]["model"] == "org/model"
    server, child = map(int, pids.read_text().split())
    assert not is_gone(server), "it stays for the next run with the same model"
    studio.close()
    assert is_gone(server) and is_gone(child)


def test_a_vllm_that_has_died_is_started_anew_for_the_next_run(
    studio: Studio, task: str, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    spec = RunSpec("vllm:org/model", (task,), vllm_args=f"--child {pids}")
    studio.wait(studio.start(spec), timeout_s=60)
    first = int(pids.read_text().split()[0])
    os.kill(first, signal.SIGKILL)
    until(lambda: is_gone(first))
    run = studio.wait(studio.start(spec), timeout_s=60)
    assert run.state == "done" and int(pids.read_text().split()[0]) != first


def test_more_pictures_in_a_question_need_a_vllm_of_their_own(
    studio: Studio, task: str, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    spec = RunSpec("vllm:org/model", (task,), vllm_args=f"--child {pids}")
    seen = []
    for settings in (Settings(), Settings(), Settings(frames=64, clips_as_pictures=True)):
        studio.wait(studio.start(replace(spec, settings=settings)), timeout_s=60)
        seen.append(pids.read_text())
    assert seen[0] == seen[1] != seen[2]


def test_a_vllm_that_will_not_start_ends_the_run_with_the_reason(studio: Studio, task: str) -> None:
    spec = RunSpec("vllm:org/model", (task,), vllm_args="--fail 'ValueError: CUDA out of memory'")
    run = studio.wait(studio.start(spec), timeout_s=60)
    assert run.state == "failed" and run.problem.code == "vllm_no_memory" and run.failed == 0


def test_a_run_that_waits_for_its_vllm_can_be_stopped(studio: Studio, task: str) -> None:
    run_id = studio.start(RunSpec("vllm:org/model", (task,), vllm_args="--never"))
    until(lambda: "vLLM API server" in studio.live(run_id).opening)
    assert studio.live(run_id, Viewer()).opening == "", "a log is for the owner's eyes"
    studio.cancel(run_id)
    assert studio.wait(run_id, timeout_s=60).state == "cancelled"


def test_what_cannot_be_is_refused_before_a_run_is_made(studio: Studio, task: str, tmp_path: Path) -> None:
    for spec in (RunSpec("vllm:", (task,)), RunSpec("vllm:m", (task,), vllm_args="-tp many")):
        with pytest.raises(BadInput):
            studio.start(spec)
    bare = Place(home=tmp_path / "bare", db=tmp_path / "bare" / "s.sqlite", data=tmp_path / "no")
    other = Studio(bare, Store(bare.db), judge=lambda name: RuleJudge())
    with pytest.raises(BadInput) as raised:
        other.start(RunSpec("vllm:m", (task,)))
    other.close()
    assert raised.value.problem.code == "vllm_not_named"
