"""Gold answers of one word."""

from __future__ import annotations

import natural
import wrappings
from synonyms import opposites
from value import Drawing, Value


class WordValues(Drawing):
    """Names of things, their synonyms and opposites, words in English and with slips of the keyboard."""

    def family_value(self) -> Value:
        words, rng = self.words, self.rng
        family = rng.choice(list(words.families))
        gold = rng.choice(words.families[family])
        if rng.random() < 0.25:
            group = rng.choice(words.hand)
            gold = rng.choice(group)
        question = wrappings.family_question(family, words, rng)

        def say(word: str, share: float) -> str:
            return natural.described(family, word, words, rng) if rng.random() < share else word

        return Value(
            question,
            gold,
            lambda: say(gold, 1) if rng.random() < 0.25 else self.same_word(gold),
            lambda: say(self.other_word(gold, family), 0.25),
        )

    def synonym_value(self) -> Value:
        """Listed synonyms in any form; wrong are words of neighbouring groups, which are close in subject."""
        words, rng = self.words, self.rng
        hand = rng.random() < 0.75
        groups = words.hand if hand else words.small_net
        at = rng.randrange(len(groups))
        group = groups[at]
        gold = rng.choice(group)

        def form(word: str) -> str:
            return words.inflect(word) if rng.random() < 0.45 else word

        def same() -> str:
            text = form(rng.choice(group))
            return self.with_adjective(text) if rng.random() < 0.08 and text in words.noun else text

        def other() -> str:
            for _ in range(9):
                near = groups[max(0, min(len(groups) - 1, at + rng.choice((-4, -3, -2, -1, 1, 2, 3, 4))))]
                found = rng.choice(near if hand and rng.random() < 0.6 else rng.choice(groups))
                if not set(found.split()) & set(gold.split()) and not words.equal(gold, found):
                    return form(found)
            return self.other_word(gold)

        return Value(wrappings.open_question(words, rng), form(gold), same, other)

    def english_value(self) -> Value:
        """Common words in English, right and wrong."""
        words, rng = self.words, self.rng
        gold = rng.choice(list(words.english))
        family = words.family_of.get(gold)

        def say(word: str) -> str:
            said = words.english.get(word, word)
            return rng.choice(("{}", "{}", "{}", "a {}", "the {}", "It is {}", "It's a {}.")).format(said)

        def other() -> str:
            pool = [w for w in words.families.get(family or "", []) if w in words.english]
            found = rng.choice(pool if pool and rng.random() < 0.6 else list(words.english))
            return say(found) if not words.equal(gold, found) else self.other_word(gold, family)

        question = wrappings.family_question(family or "", words, rng)
        return Value(question, gold, lambda: say(gold) if rng.random() < 0.8 else self.same_word(gold), other)

    def typo_value(self) -> Value:
        """A slip of the keyboard is forgiven; another real word of nearly the same letters is not."""
        words, rng = self.words, self.rng
        while True:
            pool = rng.choice((words.nouns[:9000], words.adjs[:2500], *words.families.values()))
            gold = words.rare(pool)
            if len(gold) >= 5 and " " not in gold:
                break

        def other() -> str:
            alike = words.spelled_alike(gold)
            if alike and not words.equal(gold, alike) and rng.random() < 0.6:
                return alike
            wrong = self.other_word(gold, words.family_of.get(gold))
            return words.typo(wrong) if rng.random() < 0.7 else wrong

        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: words.typo(gold) if rng.random() < 0.85 else words.inflect(gold),
            other,
        )

    def word_value(self) -> Value:
        words, rng = self.words, self.rng
        pool = rng.choices(
            [words.nouns, words.adjs, words.verbs, words.names, words.places], [8, 3, 3, 1, 1]
        )[0]
        gold = words.rare(pool)
        if rng.random() < 0.35:
            gold = rng.choice(rng.choice(words.net if rng.random() < 0.7 else words.hand))
        if rng.random() < 0.3:
            gold = words.inflect(gold)
        if pool in (words.names, words.places):
            gold = gold.capitalize()
        if pool is words.nouns and rng.random() < 0.25:
            return self.governed_value(gold)
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: self.same_word(gold),
            lambda: self.other_word(gold),
        )

    def governed_value(self, noun: str) -> Value:
        """A noun in the case its preposition asks for: из досок, на скрипке; told with and without it."""
        words, rng = self.words, self.rng
        preposition = rng.choice(("из", "на", "в", "о", "с", "для", "к", "от", "по"))

        def say(word: str) -> str:
            form = words.inflect(word)
            return f"{preposition} {form}" if rng.random() < 0.5 else rng.choice((form, word))

        gold = f"{preposition} {words.inflect(noun)}"
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: say((words.same(noun) or noun) if rng.random() < 0.15 else noun),
            lambda: say(words.other(noun, words.family_of.get(noun))),
        )

    def opposite_value(self) -> Value:
        """The hardest wrong answer of all, and the denial that says the same (не открыта = закрыта)."""
        rng, words = self.rng, self.words
        gold, opposite, complete = rng.choice(opposites())
        denied = f"{rng.choice(('не', 'вовсе не', 'совсем не', 'отнюдь не'))} {opposite}"
        denies_gold = f"{rng.choice(('не', 'вовсе не', 'совсем не', 'ничуть не'))} {gold}"
        right = [gold, words.inflect(gold), *([denied] if complete else [f"{denied}, а {gold}"])]
        wrong = [opposite, opposite, words.inflect(opposite), denies_gold]
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: rng.choice(right),
            lambda: rng.choice(wrong),
            binary=True,
        )
