"""A run as a log of lm-eval's: a folder with results and samples, whole or absent."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import studio
from studio.core.errors import BadInput
from studio.core.run import TaskScore
from studio.core.task import Sample, TaskInfo
from studio.logs import lm_eval_write as lm_eval
from studio.logs.lm_eval_write import WrittenRun, WrittenSample, WrittenTask
from studio.service.submission import model_name
from studio.store import Store
from studio.store.runs import RunRow
from studio.store.scored import FinishedSample

CHUNK = 500
KEPT_OF_PRIVATE = ("group_id", "question_id", "dialog_id")


def export_log(store: Store, run_id: str, scores: Sequence[TaskScore], folder: Path) -> list[Path]:
    """Writes `results_<date>.json` and a `samples_<task>_<date>.jsonl` a task into `folder`, which is made.

    What was not asked yet, or what a person skipped, is left out. Of private tasks no gold leaves, and of none media.
    Raises BadInput: an unknown run, a crossed one (read back, it would pass for a run of the task), nothing to write,
    files of that name are there, a folder that cannot be written.
    """
    row = store.runs.get(run_id)
    if row.spec.crossed:
        raise BadInput("export_log_crossed", run=run_id)
    written = _run(store, row, scores)
    if not written.tasks:
        raise BadInput("export_nothing", run=run_id)
    names = [lm_eval.results_name(written), *(lm_eval.samples_name(written, t.name) for t in written.tasks)]
    if there := [name for name in names if (folder / name).exists()]:
        raise BadInput("cli_file_exists", file=str(folder / there[0]))
    partial = folder / f".{run_id}.{os.getpid()}.{time.time_ns()}.part"
    try:
        partial.mkdir(parents=True)
        _write(store, row, written, partial)
        for name in names:
            (partial / name).replace(folder / name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("submission_cannot_write", file=str(folder), reason=reason) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return [folder / name for name in names]


def _write(store: Store, row: RunRow, run: WrittenRun, folder: Path) -> None:
    (folder / lm_eval.results_name(run)).write_bytes(lm_eval.results(run))
    for task_id in store.scored.tasks(row.id):
        info = store.tasks.info(task_id)
        if any(task.name == info.name for task in run.tasks):
            with (folder / lm_eval.samples_name(run, info.name)).open("ab") as file:
                file.writelines(lm_eval.lines(_samples(store, row.id, task_id, info), run))


def _run(store: Store, row: RunRow, scores: Sequence[TaskScore]) -> WrittenRun:
    engine: Mapping[str, Any] = row.resolved.get("engine") or {}
    facts = store.imports.facts(row.id)
    settings = row.spec.settings
    generation: Mapping[str, Any] = {
        "until": list(settings.stop),
        "max_gen_toks": settings.max_new_tokens,
        "do_sample": settings.temperature > 0,
        "temperature": settings.temperature,
        "top_p": settings.top_p,
    }
    told: dict[str, Any] = {
        "version": studio.__version__,
        "run": row.id,
        "kind": row.kind,
        "judge": row.judge,
    }
    if row.kind == "model":
        told["settings"] = settings.to_json()
    if facts:  # what a log did not say of its generation is not made up here
        told["log"] = {"tool": facts.tool, "version": facts.version, "settings": dict(facts.settings)}
    tasks = [task for score in scores if score.task and (task := _task(store, row, score)).planned]
    return WrittenRun(
        model=model_name(row.model),
        revision=row.revision,
        source=str(engine.get("engine") or (facts.tool if facts else row.kind)),
        date=row.started_at or row.created_at,
        seconds=row.seconds,
        limit=row.spec.limit,
        split=row.spec.split,
        generation=generation if row.kind == "model" else {},
        studio=told,
        tasks=tasks,
    )


def _task(store: Store, row: RunRow, score: TaskScore) -> WrittenTask:
    finished = size = 0
    for task_id in store.scored.tasks(row.id):
        info = store.tasks.info(task_id)
        if info.name == score.task:
            finished += store.scored.count(row.id, task_id)
            size += info.sizes.get(row.spec.split, 0)
    first, second = score.metrics
    return WrittenTask(score.task, finished, max(size, finished), {first: score.em, second: score.js})


def _samples(store: Store, run_id: str, task_id: int, info: TaskInfo) -> Iterator[WrittenSample]:
    finished = store.scored.finished(run_id, task_id)
    for start in range(0, len(finished), CHUNK):
        part = finished[start : start + CHUNK]
        stored = store.tasks.samples(row.sample_id for row in part)
        for row, each in zip(part, stored, strict=True):
            yield _sample(row, each.sample, private=info.access == "private")


def _sample(row: FinishedSample, sample: Sample, *, private: bool) -> WrittenSample:
    # Beside private gold a record may hold hints and explanations: only what places it goes along.
    meta = {key: value for key, value in sample.meta.items() if not private or key in KEPT_OF_PRIVATE}
    return WrittenSample(
        key=sample.id,
        instruction=sample.instruction,
        # Other tools keep options apart from the inputs; in a record they are inputs.
        inputs={
            **{f"option_{letter.lower()}": text for letter, text in sample.options.items()},
            **sample.inputs,
        },
        media={medium.key: {"path": medium.path.name, "sha256": medium.sha256} for medium in sample.media},
        gold=None if private else sample.gold,
        meta=meta,
        prompt=sample.prompt,
        answer=row.answer,
        problem=row.problem,
        scores=row.scores,
    )
