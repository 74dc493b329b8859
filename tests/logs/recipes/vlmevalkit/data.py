"""The small demo records as VLMEvalKit's tables: python data.py LMUDATA (from the folder that `small.py` wrote)."""

import base64
import csv
import json
import sys
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    letters = _records("ruDemoWhich")[:10]
    _write(folder / "ruDemoWhich.tsv", [_row(row) | row["options"] for row in letters])
    rows = [_row(row) for row in _records("ruDemoStickers")[:10]]
    rows[4]["question"] = "слово " * 3000  # longer than what the model can read: the server refuses it
    _write(folder / "ruDemoStickers.tsv", rows)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    picture = base64.b64encode(Path(row["media"]).read_bytes()).decode()
    question = row["before"] + row["after"] if not row["options"] else row["question"]
    return {
        "index": row["id"],
        "image": picture,
        "question": question,
        "answer": row["gold"],
        "category": row["category"],
    }


def _records(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(Path(f"{name}.json").read_text("utf-8"))
    return rows


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
