"""Time from `python app.py` to the first page served, and what importing the parts costs, the disk warm."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.report import percentiles, write

ROOT = Path(__file__).parent.parent
REPEATS = 5


def main() -> None:
    app = [serve() for _ in range(REPEATS)]
    bare = [run("import gradio") for _ in range(REPEATS)]
    cli = [run("import studio.cli") for _ in range(REPEATS)]
    write(
        "startup",
        {
            "repeats": REPEATS,
            "app.py to first page, s": percentiles(app),
            "import gradio alone, s": percentiles(bare),
            "import studio.cli, s": percentiles(cli),
            "ratio app / import gradio": round(sorted(app)[REPEATS // 2] / sorted(bare)[REPEATS // 2], 2),
        },
    )


def serve() -> float:
    """Seconds until the page answers."""
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        environ = {**os.environ, "STUDIO_HOME": home, "PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False"}
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not answers(port):
                if process.poll() is not None:
                    raise SystemExit("app.py ended before it served a page")
                time.sleep(0.05)
            return time.perf_counter() - start
        finally:
            process.terminate()
            process.wait(20)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def run(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return time.perf_counter() - start


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    main()
