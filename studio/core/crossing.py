"""A crossed run: some questions of a task, each put in every prompt of the task, so that prompts can be compared.

In MERA a question has one prompt, and a mean by prompt is a mean over other questions. Only where the same questions
were put in every way does a difference between prompts come from the prompts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MARK = "crossed"  # the key of a sample's `meta` that holds {"item": its record's id, "own": that record's prompt}


@dataclass(frozen=True)
class Crossing:
    """How many questions of each task are crossed, and the seed that chooses them. With the same seed the questions of
    a smaller number are among those of a larger one, so that runs of both share them."""

    items: int
    seed: int = 0

    @staticmethod
    def from_json(data: Mapping[str, Any] | None) -> "Crossing | None":
        return Crossing(int(data["items"]), int(data.get("seed", 0))) if data else None


def crossed_id(item: str, prompt: int) -> str:
    """The id of a question in one of its prompts; unique where ids of questions are."""
    return f"{item}@p{prompt}"


def item_of(meta: Mapping[str, Any]) -> str | None:
    """The question behind a sample of a crossed run; None for any other sample."""
    mark = meta.get(MARK)
    return str(mark["item"]) if isinstance(mark, Mapping) and "item" in mark else None
