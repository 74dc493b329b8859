"""Texts of what holds people's work: the journal, the shelf, the disks they lie on."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.journal_broken": (
        "Журнал испорчен: запись {n} в файле «{file}» изменена.",
        "The journal is damaged: record {n} in the file “{file}” was changed.",
    ),
    "error.journal_broken.hint": (
        "Ответы не принимаются, пока файл не станет прежним. Если журнал отправляется на полку, удалите "
        "этот файл здесь и запустите студию снова: она возьмёт его с полки. Испорчен и там — верните "
        "прежний из истории датасета или из копии.",
        "No answers are taken until the file is what it was. If the journal is shipped to a shelf, delete "
        "this file here and start the studio again: it fetches the shelf's. If that one is damaged, too, "
        "bring the former one back from the dataset's history or from a copy.",
    ),
    "error.journal_missing": (
        "В журнале нет записей с {expected} по {last}: файл перед «{file}» потерян или обрезан.",
        "Records {expected} to {last} are missing in the journal: the file before “{file}” is lost or cut "
        "short.",
    ),
    "error.journal_missing.hint": (
        "Ответы не принимаются, пока записи не вернутся. Положите недостающий файл в папку journal (или "
        "на полку) из истории датасета или из копии и запустите студию снова.",
        "No answers are taken until they are back. Put the missing file into the folder journal (or on "
        "the shelf) from the dataset's history or from a copy, and start the studio again.",
    ),
    "error.journal_forked": (
        "Файл «{file}» — из другого журнала: его запись {n} не продолжает запись перед ней.",
        "The file “{file}” belongs to another journal: its record {n} does not follow the one before.",
    ),
    "error.journal_forked.hint": (
        "Две студии писали на одну полку, или файл попал сюда по ошибке. Уберите его в другое место, "
        "ничего не удаляя, и запустите студию снова; у каждой студии должна быть своя полка "
        "(STUDIO_SHELF).",
        "Two studios wrote to one shelf, or the file got here by mistake. Move it elsewhere, delete "
        "nothing, and start the studio again; every studio needs a shelf of its own (STUDIO_SHELF).",
    ),
    "error.journal_unreadable": (
        "В файле журнала «{file}» есть строка, которая не читается.",
        "A line in the journal's file “{file}” cannot be read.",
    ),
    "error.journal_unreadable.hint": (
        "Файл меняли мимо студии. Если журнал отправляется на полку, удалите этот файл здесь и запустите "
        "студию снова: она возьмёт его с полки.",
        "The file was changed behind the studio's back. If the journal is shipped to a shelf, delete this "
        "file here and start the studio again: it fetches the shelf's.",
    ),
    "error.journal_behind": (
        "В базе {expected} записей о работе людей, а в журнале только {n}: файлы журнала потеряны или это "
        "чужая папка.",
        "The database knows {expected} records of people's work, the journal has only {n}: its files are "
        "lost, or the folder is another's.",
    ),
    "error.journal_behind.hint": (
        "Верните файлы папки journal с полки или из копии и запустите студию снова. Ответы пока не "
        "принимаются, чтобы новые не заняли места потерянных.",
        "Bring the files of the folder journal back from the shelf or from a copy and start the studio "
        "again. Until then no answers are taken, so that new ones do not take the places of lost ones.",
    ),
    "error.journal_foreign": (
        "База и журнал — от разных студий: запись {n} в них разная.",
        "The database and the journal belong to different studios: record {n} differs.",
    ),
    "error.journal_foreign.hint": (
        "Проверьте STUDIO_HOME и STUDIO_DB. Если верен журнал, уберите файл базы: работа людей "
        "восстановится из журнала.",
        "Check STUDIO_HOME and STUDIO_DB. If the journal is the right one, move the database file away: "
        "people's work is made anew from the journal.",
    ),
    "error.shelf_half": (
        "Файл «{file}» пришёл с полки «{name}» не целиком: {got} байт из {size}.",
        "The file “{file}” came from the shelf “{name}” cut short: {got} of {size} bytes.",
    ),
    "error.shelf_half.hint": (
        "Студия попробует ещё раз сама.",
        "The studio tries again by itself.",
    ),
    "error.shelf_taken": (
        "Хранилище ответов «{name}» взяла другая копия студии: {place}. Ответы принимает она.",
        "Another copy of the studio has taken the shelf of answers “{name}”: {place}. That one takes "
        "answers now.",
    ),
    "error.shelf_taken.hint": (
        "Отвечайте там. Если это ошибка, остановите ту копию или дайте ей свою полку (STUDIO_SHELF); эта "
        "продолжит сама.",
        "Answer there. If that is a mistake, stop that copy or give it a shelf of its own (STUDIO_SHELF); "
        "this one goes on by itself.",
    ),
    "error.shelf_opening": (
        "Студия забирает ответы из хранилища «{name}».",
        "The studio is fetching the answers from the shelf “{name}”.",
    ),
    "error.shelf_opening.hint": (
        "Через минуту можно продолжать; набранное не пропадёт.",
        "Go on in a minute; what you have typed is kept.",
    ),
    "error.shelf_unreached": (
        "Хранилище ответов «{name}» не отвечает ({reason}), а на этом диске журнала ещё нет.",
        "The shelf of answers “{name}” does not answer ({reason}), and this disk has no journal yet.",
    ),
    "error.shelf_unreached.hint": (
        "Повторите, когда оно ответит: без него новые записи заняли бы места прежних.",
        "Try again when it does: without it new records would take the places of former ones.",
    ),
    "error.network_disk": (
        "«{path}» лежит на сетевом диске ({kind}): базу и журнал там легко испортить.",
        "“{path}” lies on a network's disk ({kind}): a database and a journal are easily torn there.",
    ),
    "error.network_disk.hint": (
        "Укажите в STUDIO_HOME папку на диске этой машины, а сетевую — в STUDIO_SHELF: туда студия "
        "отправляет копии.",
        "Set STUDIO_HOME to a folder on this machine's disk, and STUDIO_SHELF to the network's one: "
        "copies are shipped there.",
    ),
    "error.ledger_ending": (
        "Студия останавливается и новых ответов не принимает.",
        "The studio is stopping and takes no new answers.",
    ),
    "error.ledger_ending.hint": (
        "Обновите страницу через минуту: набранное не пропадёт.",
        "Reload the page in a minute: what you have typed is kept.",
    ),
    "error.shelf_silent": (
        "Хранилище ответов «{name}» не отвечает: {reason}.",
        "The shelf of answers “{name}” does not answer: {reason}.",
    ),
    "error.shelf_silent.hint": (
        "Ответы целы на диске этой машины; отправка повторяется сама.",
        "The answers are safe on this machine's disk; the upload is tried again by itself.",
    ),
    "error.public_shelf": (
        "«{name}» на хабе открыт всем: ответы людей туда не отправляются.",
        "“{name}” on the hub is public: people's answers are not sent there.",
    ),
    "error.public_shelf.hint": (
        "Сделайте его закрытым.",
        "Make it private.",
    ),
    "error.journal_gap": (
        "В журнале за записью {expected} следует {n}: таблицы не догнать.",
        "Record {n} stands in the journal where {expected} is expected: the tables cannot follow.",
    ),
    "error.journal_gap.hint": (
        "Верните недостающие файлы журнала с полки и запустите студию снова.",
        "Restore the journal's missing files from the shelf and start the studio again.",
    ),
    "error.journal_newer": (
        "В журнале есть запись «{kind}», которой эта студия не знает: её сделала более новая.",
        "The journal has a record “{kind}” that this studio does not know: a newer one wrote it.",
    ),
    "error.journal_newer.hint": (
        "Обновите студию.",
        "Update the studio.",
    ),
}
