"""The share that people would call right, from a judge's verdicts on all answers and people's labels of some."""

import math
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.core.health import Powered
from studio.core.trials import Corrected
from studio.stats.agreement import DRAWS, SEED, Floats, Tables, bounds, table_draws
from studio.stats.estimates import mean_estimate
from studio.stats.intervals import numbered

BARE = 0.1
POWERED_KEPT = 256
MIN_DRAWN = 20  # labels of a random part; below that its interval says next to nothing


def prediction_powered(
    people: Sequence[int],
    judge: Sequence[int],
    unlabelled_right: int,
    unlabelled: int,
    *,
    clusters: Sequence[Hashable] | None = None,
    effect: float = 1.0,
    seed: int = SEED,
) -> Powered:
    """PPI++ of a mean (arXiv 2311.01453). `people` and `judge` are words (1 or 0) on a *random* part of the answers;
    of the `unlabelled` others the judge called `unlabelled_right` right.

    With n labelled, N others, y people's and f the judge's word: θ = λ·mean_N(f) + mean_n(y − λf),
    λ = Cov_n(y, f) / ((1 + n/N)·Var(f)) cut to [0, 1], Var(f) over all n + N, as ppi-python takes it. λ = 0, also where
    nothing is left unlabelled, is what the labels alone say.

    For 0/1 words the best λ makes θ the share P(f=1)·P(y=1|f=1) + P(f=0)·P(y=1|f=0), and the intervals are drawn from
    that (`table_draws`, λ > 0; else from people's words alone): the normal interval of the paper is far too narrow
    where twenty labels hold no mistake of the judge. Over these answers alone, what is not labelled is drawn answer by
    answer, and what is labelled is known. Over answers like these, the share in all answers varies besides: normal
    with variance `effect`·θ(1 − θ)/(n + N), `effect` that of what answers share (clustered variance of the judge's
    score over that of independent ones). `clusters` names what labelled answers share.

    `more`, the further labels that halve the interval over these answers, solves 1/n' − 1/M = (1/n − 1/M)/4, M = n + N.
    `reason` instead of a number: `no_labels`, `few_drawn` (fewer than twenty). Raises ValueError as `agreement`.
    """
    y, f = np.asarray(people, dtype=np.float64), np.asarray(judge, dtype=np.float64)
    members = None if clusters is None else numbered(clusters, y.size).tobytes()
    return _powered(y.tobytes(), f.tobytes(), unlabelled_right, unlabelled, members, effect, seed)


@lru_cache(maxsize=POWERED_KEPT)
def _powered(
    people: bytes,
    judge: bytes,
    unlabelled_right: int,
    unlabelled: int,
    members: bytes | None,
    effect: float,
    seed: int,
) -> Powered:
    """The same of arrays as bytes. A page shows some twenty scores, and a label changes two."""
    y, f = np.frombuffer(people), np.frombuffer(judge)
    clusters = None if members is None else np.frombuffer(members, dtype=np.intp).tolist()
    n = int(y.size)
    human = mean_estimate(y, clusters=clusters)
    if n < MIN_DRAWN:
        reason = "few_drawn" if n else "no_labels"
        return Powered(None, None, None, None, None, 0.0, n, unlabelled, human, reason=reason)
    weight = _weight(y, f, unlabelled_right, unlabelled)
    mean = float((y - weight * f).mean()) + (weight * unlabelled_right / unlabelled if weight else 0.0)
    mean = min(1.0, max(0.0, mean))
    cells = (2 * y + f).astype(np.intp)
    tables = table_draws(cells, clusters, seed=seed)
    rng = np.random.default_rng(seed + 1)
    here = _here(tables, float(y.sum()), n, unlabelled_right, unlabelled, use_judge=weight > 0, rng=rng)
    run_low, run_high = bounds(mean, here) if unlabelled else (mean, mean)
    spread = np.sqrt(effect * here * (1 - here) / (n + unlabelled))
    low, high = bounds(mean, np.clip(here + rng.standard_normal(here.size) * spread, 0.0, 1.0))
    if not unlabelled and human.low is not None and human.high is not None:
        low, high = min(human.low, mean), max(human.high, mean)
    more = labels_to_halve(n, unlabelled)
    return Powered(mean, low, high, run_low, run_high, weight, n, unlabelled, human, more)


