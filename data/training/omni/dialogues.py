"""Dialogues the omni model learns from: scenes drawn by seed, questions about them, and replies.

The reply depends on the prompt, as a chat model's does: observations first where reasoning is asked
for, the word ОТВЕТ where a format is, a free sentence where nothing is.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from data.generate import clips, pictures, questions, russian, sounds
from data.generate.clips import Clip
from data.generate.pictures import Picture
from data.generate.questions import Question
from data.generate.sounds import Recording
from data.generate.wordings import TASK_OF_KIND
from studio.prompts import PROMPT_IDS, REASONING_PROMPTS, build_instruction

Scene = Picture | Recording | Clip

MODALITY = {
    "crowd": "image",
    "quartet": "image",
    "repeat": "audio",
    "sequence": "audio",
    "moving": "video",
    "changing": "video",
}
FOLLOW_UPS = (1, 2, 5, 8, 2, 5, 8, 3, 6)
LIGHT_PROMPTS = (2, 5, 8)  # follow-up turns keep only the question, the options and the format block
_OPTION_WORDS = (
    [noun.one for noun in russian.SHAPES.values()],
    list(russian.SOUNDS.values()),
    list(russian.CHANGES.values()),
)
_REASONING_WORD = {6: "РАССУЖДЕНИЯ", 7: "РАССУЖДЕНИЯ"}


@dataclass(frozen=True)
class Turn:
    """A finished prompt (media placeholder included in the first turn) and the reply to learn."""

    prompt: str
    reply: str
    kind: str
    prompt_id: int
    text: str = ""


def sample_scene(family: str, rng: random.Random) -> Scene:
    """Draw a scene of a family; easier ones are mixed in, so that there is always something to learn."""
    if family == "crowd":
        return pictures.crowd(rng, rng.choice(pictures.SHAPES), rng.randint(1, 5))
    if family == "quartet":
        return pictures.quartet(rng, rng.choice((1, 2, 3, 4, 4, 4, 4)))
    if family == "repeat":
        return sounds.repeated(rng, rng.choice(sounds.SOUNDS), rng.randint(1, 5))
    if family == "sequence":
        return sounds.sequence(rng, rng.sample(sounds.SOUNDS, 3))
    if family == "moving":
        return clips.moving(rng, [rng.choice(clips.DIRECTIONS) for _ in range(rng.choice((1, 2, 2)))])
    if family == "changing":
        return clips.changing(rng, rng.choice(clips.CHANGES))
    raise ValueError(f"Unknown family {family!r}")


def ask(family: str, scene: Scene, rng: random.Random) -> Question:
    """Return a random question that the scene answers."""
    return rng.choice(_ASKERS[family])(scene, rng)


def dialogue(family: str, scene: Scene, rng: random.Random, n_turns: int) -> list[Turn]:
    """A first turn under one of the ten block prompts, then short turns about the same medium.

    At most `n_turns`; no question is put twice.
    """
    turns = [full_turn(ask(family, scene, rng), rng.choice(PROMPT_IDS))]
    asked = {turns[0].text}
    for _ in range(3 * n_turns):
        question = ask(family, scene, rng)
        if len(turns) < n_turns and question.text not in asked:
            asked.add(question.text)
            turns.append(light_turn(question, rng.choice(FOLLOW_UPS)))
    return turns


def lookups(rng: random.Random, n: int) -> Turn:
    """A turn without a medium: options, and `n` times a word of them with its letter."""
    words = rng.sample(rng.choice(_OPTION_WORDS), 4)
    question = Question("lookup", "Где что?", "letter", "A", "", "", "", tuple(words))
    asked = [rng.randrange(4) for _ in range(n)]
    pairs = "\n".join(f"Подходит {words[i]}: {questions.LETTERS[i]}" for i in asked)
    return Turn(light_turn(question, rng.choice(LIGHT_PROMPTS)).prompt, pairs, "lookup", 0)


def full_turn(question: Question, prompt_id: int) -> Turn:
    """The turn as a record of the suite asks it."""
    task = TASK_OF_KIND.get(question.kind) or TASK_OF_KIND["direction"]
    slots = _option_slots(question)
    template = build_instruction(prompt_id, task.wording, tuple(slots), answer_kind=question.answer_kind)
    prompt = template.format(question=question.text, **slots)
    return Turn(prompt, reply(question, prompt_id), question.kind, prompt_id, question.text)


def light_turn(question: Question, prompt_id: int) -> Turn:
    """Question, options and the format block alone."""
    full = full_turn(question, prompt_id).prompt.split("\n\n")
    start = next(i for i, block in enumerate(full) if "\nВопрос:\n" in block)
    blocks = [full[start].split("\n", 1)[1], *full[start + 1 :]]
    return Turn("\n\n".join(blocks), reply(question, prompt_id), question.kind, prompt_id, question.text)


def reply(question: Question, prompt_id: int) -> str:
    """What the model is taught to say."""
    if prompt_id in REASONING_PROMPTS:
        word = _REASONING_WORD.get(prompt_id, "РАССУЖДЕНИЕ")
        return f"{word} {question.reasoning}\nОТВЕТ {question.answer}"
    if prompt_id == 1:
        return question.free
    said = question.loose if prompt_id == 9 else question.answer
    if question.kind in ("sound", "times"):
        return f"ОТВЕТ {said}"
    return f"{question.reasoning}\nОТВЕТ {said}"


def _option_slots(question: Question) -> dict[str, str]:
    return {f"option_{'abcd'[i]}": text for i, text in enumerate(question.options)}


def _lone(picture: Picture, rng: random.Random) -> pictures.Figure | None:
    """A random figure whose shape occurs once."""
    shapes = [f.shape for f in picture.figures]
    lone = [f for f in picture.figures if shapes.count(f.shape) == 1]
    return rng.choice(lone) if lone else None


def _count(picture: Picture, rng: random.Random) -> Question:
    return questions.count(picture, rng.choice(picture.figures).shape, rng)


def _color(picture: Picture, rng: random.Random) -> Question:
    figure = _lone(picture, rng)
    return questions.color_of(picture, figure, rng) if figure else _count(picture, rng)


def _shape(picture: Picture, rng: random.Random) -> Question:
    return questions.shape_of_color(picture, rng.choice(picture.figures), rng, rng.randrange(4))


def _place(picture: Picture, rng: random.Random) -> Question:
    return questions.shape_at(picture, rng.choice(picture.figures), rng, rng.randrange(4))


def _order(recording: Recording, rng: random.Random) -> Question:
    return questions.order(recording, rng.randrange(3), rng, rng.randrange(4))


def _direction(clip: Clip, rng: random.Random) -> Question:
    return questions.direction(clip, rng.randrange(len(clip.actors)), rng)


def _change(clip: Clip, rng: random.Random) -> Question:
    return questions.change(clip, rng, rng.randrange(4))


_ASKERS: dict[str, tuple[Callable[..., Question], ...]] = {
    "crowd": (_count, _count, _count, _color),
    "quartet": (_color, _shape, _place, _color, _shape, _place, _count),
    "repeat": (questions.heard, questions.times),
    "sequence": (_order,),
    "moving": (_direction,),
    "changing": (_change,),
}
