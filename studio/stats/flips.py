"""Where two models change places from prompt to prompt, and how sure that is over other questions of the kind."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.prompts import Flips, PromptFlip
from studio.stats.crossed import Matrix, sums_by_cluster
from studio.stats.paired import paired_difference

DRAWS = 2_000
_TINY = 1e-9


def flips_of(
    names: tuple[str, str],
    first: Matrix,
    second: Matrix,
    prompts: Sequence[int],
    clusters: NDArray[np.int64],
    seed: int = 0,
) -> Flips | None:
    """Two models' scores of the same items (rows) in the same prompts (columns), without gaps; None without items.

    A prompt flips the order where the sign of the lead in it is not that of the lead over all prompts; equal scores are
    no flip. Clusters of items are drawn anew with replacement `DRAWS` times (the cluster bootstrap, Davison & Hinkley
    1997, ch. 3): `probability` and `reversed` are shares of draws against the order that was seen, `low` and `high`
    percentiles of the number of flips against the draw's own order.
    """
    if not first.size:
        return None
    lead = first - second
    members = np.repeat(clusters, len(prompts))
    difference = paired_difference(first.ravel(), second.ravel(), members)
    assert difference is not None
    order = _sign(np.array(lead.mean()))
    by_prompt = lead.mean(axis=0)
    flipped = _sign(by_prompt) * order < 0
    drawn = _drawn(lead, clusters, seed)
    signs, orders = _sign(drawn), _sign(drawn.sum(axis=1))
    against = (signs * order < 0).mean(axis=0)
    low, high = np.quantile((signs * orders[:, None] < 0).sum(axis=1), (0.025, 0.975))
    return Flips(
        *names,
        len(first),
        difference,
        tuple(
            PromptFlip(prompt, float(by_prompt[place]), bool(flipped[place]), float(against[place]))
            for place, prompt in enumerate(prompts)
        ),
        int(flipped.sum()),
        float(low),
        float(high),
        float((orders * order < 0).mean()),
    )


def places(means: Sequence[float]) -> tuple[int, ...]:
    """Places from 1, the highest first; equal ones share the better place."""
    return tuple(1 + sum(other > mean + _TINY for other in means) for mean in means)


def _drawn(lead: Matrix, clusters: NDArray[np.int64], seed: int) -> Matrix:
    """Sums of leads by prompt over clusters drawn anew, a row for each draw."""
    sums = sums_by_cluster(lead, clusters)
    n = len(sums)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    found: Matrix = weights.astype(np.float64) @ sums
    return found


def _sign(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """-1, 0, 1; a rounding error is 0."""
    found: NDArray[np.float64] = np.sign(np.where(np.abs(values) < _TINY, 0.0, values))
    return found
