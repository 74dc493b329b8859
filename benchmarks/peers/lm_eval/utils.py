"""What the task beside this file calls. Rows are those of the folder where lm-eval is started."""

import json
from pathlib import Path

import datasets


def pictures(**_):
    rows = json.loads(Path("rows.json").read_text(encoding="utf-8"))
    made = datasets.Dataset.from_list(rows)
    return {"test": made.cast_column("media", datasets.Image())}


def text(doc):
    return f"{doc['before']}<image>{doc['after']}"


def image(doc):
    return [doc["media"].convert("RGB")]
