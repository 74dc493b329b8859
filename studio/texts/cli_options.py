"""Texts of the command line: what each option says of itself."""

TEXTS: dict[str, tuple[str, str]] = {
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
    "cli.option.task_annotated": ("задача целиком: имя или папка", "a whole task: a name or a folder"),
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
        "llm:АДРЕС (см. docs/engines.md); none — не судить, пока не попросят",
        "auto (MERA's judge where the hub answers, else the embedded one), embedded, a hub name, a folder, "
        "classify:URL or llm:URL (see docs/engines.en.md); none judges nothing until asked",
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
        "0 — самый вероятный токен",
        "0 takes the likeliest token",
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
        "сколько прошлых ходов диалога показывать с вопросом (ruTiE)",
        "how many earlier turns of a dialogue a question is shown with (ruTiE)",
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
    "cli.option.vllm_args": (
        "для модели vllm:ИМЯ: ещё параметры vllm serve одной строкой, например '--max-model-len 8192 -tp 2'",
        "for a model vllm:NAME: further options of vllm serve in one string, e.g. '--max-model-len 8192 -tp 2'",
    ),
    "cli.option.concurrency": (
        "сколько запросов держать на серверах сразу",
        "how many requests to keep under way at the servers",
    ),
    "cli.option.load": (
        "как передавать медиа серверу: object — как видят все модели студии; bytes, base64, files — "
        "как LOAD_* в MERA",
        "how to hand media to a server: object is what all models here see; bytes, base64, files are MERA's "
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
    "cli.option.where": (
        "фильтр на языке фильтров: 'task:ruclevr em:0 len>200' (docs/workbench.md)",
        "a filter in words: 'task:ruclevr em:0 len>200' (docs/workbench.en.md)",
    ),
    "cli.option.category": (
        "признак примера, например question_type=count",
        "a sample's category, e.g. question_type=count",
    ),
    "cli.option.number": (
        "номер примера в прогоне, с --where — среди отобранных",
        "the sample's number in the run, with --where among those kept",
    ),
    "cli.option.annotator": (
        "имя аннотатора: под ним продолжают начатое",
        "the annotator's name: what was begun goes on under it",
    ),
    "cli.option.answer": ("ответ на текущий вопрос", "the answer to the current question"),
    "cli.option.skip": ("пропустить вопрос: причина", "skip the question: the reason"),
    "cli.option.note": (
        "пояснение к пропуску или комментарий к ответу",
        "a note on the skip, a comment on the answer",
    ),
    "cli.option.undo": ("вернуть последний ответ или пропуск", "take back the latest answer or skip"),
    "cli.option.item_guard": (
        "отвечать, только если текущий вопрос именно этот",
        "answer only if the current question is this one",
    ),
    "cli.option.project_annotated": ("проект: его id", "the project: its id"),
    "cli.option.flag": ("отметить: вопрос стоит посмотреть", "flag it: the question is worth a look"),
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
}
