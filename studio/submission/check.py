"""The check of an archive: every file against its task, the whole against the suite, the answers against the logs."""

from collections.abc import Sequence
from pathlib import Path

from studio.core.submission import Defect, Severity, SubmissionReport, TaskCount
from studio.core.suite import SuiteTask
from studio.submission.archive import Contents, Resolve, open_archive
from studio.submission.logs import Logs, Samples, read_logs
from studio.submission.records import SHOWN, SPLIT, Records, read_records
from studio.submission.settings import limit_guessed, settings_defects


def check_archive(
    path: Path, suite: Sequence[SuiteTask], resolve: Resolve, *, partial: bool = False, name: str = ""
) -> SubmissionReport:
    """What is wrong with an archive, whoever made it. `resolve` tells the task of a file's name; `name` is what its
    owner calls the archive, where that is not its path.

    A task is missing by mistake when others of its modality are there: that is an error unless `partial` says that it
    is meant; a modality that is not there at all is one that the model does not take. Raises OSError.
    """
    contents = open_archive(path, suite, resolve)
    named = name or str(path)
    before = _name_defects(Path(named))
    if isinstance(contents, Defect):
        return SubmissionReport(named, (), (*before, contents), settings_known=False)
    read = {name: _records(contents, name, suite) for name in contents.files}
    logs = read_logs(contents.logs, resolve) if contents.logs is not None else None
    defects = [*before, *contents.defects, *_missing(contents, suite, partial)]
    defects += [defect for records in read.values() for defect in records.defects]
    defects += _logs_defects(logs, read, suite, contents)
    tasks = tuple(_count(task, contents, read, defects) for task in suite)
    known = logs is not None and bool(logs.results)
    return SubmissionReport(named, tasks, tuple(_ordered(defects, suite)), settings_known=known)


def _name_defects(path: Path) -> list[Defect]:
    """The original packer, told to write to `submission/`, makes a hidden file without a name."""
    if path.name == ".zip":
        return [Defect("hidden_archive", severity="warning", values={"file": str(path)})]
    if path.suffix.lower() != ".zip":
        return [Defect("extension", values={"file": path.name, "expected": f"{path.stem}.zip"})]
    return []


def _records(contents: Contents, name: str, suite: Sequence[SuiteTask]) -> Records:
    task = next(task for task in suite if task.name == name)
    file = contents.files[name]
    if file.raw is None:
        code, reason = file.problem
        return Records(0, (), (Defect(code, name, values={"reason": reason}),))
    return read_records(file.raw, task)


def _missing(contents: Contents, suite: Sequence[SuiteTask], partial: bool) -> list[Defect]:
    """`no_task`: of a file that is there under a wrong name it is said already."""
    said = {defect.task for defect in contents.defects}
    there = {*contents.files, *said}
    if not there & {task.name for task in suite}:
        return [Defect("nothing", n=len(suite))]
    attempted = {task.modality for task in suite if task.name in there}
    defects = []
    for task in suite:
        if task.name not in there:
            severity: Severity = "error" if task.modality in attempted and not partial else "warning"
            values = {"expected": f"{task.submission}.json", "modality": task.modality}
            defects.append(Defect("no_task", task.name, severity, task.sizes[SPLIT], values=values))
    return defects


def _logs_defects(
    logs: Logs | None, read: dict[str, Records], suite: Sequence[SuiteTask], contents: Contents
) -> list[Defect]:
    """What only logs can tell; without them, what the counts alone suggest."""
    tasks = [task for task in suite if task.name in read]
    defects: list[Defect] = list(logs.defects) if logs else []
    if logs is None and not any(defect.code == "logs_unreadable" for defect in contents.defects):
        defects.append(Defect("no_logs", severity="warning"))
    for task in tasks if logs else []:
        defects += _task_logs(task, read[task.name], logs) if logs else []
    # What stands in the file counts; the logs may say more than it (or less).
    short = {task.name: read[task.name].found for task in tasks if read[task.name].found < task.sizes[SPLIT]}
    settings = settings_defects(logs, suite, set(short)) if logs else []
    guessed = limit_guessed(short, suite)
    if guessed and not any(defect.code == "limit_on" for defect in settings):
        settings.append(guessed)
    return [*defects, *settings]


def _task_logs(task: SuiteTask, records: Records, logs: Logs) -> list[Defect]:
    """One task's file against its logs."""
    samples = logs.of(task)
    if not logs.whole(task):
        parts = {each.subset.name for each in samples if each.subset}
        lacking = tuple(subset.name for subset in task.subsets if subset.name not in parts)
        return [Defect("logs_no_task", task.name, "warning", len(lacking), lacking[:SHOWN])]
    defects = [
        Defect("subset_short", task.name, n=each.subset.sizes[SPLIT] - each.found, places=(each.subset.name,),
               values={"found": each.found, "size": each.subset.sizes[SPLIT]})
        for each in samples
        if each.subset and len(task.subsets) > 1 and each.found < each.subset.sizes[SPLIT]
    ]  # fmt: skip
    if task.access == "private" and (gold := sum(each.gold for each in samples)):
        defects.append(Defect("private_gold", task.name, "warning", gold))
    return [*defects, *_disagreements(task, records, samples)]


def _disagreements(task: SuiteTask, records: Records, samples: Sequence[Samples]) -> list[Defect]:
    """Answers that the logs do not know: the file is of another run than the logs, or was changed by hand."""
    said: dict[int, set[str]] = {}
    for each in samples:
        for key, texts in each.outputs.items():
            said.setdefault(key, set()).update(texts)
    if not said:
        return []
    wrong = [key for key, text in records.answers if text not in said.get(key, ())]
    places = tuple(f"id {key}" for key in wrong[:SHOWN])
    return [Defect("logs_disagree", task.name, "error", len(wrong), places)] if wrong else []


def _count(
    task: SuiteTask, contents: Contents, read: dict[str, Records], defects: Sequence[Defect]
) -> TaskCount:
    size = task.sizes[SPLIT]
    wrong = any(defect.task == task.name and defect.severity == "error" for defect in defects)
    if task.name not in read:
        return TaskCount(task.name, "", 0, size, "unfit" if wrong else "missing")
    found, file = read[task.name].found, contents.files[task.name].name
    return TaskCount(task.name, file, found, size, "unfit" if wrong else "fit")


def _ordered(defects: Sequence[Defect], suite: Sequence[SuiteTask]) -> list[Defect]:
    """Errors first; the archive's before a task's; tasks in the suite's order."""
    places = {task.name: place for place, task in enumerate(suite)}
    return sorted(defects, key=lambda defect: (defect.severity != "error", places.get(defect.task, -1)))
