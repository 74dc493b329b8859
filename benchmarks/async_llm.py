"""vLLM asked over HTTP beside vLLM in the asker's own process: what would be won if the studio held `AsyncLLM` itself.

The same questions, each with a picture of its own, 32 under way, the embedded model in vLLM on the CPU, its caches off.
Both sides are open and warm before a second is counted and read the files themselves; neither scores or stores. Rounds
alternate, and every other one begins with the other side. `VLLM_CPU_ENV` names the environment with vLLM.

Counted are the seconds from the first request to the last answer and the processor's seconds that all processes of a
side took meanwhile (client, server, engine): on a machine that others use too, the clock alone says little.
"""

import asyncio
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.made_tasks import make_task
from benchmarks.report import write
from benchmarks.sides import TOKENS
from studio.servers import ManagedServer, Wish
from studio.settings import REPOSITORY
from tests.servers.real_vllm import ENVIRON, ENVIRONMENT, MODEL, OPTIONS, SERVE, UNCACHED

N, TOGETHER, ROUNDS = 400, 32, 8
HTTP, INSIDE = "HTTP", "AsyncLLM"
Record = dict[str, Any]
Ask = Callable[[Record], Awaitable[str]]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        task = make_task(folder / "Pictures", "image", N)
        before = children(os.getpid())
        server = ManagedServer(SERVE, Wish(MODEL, (*OPTIONS, *UNCACHED), 0, environ()), folder / "log")
        (keeper,) = children(os.getpid()) - before
        sides: list[Side] = []
        try:
            server.wait(lambda words: None, lambda: False)
            sides = [
                Side(HTTP, sys.executable, ["--http", server.url, str(task)], [keeper]),
                Side(INSIDE, str(ENVIRONMENT / "bin" / "python"), ["--inside", str(task)], []),
            ]
            rounds = [play(sides, first) for first in range(ROUNDS)]
        finally:
            for side in sides:
                side.end()
            server.stop()
    write("async_llm", summary(rounds))


class Side:
    """One way to ask: a process that holds the client, and the processes that work for it."""

    def __init__(self, name: str, python: str, arguments: list[str], helpers: list[int]) -> None:
        self.name = name
        command = [python, "-m", "benchmarks.async_llm", *arguments]
        self._process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._pids = [self._process.pid, *helpers]
        self._heard()  # it is open, and has answered every question once

    def round(self) -> Record:
        before = sum(map(processor_s, self._pids))
        assert self._process.stdin
        print("go", file=self._process.stdin, flush=True)
        return {**self._heard(), "processor_s": sum(map(processor_s, self._pids)) - before}

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)

    def _heard(self) -> Record:
        """The next line that is ours: a library may print others."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith('{"request_s"'):
                return dict(json.loads(line))
        raise SystemExit(f"{self.name} ended")


def play(sides: list[Side], first: int) -> dict[str, Record]:
    order = sides if first % 2 == 0 else sides[::-1]
    return {side.name: side.round() for side in order}


def summary(rounds: list[dict[str, Record]]) -> dict[str, Any]:
    n = len(rounds[0][HTTP]["answers"])
    same = sum(a == b for a, b in zip(rounds[0][HTTP]["answers"], rounds[0][INSIDE]["answers"], strict=True))
    found: dict[str, Any] = {
        "requests": n,
        "under way": TOGETHER,
        "rounds": len(rounds),
        "same answers": same,
    }
    for name in (HTTP, INSIDE):
        seconds = [each[name]["request_s"] for each in rounds]
        found[f"{name}, requests/s"] = round(n / statistics.median(seconds), 1)
        found[f"{name}, seconds of the rounds"] = [round(s, 2) for s in seconds]
        found[f"{name}, processor, s"] = round(statistics.median(r[name]["processor_s"] for r in rounds), 1)
    for key, title in (("request_s", "time"), ("processor_s", "processor's time")):
        ratios = sorted(each[INSIDE][key] / each[HTTP][key] for each in rounds)
        found[f"{title}, AsyncLLM / HTTP, median"] = round(statistics.median(ratios), 2)
        found[f"{title}, AsyncLLM / HTTP, from and to"] = [round(ratios[0], 2), round(ratios[-1], 2)]
    return found


def children(pid: int) -> set[int]:
    return {
        int(word)
        for path in Path(f"/proc/{pid}/task").glob("*/children")
        for word in path.read_text().split()
    }


def processor_s(pid: int) -> float:
    """Seconds of the processor that a process and all that it has started have taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own and those of children that ended
    return own + sum(map(processor_s, children(pid)))


