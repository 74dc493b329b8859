"""The few Russian words the questions need, in the forms they need them in."""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """`gender` is 0 masculine, 1 feminine, 2 neuter; `many` is the genitive plural."""

    one: str
    few: str
    many: str
    gender: int


SHAPES = {
    "circle": Noun("круг", "круга", "кругов", 0),
    "square": Noun("квадрат", "квадрата", "квадратов", 0),
    "triangle": Noun("треугольник", "треугольника", "треугольников", 0),
    "star": Noun("звезда", "звезды", "звёзд", 1),
    "heart": Noun("сердце", "сердца", "сердец", 2),
    "flower": Noun("цветок", "цветка", "цветков", 0),
}

# Masculine, feminine, neuter, and the genitive of "красного цвета".
COLORS = {
    "red": ("красный", "красная", "красное", "красного"),
    "yellow": ("жёлтый", "жёлтая", "жёлтое", "жёлтого"),
    "green": ("зелёный", "зелёная", "зелёное", "зелёного"),
    "blue": ("синий", "синяя", "синее", "синего"),
    "violet": ("фиолетовый", "фиолетовая", "фиолетовое", "фиолетового"),
    "black": ("чёрный", "чёрная", "чёрное", "чёрного"),
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
    "spins": "вращается",
    "recolors": "меняет цвет",
    "fades": "исчезает",
    "jumps": "подпрыгивает",
}

NUMBERS = ("ноль", "один", "два", "три", "четыре", "пять")

ORDINALS = ("первым", "вторым", "третьим")


def colored(color: str, shape: str) -> str:
    """`красная звезда`: the colour agrees with the shape."""
    noun = SHAPES[shape]
    return f"{COLORS[color][noun.gender]} {noun.one}"


def counted(n: int, noun: Noun) -> str:
    """`3 звезды`: the noun in the form its number (1 to 5) asks for."""
    return f"{n} {noun.one if n == 1 else noun.few if n < 5 else noun.many}"
