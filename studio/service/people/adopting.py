"""Answers that a studio took after it had lost the shelf are taken in: as records of the journal here, with their own
time and a note of where they come from.

Only answers, skips, and the joining of whoever gave them can be: what a lead did there (a state, an exclusion, a last
word) may go against what was done here since, so it is told and left to a person. An answer counts by the rules that
all answers count by: never more of them than the overlap, the earlier record first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from studio.core.aside import AsideFile, LeftOut, Reason
from studio.core.errors import BadInput
from studio.core.record import Planned, Record
from studio.core.run import Viewer
from studio.journal import Shipper
from studio.journal.aside import only_there, records_of
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.store import Store
from studio.store.projects import PeopleTransaction

_ANSWERS = ("answered", "skipped")
_Place = tuple[str, str, int, int]  # project, person, item, occasion


@dataclass
class _Plan:
    """What is to be recorded of a file, and what is not."""

    people: list[Planned] = field(default_factory=list)
    answers: list[Planned] = field(default_factory=list)
    known: int = 0
    left: Counter[tuple[str, Reason]] = field(default_factory=Counter)


class Adopting:
    """Files that were laid aside on the shelf."""

    def __init__(self, store: Store, ledger: Ledger, members: Members) -> None:
        self._store, self._ledger, self._members = store, ledger, members

    def files(self, viewer: Viewer) -> list[AsideFile]:
        """What lies there, and what `adopt` would take in of each. Nothing is changed. Raises NotAllowed, BadInput
        without a shelf, JournalBroken for a file that was changed, and what the shelf raises."""
        self._members.check(viewer, "see_journal")
        shipper = self._shipper()
        found = []
        for name, settled in sorted(shipper.aside().items()):
            records = records_of(name, shipper.aside_content(name))
            fresh = only_there(records, self._ledger.journal.record)
            with self._store.projects.writing() as tables:
                plan = _planned(name, fresh, tables)
            found.append(_told(name, len(records), fresh, plan, settled=settled))
        return found

    def adopt(self, viewer: Viewer, name: str) -> AsideFile:
        """Takes in what can be taken in of a file; a second time there is nothing left to take. Raises as `files`, and
        StoreError where another studio holds the shelf."""
        by = self._members.check(viewer, "see_journal")
        shipper = self._shipper()
        there = shipper.aside()
        if name not in there:
            raise BadInput("unknown_aside", name=name, known=", ".join(sorted(there)) or "—")
        records = records_of(name, shipper.aside_content(name))
        with self._ledger.writing() as act:
            fresh = only_there(records, self._ledger.journal.record)
            plan = _planned(name, fresh, act.tables)
            if plan.answers:
                source = {"tool": "aside", "file": name, "read": len(plan.answers)}
                projects = sorted({each.project for each in plan.answers})
                act.record(*(Planned("imported", by, project, source) for project in projects))
                given = (
                    replace(each, actor=by) if each.kind == "role_given" else each for each in plan.people
                )
                act.record(*given, *plan.answers)
        told = _told(name, len(records), fresh, plan, settled=True)
        shipper.settle(name, {"records": told.records, "answers": told.answers, "known": told.known})
        return told

    def _shipper(self) -> Shipper:
        if self._ledger.shipper is None:
            raise BadInput("no_shelf")
        return self._ledger.shipper


def _planned(name: str, fresh: list[Record], tables: PeopleTransaction) -> _Plan:
    plan, last = _Plan(), _last(fresh)
    joining = _joining(fresh, last.values(), tables)
    for record in fresh:
        if record.kind in _ANSWERS:
            _place(plan, name, record, last, joining, tables)
        elif record.kind != "undone" and not _of(record, joining):
            plan.left[record.kind, "kind"] += 1
    needed = {each.actor for each in plan.answers} & joining.keys()
    plan.people = [each for person in joining if person in needed for each in joining[person]]
    return plan


def _of(record: Record, joining: dict[str, list[Planned]]) -> bool:
    """Whether a record is part of the joining of somebody who is taken in."""
    who = record.facts["person"] if record.kind == "role_given" else record.actor
    return record.kind in {"joined", "role_given"} and who in joining


def _place(
    plan: _Plan,
    name: str,
    record: Record,
    last: dict[_Place, Record],
    joining: dict[str, list[Planned]],
    tables: PeopleTransaction,
) -> None:
    """Plans one answer or skip, or says why not."""
    facts, place = record.facts, _place_of(record)
    if tables.submitted(record.project, record.actor, facts["client_id"]):
        plan.known += 1
        return
    reason: Reason | None = None
    if last.get(place) is not record:
        reason = "taken_back"
    elif tables.content_of(record.project, facts["item"]) != facts["content_hash"]:
        reason = "question"
    elif record.actor not in joining and not tables.works(record.project, record.actor):
        reason = "person"
    elif (turn := tables.turn(*place)) and turn["state"] in _ANSWERS:
        reason = "here"
    if reason:
        plan.left[record.kind, reason] += 1
        return
    source = {"file": name, "n": record.n}
    taken = {**facts, "at": facts.get("at", record.at), "adopted": source}
    if facts["instructions"] > tables.instructions(record.project):
        taken["instructions"] = (
            0  # a version that was written there: its number means another text here, or none
        )
    plan.answers.append(Planned(record.kind, record.actor, record.project, taken, record.body or {}))


def _place_of(record: Record) -> _Place:
    return (record.project, record.actor, record.facts["item"], record.facts["occasion"])


def _last(fresh: Iterable[Record]) -> dict[_Place, Record]:
    """The answer that stood last at each place; none where it was taken back and not given again."""
    found: dict[_Place, Record] = {}
    for record in fresh:
        if record.kind in _ANSWERS:
            found[_place_of(record)] = record
        elif record.kind == "undone":
            found.pop(_place_of(record), None)
    return found


def _joining(
    fresh: list[Record], answers: Iterable[Record], tables: PeopleTransaction
) -> dict[str, list[Planned]]:
    """The records of whoever joined there and is unknown here, as an annotator of the project that he answered in."""
    where: dict[str, dict[str, None]] = {}
    for record in answers:
        where.setdefault(record.actor, {})[record.project] = None
    found: dict[str, list[Planned]] = {}
    for record in fresh:
        if (
            record.kind == "joined"
            and record.actor in where
            and record.body
            and not tables.known(record.actor)
        ):
            given = {"person": record.actor, "role": "annotator"}
            found[record.actor] = [
                Planned("joined", record.actor, "", record.facts, record.body),
                *(Planned("role_given", record.actor, project, given) for project in where[record.actor]),
            ]
    return found


def _told(name: str, records: int, fresh: list[Record], plan: _Plan, *, settled: bool) -> AsideFile:
    return AsideFile(
        name=name,
        records=records,
        fresh=len(fresh),
        first_at=fresh[0].at if fresh else None,
        last_at=fresh[-1].at if fresh else None,
        kinds=dict(Counter(record.kind for record in fresh)),
        answers=len(plan.answers),
        people=len({each.actor for each in plan.people}),
        known=plan.known,
        left_out=tuple(LeftOut(kind, reason, n) for (kind, reason), n in sorted(plan.left.items()) if n),
        settled=settled,
    )
