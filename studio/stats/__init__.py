"""Statistics of scores: pure functions of arrays and counts."""

from studio.stats.agreement import agreement, agreement_of_counts
from studio.stats.best import gap_to_best, mean_gap
from studio.stats.calibration import MIN_LABELS, Rate, effective_rate, further_labels, rogan_gladen
from studio.stats.crossed import cochran, complete, prompt_gap, variance_split
from studio.stats.duels import corrected, duel
from studio.stats.estimates import final_estimate, mean_estimate
from studio.stats.flips import flips_of, places
from studio.stats.groups import all_or_nothing, clusters_of, group_id
from studio.stats.homogeneity import alike, drawn_from
from studio.stats.intervals import Interval, clustered_error, wilson
from studio.stats.measures import measured, stated, weighted
from studio.stats.paired import change_of, holm, mcnemar, paired_difference
from studio.stats.prediction_powered import (
    MIN_DRAWN,
    Layer,
    by_strata,
    labels_to_halve,
    prediction_powered,
)
from studio.stats.reviewers import between_reviewers
from studio.stats.spread import known, spread_of
from studio.stats.strata import allotted
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
    "MIN_DRAWN",
    "MIN_LABELS",
    "Interval",
    "Layer",
    "Rate",
    "SampleScores",
    "agreement",
    "agreement_of_counts",
    "alike",
    "all_or_nothing",
    "allotted",
    "between_reviewers",
    "by_strata",
    "change_of",
    "clustered_error",
    "clusters_of",
    "cochran",
    "complete",
    "corrected",
    "drawn_from",
    "duel",
    "effective_rate",
    "final_estimate",
    "flips_of",
    "further_labels",
    "gap_to_best",
    "group_id",
    "holm",
    "known",
    "labels_to_halve",
    "mcnemar",
    "mean_estimate",
    "mean_gap",
    "measured",
    "metrics_of",
    "of_part",
    "of_parts",
    "over_subsets",
    "paired_difference",
    "part_of",
    "parts_of",
    "places",
    "prediction_powered",
    "prompt_gap",
    "rogan_gladen",
    "spread_of",
    "stated",
    "task_measure",
    "totals",
    "variance_split",
    "weighted",
    "wilson",
]
