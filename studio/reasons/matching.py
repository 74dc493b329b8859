"""Groups that are formed again: which of the former ones each goes on, so that its number and its name stay."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from studio.core.reasons import Answer


def heirs(
    former: Mapping[Answer, int], groups: Sequence[Collection[Answer]], merged: Collection[int] = ()
) -> list[int | None]:
    """For each group the former one that it goes on, None for a new one. `former` says where each answer was.

    A group goes on a former one where most of the former's answers (of those that are still there) are in it, and most
    of its own known answers come from there: one heir for each. Several groups go on one of `merged`, which people put
    together: each of which most known answers come from there.
    """
    known = [[former[answer] for answer in group if answer in former] for group in groups]
    left = Counter(number for numbers in known for number in numbers)
    shared = [
        (n, -place, -number)
        for place, numbers in enumerate(known)
        for number, n in Counter(numbers).items()
        if 2 * n >= len(numbers) and (number in merged or 2 * n >= left[number])
    ]
    found: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _, place, number in sorted(shared, reverse=True):
        if found[-place] is None and (-number not in taken or -number in merged):
            found[-place] = -number
            taken.add(-number)
    return found
