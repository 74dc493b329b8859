"""What a filter may go by: not by gold, answers or labels that are not for whoever filters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """Names of tasks whose gold, or whose answers, are hidden. A condition that goes by what is hidden holds for none
    of their samples, and its opposite for all of them, so that it tells nothing; a search of texts leaves the hidden
    ones out. So it is with what people say of the samples that `reviewer` has not labelled; None: labels are open."""

    no_gold: frozenset[str] = frozenset()
    no_answers: frozenset[str] = frozenset()
    reviewer: str | None = None


EVERYTHING = Sight()
