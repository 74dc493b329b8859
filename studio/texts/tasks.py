"""Texts of the suites, their cards and their datasets."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.suite_card_broken": (
        "Карточка задачи {file} не читается: {reason}.",
        "The card of a task, {file}, cannot be read: {reason}.",
    ),
}
