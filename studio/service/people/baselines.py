"""People as a model: what a project's people answered becomes runs like any other, scored by Exact Match and a judge.

Three kinds of runs: each person (by a number, never by name), all of them together, and one person drawn anew for each
question. Runs are made of the answers as they stand; made again, they are new runs, and the old ones stay.
"""

import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from studio.core.baseline import LOW_AGREEMENT, AggregatedItem, Baseline, ExclusionEffect, Skill
from studio.core.engine import Completion
from studio.core.errors import BadInput, Problem
from studio.core.judge import NO_JUDGE
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun, PeopleWhat
from studio.core.project import OUT_OF_TIME, SKIPS
from studio.core.run import RunSpec, Viewer
from studio.core.task import Gold
from studio.core.votes import Aggregation
from studio.humans import valid_first
from studio.humans.aggregating import Counted, aggregate, left_out
from studio.metrics.normal import normal_form
from studio.runner import Scorer
from studio.runner.questions import ExactMatch
from studio.service.people.members import Members
from studio.stats import mean_estimate
from studio.store import Store
from studio.store.answers import Answered
from studio.store.projects import ProjectRow, Response
from studio.store.tasks import StoredSample

PROFILE = "studio"
_AT_ONCE = 500
_SHORT = 200  # characters of an answer whose form is remembered
Said = str | Problem  # an answer, or why there is none
Found = tuple[Baseline, list[Counted], Mapping[int, StoredSample]]  # samples are those of items
Exact = Callable[[StoredSample, str], float | None]  # the Exact Match of an answer; None: it cannot be told


