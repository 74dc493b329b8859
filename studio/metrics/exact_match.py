"""Exact Match: does the answer equal gold, by the rules of a named profile."""

from collections.abc import Mapping

from studio.core.errors import BadInput, Problem
from studio.core.outcome import Score
from studio.core.rules import PROFILE, Scorer
from studio.core.task import AnswerType, Gold
from studio.metrics import published, studio_profile
from studio.metrics.characters import visible
from studio.metrics.profile import Profile
from studio.metrics.published import DEFAULTS, Published
from studio.metrics.trace import clip

EXTRACTED_CHARS = 1000  # kept of the compared text; the whole answer is stored beside it anyway

# Each name is a promise about numbers. `studio` is ours; the others reproduce published rules, faults included.
PROFILES = ("studio", "head", "squad", "paper")


def profile_named(name: str, settings: Published = DEFAULTS, scorer: Scorer = PROFILE) -> Profile:
    """The profile of that name, published ones with these settings, ours by a scorer's rules. Raises BadInput that
    names the known ones."""
    match name:
        case "studio":
            variant = f"+{scorer.name}" if scorer.name else ""
            return Profile("studio", 2, studio_profile.by_rules(scorer.rules), variant)
        case "head":
            return Profile("head", 1, published.head(settings), settings.label)
        case "squad":
            return Profile("squad", 1, published.squad())
        case "paper":
            variant = f"+head{settings.label}" if settings.normaliser == "head" else ""
            return Profile("paper", 1, published.paper(settings), variant)
    raise BadInput("unknown_profile", name=name, known=", ".join(PROFILES))


def exact_match(
    prediction: str,
    gold: Gold | None,
    *,
    options: Mapping[str, str] | None = None,
    answer_type: AnswerType | None = None,
    profile: str = "studio",
    settings: Published = DEFAULTS,
    scorer: Scorer = PROFILE,
) -> Score:
    """1 if the prediction equals gold (any of them, where there are several), else 0; unscored without gold.

    `options` (letter -> text) and `answer_type` help where known; without them a gold of one letter means a
    choice by letter. `settings` are those of the published profiles (see `published.settings_of`), `scorer` a named
    set of rules of ours. By `studio` an empty answer is a wrong one: scored 0. `detail` holds `decided` (the rule),
    `gold` (as compared) and `steps` (what each rule changed), all bounded in length. Raises BadInput for an
    unknown profile.
    """
    rule = profile_named(profile, settings, scorer)
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
