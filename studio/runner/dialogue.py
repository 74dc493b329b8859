"""Dialogues: questions asked in turn, each after the earlier ones and the model's own answers to them.

The rule is ruTiE's (MERA Multi): a dialogue is a fixed number of samples that stand one after another by their ids,
and a question sees at most N turns before it, never one of another dialogue. Unlike the original, an earlier
question is shown as it was asked, filled in, and an answer as the model gave it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.core.dialogue import places
from studio.core.engine import Request, Turn
from studio.store.tasks import StoredSample


@dataclass(frozen=True)
class Asked:
    """A sample with the samples of its dialogue that stand before it and may be shown, oldest first."""

    stored: StoredSample
    earlier: tuple[StoredSample, ...]


class Script:
    """The order in which one task's dialogues are asked, and what was answered so far.

    `samples` are all of the run, answered ones too. `turns` is the length of a dialogue, `history` N. Sample ids
    that are whole numbers place a sample: (id - smallest id) // turns is its dialogue. Other ids go by their order.
    """

    def __init__(
        self, samples: Sequence[StoredSample], answers: Mapping[int, str], *, turns: int, history: int
    ) -> None:
        self._history = history
        self._answers = dict(answers)
        self._lines: dict[int, list[tuple[int, StoredSample]]] = {}
        for place, stored in zip(places([each.sample.id for each in samples]), samples, strict=True):
            self._lines.setdefault(place // turns, []).append((place, stored))
        for line in self._lines.values():
            line.sort(key=lambda each: each[0])

    def rounds(self, missing: Sequence[int]) -> Iterator[list[Asked]]:
        """One missing sample of every dialogue at a time, in turn: what stands in one list may be asked together."""
        wanted = set(missing)
        lines = [
            iter(
                [
                    Asked(stored, tuple(self._before(line, place)))
                    for place, stored in line
                    if stored.id in wanted
                ]
            )
            for _, line in sorted(self._lines.items())
        ]
        while lines:
            round_ = [(line, asked) for line in lines if (asked := next(line, None)) is not None]
            lines = [line for line, _ in round_]
            if round_:
                yield [asked for _, asked in round_]

    def answered(self, sample_id: int, text: str) -> None:
        """Keeps an answer for the questions after it."""
        self._answers[sample_id] = text

    def request(self, asked: Asked) -> Request:
        """The question with what was said before; earlier questions that have no answer are left out."""
        shown = self.shown(asked)
        history = tuple(Turn(each.sample.message, self._answers[each.id]) for each in shown)
        return Request(asked.stored.id, asked.stored.sample.message, history)

    def shown(self, asked: Asked) -> list[StoredSample]:
        """The earlier samples that are shown with a question."""
        return [each for each in asked.earlier if each.id in self._answers]

    def _before(self, line: Sequence[tuple[int, StoredSample]], place: int) -> list[StoredSample]:
        return [stored for other, stored in line if place - self._history <= other < place]
