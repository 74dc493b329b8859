"""Texts of runs side by side: errors, and the command `compare`. The page's are in `compare_page`."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.compare_number": (
        "Рядом ставят от 2 до {most} прогонов, а названо разных: {n}.",
        "From 2 to {most} runs can stand side by side, and {n} different ones are named.",
    ),
    "error.compare_base": (
        "Прогона «{run}», с которым сравнивать, нет среди выбранных.",
        "The run “{run}” to compare with is not among those chosen.",
    ),
    "error.unknown_contrast": ("Не понять отбор «{text}».", "The choice “{text}” makes no sense."),
    "error.unknown_contrast.hint": (
        "Бывает: em, js, answer (прогоны расходятся), em:1>2 (первый верен, второй нет), js:1=3, answer:1≠2.",
        "There are: em, js, answer (runs differ), em:1>2 (the first is right, the second is not), js:1=3, answer:1≠2.",
    ),
    "error.contrast_sides": (
        "В отборе «{text}» нужны два разных номера прогонов от 1 до {n}.",
        "The choice “{text}” takes two different numbers of runs from 1 to {n}.",
    ),
    "error.not_shared": (
        "Вопроса {sample} нет во всех выбранных прогонах сразу.",
        "Not all of the chosen runs have the question {sample}.",
    ),
    "cli.compare": (
        "Сравнивает прогоны на общих вопросах: кто где прав и значима ли разница.",
        "Compares runs on the questions that they share: who is right where, and whether the difference is real.",
    ),
    "cli.compare.more": (
        "Сравниваются только вопросы, которые есть во всех названных прогонах; остальные сосчитаны. Разница —\n"
        "среднее парных разностей с интервалом 95 % по кластерам (общие картинки, группы, диалоги). p —\n"
        "точный критерий знаков по победам и поражениям (для оценок 0 и 1 это критерий Макнемара),\n"
        "с поправкой Холма на все задачи и пары таблицы. С --only печатаются сами вопросы.",
        "Only questions that all the named runs have are compared; the rest are counted. The difference is\n"
        "the mean of paired differences with a 95 % interval over clusters (shared pictures, groups,\n"
        "dialogues). p is of the exact sign test over wins and losses (of scores 0 and 1: McNemar's),\n"
        "Holm-corrected over all tasks and pairs of the table. With --only the questions are printed.",
    ),
    "cli.compare.example": (
        "  python -m studio compare r1121-5f2a9c r1122-00aa11\n"
        "  python -m studio compare r1121-5f2a9c r1122-00aa11 r1122-77bb22 --base r1121-5f2a9c\n"
        "  python -m studio compare r1121-5f2a9c r1122-00aa11 --only 'em:1>2' --task ruCLEVR",
        "  python -m studio compare r1121-5f2a9c r1122-00aa11\n"
        "  python -m studio compare r1121-5f2a9c r1122-00aa11 r1122-77bb22 --base r1121-5f2a9c\n"
        "  python -m studio compare r1121-5f2a9c r1122-00aa11 --only 'em:1>2' --task ruCLEVR",
    ),
    "cli.option.compare_runs": (
        "прогоны, от двух до шести; номера в таблице и в --only — по этому порядку",
        "runs, two to six; numbers in the table and in --only follow this order",
    ),
    "cli.option.base": (
        "сравнить каждый из остальных только с этим прогоном",
        "compare each of the others with this run alone",
    ),
    "cli.option.only": (
        "напечатать вопросы: em, js, answer — где прогоны расходятся; em:1>2 — где первый верен, а второй нет; "
        "js:1=3, answer:1≠2",
        "print questions: em, js, answer: where runs differ; em:1>2: where the first is right and the second is "
        "not; js:1=3, answer:1≠2",
    ),
    "cli.metavar.contrast": ("ОТБОР", "CHOICE"),
    "cli.compare.task": ("задача", "task"),
    "cli.compare.mark": ("оценка", "score"),
    "cli.compare.pair": ("пара", "pair"),
    "cli.compare.n": ("вопросов", "samples"),
    "cli.compare.first": ("первый", "first"),
    "cli.compare.second": ("второй", "second"),
    "cli.compare.difference": ("разница [95 %]", "difference [95 %]"),
    "cli.compare.wins": ("+", "+"),
    "cli.compare.ties": ("=", "="),
    "cli.compare.losses": ("−", "−"),
    "cli.compare.p": ("p (Холм)", "p (Holm)"),
    "cli.compare.number": ("№", "No."),
    "cli.compare.answer": ("ответ {n}", "answer {n}"),
    "cli.compare.none": ("Таких вопросов нет.", "There are no such questions."),
    "cli.compare.listed": ("Показано вопросов: {shown} из {n}.", "Questions shown: {shown} of {n}."),
    "compare.shared": (
        "Общих вопросов: {n}. Сравниваются только они.",
        "Shared questions: {n}. Only these are compared.",
    ),
    "compare.shared.none": (
        "Общих вопросов нет, сравнивать нечего.",
        "There are no shared questions, so there is nothing to compare.",
    ),
    "compare.beyond": (
        "Не общие вопросы не участвуют: {counts}.",
        "Questions that are not shared take no part: {counts}.",
    ),
    "compare.beyond.run": ("у прогона {place} — {n}", "run {place} has {n}"),
    "compare.differs": (
        "Прогоны отличаются не только моделью: {names}.",
        "The runs differ in more than the model: {names}.",
    ),
    "compare.differs.scorer": ("правила EM", "rules of EM"),
    "compare.differs.judge": ("судья", "judge"),
    "compare.differs.none": ("нет", "none"),
    "compare.other_scores": (
        "Здесь сравниваются EM и судья по отдельным вопросам; оценка задачи считается иначе — по группам или по"
        " намерениям и слотам — и может быть другой: {names}.",
        "EM and the judge are compared question by question here; the task’s own score is made otherwise, by groups or"
        " by intents and slots, and may be another: {names}.",
    ),
    "compare.hidden": (
        "Без задач, эталон которых вам не показывается: {names}.",
        "Without tasks whose gold is not shown to you: {names}.",
    ),
}
