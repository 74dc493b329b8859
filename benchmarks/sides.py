"""Who asks: the raw client, the studio, and other tools. Each is a command, started in a process of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.engine import Request
from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.settings import REPOSITORY, Settings

PEERS = Path(os.environ.get("BENCH_PEERS") or Path.home() / ".cache" / "bench-peers")
RECIPES = REPOSITORY / "benchmarks" / "peers"
TOKENS = 32
POLL_S = 0.05


@dataclass(frozen=True)
class Place:
    """What is asked and where: a server's base URL, a made task, requests under way, a folder for what is written."""

    url: str
    task: Path
    together: int
    own: Path


@dataclass(frozen=True)
class Side:
    """`command` starts it. One that is to be killed is started by `kept` (with its cache on, where that is not so by
    itself), and by `resume` afterwards, in the same place."""

    name: str
    command: Callable[[Place], list[str]]
    kept: Callable[[Place], list[str]] | None = None
    resume: Callable[[Place], list[str]] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    python: Path = Path(sys.executable)

    @property
    def there(self) -> bool:
        return self.python.exists()


@dataclass(frozen=True)
class Spent:
    """Seconds from start to exit, and the highest memory of the process in MB."""

    seconds: float
    peak_mb: float


def launch(side: Side, command: list[str], place: Place) -> "subprocess.Popen[bytes]":
    """Starts a side in the task's folder; what it says goes to a file of its own folder."""
    place.own.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "STUDIO_HOME": str(place.own / "home"), "HF_HUB_OFFLINE": "1", **side.environ}
    with (place.own / f"said-{time.time_ns()}.txt").open("wb") as said:
        return subprocess.Popen(
            command, cwd=place.task, env=environ, stdout=said, stderr=said, start_new_session=True
        )


def finish(side: Side, process: "subprocess.Popen[bytes]", started: float, place: Place) -> Spent:
    """Waits for its end. Raises SystemExit with the last words of a side that failed."""
    peak_mb = 0.0
    while process.poll() is None:
        peak_mb = max(peak_mb, highest_mb(process.pid))
        time.sleep(POLL_S)
    if process.returncode:
        said = max(place.own.glob("said-*.txt")).read_text(errors="replace")
        raise SystemExit(f"{side.name} ended with {process.returncode}:\n{said[-3000:]}")
    return Spent(time.perf_counter() - started, peak_mb)


def highest_mb(pid: int) -> float:
    """The highest resident size of a process so far; 0 when it is over. What `getrusage` tells of a child is at least
    the size of whoever started it."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
    return 0.0


def through(side: Side, place: Place) -> Spent:
    """A side from start to exit."""
    started = time.perf_counter()
    return finish(side, launch(side, side.command(place), place), started, place)


def kill(process: "subprocess.Popen[bytes]") -> float:
    """SIGKILL to it and all that it started; returns the moment, in seconds since the epoch."""
    moment = time.time()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return moment


def raw(name: str = "raw", script: str = "raw.py") -> Side:
    """The raw client; it wants `bodies` to have been made."""
    return Side(
        name,
        lambda place: [
            sys.executable, str(REPOSITORY / "benchmarks" / script), place.url, str(place.task / "bodies.jsonl"),
            str(place.together),
        ],
    )  # fmt: skip


def raw_openai() -> Side:
    """The raw client through the library that the studio asks with."""
    return raw("openai library alone", "raw_openai.py")


def studio() -> Side:
    """`python -m studio run`: Exact Match and storing on, no judge."""
    head = [sys.executable, "-m", "studio"]
    environ = {"PYTHONPATH": str(REPOSITORY), "STUDIO_LANG": "en"}
    return Side(
        "studio",
        lambda place: [
            *head, "run", "--server", place.url, "--task", str(place.task), "--judge", "none", "--concurrency",
            str(place.together), "--max-new-tokens", str(TOKENS), "--db", str(database(place)), "--quiet", "--json",
        ],
        None,
        lambda place: [*head, "resume", run_of(place), "--db", str(database(place)), "--quiet", "--json"],
        environ,
    )  # fmt: skip


def peers() -> list[Side]:
    """The other tools, those that are not installed included."""
    return [_lm_eval(), _lmms_eval(), _evalscope(), _inspect()]


def database(place: Place) -> Path:
    return place.own / "studio.sqlite"


def run_of(place: Place) -> str:
    """The run in the studio's file."""
    connection = sqlite3.connect(database(place))
    try:
        return str(connection.execute("SELECT id FROM runs ORDER BY created_at DESC").fetchone()[0])
    finally:
        connection.close()


