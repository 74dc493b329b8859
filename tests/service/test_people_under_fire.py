"""Annotators in several processes that are killed at any moment: nothing that was acknowledged is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.people import PROJECT, Desk, desk_maker

ROOT = Path(__file__).parents[2]
PEOPLE = ("ann", "bob", "cid", "dan", "eva", "fil")
ITEMS, OVERLAP, KILLS = 40, 5, 6


def processes(tmp_path: Path) -> tuple[Callable[[int], "subprocess.Popen[bytes]"], Path]:
    """Starts the process of two people, the first, second or third; all write to one file what was acknowledged."""
    acked = tmp_path / "acked"

    def start(n: int) -> "subprocess.Popen[bytes]":
        who = PEOPLE[2 * n : 2 * n + 2]
        arguments = [str(tmp_path / "home"), str(tmp_path / "task"), str(acked), *who]
        return subprocess.Popen([sys.executable, "-m", "tests.annotators", *arguments], cwd=ROOT)

    return start, acked


def lines(acked: Path) -> list[list[str]]:
    text = acked.read_text() if acked.exists() else ""
    return [line.split() for line in text.splitlines() if line.startswith("+")]


def test_people_answer_while_their_processes_are_killed_and_started_again(tmp_path: Path) -> None:
    make: Callable[[], Desk] = desk_maker(tmp_path, ["кот"] * ITEMS)
    desk = make()
    desk.make(*PEOPLE, overlap=OVERLAP, lease_s=60.0)
    desk.clock[0] = time.time()
    start, acked = processes(tmp_path)
    running = [start(n) for n in range(3)]
    rng, until = random.Random(5), time.monotonic() + 300
    moments = sorted(rng.sample(range(10, ITEMS * OVERLAP - 10), KILLS))
    while any(process.poll() is None for process in running) and time.monotonic() < until:
        if moments and len(lines(acked)) >= moments[0]:
            moments.pop(0)
            n = rng.randrange(3)
            if running[n].poll() is None:
                os.kill(running[n].pid, signal.SIGKILL)
                running[n].wait()
                running[n] = start(n)
        threading.Event().wait(0.005)
    assert [process.wait(60) for process in running] == [0, 0, 0] and moments == []

    told = lines(acked)
    again = make()
    kept = [row for row in again.store.projects.responses(PROJECT) if row.action == "answer"]
    said = Counter((row.person, row.item) for row in kept)
    assert max(said.values()) == 1, "nobody has an item twice"
    assert {(client_id.split("-")[0], int(item)) for _, client_id, item in told} <= said.keys()
    assert all(row.text == f"{row.person} о {row.item}" for row in kept)
    assert again.valid() == dict.fromkeys(range(1, ITEMS + 1), OVERLAP), "complete, and never more than that"
    assert again.journal.verify() == again.store.projects.applied()
    for each in (desk, again):
        each.close()
