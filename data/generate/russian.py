"""The few Russian words the questions need, in the forms they need them in."""

from __future__ import annotations

from typing import NamedTuple


class Color(NamedTuple):
    """Forms of an adjective: "красный", "красного (цвета)", "красные"."""

    masculine: str
    genitive: str
    plural: str


SHAPES = {
    "circle": "круг",
    "square": "квадрат",
    "triangle": "треугольник",
    "star": "звезда",
    "heart": "сердце",
    "flower": "цветок",
}

COLORS = {
    "red": Color("красный", "красного", "красные"),
    "yellow": Color("жёлтый", "жёлтого", "жёлтые"),
    "green": Color("зелёный", "зелёного", "зелёные"),
    "blue": Color("синий", "синего", "синие"),
    "violet": Color("фиолетовый", "фиолетового", "фиолетовые"),
    "black": Color("чёрный", "чёрного", "чёрные"),
}

SOUNDS = {
    "drum": "барабан",
    "bell": "колокол",
    "whistle": "свисток",
    "horn": "гудок",
    "bird": "птица",
    "clap": "хлопок",
}

DIRECTIONS = {"right": "вправо", "left": "влево", "up": "вверх", "down": "вниз"}

CHANGES = {
    "grows": "увеличивается",
    "shrinks": "уменьшается",
    "recolors": "меняет цвет",
    "jumps": "подпрыгивает",
}

NUMBERS = ("ноль", "один", "два", "три", "четыре", "пять")

STICKERS = (
    "нет наклеек",
    "одна наклейка",
    "две наклейки",
    "три наклейки",
    "4 наклейки",
    "пять наклеек",
)

ORDINALS = ("первым", "вторым", "третьим")

SIDES = ("слева", "справа")

PLACES = ("слева вверху", "справа вверху", "слева внизу", "справа внизу")
