"""Results are kept as JSON beside the scripts; `python -m benchmarks.page` makes RESULTS.md of them."""

import json
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def write(name: str, result: dict[str, Any], *, keep: bool = True) -> None:
    """Keeps a result with the machine and the commit that it was measured on, and prints it."""
    full = {"machine": machine(), "commit": commit(), "measured": time.strftime("%Y-%m-%d"), **result}
    if keep:
        RESULTS.mkdir(exist_ok=True)
        text = json.dumps(full, ensure_ascii=False, indent=1) + "\n"
        (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
    print(json.dumps(full, ensure_ascii=False, indent=1))


def result(name: str) -> dict[str, Any] | None:
    """A result that was kept."""
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def where(found: dict[str, Any]) -> str:
    """The line under a table: on what it was measured."""
    return f"\n{found['machine']}; commit {found['commit']}, {found['measured']}.\n"


def facts(found: dict[str, Any]) -> list[str]:
    """A row for each number of a result, by its own name."""
    names = [name for name in found if name not in {"machine", "commit", "measured"}]
    return ["| | |", "|---|---|", *(f"| {name} | {found[name]} |" for name in names)]


def spent(found: dict[str, Any], form: str = ".0f") -> list[str]:
    """A row for each act of a result: the median and the 95th percentile of what it took."""
    return [
        f"| {name} | {value['p50']:{form}} | {value['p95']:{form}} |"
        for name, value in found.items()
        if isinstance(value, dict)
    ]


def percentiles(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile, rounded to 0.1."""
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
    }


def machine() -> str:
    model = next(
        (line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")),
        platform.machine(),
    )
    return f"{os.cpu_count()} x {model}, Python {platform.python_version()}"


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []
