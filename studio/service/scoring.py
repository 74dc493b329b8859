"""Exact Match for whoever has answers: of pairs that a tool brings."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from studio.core.outcome import Score
from studio.core.task import Gold, TaskInfo
from studio.metrics import Published, exact_match, intent_and_slots, settings_of
from studio.metrics.slots import Rule


def score_pairs(
    task: TaskInfo | None, pairs: Iterable[tuple[Gold | None, str]], profile: str, **settings: Any
) -> list[Score]:
    """Exact Match of (gold, prediction) pairs, in order.

    `settings` replace the task's own of a published profile (fields of `metrics.Published`). Raises BadInput.
    """
    kind = task.answer_type if task else None
    rules = replace(settings_of(task) if task else Published(), **settings)
    return [
        exact_match(answer, gold, answer_type=kind, profile=profile, settings=rules) for gold, answer in pairs
    ]


def score_slots(pairs: Iterable[tuple[Gold | None, str]], rule: Rule) -> list[tuple[Score, Score]]:
    """RuSLUn's intent EM and slot F1 of (gold, prediction) pairs, in order."""
    return [intent_and_slots(answer, gold, rule) for gold, answer in pairs]
