"""Which scene and question every record of the demo suite is about, drawn from one seed.

Answers, letters and prompts are spread evenly and independently of one another. The plan holds
no media: `suite` renders it, and training asks it for the scenes to stay away from.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

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
    return 1 / len(_WANTED[kind]) if kind in _OPEN else 0.25


def _plan_split(task: DemoTask, split: str, n: int, first: int, used: set[object]) -> list[Item]:
    rng = random.Random(f"{SEED}:{task.name}:{split}")
    kinds = [task.kinds[i % len(task.kinds)] for i in range(n)]
    wanted = {kind: _spread(_WANTED[kind], kinds.count(kind), rng) for kind in task.kinds}
    places = _spread(range(4), n, rng)
    prompts = spread_prompt_ids(n, rng)
    rng.shuffle(kinds)
    items = []
    for i, kind in enumerate(kinds):
        scene, question = _fresh(kind, wanted[kind].pop(), places[i], rng, used)
        items.append(Item(task, split, first + i, scene, question, prompts[i]))
    return items


def _spread(values: object, n: int, rng: random.Random) -> list:  # type: ignore[type-arg]
    """`n` values, each as often as any other to within one, in random order."""
    pool = list(values)  # type: ignore[call-overload]
    rng.shuffle(pool)
    chosen = [pool[i % len(pool)] for i in range(n)]
    rng.shuffle(chosen)
    return chosen


def _fresh(
    kind: str, want: object, place: int, rng: random.Random, used: set[object]
) -> tuple[Scene, Question]:
    while True:
        made = _MAKERS[kind](want, place, rng)
        if made is not None and made[0].key() not in used:
            used.add(made[0].key())
            return made


Made = tuple[Scene, Question] | None


def _make_count(n: int, place: int, rng: random.Random) -> Made:
    shape = rng.choice(pictures.SHAPES)
    picture = pictures.crowd(rng, shape, n)
    return picture, questions.count(picture, shape, rng)


def _make_color(color: str, place: int, rng: random.Random) -> Made:
    picture = pictures.quartet(rng)
    figure = next((f for f in picture.figures if f.color == color), None)
    return (picture, questions.color_of(picture, figure, rng)) if figure else None


def _make_shape(shape: str, place: int, rng: random.Random) -> Made:
    picture = pictures.quartet(rng)
    figure = next((f for f in picture.figures if f.shape == shape), None)
    return (picture, questions.shape_of_color(picture, figure, rng, place)) if figure else None


def _make_place(want: tuple[str, int], place: int, rng: random.Random) -> Made:
    shape, quarter = want
    picture = pictures.quartet(rng)
    figure = next(
        (f for f in picture.figures if f.shape == shape and (f.y > 0.5) * 2 + (f.x > 0.5) == quarter), None
    )
    return (picture, questions.shape_at(picture, figure, rng, place)) if figure else None


def _make_sound(name: str, place: int, rng: random.Random) -> Made:
    recording = sounds.repeated(rng, name, rng.randint(1, 5))
    return recording, questions.heard(recording, rng)


def _make_times(n: int, place: int, rng: random.Random) -> Made:
    recording = sounds.repeated(rng, rng.choice(sounds.SOUNDS), n)
    return recording, questions.times(recording, rng)


def _make_order(want: tuple[str, int], place: int, rng: random.Random) -> Made:
    name, which = want
    names = rng.sample([s for s in sounds.SOUNDS if s != name], 2)
    names.insert(which, name)
    recording = sounds.sequence(rng, names)
    return recording, questions.order(recording, which, rng, place)


def _make_direction(direction: str, place: int, rng: random.Random) -> Made:
    n, who = rng.choice(((1, 0), (2, 0), (2, 1)))
    directions = [rng.choice(clips.DIRECTIONS) for _ in range(n)]
    directions[who] = direction
    clip = clips.moving(rng, directions)
    return clip, questions.direction(clip, who, rng)


def _make_change(change: str, place: int, rng: random.Random) -> Made:
    clip = clips.changing(rng, change)
    return clip, questions.change(clip, rng, place)


_MAKERS: dict[str, Callable[..., Made]] = {
    "count": _make_count,
    "color": _make_color,
    "shape": _make_shape,
    "place": _make_place,
    "sound": _make_sound,
    "times": _make_times,
    "order": _make_order,
    "direction": _make_direction,
    "change": _make_change,
}

_OPEN = ("count", "color", "sound", "times", "direction")

_WANTED: dict[str, tuple[object, ...]] = {
    "count": (1, 2, 3, 4, 5),
    "color": pictures.COLORS,
    "shape": pictures.SHAPES,
    "place": tuple((s, q) for s in pictures.SHAPES for q in range(4)),
    "sound": sounds.SOUNDS,
    "times": (1, 2, 3, 4, 5),
    "order": tuple((s, w) for s in sounds.SOUNDS for w in range(3)),
    "direction": clips.DIRECTIONS,
    "change": clips.CHANGES,
}
