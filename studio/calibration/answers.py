"""All answers that can be made of a task's samples, the same ones for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.calibration.facts import Facts, facts_of
from studio.calibration.kinds import KINDS, Kind
from studio.core.task import Sample


@dataclass(frozen=True)
class Answer:
    """An answer of a kind to a sample; `kind.verdict` is the right word on it."""

    sample: Sample
    kind: Kind
    text: str


def answers_of(task: str, samples: Sequence[Sample], seed: int) -> Iterator[Answer]:
    """The answers to samples of one task, kind by kind in the samples' order.

    Samples without gold, or that cannot be asked, give none. Randomness is of the seed, the task and the sample, so a
    further sample changes no other's answers, unless it brings a new wrong answer to pick from.
    """
    askable = [sample for sample in samples if sample.problem is None]
    others = [gold for sample in askable for gold in _golds(sample)]
    known = [(facts, sample) for sample in askable if (facts := _facts(task, sample, others, seed))]
    for kind in KINDS:
        for facts, sample in known:
            text = kind.make(facts, random.Random(f"{seed}/{task}/{sample.id}/{kind.name}"))
            if text is not None:
                yield Answer(sample, kind, text)


def _facts(task: str, sample: Sample, others: Sequence[str], seed: int) -> Facts | None:
    return facts_of(sample, others, random.Random(f"{seed}/{task}/{sample.id}"))


def _golds(sample: Sample) -> tuple[str, ...]:
    return (sample.gold,) if isinstance(sample.gold, str) else sample.gold or ()
