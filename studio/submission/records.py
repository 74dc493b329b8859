"""The records of one task's file: `{"data": {"test": [{"outputs": text, "meta": {"id": number}}, …]}}`."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.submission import Defect, Severity
from studio.core.suite import SuiteTask
from studio.core.task import Split
from studio.metrics.slots import read_answer

SPLIT: Split = "test"
SHOWN = 5  # places named in a report; the rest are counted
# Shapes of RuSLUn's answers on which the published scorer stops, and with it the score of the whole task.
_STOPPING = {"no_object", "slots_shape", "slot_shape"}


@dataclass(frozen=True)
class Records:
    """The records of a file: how many, the (id, answer) pairs of those that have both, and what is wrong."""

    found: int
    answers: tuple[tuple[int, str], ...]
    defects: tuple[Defect, ...]


class Faults:
    """Faults of records by code, counted; the first places of each are kept."""

    def __init__(self, task: str) -> None:
        self._task = task
        self._places: dict[tuple[str, Severity], list[str]] = {}

    def add(self, code: str, place: str, severity: Severity = "error") -> None:
        self._places.setdefault((code, severity), []).append(place)

    def defects(self) -> list[Defect]:
        return [
            Defect(code, self._task, severity, len(places), tuple(places[:SHOWN]))
            for (code, severity), places in self._places.items()
        ]


def read_records(raw: bytes, task: SuiteTask) -> Records:
    """Everything that can be said of a task's file by itself. Never raises for what stands in it."""
    value = _json(raw, task)
    if isinstance(value, Defect):
        return Records(0, (), (value,))
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict):
        return Records(0, (), (Defect("no_data_field", task.name, values={"found": _keys(value)}),))
    docs = data.get(SPLIT)
    if not isinstance(docs, list):
        return Records(0, (), (Defect("no_split", task.name, values={"found": _keys(data)}),))
    faults = Faults(task.name)
    ids = [_id(doc, number, faults) for number, doc in enumerate(docs)]
    texts = [_text(doc, number, task, faults) for number, doc in enumerate(docs)]
    pairs = zip(ids, texts, strict=True)
    answers = tuple((key, text) for key, text in pairs if key is not None and text is not None)
    known = [key for key in ids if key is not None]
    defects = [*faults.defects(), *_empty(texts, task), *count_defects(known, len(docs), task)]
    return Records(len(docs), answers, tuple(defects))


def count_defects(ids: Sequence[int], found: int, task: SuiteTask) -> list[Defect]:
    """Records against the task's size: too few, too many, twice. Parts of a task are numbered each by itself, so an
    id may stand once a part."""
    size = task.sizes[SPLIT]
    extra = {key: n - len(task.subsets) for key, n in Counter(ids).items() if n > len(task.subsets)}
    defects = []
    if extra:
        places = tuple(f"id {key}" for key in list(extra)[:SHOWN])
        defects.append(Defect("id_repeated", task.name, n=sum(extra.values()), places=places))
    distinct = found - sum(extra.values())
    counts = {"found": distinct, "size": size}
    if distinct != size and distinct in _doubted(task):
        return [*defects, Defect("count_doubted", task.name, "warning", values=counts)]
    if distinct < size:
        places = _gaps(ids, size - distinct, task)
        defects.append(Defect("no_id", task.name, n=size - distinct, places=places, values=counts))
    elif distinct > size:
        defects.append(Defect("too_many", task.name, n=distinct - size, values=counts))
    elif task.groups == "dialogue" and ids and len(ids) == size and max(ids) - min(ids) + 1 != size:
        # The site tells turns and dialogues by the number alone.
        span = {"low": min(ids), "high": max(ids), "size": size}
        defects.append(Defect("ids_not_in_row", task.name, values=span))
    return defects


def _gaps(ids: Sequence[int], missing: int, task: SuiteTask) -> tuple[str, ...]:
    """The ids that are surely missing: holes in a numbering that has no more holes than there are records missing."""
    if not ids or len(task.subsets) > 1 or max(ids) - min(ids) > len(ids) + missing:
        return ()
    holes = sorted(set(range(min(ids), max(ids))) - set(ids))
    return tuple(f"id {hole}" for hole in holes[:SHOWN])


def _doubted(task: SuiteTask) -> set[int]:
    """Sizes that another source states for the task's test split."""
    others = (doubt.other for doubt in task.doubts if doubt.field == f"sizes.{SPLIT}")
    return {int(other) for other in others if other.isdecimal()}


def _id(doc: Any, number: int, faults: Faults) -> int | None:
    place = f"#{number + 1}"
    meta = doc.get("meta") if isinstance(doc, dict) else None
    if not isinstance(meta, dict):
        faults.add("no_meta_field_for_doc", place)
        return None
    if "id" not in meta:
        faults.add("no_id_field_for_doc", place)
        return None
    found = meta["id"]
    if isinstance(found, bool) or not isinstance(found, int):
        faults.add("id_type", f"{place}: {_shown(found)}")
        return None
    return found


def _text(doc: Any, number: int, task: SuiteTask, faults: Faults) -> str | None:
    if not isinstance(doc, dict) or "outputs" not in doc:
        faults.add("no_outputs_field_for_doc", f"#{number + 1}")
        return None
    found, place = doc["outputs"], _place(doc, number)
    if not isinstance(found, str):
        faults.add("doc_output_type_error", f"{place}: {_shown(found)}")
        return None
    if task.gold == "json" and (fault := read_answer(found, "strict").fault) in {"no_json", *_STOPPING}:
        faults.add("doc_parse_output_error" if fault in _STOPPING else "no_json", place,
                   "error" if fault in _STOPPING else "warning")  # fmt: skip
    return found


def _empty(texts: Sequence[str | None], task: SuiteTask) -> list[Defect]:
    """Empty answers: a model may be silent now and then, hardly always."""
    n = sum(text is not None and not text.strip() for text in texts)
    severity: Severity = "error" if n == len(texts) else "warning"
    return [Defect("outputs_empty", task.name, severity, n)] if n else []


def _json(raw: bytes, task: SuiteTask) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}"
    except RecursionError:
        return Defect("task_system_error", task.name, values={"reason": "nested too deep"})
    except ValueError as error:
        reason = str(error)
    return Defect("unreadable_file", task.name, values={"reason": reason})


def _place(doc: dict[str, Any], number: int) -> str:
    meta = doc.get("meta")
    found = meta.get("id") if isinstance(meta, dict) else None
    return f"id {found}" if isinstance(found, int) else f"#{number + 1}"


def _keys(value: Any) -> str:
    return ", ".join(map(str, list(value)[:SHOWN])) or "{}" if isinstance(value, dict) else _shown(value)


def _shown(value: Any) -> str:
    """A value as JSON, its beginning."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"
