"""Clips as data: figures that move or change over 2.4 seconds, and the picture at a given moment."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

from data.generate.pictures import COLORS, N_BACKDROPS, SHAPES, Figure, Picture, new_figure

FRAMES = 48
FPS = 20
DIRECTIONS = ("right", "left", "up", "down")
CHANGES = ("grows", "shrinks", "recolors", "jumps")

_STEP = {"right": (1, 0), "left": (-1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True)
class Actor:
    """A figure as it is at the start, what it does and how much of it (share of the side, degrees)."""

    figure: Figure
    action: str
    amount: float


@dataclass(frozen=True)
class Clip:
    """Actors on one backdrop."""

    actors: tuple[Actor, ...]
    backdrop: int
    grain: int

    def key(self) -> tuple[object, ...]:
        """What must not be repeated between training and test."""
        return (
            "clip",
            self.backdrop,
            *(
                (a.figure.shape, a.figure.color, a.figure.cell, a.action, round(a.amount, 1))
                for a in self.actors
            ),
        )

    def at(self, time: float) -> Picture:
        """The picture at `time`, 0 being the start and 1 the end."""
        return Picture(tuple(_acted(a, time) for a in self.actors), self.backdrop, self.grain)


def moving(rng: random.Random, direction: str, shape: str | None = None) -> Clip:
    """One figure, of any shape unless one is named, that moves straight."""
    actor = _mover(rng, shape or rng.choice(SHAPES), rng.choice(COLORS), direction)
    return Clip((actor,), rng.randrange(N_BACKDROPS), rng.getrandbits(30))


def changing(rng: random.Random, change: str) -> Clip:
    """One figure near the middle that changes in the way asked for."""
    shape = rng.choice(SHAPES)
    color, other = rng.sample(COLORS, 2)
    x, y = rng.uniform(0.36, 0.64), rng.uniform(0.36, 0.64)
    radius, amount = rng.uniform(0.15, 0.2), 1.0
    if change == "grows":
        radius, amount = rng.uniform(0.08, 0.1), rng.uniform(2.2, 2.8)
    elif change == "shrinks":
        radius, amount = rng.uniform(0.22, 0.26), rng.uniform(0.35, 0.45)
    elif change == "jumps":
        y, amount = rng.uniform(0.6, 0.72), rng.uniform(0.26, 0.36)
    figure = new_figure(rng, shape, color, x, y, radius)
    if change == "recolors":
        figure = replace(figure, turns_into=other)
    return Clip((Actor(figure, change, amount),), rng.randrange(N_BACKDROPS), rng.getrandbits(30))


def _mover(rng: random.Random, shape: str, color: str, direction: str) -> Actor:
    length = rng.uniform(0.38, 0.55)
    dx, dy = _STEP[direction]
    x = _start(rng, dx, length)
    y = _start(rng, dy, length)
    return Actor(new_figure(rng, shape, color, x, y, rng.uniform(0.1, 0.135)), direction, length)


def _start(rng: random.Random, step: int, length: float) -> float:
    """A coordinate to start from so that the way stays in the picture."""
    if step == 0:
        return rng.uniform(0.16, 0.84)
    start = rng.uniform(0.15, 0.85 - length)
    return start if step > 0 else 1 - start


def _acted(actor: Actor, time: float) -> Figure:
    figure, action = actor.figure, actor.action
    if action in _STEP:
        dx, dy = _STEP[action]
        way = actor.amount * time
        return replace(figure, x=figure.x + dx * way, y=figure.y + dy * way)
    if action in ("grows", "shrinks"):
        return replace(figure, radius=figure.radius * (1 + (actor.amount - 1) * time))
    if action == "recolors":
        return replace(figure, blend=min(1.0, max(0.0, (time - 0.15) / 0.7)))
    if action == "jumps":
        return replace(figure, y=figure.y - actor.amount * abs(math.sin(2 * math.pi * time)))
    raise ValueError(f"Unknown action {action!r}")
