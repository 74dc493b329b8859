"""How a sample is spread over strata."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")


def allotted(sizes: Mapping[Name, int], n: int) -> dict[Name, int]:
    """How many of `n` fall to each stratum, or all there are: in proportion to the sizes, rounded by the largest
    remainders, but one at least where there is room for that; never more than a stratum has."""
    total = sum(sizes.values())
    n = min(n, total)
    exact = {name: n * size / total for name, size in sizes.items()} if total else {}
    least = int(n >= len(sizes))
    found = {name: max(least, int(share)) for name, share in exact.items()}
    while (lacking := n - sum(found.values())) != 0:
        # Too many only when small strata were given their one: then whoever has most above its share gives back.
        step = 1 if lacking > 0 else -1
        can = [name for name in exact if least <= found[name] + step <= sizes[name]]
        found[max(can, key=lambda name: step * (exact[name] - found[name]))] += step
    return found
