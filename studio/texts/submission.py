"""Texts of archives for the benchmark's site: the commands, and every defect with what to do about it.

`submission.<code>` says what is wrong, `submission.<code>.todo` what to do.
"""

TEXTS: dict[str, tuple[str, str]] = {
    # --- the commands
    "cli.submission": (
        "Собирает архив для сайта MERA и проверяет любой такой архив.",
        "Writes the archive for MERA's site, and checks any such archive.",
    ),
    "cli.submission.pack": (
        "Собирает из прогонов архив, который принимает сайт MERA.",
        "Writes the archive that MERA's site takes, out of runs.",
    ),
    "cli.submission.pack.more": (
        "В архиве файл ответов на каждую задачу и logs_public.zip. Медиа и эталоны закрытых задач в него не попадают. "
        "Готовый архив сразу проверяется; код 1 — он записан, но не годен.",
        "The archive holds a file of answers for each task, and logs_public.zip. Media and gold of private tasks never "
        "go along. What is written is checked at once; exit code 1: it is written, but not fit.",
    ),
    "cli.submission.pack.example": (
        "  python -m studio submission pack --run r1121-5f2a9c --out model.zip\n"
        "  python -m studio submission pack --run r1121-5f2a9c --run r1122-0b71de --out model.zip --partial",
        "  python -m studio submission pack --run r1121-5f2a9c --out model.zip\n"
        "  python -m studio submission pack --run r1121-5f2a9c --run r1122-0b71de --out model.zip --partial",
    ),
    "cli.submission.check": (
        "Проверяет архив для сайта MERA, кем бы он ни был собран.",
        "Checks an archive for MERA's site, whoever made it.",
    ),
    "cli.submission.check.more": (
        "Проверяются файлы задач, число и номера записей, типы ответов, а по логам — настройки, --limit и совпадение "
        "ответов. Код 0 — годен, 1 — не годен.",
        "Checked are the files of the tasks, counts and ids of records, types of answers, and by the logs settings, "
        "--limit and whether the answers agree. Exit code 0: fit, 1: not fit.",
    ),
    "cli.submission.check.example": (
        "  python -m studio submission check model.zip\n  python -m studio submission check model.zip --json",
        "  python -m studio submission check model.zip\n  python -m studio submission check model.zip --json",
    ),
    "cli.option.submission_run": (
        "чьи ответы взять; можно несколько раз, по разным задачам",
        "whose answers to take; may be given several times, for different tasks",
    ),
    "cli.option.submission_out": ("куда записать архив (.zip)", "where to write the archive (.zip)"),
    "cli.option.submission_file": ("архив (.zip)", "the archive (.zip)"),
    "cli.option.submission_partial": (
        "часть задач пропущена намеренно: не считать это ошибкой",
        "some tasks are left out on purpose: not an error",
    ),
    "cli.submission.packed": (
        "Архив записан: {file} (прогоны: {runs}).",
        "Archive written: {file} (runs: {runs}).",
    ),
    "cli.submission.left_out": (
        "Не из MERA Multi, в архив не вошло: {names}.",
        "Not of MERA Multi, left out: {names}.",
    ),
    "cli.submission.task": ("задача", "task"),
    "cli.submission.file": ("файл", "file"),
    "cli.submission.records": ("записей", "records"),
    "cli.submission.state": ("итог", "state"),
    "cli.submission.state_fit": ("годен", "fit"),
    "cli.submission.state_unfit": ("не годен", "not fit"),
    "cli.submission.state_missing": ("нет", "missing"),
    "cli.submission.error": ("ОШИБКА", "ERROR"),
    "cli.submission.warning": ("Замечание", "Warning"),
    "cli.submission.fit": (
        "{file}: годен. Ошибок: {errors}, замечаний: {warnings}.",
        "{file}: fit. Errors: {errors}, warnings: {warnings}.",
    ),
    "cli.submission.unfit": (
        "{file}: НЕ ГОДЕН. Ошибок: {errors}, замечаний: {warnings}.",
        "{file}: NOT FIT. Errors: {errors}, warnings: {warnings}.",
    ),
    "cli.submission.settings_unknown": (
        "Настройки прогонов по этому архиву не узнать: в нём нет файлов results_*.json.",
        "How the answers were made cannot be told from this archive: it has no results_*.json.",
    ),
    # --- refusals
    "error.submission_no_file": ("Файла {file} нет.", "There is no file {file}."),
    "error.submission_cannot_write": (
        "Не удалось записать {file}: {reason}.",
        "{file} cannot be written: {reason}.",
    ),
    "error.submission_human": (
        "Прогон {run} — ответы человека, сайт принимает ответы моделей.",
        "Run {run} holds a person's answers; the site takes those of models.",
    ),
    "error.submission_split": (
        "Прогон {run} отвечал на «{split}», а сайт ждёт ответы на test.",
        "Run {run} answered “{split}”; the site wants answers to test.",
    ),
    "error.submission_media": (
        "Прогон {run} отвечал, не видя медиа: это проверка, а не ответы на задачу.",
        "Run {run} answered without seeing the media: that is an experiment, not answers to the task.",
    ),
    "error.submission_media.hint": (
        "Возьмите прогон, которому медиа показывали.",
        "Take a run that was shown the media.",
    ),
    "error.submission_twice": (
        "На задачу {task} есть ответы и в прогоне {run}, и в прогоне {other}.",
        "The task {task} was answered in run {run} and in run {other}.",
    ),
    "error.submission_twice.hint": (
        "Оставьте один из них: смешивать ответы двух прогонов нельзя.",
        "Keep one of them: answers of two runs must not be mixed.",
    ),
    "error.submission_nothing": (
        "В этих прогонах нет задач MERA Multi (есть: {found}).",
        "These runs hold no task of MERA Multi (found: {found}).",
    ),
    "error.submission_id": (
        "У записи {sample} задачи {task} нет номера: meta.id — не целое число.",
        "The record {sample} of {task} has no number: meta.id is no whole number.",
    ),
    # --- the archive as a whole
    "submission.unreadable_zip": ("Это не архив zip: {reason}", "This is no zip archive: {reason}"),
    "submission.unreadable_zip.todo": (
        "Соберите архив заново; скачанный — скачайте ещё раз целиком.",
        "Pack it again; if it was downloaded, download it again, whole.",
    ),
    "submission.too_many_files": (
        "В архиве больше {most} файлов: на заявку это не похоже.",
        "The archive holds more than {most} files: it does not look like a submission.",
    ),
    "submission.too_many_files.todo": (
        "Соберите его заново: в нём по файлу на задачу и logs_public.zip.",
        "Pack it again: a file a task, and logs_public.zip.",
    ),
    "submission.too_heavy": (
        "Проверка остановлена: архиву понадобилось больше {gigabytes} ГБ памяти или {seconds} с.",
        "The check was stopped: the archive took more than {gigabytes} GB of memory or {seconds} s.",
    ),
    "submission.too_heavy.todo": (
        "В файлах задач должны быть только outputs и meta.id. Если архив и правда так велик, проверьте его командой "
        "submission check на своей машине: там этих пределов нет.",
        "Files of tasks should hold nothing but outputs and meta.id. If the archive really is that large, check it by "
        "the command submission check on your own machine: it has no such limits.",
    ),
    "submission.nothing": (
        "В архиве нет файла ни одной задачи.",
        "The archive holds no file of any task.",
    ),
    "submission.nothing.todo": (
        "Файлы лежат в корне архива, по одному на задачу: WEIRD.json, ruHHH_Image.json и так далее.",
        "Files lie at the root of the archive, one a task: WEIRD.json, ruHHH_Image.json and so on.",
    ),
    "submission.hidden_archive": (
        "Имя файла {file} начинается с точки и ничем не продолжается: такой файл не виден.",
        "The name {file} is a dot and an extension: such a file is hidden.",
    ),
    "submission.hidden_archive.todo": ("Переименуйте его.", "Rename it."),
    "submission.unknown_file": ("Лишний файл: {file}", "A file too many: {file}"),
    "submission.unknown_file.todo": (
        "Уберите его: сайт таких не ждёт. Если это ответы, назовите файл именем задачи.",
        "Take it out: the site does not expect it. If it holds answers, name it after its task.",
    ),
    # --- files of tasks
    "submission.no_task": (
        "Нет файла {expected} (задача из группы {modality}).",
        "There is no file {expected} (its modality: {modality}).",
    ),
    "submission.no_task.todo": (
        "Прогоните задачу и соберите архив заново. Непройденная задача считается нулём в итогах; если так и задумано, "
        "добавьте --partial.",
        "Run the task and pack again. A task that was not attempted counts as 0 in the totals; if that is meant, "
        "add --partial.",
    ),
    "submission.extension": (
        "У файла {file} не то расширение, нужно {expected}.",
        "{file} has the wrong extension: {expected} is wanted.",
    ),
    "submission.extension.todo": (
        "Сохраните в нужном виде и назовите {expected}.",
        "Save it in that form, as {expected}.",
    ),
    "submission.file_misnamed": (
        "Файл {file} сайт не найдёт: он ищет {expected} в корне архива.",
        "The site will not find {file}: it looks for {expected} at the root of the archive.",
    ),
    "submission.file_misnamed.todo": ("Переименуйте в {expected}.", "Rename it to {expected}."),
    "submission.file_part": (
        "В файле {file} только часть задачи, а нужен один файл на всю: {expected}.",
        "{file} holds a part of the task; one file for all of it is wanted: {expected}.",
    ),
    "submission.file_part.todo": (
        "Сложите записи всех частей в один {expected}.",
        "Put the records of all parts into one {expected}.",
    ),
    "submission.file_twice": (
        "Для задачи есть второй файл: {file}",
        "There is a second file for the task: {file}",
    ),
    "submission.file_twice.todo": ("Оставьте один.", "Keep one of them."),
    "submission.unreadable_file": ("Файл не читается: {reason}", "The file cannot be read: {reason}"),
    "submission.unreadable_file.todo": (
        "Запишите его заново: JSON в UTF-8 без метки порядка байтов, без шифрования архива.",
        "Write it again: JSON in UTF-8 without a byte order mark, in an archive without a password.",
    ),
    "submission.task_system_error": (
        "Файл не удаётся разобрать за разумную память: {reason}",
        "The file cannot be taken apart within reasonable memory: {reason}",
    ),
    "submission.task_system_error.todo": (
        "В файле должны быть только outputs и meta.id каждой записи.",
        "The file should hold nothing but outputs and meta.id of each record.",
    ),
    "submission.no_data_field": (
        "В файле нет объекта «data» (найдено: {found}).",
        "The file has no object “data” (found: {found}).",
    ),
    "submission.no_data_field.todo": (
        'Вид файла: {{"data": {{"test": [{{"outputs": "…", "meta": {{"id": 11}}}}]}}}}.',
        'The form of the file: {{"data": {{"test": [{{"outputs": "…", "meta": {{"id": 11}}}}]}}}}.',
    ),
    "submission.no_split": (
        "В «data» нет списка «test» (найдено: {found}).",
        "“data” has no list “test” (found: {found}).",
    ),
    "submission.no_split.todo": (
        'Положите записи в {{"data": {{"test": […]}}}}.',
        'Put the records into {{"data": {{"test": […]}}}}.',
    ),
    # --- records
    "submission.no_outputs_field_for_doc": ("Записей без «outputs»: {n}.", "Records without “outputs”: {n}."),
    "submission.no_outputs_field_for_doc.todo": (
        "Добавьте ответ модели строкой; если ответа нет, получите его.",
        "Add the model's answer as text; if there is none, get it.",
    ),
    "submission.no_meta_field_for_doc": ("Записей без «meta»: {n}.", "Records without “meta”: {n}."),
    "submission.no_meta_field_for_doc.todo": (
        "Добавьте «meta» с номером записи: без него ответ не с чем сравнить.",
        "Add “meta” with the record's number: an answer without it has no gold to be compared with.",
    ),
    "submission.no_id_field_for_doc": ("Записей без «meta.id»: {n}.", "Records without “meta.id”: {n}."),
    "submission.no_id_field_for_doc.todo": (
        "Добавьте номер записи из набора данных.",
        "Add the record's number from the data set.",
    ),
    "submission.id_type": (
        "Записей, где «meta.id» — не целое число: {n}.",
        "Records whose “meta.id” is no whole number: {n}.",
    ),
    "submission.id_type.todo": ("Запишите число без кавычек: 11.", "Write the number without quotes: 11."),
    "submission.id_repeated": (
        "Лишних записей с уже бывшим номером: {n}.",
        "Records with an id used already: {n}.",
    ),
    "submission.id_repeated.todo": (
        "Оставьте по одной: иначе сайт возьмёт любую из них. Так бывает, когда сложены логи двух запусков.",
        "Keep one of each, or the site takes any of them. It happens when logs of two runs are put together.",
    ),
    "submission.no_id": (
        "Не хватает записей: {n} ({found} из {size}).",
        "Records missing: {n} ({found} of {size}).",
    ),
    "submission.no_id.todo": (
        "Получите ответы на остальные и соберите архив заново: из-за одной пропавшей записи вся задача получит 0.",
        "Get answers to the rest and pack again: one missing record gives the whole task 0.",
    ),
    "submission.too_many": (
        "Лишних записей: {n} ({found} вместо {size}).",
        "Records too many: {n} ({found}, not {size}).",
    ),
    "submission.too_many.todo": (
        "Уберите лишнее. Частая причина — в файл попали записи shots.",
        "Take out the rest. Often it is the records of shots.",
    ),
    "submission.count_doubted": (
        "Записей {found}, а по описанию задачи {size}; источники расходятся, и одному из них {found} отвечает.",
        "There are {found} records, and {size} by the task's description; sources disagree, and one says {found}.",
    ),
    "submission.count_doubted.todo": (
        "Сверьте с набором данных: столько ли записей в его test.",
        "Compare with the data set: does its test have as many.",
    ),
    "submission.ids_not_in_row": (
        "Номера идут от {low} до {high}, а записей {size}: в диалогах номера должны идти подряд.",
        "Ids go from {low} to {high}, and there are {size} records: in dialogues ids must follow one another.",
    ),
    "submission.ids_not_in_row.todo": (
        "Верните номера набора данных: по ним сайт узнаёт диалог и ход.",
        "Restore the ids of the data set: the site tells dialogue and turn by them.",
    ),
    "submission.doc_output_type_error": (
        "Записей, где «outputs» — не строка: {n}.",
        "Records whose “outputs” is no text: {n}.",
    ),
    "submission.doc_output_type_error.todo": (
        "Запишите ответ строкой, и число, и список тоже: «12», а не 12.",
        "Write the answer as text, a number and a list too: “12”, not 12.",
    ),
    "submission.doc_parse_output_error": (
        "Ответов, на которых опубликованный подсчёт падает (JSON не того вида): {n}.",
        "Answers on which the published scorer stops (JSON of a wrong shape): {n}.",
    ),
    "submission.doc_parse_output_error.todo": (
        "Ответ всё равно неверен, но уронит оценку всей задачи: замените его пустой строкой, она стоит столько же — 0.",
        "The answer is wrong all the same, but brings down the whole task's score: replace it by an empty text,"
        " which is worth as much: 0.",
    ),
    "submission.no_json": (
        "Ответов, которые не читаются как JSON: {n}.",
        "Answers that cannot be read as JSON: {n}.",
    ),
    "submission.no_json.todo": (
        "Править нечего: такой ответ получает 0. Если их большинство, проверьте запрос и предел длины ответа.",
        "Nothing to mend: such an answer gets 0. If most are so, look at the prompt and at the limit of tokens.",
    ),
    "submission.outputs_empty": ("Пустых ответов: {n}.", "Empty answers: {n}."),
    "submission.outputs_empty.todo": (
        "Если модель и правда промолчала — оставьте. Если запрос не удался, повторите его: сбой — не неверный ответ.",
        "If the model really was silent, leave it. If the request failed, repeat it: a failure is no wrong answer.",
    ),
    "submission.unanswered": (
        "В прогоне {run} нет ответа на записей: {n}; в архив они не вошли.",
        "In run {run} records without an answer: {n}; they are not in the archive.",
    ),
    "submission.unanswered.todo": (
        "python -m studio resume {run} — и соберите архив заново.",
        "python -m studio resume {run}, then pack again.",
    ),
    # --- logs
    "submission.no_logs": ("В архиве нет logs_public.zip.", "The archive has no logs_public.zip."),
    "submission.no_logs.todo": (
        "Добавьте samples_* и results_* в logs_public.zip: без логов результат не опубликуют и настройки не проверить.",
        "Add samples_* and results_* as logs_public.zip: without logs a result is not published, nor can settings be"
        " checked.",
    ),
    "submission.logs_unreadable": (
        "Лог {file} не читается: {reason}",
        "The log {file} cannot be read: {reason}",
    ),
    "submission.logs_unreadable.todo": ("Соберите логи заново.", "Pack the logs again."),
    "submission.logs_no_task": ("Для задачи нет логов samples_*.", "The task has no samples_* in the logs."),
    "submission.logs_no_task.todo": (
        "Добавьте логи того прогона, из которого ответы.",
        "Add the logs of the run that the answers are of.",
    ),
    "submission.logs_disagree": (
        "Ответов, которых нет в логах: {n}.",
        "Answers that the logs do not know: {n}.",
    ),
    "submission.logs_disagree.todo": (
        "Ответы и логи из разных прогонов, или файл правили руками: соберите архив из одного прогона.",
        "Answers and logs are of different runs, or the file was changed by hand: pack it out of one run.",
    ),
    "submission.subset_short": (
        "В части задачи не хватает записей: {n} ({found} из {size}).",
        "A part of the task lacks records: {n} ({found} of {size}).",
    ),
    "submission.subset_short.todo": (
        "Прогоните эту часть целиком.",
        "Run this part whole.",
    ),
    "submission.limit_on": (
        "Прогон шёл с --limit {limit}: записей в логах {n}.",
        "The run was made with --limit {limit}: {n} records in the logs.",
    ),
    "submission.limit_on.todo": ("Прогоните задачу без --limit.", "Run the task without --limit."),
    "submission.limit_guessed": (
        "Задач, обрезанных ровно до {limit} записей в каждой части: {n}. Похоже на забытый --limit.",
        "Tasks cut to exactly {limit} records a part: {n}. It looks like a --limit left on.",
    ),
    "submission.limit_guessed.todo": ("Прогоните их без --limit.", "Run them without --limit."),
    "submission.mixed_models": (
        "Ответы разных моделей: {setting} принимает значений {n}.",
        "Answers of different models: {setting} has {n} values.",
    ),
    "submission.mixed_models.todo": (
        "Соберите архив из прогонов одной модели одной ревизии.",
        "Pack runs of one model, at one revision.",
    ),
    "submission.mixed_settings": (
        "Задачи прогнаны с разными настройками: {setting} принимает значений {n}.",
        "Tasks were run with different settings: {setting} has {n} values.",
    ),
    "submission.mixed_settings.todo": (
        "Прогоните все задачи с одними настройками.",
        "Run all tasks with the same settings.",
    ),
    "submission.mixed_tools": (
        "Задачи прогнаны разными версиями инструмента: {setting} принимает значений {n}.",
        "Tasks were run by different versions of the tool: {setting} has {n} values.",
    ),
    "submission.mixed_tools.todo": (
        "Лучше прогнать всё одной версией: между версиями менялись запросы и разбор ответов.",
        "Better run all with one version: prompts and filters have changed between versions.",
    ),
    "submission.no_settings": (
        "Логов без results_* той же даты: {n}; как получены эти ответы, не узнать.",
        "Logs without results_* of the same date: {n}; how these answers were made cannot be told.",
    ),
    "submission.no_settings.todo": (
        "Добавьте файлы results_*.json из той же папки.",
        "Add the results_*.json files of the same folder.",
    ),
    "submission.shots_on": (
        "Задача прогнана с примерами перед вопросом: num_fewshot {n}.",
        "The task was run with examples before the question: num_fewshot {n}.",
    ),
    "submission.shots_on.todo": (
        "На сайте сравнивают прогоны без примеров: --num_fewshot 0.",
        "The site compares runs without examples: --num_fewshot 0.",
    ),
    "submission.private_gold": (
        "В логах есть эталоны закрытой задачи; записей с ними: {n}.",
        "The logs hold gold of a private task; records with it: {n}.",
    ),
    "submission.private_gold.todo": (
        "Сотрите doc.outputs и target в samples_*: логи могут стать открытыми.",
        "Erase doc.outputs and target in samples_*: logs may become public.",
    ),
}
