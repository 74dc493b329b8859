"""The highest memory of a run of 1,000, 10,000 and 100,000 questions with pictures: it should be the same.

`python -m studio run` over a stub server that answers at once, 32 under way, Exact Match and storing on; each size in a
process of its own. A thousand distinct pictures are used again and again: each question is read, encoded and sent anew.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.made_tasks import make_task
from benchmarks.report import write
from benchmarks.sides import Place, studio, through
from benchmarks.stub_server import stub

PICTURES = 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="50 and 500 questions: to see that it works")
    quick = options.parse_args().quick
    sizes = [measured(n) for n in ((50, 500) if quick else (1_000, 10_000, 100_000))]
    grown = sizes[-1]["highest, MB"] / sizes[0]["highest, MB"]
    write(
        "memory_sizes",
        {"under way": 32, "sizes": sizes, "largest to smallest": round(grown, 2)},
        keep=not quick,
    )


def measured(n: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        folder = Path(name)
        task = make_task(folder / "Pictures", "image", n, distinct=PICTURES)
        with stub(folder / "counted", 0) as url:
            spent = through(studio(), Place(url, task, 32, folder / "own"))
    found = {"questions": n, "seconds": round(spent.seconds, 1), "highest, MB": round(spent.peak_mb, 1)}
    print(found, flush=True)
    return found


if __name__ == "__main__":
    main()
