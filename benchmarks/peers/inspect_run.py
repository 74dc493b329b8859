"""Inspect over `rows.json` of the folder where it is started: python inspect_run.py BASE_URL TOGETHER LOGS [retry]

With `retry` the newest log of LOGS is taken up where it stopped.
"""

import json
import os
import sys
from pathlib import Path

from inspect_ai import Task, eval_retry, task
from inspect_ai import eval as evaluate
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageUser, ContentImage, ContentText, GenerateConfig
from inspect_ai.scorer import match
from inspect_ai.solver import generate


@task
def pictures(file: str) -> Task:
    rows = json.loads(Path(file).read_text(encoding="utf-8"))
    samples = [
        Sample(
            id=row["id"],
            input=[
                ChatMessageUser(
                    content=[
                        ContentText(text=row["before"]),
                        ContentImage(image=row["media"]),
                        ContentText(text=row["after"]),
                    ]
                )
            ],
            target=row["gold"],
        )
        for row in rows
    ]
    config = GenerateConfig(temperature=0.0, max_tokens=32)
    return Task(
        dataset=MemoryDataset(samples, name="pictures"), solver=generate(), scorer=match(), config=config
    )


def main(base_url: str, together: str, logs: str, retry: str = "") -> None:
    os.environ["LOCAL_BASE_URL"], os.environ["LOCAL_API_KEY"] = base_url, "none"
    n = int(together)
    if retry:
        newest = max(Path(logs).glob("*.eval"), key=lambda path: path.stat().st_mtime)
        eval_retry(str(newest), log_dir=logs, max_samples=n, max_connections=n, display="none")
        return
    evaluate(
        pictures(str(Path("rows.json").resolve())),
        model="openai-api/local/omni",
        log_dir=logs,
        max_samples=n,
        max_connections=n,
        display="none",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
