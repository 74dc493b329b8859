"""What the task beside this file calls. Rows are those of the folder where lmms-eval is started."""

from typing import Any

from PIL import Image


def visual(doc: dict[str, Any]) -> list[Any]:
    return [Image.open(doc["media"]).convert("RGB")]


def text(doc: dict[str, Any]) -> str:
    return f"{doc['before']}<image>{doc['after']}"


def messages(doc: dict[str, Any]) -> list[dict[str, Any]]:
    content = [
        {"type": "text", "text": doc["before"]},
        {"type": "image", "url": visual(doc)[0]},
        {"type": "text", "text": doc["after"]},
    ]
    return [{"role": "user", "content": content}]


def score(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    return {"exact": float(results[0].split()[-1:] == [doc["gold"]])}
