"""What the form of a project sends, as a `ProjectSpec`; and what is wrong with it, field by field."""

import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from components.pages.served import text_of
from studio.core.baseline import LOW_AGREEMENT
from studio.core.errors import BadInput
from studio.core.project import MOST_DAYS, MOST_PLACES, ProjectSpec
from studio.texts import Lang, describe, t
from studio.texts.figures import number

# Fields that hold numbers, with what they are multiplied by to become the setting's unit.
UNITS: Mapping[str, float] = {
    "overlap": 1, "controls": 0.01, "repeats": 0.01, "training": 1, "pass_mark": 0.01, "lease_s": 60,
}  # fmt: skip
_MAYBE = ("item_limit_s", "pay_per_hour")
_DATES = ("opens_at", "closes_at")
_WHOLE = {"overlap", "training"}
CURRENCIES = ("RUB", "USD", "EUR", "KZT", "BYN")
_OF_CODE = {
    "project_instructions": "text",
    "project_size": "size",
    "project_stratify": "stratify",
    "one_task": "task",
    "project_empty": "task",
}


class WrongField(Exception):
    """A field holds what cannot be: its name, and why, in words."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field)
        self.field, self.words = field, words


def spec_of(data: Mapping[str, Any], lang: Lang, kept: ProjectSpec | None = None) -> ProjectSpec:
    """The project that the form asks for; with `kept` the task and the seed stay. Raises WrongField."""
    values: dict[str, Any] = {
        "title": " ".join(text_of(data, "title", 300).split()),
        "task": kept.task if kept else text_of(data, "task"),
        "level": "expert" if text_of(data, "level", 10) == "expert" else "crowd",
        "joining": "anyone" if text_of(data, "joining", 10) == "anyone" else "invited",
        "currency": text_of(data, "currency", 3) if text_of(data, "currency", 3) in CURRENCIES else "RUB",
    }
    if not values["task"]:
        raise WrongField("task", t("organise.bad.task", lang))
    for name, unit in UNITS.items():
        found = number_of(data, name, lang)
        if found is None or (name in _WHOLE and found != round(found)):
            raise WrongField(name, t(f"organise.bad.{name}", lang))
        values[name] = round(found) if name in _WHOLE else found * unit
    for name in _MAYBE:
        values[name] = number_of(data, name, lang)
    for name in _DATES:
        values[name] = moment_of(data, name, lang)
    ends = values["closes_at"]
    if ends is not None and ends <= time.time() and not (kept and kept.closes_at == ends):
        raise WrongField("closes_at", t("organise.bad.past", lang))
    if kept:
        values["seed"] = kept.seed
    return ProjectSpec(**values)


def number_of(data: Mapping[str, Any], name: str, lang: Lang) -> float | None:
    """A number as somebody typed it, with a comma or a point; None where nothing stands. Raises WrongField."""
    found = _number_or_none(data, name)
    if found is None and text_of(data, name, 40).strip():
        raise WrongField(name, t(f"organise.bad.{name}", lang))
    return found


def _number_or_none(data: Mapping[str, Any], name: str) -> float | None:
    typed = text_of(data, name, 40).replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    try:
        found = float(typed)
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= 1e9 else None


def moment_of(data: Mapping[str, Any], name: str, lang: Lang) -> float | None:
    """The date and time of a field (UTC). Raises WrongField."""
    typed = text_of(data, name, 40)
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise WrongField(name, t("organise.bad.opens_at", lang)) from None


def typed_moment(value: float | None) -> str:
    """A time as such a field holds it."""
    return "" if value is None else time.strftime("%Y-%m-%dT%H:%M", time.gmtime(value))


def size_of(data: Mapping[str, Any], lang: Lang) -> int | None:
    """How many items of a task; None: all. Raises WrongField."""
    if text_of(data, "whole", 5) != "part":
        return None
    found = number_of(data, "size", lang)
    if found is None or found < 1 or found != round(found):
        raise WrongField("size", t("organise.bad.size", lang))
    return round(found)


def guess_of(data: Mapping[str, Any], lang: Lang) -> float | None:
    """How many seconds an answer is thought to take; None: nothing is said. Raises WrongField."""
    found = number_of(data, "guess", lang)
    if found is not None and found <= 0:
        raise WrongField("guess", t("organise.bad.guess", lang))
    return found


def places_of(data: Mapping[str, Any], lang: Lang) -> int:
    """How many people a link lets in. Raises WrongField."""
    found = _number_or_none(data, "places")
    if found is None or found != round(found) or not 1 <= found <= MOST_PLACES:
        raise WrongField("places", t("organise.bad.places", lang, most=number(MOST_PLACES, lang)))
    return round(found)


def days_of(data: Mapping[str, Any], lang: Lang) -> float:
    """How long a link works. Raises WrongField."""
    found = _number_or_none(data, "days")
    if found is None or not 0 < found <= MOST_DAYS:
        raise WrongField("days", t("organise.bad.days", lang, most=number(MOST_DAYS, lang)))
    return found


def threshold_of(typed: str) -> float:
    """The share of items that may have no majority, as an address has it; the protocol's where it has none."""
    try:
        found = float(typed)
    except ValueError:
        return LOW_AGREEMENT
    return found if 0 <= found <= 1 else LOW_AGREEMENT


def refused(error: WrongField | BadInput, lang: Lang) -> dict[str, Any]:
    """What the script is told of a refusal: the field, where it is of one, and the words for it."""
    if isinstance(error, WrongField):
        return {"field": error.field, "words": error.words}
    problem = error.problem
    if problem.code == "project_setting":
        name = str(problem.values.get("name", ""))
        return {"field": name, "words": t(f"organise.bad.{name}", lang)}
    return {"field": _OF_CODE.get(problem.code, ""), "words": describe(error, lang)}
