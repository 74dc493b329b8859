"""Answers that another tool collected become a project like any other: closed, with its people under new ids.

A person's id is a hash with what nobody outside the journal knows, so that a tool's number or an address cannot be
found by trying. The same file imported again is the same project and adds nothing; an answer is known by its name
there."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.crowd import CrowdAnswer, CrowdFile, CrowdImport
from studio.core.errors import BadInput
from studio.core.project import ProjectSpec
from studio.core.record import Planned
from studio.core.run import Viewer
from studio.core.task import Sample, Task, TaskInfo, TaskStream
from studio.humans.crowd import Known, Matcher
from studio.logs.crowd import read_crowd
from studio.metrics.normal import normal_form
from studio.service.catalogue import Shelf
from studio.service.people.ledger import Act, Ledger
from studio.service.people.members import Members
from studio.service.people.places import place_of
from studio.store import Store

MOST_TOLD = 200  # places that are told of each kind
_MOST_OVERLAP = 100


@dataclass
class _Placed:
    """The answers of a file in their places: (answer, sample, occasion), and what has none."""

    answers: list[tuple[CrowdAnswer, Sample, int]] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    again: int = 0


class ProjectImports:
    """Other tools' answers as projects."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        members: Members,
        shelf: Shelf,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._ledger, self._members, self._shelf, self._now = store, ledger, members, shelf, now

    def bring(
        self,
        viewer: Viewer,
        path: Path,
        task: str,
        *,
        title: str = "",
        key: str = "",
        column: str = "",
        pay_per_hour: float | None = None,
        currency: str = "RUB",
        dry_run: bool = False,
    ) -> CrowdImport:
        """Makes a project of a file's answers to a task, or adds what the project lacks; with `dry_run` only tells what
        it would do. `key` is the field that holds the keys of samples (else media and words tell which question it is),
        `column` the output with the answers. Raises NotAllowed, BadInput, TaskError."""
        by = self._members.check(viewer, "organise")
        infos = self._shelf.resolve((task,))
        if len(infos) != 1:
            raise BadInput("one_task", name=task)
        info, loaded = infos[0], self._shelf.load_one(infos[0])
        file = read_crowd(path, column)
        placed = _placed(file, loaded, key)
        project = f"i{hashlib.sha256(f'{info.name}/{file.sha256}/{key}/{column}'.encode()).hexdigest()[:10]}"
        spec = ProjectSpec(
            title or path.stem[:200], info.name, overlap=_overlap(placed), controls=0.0, repeats=0.0,
            pay_per_hour=pay_per_hour, currency=currency,
        )  # fmt: skip
        if not placed.answers:
            return self._told(project, file, placed, spec, new=0, done=False)
        new = len(placed.answers) - self._there(project)
        if not dry_run and new:
            self._write(by, project, spec, file, placed, loaded, info)
        if not dry_run and self._store.projects.unbound(project):
            self._shelf.remember([info])
            self._store.projects.bind(project, self._store.tasks.keep(TaskStream.of(loaded)))
        return self._told(project, file, placed, spec, new=new, done=not dry_run)

    def _there(self, project: str) -> int:
        return len(self._store.project_rows.answers(project))

    def _write(
        self,
        by: str,
        project: str,
        spec: ProjectSpec,
        file: CrowdFile,
        placed: _Placed,
        task: Task,
        info: TaskInfo,
    ) -> None:
        with self._ledger.writing() as act:
            if act.tables.project(project) is None:  # another import may have been quicker
                items = _items(placed, task)
                facts, place = {"spec": spec.to_json(), "items": items}, place_of(self._shelf, info)
                (made,) = act.record(Planned("project_made", by, project, facts, place))
                source = {
                    "tool": file.tool,
                    "file": file.sha256,
                    "read": len(file.answers),
                    "task": task.content_hash(),
                }
                act.record(Planned("imported", by, project, source))
                self._bring_people(act, project, by, made.hash, file, placed, items)
                act.record(Planned("project_changed", by, project, {"state": "closed"}))

    def _bring_people(
        self,
        act: Act,
        project: str,
        by: str,
        salt: str,
        file: CrowdFile,
        placed: _Placed,
        items: list[list[object]],
    ) -> None:
        numbers = {str(row[1]): row for row in items}
        ids: dict[str, str] = {}
        planned = []
        for answer, _, _ in placed.answers:
            if answer.worker not in ids:
                person = f"p{hashlib.sha256(f'{salt}/{answer.worker}'.encode()).hexdigest()[:12]}"
                ids[answer.worker] = person
                given = {"person": person, "role": "annotator"}
                body = {"name": f"{file.tool} {len(ids)}"}
                planned += [
                    Planned("joined", person, "", {"via": "import"}, body),
                    Planned("role_given", by, project, given),
                ]
        for answer, sample, occasion in placed.answers:
            item = numbers[sample.id]
            facts = {
                "item": item[0],
                "occasion": occasion,
                "purpose": item[3],
                "client_id": _name(answer),
                "instructions": 0,
                "content_hash": item[2],
                "at": answer.at or self._now(),
                "shown_at": _shown(answer),
                "active_s": answer.active_s,
            }
            skipped = answer.action == "skip"
            said = {"reason": "other"} if skipped else {"text": _as_asked(answer.text, sample)}
            kind = "skipped" if skipped else "answered"
            planned.append(Planned(kind, ids[answer.worker], project, {**facts, **said}))
        act.record(*planned)

    def _told(
        self, project: str, file: CrowdFile, placed: _Placed, spec: ProjectSpec, *, new: int, done: bool
    ) -> CrowdImport:
        answers = placed.answers
        return CrowdImport(
            project=project,
            tool=file.tool,
            task=spec.task,
            read=len(file.answers),
            new=new,
            known=len(answers) - new,
            skips=sum(answer.action == "skip" for answer, _, _ in answers),
            people=len({answer.worker for answer, _, _ in answers}),
            items=len({sample.id for _, sample, _ in answers}),
            controls=len({sample.id for answer, sample, _ in answers if answer.golden}),
            overlap=spec.overlap,
            again=placed.again,
            left=dict(file.left),
            unmatched=tuple(placed.unmatched[:MOST_TOLD]),
            ambiguous=tuple(placed.ambiguous[:MOST_TOLD]),
            odd=file.odd[:MOST_TOLD],
            done=done,
        )


