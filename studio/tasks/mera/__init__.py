"""MERA Multi: a card (a TOML file of facts) for each of its 18 tasks, and the names that people call them by."""

from studio.tasks.mera.cards import MODALITY_ORDER, SUITE, suite_task, suite_tasks
from studio.tasks.mera.entries import card_entry, card_of, entries, with_card
from studio.tasks.mera.names import near_names, plain_name, subset_named
from studio.tasks.mera.prompt_ids import with_prompt_ids

__all__ = [
    "MODALITY_ORDER",
    "SUITE",
    "card_entry",
    "card_of",
    "entries",
    "near_names",
    "plain_name",
    "subset_named",
    "suite_task",
    "suite_tasks",
    "with_card",
    "with_prompt_ids",
]
