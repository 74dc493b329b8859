"""One record of MERA's format becomes one sample. Whatever is wrong with a record is that sample's `problem`.

What is taken as it is: text inputs that are numbers (as their text); `outputs` as a string, a list of strings
(any of them is right), a number (as its text) or an object (as JSON text, RuSLUn); empty or missing `outputs`
mean that there is no gold. What is a problem: a record that is not an object, an `instruction` that is not text
(MERA's source files hold a prompt's number there), `inputs` that are not an object, values of any other type.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studio.core.content import Media, Modality
from studio.core.errors import Problem
from studio.core.task import Gold, Sample, Split
from studio.tasks.template import Filled, fill, media_key

_OPTION = re.compile(r"option_([a-z])")
# Question types that MERA keeps beside `categories` and not in it (ruCLEVR, ruCommonVQA, ruTiE).
_CATEGORIES_OUTSIDE = ("question_type", "complexity", "type", "unified_category", "turing_imitation")


@dataclass(frozen=True)
class Located:
    """Where a medium is: its file and sha256 (hex), or why it cannot be used."""

    path: Path
    sha256: str = ""
    problem: Problem | None = None


Locate = Callable[[Modality, str, Any], Located]  # (modality, key, value in the record); must not raise


def read_samples(
    records: Iterable[Any], split: Split, locate: Locate, optional: frozenset[str] = frozenset()
) -> Iterator[Sample]:
    """The samples of a split in the order of the records, with unique ids, each made when it is taken. `optional` media
    may be absent."""
    seen: set[str] = set()
    for number, record in enumerate(records, 1):
        sample = read_record(record, number, split, locate, optional)
        if sample.id in seen:
            sample = _renamed(sample, seen)
        seen.add(sample.id)
        yield sample


def read_record(
    record: Any,
    number: int,
    split: Split,
    locate: Locate,
    optional: frozenset[str] = frozenset(),
    *,
    filled: bool = True,
) -> Sample:
    """The sample of one record. `number` is its 1-based place in the file: the id where the record has none. Not
    `filled`, it has no message: for a record whose prompt is known from elsewhere."""
    if not isinstance(record, Mapping):
        problem = Problem("record_not_object", {"number": number, "found": kind(record)})
        return Sample(f"#{number}", split, "", {}, (), (), None, problem=problem)
    problems = _Problems()
    meta = _object(record.get("meta"), "meta", problems)
    instruction = _instruction(record.get("instruction"), problems)
    inputs = _object(record.get("inputs"), "inputs", problems)
    texts, absent = _texts(inputs, problems)
    media = _media(inputs, locate, problems)
    made = fill(instruction, texts, absent, media, optional) if filled else Filled((), None)
    if instruction:
        problems.add(made.problem)
    return Sample(
        id=_id(meta.get("id"), number, problems),
        split=split,
        instruction=instruction,
        inputs=texts,
        media=media,
        message=made.message,
        gold=_gold(record.get("outputs"), problems),
        options=options_of(texts),
        categories=_categories(meta),
        meta=dict(meta),
        prompt_id=_prompt_id(meta.get("prompt_id")),
        problem=problems.first,
    )


class _Problems:
    """Keeps the first problem of a record: the others often follow from it."""

    def __init__(self) -> None:
        self.first: Problem | None = None

    def add(self, problem: Problem | None) -> None:
        self.first = self.first or problem


def kind(value: Any) -> str:
    """The JSON name of a value's type, for messages."""
    if value is None:
        return "null"
    names = (
        (bool, "boolean"),
        (str, "string"),
        (int | float, "number"),
        (Sequence, "array"),
        (Mapping, "object"),
    )
    return next((name for type_, name in names if isinstance(value, type_)), type(value).__name__)


def options_of(texts: Mapping[str, str]) -> dict[str, str]:
    """The options by their letters: {"A": …, "B": …}."""
    letters = ((match[1].upper(), text) for key, text in texts.items() if (match := _OPTION.fullmatch(key)))
    return dict(sorted(letters))


def _renamed(sample: Sample, seen: set[str]) -> Sample:
    again = 2
    while f"{sample.id}#{again}" in seen:
        again += 1
    problem = sample.problem or Problem("duplicate_id", {"id": sample.id})
    return replace(sample, id=f"{sample.id}#{again}", problem=problem)


def _object(value: Any, name: str, problems: _Problems) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if value is not None or name == "inputs":
        problems.add(Problem("record_field", {"field": name, "found": kind(value), "expected": "object"}))
    return {}


def _instruction(value: Any, problems: _Problems) -> str:
    if isinstance(value, str) and value.strip():
        return value
    code = "record_no_instruction" if value is None or isinstance(value, str) else "record_field"
    problems.add(Problem(code, {"field": "instruction", "found": kind(value), "expected": "string"}))
    return ""


def _texts(inputs: Mapping[str, Any], problems: _Problems) -> tuple[dict[str, str], list[str]]:
    """The text inputs, and the keys that are None."""
    texts: dict[str, str] = {}
    absent: list[str] = []
    for key, value in inputs.items():
        if value is None:
            absent.append(key)
        elif media_key(key):
            continue
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            texts[key] = str(value)
        else:
            problems.add(
                Problem(
                    "record_field", {"field": f"inputs.{key}", "found": kind(value), "expected": "string"}
                )
            )
            absent.append(key)
    return texts, absent


def _media(inputs: Mapping[str, Any], locate: Locate, problems: _Problems) -> tuple[Media, ...]:
    """The media in the order of the record; numbered ones by number (`datasets` may reorder keys)."""
    found: list[Media] = []
    for key in sorted(inputs, key=_media_order):
        modality = media_key(key)
        if modality is None or inputs[key] is None or inputs[key] == "":
            continue
        located = locate(modality, key, inputs[key])
        problems.add(located.problem)
        found.append(Media(modality, key, located.path, located.sha256))
    return tuple(found)


def _media_order(key: str) -> int:
    number = key.rpartition("_")[2]
    return int(number) if number.isdigit() and number.isascii() else 0


def _gold(value: Any, problems: _Problems) -> Gold | None:
    if isinstance(value, list | tuple):
        texts = [_gold_text(item, problems) for item in value]
        return tuple(text for text in texts if text) or None
    return _gold_text(value, problems)


def _gold_text(value: Any, problems: _Problems) -> str | None:
    """Kept as written (no trimming): what counts as equal is the scorer's business."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    problems.add(Problem("record_field", {"field": "outputs", "found": kind(value), "expected": "string"}))
    return None


def _id(value: Any, number: int, problems: _Problems) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip():
        return str(value).strip()
    if value is not None:
        problems.add(
            Problem("record_field", {"field": "meta.id", "found": kind(value), "expected": "number"})
        )
    return f"#{number}"


def _prompt_id(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _categories(meta: Mapping[str, Any]) -> dict[str, str]:
    outside = {key: meta[key] for key in _CATEGORIES_OUTSIDE if isinstance(meta.get(key), str | int | bool)}
    inside = meta.get("categories")
    named = inside if isinstance(inside, Mapping) else {"category": inside}
    return dict(_flat({**outside, **named}))


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    """{"a": {"b": [1, 2]}} -> ("a.b", "1, 2"); None and empty values are left out."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list | tuple):
            if text := ", ".join(str(item) for item in value if item is not None):
                yield f"{prefix}{key}", text
        elif value is not None and str(value):
            yield f"{prefix}{key}", str(value)
