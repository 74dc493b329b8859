"""A lead's overview: projects in lines, the runs made of a project."""

from collections.abc import Sequence
from dataclasses import replace

from studio.core.errors import NotAllowed
from studio.core.health import Figure
from studio.core.overseeing import ProjectLine, Since, Version
from studio.core.people_run import PeopleRun
from studio.core.project import Role
from studio.core.run import Viewer
from studio.core.votes import Vote
from studio.service.people.counting import key_of
from studio.service.people.members import Members
from studio.service.people.organising import Organising
from studio.service.people.own import is_own
from studio.stats.votes import crowd_agreement
from studio.store import Store


class Overseeing:
    """Reading for leads and reviewers; what it tells is worked out of rows each time it is asked."""

    def __init__(
        self,
        store: Store,
        members: Members,
        organising: Organising,
    ) -> None:
        self._store, self._members, self._organising = store, members, organising
        self._agreed: dict[str, tuple[int, int, Figure]] = {}

    def versions(self, viewer: Viewer, project: str) -> list[Version]:
        """The project's instructions, the newest first. Raises NotAllowed."""
        self._members.check(viewer, "see_board", project)
        return [Version(*row) for row in self._store.oversight.versions(project)]

    def may(self, viewer: Viewer, act: str, project: str = "") -> bool:
        """Whether an act would be allowed; for what a page offers. The act itself checks again."""
        try:
            self._members.check(viewer, act, project)
        except NotAllowed:
            return False
        return True

    def role(self, viewer: Viewer, project: str = "") -> Role:
        return self._members.role(viewer, project)

    def version(self) -> int:
        """The number of the last record that is in the tables: what is shown is as new as this."""
        return self._store.projects.applied()

    def projects(self, viewer: Viewer) -> list[ProjectLine]:
        """The projects that whoever asks may see on a board, the newest first."""
        seen = self._organising.projects(viewer)
        totals, attendance = (
            (self._store.oversight.totals(), self._store.oversight.attendance()) if seen else ({}, {})
        )
        found = []
        for each in seen:
            items, complete, done = totals[each.id]
            people, alpha = self._agreement(each.id)
            found.append(
                ProjectLine(
                    each,
                    items,
                    complete,
                    done,
                    items * each.spec.overlap,
                    people,
                    alpha,
                    attendance.get(each.id),
                    own=(own := is_own(each.id)),
                    finished=self._store.oversight.finished(each.id) if own else 0,
                )
            )
        return found

    def is_excluded(self, viewer: Viewer, project: str, person: str) -> bool:
        """Whether a person's answers do not count now. Raises NotAllowed."""
        self._members.check(viewer, "exclude", project)
        at, _ = self._store.projects.excluded(project).get(person, (None, ""))
        return at is not None

    def runs(self, viewer: Viewer, project: str) -> list[str]:
        """Ids of the runs that were made of a project's answers, the newest first. Raises NotAllowed."""
        self._members.check(viewer, "see_board", project)
        return self._store.oversight.runs(project)

    def since(self, viewer: Viewer, project: str, runs: Sequence[PeopleRun]) -> list[Since]:
        """What each of a project's runs does not know of yet. Raises NotAllowed."""
        self._members.check(viewer, "see_board", project)
        answers = [
            each.n
            for each in self._store.projects.standing(project)
            if each.action == "answer" and each.purpose != "training"
        ]
        out = [at for at, _ in self._store.projects.excluded(project).values() if at is not None]
        found = []
        for run in runs:
            later = sum(at > run.at for at in out)
            back = max(0, run.excluded - (len(out) - later))
            found.append(Since(sum(n > run.n for n in answers), later, back))
        return found

    def _agreement(self, project: str) -> tuple[int, Figure]:
        """How many people's answers are in the count, and their Krippendorff's alpha, as the board has them; kept until
        somebody does something."""
        now = self._store.projects.applied()
        known = self._agreed.get(project)
        if known is None or known[0] != now:
            found = crowd_agreement(_votes(self._store.oversight.counted(project)), draws=1)
            known = (now, found.annotators, replace(found.alpha, low=None, high=None))
            self._agreed[project] = known
        return known[1], known[2]


def _votes(rows: Sequence[tuple[int, str, str]]) -> list[Vote]:
    return [Vote(str(item), person, key_of(text)) for item, person, text in rows]
