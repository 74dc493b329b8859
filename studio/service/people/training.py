"""Training as its person and his lead are told of it: one number for both, and who may go on all the same."""

from collections.abc import Callable

from studio.core.errors import BadInput
from studio.core.project import Submission, Training
from studio.core.record import Planned
from studio.core.run import Viewer
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.store import Store
from studio.store.projects import ProjectRow

Right = Callable[[int, str], float | None]  # the Exact Match of an answer to a sample; None: it has no gold


class Trainings:
    """How people do in training."""

    def __init__(self, store: Store, right: Right) -> None:
        self._store, self._right = store, right

    def of(self, row: ProjectRow, person: str, given: Submission | None = None) -> Training:
        """A person's training; with `given`, what the last answer was. Not right is what was skipped, what ran out of
        time, and what has no gold."""
        said = self._store.trainings.said(row.id, person)
        right = {
            each.item: (self._right(each.sample_id, each.text) or 0) >= 0.5 for each in said if each.text
        }
        of = min(row.spec.training, len(said) + self._store.trainings.untrained(row.id, person))
        n = sum(right.values())
        admitted = self._store.trainings.admitted(row.id, person)
        enough = n >= row.spec.pass_mark * len(said)
        return Training(
            len(said), of, n, row.spec.pass_mark, right.get(given.item) if given else None, admitted,
            failed=len(said) >= of and not enough and not admitted,
        )  # fmt: skip


class Admitting:
    """A lead lets somebody begin whom the training had stopped: he knows why it went wrong. The same questions again
    would tell nothing, for their person has been told which of his answers were right; controls go on watching him."""

    def __init__(self, store: Store, ledger: Ledger, members: Members, trainings: Trainings) -> None:
        self._store, self._ledger, self._members, self._trainings = store, ledger, members, trainings

    def admit(self, viewer: Viewer, project: str, person: str) -> None:
        """Opens the work to a person who has not passed the training; once is enough. Raises NotAllowed, BadInput."""
        by = self._members.check(viewer, "exclude", project)
        row = self._store.projects.get(project)
        if row is None:
            raise BadInput("unknown_project", id=project)
        if person not in {each.id for each, _ in self._store.people.of_project(project)}:
            raise BadInput("unknown_person", id=person)
        with self._ledger.writing() as act:
            told = self._trainings.of(row, person)
            if told.admitted:
                return
            if not told.failed:
                raise BadInput("not_failed", id=person)
            act.record(Planned("admitted", by, project, {"person": person}))
