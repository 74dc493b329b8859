"""A lead's desk: projects are made, changed, opened and closed; who is let go, and who is taken back.

Every act is checked against the table of roles, kept in the journal, and can be read there with who did it and when.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from studio.core.dialogue import in_order
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.ids import dated
from studio.core.project import Item, Project, ProjectPlan, ProjectSpec, ProjectState, Purpose
from studio.core.record import Planned
from studio.core.run import Viewer
from studio.core.task import Task, TaskInfo, TaskStream
from studio.humans import Candidate, allows, select
from studio.service.catalogue import Shelf
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.service.people.places import place_of
from studio.store import Store
from studio.store.projects import ProjectRow

_log = logging.getLogger(__name__)
STATES: tuple[ProjectState, ...] = ("draft", "open", "paused", "closed")
LONGEST_INSTRUCTIONS = 50_000
MOST_STRATA = 50


class Organising:
    """Projects as a lead handles them."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        members: Members,
        shelf: Shelf,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._ledger, self._members, self._shelf, self._now = store, ledger, members, shelf, now

    def plan(
        self,
        viewer: Viewer,
        spec: ProjectSpec,
        *,
        size: int | None = None,
        stratify: str = "",
        authors: Mapping[str, str] | None = None,
    ) -> ProjectPlan:
        """What such a project would ask: all of a task, or `size` items of it in proportion to the values of the
        category `stratify`; `authors` are the people who wrote samples, by key. Raises NotAllowed, BadInput, TaskError.
        """
        self._members.check(viewer, "organise")
        _check(spec)
        return self._planned(self._loaded(spec.task)[1], spec, size, stratify, authors or {})

    def categories(self, viewer: Viewer, task: str) -> dict[str, int]:
        """The categories by which a task can be drawn, and how many values each has: those with two to fifty. Raises
        NotAllowed, BadInput, TaskError."""
        self._members.check(viewer, "organise")
        values: dict[str, set[str]] = {}
        for sample in self._loaded(task)[1].samples:
            for name, value in sample.categories.items():
                values.setdefault(name, set()).add(str(value))
        return {name: len(found) for name, found in sorted(values.items()) if 2 <= len(found) <= MOST_STRATA}

    def make(
        self,
        viewer: Viewer,
        spec: ProjectSpec,
        *,
        size: int | None = None,
        stratify: str = "",
        authors: Mapping[str, str] | None = None,
    ) -> str:
        """Makes what `plan` shows, as a draft. Returns the project's id."""
        by = self._members.check(viewer, "organise")
        _check(spec)
        info, task = self._loaded(spec.task)
        plan = self._planned(task, spec, size, stratify, authors or {})
        if not plan.items:
            raise BadInput("project_empty", task=spec.task)
        project = dated("b", lambda each: self._store.projects.get(each) is not None, self._now())
        kept = replace(spec, task=info.name, dialogue=bool(info.dialogue_turns))
        rows = [_row(item) for item in plan.items]
        with self._ledger.writing() as act:
            facts = {"spec": kept.to_json(), "items": rows}
            act.record(Planned("project_made", by, project, facts, place_of(self._shelf, info)))
        self._shelf.remember([info])
        self._store.projects.bind(project, self._kept(task))
        return project

    def projects(self, viewer: Viewer) -> list[Project]:
        """The projects that whoever asks may see on a board, the newest first."""
        found = []
        for row in self._store.projects.all():
            try:
                self._members.check(viewer, "see_board", row.id)
            except NotAllowed:
                continue
            found.append(self._told(viewer, row))
        return found

    def project(self, viewer: Viewer, project: str) -> Project:
        """A project for whoever may see its board; pay is for those who organise. Raises NotAllowed, BadInput."""
        self._members.check(viewer, "see_board", project)
        return self._told(viewer, self._known(project))

    def items(self, viewer: Viewer, project: str) -> list[Item]:
        self._members.check(viewer, "organise", project)
        return self._store.projects.items(project)

    def set_state(self, viewer: Viewer, project: str, state: ProjectState) -> None:
        """Opens, pauses, closes. Nothing is lost by any of it. Raises BadInput for a project whose questions are not
        all here, NotAllowed."""
        by = self._members.check(viewer, "organise", project)
        self._known(project)
        if state not in STATES:
            raise BadInput("project_state", state=state, known=", ".join(STATES))
        if state == "open" and (missing := self.bind(project)):
            raise BadInput("project_unbound", n=missing, id=project)
        with self._ledger.writing() as act:
            act.record(Planned("project_changed", by, project, {"state": state}))

    def change(self, viewer: Viewer, project: str, spec: ProjectSpec) -> None:
        """Other settings for what is still to come; the task and the seed stay. With another overlap other answers
        count. Raises NotAllowed, BadInput."""
        by = self._members.check(viewer, "organise", project)
        row = self._known(project)
        _check(spec)
        if (spec.task, spec.seed) != (row.spec.task, row.spec.seed):
            raise BadInput("project_fixed")
        spec = replace(spec, dialogue=row.spec.dialogue)
        with self._ledger.writing() as act:
            act.record(Planned("project_changed", by, project, {"spec": spec.to_json()}))

    def instruct(self, viewer: Viewer, project: str, text: str) -> int:
        """Keeps a new version of the instructions; answers say under which version they were given. Its number."""
        by = self._members.check(viewer, "organise", project)
        self._known(project)
        if not text.strip() or len(text) > LONGEST_INSTRUCTIONS:
            raise BadInput("project_instructions", limit=LONGEST_INSTRUCTIONS)
        with self._ledger.writing() as act:
            row = act.tables.project(project)
            assert row is not None
            if text == self._store.projects.instructions(project, row.instructions):
                return row.instructions
            version = row.instructions + 1
            act.record(Planned("instructed", by, project, {"version": version, "text": text}))
        return version

    def exclude(self, viewer: Viewer, project: str, person: str, reason: str) -> None:
        """A person's answers no longer count, and he is asked nothing more; `readmit` takes it back whole."""
        by = self._members.check(viewer, "exclude", project)
        self._working(project, person)
        with self._ledger.writing() as act:
            if not act.tables.excluded(project, person):
                body = {"reason": reason[:500]} if reason else {}
                act.record(Planned("excluded", by, project, {"person": person}, body))

    def readmit(self, viewer: Viewer, project: str, person: str) -> None:
        by = self._members.check(viewer, "exclude", project)
        self._working(project, person)
        with self._ledger.writing() as act:
            if act.tables.excluded(project, person):
                act.record(Planned("readmitted", by, project, {"person": person}))

    def retire(self, viewer: Viewer, project: str, item: int, *, retired: bool = True) -> None:
        """Takes a faulty item out of what is still asked and out of the baseline, or back into it."""
        by = self._members.check(viewer, "adjudicate", project)
        if item not in {each.item for each in self._store.projects.items(project)}:
            raise BadInput("unknown_item", item=item)
        with self._ledger.writing() as act:
            act.record(Planned("item_retired", by, project, {"item": item, "retired": retired}))

    def adjudicate(self, viewer: Viewer, project: str, item: int, text: str | None) -> None:
        """Has the last word on an item that people differ on; None takes it back. Raises NotAllowed, BadInput."""
        by = self._members.check(viewer, "adjudicate", project)
        if item not in {each.item for each in self._store.projects.items(project)}:
            raise BadInput("unknown_item", item=item)
        if text is not None and not text.strip():
            raise BadInput("empty_answer")
        with self._ledger.writing() as act:
            act.record(Planned("adjudicated", by, project, {"item": item, "text": text}))

    def bind(self, project: str) -> int:
        """Ties items to their questions where that is still to be done: after the database was made anew. Returns how
        many questions are not here, or are others by now. Raises TaskError."""
        if not self._store.projects.unbound(project):
            return 0
        name, folder = self._known(project).spec.task, self._folder(project)
        try:
            missing = self._store.projects.bind(project, self._kept(self._loaded(name)[1]))
        except StudioError:
            if not folder:
                raise
            if not Path(folder).is_dir():
                raise BadInput("project_folder_missing", path=folder, id=project) from None
            missing = self._store.projects.unbound(project)
        if missing and folder and Path(folder).is_dir():
            return self._bound_from(project, folder)
        return missing

    def bind_from(self, viewer: Viewer, project: str, ref: str) -> int:
        """`bind` to the task at another place, which is kept from then on. Raises NotAllowed, TaskError, and BadInput
        for a task of another name: what is hidden while people answer goes by it."""
        by = self._members.check(viewer, "organise", project)
        row = self._known(project)
        info, _ = self._loaded(ref)
        if info.name != row.spec.task:
            raise BadInput("project_other_task", name=info.name, wanted=row.spec.task)
        place, before = place_of(self._shelf, info), self._store.projects.unbound(project)
        missing = self._bound_from(project, ref)
        if place and missing < before:
            with self._ledger.writing() as act:
                act.record(Planned("project_changed", by, project, {}, place))
        return missing

    def _bound_from(self, project: str, ref: str) -> int:
        info, task = self._loaded(ref)
        self._shelf.remember([info])
        return self._store.projects.bind(project, self._kept(task))

    def _folder(self, project: str) -> str:
        """The folder that the journal names for a project, the latest one; "" where there is none."""
        records = self._ledger.journal.records()
        told = [(record.body or {}).get("folder", "") for record in records if record.project == project]
        return str(next((folder for folder in reversed(told) if folder), ""))

    def bind_all(self) -> None:
        """`bind` for every project: after a start, when the database may have been made anew. What cannot be bound now
        is told in the log, and by the project itself."""
        for row in self._store.projects.all():
            try:
                if missing := self.bind(row.id):
                    _log.warning("%d questions of project %s are not here or have changed", missing, row.id)
            except StudioError as error:
                _log.warning("the questions of project %s cannot be read: %s", row.id, error)

    def _planned(
        self, task: Task, spec: ProjectSpec, size: int | None, stratify: str, authors: Mapping[str, str]
    ) -> ProjectPlan:
        askable = [sample for sample in task.samples if sample.problem is None]
        known = {name for sample in askable for name in sample.categories}
        if stratify and stratify not in known:
            raise BadInput("project_stratify", name=stratify, known=", ".join(sorted(known)) or "—")
        if stratify and task.info.dialogue_turns:
            raise BadInput("project_dialogue", name=stratify)
        if size is not None and size < 1:
            raise BadInput("project_size")
        if strange := sorted(authors.keys() - {sample.id for sample in task.samples}):
            raise BadInput("project_authors", n=len(strange), first=strange[0])
        candidates = [
            Candidate(
                sample.id,
                sample.content_hash(),
                dialogue or str(sample.categories.get(stratify, "")),
                sample.gold is not None,
                authors.get(sample.id, ""),
            )
            for dialogue, sample in in_order(task)
            if sample.problem is None
        ]
        found = select(candidates, replace(spec, dialogue=bool(task.info.dialogue_turns)), size)
        purposes: Counter[Purpose] = Counter(item.purpose for item in found.items)
        return ProjectPlan(
            items=found.items,
            by_purpose=purposes,
            by_stratum=found.by_stratum,
            answers=spec.overlap * sum(item.scored for item in found.items),
            controls_outside=found.outside,
            training_short=found.short,
            unaskable=len(task.samples) - len(askable),
        )

    def _loaded(self, ref: str) -> tuple[TaskInfo, Task]:
        infos = self._shelf.resolve((ref,))
        if len(infos) != 1:
            raise BadInput("one_task", name=ref)
        return infos[0], self._shelf.load_one(infos[0])

    def _kept(self, task: Task) -> int:
        return self._store.tasks.keep(TaskStream.of(task))

    def _known(self, project: str) -> ProjectRow:
        found = self._store.projects.get(project)
        if found is None:
            raise BadInput("unknown_project", id=project)
        return found

    def _working(self, project: str, person: str) -> None:
        if person not in {each.id for each, _ in self._store.people.of_project(project)}:
            raise BadInput("unknown_person", id=person)

    def _told(self, viewer: Viewer, row: ProjectRow) -> Project:
        found = self._project(row)
        if allows(self._members.role(viewer, row.id), "organise"):
            return found
        return replace(found, spec=replace(found.spec, pay_per_hour=None))

    def _project(self, row: ProjectRow) -> Project:
        unbound, shown = self._store.projects.unbound(row.id), self._store.projects.gold_open(row.id)
        return Project(row.id, row.state, row.spec, row.instructions, row.created_at, unbound, shown)


def _row(item: Item) -> list[object]:
    return [item.item, item.key, item.content_hash, item.purpose, item.stratum, item.author, item.scored]


def _check(spec: ProjectSpec) -> None:
    """Raises BadInput for numbers that no project can have."""
    good = (
        bool(spec.title.strip()) and len(spec.title) <= 200,
        1 <= spec.overlap <= 100,
        0 <= spec.controls <= 0.5,
        0 <= spec.repeats <= 0.5,
        0 <= spec.training <= 100,
        0 <= spec.pass_mark <= 1,
        60 <= spec.lease_s <= 86_400,
        spec.item_limit_s is None or 5 <= spec.item_limit_s <= 3_600,
        spec.pay_per_hour is None or spec.pay_per_hour >= 0,
        spec.opens_at is None or spec.closes_at is None or spec.opens_at < spec.closes_at,
    )
    names = (
        "title", "overlap", "controls", "repeats", "training", "pass_mark", "lease_s", "item_limit_s", "pay_per_hour",
        "closes_at",
    )  # fmt: skip
    for name, fine in zip(names, good, strict=True):
        if not fine:
            raise BadInput("project_setting", name=name, value=getattr(spec, name))
