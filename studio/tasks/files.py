"""Files of a task folder: JSON that may be broken, media that may be missing or lie outside, hashes kept in memory."""

import json
import os
from pathlib import Path
from typing import Any

from studio.core.content import Modality
from studio.core.errors import Problem, TaskError
from studio.core.task import known_digest
from studio.tasks.records import Located, kind


def read_json(path: Path) -> Any:
    """The value in a JSON file. Raises TaskError (missing, empty, not UTF-8, broken at line and column)."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise TaskError("task_file_missing", file=path.name, folder=str(path.parent)) from None
    except OSError as error:
        raise TaskError(
            "task_file_unreadable", file=path.name, reason=error.strerror or str(error)
        ) from error
    if not raw.strip():
        raise TaskError("task_file_empty", file=path.name)
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TaskError("task_file_encoding", file=path.name, position=error.start) from error
    except json.JSONDecodeError as error:
        values = {"file": path.name, "line": error.lineno, "column": error.colno, "reason": error.msg}
        raise TaskError("task_file_broken", **values) from error
    except RecursionError:
        raise TaskError(
            "task_file_broken", file=path.name, line=1, column=1, reason="nested too deep"
        ) from None
    return without_halves(value) if b"\\ud" in raw.lower() else value


def without_halves(value: Any) -> Any:
    """Half of a surrogate pair (`"\\ud83d"`) cannot be written as UTF-8 anywhere: it becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [without_halves(item) for item in value]
    if isinstance(value, dict):
        return {without_halves(key): without_halves(item) for key, item in value.items()}
    return value


class MediaRoot:
    """Finds the media of one folder and refuses whatever lies outside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._roots = _allowed_roots(folder)

    def locate(self, modality: Modality, key: str, value: Any) -> Located:
        """The file of a medium named in a record: a path relative to the folder, or {"path": …}. Never raises."""
        path = value.get("path") if isinstance(value, dict) else value
        if not isinstance(path, str) or not path or "\0" in path:
            problem = Problem(
                "record_field", {"field": f"inputs.{key}", "found": kind(value), "expected": "path"}
            )
            return Located(self.folder, problem=problem)
        return self.file(Path(path))

    def file(self, path: Path) -> Located:
        """The file at a path relative to the folder, hashed."""
        whole = self.folder / path
        real = os.path.realpath(whole)
        if not any(real == root or real.startswith(root + os.sep) for root in self._roots):
            return Located(whole, problem=Problem("media_outside", {"file": path.name}))
        return _hashed(whole)


def _allowed_roots(folder: Path) -> tuple[str, ...]:
    """The folder itself; for a snapshot of the hub's cache also `blobs`, where its links lead."""
    real = Path(os.path.realpath(folder))
    caches = (parent.parent / "blobs" for parent in (real, *real.parents) if parent.name == "snapshots")
    return (str(real), *(str(cache) for cache in caches))


def _hashed(path: Path) -> Located:
    try:
        stat = path.stat()
        if stat.st_size == 0:
            return Located(path, problem=Problem("media_empty", {"file": path.name}))
        if not path.is_file():
            return Located(path, problem=Problem("media_missing", {"file": path.name}))
        return Located(path, known_digest(path))
    except FileNotFoundError:
        return Located(path, problem=Problem("media_missing", {"file": path.name}))
    except OSError as error:
        values = {"file": path.name, "reason": error.strerror or str(error)}
        return Located(path, problem=Problem("media_unreadable", values))
