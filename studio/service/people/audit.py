"""What people did and said, to read again: answers with all that is known of them, the journal, how it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.deeds import Deed, JournalState
from studio.core.errors import BadInput
from studio.core.project_rows import AnswerRow, Instruction
from studio.core.record import Record
from studio.core.run import Viewer
from studio.service.people.ledger import Ledger
from studio.service.people.members import OWNER_ID, Members
from studio.store import Store

_SECRETS = {"secret", "token"}


class Audit:
    """Reading what was done; nothing is changed here."""

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
            and (not person or person in (record.actor, record.facts.get("person")))
        ]
        return [self._deed(record) for record in found[-limit:]]

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

    def ship(self, viewer: Viewer) -> JournalState:
        """Carries what is new to the shelf, now. Raises NotAllowed, BadInput where no shelf is set; what went wrong
        there is told by the state."""
        self._members.check(viewer, "see_journal")
        if self._ledger.shipper is None:
            raise BadInput("no_shelf")
        self._ledger.shipper.flush()
        return self.state(viewer)

    def _deed(self, record: Record) -> Deed:
        person = self._store.people.person(record.actor) if record.actor not in ("", OWNER_ID) else None
        name = person.name if person else ""
        return Deed(
            record.n, record.at, record.kind, record.actor, name, record.project, _told(record.facts), record.body
        )  # fmt: skip


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts without secrets' hashes, and of long lists only their length."""
    return {
        name: len(value) if isinstance(value, list) and len(value) > 20 else value
        for name, value in facts.items()
        if name not in _SECRETS
    }
