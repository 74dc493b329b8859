"""Ask the omni model the whole demo suite, with media and without, and write scores and model card.

    python -m data.training.omni.evaluate [--model data/models/omni] [--write] [--limit N]

Without media means: a grey picture, silence, a still grey clip of the same size and length. With
`--write` the scores go to `scores.json` beside the weights and the card is written from them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core.judge import JudgeCase
from studio.judges import EMBEDDED, open_judge
from studio.media import load_audio, load_frames, load_image
from studio.metrics import exact_match

DATA = Path(__file__).parent.parent.parent
N_FRAMES = 8
BATCH = 30
MEANT_ACCEPTED, MEANT_ABOVE_CHANCE, MEANT_BLANK_NEAR = 0.75, 0.25, 0.10


@dataclass(frozen=True)
class Asked:
    """One record ready to be asked: its text around the medium, options, gold, and the medium's file."""

    task: str
    id: int
    kind: str
    prompt_id: int
    modality: str
    parts: tuple[str, str]
    options: dict[str, str]
    gold: str
    path: Path
    answer_type: str

    @property
    def prompt(self) -> str:
        return f"{self.parts[0]}<{self.modality}>{self.parts[1]}"


def read_suite(folder: Path, limit: int | None = None) -> list[Asked]:
    """The test records of every task folder, at most `limit` of each."""
    asked = []
    for task in sorted(path for path in folder.iterdir() if (path / "test.json").exists()):
        meta = json.loads((task / "dataset_meta.json").read_text(encoding="utf-8"))
        records = json.loads((task / "test.json").read_text(encoding="utf-8"))["data"]
        asked += [_asked(task, record, meta) for record in records[:limit]]
    return asked


def _asked(task: Path, record: dict[str, Any], meta: dict[str, Any]) -> Asked:
    modality, inputs = meta["modality"], record["inputs"]
    before, after = record["instruction"].format(**inputs).split(f"<{modality}>")
    options = {k.removeprefix("option_").upper(): v for k, v in inputs.items() if k.startswith("option_")}
    info = record["meta"]
    return Asked(
        task.name,
        info["id"],
        info["categories"]["question_type"],
        info["prompt_id"],
        modality,
        (before, after),
        options,
        record["outputs"],
        task / inputs[modality],
        "letter" if meta["answer_type"] == "letter" else "short",
    )


class Model:
    """The model as any user of transformers loads it. The class is named as for its large relatives: the automatic
    one would bring the talker along, and look for its voices."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import AutoProcessor, Qwen2_5OmniThinkerForConditionalGeneration

        self.processor = AutoProcessor.from_pretrained(folder)
        model_class = Qwen2_5OmniThinkerForConditionalGeneration
        self.model = model_class.from_pretrained(folder, dtype=torch.float32).eval()

    def answers(self, asked: Sequence[Asked], blank: bool = False) -> list[str]:
        """Greedy answers, in order; batches hold one modality and prompts of like length."""
        order = sorted(range(len(asked)), key=lambda i: (asked[i].modality, len(asked[i].prompt)))
        found: dict[int, str] = {}
        for batch in _batches(order, asked):
            for i, text in zip(batch, self._generate([asked[i] for i in batch], blank), strict=True):
                found[i] = text
        return [found[i] for i in range(len(asked))]

    def _generate(self, batch: Sequence[Asked], blank: bool) -> list[str]:
        modality = batch[0].modality
        texts = [
            self.processor.apply_chat_template(
                [{"role": "user", "content": _content(item)}], add_generation_prompt=True, tokenize=False
            )
            for item in batch
        ]
        media = [_medium(item, blank) for item in batch]
        inputs = self.processor(text=texts, return_tensors="pt", padding=True, **_keywords(modality, media))
        made = self.model.generate(**inputs, max_new_tokens=96, do_sample=False)
        return self.processor.batch_decode(made[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)


def _batches(order: Sequence[int], asked: Sequence[Asked]) -> Iterator[list[int]]:
    for modality in ("image", "audio", "video"):
        mine = [i for i in order if asked[i].modality == modality]
        for start in range(0, len(mine), BATCH):
            yield mine[start : start + BATCH]


def _content(item: Asked) -> list[dict[str, str]]:
    return [
        {"type": "text", "text": item.parts[0]},
        {"type": item.modality},
        {"type": "text", "text": item.parts[1]},
    ]


def _medium(item: Asked, blank: bool) -> Any:
    if item.modality == "image":
        image, _ = load_image(item.path)
        return Image.new("RGB", image.size, (128, 128, 128)) if blank else image
    if item.modality == "audio":
        sound, _ = load_audio(item.path)
        return np.zeros_like(sound) if blank else sound
    frames, _ = load_frames(item.path, N_FRAMES)
    stack = np.stack([np.asarray(frame) for frame in frames])
    return np.full_like(stack, 128) if blank else stack


def _keywords(modality: str, media: list[Any]) -> dict[str, Any]:
    if modality == "image":
        return {"images": media}
    if modality == "audio":
        return {"audio": media, "audio_kwargs": {"sampling_rate": 16_000}}
    return {"videos": media, "videos_kwargs": {"do_sample_frames": False}}


def score(asked: Sequence[Asked], answers: Sequence[str], judge: Any | None) -> list[dict[str, Any]]:
    """A row for each answer with `em` and, where there is a judge, `js`."""
    cases = [JudgeCase(a.prompt, a.gold, text) for a, text in zip(asked, answers, strict=True)]
    labels = [v.label for v in judge.verdicts(cases)] if judge else [None] * len(cases)
    rows = []
    for item, text, label in zip(asked, answers, labels, strict=True):
        em = exact_match(text, item.gold, options=item.options, answer_type=item.answer_type).value
        rows.append(
            {
                "task": item.task,
                "id": item.id,
                "kind": item.kind,
                "prompt_id": item.prompt_id,
                "gold": item.gold,
                "right_option": item.options.get(item.gold),
                "answer": text,
                "em": int(em or 0),
                "js": label,
            }
        )
    return rows


def accepted(row: dict[str, Any]) -> bool:
    """Right by Exact Match or by the judge."""
    return bool(row["em"] or row["js"])


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Means of a set of rows, for each task and in all."""
    groups: dict[str, list[dict[str, Any]]] = {"all": list(rows)}
    for row in rows:
        groups.setdefault(row["task"], []).append(row)
    return {name: _means(group) for name, group in groups.items()}


