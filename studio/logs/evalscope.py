"""EvalScope's logs (1.x): a folder with `predictions`, `reviews`, `reports` and `configs`, by model.

`predictions/<model>/<dataset>_<subset>.jsonl` holds the answers, the file of the same name in `reviews` gold and
scores; rows belong together by `index`, in any order. A sample whose request failed is in neither: the report counts
it, and its index is the one that is lacking.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.logs.chat import (
    before_answer,
    lightened,
    read_chat,
    reason,
    rest_of_output,
    text_of_content,
    without,
)
from studio.logs.reader import Reader, Source
from studio.logs.rows import Line, Once, json_file, json_lines, numbers
from studio.logs.values import gold_of, number, part, whole

TOOL = "evalscope"
MOST_SETTINGS = 100_000  # values in a file of settings
MOST_MISSING = 100_000  # samples that are only counted
# Adapters for anybody's own data: they name no task, their subset does.
OWN_DATA = ("general_vqa", "general_vmcq", "general_qa", "general_mcq", "general_fc", "general_arena")
_ROW = re.compile(rb'\{"index":\s*\d+,\s*"(?P<second>\w+)":')
_PREDICTED, _REVIEWED = {b"model"}, {b"target", b"input", b"messages"}
_REPORT = (b'"dataset_name"', b'"model_name"', b'"metrics"')
_CONFIG = tuple(
    re.compile(rb"^" + key + rb":", re.MULTILINE) for key in (b"eval_backend", b"eval_type", b"datasets")
)
_HELD = {"index", "model", "messages", "target"}
_SCORE_HELD = {"value", "extracted_prediction", "prediction"}


@dataclass
class _Folder:
    """What one run left: files by model and name, reports by model and dataset."""

    predictions: dict[tuple[str, str], Source] = field(default_factory=dict)
    reviews: dict[tuple[str, str], Source] = field(default_factory=dict)
    reports: dict[tuple[str, str], tuple[Source, Mapping[str, Any]]] = field(default_factory=dict)
    config: tuple[Source, Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class _Part:
    """One subset of one dataset. `missing` counts samples that the report calls errored, of `requested`."""

    predictions: Source | None
    reviews: Source | None
    requested: int | None = None
    missing: int = 0


@dataclass(frozen=True)
class Samples:
    """The samples of a subset; each pass reads its files anew."""

    files: _Part

    def __iter__(self) -> Iterator[LoggedSample]:
        reviews = _by_index(self.files.reviews)
        seen: set[int] = set()
        main = self.files.predictions or self.files.reviews
        assert main is not None  # a part is made of at least one of them
        for index, line in _by_index(main).items():
            seen.add(index)
            review = reviews.pop(index, None)
            prediction = line if self.files.predictions else None
            yield _sample(main, index, line.number, prediction, review)
        if reviews:
            index, line = next(iter(reviews.items()))
            file = self.files.reviews.name if self.files.reviews else ""
            raise BadInput("log_no_pair", file=file, row=line.number, key=index, other=main.name)
        for index in _lacking(self.files, seen):
            yield LoggedSample(
                key=str(index),
                place=main.name,
                raw=json.dumps({"index": index}),
                problem=Problem("log_left_out", {"tool": TOOL}),
            )


def claims(source: Source) -> bool:
    """Rows with an index and a model or a target, reports, and the settings of a run."""
    head = source.head
    if _second(source):
        return any(key in head for key in (b'"model_output"', b'"messages"', b'"sample_score"'))
    if head.lstrip().startswith(b"{"):
        return all(key in head for key in _REPORT)
    return all(key.search(head) for key in _CONFIG)


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """A log a folder and model. Raises BadInput when there are neither predictions nor reviews."""
    folders: dict[str, _Folder] = {}
    for source in sources:
        _take(source, folders)
    models = [
        (folder, model)
        for folder in folders.values()
        for model in dict.fromkeys(model for model, _ in (*folder.predictions, *folder.reviews))
    ]
    if not models:
        raise BadInput("log_no_predictions_at_all", file=", ".join(source.name for source in sources))
    for folder, model in models:
        yield _log(folder, model)


def rest(raw: Any) -> Mapping[str, Any]:
    """The fields of a prediction and its review that no other part of the sample holds."""
    rows = [row for row in (raw if isinstance(raw, list) else [raw]) if isinstance(row, Mapping)]
    kept: dict[str, Any] = {}
    for row in rows:
        kept |= without(row, _HELD)
    if output := without(rest_of_output(part(kept, "model_output")), set()):
        kept["model_output"] = output
    else:
        kept.pop("model_output", None)
    scored = kept.get("sample_score")
    if isinstance(scored, Mapping):
        kept["sample_score"] = {**scored, "score": without(part(scored, "score"), _SCORE_HELD)}
    return kept


def _take(source: Source, folders: dict[str, _Folder]) -> None:
    """Puts a file into its run's folder, by what it is."""
    second = _second(source)
    path = PurePosixPath(source.path.as_posix())
    if second:
        kind = "predictions" if second in _PREDICTED else "reviews"
        root, model = _root(path, kind)
        folder = folders.setdefault(root, _Folder())
        (folder.predictions if kind == "predictions" else folder.reviews)[model, path.stem] = source
    elif source.head.lstrip().startswith(b"{"):
        value = json_file(source)
        root, model = _root(path, "reports")
        dataset = str(value.get("dataset_name") or path.stem)
        folders.setdefault(root, _Folder()).reports[model, dataset] = (source, value)
    else:
        root, _ = _root(path, "configs")
        folders.setdefault(root, _Folder()).config = (source, _yaml(source))


