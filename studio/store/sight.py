"""What a filter may go by: the tasks of a run whose gold, or whose answers, are not for whoever filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """Names of tasks. A condition that goes by what is hidden holds for none of their samples, and its opposite for
    all of them, so that it tells nothing; a search of texts leaves the hidden ones out."""

    no_gold: frozenset[str] = frozenset()
    no_answers: frozenset[str] = frozenset()


EVERYTHING = Sight()
