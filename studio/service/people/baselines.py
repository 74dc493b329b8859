"""Baselines of projects: what answers amount to, what excluding somebody would change, and the runs they make."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studio.core.baseline import LOW_AGREEMENT, Baseline, ExclusionEffect, Skill
from studio.core.errors import BadInput
from studio.core.judge import NO_JUDGE
from studio.core.outcome import Estimate
from studio.core.run import Viewer
from studio.core.votes import Aggregation
from studio.humans.aggregating import Counted
from studio.runner import Scorer
from studio.runner.questions import ExactMatch
from studio.service.measures import Measures
from studio.service.people.counting import Counting, Ground, key_of
from studio.service.people.members import Members
from studio.service.people.people_runs import PeopleRuns
from studio.stats import mean_estimate
from studio.store import Store


@dataclass(frozen=True)
class Evidence:
    """A baseline with the answers that count, as they were counted; `options` of closed questions, the `known`
    answers of controls, questions by item, and what tells the Exact Match of an answer to an item (None: it cannot be
    told)."""

    baseline: Baseline
    counted: tuple[Counted, ...]
    options: int | None
    known: Mapping[int, str]
    questions: Mapping[int, str]
    private: bool
    exactness: Callable[[int, str], float | None]


class Baselines:
    """Baselines of projects, for whoever may see them."""

    def __init__(
        self,
        store: Store,
        members: Members,
        scorer: Scorer,
        exact_match: ExactMatch,
        measures: Measures,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._members = store, members
        self._counting = Counting(store, exact_match, measures)
        self._runs = PeopleRuns(store, self._counting, scorer, exact_match, now)

    def baseline(
        self,
        viewer: Viewer,
        project: str,
        *,
        method: Aggregation = "majority",
        threshold: float = LOW_AGREEMENT,
        without: Sequence[str] = (),
    ) -> Baseline:
        """What the answers that count say by now; `without` some people, to see what excluding them would do. Raises
        NotAllowed, BadInput (Dawid-Skene for free answers)."""
        self._members.check(viewer, "aggregate", project)
        row = self._counting.known(project)
        if not without:
            return self._counting.now(row, method, threshold)[0]
        ground, out = self._counting.ground(row), self._counting.excluded(project) | frozenset(without)
        counted = self._counting.valid(row, self._counting.given(row, ground), out)
        return self._counting.aggregated(row, method, threshold, counted, ground)

    def exclusion(
        self,
        viewer: Viewer,
        project: str,
        person: str,
        *,
        method: Aggregation = "majority",
        threshold: float = LOW_AGREEMENT,
    ) -> ExclusionEffect:
        """What excluding a person would do, or taking an excluded one back; nothing is done. Raises NotAllowed,
        BadInput."""
        self._members.check(viewer, "exclude", project)
        row = self._counting.known(project)
        if person not in {each.id for each, _ in self._store.people.of_project(project)}:
            raise BadInput("unknown_person", id=person)
        counting, out = self._counting, self._counting.excluded(project)
        ground = counting.ground(row)
        given = counting.given(row, ground)
        counted_now, counted_then = (counting.valid(row, given, who) for who in (out, out ^ {person}))
        now, then = (
            counting.aggregated(row, method, threshold, counted, ground)
            for counted in (counted_now, counted_then)
        )
        answers = {item.item: item.text for item in now.items}
        overlap = row.spec.overlap
        places_now, places_then = _places(now, counted_now), _places(then, counted_then)
        return ExclusionEffect(
            person=person,
            lost=len(places_now - places_then),
            gained=len(places_then - places_now),
            below=tuple(sorted(_short(then, counted_then, overlap) - _short(now, counted_now, overlap))),
            changed=tuple(
                (item.item, answers[item.item], item.text)
                for item in then.items
                if (answers[item.item] is None) != (item.text is None)
                or key_of(answers[item.item] or "") != key_of(item.text or "")
            ),
            before=now,
            after=then,
            em_before=self._exactness(now, ground),
            em_after=self._exactness(then, ground),
        )

    def _exactness(self, baseline: Baseline, ground: Ground) -> Estimate:
        """The Exact Match of a baseline's answers."""
        said = [
            (ground.places[item.item], item.text)
            for item in baseline.items
            if item.text is not None and item.item in ground.places
        ]
        scores = self._counting.exactness.of(said)
        return mean_estimate([score for each in said if (score := scores[each]) is not None])

    def evidence(
        self, viewer: Viewer, project: str, *, method: Aggregation, threshold: float = LOW_AGREEMENT
    ) -> Evidence:
        """A baseline with all that it is made of. Raises NotAllowed, BadInput."""
        self._members.check(viewer, "aggregate", project)
        row = self._counting.known(project)
        baseline, counted, ground = self._counting.now(row, method, threshold)
        samples = self._counting.samples(row)

        def exactness(item: int, text: str) -> float | None:
            return self._counting.exactness.one(samples[item], text) if item in samples else None

        return Evidence(
            baseline,
            tuple(counted),
            ground.options,
            ground.golds,
            {item: stored.sample.question for item, stored in samples.items()},
            any(stored.task.access == "private" for stored in samples.values()),
            exactness,
        )

    def make_runs(
        self,
        viewer: Viewer,
        project: str,
        *,
        method: Aggregation = "majority",
        threshold: float = LOW_AGREEMENT,
        judge: str = NO_JUDGE,
    ) -> list[str]:
        """Makes the runs of a project as its answers stand: the aggregate first, then the person drawn anew, then each
        person. Returns their ids. Raises NotAllowed, BadInput where nobody has answered."""
        self._members.check(viewer, "aggregate", project)
        return self._runs.of_project(self._counting.known(project), method, threshold, judge)

    def run_of(self, project: str, person: str, name: str, judge: str = "auto") -> str:
        """A run of one person's answers as they stand, under the name that he told; see `PeopleRuns.of_person`."""
        return self._runs.of_person(project, person, name, judge)

    def judged(self, run: str) -> None:
        """Returns when the run's judge has said all that it can."""
        self._runs.judged(run)

    def skills(self, project: str) -> list[Skill]:
        """How everybody did on the controls, excluded people too, in the order in which they joined."""
        return self._counting.skills(project)


def _places(baseline: Baseline, counted: Sequence[Counted]) -> set[tuple[int, str]]:
    """The answers in the count: those to questions of the baseline."""
    within = {each.item for each in baseline.items}
    return {(each.item, each.person) for each in counted if each.item in within}


def _short(baseline: Baseline, counted: Sequence[Counted], overlap: int) -> set[int]:
    """Items of the baseline with fewer answers than they shall get."""
    given = Counter(each.item for each in counted)
    return {item.item for item in baseline.items if given[item.item] < overlap}
