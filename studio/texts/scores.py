"""Texts of metrics, task scores and totals."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- score
    "cli.option.profile_scored": (
        "правила Exact Match: studio (по умолчанию), а для чужих чисел head, squad, paper; для RuSLUn slun_fixed"
        " и slun_strict",
        "rules of Exact Match: studio (default); head, squad, paper to reproduce published numbers; for RuSLUn"
        " slun_fixed and slun_strict",
    ),
    "cli.option.ignore_case": (
        "профиль head: не различать регистр (иначе как в задаче)",
        "profile head: case does not matter (else as the task says)",
    ),
    "cli.option.ignore_punctuation": (
        "профиль head: выбросить знаки препинания ASCII (иначе как в задаче)",
        "profile head: delete ASCII punctuation (else as the task says)",
    ),
    "cli.option.normaliser": (
        "профиль paper: чем сравнивать, squad (по умолчанию) или head",
        "profile paper: compare as squad (default) or head does",
    ),
    "cli.score.erased": (
        "Строк, где профиль стёр эталон целиком (буква A для него артикль, «-» — знак): {n}. Там верен и пустой ответ.",
        "Lines whose gold the profile erased (the letter A is an article to it, “-” is punctuation): {n}. "
        "An empty answer is right there.",
    ),
    # --- metrics of their own
    "error.no_group_id": (
        "В записи {sample} нет номера группы: meta.group_id = {found}.",
        "The record {sample} has no group id: meta.group_id = {found}.",
    ),
    "error.no_group_id.hint": (
        "ruHHH оценивают группами (медиа и вопрос), «всё или ничего»: без номера группы оценки не посчитать.",
        "ruHHH is scored by groups (a medium and a question), all or nothing: without the id there is no score.",
    ),
    "error.no_turn_number": (
        "Номер записи {sample} — не целое число: по нему не узнать, в каком она диалоге.",
        "The id of the record {sample} is no whole number: it does not tell which dialogue the record is of.",
    ),
    "error.no_subset": (
        "По записи {sample} не узнать, к какой части задачи {task} она относится (найдено: {found}).",
        "The record {sample} does not tell which part of the task {task} it is of (found: {found}).",
    ),
    "error.no_subset.hint": (
        "Части весят по размеру. Разложите задачу по папкам её частей.",
        "Parts are weighted by size. Put them into folders of their own.",
    ),
    "error.unknown_slots_rule": ("Нет правила «{name}» для RuSLUn.", "There is no rule “{name}” for RuSLUn."),
    "error.unknown_slots_rule.hint": ("Известны: {known}.", "Known: {known}."),
    "error.slots_gold_broken": (
        "Эталон RuSLUn не читается ({reason}): {gold}",
        "The gold of RuSLUn cannot be read ({reason}): {gold}",
    ),
    # --- totals
    "cli.totals": (
        "Считает Attempted, Coverage и Total модели по оценкам задач MERA Multi.",
        "Works out a model's Attempted, Coverage and Total from its scores of MERA Multi's tasks.",
    ),
    "cli.totals.more": (
        'Файл: {"ruCLEVR": [0.50, 0.63], "RuSLUn": [0.39, 0.28], …}: две метрики задачи, от 0 до 1.\n'
        "У обычных задач это EM и JS, у ruHHH групповые EM и JS, у RuSLUn intent EM и slot F1.\n"
        "Имена любые известные: ruTiE-Image, rutie_vision_gen; задачу с частями можно задать всеми частями.\n"
        'С погрешностью: {"values": [0.50, 0.63], "error": 0.012, "n": 1148}.\n'
        "Нет задачи или null: не пройдена, в Total она 0.\n\n"
        "С --json поля attempted, coverage, total, image, audio, video; uncertainty (погрешность, интервал, n);\n"
        "tasks; missing.",
        'The file: {"ruCLEVR": [0.50, 0.63], "RuSLUn": [0.39, 0.28], …}: two metrics a task, from 0 to 1.\n'
        "For most tasks EM and JS, for ruHHH those of groups, for RuSLUn intent EM and slot F1.\n"
        "Any known name will do: ruTiE-Image, rutie_vision_gen; a task with parts may be given by all of them.\n"
        'With its error: {"values": [0.50, 0.63], "error": 0.012, "n": 1148}.\n'
        "No task, or null: not attempted, 0 in Total.\n\n"
        "With --json the fields attempted, coverage, total, image, audio, video; uncertainty (error, interval, n);\n"
        "tasks; missing.",
    ),
    "cli.totals.example": (
        "  python -m studio totals --scores scores.json --weighting published\n"
        "  python -m studio totals --scores scores.json --weighting formula --public out --json\n"
        "  python -m studio totals --run r1122-abc123",
        "  python -m studio totals --scores scores.json --weighting published\n"
        "  python -m studio totals --scores scores.json --weighting formula --public out --json\n"
        "  python -m studio totals --run r1122-abc123",
    ),
    "cli.option.scores": (
        "файл JSON с оценками задач, - значит stdin",
        "JSON file of task scores, - is stdin",
    ),
    "cli.option.run_totalled": (
        "вместо файла: оценки задач MERA в этом прогоне",
        "instead of a file: the scores of MERA's tasks in this run",
    ),
    "cli.option.slots": (
        "RuSLUn в прогоне: fixed (по умолчанию) или strict, как опубликовано",
        "RuSLUn in a run: fixed (default) or strict, as published",
    ),
    "error.totals_what": (
        "Нужно что-то одно: файл оценок (--scores) или прогон (--run).",
        "One of the two is needed: a file of scores (--scores) or a run (--run).",
    ),
    "cli.totals.first": ("метрика 1", "metric 1"),
    "cli.totals.second": ("метрика 2", "metric 2"),
    "cli.totals.failed": ("нет ответа", "failed"),
    "cli.totals.unscored": ("не оценено", "unscored"),
    "cli.option.weighting": (
        "formula: модальности весят поровну (формула статьи, по умолчанию); published: поровну весят\n"
        "пройденные задачи (так посчитана её таблица 6)",
        "formula: modalities weigh equally (the paper's equation, default); published: attempted tasks do\n"
        "(as its Table 6 was made)",
    ),
    "cli.option.public": (
        "in: открытые задачи считаются (по умолчанию); out: только 11 закрытых",
        "in: public tasks count (default); out: only the 11 private ones",
    ),
    "cli.totals.by_formula": (
        "Вес formula: модальности поровну, внутри модальности задачи поровну.",
        "Weighting formula: modalities equally, tasks equally within a modality.",
    ),
    "cli.totals.by_published": (
        "Вес published: пройденные задачи поровну, как в таблице 6 статьи.",
        "Weighting published: attempted tasks equally, as in the paper's Table 6.",
    ),
    "cli.totals.public_in": ("Открытые задачи считаются.", "Public tasks count."),
    "cli.totals.public_out": ("Считаются только закрытые задачи.", "Only private tasks count."),
    "cli.totals.what": ("итог", "total"),
    "cli.totals.value": ("оценка", "score"),
    "cli.totals.error": ("SE", "SE"),
    "cli.totals.interval": ("95 %", "95 %"),
    "cli.totals.n": ("n", "n"),
    "cli.totals.task": ("задача", "task"),
    "cli.totals.total": ("Total", "Total"),
    "cli.totals.attempted": ("Attempted", "Attempted"),
    "cli.totals.coverage": ("Coverage", "Coverage"),
    "cli.totals.image": ("картинки", "image"),
    "cli.totals.audio": ("звук", "audio"),
    "cli.totals.video": ("видео", "video"),
    "cli.totals.missing": (
        "Не пройдено задач: {n}, в Total каждая 0: {names}.",
        "Tasks not attempted: {n}, each 0 in Total: {names}.",
    ),
    "cli.totals.other": (
        "С весом {weighting} Total был бы {total}.",
        "With the weighting {weighting} Total would be {total}.",
    ),
    "cli.totals.no_errors": (
        "Интервала нет: для него у каждой задачи нужна погрешность, error.",
        "There is no interval: it needs the error of every task.",
    ),
    "error.scores_json": ("Файл {file} — не JSON: {reason}.", "The file {file} is not JSON: {reason}."),
    "error.scores_shape": (
        "Оценки должны быть объектом {{задача: [две метрики]}}, а это {found}.",
        "Scores should be an object {{task: [two metrics]}}, and this is {found}.",
    ),
    "error.scores_unknown_task": (
        "В MERA Multi нет задачи «{name}».",
        "MERA Multi has no task “{name}”.",
    ),
    "error.scores_unknown_task.hint": ("Может быть: {known}.", "Perhaps: {known}."),
    "error.scores_twice": (
        "Задача {task} названа дважды: «{other}» и «{name}».",
        "The task {task} is named twice: “{other}” and “{name}”.",
    ),
    "error.scores_subsets": (
        "Для задачи {task} нет части оценок: {missing}.",
        "Of the task {task} some parts have no scores: {missing}.",
    ),
    "error.scores_subsets.hint": (
        "Дайте все части или оценку всей задачи.",
        "Give all parts, or the score of the whole task.",
    ),
    "error.scores_list": (
        "У задачи «{name}» вместо списка метрик стоит {found}.",
        "The task “{name}” has {found} where a list of metrics should be.",
    ),
    "error.scores_list.hint": ("Нужны: {metrics}.", "It needs: {metrics}."),
    "error.scores_count": (
        "У задачи «{name}» чисел {found}, а метрик {wanted}: {metrics}.",
        "The task “{name}” has numbers: {found}; metrics: {wanted} ({metrics}).",
    ),
    "error.scores_number": (
        "У задачи «{name}» вместо числа стоит {value}.",
        "The task “{name}” has {value} where a number should be.",
    ),
    "error.scores_range": (
        "У задачи «{name}» число {value} не от 0 до 1.",
        "The task “{name}” has the number {value}, which is not from 0 to 1.",
    ),
    "error.scores_range.hint": ("Нужны доли, не проценты.", "Shares are wanted, not percents."),
    "error.scores_n": (
        "У задачи «{name}» n = {value}, а нужно целое число от 1.",
        "The task “{name}” has n = {value}; a whole number of at least 1 is wanted.",
    ),
    "error.scores_keys": (
        "У задачи «{name}» поля: {found}; известны: {known}; values обязательно.",
        "The task “{name}” has the fields: {found}; known: {known}; values is required.",
    ),
}
