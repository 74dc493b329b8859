"""A command that behaves as `vllm serve` does from the outside: says what it does, listens, or ends with a reason.

`python serve_stub.py MODEL --host H --port P [--fail WORDS] [--never] [--child FILE] …`; writes its own process id and
that of a child of its own to FILE.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.engines.server_stub import Stub


def option(name: str) -> str | None:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def main() -> int:
    print("INFO 11-22 05:00:00 [api_server.py:1] vLLM API server version 0.0.stub", flush=True)
    print(f"CUDA_VISIBLE_DEVICES={os.environ.get('CUDA_VISIBLE_DEVICES', '')}", flush=True)
    if words := option("--fail"):
        print(words, flush=True)
        return 1
    if file := option("--child"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(file).write_text(f"{os.getpid()} {child.pid}")
    if "--never" not in sys.argv:
        name = option("--served-model-name") or sys.argv[1]
        Stub(
            lambda body: "ОТВЕТ кот", {"data": [{"id": name, "owned_by": "vllm"}]}, int(option("--port") or 0)
        )
        print("INFO 11-22 05:00:01 [launcher.py:2] Application startup complete.", flush=True)
    time.sleep(600)
    return 0


if __name__ == "__main__":
    sys.exit(main())
