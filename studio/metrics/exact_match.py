"""Exact Match: does the answer equal gold, by the rules of a named profile."""

from collections.abc import Mapping

from studio.core.errors import BadInput, Problem
from studio.core.outcome import Score
from studio.core.task import AnswerType, Gold
from studio.metrics import studio_profile
from studio.metrics.characters import visible
from studio.metrics.profile import Profile
from studio.metrics.trace import clip

EXTRACTED_CHARS = 1000  # kept of the compared text; the whole answer is stored beside it anyway

# Each name is a promise about numbers: a profile that reproduces somebody's published rule takes its own place here.
PROFILES: Mapping[str, Profile] = {"studio": Profile("studio", 1, studio_profile.compare)}


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises BadInput that names the known ones."""
    if name not in PROFILES:
        raise BadInput("unknown_profile", name=name, known=", ".join(PROFILES))
    return PROFILES[name]


def exact_match(
    prediction: str,
    gold: Gold | None,
    *,
    options: Mapping[str, str] | None = None,
    answer_type: AnswerType | None = None,
    profile: str = "studio",
) -> Score:
    """1 if the prediction equals gold (any of them, where there are several), else 0; unscored without gold.

    `options` (letter -> text) and `answer_type` help where known; without them a gold of one letter means a
    choice by letter. An empty answer is a wrong one: scored 0. `detail` holds `decided` (the rule), `gold`
    (as compared) and `steps` (what each rule changed), all bounded in length. Raises BadInput for an unknown profile.
    """
    rule = profile_named(profile)
    golds = [text for text in ((gold,) if isinstance(gold, str) else gold or ()) if visible(text).strip()]
    if not golds:
        return Score("em", rule.label, "unscored", problem=Problem("no_gold"))
    found = rule.compare(prediction, golds, options or {}, answer_type)
    return Score(
        "em",
        rule.label,
        "scored",
        value=float(found.equal),
        extracted=clip(found.extracted, EXTRACTED_CHARS),
        detail={"decided": found.decided, "gold": clip(found.gold), "steps": found.trace.steps},
    )
