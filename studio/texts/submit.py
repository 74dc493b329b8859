"""Texts of the Submission page: packing runs, checking an archive, and the report of either."""

TEXTS: dict[str, tuple[str, str]] = {
    "nav.submission": ("Заявка", "Submission"),
    "submit.title": ("Заявка на сайт MERA", "A submission to MERA's site"),
    "submit.lead": (
        "Соберите архив из прогонов или проверьте готовый, чей угодно: здесь видно, чего не хватает по каждой из 18 "
        "задач и что сайт не примет.",
        "Pack runs into an archive, or check a ready one, whoever made it: here you see what each of the 18 tasks "
        "lacks and what the site would refuse.",
    ),
    # packing
    "submit.runs": ("Собрать из прогонов", "Pack runs"),
    "submit.runs.note": (
        "Задачи одной модели могут быть в разных прогонах: отметьте все.",
        "A model's tasks may be spread over runs: tick them all.",
    ),
    "submit.runs.none": (
        "Здесь пока нет прогонов задач MERA Multi. Запустите модель на одной из них или сразу на всех: на странице "
        "«Запуск», в настройках, поле «Другие задачи», имя mera.",
        "There are no runs of MERA Multi's tasks here yet. Run a model on one of them or on all: on the page “Run”, in "
        "the settings, the field “Other tasks” takes the name mera.",
    ),
    "submit.runs.do": ("К запуску", "To Run"),
    "submit.run.going": ("ещё идёт", "still going on"),
    "submit.run.limit": ("по {n} из задачи", "{n} of each task"),
    "submit.run.tasks": ("{n} из 18 задач: {names}", "{n} of 18 tasks: {names}"),
    "submit.packing": (
        "Собираю и проверяю. Полный набор задач занимает около четверти минуты…",
        "Packing and checking. The whole suite takes about a quarter of a minute…",
    ),
    "submit.packed": ("Архив из прогонов", "Archive of runs"),
    "submit.left_out": (
        "Не из MERA Multi, в архив не войдёт: {names}.",
        "Not of MERA Multi, left out of the archive: {names}.",
    ),
    "submit.download": ("Скачать архив", "Download the archive"),
    "submit.download.unfit": ("Скачать как есть", "Download as it is"),
    "submit.inside": (
        "{size}. Внутри ответы, тексты вопросов и настройки; медиа и эталонов закрытых задач нет.",
        "{size}. It holds answers, texts of questions and settings; no media, and no gold of private tasks.",
    ),
    "submit.partial": (
        "Часть задач пропущена намеренно",
        "Some tasks are left out on purpose",
    ),
    "submit.partial.note": (
        "И для своего архива, и для готового: задача без файла станет замечанием, а не ошибкой.",
        "For an archive of runs and for one that is checked: a task without a file is then a warning, not an error.",
    ),
    # checking
    "submit.check": ("Проверить готовый архив", "Check a ready archive"),
    "submit.drop": ("Перетащите zip сюда или выберите файл", "Drop a zip here, or choose a file"),
    "submit.drop.note": (
        "До {mb} МБ, собранный чем угодно. Архив проверят и сразу сотрут.",
        "Up to {mb} MB, made by any tool. The archive is checked and erased at once.",
    ),
    "submit.sending": ("Отправляю: {percent} %", "Sending: {percent}%"),
    "submit.checking": ("Проверяю…", "Checking…"),
    "submit.lost": (
        "Студия не ответила. Проверьте соединение и повторите.",
        "The studio did not answer. Check the connection and try again.",
    ),
    "submit.checked": ("Архив {file}", "Archive {file}"),
    # the report
    "submit.fit": ("Архив годен", "The archive is fit"),
    "submit.unfit": ("Архив не годен", "The archive is not fit"),
    "submit.counts": ("ошибок: {errors}, замечаний: {warnings}", "errors: {errors}, warnings: {warnings}"),
    "submit.state.fit": ("годен", "fit"),
    "submit.state.unfit": ("не годен", "not fit"),
    "submit.state.missing": ("нет", "missing"),
    "submit.error": ("Ошибка", "Error"),
    "submit.warning": ("Замечание", "Warning"),
    "submit.archive": ("Об архиве в целом", "About the archive as a whole"),
    "submit.tasks": ("По задачам", "By task"),
    "submit.of": ("{found} из {size}", "{found} of {size}"),
    "submit.missing": ("Задач нет в архиве: {n}", "Tasks not in the archive: {n}"),
    "submit.missing.error": (
        "Ошибка: другие задачи с тем же видом данных в архиве есть, а непройденная считается нулём. Прогоните её; если "
        "так и задумано, отметьте «Часть задач пропущена намеренно».",
        "An error: other tasks of that modality are there, and one that was not attempted counts as 0. Run it; if that "
        "is meant, tick “Some tasks are left out on purpose”.",
    ),
    "submit.missing.warning": (
        "Непройденная задача считается нулём в итогах.",
        "A task that was not attempted counts as 0 in the totals.",
    ),
    "submit.settings_unknown": (
        "Настройки прогонов по этому архиву не узнать: в нём нет файлов results_*.json.",
        "How the answers were made cannot be told from this archive: it has no results_*.json.",
    ),
    "submit.from_run": ("В заявку", "Submit"),
    # refusals
    "error.submission_large": (
        "Архив больше {mb} МБ: полный набор с ответами предельной длины занимает около {whole} МБ.",
        "The archive is larger than {mb} MB: the whole suite with answers at the limit of length takes about "
        "{whole} MB.",
    ),
    "error.submission_large.hint": (
        "Проверьте, не попали ли в него медиафайлы.",
        "See whether media have got into it.",
    ),
    "error.submission_no_runs": ("Не отмечено ни одного прогона.", "No run is ticked."),
    "error.submission_empty": ("Файл пуст.", "The file is empty."),
    "error.submission_busy": (
        "Сейчас студия проверяет другие архивы.",
        "The studio is checking other archives now.",
    ),
    "error.submission_busy.hint": ("Повторите через минуту.", "Try again in a minute."),
}
