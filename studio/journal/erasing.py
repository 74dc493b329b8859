"""Which bodies go when somebody's data are erased: what he said of himself or wrote beside his answers, and what others
wrote about him. Facts stay: no result changes."""

from collections.abc import Callable, Iterable

from studio.core.record import Record
from studio.journal.record import erased, line_of, read

# What a lead wrote of others stays when the lead goes: it tells nothing of him, and explains what is still so.
_OF_OTHERS = frozenset({"excluded"})


def erasable(records: Iterable[Record]) -> Callable[[Record], bool]:
    """Tells of a record whether its body belongs to somebody whose erasure is among `records`."""
    gone: set[str] = set()
    used: dict[str, set[str]] = {}
    for record in records:
        if record.kind == "person_erased":
            gone.add(record.facts["person"])
        elif record.kind == "invitation_used":
            used.setdefault(record.actor, set()).add(record.facts["invitation"])
    links = {link for person in gone for link in used.get(person, ())}

    def goes(record: Record) -> bool:
        if record.kind == "invited" and record.facts["invitation"] in links:
            return True  # its note may say whom it is for
        if record.kind in _OF_OTHERS:
            return record.facts.get("person") in gone
        return record.actor in gone

    return goes


def without(content: bytes, goes: Callable[[Record], bool]) -> bytes:
    """A segment without the bodies of those records. Raises ValueError for what is none."""
    records = (read(line) for line in content.splitlines(keepends=True))
    return b"".join(line_of(erased(each) if goes(each) and not each.erased else each) for each in records)
