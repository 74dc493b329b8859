"""Two runs by one score: wins, losses and ties, the difference with its interval, the exact test; many at once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.core.compare import Duel
from studio.stats.paired import holm, mcnemar, paired_difference


def duel(first: NDArray[np.float64], second: NDArray[np.float64], clusters: NDArray[np.int64]) -> Duel:
    """Scores in [0, 1] of the same samples, NaN where there is none; such samples are left out and counted.

    The test is the exact sign test over wins and losses (Dixon & Mood 1946), which for scores of 0 and 1 is McNemar's
    exact test; the interval is that of `paired_difference`.
    """
    known = ~(np.isnan(first) | np.isnan(second))
    a, b = first[known], second[known]
    wins, losses = int((a > b).sum()), int((a < b).sum())
    return Duel(
        wins,
        losses,
        int(known.sum()) - wins - losses,
        int((~known).sum()),
        paired_difference(a, b, clusters[known]),
        mcnemar(wins, losses) if known.any() else None,
    )


def corrected(duels: Sequence[Duel]) -> list[Duel]:
    """The same tests, corrected for being several (Holm 1979)."""
    adjusted = holm([each.p for each in duels])
    return [replace(each, p_holm=p) for each, p in zip(duels, adjusted, strict=True)]
