"""A value: a gold answer with ways to say the same and ways to be wrong; and what drawing any of them needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random

from words import Words, load_lexicon


@dataclasses.dataclass
class Value:
    """A gold answer, what agrees with it and what does not (each call draws anew)."""

    question: str
    gold: str
    same: Callable[[], str]
    other: Callable[[], str]
    binary: bool = False


class Drawing:
    """Random numbers and words, and a word said otherwise, rightly or wrongly."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.words = Words(load_lexicon(), rng)

    def same_word(self, word: str) -> str:
        words, roll = self.words, self.rng.random()
        if roll < 0.3:
            return word
        if roll < 0.55:
            return words.same(word) or words.inflect(word)
        if roll < 0.57:
            return words.typo(word)
        if roll < 0.6:
            return words.english.get(word, word)
        if roll < 0.76 and word in words.adj:
            return (
                f"{words.adj[word][6 if words.adj[word][6] else 0]} цвета"
                if words.family_of.get(word) == "цвет"
                else words.inflect(word)
            )
        if roll < 0.82 and word in words.noun:
            return self.with_adjective(words.inflect(word))
        return words.inflect(word)

    def with_adjective(self, noun: str) -> str:
        adj = self.words.rare(self.words.adjs[:3000])
        return f"{self.rng.choice([adj, *self.words.forms.get(adj, [])])} {noun}"

    def other_word(self, word: str, family: str | None = None) -> str:
        found = self.words.other(word, family)
        if self.rng.random() < 0.04:
            return self.words.english.get(found, found)
        return self.words.inflect(found) if self.rng.random() < 0.35 else found
