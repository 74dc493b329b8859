"""Texts of importing other tools' answers as a project."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.project.import": (
        "Делает проект из ответов, собранных в Толоке (TSV) или Label Studio (JSON).",
        "Makes a project of answers that were collected in Toloka (TSV) or Label Studio (JSON).",
    ),
    "cli.project.import.more": (
        "Вопрос находится по полю --key с ключом записи, иначе по имени файла и словам вопроса. Строки, которым не\n"
        "подошёл ни один вопрос или подошли несколько, перечислены и не взяты (код выхода 1). Люди получают новые\n"
        "номера, имён и адресов в базе нет. Тот же файл ещё раз ничего не меняет.",
        "The question is found by the field --key with the sample's key, else by the file's name and the question's\n"
        "words. Rows that no question fits, or several, are listed and not taken (exit code 1). People get new\n"
        "ids; no\n"
        "names and addresses come in. The same file again changes nothing.",
    ),
    "cli.project.import.example": (
        "  python -m studio project import assignments.tsv --task ./моя_задача --dry-run\n"
        "  python -m studio project import assignments.tsv --task ./моя_задача --column result --pay 450\n"
        "  python -m studio project import project-7.json --task ./моя_задача --key sample_id",
        "  python -m studio project import assignments.tsv --task ./my_task --dry-run\n"
        "  python -m studio project import assignments.tsv --task ./my_task --column result --pay 450\n"
        "  python -m studio project import project-7.json --task ./my_task --key sample_id",
    ),
    "cli.option.import_file": (
        "файл Толоки (TSV) или Label Studio (JSON)",
        "the file of Toloka (TSV) or Label Studio (JSON)",
    ),
    "cli.option.import_key": (
        "поле, в котором ключ записи задачи",
        "the field that holds the key of the task's sample",
    ),
    "cli.option.import_column": (
        "поле с ответом, если их несколько: имя OUTPUT или from_name",
        "the field of the answer where there are several: a name of OUTPUT, or from_name",
    ),
    "cli.option.import_pay": ("оплата часа, для отчёта о расходах", "pay for an hour, for the cost report"),
    "cli.option.import_dry": ("только показать, что получится", "only tell what would come of it"),
    "cli.project.import.would": (
        "Вышел бы проект {project} ({tool}, {task}). Ничего не сделано.",
        "It would be the project {project} ({tool}, {task}). Nothing was done.",
    ),
    "cli.project.import.done": ("Проект {project}: {tool}, {task}", "The project {project}: {tool}, {task}"),
    "cli.project.import.known": (
        "Проект {project} уже есть, ничего не изменилось ({tool}, {task})",
        "The project {project} is there already, nothing has changed ({tool}, {task})",
    ),
    "cli.project.import.counts": (
        "Прочитано {read}; новых {new}, уже было {known}; людей {people}, вопросов {items}, из них контрольных "
        "{controls}; пропусков {skips}; ответов на вопрос до {overlap}",
        "Read {read}; new {new}, known {known}; people {people}, questions {items}, controls among them {controls}; "
        "skips {skips}; up to {overlap} answers a question",
    ),
    "cli.project.import.unmatched": (
        "Вопроса нет в задаче, не взято: {places}",
        "No such question in the task, not taken: {places}",
    ),
    "cli.project.import.ambiguous": (
        "Подходят несколько вопросов, не взято: {places}. Назовите поле с ключом: --key.",
        "Several questions fit, not taken: {places}. Name the field with the key: --key.",
    ),
    "cli.project.import.place.toloka": ("строка {place}", "line {place}"),
    "cli.project.import.place.label-studio": ("задание {place}", "task {place}"),
    "cli.project.import.odd": ("{place}: {problem}", "{place}: {problem}"),
    "crowd.left.unfinished": ("не закончены или просрочены: {n}", "not finished or out of time: {n}"),
    "crowd.left.rejected": ("отклонены заказчиком: {n}", "rejected by the requester: {n}"),
    "crowd.left.golden": ("известные ответы, а не людей: {n}", "known answers, not people's: {n}"),
    "crowd.left.again": (
        "третий и следующие ответы того же человека: {n}",
        "third and further answers of the same person: {n}",
    ),
    "error.crowd_large": ("Файл {file} больше {most} МБ.", "The file {file} is larger than {most} MB."),
    "error.crowd_encoding": (
        "Файл {file} не читается как текст: нужен UTF-8 или UTF-16.",
        "The file {file} cannot be read as text: UTF-8 or UTF-16 is needed.",
    ),
    "error.crowd_unknown": (
        "Файл {file} не похож ни на TSV Толоки, ни на JSON Label Studio.",
        "The file {file} looks like neither Toloka's TSV nor Label Studio's JSON.",
    ),
    "error.crowd_unknown.hint": (
        "Выгрузите назначения Толоки в TSV или проект Label Studio в формате JSON (не JSON-MIN).",
        "Save Toloka's assignments as TSV, or a Label Studio project as JSON (not JSON-MIN).",
    ),
    "error.crowd_table": (
        "В файле {file} строка {row} не складывается в таблицу.",
        "Line {row} of the file {file} is not one of a table.",
    ),
    "error.crowd_rows": (
        "В файле {file} больше {most} ответов.",
        "The file {file} holds more than {most} answers.",
    ),
    "error.crowd_no_rows": (
        "В файле {file} нет ни одного ответа ({column}).",
        "The file {file} holds no answer ({column}).",
    ),
    "error.crowd_no_worker": (
        "В файле {file} нет столбца {column}: не узнать, кто отвечал.",
        "The file {file} has no column {column}: who answered is not told.",
    ),
    "error.crowd_column": (
        "В файле {file} не понять, где ответ («{name}»). Есть: {known}.",
        "Where the answer stands in the file {file} is not clear (“{name}”). There are: {known}.",
    ),
    "error.crowd_column.hint": ("Назовите поле: --column.", "Name the field: --column."),
    "error.crowd_json": (
        "Файл {file} — не JSON Label Studio: нужен список заданий с annotations.",
        "The file {file} is no JSON of Label Studio: a list of tasks with annotations is needed.",
    ),
    "error.crowd_status": ("Неизвестное состояние «{status}».", "An unknown status “{status}”."),
    "error.crowd_several": (
        "Ответов в одной разметке {n}, а нужен один.",
        "One annotation holds {n} answers, and one is needed.",
    ),
    "error.crowd_nobody": ("Не сказано, кто отвечал.", "Who answered is not told."),
}
