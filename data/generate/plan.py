"""Which scene and question every record of the demo suite is about, drawn from one seed.

Answers and prompts are spread evenly and independently of one another. The plan holds
no media: `suite` renders it, and training asks it for the scenes to stay away from.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.generate import clips, pictures, questions, sounds
from data.generate.clips import Clip
from data.generate.pictures import Picture
from data.generate.questions import Question
from data.generate.sounds import Recording
from data.generate.wordings import DEMO_TASKS, DemoTask
from studio.prompts import spread_prompt_ids

SEED = 20261121
N_SHOTS, N_TEST = 10, 60

Scene = Picture | Recording | Clip


@dataclass(frozen=True)
class Item:
    """One record to be: its task, split, number, scene, question and prompt."""

    task: DemoTask
    split: str
    id: int
    scene: Scene
    question: Question
    prompt_id: int


def plan() -> list[Item]:
    """Return all items, task by task, shots before test; no two scenes of the suite share a key."""
    used: set[object] = set()
    items: list[Item] = []
    for task in DEMO_TASKS:
        items += _plan_split(task, "shots", N_SHOTS, 1, used)
        items += _plan_split(task, "test", N_TEST, 1 + N_SHOTS, used)
    return items


def suite_keys() -> frozenset[object]:
    """The keys of all scenes of the suite, which training scenes must not have."""
    return frozenset(item.scene.key() for item in plan())


def chance(kind: str) -> float:
    """The chance of guessing a question of this kind right, its answers being spread evenly."""
    return 1 / _N_ANSWERS[kind]


def _plan_split(task: DemoTask, split: str, n: int, first: int, used: set[object]) -> list[Item]:
    rng = random.Random(f"{SEED}:{task.name}:{split}")
    kinds = [task.kinds[i % len(task.kinds)] for i in range(n)]
    wanted = {kind: _spread(_WANTED[kind], kinds.count(kind), rng) for kind in task.kinds}
    prompts = spread_prompt_ids(n, rng)
    rng.shuffle(kinds)
    items = []
    for i, kind in enumerate(kinds):
        scene, question = _fresh(kind, wanted[kind].pop(), rng, used)
        items.append(Item(task, split, first + i, scene, question, prompts[i]))
    return items


def _spread(values: object, n: int, rng: random.Random) -> list:  # type: ignore[type-arg]
    """`n` values, each as often as any other to within one, in random order."""
    pool = list(values)  # type: ignore[call-overload]
    rng.shuffle(pool)
    chosen = [pool[i % len(pool)] for i in range(n)]
    rng.shuffle(chosen)
    return chosen


def _fresh(kind: str, want: Any, rng: random.Random, used: set[object]) -> tuple[Scene, Question]:
    while True:
        scene, question = _MAKERS[kind](want, rng)
        if scene.key() not in used:
            used.add(scene.key())
            return scene, question


Made = tuple[Scene, Question]


def _make_count(n: int, rng: random.Random) -> Made:
    picture = pictures.stickers(rng, rng.choice(pictures.COLORS), n)
    return picture, questions.count(picture, rng)


def _make_color(color: str, rng: random.Random) -> Made:
    picture = pictures.stickers(rng, color, rng.randint(1, 5))
    return picture, questions.color(picture, rng)


def _make_side(want: tuple[str, int], rng: random.Random) -> Made:
    shape, which = want
    shapes = [rng.choice([s for s in pictures.PAIR_SHAPES if s != shape])]
    shapes.insert(which, shape)
    picture = pictures.pair(rng, *shapes)
    return picture, questions.side(picture, which, rng)


def _make_place(quarter: int, rng: random.Random) -> Made:
    picture = pictures.alone(rng, quarter)
    return picture, questions.place(picture, rng)


def _make_sound(name: str, rng: random.Random) -> Made:
    recording = sounds.repeated(rng, name, rng.randint(1, 5))
    return recording, questions.heard(recording, rng)


def _make_times(n: int, rng: random.Random) -> Made:
    recording = sounds.repeated(rng, rng.choice(sounds.SOUNDS), n)
    return recording, questions.times(recording, rng)


def _make_order(want: tuple[str, int], rng: random.Random) -> Made:
    name, which = want
    names = rng.sample([s for s in sounds.ORDER_SOUNDS if s != name], 2)
    names.insert(which, name)
    recording = sounds.sequence(rng, names)
    return recording, questions.order(recording, which, rng)


def _make_direction(direction: str, rng: random.Random) -> Made:
    clip = clips.moving(rng, direction)
    return clip, questions.direction(clip, rng)


def _make_mover(shape: str, rng: random.Random) -> Made:
    clip = clips.moving(rng, rng.choice(clips.DIRECTIONS), shape)
    return clip, questions.mover(clip, rng)


def _make_change(change: str, rng: random.Random) -> Made:
    clip = clips.changing(rng, change)
    return clip, questions.change(clip, rng)


_MAKERS: dict[str, Callable[..., Made]] = {
    "count": _make_count,
    "color": _make_color,
    "side": _make_side,
    "place": _make_place,
    "sound": _make_sound,
    "times": _make_times,
    "order": _make_order,
    "direction": _make_direction,
    "mover": _make_mover,
    "change": _make_change,
}

_WANTED: dict[str, tuple[object, ...]] = {
    "count": (1, 2, 3, 4, 5),
    "color": pictures.COLORS,
    "side": tuple((s, w) for s in pictures.PAIR_SHAPES for w in range(2)),
    "place": (0, 1, 2, 3),
    "sound": sounds.SOUNDS,
    "times": (1, 2, 3, 4, 5),
    "order": tuple((s, w) for s in sounds.ORDER_SOUNDS for w in range(3)),
    "direction": clips.DIRECTIONS,
    "mover": pictures.SHAPES,
    "change": clips.CHANGES,
}

_N_ANSWERS = {kind: len(values) for kind, values in _WANTED.items()} | {"side": 4, "order": 4}
