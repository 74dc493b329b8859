"""What is known of a task: MERA's `dataset_meta.json`, and the facts that the records themselves show.

The file may carry keys of ours beside MERA's: `title`, `answer_type`, `modality`, `chance`, `access`, and
`dialogue_turns`, the number of samples in a dialogue, where samples are turns of one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.content import MODALITIES, Modality
from studio.core.errors import TaskError
from studio.core.task import AnswerType, TaskInfo
from studio.tasks.template import media_key

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class Facts:
    """What the records show: how many there are, their media and options, and the file's `access`."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    modality: Modality | None = None
    answer_type: AnswerType = "short"
    chance: float | None = None
    access: str | None = None


def facts_of(inputs: Iterable[Mapping[str, Any]], sizes: Mapping[Any, int], access: str | None) -> Facts:
    """Facts of a task by the `inputs` of its records (those of the test split where there is one).

    Letters are asked for where at least nine records in ten have options; chance is then the mean of 1/options.
    """
    kinds: Counter[Modality] = Counter()
    options: list[int] = []
    records = 0
    for row in inputs:  # once: they may be read as they are taken
        records += 1
        kinds.update(modality for key in row if row[key] and (modality := media_key(key)))
        if (n := sum(1 for key in row if _is_option(key) and row[key] is not None)) > 1:
            options.append(n)
    letters = len(options) >= 0.9 * records > 0
    return Facts(
        sizes=sizes,
        modality=kinds.most_common(1)[0][0] if kinds else None,
        answer_type="letter" if letters else "short",
        chance=sum(1 / n for n in options) / len(options) if letters else None,
        access=access,
    )


def build_info(
    default_name: str, meta: Mapping[str, Any], facts: Facts, *, source: str, suite: str = ""
) -> TaskInfo:
    """What is known of a task. Raises TaskError where neither metadata nor records show its modality."""
    name = str(meta.get("dataset_name") or default_name)
    answer_type = _answer_type(meta) or facts.answer_type
    return TaskInfo(
        name=name,
        title=_title(meta.get("title"), name),
        modality=_modality(meta, facts, name),
        answer_type=answer_type,
        access=_access(meta, facts),
        licence=_LINK.sub(r"\1", str(meta.get("license") or meta.get("licence") or "")),
        sizes=dict(facts.sizes),
        skills=_names(meta.get("skills")),
        description=str(meta.get("description") or ""),
        chance=_number(meta.get("chance")) if "chance" in meta else facts.chance,
        human_benchmark=_numbers(meta.get("human_benchmark")),
        source=source,
        suite=suite,
        dialogue_turns=_turns(meta.get("dialogue_turns")),
    )


def _turns(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 1 else None


def _is_option(key: str) -> bool:
    return key.startswith("option_") and len(key) == 8


def _title(value: Any, name: str) -> dict[str, str]:
    """{"ru": …, "en": …}; one language stands in for the other."""
    if isinstance(value, str) and value:
        return {"ru": value, "en": value}
    titles = {k: str(v) for k, v in value.items() if v} if isinstance(value, Mapping) else {}
    spare = titles.get("ru") or titles.get("en") or name
    return {"ru": titles.get("ru", spare), "en": titles.get("en", spare)}


def _modality(meta: Mapping[str, Any], facts: Facts, name: str) -> Modality:
    modalities = meta.get("modalities")
    named = [meta.get("modality"), *(modalities if isinstance(modalities, list) else [])]
    found = next((modality for modality in MODALITIES if modality == named[0]), None)
    found = (
        found or next((m for value in named[1:] for m in MODALITIES if m == value), None) or facts.modality
    )
    if found is None:
        raise TaskError("task_without_media", name=name)
    return found


def _access(meta: Mapping[str, Any], facts: Facts) -> Literal["public", "private"]:
    """As stated; where nothing is stated, a licence with «private» in it (MERA_private) makes the task private."""
    stated = facts.access or meta.get("access")
    if stated:
        return "public" if stated == "public" else "private"
    return "private" if "private" in str(meta.get("license") or "").lower() else "public"


def _answer_type(meta: Mapping[str, Any]) -> AnswerType | None:
    kinds: dict[str, AnswerType] = {"letter": "letter", "short": "short"}
    stated = (kinds.get(str(meta.get(key))) for key in ("answer_type", "task_type"))
    return next((kind for kind in stated if kind), None)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(item) for item in value)) if isinstance(value, list) else ()


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _numbers(value: Any) -> dict[str, float]:
    items = value.items() if isinstance(value, Mapping) else ()
    return {str(name): number for name, raw in items if (number := _number(raw)) is not None}
