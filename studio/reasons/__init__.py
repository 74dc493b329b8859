"""Failures that group themselves: patterns that can be named, clusters of what is alike, names for them."""

from studio.reasons.apart import grouped_apart
from studio.reasons.grouping import grouped, text_of
from studio.reasons.matching import heirs
from studio.reasons.traits import TRAITS, traits

__all__ = ["TRAITS", "grouped", "grouped_apart", "heirs", "text_of", "traits"]
