"""Who did what in a project: the journal's records, each with what it changed; versions of the instructions; the chain.

The journal is read as it lies on the disk, so what was erased is seen to be erased.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from studio.core.overseeing import Audit, AuditLine, Verified, Version
from studio.core.record import Record
from studio.core.run import Viewer
from studio.journal.record import JournalBroken, verify
from studio.service.ledger import Ledger
from studio.service.members import Members
from studio.store import Store

MOST_LINES = 200
_DAILY = frozenset({"answered", "skipped", "undone", "doubled"})  # what annotators do: by far the most
_SECRETS = frozenset({"secret", "token", "items"})  # hashes of secrets, and a list of ten thousand items


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
        for record in self._ledger.journal.records():
            if record.project != project and not _of_member(record, members):
                continue
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
        return Audit(tuple(self._lines(project, rows)), len(found), begin, dict(kinds))

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
    """What each record changed, as records go by in their order."""

    def __init__(self) -> None:
        self._spec: Mapping[str, Any] = {}
        self._held: dict[str, Any] = {}

    def of(self, record: Record) -> tuple[tuple[str, Any, Any], ...]:
        facts = record.facts
        if record.kind == "project_made":
            self._spec = facts["spec"]
            self._held["state"] = "draft"
            return ()
        if record.kind == "project_changed" and "spec" in facts:
            before, self._spec = self._spec, facts["spec"]
            return tuple(
                (name, before.get(name), value)
                for name, value in facts["spec"].items()
                if value != before.get(name)
            )
        if record.kind == "project_changed":
            return self._step("state", "state", facts.get("state"))
        if record.kind == "role_given":
            return self._step(f"role {facts['person']}", "role", facts["role"], "visitor")
        if record.kind == "instructed":
            return self._step("text", "text", facts["text"], "")
        if record.kind == "adjudicated":
            return self._step(f"answer {facts['item']}", "answer", facts["text"])
        if record.kind == "item_retired":
            return self._step(f"retired {facts['item']}", "retired", facts["retired"], False)
        if record.kind in {"excluded", "readmitted"}:
            return self._step(f"out {facts['person']}", "excluded", record.kind == "excluded", False)
        return ()

    def _step(self, key: str, name: str, value: Any, first: Any = None) -> tuple[tuple[str, Any, Any], ...]:
        before = self._held.get(key, first)
        self._held[key] = value
        return ((name, before, value),)


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
