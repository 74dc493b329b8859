"""A project of the human baseline over a small task, with people in it, for tests."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.core.dialogue import in_order
from studio.core.project import ProjectSpec, Standing, Submission, Timing
from studio.core.record import Planned
from studio.core.run import OWNER, Viewer
from studio.core.task import Task
from studio.journal import Journal
from studio.service import Studio
from studio.service.cards import Cards
from studio.service.people.answering import Answering
from studio.service.people.ledger import Ledger
from studio.store import Store
from studio.tasks.folder import load_folder as load_task
from tests.support import write_task

PROJECT = "b1"


class Desk:
    """One process of a studio: a database, the journal, annotators' desks. `clock[0]` is the time."""

    def __init__(self, home: Path, task: Task, clock: list[float]) -> None:
        self.home, self.task, self.clock = home, task, clock
        self.store = Store(home / "studio.sqlite")
        self.journal = Journal(home / "journal", now=lambda: self.clock[0])
        self.ledger = Ledger(self.journal, self.store.projects)
        self.ids = self.store.tasks.save(task)
        gold = {self.ids[sample.id]: sample.gold for sample in task.samples}
        self.answering = Answering(
            self.store,
            self.ledger,
            Cards(self.store, home / "media"),
            lambda sample_id, text: float(text == gold[sample_id]),
            now=lambda: self.clock[0],
        )
        if self.store.projects.get(PROJECT):
            self.bind()

    def record(self, *planned: Planned) -> None:
        with self.ledger.writing() as act:
            act.record(*planned)

    def make(self, *people: str, items: dict[str, str] | None = None, **spec: Any) -> None:
        """A project in which these people may work; `items` gives a purpose or an author (`@who`) by a sample's key."""
        rows = []
        for n, (dialogue, sample) in enumerate(in_order(self.task), 1):
            said = (items or {}).get(sample.id, "work")
            purpose, author = ("work", said[1:]) if said.startswith("@") else (said, "")
            rows.append([n, sample.id, sample.content_hash(), purpose, dialogue, author, purpose == "work"])
        talks = bool(self.task.info.dialogue_turns)
        made = ProjectSpec(
            "Проект", self.task.info.name, **{"controls": 0.0, "repeats": 0.0, "dialogue": talks, **spec}
        )
        self.record(
            Planned("project_made", "lead", PROJECT, {"spec": made.to_json(), "items": rows}),
            Planned("project_changed", "lead", PROJECT, {"state": "open"}),
        )
        for who in people:
            self.join(who)
        self.bind()

    def join(self, who: str) -> None:
        self.record(
            Planned("joined", who, "", {"via": "invitation"}, {"name": f"Имя {who}"}),
            Planned("role_given", "lead", PROJECT, {"person": who, "role": "annotator"}),
        )

    def bind(self) -> None:
        task_id = self.store.tasks.keep(_stream(self.task))
        assert self.store.projects.bind(PROJECT, task_id) == 0

    def at(self, who: str) -> Standing:
        return self.answering.standing(PROJECT, who)

    def answer(self, who: str, text: str = "кот", client_id: str = "", **rest: Any) -> Standing:
        """Answers the question that waits for this person."""
        asked = self.at(who).question
        assert asked is not None
        return self.send(
            who,
            asked.item,
            text,
            client_id or f"{who}-{asked.item}-{asked.occasion}",
            occasion=asked.occasion,
            **rest,
        )

    def send(
        self, who: str, item: int, text: str, client_id: str, occasion: int = 1, **rest: Any
    ) -> Standing:
        given = Submission(item, occasion, "answer", client_id, text, timing=Timing(), **rest)
        return self.answering.submit(PROJECT, who, given)

    def skip(self, who: str, reason: str = "mine", client_id: str = "") -> Standing:
        asked = self.at(who).question
        assert asked is not None
        given = Submission(
            asked.item, asked.occasion, "skip", client_id or f"{who}-s-{asked.item}", reason=reason
        )
        return self.answering.submit(PROJECT, who, given)

    def valid(self) -> dict[int, int]:
        return dict(
            self.store.db.tuples("SELECT item, valid FROM project_items WHERE project_id = ?", (PROJECT,))
        )

    def close(self) -> None:
        self.store.close()


def begun(studio: Studio, name: str, task: str) -> tuple[str, Viewer]:
    """Somebody who has begun to answer a task on his own: the project, and who he is."""
    project = studio.workplaces.own(task, listed=False)
    return project, studio.workplaces.named(project, name)


def kept_from(studio: Studio, name: str, task: str) -> Viewer:
    """The owner of a studio in a browser in which he answers this task on his own, too: its gold is kept from him."""
    return replace(OWNER, person=begun(studio, name, task)[1].person)


def answers_task(studio: Studio, task: str) -> tuple[Viewer, str]:
    """The same where a task is known by its name alone; and the token of his browser."""
    project = f"own-{task}"
    spec = ProjectSpec(task, task, overlap=100, joining="anyone").to_json()
    with studio._ledger.writing() as act:
        if act.tables.project(project) is None:
            items = [[1, "k", "h", "work", "", "", True]]
            act.record(
                Planned("project_made", "studio", project, {"spec": spec, "items": items}),
                Planned("project_changed", "studio", project, {"state": "open"}),
            )
            bind = "UPDATE project_items SET sample_id = (SELECT MIN(id) FROM samples) WHERE project_id = ?"
            act.tables.connection.execute(bind, (project,))
    token = studio.members.join_open(project, "Вера", Viewer())
    person = studio.members.signed_in(token)
    assert person is not None
    return replace(OWNER, person=person.id), token


def finished(studio: Studio, name: str, task: str, texts: Sequence[str]) -> str:
    """Somebody who has answered a whole task on his own, in the order of its records; the id of his run."""
    project, who = begun(studio, name, task)
    told = studio.workplaces.standing(who, project)
    while (asked := told.question) is not None:
        given = Submission(asked.item, asked.occasion, "answer", f"c{asked.item}", texts[asked.item - 1])
        told = studio.workplaces.submit(who, project, given)
    return told.run


def desk_maker(folder: Path, golds: list[str]) -> Callable[[], Desk]:
    """Makes processes over one home: the second one finds what the first one left."""
    task = load_task(write_task(folder / "task", golds))
    clock = [1_000_000.0]
    return lambda: Desk(folder / "home", task, clock)


def _stream(task: Task) -> Any:
    from studio.core.task import TaskStream

    return TaskStream.of(task)
