"""Memory of the process over a run of 20,000 samples: it should be flat.

The records are the demo suite's, repeated under other ids with the same media, answered by the embedded model (short
answers, so that the run ends today). The resident size is read from the system after every 500 samples.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.report import write
from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.service import Studio
from studio.settings import REPOSITORY, Settings

STEP = 500


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--samples", type=int, default=20_000)
    options.add_argument("--new-tokens", type=int, default=4)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tasks = repeated(Path(folder), asked.samples)
        studio = Studio.open(Settings(home=Path(folder), db=Path(folder) / "s.sqlite"))
        start = time.perf_counter()
        points = follow(studio, tasks, asked.new_tokens)
        seconds = time.perf_counter() - start
        studio.close()
    settled = [mb for done, mb in points if done >= asked.samples * 0.1]
    write(
        "memory",
        {
            "samples": asked.samples,
            "seconds": round(seconds, 1),
            "resident_mb_after_10_percent": settled[0],
            "resident_mb_at_the_end": settled[-1],
            "highest_mb": max(settled),
            "growth": round(settled[-1] / settled[0], 3),
            "points": points,
        },
    )


def repeated(folder: Path, samples: int) -> tuple[str, ...]:
    """Six task folders like the demo's, each with its share of the samples."""
    sources = sorted(path.parent for path in (REPOSITORY / "data" / "demo").glob("*/test.json"))
    made = []
    for source in sources:
        target = folder / source.name
        target.mkdir()
        shutil.copytree(source / "samples", target / "samples")  # a link out of the folder would be refused
        data = json.loads((source / "test.json").read_text(encoding="utf-8"))
        records = data["data"]
        wanted = samples // len(sources)
        data["data"] = [
            {**records[i % len(records)], "meta": {**records[i % len(records)]["meta"], "id": i + 1}}
            for i in range(wanted)
        ]
        (target / "test.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        made.append(str(target))
    return tuple(made)


def follow(studio: Studio, tasks: tuple[str, ...], new_tokens: int) -> list[tuple[int, float]]:
    spec = RunSpec("embedded", tasks, judge="embedded", settings=Generation(max_new_tokens=new_tokens))
    run_id = studio.start(spec)
    points: list[tuple[int, float]] = []
    while True:
        run = studio.run(run_id)
        done = run.answered + run.failed
        if done // STEP > (points[-1][0] // STEP if points else -1):
            points.append((done, resident_mb()))
        if run.state not in {"running", "queued"}:
            points.append((done, resident_mb()))
            if run.state != "done" or run.failed or run.js.unscored:
                raise SystemExit(f"the run is not whole: {run}")
            return points
        time.sleep(1)


def resident_mb() -> float:
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")
    )
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main()
