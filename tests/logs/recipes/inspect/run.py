"""Runs the tasks of `demo.py` against a local OpenAI-compatible server: python run.py MODEL BASE_URL LOG_DIR"""

import os
import sys
from pathlib import Path

from inspect_ai import eval as evaluate

sys.path.insert(0, str(Path(__file__).parent))

import demo


def main(model: str, base_url: str, logs: str) -> None:
    os.environ["LOCAL_BASE_URL"], os.environ["LOCAL_API_KEY"] = base_url, "none"
    options = {"log_dir": logs, "display": "plain", "log_images": True}
    name = f"openai-api/local/{model}"
    evaluate(demo.ruDemoWhich(), model=name, limit=4, **options)
    evaluate(demo.ruDemoStickers(), model=name, limit=6, **options)
    evaluate(demo.ruDemoMixed(), model=name, **options)
    evaluate(demo.ruDemoStickers(), model=name, limit=2, log_format="json", **options)
    evaluate(demo.ruDemoTools(), model="fixed/caller", **options)


if __name__ == "__main__":
    main(*sys.argv[1:])
