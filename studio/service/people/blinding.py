"""Whose eyes are kept off which tasks: out of the projects that go on, for every page, file and filter alike."""

from studio.core.project import ROLES
from studio.core.run import Viewer
from studio.humans import Standpoint, blinds
from studio.store import Store
from studio.store.sharing import Known

KEPT = 200


class Blinding:
    """The tasks whose gold, answers and scores are withheld from a viewer. What was found out is kept until somebody
    has done anything in any project (every change of a project, a role, an answer is a record of the journal) or
    another task has come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[int, Known, str, bool], frozenset[str]] = {}
        self._shared: dict[str, tuple[Known, frozenset[str]]] = {}

    def tasks(self, viewer: Viewer) -> frozenset[str]:
        """Names of tasks: those that projects ask, and any other that shares a question with them."""
        owner = viewer.role == "owner"
        if owner and not viewer.person:
            return frozenset()
        known = self._store.sharing.known()
        key = (self._store.projects.applied(), known, viewer.person, owner)
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = self._found(viewer.person, owner, known)
        return self._known[key]

    def _found(self, person: str, owner: bool, known: Known) -> frozenset[str]:
        roles = self._store.people.roles(person) if person else {}
        everywhere = roles.get("", "visitor")
        hidden: set[str] = set()
        for project in self._store.projects.going_on():
            role = max(everywhere, roles.get(project.id, "visitor"), key=ROLES.index)
            finished = role == "annotator" and not self._store.projects.awaits(project.id, person)
            if blinds(project.state, project.joining, Standpoint(role, owner, finished)):
                hidden |= {project.task} | self._sharing(project.id, known)
        return frozenset(hidden)

    def _sharing(self, project: str, known: Known) -> frozenset[str]:
        """A project's questions stay what they are: which tasks have them changes with the tasks alone."""
        kept = self._shared.get(project)
        if kept is None or kept[0] != known:
            kept = self._shared[project] = (known, self._store.sharing.tasks(project))
        return kept[1]
