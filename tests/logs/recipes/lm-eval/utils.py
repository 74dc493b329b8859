"""What the task definitions here have in common: demo records as MERA's own harness hands them to lm-eval."""

import json
import os
from pathlib import Path

import datasets

DEMO = Path(os.environ.get("DEMO", "data/demo")).resolve()
FIRST_TURNS = 3  # of the dialogues that stand in for ruTiE's 500


def _records(task):
    rows = json.loads((DEMO / task / "test.json").read_text(encoding="utf-8"))["data"]
    for row in rows:
        row["inputs"]["image"] = str(DEMO / task / row["inputs"]["image"])
        row["meta"] = {"id": row["meta"]["id"], "categories": row["meta"]["categories"]}
    return rows


def _dataset(rows):
    made = datasets.Dataset.from_list(rows)
    features = made.features.copy()
    if "image" in features.get("inputs", {}):
        features["inputs"] = {**features["inputs"], "image": datasets.Image()}
        made = made.cast(datasets.Features(features))
    return {"test": made}


def which(**_):
    return _dataset(_records("ruDemoWhich"))


def stickers(**_):
    return _dataset(_records("ruDemoStickers"))


def several(**_):
    """Golds as a list, any of which is right, as in ruCommonVQA."""
    rows = _records("ruDemoStickers")
    for row in rows:
        row["outputs"] = [row["outputs"], f"{row['outputs']} цвет"]
    return _dataset(rows)


def dialogue(**_):
    """Two dialogues of a few turns; places instead of ids, as the fork's ruTiE has them after `process_docs`."""
    rows = _records("ruDemoWhich")
    for number, row in enumerate(rows):
        row["meta"] = {
            "question_id": number % FIRST_TURNS,
            "dialog_id": number // FIRST_TURNS,
            "categories": row["meta"]["categories"],
        }
    return _dataset(rows[: 2 * FIRST_TURNS])


def sums(**_):
    """Questions of text alone, with a choice of four."""
    rows = [
        {
            "id": f"sum-{number}",
            "question": f"Сколько будет {number} + 2?",
            "choices": [str(number + 2 + shift) for shift in (0, 1, 2, 3)],
            "answer": 0,
        }
        for number in range(1, 9)
    ]
    return _dataset(rows)


def prompt(doc):
    text = doc["instruction"]
    for key, value in doc["inputs"].items():
        if isinstance(value, str):
            text = text.replace("{" + key + "}", value)
    return text


def image(doc):
    return [doc["inputs"]["image"].convert("RGB")]


def choice_prompt(doc):
    return f"Вопрос: {doc['question']}\nОтвет:"
