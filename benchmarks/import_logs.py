"""How long 10,000 rows of lm-eval's take to become a run, beside `json.loads` of the same lines alone.

The rows are those of a real log (tests/logs/lm-eval), repeated with ids, numbers in the question and answers of their
own, so that nothing is read twice from a cache: MERA's record, a filter, a picture that was replaced by its hash.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.report import write
from studio.service import Studio
from studio.settings import Settings

ROWS = 10_000
REPEATS = 5
SOURCE = Path(__file__).parent.parent / "tests" / "logs" / "lm-eval" / "group"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        log = make(root / "log")
        (samples,) = log.glob("samples_*")
        lines = samples.read_text(encoding="utf-8").splitlines()
        alone, imported = [], []
        for repeat in range(REPEATS):  # in turns, so that both meet the same noise
            alone.append(parse(lines))
            imported.append(import_once(root / f"home-{repeat}", log))
        seconds, bare = statistics.median(imported), statistics.median(alone)
        write(
            "import_logs",
            {
                "rows": ROWS,
                "repeats": REPEATS,
                "megabytes": round(samples.stat().st_size / 2**20, 1),
                "json.loads alone, s": round(bare, 3),
                "import, s": round(seconds, 2),
                "import, slowest, s": round(max(imported), 2),
                "ratio": round(seconds / bare, 1),
            },
        )


def make(folder: Path) -> Path:
    """A log of lm-eval's with ROWS rows of one task."""
    folder.mkdir(parents=True)
    (results,) = SOURCE.rglob("results_*")
    (samples,) = SOURCE.rglob("samples_demo_which_*")
    value = json.loads(results.read_text(encoding="utf-8"))
    value["n-samples"]["demo_which"]["effective"] = ROWS
    (folder / results.name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    rows = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    with (folder / samples.name).open("w", encoding="utf-8") as file:
        for number in range(ROWS):
            row = numbered(rows[number % len(rows)], number)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def numbered(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The row as that of another document."""
    doc = row["doc"]
    question, asked = doc["inputs"]["question"], f"{doc['inputs']['question']} (№ {number})"
    answer = f"{row['resps'][0][0]} № {number}" if number % 3 else row["resps"][0][0]
    sent = row["arguments"]["gen_args_0"]["arg_0"][0].replace(question, asked)
    return {
        **row,
        "doc_id": number,
        "doc": {
            **doc,
            "inputs": {**doc["inputs"], "question": asked},
            "meta": {**doc["meta"], "id": number + 11},
        },
        "arguments": {"gen_args_0": {**row["arguments"]["gen_args_0"], "arg_0": [sent]}},
        "resps": [[answer]],
        "filtered_resps": [answer],
    }


def parse(lines: list[str]) -> float:
    start = time.perf_counter()
    for line in lines:
        json.loads(line)
    return time.perf_counter() - start


def import_once(home: Path, log: Path) -> float:
    """Seconds from the path to a whole run; opening the studio is not counted, its database is new."""
    studio = Studio.open(Settings(home=home, db=home / "studio.sqlite"))
    try:
        start = time.perf_counter()
        (run,) = studio.import_logs([log])
        seconds = time.perf_counter() - start
        if not run.new or studio.run(run.run).answered != ROWS:
            raise SystemExit("the log was not imported whole")
        return seconds
    finally:
        studio.close()


if __name__ == "__main__":
    main()
