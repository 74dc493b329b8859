"""What a studio that was cut off from the shelf left there: whole segments under names that are none.

A segment that was laid aside begins with records that the journal has, too; where it goes its own way begins what only
the lost studio took. Once somebody has taken in what can be taken, a note beside the file says so; nothing is deleted.
"""

import json
from collections.abc import Callable, Mapping

from studio.core.record import Record
from studio.journal.claim import ASIDE
from studio.journal.record import JournalBroken, read, verify
from studio.journal.shelf import Shelf

_SETTLED = "settled-"


def laid_aside(files: Mapping[str, int]) -> dict[str, int]:
    """The files of a shelf that were laid aside, with their bytes."""
    return {name: size for name, size in files.items() if name.startswith(ASIDE)}


def unsettled(files: Mapping[str, int]) -> set[str]:
    """Those of them that nobody has taken in as they are now."""
    return {name for name, size in laid_aside(files).items() if _note(name, size) not in files}


def settle(shelf: Shelf, name: str, size: int, told: Mapping[str, object]) -> None:
    """Notes that a file of this size was taken in, and what became of it."""
    shelf.put({_note(name, size): json.dumps(dict(told), ensure_ascii=False).encode()})


def records_of(name: str, content: bytes) -> list[Record]:
    """The records of such a file, each checked against the one before. Raises JournalBroken, with the `file`."""
    try:
        found = [read(line) for line in content.splitlines(keepends=True)]
    except (ValueError, TypeError) as error:
        raise JournalBroken("journal_unreadable", file=name) from error
    if not found:
        return []
    try:
        return list(verify(found, found[0].prev, found[0].n - 1))
    except JournalBroken as broken:
        raise JournalBroken(broken.problem.code, **{**broken.problem.values, "file": name}) from broken


def only_there(records: list[Record], ours: Callable[[int], Record | None]) -> list[Record]:
    """The records that `ours`, the journal's record of a number, does not have."""
    found: list[Record] = []
    for record in records:
        here = None if found else ours(record.n)
        if here is None or here.hash != record.hash:
            found.append(record)
    return found


def _note(name: str, size: int) -> str:
    return f"{_SETTLED}{size}-{name.removesuffix('.jsonl')}.json"
