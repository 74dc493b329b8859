"""How people agree with each other: the ceiling of any judge."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations

import numpy as np

from studio.core.health import Ceiling, Figure, ReviewerPair
from studio.stats.agreement import DRAWS, SEED, Floats, agreement, bounds, cluster_patterns


def between_reviewers(
    words: Sequence[Mapping[str, int]],
    clusters: Sequence[Hashable] | None = None,
    *,
    seed: int = SEED,
) -> Ceiling:
    """`words`: for each answer what each reviewer said of it, 1 (right) or 0 (wrong); `clusters` those of the answers.

    Only answers with two reviewers or more count. With m words on an answer, r of them 1: raw is the mean share of
    pairs that agree, (r(r−1) + (m−r)(m−r−1)) / (m(m−1)); Fleiss' κ (1971) takes p_e = π² + (1−π)², Gwet's AC1 2π(1−π),
    π the mean of r/m, both in the form for unequal m (Gwet 2014); Krippendorff's α = 1 − (N−1)·o/(2·n1·n0) for nominal
    words, n1 and n0 of N words, o = Σ 2r(m−r)/(m−1). Intervals: the Bayesian bootstrap of clusters with Jeffreys' half
    of each outcome (of two words), as in `agreement.table_draws`. Undefined: `one_reviewer`, `unanimous`.
    """
    kept = [place for place, said in enumerate(words) if len(said) > 1]
    said = [words[place] for place in kept]
    names = sorted({name for each in said for name in each})
    if not kept:
        nothing = Figure(None, reason="one_reviewer")
        return Ceiling(0, len({n for each in words for n in each}), nothing, nothing, nothing, nothing)
    shared = None if clusters is None else [clusters[place] for place in kept]
    rows = np.array([_sums(len(each), sum(each.values())) for each in said])
    whole, drawn = rows.sum(axis=0), _draws(rows, shared, seed)
    figures = {name: _figure(name, whole, drawn) for name in _MEASURES}
    pairs = tuple(_pairs(said, names, shared, seed))
    return Ceiling(
        len(kept), len(names), figures["raw"], figures["alpha"], figures["fleiss"], figures["ac1"], pairs
    )


def _sums(m: int, r: int) -> tuple[float, ...]:
    """What an answer adds: itself, its share of agreeing pairs, π, o, and its words 1 and 0."""
    split = r * (m - r)
    return 1.0, 1 - 2 * split / (m * (m - 1)), r / m, 2 * split / (m - 1), float(r), float(m - r)


def _draws(rows: Floats, clusters: Sequence[Hashable] | None, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    patterns, times = cluster_patterns(rows, clusters)
    outcomes = np.array([_sums(2, r) for r in (0, 1, 1, 2)])  # as of two reviewers: both ways to differ
    prior = rng.standard_gamma(0.5, (DRAWS, 4)) @ outcomes * (len(rows) / times.sum())
    found: Floats = rng.standard_gamma(times, (DRAWS, times.size)) @ patterns + prior
    return found


def _figure(name: str, whole: Floats, drawn: Floats) -> Figure:
    if name in {"alpha", "fleiss"} and not (whole[4] and whole[5]):
        return Figure(None, reason="unanimous")
    value = float(_MEASURES[name](whole))
    return Figure(value, *bounds(value, _MEASURES[name](drawn)))


def _raw(sums: Floats) -> Floats:
    found: Floats = sums[..., 1] / sums[..., 0]
    return found


def _fleiss(sums: Floats) -> Floats:
    mean = sums[..., 2] / sums[..., 0]
    chance = mean**2 + (1 - mean) ** 2
    return (_raw(sums) - chance) / (1 - chance)


def _ac1(sums: Floats) -> Floats:
    mean = sums[..., 2] / sums[..., 0]
    chance = 2 * mean * (1 - mean)
    return (_raw(sums) - chance) / (1 - chance)


def _alpha(sums: Floats) -> Floats:
    ones, zeros = sums[..., 4], sums[..., 5]
    found: Floats = 1 - (ones + zeros - 1) * sums[..., 3] / (2 * ones * zeros)
    return found


_MEASURES: Mapping[str, Callable[[Floats], Floats]] = {
    "raw": _raw,
    "alpha": _alpha,
    "fleiss": _fleiss,
    "ac1": _ac1,
}


def _pairs(
    said: Sequence[Mapping[str, int]], names: Sequence[str], clusters: Sequence[Hashable] | None, seed: int
) -> list[ReviewerPair]:
    found = []
    for first, second in combinations(names, 2):
        both = [place for place, each in enumerate(said) if first in each and second in each]
        if not both:
            continue
        measured = agreement(
            [said[place][first] for place in both],
            [said[place][second] for place in both],
            None if clusters is None else [clusters[place] for place in both],
            seed=seed,
        )
        found.append(
            ReviewerPair(first, second, len(both), measured.figures["raw"], measured.figures["kappa"])
        )
    return found
