"""What the task files beside this one call."""

from typing import Any

from PIL import Image


def visual(doc: dict[str, Any]) -> list[Any]:
    return [Image.open(doc["media"]).convert("RGB")] if doc["kind"] == "image" else [doc["media"]]


def text(doc: dict[str, Any]) -> str:
    return f"{doc['before']}<{doc['kind']}>{doc['after']}"


def messages(doc: dict[str, Any]) -> list[dict[str, Any]]:
    if doc["media"] == "broken.png":
        # A question that the server refuses: it is longer than what the model can read.
        return [{"role": "user", "content": [{"type": "text", "text": "слово " * 5000}]}]
    content = [
        {"type": "text", "text": doc["before"]},
        {"type": doc["kind"], "url": visual(doc)[0]},
        {"type": "text", "text": doc["after"]},
    ]
    return [{"role": "user", "content": content}]


def score(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    answer = results[0]
    return {"exact": float(answer.split()[-1:] == [doc["gold"]]), "words": float(len(answer.split()))}
