"""What a record of the journal changed: what was before and what came after."""

from typing import Any

from studio.core.record import Record

Change = tuple[str, Any, Any]  # what, before, after


class Changes:
    """What each record changed, out of what it says was before; texts of instructions as records go by in their
    order."""

    def __init__(self) -> None:
        self._text = ""

    def of(self, record: Record) -> tuple[Change, ...]:
        facts, before = record.facts, record.facts.get("before", {})
        if record.kind == "instructed":
            was, self._text = self._text, facts["text"]
            return (("text", was, self._text),)
        if record.kind == "adjudicated":
            return (("answer", before.get("text"), facts["text"]),)
        if record.kind in {"excluded", "readmitted"}:
            return (("excluded", before.get("excluded_at") is not None, record.kind == "excluded"),)
        if record.kind == "admitted":
            return (("admitted", before.get("admitted_at") is not None, True),)
        if record.kind == "project_changed":
            was_set = before.get("spec", {})
            settings = [(name, was_set[name], facts["spec"][name]) for name in was_set]
            state = [("state", before.get("state"), facts["state"])] if "state" in facts else []
            return (*state, *settings)
        names = {"role_given": "role", "item_retired": "retired"}
        if (name := names.get(record.kind)) is not None:
            return ((name, before.get(name), facts[name]),)
        return ()
