"""What is known of an archive for the benchmark's site: its tasks, counted, and its defects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# An error: the site refuses the archive, or gives the task 0, or the numbers would not be what they are taken for.
Severity = Literal["error", "warning"]
TaskState = Literal["fit", "unfit", "missing"]


@dataclass(frozen=True)
class Defect:
    """One kind of fault of one task (`task` = "": of the archive as a whole).

    `code` is the site's where it has one; its words are `submission.<code>` and `submission.<code>.todo`, filled by
    `values`, `n` and `task`. `n` counts the records (or files) with the fault; `places` are the first of them.
    """

    code: str
    task: str = ""
    severity: Severity = "error"
    n: int = 1
    places: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskCount:
    """A task of the suite in an archive: `found` of `size` test records stand in `file` ("" where there is none)."""

    task: str
    file: str
    found: int
    size: int
    state: TaskState


@dataclass(frozen=True)
class SubmissionReport:
    """An archive as it was checked. `settings_known`: its logs say how the answers were made."""

    file: str
    tasks: tuple[TaskCount, ...]
    defects: tuple[Defect, ...]
    settings_known: bool

    @property
    def fit(self) -> bool:
        """No error: the site takes it, and scores what it is meant to hold."""
        return not any(defect.severity == "error" for defect in self.defects)


@dataclass(frozen=True)
class Packed:
    """An archive that was written out of runs. `left_out` are tasks of the runs that are not the benchmark's."""

    report: SubmissionReport
    runs: tuple[str, ...]
    left_out: tuple[str, ...]
