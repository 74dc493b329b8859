"""Texts of what is written out of a project of the human baseline, and of its commands."""

TEXTS: dict[str, tuple[str, str]] = {
    "hb.readme": (
        "# Человеческий уровень: {title}\n\n"
        "{warning}"
        "Задача {task}; отвечали {level}, по протоколу MERA. [In English](README.en.md).\n\n"
        "| что | сколько |\n|---|---|\n"
        "| вопросов | {items} |\n| ответов на вопрос | {overlap} |\n| ответов в счёте | {votes} |\n"
        "| людей в счёте | {people} |\n| исключено | {excluded} |\n| контрольных вопросов | {controls} |\n"
        "| вопросов обучения | {training} |\n| начато, закончено | {begun}, {ended} |\n| часов работы | {hours} |\n"
        "| оплата часа | {pay} |\n| стоило | {cost} |\n\n"
        "## Как сведены ответы\n\n"
        "Метод: {method}. Ответы сравниваются по форме (столбец `form`): без регистра, лишних пробелов, кавычек и\n"
        "точки в конце. Ничью решают голоса с весом (1 + верных) / (2 + контрольных), без контрольных это 0,5\n"
        "(`vote_weight`), затем GLAD; последнее слово за рецензентом (`last_word`). Чего ничто не решило, осталось\n"
        "ничьей (`tied`), без ответа: это не ошибка людей.\n\n"
        "Без большинства осталось {low} вопросов при пороге {threshold}: {valid}\n"
        "α Криппендорфа {alpha}, доля согласных пар {raw}; интервалы — в `agreement.json`.\n\n"
        "Пересчитать: `python3 aggregate.py`. Скрипту нужен только Python 3.9; он читает `raw/` и `parameters.json` и\n"
        "сравнивает то, что получилось, с `aggregated.csv`.\n\n"
        "## Что где\n\n"
        "| файл | что в нём |\n|---|---|\n"
        "| `raw/answers.csv` | всё, что люди ответили и пропустили, строка на ответ; взятое назад тоже |\n"
        "| `raw/items.csv` | вопросы: ключ в задаче, зачем задан, слой, убран ли |\n"
        "| `raw/people.csv` | люди под номерами: сколько сделали, как справились с контрольными и повторами |\n"
        "| `aggregated.csv` | общий ответ на каждый вопрос и как он получен |\n"
        "| `aggregate.py`, `parameters.json` | как из одного получилось другое |\n"
        "| `agreement.json` | согласие людей |\n"
        "| `cost.csv` | часы и оплата каждого и всех |\n"
        "| `instructions/` | все версии инструкции; `instructions` в ответах — номер версии |\n\n"
        "`counts` = 1 у ответов в счёте: засчитанных ответов на вопросы базового уровня. `vote` = 1 у них и у\n"
        "засчитанных ответов на контрольные вопросы не из него: в счёт те не идут, но по ним модели людей (Дэвид и\n"
        "Скин, GLAD) узнают, кто как отвечает. `stands` = 0 у взятых назад. `active_s` — секунды, когда страница была\n"
        "на виду и человек работал или слушал; `took_s` — от показа до ответа. Время — UTC.\n"
        "Таблицы — CSV в UTF-8 с меткой, разделитель — запятая. Ячейка, которую табличный процессор принял бы за\n"
        "формулу, начинается с апострофа: снимите его, читая программой.\n",
        "# Human baseline: {title}\n\n"
        "{warning}"
        "The task {task}; {level} answered, by MERA's protocol. [README.md](README.md) is the same in Russian.\n\n"
        "| what | how much |\n|---|---|\n"
        "| questions | {items} |\n| answers a question | {overlap} |\n| answers in the count | {votes} |\n"
        "| people in the count | {people} |\n| excluded | {excluded} |\n| control questions | {controls} |\n"
        "| training questions | {training} |\n| begun, ended | {begun}, {ended} |\n| hours of work | {hours} |\n"
        "| pay for an hour | {pay} |\n| cost | {cost} |\n\n"
        "## How the answers were brought together\n\n"
        "Method: {method}. Answers are compared by their form (column `form`): without case, extra blanks,\n"
        "quotes and a final stop. A tie is broken by votes that weigh (1 + right) / (2 + controls), 0.5 without\n"
        "controls (`vote_weight`), then by GLAD; a reviewer has the last word (`last_word`). What nothing broke stays\n"
        "a tie (`tied`), without an answer: it is no error of people.\n\n"
        "{low} of the questions have no majority, the threshold is {threshold}: {valid}\n"
        "Krippendorff's α {alpha}, share of pairs that agree {raw}; `agreement.json` has the intervals.\n\n"
        "To work it out again: `python3 aggregate.py`. The script needs Python 3.9 alone; it reads `raw/` and\n"
        "`parameters.json` and compares what comes out with `aggregated.csv`.\n\n"
        "## What is where\n\n"
        "| file | what is in it |\n|---|---|\n"
        "| `raw/answers.csv` | all that people answered and skipped, a row each; what was taken back, too |\n"
        "| `raw/items.csv` | questions: key in the task, what for, stratum, whether retired |\n"
        "| `raw/people.csv` | people by ids: what they did, how they stand with controls and repeats |\n"
        "| `aggregated.csv` | the common answer to each question and how it came about |\n"
        "| `aggregate.py`, `parameters.json` | how the one became the other |\n"
        "| `agreement.json` | how far people agree |\n"
        "| `cost.csv` | hours and pay of each and of all |\n"
        "| `instructions/` | all versions of the instructions; `instructions` of an answer is its version |\n\n"
        "`counts` = 1 of answers in the count: valid ones to questions of the baseline. `vote` = 1 of them and of\n"
        "valid answers to controls from outside it: those are not in the count, but teach the models of people\n"
        "(Dawid and Skene, GLAD) how each answers. `stands` = 0 of those taken back. `active_s` are seconds in which\n"
        "the page was in sight and its person worked or listened; `took_s` is from the question to the answer.\n"
        "Times are UTC.\n"
        "Tables are CSV in UTF-8 with a mark, parted by commas. A cell that a spreadsheet would take for a formula\n"
        "begins with an apostrophe: take it off when a program reads.\n",
    ),
    "hb.private": (
        "**Задача закрытая: её ответы не публикуют. Эта папка выдаёт их, держите её при себе.**",
        "**The task is private: its answers are not published. This folder tells them; keep it to yourself.**",
    ),
    "hb.level.crowd": ("люди без особой подготовки", "people without special knowledge"),
    "hb.level.expert": ("эксперты", "experts of the subject"),
    "hb.method.majority": ("большинство голосов", "majority of votes"),
    "hb.method.dawid_skene": ("модель Дэвида и Скин", "Dawid and Skene's model"),
    "hb.method.glad": ("GLAD", "GLAD"),
    "hb.valid.yes": ("базовый уровень годится.", "the baseline is valid."),
    "hb.valid.no": ("по протоколу базовый уровень не годится.", "by the protocol the baseline is not valid."),
    "hb.valid.unknown": ("ответов пока нет.", "there are no answers yet."),
    "hb.pay.none": ("не указана", "not told"),
    # commands
    "cli.project.export": (
        "Записывает проект: папку hb/ протокола MERA, таблицы CSV или файл SQLite.",
        "Writes a project out: the folder hb/ of MERA's protocol, CSV tables, or a SQLite file.",
    ),
    "cli.project.export.more": (
        "hb — сырые и сведённые ответы, скрипт, который сводит их заново, отчёт о расходах, инструкции. Имён,\n"
        "учётных записей и пояснений людей нигде нет, пока их не попросят: --names (для csv и sqlite).",
        "hb is raw and aggregated answers, a script that aggregates them anew, a cost report, the instructions.\n"
        "People's\n"
        "names, accounts and comments are nowhere unless asked for: --names (with csv and sqlite).",
    ),
    "cli.project.export.example": (
        "  python -m studio project export b1122-5f2a9c --to hb\n"
        "  python -m studio project export b1122-5f2a9c --to люди --format csv --names\n"
        "  python -m studio project export b1122-5f2a9c --to люди.sqlite --format sqlite",
        "  python -m studio project export b1122-5f2a9c --to hb\n"
        "  python -m studio project export b1122-5f2a9c --to people --format csv --names\n"
        "  python -m studio project export b1122-5f2a9c --to people.sqlite --format sqlite",
    ),
    "cli.project.push": (
        "Отправляет hb/ и SQLite проекта в закрытый датасет хаба или в папку.",
        "Sends hb/ and the SQLite file of a project to a private dataset of the hub, or to a folder.",
    ),
    "cli.project.push.more": (
        "Датасет заводится закрытым; в открытый ничего не отправляется. Нужен вход: HF_TOKEN или hf auth login.",
        "The dataset is made private; nothing is sent to a public one. Signing in is needed: HF_TOKEN or hf\n"
        "auth login.",
    ),
    "cli.project.push.example": (
        "  python -m studio project push b1122-5f2a9c --to dataset:моя-группа/люди\n"
        "  python -m studio project push b1122-5f2a9c --to /mnt/общая/люди",
        "  python -m studio project push b1122-5f2a9c --to dataset:our-group/people\n"
        "  python -m studio project push b1122-5f2a9c --to /mnt/shared/people",
    ),
    "cli.metavar.place": ("КУДА", "WHERE"),
    "cli.option.export_to": ("папка, для sqlite — файл", "a folder; a file for sqlite"),
    "cli.option.project_format": ("hb, csv или sqlite (hb)", "hb, csv or sqlite (hb)"),
    "cli.option.export_names": (
        "с именами, учётными записями и пояснениями людей",
        "with people's names, accounts and comments",
    ),
    "cli.option.push_to": ("dataset:ИМЯ на хабе или папка", "dataset:NAME of the hub, or a folder"),
    "cli.project.exported": ("Записано: {folder} (файлов: {n})", "Written: {folder} ({n} files)"),
    "cli.project.pushed": (
        "Отправлено в {place}: {folder} (файлов: {n})",
        "Sent to {place}: {folder} ({n} files)",
    ),
    "error.hb_no_names": (
        "В hb/ имён не бывает: папку публикуют.",
        "hb/ never holds names: it is for publishing.",
    ),
    "error.hb_no_names.hint": ("Возьмите --format csv или sqlite.", "Take --format csv or sqlite."),
    "error.folder_not_empty": (
        "В папке {folder} уже что-то есть.",
        "There is something in the folder {folder} already.",
    ),
    "error.folder_not_empty.hint": (
        "Назовите новую или добавьте --force: файлы с теми же именами заменятся.",
        "Name a new one, or add --force: files of the same names are replaced.",
    ),
    "error.export_cannot_write": (
        "В {path} не записать: {reason}.",
        "{path} cannot be written: {reason}.",
    ),
    "error.push_failed": (
        "В «{name}» не отправлено: {reason}.",
        "Nothing was sent to “{name}”: {reason}.",
    ),
    "error.push_failed.hint": (
        "Проверьте сеть, имя и право записи (HF_TOKEN); повторить можно той же командой.",
        "Check the network, the name and the right to write (HF_TOKEN); the same command tries again.",
    ),
    "error.push_place": (
        "Куда отправить, не понять: «{place}».",
        "Where to send is not clear: “{place}”.",
    ),
    "error.push_place.hint": (
        "Назовите dataset:ГРУППА/ИМЯ или папку.",
        "Name dataset:GROUP/NAME or a folder.",
    ),
    "error.unknown_method": (
        "Так ответы не сводят: «{name}». Есть: {known}.",
        "Answers are not brought together by “{name}”. There are: {known}.",
    ),
}
