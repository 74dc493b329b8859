"""EvalScope over the small demo records, from the folder that `small.py` wrote: python run.py MODEL BASE_URL OUT

A letter task with pictures by path (general_vmcq), an open one with pictures as data URLs (general_vqa), and a mixed
one with a sound, a clip and a picture that is none, which EvalScope leaves out of its files.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from evalscope import TaskConfig, run_task


def main(model: str, base_url: str, out: str) -> None:
    _write("vmcq/ruDemoWhich_val.jsonl", [_letters(row) for row in _records("ruDemoWhich")[:10]])
    _write("vqa/ruDemoStickers.jsonl", [_open(row) for row in _records("ruDemoStickers")[:10]])
    _write("vqa/mixed.jsonl", [_open(row) for row in _records("mixed")])
    arguments: dict[str, Any] = {
        "general_vmcq": {
            "local_path": "vmcq",
            "subset_list": ["ruDemoWhich"],
            "prompt_template": "{question}",
        },
        "general_vqa": {
            "local_path": "vqa",
            "subset_list": ["ruDemoStickers", "mixed"],
            "metric_list": ["Rouge"],
        },
    }
    run_task(
        TaskConfig(
            model=model,
            api_url=base_url,
            api_key="none",
            eval_type="openai_api",
            datasets=list(arguments),
            dataset_args=arguments,
            generation_config={"max_tokens": 80, "temperature": 0.0},
            eval_batch_size=2,
            ignore_errors=True,
            work_dir=out,
            no_timestamp=True,
        )
    )


def _letters(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": f"{row['before']}<image 1>{row['after']}",
        "options": list(row["options"].values()),
        "image_1": row["media"],
        "answer": row["gold"],
        "id": row["id"],
    }


def _open(row: dict[str, Any]) -> dict[str, Any]:
    picture = row["media"]
    if row["kind"] == "image" and picture != "broken.png":
        picture = "data:image/png;base64," + base64.b64encode(Path(picture).read_bytes()).decode()
    part = {
        "image": {"type": "image_url", "image_url": {"url": picture}},
        "audio": {"type": "input_audio", "input_audio": {"data": row["media"], "format": "wav"}},
        "video": {"type": "video_url", "video_url": {"url": row["media"]}},
    }[row["kind"]]
    texts = [{"type": "text", "text": row[side]} for side in ("before", "after")]
    content = [texts[0], part, texts[1]]
    return {"messages": [{"role": "user", "content": content}], "answer": row["gold"]}


def _records(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(Path(f"{name}.json").read_text("utf-8"))
    return rows


def _write(name: str, rows: list[dict[str, Any]]) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
