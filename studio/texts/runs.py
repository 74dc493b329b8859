"""Texts of the Runs page."""

TEXTS: dict[str, tuple[str, str]] = {
    "runs.title": ("Прогоны", "Runs"),
    "runs.lead": (
        "Всё, что отвечали модели и люди, с оценками. Каждый прогон можно разобрать, продолжить и забрать "
        "одним файлом SQLite. Прогоны других программ загружаются из их журналов.",
        "Everything that models and people have answered, with scores. Each run can be inspected, resumed and "
        "taken away as one SQLite file. Runs of other tools are imported from their logs.",
    ),
    "runs.empty": ("Прогонов пока нет.", "There are no runs yet."),
    "runs.empty.do": ("Запустить модель", "Run a model"),
    "runs.kind.all": ("Все", "All"),
    "runs.kind.model": ("Модели", "Models"),
    "runs.kind.human": ("Люди", "People"),
    "runs.kind.imported": ("Импорт", "Imported"),
    "runs.imported": ("Прогон загружен из журнала {tool}", "The run was imported from a log of {tool}"),
    "runs.judge_it": ("Отдать судье", "Have it judged"),
    "runs.kind.label": ("Кто отвечал", "Who answered"),
    "runs.human": ("человек", "person"),
    "runs.judge": ("судья {judge}", "judge {judge}"),
    "runs.rules": ("правила EM:", "rules of EM:"),
    "runs.more_tasks": ("и ещё {n}", "and {n} more"),
    "runs.answered": ("{done} из {total}", "{done} of {total}"),
    "runs.inspect": ("Разобрать", "Inspect"),
    "runs.follow": ("Смотреть", "Watch"),
    "runs.resume": ("Продолжить", "Resume"),
    "runs.download": ("SQLite", "SQLite"),
    "runs.download.hint": ("Скачать прогон одним файлом SQLite", "Download the run as one SQLite file"),
    "runs.download.log": ("lm-eval", "lm-eval"),
    "runs.download.log.hint": (
        "Скачать прогон журналами lm-eval: results_*.json и samples_*.jsonl",
        "Download the run as logs of lm-eval: results_*.json and samples_*.jsonl",
    ),
    "runs.download.withheld": (
        "В файле есть эталон задачи, на вопросы которой сейчас отвечают люди: он откроется, когда они закончат",
        "The file holds gold of a task that people are answering: it opens when they have finished",
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
}
