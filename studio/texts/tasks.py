"""Texts of the suites, their cards and their datasets."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.suite_card_broken": (
        "Карточка задачи {file} не читается: {reason}.",
        "The card of a task, {file}, cannot be read: {reason}.",
    ),
    "error.dataset_not_on_hub": (
        "Набора данных «{name}» на хабе нет, или доступ к нему закрыт.",
        "There is no dataset “{name}” on the hub, or it is closed to you.",
    ),
    "error.dataset_not_on_hub.hint": (
        "Проверьте имя и ревизию. Закрытый набор откроется после hf auth login.",
        "Check the name and the revision. A closed dataset opens after hf auth login.",
    ),
    "error.prompts_count": (
        "Промптов можно сделать от 1 до {most}, а не {count}.",
        "From 1 to {most} prompts can be made, not {count}.",
    ),
    # --- the command `tasks`
    "cli.option.suite": (
        "набор целиком: demo — тот, что лежит рядом; mera — 18 задач MERA Multi (записи на хабе или в вашей папке)",
        "a whole suite: demo is the one beside; mera is MERA Multi's 18 tasks (records on the hub or in your folder)",
    ),
    "cli.tasks.mera": (
        "По имени доступны и задачи MERA Multi ({n}): python -m studio tasks --suite mera",
        "MERA Multi's tasks ({n}) can be named too: python -m studio tasks --suite mera",
    ),
    "cli.tasks.hub_silent": (
        "Хаб не отвечает ({reason}). Запустить можно задачи, чьи записи уже здесь: скачанные раньше или лежащие\n"
        "в папке из STUDIO_TASKS. Скачать там, где сеть есть:\n"
        "  hf download MERA-evaluation/ruCLEVR --repo-type dataset --local-dir mera/ruCLEVR",
        "The hub does not answer ({reason}). Only tasks whose records are here can be run: fetched before, or in a\n"
        "folder of STUDIO_TASKS. To fetch them where there is a network:\n"
        "  hf download MERA-evaluation/ruCLEVR --repo-type dataset --local-dir mera/ruCLEVR",
    ),
    "cli.tasks.access": ("доступ", "access"),
    "cli.tasks.access.public": ("открыта", "public"),
    "cli.tasks.access.private": ("закрыта", "private"),
    "cli.tasks.parts": ("частей", "parts"),
    "cli.tasks.where": ("записи", "records"),
    "cli.tasks.here": ("в папке", "in a folder"),
    "cli.tasks.hub": ("на хабе", "on the hub"),
    "cli.tasks.form.letter": ("буква", "letter"),
    "cli.tasks.form.word_or_number": ("слово или число", "word or number"),
    "cli.tasks.form.free_text": ("несколько слов", "a few words"),
    "cli.tasks.form.number_or_formula": ("число или формула", "number or formula"),
    "cli.tasks.form.letter_or_text": ("буква или слова", "letter or words"),
    "cli.tasks.form.intent_and_slots": ("JSON: намерение и слоты", "JSON: intent and slots"),
    # --- the command `prompts`
    "cli.prompts": (
        "Составляет промпты для новой задачи: десять по таблице MERA Multi и сколько угодно ещё по зерну.",
        "Makes prompts for a new task: the ten of MERA Multi's table, and more by a seed.",
    ),
    "cli.prompts.more": (
        "Промпт — шаблон с полями {question}, {option_a} и местами <image>, <audio_1>: его ставят в instruction.\n"
        "Первые десять одинаковы при любом зерне, так что 20 промптов можно сравнить с 10.",
        "A prompt is a template with slots {question}, {option_a} and places <image>, <audio_1>, for the field\n"
        "instruction. The first ten are the same by any seed, so that 20 prompts can be compared with 10.",
    ),
    "cli.prompts.example": (
        '  python -m studio prompts --modality image --about "о фигурах" --answer letter --options 4\n'
        '  python -m studio prompts --modality audio --about "о звуках" --count 20 --seed 7 --json',
        '  python -m studio prompts --modality image --about "о фигурах" --answer letter --options 4\n'
        '  python -m studio prompts --modality audio --about "о звуках" --count 20 --seed 7 --json',
    ),
    "cli.metavar.modality": ("ВИД", "KIND"),
    "cli.option.prompts_modality": (
        "что дано: image, audio или video",
        "what is given: image, audio or video",
    ),
    "cli.option.prompts_about": (
        "о чём вопросы: продолжение слов «ответить на вопрос …»",
        "what the questions are about, in Russian: it continues «ответить на вопрос …»",
    ),
    "cli.option.prompts_context": (
        "что известно заранее: одно предложение",
        "what is known beforehand: one sentence, in Russian",
    ),
    "cli.option.prompts_answer": (
        "каков ответ: буква, число или слово",
        "what an answer is: letter, number or word",
    ),
    "cli.option.prompts_options": ("сколько вариантов ответа", "how many options an answer has"),
    "cli.option.prompts_media": ("сколько файлов в записи", "how many media a record has"),
    "cli.option.prompts_count": ("сколько промптов", "how many prompts"),
    "cli.option.prompts_seed": (
        "зерно для промптов после десятой",
        "the seed of the prompts after the tenth",
    ),
    "cli.option.prompts_table": (
        "таблица задачи, чьи промпты устроены иначе",
        "the table of a task whose prompts are built otherwise",
    ),
}