async def answer(ask: Ask, task: Path) -> None:
    """Asks everything once, says that it is ready, and then once more for each line that comes in."""
    records = json.loads((task / "test.json").read_text(encoding="utf-8"))["data"]
    await everything(ask, records)
    print(json.dumps({"request_s": None}), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        start = time.perf_counter()
        answers = await everything(ask, records)
        print(json.dumps({"request_s": time.perf_counter() - start, "answers": answers}), flush=True)


async def everything(ask: Ask, records: list[Record]) -> list[str]:
    room = asyncio.Semaphore(TOGETHER)

    async def one(record: Record) -> str:
        async with room:
            return await ask(record)

    return await asyncio.gather(*(one(record) for record in records))


def environ() -> dict[str, str]:
    return {**os.environ, **ENVIRON}


def said_around(record: Record) -> list[str]:
    """The prompt's text before the picture and after it."""
    text: str = record["instruction"].format(question=record["inputs"]["question"])
    return text.split("<image>")


def body(task: Path, record: Record) -> Record:
    data = base64.b64encode((task / record["inputs"]["image"]).read_bytes()).decode()
    before, after = said_around(record)
    content = [
        {"type": "text", "text": before},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
        {"type": "text", "text": after},
    ]
    settings = {"max_completion_tokens": TOKENS, "temperature": 0.0, "top_p": 1.0, "seed": 1234}
    return {"model": "omni", "messages": [{"role": "user", "content": content}], **settings}


async def over_http(url: str, task: Path) -> None:
    import httpx2

    async with httpx2.AsyncClient(timeout=600, limits=httpx2.Limits(max_connections=None)) as client:

        async def ask(record: Record) -> str:
            asked = await asyncio.to_thread(body, task, record)
            found = await client.post(f"{url}/chat/completions", json=asked)
            return str(found.raise_for_status().json()["choices"][0]["message"]["content"])

        await answer(ask, task)


async def inside(task: Path) -> None:
    from PIL import Image
    from vllm import SamplingParams
    from vllm.engine.arg_utils import AsyncEngineArgs
    from vllm.sampling_params import RequestOutputKind
    from vllm.v1.engine.async_llm import AsyncLLM

    engine = AsyncLLM.from_engine_args(
        AsyncEngineArgs(
            model=MODEL, dtype="float32", enforce_eager=True, max_model_len=2048,
            enable_prefix_caching=False, mm_processor_cache_gb=0,
        )
    )  # fmt: skip
    tokenizer = engine.get_tokenizer()
    how = SamplingParams(
        temperature=0.0, top_p=1.0, seed=1234, max_tokens=TOKENS, output_kind=RequestOutputKind.FINAL_ONLY
    )
    numbers = iter(range(10**9))

    def prompt(record: Record) -> Record:
        before, after = said_around(record)
        content = [{"type": "text", "text": before}, {"type": "image"}, {"type": "text", "text": after}]
        said = [{"role": "user", "content": content}]
        text = tokenizer.apply_chat_template(said, tokenize=False, add_generation_prompt=True)
        picture = Image.open(task / record["inputs"]["image"]).convert("RGB")
        return {"prompt": text, "multi_modal_data": {"image": picture}}

    async def ask(record: Record) -> str:
        asked = await asyncio.to_thread(prompt, record)
        text = ""
        async for found in engine.generate(asked, how, str(next(numbers))):
            text = found.outputs[0].text
        return text

    try:
        await answer(ask, task)
    finally:
        engine.shutdown()


if __name__ == "__main__":
    if "--http" in sys.argv:
        asyncio.run(over_http(sys.argv[2], Path(sys.argv[3])))
    elif "--inside" in sys.argv:
        asyncio.run(inside(Path(sys.argv[2])))
    else:
        main()
