"""Reading logs in tests: all samples of all tasks at once."""

import shutil
from pathlib import Path

from studio.core.logs import Log, LoggedSample
from studio.logs import open_logs

LOGS = Path(__file__).parent


def read(*paths: Path) -> list[tuple[Log, dict[str, list[LoggedSample]]]]:
    """The logs with the samples of each task."""
    with open_logs(paths) as opened:
        return [(log, {task.name: list(task.samples) for task in log.tasks}) for log in opened.logs]


def only(*paths: Path) -> tuple[Log, dict[str, list[LoggedSample]]]:
    (found,) = read(*paths)
    return found


def copied(source: Path, target: Path) -> Path:
    """A copy of a folder of logs, to be spoilt."""
    shutil.copytree(source, target)
    return target


def mean(samples: list[LoggedSample], name: str) -> float:
    """The mean of one of the tool's own scores over the samples that have it."""
    scores = [sample.own_scores[name] for sample in samples if name in sample.own_scores]
    return sum(scores) / len(scores)