def _root(path: PurePosixPath, kind: str) -> tuple[str, str]:
    """The folder of the run, and the model's below `predictions`, `reviews` or `reports`; ("", "") for lone files."""
    parts = path.parts[:-1]
    if kind not in parts:
        return "", ""
    place = len(parts) - 1 - parts[::-1].index(kind)
    return str(PurePosixPath(*parts[:place])), "/".join(parts[place + 1 :])


def _log(folder: _Folder, model: str) -> Log:
    names = sorted({name for each, name in (*folder.predictions, *folder.reviews) if each == model})
    reports = {dataset: report for (each, dataset), report in folder.reports.items() if each == model}
    config = folder.config[1] if folder.config else {}
    tasks: list[LoggedTask] = []
    remarks: list[Problem] = []
    sources: dict[str, Source] = {source.name: source for source, _ in reports.values()}
    for name in names:
        task, found = _task(folder, model, name, {key: value for key, (_, value) in reports.items()})
        tasks.append(task)
        remarks += _remarks(found, task.name)
        sources |= {each.name: each for each in (found.predictions, found.reviews) if each}
    if folder.config:
        sources[folder.config[0].name] = folder.config[0]
    told = next((str(report["model_name"]) for _, report in reports.values() if report.get("model_name")), "")
    settings = config.get("generation_config")
    return Log(
        tool=TOOL,
        files=tuple(source.facts() for _, source in sorted(sources.items())),
        tasks=tuple(tasks),
        version=str(config.get("evalscope_version") or ""),
        model=str(config.get("model_id") or config.get("model") or told or model),
        settings=settings if isinstance(settings, Mapping) else {},
        remarks=tuple(remarks),
        rest={key: value for key, value in config.items() if key != "generation_config"},
    )


def _remarks(files: _Part, task: str) -> Iterator[Problem]:
    if files.reviews is None and files.predictions:
        yield Problem("log_no_reviews", {"task": task, "file": files.predictions.name})
    if files.predictions is None and files.reviews:
        yield Problem("log_no_predictions", {"task": task, "file": files.reviews.name})


def _task(
    folder: _Folder, model: str, name: str, reports: Mapping[str, Mapping[str, Any]]
) -> tuple[LoggedTask, _Part]:
    dataset = max((each for each in reports if name.startswith(f"{each}_")), key=len, default="")
    dataset = dataset or next((each for each in OWN_DATA if name.startswith(f"{each}_")), "")
    subset = name[len(dataset) + 1 :] if dataset else ""
    report = reports.get(dataset, {})
    counts = part(part(part(report, "execution_summary"), "subsets"), subset)
    requested, missing = counts.get("requested"), counts.get("errored")
    files = _Part(
        folder.predictions.get((model, name)),
        folder.reviews.get((model, name)),
        requested if isinstance(requested, int) else None,
        missing if isinstance(missing, int) else 0,
    )
    own = dataset in OWN_DATA and subset not in {"", "default"}
    task = LoggedTask(
        name=subset if own else name,
        samples=Samples(files),
        scores=dict(_task_scores(report, subset)),
        expected=files.requested,
        rest={"dataset": dataset, "subset": subset, "report": report} if report else {},
    )
    return task, files


def _task_scores(report: Mapping[str, Any], subset: str) -> Iterator[tuple[str, float]]:
    """The report's scores of one subset, by the metric's name, its dimensions, and how it was summed up."""
    for metric in report.get("metrics") or ():
        for category in metric.get("categories") or ():
            for found in category.get("subsets") or ():
                score = found.get("score")
                if found.get("name") == subset and isinstance(score, int | float) and score == score:
                    yield _metric_name(metric), float(score)


