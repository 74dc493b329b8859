"""lmms-eval's logs (0.7): `<date>_samples_<task>.jsonl` and `<date>_results.json` in a folder a model.

Its rows resemble lm-eval's, with differences that matter: the record itself is not there; every filter of a task adds
all documents once more, unnamed, in the order of the task's filters; `resps` is left out where it equals what a filter
left; and a request that failed stands in the place of an answer, as a text with a mark, which the tool scored as one.
"""

import ast
import json
import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from studio.core.content import MODALITIES
from studio.core.errors import BadInput, Problem
from studio.core.logs import Log, LoggedMedium, LoggedSample, LoggedTask
from studio.core.task import Gold
from studio.logs.chat import without_places
from studio.logs.reader import Reader, Source
from studio.logs.rows import Line, json_file, json_lines, numbers
from studio.logs.values import number

TOOL = "lmms-eval"
FAILED = re.compile(r"\[LMMS_EVAL_REQUEST_FAILED[^\]]*\]\s*")  # lmms_eval/models/chat/openai.py
_DATE = r"(?P<date>\d{8}_\d{6})"
_SAMPLES = re.compile(rf"{_DATE}_samples_(?P<task>.+)\.jsonl")
_RESULTS = re.compile(rf"{_DATE}_results\.json")
_ROW = (b'"doc_id"', b'"target"', b'"filtered_resps"', b'"doc_hash"', b'"input"')
_NOT_ROW = (b'"arguments"', b'"doc"')  # lm-eval's own rows have them
_ROW_HELD = {"doc_id", "target", "filtered_resps", "resps", "token_counts", "input", "input_media"}
_OF_TASKS = (
    "versions",
    "n-shot",
    "higher_is_better",
    "n-samples",
    "configs",
    "group_subtasks",
    "task_hashes",
)
_HELD = {*_OF_TASKS, "results", "config", "model_name", "total_evaluation_time_seconds"}
_NO_FILTER = "none"


@dataclass(frozen=True)
class _Results:
    """A results file, {} for samples that have none."""

    source: Source | None = None
    value: Mapping[str, Any] = field(default_factory=dict)

    def of(self, key: str, task: str) -> Any:
        part = self.value.get(key)
        return part.get(task) if isinstance(part, Mapping) else None

    def filters(self, task: str) -> tuple[str, ...]:
        """The task's filters in their order; () where the file does not say."""
        config = self.of("configs", task)
        if not isinstance(config, Mapping):
            return ()
        listed = config.get("filter_list")
        names = [str(each.get("name")) for each in listed or () if isinstance(each, Mapping)]
        return tuple(names) or (_NO_FILTER,)


@dataclass(frozen=True)
class Samples:
    """The samples of a file; each pass reads it anew. `filters` are () where they are not known."""

    source: Source
    filters: tuple[str, ...]

    def __iter__(self) -> Iterator[LoggedSample]:
        documents: dict[str, list[Line]] = {}
        for line in json_lines(self.source):
            key = str(line.value.get("doc_id", line.number))
            lines = documents.setdefault(key, [])
            if self.filters and len(lines) == len(self.filters):
                first = lines[0].number
                raise BadInput("log_duplicate", file=self.source.name, row=line.number, key=key, first=first)
            lines.append(line)
        for key, lines in documents.items():
            yield _sample(self.source, key, lines, self.filters)


def claims(source: Source) -> bool:
    """Rows of lmms-eval, which hold no record; or its results, which name its version."""
    head = source.head
    if head.startswith(b'{"doc_id"'):
        line = head.partition(b"\n")[0]
        return all(key in line for key in _ROW) and not any(key in line for key in _NOT_ROW)
    if not head.lstrip().startswith(b"{") or b'"results"' not in head:
        return False
    try:
        return b'"lmms_eval_version"' in source.path.read_bytes()
    except OSError:
        return False


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """A log a folder and date. Raises BadInput when there are results alone."""
    results: dict[tuple[str, str], _Results] = {}
    files: dict[tuple[str, str], list[tuple[str, Source]]] = {}
    for source in sources:
        path = PurePosixPath(source.name)
        if source.head.startswith(b'{"doc_id"'):
            found = _SAMPLES.fullmatch(path.name)
            task, date = (found["task"], found["date"]) if found else (path.stem, "")
            files.setdefault((str(path.parent), date), []).append((task, source))
        else:
            found = _RESULTS.fullmatch(path.name)
            results[str(path.parent), found["date"] if found else ""] = _Results(source, json_file(source))
    if not files:
        raise BadInput("log_no_samples", file=", ".join(source.name for source in sources))
    for place, group in files.items():
        yield _log(group, results.get(place, _Results()))


def rest(raw: Any) -> Mapping[str, Any]:
    """The fields of a sample's rows that no other part of it holds, metrics that are not numbers among them."""
    rows = raw if isinstance(raw, list) else [raw]
    kept: dict[str, Any] = {}
    for place, row in enumerate(rows, 1):
        own = numbers(row)
        for key, value in row.items():
            if key not in _ROW_HELD and key not in own:
                kept.setdefault(key if place == 1 or kept.get(key) == value else f"{key} #{place}", value)
    return kept


def _log(group: Sequence[tuple[str, Source]], results: _Results) -> Log:
    value = results.value
    sources = [source for _, source in group] + ([results.source] if results.source else [])
    remarks = [Problem("log_no_results", {"file": source.name}) for _, source in group if not results.source]
    config = value.get("config")
    version = str(
        value.get("lmms_eval_version") or ""
    )  # a branch and a commit, unknown for an installed release
    return Log(
        tool=TOOL,
        files=tuple(source.facts() for source in sorted(sources, key=lambda source: source.name)),
        tasks=tuple(_task(name, source, results) for name, source in group),
        version=version if set(version.split("@")) != {"unknown"} else "",
        model=str(value.get("model_name") or ""),
        created_at=_created(value),
        seconds=number(value.get("total_evaluation_time_seconds")),
        settings=config if isinstance(config, Mapping) else {},
        remarks=tuple(remarks),
        rest={key: each for key, each in value.items() if key not in _HELD},
    )


