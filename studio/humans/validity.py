"""Which answers to an item count: never more than the overlap, whoever was late or came back."""

from collections.abc import Sequence


def valid_first(answers: Sequence[tuple[int, str]], excluded: frozenset[str], overlap: int) -> frozenset[int]:
    """The answers that count, of (number in the journal, person): the first `overlap` of people who are not excluded.

    An answer that comes after a lease ran out is kept, and counts when a place is free, or becomes free by an
    exclusion. Taking an exclusion back gives the earlier answers their places again.
    """
    standing = sorted(n for n, person in answers if person not in excluded)
    return frozenset(standing[:overlap])
