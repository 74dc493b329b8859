"""A run over a real vLLM beside the raw limit and other tools: an asyncio client that sends the same requests and keeps
nothing, lm-eval, lmms-eval, EvalScope, Inspect.

400 questions with 400 different pictures, 32 under way, the embedded model in vLLM on the CPU, its caches off. Each
side is a process of its own, in turns; the studio's scores by Exact Match and writes to SQLite. Server and client share
the cores, so this is the worst case. The request phase is taken where the requests arrive. Then each side but the raw
one is killed with SIGKILL when half is answered, and taken up again: how many of the answered questions does it ask
once more? Last, the studio beside the raw client at a stub that answers after 50 ms, 64 under way.

`VLLM_CPU_ENV` names the environment with vLLM, `BENCH_PEERS` the folder with those of the tools (peers/make.sh).
"""

import argparse
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import counting
from benchmarks.made_tasks import make_task
from benchmarks.report import write
from benchmarks.rounds import in_turns, once, table, vllm
from benchmarks.sides import Place, Side, bodies, finish, kill, launch, peers, raw, raw_openai, studio
from benchmarks.stub_server import stub
from tests.servers.real_vllm import THERE

LATENCY_S = 0.05
SETTLED_S = 1.0  # between a kill and the next start: the server is done with what nobody waits for


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="a few requests, one round: to see that it works"
    )
    options.add_argument("--tools", nargs="*", help="names of the other tools; all when left out")
    asked = options.parse_args()
    n, rounds, stub_n = (40, 1, 200) if asked.quick else (400, 5, 3000)
    if not THERE:
        print("left out: no environment with vLLM on this machine")
        return
    tools = [side for side in peers() if asked.tools is None or side.name in asked.tools]
    here = [side for side in tools if side.there]
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        folder = Path(name)
        result = {
            "questions": n,
            "under way": 32,
            "left out": [side.name for side in tools if not side.there],
            **at_vllm(folder, here, n, rounds),
        }
        write("server", result, keep=not asked.quick)
        stubbed = at_stub(folder, stub_n, rounds)
    write("server", {**result, "stub": stubbed}, keep=not asked.quick)


def at_vllm(folder: Path, tools: list[Side], n: int, rounds: int) -> dict[str, Any]:
    log = folder / "counted"
    log.touch()
    task = make_task(folder / "Pictures", "image", n)
    with vllm(folder, log) as url:
        place = Place(url, task, 32, folder / "own")
        bodies(place)
        once(raw(), place, log, n)  # warm
        took = in_turns([raw(), studio(), *tools], place, log, n, rounds, seldom=2)
        killed = {side.name: asked_again(side, place, log, n) for side in [studio(), *tools]}
    return {"sides": table(took, n), "killed": killed}


def at_stub(folder: Path, n: int, rounds: int) -> dict[str, Any]:
    log = folder / "counted-by-stub"
    task = make_task(folder / "Many", "image", n)
    with stub(log, LATENCY_S) as url:
        place = Place(url, task, 64, folder / "own")
        bodies(place)
        once(raw(), place, log, n)
        took = in_turns([raw(), studio(), raw_openai()], place, log, n, rounds)
    return {"questions": n, "under way": 64, "latency, s": LATENCY_S, "sides": table(took, n)}


def asked_again(side: Side, place: Place, log: Path, n: int) -> dict[str, Any]:
    """SIGKILL within the second after half is answered, and from there to the end: what was asked though it had been
    answered. The moment is random: a server answers in bursts."""
    place = replace(place, own=place.own / f"{side.name}-killed")
    counting.clear(log)
    process = launch(side, (side.kept or side.command)(place), place)
    while len(counting.read(log).ended) < n // 2:
        if process.poll() is not None:
            raise SystemExit(f"{side.name} ended before it was killed")
        time.sleep(0.05)
    time.sleep(random.Random(side.name).random())
    moment = kill(process)
    time.sleep(SETTLED_S)
    assert side.resume is not None
    started = time.perf_counter()
    spent = finish(side, launch(side, side.resume(place), place), started, place)
    told = counting.read(log)
    found = {
        "answered before": told.answered_before(moment),
        "asked again": told.again(moment),
        "of those, answered 0.2 s or more before": told.again(moment, 0.2),
        "lost": n - len({mark for _, mark in told.ended}),
        "from resuming to exit, s": round(spent.seconds, 1),
    }
    print(side.name, found, flush=True)
    return found


if __name__ == "__main__":
    main()
