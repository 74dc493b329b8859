"""Statistics of scores: pure functions of arrays and counts."""

from studio.stats.estimates import estimate_from_counts, final_estimate, final_from_cells, mean_estimate
from studio.stats.intervals import Interval, clustered_error, wilson

__all__ = [
    "Interval",
    "clustered_error",
    "estimate_from_counts",
    "final_estimate",
    "final_from_cells",
    "mean_estimate",
    "wilson",
]
