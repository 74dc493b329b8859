"""A harness's logs: what each task's samples say, and the results file that tells how they were made.

`samples_<task>_<date>.jsonl` holds a line a (record, filter); `results_<date>.json` of the same date the settings. Of
several files of one task the newest counts, by the date in its name.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.core.submission import Defect
from studio.core.suite import Subset, SuiteTask
from studio.submission.archive import File, Resolve, open_logs

_DATE = r"(?P<date>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:\.\d+)?)"
_SAMPLES = re.compile(rf"samples_(?P<task>.+)_{_DATE}\.jsonl?")
_RESULTS = re.compile(rf"results_{_DATE}\.json")
FIRST_TURN_ID, TURNS = 11, 500  # of ruTiE's records whose id the harness took out


@dataclass(frozen=True)
class Samples:
    """The log of one task, or of a part of it. `outputs` are what may have been sent for each id (a record has a
    line for each filter); `found` counts records, those without an id too; `gold` those whose answer is there."""

    name: str
    task: SuiteTask
    subset: Subset | None
    date: str
    found: int
    outputs: Mapping[int, frozenset[str]]
    gold: int


@dataclass(frozen=True)
class Logs:
    """All logs of an archive: the newest samples of each task and part, and results by date."""

    samples: tuple[Samples, ...]
    results: Mapping[str, Mapping[str, Any]]
    defects: tuple[Defect, ...] = field(default_factory=tuple)

    def of(self, task: SuiteTask) -> list[Samples]:
        return [samples for samples in self.samples if samples.task.name == task.name]

    def whole(self, task: SuiteTask) -> bool:
        """Whether every part of the task has its log."""
        parts = {samples.subset.name if samples.subset else "" for samples in self.of(task)}
        return "" in parts or {subset.name for subset in task.subsets} <= parts


def read_logs(raw: bytes, resolve: Resolve) -> Logs:
    """The logs of an archive. What cannot be read is a defect (a warning: answers are scored without logs)."""
    newest: dict[tuple[str, str], Samples] = {}
    results: dict[str, Mapping[str, Any]] = {}
    defects: list[Defect] = []
    try:
        for file in open_logs(raw):
            try:
                _take(file, resolve, newest, results)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                reason = str(error) or type(error).__name__
                defects.append(
                    Defect("logs_unreadable", "", "warning", values={"file": file.name, "reason": reason})
                )
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        values = {"file": "logs_public.zip", "reason": str(error)}
        defects.append(Defect("logs_unreadable", "", "warning", values=values))
    return Logs(tuple(newest.values()), results, tuple(defects))


def _take(
    file: File,
    resolve: Resolve,
    newest: dict[tuple[str, str], Samples],
    results: dict[str, Mapping[str, Any]],
) -> None:
    """Adds one file. Raises ValueError and its kin when it is not what its name says."""
    named, settings = _SAMPLES.fullmatch(file.name), _RESULTS.fullmatch(file.name)
    found = resolve(named["task"]) if named else None
    if not found and not settings:
        return
    if file.raw is None:
        raise ValueError(file.problem[1])
    text = file.raw.decode("utf-8")
    if settings:
        value = json.loads(text)
        if not isinstance(value, dict):
            raise ValueError(f"{type(value).__name__}, not an object")
        results[settings["date"]] = value
    if named and found:
        task, subset = found
        key = (task.name, subset.name if subset else "")
        if key not in newest or newest[key].date < named["date"]:
            newest[key] = _samples(file.name, task, subset, named["date"], text)


def _samples(name: str, task: SuiteTask, subset: Subset | None, date: str, text: str) -> Samples:
    outputs: dict[int, set[str]] = {}
    keys: set[str] = set()
    gold = 0
    for number, row in enumerate(_rows(text)):
        key = str(row.get("doc_id", number))
        doc = row.get("doc")
        doc = doc if isinstance(doc, dict) else {}
        if key not in keys:
            gold += bool(doc.get("outputs"))
        keys.add(key)
        sample_id, output = record_id(doc), _output(row)
        if sample_id is not None and output is not None:
            outputs.setdefault(sample_id, set()).add(output)
    frozen = {key: frozenset(texts) for key, texts in outputs.items()}
    return Samples(name, task, subset, date, len(keys), frozen, gold)


def _rows(text: str) -> Iterator[dict[str, Any]]:
    """Lines of JSON, or one JSON list of them."""
    values = (
        json.loads(text)
        if text.lstrip().startswith("[")
        else map(json.loads, filter(str.strip, text.split("\n")))
    )
    for value in values:
        if not isinstance(value, dict):
            raise ValueError(f"{type(value).__name__}, not an object")
        yield value


def record_id(doc: Mapping[str, Any]) -> int | None:
    """The record's id; a turn of ruTiE has its place in the dialogue instead."""
    meta = doc.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    if isinstance(meta.get("id"), int):
        return int(meta["id"])
    place = {**meta, **doc}
    turn, dialogue = place.get("question_id"), place.get("dialog_id")
    if isinstance(turn, int) and isinstance(dialogue, int):
        return turn + TURNS * dialogue + FIRST_TURN_ID
    return None


def _output(row: Mapping[str, Any]) -> str | None:
    """The text that the packer takes: the first filtered response, of a list its first."""
    found: Any = row.get("filtered_resps")
    for _ in range(2):
        found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, str) else None