def _task(name: str, source: Source, results: _Results) -> LoggedTask:
    scores = results.of("results", name)
    scores = scores if isinstance(scores, Mapping) else {}
    own = {key: value for key, value in numbers(scores).items() if "_stderr" not in key}
    told = {key: value for key, value in scores.items() if key not in own}
    counts = results.of("n-samples", name)
    expected = counts.get("effective") if isinstance(counts, Mapping) else None
    about = {key: results.of(key, name) for key in _OF_TASKS if results.of(key, name) is not None}
    return LoggedTask(
        name=name,
        samples=Samples(source, results.filters(name)),
        scores=own,
        expected=expected if isinstance(expected, int) else None,
        rest={**about, **({"results": told} if told else {})},
    )


def _sample(source: Source, key: str, lines: Sequence[Line], filters: Sequence[str]) -> LoggedSample:
    rows = [line.value for line in lines]
    answer, attempts = _answer(rows)
    failed = FAILED.match(answer) if answer is not None else None
    problem = None
    if answer is None:
        problem = Problem("log_no_text")
    elif failed:
        problem = Problem("log_tool_error", {"tool": TOOL, "message": answer[failed.end() :]})
    tokens = _tokens(rows[0]) if not problem else {}
    prompt = rows[0].get("input")
    return LoggedSample(
        key=key,
        place=f"{source.name}:{lines[0].number}",
        raw=lines[0].text if len(lines) == 1 else json.dumps(rows, ensure_ascii=False),
        prompt=prompt if isinstance(prompt, str) else None,
        question=without_places(prompt) if isinstance(prompt, str) else None,
        gold=_gold(rows[0].get("target")),
        answer=None if problem else answer,
        problem=problem,
        prompt_tokens=tokens.get("input_tokens"),
        completion_tokens=tokens.get("output_tokens"),
        media=tuple(_media(rows[0].get("input_media"))),
        own_scores=dict(_scores(rows, filters)),
        own_extracted=dict(_extracted(rows, filters)),
        found={"answer": "first"} if attempts > 1 else {},
    )


def _answer(rows: Sequence[Mapping[str, Any]]) -> tuple[str | None, int]:
    """The answer as it came, and of how many attempts it is the first: `resps`, or where it was left out, the same
    text after a filter that changed nothing."""
    found: Any = next((row["resps"] for row in rows if "resps" in row), rows[0].get("filtered_resps"))
    attempts = 1
    while isinstance(found, list) and found:
        attempts = max(attempts, len(found))
        found = found[0]
    return (found, attempts) if isinstance(found, str) else (None, 0)


def _scores(rows: Sequence[Mapping[str, Any]], filters: Sequence[str]) -> Iterator[tuple[str, float]]:
    for place, row in enumerate(rows):
        for key, value in numbers(row).items():
            if key not in _ROW_HELD:
                yield _named(key, place, len(rows), filters), value


def _extracted(rows: Sequence[Mapping[str, Any]], filters: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What each filter left, for every score of its row."""
    for place, row in enumerate(rows):
        left = row.get("filtered_resps")
        if isinstance(left, str) and not FAILED.match(left):
            for key in numbers(row):
                if key not in _ROW_HELD:
                    yield _named(key, place, len(rows), filters), left


def _named(key: str, place: int, n: int, filters: Sequence[str]) -> str:
    """A metric, with the filter behind it where there are several, as in the tool's results."""
    if n == 1 and len(filters) <= 1:
        return key
    return f"{key},{filters[place] if place < len(filters) else f'#{place + 1}'}"


def _tokens(row: Mapping[str, Any]) -> Mapping[str, int]:
    counts = row.get("token_counts")
    first = counts[0] if isinstance(counts, list) and counts else None
    return (
        {key: value for key, value in first.items() if isinstance(value, int)}
        if isinstance(first, Mapping)
        else {}
    )


def _media(found: Any) -> Iterator[LoggedMedium]:
    """Names of files; what kind each is, its name alone tells."""
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    kinds = [(mimetypes.guess_type(name)[0] or "").partition("/")[0] for name in names]
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        modality = next((each for each in MODALITIES if each == kind), None)
        if modality:
            key = modality if kinds.count(kind) == 1 else f"{modality}_{kinds[: place + 1].count(kind)}"
            yield LoggedMedium(key, modality, None, name)


def _gold(target: Any) -> Gold | None:
    """The target; the tool writes every one by `str`, so that a list of texts stands as Python prints it."""
    if not isinstance(target, str) or not target.strip():
        return None
    if target.startswith("["):
        try:
            listed = ast.literal_eval(target)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return target
        if isinstance(listed, list) and listed and all(isinstance(each, str) for each in listed):
            return tuple(listed)
    return target


def _created(value: Mapping[str, Any]) -> float | None:
    """The date, which is in the zone of the option `--timezone`."""
    config = value.get("config")
    options = config.get("resolved_cli_args") if isinstance(config, Mapping) else None
    zone = options.get("timezone") if isinstance(options, Mapping) else None
    try:
        moment = datetime.strptime(str(value.get("date")), "%Y%m%d_%H%M%S")
        return moment.replace(tzinfo=ZoneInfo(str(zone))).timestamp() if zone else None
    except (ValueError, OSError, ZoneInfoNotFoundError):  # a zone's name is looked for among files
        return None


READER = Reader(TOOL, claims, read, rest)
