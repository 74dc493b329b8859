"""Writes an archive for the site: a file of predictions a task, and the logs that they came with.

What goes along: answers, prompts, the texts of the records, names and hashes of their media. What never does: the media
themselves, gold of private tasks, folders of this machine. The same answers give the same bytes.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from studio.core.engine import Settings
from studio.core.suite import Subset, SuiteTask
from studio.submission.archive import LOGS
from studio.submission.records import SPLIT


@dataclass(frozen=True)
class RunFacts:
    """How answers were made, as the logs tell it. `model` is a name, never a path; `created_at` seconds (UTC)."""

    id: str
    model: str
    revision: str
    engine: str
    dtype: str
    version: str  # of the studio
    limit: int | None
    settings: Settings
    created_at: float


@dataclass(frozen=True)
class Answered:
    """An answer: `record` is what was asked, as MERA writes records; without gold where that is private."""

    id: int
    text: str
    prompt: str
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """What one run answered of one task, or of a part of it. `planned` counts what it was to answer."""

    task: SuiteTask
    subset: Subset | None
    run: RunFacts
    planned: int
    answers: tuple[Answered, ...]

    @property
    def log(self) -> str:
        """The harness's name of the part."""
        config = self.subset.config if self.subset else None
        return f"{self.task.harness}_{config.lower()}" if config else self.task.harness

    @property
    def size(self) -> int:
        return (self.subset or self.task).sizes[SPLIT]

    def output(self, answer: Answered) -> str:
        """The answer as it is sent: as it is, but for blanks before a dialogue's, which the harness drops too."""
        return answer.text.lstrip() if self.task.groups == "dialogue" else answer.text


def write_archive(file: BinaryIO, parts: Sequence[Part]) -> None:
    """Writes the archive of all parts; those of one task, in the order given, are one file. Raises OSError."""
    logs = BytesIO()
    with zipfile.ZipFile(logs, "w") as archive:
        for name, content in _logs(parts):
            _add(archive, name, content)
    tasks: dict[str, list[Part]] = {}
    for part in parts:
        tasks.setdefault(part.task.submission, []).append(part)
    with zipfile.ZipFile(file, "w") as archive:
        for name, group in tasks.items():
            docs = [{"outputs": part.output(a), "meta": {"id": a.id}} for part in group for a in part.answers]
            _add(archive, f"{name}.json", _json({"data": {SPLIT: docs}}, indent=4))
        _add(archive, LOGS, logs.getvalue())


def _logs(parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
    dates = _dates([part.run for part in parts])
    for run_id, date in dates.items():
        own = [part for part in parts if part.run.id == run_id]
        yield f"results_{date}.json", _json(_results(own), indent=2)
    for part in parts:
        rows = (_json(_row(number, answer, part)) for number, answer in enumerate(part.answers))
        yield f"samples_{part.log}_{dates[part.run.id]}.jsonl", b"".join(row + b"\n" for row in rows)


def _dates(runs: Sequence[RunFacts]) -> dict[str, str]:
    """A date of its own for each run, always with microseconds: a reader of these names wants them."""
    dates: dict[str, str] = {}
    for run in sorted({run.id: run for run in runs}.values(), key=lambda run: (run.created_at, run.id)):
        moment = datetime.fromtimestamp(run.created_at, UTC)
        while (date := moment.strftime("%Y-%m-%dT%H-%M-%S.%f")) in dates.values():
            moment += timedelta(microseconds=1)
        dates[run.id] = date
    return dates


def _row(number: int, answer: Answered, part: Part) -> dict[str, Any]:
    """A line of samples, as lm-evaluation-harness writes it."""
    target = answer.record.get("outputs", "")
    return {
        "doc_id": number,
        "doc": dict(answer.record),
        "target": target,
        "arguments": {"gen_args_0": {"arg_0": answer.prompt, "arg_1": _generation(part.run.settings)}},
        "resps": [[answer.text]],
        "filtered_resps": [part.output(answer)],
        "filter": "none",
        "metrics": [],
        "doc_hash": _hash(_json(dict(answer.record)).decode()),
        "prompt_hash": _hash(answer.prompt),
        "target_hash": _hash(str(target)),
    }


def _results(parts: Sequence[Part]) -> dict[str, Any]:
    """The settings of one run, under the names of lm-evaluation-harness; all that it has no name for in `studio`."""
    run, settings = parts[0].run, parts[0].run.settings
    arguments = {"pretrained": run.model, "revision": run.revision, "dtype": run.dtype}
    shots = {part.log: settings.history if part.task.groups == "dialogue" else 0 for part in parts}
    return {
        "results": {part.log: {"alias": part.log} for part in parts},
        "configs": {part.log: _config(part, shots[part.log]) for part in parts},
        "n-shot": shots,
        "n-samples": {part.log: {"original": part.size, "effective": part.planned} for part in parts},
        "config": {
            "model": run.engine,
            "model_args": ",".join(f"{key}={value}" for key, value in arguments.items() if value),
            "batch_size": settings.batch_size,
            "device": settings.device,
            "limit": run.limit,
            "gen_kwargs": _generation(settings),
            **dict.fromkeys(("random_seed", "numpy_seed", "torch_seed", "fewshot_seed"), settings.seed),
        },
        "date": run.created_at,
        "model_name": run.model,
        "studio": {
            "version": run.version,
            "run": run.id,
            "model": run.model,
            "revision": run.revision,
            **settings.to_json(),
        },
    }


def _config(part: Part, shots: int) -> dict[str, Any]:
    return {
        "task": part.log,
        "dataset_path": part.task.hub,
        "dataset_name": part.subset.config if part.subset else None,
        "test_split": SPLIT,
        "output_type": "generate_until",
        "num_fewshot": shots,
        "generation_kwargs": _generation(part.run.settings),
    }


def _generation(settings: Settings) -> dict[str, Any]:
    return {
        "until": list(settings.stop),
        "max_gen_toks": settings.max_new_tokens,
        "do_sample": settings.temperature > 0,
        "temperature": settings.temperature,
        "top_p": settings.top_p,
    }


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """A file without a date, so that the same answers give the same archive."""
    info = zipfile.ZipInfo(Path(name).name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def _json(value: Any, indent: int | None = None) -> bytes:
    # Half of a surrogate pair, which a model may well say, stays what it is: its escape.
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
