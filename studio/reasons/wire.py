"""What a studio and the process that groups for it say to each other: lines of JSON, and vectors as plain numbers.

The studio sends a line of facts, a line for each failure, and the vectors, if there are any, as rows of little-endian
float32. Back come lines: `{"share": 0.4}` while it goes on, at the end `{"groups": […]}` or `{"problem": "memory"}`.
Groups name failures by their place among those that were sent.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from studio.core.reasons import Failure, Reason, ReasonName

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_VALUES = attrgetter(*(each.name for each in fields(Failure)))
_AT_A_TIME = 256  # failures in one piece; between pieces whoever sends is asked whether it is still wanted


def line(value: object) -> bytes:
    """A value as a line."""
    return json.dumps(value).encode() + b"\n"


def question(failures: Sequence[Failure], most: int, seed: int, vectors: "Vectors | None") -> Iterator[bytes]:
    """What is sent, piece by piece."""
    columns = 0 if vectors is None else vectors.shape[1]
    yield line({"n": len(failures), "most": most, "seed": seed, "columns": columns})
    for start in range(0, len(failures), _AT_A_TIME):
        yield b"".join(line(_VALUES(failure)) for failure in failures[start : start + _AT_A_TIME])
    if vectors is not None:
        for start in range(0, len(vectors), _AT_A_TIME):
            yield vectors[start : start + _AT_A_TIME].astype("<f4").tobytes()


def read_question(source: BinaryIO) -> tuple[list[Failure], dict[str, Any]]:
    """The failures, and how they are to be grouped. Raises EOFError where the studio is gone."""
    head = json.loads(_read_line(source))
    failures = [_failure(json.loads(_read_line(source))) for _ in range(head["n"])]
    return failures, {
        "most": head["most"],
        "seed": head["seed"],
        "vectors": _vectors(source, head["n"], head["columns"]),
    }


def answer(groups: Sequence[Reason], failures: Sequence[Failure]) -> dict[str, Any]:
    """Groups as they are sent back."""
    place = {(failure.run, failure.sample_id): i for i, failure in enumerate(failures)}
    return {
        "groups": [
            {
                "trait": group.name.trait,
                "words": group.name.words,
                "decided": group.decided,
                "failures": [place[each.run, each.sample_id] for each in group.failures],
                "typical": [place[each.run, each.sample_id] for each in group.typical],
            }
            for group in groups
        ]
    }


def read_groups(found: Mapping[str, Any], failures: Sequence[Failure]) -> tuple[Reason, ...]:
    """The groups again, of the same failures."""
    return tuple(_reason(group, failures) for group in found["groups"])


def _reason(group: Mapping[str, Any], failures: Sequence[Failure]) -> Reason:
    own = tuple(failures[i] for i in group["failures"])
    return Reason(
        ReasonName(group["trait"], tuple(group["words"])),
        own,
        tuple(failures[i] for i in group["typical"]),
        dict(Counter((failure.run, failure.task) for failure in own)),
        group["decided"],
    )


def _failure(values: Sequence[Any]) -> Failure:
    plain: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Failure(*plain)


def _vectors(source: BinaryIO, rows: int, columns: int) -> "Vectors | None":
    if not columns:
        return None
    import numpy as np

    wanted = 4 * rows * columns
    raw = source.read(wanted)
    if len(raw) < wanted:
        raise EOFError
    return np.frombuffer(raw, "<f4").reshape(rows, columns)


def _read_line(source: BinaryIO) -> bytes:
    found = source.readline()
    if not found.endswith(b"\n"):
        raise EOFError
    return found
