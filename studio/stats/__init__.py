"""Statistics of scores: pure functions of arrays and counts."""

from studio.stats.calibration import Rate, effective_rate, rogan_gladen
from studio.stats.estimates import final_estimate, mean_estimate
from studio.stats.groups import all_or_nothing, clusters_of, group_id
from studio.stats.intervals import Interval, clustered_error, wilson
from studio.stats.measures import measured, stated, weighted
from studio.stats.paired import change_of, holm, mcnemar, paired_difference
from studio.stats.task_scores import (
    SampleScores,
    metrics_of,
    of_part,
    of_parts,
    over_subsets,
    part_of,
    parts_of,
    task_measure,
)
from studio.stats.totals import totals

__all__ = [
    "Interval",
    "Rate",
    "SampleScores",
    "all_or_nothing",
    "change_of",
    "clustered_error",
    "clusters_of",
    "effective_rate",
    "final_estimate",
    "group_id",
    "holm",
    "mcnemar",
    "mean_estimate",
    "measured",
    "metrics_of",
    "of_part",
    "of_parts",
    "over_subsets",
    "paired_difference",
    "part_of",
    "parts_of",
    "rogan_gladen",
    "stated",
    "task_measure",
    "totals",
    "weighted",
    "wilson",
]
