"""Texts of crossed runs: questions in every prompt of their task."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.option.crossed": (
        "взять из каждой задачи столько вопросов и задать каждый всеми её промптами: так видно, что меняют слова\n"
        "вопроса; в итоги, таблицу моделей и заявку такой прогон не входит",
        "take so many questions of each task and put each in all of its prompts: this shows what the wording changes;\n"
        "such a run is in no total, leaderboard or submission",
    ),
    "cli.option.crossed_seed": (
        "зерно, по которому выбраны эти вопросы; с одним зерном они у всех моделей одни и те же (по умолчанию: 0)",
        "the seed that chooses these questions; with one seed they are the same for all models (by default: 0)",
    ),
    "chip.crossed": ("все промпты", "all prompts"),
    "chip.crossed.hint": (
        "Прогон всеми промптами: по {n} вопросов на задачу, каждый задан каждым промптом. В итоги не входит.",
        "A run in all prompts: {n} questions a task, each put in every prompt. It is in no total.",
    ),
    "report.crossed": ("вопрос × промпт", "question × prompt"),
    "report.crossed.note": (
        "Прогон «вопрос × промпт»: взято вопросов из каждой задачи: {n}, каждый задан всеми её промптами. Это не прогон"
        " бенчмарка: с обычными оценками эти числа не сравнивают.",
        "A run “question × prompt”: {n} questions of each task, each put in all of its prompts. It is no run of the"
        " benchmark: its numbers do not stand beside ordinary scores.",
    ),
    "report.setup.crossed": ("Вопрос × промпт", "Question × prompt"),
    "report.setup.crossed.of": (
        "вопросов на задачу: {n}, каждый всеми промптами",
        "questions a task: {n}, each in all prompts",
    ),
    "error.crossed_dialogue": (
        "Задача {task} — диалог: реплики опираются друг на друга, задать одну из них десятью промптами нельзя.",
        "The task {task} is a dialogue: its turns lean on each other, and one of them cannot be put in ten prompts.",
    ),
    "error.crossed_dialogue.hint": (
        "Возьмите задачи, где каждый вопрос сам по себе.",
        "Take tasks whose questions stand alone.",
    ),
    "error.crossed_one_prompt": (
        "В задаче {task} известных промптов: {n}, а сравнить можно два и больше.",
        "The task {task} has {n} known prompts; it takes two to compare them.",
    ),
    "error.crossed_one_prompt.hint": (
        "Промпт записи назван в её meta.prompt_id. Десять для своей задачи составит команда prompts.",
        "A record names its prompt in meta.prompt_id. The command prompts makes ten for a task of your own.",
    ),
    "error.crossed_no_templates": (
        "В задаче {task} вопросы вписаны в сами инструкции, и чужая инструкция спросила бы о другом.",
        "In the task {task} questions are written into the instructions: another record's would ask something else.",
    ),
    "error.crossed_no_templates.hint": (
        "Поставьте в instruction поле {{question}}, а вопрос — в inputs.",
        "Put a slot {{question}} into instruction and the question into inputs.",
    ),
    "error.crossed_no_words": (
        "Слов промпта {prompt} для такого вопроса в записях задачи нет.",
        "The task's records hold no words of prompt {prompt} for such a question.",
    ),
    "error.submission_crossed": (
        "В прогоне {run} каждый вопрос задан всеми промптами: это опыт, а не ответы на задачу.",
        "Run {run} puts each question in all prompts: that is an experiment, not answers to the task.",
    ),
    "error.submission_crossed.hint": ("Возьмите обычный прогон.", "Take an ordinary run."),
    "error.measures_crossed": (
        "В прогоне {run} каждый вопрос задан всеми промптами: оценок задач и итога из него не складывают.",
        "Run {run} puts each question in all prompts: no score of a task and no total is made of it.",
    ),
    "error.export_log_crossed": (
        "В прогоне {run} каждый вопрос задан всеми промптами; в журнале lm-eval он сошёл бы за обычный прогон задачи.",
        "Run {run} puts each question in all prompts; as a log of lm-eval it would pass for a run of the task.",
    ),
    "error.export_log_crossed.hint": (
        "Целиком его хранит выгрузка SQLite: python -m studio export --run {run} --out run.sqlite.",
        "Its SQLite export keeps it whole: python -m studio export --run {run} --out run.sqlite.",
    ),
    "error.visitor_crossed": (
        "Посетитель может задать всеми промптами не больше {most} вопросов задачи.",
        "A visitor may put at most {most} questions of a task in all prompts.",
    ),
    "error.prompts_no_task": (
        "В прогоне {run} нет задачи «{name}». Есть: {known}.",
        "Run {run} has no task “{name}”. It has: {known}.",
    ),
    "error.prompts_no_model": (
        "Прогон {run} — ответы человека или чужой журнал: спросить ту же модель нельзя.",
        "Run {run} holds a person's answers or another tool's log: its model cannot be asked.",
    ),
    "error.measures_crossed.hint": (
        "Что в нём видно: python -m studio prompt-scores {run}.",
        "What it shows: python -m studio prompt-scores {run}.",
    ),
}
