"""95 % intervals of a mean of scores in [0, 1]: Wilson's, its form for fractional scores, and clustered errors."""

import importlib
import math
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054  # the 0.975 quantile of the normal distribution
_TINY = 1e-12
Clusters = Sequence[Hashable] | NDArray[np.int64]  # the name or the number of each score's cluster


class Interval(NamedTuple):
    """Bounds in [0, 1]."""

    low: float
    high: float


def wilson(k: float, n: float, z: float = Z95) -> Interval:
    """Wilson's score interval of a proportion: k successes of n (Wilson 1927, JASA 22:209).

    `k` and `n` may be fractional: effective counts. Raises ValueError unless 0 <= k <= n and n > 0.
    """
    if not (n > 0 and -_TINY <= k <= n * (1 + _TINY)):
        raise ValueError(f"{k} successes of {n} are no proportion")
    share = min(1.0, max(0.0, k / n))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At 0 and 1 the bound is exact; rounding must not push it inside.
    low = 0.0 if share == 0 else max(0.0, centre - half)
    high = 1.0 if share == 1 else min(1.0, centre + half)
    return Interval(low, high)


def from_moments(n: int, total: float, total_squares: float) -> Interval:
    """The interval of the mean of n independent scores in [0, 1], from their sum and sum of squares.

    Wilson's interval with the effective number of trials n·m(1−m)/s²: n itself for 0/1 scores (then this *is* Wilson's
    interval), more where scores lie nearer to their mean than 0/1 ones could. s² takes one further observation
    of the largest possible variance m(1−m), so that equal scores, or a single one, do not look certain. For
    large n it is the CLT interval; near 0 and 1 and for small n it keeps its coverage, which the CLT's does not.
    """
    mean = min(1.0, max(0.0, total / n))
    largest = mean * (1 - mean)
    if largest < _TINY:
        return wilson(mean * n, n)
    variance = max(0.0, total_squares / n - mean * mean)
    effective = n * largest / ((n * variance + largest) / (n + 1))
    return wilson(mean * effective, effective)


def clustered(values: NDArray[np.float64], clusters: Clusters) -> Interval:
    """mean ± t·SE with errors clustered (see `clustered_error`) and t of G − 1 degrees of freedom, cut to [0, 1].

    Where nothing varies between clusters their spread cannot be estimated: then Wilson's interval with the
    clusters as trials. With one cluster nothing is known: [0, 1].
    """
    members = numbered(clusters, len(values))
    groups = int(members.max()) + 1
    mean = float(values.mean())
    if groups == 1:
        return Interval(0.0, 1.0)
    error = clustered_error(values, clusters)
    if error < _TINY:
        return wilson(mean * groups, groups)
    half = t95(groups - 1) * error
    return Interval(max(0.0, mean - half), min(1.0, mean + half))


def clustered_error(values: NDArray[np.float64], clusters: Clusters) -> float:
    """Standard error of the mean when scores within a cluster (one picture, one dialogue) go together.

    SE² = G/(G−1) · n⁻² Σ_c (Σ_{i∈c} (s_i − s̄))²: the clustered error of Miller 2024 (arXiv 2411.00640), corrected for
    few clusters. With clusters of one it equals sqrt(Σ(s_i − s̄)² / (n(n−1))). Raises ValueError for one cluster.
    """
    members = numbered(clusters, len(values))
    groups = int(members.max()) + 1
    if groups < 2:
        raise ValueError("one cluster tells nothing about the spread between clusters")
    sums = np.bincount(members, weights=values - values.mean())
    return math.sqrt(groups / (groups - 1) * float(sums @ sums)) / len(values)


def t95(degrees: float, tail: float = 0.025) -> float:
    """The 0.975 quantile of Student's distribution; with another `tail` the one that leaves so much above it."""
    special = cast(Any, importlib.import_module("scipy.special"))  # heavy: only when a cluster is met
    return float(special.stdtrit(degrees, 1 - tail))


def numbered(clusters: Clusters, n: int) -> NDArray[np.intp]:
    """Clusters as numbers 0…G−1. Raises ValueError unless there is one for each score."""
    if len(clusters) != n:
        raise ValueError(f"{len(clusters)} clusters for {n} scores")
    if isinstance(clusters, np.ndarray):
        return _closed_up(clusters)
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters], dtype=np.intp)


def _closed_up(clusters: NDArray[np.int64]) -> NDArray[np.intp]:
    """Numbers of clusters without gaps between them. Where they lie close nothing has to be sorted: of a long run that
    takes most of the time."""
    if not clusters.size:
        return clusters.astype(np.intp)
    low = int(clusters.min())
    span = int(clusters.max()) - low + 1
    if span > 16 * clusters.size:
        return np.unique(clusters, return_inverse=True)[1]
    there = np.zeros(span, dtype=np.intp)
    there[clusters - low] = 1
    closed: NDArray[np.intp] = (np.cumsum(there) - 1)[clusters - low]
    return closed
