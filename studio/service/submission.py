"""Archives for the benchmark's site: packed out of stored runs, checked whoever made them."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import studio
from studio.core.errors import BadInput
from studio.core.run import RunKind, RunSpec, RunView
from studio.core.submission import Defect, Packed, SubmissionReport
from studio.core.suite import SuiteTask
from studio.core.task import Sample, TaskInfo
from studio.store import Store
from studio.store.runs import RunRow
from studio.submission import Answered, Part, RunFacts, check_archive, write_archive
from studio.tasks.mera import card_of, subset_named, suite_task, suite_tasks


@dataclass(frozen=True)
class _Found:
    """What runs hold for an archive: parts, samples without an answer by task and run, tasks of no suite."""

    parts: tuple[Part, ...]
    unanswered: Mapping[tuple[str, str], int]
    left_out: tuple[str, ...]


def check_submission(path: Path, *, partial: bool = False, name: str = "") -> SubmissionReport:
    """What is wrong with an archive; see `studio.submission.check_archive`. Raises BadInput: there is no such file."""
    if not path.is_file():
        raise BadInput("submission_no_file", file=str(path))
    try:
        return check_archive(path, suite_tasks(), lambda file: card_of([file]), partial=partial, name=name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("cli_cannot_read", file=str(path), reason=reason) from error


def pack_submission(store: Store, run_ids: Sequence[str], target: Path, *, partial: bool = False) -> Packed:
    """Writes the archive of all that the runs answered to MERA's tasks into `target` (replaced if it exists), and
    checks what was written. Records without an answer are left out and named: a failure is never a wrong answer.

    The file is whole or absent. Raises BadInput: an unknown run, a person's or one of another split, a task that
    two runs answered, nothing to pack, a folder that is not there or cannot be written.
    """
    found = _found(store, list(dict.fromkeys(run_ids)))
    if not target.parent.is_dir():
        raise BadInput("export_no_folder", path=target.parent)
    partially = target.with_name(f".{target.name}.{os.getpid()}.{time.time_ns()}.part")
    try:
        with partially.open("xb") as file:
            write_archive(file, found.parts)
        partially.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("submission_cannot_write", file=str(target), reason=reason) from error
    finally:
        partially.unlink(missing_ok=True)
    report = check_submission(target, partial=partial)
    unanswered = tuple(
        Defect("unanswered", task, n=n, places=(run_id,), values={"run": run_id})
        for (task, run_id), n in found.unanswered.items()
    )
    report = SubmissionReport(
        report.file, report.tasks, (*unanswered, *report.defects), report.settings_known
    )
    return Packed(report, tuple(dict.fromkeys(run_ids)), found.left_out)


def packable_tasks(row: RunView) -> tuple[str, ...]:
    """The tasks of the suite that a run could bring to an archive, in the suite's order; none of a run that may not be
    packed at all. What it did not answer is left to `pack_submission` to say."""
    if not row.answered or _refusal(row.kind, row.spec, row.id):
        return ()
    found = {task.name for name in row.tasks if (task := suite_task(name))}
    return tuple(task.name for task in suite_tasks() if task.name in found)


def _found(store: Store, run_ids: Sequence[str]) -> _Found:
    parts: list[Part] = []
    unanswered: dict[tuple[str, str], int] = {}
    left_out: list[str] = []
    for run_id in run_ids:
        row = _packable(store.runs.get(run_id))
        for part in _parts(store, row, left_out):
            if other := _clash(part, parts):
                raise BadInput("submission_twice", task=part.task.name, run=other.run.id, other=run_id)
            parts.append(part)
            if lacking := part.planned - len(part.answers):
                unanswered[part.task.name, run_id] = unanswered.get((part.task.name, run_id), 0) + lacking
    if not parts:
        raise BadInput("submission_nothing", found=", ".join(left_out) or "—")
    return _Found(tuple(sorted(parts, key=_place)), unanswered, tuple(dict.fromkeys(left_out)))


def _clash(part: Part, parts: Sequence[Part]) -> Part | None:
    """A part that answers the same records: of the same subset, or of the whole task."""
    same = (other for other in parts if other.task.name == part.task.name)
    return next(
        (other for other in same if None in (other.subset, part.subset) or other.subset == part.subset), None
    )


def _place(part: Part) -> tuple[int, int]:
    """The suite's order of tasks, and of a task's parts."""
    tasks = [task.name for task in suite_tasks()]
    return tasks.index(part.task.name), part.task.subsets.index(part.subset) if part.subset else 0


def _packable(row: RunRow) -> RunRow:
    if refusal := _refusal(row.kind, row.spec, row.id):
        raise refusal
    return row


def _refusal(kind: RunKind, spec: RunSpec, run_id: str) -> BadInput | None:
    """Why a run may not be packed at all. Of an imported one the settings are not known well enough to be sent."""
    if kind != "model":
        return BadInput("submission_human" if kind == "human" else "submission_imported", run=run_id)
    if spec.crossed:
        return BadInput("submission_crossed", run=run_id)
    if spec.split != "test":
        return BadInput("submission_split", run=run_id, split=spec.split)
    return BadInput("submission_media", run=run_id) if spec.settings.media != "sent" else None


def _parts(store: Store, row: RunRow, left_out: list[str]) -> Iterator[Part]:
    """The parts that one run answered; the names of its other tasks go to `left_out`."""
    facts = _facts(row)
    planned: dict[int, int] = {}
    for group in store.browse.tally(row.id):
        planned[group.task_id] = planned.get(group.task_id, 0) + group.n
    for task_id in store.scored.tasks(row.id):
        info = store.tasks.info(task_id)
        task = suite_task(info.name)
        if task is None:
            left_out.append(info.name)
            continue
        texts = store.scored.texts(row.id, task_id)
        stored = store.tasks.samples(sorted(texts))
        answers = tuple(_answered(each.sample, texts[each.id], info, task) for each in stored)
        yield Part(task, subset_named(task, info.name), facts, planned[task_id], answers)


def _facts(row: RunRow) -> RunFacts:
    engine: Mapping[str, Any] = row.resolved.get("engine") or {}
    environment: Mapping[str, Any] = row.resolved.get("environment") or {}
    return RunFacts(
        id=row.id,
        model=model_name(row.model),
        revision=row.revision,
        engine=str(engine.get("engine", "")),
        dtype=str(engine.get("dtype", "")),
        version=str(environment.get("studio", studio.__version__)),
        limit=row.spec.limit,
        settings=row.spec.settings,
        created_at=row.created_at,
    )


def model_name(model: str) -> str:
    """A model's name; of a folder of this machine only the last part, as in every other file that leaves it."""
    path = Path(model).expanduser()
    return path.name if path.is_absolute() or model.startswith((".", "~")) else model


def _answered(sample: Sample, text: str, info: TaskInfo, task: SuiteTask) -> Answered:
    if not sample.id.removeprefix("-").isdecimal():
        raise BadInput("submission_id", sample=sample.id, task=task.name)
    private = "private" in {info.access, task.access}
    gold = "" if private or sample.gold is None else sample.gold
    # An operator's own copy may hold hints and explanations beside private gold: only what numbers a record goes along.
    meta = {key: value for key, value in sample.meta.items() if not private or key == "group_id"}
    media = {medium.key: {"path": medium.path.name, "sha256": medium.sha256} for medium in sample.media}
    record = {
        "instruction": sample.instruction,
        "inputs": {**media, **sample.inputs},
        "outputs": list(gold) if isinstance(gold, tuple) else gold,
        "meta": {**meta, "id": int(sample.id)},
    }
    return Answered(int(sample.id), text, sample.prompt, record)
