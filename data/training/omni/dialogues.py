"""Dialogues the omni model learns from: scenes drawn by seed, questions about them, and replies.

The reply depends on the prompt, as a chat model's does: observations first where reasoning is asked
for, the word ОТВЕТ where a format is, a free sentence where nothing is.
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
from data.generate.wordings import TASK_OF_KIND
from studio.prompts import PROMPT_IDS, REASONING_PROMPTS, build_instruction

Scene = Picture | Recording | Clip

MODALITY = {
    "stickers": "image",
    "pair": "image",
    "alone": "image",
    "repeat": "audio",
    "sequence": "audio",
    "moving": "video",
    "changing": "video",
}
BLANKS = 0.05  # the share of media that show nothing: what is left then is to guess evenly
FOLLOW_UPS = (1, 2, 5, 8, 2, 5, 8, 3, 6)
LIGHT_PROMPTS = (2, 5, 8)  # follow-up turns keep only the question, the options and the format block
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
    """Draw a scene of a family."""
    if family == "stickers":
        return pictures.stickers(rng, rng.choice(pictures.COLORS), rng.randint(1, 5))
    if family == "pair":
        return pictures.pair(rng, *rng.sample(pictures.PAIR_SHAPES, 2))
    if family == "alone":
        return pictures.alone(rng, rng.randrange(4))
    if family == "repeat":
        return sounds.repeated(rng, rng.choice(sounds.SOUNDS), rng.randint(1, 5))
    if family == "sequence":
        return sounds.sequence(rng, rng.sample(sounds.ORDER_SOUNDS, 3))
    if family == "moving":
        return clips.moving(rng, rng.choice(clips.DIRECTIONS))
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


def _side(picture: Picture, rng: random.Random) -> Question:
    return questions.side(picture, rng.randrange(2), rng)


def _order(recording: Recording, rng: random.Random) -> Question:
    return questions.order(recording, rng.randrange(3), rng)


_ASKERS: dict[str, tuple[Callable[..., Question], ...]] = {
    "stickers": (questions.count, questions.color),
    "pair": (_side,),
    "alone": (questions.place,),
    "repeat": (questions.heard, questions.times),
    "sequence": (_order,),
    "moving": (questions.direction, questions.mover),
    "changing": (questions.change,),
}
