"""A run of 2,000 samples that is killed with SIGKILL at 50 random moments and taken up again each time.

Two engines: the server's, over a stub that answers after 100 ms, four under way (about as many answers a second as a
real vLLM gives here), each start a process of its own by the command line; and that of transformers, over the embedded
model and the demo suite's records. There each start is forked from a process that has torch and transformers
imported: fifty times importing them would take minutes and test nothing of ours.

Lost: samples without an answer. Doubled: samples with two. The wall time stands beside that of the undisturbed run plus
what the starts cost: the time to a first answer of a run of one sample, or up to the kill where that came before.
"""

import argparse
import math
import multiprocessing
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from benchmarks.made_tasks import make_task
from benchmarks.memory import repeated
from benchmarks.report import write
from benchmarks.sides import Place, Side, database, kill, launch, studio
from benchmarks.stub_server import stub

PRELOADED = (
    "torch",
    "transformers.models.qwen2_5_omni.modeling_qwen2_5_omni",
    "transformers.models.qwen2_5_omni.processing_qwen2_5_omni",
    "studio.service",
    "studio.engines.transformers",
)
COVERED = 0.7  # of the run is answered between the kills, if all goes well; the rest after the last
LATENCY_S, TOGETHER = 0.1, 4


class Started(Protocol):
    """A process with a run in it."""

    def over(self, within_s: float) -> bool: ...

    def kill(self) -> None: ...


@dataclass(frozen=True)
class Subject:
    """How a run is started or taken up again, in a folder of its own; `one` is a run of one sample."""

    start: Callable[[Path], Started]
    one: Callable[[Path], Started]
    samples: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="120 samples, five kills: to see that it works")
    options.add_argument("--engines", nargs="*", choices=("server", "transformers"))
    asked = options.parse_args()
    n, kills = (120, 5) if asked.quick else (2000, 50)
    engines = asked.engines or ["server", "transformers"]
    for name in engines:
        with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
            made = {"server": over_server, "transformers": over_transformers}[name]
            found = made(Path(folder), n, kills)
        write(f"kills_{name}", found, keep=not asked.quick)


def over_server(folder: Path, n: int, kills: int) -> dict[str, Any]:
    log = folder / "counted"
    task = make_task(folder / "Pictures", "image", n)
    with stub(log, LATENCY_S) as url:
        place = Place(url, task, TOGETHER, folder)
        side = studio()
        subject = Subject(
            lambda own: _Command(side, replace(place, own=own)),
            lambda own: _Command(side, replace(place, own=own), ("--limit", "1")),
            n,
        )
        return {"engine": "server (stub)", **disturbed(subject, folder, kills)}


def over_transformers(folder: Path, n: int, kills: int) -> dict[str, Any]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    tasks = repeated(folder, n)
    subject = Subject(
        lambda own: _Forked(context, own, tasks, None),
        lambda own: _Forked(context, own, tasks[:1], 1),
        n // len(tasks) * len(tasks),  # each task has the same number
    )
    return {"engine": "transformers (embedded model)", **disturbed(subject, folder, kills)}


def disturbed(subject: Subject, folder: Path, kills: int) -> dict[str, Any]:
    subject.one(folder / "first").over(600)  # files and libraries come into the system's cache
    start_s = statistics.median(_whole(subject.one, folder / f"one-{i}") for i in range(3))
    calm_s = _whole(subject.start, folder / "calm")
    own = folder / "killed"
    moments = delays(start_s, calm_s - start_s, kills)
    began, starts, made = time.perf_counter(), [], 0
    for delay in moments:
        process = subject.start(own)
        if process.over(delay):
            break
        process.kill()
        made += 1
        starts.append(min(delay, start_s))
    else:
        subject.start(own).over(3600)
        starts.append(start_s)
    wall_s = time.perf_counter() - began
    expected = calm_s - start_s + sum(starts)
    return {
        "samples": subject.samples,
        "kills": made,
        **counted(own / "studio.sqlite", subject.samples),
        "undisturbed, s": round(calm_s, 1),
        "a start, s": round(start_s, 2),
        "all starts, s": round(sum(starts), 1),
        "wall, s": round(wall_s, 1),
        "ratio": round(wall_s / expected, 2),
    }


