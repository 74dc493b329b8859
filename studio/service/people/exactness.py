"""The Exact Match of people's answers, worked out once for each question and text: many answer alike, a board is looked
at again and again, and a stored question never changes."""

from collections.abc import Collection

from studio.runner.questions import ExactMatch
from studio.store import Store
from studio.store.tasks import StoredSample

PROFILE = "studio"
Said = tuple[int, str]  # a sample's id, and what was answered
_SHORT = 200  # characters of an answer whose Exact Match is remembered
_MOST = 100_000  # answers


class Exactness:
    """Exact Match by the studio's own profile."""

    def __init__(self, store: Store, exact_match: ExactMatch) -> None:
        self._store, self._exact_match = store, exact_match
        self._known: dict[Said, float | None] = {}

    def of(self, said: Collection[Said]) -> dict[Said, float | None]:
        """The Exact Match of answers; None: it cannot be told. Only the questions of answers that are not known yet are
        read."""
        known = self._known
        found = {each: known[each] for each in said if each in known}
        new = [each for each in dict.fromkeys(said) if each not in found]
        samples = {each.id: each for each in self._store.tasks.samples(dict.fromkeys(id_ for id_, _ in new))}
        told = {(id_, text): self.one(samples[id_], text) for id_, text in new}
        if len(known) + len(told) > _MOST:
            self._known = known = {}
        known.update((each, score) for each, score in told.items() if len(each[1]) <= _SHORT)
        return found | told

    def one(self, stored: StoredSample, text: str) -> float | None:
        """The Exact Match of one answer to a question that is at hand."""
        return self._exact_match(text, stored.sample.gold, stored.sample, stored.task, PROFILE).value
