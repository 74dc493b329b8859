"""Build an instruction from blocks: drop the empty ones, join the rest with a blank line.

The rule is MERA Multi's, read from its finished instructions; the wordings in `blocks` are ours.
Media stand as `<image>`, `<audio>`, `<video>`, text slots as `{question}`, `{option_a}` …
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.prompts.blocks import ANSWER_FORMATS, ANSWER_NOUNS, BLOCKS
from studio.prompts.configurations import BLOCK_ORDER, CONFIGURATIONS, PROMPT_IDS, Style

_MEDIA_LABELS = {
    "image": ("Изображение", "Изображения", "изображение"),
    "audio": ("Аудиофайл", "Аудиофайлы", "аудиофайл"),
    "video": ("Видеофайл", "Видеофайлы", "видеофайл"),
}


@dataclass(frozen=True)
class TaskWording:
    """What the blocks need to know of a task.

    `modality` is image, audio or video; `about` continues "ответить на вопрос …"; `context` is the
    sentence of facts that stands under the lead-in; `answer_kind` is letter, number or short.
    """

    modality: str
    about: str
    context: str
    answer_kind: str


def build_instruction(
    prompt_id: int,
    task: TaskWording,
    record_options: Sequence[str] = (),
    *,
    media: Sequence[str] = (),
    answer_kind: str | None = None,
    with_question: bool = True,
) -> str:
    """Return the template of prompt 1 to 10 for one record.

    `record_options` are the option slots the record has (`option_a`, …), `media` its media slots
    (one, named by the modality, unless told otherwise); `answer_kind` overrides the task's for a
    record. Raises `ValueError` on an unknown prompt, modality or kind of answer.
    """
    blocks = build_blocks(
        prompt_id, task, record_options, media=media, answer_kind=answer_kind, with_question=with_question
    )
    return "\n\n".join(blocks.values())


def build_blocks(
    prompt_id: int,
    task: TaskWording,
    record_options: Sequence[str] = (),
    *,
    media: Sequence[str] = (),
    answer_kind: str | None = None,
    with_question: bool = True,
) -> dict[str, str]:
    """Return the non-empty blocks of one instruction, by name and in order."""
    if prompt_id not in CONFIGURATIONS:
        raise ValueError(f"Unknown prompt {prompt_id}; there are prompts 1 to {len(CONFIGURATIONS)}.")
    return word_blocks(
        CONFIGURATIONS[prompt_id],
        task,
        record_options,
        media=media,
        answer_kind=answer_kind,
        with_question=with_question,
    )


def word_blocks(
    styles: Mapping[str, Style],
    task: TaskWording,
    record_options: Sequence[str] = (),
    *,
    media: Sequence[str] = (),
    answer_kind: str | None = None,
    with_question: bool = True,
) -> dict[str, str]:
    """Return the non-empty blocks of any configuration (a style for each block), by name and in order."""
    _check(task.modality, answer_kind or task.answer_kind)
    slots = tuple(media) or (task.modality,)
    texts: dict[str, str] = {}
    for block in BLOCK_ORDER:
        style = styles[block]
        if style is Style.NONE:
            continue
        if block == "question":
            texts[block] = _question(task.modality, slots, with_question)
        elif block == "answer_options":
            texts[block] = _options(record_options)
        elif block == "answer_format":
            texts[block] = ANSWER_FORMATS[style].format(**ANSWER_NOUNS[answer_kind or task.answer_kind])
        else:
            texts[block] = BLOCKS[block][style].format(
                about=task.about, context=task.context, n_media=_counted(task.modality, len(slots))
            )
    return {block: text for block, text in texts.items() if text}


def spread_prompt_ids(n: int, rng: random.Random) -> list[int]:
    """Return `n` prompt ids in random order, each of the ten as often as any other (to within one)."""
    ids = [PROMPT_IDS[i % len(PROMPT_IDS)] for i in range(n)]
    rng.shuffle(ids)
    return ids


def _check(modality: str, answer_kind: str) -> None:
    if modality not in _MEDIA_LABELS:
        raise ValueError(f"Unknown modality {modality!r}; known: {', '.join(_MEDIA_LABELS)}.")
    if answer_kind not in ANSWER_NOUNS:
        raise ValueError(f"Unknown kind of answer {answer_kind!r}; known: {', '.join(ANSWER_NOUNS)}.")


def _question(modality: str, slots: Sequence[str], with_question: bool) -> str:
    one, many, _ = _MEDIA_LABELS[modality]
    label = one if len(slots) == 1 else many
    lines = [f"{label}: " + ", ".join(f"<{slot}>" for slot in slots)]
    if with_question:
        lines += ["Вопрос:", "{question}"]
    return "\n".join(lines)


def _options(options: Sequence[str]) -> str:
    return "\n".join(f"{name.removeprefix('option_').upper()}. {{{name}}}" for name in options)


def _counted(modality: str, n: int) -> str:
    noun = _MEDIA_LABELS[modality][2]
    if n == 1:
        return f"Имеется 1 {noun}"
    many = {"изображение": "изображения", "аудиофайл": "аудиофайла", "видеофайл": "видеофайла"}
    return f"Имеется {n} {many[noun]}" if n < 5 else f"Имеется файлов: {n}"
