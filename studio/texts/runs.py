"""Texts of the Runs page."""

TEXTS: dict[str, tuple[str, str]] = {
    "runs.title": ("Прогоны", "Runs"),
    "runs.lead": (
        "Всё, что отвечали модели и люди, с оценками. Каждый прогон можно разобрать, продолжить и забрать "
        "одним файлом SQLite.",
        "Everything that models and people have answered, with scores. Each run can be inspected, resumed and "
        "taken away as one SQLite file.",
    ),
    "runs.empty": ("Прогонов пока нет.", "There are no runs yet."),
    "runs.empty.do": ("Запустить модель", "Run a model"),
    "runs.kind.all": ("Все", "All"),
    "runs.kind.model": ("Модели", "Models"),
    "runs.kind.human": ("Люди", "People"),
    "runs.kind.label": ("Кто отвечал", "Who answered"),
    "runs.human": ("человек", "person"),
    "runs.run": ("Прогон", "Run"),
    "runs.state": ("Состояние", "State"),
    "runs.started": ("Начат", "Started"),
    "runs.judge": ("судья {judge}", "judge {judge}"),
    "runs.more_tasks": ("и ещё {n}", "and {n} more"),
    "runs.answered": ("{done} из {total}", "{done} of {total}"),
    "runs.inspect": ("Разобрать", "Inspect"),
    "runs.follow": ("Смотреть", "Watch"),
    "runs.open": ("Открыть", "Open"),
    "runs.resume": ("Продолжить", "Resume"),
    "runs.download": ("SQLite", "SQLite"),
    "runs.download.hint": ("Скачать прогон одним файлом SQLite", "Download the run as one SQLite file"),
    "runs.download.withheld": (
        "В файле есть эталон задачи, которую вы размечаете: он откроется, когда вы закончите",
        "The file holds gold of a task that you are annotating: it opens when you finish",
    ),
    "runs.delete": ("Удалить", "Delete"),
    "runs.delete.title": ("Удалить прогон?", "Delete the run?"),
    "runs.delete.what": (
        "Будут удалены ответы, оценки и решения судьи: {name}, {answered}. Вернуть их нельзя.",
        "Answers, scores and judge verdicts will be deleted: {name}, {answered}. They cannot be brought back.",
    ),
    "runs.delete.yes": ("Удалить навсегда", "Delete for ever"),
    "runs.delete.no": ("Оставить", "Keep"),
    "runs.deleted": ("Прогон «{run}» удалён.", "The run “{run}” was deleted."),
    "runs.page": ("{first}–{last} из {total}", "{first}–{last} of {total}"),
    "runs.previous": ("Новее", "Newer"),
    "runs.following": ("Старее", "Older"),
    "runs.actions": ("Действия", "Actions"),
}
