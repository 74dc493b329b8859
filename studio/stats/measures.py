"""Measures: a mean with its standard error and interval, of scores, and of weighted sums of independent measures."""

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.totals import Measure
from studio.stats.estimates import mean_estimate
from studio.stats.intervals import Z95, clustered_error


def measured(
    values: Sequence[float] | NDArray[np.float64],
    clusters: Sequence[Hashable] | None = None,
    *,
    unscored: int = 0,
    failed: int = 0,
) -> Measure | None:
    """The mean of scores in [0, 1]; None without any. `clusters` names what scores have in common (a picture).

    The error is the clustered one (`intervals.clustered_error`); of one sample or one cluster, which tell nothing of a
    spread, it is what the interval's width amounts to. The interval is that of `mean_estimate`.
    """
    found = mean_estimate(values, unscored, failed, clusters)
    if found.mean is None or found.low is None or found.high is None:
        return None
    names = list(clusters) if clusters is not None else list(range(len(values)))
    if len(set(names)) > 1:
        error = clustered_error(np.asarray(values, dtype=np.float64), names)
    else:
        error = (found.high - found.low) / (2 * Z95)
    apart = len(set(names)) if len(set(names)) < len(names) else None
    return Measure(found.mean, error, found.low, found.high, found.scored, unscored, failed, apart)


def weighted(parts: Sequence[tuple[float, Measure]]) -> Measure:
    """Σ w·m of independent measures: SE² = Σ (w·SE)², and the interval from the parts' intervals.

    The bounds lie sqrt(Σ (w·(mean − bound))²) away from the sum (Zou & Donner 2008, Statistics in Medicine 27:1693):
    ±1.96·SE where the parts' intervals are that, and still honest where they are not, as near 0, or with three
    clusters. Unknown errors, or an unknown n, make the sum's unknown. Of no parts: 0.
    """
    mean = sum(weight * part.mean for weight, part in parts)
    scored, unscored, failed = (
        [part.n for _, part in parts],
        sum(part.unscored for _, part in parts),
        sum(part.failed for _, part in parts),
    )
    n = None if None in scored else sum(part or 0 for part in scored)
    clusters = _clusters([part for _, part in parts]) if n is not None else None
    errors = [(weight, part, part.error, part.low, part.high) for weight, part in parts]
    if not errors or any(None in row[2:] for row in errors):
        return Measure(mean, n=n if parts else 0, unscored=unscored, failed=failed, clusters=clusters)
    error = math.hypot(*(weight * (known or 0.0) for weight, _, known, _, _ in errors))
    below = math.hypot(*(weight * (part.mean - (low or 0.0)) for weight, part, _, low, _ in errors))
    above = math.hypot(*(weight * ((high or 0.0) - part.mean) for weight, part, _, _, high in errors))
    low_high = max(0.0, mean - below), min(1.0, mean + above)
    return Measure(mean, error, *low_high, n, unscored, failed, clusters)


def _clusters(parts: Sequence[Measure]) -> int | None:
    """How many independent things the parts fall into; None where every sample of every part stands alone."""
    if all(part.clusters is None for part in parts):
        return None
    return sum((part.n or 0) if part.clusters is None else part.clusters for part in parts)


def stated(mean: float, error: float | None = None, n: int | None = None) -> Measure:
    """A measure that somebody else states: its interval is ±1.96 errors, cut to [0, 1]."""
    if error is None:
        return Measure(mean, n=n)
    return Measure(mean, error, max(0.0, mean - Z95 * error), min(1.0, mean + Z95 * error), n)
