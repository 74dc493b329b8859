"""What a profile of Exact Match is: a function that compares a prediction with golds and tells how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.task import AnswerType
from studio.metrics.trace import Trace

# Which rule decided; `docs/scoring.md` explains each.
Rule = Literal[
    "letter",
    "letter_and_text",
    "letter_and_own_text",
    "several_letters",
    "letter_inside_text",
    "option_text",
    "no_letter",
    "text",
    "first_line",
    "symbols",
    "empty",
    # tried where the forms differ, none of them by default (studio.core.rules)
    "number_words",
    "number_value",
    "tolerance",
    "units",
    "twins",
    "punctuation",
    "endings",
    "any_order",
    "contains",
    # of the published rules
    "whole",
    "part",
    "erased",
]


@dataclass(frozen=True)
class Comparison:
    """`extracted` and `gold` are the two texts as compared; `decided` names the rule that decided."""

    equal: bool
    extracted: str
    decided: Rule
    gold: str
    trace: Trace


Compare = Callable[[str, Sequence[str], Mapping[str, str], AnswerType | None], Comparison]


@dataclass(frozen=True)
class Profile:
    """A named rule. `version` rises when any score could change, so that old scores are not mixed with new.

    `variant` tells settings that differ from the profile's defaults.
    """

    name: str
    version: int
    compare: Compare
    variant: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}-{self.version}{self.variant}"
