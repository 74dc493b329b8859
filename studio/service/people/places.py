"""Where a project's task lies, for a disk that has nothing left but the journal."""

from pathlib import Path

from studio.core.task import TaskInfo
from studio.service.catalogue import Shelf


def place_of(shelf: Shelf, info: TaskInfo) -> dict[str, str]:
    """The folder of a task that its name alone does not lead to, as the body of a record: a path may tell a name, so it
    goes into what can be erased."""
    outside = info.source not in shelf.lasting()
    return {"folder": info.source} if outside and Path(info.source).is_dir() else {}
