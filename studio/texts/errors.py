"""Texts of errors: what happened, with the value in it; the hint says what to do."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.unknown_task": ("Нет задачи «{name}».", "There is no task “{name}”."),
    "error.unknown_task.hint": (
        "Известны: {known}. Или укажите путь к папке задачи.",
        "Known: {known}. Or give the path of a task folder.",
    ),
    "error.unknown_model": ("Модель «{name}» не найдена.", "The model “{name}” was not found."),
    "error.unknown_run": ("Прогона «{run}» нет в этой базе.", "There is no run “{run}” in this database."),
    "error.unknown_run.hint": ("Список: python -m studio runs.", "List them: python -m studio runs."),
    "error.no_modality": (
        "Модель «{model}» не принимает {modality}, а задача «{task}» этого требует.",
        "The model “{model}” does not take {modality}, and the task “{task}” needs it.",
    ),
    "error.no_gold": ("В записи нет эталонного ответа.", "The record has no gold answer."),
    "error.no_answer": ("Модель не ответила.", "The model did not answer."),
    "error.run_active": ("Прогон «{run}» ещё идёт.", "The run “{run}” is still going on."),
    "error.run_active.hint": ("Сначала остановите его.", "Stop it first."),
    "error.gold_hidden": (
        "Эталон скрыт: вы размечаете эту задачу.",
        "Gold is hidden: you are annotating this task.",
    ),
    "error.not_allowed": ("Это действие вам недоступно.", "You may not do this."),
    "error.internal": (
        "Внутренняя ошибка: {kind}: {message}",
        "Internal error: {kind}: {message}",
    ),
}
