"""Parts of what pages show of a run, kept beside its samples: a server that was just started has them at once.

A part holds as long as no sample of the run is written and the code that makes it is the same; losing it costs time.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from studio.core.errors import StoreError
from studio.core.task import digest, file_digest
from studio.store import Store

Part = TypeVar("Part")
WORTH_KEEPING_S = 0.05  # what is worked out in less is sooner worked out again than written down


class Kept:
    """Reads parts back, or works them out and writes them down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def part(
        self,
        run_id: str,
        name: str,
        by: str,
        make: Callable[[], Part],
        pack: Callable[[Part], bytes],
        unpack: Callable[[bytes], Part],
    ) -> Part:
        """A part of a run by its name. `by` tells whatever else than the run's samples it hangs on: see `code_of`."""
        stamp = f"{by}:{self._store.memos.changes(run_id)}"  # before the samples are read: a later one is another's
        known = self._store.memos.part(run_id, name, stamp)
        if known is not None:
            return unpack(known)
        start = time.monotonic()
        found = make()
        going = self._store.runs.get(run_id).state in {"running", "queued"}
        if not going and time.monotonic() - start >= WORTH_KEEPING_S:
            with suppress(StoreError):  # a full or a busy disk costs the next reader a moment, no more
                self._store.memos.keep_part(run_id, name, stamp, pack(found))
        return found


@cache
def code_of(*modules: ModuleType) -> str:
    """A digest of code (a package with all its modules) and of the Python that runs it: what another version made is
    not taken for ours."""
    files: set[Path] = set()
    for module in modules:
        path = Path(str(module.__file__))
        files |= set(path.parent.glob("*")) if path.name == "__init__.py" else {path}
    told = [file_digest(path) for path in sorted(files) if path.is_file()]
    return digest([sys.version, *told])[:16]
