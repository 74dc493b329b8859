"""Sides in turns against one server: what each took in each round, and medians with their spread."""

import os
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import counting
from benchmarks.sides import Place, Side, through
from studio.settings import REPOSITORY
from tests.servers.real_vllm import UNCACHED, RealServer

READY_WITHIN_S = 300.0


@dataclass(frozen=True)
class Took:
    """One side in one round: the request phase as the server saw it, start to exit, MB, and requests in all."""

    request_s: float
    whole_s: float
    peak_mb: float
    asked: int


@contextmanager
def vllm(folder: Path, log: Path, *, apart: bool = False) -> Iterator[str]:
    """The base URL of a real vLLM that counts into `log`, its caches off. `apart`: it has one half of the cores, and
    whoever is started meanwhile the other; else they share all of them."""
    shutil.copy(REPOSITORY / "benchmarks" / "counting.py", folder / "counting.py")
    options = (
        *UNCACHED,
        "--trust-request-mm-kwargs",
        "--disable-uvicorn-access-log",
        "--middleware",
        "counting.Middleware",
    )
    environ = {"PYTHONPATH": str(folder), counting.VARIABLE: str(log)}
    server = RealServer(folder / "vllm.log", *options, environ=environ)
    cores = sorted(os.sched_getaffinity(0))
    half = len(cores) // 2
    try:
        if apart:  # a process begins on the cores of whoever starts it
            os.sched_setaffinity(0, cores[:half])
        server.start()
        if apart:
            os.sched_setaffinity(0, cores[half:])
        end = time.monotonic() + READY_WITHIN_S
        while not server.ready:
            if time.monotonic() > end:
                raise SystemExit("vLLM does not come up; see its log")
            time.sleep(0.2)
        yield server.url
    finally:
        os.sched_setaffinity(0, cores)
        server.kill()


def once(side: Side, place: Place, log: Path, n: int) -> Took:
    """A side through all `n` questions, in a folder of its own that is gone afterwards."""
    own = place.own / f"{side.name}-{time.time_ns()}"
    counting.clear(log)
    spent = through(side, replace(place, own=own))
    told = counting.read(log)
    if len({mark for _, mark in told.ended}) != n:
        raise SystemExit(f"{side.name}: {len(told.ended)} answers to {n} questions")
    shutil.rmtree(own)
    return Took(told.seconds, spent.seconds, spent.peak_mb, len(told.began))


def in_turns(
    sides: Sequence[Side], place: Place, log: Path, n: int, rounds: int, *, seldom: int = 0
) -> dict[str, list[Took]]:
    """Every side once a round; those after the first two only in the last `seldom` rounds, where that is given."""
    took: dict[str, list[Took]] = {side.name: [] for side in sides}
    for number in range(rounds):
        for side in sides if not seldom or number >= rounds - seldom else sides[:2]:
            took[side.name].append(once(side, place, log, n))
            print(f"round {number + 1}, {side.name}: {took[side.name][-1]}", flush=True)
    return took


def table(took: dict[str, list[Took]], n: int) -> dict[str, dict[str, Any]]:
    """By side: requests a second, the ratio to the first side in the same round, start to exit, memory."""
    first = next(iter(took.values()))
    found = {}
    for name, rounds in took.items():
        ratios = [
            raw.request_s / own.request_s for raw, own in zip(first[-len(rounds) :], rounds, strict=True)
        ]
        found[name] = {
            "rounds": len(rounds),
            "requests/s": spread([n / each.request_s for each in rounds], 1),
            "of raw": spread(ratios, 2),
            "start to exit, s": spread([each.whole_s for each in rounds], 1),
            "peak memory, MB": spread([each.peak_mb for each in rounds], 0),
        }
    return found


def spread(values: Sequence[float], digits: int) -> dict[str, float]:
    """The median, and the least and the greatest beside it."""
    return {
        "median": round(statistics.median(values), digits),
        "low": round(min(values), digits),
        "high": round(max(values), digits),
    }


def shown(value: Any) -> str:
    """A spread as it stands in a table: `0.96 (0.94-0.98)`; anything else as it is."""
    if not isinstance(value, dict):
        return str(value)
    return f"{value['median']:g} ({value['low']:g}–{value['high']:g})"
