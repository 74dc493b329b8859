"""Metrics that need no model: Exact Match by named profiles, intents and slots, groups, and the table EM x judge."""

from studio.metrics.cell import cell
from studio.metrics.exact_match import PROFILES, exact_match, profile_named
from studio.metrics.profile import Comparison, Profile
from studio.metrics.published import Published, settings_of
from studio.metrics.slots import intent_and_slots

__all__ = [
    "PROFILES",
    "Comparison",
    "Profile",
    "Published",
    "cell",
    "exact_match",
    "intent_and_slots",
    "profile_named",
    "settings_of",
]
