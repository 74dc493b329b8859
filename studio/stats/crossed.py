"""A crossed design, k items x P prompts with one score a cell: its variance split, its prompts compared.

Scores are a matrix with a row for each item. Rows with a gap (NaN) are left out by whoever calls: complete cases. The
expected mean squares below hold for balanced data alone, and a cell that failed in one prompt tells nothing of others.
"""

import importlib
import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.prompts import PARTS, Component, PairOfPrompts, PromptGap, VarianceSplit
from studio.stats.duels import corrected, duel
from studio.stats.intervals import numbered
from studio.stats.paired import paired_difference

DRAWS = 10_000
ROUNDS = 2_000
_TINY = 1e-12
Matrix = NDArray[np.float64]


def complete(scores: Matrix) -> NDArray[np.bool_]:
    """Which rows have a score in every column."""
    return np.array([not np.isnan(row).any() for row in scores], dtype=bool)


def variance_split(scores: Matrix, seed: int = 0) -> VarianceSplit | None:
    """The two-way random-effects analysis of variance, without gaps in `scores`; None below two items or prompts.

    MS_i = P·Σ(x̄_i − x̄)²/(k−1), MS_p = k·Σ(x̄_p − x̄)²/(P−1), MS_r = Σ(x_ip − x̄_i − x̄_p + x̄)²/((k−1)(P−1));
    σ²_r = MS_r, σ²_i = (MS_i − MS_r)/P, σ²_p = (MS_p − MS_r)/k, below 0: 0 (Searle, Casella & McCulloch 1992, ch. 4;
    as the p x i design of generalizability theory, Brennan 2001, ch. 2). With one score a cell the interaction and
    chance cannot be told apart: both are the rest. Raises ValueError for NaN.
    """
    if np.isnan(scores).any():
        raise ValueError("a score is missing: leave incomplete items out first")
    items, prompts = scores.shape
    if items < 2 or prompts < 2:
        return None
    mean = float(scores.mean())
    by_item, by_prompt = scores.mean(axis=1), scores.mean(axis=0)
    rest = scores - by_item[:, None] - by_prompt[None, :] + mean
    sums = (
        prompts * float(((by_item - mean) ** 2).sum()),
        items * float(((by_prompt - mean) ** 2).sum()),
        float((rest**2).sum()),
    )
    raw = _components(sums, items, prompts)
    q, p = cochran(scores)
    kept = np.maximum(raw, 0.0)
    return VarianceSplit(
        items,
        prompts,
        mean,
        _parts(kept, sums, items, prompts, seed),
        tuple(part for part, value in zip(PARTS, raw, strict=True) if value < -_TINY),
        q,
        p,
        math.sqrt(float(kept[0]) / items),
        math.sqrt(float(kept[1]) / prompts),
    )


def cochran(scores: Matrix) -> tuple[float, float]:
    """Cochran's Q with its p: are the prompts' totals T_p as far apart as if scores were dealt to prompts by chance?

    Q = (P−1)/P · Σ(T_p − T̄)² / Σ_i s_i², s_i² the variance of item i over its prompts, beside χ² of P − 1 degrees of
    freedom (Cochran 1950; this form takes fractions as well, and equals his for 0 and 1). 0 and 1 where nothing varies
    within an item.
    """
    prompts = scores.shape[1]
    within = float(scores.var(axis=1).sum())
    if within < _TINY:
        return 0.0, 1.0
    totals = scores.sum(axis=0)
    q = (prompts - 1) / prompts * float(((totals - totals.mean()) ** 2).sum()) / within
    special = cast(Any, importlib.import_module("scipy.special"))
    return q, float(special.chdtrc(prompts - 1, q))