def bodies(place: Place) -> None:
    """Writes the very requests of the studio to `bodies.jsonl` of the task, for the raw client."""
    from studio.engines.server import open_server
    from studio.servers import Access
    from studio.service.catalogue import Shelf

    settings = Settings(home=place.own / "home", db=place.own / "none.sqlite")
    (task,) = Shelf(settings).load(RunSpec("", (str(place.task),)))
    engine = open_server("", Access((place.url,), "EMPTY"), place.own / "files")
    try:
        with (place.task / "bodies.jsonl").open("w", encoding="utf-8") as file:
            for number, sample in enumerate(task.samples):
                asked = Generation(max_new_tokens=TOKENS)
                written = engine._writer.write(Request(number, sample.message), asked)
                file.write(json.dumps(written.body) + "\n")
    finally:
        engine.close()


def _lm_eval() -> Side:
    python = PEERS / "lm-eval" / "bin" / "python"

    def command(place: Place) -> list[str]:
        told = (
            f"model=omni,base_url={place.url}/chat/completions,num_concurrent={place.together},max_images=1"
        )
        return [
            str(python), "-m", "lm_eval", "run", "--model", "local-chat-completions", "--model_args", told,
            "--include_path", str(RECIPES / "lm_eval"), "--tasks", "pictures", "--apply_chat_template",
            "--seed", "1234", "--num_fewshot", "0", "--batch_size", "1", "--log_samples",
            "--output_path", str(place.own / "out"),
        ]  # fmt: skip

    def kept(place: Place) -> list[str]:
        return [*command(place), "--use_cache", str(place.own / "cache")]

    return Side("lm-eval", command, kept, kept, _apart("lm-eval"), python)


def _lmms_eval() -> Side:
    python = PEERS / "lmms-eval" / "bin" / "python"

    def command(place: Place) -> list[str]:
        told = f"model_version=omni,base_url={place.url},num_concurrent={place.together}"
        return [
            str(python), "-m", "lmms_eval", "--model", "openai", "--model_args", told, "--include_path",
            str(RECIPES / "lmms_eval"), "--tasks", "pictures", "--batch_size", "1", "--log_samples",
            "--output_path", str(place.own / "out"),
        ]  # fmt: skip

    def kept(place: Place) -> list[str]:
        return [*command(place), "--use_cache", str(place.own / "cache")]

    return Side("lmms-eval", command, kept, kept, _apart("lmms-eval"), python)


def _evalscope() -> Side:
    python = PEERS / "evalscope" / "bin" / "python"

    def command(place: Place) -> list[str]:
        out = str(place.own / "out")
        return [str(python), str(RECIPES / "evalscope_run.py"), place.url, str(place.together), out]

    def resume(place: Place) -> list[str]:
        return [*command(place), str(place.own / "out")]

    return Side("EvalScope", command, None, resume, _apart("evalscope"), python)


def _inspect() -> Side:
    python = PEERS / "inspect" / "bin" / "python"

    def command(place: Place) -> list[str]:
        return [
            str(python),
            str(RECIPES / "inspect_run.py"),
            place.url,
            str(place.together),
            str(place.own / "logs"),
        ]

    return Side("Inspect", command, None, lambda place: [*command(place), "retry"], _apart("inspect"), python)


def _apart(name: str) -> dict[str, str]:
    """Nothing of the studio's own environment reaches a tool's."""
    home = str(PEERS / name / "home")
    return {
        "PYTHONPATH": "",
        "OPENAI_API_KEY": "none",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": home,
        "TOKENIZERS_PARALLELISM": "false",
    }
