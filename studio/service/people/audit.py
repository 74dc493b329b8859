"""What people did and said, to read again: answers with all that is known of them, the journal, how it is kept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studio.core.deeds import Deed, DeedLine, Deeds, JournalState, Verified
from studio.core.errors import BadInput
from studio.core.project_rows import AnswerRow, Instruction
from studio.core.record import Record
from studio.core.run import Viewer
from studio.journal.record import JournalBroken
from studio.service.people.changes import Change, Changes
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.store import Store

MOST_LINES = 200
_SECRETS = {"secret", "token"}
_DAILY = frozenset({"answered", "skipped", "undone", "doubled"})  # what annotators do: by far the most
_Found = tuple[Record, tuple[Change, ...], bool]  # with what it changed, and whether it came with a link


class Audit:
    """The one reader of the journal for people's eyes: nothing is changed here, and what was erased is seen to be
    erased."""

    def __init__(self, store: Store, ledger: Ledger, members: Members) -> None:
        self._store, self._ledger, self._members = store, ledger, members

    def answers(
        self, viewer: Viewer, project: str, *, item: int | None = None, person: str = ""
    ) -> list[AnswerRow]:
        """Everything that was said in a project, what was taken back and excluded people's too, in its order. Raises
        NotAllowed, BadInput."""
        self._members.check(viewer, "see_answers", project)
        if self._store.projects.get(project) is None:
            raise BadInput("unknown_project", id=project)
        if item is not None and item not in {each.item for each in self._store.projects.items(project)}:
            raise BadInput("unknown_item", item=item)
        if person and self._store.people.person(person) is None:
            raise BadInput("unknown_person", id=person)
        return self._store.project_rows.answers(project, item, person)

    def instructions(self, viewer: Viewer, project: str) -> list[Instruction]:
        """All versions of a project's instructions, the first one first."""
        self._members.check(viewer, "see_board", project)
        return self._store.project_rows.instructions(project)

    def deeds(
        self,
        viewer: Viewer,
        project: str = "",
        *,
        kinds: Sequence[str] = (),
        person: str = "",
        after: int = 0,
        limit: int = 100,
    ) -> list[Deed]:
        """The last `limit` records after number `after`: of one project, or of everything; of some kinds, by one
        person. Raises NotAllowed."""
        self._members.check(viewer, "see_journal", project)
        found = [
            record
            for record in self._ledger.journal.records(after)
            if (not project or record.project == project)
            and (not kinds or record.kind in kinds)
            and (not person or _touches(record, person))
        ]
        names = self._store.oversight.names()
        return [_deed(record, names) for record in found[-limit:]]

    def lines(
        self,
        viewer: Viewer,
        project: str,
        *,
        person: str = "",
        kind: str = "",
        daily: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> Deeds:
        """What was done in a project and what its people did to themselves, the newest first, with what it changed: by
        whom or about whom, of one kind; without `daily` and without a kind answers, skips and undos are left out.
        Raises NotAllowed."""
        self._members.check(viewer, "see_journal", project)
        kinds: Counter[str] = Counter()
        found: list[_Found] = []
        for each in self._history(project):
            record = each[0]
            kinds[record.kind] += 1
            left_out = record.kind != kind if kind else record.kind in _DAILY and not daily
            if not left_out and (not person or _touches(record, person)):
                found.append(each)
        found.reverse()
        begin = min(max(0, offset), max(0, len(found) - 1))
        rows = found[begin : begin + min(limit, MOST_LINES)]
        return Deeds(self._lines(project, rows), len(found), begin, dict(kinds))

    def state(self, viewer: Viewer) -> JournalState:
        """How the journal is kept, as it is. Raises NotAllowed."""
        self._members.check(viewer, "see_journal")
        ledger = self._ledger
        return JournalState(ledger.journal.last(), self._store.projects.applied(), ledger.safety)

    def verify(self, viewer: Viewer) -> JournalState:
        """Checks every record against the one before. Raises JournalBroken at the first that does not hold."""
        self._members.check(viewer, "see_journal")
        self._ledger.journal.verify()
        return self.state(viewer)

    def verified(self, viewer: Viewer, project: str = "") -> Verified:
        """The same for whoever is told of a break and goes on reading: how far the chain holds. Raises NotAllowed."""
        self._members.check(viewer, "see_journal", project)
        n, last = 0, ""

        def held(record: Record) -> None:
            nonlocal n, last
            n, last = record.n, record.hash

        try:
            self._ledger.journal.verify(held)
        except JournalBroken as error:
            return Verified(n, last, int(error.problem.values.get("n", n + 1)))
        return Verified(n, last)

    def ship(self, viewer: Viewer) -> JournalState:
        """Carries what is new to the shelf, now. Raises NotAllowed, BadInput where no shelf is set; what went wrong
        there is told by the state."""
        self._members.check(viewer, "see_journal")
        if self._ledger.shipper is None:
            raise BadInput("no_shelf")
        self._ledger.shipper.flush()
        return self.state(viewer)

    def _history(self, project: str) -> Iterator[_Found]:
        """The records of a project and of its people, in their order."""
        members = {each.id for each, _ in self._store.people.of_project(project)}
        changes = Changes()
        came = (0, "")  # where somebody used a link, and who: the role that it brings is the next record
        for record in self._ledger.journal.records():
            if record.project != project and not _of_member(record, members):
                continue
            if record.kind == "invitation_used":
                came = (record.n, record.actor)
            by_link = record.kind == "role_given" and came == (record.n - 1, record.facts.get("person"))
            yield record, changes.of(record) if record.kind not in _DAILY else (), by_link

    def _lines(self, project: str, rows: Sequence[_Found]) -> tuple[DeedLine, ...]:
        names = self._store.oversight.names()
        numbers = {each.id: n for n, (each, _) in enumerate(self._store.people.of_project(project), 1)}
        return tuple(_line(*row, names, numbers) for row in rows)


def _touches(record: Record, person: str) -> bool:
    """Whether somebody did it, or it was done to him."""
    return person in (record.actor, record.facts.get("person"))


def _of_member(record: Record, members: set[str]) -> bool:
    """What somebody of this project did to himself everywhere: came, took a name, was erased."""
    return record.project == "" and (
        (record.kind in {"joined", "named"} and record.actor in members)
        or (record.kind == "person_erased" and record.facts.get("person") in members)
    )


def _deed(record: Record, names: Mapping[str, str]) -> Deed:
    return Deed(
        record.n, record.at, record.kind, record.actor, names.get(record.actor, ""), record.project,
        _told(record.facts), record.body,
    )  # fmt: skip


def _line(
    record: Record,
    changed: tuple[Change, ...],
    by_link: bool,
    names: Mapping[str, str],
    numbers: Mapping[str, int],
) -> DeedLine:
    of = record.facts.get("person", "")
    of = of if isinstance(of, str) else ""
    item = record.facts.get("item")
    return DeedLine(
        _deed(record, names), numbers.get(record.actor, 0), of, names.get(of, ""), numbers.get(of, 0),
        item if isinstance(item, int) else None, changed, by_link,
    )  # fmt: skip


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts without secrets' hashes, and of long lists only their length."""
    return {
        name: len(value) if isinstance(value, list) and len(value) > 20 else value
        for name, value in facts.items()
        if name not in _SECRETS
    }
