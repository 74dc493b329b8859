"""Texts of the command line: what each command does, at length, and how it is called."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.tasks": ("Показывает задачи или проверяет папку задачи.", "Lists tasks, or checks a task's folder."),
    "cli.tasks.example": (
        "  python -m studio tasks\n  python -m studio tasks ./моя_задача\n  python -m studio tasks --suite mera --json",
        "  python -m studio tasks\n  python -m studio tasks ./my_task\n  python -m studio tasks --suite mera --json",
    ),
    "cli.models": (
        "Показывает модели и судей, которых можно выбрать по имени.",
        "Lists models and judges that can be picked by name.",
    ),
    "cli.models.more": (
        "Кроме них подойдёт любая модель поддерживаемых семейств: имя на хабе или папка.",
        "Any model of the supported families will do beside them: a hub name or a folder.",
    ),
    "cli.models.example": (
        "  python -m studio models\n  python -m studio models --server http://127.0.0.1:8000/v1",
        "  python -m studio models\n  python -m studio models --server http://127.0.0.1:8000/v1",
    ),
    "cli.models.server": ("сервер", "server"),
    "cli.run": (
        "Прогоняет модель по задачам и печатает оценки.",
        "Runs a model over tasks and prints its scores.",
    ),
    "cli.run.more": (
        "Каждый готовый ответ сразу сохраняется: после Ctrl-C, сбоя или выключения прогон продолжает\n"
        "python -m studio resume. С --json последняя строка вывода — объект с полями run, state, tasks и total;\n"
        "для каждой задачи и в сумме: n, em, js (средние по оценённым, null, если оценить нечего) с интервалами\n"
        "95 %, failed (нет ответа), unscored (не удалось оценить), seconds.",
        "Every finished answer is kept at once: after Ctrl-C, a crash or a power cut, python -m studio resume goes\n"
        "on. With --json the output ends with an object of run, state, tasks and total; for each task and in all:\n"
        "n, em, js (means over what is scored, null when nothing is) with 95 % intervals, failed (no answer),\n"
        "unscored (could not be judged), seconds.",
    ),
    "cli.run.example": (
        "  python -m studio run --model embedded --task demo --limit 20\n"
        "  python -m studio run --model embedded --task demo --limit 20 --db X.db --json\n"
        "  python -m studio run --model Qwen/Qwen2.5-Omni-3B --task ./моя_задача --max-new-tokens 512\n"
        "  python -m studio run --server http://127.0.0.1:8000/v1 --task mera --concurrency 64",
        "  python -m studio run --model embedded --task demo --limit 20\n"
        "  python -m studio run --model embedded --task demo --limit 20 --db X.db --json\n"
        "  python -m studio run --model Qwen/Qwen2.5-Omni-3B --task ./my_task --max-new-tokens 512\n"
        "  python -m studio run --server http://127.0.0.1:8000/v1 --task mera --concurrency 64",
    ),
    "cli.resume": (
        "Продолжает прогон: спрашивает только недостающее и неудавшееся.",
        "Goes on with a run: asks only what is missing or failed.",
    ),
    "cli.resume.example": (
        "  python -m studio resume r1121-5f2a9c",
        "  python -m studio resume r1121-5f2a9c",
    ),
    "cli.runs": ("Показывает прогоны или оценки одного прогона.", "Lists runs, or shows the scores of one."),
    "cli.runs.example": (
        "  python -m studio runs\n  python -m studio runs r1121-5f2a9c\n  python -m studio runs --json",
        "  python -m studio runs\n  python -m studio runs r1121-5f2a9c\n  python -m studio runs --json",
    ),
    "cli.cancel": (
        "Останавливает прогон, в том числе идущий в другом процессе.",
        "Stops a run, also one of another process.",
    ),
    "cli.cancel.example": (
        "  python -m studio cancel r1121-5f2a9c",
        "  python -m studio cancel r1121-5f2a9c",
    ),
    "cli.delete": ("Удаляет прогон со всеми ответами.", "Deletes a run with all its answers."),
    "cli.delete.example": (
        "  python -m studio delete r1121-5f2a9c\n  python -m studio delete r1121-5f2a9c --yes",
        "  python -m studio delete r1121-5f2a9c\n  python -m studio delete r1121-5f2a9c --yes",
    ),
    "cli.export": (
        "Сохраняет прогон файлом SQLite, который открывается где угодно, или журналами lm-eval.",
        "Saves a run as a SQLite file, which opens anywhere, or as logs of lm-eval.",
    ),
    "cli.export.more": (
        "В файле всё о прогоне и готовые представления: v_samples, v_scores, v_disagreements, v_confusion.",
        "The file holds all of the run, and views: v_samples, v_scores, v_disagreements, v_confusion.",
    ),
    "cli.export.example": (
        "  python -m studio export --run r1121-5f2a9c --out run.sqlite\n"
        "  sqlite3 run.sqlite 'SELECT * FROM v_scores'\n"
        "  python -m studio export --run r1121-5f2a9c --format lm-eval --out logs",
        "  python -m studio export --run r1121-5f2a9c --out run.sqlite\n"
        "  sqlite3 run.sqlite 'SELECT * FROM v_scores'\n"
        "  python -m studio export --run r1121-5f2a9c --format lm-eval --out logs",
    ),
    "cli.confusion": (
        "Показывает таблицу EM × судья: где они согласны и где расходятся.",
        "Shows the table EM × judge: where they agree and where they differ.",
    ),
    "cli.confusion.example": (
        "  python -m studio confusion r1121-5f2a9c",
        "  python -m studio confusion r1121-5f2a9c",
    ),
    "cli.queue": (
        "Показывает примеры прогона, отобранные по задаче, оценке, тексту или признаку.",
        "Lists a run's samples chosen by task, verdict, text or category.",
    ),
    "cli.queue.example": (
        "  python -m studio queue r1121-5f2a9c --cell js_only\n"
        "  python -m studio queue r1121-5f2a9c --cell disagree --text красн",
        "  python -m studio queue r1121-5f2a9c --cell js_only\n"
        "  python -m studio queue r1121-5f2a9c --cell disagree --text красн",
    ),
    "cli.show": (
        "Показывает пример целиком: вопрос, ответ, эталон и как сложилась каждая оценка.",
        "Shows a sample whole: question, answer, gold, and how each score came about.",
    ),
    "cli.show.example": (
        "  python -m studio show r1121-5f2a9c 4117",
        "  python -m studio show r1121-5f2a9c 4117",
    ),
    "cli.annotate": (
        "Задаёт вопросы человеку; эталона не показывает.",
        "Puts questions to a person; gold is not shown.",
    ),
    "cli.annotate.more": (
        "С --project — вопросы проекта, с --task — вся задача одним человеком, в конце появится его прогон.\n"
        "В терминале спрашивает подряд. Из сценария: один шаг за вызов (--answer, --skip или --undo), после шага\n"
        "печатается следующий вопрос. Тот же --name продолжает начатое.",
        "With --project the questions of a project, with --task a whole task by one person, whose run appears at the\n"
        "end. In a terminal it asks one after another. From a script: one step a call (--answer, --skip or --undo),\n"
        "then the next question is printed. The same --name goes on with what was begun.",
    ),
    "cli.annotate.example": (
        "  python -m studio annotate --name Анна --task ruDemoStickers\n"
        "  python -m studio annotate --name Анна --task ruDemoStickers --answer три --json\n"
        '  python -m studio annotate --name Анна --project b1122-3fa9c1 --skip broken --note "нет звука"',
        "  python -m studio annotate --name Anna --task ruDemoStickers\n"
        "  python -m studio annotate --name Anna --task ruDemoStickers --answer три --json\n"
        "  python -m studio annotate --name Anna --project b1122-3fa9c1 --skip broken --note 'no sound'",
    ),
    "cli.score": (
        "Оценивает готовые ответы правилом Exact Match.",
        "Scores ready answers by Exact Match.",
    ),
    "cli.score.more": (
        'Строка входа: {"gold": "три", "prediction": "ОТВЕТ: 3"}; gold может быть списком верных строк.\n'
        "К каждой строке добавляются em (0 или 1) и extracted (что сравнивали). Порядок и другие поля сохраняются.\n"
        "Строка, которую нельзя оценить, получает null и problem; тогда код выхода 1.",
        'A line of input: {"gold": "три", "prediction": "ОТВЕТ: 3"}; gold may be a list of right strings.\n'
        "Each line gets em (0 or 1) and extracted (what was compared). Order and other fields are kept.\n"
        "A line that cannot be scored gets null and a problem; the exit code is then 1.",
    ),
    "cli.score.example": (
        "  python -m studio score --task ruDemoStickers --profile studio --pairs in.jsonl --out out.jsonl",
        "  python -m studio score --task ruDemoStickers --profile studio --pairs in.jsonl --out out.jsonl",
    ),
    "cli.judge": ("Оценивает готовые ответы моделью-судьёй.", "Scores ready answers by the judge model."),
    "cli.judge.more": (
        'Строка входа: {"question": "весь вопрос", "gold": "три", "prediction": "Их трое."}.\n'
        "К каждой строке добавляются label (1 — верно, 0 — неверно) и probability (вероятность «верно»).\n"
        "Порядок и другие поля сохраняются. Строка, о которой судить нельзя, получает null и problem; код выхода 1.",
        'A line of input: {"question": "the whole prompt", "gold": "три", "prediction": "Их трое."}.\n'
        "Each line gets label (1 right, 0 wrong) and probability (of “right”).\n"
        "Order and other fields are kept. A line that cannot be judged gets null and a problem; the exit code is 1.",
    ),
    "cli.judge.example": (
        "  python -m studio judge --pairs in.jsonl --out out.jsonl\n"
        "  python -m studio judge --pairs in.jsonl --out out.jsonl --judge embedded --json",
        "  python -m studio judge --pairs in.jsonl --out out.jsonl\n"
        "  python -m studio judge --pairs in.jsonl --out out.jsonl --judge embedded --json",
    ),
    "cli.serve": (
        "Открывает студию в браузере (как make run).",
        "Opens the studio in a browser (like make run).",
    ),
    "cli.serve.example": (
        "  python -m studio serve --port 8000\n  python -m studio serve --db X.db",
        "  python -m studio serve --port 8000\n  python -m studio serve --db X.db",
    ),
}
