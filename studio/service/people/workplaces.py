"""Where somebody may answer: projects that he works in, those open to anybody, tasks to answer on one's own.

Every call takes who asks and finds out what he may; `Answering` below knows people by their ids alone.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from studio.core.errors import BadInput, NotAllowed
from studio.core.project import Coming, Offer, Offered, Standing, Submission
from studio.core.run import OWNER, MediaView, Viewer
from studio.service.catalogue import Shelf
from studio.service.people.answering import Answering
from studio.service.people.members import Members
from studio.service.people.own import MOST_PEOPLE, OwnWork, is_own
from studio.store import Store
from studio.store.people import People
from studio.store.projects import ProjectRow


class Workplaces:
    """An annotator's way to his desks."""

    def __init__(
        self,
        store: Store,
        members: Members,
        answering: Answering,
        own: OwnWork,
        shelf: Shelf,
        hidden: Callable[[Viewer], Collection[str]],
    ) -> None:
        """`hidden` names the tasks whose gold is withheld from somebody while people answer them."""
        self._store, self._members, self._answering = store, members, answering
        self._own, self._shelf, self._hidden = own, shelf, hidden
        self._people: People = store.people

    def offered(self, viewer: Viewer) -> Offered:
        """What whoever asks may answer: what he has begun first, newest first. What he has seen the gold of is none of
        it."""
        roles = self._people.roles(viewer.person) if viewer.person else {}
        mine, others = [], []
        for row in self._store.projects.all():
            if viewer.person and self._people.has_seen_gold(viewer.person, row.id):
                continue
            if row.id in roles:
                mine.append(self._offer(row, viewer.person))
            elif row.spec.joining == "anyone" and row.state == "open" and not is_own(row.id):
                others.append(self._offer(row, ""))
        return Offered(viewer.person, tuple(mine), tuple(others), tuple(self._shelf.tasks()))

    def door(self, project: str) -> Offer:
        """What somebody who has not joined is told of a project. Raises NotAllowed for one that is not open to anybody:
        then not even that it exists is told."""
        row = self._store.projects.get(project)
        if row is None or row.spec.joining != "anyone":
            raise NotAllowed("not_invited")
        return self._offer(row, "")

    def own(self, task: str, *, listed: bool = True) -> str:
        """The project in which people answer a task each on his own, made when somebody asks for it first. `listed`:
        only a task of the list. Raises NotAllowed, BadInput, TaskError."""
        if listed and task not in {info.name for info in self._shelf.tasks()}:
            raise NotAllowed(
                "visitor_task", name=task
            )  # a folder or a hub's dataset is the command line's to open
        infos = self._shelf.resolve((task,))
        if len(infos) != 1:
            raise BadInput("one_task", name=task)
        self._shelf.remember(infos)
        return self._own.project(self._shelf.load_one(infos[0]))

    def named(self, project: str, name: str) -> Viewer:
        """Whoever of this name works in a project, for those who own the studio's file: the one who joined first, else
        somebody new, who joins now, by invitation where that is the way. Raises NotAllowed, BadInput."""
        wanted = " ".join(name.split())
        for person, _ in self._people.of_project(project):
            if person.name == wanted and wanted:
                return Viewer(person=person.id)
        row = self._store.projects.get(project)
        if row is None:
            raise BadInput("unknown_project", id=project)
        if row.spec.joining == "anyone":
            token = self.join(Viewer(), project, name)
        else:
            _, secret = self._members.invite(OWNER, project, "annotator", days=1.0)
            _, token = self._members.redeem(secret, name, Viewer())
        found = self._members.signed_in(token)
        assert found is not None
        self._members.sign_out(Viewer(person=found.id), token)  # no browser holds it
        return Viewer(person=found.id)

    def join(self, viewer: Viewer, project: str, name: str) -> str:
        """Joins a project for anyone, see `Members.join_open`. Who tells a name to answer a whole task is told that
        everybody will see it; who has one already is asked by `asks_name`. Returns the token for the browser."""
        token = self._members.join_open(project, name, viewer)
        found = self._members.signed_in(token)
        if found and is_own(project):
            self._members.show_as(Viewer(person=found.id), project, name)
        return token

    def asks_name(self, viewer: Viewer, project: str) -> bool:
        """Whether somebody who answers a whole task has yet to say under which name everybody shall see his run."""
        joined = bool(viewer.person) and is_own(project) and project in self._people.roles(viewer.person)
        return joined and self._people.shown_as(project, viewer.person) is None

    def show_as(self, viewer: Viewer, project: str, name: str) -> None:
        """Says it; "" for no name. Raises NotAllowed, BadInput."""
        self._joined(viewer, project)
        self._members.show_as(viewer, project, name)

    def standing(
        self, viewer: Viewer, project: str, *, read: int | None = None, coming: Coming = "go"
    ) -> Standing:
        """Where whoever asks stands; `read` and `coming` as in `Answering`. Raises NotAllowed for whoever has not
        joined."""
        person = self._joined(viewer, project)
        return self._told(viewer, self._answering.standing(project, person, read=read, coming=coming))

    def submit(self, viewer: Viewer, project: str, given: Submission) -> Standing:
        """Keeps an answer or a skip. Raises NotAllowed, BadInput."""
        return self._told(viewer, self._answering.submit(project, self._joined(viewer, project), given))

    def undo(self, viewer: Viewer, project: str, client_id: str, *, read: int | None = None) -> Standing:
        """Takes the last submission back. Raises NotAllowed."""
        person = self._joined(viewer, project)
        return self._told(viewer, self._answering.undo(project, person, client_id, read=read))

    def draft(
        self,
        viewer: Viewer,
        project: str,
        item: int,
        occasion: int,
        text: str,
        comment: str,
        *,
        flagged: bool = False,
    ) -> float | None:
        """Keeps what is typed, and whether the question is flagged. Returns until when the question is held, None when
        it is not. Raises NotAllowed."""
        person = self._joined(viewer, project)
        return self._answering.draft(project, person, item, occasion, text, comment, flagged=flagged)

    def ahead(self, viewer: Viewer, project: str) -> tuple[MediaView, ...]:
        """Media of the question after this one. Raises NotAllowed."""
        return self._answering.ahead(project, self._joined(viewer, project))

    def instructions(self, viewer: Viewer, project: str) -> tuple[int, str]:
        """The newest instructions: their version, 0 where there are none, and their text. Raises NotAllowed."""
        self._joined(viewer, project)
        row = self._store.projects.get(project)
        version = row.instructions if row else 0
        return version, self._store.projects.instructions(project, version) if version else ""

    def name(self, viewer: Viewer) -> str:
        """The name under which whoever asks works; "" for nobody's."""
        found = self._people.person(viewer.person) if viewer.person else None
        return found.name if found else ""

    def _joined(self, viewer: Viewer, project: str) -> str:
        """The owner of the studio answers as a person, too: with a name of his own. Raises NotAllowed, for whoever has
        seen gold, too, though no role of his be one of this project."""
        if viewer.person and self._people.has_seen_gold(viewer.person, project):
            raise NotAllowed("sees_gold")
        if not viewer.person or project not in self._people.roles(viewer.person):
            raise NotAllowed("not_joined")
        return viewer.person

    def _told(self, viewer: Viewer, standing: Standing) -> Standing:
        """With what a project of one's own has beside the rest: the task's titles, and the run when all is answered."""
        if not is_own(standing.project):
            return standing
        run = ""
        if standing.nothing and standing.nothing.reason == "done" and standing.progress.answered:
            run = self._own.run(standing.project, standing.person)
        items = standing.progress.total // MOST_PEOPLE
        row = self._store.projects.get(standing.project)
        shut = bool(run) and row is not None and row.spec.task in self._hidden(viewer)
        titles = self._own.titles(standing.project)
        return replace(standing, own=True, items=items, run=run, shut=shut, titles=titles)

    def _offer(self, row: ProjectRow, person: str) -> Offer:
        progress = self._store.projects.progress(row.id, person, 0)
        own = is_own(row.id)
        return Offer(
            project=row.id,
            title=row.spec.title,
            titles=self._own.titles(row.id) if own else {},
            state=row.state,
            joined=bool(person),
            own=own,
            items=progress.total // row.spec.overlap,
            answered=progress.answered,
            skipped=progress.skipped,
        )
