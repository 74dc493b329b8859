"""Files of other tools' crowds, as those tools write them."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HEAD = (
    "INPUT:image", "INPUT:question", "OUTPUT:result", "GOLDEN:result", "HINT:text", "HINT:default_language",
    "ASSIGNMENT:link", "ASSIGNMENT:task_id", "ASSIGNMENT:assignment_id", "ASSIGNMENT:task_suite_id",
    "ASSIGNMENT:worker_id", "ASSIGNMENT:status", "ASSIGNMENT:started", "ASSIGNMENT:submitted",
    "ASSIGNMENT:accepted", "ASSIGNMENT:reward",
)  # fmt: skip


def toloka_row(n: int, worker: str, said: str, **rest: str) -> dict[str, str]:
    """Question `n` (from 0) of `write_task`, answered on a page of its own that took 12 s."""
    row = dict.fromkeys(HEAD, "") | {
        "INPUT:image": f"https://files.example/set/{n:04}.png?sig=1", "INPUT:question": f"Что на картинке номер {n}?",
        "OUTPUT:result": said, "ASSIGNMENT:task_id": f"t{n}", "ASSIGNMENT:assignment_id": f"a-{worker}-{n}",
        "ASSIGNMENT:worker_id": worker, "ASSIGNMENT:status": "APPROVED", "ASSIGNMENT:reward": "0.01",
        "ASSIGNMENT:started": "2026-03-01T10:00:00.000", "ASSIGNMENT:submitted": "2026-03-01T10:00:12.000",
    }  # fmt: skip
    return row | {name.replace("__", ":"): value for name, value in rest.items()}


def write_toloka(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, HEAD, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def annotation(number: int, who: object, said: object, kind: str = "choices", **rest: Any) -> dict[str, Any]:
    name = {"choices": "choices", "textarea": "text", "number": "number", "rating": "rating"}[kind]
    result = [{"id": "x", "from_name": "answer", "to_name": "image", "type": kind, "value": {name: said}}]
    return {
        "id": number, "completed_by": who, "result": result, "was_cancelled": False, "ground_truth": False,
        "lead_time": 7.5, "created_at": "2026-03-01T10:00:00.000000Z", "updated_at": "2026-03-01T10:00:20.000000Z",
    } | rest  # fmt: skip


def write_label_studio(path: Path, annotations: Mapping[int, Sequence[Mapping[str, Any]]]) -> Path:
    """Annotations by question (from 0) of `write_task`."""
    tasks = [
        {"id": 100 + n, "data": {"image": f"/data/upload/7/e875f554-{n:04}.png", "sample": str(n + 1)},
         "annotations": list(found), "predictions": []}
        for n, found in annotations.items()
    ]  # fmt: skip
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path
