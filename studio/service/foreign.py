"""A stranger's archive is checked in a process of its own: whatever it unpacks to, it can only end that process.

`python -m studio.service.foreign PATH NAME PARTIAL` prints the report as JSON; nobody but `check_foreign` calls it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import studio
from studio.core.submission import Defect, SubmissionReport, TaskCount
from studio.service.submission import check_submission

# The whole suite with answers at the limit of tokens (102 MB packed) takes 0.8 GB and 6 s.
MEMORY_GB = 3
SECONDS = 90


def check_foreign(
    path: Path, *, name: str, partial: bool, memory_gb: float = MEMORY_GB, seconds: int = SECONDS
) -> SubmissionReport:
    """As `check_submission`, of a file that its owner calls `name`; an archive that takes more memory or time than any
    real one has the defect `too_heavy`."""
    limits = [str(int(memory_gb * 2**30)), str(seconds)]
    command = [sys.executable, "-m", __name__, str(path), name, "1" if partial else "", *limits]
    root = Path(studio.__file__).parent.parent
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        values = {"gigabytes": memory_gb, "seconds": seconds}
        return SubmissionReport(name, (), (Defect("too_heavy", values=values),), settings_known=False)
    return _report(json.loads(done.stdout))


def _report(found: Mapping[str, Any]) -> SubmissionReport:
    return SubmissionReport(
        found["file"],
        tuple(TaskCount(**count) for count in found["tasks"]),
        tuple(Defect(**{**defect, "places": tuple(defect["places"])}) for defect in found["defects"]),
        found["settings_known"],
    )


def _limit(memory_bytes: int, seconds: int) -> None:
    """Where the system knows no such limits (Windows, macOS for memory), the parent's patience is what remains."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def _main(path: str, name: str, partial: str, memory_bytes: str, seconds: str) -> None:
    _limit(int(memory_bytes), int(seconds))
    report = check_submission(Path(path), name=name, partial=bool(partial))
    sys.stdout.write(json.dumps(asdict(report), default=dict))


if __name__ == "__main__":
    _main(*sys.argv[1:])
