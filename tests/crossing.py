"""A task whose questions have one of several prompts each, as MERA's have."""

import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

WORDS = ("Скажите", "Ответьте", "Назовите", "Напишите")


def write_prompted(
    folder: Path, n: int = 12, *, prompts: int = 3, golds: Sequence[str] = ("да", "нет")
) -> Path:
    """`n` questions with a picture each; question i (from 1) stands in prompt (i − 1) mod `prompts` + 1."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number in range(n):
        file = f"samples/{number:04}.png"
        Image.new("RGB", (24, 24), (number * 37 % 256, number * 91 % 256, 120)).save(folder / file)
        prompt = number % prompts
        records.append(
            {
                "instruction": f"{WORDS[prompt]}.\n\nКартинка: <image>\nВопрос:\n{{question}}\n\nПосле слова ОТВЕТ.",
                "inputs": {"image": file, "question": f"Что на картинке номер {number + 1}?"},
                "outputs": golds[number % len(golds)],
                "meta": {"id": number + 1, "prompt_id": prompt + 1, "categories": {"kind": str(number % 2)}},
            }
        )
    content = json.dumps({"access": "public", "data": records}, ensure_ascii=False)
    (folder / "test.json").write_text(content, encoding="utf-8")
    return folder
