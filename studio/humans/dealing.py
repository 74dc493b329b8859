"""What a person is asked next, so that nobody can tell a control from a question, and all can be computed again.

Chance here is a hash of the project's seed, the person and his how-manieth question it is: a restart deals the same.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from studio.core.project import REPEAT_AFTER, ProjectSpec

T = TypeVar("T")
_FINEST = 10_000  # shares are taken as fractions of whole numbers up to this: blocks are of whole questions
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
    if _is_control(spec, person, served):
        return Dealt("control")
    if served >= REPEAT_AFTER and _is_repeat(spec, person, served):
        return Dealt("repeat")
    return Dealt("work")


def _is_control(spec: ProjectSpec, person: str, served: int) -> bool:
    """One of each 1/share questions, at a place that nobody can foresee: whoever does few has his share of them too,
    not as many as chance happens to give."""
    block = _block(served - _EARLY, spec.controls)
    return block is not None and served == _EARLY + block.start + int(
        chance(spec.seed, person, "control", block.start) * len(block)
    )


def _is_repeat(spec: ProjectSpec, person: str, served: int) -> bool:
    """The same for repeats; where one would fall on a control, it is the next question of its block that is none."""
    block = _block(served - REPEAT_AFTER, spec.repeats)
    if block is None:
        return False
    first = int(chance(spec.seed, person, "repeat", block.start) * len(block))
    places = (REPEAT_AFTER + block[(first + step) % len(block)] for step in range(len(block)))
    return served == next((place for place in places if not _is_control(spec, person, place)), None)


def _block(place: int, share: float) -> range | None:
    """Of the numbers from 0 on, cut into stretches with one of `share` in each, the stretch in which a place is."""
    exact = Fraction(share).limit_denominator(_FINEST)
    if not exact:
        return None
    number = place * exact.numerator // exact.denominator
    begin, end = (-(-each * exact.denominator // exact.numerator) for each in (number, number + 1))
    return range(begin, end)


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
