"""Gold answers of every kind for the generator, each with ways to say the same and ways to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from exact_values import ExactValues
from phrase_values import PhraseValues
from value import Value
from word_values import WordValues
from yes_no_values import YesNoValues


class Values(WordValues, PhraseValues, ExactValues, YesNoValues):
    """Draws values: `value()` picks a kind by its weight."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.makers: list[tuple[float, Callable[[], Value]]] = [
            (0.2, self.family_value),
            (0.13, self.word_value),
            (0.12, self.phrase_value),
            (0.18, self.number_value),
            (0.08, self.yes_no_value),
            (0.07, self.list_value),
            (0.05, self.time_value),
            (0.06, self.action_value),
            (0.04, self.opposite_value),
            (0.04, self.place_value),
            (0.04, self.sentence_value),
            (0.07, self.code_value),
            (0.14, self.synonym_value),
            (0.02, self.english_value),
            (0.02, self.typo_value),
        ]

    def value(self) -> Value:
        weights = [w for w, _ in self.makers]
        return self.rng.choices([m for _, m in self.makers], weights)[0]()