def _metric_name(metric: Mapping[str, Any]) -> str:
    identity = part(metric, "identity")
    if not identity:
        return str(metric.get("name"))
    dimensions = ",".join(f"{key}={value}" for key, value in part(identity, "dimensions").items())
    name = f"{identity.get('name')}[{dimensions}]" if dimensions else str(identity.get("name"))
    return f"{name}/{identity.get('aggregation')}"


def _by_index(source: Source | None) -> dict[int, Line]:
    """The rows of a file by their index. Raises BadInput: a row without one, or two with the same."""
    found: dict[int, Line] = {}
    if source is None:
        return found
    once = Once(source)
    for line in json_lines(source):
        index = line.value.get("index")
        if not isinstance(index, int):
            raise BadInput(
                "log_field", file=source.name, row=line.number, field="index", expected="int",
                found=type(index).__name__,
            )  # fmt: skip
        once.add(str(index), line.number)
        found[index] = line
    return dict(sorted(found.items()))


def _lacking(files: _Part, seen: set[int]) -> list[int]:
    """The indices of samples that failed, where the report's count of them is that of the gaps. Both are the log's to
    say: they are compared as counts before anything is listed."""
    requested = files.requested or 0
    gaps = requested - sum(0 <= index < requested for index in seen)
    if gaps != files.missing or gaps > MOST_MISSING:
        return []
    return [index for index in range(requested) if index not in seen]


def _sample(
    source: Source, index: int, row: int, prediction: Line | None, review: Line | None
) -> LoggedSample:
    predicted = prediction.value if prediction else {}
    reviewed = review.value if review else {}
    output = part(predicted, "model_output")
    scored = part(part(reviewed, "sample_score"), "score")
    messages = predicted.get("messages") or reviewed.get("messages") or []
    messages = messages if isinstance(messages, list) else []
    answer = _answer(output, scored, messages)
    chat = read_chat(before_answer(messages, answer is not None))
    usage = part(output, "usage")
    values = numbers(part(scored, "value"))
    extracted = scored.get("extracted_prediction")
    problem = None
    if answer is None:
        told = output.get("error")
        problem = (
            Problem("log_tool_error", {"tool": TOOL, "message": str(told)})
            if told
            else Problem("log_no_text")
        )
    return LoggedSample(
        key=str(index),
        place=f"{source.name}:{row}",
        raw=json.dumps([lightened(each.value) for each in (prediction, review) if each], ensure_ascii=False),
        prompt=chat.prompt if messages else None,
        question=chat.question,
        gold=gold_of(reviewed.get("target")),
        answer=answer,
        problem=problem,
        finish_reason=reason(_first(output).get("stop_reason")) if answer is not None else None,
        prompt_tokens=whole(usage.get("input_tokens")),
        completion_tokens=whole(usage.get("output_tokens")),
        latency_s=number(output.get("time")),
        media=chat.media,
        own_scores=values,
        own_extracted=dict.fromkeys(values, extracted) if isinstance(extracted, str) else {},
        meta=part(predicted, "metadata"),
    )


def _answer(output: Mapping[str, Any], scored: Mapping[str, Any], messages: Sequence[Any]) -> str | None:
    """The answer of the prediction; without one, what the review says was predicted."""
    if output:
        message = part(_first(output), "message")
        return text_of_content(message.get("content")) if message and not output.get("error") else None
    if isinstance(scored.get("prediction"), str):
        return str(scored["prediction"])
    last = messages[-1] if messages else None
    is_answer = isinstance(last, Mapping) and last.get("role") == "assistant"
    return text_of_content(last.get("content")) if isinstance(last, Mapping) and is_answer else None


def _first(output: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = output.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, Mapping) else {}


def _second(source: Source) -> bytes:
    """The key after `index` in the first row; b"" for a file that does not hold such rows."""
    found = _ROW.match(source.head)
    return found["second"] if found and found["second"] in _PREDICTED | _REVIEWED else b""


def _yaml(source: Source) -> Mapping[str, Any]:
    import yaml

    try:
        value = yaml.safe_load(Path(source.path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        told = " ".join(str(error).split())
        raise BadInput("log_not_yaml", file=source.name, reason=told) from error
    if not _modest(value):
        raise BadInput("log_not_yaml", file=source.name, reason=f"> {MOST_SETTINGS}")
    return value if isinstance(value, dict) else {}


def _modest(value: Any) -> bool:
    """Whether the settings are of a sane size: YAML can name a part many times over, and parts of parts."""
    left = MOST_SETTINGS
    parts = [value]
    while parts and left:
        left -= 1
        each = parts.pop()
        parts += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return not parts


READER = Reader(TOOL, claims, read, rest)
