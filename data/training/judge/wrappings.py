"""What models put around an answer: sentences, reasoning, contrasts, hedges, refusals, instructions to the judge."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import natural
from synonyms import REFUSED
from templates import (
    ACTIONS,
    CONTRASTS,
    DENIALS,
    ENDS,
    FAMILY_QUESTIONS,
    FILLERS,
    HEDGES,
    INJECTIONS,
    NEUTRAL,
    NUMBERS,
    OPEN,
    QUESTION_WORDS,
    REFUSALS,
    SENTENCES,
    SHAPES,
    SMALL,
    STARTS,
    TIMES,
    TURNS,
)

if TYPE_CHECKING:
    from words import Words


def filler(words: Words, rng: Random) -> str:
    noun, second = (
        words.inflect(words.rare(words.nouns[:7000])),
        words.inflect(words.rare(words.nouns[:7000])),
    )
    verb = words.rows["INFN"][int(rng.random() * 2500)]
    said = rng.choice([f for f in verb[2:] if f] or [verb[0]])
    adj = words.inflect(words.rare(words.adjs[:3000]))
    return rng.choice(FILLERS).format(n=noun, m=second, a=adj, v=said, N=noun.capitalize())


def reasoning(x: str, y: str | None, words: Words, rng: Random) -> str:
    """Sentences about this and that, perhaps a thought about `y` that is given up, and a conclusion `x`."""
    parts = [filler(words, rng) for _ in range(rng.choice((0, 1, 1, 2, 3, 4)))]
    if y is not None:
        thought = rng.choice(NEUTRAL).format(y=y)
        parts.insert(rng.randint(0, len(parts)), f"{thought} {rng.choice(TURNS)}".strip())
    return rng.choice(STARTS) + " ".join([*parts, rng.choice(ENDS).format(x=x)])


def amid(x: str, words: Words, rng: Random) -> str:
    """The answer inside a sentence about something: words before it, behind it, or both."""

    def some() -> str:
        kind = rng.random()
        if kind < 0.35:
            return words.inflect(words.rare(words.nouns[:9000]))
        if kind < 0.55:
            return words.inflect(words.rare(words.adjs[:4000]))
        if kind < 0.75:
            verb = words.rows["INFN"][int(rng.random() * 4000)]
            return rng.choice([f for f in verb[2:] if f] or [verb[0]])
        return rng.choice(SMALL)

    before = [some() for _ in range(rng.choice((0, 1, 2, 3, 4, 5)))]
    after = [some() for _ in range(rng.choice((0, 0, 1, 2, 3)))]
    return " ".join([*before, x, *after]) + rng.choice(("", ".", "."))


def from_question(question: str, x: str, rng: Random) -> str:
    """The question's own words as a statement, with the answer in it: Какого цвета мяч? -> цвета мяч красный."""
    asked = [w for w in question.split("\n")[0].rstrip("?.").split() if w.lower() not in QUESTION_WORDS]
    if rng.random() < 0.5 and len(asked) > 1:
        rng.shuffle(asked)
    cut = rng.choice((0, len(asked), rng.randint(0, len(asked))))
    return " ".join([*asked[:cut], x, *asked[cut:]]).capitalize() + rng.choice(("", "."))


def shaped(x: str, rng: Random) -> str:
    return rng.choice(SHAPES).replace("{x}", x)


