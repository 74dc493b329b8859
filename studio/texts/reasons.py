"""What systems and libraries say of a failure, in words: they speak English, and not to people.

A reason that is not known stays as it was said.
"""

import re

TEXTS: dict[str, tuple[str, str]] = {
    "reason.offline": (
        "переменная HF_HUB_OFFLINE запрещает выходить в сеть",
        "the variable HF_HUB_OFFLINE forbids to use the network",
    ),
    "reason.dns": (
        "адрес не найден: в нём опечатка или нет сети",
        "the address is not found: it is misspelt, or there is no network",
    ),
    "reason.refused": (
        "в соединении отказано, по этому адресу ничего не запущено",
        "the connection is refused, nothing runs at that address",
    ),
    "reason.timeout": ("ответа не дождались", "no answer came in time"),
    "reason.no_route": ("сеть недоступна", "the network cannot be reached"),
    "reason.reset": ("соединение оборвалось", "the connection was cut"),
    "reason.certificate": (
        "сертификат сервера не проходит проверку",
        "the server's certificate does not pass the check",
    ),
    "reason.tls": (
        "не удалось договориться о шифровании; похоже, сервер говорит по http, а адрес начинается с https",
        "no encryption could be agreed on; the server seems to speak http while the address begins with https",
    ),
    "reason.missing": ("такого файла или папки нет", "there is no such file or folder"),
    "reason.forbidden": ("нет прав на чтение или запись", "there is no right to read or write"),
    "reason.disk_full": ("на диске кончилось место", "the disk is full"),
    "reason.is_folder": ("это папка, а не файл", "it is a folder and not a file"),
    "reason.json_value": (
        "здесь должно стоять значение; возможно, файл обрывается",
        "a value should stand here; the file may end too early",
    ),
    "reason.json_comma": (
        "пропущена запятая или закрывающая скобка",
        "a comma or a closing bracket is missing",
    ),
    "reason.json_colon": ("после имени поля нет двоеточия", "no colon follows the field's name"),
    "reason.json_name": (
        "здесь должно стоять имя поля в двойных кавычках",
        "a field's name in double quotes should stand here",
    ),
    "reason.json_extra": ("после конца JSON стоит что-то ещё", "something stands after the end of the JSON"),
    "reason.json_string": ("у строки нет закрывающей кавычки", "a string has no closing quote"),
    "reason.raw": ("Что сказала система", "What the system said"),
}
_KNOWN = tuple(
    (re.compile(pattern, re.I), key)
    for pattern, key in (
        (r"HF_HUB_OFFLINE", "offline"),
        (
            r"name or service not known|name resolution|getaddrinfo|nodename nor servname|NameResolutionError",
            "dns",
        ),
        (r"connection refused|connect call failed", "refused"),
        (r"timed? ?out", "timeout"),
        (r"no route to host|network is unreachable", "no_route"),
        (r"connection ?reset|broken pipe|disconnected|remote end closed|IncompleteRead", "reset"),
        (r"CERTIFICATE_VERIFY_FAILED|certificate", "certificate"),
        (r"WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE", "tls"),
        (r"no space left", "disk_full"),
        (r"permission denied|read-only file system|operation not permitted", "forbidden"),
        (r"is a directory", "is_folder"),
        (r"no such file or directory", "missing"),
        (r"^Expecting value", "json_value"),
        (r"^Expecting ',' delimiter", "json_comma"),
        (r"^Expecting ':' delimiter", "json_colon"),
        (r"^Expecting property name|^Illegal trailing comma", "json_name"),
        (r"^Extra data", "json_extra"),
        (r"^Unterminated string", "json_string"),
    )
)


def reason_key(raw: object) -> str:
    """The key of the words for what a system said; "" where there are none."""
    return next((f"reason.{key}" for pattern, key in _KNOWN if pattern.search(str(raw))), "")
