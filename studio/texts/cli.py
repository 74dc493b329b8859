"""Texts of the command line: its help (which teaches by example), its tables, its refusals."""

TEXTS: dict[str, tuple[str, str]] = {
    # the whole
    "cli.about": (
        "MERA Studio: оценка русскоязычных мультимодальных моделей.\n\n"
        "Модель отвечает на вопросы по картинкам, звуку и видео; каждый ответ оценивают Exact Match (EM)\n"
        "и модель-судья (Judge Score, JS). Всё хранится в одном файле SQLite.",
        "MERA Studio: evaluation of multimodal models in Russian.\n\n"
        "A model answers questions about pictures, sounds and clips; each answer is scored by Exact Match (EM)\n"
        "and by a judge model (Judge Score, JS). Everything is kept in one SQLite file.",
    ),
    "cli.about.example": (
        "С чего начать:\n"
        "  python -m studio tasks                                      какие есть задачи\n"
        "  python -m studio run --model embedded --task demo --limit 5  прогнать встроенную модель\n"
        "  python -m studio runs                                       что получилось\n"
        "  python -m studio serve                                      то же самое в браузере\n\n"
        "Подробно о команде: python -m studio run --help. In English: --lang en or STUDIO_LANG=en.\n"
        "Коды выхода: 0 сделано; 1 сделано, но есть на что взглянуть; 2 так сделать нельзя; 130 остановлено.",
        "Where to begin:\n"
        "  python -m studio tasks                                      which tasks there are\n"
        "  python -m studio run --model embedded --task demo --limit 5  run the embedded model\n"
        "  python -m studio runs                                       what came out\n"
        "  python -m studio serve                                      the same in a browser\n\n"
        "More about a command: python -m studio run --help.\n"
        "Exit codes: 0 done; 1 done, with trouble to look at; 2 cannot be done as asked; 130 stopped.",
    ),
    "cli.usage": ("использование", "usage"),
    "cli.commands": ("команды", "commands"),
    "cli.command": ("КОМАНДА", "COMMAND"),
    "cli.options": ("параметры", "options"),
    "cli.default": ("по умолчанию {value}", "default {value}"),
    "cli.common": ("общие параметры", "common options"),
    "cli.examples": ("Примеры", "Examples"),
    "cli.stopped": ("Остановлено.", "Stopped."),
    "cli.page.title": ("Командная строка", "The command line"),
    "cli.page.note": (
        "Страница собрана из `--help` командой `make docs`. [In English](cli.en.md).",
        "This page is made from `--help` by `make docs`. [По-русски](cli.md).",
    ),
    # what stands for a value
    "cli.metavar.n": ("N", "N"),
    "cli.metavar.file": ("ФАЙЛ", "FILE"),
    "cli.metavar.run": ("ПРОГОН", "RUN"),
    "cli.metavar.task": ("ЗАДАЧА", "TASK"),
    "cli.metavar.url": ("АДРЕС", "URL"),
    "cli.metavar.model": ("МОДЕЛЬ", "MODEL"),
    "cli.metavar.judge": ("СУДЬЯ", "JUDGE"),
    "cli.metavar.profile": ("ПРОФИЛЬ", "PROFILE"),
    "cli.metavar.revision": ("РЕВИЗИЯ", "REVISION"),
    "cli.metavar.device": ("УСТРОЙСТВО", "DEVICE"),
    "cli.metavar.text": ("ТЕКСТ", "TEXT"),
    "cli.metavar.name": ("ИМЯ", "NAME"),
    "cli.metavar.host": ("АДРЕС", "HOST"),
    "cli.metavar.category": ("ПРИЗНАК=ЗНАЧЕНИЕ", "KEY=VALUE"),
    # options
    "cli.option.help": ("показать эту справку", "show this help"),
    "cli.option.lang": ("язык вывода: ru или en", "language of the output: ru or en"),
    "cli.option.json": (
        "печатать в stdout ровно один объект JSON (ход работы остаётся в stderr)",
        "print exactly one JSON object to stdout (progress stays on stderr)",
    ),
    "cli.option.db": (
        "файл базы (иначе STUDIO_DB, иначе studio.sqlite в STUDIO_HOME)",
        "database file (else STUDIO_DB, else studio.sqlite in STUDIO_HOME)",
    ),
    "cli.option.run": (
        "номер прогона (см. python -m studio runs)",
        "the run's id (see python -m studio runs)",
    ),
    "cli.option.run_shown": ("показать оценки этого прогона", "show the scores of this run"),
    "cli.option.model": (
        "embedded, имя модели на хабе или папка с моделью",
        "embedded, the name of a hub model, or a folder with a model",
    ),
    "cli.option.task": (
        "имя задачи, набора (demo, mera) или папка задачи; можно несколько",
        "the name of a task or of a suite (demo, mera), or a task's folder; may be several",
    ),
    "cli.option.task_shown": ("только эти задачи: имена или папки", "only these tasks: names or folders"),
    "cli.option.task_filter": ("только примеры этой задачи", "only samples of this task"),
    "cli.option.task_annotated": ("задача: имя или папка", "the task: a name or a folder"),
    "cli.option.task_scored": (
        "задача, чей тип ответа (буква или слово) решает, как сравнивать",
        "the task whose answer type (letter or word) decides how to compare",
    ),
    "cli.option.limit": ("не больше N примеров на задачу", "at most N samples of each task"),
    "cli.option.limit_rows": ("не больше N строк", "at most N rows"),
    "cli.option.offset": ("пропустить первые N строк", "leave out the first N rows"),
    "cli.option.split": ("test или shots (по умолчанию test)", "test or shots (test by default)"),
    "cli.option.judge": (
        "auto (судья MERA, если доступен хаб, иначе встроенный), embedded, имя на хабе, папка, classify:АДРЕС или "
        "llm:АДРЕС (см. docs/engines.md)",
        "auto (MERA's judge where the hub answers, else the embedded one), embedded, a hub name, a folder, "
        "classify:URL or llm:URL (see docs/engines.en.md)",
    ),
    "cli.option.profile": (
        "правила Exact Match (по умолчанию studio)",
        "rules of Exact Match (studio by default)",
    ),
    "cli.option.revision": ("коммит или ветка модели на хабе", "commit or branch of a hub model"),
    "cli.option.title": ("название прогона для себя", "a title of your own for the run"),
    "cli.option.max_new_tokens": (
        "предел длины ответа в токенах; обрезанный ответ помечается",
        "limit of an answer's length in tokens; a cut answer is marked",
    ),
    "cli.option.temperature": (
        "0 — самый вероятный токен (по умолчанию)",
        "0 takes the likeliest token (default)",
    ),
    "cli.option.top_p": ("доля вероятности при выборе токена", "share of probability to choose tokens from"),
    "cli.option.seed": ("зерно случайности", "seed of randomness"),
    "cli.option.batch_size": ("сколько вопросов задавать разом", "how many questions to ask at once"),
    "cli.option.dtype": ("тип чисел модели", "number type of the model"),
    "cli.option.device": ("auto, cpu, cuda, cuda:1, mps", "auto, cpu, cuda, cuda:1, mps"),
    "cli.option.frames": ("сколько кадров брать из ролика", "how many frames to take from a clip"),
    "cli.option.image_max_side": (
        "уменьшать картинки до N пикселей по длинной стороне",
        "shrink pictures to N pixels on the longer side",
    ),
    "cli.option.image_width": (
        "уменьшать картинки до N пикселей по ширине",
        "shrink pictures to N pixels in width",
    ),
    "cli.option.image_height": (
        "уменьшать картинки до N пикселей по высоте",
        "shrink pictures to N pixels in height",
    ),
    "cli.option.clips_as_pictures": (
        "показывать ролик кадрами-картинками и той модели, которая смотрит ролики",
        "show a clip's frames as pictures even to a model that watches clips",
    ),
    "cli.option.history": (
        "сколько прошлых ходов диалога показывать с вопросом (ruTiE; по умолчанию 5)",
        "how many earlier turns of a dialogue a question is shown with (ruTiE; 5 by default)",
    ),
    "cli.option.media": (
        "что делать с медиа вопросов: sent — показывать, none — не показывать, null — подменить пустыми того же вида",
        "what to do with the media of questions: sent shows them, none does not, null puts empty ones in their place",
    ),
    "cli.option.server": (
        "адрес сервера с API OpenAI (vLLM, SGLang…), например http://127.0.0.1:8000/v1; можно несколько",
        "address of a server with OpenAI's API (vLLM, SGLang…), e.g. http://127.0.0.1:8000/v1; may be several",
    ),
    "cli.option.key_env": (
        "имя переменной окружения, в которой лежит ключ сервера; сам ключ нигде не хранится",
        "name of the environment variable that holds the server's key; the key itself is kept nowhere",
    ),
    "cli.option.concurrency": (
        "сколько запросов держать на серверах сразу (по умолчанию 32)",
        "how many requests to keep under way at the servers (32 by default)",
    ),
    "cli.option.load": (
        "как передавать медиа серверу: object — как видят все модели студии (по умолчанию); bytes, base64, files — "
        "как LOAD_* в MERA",
        "how to hand media to a server: object is what all models here see (default); bytes, base64, files are MERA's "
        "LOAD_*",
    ),
    "cli.option.quiet": ("не показывать ход работы", "show no progress"),
    "cli.option.yes": ("удалить без вопроса", "delete without asking"),
    "cli.option.export_out": (
        "куда записать файл SQLite (или папку журналов)",
        "where to write the SQLite file (or the folder of logs)",
    ),
    "cli.option.force": ("заменить существующий файл", "replace an existing file"),
    "cli.option.cell": (
        "верно и там и там, только EM, только судья, неверно; disagree — оба вида расхождений",
        "right by both, EM only, judge only, wrong; disagree is both kinds of disagreement",
    ),
    "cli.option.text_filter": (
        "искать в вопросе, эталоне и ответе, без различия прописных",
        "look for it in question, gold and answer, whatever the case",
    ),
    "cli.option.category": (
        "признак примера, например question_type=count",
        "a sample's category, e.g. question_type=count",
    ),
    "cli.option.number": ("номер примера в прогоне", "the sample's number in the run"),
    "cli.option.annotator": (
        "имя разметчика: под ним продолжают начатое",
        "the annotator's name: what was begun goes on under it",
    ),
    "cli.option.answer": ("ответ на текущий вопрос", "the answer to the current question"),
    "cli.option.skip": ("пропустить вопрос: причина", "skip the question: the reason"),
    "cli.option.note": ("пояснение к пропуску", "a note on the skip"),
    "cli.option.undo": ("вернуть последний ответ или пропуск", "take back the latest answer or skip"),
    "cli.option.sample_guard": (
        "отвечать, только если текущий вопрос именно этот",
        "answer only if the current question is this one",
    ),
    "cli.option.pairs": ("файл JSONL с ответами, - значит stdin", "JSONL file of answers, - is stdin"),
    "cli.option.out_jsonl": (
        "куда записать JSONL с оценками; - значит stdout, тогда итог (с --json — его объект) идёт в stderr",
        "where to write the scored JSONL; - is stdout: the summary (with --json its object) then goes to stderr",
    ),
    "cli.option.port": (
        "порт (по умолчанию 7860; 0 — любой свободный)",
        "port (7860 by default; 0 is any free one)",
    ),
    "cli.option.host": ("адрес (по умолчанию 127.0.0.1)", "address (127.0.0.1 by default)"),
    # commands
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
        "Задаёт вопросы задачи человеку; эталона не показывает.",
        "Puts a task's questions to a person; gold is not shown.",
    ),
    "cli.annotate.more": (
        "В терминале спрашивает подряд. Из сценария: один шаг за вызов (--answer, --skip или --undo), после шага\n"
        "печатается следующий вопрос. Ответы оцениваются так же, как у моделей.",
        "In a terminal it asks one after another. From a script: one step a call (--answer, --skip or --undo), then\n"
        "the next question is printed. Answers are scored like a model's.",
    ),
    "cli.annotate.example": (
        "  python -m studio annotate --name Анна --task ruDemoStickers\n"
        "  python -m studio annotate --name Анна --task ruDemoStickers --answer три --json\n"
        "  python -m studio annotate --name Анна --task ruDemoStickers --skip broken --note «нет звука»",
        "  python -m studio annotate --name Anna --task ruDemoStickers\n"
        "  python -m studio annotate --name Anna --task ruDemoStickers --answer три --json\n"
        "  python -m studio annotate --name Anna --task ruDemoStickers --skip broken --note 'no sound'",
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
    # tables
    "cli.tasks.name": ("задача", "task"),
    "cli.tasks.title": ("название", "title"),
    "cli.tasks.modality": ("что дано", "given"),
    "cli.tasks.answer": ("ответ", "answer"),
    "cli.tasks.test": ("test", "test"),
    "cli.tasks.shots": ("shots", "shots"),
    "cli.tasks.chance": ("наугад", "by chance"),
    "cli.tasks.answer.letter": ("буква", "letter"),
    "cli.tasks.answer.short": ("слово или число", "word or number"),
    "cli.models.name": ("модель", "model"),
    "cli.models.takes": ("принимает", "takes"),
    "cli.models.note": ("что это", "what it is"),
    "cli.models.unknown": ("станет ясно при открытии", "known once opened"),
    "cli.models.judges": ("Судьи", "Judges"),
    "cli.scores.task": ("задача", "task"),
    "cli.scores.total": ("всего", "total"),
    "cli.scores.n": ("примеров", "samples"),
    "cli.scores.em": ("EM [95 %]", "EM [95 %]"),
    "cli.scores.js": ("JS [95 %]", "JS [95 %]"),
    "cli.scores.failed": ("нет ответа", "failed"),
    "cli.scores.unscored": ("не оценено", "unscored"),
    "cli.scores.seconds": ("секунд", "seconds"),
    "cli.scores.who": (
        "Прогон {run} · модель {model} {revision} · судья {judge}",
        "Run {run} · model {model} {revision} · judge {judge}",
    ),
    "cli.runs.run": ("прогон", "run"),
    "cli.runs.state": ("состояние", "state"),
    "cli.runs.model": ("кто отвечал", "who answered"),
    "cli.runs.tasks": ("задачи", "tasks"),
    "cli.runs.answered": ("готово", "done"),
    "cli.runs.em": ("EM [95 %]", "EM [95 %]"),
    "cli.runs.js": ("JS [95 %]", "JS [95 %]"),
    "cli.runs.when": ("когда", "when"),
    "cli.runs.none": (
        "Прогонов пока нет. Первый: python -m studio run --model embedded --task demo --limit 5",
        "No runs yet. The first: python -m studio run --model embedded --task demo --limit 5",
    ),
    "cli.cell.both": ("оба верно", "both right"),
    "cli.cell.em_only": ("только EM", "EM only"),
    "cli.cell.js_only": ("только судья", "judge only"),
    "cli.cell.neither": ("оба неверно", "both wrong"),
    "cli.cell.unscored": ("не оценено", "unscored"),
    "cli.cell.failed": ("нет ответа", "failed"),
    "cli.cell.pending": ("не задано", "not asked"),
    "cli.confusion.note": (
        "Доли — от примеров, оценённых и EM, и судьёй.",
        "Shares are of the samples scored by both EM and the judge.",
    ),
    "cli.queue.number": ("№", "#"),
    "cli.queue.task": ("задача", "task"),
    "cli.queue.key": ("запись", "record"),
    "cli.queue.cell": ("оценка", "verdict"),
    "cli.queue.probability": ("судья", "judge"),
    "cli.queue.question": ("вопрос", "question"),
    "cli.queue.answer": ("ответ", "answer"),
    "cli.queue.total": ("Показано {shown} из {n}.", "Shown: {shown} of {n}."),
    "cli.show.number": ("Пример", "Sample"),
    "cli.show.cell": ("Итог", "Verdict"),
    "cli.show.prompt": ("Вопрос модели", "Prompt"),
    "cli.show.gold": ("Эталон", "Gold"),
    "cli.show.answer": ("Ответ", "Answer"),
    "cli.show.cut": ("Обрезан", "Cut"),
    "cli.show.cut_at": (
        "ответ остановлен на пределе, {n} токенов",
        "the answer was stopped at the limit, {n} tokens",
    ),
    "cli.show.problem": ("Причина", "Reason"),
    "cli.show.nothing": ("нет", "none"),
    "cli.show.hidden": ("скрыт", "hidden"),
    "cli.show.extracted": ("сравнивали", "compared"),
    "cli.show.call": (
        "судья прочёл: {candidate}; вероятность «верно» {probability}",
        "the judge read: {candidate}; probability of “right” {probability}",
    ),
    "cli.show.unscored": ("не оценено", "unscored"),
    "cli.show.failed": ("нет ответа", "failed"),
    # what is said along the way
    "cli.phase.queued": ("В очереди…", "In the queue…"),
    "cli.phase.loading": ("Загружаю модель {model}…", "Loading the model {model}…"),
    "cli.progress.rate": ("{rate} прим./с", "{rate} samples/s"),
    "cli.progress.left": ("осталось {left}", "{left} left"),
    "cli.progress.failed": ("без ответа {n}", "failed {n}"),
    "cli.run.started": ("Прогон {run}", "Run {run}"),
    "cli.resume.started": ("Прогон {run}: осталось {left}", "Run {run}: {left} left"),
    "cli.run.stopping": (
        "Останавливаю; готовые ответы сохранены. Ещё раз Ctrl-C — не ждать.",
        "Stopping; finished answers are kept. Ctrl-C again: do not wait.",
    ),
    "cli.run.problem": ("Прогон не закончен: {problem}", "The run did not finish: {problem}"),
    "cli.run.failed_samples": (
        "Без ответа: {n}. Почему: {command} --cell failed",
        "Failed: {n}. Why: {command} --cell failed",
    ),
    "cli.run.resume": (
        "Готово {done} из {n}. Продолжить: {command}",
        "Done: {done} of {n}. To go on: {command}",
    ),
    "cli.run.next": (
        "Готово за {seconds} с. Забрать с собой: {command}",
        "Done in {seconds} s. To take it away: {command}",
    ),
    "cli.run.nothing": (
        "Не спрошено ничего. Когда причина устранена, запустите прогон заново.",
        "Nothing was asked. Once the cause is gone, start the run anew.",
    ),
    "cli.run.own_copy": (
        "Или возьмите свою копию. Скачать там, где сеть есть:\n"
        "  hf download {repo} --repo-type dataset --local-dir {folder}\n"
        "и указать папку: --task ./{folder} (или STUDIO_TASKS=mera, тогда задача известна и по имени).",
        "Or take a copy of your own. To fetch it where there is a network:\n"
        "  hf download {repo} --repo-type dataset --local-dir {folder}\n"
        "and give its folder: --task ./{folder} (or STUDIO_TASKS=mera; then the task is known by name too).",
    ),
    "cli.cancel.done": ("Остановлен прогон {run}.", "Stopped run {run}."),
    "cli.cancel.over": (
        "Прогон {run} сейчас не идёт (состояние: {state}), останавливать нечего.",
        "Run {run} is not going on (its state: {state}); there is nothing to stop.",
    ),
    "cli.delete.ask": (
        "Удалить прогон {run} и {n} ответов? Это необратимо. да/нет:",
        "Delete run {run} and {n} answers? There is no way back. yes/no:",
    ),
    "cli.delete.kept": ("Прогон {run} остался.", "Run {run} stays."),
    "cli.delete.done": ("Прогон {run} удалён.", "Run {run} is deleted."),
    "cli.export.done": ("Прогон {run} записан: {file} ({kb} КБ)", "Run {run} is written: {file} ({kb} KB)"),
    "cli.annotate.how": (
        "Отвечайте строкой и Enter. /skip mine|broken|ambiguous|unknown|other [пояснение] — пропустить, "
        "/undo — вернуть последний ответ, /quit — закончить (ответы сохранены).",
        "Answer with a line and Enter. /skip mine|broken|ambiguous|unknown|other [note] to skip, "
        "/undo to take back the latest answer, /quit to end (answers are kept).",
    ),
    "cli.annotate.progress": (
        "Отвечено {done}, пропущено {skipped}, всего {n}",
        "Answered {done}, skipped {skipped}, in all {n}",
    ),
    "cli.annotate.sample": ("(пример {sample})", "(sample {sample})"),
    "cli.annotate.draft": ("Черновик: {text}", "Draft: {text}"),
    "cli.annotate.end": ("Вопросы кончились. Спасибо!", "No questions left. Thank you!"),
    "cli.annotate.later": (
        "Осталось {left}. Продолжите той же командой.",
        "{left} left. Go on with the same command.",
    ),
    "cli.pairs.line": ("строка {n}: {problem}", "line {n}: {problem}"),
    "cli.submission.missing": ("нет файлов задач ({n}): {names}", "tasks without a file ({n}): {names}"),
    "cli.submission.missing.todo": (
        "Прогоните их и соберите архив заново. Непройденная задача считается нулём в итогах; если так и задумано, "
        "добавьте --partial.",
        "Run them and pack again. A task that was not attempted counts as 0 in the totals; if that is meant, "
        "add --partial.",
    ),
    "cli.pairs.form": ("{problem}", "{problem}"),
    "cli.pairs.progress": ("… {n}", "… {n}"),
    "cli.pairs.done": (
        "Строк: {n}, из них верно {ones}, не оценено {failed}. Записано в {out}",
        "Lines: {n}, of them right {ones}, not scored {failed}. Written to {out}",
    ),
    "cli.serve.starting": (
        "Открываю студию. Остановить: Ctrl-C.",
        "Opening the studio. Ctrl-C stops it.",
    ),
    # refusals
    "cli.refused.required": ("Не хватает: {names}", "Missing: {names}"),
    "cli.refused.unknown": ("Непонятно: {names}", "Not understood: {names}"),
    "cli.refused.choice": (
        "Нет такого: «{name}». Есть: {known}",
        "No such thing: “{name}”. There are: {known}",
    ),
    "cli.refused.no_value": ("После {name} нужно значение", "{name} needs a value"),
    "cli.refused.whole": (
        "{name}: нужно целое число не меньше {low}, а дано «{value}»",
        "{name}: a whole number of at least {low} is needed, given “{value}”",
    ),
    "cli.refused.between": (
        "{name}: нужно число от {low} до {high}, а дано «{value}»",
        "{name}: a number from {low} to {high} is needed, given “{value}”",
    ),
    "cli.refused.together": ("{name} и {other} вместе не бывают", "{name} and {other} exclude each other"),
    "error.cli_yes_needed": (
        "Чтобы удалить прогон {run} без вопроса, добавьте --yes.",
        "To delete the run {run} without being asked, add --yes.",
    ),
    "error.cli_file_exists": ("Файл {file} уже есть.", "The file {file} exists already."),
    "error.cli_file_exists.hint": (
        "Укажите другой или добавьте --force.",
        "Name another one, or add --force.",
    ),
    "error.cli_cancel_human": (
        "«{run}» — ответы человека, останавливать нечего: разметку можно бросить и продолжить когда угодно.",
        "“{run}” holds a person's answers; there is nothing to stop: it can be left and gone on with at any time.",
    ),
    "error.cli_no_number": (
        "В прогоне нет примера № {number}: всего их {n}.",
        "The run has no sample {number}: there are {n}.",
    ),
    "error.cli_nothing_left": (
        "В задаче «{task}» не осталось вопросов без ответа.",
        "No question of the task “{task}” is left unanswered.",
    ),
    "error.cli_other_question": (
        "Сейчас задан пример {asked}, а ответ дан к {given}; он не записан.",
        "Sample {asked} is asked now, but the answer is to {given}; it was not kept.",
    ),
    "error.cli_cannot_read": (
        "Файл {file} не читается: {reason}.",
        "The file {file} cannot be read: {reason}.",
    ),
    "error.cli_cannot_write": (
        "В файл {file} нельзя записать: {reason}.",
        "The file {file} cannot be written: {reason}.",
    ),
    "error.task_misspelt": ("Нет задачи «{name}».", "There is no task “{name}”."),
    "error.task_misspelt.hint": (
        "Может быть: {near}. Все имена: python -m studio tasks; имена MERA: python -m studio tasks --suite mera.",
        "Perhaps: {near}. All names: python -m studio tasks; MERA's: python -m studio tasks --suite mera.",
    ),
    "error.cli_port_taken": (
        "Порт {port} на {host} занят или недоступен: {reason}.",
        "Port {port} of {host} is taken or cannot be opened: {reason}.",
    ),
    "error.cli_port_taken.hint": (
        "Выберите другой: python -m studio serve --port 8000; любой свободный: --port 0.",
        "Choose another: python -m studio serve --port 8000; any free one: --port 0.",
    ),
    "error.cli_no_lines": (
        "В {file} нет ни одной строки JSON: оценивать нечего.",
        "{file} holds no line of JSON: there is nothing to score.",
    ),
    "error.totals_nothing": (
        "В прогоне {run} нет оценённых задач MERA Multi: итог сложить не из чего. Есть: {found}.",
        "Run {run} holds no scored task of MERA Multi: there is nothing to total. It holds: {found}.",
    ),
    "error.cli_line_json": ("Строка {line} — не JSON: {reason}.", "Line {line} is not JSON: {reason}."),
    "error.cli_line_object": (
        "В строке {line} не объект JSON, а {kind}.",
        "Line {line} holds no JSON object but a {kind}.",
    ),
    "error.cli_line_gold": (
        "В строке {line} нет эталона: gold должен быть строкой или списком строк.",
        "Line {line} has no gold: it must be a string or a list of strings.",
    ),
    "error.cli_line_field": (
        "В строке {line} нет текста в поле {name}.",
        "Line {line} has no text in the field {name}.",
    ),
}
