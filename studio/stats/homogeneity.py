"""Whether groups are alike: tests whose probabilities are counted by permutation, so that small groups are allowed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHUFFLES = 4_000
SEED = 1234


def alike(right: Sequence[int], n: Sequence[int], *, seed: int = SEED) -> float:
    """The probability that shares right/n of groups differ so much by chance alone.

    Pearson's X² of the 2 x G table, its p-value over tables with the same margins (Fisher's conditional model): (1 +
    tables with X² as large)/(1 + drawn). 1 for one group, or where all or none are right. Answers count as independent.
    """
    sizes, found = np.asarray(n, dtype=np.int64), np.asarray(right, dtype=np.int64)
    total, hits = int(sizes.sum()), int(found.sum())
    if np.count_nonzero(sizes) < 2 or hits in {0, total}:
        return 1.0
    expected = np.multiply(sizes, hits / total)
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(sizes, hits, SHUFFLES)
    return _share_as_far(found, drawn, expected, sizes > 0)


def drawn_from(part: Sequence[int], whole: Sequence[int], *, seed: int = SEED) -> float:
    """The probability that a random part of a run differs so much from it in how many answers lie in each cell.

    `part` of `whole`, cell by cell. X² = Σ (part − e)²/e, e what a proportional part would hold; its p-value over
    random parts of that size, drawn without replacement.
    """
    sizes, found = np.asarray(whole, dtype=np.int64), np.asarray(part, dtype=np.int64)
    if np.any(found > sizes):
        raise ValueError("a part cannot hold more than the whole")
    if not found.sum() or np.count_nonzero(sizes) < 2:
        return 1.0
    expected = np.multiply(sizes, found.sum() / sizes.sum())
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(sizes, int(found.sum()), SHUFFLES)
    return _share_as_far(found, drawn, expected, sizes > 0)


def _share_as_far(
    found: NDArray[np.int64], drawn: NDArray[np.int64], expected: NDArray[Any], used: NDArray[np.bool_]
) -> float:
    def distance(counts: NDArray[np.int64]) -> NDArray[np.float64]:
        away: NDArray[np.float64] = ((counts[..., used] - expected[used]) ** 2 / expected[used]).sum(axis=-1)
        return away

    as_far = int(np.count_nonzero(distance(drawn) >= distance(found) - 1e-9))
    return (1 + as_far) / (1 + SHUFFLES)
