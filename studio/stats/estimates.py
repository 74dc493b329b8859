"""Means of scores with their interval and counts. A failed or unscored sample is counted, never averaged in as 0."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.outcome import Estimate
from studio.stats.intervals import Clusters, Interval, clustered, from_moments, numbered


def mean_estimate(
    values: Sequence[float] | NDArray[np.float64],
    unscored: int = 0,
    failed: int = 0,
    clusters: Clusters | None = None,
) -> Estimate:
    """The mean of the scores of scored samples, each in [0, 1]; `clusters` names the cluster of each.

    Without clusters (or with clusters of one): Wilson's interval, see `intervals.from_moments`; with them: clustered
    errors, see `intervals.clustered`. Raises ValueError for scores outside [0, 1] or a wrong number of clusters.
    """
    scores = np.asarray(values, dtype=np.float64)
    if scores.size and not (scores.min() >= 0 and scores.max() <= 1):  # also refuses NaN
        raise ValueError("scores must lie in [0, 1]")
    if clusters is not None and len(clusters) != scores.size:
        raise ValueError(f"{len(clusters)} clusters for {scores.size} scores")
    if not scores.size:
        return _nothing(unscored, failed)
    if clusters is not None and int(numbered(clusters, scores.size).max()) + 1 < scores.size:
        return _estimate(float(scores.mean()), clustered(scores, clusters), scores.size, unscored, failed)
    total, squares = float(scores.sum()), float(scores @ scores)
    return _estimate(
        total / scores.size, from_moments(scores.size, total, squares), scores.size, unscored, failed
    )


def final_estimate(
    em: Sequence[float] | NDArray[np.float64],
    js: Sequence[float] | NDArray[np.float64],
    unscored: int = 0,
    failed: int = 0,
    clusters: Sequence[Hashable] | None = None,
) -> Estimate:
    """MERA's task score (EM + JS) / 2, taken per sample: its interval so keeps the covariance of the two.

    `em` and `js` are the scores of the same samples, those that have both. Raises ValueError as `mean_estimate`.
    """
    if len(em) != len(js):
        raise ValueError(f"{len(em)} EM scores beside {len(js)} Judge Scores")
    both = (np.asarray(em, dtype=np.float64) + np.asarray(js, dtype=np.float64)) / 2
    return mean_estimate(both, unscored, failed, clusters)


def _estimate(mean: float, interval: Interval, scored: int, unscored: int, failed: int) -> Estimate:
    # The sum of floats may leave the mean a rounding error away from the bound that it touches.
    low, high = min(interval.low, mean), max(interval.high, mean)
    return Estimate(mean, low, high, scored, unscored, failed)


def _nothing(unscored: int, failed: int) -> Estimate:
    return Estimate(None, None, None, 0, unscored, failed)
