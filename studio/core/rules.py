"""The switches of the `studio` profile of Exact Match: which differences between an answer and gold do not matter.

A value of `Rules` is a whole set of them. The defaults are the profile itself; whoever asks «what if» turns some off or
on, and a set worth keeping gets a name of its own (a scorer version).
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Literal

from studio.core.errors import BadInput

Stage = Literal["answer", "letter", "text", "loose"]
_NAME = re.compile(r"[^\W_][\w-]{0,39}")
MOST_TOLERANCE = 0.5  # half of the number itself: beyond it «equal» means nothing


@dataclass(frozen=True)
class Rules:
    """Each switch says that something does not matter, or is understood; `studio/texts/rules.py` has the sentences.

    `tolerance` is the largest relative error |a − g| / |g| of an answer that is a number; 0: numbers are texts.
    """

    # which part of the output is the answer
    visible: bool = True
    tags: bool = True
    marker: bool = True
    title_marker: bool = True
    earlier_marker: bool = True
    reasoning: bool = True
    thought: bool = True
    # a choice by letter
    look_alike: bool = True
    alphabet: bool = True
    prefix: bool = True
    letter_and_text: bool = True
    letter_and_own_text: bool = True
    borrowed: bool = True
    option_text: bool = False
    letter_inside_text: bool = False
    # the form in which texts are compared
    markup: bool = True
    bullet: bool = True
    dashes: bool = True
    quotes: bool = True
    edges: bool = True
    spaces: bool = True
    case: bool = True
    yo: bool = True
    decimal_comma: bool = True
    thousands: bool = True
    spaced_signs: bool = True
    first_line: bool = True
    word: bool = True
    # what is tried where the forms differ
    punctuation: bool = False
    twins: bool = False
    number_words: bool = False
    number_value: bool = False
    units: bool = False
    endings: bool = False
    any_order: bool = False
    contains: bool = False
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        for name in SWITCHES:
            if type(getattr(self, name)) is not bool:
                raise BadInput("rule_not_bool", name=name)
        value = self.tolerance
        fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not fits or not 0 <= value <= MOST_TOLERANCE:
            raise BadInput("out_of_bounds", name="tolerance", value=value, low=0, high=MOST_TOLERANCE)

    @cached_property
    def loose(self) -> bool:
        """Whether anything is tried where the forms differ."""
        return self.tolerance > 0 or any(getattr(self, name) for name in STAGES["loose"])

    @cached_property
    def only_contains(self) -> bool:
        """Whether «gold inside the answer» is all that is tried where the forms differ."""
        return self.contains and not replace(self, contains=False).loose

    def changed(self, base: "Rules | None" = None) -> tuple[str, ...]:
        """Names of the switches (and `tolerance`) that stand otherwise than in `base` (by default in the profile)."""
        other = base or DEFAULT_RULES
        return tuple(name for name in (*SWITCHES, TOLERANCE) if getattr(self, name) != getattr(other, name))

    def with_switches(self, on: Iterable[str] = (), off: Iterable[str] = ()) -> "Rules":
        """These rules with some switched on and some off; what is named twice is off. Raises BadInput."""
        wanted = {**dict.fromkeys(on, True), **dict.fromkeys(off, False)}
        _refuse_unknown(wanted)
        return replace(self, **wanted)

    def only(self, base: "Rules", names: Iterable[str]) -> "Rules":
        """`base`, with the named switches as they stand here."""
        return replace(base, **{name: getattr(self, name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """What differs from the profile: a stored set says no more than it means."""
        return {name: getattr(self, name) for name in self.changed()}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Rules":
        """Raises BadInput for a name or a value that is none."""
        _refuse_unknown(name for name in data if name != TOLERANCE)
        return Rules(**data)


STAGES: Mapping[Stage, tuple[str, ...]] = {
    "answer": ("visible", "tags", "marker", "title_marker", "earlier_marker", "reasoning", "thought"),
    "letter": (
        "look_alike", "alphabet", "prefix", "letter_and_text", "letter_and_own_text", "borrowed", "option_text",
        "letter_inside_text",
    ),
    "text": (
        "case", "yo", "edges", "quotes", "dashes", "spaces", "markup", "bullet", "decimal_comma", "thousands",
        "spaced_signs", "first_line", "word",
    ),
    "loose": (
        "endings", "number_words", "number_value", "units", "twins", "punctuation", "any_order", "contains",
    ),
}  # fmt: skip
SWITCHES: tuple[str, ...] = tuple(name for names in STAGES.values() for name in names)
TOLERANCE = "tolerance"
DEFAULT_RULES = Rules()


OWN = "own"  # in a command's place for a version: the profile that a run was asked under


@dataclass(frozen=True)
class Scorer:
    """A named set of rules: a version of the scorer. The name stands in every score's label, `studio-2+name`."""

    name: str = ""
    rules: Rules = DEFAULT_RULES

    def __post_init__(self) -> None:
        if self.name and not _NAME.fullmatch(self.name):
            raise BadInput("scorer_name", name=self.name)


PROFILE = Scorer()  # the profile as it is
assert {*SWITCHES, TOLERANCE} == {field.name for field in fields(Rules)}


def _refuse_unknown(names: Iterable[str]) -> None:
    for name in names:
        if name not in SWITCHES:
            raise BadInput("unknown_rule", name=name, known=", ".join(SWITCHES))
