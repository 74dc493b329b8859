"""A model that fails in ways known beforehand, for tests of why answers fail."""

from pathlib import Path
from typing import Any

from studio.service import Studio
from tests.support import scripted_studio, write_task
from tests.two_models import ran

GOLDS = ["кот", "пёс", "лес", "5", "дом", "да", "шар", "7"]
# Right by both; extra words, which the judge accepts, four times; wrong by both from the sixth on.
ANSWERS = [
    "ОТВЕТ кот",
    "Это пёс сидит",
    "тут лес шумит",
    "их всего 5 штук",
    "там дом стоит",
    "нет",
    "не могу сказать",
    "9",
]


def failing_studio(home: Path, n: int = len(GOLDS)) -> Studio:
    """The first `n` answers in turn, of a model named our/model. For the caller to close."""
    return scripted_studio(home, lambda asked: ANSWERS[(asked.key - 1) % n], data=home / "data")


def run_of(studio: Studio, folder: Path, n: int = len(GOLDS), **options: Any) -> str:
    """The id of a run over a task of the first `n` golds; `options` are of `write_task`."""
    return ran(studio, "our/model", write_task(folder, GOLDS[:n], **options))
