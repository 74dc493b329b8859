"""People's answers as they are counted: which of them count, how alike they are, how right, what they amount to.

Nothing here asks who wants to know; `Baselines` does.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from studio.core.baseline import Baseline, Skill
from studio.core.errors import BadInput
from studio.core.task import Gold
from studio.core.votes import Aggregation
from studio.humans import valid_first
from studio.humans.aggregating import Counted, aggregate
from studio.metrics.normal import normal_form
from studio.runner.questions import ExactMatch
from studio.service.measures import Measures
from studio.stats import mean_estimate
from studio.store import Store
from studio.store.projects import ProjectRow, Response
from studio.store.tasks import StoredSample

_SHORT = 200  # characters of an answer whose form is remembered
PROFILE = "studio"
Found = tuple[Baseline, list[Counted], Mapping[int, StoredSample]]  # samples are those of items
Exact = Callable[[StoredSample, str], float | None]  # the Exact Match of an answer; None: it cannot be told


@dataclass(frozen=True)
class Ground:
    """What a baseline stands on whoever is excluded."""

    samples: Mapping[int, StoredSample]
    items: Sequence[int]
    retired: frozenset[int]
    skills: Sequence[Skill]
    golds: Mapping[int, str]
    adjudicated: Mapping[int, str]
    clusters: Mapping[int, Hashable]


class Counting:
    """Answers of projects, read and counted."""

    def __init__(self, store: Store, exact_match: ExactMatch, measures: Measures) -> None:
        self._store, self._exact_match, self._measures = store, exact_match, measures

    def aggregated(
        self,
        row: ProjectRow,
        method: Aggregation,
        threshold: float,
        out: frozenset[str] | None = None,
        ground: Ground | None = None,
    ) -> Found:
        """The baseline with these people `out`; None: with those who are. `ground`: what was read before."""
        ground = ground or self.ground(row)
        samples = ground.samples
        counted = [
            Counted(each.item, each.person, key_of(each.text), each.text)
            for each in self._counting(row, out)
            if each.item in samples and each.item not in ground.retired
        ]
        options = options_of(samples, ground.items)
        if method == "dawid_skene" and options is None:
            raise BadInput("baseline_free_answers", method=method)
        found = aggregate(
            counted, ground.items, ground.skills, method=method, options=options, known=ground.golds,
            adjudicated=ground.adjudicated, threshold=threshold, seed=row.spec.seed,
            clusters=ground.clusters,
        )  # fmt: skip
        return found, counted, samples

    def skills(self, project: str) -> list[Skill]:
        """How everybody did on the controls, excluded people too, in the order in which they joined."""
        right = self._scores(project, "control")
        people = [person.id for person, _ in self._store.people.of_project(project)]
        scores = {person: tuple(right.get(person, ())) for person in people}
        return [Skill(person, mine, mean_estimate(mine)) for person, mine in scores.items()]

    def training(self, project: str) -> dict[str, list[float]]:
        """The Exact Match of everybody's answers in training, by person."""
        return self._scores(project, "training")

    def _scores(self, project: str, purpose: str) -> dict[str, list[float]]:
        row = self.known(project)
        samples = self.samples(row, purpose)
        found: dict[str, list[float]] = {}
        exact = self.remembering()
        for said in self._standing(project, purpose):
            stored = samples.get(said.item)
            if stored and (score := exact(stored, said.text)) is not None:
                found.setdefault(said.person, []).append(score)
        return found

    def ground(self, row: ProjectRow) -> Ground:
        samples, retired = self.samples(row), self._store.projects.retired(row.id)
        items = [item.item for item in self._store.projects.items(row.id) if item.scored]
        return Ground(
            samples,
            [item for item in items if item not in retired],
            retired,
            self.skills(row.id),
            self.golds(row, samples),
            self._store.projects.adjudicated(row.id),
            self._clusters(samples),
        )

    def _clusters(self, samples: Mapping[int, StoredSample]) -> dict[int, Hashable]:
        """What items have in common, as the means of runs take it; outlines of tasks are remembered."""
        tasks = {each.task_id for each in samples.values()}
        known = {task: self._measures.outline(task).clusters for task in tasks}
        return {item: (each.task_id, known[each.task_id][each.id]) for item, each in samples.items()}

    def golds(self, row: ProjectRow, samples: Mapping[int, StoredSample]) -> dict[int, str]:
        """The forms of controls' gold, where there is one answer."""
        return {
            item.item: key_of(gold)
            for item in self._store.projects.items(row.id)
            if item.purpose == "control" and (gold := _one_gold(samples, item.item)) is not None
        }

    def excluded(self, project: str) -> frozenset[str]:
        """Who is excluded."""
        people = self._store.projects.excluded(project).items()
        return frozenset(person for person, (at, _) in people if at is not None)

    def _counting(self, row: ProjectRow, out: frozenset[str] | None) -> list[Response]:
        """The answers that count, item by item; with others `out` also late ones that take their places."""
        if out is None:
            return self._store.projects.counted(row.id)
        given: dict[int, list[Response]] = {}
        for each in self._store.projects.standing(row.id):
            if each.action == "answer" and each.occasion == 1 and each.purpose != "training":
                given.setdefault(each.item, []).append(each)
        found = []
        for _, answers in sorted(given.items()):
            valid = valid_first([(each.n, each.person) for each in answers], out, row.spec.overlap)
            found += [each for each in answers if each.n in valid]
        return found

    def em(self, stored: StoredSample, text: str) -> float | None:
        return self._exact_match(text, stored.sample.gold, stored.sample, stored.task, PROFILE).value

    def remembering(self) -> Exact:
        """The Exact Match of an answer, worked out once for each sample and text: many answer alike."""
        known: dict[tuple[int, str], float | None] = {}

        def exact(stored: StoredSample, text: str) -> float | None:
            place = (stored.id, text)
            if place not in known:
                known[place] = self.em(stored, text)
            return known[place]

        return exact

    def _standing(self, project: str, purpose: str) -> list[Response]:
        return [each for each in self._store.projects.standing(project, purpose) if each.action == "answer"]

    def samples(self, row: ProjectRow, purpose: str = "") -> dict[int, StoredSample]:
        places = self._store.projects.places(row.id, purpose)
        stored = {each.id: each for each in self._store.tasks.samples(places.values())}
        return {item: stored[sample_id] for item, sample_id in places.items()}

    def known(self, project: str) -> ProjectRow:
        found = self._store.projects.get(project)
        if found is None:
            raise BadInput("unknown_project", id=project)
        return found


def key_of(text: str) -> str:
    """The form in which people's answers are compared with each other: the one in which gold is. Short answers, which
    many give alike, are brought to it once."""
    return _short_key(text) if len(text) <= _SHORT else normal_form(text)


@lru_cache(maxsize=50_000)
def _short_key(text: str) -> str:
    return normal_form(text)


def options_of(samples: Mapping[int, StoredSample], items: Sequence[int]) -> int | None:
    """How many answers the questions have; None where that differs, or where they are free."""
    found = {len(samples[item].sample.options) for item in items if item in samples}
    return found.pop() if len(found) == 1 and min(found) > 1 else None


def _one_gold(samples: Mapping[int, StoredSample], item: int) -> str | None:
    gold: Gold | None = samples[item].sample.gold if item in samples else None
    return gold if isinstance(gold, str) else None
