"""What a person is asked next, so that nobody can tell a control from a question, and all can be computed again.

Chance here is a hash of the project's seed, the person and his how-manieth question it is: a restart deals the same.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from studio.core.project import REPEAT_AFTER, ProjectSpec

T = TypeVar("T")
_EARLY = 3  # the first questions of a person are never controls: he is still learning the page
WINDOW = 50  # people meet the open questions in orders of their own, within so many at a time


@dataclass(frozen=True)
class Dealt:
    """What kind of question is due. Where there is none of this kind left, the next question is plain work."""

    kind: Literal["training", "control", "repeat", "work"]


def deal(spec: ProjectSpec, person: str, served: int, trained: int) -> Dealt:
    """The kind of a person's question number `served` (from 0, without training), after `trained` of training."""
    if trained < spec.training:
        return Dealt("training")
    if served < _EARLY:
        return Dealt("work")
    drawn = chance(spec.seed, person, served)
    if drawn < spec.controls:
        return Dealt("control")
    if served >= REPEAT_AFTER and drawn < spec.controls + spec.repeats:
        return Dealt("repeat")
    return Dealt("work")


def in_turn(openings: Mapping[str, bool], last: str, seed: int, person: str) -> str:
    """The dialogue in which a person goes on: the one he was in, else one that he can have from its first turn, else
    any. `openings` are those with a question for him, and whether that is their first."""
    if last in openings:
        return last
    fresh = [name for name, first in openings.items() if first]
    return shuffled(fresh or list(openings), seed, person)[0]


def repeatable(answered: Sequence[int]) -> Sequence[int]:
    """Of items in the order in which a person answered them, those that may be asked again now."""
    return answered[: max(0, len(answered) - REPEAT_AFTER + 1)]


def shuffled(items: Sequence[T], seed: int, person: str) -> list[T]:
    """Items in an order of this person's own."""
    return sorted(items, key=lambda item: chance(seed, person, item))


def chance(seed: int, *of: object) -> float:
    """A number in [0, 1) that looks drawn and is always the same for the same things."""
    text = "\x1f".join(str(part) for part in (seed, *of))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
