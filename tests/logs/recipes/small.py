"""The demo records that all recipes ask about, made small: pictures at 112 pixels, so that logs with media stay small.

    python -m tests.logs.recipes.small FOLDER

writes FOLDER/<task>.json (and mixed.json: a sound, a clip, a picture, and a picture that is none), a list of {id,
before, after, media, kind, question, options, gold, category}: `before` and `after` are the prompt's text on either
side of its medium, `media` is the path of the medium from FOLDER.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image

DEMO = Path(__file__).resolve().parents[3] / "data" / "demo"
TASKS = {"ruDemoWhich": 16, "ruDemoStickers": 16, "ruDemoSounds": 2, "ruDemoChange": 2}
SIDE = 112  # the embedded model looks at pictures of this size


def main(folder: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for task, n in TASKS.items():
        records = json.loads((DEMO / task / "test.json").read_text("utf-8"))["data"][:n]
        rows[task] = [_row(task, record, folder) for record in records]
    broken = {**rows["ruDemoStickers"][0], "id": 999, "media": "broken.png"}
    rows["mixed"] = [rows["ruDemoSounds"][0], rows["ruDemoChange"][1], rows["ruDemoStickers"][1], broken]
    (folder / "broken.png").write_bytes(b"not a picture")
    for task, group in rows.items():
        (folder / f"{task}.json").write_text(json.dumps(group, ensure_ascii=False, indent=1), "utf-8")


def _row(task: str, record: dict[str, Any], folder: Path) -> dict[str, Any]:
    inputs, meta = record["inputs"], record["meta"]
    kind = next(kind for kind in ("image", "audio", "video") if kind in inputs)
    before, after = record["instruction"].split(f"<{kind}>")
    texts = {key: value for key, value in inputs.items() if key != kind}
    return {
        "id": meta["id"],
        "before": before.format(**texts),
        "after": after.format(**texts),
        "media": f"{task}/{_medium(DEMO / task / inputs[kind], folder / task)}",
        "kind": kind,
        "question": texts["question"],
        "options": {key[-1].upper(): text for key, text in texts.items() if key.startswith("option_")},
        "gold": record["outputs"],
        "category": meta["categories"]["question_type"],
    }


def _medium(source: Path, folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    if source.suffix == ".png":
        picture = Image.open(source).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        picture.quantize(64).save(target, optimize=True)
    else:
        shutil.copyfile(source, target)
    return target.name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
