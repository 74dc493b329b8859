"""MERA Multi: a card (a TOML file of facts) for each of its 18 tasks, and the names that people call them by."""

from studio.tasks.mera.cards import MODALITY_ORDER, SUITE, suite_task, suite_tasks
from studio.tasks.mera.names import plain_name, subset_named

__all__ = ["MODALITY_ORDER", "SUITE", "plain_name", "subset_named", "suite_task", "suite_tasks"]