def wrap(said: str, unsaid: str, third: str | None, label: int, words: Words, rng: Random) -> str:
    """`said` is what the text concludes; `unsaid` may be mentioned and turned down."""
    if rng.random() < 0.33:
        roll = rng.random()
        if roll < 0.62:
            return natural.story(said, unsaid if rng.random() < 0.65 else third, words, rng)
        if roll < 0.85:
            return natural.explained(said, words, rng)
        return natural.aside(said, unsaid, rng)
    roll = rng.random()
    if roll < 0.11:
        text = amid(said, words, rng)
    elif roll < 0.27:
        text = rng.choice(SENTENCES).format(x=said)
    elif roll < 0.47:
        text = rng.choice(CONTRASTS).format(x=said, y=unsaid)
    elif roll < 0.55:
        if not label and third is None:
            return rng.choice(DENIALS).format(y=unsaid)
        text = rng.choice(CONTRASTS).format(x=said, y=third or unsaid)
    elif roll < 0.6:
        joint = rng.choice((". ", ", ", " — ", "\n", ". "))
        text = f"{said}{joint}{filler(words, rng)}"
    elif roll < 0.63:
        text = shaped(said, rng)
    elif roll < 0.66:
        text = (
            f"{rng.choice(INJECTIONS)} {said}" if rng.random() < 0.5 else f"{said}. {rng.choice(INJECTIONS)}"
        )
    elif roll < 0.72:
        marker = rng.choice(("ОТВЕТ ", "ОТВЕТ: ", "ОТВЕТ\n"))
        text = marker + said
    else:
        text = reasoning(said, unsaid if rng.random() < 0.6 else third, words, rng)
    return text


def denial(y: str, rng: Random) -> str:
    return rng.choice(DENIALS).format(y=y)


def binary(said: str, words: Words, rng: Random) -> str:
    roll = rng.random()
    if roll < 0.25:
        return natural.story(said, None, words, rng) if roll < 0.15 else natural.explained(said, words, rng)
    if roll < 0.5:
        return rng.choice(
            ("Ответ: {x}", "ОТВЕТ {x}", "{x}", "Думаю, {x}", "Мой ответ — {x}", "Правильный ответ: {x}")
        ).format(x=said)
    if roll < 0.65:
        return f"{said}. {filler(words, rng)}"
    return reasoning(said, None, words, rng)


def hedge(options: list[str], rng: Random) -> str:
    items = list(dict.fromkeys(options))
    rng.shuffle(items)
    while len(items) < 3:
        items.append(items[-1])
    return rng.choice([h for h in HEDGES if len(set(items)) > 2 or "{2}" not in h]).format(*items)


def no_answer(gold: str, question: str, words: Words, rng: Random) -> str:
    """A refusal, an empty text, the question copied back, noise: nothing that could be marked right."""
    roll = rng.random()
    if roll < 0.16:
        return rng.choice(REFUSALS)
    if roll < 0.44:
        return natural.refusal(rng)
    if roll < 0.5:
        head = rng.choice(("Я", "Увы, я", "К сожалению,", "Извините, я", ""))
        return f"{head} {rng.choice(REFUSED.split(', '))} {filler(words, rng).lower()}".strip()
    if roll < 0.6:
        doubt = rng.choice(("есть ли тут", "действительно ли это", "идёт ли речь про"))
        return f"Я не вижу, {doubt} {gold} или что-то другое."
    if roll < 0.75 and question:
        return question
    if roll < 0.85:
        return " ".join([words.rare(words.nouns)] * rng.randint(3, 12))
    return " ".join(filler(words, rng) for _ in range(rng.choice((1, 1, 2, 3))))


def injection(wrong: str, rng: Random) -> str:
    text = rng.choice(INJECTIONS)
    if rng.random() < 0.3:
        text += " " + rng.choice(INJECTIONS)
    if not wrong:
        return text
    return f"{wrong}. {text}" if rng.random() < 0.5 else f"{text} {wrong}"


def _ask(templates: list[str], words: Words, rng: Random) -> str:
    return rng.choice(templates).format(n=words.inflect(words.rare(words.nouns[:6000])))


def family_question(family: str, words: Words, rng: Random) -> str:
    return _ask(FAMILY_QUESTIONS.get(family, OPEN) if rng.random() < 0.8 else OPEN, words, rng)


def open_question(words: Words, rng: Random) -> str:
    return _ask(OPEN, words, rng)


def number_question(words: Words, rng: Random, unit: str | None) -> str:
    text = _ask(NUMBERS, words, rng)
    return f"{text} Ответ дайте в единицах: {unit}." if unit and rng.random() < 0.5 else text


def time_question(words: Words, rng: Random) -> str:
    return _ask(TIMES, words, rng)


def action_question(words: Words, rng: Random) -> str:
    return _ask(ACTIONS, words, rng)