@dataclass(frozen=True)
class _Ground:
    """What a baseline stands on whoever is excluded."""

    samples: Mapping[int, StoredSample]
    items: Sequence[int]
    retired: frozenset[int]
    skills: Sequence[Skill]
    golds: Mapping[int, str]
    adjudicated: Mapping[int, str]


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
    """Baselines of projects, and the runs that are made of them."""

    def __init__(
        self,
        store: Store,
        members: Members,
        scorer: Scorer,
        exact_match: ExactMatch,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._members, self._scorer, self._exact_match = store, members, scorer, exact_match
        self._now = now

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
        row = self._known(project)
        out = self._out(project) | frozenset(without) if without else None
        return self._aggregated(row, method, threshold, out)[0]

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
        row = self._known(project)
        if person not in {each.id for each, _ in self._store.people.of_project(project)}:
            raise BadInput("unknown_person", id=person)
        out = self._out(project)
        ground, exact = self._ground(row), self._remembering()
        now = self._aggregated(row, method, threshold, out, ground)
        then = self._aggregated(row, method, threshold, out ^ {person}, ground)
        answers = {item.item: item.text for item in now[0].items}
        return ExclusionEffect(
            person=person,
            lost=len(_places(now[1]) - _places(then[1])),
            gained=len(_places(then[1]) - _places(now[1])),
            below=tuple(sorted(_short(then, row.spec.overlap) - _short(now, row.spec.overlap))),
            changed=tuple(
                (item.item, answers[item.item], item.text)
                for item in then[0].items
                if (answers[item.item] is None) != (item.text is None)
                or key_of(answers[item.item] or "") != key_of(item.text or "")
            ),
            before=now[0],
            after=then[0],
            em_before=_exactness(now, exact),
            em_after=_exactness(then, exact),
        )

    def evidence(
        self, viewer: Viewer, project: str, *, method: Aggregation, threshold: float = LOW_AGREEMENT
    ) -> Evidence:
        """A baseline with all that it is made of. Raises NotAllowed, BadInput."""
        self._members.check(viewer, "aggregate", project)
        row = self._known(project)
        baseline, counted, samples = self._aggregated(row, method, threshold)

        def exactness(item: int, text: str) -> float | None:
            return self._em(samples[item], text) if item in samples else None

        return Evidence(
            baseline,
            tuple(counted),
            _options(samples, [each.item for each in baseline.items]),
            self._golds(row, samples),
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
        row = self._known(project)
        baseline, counted, samples = self._aggregated(row, method, threshold)
        if not baseline.answered:
            raise BadInput("baseline_empty", id=project)
        counts = baseline.counts
        told = PeopleRun(
            project, row.spec.title, "together", method, row.spec.level, len({each.person for each in counted}),
            row.spec.overlap, self._now(), self._store.projects.applied(),
            silent=counts.get("unanswered", 0), tied=counts.get("tied", 0), rest=baseline.rest,
            low=baseline.low, threshold=baseline.threshold, excluded=len(self._out(project)),
        )  # fmt: skip
        items = [each.item for each in baseline.items if each.item in samples]
        made = [self._run(row, told, judge, samples, _of_all(baseline, items))]
        if drawn := left_out(counted, row.spec.seed):
            said = _of_one({item: each.text for item, each in drawn.items()}, counted, items)
            made.append(self._run(row, _apart(told, "drawn", said), judge, samples, said))
        return made + self._each(row, told, judge, samples, counted, items)

    def _each(
        self,
        row: ProjectRow,
        told: PeopleRun,
        judge: str,
        samples: Mapping[int, StoredSample],
        counted: Sequence[Counted],
        items: Sequence[int],
    ) -> list[str]:
        """A run of each person whose answers count: by number, so that whoever reads it learns nothing of who it is."""
        made, asked = [], set(items)
        skips: dict[str, dict[int, Said]] = {}
        for each in self._store.projects.standing(row.id):
            if each.action == "skip" and each.item in asked:
                skips.setdefault(each.person, {})[each.item] = _skipped(each.reason)
        for number, (person, _) in enumerate(self._store.people.of_project(row.id), 1):
            texts: dict[int, Said] = {each.item: each.text for each in counted if each.person == person.id}
            if texts:
                mine = {**skips.get(person.id, {}), **texts}
                said = {item: mine[item] for item in items if item in mine}
                told_of = replace(_apart(told, "person", said), number=number, people=1)
                made.append(self._run(row, told_of, judge, samples, said))
        return made

    def run_of(self, project: str, person: str, name: str, judge: str = "auto") -> str:
        """A run of one person's answers as they stand, under the name that he told. The same answers make one run,
        however often it is asked for: its id follows from the last of them."""
        row, samples = self._known(project), self._samples(self._known(project))
        mine = [each for each in self._store.projects.standing(project) if each.person == person]
        asked = {each.item: each for each in mine if each.occasion == 1 and each.item in samples}
        last = max(mine, key=lambda each: each.n)
        run_id = _id(last.at, hashlib.sha256(f"{project}/{person}/{last.n}".encode()).hexdigest()[:6])
        if self._store.runs.has(run_id):
            if self._store.runs.get(run_id).state == "done":
                return run_id
            self._store.runs.delete(run_id)  # a process died while it made this one
        said: dict[int, Said] = {
            item: asked[item].text if asked[item].action == "answer" else _skipped(asked[item].reason)
            for item in sorted(asked)
        }
        number = [each.id for each, _ in self._store.people.of_project(project)].index(person) + 1
        told = PeopleRun(
            project, row.spec.title, "person", "majority", row.spec.level, 1, 1, last.at, last.n, number=number,
            name=name, person=person,
        )  # fmt: skip
        return self._run(row, _apart(told, "person", said), judge, samples, said, run_id)

    def judged(self, run: str) -> None:
        """Returns when the run's judge has said all that it can."""
        if self._store.runs.get(run).spec.judge != NO_JUDGE:
            self._scorer.drain(run)

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
        row = self._known(project)
        samples = self._samples(row, purpose)
        found: dict[str, list[float]] = {}
        exact = self._remembering()
        for said in self._standing(project, purpose):
            stored = samples.get(said.item)
            if stored and (score := exact(stored, said.text)) is not None:
                found.setdefault(said.person, []).append(score)
        return found

    def _aggregated(
        self,
        row: ProjectRow,
        method: Aggregation,
        threshold: float,
        out: frozenset[str] | None = None,
        ground: "_Ground | None" = None,
    ) -> Found:
        """The baseline with these people `out`; None: with those who are. `ground`: what was read before."""
        ground = ground or self._ground(row)
        samples = ground.samples
        counted = [
            Counted(each.item, each.person, key_of(each.text), each.text)
            for each in self._counting(row, out)
            if each.item in samples and each.item not in ground.retired
        ]
        options = _options(samples, ground.items)
        if method == "dawid_skene" and options is None:
            raise BadInput("baseline_free_answers", method=method)
        found = aggregate(
            counted, ground.items, ground.skills, method=method, options=options, known=ground.golds,
            adjudicated=ground.adjudicated, threshold=threshold, seed=row.spec.seed,
        )  # fmt: skip
        return found, counted, samples

    def _ground(self, row: ProjectRow) -> "_Ground":
        samples, retired = self._samples(row), self._store.projects.retired(row.id)
        items = [item.item for item in self._store.projects.items(row.id) if item.scored]
        return _Ground(
            samples,
            [item for item in items if item not in retired],
            retired,
            self.skills(row.id),
            self._golds(row, samples),
            self._store.projects.adjudicated(row.id),
        )

    def _golds(self, row: ProjectRow, samples: Mapping[int, StoredSample]) -> dict[int, str]:
        """The forms of controls' gold, where there is one answer."""
        return {
            item.item: key_of(gold)
            for item in self._store.projects.items(row.id)
            if item.purpose == "control" and (gold := _one_gold(samples, item.item)) is not None
        }

    def _out(self, project: str) -> frozenset[str]:
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

    def _run(
        self,
        row: ProjectRow,
        told: PeopleRun,
        judge: str,
        samples: Mapping[int, StoredSample],
        said: Mapping[int, Said],
        run_id: str = "",
    ) -> str:
        """A run of kind `human` of those items, in the order of the project."""
        run_id = run_id or _id(self._now(), secrets.token_hex(3))
        spec = RunSpec(told.model, (row.spec.task,), judge=judge, profile=PROFILE)
        self._store.runs.create(run_id, "human", spec, title="")
        plan = [(samples[item].id, samples[item].task_id) for item in said]
        self._store.runs.plan(run_id, plan, [row.spec.task])
        resolved = {"tasks": [row.spec.task], "people": told.to_json()}
        self._store.runs.resolve(run_id, revision="", resolved=resolved)
        rows = iter(said.items())
        while part := [each for each, _ in zip(rows, range(_AT_ONCE), strict=False)]:
            self._store.answers.record(run_id, list(self._answered(part, samples)))
        self._store.runs.finish(run_id, "done")
        if judge != NO_JUDGE:
            self._scorer.notify(run_id)
        return run_id

    def _answered(
        self, part: Sequence[tuple[int, Said]], samples: Mapping[int, StoredSample]
    ) -> Iterator[Answered]:
        for item, answer in part:
            stored = samples[item]
            if isinstance(answer, Problem):
                yield Answered(stored.id, answer, None)
                continue
            em = self._exact_match(answer, stored.sample.gold, stored.sample, stored.task, PROFILE)
            yield Answered(stored.id, Completion(answer, "stop", 0, 0, 0.0, 0.0), em)

    def _em(self, stored: StoredSample, text: str) -> float | None:
        return self._exact_match(text, stored.sample.gold, stored.sample, stored.task, PROFILE).value

    def _remembering(self) -> "Exact":
        """The Exact Match of an answer, worked out once for each sample and text: many answer alike."""
        known: dict[tuple[int, str], float | None] = {}

        def exact(stored: StoredSample, text: str) -> float | None:
            place = (stored.id, text)
            if place not in known:
                known[place] = self._em(stored, text)
            return known[place]

        return exact

    def _standing(self, project: str, purpose: str) -> list[Response]:
        return [each for each in self._store.projects.standing(project, purpose) if each.action == "answer"]

    def _samples(self, row: ProjectRow, purpose: str = "") -> dict[int, StoredSample]:
        places = self._store.projects.places(row.id, purpose)
        stored = {each.id: each for each in self._store.tasks.samples(places.values())}
        return {item: stored[sample_id] for item, sample_id in places.items()}

    def _known(self, project: str) -> ProjectRow:
        found = self._store.projects.get(project)
        if found is None:
            raise BadInput("unknown_project", id=project)
        return found


def _of_all(baseline: Baseline, items: Sequence[int]) -> dict[int, Said]:
    """A tie that nothing broke, and what nobody answered, are failures with their reason, never wrong answers."""
    found = {each.item: each for each in baseline.items}
    return {item: _together(found[item]) for item in items}


def _together(found: AggregatedItem) -> Said:
    if found.text is not None:
        return found.text
    return Problem("people_silent" if found.decided == "unanswered" else "people_tied", {})


def _of_one(drawn: Mapping[int, str], counted: Sequence[Counted], items: Sequence[int]) -> dict[int, Said]:
    """One person's answer to each item; where fewer than two answered there is nobody to draw."""
    answered = {each.item for each in counted}
    return {
        item: drawn.get(item) or Problem("people_few" if item in answered else "people_silent", {})
        for item in items
    }


def _skipped(reason: str) -> Problem:
    return Problem(f"people_skipped_{reason if reason in (*SKIPS, OUT_OF_TIME) else 'other'}", {})


def _id(at: float, word: str) -> str:
    """An id of a run of people, with the day in it."""
    return f"h{time.strftime('%m%d', time.gmtime(at))}-{word}"


def _apart(told: PeopleRun, what: PeopleWhat, said: Mapping[int, Said]) -> PeopleRun:
    """The same for some of the people's answers."""
    silent = sum(isinstance(answer, Problem) for answer in said.values())
    return replace(told, what=what, silent=silent, tied=0)


def _exactness(found: Found, exact: Exact) -> Estimate:
    """The Exact Match of a baseline's answers."""
    baseline, _, samples = found
    scores = (exact(samples[item.item], item.text) for item in baseline.items if item.text is not None)
    return mean_estimate([score for score in scores if score is not None])


def _places(counted: Sequence[Counted]) -> set[tuple[int, str]]:
    return {(each.item, each.person) for each in counted}


def _short(found: Found, overlap: int) -> set[int]:
    """Items of the baseline with fewer answers than they shall get."""
    baseline, counted, _ = found
    given = Counter(each.item for each in counted)
    return {item.item for item in baseline.items if given[item.item] < overlap}


def key_of(text: str) -> str:
    """The form in which people's answers are compared with each other: the one in which gold is. Short answers, which
    many give alike, are brought to it once."""
    return _short_key(text) if len(text) <= _SHORT else normal_form(text)


@lru_cache(maxsize=50_000)
def _short_key(text: str) -> str:
    return normal_form(text)


def _options(samples: Mapping[int, StoredSample], items: Sequence[int]) -> int | None:
    """How many answers the questions have; None where that differs, or where they are free."""
    found = {len(samples[item].sample.options) for item in items if item in samples}
    return found.pop() if len(found) == 1 and min(found) > 1 else None


def _one_gold(samples: Mapping[int, StoredSample], item: int) -> str | None:
    gold: Gold | None = samples[item].sample.gold if item in samples else None
    return gold if isinstance(gold, str) else None
