"""Texts of the command line: the whole, its tables, what it says along the way, its refusals."""

TEXTS: dict[str, tuple[str, str]] = {
    # the whole
    "cli.about": (
        "MERA Studio: оценка русскоязычных мультимодальных моделей.\n\n"
        "Модель отвечает на вопросы по картинкам, звуку и видео; каждый ответ оценивают Exact Match (EM)\n"
        "и модель-судья (Judge Score, JS). Всё хранится в одном файле SQLite.",
        "MERA Studio: evaluation of multimodal models in Russian.\n\n"
        "A model answers questions about pictures, sounds and clips; each answer is scored by Exact Match (EM)\n"
        "and by a judge model (Judge Score, JS). Everything is kept in one SQLite file.",
    ),
    "cli.about.example": (
        "С чего начать:\n"
        "  python -m studio tasks                                      какие есть задачи\n"
        "  python -m studio run --model embedded --task demo --limit 5  прогнать встроенную модель\n"
        "  python -m studio runs                                       что получилось\n"
        "  python -m studio serve                                      то же самое в браузере\n\n"
        "Подробно о команде: python -m studio run --help. In English: --lang en or STUDIO_LANG=en.\n"
        "Коды выхода: 0 сделано; 1 сделано, но есть на что взглянуть; 2 так сделать нельзя; 130 остановлено.",
        "Where to begin:\n"
        "  python -m studio tasks                                      which tasks there are\n"
        "  python -m studio run --model embedded --task demo --limit 5  run the embedded model\n"
        "  python -m studio runs                                       what came out\n"
        "  python -m studio serve                                      the same in a browser\n\n"
        "More about a command: python -m studio run --help.\n"
        "Exit codes: 0 done; 1 done, with trouble to look at; 2 cannot be done as asked; 130 stopped.",
    ),
    "cli.usage": ("использование", "usage"),
    "cli.commands": ("команды", "commands"),
    "cli.command": ("КОМАНДА", "COMMAND"),
    "cli.options": ("параметры", "options"),
    "cli.default": ("по умолчанию {value}", "default {value}"),
    "cli.common": ("общие параметры", "common options"),
    "cli.examples": ("Примеры", "Examples"),
    "cli.stopped": ("Остановлено.", "Stopped."),
    "cli.page.title": ("Командная строка", "The command line"),
    "cli.page.note": (
        "Страница собрана из `--help` командой `make docs`. [In English](cli.en.md).",
        "This page is made from `--help` by `make docs`. [По-русски](cli.md).",
    ),
    # what stands for a value
    "cli.metavar.n": ("N", "N"),
    "cli.metavar.file": ("ФАЙЛ", "FILE"),
    "cli.metavar.run": ("ПРОГОН", "RUN"),
    "cli.metavar.filter": ("ФИЛЬТР", "FILTER"),
    "cli.metavar.clear": ("clear", "clear"),
    "cli.metavar.task": ("ЗАДАЧА", "TASK"),
    "cli.metavar.url": ("АДРЕС", "URL"),
    "cli.metavar.model": ("МОДЕЛЬ", "MODEL"),
    "cli.metavar.judge": ("СУДЬЯ", "JUDGE"),
    "cli.metavar.profile": ("ПРОФИЛЬ", "PROFILE"),
    "cli.metavar.revision": ("РЕВИЗИЯ", "REVISION"),
    "cli.metavar.device": ("УСТРОЙСТВО", "DEVICE"),
    "cli.metavar.text": ("ТЕКСТ", "TEXT"),
    "cli.metavar.name": ("ИМЯ", "NAME"),
    "cli.metavar.host": ("АДРЕС", "HOST"),
    "cli.metavar.category": ("ПРИЗНАК=ЗНАЧЕНИЕ", "KEY=VALUE"),
    # tables
    "cli.tasks.name": ("задача", "task"),
    "cli.tasks.title": ("название", "title"),
    "cli.tasks.modality": ("что дано", "given"),
    "cli.tasks.answer": ("ответ", "answer"),
    "cli.tasks.test": ("test", "test"),
    "cli.tasks.shots": ("shots", "shots"),
    "cli.tasks.chance": ("наугад", "by chance"),
    "cli.tasks.answer.letter": ("буква", "letter"),
    "cli.tasks.answer.short": ("слово или число", "word or number"),
    "cli.models.name": ("модель", "model"),
    "cli.models.takes": ("принимает", "takes"),
    "cli.models.note": ("что это", "what it is"),
    "cli.models.unknown": ("станет ясно при открытии", "known once opened"),
    "cli.models.judges": ("Судьи", "Judges"),
    "cli.scores.task": ("задача", "task"),
    "cli.scores.total": ("всего", "total"),
    "cli.scores.n": ("примеров", "samples"),
    "cli.scores.answered": ("отвечено из", "answered of"),
    "cli.scores.em": ("EM [95 %]", "EM [95 %]"),
    "cli.scores.js": ("JS [95 %]", "JS [95 %]"),
    "cli.scores.failed": ("нет ответа", "failed"),
    "cli.scores.unscored": ("не оценено", "unscored"),
    "cli.scores.seconds": ("секунд", "seconds"),
    "cli.scores.who": (
        "Прогон {run} · модель {model} · EM {em} · судья {judge}",
        "Run {run} · model {model} · EM {em} · judge {judge}",
    ),
    "cli.scores.who.people": (
        "Прогон {run} · {model} · EM {em} · судья {judge}",
        "Run {run} · {model} · EM {em} · judge {judge}",
    ),
    "cli.runs.run": ("прогон", "run"),
    "cli.runs.state": ("состояние", "state"),
    "cli.runs.model": ("кто отвечал", "who answered"),
    "cli.runs.tasks": ("задачи", "tasks"),
    "cli.runs.answered": ("готово", "done"),
    "cli.runs.em": ("EM [95 %]", "EM [95 %]"),
    "cli.runs.rules": ("правила EM", "rules of EM"),
    "cli.runs.js": ("JS [95 %]", "JS [95 %]"),
    "cli.runs.when": ("когда", "when"),
    "cli.runs.none": (
        "Прогонов пока нет. Первый: python -m studio run --model embedded --task demo --limit 5",
        "No runs yet. The first: python -m studio run --model embedded --task demo --limit 5",
    ),
    "cli.cell.both": ("оба верно", "both right"),
    "cli.cell.em_only": ("только EM", "EM only"),
    "cli.cell.js_only": ("только судья", "judge only"),
    "cli.cell.neither": ("оба неверно", "both wrong"),
    "cli.cell.unscored": ("не оценено", "unscored"),
    "cli.cell.failed": ("нет ответа", "failed"),
    "cli.cell.pending": ("не задано", "not asked"),
    "cli.cell.em_right": ("EM верно, без судьи", "EM right, no judge"),
    "cli.cell.em_wrong": ("EM неверно, без судьи", "EM wrong, no judge"),
    "cli.confusion.note": (
        "Доли — от примеров, оценённых и EM, и судьёй.",
        "Shares are of the samples scored by both EM and the judge.",
    ),
    "cli.confusion.alone": (
        "Судью не спрашивали об ответах: {n}; по EM верно {right} из них. Спросить: python -m studio resume.",
        "No judge was asked about {n} answers; by EM {right} of them are right. To ask: python -m studio resume.",
    ),
    "cli.queue.number": ("№", "#"),
    "cli.queue.task": ("задача", "task"),
    "cli.queue.key": ("запись", "record"),
    "cli.queue.cell": ("оценка", "verdict"),
    "cli.queue.probability": ("судья", "judge"),
    "cli.queue.question": ("вопрос", "question"),
    "cli.queue.answer": ("ответ", "answer"),
    "cli.queue.total": ("Показано {shown} из {n}.", "Shown: {shown} of {n}."),
    "cli.show.number": ("Пример", "Sample"),
    "cli.show.cell": ("Итог", "Verdict"),
    "cli.show.prompt": ("Вопрос целиком", "Prompt"),
    "cli.show.gold": ("Эталон", "Gold"),
    "cli.show.answer": ("Ответ", "Answer"),
    "cli.show.cut": ("Обрезан", "Cut"),
    "cli.show.cut_at": (
        "ответ остановлен на пределе, {n} токенов",
        "the answer was stopped at the limit, {n} tokens",
    ),
    "cli.show.problem": ("Причина", "Reason"),
    "cli.show.nothing": ("нет", "none"),
    "cli.show.hidden": ("скрыт", "hidden"),
    "cli.show.extracted": ("сравнивали", "compared"),
    "cli.show.call": (
        "судья прочёл: {candidate}; вероятность «верно» {probability}",
        "the judge read: {candidate}; probability of “right” {probability}",
    ),
    "cli.show.unscored": ("не оценено", "unscored"),
    "cli.show.failed": ("нет ответа", "failed"),
    # what is said along the way
    "cli.phase.queued": ("В очереди…", "In the queue…"),
    "cli.phase.loading": ("Загружаю модель {model}…", "Loading the model {model}…"),
    "cli.progress.rate": ("{rate} прим./с", "{rate} samples/s"),
    "cli.progress.left": ("осталось {left}", "{left} left"),
    "cli.progress.judged": ("судья: {done} из {n}", "judged {done} of {n}"),
    "cli.progress.failed": ("без ответа {n}", "failed {n}"),
    "cli.run.started": ("Прогон {run}", "Run {run}"),
    "cli.resume.started": ("Прогон {run}: осталось {left}", "Run {run}: {left} left"),
    "cli.run.servers_silent": (
        "До конца прогона молчали: {urls}. За них отвечали остальные.",
        "Silent until the end of the run: {urls}. The others answered in their place.",
    ),
    "cli.run.judge_opening": (
        "Дожидаюсь, пока откроется судья «{judge}»: на полпути его не остановить. Ещё раз Ctrl-C — не ждать.",
        "Waiting for the judge “{judge}” to open: it cannot be stopped halfway. Ctrl-C again: do not wait.",
    ),
    "cli.run.stopping": (
        "Останавливаю; готовые ответы сохранены. Ещё раз Ctrl-C — не ждать.",
        "Stopping; finished answers are kept. Ctrl-C again: do not wait.",
    ),
    "cli.run.problem": ("Прогон не закончен: {problem}", "The run did not finish: {problem}"),
    "cli.run.unjudged": ("Судья не оценил ответов: {n}. {problem}", "Not judged: {n}. {problem}"),
    "cli.run.failed_samples": (
        "Без ответа: {n}. Почему: {command} --cell failed",
        "Failed: {n}. Why: {command} --cell failed",
    ),
    "cli.run.resume": (
        "Готово {done} из {n}. Продолжить: {command}",
        "Done: {done} of {n}. To go on: {command}",
    ),
    "cli.run.next": (
        "Готово за {seconds} с. Забрать с собой: {command}",
        "Done in {seconds} s. To take it away: {command}",
    ),
    "cli.run.nothing": (
        "Не спрошено ничего. Когда причина устранена, запустите прогон заново.",
        "Nothing was asked. Once the cause is gone, start the run anew.",
    ),
    "cli.run.own_copy": (
        "Или возьмите свою копию. Скачать там, где сеть есть:\n"
        "  hf download {repo} --repo-type dataset --local-dir {folder}\n"
        "и указать папку: --task ./{folder} (или STUDIO_TASKS=mera, тогда задача известна и по имени).",
        "Or take a copy of your own. To fetch it where there is a network:\n"
        "  hf download {repo} --repo-type dataset --local-dir {folder}\n"
        "and give its folder: --task ./{folder} (or STUDIO_TASKS=mera; then the task is known by name too).",
    ),
    "cli.cancel.done": ("Остановлен прогон {run}.", "Stopped run {run}."),
    "cli.cancel.over": (
        "Прогон {run} сейчас не идёт (состояние: {state}), останавливать нечего.",
        "Run {run} is not going on (its state: {state}); there is nothing to stop.",
    ),
    "cli.delete.ask": (
        "Удалить прогон {run} и {n} ответов? Это необратимо. да/нет:",
        "Delete run {run} and {n} answers? There is no way back. yes/no:",
    ),
    "cli.delete.kept": ("Прогон {run} остался.", "Run {run} stays."),
    "cli.delete.done": ("Прогон {run} удалён.", "Run {run} is deleted."),
    "cli.export.done": ("Прогон {run} записан: {file} ({kb} КБ)", "Run {run} is written: {file} ({kb} KB)"),
    "cli.annotate.how": (
        "Отвечайте строкой и Enter. /skip mine|broken|ambiguous|unknown|other [пояснение] — пропустить, "
        "/undo — вернуть последний ответ, /quit — закончить (ответы сохранены).",
        "Answer with a line and Enter. /skip mine|broken|ambiguous|unknown|other [note] to skip, "
        "/undo to take back the latest answer, /quit to end (answers are kept).",
    ),
    "cli.annotate.progress": (
        "Отвечено {done}, пропущено {skipped}",
        "Answered {done}, skipped {skipped}",
    ),
    "cli.annotate.all": ("Во всём проекте {done} из {total}", "In the whole project {done} of {total}"),
    "cli.annotate.item": ("(вопрос {item} проекта)", "(question {item} of the project)"),
    "cli.annotate.earlier": ("  реплика {n}: {question} → {answer}", "  turn {n}: {question} → {answer}"),
    "cli.annotate.unanswered": ("без ответа", "no answer"),
    "cli.annotate.draft": ("Черновик: {text}", "Draft: {text}"),
    "cli.annotate.run": ("Ваш прогон: {run}", "Your run: {run}"),
    "cli.annotate.go": (
        "Enter — следующий вопрос, тогда и пойдёт его время.",
        "Enter: the next question, and its time begins then.",
    ),
    "cli.annotate.later": (
        "Ответы сохранены. Продолжите той же командой.",
        "The answers are kept. Go on with the same command.",
    ),
    "cli.pairs.line": ("строка {n}: {problem}", "line {n}: {problem}"),
    "cli.submission.missing": ("нет файлов задач ({n}): {names}", "tasks without a file ({n}): {names}"),
    "cli.submission.missing.todo": (
        "Прогоните их и соберите архив заново. Непройденная задача считается нулём в итогах; если так и задумано, "
        "добавьте --partial.",
        "Run them and pack again. A task that was not attempted counts as 0 in the totals; if that is meant, "
        "add --partial.",
    ),
    "cli.pairs.form": ("{problem}", "{problem}"),
    "cli.pairs.progress": ("… {n}", "… {n}"),
    "cli.pairs.done": (
        "Строк: {n}, из них верно {ones}, не оценено {failed}. Записано в {out}",
        "Lines: {n}, of them right {ones}, not scored {failed}. Written to {out}",
    ),
    "cli.serve.starting": (
        "Открываю студию. Остановить: Ctrl-C.",
        "Opening the studio. Ctrl-C stops it.",
    ),
    # refusals
    "cli.refused.required": ("Не хватает: {names}", "Missing: {names}"),
    "cli.refused.unknown": ("Непонятно: {names}", "Not understood: {names}"),
    "cli.refused.choice": (
        "Нет такого: «{name}». Есть: {known}",
        "No such thing: “{name}”. There are: {known}",
    ),
    "cli.refused.no_value": ("После {name} нужно значение", "{name} needs a value"),
    "cli.refused.whole": (
        "{name}: нужно целое число не меньше {low}, а дано «{value}»",
        "{name}: a whole number of at least {low} is needed, given “{value}”",
    ),
    "cli.refused.between": (
        "{name}: нужно число от {low} до {high}, а дано «{value}»",
        "{name}: a number from {low} to {high} is needed, given “{value}”",
    ),
    "cli.refused.together": ("{name} и {other} вместе не бывают", "{name} and {other} exclude each other"),
    "error.cli_yes_needed": (
        "Чтобы удалить прогон {run} без вопроса, добавьте --yes.",
        "To delete the run {run} without being asked, add --yes.",
    ),
    "error.cli_file_exists": ("Файл {file} уже есть.", "The file {file} exists already."),
    "error.cli_file_exists.hint": (
        "Укажите другой или добавьте --force.",
        "Name another one, or add --force.",
    ),
    "error.cli_cancel_human": (
        "«{run}» — ответы человека, останавливать нечего: разметку можно бросить и продолжить когда угодно.",
        "“{run}” holds a person's answers; there is nothing to stop: it can be left and gone on with at any time.",
    ),
    "error.cli_no_number": (
        "В прогоне нет примера № {number}: всего их {n}.",
        "The run has no sample {number}: there are {n}.",
    ),
    "error.cli_nothing_left": (
        "Сейчас в «{task}» нет вопроса, на который можно ответить.",
        "There is no question of “{task}” to answer now.",
    ),
    "error.cli_other_question": (
        "Сейчас задан вопрос {asked}, а ответ дан к {given}; он не записан.",
        "Question {asked} is asked now, but the answer is to {given}; it was not kept.",
    ),
    "error.cli_task_or_project": (
        "Нужно одно из двух: --task или --project.",
        "One of --task and --project is needed.",
    ),
    "error.cli_cannot_read": (
        "Файл {file} не читается: {reason}.",
        "The file {file} cannot be read: {reason}.",
    ),
    "error.cli_cannot_write": (
        "В файл {file} нельзя записать: {reason}.",
        "The file {file} cannot be written: {reason}.",
    ),
    "error.task_misspelt": ("Нет задачи «{name}».", "There is no task “{name}”."),
    "error.task_misspelt.hint": (
        "Может быть: {near}. Все имена: python -m studio tasks; имена MERA: python -m studio tasks --suite mera.",
        "Perhaps: {near}. All names: python -m studio tasks; MERA's: python -m studio tasks --suite mera.",
    ),
    "error.cli_port_taken": (
        "Порт {port} на {host} занят или недоступен: {reason}.",
        "Port {port} of {host} is taken or cannot be opened: {reason}.",
    ),
    "error.cli_port_taken.hint": (
        "Выберите другой: python -m studio serve --port 8000; любой свободный: --port 0.",
        "Choose another: python -m studio serve --port 8000; any free one: --port 0.",
    ),
    "error.cli_no_lines": (
        "В {file} нет ни одной строки JSON: оценивать нечего.",
        "{file} holds no line of JSON: there is nothing to score.",
    ),
    "error.totals_nothing": (
        "В прогоне {run} нет оценённых задач MERA Multi: итог сложить не из чего. Есть: {found}.",
        "Run {run} holds no scored task of MERA Multi: there is nothing to total. It holds: {found}.",
    ),
    "error.cli_line_json": ("Строка {line} — не JSON: {reason}.", "Line {line} is not JSON: {reason}."),
    "error.cli_line_object": (
        "В строке {line} не объект JSON, а {kind}.",
        "Line {line} holds no JSON object but a {kind}.",
    ),
    "error.cli_line_gold": (
        "В строке {line} нет эталона: gold должен быть строкой или списком строк.",
        "Line {line} has no gold: it must be a string or a list of strings.",
    ),
    "error.cli_line_field": (
        "В строке {line} нет текста в поле {name}.",
        "Line {line} has no text in the field {name}.",
    ),
}
