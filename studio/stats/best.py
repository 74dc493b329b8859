"""The gap to the best of several models, with an interval that takes into account that the best was chosen by the data.

Taking the model with the highest mean and then its usual interval covers the gap to the truly best model too rarely:
the highest of several means is biased up (the winner's curse). With δ_m = people − model m, the gap is min_m δ_m, a
minimum of parameters, and bounds for it follow from bounds for each:

- low = min_m (d_m − t_{0.975}·SE_m): the bound of the truly best model alone has to hold, whichever it is (the
  intersection-union principle, Berger 1982, Technometrics 24:295; Hsu 1984, Ann. Statist. 12:1136);
- high = min_m (d_m + t_{1 − 0.025/M}·SE_m): all M bounds have to hold at once (Bonferroni). It is the conservative form
  of the intersection bounds of Chernozhukov, Lee & Rosen 2013 (Econometrica 81:667).

Each side errs with at most 2.5 %, so the interval covers the gap with at least 95 %, whatever the models share: no
independence between models is needed, and errors are clustered by what questions share.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.core.trials import Difference
from studio.stats.intervals import Z95, clustered_error, numbered, t95, wilson

_TINY = 1e-12
TAIL = 0.025


class Pairs(NamedTuple):
    """People's and a model's scores of the same questions of one task, and the cluster of each question."""

    people: NDArray[np.float64]
    model: NDArray[np.float64]
    clusters: NDArray[np.int64]


class ToBest(NamedTuple):
    """The place of the model that came out best, and the gap to the best with its bounds."""

    place: int
    difference: Difference


def gap_to_best(models: Sequence[Sequence[Pairs]]) -> ToBest | None:
    """People less the best model; each model is given by its tasks, which weigh equally. None without models. Raises
    ValueError for a model without questions."""
    if not models:
        return None
    found = [mean_gap(tasks) for tasks in models]
    upper = [mean_gap(tasks, tail=TAIL / len(models)).high for tasks in models]
    place = min(range(len(found)), key=lambda each: (found[each].mean, each))
    best = found[place]
    bounds = min(each.low for each in found), min(upper)
    return ToBest(place, Difference(best.mean, *bounds, best.n, best.clusters))


def mean_gap(tasks: Sequence[Pairs], *, tail: float = TAIL) -> Difference:
    """The mean over tasks of the mean of people − model, with `tail` left out on each side.

    SE² = k⁻² Σ_t SE_t², the clustered errors of tasks, which share nothing; t with Welch's and Satterthwaite's degrees
    (Σ v_t)² / Σ v_t²/(G_t − 1). Of one task it is `paired_difference`. A task of one cluster tells nothing of a spread:
    then [-1, 1]. Raises ValueError without questions.
    """
    if not tasks or not all(each.people.size for each in tasks):
        raise ValueError("a task without questions has no mean")
    k = len(tasks)
    parts = [_part(each, tail) for each in tasks]
    mean = sum(each.mean for each in parts) / k
    n, clusters = sum(each.people.size for each in tasks), sum(each.clusters for each in parts)
    if any(each.clusters < 2 for each in parts):
        return Difference(mean, -1.0, 1.0, n, clusters)
    if k == 1 and parts[0].flat:
        unseen = wilson(0, parts[0].clusters, _z(tail)).high
        low, high = mean - unseen * (1 + mean), mean + unseen * (1 - mean)
    else:
        variances = [each.error**2 / k**2 for each in parts]
        degrees = sum(variances) ** 2 / sum(
            v**2 / (each.clusters - 1) for v, each in zip(variances, parts, strict=True)
        )
        half = t95(degrees, tail) * math.sqrt(sum(variances))
        low, high = mean - half, mean + half
    return Difference(mean, max(-1.0, min(low, mean)), min(1.0, max(high, mean)), n, clusters)


class _Part(NamedTuple):
    mean: float
    error: float
    clusters: int
    flat: bool


def _part(task: Pairs, tail: float) -> _Part:
    """A task by itself. Where every difference is the same there is no spread to take an error from: then the error is
    that of the share of further clusters that may lie at the farther end, Wilson's bound of 0 of G."""
    difference = task.people - task.model
    members = numbered(task.clusters, difference.size)
    mean, groups = float(difference.mean()), int(members.max()) + 1
    if groups < 2:
        return _Part(mean, math.inf, groups, flat=False)
    error = clustered_error(difference, members)
    if error >= _TINY:
        return _Part(mean, error, groups, flat=False)
    return _Part(mean, wilson(0, groups, _z(tail)).high * (1 + abs(mean)) / Z95, groups, flat=True)


def _z(tail: float) -> float:
    return NormalDist().inv_cdf(1 - tail)
