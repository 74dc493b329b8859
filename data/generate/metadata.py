"""`dataset_meta.json` and README of a demo task, worded like MERA's."""

from __future__ import annotations

from collections import Counter
from typing import Any

from data.generate.plan import chance
from data.generate.wordings import DemoTask

LICENCE = "CC0-1.0"

_SLOT_RU = {"image": "Путь к изображению", "audio": "Путь к аудиофайлу", "video": "Путь к видеофайлу"}
_SLOT_EN = {
    "image": "Path to the image",
    "audio": "Path to the audio file",
    "video": "Path to the video file",
}


def task_chance(task: DemoTask) -> float:
    """The score of guessing: the mean over the kinds of question, which are equally frequent."""
    return round(sum(chance(kind) for kind in task.kinds) / len(task.kinds), 4)


def dataset_meta(task: DemoTask, example: dict[str, Any], size: int) -> dict[str, Any]:
    """MERA's fields, then ours: `title`, `answer_type`, `modality`, `chance`."""
    return {
        "dataset_name": task.name,
        "license": LICENCE,
        "dataset_size": size,
        "description": task.description,
        "modalities": ["text", task.modality],
        "skills": list(task.skills),
        "domains": [],
        "universal_domains": [],
        "synt_source_models": [],
        "data_example": example,
        "data_field_descriptions": _descriptions(task, example),
        "metrics": {
            "EM": {"ru": "Точное совпадение", "en": "Exact Match"},
            "JS": {"ru": "Оценка модели-судьи", "en": "Judge Score"},
        },
        "human_benchmark": {},
        "title": {"ru": task.title_ru, "en": task.title_en},
        "answer_type": task.wording.answer_kind,
        "modality": task.modality,
        "chance": task_chance(task),
    }


def _descriptions(task: DemoTask, example: dict[str, Any]) -> dict[str, Any]:
    inputs = {
        task.modality: _both(_SLOT_RU[task.modality], _SLOT_EN[task.modality]),
        "question": _both("Вопрос", "The question"),
    }
    for slot in example["inputs"]:
        if slot.startswith("option_"):
            letter = slot.removeprefix("option_").upper()
            inputs[slot] = _both(f"Вариант ответа {letter}", f"Answer option {letter}")
    return {
        "instruction": _both(
            "Шаблон запроса с полями в фигурных скобках", "Prompt template with slots in braces"
        ),
        "inputs": inputs,
        "outputs": _both("Правильный ответ", "The right answer"),
        "meta": {
            "id": _both("Номер записи", "Number of the record"),
            "prompt_id": _both("Номер блочного промпта, от 1 до 10", "Number of the block prompt, 1 to 10"),
            "categories": {"question_type": _both("Тип вопроса", "Kind of question")},
            task.modality: {
                "synt_source": _both("Чем создан файл", "What made the file"),
                "source": _both("Источник файла", "Where the file comes from"),
                "type": _both("Тип файла", "Type of the file"),
            },
        },
    }


def _both(ru: str, en: str) -> dict[str, str]:
    return {"ru": ru, "en": en}


def readme(task: DemoTask, example: dict[str, Any], n_test: int, n_shots: int) -> str:
    """A short card of the task."""
    shown = "\n".join(f"    {slot}: {text}" for slot, text in example["inputs"].items())
    kinds = ", ".join(f"`{kind}`" for kind in Counter(task.kinds))
    return f"""# {task.title_ru}

{task.description}

- Records: {n_test} test, {n_shots} shots; kinds of question: {kinds}.
- Modality: {task.modality}; answer: {task.wording.answer_kind}; score of guessing: {task_chance(task):.3f}.
- Each of the ten block prompts stands on exactly a tenth of the test records.
- Made by `python -m data.generate` from one seed: the same records and media every time.
- Licence: {LICENCE}. Nothing here was recorded or photographed; no training medium of the embedded
  model shows the same figures in the same cells, or the same sounds at the same times.

An example (test, record {example["meta"]["id"]}, prompt {example["meta"]["prompt_id"]}):

{shown}
    outputs: {example["outputs"]}
"""