def delays(start_s: float, work_s: float, kills: int) -> list[float]:
    """Moments evenly random from 0 to twice a mean m, which is such that the work done before them, of mean
    (2m - start)^2 / 4m, adds up to `COVERED` of all."""
    share = COVERED * work_s / kills
    mean = (start_s + share + math.sqrt((start_s + share) ** 2 - start_s**2)) / 2
    rng = random.Random(1)
    return [rng.uniform(0, 2 * mean) for _ in range(kills)]


def counted(db: Path, samples: int) -> dict[str, int]:
    """What a file holds of its only run."""
    connection = sqlite3.connect(db)
    answers = connection.execute(
        "SELECT COUNT(*) FROM generations WHERE status = 'ok' GROUP BY run_id, sample_id"
    ).fetchall()
    (runs,) = connection.execute("SELECT COUNT(*) FROM runs").fetchone()
    (failed,) = connection.execute("SELECT COUNT(*) FROM generations WHERE status <> 'ok'").fetchone()
    connection.close()
    if runs != 1:
        raise SystemExit(f"{runs} runs in {db}")
    return {"lost": samples - len(answers), "doubled": sum(n > 1 for (n,) in answers), "failed": failed}


class _Command:
    """`python -m studio run`, or `resume` where a run is there."""

    def __init__(self, side: Side, place: Place, more: tuple[str, ...] = ()) -> None:
        assert side.resume is not None
        command = side.resume(place) if _begun(database(place)) else [*side.command(place), *more]
        self._process = launch(side, command, place)

    def over(self, within_s: float) -> bool:
        end = time.perf_counter() + within_s
        while self._process.poll() is None:
            if time.perf_counter() >= end:
                return False
            time.sleep(0.01)
        if self._process.returncode:
            raise SystemExit(f"the studio ended with {self._process.returncode}")
        return True

    def kill(self) -> None:
        kill(self._process)


class _Forked:
    """A studio in a process forked from one that has the libraries imported."""

    def __init__(self, context: Any, own: Path, tasks: tuple[str, ...], limit: int | None) -> None:
        own.mkdir(parents=True, exist_ok=True)
        self._process = context.Process(target=go_on, args=(str(own), tasks, limit))
        self._process.start()

    def over(self, within_s: float) -> bool:
        self._process.join(within_s)
        if self._process.exitcode not in {None, 0}:
            raise SystemExit(f"the studio ended with {self._process.exitcode}")
        return self._process.exitcode == 0

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def go_on(home: str, tasks: tuple[str, ...], limit: int | None) -> None:
    """The run of a home to its end: taken up where there is one."""
    from studio.core.run import RunSpec
    from studio.service import Studio
    from studio.settings import Settings

    studio = Studio.open(Settings(home=Path(home), db=Path(home) / "studio.sqlite"))
    runs = studio.runs()
    if runs:
        run_id = runs[0].id
        studio.resume(run_id)
    else:
        run_id = studio.start(RunSpec("embedded", tasks, limit=limit, judge="none"))
    run = studio.wait(run_id)
    studio.close()
    if run.state != "done" or run.failed:
        raise SystemExit(f"the run is not whole: {run}")


def _begun(db: Path) -> bool:
    """Whether a run was made before the kill."""
    if not db.exists():
        return False
    connection = sqlite3.connect(db)
    try:
        return bool(connection.execute("SELECT COUNT(*) FROM runs").fetchone()[0])
    except sqlite3.OperationalError:
        return False  # killed while the file was made
    finally:
        connection.close()


def _whole(start: Callable[[Path], Started], own: Path) -> float:
    began = time.perf_counter()
    start(own).over(3600)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
