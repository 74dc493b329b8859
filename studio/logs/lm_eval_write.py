"""Writes a run as lm-eval 0.4 writes one: results by task, and a line a sample, which the harness's own tools read.

Scores stand under the names that they have here (`em`, `js`, a tool's own as `tool:metric`), and what the format has no
place for stands under `studio`. Media are named, with their hashes, and never sent along.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from studio.core.errors import Problem
from studio.core.outcome import Estimate
from studio.core.task import Gold, Split

FILTER = "none"
_NOT_IN_NAMES = re.compile(r"[\"<>:/\\|?*\[\]]+")  # what the harness replaces in names of files


@dataclass(frozen=True)
class WrittenSample:
    """A finished sample; `answer` None: it failed, and `problem` says why. `media` are {"path", "sha256"} by key.
    `gold` and `meta` are those that may leave."""

    key: str
    instruction: str
    inputs: Mapping[str, str]
    media: Mapping[str, Mapping[str, str]]
    gold: Gold | None
    meta: Mapping[str, Any]
    prompt: str
    answer: str | None
    problem: Problem | None
    scores: Mapping[str, float]


@dataclass(frozen=True)
class WrittenTask:
    """A task's line in the results: `planned` samples, `original` in the whole split where that is known."""

    name: str
    planned: int
    original: int
    scores: Mapping[str, Estimate] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenRun:
    """How the answers were made: `model` is a name, never a path; `date` seconds since the epoch (UTC)."""

    model: str
    revision: str
    source: str
    date: float
    seconds: float
    limit: int | None
    split: Split
    generation: Mapping[str, Any]
    studio: Mapping[str, Any]
    tasks: Sequence[WrittenTask]

    @property
    def stamp(self) -> str:
        """The date as it stands in the files' names, always with microseconds: readers of these names want them."""
        return datetime.fromtimestamp(self.date, UTC).strftime("%Y-%m-%dT%H-%M-%S.%f")


def results_name(run: WrittenRun) -> str:
    return f"results_{run.stamp}.json"


def samples_name(run: WrittenRun, task: str) -> str:
    return f"samples_{_NOT_IN_NAMES.sub('__', task)}_{run.stamp}.jsonl"


def results(run: WrittenRun) -> bytes:
    """The results file."""
    names = [task.name for task in run.tasks]
    found = {
        "results": {task.name: _scores(task) for task in run.tasks},
        "group_subtasks": {},
        "configs": {name: _config(name, run) for name in names},
        "versions": dict.fromkeys(names, 0),
        "n-shot": dict.fromkeys(names, 0),
        "higher_is_better": {task.name: dict.fromkeys(task.scores, True) for task in run.tasks},
        "n-samples": {t.name: {"original": t.original, "effective": t.planned} for t in run.tasks},
        "config": {
            "model": run.source,
            "model_args": {"model": run.model, **({"revision": run.revision} if run.revision else {})},
            "limit": run.limit,
            "gen_kwargs": dict(run.generation),
            "model_revision": run.revision,
        },
        "date": run.date,
        "model_source": run.source,
        "model_name": run.model,
        "model_name_sanitized": _NOT_IN_NAMES.sub("__", run.model),
        "total_evaluation_time_seconds": str(run.seconds),
        "studio": dict(run.studio),
    }
    return _json(found, indent=2)


def lines(samples: Iterable[WrittenSample], run: WrittenRun) -> Iterator[bytes]:
    """The rows of a task."""
    for number, sample in enumerate(samples):
        yield _json(_row(number, sample, run)) + b"\n"


def _row(number: int, sample: WrittenSample, run: WrittenRun) -> dict[str, Any]:
    gold = list(sample.gold) if isinstance(sample.gold, tuple) else sample.gold or ""
    doc = {
        "instruction": sample.instruction,
        "inputs": {**sample.media, **sample.inputs},
        "outputs": gold,
        "meta": {**sample.meta, "id": int(sample.key) if sample.key.isdecimal() else sample.key},
    }
    answers = [] if sample.answer is None else [sample.answer]
    row = {
        "doc_id": number,
        "doc": doc,
        "target": str(gold),
        "arguments": {"gen_args_0": {"arg_0": sample.prompt, "arg_1": dict(run.generation)}},
        "resps": [answers],
        "filtered_resps": answers,
        "filter": FILTER,
        "metrics": list(sample.scores),
        "doc_hash": _hash(_json(doc, indent=2).decode()),
        "prompt_hash": _hash(sample.prompt),
        "target_hash": _hash(str(gold)),
        **sample.scores,
    }
    return {**row, "problem": sample.problem.to_json()} if sample.problem else row


def _scores(task: WrittenTask) -> dict[str, Any]:
    """A mean a metric. Errors are not the harness's kind (ours are clustered), so that place is left empty."""
    told: dict[str, Any] = {"name": task.name, "alias": task.name, "sample_len": task.planned}
    for name, estimate in task.scores.items():
        if estimate.mean is not None:
            told |= {f"{name},{FILTER}": estimate.mean, f"{name}_stderr,{FILTER}": "N/A"}
    return told


def _config(name: str, run: WrittenRun) -> dict[str, Any]:
    return {
        "task": name,
        "test_split": run.split,
        "output_type": "generate_until",
        "generation_kwargs": dict(run.generation),
        "metric_list": [],
    }


def _json(value: Any, indent: int | None = None) -> bytes:
    # Half of a surrogate pair, which a model may well say, stays what it is: its escape.
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
