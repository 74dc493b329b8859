"""EvalScope over `rows.json` of the folder where it is started: python evalscope_run.py BASE_URL TOGETHER OUT [CACHE]

With CACHE, the work folder of an earlier run, it goes on from there.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from evalscope import TaskConfig, run_task


def main(base_url: str, together: str, out: str, cache: str | None = None) -> None:
    path = Path("evalscope-data/pictures.jsonl")
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        rows = json.loads(Path("rows.json").read_text("utf-8"))
        path.write_text("".join(json.dumps(_line(row), ensure_ascii=False) + "\n" for row in rows), "utf-8")
    arguments = {
        "general_vqa": {
            "local_path": "evalscope-data",
            "subset_list": ["pictures"],
            "metric_list": ["exact_match"],
            "primary_metric": "exact_match",
        }
    }
    run_task(
        TaskConfig(
            model="omni",
            api_url=base_url,
            api_key="none",
            eval_type="openai_api",
            datasets=list(arguments),
            dataset_args=arguments,
            generation_config={"max_tokens": 32, "temperature": 0.0},
            eval_batch_size=int(together),
            ignore_errors=False,
            work_dir=out,
            no_timestamp=True,
            **({"use_cache": cache} if cache else {}),
        )
    )


def _line(row: dict[str, Any]) -> dict[str, Any]:
    data = base64.b64encode(Path(row["media"]).read_bytes()).decode()
    content = [
        {"type": "text", "text": row["before"]},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
        {"type": "text", "text": row["after"]},
    ]
    return {"messages": [{"role": "user", "content": content}], "answer": row["gold"]}


if __name__ == "__main__":
    main(*sys.argv[1:])
