"""How a judge agrees with people: sensitivity to MCC, each with an interval that holds for few labels, too.

Every measure is a function of four counts (people's word by the judge's), so all of them are worked out of the same
draws of that table.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.health import HEALTH_METRICS, Agreement, Figure, HealthMetric
from studio.stats.intervals import numbered

DRAWS = 4_000
FIGURES_KEPT = 512
SEED = 1234
Floats = NDArray[np.float64]
Tables = Floats  # (..., 4): people wrong and judge wrong, wrong and right, right and wrong, right and right


def agreement(
    people: Sequence[int],
    judge: Sequence[int],
    clusters: Sequence[Hashable] | None = None,
    *,
    seed: int = SEED,
) -> Agreement:
    """The judge's words (1: right, 0: wrong) beside people's on the same answers, in the same order.

    With h and j people's and the judge's word: sensitivity P(j=1 | h=1); specificity P(j=0 | h=0); balanced
    accuracy, the mean of both; Youden's J, their sum − 1 (Youden 1950); raw agreement p_o = P(h = j); Cohen's κ =
    (p_o − p_e)/(1 − p_e), p_e = Σ_k P(h=k) P(j=k) (Cohen 1960); Gwet's AC1, the same with p_e = 2π(1 − π), π the mean
    of P(h=1) and P(j=1) (Gwet 2008, BJMSP 61:29), which does not fall where nearly all answers are of one kind; MCC,
    the correlation φ (Matthews 1975); prevalence P(h=1).

    Intervals: see `table_draws`; `clusters` names what answers share. What is undefined is None with its reason:
    `no_labels`, `no_right`, `no_wrong`, `unanimous` (κ, MCC: people or judge only ever said one thing). Raises
    ValueError for words that are neither 0 nor 1, or of unequal number.
    """
    cells = _cells(people, judge)
    counts = np.bincount(cells, minlength=4)
    return _agreement(counts, _figures(*_kinds(cells, clusters), seed))


def agreement_of_counts(counts: Sequence[int], *, seed: int = SEED) -> Agreement:
    """The same of answers that share nothing, by how many there are of each kind: both wrong, people wrong and judge
    right, the other way round, both right."""
    numbers = np.asarray(counts, dtype=np.float64)
    return _agreement(numbers, _figures(np.eye(4).tobytes(), numbers.tobytes(), seed))


def _agreement(counts: NDArray[Any], figures: Mapping[HealthMetric, Figure]) -> Agreement:
    wrong_wrong, wrong_right, right_wrong, right_right = (int(n) for n in counts)
    return Agreement(right_right, right_wrong, wrong_right, wrong_wrong, dict(figures))


def table_draws(
    cells: NDArray[np.intp],
    clusters: Sequence[Hashable] | None = None,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
) -> Tables:
    """What the table of four counts may be in all answers like these: (draws, 4), up to a factor.

    The Bayesian bootstrap (Rubin 1981, Annals of Statistics 9:130) of clusters: each weighs Exp(1). Clusters of the
    same counts are drawn at once, Gamma(how many). Each cell has half a cluster more of mean size (Jeffreys' prior), so
    that what was never seen is not held impossible; with clusters of one this *is* the posterior Dirichlet(n + 1/2),
    whose intervals cover well for small n (Brown, Cai & DasGupta 2001, Statistical Science 16:101).
    """
    return _drawn(*_kinds(cells, clusters), seed, draws)


def _kinds(cells: NDArray[np.intp], clusters: Sequence[Hashable] | None) -> tuple[bytes, bytes]:
    """Tables of clusters, those that are alike once, and how many there are of each: all that draws depend on."""
    if (
        clusters is None
    ):  # each answer by itself: the cells are all there is, and there may be 100,000 answers
        patterns, times = np.eye(4), np.bincount(cells, minlength=4).astype(np.float64)
    elif cells.size:
        patterns, times = cluster_patterns(np.eye(4)[cells], clusters)
    else:
        patterns, times = np.zeros((0, 4)), np.zeros(0)
    return patterns.tobytes(), times.tobytes()


def _drawn(patterns: bytes, times: bytes, seed: int, draws: int = DRAWS) -> Tables:
    tables, n = np.frombuffer(patterns).reshape(-1, 4), np.frombuffer(times)
    rng = np.random.default_rng(seed)
    size = float((tables.sum(axis=1) * n).sum())
    prior = rng.standard_gamma(0.5, (draws, 4)) * (size / n.sum())
    found: Tables = rng.standard_gamma(n, (draws, n.size)) @ tables + prior
    return found


@lru_cache(maxsize=FIGURES_KEPT)
def _figures(patterns: bytes, times: bytes, seed: int) -> Mapping[HealthMetric, Figure]:
    """All measures of a table of clusters. A page shows some fifty of them, and a label changes four."""
    tables, n = np.frombuffer(patterns).reshape(-1, 4), np.frombuffer(times)
    counts: Floats = n @ tables
    drawn = _drawn(patterns, times, seed) if counts.sum() else counts[None, :]
    return {name: _figure(name, counts, drawn) for name in HEALTH_METRICS}


def cluster_patterns(rows: Floats, clusters: Sequence[Hashable] | None) -> tuple[Floats, Floats]:
    """The sums of rows over each cluster, those that are alike once, and how many there are of each."""
    sums = rows
    if clusters is not None:
        members = numbered(clusters, len(rows))
        sums = np.zeros((int(members.max()) + 1, rows.shape[1]))
        np.add.at(sums, members, rows)
    patterns, times = np.unique(sums, axis=0, return_counts=True)
    return patterns, times.astype(np.float64)


def bounds(value: float, drawn: Floats) -> tuple[float, float]:
    """The middle 95 % of draws, widened to hold the value itself: at 0 and 1 the bound is exact."""
    known = drawn[np.isfinite(drawn)]
    if not known.size:
        return value, value
    low, high = np.quantile(known, (0.025, 0.975))
    return min(float(low), value), max(float(high), value)


def _cells(people: Sequence[int], judge: Sequence[int]) -> NDArray[np.intp]:
    if len(people) != len(judge):
        raise ValueError(f"{len(people)} labels beside {len(judge)} verdicts")
    h, j = np.asarray(people, dtype=np.intp), np.asarray(judge, dtype=np.intp)
    if h.size and not (np.isin(h, (0, 1)).all() and np.isin(j, (0, 1)).all()):
        raise ValueError("words are 1 (right) or 0 (wrong)")
    return 2 * h + j


def _figure(name: HealthMetric, counts: Floats, tables: Tables) -> Figure:
    reason = _undefined(name, counts)
    if reason:
        return Figure(None, reason=reason)
    value = float(_MEASURES[name](counts))
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = bounds(value, _MEASURES[name](tables))
    return Figure(value, low, high)


def _undefined(name: HealthMetric, counts: Floats) -> str:
    tn, fp, fn, tp = counts
    if not counts.sum():
        return "no_labels"
    if name in {"sensitivity", "balanced", "youden"} and not tp + fn:
        return "no_right"
    if name in {"specificity", "balanced", "youden"} and not tn + fp:
        return "no_wrong"
    margins = (tp + fn, tn + fp, tp + fp, tn + fn)
    if name == "mcc" and not all(margins):
        return "unanimous"
    # κ is still defined where only one of the two never varies: it is then 0.
    return "unanimous" if name == "kappa" and (tp == counts.sum() or tn == counts.sum()) else ""


def _shares(tables: Tables) -> tuple[Floats, Floats, Floats, Floats]:
    shares = tables / tables.sum(axis=-1, keepdims=True)
    return shares[..., 0], shares[..., 1], shares[..., 2], shares[..., 3]


def _sensitivity(tables: Tables) -> Floats:
    return tables[..., 3] / (tables[..., 3] + tables[..., 2])


def _specificity(tables: Tables) -> Floats:
    return tables[..., 0] / (tables[..., 0] + tables[..., 1])


def _raw(tables: Tables) -> Floats:
    tn, _, _, tp = _shares(tables)
    return tn + tp


def _prevalence(tables: Tables) -> Floats:
    _, _, fn, tp = _shares(tables)
    return fn + tp


def _kappa(tables: Tables) -> Floats:
    tn, fp, fn, tp = _shares(tables)
    chance = (tp + fn) * (tp + fp) + (tn + fp) * (tn + fn)
    return (tn + tp - chance) / (1 - chance)


def _ac1(tables: Tables) -> Floats:
    tn, fp, fn, tp = _shares(tables)
    mean = tp + (fp + fn) / 2
    chance = 2 * mean * (1 - mean)
    return (tn + tp - chance) / (1 - chance)


def _mcc(tables: Tables) -> Floats:
    tn, fp, fn, tp = _shares(tables)
    found: Floats = (tp * tn - fp * fn) / np.sqrt((tp + fn) * (tn + fp) * (tp + fp) * (tn + fn))
    return found


_MEASURES: Mapping[HealthMetric, Callable[[Tables], Floats]] = {
    "sensitivity": _sensitivity,
    "specificity": _specificity,
    "balanced": lambda tables: (_sensitivity(tables) + _specificity(tables)) / 2,
    "youden": lambda tables: _sensitivity(tables) + _specificity(tables) - 1,
    "raw": _raw,
    "kappa": _kappa,
    "ac1": _ac1,
    "mcc": _mcc,
    "prevalence": _prevalence,
}
