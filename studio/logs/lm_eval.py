"""lm-eval's logs: `samples_<task>_<date>.jsonl` with a line a (document, filter), and `results_<date>.json`.

The form is that of lm-eval 0.4 and of MERA's fork of it. Of several files of one task in a folder the newest counts, by
the date in its name; files of one date belong together. A folder may hold several models: each is a log of its own.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.logs import Log, LoggedTask
from studio.core.task import Split
from studio.logs.lm_eval_rows import Rules, Samples, rest
from studio.logs.reader import Reader, Source
from studio.logs.rows import first_line, json_file, numbers
from studio.logs.values import number

TOOL = "lm-eval"
SPLITS: tuple[Split, ...] = ("test", "shots")
BYPASS, NO_SCORE = "bypass", 999  # the metric of `--predict_only` and its aggregate: no score at all
WITHOUT_ANSWERS = ("loglikelihood", "loglikelihood_rolling")

_DATE = r"(?P<date>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:\.\d+)?)"
_SAMPLES = re.compile(rf"samples_(?P<task>.+)_{_DATE}\.jsonl?")
_RESULTS = re.compile(rf".+_{_DATE}\.json")
_ROW = (b'"doc_id"', b'"doc"', b'"target"', b'"arguments"', b'"resps"', b'"filtered_resps"')
# What a results file says of each task, beside its scores; and what other parts of a log hold.
_OF_TASKS = ("versions", "n-shot", "higher_is_better", "n-samples", "configs")
_HELD = {*_OF_TASKS, "results", "groups", "group_subtasks", "samples", "config", "date", "lm_eval_version",
         "model_name", "total_evaluation_time_seconds", "task_hashes"}  # fmt: skip
_SAME = ("config.model", "config.gen_kwargs", "config.random_seed", "config.limit", "config.num_fewshot",
         "system_instruction_sha", "chat_template_sha", "fewshot_as_multiturn", "lm_eval_version")  # fmt: skip


@dataclass(frozen=True)
class _Results:
    """A results file; `value` is {} for samples that have none."""

    source: Source | None = None
    value: Mapping[str, Any] = field(default_factory=dict)

    def of(self, key: str, task: str) -> Any:
        part = self.value.get(key)
        return part.get(task) if isinstance(part, Mapping) else None

    @property
    def config(self) -> Mapping[str, Any]:
        config = self.value.get("config")
        return config if isinstance(config, Mapping) else {}

    @property
    def model(self) -> str:
        return str(self.value.get("model_name") or _argument(self.config) or "")


@dataclass(frozen=True)
class _File:
    """A samples file with the task and date in its name."""

    source: Source
    folder: str
    task: str
    date: str


def claims(source: Source) -> bool:
    """Rows with a document, its requests and its responses; or the results of tasks, by the harness's own name."""
    return _has_rows(source) or (source.head.lstrip().startswith(b"{") and _is_results(source))


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """One log a model and folder. Raises BadInput when nothing in it has answers."""
    results: dict[tuple[str, str], _Results] = {}
    files: list[_File] = []
    for source in sources:
        folder, name = _place(source)
        if not _has_rows(source):
            named = _RESULTS.fullmatch(name)
            results[folder, named["date"] if named else ""] = _Results(source, json_file(source))
        else:
            found = _SAMPLES.fullmatch(name)
            task, date = (found["task"], found["date"]) if found else (PurePosixPath(name).stem, "")
            files.append(_File(source, folder, task, date))
    if not files:
        raise BadInput("log_no_samples", file=", ".join(source.name for source in sources))
    yield from _logs(files, results)


def _logs(files: Sequence[_File], results: Mapping[tuple[str, str], _Results]) -> Iterator[Log]:
    groups: dict[tuple[str, str], list[tuple[_File, _Results]]] = {}
    for file in files:
        found = _results_of(file, results)
        groups.setdefault((file.folder, found.model), []).append((file, found))
    refused: list[Problem] = []
    logs = [log for group in groups.values() if (log := _log(group, refused))]
    if not logs:
        raise BadInput(refused[0].code, **refused[0].values)
    yield from logs


def _log(group: Sequence[tuple[_File, _Results]], refused: list[Problem]) -> Log | None:
    """The log of one model; None where none of its tasks has answers (why goes to `refused`)."""
    newest, remarks = _newest(group)
    tasks: list[LoggedTask] = []
    used: list[tuple[_File, _Results]] = []
    for file, results in newest:
        task = _task(file, results)
        if isinstance(task, Problem):
            remarks.append(task)
        else:
            tasks.append(task)
            used.append((file, results))
    if not tasks:
        refused += remarks[-1:]
        return None
    made = [results for _, results in used if results.source]
    remarks += [
        Problem("log_no_results", {"file": file.source.name}) for file, results in used if not results.source
    ]
    latest = max(made, key=lambda results: number(results.value.get("date")) or 0.0, default=_Results())
    sources = {
        source.name: source for file, results in used for source in (file.source, results.source) if source
    }
    return Log(
        tool=TOOL,
        files=tuple(source.facts() for _, source in sorted(sources.items())),
        tasks=tuple(tasks),
        version=str(latest.value.get("lm_eval_version") or ""),
        model=latest.model,
        revision=str(latest.config.get("model_sha") or latest.config.get("model_revision") or ""),
        created_at=number(latest.value.get("date")),
        seconds=number(latest.value.get("total_evaluation_time_seconds")),
        settings=latest.config,
        remarks=(*remarks, *_mixed(made)),
        rest={key: value for key, value in latest.value.items() if key not in _HELD},
    )


