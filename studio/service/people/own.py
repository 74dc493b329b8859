"""A whole task answered by a person on his own: a project that the studio makes, and a run of each who finishes it.

Such a project is open to anybody and takes as many people as a project may; it has no controls and no repeats, because
nobody aggregates it. Its id follows from the task's questions, so that a task has one, and one that changed another.
"""

import hashlib
import threading
from collections.abc import Mapping

from studio.core.dialogue import in_order
from studio.core.project import ProjectSpec
from studio.core.record import Planned
from studio.core.task import Task, TaskStream
from studio.service.catalogue import Shelf
from studio.service.people.baselines import Baselines
from studio.service.people.ledger import Ledger
from studio.service.people.places import place_of
from studio.store import Store

STUDIO = "studio"  # who made it, in the journal: no person
MOST_PEOPLE = 100
_PREFIX = "own-"


def is_own(project: str) -> bool:
    """Whether a project is one that the studio made for people to answer a task on their own."""
    return project.startswith(_PREFIX)


class OwnWork:
    """Projects of one's own, and what comes of them."""

    def __init__(self, store: Store, ledger: Ledger, baselines: Baselines, shelf: Shelf) -> None:
        self._store, self._ledger, self._baselines, self._shelf = store, ledger, baselines, shelf
        self._running = threading.Lock()  # one answer may arrive by two tabs: it makes one run

    def project(self, task: Task) -> str:
        """The id of a task's project, which is made and opened where there is none."""
        asked = [(dialogue, sample) for dialogue, sample in in_order(task) if sample.problem is None]
        whole = hashlib.sha256(task.info.name.encode())
        for _, sample in asked:
            whole.update(f"\x1f{sample.id}\x1f{sample.content_hash()}".encode())
        project = _PREFIX + whole.hexdigest()[:12]
        title = task.info.title.get("ru") or task.info.name
        spec = ProjectSpec(
            title[:200],
            task.info.name,
            overlap=MOST_PEOPLE,
            controls=0.0,
            repeats=0.0,
            joining="anyone",
            dialogue=bool(task.info.dialogue_turns),
        )
        rows = [
            [n, sample.id, sample.content_hash(), "work", dialogue, "", True]
            for n, (dialogue, sample) in enumerate(asked, 1)
        ]
        place = place_of(self._shelf, task.info)
        with self._ledger.writing() as act:
            if act.tables.project(project) is None:
                act.record(
                    Planned("project_made", STUDIO, project, {"spec": spec.to_json(), "items": rows}, place),
                    Planned("project_changed", STUDIO, project, {"state": "open"}),
                )
        if self._store.projects.unbound(project):
            self._store.projects.bind(project, self._store.tasks.keep(TaskStream.of(task)))
        return project

    def titles(self, project: str) -> Mapping[str, str]:
        """The task's title by language; nothing while none of its questions is here."""
        first = next(iter(self._store.projects.places(project).values()), None)
        info = self._store.tasks.task_of(first) if first is not None else None
        return dict(info.title) if info else {}

    def run(self, project: str, person: str) -> str:
        """The run of what a person has answered by now, made once for these very answers. Returns its id."""
        with self._running:
            return self._baselines.run_of(project, person, self._name(project, person))

    def _name(self, project: str, person: str) -> str:
        """What the person chose for all to see; where he was not asked, in a terminal, what he is called."""
        chosen = self._store.people.shown_as(project, person)
        if chosen is not None:
            return chosen
        found = self._store.people.person(person)
        return found.name if found else ""
