"""Questions about scenes: what is asked, what is right, and how a model may put it.

A `Question` knows four ways to the same answer, because models answer in all of them: the bare
gold, a chain of observations before it, a sentence where no format is asked for (`free`), and a
looser wording after the word ОТВЕТ (`loose`), which a judge accepts and Exact Match does not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from data.generate.clips import CHANGES, DIRECTIONS, Clip
from data.generate.pictures import COLORS, SHAPES, Figure, Picture
from data.generate.russian import CHANGES as CHANGE_WORDS
from data.generate.russian import COLORS as COLOR_WORDS
from data.generate.russian import DIRECTIONS as DIRECTION_WORDS
from data.generate.russian import NUMBERS, ORDINALS, counted
from data.generate.russian import SHAPES as SHAPE_WORDS
from data.generate.russian import SOUNDS as SOUND_WORDS
from data.generate.sounds import SOUNDS, Recording

LETTERS = "ABCD"
QUARTERS = ("в левом верхнем углу", "в правом верхнем углу", "в левом нижнем углу", "в правом нижнем углу")


@dataclass(frozen=True)
class Question:
    """One question about one scene. `answer` is the gold: a letter where there are `options`."""

    kind: str
    text: str
    answer_kind: str
    answer: str
    reasoning: str
    free: str
    loose: str
    options: tuple[str, ...] = ()


def count(picture: Picture, shape: str, rng: random.Random) -> Question:
    """How many figures of one shape there are (1 to 5)."""
    noun = SHAPE_WORDS[shape]
    seen = [f for f in picture.figures if f.shape == shape]
    n = len(seen)
    text = rng.choice(
        (
            f"Сколько {noun.many} на картинке?",
            f"Сколько {noun.many} нарисовано?",
            f"Посчитайте: сколько здесь {noun.many}?",
        )
    )
    free = f"Фигура {noun.one}: {NUMBERS[n]}" if n != 4 else f"На картинке {counted(n, noun)}."
    loose = NUMBERS[n] if n in (2, 5) else str(n)
    return Question("count", text, "number", str(n), f"Фигура {noun.one}: {n}", free, loose)


def color_of(picture: Picture, figure: Figure, rng: random.Random) -> Question:
    """The colour of the only figure of its shape, as a word."""
    noun = SHAPE_WORDS[figure.shape]
    text = rng.choice((f"Какого цвета {noun.one}?", f"Назовите цвет: какого цвета {noun.one} на картинке?"))
    word, genitive = COLOR_WORDS[figure.color][0], COLOR_WORDS[figure.color][3]
    free = (
        f"Фигура {noun.one}: {genitive} цвета" if figure.color in _GENITIVE else f"Фигура {noun.one}: {word}"
    )
    loose = COLOR_WORDS[figure.color][noun.gender] if figure.color in ("blue", "red") else word
    return Question("color", text, "short", word, f"Фигура {noun.one}: {word}", free, loose)


def shape_of_color(picture: Picture, figure: Figure, rng: random.Random, place: int) -> Question:
    """Which figure has a colour, as a letter; the right option stands at `place`."""
    word = COLOR_WORDS[figure.color][3]
    text = rng.choice((f"Какая фигура {word} цвета?", f"Что на картинке {word} цвета?"))
    seen = f"Цвет {COLOR_WORDS[figure.color][0]}"
    return _shape_choice("shape", text, seen, picture, figure, rng, place)


def shape_at(picture: Picture, figure: Figure, rng: random.Random, place: int) -> Question:
    """Which figure lies in a corner, as a letter."""
    corner = QUARTERS[(2 if figure.y > 0.5 else 0) + (1 if figure.x > 0.5 else 0)]
    text = rng.choice((f"Какая фигура {corner}?", f"Что находится {corner}?"))
    seen = f"Фигура {corner.removesuffix(' углу')}"
    return _shape_choice("place", text, seen, picture, figure, rng, place)


def heard(recording: Recording, rng: random.Random) -> Question:
    """What sounds in a recording of one repeated sound, as a word."""
    word = SOUND_WORDS[recording.events[0].name]
    text = rng.choice(("Что звучит на записи?", "Какой звук слышен на записи?", "Что вы слышите?"))
    free = f"Слышен звук: {word}." if recording.events[0].name in ("drum", "bird", "horn") else f"Это {word}."
    loose = f"звук: {word}" if recording.events[0].name in ("bell",) else word
    return Question("sound", text, "short", word, _hearing(recording), free, loose)


def times(recording: Recording, rng: random.Random) -> Question:
    """How often the sound is heard (1 to 5)."""
    n = len(recording.events)
    text = rng.choice(
        ("Сколько раз прозвучал звук?", "Сколько звуков на записи?", "Сколько раз повторяется звук?")
    )
    free = {2: "Звук прозвучал два раза.", 3: "три раза", 4: "4 раза"}.get(n, NUMBERS[n])
    loose = NUMBERS[n] if n in (2, 3) else str(n)
    return Question("times", text, "number", str(n), _hearing(recording), free, loose)


def order(recording: Recording, which: int, rng: random.Random, place: int) -> Question:
    """Which of three sounds came first, second or third, as a letter."""
    names = [e.name for e in recording.events]
    text = rng.choice((f"Какой звук прозвучал {ORDINALS[which]}?", f"Что прозвучало {ORDINALS[which]}?"))
    absent = rng.sample([s for s in SOUNDS if s not in names], 4 - len(names))
    words = [SOUND_WORDS[s] for s in [n for n in names if n != names[which]] + absent]
    reasoning = f"Звук {ORDINALS[which]}: {SOUND_WORDS[names[which]]}"
    return _choice("order", text, SOUND_WORDS[names[which]], words, reasoning, rng, place)


def direction(clip: Clip, who: int, rng: random.Random) -> Question:
    """Which way one of the figures moves, as a word."""
    actor = clip.actors[who]
    noun, word = SHAPE_WORDS[actor.figure.shape], DIRECTION_WORDS[actor.action]
    text = rng.choice((f"Куда движется {noun.one}?", f"В каком направлении движется {noun.one}?"))
    reasoning = f"Фигура {noun.one}: {word}"
    free = f"Фигура {noun.one}: движется {word}" if actor.action in ("left", "up") else reasoning
    loose = f"движется {word}" if actor.action == "down" else word
    return Question("direction", text, "short", word, reasoning, free, loose)


def change(clip: Clip, rng: random.Random, place: int) -> Question:
    """What happens to the only figure, as a letter."""
    actor = clip.actors[0]
    noun = SHAPE_WORDS[actor.figure.shape]
    text = rng.choice(("Что происходит с фигурой?", "Что происходит в кадре?", f"Что делает {noun.one}?"))
    others = [CHANGE_WORDS[c] for c in CHANGES if c != actor.action]
    reasoning = f"Действие: {CHANGE_WORDS[actor.action]}"
    return _choice("change", text, CHANGE_WORDS[actor.action], rng.sample(others, 3), reasoning, rng, place)


# Colours that a free answer names in the genitive: «красного цвета».
_GENITIVE = ("red", "yellow", "green", "black")


def _shape_choice(
    kind: str, text: str, seen: str, picture: Picture, figure: Figure, rng: random.Random, place: int
) -> Question:
    present = [f.shape for f in picture.figures if f.shape != figure.shape]
    absent = [s for s in SHAPES if s not in present and s != figure.shape]
    shapes = (present + rng.sample(absent, max(0, 3 - len(present))))[:3]
    words = [SHAPE_WORDS[s].one for s in shapes]
    reasoning = f"{seen}: {SHAPE_WORDS[figure.shape].one}"
    return _choice(kind, text, SHAPE_WORDS[figure.shape].one, words, reasoning, rng, place)


def _choice(
    kind: str, text: str, right: str, wrong: Sequence[str], reasoning: str, rng: random.Random, place: int
) -> Question:
    """Shuffle the wrong options and put the right one at `place`."""
    options = rng.sample(list(wrong), len(wrong))
    options.insert(place, right)
    letter = LETTERS[place]
    loose = right if place in (0, 2) else letter
    return Question(
        kind,
        text,
        "letter",
        letter,
        f"{reasoning}\nПодходит {right}: {letter}",
        reasoning,
        loose,
        tuple(options),
    )


def _hearing(recording: Recording) -> str:
    heard_words = ", ".join(SOUND_WORDS[e.name] for e in recording.events)
    return f"Слышу: {heard_words}. Итого {len(recording.events)}."


__all__ = [
    "COLORS",
    "DIRECTIONS",
    "LETTERS",
    "Question",
    "change",
    "color_of",
    "count",
    "direction",
    "heard",
    "order",
    "shape_at",
    "shape_of_color",
    "times",
]
