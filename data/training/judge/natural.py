"""What answers of language models look like: long reasoning, options weighed one by one, explanations, refusals."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from letter_texts import LETTER_FRAMES, NO_REASONS, YES_REASONS
from natural_texts import (
    ASIDES,
    DECIDE,
    DESCRIBED,
    DOUBTS,
    EXPLAIN,
    MARKERS,
    NUMBER_SAID,
    OBSERVE,
    REASONS,
    REJECT,
)
from refusal_texts import EXCUSES, REFUSE, SORRY

if TYPE_CHECKING:
    from words import Words


def observation(words: Words, rng: Random) -> str:
    """One sentence about what is seen or heard, of everyday words."""
    family = words.families
    return rng.choice(OBSERVE).format(
        o=rng.choice(family["предмет"]),
        m=rng.choice(family["предмет"] + family["еда"] + family["транспорт"]),
        p=rng.choice(family["профессия"] + family["животное"]),
        c=words.inflect(rng.choice(family["цвет"])),
        a=words.inflect(words.rare(words.adjs[:2500])),
        l=words.inflect(rng.choice(family["место"])),
        s=rng.choice(family["звук"]),
        d=rng.choice(family["действие"]),
        k=rng.randint(2, 9),
    )


def story(x: str, y: str | None, words: Words, rng: Random) -> str:
    """Several sentences of reasoning, perhaps with `y` weighed and turned down, that conclude `x`."""
    parts = [observation(words, rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 5)))]
    if y is not None:
        thought = rng.choice(DOUBTS).format(y=y)
        if rng.random() < 0.85:
            thought += " " + rng.choice(REJECT).format(y=y)
        parts.insert(rng.randint(0, len(parts)), thought)
    parts.append(rng.choice(DECIDE).format(x=x))
    text = rng.choice(("", "", "РАССУЖДЕНИЕ ", "РАССУЖДЕНИЕ\n", "Рассуждение: ", "Шаг 1. ")) + " ".join(parts)
    roll = rng.random()
    if roll < 0.45:
        return text + rng.choice(("\n", "\n\n", " ")) + rng.choice(MARKERS).format(x=x)
    return text + " " + observation(words, rng) if roll < 0.55 else text


def explained(x: str, words: Words, rng: Random) -> str:
    """The answer first, then why."""
    return rng.choice(EXPLAIN).format(x=x, e=observation(words, rng), f=rng.choice(REASONS))


def aside(said: str, other: str, rng: Random) -> str:
    """`said` answers the question; `other` is there too, but elsewhere."""
    return rng.choice(ASIDES).format(x=said, y=other)


def described(family: str, x: str, words: Words, rng: Random) -> str:
    """The answer with the name of what it is: красного цвета, звук: лай, движется вниз."""
    shapes = DESCRIBED.get(family, DESCRIBED[""])
    forms = words.forms.get(x)
    return rng.choice(shapes).format(x=x, i=rng.choice(forms) if forms else x)


def counted(x: str, thing: str, rng: Random) -> str:
    return rng.choice(NUMBER_SAID).format(x=x, n=thing)


def refusal(rng: Random) -> str:
    """A refusal put together of an apology, an incapacity and an excuse."""
    text = rng.choice(REFUSE)
    if rng.random() < 0.5:
        text = f"{rng.choice(SORRY)} {text}"
    if rng.random() < 0.6:
        text += rng.choice((", ", ": ", ". ", " — ", ", так как ", ", потому что ")) + rng.choice(EXCUSES)
    text = text[:1].upper() + text[1:] if rng.random() < 0.8 else text
    if rng.random() < 0.12:
        text = rng.choice(("ОТВЕТ ", "ОТВЕТ: ", "Ответ: ")) + text
    return text + rng.choice((".", "", ".", "!"))


def weighed(
    labels: list[str], texts: list[str], pick: int, letter: Callable[[str], str], words: Words, rng: Random
) -> str:
    """The options one by one, each with a verdict, and the letter at the end."""
    mark = rng.choice((". ", ") ", ": "))
    order = list(range(len(labels)))
    if len(order) > 4 or rng.random() < 0.3:
        order = sorted({*rng.sample(order, min(len(order), 3)), pick})
    lines = []
    for i in order:
        why = rng.choice(YES_REASONS if i == pick else NO_REASONS)
        lines.append(f"{letter(labels[i])}{mark}{texts[i]}{rng.choice((' — ', ': ', ' - ', '. '))}{why}")
    text = rng.choice(("", "", "Рассмотрим варианты.\n", "РАССУЖДЕНИЕ ", "Проверим каждый вариант:\n"))
    text += rng.choice(("\n", "\n", ". ", "; ")).join(lines)
    if rng.random() < 0.2:
        return text
    return text + rng.choice(("\n", "\n\n", ". ")) + rng.choice(MARKERS).format(x=letter(labels[pick]))


def letter_output(
    labels: list[str],
    texts: list[str],
    pick: int,
    against: int,
    letter: Callable[[str], str],
    words: Words,
    rng: Random,
) -> str:
    """A model's output to a lettered question that settles on option `pick` and may mention option `against`."""
    roll = rng.random()
    if roll < 0.2:
        return weighed(labels, texts, pick, letter, words, rng)
    chosen, turned_down = letter(labels[pick]), letter(labels[against])
    if roll < 0.62:
        rest = [letter(labels[i]) for i in range(len(labels)) if i != pick]
        listed = ", ".join(rest[:-1]) + (" и " if len(rest) > 1 else "") + rest[-1]
        text = rng.choice(LETTER_FRAMES).format(
            x=chosen,
            t=texts[pick],
            y=turned_down,
            u=texts[against],
            r=listed,
            e=observation(words, rng),
            f=rng.choice(REASONS),
            a=", ".join(letter(label) for label in labels),
        )
        return f"{observation(words, rng)} {text}" if rng.random() < 0.15 else text
    said = (
        chosen
        if rng.random() < 0.5
        else rng.choice((f"{chosen}. {texts[pick]}", f"{texts[pick]} ({chosen})"))
    )
    if rng.random() < 0.3:
        said = texts[pick]
    if roll < 0.72:
        return explained(said, words, rng)
    unsaid = texts[against] if rng.random() < 0.6 else turned_down
    text = story(texts[pick], unsaid if rng.random() < 0.6 else None, words, rng)
    if "ОТВЕТ" in text and rng.random() < 0.7:
        text = text[: text.index("ОТВЕТ")].rstrip()
    if roll < 0.9:
        return f"{text}\n{rng.choice(MARKERS).format(x=chosen)}"
    return text
