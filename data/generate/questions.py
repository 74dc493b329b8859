"""Questions about scenes: what is asked, what is right, and how a model may put it.

A `Question` knows four ways to the same answer, because models answer in all of them: the bare
gold, observations before it, a sentence where no format is asked for (`free`), and a looser wording
after the word ОТВЕТ (`loose`), which a judge accepts and Exact Match does not.

Options of a choice are the classes of its kind and always stand in the same order, as in a test
with fixed answer sheets.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from data.generate.clips import CHANGES, DIRECTIONS, Clip
from data.generate.pictures import COLORS, PAIR_SHAPES, Picture
from data.generate.russian import CHANGES as CHANGE_WORDS
from data.generate.russian import COLORS as COLOR_WORDS
from data.generate.russian import DIRECTIONS as DIRECTION_WORDS
from data.generate.russian import NUMBERS, ORDINALS, PLACES, SIDES, STICKERS
from data.generate.russian import SHAPES as SHAPE_WORDS
from data.generate.russian import SOUNDS as SOUND_WORDS
from data.generate.sounds import ORDER_SOUNDS, Recording

LETTERS = "ABCD"


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


def count(picture: Picture, rng: random.Random) -> Question:
    """How many stickers there are (1 to 5)."""
    n = len(picture.figures)
    text = rng.choice(
        (
            "Сколько наклеек на картинке?",
            "Сколько наклеек вы видите?",
            "Посчитайте: сколько здесь наклеек?",
        )
    )
    free = f"На картинке {STICKERS[n]}."
    loose = NUMBERS[n] if n in (2, 3, 5) else str(n)
    return Question("count", text, "number", str(n), _stickers(picture), free, loose)


def color(picture: Picture, rng: random.Random) -> Question:
    """The one colour of all stickers, as a word."""
    forms = COLOR_WORDS[picture.figures[0].color]
    if len(picture.figures) == 1:
        text = rng.choice(("Какого цвета наклейка?", "Назовите цвет: какого цвета наклейка?"))
    else:
        text = rng.choice(("Какого цвета наклейки?", "Назовите цвет: какого цвета наклейки?"))
    name = picture.figures[0].color
    free = (
        f"{forms.genitive} цвета"
        if name in ("red", "green", "black", "violet")
        else f"Это {forms.masculine} цвет."
    )
    loose = forms.plural if name in ("red", "blue", "yellow") else forms.masculine
    return Question("color", text, "short", forms.masculine, _stickers(picture), free, loose)


def side(picture: Picture, which: int, rng: random.Random) -> Question:
    """Which of two figures lies on the left (0) or on the right (1), as a letter."""
    words = [SHAPE_WORDS[f.shape] for f in sorted(picture.figures, key=lambda f: f.x)]
    text = rng.choice((f"Какая фигура {SIDES[which]}?", f"Что лежит {SIDES[which]}?"))
    seen = f"Слева {words[0]}, справа {words[1]}."
    shapes = [SHAPE_WORDS[s] for s in PAIR_SHAPES]
    return _choice("side", text, words[which], shapes, seen, f"{SIDES[which].capitalize()} {words[which]}.")


def place(picture: Picture, rng: random.Random) -> Question:
    """In which quarter the only figure lies, as a letter."""
    figure = picture.figures[0]
    noun = SHAPE_WORDS[figure.shape]
    right = PLACES[2 * (figure.y > 0.5) + (figure.x > 0.5)]
    text = rng.choice(("Где лежит фигура?", f"Где находится {noun}?"))
    seen = f"Вижу: {noun} {right}."
    return _choice("place", text, right, PLACES, seen, seen)


def heard(recording: Recording, rng: random.Random) -> Question:
    """What sounds in a recording of one repeated sound, as a word."""
    name = recording.events[0].name
    word = SOUND_WORDS[name]
    text = rng.choice(("Что звучит на записи?", "Какой звук слышен на записи?", "Что вы слышите?"))
    free = f"Слышен звук: {word}." if name in ("drum", "bird", "horn") else f"Это {word}."
    loose = f"звук: {word}" if name == "bell" else word
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


def order(recording: Recording, which: int, rng: random.Random) -> Question:
    """Which of three sounds came first, second or third (0 to 2), as a letter."""
    words = [SOUND_WORDS[e.name] for e in recording.events]
    text = rng.choice((f"Какой звук прозвучал {ORDINALS[which]}?", f"Что прозвучало {ORDINALS[which]}?"))
    seen = f"Слышу: {', '.join(words)}."
    names = [SOUND_WORDS[s] for s in ORDER_SOUNDS]
    return _choice(
        "order", text, words[which], names, seen, f"{ORDINALS[which].capitalize()} звучит {words[which]}."
    )


def direction(clip: Clip, rng: random.Random) -> Question:
    """Which way the figure moves, as a word."""
    action = clip.actors[0].action
    word = DIRECTION_WORDS[action]
    text = rng.choice(("Куда движется фигура?", "В каком направлении движется фигура?"))
    free = f"Фигура движется {word}." if action in ("left", "up") else word
    loose = f"движется {word}" if action == "down" else word
    return Question("direction", text, "short", word, _moving(clip), free, loose)


def mover(clip: Clip, rng: random.Random) -> Question:
    """Which figure moves, as a word."""
    shape = clip.actors[0].figure.shape
    word = SHAPE_WORDS[shape]
    text = rng.choice(("Какая фигура движется?", "Что движется?"))
    free = f"Движется {word}." if shape in ("star", "square", "heart") else f"Это {word}."
    loose = f"фигура {word}" if shape in ("circle", "flower") else word
    return Question("mover", text, "short", word, _moving(clip), free, loose)


def change(clip: Clip, rng: random.Random) -> Question:
    """What happens to the only figure, as a letter."""
    actor = clip.actors[0]
    noun, right = SHAPE_WORDS[actor.figure.shape], CHANGE_WORDS[actor.action]
    text = rng.choice(("Что происходит с фигурой?", "Что происходит в кадре?", f"Что делает {noun}?"))
    seen = f"Вижу: {noun} {right}."
    return _choice("change", text, right, [CHANGE_WORDS[c] for c in CHANGES], seen, seen)


def _choice(kind: str, text: str, right: str, options: Sequence[str], seen: str, free: str) -> Question:
    """A question with four options; where no letter is asked for, or not strictly, a model names the option."""
    at = list(options).index(right)
    letter = LETTERS[at]
    reasoning = f"{seen}\nПодходит {right}: {letter}"
    return Question(
        kind, text, "letter", letter, reasoning, free, right if at in (0, 2) else letter, tuple(options)
    )


def _stickers(picture: Picture) -> str:
    forms = COLOR_WORDS[picture.figures[0].color]
    return f"Цвет {forms.masculine}, всего {len(picture.figures)}."


def _hearing(recording: Recording) -> str:
    heard_words = ", ".join(SOUND_WORDS[e.name] for e in recording.events)
    return f"Слышу: {heard_words}. Итого {len(recording.events)}."


def _moving(clip: Clip) -> str:
    actor = clip.actors[0]
    return f"Вижу: {SHAPE_WORDS[actor.figure.shape]} движется {DIRECTION_WORDS[actor.action]}."


__all__ = [
    "COLORS",
    "DIRECTIONS",
    "LETTERS",
    "Question",
    "change",
    "color",
    "count",
    "direction",
    "heard",
    "mover",
    "order",
    "place",
    "side",
    "times",
]
