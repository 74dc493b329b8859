"""What a share judged right is worth: corrected for a judge's known errors, with the uncertainty of both."""

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from studio.core.trials import Corrected
from studio.stats.intervals import Z95, clustered_error

MIN_LABELS = 10  # of right and of wrong answers each; below that a rate says too little


class Rate(NamedTuple):
    """`right` verdicts out of `n`; both may be fractional: what dependent verdicts are worth in independent ones."""

    right: float
    n: float


def effective_rate(values: Sequence[float], clusters: Sequence[Hashable]) -> Rate:
    """The rate of 0/1 verdicts that go together in clusters, as of so many independent ones.

    n' = q(1 − q)/SE² with the clustered error (Kish's design effect), at most n; the number of clusters where every
    verdict is the same.
    """
    n, groups = len(values), len(set(clusters))
    if not n:
        return Rate(0.0, 0.0)
    share = float(np.mean(values))
    if groups < 2 or share in {0.0, 1.0}:
        return Rate(share * groups, float(groups))
    error = clustered_error(np.asarray(values, dtype=np.float64), clusters)
    worth = share * (1 - share) / error**2 if error else float(groups)
    worth = min(float(n), worth)
    return Rate(share * worth, worth)


def rogan_gladen(judged_right: float, n: float, sensitivity: Rate, specificity: Rate) -> Corrected:
    """The share that is truly right, from the share that a judge called right (Rogan & Gladen 1978).

    θ = (p + q0 − 1)/(q0 + q1 − 1), q1 the judge's sensitivity, q0 its specificity, each from labels of its own. The
    interval is that of Lee et al. 2025 (arXiv 2511.21140): with n' = n + z², p' = (np + z²/2)/n', m'_j = m_j + 2 and
    q'_j = (m_j q_j + 1)/m'_j, and θ' of these, centre θ' + 2z²(θ' q1'(1 − q1')/m1' − (1 − θ') q0'(1 − q0')/m0') and
    half-width z·sqrt(p'(1 − p')/n' + (1 − θ')² q0'(1 − q0')/m0' + θ'² q1'(1 − q1')/m1')/(q0' + q1' − 1). All cut to
    [0, 1].

    It holds as far as the judge errs on the run's answers as it does on the labelled ones. `reason` instead of a
    number: `no_answers`, `few_labels` (fewer than ten of a kind), `no_better_than_chance` (q0 + q1 <= 1: the judge's
    word then says nothing, or the opposite).
    """
    if not n:
        return Corrected(None, None, None, "no_answers")
    if min(sensitivity.n, specificity.n) < MIN_LABELS:
        return Corrected(None, None, None, "few_labels")
    q1, q0 = sensitivity.right / sensitivity.n, specificity.right / specificity.n
    if q0 + q1 <= 1:
        return Corrected(None, None, None, "no_better_than_chance")
    mean = _cut((judged_right / n + q0 - 1) / (q0 + q1 - 1))
    low, high = _lee(judged_right, n, sensitivity, specificity)
    return Corrected(mean, min(low, mean), max(high, mean))


def _lee(judged_right: float, n: float, sensitivity: Rate, specificity: Rate) -> tuple[float, float]:
    z2 = Z95**2
    p = (judged_right + z2 / 2) / (n + z2)
    m1, m0 = sensitivity.n + 2, specificity.n + 2
    q1, q0 = (sensitivity.right + 1) / m1, (specificity.right + 1) / m0
    strength = q0 + q1 - 1
    if strength <= 0:  # shrunk to a coin: nothing is known
        return 0.0, 1.0
    share = _cut((p + q0 - 1) / strength)
    v1, v0 = q1 * (1 - q1) / m1, q0 * (1 - q0) / m0
    centre = share + 2 * z2 * (share * v1 - (1 - share) * v0)
    spread = math.sqrt(p * (1 - p) / (n + z2) + (1 - share) ** 2 * v0 + share**2 * v1)
    half = Z95 * spread / strength
    return _cut(centre - half), _cut(centre + half)


def _cut(value: float) -> float:
    return min(1.0, max(0.0, value))
