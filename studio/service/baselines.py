"""People as a model: what a project's people answered becomes runs like any other, scored by Exact Match and a judge.

Three kinds of runs: each person (by a number, never by name), all of them together, and one person drawn anew for each
question. Runs are made of the answers as they stand; made again, they are new runs, and the old ones stay.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from studio.core.baseline import AggregatedItem, Baseline, Skill
from studio.core.engine import Completion
from studio.core.errors import BadInput, Problem
from studio.core.judge import NO_JUDGE
from studio.core.run import RunSpec, Viewer
from studio.core.task import Gold
from studio.core.votes import Aggregation
from studio.humans.aggregating import LOW_AGREEMENT, Counted, aggregate, left_out
from studio.metrics.normal import normal_form
from studio.runner import Scorer
from studio.runner.questions import ExactMatch
from studio.service.members import Members
from studio.store import Store
from studio.store.answers import Answered
from studio.store.projects import ProjectRow, Response
from studio.store.tasks import StoredSample

PROFILE = "studio"
_AT_ONCE = 500


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
        return self._aggregated(self._known(project), method, threshold, frozenset(without))[0]

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
        baseline, counted, samples = self._aggregated(row, method, threshold, frozenset())
        if not baseline.answered:
            raise BadInput("baseline_empty", id=project)
        made = [self._run(row, f"люди · {method}", judge, samples, _of_all(baseline), f"aggregate:{method}")]
        drawn = {item: each.text for item, each in left_out(counted, row.spec.seed).items()}
        if drawn:
            made.append(self._run(row, "люди · один из них", judge, samples, _of_one(drawn), "left_out"))
        joined = [person.id for person, _ in self._store.people.of_project(project)]
        for number, person in enumerate(joined, 1):
            texts = {each.item: each.text for each in counted if each.person == person}
            if texts:  # by number: whoever reads a run learns nothing of who it is
                told = f"person:{number}"
                made.append(self._run(row, f"человек {number}", judge, samples, _of_one(texts), told))
        return made

    def skills(self, project: str) -> list[Skill]:
        """How everybody did on the controls, excluded people too, in the order in which they joined."""
        right = self._scores(project, "control")
        people = [person.id for person, _ in self._store.people.of_project(project)]
        return [Skill(person, tuple(right.get(person, ()))) for person in people]

    def training(self, project: str) -> dict[str, list[float]]:
        """The Exact Match of everybody's answers in training, by person."""
        return self._scores(project, "training")

    def _scores(self, project: str, purpose: str) -> dict[str, list[float]]:
        row = self._known(project)
        samples = self._samples(row, purpose)
        found: dict[str, list[float]] = {}
        for said in self._standing(project, purpose):
            stored = samples.get(said.item)
            score = self._em(stored, said.text) if stored else None
            if score is not None:
                found.setdefault(said.person, []).append(score)
        return found

    def _aggregated(
        self, row: ProjectRow, method: Aggregation, threshold: float, without: frozenset[str]
    ) -> tuple[Baseline, list[Counted], dict[int, StoredSample]]:
        samples = self._samples(row)
        items = [item.item for item in self._store.projects.items(row.id) if item.scored]
        retired = self._store.projects.retired(row.id)
        items = [item for item in items if item not in retired]
        counted = [
            Counted(each.item, each.person, _key(each.text), each.text)
            for each in self._store.projects.counted(row.id)
            if each.person not in without and each.item in samples and each.item not in retired
        ]
        options = _options(samples, items)
        if method == "dawid_skene" and options is None:
            raise BadInput("baseline_free_answers", method=method)
        known = {
            item.item: _key(gold)
            for item in self._store.projects.items(row.id)
            if item.purpose == "control" and (gold := _one_gold(samples, item.item)) is not None
        }
        found = aggregate(
            counted, items, self.skills(row.id), method=method, options=options, known=known,
            adjudicated=self._store.projects.adjudicated(row.id), threshold=threshold, seed=row.spec.seed,
        )  # fmt: skip
        return found, counted, samples

    def _run(
        self,
        row: ProjectRow,
        model: str,
        judge: str,
        samples: Mapping[int, StoredSample],
        answers: Callable[[int], str | Problem | None],
        what: str,
    ) -> str:
        """A run of kind `human` of those items that this one has met, in the order of the project."""
        run_id = f"h{time.strftime('%m%d', time.gmtime(self._now()))}-{secrets.token_hex(3)}"
        said = {item: answer for item in samples if (answer := answers(item)) is not None}
        spec = RunSpec(model, (row.spec.task,), judge=judge, profile=PROFILE, title=row.spec.title)
        self._store.runs.create(run_id, "human", spec, title=row.spec.title)
        plan = [(samples[item].id, samples[item].task_id) for item in said]
        self._store.runs.plan(run_id, plan, [row.spec.task])
        self._store.runs.resolve(
            run_id,
            revision="",
            resolved={
                "tasks": [row.spec.task],
                "people": {"project": row.id, "what": what, "n": self._store.projects.applied()},
            },
        )
        rows = iter(said.items())
        while part := [each for each, _ in zip(rows, range(_AT_ONCE), strict=False)]:
            self._store.answers.record(run_id, list(self._answered(part, samples)))
        self._store.runs.finish(run_id, "done")
        if judge != NO_JUDGE:
            self._scorer.notify(run_id)
        return run_id

    def _answered(
        self, part: Sequence[tuple[int, str | Problem]], samples: Mapping[int, StoredSample]
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

    def _standing(self, project: str, purpose: str) -> list[Response]:
        return [
            each
            for each in self._store.projects.standing(project)
            if each.purpose == purpose and each.action == "answer"
        ]

    def _samples(self, row: ProjectRow, purpose: str = "") -> dict[int, StoredSample]:
        places = self._store.projects.places(row.id, purpose)
        stored = {each.id: each for each in self._store.tasks.samples(places.values())}
        return {item: stored[sample_id] for item, sample_id in places.items()}

    def _known(self, project: str) -> ProjectRow:
        found = self._store.projects.get(project)
        if found is None:
            raise BadInput("unknown_project", id=project)
        return found


def _of_all(baseline: Baseline) -> Callable[[int], str | Problem | None]:
    """A tie that nothing broke is a failure with its reason, never a wrong answer; what nobody answered is left out."""
    items = {each.item: each for each in baseline.items}

    def answer(item: int) -> str | Problem | None:
        found: AggregatedItem | None = items.get(item)
        if found is None or found.decided == "unanswered":
            return None
        return found.text if found.text is not None else Problem("people_tied", {})

    return answer


def _of_one(texts: Mapping[int, str]) -> Callable[[int], str | Problem | None]:
    return texts.get


def _key(text: str) -> str:
    """The form in which people's answers are compared with each other: the one in which gold is."""
    return normal_form(text)


def _options(samples: Mapping[int, StoredSample], items: Sequence[int]) -> int | None:
    """How many answers the questions have; None where that differs, or where they are free."""
    found = {len(samples[item].sample.options) for item in items if item in samples}
    return found.pop() if len(found) == 1 and min(found) > 1 else None


def _one_gold(samples: Mapping[int, StoredSample], item: int) -> str | None:
    gold: Gold | None = samples[item].sample.gold if item in samples else None
    return gold if isinstance(gold, str) else None
