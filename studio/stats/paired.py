"""Two sets of scores of the same samples: the mean difference with its interval, McNemar's test, Holm's correction."""

import importlib
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.trials import Change, Difference
from studio.stats.intervals import Clusters, clustered_error, numbered, t95, wilson

_TINY = 1e-12
WHOLE_NUMBERS = 1_000  # changes up to which the test is counted out; beyond, numbers have thousands of digits


def paired_difference(
    first: Sequence[float] | NDArray[np.float64],
    second: Sequence[float] | NDArray[np.float64],
    clusters: Clusters | None = None,
) -> Difference | None:
    """The mean of first − second over samples, with a 95 % interval in [-1, 1]; None without samples.

    d_i = a_i − b_i; mean ± t·SE, SE² = G/(G−1) · n⁻² Σ_c (Σ_{i∈c} (d_i − d̄))², t of G − 1 degrees of freedom: the
    paired analysis of Miller 2024 (arXiv 2411.00640), errors clustered by what samples share. Without clusters each
    sample is one of its own and SE² = Σ(d_i − d̄)² / (n(n−1)). Where every difference is the same there is no spread to
    take an error from: then a share u of further clusters, Wilson's upper bound of 0 of G, may lie at either end,
    [d̄ − u(1 + d̄), d̄ + u(1 − d̄)]. Raises ValueError for scores outside [0, 1] or of unequal number.
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.shape != b.shape or (clusters is not None and len(clusters) != a.size):
        raise ValueError(f"{a.size} scores beside {b.size}: they must be of the same samples")
    if not a.size:
        return None
    if not (min(a.min(), b.min()) >= 0 and max(a.max(), b.max()) <= 1):
        raise ValueError("scores must lie in [0, 1]")
    members = numbered(clusters, a.size) if clusters is not None else np.arange(a.size)
    difference = a - b
    mean, groups = float(difference.mean()), int(members.max()) + 1
    low, high = _interval(difference, members, mean, groups)
    return Difference(mean, max(-1.0, min(low, mean)), min(1.0, max(high, mean)), int(a.size), groups)


def _interval(
    difference: NDArray[np.float64], clusters: NDArray[np.int64], mean: float, groups: int
) -> tuple[float, float]:
    if groups == 1 and difference.size > 1:
        return -1.0, 1.0  # one cluster tells nothing of the spread between clusters
    error = clustered_error(difference, clusters) if groups > 1 else 0.0
    if error < _TINY:
        unseen = wilson(0, groups).high
        return mean - unseen * (1 + mean), mean + unseen * (1 - mean)
    half = t95(groups - 1) * error
    return mean - half, mean + half


def change_of(first: Sequence[float], second: Sequence[float]) -> Change | None:
    """How many samples were right (1) in both, in one only, in neither; None where a score is neither 0 nor 1."""
    pairs = list(zip(first, second, strict=True))
    if any(value not in {0, 1} for pair in pairs for value in pair):
        return None
    return Change(
        both=sum(a == b == 1 for a, b in pairs),
        lost=sum(a > b for a, b in pairs),
        gained=sum(a < b for a, b in pairs),
        neither=sum(a == b == 0 for a, b in pairs),
    )


def mcnemar(lost: int, gained: int) -> float:
    """Exact McNemar's test: the two-sided probability of so uneven a split of the samples that changed.

    p = min(1, 2·P(X ≤ min(b, c))), X ~ Binomial(b + c, ½) (McNemar 1947; the exact form as in Fagerland et al. 2013).
    1 where nothing changed. Of many changes P is the incomplete beta function, the same to 12 digits. It takes samples
    for independent; the clustered interval beside it does not.
    """
    n, fewer = lost + gained, min(lost, gained)
    if min(lost, gained) < 0:
        raise ValueError("counts cannot be negative")
    if n > WHOLE_NUMBERS:
        special = cast(Any, importlib.import_module("scipy.special"))
        return min(1.0, 2 * float(special.bdtr(fewer, n, 0.5)))
    ways, total = 1, 0
    for k in range(fewer + 1):  # whole numbers to the end
        total += ways
        ways = ways * (n - k) // (k + 1)
    share: float = 2 * total / 2**n
    return min(1.0, share)


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """P-values adjusted for being several, Holm 1979: p_(i)·(m − i + 1), never falling, at most 1; None stays None."""
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    highest = 0.0
    for rank, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        adjusted[place] = highest
    return adjusted
