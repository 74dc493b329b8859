"""vLLM as a child: started in the environment that the operator names, watched until ready, ended with the studio."""

import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.errors import Cancelled, ModelError
from studio.servers.gpus import Claim

READY_WITHIN_S = 3600.0  # a large model is fetched, loaded and compiled first
POLL_S = 0.25
SHOWN = 6  # lines of the log that are shown while it starts

# What vLLM's log says when it will not start, and what that means. The first that is found counts.
_REASONS: tuple[tuple[str, str], ...] = (
    (r"[Oo]ut of memory|OutOfMemoryError|No available memory for the cache|KV cache is needed, which is larger|"
     r"less than desired GPU memory utilization", "vllm_no_memory"),
    (r"[Aa]ddress already in use|error while attempting to bind", "vllm_port_taken"),
    (r"[Mm]odel architectures .* (?:are not supported|failed to be inspected)|does not recognize this architecture|"
     r"Unrecognized (?:configuration|model)|has no vLLM implementation", "vllm_unknown_architecture"),
    (r"is not a local folder and is not a valid model identifier|RepositoryNotFoundError|LocalEntryNotFoundError|"
     r"Can't load the configuration|couldn't connect to .*huggingface", "vllm_model_missing"),
    (r"unrecognized arguments|invalid choice|expected one argument|error: argument", "vllm_bad_option"),
    (r"World size .* is larger than|not enough GPUs|tensor parallel size", "vllm_too_few_gpus"),
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What is to be served: a folder or hub id, vLLM's own options as they stand on its command line, and the GPUs."""

    model: str
    options: tuple[str, ...] = ()
    gpus: int = 0
    environ: Mapping[str, str] = field(default_factory=dict)


class ManagedServer:
    """A running `vllm serve`. `url` is its base URL once `wait` has returned."""

    def __init__(self, command: Sequence[str], wish: Wish, log: Path) -> None:
        """Starts it on a free port. Raises ModelError: no such command, no free GPU."""
        if shutil.which(command[0]) is None:
            raise ModelError("vllm_not_installed", command=command[0])
        self._claim = Claim(wish.gpus)
        self._wish = wish
        self.log = log
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/v1"
        log.parent.mkdir(parents=True, exist_ok=True)
        listen = ("--host", "127.0.0.1", "--port", str(self.port))
        asked = [*command, wish.model, *listen, *wish.options]
        keeper = [sys.executable, str(Path(__file__).with_name("keeper.py")), *asked]
        environ = {**wish.environ, **self._claim.environ}
        with log.open("wb") as out:
            out.write(f"$ {shlex.join(asked)}\n".encode())
            out.flush()
            self._process = subprocess.Popen(
                keeper, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, env=environ
            )

    def wait(self, say: Callable[[str], None], cancelled: Callable[[], bool]) -> None:
        """Returns when it answers; `say` is told the last lines of its log meanwhile.

        Raises ModelError with the reason in one sentence when it ends instead, Cancelled when nobody waits any more.
        """
        end, said = time.monotonic() + READY_WITHIN_S, ""
        while not self._healthy():
            if self._process.poll() is not None:
                self.stop()
                raise self._failure()
            if cancelled() or time.monotonic() > end:
                self.stop()
                raise (
                    Cancelled("cancelled") if cancelled() else ModelError("vllm_slow", model=self._wish.model)
                )
            if (lines := "\n".join(self.tail(SHOWN))) != said:
                said = lines
                say(said)
            time.sleep(POLL_S)
        say("\n".join(self.tail(SHOWN)))

    def tail(self, n: int) -> list[str]:
        """The last lines of its log that say anything."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - 64_000))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            return []
        return [line.strip()[:400] for line in text.splitlines() if line.strip()][-n:]

    @property
    def devices(self) -> str:
        """The GPUs that are its own, by CUDA's names; empty where it has none."""
        return ",".join(self._claim.names)

    @property
    def batch_invariant(self) -> bool:
        """Whether it was told to compute an answer the same whatever shares its batch, as vLLM reads the variable."""
        told = self._wish.environ.get("VLLM_BATCH_INVARIANT", "0").strip()
        return told.lstrip("+-").isdigit() and int(told) != 0

    @property
    def alive(self) -> bool:
        """Whether it runs and answers."""
        return self._process.poll() is None and self._healthy()

    def stop(self) -> None:
        """Ends it and gives its GPUs back. May be called twice."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._claim.release()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError, ValueError):
            return False

    def _failure(self) -> ModelError:
        lines = self.tail(400)
        code, words = reason_of(lines)
        return ModelError(code, model=self._wish.model, words=words, log=str(self.log))


def reason_of(lines: Sequence[str]) -> tuple[str, str]:
    """(error code, the line that told) out of the log of a vLLM that did not start."""
    for pattern, code in _REASONS:
        line = next((line for line in reversed(lines) if re.search(pattern, line)), None)
        if line is not None:
            return code, _gist(line)
    told = [line for line in lines if re.search(r"\b\w*(?:Error|Exception|error):", line)]
    return "vllm_failed", _gist((told or list(lines) or [""])[-1])


def command_of(text: str) -> tuple[str, ...]:
    """The beginning of the command line: an environment's folder means its `vllm serve`; anything else is a command."""
    folder = Path(text).expanduser()
    if folder.is_dir():
        return (str(folder / "bin" / "vllm"), "serve")
    return tuple(shlex.split(text))


def _gist(line: str) -> str:
    """A line of the log without the process, time and place that stand before what it says."""
    return re.sub(
        r"^(?:\([^)]*\)\s*)?(?:(?:ERROR|INFO|WARNING|CRITICAL)\s[\d\-: ]*\[[^\]]*\]\s*)?", "", line
    )[:300]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
