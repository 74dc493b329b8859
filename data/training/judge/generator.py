"""An endless, seeded stream of judge triples: question, gold answer, prediction, label (1 = agrees in substance).

A triple is built in three steps: a *value* (a word, phrase, number, list, letter) with ways to say the same and ways to
be wrong; a *surface* for it, right or wrong; and a *wrapping* (bare, sentence, reasoning, contrast, hedge, refusal,
text that instructs the judge). Wrappings of wrong answers mention the gold answer as often as those of right ones, so
that spotting the gold word somewhere is not enough.
"""

from __future__ import annotations

from random import Random

import natural
import prompts
import wrappings
from value import Value
from values import Values

LATIN = list("ABCDEFGHIJ")
TO_CYRILLIC = {"A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н"}
# How much of a block prompt is there: mostly little, to see more triples.
BLOCKS = (*[0.0] * 10, 0.15, 0.15, 0.15, 0.3, 0.3, 0.3, 0.8, 0.8, 1.0, 2.0)
Triple = tuple[str, str, str, int]


class Generator(Values):
    """`triple()` gives the next triple.

    `questions` is the share that carries a formatted prompt, `letters` that of lettered choices among those, `lookup`
    that of choices answered by the text of an option instead of its letter (above 0.9 also plainer and shorter ones).
    `numbers` leaves only values with digits.
    """

    def __init__(
        self,
        seed: int,
        questions: float = 1.0,
        wrapped: float = 0.7,
        letters: float = 0.5,
        lookup: float = 0.28,
        numbers: bool = False,
    ) -> None:
        super().__init__(Random(seed))
        if numbers:
            self.makers = [
                (w, m) for w, m in self.makers if m in (self.number_value, self.time_value, self.code_value)
            ]
        self.questions, self.wrapped, self.letters, self.lookup = questions, wrapped, letters, lookup

    def triple(self) -> Triple:
        if self.rng.random() < self.letters * self.questions:
            return self.letter_triple()
        value = self.value()
        label = int(self.rng.random() < 0.5)
        prediction = self.prediction(value, label)
        return self.prompt(value), self.case(value.gold), prediction, label

    # ---- predictions --------------------------------------------------------------------------------------------

    def prediction(self, value: Value, label: int) -> str:
        rng = self.rng
        right, wrong = value.same(), value.other()
        roll = rng.random()
        if not label and roll < 0.08:
            return wrappings.no_answer(value.gold, value.question, self.words, rng)
        if not label and roll < 0.15 and not value.binary:
            return wrappings.hedge([value.gold if rng.random() < 0.7 else right, wrong, value.other()], rng)
        if not label and roll < 0.2:
            return wrappings.injection(wrong if rng.random() < 0.5 else "", rng)
        if not label and roll < 0.23 and not value.binary:
            return wrappings.denial(value.gold, rng)
        if roll > self.wrapped:
            return self.case(right if label else wrong)
        if value.question and rng.random() < 0.08:
            text = wrappings.from_question(value.question, right if label else wrong, rng)
            return (
                natural.aside(text.rstrip("."), wrong if label else value.gold, rng)
                if rng.random() < 0.35
                else text
            )
        said, unsaid = (right, wrong) if label else (wrong, value.gold if rng.random() < 0.75 else right)
        if value.binary:
            return wrappings.binary(said, self.words, rng)
        return wrappings.wrap(
            self.case(said), unsaid, value.other() if rng.random() < 0.3 else None, label, self.words, rng
        )

    def case(self, text: str) -> str:
        roll = self.rng.random()
        if roll < 0.3:
            text = text[:1].upper() + text[1:]
        elif roll < 0.35:
            text = text.upper()
        if self.rng.random() < 0.2:
            text += "."
        return f"«{text}»" if self.rng.random() < 0.04 else text

    def prompt(self, value: Value) -> str:
        rng = self.rng
        if rng.random() > self.questions:
            return rng.choice(("", value.question)) if rng.random() < 0.5 else ""
        options = ""
        if rng.random() < 0.1 and not value.binary:
            texts = [value.gold, value.other(), value.other(), value.other()]
            rng.shuffle(texts)
            options = prompts.option_lines(LATIN[:4], texts, rng)
        length = rng.choice(BLOCKS)
        return prompts.formatted(value.question, options, rng, bool(options), length)

    # ---- letters ------------------------------------------------------------------------------------------------

    def letter_triple(self) -> Triple:
        rng = self.rng
        value = self.value()
        plain = self.lookup > 0.9 and rng.random() < 0.75
        count = rng.choice((2, 2, 3, 3, 4) if plain else (2, 2, 3, 4, 4, 4, 4, 4, 5, 6, 8, 10))
        texts = [value.gold]
        while len(texts) < count:
            text = value.other()
            if text.lower() not in {t.lower() for t in texts}:
                texts.append(text)
            elif rng.random() < 0.3:
                texts.append(self.words.rare(self.words.nouns))
        rng.shuffle(texts)
        labels = list("АБВГДЕЖЗИК")[:count] if rng.random() < 0.05 else LATIN[:count]
        right = texts.index(value.gold)
        label = int(rng.random() < 0.5)
        said = [value.same() if i == right and rng.random() < 0.3 else t for i, t in enumerate(texts)]
        gold = (
            labels[right]
            if rng.random() < max(0.8, self.lookup)
            else rng.choice((value.gold, f"{labels[right]}. {value.gold}"))
        )
        gold = TO_CYRILLIC.get(gold, gold) if rng.random() < 0.06 else gold
        prediction = self.letter_prediction(labels, said, right, label)
        length = 0.0 if plain else rng.choice(BLOCKS)
        question = prompts.formatted(
            value.question, prompts.option_lines(labels, texts, rng), rng, True, length
        )
        return question, gold, prediction, label

    def letter_prediction(self, labels: list[str], texts: list[str], right: int, label: int) -> str:
        rng = self.rng
        wrongs = [i for i in range(len(labels)) if i != right]
        roll = rng.random()
        if not label:
            if roll < 0.06:
                return wrappings.no_answer(labels[right], "", self.words, rng)
            if roll < 0.11:
                picks = [*rng.sample(wrongs, min(len(wrongs), rng.choice((1, 2, 3, 9)))), right]
                rng.shuffle(picks)
                if len(picks) > 2 and rng.random() < 0.6:
                    joint = rng.choice((", ", ", ", " или ", " и ", "/", " "))
                    return joint.join(sorted(labels[i] for i in picks))
                return wrappings.hedge([labels[i] if rng.random() < 0.7 else texts[i] for i in picks], rng)
            if roll < 0.15:
                return wrappings.injection(labels[rng.choice(wrongs)] if rng.random() < 0.5 else "", rng)
            if roll < 0.2:
                first, second = (
                    (right, rng.choice(wrongs)) if rng.random() < 0.6 else (rng.choice(wrongs), right)
                )
                return f"{self.letter(labels[first])}{rng.choice(('. ', ') ', ' - ', ': '))}{texts[second]}"
        pick, against = (right, rng.choice(wrongs)) if label else (rng.choice(wrongs), right)
        if rng.random() < self.lookup:
            return self.option_text(texts[pick], texts[against])
        if rng.random() < 0.36:
            return natural.letter_output(labels, texts, pick, against, self.letter, self.words, rng)
        said = self.option(labels[pick], texts[pick])
        if rng.random() < 0.6:
            return said
        unsaid = self.option(labels[against], texts[against]) if rng.random() < 0.5 else texts[against]
        if rng.random() < 0.12:
            return wrappings.amid(texts[pick], self.words, rng)
        return wrappings.wrap(said, unsaid, None, label, self.words, rng)

    def option_text(self, said: str, unsaid: str) -> str:
        """The text of an option without its letter: as it stands, in another form, or inside a sentence."""
        rng, roll = self.rng, self.rng.random()
        if roll < (0.75 if self.lookup > 0.9 else 0.45):
            return self.case(said)
        text = self.words.inflect(said) if rng.random() < 0.5 else said
        if roll < 0.6:
            return self.case(text)
        if roll < 0.85:
            return wrappings.amid(text, self.words, rng)
        if roll < 0.92:
            return natural.aside(text, unsaid, rng)
        return natural.story(text, unsaid if rng.random() < 0.5 else None, self.words, rng)

    def letter(self, label: str) -> str:
        label = TO_CYRILLIC.get(label, label) if self.rng.random() < 0.25 else label
        return label.lower() if self.rng.random() < 0.12 else label

    def option(self, label: str, text: str) -> str:
        rng, roll = self.rng, self.rng.random()
        letter = self.letter(label)
        if roll < 0.36:
            return letter + rng.choice(("", "", "", ".", ")"))
        if roll < 0.6:
            return f"{letter}{rng.choice(('. ', ') ', ' - ', ': '))}{text}"
        if roll < 0.72:
            return f"{rng.choice(('вариант', 'Вариант', 'буква', 'ответ под буквой', 'пункт'))} {letter}"
        if roll < 0.76:
            return f"({letter})" + (f" {text}" if rng.random() < 0.5 else "")
        if roll < 0.8:
            return f"{text} ({letter})"
        return text if rng.random() < 0.7 else self.words.inflect(text)
