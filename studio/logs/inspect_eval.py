"""Inspect's logs (`inspect_ai`, `.eval` and `.json`): one file is one task under one model.

An epoch is a sample of its own (`11_epoch_2`, the log's own name for it). Inspect's grades C, P, I and N are numbers by
its own rule (1, 0.5, 0, 0); a score that it left out (NaN) is no score here either. A sample that it stopped with an
error and did not score has no answer here.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.errors import Problem
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.logs.chat import (
    Chat,
    before_answer,
    lightened,
    read_chat,
    reason,
    rest_of_output,
    text_of_content,
    without,
)
from studio.logs.inspect_files import InspectFile, Row, claims
from studio.logs.reader import Reader, Source
from studio.logs.rows import Once
from studio.logs.values import gold_of, number, part, seconds, whole

TOOL = "inspect-ai"
GRADES = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}  # inspect_ai.scorer.value_to_float
ATTACHMENT = "attachment://"
SHOWN = 400  # characters of an error
_ERROR = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Timeout)\(")
# What other parts of a sample, a task and a log hold.
_SAMPLE_HELD = {
    "id",
    "epoch",
    "input",
    "choices",
    "target",
    "messages",
    "attachments",
    "metadata",
    "scores",
    "output",
}
_EVAL_HELD = {"task", "model", "created", "model_generate_config"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """A log for each file. Raises BadInput."""
    for source in sources:
        yield _log(source)


def rest(raw: Any) -> Mapping[str, Any]:
    """The fields of a sample that no other part of it holds."""
    if not isinstance(raw, Mapping):
        return {"row": raw}
    kept = without(raw, _SAMPLE_HELD)
    scores = {name: _rest_of_score(score) for name, score in part(raw, "scores").items()}
    return kept | without({"scores": without(scores, ()), "output": rest_of_output(part(raw, "output"))}, ())


def _rest_of_score(score: Any) -> Any:
    """Why a score is what it is; its value too where that is no number, and so stands nowhere else."""
    if not isinstance(score, Mapping):
        return score
    value = score.get("value")
    told = isinstance(value, Mapping) or _grade(value) is not None
    return without(score, {"answer", "value"} if told else {"answer"})


@dataclass(frozen=True)
class Samples:
    """The samples of a file; each pass reads it anew."""

    source: Source
    several: bool  # epochs

    def __iter__(self) -> Iterator[LoggedSample]:
        once = Once(self.source)
        for place, row in enumerate(InspectFile(self.source).rows(), 1):
            sample = _sample(row, self.several)
            once.add(sample.key, place)
            yield sample


def _log(source: Source) -> Log:
    header = InspectFile(source).header()
    spec, results, stats = (part(header, key) for key in ("eval", "results", "stats"))
    plan = part(header, "plan")
    config = part(spec, "config")
    epochs = config.get("epochs")
    started, ended = seconds(stats.get("started_at")), seconds(stats.get("completed_at"))
    task = LoggedTask(
        name=str(spec.get("task") or source.name),
        samples=Samples(source, isinstance(epochs, int) and epochs > 1),
        scores=dict(_task_scores(results)),
        expected=_expected(header, results),
        rest={"results": {key: value for key, value in results.items()}} if results else {},
    )
    settings = {**part(spec, "model_generate_config"), **part(plan, "config")}
    told = {key: value for key, value in header.items() if key not in {"eval", "results"}}
    return Log(
        tool=TOOL,
        files=(source.facts(),),
        tasks=(task,),
        version=str(part(spec, "packages").get("inspect_ai") or ""),
        model=str(spec.get("model") or ""),
        created_at=seconds(spec.get("created")),
        seconds=ended - started if started is not None and ended is not None else None,
        settings={key: value for key, value in settings.items() if value is not None},
        remarks=tuple(_remarks(source, header)),
        rest={**told, "eval": {key: value for key, value in spec.items() if key not in _EVAL_HELD}},
    )


def _remarks(source: Source, header: Mapping[str, Any]) -> Iterator[Problem]:
    status = header.get("status")
    if status != "success":
        values = {"file": source.name, "status": str(status or "started")}
        yield Problem("log_inspect_status", values)


def _expected(header: Mapping[str, Any], results: Mapping[str, Any]) -> int | None:
    """How many samples should be there; a run that was stopped has fewer, and says so by its status."""
    if header.get("status") != "success" or results.get("early_stopping"):
        return None
    count = results.get("logged_samples") or results.get("total_samples")
    return count if isinstance(count, int) else None


def _task_scores(results: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """`scorer/metric`, of a scorer of several values `scorer/value/metric`; `@reducer` where there are several."""
    scores = [score for score in results.get("scores") or () if isinstance(score, Mapping)]
    for score in scores:
        scorer, name, reducer = (score.get(key) for key in ("scorer", "name", "reducer"))
        path = str(name) if scorer in (name, None) else f"{scorer}/{name}"
        for metric, value in part(score, "metrics").items():
            found = number(value.get("value")) if isinstance(value, Mapping) else None
            if found is not None:
                yield f"{path}/{metric}" + (f"@{reducer}" if reducer else ""), found


def _sample(row: Row, several: bool) -> LoggedSample:
    value = row.value
    attachments = part(value, "attachments")
    output = part(value, "output")
    listed = output.get("choices")
    choices = listed if isinstance(listed, list) else []
    answered = bool(choices)
    chat = _chat(value, attachments, answered)
    scores = part(value, "scores")
    problem = _problem(value, scores)
    answer = _answer(output, attachments) if answered and not problem else None
    usage = part(output, "usage")
    metadata = part(value, "metadata")
    key = str(value.get("id"))
    return LoggedSample(
        key=f"{key}_epoch_{value.get('epoch')}" if several else key,
        place=row.place,
        raw=json.dumps(lightened(value), ensure_ascii=False),
        prompt=chat.prompt,
        question=chat.question,
        options=_options(value.get("choices")),
        gold=gold_of(value.get("target")),
        answer=answer,
        problem=problem or (_limit(value) if answer is None else None),
        finish_reason=reason(choices[0].get("stop_reason")) if answer is not None else None,
        prompt_tokens=whole(usage.get("input_tokens")),
        completion_tokens=whole(usage.get("output_tokens")),
        latency_s=number(output.get("time")),
        media=chat.media,
        own_scores=dict(_own_scores(scores)),
        own_extracted=dict(_extracted(scores)),
        categories=_categories(metadata),
        meta=dict(metadata),
    )


def _chat(value: Mapping[str, Any], attachments: Mapping[str, Any], answered: bool) -> Chat:
    messages = value.get("messages") or value.get("input") or []
    if isinstance(messages, str):
        messages = [{"role": "user", "content": messages}]
    return read_chat(before_answer(messages, answered), lambda text: _resolved(text, attachments))


def _resolved(text: str, attachments: Mapping[str, Any]) -> str:
    if not text.startswith(ATTACHMENT):
        return text
    found = attachments.get(text.removeprefix(ATTACHMENT))
    return found if isinstance(found, str) else text


def _answer(output: Mapping[str, Any], attachments: Mapping[str, Any]) -> str:
    text = output.get("completion")
    if not isinstance(text, str) or not text:
        text = text_of_content(part(output["choices"][0], "message").get("content"))
    return _resolved(text, attachments)


def _problem(value: Mapping[str, Any], scores: Mapping[str, Any]) -> Problem | None:
    """Why a sample is failed: an error, and Inspect did not score it all the same."""
    error = value.get("error")
    if not error or scores:
        return None
    message = error.get("message") if isinstance(error, Mapping) else error
    return Problem("log_tool_error", {"tool": TOOL, "message": _clip(str(message))})


def _limit(value: Mapping[str, Any]) -> Problem | None:
    limit = part(value, "limit")
    return Problem("log_limit", {"kind": limit.get("type"), "limit": limit.get("limit")}) if limit else None


def _own_scores(scores: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for name, score in scores.items():
        value = score.get("value") if isinstance(score, Mapping) else None
        values = value.items() if isinstance(value, Mapping) else [("", value)]
        for key, one in values:
            if (grade := _grade(one)) is not None:
                yield f"{name}/{key}" if key else str(name), grade


def _extracted(scores: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, score in scores.items():
        if isinstance(score, Mapping) and isinstance(score.get("answer"), str):
            yield str(name), score["answer"]


def _grade(value: Any) -> float | None:
    return GRADES.get(value) if isinstance(value, str) else number(value)


def _options(choices: Any) -> dict[str, str]:
    return dict(zip(_LETTERS, map(str, choices), strict=False)) if isinstance(choices, list) else {}


def _categories(metadata: Mapping[str, Any]) -> dict[str, str]:
    wanted = ("category", "question_type", "subject", "subset")
    return {key: str(metadata[key]) for key in wanted if isinstance(metadata.get(key), str | int)}


def _clip(text: str) -> str:
    """The error at the end of a message, which otherwise repeats the whole request."""
    text = " ".join(text.replace("\\n", " ").replace("\\'", "'").split())
    starts = [match.start() for match in _ERROR.finditer(text)]
    if starts and starts[-1]:
        text = text[starts[-1] :].removesuffix("')").removesuffix('")')
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


READER = Reader(TOOL, claims, read, rest)
