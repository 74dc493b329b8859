"""Pictures as data: figures lying on a soft backdrop. Nothing is drawn here.

All lengths are shares of the picture's side, the origin is the top left corner.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

SHAPES = ("circle", "square", "triangle", "star", "heart", "flower")
COLORS = ("red", "yellow", "green", "blue", "violet", "black")
PAIR_SHAPES = ("circle", "square", "triangle", "star")
N_BACKDROPS = 8
GRID = 4  # cells a side in which the centre of a figure is looked up

_MIN_DISTANCE = 0.27
_TRIES = 400


@dataclass(frozen=True)
class Figure:
    """One figure: centre `x`, `y`, circumscribed `radius`, `angle` in degrees, `tint` in -1…1."""

    shape: str
    color: str
    x: float
    y: float
    radius: float
    angle: float = 0.0
    tint: float = 0.0
    alpha: float = 1.0
    turns_into: str = ""
    blend: float = 0.0

    @property
    def cell(self) -> int:
        """The number of the grid cell, row by row, that holds the centre."""
        column, row = (min(GRID - 1, max(0, int(v * GRID))) for v in (self.x, self.y))
        return row * GRID + column


@dataclass(frozen=True)
class Picture:
    """Figures in reading order on backdrop number `backdrop`; `grain` seeds the backdrop's spots."""

    figures: tuple[Figure, ...]
    backdrop: int
    grain: int

    def key(self) -> tuple[object, ...]:
        """What must not be repeated between training and test: which figure lies in which cell."""
        return ("picture", *sorted((f.shape, f.color, f.cell) for f in self.figures))


def stickers(rng: random.Random, color: str, n: int) -> Picture:
    """`n` figures (1 to 5) of one colour, shapes free, scattered."""
    return _scatter(rng, [rng.choice(SHAPES) for _ in range(n)], [color] * n, (0.095, 0.125))


def pair(rng: random.Random, left: str, right: str) -> Picture:
    """Two figures of the shapes given, one in each half, of different colours."""
    colors = rng.sample(COLORS, 2)
    figures = [
        _figure(rng, shape, color, middle + rng.uniform(-0.08, 0.08), rng.uniform(0.24, 0.76), size)
        for shape, color, middle, size in zip(
            (left, right),
            colors,
            (0.26, 0.74),
            (rng.uniform(0.11, 0.17), rng.uniform(0.11, 0.17)),
            strict=True,
        )
    ]
    return _picture(rng, figures)


def alone(rng: random.Random, quarter: int) -> Picture:
    """One figure in a quarter: 0 and 1 above, left and right, 2 and 3 below."""
    x = (0.27 if quarter % 2 == 0 else 0.73) + rng.uniform(-0.1, 0.1)
    y = (0.27 if quarter < 2 else 0.73) + rng.uniform(-0.1, 0.1)
    shape, color = rng.choice(SHAPES), rng.choice(COLORS)
    return _picture(rng, [_figure(rng, shape, color, x, y, rng.uniform(0.11, 0.16))])


def _scatter(rng: random.Random, shapes: list[str], colors: list[str], radii: tuple[float, float]) -> Picture:
    """Random places, no two figures nearer than they are wide and no two centres in one cell."""
    while True:
        figures: list[Figure] = []
        for _ in range(_TRIES):
            if len(figures) == len(shapes):
                return _picture(rng, figures)
            i = len(figures)
            spot = _figure(
                rng,
                shapes[i],
                colors[i],
                rng.uniform(0.13, 0.87),
                rng.uniform(0.13, 0.87),
                rng.uniform(*radii),
            )
            if all(_apart(spot, other) for other in figures):
                figures.append(spot)


def _apart(a: Figure, b: Figure) -> bool:
    return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > _MIN_DISTANCE**2 and a.cell != b.cell


def _figure(rng: random.Random, shape: str, color: str, x: float, y: float, radius: float) -> Figure:
    return Figure(shape, color, x, y, radius, rng.uniform(-14, 14), rng.uniform(-1, 1))


def _picture(rng: random.Random, figures: list[Figure]) -> Picture:
    ordered = tuple(sorted(figures, key=lambda f: f.cell))
    return Picture(ordered, rng.randrange(N_BACKDROPS), rng.getrandbits(30))


def new_figure(rng: random.Random, shape: str, color: str, x: float, y: float, radius: float) -> Figure:
    """A figure with a random small tilt and tint."""
    return _figure(rng, shape, color, x, y, radius)
