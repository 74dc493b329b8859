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
    "error.no_modality.hint": (
        "Спросить её совсем без медиа можно: --media none.",
        "It can be asked without any media: --media none.",
    ),
    "error.no_gold": ("В записи нет эталонного ответа.", "The record has no gold answer."),
    "error.no_answer": ("Модель не ответила.", "The model did not answer."),
    "error.run_active": ("Прогон «{run}» ещё идёт.", "The run “{run}” is still going on."),
    "error.run_active.hint": ("Сначала остановите его.", "Stop it first."),
    "error.resume_other_model": (
        "В этом прогоне отвечала другая модель: {known}, а не {model}.",
        "Another model answered in this run: {known}, not {model}.",
    ),
    "error.resume_other_model.hint": (
        "Продолжить можно только с той же моделью, где бы она ни работала. Для другой начните новый прогон.",
        "A run goes on with the same model only, wherever it is served. Start a new run for another one.",
    ),
    "error.gold_hidden": (
        "Эталон скрыт: задача закрытая, или на её вопросы сейчас отвечают люди.",
        "Gold is hidden: the task is private, or people are answering its questions.",
    ),
    "error.not_allowed": ("Это действие вам недоступно.", "You may not do this."),
    "error.internal": (
        "Внутренняя ошибка: {kind}: {message}",
        "Internal error: {kind}: {message}",
    ),
    # --- tasks and records
    "error.task_folder_missing": ("Папки «{path}» нет.", "There is no folder “{path}”."),
    "error.task_no_records_file": (
        "В папке «{path}» нет ни test.json, ни shots.json.",
        "The folder “{path}” holds neither test.json nor shots.json.",
    ),
    "error.task_no_records_file.hint": (
        "Папка задачи: test.json с записями в формате MERA и файлы рядом с ним.",
        "A task folder is test.json with records in MERA's format and the media beside it.",
    ),
    "error.task_file_missing": ("В папке задачи нет файла {file}.", "The task folder has no file {file}."),
    "error.task_file_empty": ("Файл {file} пуст.", "The file {file} is empty."),
    "error.task_file_unreadable": (
        "Файл {file} не читается: {reason}.",
        "The file {file} cannot be read: {reason}.",
    ),
    "error.task_file_encoding": (
        "Файл {file} не в UTF-8 (байт {position}).",
        "The file {file} is not UTF-8 (byte {position}).",
    ),
    "error.task_file_encoding.hint": ("Сохраните его в UTF-8.", "Save it as UTF-8."),
    "error.task_file_broken": (
        "Файл {file} — не JSON: строка {line}, столбец {column}: {reason}.",
        "The file {file} is not JSON: line {line}, column {column}: {reason}.",
    ),
    "error.task_file_shape": (
        "В файле {file} нет списка записей (найдено: {found}).",
        "The file {file} holds no list of records (found: {found}).",
    ),
    "error.task_file_shape.hint": (
        "Нужен список или объект с ключом data.",
        "It should be a list, or an object with the key data.",
    ),
    "error.task_no_records": ("В {file} нет ни одной записи.", "There is not one record in {file}."),
    "error.task_meta_shape": (
        "В файле {file} должен быть объект, а не {found}.",
        "The file {file} should hold an object, not {found}.",
    ),
    "error.task_without_media": (
        "Не видно, что в задаче «{name}»: картинки, звук или видео.",
        "It cannot be seen whether the task “{name}” is about pictures, sounds or clips.",
    ),
    "error.task_without_media.hint": (
        "Укажите modality в dataset_meta.json или добавьте файлы в inputs.",
        "Give modality in dataset_meta.json, or media in inputs.",
    ),
    "error.task_not_one": (
        "«{name}» — не одна задача: {known}.",
        "“{name}” is not one task: {known}.",
    ),
    "error.suite_empty": (
        "В наборе «{name}» нет задач: папка {path} пуста.",
        "The suite “{name}” has no tasks: the folder {path} is empty.",
    ),
    "error.dataset_ref": (
        "«{ref}» — не ссылка на набор данных.",
        "“{ref}” is no reference to a dataset.",
    ),
    "error.dataset_ref.hint": (
        "Пример: hub:MERA-evaluation/ruCLEVR.",
        "For example: hub:MERA-evaluation/ruCLEVR.",
    ),
    "error.dataset_unreadable": (
        "Набор данных «{name}» не читается: {reason}.",
        "The dataset “{name}” cannot be read: {reason}.",
    ),
    "error.hub_unreachable": (
        "Хаб не отвечает, набор данных «{name}» не получен: {reason}.",
        "The hub does not answer, the dataset “{name}” was not fetched: {reason}.",
    ),
    "error.hub_unreachable.hint": (
        "Скачайте его там, где сеть есть (hf download {repo} --repo-type dataset), и укажите папку; или возьмите demo.",
        "Fetch it where there is a network (hf download {repo} --repo-type dataset) and give its folder, or take demo.",
    ),
    "error.dataset_no_split": (
        "В наборе данных «{name}» нет части {split} (есть: {known}).",
        "The dataset “{name}” has no split {split} (it has: {known}).",
    ),
    "error.dataset_no_cache": (
        "Некуда записать файлы набора данных «{name}».",
        "There is nowhere to write the media of the dataset “{name}”.",
    ),
    "error.record_not_object": (
        "Запись {number} — не объект, а {found}.",
        "Record {number} is not an object but {found}.",
    ),
    "error.record_field": (
        "Поле {field}: ожидалось {expected}, а там {found}.",
        "The field {field} should be {expected}, and is {found}.",
    ),
    "error.record_no_instruction": (
        "В записи нет инструкции (instruction).",
        "The record has no instruction.",
    ),
    "error.duplicate_id": (
        "Номер {id} в файле уже был: две записи с одним meta.id.",
        "The id {id} was used before: two records with one meta.id.",
    ),
    "error.unknown_slot": (
        "В инструкции есть {slots}, а в записи такого поля нет (есть: {known}).",
        "The instruction has {slots}, and the record has no such field (it has: {known}).",
    ),
    "error.placeholder_without_medium": (
        "В инструкции есть {placeholder}, а файла для него в записи нет.",
        "The instruction has {placeholder}, and the record has no medium for it.",
    ),
    "error.medium_without_placeholder": (
        "В записи есть файл {key}, а в инструкции для него нет места.",
        "The record has the medium {key}, and the instruction has no place for it.",
    ),
    # --- media
    "error.media_outside": (
        "Файл {file} лежит вне папки задачи.",
        "The file {file} lies outside the task's folder.",
    ),
    "error.media_missing": ("Файла {file} нет.", "The file {file} is missing."),
    "error.media_empty": ("Файл {file} пуст (0 байт).", "The file {file} is empty (0 bytes)."),
    "error.media_unreadable": (
        "Файл {file} не читается: {reason}.",
        "The file {file} cannot be read: {reason}.",
    ),
    "error.media_unknown": (
        "Файл {file} — не картинка, не звук и не видео.",
        "The file {file} is no picture, sound or clip.",
    ),
    "error.media_not_image": (
        "Файл {file} — не картинка, а {format}.",
        "The file {file} is not a picture but {format}.",
    ),
    "error.media_not_audio": (
        "Файл {file} — не звук, а {format}.",
        "The file {file} is not a sound but {format}.",
    ),
    "error.media_not_video": (
        "Файл {file} — не видео, а {format}.",
        "The file {file} is not a clip but {format}.",
    ),
    "error.media_broken": (
        "Файл {file} повреждён: {reason}.",
        "The file {file} is broken: {reason}.",
    ),
    "error.media_truncated": (
        "Файл {file} обрывается: записан не до конца.",
        "The file {file} breaks off: it was not written to its end.",
    ),
    "error.media_empty_track": (
        "В файле {file} нет ни звука, ни кадров.",
        "The file {file} holds not one frame or sample.",
    ),
    "error.media_too_large": (
        "Картинка {file} слишком велика: {width}×{height} пикселей.",
        "The picture {file} is too large: {width}×{height} pixels.",
    ),
    "error.media_too_large.hint": (
        "Предел — 420 миллионов пикселей (20 000 × 20 000).",
        "The limit is 420 million pixels (20,000 × 20,000).",
    ),
    "error.media_not_shown": (
        "Файл {file} не удалось подготовить к показу: {reason}.",
        "The file {file} could not be prepared for showing: {reason}.",
    ),
    "error.unknown_model.hint": (
        "Напишите embedded (встроенная модель), путь к папке модели или имя в хабе вида org/name.",
        "Write embedded (the model that comes along), the path of a model folder, or a hub name like org/name.",
    ),
    "error.model_folder_missing": ("Папки модели «{model}» нет.", "There is no model folder “{model}”."),
    "error.model_file_missing": (
        "В папке модели «{model}» нет файла {file} ({folder}).",
        "The folder of the model “{model}” has no file {file} ({folder}).",
    ),
    "error.model_file_missing.hint": (
        "Скопируйте модель целиком: config.json, веса *.safetensors, файлы токенизатора и препроцессора.",
        "Copy the whole model: config.json, weights *.safetensors, tokenizer and preprocessor files.",
    ),
    "error.model_file_broken": (
        "Файл {file} модели «{model}» не читается: {detail}.",
        "The file {file} of the model “{model}” cannot be read: {detail}.",
    ),
    "error.model_file_broken.hint": ("Скопируйте его заново.", "Copy it again."),
    "error.model_pickle_only": (
        "Веса модели «{model}» есть только в формате pickle ({file}): такой файл может выполнить чужой код, "
        "и студия его не открывает.",
        "The weights of the model “{model}” exist only as a pickle ({file}): such a file can run foreign code, "
        "and the studio does not open it.",
    ),
    "error.model_pickle_only.hint": (
        "Возьмите версию с весами *.safetensors или преобразуйте веса.",
        "Take a revision with *.safetensors weights, or convert them.",
    ),
    "error.model_incomplete": (
        "В весах модели «{model}» не хватает {n} тензоров, например {example}.",
        "The weights of the model “{model}” lack {n} tensors, for example {example}.",
    ),
    "error.model_incomplete.hint": (
        "Веса и config.json, похоже, от разных моделей, или часть файлов не скопирована.",
        "The weights and config.json seem to be of different models, or some files were not copied.",
    ),
    "error.model_not_multimodal": (
        "Модель «{model}» (архитектура {type}) принимает только текст.",
        "The model “{model}” (architecture {type}) takes only text.",
    ),
    "error.model_unknown_type": (
        "Архитектура «{type}» модели «{model}» неизвестна transformers {version}.",
        "The architecture “{type}” of the model “{model}” is unknown to transformers {version}.",
    ),
    "error.model_unknown_type.hint": (
        "Возможно, нужна более новая версия transformers или вариант модели с окончанием -hf.",
        "A newer transformers may be needed, or the variant of the model that ends in -hf.",
    ),
    "error.model_needs_code": (
        "Модель «{model}» открывается только собственным кодом, а он не разрешён.",
        "The model “{model}” opens only with code of its own, which is not allowed.",
    ),
    "error.model_needs_code.hint": (
        "Если вы прочли этот код и доверяете ему, запустите студию с переменной STUDIO_TRUST={model}.",
        "If you have read that code and trust it, start the studio with the variable STUDIO_TRUST={model}.",
    ),
    "error.model_needs_package": (
        "Модели «{model}» не хватает пакета: {detail}.",
        "The model “{model}” lacks a package: {detail}.",
    ),
    "error.model_too_big": (
        "Модель «{model}» не помещается в память устройства {device}.",
        "The model “{model}” does not fit into the memory of {device}.",
    ),
    "error.model_too_big.hint": (
        "Выберите модель меньше, тип bfloat16 или другое устройство.",
        "Choose a smaller model, the type bfloat16 or another device.",
    ),
    "error.model_not_opened": (
        "Модель «{model}» не открылась: {detail}.",
        "The model “{model}” could not be opened: {detail}.",
    ),
    "error.model_hub_unreachable": (
        "Модель «{model}» не получена из хаба: {detail}.",
        "The model “{model}” could not be fetched from the hub: {detail}.",
    ),
    "error.model_hub_unreachable.hint": (
        "Проверьте сеть, скачайте модель заранее и укажите путь к её папке, или возьмите модель embedded.",
        "Check the network, download the model beforehand and give its folder, or take the model embedded.",
    ),
    "error.model_not_on_hub": (
        "Модели «{model}» в хабе нет, или она закрыта для вас.",
        "There is no model “{model}” on the hub, or it is closed to you.",
    ),
    "error.model_not_on_hub.hint": (
        "Проверьте имя; для закрытой модели задайте переменную HF_TOKEN.",
        "Check the name; for a closed model set the variable HF_TOKEN.",
    ),
    "error.model_gated": (
        "Модель «{model}» выдают только тем, кто принял её условия.",
        "The model “{model}” is given only to those who accepted its terms.",
    ),
    "error.model_gated.hint": (
        "Примите условия на странице модели в хабе и задайте переменную HF_TOKEN.",
        "Accept the terms on the model's page on the hub and set the variable HF_TOKEN.",
    ),
    "error.model_no_revision": (
        "У модели «{model}» в хабе нет версии «{revision}».",
        "The model “{model}” has no revision “{revision}” on the hub.",
    ),
    "error.revision_of_folder": (
        "Модель «{model}» берётся из папки, и версии «{revision}» у неё нет.",
        "The model “{model}” comes from a folder and has no revision “{revision}”.",
    ),
    "error.unknown_device": ("Устройства «{device}» не бывает.", "There is no such device as “{device}”."),
    "error.unknown_device.hint": (
        "Можно: auto, cpu, cuda, cuda:1, mps.",
        "Use auto, cpu, cuda, cuda:1 or mps.",
    ),
    "error.device_not_here": (
        "Устройства «{device}» на этой машине нет.",
        "This machine has no device “{device}”.",
    ),
    "error.unknown_dtype": (
        "Тип чисел «{dtype}» неизвестен. Можно: {known}.",
        "The number type “{dtype}” is unknown. Use: {known}.",
    ),
    "error.modality_not_taken": (
        "Модель «{model}» не принимает данные вида {modality}.",
        "The model “{model}” does not take {modality}.",
    ),
    "error.resize_conflict": (
        "Задайте либо длинную сторону картинки, либо её ширину и высоту, а не то и другое.",
        "Give either the longer side of pictures or their width and height, not both.",
    ),
    "error.unknown_media_use": (
        "Для медиа нет режима «{name}».",
        "There is no way “{name}” to treat media.",
    ),
    "error.unknown_media_use.hint": ("Известны: {known}.", "Known: {known}."),
    "error.nothing_but_media": (
        "Без медиа от вопроса ничего не остаётся.",
        "Without its media nothing is left of the question.",
    ),
    "error.history_not_taken": (
        "Модель «{model}» не принимает диалог: её шаблон не знает предыдущих вопросов и ответов.",
        "The model “{model}” takes no dialogue: its template knows no earlier questions and answers.",
    ),
    "error.several_media_not_taken": (
        "Модель «{model}» принимает один медиафайл за раз, а в вопросе их {n}.",
        "The model “{model}” takes one medium at a time, and the question has {n}.",
    ),
    "error.prompt_too_long": (
        "Вопрос с медиа занимает {tokens} токенов, а модель вмещает {context}.",
        "The question with its media takes {tokens} tokens, and the model holds {context}.",
    ),
    "error.prompt_too_long.hint": (
        "Уменьшите число кадров или размер картинок.",
        "Use fewer frames or smaller pictures.",
    ),
    "error.out_of_memory": (
        "На этот вопрос не хватило памяти устройства, даже когда он был один.",
        "The device's memory was too small for this question, even when it was asked alone.",
    ),
    "error.model_refused": (
        "Модель не смогла обработать вопрос: {kind}: {message}",
        "The model could not process the question: {kind}: {message}",
    ),
    "error.engine_closed": ("Модель «{model}» уже закрыта.", "The model “{model}” is closed already."),
    # --- ZeroGPU
    "error.zerogpu_quota": (
        "Пауза: квота GPU кончилась. Прогон продолжится, когда его страницу откроет тот, у кого она есть.",
        "Paused: the GPU quota is used up. The run goes on when somebody who has some opens its page.",
    ),
    "error.zerogpu_quota.hint": ("ZeroGPU: {words}", "ZeroGPU: {words}"),
    "error.zerogpu_busy": (
        "Пауза: свободной GPU сейчас нет. Прогон продолжится сам, пока открыта его страница.",
        "Paused: no GPU is free now. The run goes on by itself while its page is open.",
    ),
    "error.zerogpu_busy.hint": ("ZeroGPU: {words}", "ZeroGPU: {words}"),
    "error.zerogpu_expired": (
        "Пауза: право на GPU истекло. Открытая страница прогона получит новое в течение минуты.",
        "Paused: the right to a GPU has run out. The run's open page gets a new one within a minute.",
    ),
    "error.zerogpu_nobody": (
        "Пауза: GPU даётся посетителю, а прогон никто не смотрит. Он продолжится, когда кто-нибудь откроет страницу.",
        "Paused: the GPU is lent to visitors, and nobody looks at the run. It goes on when somebody opens its page.",
    ),
    "error.zerogpu_too_slow": (
        "За {seconds} с на GPU модель не успела ответить ни на один вопрос, и так несколько раз подряд.",
        "In {seconds} s on the GPU the model answered no question, several times in a row.",
    ),
    "error.zerogpu_too_slow.hint": (
        "Возьмите модель поменьше, меньше кадров или короче ответ.",
        "Take a smaller model, fewer frames or a shorter answer.",
    ),
    "error.zerogpu_died": (
        "Процесс с GPU обрывается раньше, чем модель готова, и так несколько раз подряд.",
        "The process with the GPU dies before the model is there, several times in a row.",
    ),
    "error.zerogpu_died.hint": (
        "Скорее всего, модели не хватает памяти: возьмите поменьше. Причина — в журнале Space.",
        "Most likely the model lacks memory: take a smaller one. The Space's log tells the reason.",
    ),
    "error.zerogpu_failed": ("ZeroGPU не выполнил запрос: {words}", "ZeroGPU did not do the work: {words}"),
    "error.zerogpu_no_package": (
        "На Space с ZeroGPU нет пакета spaces.",
        "The Space with ZeroGPU lacks the package spaces.",
    ),
    # --- metrics
    "error.unknown_profile": (
        "Профиля Exact Match «{name}» нет.",
        "There is no Exact Match profile “{name}”.",
    ),
    "error.unknown_profile.hint": ("Известны: {known}.", "Known: {known}."),
    # --- judges
    "error.unknown_judge": ("Судья «{name}» не найден.", "The judge “{name}” was not found."),
    "error.unknown_judge.hint": (
        "Напишите auto, embedded, путь к папке модели или имя в хабе вида org/name.",
        "Write auto, embedded, the path of a model folder, or a hub name like org/name.",
    ),
    "error.judge_not_binary": (
        "«{model}» не годится в судьи: нужен классификатор на два класса, а классов {labels}.",
        "“{model}” cannot judge: a classifier of two classes is needed, and it has {labels}.",
    ),
}
