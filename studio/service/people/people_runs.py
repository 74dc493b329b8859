"""Runs of people: a project's answers as they stand become runs like any other, scored by Exact Match and a judge.

Three kinds: each person (by a number, never by name), all of them together, and one person drawn anew for each
question. Made again, they are new runs, and the old ones stay.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from studio.core.baseline import AggregatedItem, Baseline
from studio.core.engine import Completion
from studio.core.errors import BadInput, Problem
from studio.core.ids import dated
from studio.core.judge import NO_JUDGE
from studio.core.people_run import PeopleRun, PeopleWhat
from studio.core.project import OUT_OF_TIME, SKIPS
from studio.core.run import RunSpec
from studio.core.votes import Aggregation
from studio.humans.aggregating import Counted, left_out
from studio.runner import Scorer
from studio.runner.questions import ExactMatch
from studio.service.people.counting import Counting
from studio.service.people.exactness import PROFILE
from studio.store import Store
from studio.store.answers import Answered
from studio.store.projects import ProjectRow
from studio.store.tasks import StoredSample

_AT_ONCE = 500
Said = str | Problem  # an answer, or why there is none


class PeopleRuns:
    """Makes the runs."""

    def __init__(
        self,
        store: Store,
        counting: Counting,
        scorer: Scorer,
        exact_match: ExactMatch,
        now: Callable[[], float],
    ) -> None:
        self._store, self._counting, self._scorer, self._exact_match = store, counting, scorer, exact_match
        self._now = now

    def of_project(self, row: ProjectRow, method: Aggregation, threshold: float, judge: str) -> list[str]:
        """The aggregate first, then the person drawn anew, then each person. Returns their ids. Raises BadInput where
        nobody has answered."""
        project = row.id
        baseline, counted, _ = self._counting.now(row, method, threshold)
        samples = self._counting.samples(row)
        if not baseline.answered:
            raise BadInput("baseline_empty", id=project)
        counts = baseline.counts
        told = PeopleRun(
            project, row.spec.title, "together", method, row.spec.level, len({each.person for each in counted}),
            row.spec.overlap, self._now(), self._store.projects.applied(),
            silent=counts.get("unanswered", 0), tied=counts.get("tied", 0), rest=baseline.rest,
            low=baseline.low, threshold=baseline.threshold, excluded=len(self._counting.excluded(project)),
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

    def of_person(self, project: str, person: str, name: str, judge: str = "auto") -> str:
        """A run of one person's answers as they stand, under the name that he told. The same answers make one run,
        however often it is asked for: its id follows from the last of them."""
        row, samples = self._counting.known(project), self._counting.samples(self._counting.known(project))
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
        run_id = run_id or dated("h", self._store.runs.has, self._now())
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
