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
    "error.log_count": (
        "Задача {task}: журнал говорит о {expected} записях, а в {file} их {found}.",
        "The task {task}: the log speaks of {expected} records, and {file} holds {found}.",
    ),
}
