"""The family of errors, and `Problem`: the same facts as a value that can be stored beside a sample.

StudioError                     a person can act on it; `problem` says what happened, with values
 x BadInput                     what was asked cannot be done as asked (unknown name, wrong combination)
   - TaskError                  a task folder or record cannot be read
   - MediaError                 a picture, sound or clip cannot be used
   - ModelError                 a model or judge cannot be opened
   - QueryError                 a filter cannot be read; it knows the place in its text
 x StoreError                   the database file cannot be used (read-only, foreign, full disk, locked)
 x EngineFailed                 the model was asked and gave no answer
 x NotAllowed                   the caller may not see or do this
 x Cancelled                    the user stopped it
 x Paused                       a run waits for something that comes by itself; what is answered is kept

The words live in `studio.texts` (Russian and English); an error carries only a code and its values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something went wrong, as a value: `code` names a text `error.<code>`, `values` fill it."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "values": dict(self.values)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Problem":
        return Problem(str(data["code"]), dict(data.get("values") or {}))


class StudioError(Exception):
    """Base of everything the studio raises on purpose. Never shown with a traceback."""

    def __init__(self, code: str, **values: Any) -> None:
        self.problem = Problem(code, {key: _plain(value) for key, value in values.items()})
        super().__init__(code, values)

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.problem.values.items())
        return f"{self.problem.code}: {details}" if details else self.problem.code


class BadInput(StudioError):
    """What was asked cannot be done as asked."""


class TaskError(BadInput):
    """A task folder or record cannot be read."""


class MediaError(BadInput):
    """A picture, sound or clip cannot be used."""


class ModelError(BadInput):
    """A model or judge cannot be opened."""


class QueryError(BadInput):
    """A filter cannot be read. Its values hold `text`, and the place in it as characters from `start` to `end`."""

    @property
    def place(self) -> tuple[int, int]:
        return int(self.problem.values.get("start", 0)), int(self.problem.values.get("end", 0))

    @property
    def shown(self) -> str:
        """The filter with its wrong place marked: `em:1 >>>zzz<<< len>2`."""
        text, (start, end) = str(self.problem.values.get("text", "")), self.place
        return f"{text[:start]}>>>{text[start:end]}<<<{text[end:]}"


class StoreError(StudioError):
    """The database file cannot be used."""


class EngineFailed(StudioError):
    """The model was asked and gave no answer."""


class NotAllowed(StudioError):
    """The caller may not see or do this."""


class Cancelled(StudioError):
    """The user stopped the work."""


class Paused(StudioError):
    """A run waits for something that comes by itself, and goes on then. What is answered is kept, nothing failed."""


def _plain(value: Any) -> Any:
    """Values are stored as JSON, so anything unusual becomes its text."""
    return value if isinstance(value, str | int | float | bool | list | dict) or value is None else str(value)