def prompt_gap(
    scores: Matrix, prompts: Sequence[int], clusters: NDArray[np.int64], seed: int = 0
) -> PromptGap | None:
    """The best prompt beside the worst, with the test that takes their being picked into account; None below two.

    Under the null the prompts of an item are alike, and so are their scores dealt anew within it: p is the share of
    `ROUNDS` such deals (and the data) whose largest gap is no smaller. Items of a cluster are dealt alike, so that what
    they share stays shared. Single pairs: `duel`, corrected after Holm for all of them.
    """
    if min(scores.shape) < 2:
        return None
    means = scores.mean(axis=0)
    best, worst = int(means.argmax()), int(means.argmin())
    difference = paired_difference(scores[:, best], scores[:, worst], clusters)
    assert difference is not None
    pairs = list(combinations(range(len(prompts)), 2))
    duels = corrected([duel(scores[:, a], scores[:, b], clusters) for a, b in pairs])
    apart = tuple(
        PairOfPrompts(prompts[a], prompts[b], each.difference, each.p_holm)
        for (a, b), each in zip(pairs, duels, strict=True)
        if each.difference is not None and each.p_holm is not None and each.p_holm < 0.05
    )
    chance = _chance_of_gap(scores, clusters, seed)
    return PromptGap(prompts[best], prompts[worst], difference, chance, len(pairs), apart)


def _chance_of_gap(scores: Matrix, clusters: NDArray[np.int64], seed: int) -> float:
    sums = sums_by_cluster(scores, clusters)
    rng, seen = np.random.default_rng(seed), _gap(sums)
    larger = sum(_gap(rng.permuted(sums, axis=1)) >= seen - _TINY for _ in range(ROUNDS))
    return (larger + 1) / (ROUNDS + 1)


def _gap(sums: Matrix) -> float:
    totals = sums.sum(axis=0)
    return float(totals.max() - totals.min())


def sums_by_cluster(scores: Matrix, clusters: NDArray[np.int64]) -> Matrix:
    """A row for each cluster: the sums of its items' scores by prompt."""
    members = numbered(clusters, len(scores))
    sums = np.zeros((int(members.max()) + 1, scores.shape[1]))
    np.add.at(sums, members, scores)
    return sums


def _components(sums: Sequence[Any], items: int, prompts: int) -> NDArray[np.float64]:
    """Items, prompts, rest out of mean squares; rows of draws where the sums are."""
    of_items, of_prompts, of_rest = sums[0] / (items - 1), sums[1] / (prompts - 1), sums[2]
    of_rest = of_rest / ((items - 1) * (prompts - 1))
    return np.array([(of_items - of_rest) / prompts, (of_prompts - of_rest) / items, of_rest])


def _parts(
    kept: NDArray[np.float64], sums: Sequence[float], items: int, prompts: int, seed: int
) -> tuple[Component, ...]:
    whole = float(kept.sum())
    if whole < _TINY:
        return tuple(Component(part, 0.0, None, None, None) for part in PARTS)
    lows, highs = _share_intervals(sums, items, prompts, seed)
    found = []
    for place, part in enumerate(PARTS):
        share = float(kept[place]) / whole
        low, high = min(share, float(lows[place])), max(share, float(highs[place]))
        found.append(Component(part, float(kept[place]), share, low, high))
    return tuple(found)


def _share_intervals(
    sums: Sequence[float], items: int, prompts: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Generalized intervals of the shares (Weerahandi 1993; for this design Burdick, Borror & Montgomery 2005, ch. 3):
    each sum of squares over a draw of its χ² stands for the mean square that it may have come from."""
    rng = np.random.default_rng(seed)
    degrees = (items - 1, prompts - 1, (items - 1) * (prompts - 1))
    drawn = [total * free / rng.chisquare(free, DRAWS) for total, free in zip(sums, degrees, strict=True)]
    parts = np.maximum(_components(drawn, items, prompts), 0.0)
    whole = parts.sum(axis=0)
    shares = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > _TINY)
    low, high = np.quantile(shares, (0.025, 0.975), axis=1)
    return low, high