def _task(file: _File, results: _Results) -> LoggedTask | Problem:
    config = results.of("configs", file.task)
    config = config if isinstance(config, Mapping) else {}
    if config.get("output_type") in WITHOUT_ANSWERS:
        return Problem("log_no_answers", {"task": file.task, "file": file.source.name})
    counts = results.of("n-samples", file.task)
    scores = results.of("results", file.task)
    scores = scores if isinstance(scores, Mapping) else {}
    own = {key: value for key, value in numbers(scores).items() if _is_score(key, value)}
    told = {key: value for key, value in scores.items() if key not in own}
    expected = counts.get("effective") if isinstance(counts, Mapping) else None
    return LoggedTask(
        name=file.task,
        samples=Samples(file.source, Rules.of(config)),
        split=next((split for split in SPLITS if split == config.get("test_split")), None),
        scores=own,
        expected=expected if isinstance(expected, int) else None,
        rest={
            **{
                key: results.of(key, file.task) for key in _OF_TASKS if results.of(key, file.task) is not None
            },
            **({"results": told} if told else {}),
        },
    )


def _is_score(key: str, value: float) -> bool:
    name, _, _ = key.partition(",")
    return not (
        name.startswith(BYPASS) or name.endswith("_stderr") or name == "sample_len" or value == NO_SCORE
    )


def _newest(group: Sequence[tuple[_File, _Results]]) -> tuple[list[tuple[_File, _Results]], list[Problem]]:
    """The newest file of each task, in the order of names, and a remark on each that an older one is left out."""
    newest: dict[str, tuple[_File, _Results]] = {}
    for file, results in sorted(group, key=lambda each: each[0].date):
        newest[file.task] = (file, results)
    left = [file for file, _ in group if newest[file.task][0] is not file]
    remarks = [
        Problem("log_older", {"file": file.source.name, "newer": newest[file.task][0].source.name})
        for file in left
    ]
    return sorted(newest.values(), key=lambda each: each[0].source.name), remarks


def _results_of(file: _File, results: Mapping[tuple[str, str], _Results]) -> _Results:
    """The results of the same date; where the name has no date, the only ones of the folder."""
    if found := results.get((file.folder, file.date)):
        return found
    beside = [value for (folder, _), value in results.items() if folder == file.folder]
    return (
        beside[0] if len(beside) == 1 and (not file.date or _speaks_of(beside[0], file.task)) else _Results()
    )


def _speaks_of(results: _Results, task: str) -> bool:
    return results.of("results", task) is not None and not _RESULTS.fullmatch(_name(results))


def _name(results: _Results) -> str:
    return _place(results.source)[1] if results.source else ""


def _mixed(made: Sequence[_Results]) -> Iterator[Problem]:
    """Settings that are not the same in all results that count."""
    for path in _SAME:
        values = {_plain(_at(results.value, path)) for results in made}
        if len(values) > 1:
            yield Problem("log_mixed", {"setting": path, "found": "; ".join(sorted(values))})


def _at(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _argument(config: Mapping[str, Any]) -> str:
    """The model's name among its arguments, as the harness itself looks for it."""
    arguments = config.get("model_args")
    if isinstance(arguments, str):
        arguments = dict(part.split("=", 1) for part in arguments.split(",") if "=" in part)
    names = ("peft", "delta", "pretrained", "model", "path", "engine")
    if not isinstance(arguments, Mapping):
        return ""
    return str(next((arguments[name] for name in names if arguments.get(name)), ""))


def _place(source: Source) -> tuple[str, str]:
    return source.folder, PurePosixPath(source.name).name


def _has_rows(source: Source) -> bool:
    head = source.head.lstrip()
    if head.startswith(b"["):  # one list, as before 0.4.3; it was printed with line breaks
        return all(key in source.head for key in _ROW)
    if not head.startswith(b"{") or head[1:2].isspace():
        return False
    line = first_line(source)
    return all(key in line for key in _ROW)


def _is_results(source: Source) -> bool:
    """Whether it is a results file: the harness's version in it, or (before 0.4.3) what only its results hold."""
    if b'"results"' not in source.head:
        return False
    try:
        with source.path.open("rb") as file:
            text = file.read(64 * 2**20)
    except OSError:
        return False
    keys = (b'"configs"', b'"n-shot"', b'"n-samples"', b'"config"')
    return b'"lm_eval_version"' in text or (
        b'"lmms_eval_version"' not in text and all(key in text for key in keys)
    )


READER = Reader(TOOL, claims, read, rest)
