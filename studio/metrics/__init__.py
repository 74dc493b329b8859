"""Metrics that need no model: Exact Match by named profiles, and the cell of the table EM x judge."""

from studio.metrics.cell import cell
from studio.metrics.exact_match import PROFILES, exact_match, profile_named
from studio.metrics.profile import Comparison, Profile

__all__ = ["PROFILES", "Comparison", "Profile", "cell", "exact_match", "profile_named"]
