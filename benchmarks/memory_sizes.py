"""The highest memory of a run of 1,000, 10,000 and 100,000 questions with pictures: it should be the same.

`python -m studio run` over a stub server that answers at once, 32 under way, Exact Match and storing on; each size in a
process of its own. No task has more questions than MERA's largest. A thousand distinct pictures are used again and
again: each question is read, encoded and sent anew. Last, one task of 100,000 questions up to its first answer.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import counting
from benchmarks.made_tasks import make_task
from benchmarks.report import write
from benchmarks.sides import Place, finish, highest_mb, kill, launch, studio
from benchmarks.stub_server import stub

PICTURES = 1000
LARGEST = 7_432  # questions of UniScienceVQA
HIGHEST, FIRST = "highest, MB", "highest up to the first answer, MB"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="few questions: to see that it works")
    quick = options.parse_args().quick
    sizes = [measured(n) for n in ((50, 500) if quick else (1_000, 10_000, 100_000))]
    n = 1_000 if quick else 100_000
    write(
        "memory_sizes",
        {
            "under way": 32,
            "sizes": sizes,
            "largest to smallest": round(sizes[-1][HIGHEST] / sizes[0][HIGHEST], 2),
            "one task": {"questions": n, FIRST: measured(n, one_task=True)[FIRST]},
        },
        keep=not quick,
    )


def measured(n: int, *, one_task: bool = False) -> dict[str, Any]:
    """A run over n questions; of one task only up to its first answer."""
    side = studio()
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        folder = Path(name)
        log = folder / "counted"
        parts = 1 if one_task else -(-n // LARGEST)
        tasks = [
            make_task(folder / f"Pictures{i}", "image", n // parts, distinct=PICTURES) for i in range(parts)
        ]
        with stub(log, 0) as url:
            place = Place(url, tasks[0], 32, folder / "own")
            command = side.command(place)
            command[command.index("--task") + 1 : command.index("--judge")] = map(str, tasks)
            started = time.perf_counter()
            process = launch(side, command, place)
            while not counting.read(log).ended:
                time.sleep(0.05)
            first = highest_mb(process.pid)
            if one_task:
                kill(process)
                return {FIRST: round(first, 1)}
            spent = finish(side, process, started, place)
    found = {
        "questions": n // parts * parts,
        "tasks": parts,
        FIRST: round(first, 1),
        HIGHEST: round(spent.peak_mb, 1),
    }
    print(found, flush=True)
    return found


if __name__ == "__main__":
    main()