class Layer(NamedTuple):
    """`size` answers that are alike in what labels were chosen by; people called `right` of `labelled` ones right."""

    size: int
    right: int
    labelled: int


def by_strata(strata: Sequence[Layer], *, effect: float = 1.0, seed: int = SEED) -> Corrected:
    """The share that people would call right where labels were chosen by strata (what EM and the judge said), and at
    will inside them: θ = Σ (size/M)·right/labelled (Cochran 1977, §5.3).

    The interval is drawn: a stratum's share is Beta(right + 1/2, wrong + 1/2), the rest as in `prediction_powered`.
    `reason`: `no_labels`, `few_drawn` (fewer than twenty in all), `bare_strata` (more than a tenth of the answers lie
    in strata with fewer than five labels).
    """
    whole, labelled = sum(each.size for each in strata), sum(each.labelled for each in strata)
    if not labelled or labelled < MIN_DRAWN:
        return Corrected(None, None, None, "few_drawn" if labelled else "no_labels")
    if sum(each.size for each in strata if each.labelled < min(5, each.size)) > BARE * whole:
        return Corrected(None, None, None, "bare_strata")
    told = [each for each in strata if each.labelled]
    mean = sum(each.size * each.right / each.labelled for each in told) / sum(each.size for each in told)
    rng = np.random.default_rng(seed)
    here = np.zeros(DRAWS)
    for size, right, n in strata:
        share = rng.beta(right + 0.5, n - right + 0.5, DRAWS)
        here += right + rng.binomial(size - n, share)
    here /= whole
    spread = np.sqrt(effect * here * (1 - here) / whole)
    low, high = bounds(mean, np.clip(here + rng.standard_normal(DRAWS) * spread, 0.0, 1.0))
    return Corrected(mean, low, high)


def labels_to_halve(n: int, unlabelled: int) -> int:
    """How many more of the unlabelled answers to label, so that the interval over these answers is half as wide.

    The variance goes with 1/n − 1/M of M answers; a quarter of it needs n' = 4nM/(M + 3n).
    """
    whole = n + unlabelled
    return math.ceil(4 * n * whole / (whole + 3 * n)) - n if n else 0


def _weight(y: Floats, f: Floats, unlabelled_right: int, unlabelled: int) -> float:
    n, whole = y.size, y.size + unlabelled
    share = (float(f.sum()) + unlabelled_right) / whole
    variance = share * (1 - share) * whole / (whole - 1)
    if not unlabelled or variance <= 0:
        return 0.0
    covariance = float(((y - y.mean()) * (f - f.mean())).mean())
    return min(1.0, max(0.0, covariance / ((1 + n / unlabelled) * variance)))


def _here(
    tables: Tables,
    right: float,
    n: int,
    unlabelled_right: int,
    unlabelled: int,
    *,
    use_judge: bool,
    rng: np.random.Generator,
) -> Floats:
    """What the share in these very answers may be: draws of how many unlabelled ones are right."""
    if use_judge:
        called_right = tables[:, 3] / (tables[:, 3] + tables[:, 1])
        called_wrong = tables[:, 2] / (tables[:, 2] + tables[:, 0])
        others: NDArray[np.int64] = rng.binomial(unlabelled_right, called_right) + rng.binomial(
            unlabelled - unlabelled_right, called_wrong
        )
    else:
        others = rng.binomial(unlabelled, (tables[:, 2] + tables[:, 3]) / tables.sum(axis=1))
    return (right + others) / (n + unlabelled)