def _means(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    cells = Counter((row["em"], row["js"]) for row in rows)
    judged = [row["js"] for row in rows if row["js"] is not None]
    return {
        "n": len(rows),
        "em": round(sum(row["em"] for row in rows) / len(rows), 4),
        "js": round(sum(judged) / len(judged), 4) if judged else float("nan"),
        "accepted": round(sum(map(accepted, rows)) / len(rows), 4),
        **{f"em{em}_js{js}": cells[em, js] for em in (0, 1) for js in (0, 1)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=DATA / "models" / "omni")
    parser.add_argument("--suite", type=Path, default=DATA / "demo")
    parser.add_argument(
        "--models-dir", type=Path, default=DATA / "models", help="where the embedded judge lies"
    )
    parser.add_argument("--limit", type=int, help="records of each task")
    parser.add_argument("--rows", type=Path, help="write every answer to this file, one JSON a line")
    parser.add_argument(
        "--write", action="store_true", help="write scores.json and README.md into the model's folder"
    )
    args = parser.parse_args()
    scores = evaluate(args.model, args.suite, args.models_dir, args.limit, args.rows)
    print(json.dumps(scores, ensure_ascii=False, indent=2))
    if args.write:
        from data.training.omni.card import write_card

        (args.model / "scores.json").write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
        write_card(args.model, args.suite, scores)


def evaluate(
    model_folder: Path, suite: Path, models_dir: Path, limit: int | None, rows_file: Path | None
) -> dict[str, Any]:
    """Scores with media, scores without, seconds of the first pass."""
    asked = read_suite(suite, limit)
    model = Model(model_folder)
    judge = open_judge(EMBEDDED, models_dir=models_dir) if (models_dir / "judge").exists() else None
    began = time.monotonic()
    rows = score(asked, model.answers(asked), judge)
    seconds = time.monotonic() - began
    blank = score(asked, model.answers(asked, blank=True), judge)
    if rows_file:
        lines = [
            json.dumps({**row, "blank": kind}, ensure_ascii=False)
            for kind, rs in ((False, rows), (True, blank))
            for row in rs
        ]
        rows_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    judged_by = f"{judge.info.name} {judge.info.revision}" if judge else ""
    found = {
        "seconds": round(seconds, 1),
        "judge": judged_by,
        "scores": summary(rows),
        "blank": summary(blank),
    }
    return {**found, "missed": missed_targets(found, chances(suite))}


def chances(suite: Path) -> dict[str, float]:
    """The score of guessing, by task."""
    metas = [json.loads(path.read_text(encoding="utf-8")) for path in suite.glob("*/dataset_meta.json")]
    return {meta["dataset_name"]: meta["chance"] for meta in metas}


def missed_targets(found: dict[str, Any], guessing: dict[str, float]) -> list[str]:
    """What the model was meant to reach and did not, a sentence each."""
    seen, blank = found["scores"], found["blank"]
    missed = []
    if seen["all"]["accepted"] < MEANT_ACCEPTED:
        missed.append(f"all: accepted {seen['all']['accepted']:.2f}, meant at least {MEANT_ACCEPTED:.2f}")
    for task, chance in sorted(guessing.items()):
        if seen[task]["accepted"] < chance + MEANT_ABOVE_CHANCE:
            wanted = chance + MEANT_ABOVE_CHANCE
            missed.append(f"{task}: accepted {seen[task]['accepted']:.2f}, meant at least {wanted:.2f}")
        if abs(blank[task]["accepted"] - chance) > MEANT_BLANK_NEAR:
            missed.append(f"{task}: without media {blank[task]['accepted']:.2f}, meant near {chance:.2f}")
    return missed


if __name__ == "__main__":
    main()
