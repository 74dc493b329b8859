"""An archive for the benchmark's site: answers by the records' ids, and (in `logs_public.zip`) how they were made.

It holds no questions and, where it should not, no gold: these come from the studio's own copy of a task. What is wrong
with an archive as a submission is for `studio.submission.check_archive` to say; here its answers are read.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.core.submission import Defect
from studio.core.suite import SuiteTask
from studio.logs.reader import HEAD, Reader, Source
from studio.logs.values import number as finite
from studio.submission.archive import LOGS, Contents, open_archive
from studio.submission.logs import read_logs
from studio.submission.records import SPLIT
from studio.tasks.mera import card_of, suite_tasks

TOOL = "mera-submission"
_HELD = {"outputs", "meta"}


@dataclass(frozen=True)
class Answers:
    """The answers of one task's file; each pass reads them out of its text again."""

    place: str
    raw: bytes

    def __iter__(self) -> Iterator[LoggedSample]:
        seen: dict[str, int] = {}
        for number, doc in enumerate(_docs(self.raw, self.place), 1):
            sample = _sample(doc, number, self.place)
            first = seen.setdefault(sample.key, number)
            if first != number:
                # Parts of a task are numbered each by itself, and nothing here tells them apart.
                key = f"{sample.key}#{number}"
                sample = LoggedSample(
                    key, sample.place, sample.raw, answer=sample.answer, problem=sample.problem
                )
            yield sample


def claims(source: Source) -> bool:
    """A zip with a file named after one of the benchmark's tasks, that begins like its predictions."""
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(source.path) as archive:
            named = [name for name in archive.namelist() if name in _expected()]
            for name in named:
                with archive.open(name) as file:
                    if b'"outputs"' in file.read(HEAD):
                        return True
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False
    return False


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """One log an archive. Raises BadInput that names the file in it."""
    for source in sources:
        contents = open_archive(source.path, suite_tasks(), _resolve)
        if isinstance(contents, Defect):
            raise BadInput("log_zip_broken", file=source.name, reason=contents.values.get("reason", ""))
        yield _log(source, contents)


def rest(raw: Any) -> Mapping[str, Any]:
    """Fields of a record that the archive need not have."""
    row = raw if isinstance(raw, Mapping) else {}
    told = {key: value for key, value in row.items() if key not in _HELD}
    meta = row.get("meta")
    return (
        told | {f"meta.{key}": value for key, value in meta.items() if key != "id"}
        if isinstance(meta, Mapping)
        else told
    )


def _log(source: Source, contents: Contents) -> Log:
    results = _newest_results(contents)
    tasks = []
    for task in suite_tasks():
        file = contents.files.get(task.name)
        if file is None:
            continue
        place = f"{source.name}/{file.name}"
        if file.raw is None:
            raise BadInput("log_not_json", file=place, reason=file.problem[1])
        tasks.append(LoggedTask(task.name, Answers(place, file.raw), split=SPLIT, bare=True))
    config = results.get("config")
    date = results.get("date")
    return Log(
        tool=TOOL,
        files=(source.facts(),),
        tasks=tuple(tasks),
        model=str(results.get("model_name") or ""),
        revision=str((config or {}).get("model_revision") or "") if isinstance(config, Mapping) else "",
        created_at=finite(date),
        settings=config if isinstance(config, Mapping) else {},
        remarks=tuple(_remarks(contents)),
        rest={
            key: value for key, value in results.items() if key in {"studio", "lm_eval_version", "git_hash"}
        },
    )


def _newest_results(contents: Contents) -> Mapping[str, Any]:
    """What the newest results file of the archive's logs says; nothing where there is none."""
    if contents.logs is None:
        return {}
    results = read_logs(contents.logs, _resolve).results
    return results[max(results)] if results else {}


def _remarks(contents: Contents) -> Iterator[Problem]:
    for defect in contents.defects:
        if "file" in defect.values and defect.values["file"] != LOGS:
            yield Problem("log_not_predictions", {"file": defect.values["file"]})


def _sample(doc: Any, number: int, place: str) -> LoggedSample:
    meta = doc.get("meta") if isinstance(doc, Mapping) else None
    key = meta.get("id") if isinstance(meta, Mapping) else None
    if isinstance(key, bool) or not isinstance(key, int):
        found = type(key).__name__
        raise BadInput("log_field", file=place, row=number, field="meta.id", expected="int", found=found)
    output = doc.get("outputs")
    answer = output if isinstance(output, str) else None
    return LoggedSample(
        key=str(key),
        place=f"{place}:{number}",
        raw=json.dumps(doc, ensure_ascii=False),
        answer=answer,
        problem=None if answer is not None else Problem("no_answer"),
    )


def _docs(raw: bytes, place: str) -> list[Any]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput("log_not_json", file=place, reason=str(error)) from error
    data = value.get("data") if isinstance(value, Mapping) else None
    docs = data.get(SPLIT) if isinstance(data, Mapping) else None
    if not isinstance(docs, list):
        raise BadInput("log_not_object", file=place, found=type(docs).__name__)
    return docs


def _resolve(name: str) -> tuple[SuiteTask, Any] | None:
    return card_of([name])


def _expected() -> frozenset[str]:
    return frozenset(f"{task.submission}.json" for task in suite_tasks())


READER = Reader(TOOL, claims, read, rest)
