"""What a share judged right is worth: corrected for a judge's known errors, with the uncertainty of both."""

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from studio.core.health import Further
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
    word then says nothing, or the opposite), `near_chance` (q0 + q1 − 1 less than 1.96 of its errors above 0: what is
    divided by may as well be nothing).
    """
    if not n:
        return Corrected(None, None, None, "no_answers")
    if min(sensitivity.n, specificity.n) < MIN_LABELS:
        return Corrected(None, None, None, "few_labels")
    q1, q0 = sensitivity.right / sensitivity.n, specificity.right / specificity.n
    if q0 + q1 <= 1:
        return Corrected(None, None, None, "no_better_than_chance")
    if q0 + q1 - 1 < Z95 * math.sqrt(_variance(sensitivity) + _variance(specificity)):
        return Corrected(None, None, None, "near_chance")
    mean = _cut((judged_right / n + q0 - 1) / (q0 + q1 - 1))
    low, high = _lee(judged_right, n, sensitivity, specificity)
    return Corrected(mean, min(low, mean), max(high, mean))


def further_labels(judged_right: float, n: float, sensitivity: Rate, specificity: Rate) -> Further | None:
    """How many more labels of either kind would halve the interval of `rogan_gladen`, in the cheapest split.

    Of Lee's variance p(1 − p)/n + a1²/m1 + a0²/m0, a1 = θ·sqrt(q1(1 − q1)), a0 = (1 − θ)·sqrt(q0(1 − q0)), labels
    change the last two. Their least sum for m labels is (a0 + a1)²/m, at m1 : m0 = a1 : a0 (Neyman's allocation; the
    split in the paper approximates it). None where no number of labels would do: n answers alone are too few.
    """
    p = (judged_right + Z95**2 / 2) / (n + Z95**2)
    (q1, m1), (q0, m0) = _shrunk(sensitivity), _shrunk(specificity)
    if q0 + q1 <= 1:
        return None
    share = _cut((p + q0 - 1) / (q0 + q1 - 1))
    a1, a0 = share * math.sqrt(q1 * (1 - q1)), (1 - share) * math.sqrt(q0 * (1 - q0))
    base = p * (1 - p) / (n + Z95**2)
    wanted = (base + a1**2 / m1 + a0**2 / m0) / 4 - base
    if wanted <= 0:
        return None
    right, wrong = (a * (a0 + a1) / wanted for a in (a1, a0))
    return Further(max(0, math.ceil(right - m1)), max(0, math.ceil(wrong - m0)))


def _shrunk(rate: Rate) -> tuple[float, float]:
    return (rate.right + 1) / (rate.n + 2), rate.n + 2


def _variance(rate: Rate) -> float:
    share, n = _shrunk(rate)
    return share * (1 - share) / n


def _lee(judged_right: float, n: float, sensitivity: Rate, specificity: Rate) -> tuple[float, float]:
    z2 = Z95**2
    p = (judged_right + z2 / 2) / (n + z2)
    (q1, m1), (q0, m0) = _shrunk(sensitivity), _shrunk(specificity)
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
