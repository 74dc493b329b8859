"""Texts of errors of the store and of the service: what was asked cannot be done, and what to do instead."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.store_foreign": (
        "Файл {path} — не база MERA Studio.",
        "The file {path} is not a database of MERA Studio.",
    ),
    "error.store_foreign.hint": (
        "Он не тронут. Укажите другой файл: --db или STUDIO_DB.",
        "It was left untouched. Name another file: --db or STUDIO_DB.",
    ),
    "error.store_newer": (
        "Базу {path} записала более новая MERA Studio (шаги: {migrations}).",
        "The database {path} was written by a newer MERA Studio (steps: {migrations}).",
    ),
    "error.store_newer.hint": (
        "Обновите студию или возьмите другой файл.",
        "Update the studio or take another file.",
    ),
    "error.store_readonly": (
        "Базу {path} нельзя открыть для записи.",
        "The database {path} cannot be opened for writing.",
    ),
    "error.store_readonly.hint": (
        "Проверьте права на файл и папку или укажите другой файл: --db.",
        "Check the rights of the file and its folder, or name another file: --db.",
    ),
    "error.store_full": (
        "На диске с базой {path} кончилось место. Всё записанное раньше цело.",
        "The disk that holds {path} is full. What was written before is safe.",
    ),
    "error.store_full.hint": (
        "Освободите место и продолжите прогон: спросим только недостающее.",
        "Free some space and resume the run: only what is missing will be asked.",
    ),
    "error.store_locked": (
        "База {path} занята другой программой дольше десяти секунд.",
        "The database {path} has been held by another program for more than ten seconds.",
    ),
    "error.store_locked.hint": ("Закройте её и повторите.", "Close it and try again."),
    "error.store_unwritable": ("Нельзя писать в {path}: {reason}.", "Cannot write to {path}: {reason}."),
    "error.store_error": ("База {path} ответила ошибкой: {reason}.", "The database {path} failed: {reason}."),
    "error.unknown_sample": (
        "В прогоне «{run}» нет записи {sample}.",
        "The run “{run}” has no sample {sample}.",
    ),
    "error.unknown_cell": ("Нет клетки «{cell}».", "There is no cell “{cell}”."),
    "error.unknown_cell.hint": ("Известны: {known}.", "Known: {known}."),
    "error.cancelled": ("Остановлено.", "Stopped."),
    "error.no_model": ("Модель не выбрана.", "No model is chosen."),
    "error.no_tasks": ("Не выбрано ни одной задачи.", "No task is chosen."),
    "error.out_of_bounds": (
        "«{name}» = {value}, а должно быть от {low} до {high}.",
        "“{name}” is {value}, and should be from {low} to {high}.",
    ),
    "error.visitor_model": (
        "Здесь посетителям доступны модели: {offered}. «{model}» может запустить только владелец студии.",
        "Visitors may run these models here: {offered}. Only the owner of the studio may run “{model}”.",
    ),
    "error.visitor_task": (
        "«{name}» может открыть только владелец студии: посетителям доступны задачи из списка.",
        "Only the owner of the studio may open “{name}”: visitors may run the tasks of the list.",
    ),
    "error.not_yours": (
        "Остановить и продолжить прогон может тот, кто его начал, в том же браузере, и владелец студии.",
        "A run may be stopped and resumed by whoever began it, in the same browser, and by the studio's owner.",
    ),
    "error.human_run": (
        "«{run}» — ответы человека, моделью их не продолжить.",
        "“{run}” holds a person's answers; a model cannot go on with them.",
    ),
    "error.human_run.hint": ("Откройте «Разметку».", "Open “Annotate”."),
    "error.export_onto_itself": (
        "{path} — сама база студии: поверх неё не выгружаем.",
        "{path} is the studio's own database: nothing is exported onto it.",
    ),
    "error.export_no_folder": ("Папки {path} нет.", "There is no folder {path}."),
    "error.media_changed": (
        "Файл {file} изменился с начала прогона.",
        "The file {file} has changed since the run began.",
    ),
    "error.media_changed.hint": ("Начните новый прогон.", "Start a new run."),
    "error.judge_failed": (
        "Судья «{judge}» не ответил: {reason}.",
        "The judge “{judge}” did not answer: {reason}.",
    ),
    "error.judge_failed.hint": (
        "Ответ не оценён (это не ноль). Продолжите прогон, и судью спросят снова.",
        "The answer is unscored (not a zero). Resume the run and the judge will be asked again.",
    ),
    "error.bad_annotator": (
        "Напишите имя: от 1 до 80 печатных знаков.",
        "Write a name of 1 to 80 printable characters.",
    ),
    "error.one_task": ("«{name}» — не одна задача. Выберите одну.", "“{name}” is not one task. Choose one."),
    "error.empty_answer": ("Ответ пуст.", "The answer is empty."),
    "error.empty_answer.hint": (
        "Напишите его или пропустите вопрос с причиной.",
        "Write one, or skip the question with a reason.",
    ),
    "error.long_answer": ("Ответ длиннее {limit} знаков.", "The answer is longer than {limit} characters."),
    "error.unknown_reason": ("Нет причины «{reason}».", "There is no reason “{reason}”."),
    "error.unknown_reason.hint": ("Известны: {known}.", "Known: {known}."),
    "error.bad_client_id": ("Ответ пришёл без своего номера.", "The answer came without its own number."),
    "error.bad_client_id.hint": ("Обновите страницу и повторите.", "Reload the page and try again."),
}