def _placed(file: CrowdFile, task: Task, key: str) -> _Placed:
    """Each answer with its question; a person's second answer to one is a repeat, further ones are left out."""
    samples = {sample.id: sample for sample in task.samples if sample.problem is None}
    matcher = Matcher(
        [
            Known(sample.id, sample.question, tuple(medium.path.name for medium in sample.media))
            for sample in samples.values()
        ],
        key,
    )
    found, times = _Placed(), Counter[tuple[str, str]]()
    for answer in file.answers:
        fitting = matcher.find(answer.fields)
        if len(fitting) != 1:
            (found.ambiguous if fitting else found.unmatched).append(answer.place)
            continue
        place = (answer.worker, fitting[0])
        times[place] += 1
        if times[place] > 2:
            found.again += 1
        else:
            found.answers.append((answer, samples[fitting[0]], times[place]))
    return found


def _items(placed: _Placed, task: Task) -> list[list[object]]:
    """The questions that somebody answered, in the order of the task; those with a known answer are controls."""
    asked = {sample.id for _, sample, _ in placed.answers}
    golden = {sample.id for answer, sample, _ in placed.answers if answer.golden}
    samples = (sample for sample in task.samples if sample.id in asked)
    return [
        [number, sample.id, sample.content_hash(), "control" if sample.id in golden else "work", "", "", True]
        for number, sample in enumerate(samples, 1)
    ]


def _overlap(placed: _Placed) -> int:
    """As many answers a question as the most asked one has: all count."""
    given = Counter(
        sample.id
        for answer, sample, occasion in placed.answers
        if occasion == 1 and answer.action == "answer"
    )
    return min(_MOST_OVERLAP, max(given.values(), default=1))


def _name(answer: CrowdAnswer) -> str:
    """What an answer is known by when it comes again: the tool's own name, else all that is known of it."""
    told = (
        answer.ident
        or f"{answer.worker}/{sorted(answer.fields.items())}/{answer.text}/{answer.at}/{answer.place}"
    )
    return f"import:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _shown(answer: CrowdAnswer) -> float | None:
    return answer.at - answer.active_s if answer.at is not None and answer.active_s is not None else None


def _as_asked(text: str, sample: Sample) -> str:
    """An answer in the words of an option becomes its letter; all else stays as it was written."""
    if not sample.options or text.strip().upper() in sample.options:
        return text
    form = normal_form(text)
    letters = [letter for letter, words in sample.options.items() if normal_form(words) == form]
    return letters[0] if len(letters) == 1 else text
