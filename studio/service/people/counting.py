"""People's answers as they are counted: which of them count, how alike they are, how right, what they amount to.

Nothing here asks who wants to know; `Baselines` does.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from studio.core.baseline import Baseline, Skill
from studio.core.errors import BadInput
from studio.core.votes import Aggregation
from studio.humans import valid_first
from studio.humans.aggregating import Counted, aggregate
from studio.metrics.normal import normal_form
from studio.runner.questions import ExactMatch
from studio.service.measures import Measures
from studio.service.people.exactness import Exactness
from studio.stats import mean_estimate
from studio.store import Store
from studio.store.projects import Given, ProjectRow
from studio.store.tasks import StoredSample

_SHORT = 200  # characters of an answer whose form is remembered
Numbered = Sequence[tuple[int, Counted]]  # answers of an item by their numbers in the journal


@dataclass(frozen=True)
class Ground:
    """What a baseline stands on whoever is excluded. `places` are the sample ids of items, `options` how many answers
    the questions have (None: that differs, or they are free)."""

    places: Mapping[int, int]
    items: Sequence[int]
    retired: frozenset[int]
    options: int | None
    skills: Sequence[Skill]
    golds: Mapping[int, str]
    adjudicated: Mapping[int, str]
    clusters: Mapping[int, Hashable]


class Counting:
    """Answers of projects, read and counted."""

    def __init__(self, store: Store, exact_match: ExactMatch, measures: Measures) -> None:
        self._store, self._measures = store, measures
        self.exactness = Exactness(store, exact_match)

    def now(
        self, row: ProjectRow, method: Aggregation, threshold: float
    ) -> tuple[Baseline, list[Counted], Ground]:
        """The baseline as it stands, the answers that it is made of, and what they stand on. Raises BadInput as
        `aggregated` does."""
        ground = self.ground(row)
        counted = [each for _, each in _asked(ground, self._store.projects.counted(row.id))]
        return self.aggregated(row, method, threshold, counted, ground), counted, ground

    def aggregated(
        self,
        row: ProjectRow,
        method: Aggregation,
        threshold: float,
        counted: Sequence[Counted],
        ground: Ground,
    ) -> Baseline:
        """The baseline of these answers. Raises BadInput for Dawid-Skene where answers are free."""
        if method == "dawid_skene" and ground.options is None:
            raise BadInput("baseline_free_answers", method=method)
        return aggregate(
            counted, ground.items, ground.skills, method=method, options=ground.options, known=ground.golds,
            adjudicated=ground.adjudicated, threshold=threshold, seed=row.spec.seed, clusters=ground.clusters,
        )  # fmt: skip

    def given(self, row: ProjectRow, ground: Ground) -> list[Numbered]:
        """All answers to questions that stand, item by item, of excluded people and late ones too: what may count."""
        found: dict[int, list[tuple[int, Counted]]] = {}
        for n, each in _asked(ground, self._store.projects.given(row.id)):
            found.setdefault(each.item, []).append((n, each))
        return list(found.values())

    def valid(self, row: ProjectRow, given: Sequence[Numbered], out: frozenset[str]) -> list[Counted]:
        """Those that count with these people `out`, item by item; late ones take the places that become free."""
        found = []
        for answers in given:
            valid = valid_first([(n, each.person) for n, each in answers], out, row.spec.overlap)
            found += [each for n, each in answers if n in valid]
        return found

    def skills(self, project: str) -> list[Skill]:
        """How everybody did on the controls, excluded people too, in the order in which they joined."""
        right = self._scores(project, "control")
        people = [person.id for person, _ in self._store.people.of_project(project)]
        scores = {person: tuple(right.get(person, ())) for person in people}
        return [Skill(person, mine, mean_estimate(mine)) for person, mine in scores.items()]

    def _scores(self, project: str, purpose: str) -> dict[str, list[float]]:
        places = self._store.projects.places(project, purpose)
        said = [
            (each.person, (places[each.item], each.text))
            for each in self._store.projects.standing(project, purpose)
            if each.action == "answer" and each.item in places
        ]
        exact = self.exactness.of([answer for _, answer in said])
        found: dict[str, list[float]] = {}
        for person, answer in said:
            if (score := exact[answer]) is not None:
                found.setdefault(person, []).append(score)
        return found

    def ground(self, row: ProjectRow) -> Ground:
        """No question is read but the controls: there may be ten thousand, and a baseline needs none of their words."""
        retired, all_items = self._store.projects.retired(row.id), self._store.projects.items(row.id)
        places, options = self._store.projects.places(row.id), self._store.projects.options(row.id)
        return Ground(
            places,
            [item.item for item in all_items if item.scored and item.item not in retired],
            retired,
            options[0] if len(options) == 1 and options[0] > 1 else None,
            self.skills(row.id),
            self._golds(row),
            self._store.projects.adjudicated(row.id),
            self._clusters(row, places),
        )

    def _clusters(self, row: ProjectRow, places: Mapping[int, int]) -> dict[int, Hashable]:
        """What items have in common, as the means of runs take it; outlines of tasks are remembered."""
        tasks = self._store.projects.tasks(row.id)
        known = {task: self._measures.outline(task).clusters for task in set(tasks.values())}
        return {item: (task, known[task][places[item]]) for item, task in tasks.items()}

    def _golds(self, row: ProjectRow) -> dict[int, str]:
        """The forms of controls' gold, where there is one answer."""
        samples = self.samples(row, "control")
        golds = {item: stored.sample.gold for item, stored in samples.items()}
        return {item: key_of(gold) for item, gold in golds.items() if isinstance(gold, str)}

    def excluded(self, project: str) -> frozenset[str]:
        """Who is excluded."""
        people = self._store.projects.excluded(project).items()
        return frozenset(person for person, (at, _) in people if at is not None)

    def samples(self, row: ProjectRow, purpose: str = "") -> dict[int, StoredSample]:
        places = self._store.projects.places(row.id, purpose)
        stored = {each.id: each for each in self._store.tasks.samples(places.values())}
        return {item: stored[sample_id] for item, sample_id in places.items()}

    def known(self, project: str) -> ProjectRow:
        found = self._store.projects.get(project)
        if found is None:
            raise BadInput("unknown_project", id=project)
        return found


def _asked(ground: Ground, given: Sequence[Given]) -> list[tuple[int, Counted]]:
    """Answers to questions that are here and not retired, with their numbers in the journal."""
    places, retired = ground.places, ground.retired
    return [
        (n, Counted(item, person, key_of(text), text))
        for n, item, person, text in given
        if item in places and item not in retired
    ]


def key_of(text: str) -> str:
    """The form in which people's answers are compared with each other: the one in which gold is. Short answers, which
    many give alike, are brought to it once."""
    return _short_key(text) if len(text) <= _SHORT else normal_form(text)


@lru_cache(maxsize=50_000)
def _short_key(text: str) -> str:
    return normal_form(text)
