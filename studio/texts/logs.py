"""Texts about other tools' logs: what is wrong with one, and what a person should know of one that was read."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.log_no_path": ("«{path}» не существует.", "There is no “{path}”."),
    "error.log_unknown": (
        "Файл {file} не похож ни на один из известных журналов.",
        "The file {file} is not like any log that is known here.",
    ),
    "error.log_unknown.hint": (
        "Читаются журналы: {known}. Можно указать и папку или zip с ними.",
        "Logs that are read: {known}. A folder or a zip that holds them will do as well.",
    ),
    "error.log_none": ("В «{path}» нет журналов.", "There are no logs in “{path}”."),
    "error.log_none.hint": ("Читаются журналы: {known}.", "Logs that are read: {known}."),
    "error.log_many_files": (
        "В «{path}» больше {most} файлов.",
        "“{path}” holds more than {most} files.",
    ),
    "error.log_many_files.hint": (
        "Укажите папку с одними журналами.",
        "Name a folder that holds logs alone.",
    ),
    "error.log_too_large": (
        "Архив {file} после распаковки занимает больше {most} МБ.",
        "The archive {file} unpacks to more than {most} MB.",
    ),
    "error.log_too_large.hint": (
        "Разделите его на части или загрузите одну задачу.",
        "Split it, or import one task at a time.",
    ),
    "error.log_zip_broken": (
        "Архив {file} не распаковывается: {reason}.",
        "The archive {file} cannot be unpacked: {reason}.",
    ),
    "error.log_not_utf8": (
        "{file}, строка {row}: это не UTF-8 (байт {position}).",
        "{file}, row {row}: not UTF-8 (byte {position}).",
    ),
    "error.log_row_not_json": (
        "{file}, строка {row}: это не JSON: {reason}.",
        "{file}, row {row}: not JSON: {reason}.",
    ),
    "error.log_row_not_object": (
        "{file}, строка {row}: нужен объект JSON, а там {found}.",
        "{file}, row {row}: should be a JSON object, and is {found}.",
    ),
    "error.log_cut": (
        "{file} обрывается на строке {row}: последняя запись неполна ({reason}).",
        "{file} breaks off at row {row}: the last record is not whole ({reason}).",
    ),
    "error.log_cut.hint": (
        "Похоже, файл не дописан или не докопирован. Возьмите его целиком или удалите последнюю строку.",
        "The file was probably not written or copied to its end. Take the whole of it, or delete its last row.",
    ),
    "error.log_not_json": ("{file} — не JSON: {reason}.", "{file} is not JSON: {reason}."),
    "error.log_not_object": (
        "В {file} нужен объект JSON, а там {found}.",
        "{file} should hold a JSON object, and holds {found}.",
    ),
    "error.log_duplicate": (
        "{file}, строка {row}: запись «{key}» уже была в строке {first}.",
        "{file}, row {row}: the record “{key}” stood in row {first} already.",
    ),
    "error.log_duplicate.hint": (
        "Похоже, в файле два прогона подряд. Оставьте один.",
        "The file probably holds two runs, one after the other. Keep one of them.",
    ),
    "error.log_field": (
        "{file}, строка {row}: поле {field}: нужно {expected}, а там {found}.",
        "{file}, row {row}: the field {field} should be {expected}, and is {found}.",
    ),
    "error.log_odd": (
        "{file}: журнал {tool} устроен не так, как его пишет эта программа ({reason}).",
        "{file}: this is not how {tool} writes its logs ({reason}).",
    ),
    "error.log_odd_after": (
        "Запись после {place}: {tool} так журналы не пишет ({reason}).",
        "The record after {place}: this is not how {tool} writes its logs ({reason}).",
    ),
    "error.log_count": (
        "Задача {task}: журнал говорит о {expected} записях, а в {file} их {found}.",
        "The task {task}: the log speaks of {expected} records, and {file} holds {found}.",
    ),
    "error.log_no_samples": (
        "В {file} только сводные результаты, ответов там нет.",
        "{file} holds nothing but summed up results, and no answers.",
    ),
    "error.log_no_samples.hint": (
        "Добавьте файлы samples_*.jsonl (lm-eval пишет их с флагом --log_samples).",
        "Add the files samples_*.jsonl (lm-eval writes them when given --log_samples).",
    ),
    "error.log_no_answers": (
        "Задача {task}: модель ничего не отвечала, в {file} только вероятности текстов (перплексия).",
        "The task {task}: the model answered nothing, {file} holds only likelihoods of texts (perplexity).",
    ),
    "error.log_no_answers_row": (
        "{file}, строка {row}: модель ничего не отвечала, здесь только вероятность текста (перплексия).",
        "{file}, row {row}: the model answered nothing, here is only the likelihood of a text (perplexity).",
    ),
    "error.log_no_results": (
        "К файлу {file} нет results_*.json той же даты: модель и настройки неизвестны.",
        "There is no results_*.json of the same date as {file}: its model and settings are not known.",
    ),
    "error.log_older": (
        "Файл {file} пропущен: есть более новый, {newer}.",
        "The file {file} was left out: {newer} is newer.",
    ),
    "error.log_mixed": (
        "Журналы сняты с разными настройками, {setting}: {found}.",
        "The logs were made with different settings, {setting}: {found}.",
    ),
    "error.log_empty_task": (
        "В журнале задачи {task} нет ни одной записи.",
        "The log of the task {task} holds no record.",
    ),
    "error.log_no_model": (
        "В журнале ({file}) не сказано, какая модель отвечала.",
        "The log ({file}) does not say which model answered.",
    ),
    "error.log_no_model.hint": (
        "Назовите её: поле «Модель» на странице или --model ИМЯ.",
        "Name it: in the field on the page, or by --model NAME.",
    ),
    "error.log_one_model": (
        "Имя «{model}» нельзя дать сразу {n} журналам ({found}).",
        "The name “{model}” cannot be given to {n} logs at once ({found}).",
    ),
    "error.log_one_model.hint": ("Загружайте их по одному.", "Import them one at a time."),
    "error.log_going_on": (
        "Этот журнал уже загружается (прогон {run}).",
        "This log is being imported already (the run {run}).",
    ),
    "error.log_no_copy": (
        "Задачи {task} в студии нет: в журнале только ответы, вопросов и эталонов не будет.",
        "The studio has no copy of the task {task}: the log holds only answers, so there are no questions and no gold.",
    ),
    "error.log_other_copy": (
        "В копии задачи {task}, которая есть в студии, нет {n} записей журнала (первая: {first}); она не подходит.",
        "The studio's copy of the task {task} lacks {n} records of the log (the first: {first}); it does not fit.",
    ),
    "error.media_not_in_log": (
        "Файла в журнале нет, только запись о нём: {name}.",
        "The log does not hold the file, only a note of it: {name}.",
    ),
    "error.visitor_log_large": (
        "Файлы занимают {size} МБ, а посетителям можно загружать до {most} МБ за раз.",
        "The files take {size} MB, and visitors may upload up to {most} MB at a time.",
    ),
    "error.visitor_log_large.hint": (
        "Загружайте по одной задаче или запустите студию у себя.",
        "Import one task at a time, or run a studio of your own.",
    ),
    "error.visitor_logs_full": (
        "Место для журналов посетителей ({most} МБ) кончилось.",
        "The room for visitors' logs ({most} MB) is used up.",
    ),
    "error.visitor_logs_full.hint": (
        "Попросите владельца удалить ненужные или запустите студию у себя.",
        "Ask the owner to delete some, or run a studio of your own.",
    ),
    "error.visitor_log_rows": (
        "В задаче {task} больше {most} записей: столько посетителям загружать нельзя.",
        "The task {task} has more than {most} records, more than visitors may import.",
    ),
    "logs.found.answer.choice": (
        "ответа текстом не было: взят вариант с наибольшим правдоподобием, как в метрике acc",
        "no answer was written: this is the likeliest choice, as the metric acc takes it",
    ),
    "logs.found.answer.first": (
        "попыток было несколько, взята первая",
        "of several attempts this is the first",
    ),
    "logs.found.answer.filtered": (
        "самого ответа в журнале нет, взят ответ после фильтра",
        "the log lacks the answer itself, this is what a filter left of it",
    ),
    "cli.import": (
        "Загружает журналы других программ как прогоны.",
        "Takes in other tools' logs as runs.",
    ),
    "cli.import.more": (
        "Читаются файлы, папки и zip; чьи они, видно по содержимому. Прогон можно смотреть, сравнивать и выгружать, "
        "как свой. EM считаем мы, оценки самой программы стоят рядом. То же содержимое второй раз ничего не меняет. "
        "Что читается из журналов: docs/logs.md.",
        "Files, folders and zip archives are read; whose they are is seen by their content. Such a run can be "
        "inspected, compared and exported like your own. EM is ours, the tool's own scores stand beside it. The same "
        "content a second time changes nothing. What is read from logs: docs/logs.en.md.",
    ),
    "cli.import.example": (
        "  python -m studio import results/my_model\n"
        "  python -m studio import samples_ruclevr_2026-01-01T10-00-00.jsonl --model my_model --judge auto --json",
        "  python -m studio import results/my_model\n"
        "  python -m studio import samples_ruclevr_2026-01-01T10-00-00.jsonl --model my_model --judge auto --json",
    ),
    "cli.metavar.path": ("ПУТЬ", "PATH"),
    "cli.option.import_paths": (
        "файлы, папки или zip с журналами",
        "files, folders or zip archives with logs",
    ),
    "cli.option.import_model": (
        "имя модели вместо того, что в журнале (или если его там нет)",
        "the model's name, instead of the log's (or where it has none)",
    ),
    "cli.option.import_title": ("название прогона для себя", "a title of your own for the run"),
    "cli.option.import_judge": (
        "судья, которому отдать ответы: auto, имя, папка; none — не судить (по умолчанию)",
        "the judge to give the answers to: auto, a name, a folder; none (the default) asks nobody",
    ),
    "cli.import.done": (
        "Прогон {run}: загружен журнал {tool}, записей {n}, без ответа {failed}.",
        "Run {run}: a log of {tool} is in, {n} records, {failed} without an answer.",
    ),
    "cli.import.unjudged": (
        "Судью об этих ответах не спрашивали. Спросить: {command}",
        "The judge was not asked about these answers. Ask it: {command}",
    ),
    "cli.import.known": (
        "Прогон {run}: этот журнал ({tool}, записей {n}) уже загружен, ничего не изменилось.",
        "Run {run}: this log ({tool}, {n} records) was imported before, nothing was changed.",
    ),
    "cli.import.progress": ("{task}: записано {n}", "{task}: {n} are in"),
    "logs.said": ("Что сказано в журнале {tool}", "What the log of {tool} said"),
    "logs.head.metric": ("метрика", "metric"),
    "logs.head.value": ("оценка", "score"),
    "logs.head.text": ("что сравнивала программа", "what the tool compared"),
    "logs.no_scores": (
        "Своих оценок у этой записи в журнале нет.",
        "The log holds no scores of its own here.",
    ),
    "logs.rest": ("Остальное из записи", "The rest of the row"),
    "logs.place": ("Запись:", "The row:"),
    "import.title": ("Импорт журналов", "Import logs"),
    "import.lead": (
        "Прогон другой программы становится прогоном здесь: EM посчитаем заново, её собственные оценки останутся "
        "рядом. Чего в журнале нет, того не додумываем.",
        "Another tool's run becomes a run here: EM is worked out anew, the tool's own scores stay beside it. What the "
        "log does not say is not guessed.",
    ),
    "import.drop": (
        "Перетащите файлы или zip сюда или выберите их",
        "Drop files or a zip here, or choose them",
    ),
    "import.drop.note": (
        "lm-eval (results_*.json вместе с samples_*.jsonl), lmms-eval, Inspect, EvalScope, VLMEvalKit, "
        "архив для сайта MERA",
        "lm-eval (results_*.json together with samples_*.jsonl), lmms-eval, Inspect, EvalScope, VLMEvalKit, "
        "an archive for MERA's site",
    ),
    "import.model": ("Модель, если её в журнале нет", "The model, where the log does not name it"),
    "import.model.from_log": ("как в журнале", "as in the log"),
    "import.judge": ("Отдать ответы судье", "Have the answers judged"),
    "import.sending": ("Отправляю: {percent} %", "Sending: {percent}%"),
    "import.reading": ("Читаю журнал…", "Reading the log…"),
    "import.lost": (
        "Студия не ответила. Проверьте соединение и повторите.",
        "The studio did not answer. Check the connection and try again.",
    ),
    "import.done": ("журнал {tool} загружен, {samples}.", "the log of {tool} is in, {samples}."),
    "import.known": (
        "журнал {tool} ({samples}) уже был загружен, ничего не изменилось.",
        "the log of {tool} ({samples}) was imported before, nothing was changed.",
    ),
    "import.open": ("Разобрать ответы", "Inspect the answers"),
    "import.more": ("и ещё {n}", "and {n} more"),
    "error.log_upload_large": (
        "Через страницу можно загрузить до {most} МБ за раз.",
        "Up to {most} MB can be uploaded through the page at a time.",
    ),
    "error.log_upload_large.hint": (
        "Журналы побольше загружает команда: python -m studio import ПУТЬ.",
        "Larger logs are imported by the command: python -m studio import PATH.",
    ),
    "error.log_busy": ("Сейчас загружают другие журналы.", "Other logs are being imported now."),
    "error.log_busy.hint": ("Повторите через минуту.", "Try again in a minute."),
    "error.log_no_files": ("Файлов не прислали.", "No files were sent."),
    "cli.option.export_format": (
        "sqlite (по умолчанию) или lm-eval: results_*.json и samples_*.jsonl в папке",
        "sqlite (the default), or lm-eval: results_*.json and samples_*.jsonl in a folder",
    ),
    "cli.export.log": (
        "Прогон {run} записан в виде журналов lm-eval: {folder} (файлов: {n})",
        "Run {run} is written as logs of lm-eval: {folder} ({n} files)",
    ),
    "error.export_nothing": ("В прогоне «{run}» ещё нет ответов.", "The run “{run}” has no answers yet."),
    "error.submission_imported": (
        "Прогон «{run}» загружен из журнала: его настройки записаны не нами, в заявку он не войдёт.",
        "The run “{run}” was imported from a log: its settings are not ours to state, so it cannot be packed.",
    ),
    "error.submission_imported.hint": (
        "Соберите архив той программой, которая его сделала, а здесь проверьте его.",
        "Pack it with the tool that made it, and check the archive here.",
    ),
    "error.log_not_predictions": (
        "Файл {file} из архива пропущен: это не ответы на задачу.",
        "The file {file} of the archive was left out: it holds no answers to a task.",
    ),
    "error.log_task_again": (
        "Задача {task} встречается в журнале не раз: здесь она называется «{name}».",
        "The task {task} stands in the log more than once: here it is called “{name}”.",
    ),
    "logs.not_there": ("нет в журнале", "not in the log"),
    "logs.absent": ("Нет в журнале: {parts}.", "Not in the log: {parts}."),
    "logs.part.question": ("вопрос", "the question"),
    "logs.part.prompt": ("промпт", "the prompt"),
    "logs.part.gold": ("эталон", "gold"),
    "logs.part.media": ("сами файлы", "the media themselves"),
    "logs.part.tokens": ("число токенов", "tokens"),
    "logs.part.time": ("время ответа", "the time it took"),
    "logs.part.finish": ("причина остановки", "why it stopped"),
    "logs.files": ("Файлы: {files}", "Files: {files}"),
}
