"""Who did what in a project: the journal's records, each with what it changed; versions of the instructions; the chain.

The journal is read as it lies on the disk, so what was erased is seen to be erased.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.core.overseeing import Audit, AuditLine, Verified, Version
from studio.core.record import Record
from studio.core.run import Viewer
from studio.journal.record import JournalBroken, verify
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.store import Store

MOST_LINES = 200
_DAILY = frozenset({"answered", "skipped", "undone", "doubled"})  # what annotators do: by far the most
# hashes of secrets, a list of ten thousand items, and what stands in the changes
_SECRETS = frozenset({"secret", "token", "items", "before"})


class History:
    """The journal for a lead's eyes."""

    def __init__(self, store: Store, ledger: Ledger, members: Members) -> None:
        self._store, self._ledger, self._members = store, ledger, members

    def audit(
        self,
        viewer: Viewer,
        project: str,
        *,
        person: str = "",
        kind: str = "",
        daily: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> Audit:
        """Records of a project, the newest first: by whom or about whom, of one kind; without `daily` and without a
        kind answers, skips and undos are left out. Raises NotAllowed."""
        self._members.check(viewer, "see_journal", project)
        changes = _Changes()
        kinds: Counter[str] = Counter()
        found: list[tuple[Record, tuple[tuple[str, Any, Any], ...]]] = []
        members = {each.id for each, _ in self._store.people.of_project(project)}
        by_link: set[int] = set()
        came = (0, "")  # where somebody used a link, and who: the role that it brings is the next record
        for record in self._ledger.journal.records():
            if record.project != project and not _of_member(record, members):
                continue
            if record.kind == "invitation_used":
                came = (record.n, record.actor)
            elif record.kind == "role_given" and came == (record.n - 1, record.facts.get("person")):
                by_link.add(record.n)
            changed = changes.of(record) if record.kind not in _DAILY else ()
            kinds[record.kind] += 1
            if record.kind != kind if kind else record.kind in _DAILY and not daily:
                continue
            if person and person not in (record.actor, record.facts.get("person")):
                continue
            found.append((record, changed))
        found.reverse()
        begin = min(max(0, offset), max(0, len(found) - 1))
        rows = found[begin : begin + min(limit, MOST_LINES)]
        lines = (replace(each, by_link=each.n in by_link) for each in self._lines(project, rows))
        return Audit(tuple(lines), len(found), begin, dict(kinds))

    def versions(self, viewer: Viewer, project: str) -> list[Version]:
        """The project's instructions, the newest first. Raises NotAllowed."""
        self._members.check(viewer, "see_board", project)
        return [Version(*row) for row in self._store.oversight.versions(project)]

    def verified(self, viewer: Viewer, project: str = "") -> Verified:
        """Checks the whole journal, record by record. Raises NotAllowed."""
        self._members.check(viewer, "see_journal", project)
        records, last = 0, ""
        try:
            for record in verify(self._ledger.journal.records()):
                records, last = record.n, record.hash
        except JournalBroken as error:
            return Verified(records, last, int(error.problem.values.get("n", records + 1)))
        return Verified(records, last)

    def _lines(
        self, project: str, rows: list[tuple[Record, tuple[tuple[str, Any, Any], ...]]]
    ) -> list[AuditLine]:
        names = self._store.oversight.names()
        numbers = {each.id: n for n, (each, _) in enumerate(self._store.people.of_project(project), 1)}
        return [_line(record, changed, names, numbers) for record, changed in rows]


class _Changes:
    """What each record changed, out of what it says was before; texts of instructions as records go by in their "
    "order."""

    def __init__(self) -> None:
        self._text = ""

    def of(self, record: Record) -> tuple[tuple[str, Any, Any], ...]:
        facts, before = record.facts, record.facts.get("before", {})
        if record.kind == "instructed":
            was, self._text = self._text, facts["text"]
            return (("text", was, self._text),)
        if record.kind == "adjudicated":
            return (("answer", before.get("text"), facts["text"]),)
        if record.kind in {"excluded", "readmitted"}:
            return (("excluded", before.get("excluded_at") is not None, record.kind == "excluded"),)
        if record.kind == "project_changed":
            was_set = before.get("spec", {})
            settings = [(name, was_set[name], facts["spec"][name]) for name in was_set]
            state = [("state", before.get("state"), facts["state"])] if "state" in facts else []
            return (*state, *settings)
        names = {"role_given": "role", "item_retired": "retired"}
        if (name := names.get(record.kind)) is not None:
            return ((name, before.get(name), facts[name]),)
        return ()


def _of_member(record: Record, members: set[str]) -> bool:
    """What somebody of this project did to himself everywhere: came, took a name, was erased."""
    return record.project == "" and (
        (record.kind in {"joined", "named"} and record.actor in members)
        or (record.kind == "person_erased" and record.facts.get("person") in members)
    )


def _line(
    record: Record,
    changed: tuple[tuple[str, Any, Any], ...],
    names: Mapping[str, str],
    numbers: Mapping[str, int],
) -> AuditLine:
    of = record.facts.get("person", "")
    of = of if isinstance(of, str) else ""
    item = record.facts.get("item")
    return AuditLine(
        record.n,
        record.at,
        record.kind,
        record.actor,
        names.get(record.actor, ""),
        numbers.get(record.actor, 0),
        of,
        names.get(of, ""),
        numbers.get(of, 0),
        item if isinstance(item, int) else None,
        {name: value for name, value in record.facts.items() if name not in _SECRETS},
        changed,
        record.body,
    )
