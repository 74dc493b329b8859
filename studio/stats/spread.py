"""Percentiles of what was measured, of columns with gaps."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.figures import Spread


def known(values: Sequence[float | None]) -> NDArray[np.float64]:
    """A column as an array; NaN where nobody measured."""
    return np.array(values, dtype=np.float64)


def spread_of(values: NDArray[np.float64]) -> Spread | None:
    """p50 and p95 by nearest rank of all that is no NaN; None of nothing. `values` need not be sorted."""
    ordered = np.sort(values[~np.isnan(values)])
    n = len(ordered)
    if not n:
        return None
    return Spread(float(ordered[math.ceil(n * 0.5) - 1]), float(ordered[math.ceil(n * 0.95) - 1]), n)
