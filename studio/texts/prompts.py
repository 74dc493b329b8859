"""Texts of the page «Промпты» and of the command `prompt-scores`."""

TEXTS: dict[str, tuple[str, str]] = {
    "nav.prompts": ("Промпты", "Prompts"),
    "bench.prompts": ("Промпты", "Prompts"),
    "prompts.title": ("Промпты", "Prompts"),
    "prompts.lead": (
        "Баллы по промптам и то, что меняют сами слова вопроса.",
        "Scores by prompt, and what the wording itself changes.",
    ),
    "prompts.lost": (
        "Студия не ответила. Как только она вернётся, страница спросит ещё раз.",
        "The studio did not answer. The page asks again as soon as it is back.",
    ),
    "prompts.working": ("Считаю…", "Working…"),
    # --- in words
    "prompts.warning": (
        "У каждого вопроса здесь один промпт, как в MERA: строки ниже — о разных вопросах. Разница между"
        " ними может идти"
        " от вопросов, а не от слов.",
        "Each question has one prompt here, as in MERA: the rows below are about different questions. A"
        " difference between"
        " them may come from the questions and not from the words.",
    ),
    "prompts.crossed": (
        "Каждый из {items} задан каждым из {prompts} промптов: строки ниже — об одних и тех же вопросах, и"
        " разница между"
        " ними — от слов.",
        "Each of {items} was put in each of {prompts} prompts: the rows below are about the same questions,"
        " and a difference"
        " between them comes from the words.",
    ),
    "prompts.crossed.all": (
        "Прогон всеми промптами: по {n} вопросов на задачу. Разбор — по одной задаче: выберите её.",
        "A run in all prompts: {n} questions a task. It is taken apart task by task: choose one.",
    ),
    "prompts.hidden": (
        "Не показано, потому что эталон от вас скрыт: {tasks}.",
        "Left out, because their gold is hidden from you: {tasks}.",
    ),
    "prompts.left_out": (
        "Нет оценки хотя бы в одном промпте: {n}. Эти вопросы не входят в разбор, но входят в средние по"
        " промптам.",
        "Without a score in some prompt: {n}. They are not in what is taken apart, but are in the means by"
        " prompt.",
    ),
    "prompts.without": (
        "Промпты, в которых не оценено ничего, в разбор не входят: {prompts}.",
        "Prompts in which nothing is scored are left out: {prompts}.",
    ),
    "prompts.no_split": (
        "Вопросов с оценкой во всех промптах: {n}. Чтобы делить разброс, нужно хотя бы два.",
        "Questions with a score in every prompt: {n}. It takes two to split the variance.",
    ),
    "prompts.no_variance": (
        "Все оценки одинаковы: делить нечего.",
        "All scores are the same: there is nothing to split.",
    ),
    "prompts.split.said": (
        "Разброс оценок: {item} — от вопросов, {prompt} — от промпта, {rest} — остальное: их сочетание и"
        " случай.",
        "Of the variance {item} come from the questions, {prompt} from the prompt, {rest} from the rest:"
        " their combination"
        " and chance.",
    ),
    "prompts.test.differ": (
        "Промпты в самом деле различаются (критерий Кокрена, {p}).",
        "The prompts do differ (Cochran's test, {p}).",
    ),
    "prompts.test.alike": (
        "Что промпты вообще различаются, здесь не видно (критерий Кокрена, {p}).",
        "That the prompts differ at all does not show here (Cochran's test, {p}).",
    ),
    "prompts.error": (
        "Другие промпты того же рода сдвинули бы среднее примерно на ±{half}.",
        "Other prompts of the kind would move the mean by about ±{half}.",
    ),
    "prompts.gap.sure": (
        "Лучший промпт — {best}, худший — {worst}: разница {mean} [{low}; {high}]. Случаем такой разрыв не"
        " объяснить ({p}).",
        "The best prompt is {best}, the worst {worst}: {mean} apart [{low}; {high}]. Chance does not"
        " explain such a gap"
        " ({p}).",
    ),
    "prompts.gap.chance": (
        "Лучший промпт — {best}, худший — {worst}: разница {mean} [{low}; {high}]. Такой разрыв между"
        " лучшим и худшим бывает"
        " и случайно ({p}).",
        "The best prompt is {best}, the worst {worst}: {mean} apart [{low}; {high}]. Such a gap between the"
        " best and the worst"
        " may be chance ({p}).",
    ),
    "prompts.flips.said": (
        "{first} впереди {second} на {lead}; порядок обратный в {n} промптах из {prompts} [{low}–{high}]."
        " На других таких же"
        " вопросах вторая модель вышла бы вперёд примерно в {reversed} случаев.",
        "{first} leads {second} by {lead}; the order is the reverse in {n} prompts of {prompts}"
        " [{low}–{high}]. On other such"
        " questions the second model would lead in about {reversed} of cases.",
    ),
    "prompts.flips.equal": (
        "{first} и {second} по всем промптам наравне: порядка, который мог бы меняться, нет.",
        "{first} and {second} are level over all prompts: there is no order to change.",
    ),
    # --- the table
    "prompts.by": ("Баллы по промптам", "Scores by prompt"),
    "prompts.chart": ("Баллы по промптам с интервалами 95 %", "Scores by prompt with intervals of 95%"),
    "prompts.name": ("Промпт {id}", "Prompt {id}"),
    "prompts.name.none": ("Промпт не указан", "Prompt not told"),
    "prompts.total": ("Все промпты", "All prompts"),
    "prompts.col.prompt": ("Промпт", "Prompt"),
    "prompts.col.n": ("Ответов", "Answers"),
    "prompts.col.rest": ("Без оценки", "Not scored"),
    "prompts.mark.em": ("EM", "EM"),
    "prompts.mark.js": ("JS, судья", "JS, the judge"),
    "prompts.mark.people": ("Люди", "People"),
    "prompts.failed": ("сбой: {n}", "failed: {n}"),
    "prompts.unscored": ("не оценено: {n}", "unscored: {n}"),
    "prompts.pending": ("впереди: {n}", "to come: {n}"),
    "prompts.empty": ("Оценок пока нет.", "There are no scores yet."),
    "prompts.none": (
        "Номера промптов в записях не названы и по тексту не узнаются: сравнивать нечего.",
        "The records do not name their prompts and the words do not tell them: there is nothing to compare.",
    ),
    "prompts.task": ("Задача", "Task"),
    "prompts.task.all": ("Все задачи", "All tasks"),
    "prompts.mark": ("Чем мерить", "Measured by"),
    "prompts.words": ("Слова промптов", "The words of the prompts"),
    "prompts.words.note": (
        "Как промпт звучит в первой записи, где он есть; в фигурных скобках — поля записи. Задача: {task}.",
        "How a prompt reads in the first record that has it; fields of the record are in braces. The task:"
        " {task}.",
    ),
    "prompts.words.pick": (
        "Слова других задач — выберите задачу.",
        "For the words of other tasks choose one.",
    ),
    # --- a crossed run
    "prompts.split": ("Откуда разброс", "Where the variance comes from"),
    "prompts.share": ("доля разброса", "share of the variance"),
    "prompts.part.item": ("вопросы", "questions"),
    "prompts.part.prompt": ("промпт", "the prompt"),
    "prompts.part.rest": ("остальное", "the rest"),
    "prompts.part.item.hint": (
        "одни вопросы легче других, как их ни задай",
        "some questions are easier than others, however they are put",
    ),
    "prompts.part.prompt.hint": (
        "с одними словами модель отвечает лучше на всё",
        "some words make the model better at everything",
    ),
    "prompts.part.rest.hint": (
        "одному вопросу идёт один промпт, другому другой; и случай",
        "one prompt suits one question, another suits another; and chance",
    ),
    "prompts.split.chart": ("Доли разброса: {shares}", "Shares of the variance: {shares}"),
    "prompts.split.how": (
        "Двухфакторный дисперсионный анализ со случайными эффектами: {items} × {prompts}, интервалы 95 %."
        " {cut}",
        "A two-way analysis of variance with random effects: {items} × {prompts}, intervals of 95%. {cut}",
    ),
    "prompts.split.cut": (
        "Оценка вышла ниже нуля и поставлена нулём: {parts}.",
        "Estimated below zero and set to it: {parts}.",
    ),
    "prompts.apart": (
        "Пары промптов, которые различаются (p по Холму ниже 0,05): {n} из {all}.",
        "Pairs of prompts that differ (p after Holm below 0.05): {n} of {all}.",
    ),
    "prompts.apart.few": (
        "Поправка Холма требует от первой из {all} пар p ниже {need}, а на {n} вопросах оно не бывает меньше {least}: "
        "отдельные пары на них не различить. Разрыв лучшего и худшего проверен одним тестом по всем промптам сразу.",
        "After Holm the first of {all} pairs takes p below {need}, and with {n} questions it is never below {least}: "
        "single pairs cannot be told apart by them. The gap of the best and the worst is one test of all prompts.",
    ),
    "prompts.apart.weak": (
        "Разрыв лучшего и худшего проверен одним тестом по всем промптам сразу; у каждой пары данных меньше, и "
        "поправка Холма на {all} сравнений строже.",
        "The gap of the best and the worst is one test of all prompts; each pair has less to go by, and Holm’s "
        "correction for {all} comparisons asks more of it.",
    ),
    "prompts.pair": (
        "{first} и {second}: {mean} [{low}; {high}], {p}",
        "{first} and {second}: {mean} [{low}; {high}], {p}",
    ),
    "prompts.grid": ("Вопросы и промпты", "Questions and prompts"),
    "prompts.grid.note": (
        "Строка — вопрос, столбец — промпт; сверху лёгкие. Полоса, общая для столбца, — промпт; для строки"
        " — вопрос.",
        "A row is a question, a column a prompt; the easiest on top. A stripe down a column is a prompt's,"
        " along a row a"
        " question's.",
    ),
    "prompts.grid.some": (
        "Показаны {shown} из {all}, через равные промежутки.",
        "{shown} of {all} are shown, evenly spaced.",
    ),
    "prompts.grid.item": ("Вопрос", "Question"),
    "prompts.grid.row": ("Вопрос {item}: {right} верно из {n}", "Question {item}: {right} right of {n}"),
    "prompts.grid.key.right": ("верно", "right"),
    "prompts.grid.key.part": ("частично", "in part"),
    "prompts.grid.key.wrong": ("неверно", "wrong"),
    "prompts.grid.key.failed": ("сбой", "failed"),
    "prompts.grid.key.unscored": ("не оценено", "unscored"),
    "prompts.grid.key.pending": ("впереди", "to come"),
    "prompts.models": ("Модели по промптам", "Models by prompt"),
    "prompts.models.note": (
        "Место каждой модели в каждом промпте, на вопросах, которые задавали им всем: {n}. Обведено место,"
        " которое не то, что"
        " по всем промптам.",
        "Each model's place in each prompt, on the questions that all were asked: {n}. A place that is not"
        " the one over all"
        " prompts is framed.",
    ),
    "prompts.models.model": ("Модель", "Model"),
    "prompts.models.all": ("Все", "All"),
    "prompts.models.place": ("Место {place}, балл {mean}", "Place {place}, score {mean}"),
    "prompts.models.none": (
        "Чтобы увидеть, меняются ли модели местами, задайте те же вопросы другой модели: run --crossed с"
        " тем же зерном.",
        "To see whether models change places put the same questions to another model: run --crossed with"
        " the same seed.",
    ),
    "prompts.flip.lead": (
        "Промпт {id}: впереди {name}, на {lead}. Так было бы и на других вопросах примерно в {p} случаев.",
        "Prompt {id}: {name} leads, by {lead}. So it would on other questions in about {p} of cases.",
    ),
    # --- asking
    "prompts.ask": ("Задать всеми промптами", "Ask with all prompts"),
    "prompts.ask.why": (
        "Та же модель, те же настройки; одни и те же вопросы — каждым промптом. Это отдельный прогон, в"
        " итоги он не входит.",
        "The same model and settings; the same questions in every prompt. It is a run of its own, and in no"
        " total.",
    ),
    "prompts.ask.items": ("Сколько вопросов", "How many questions"),
    "prompts.ask.plan": (
        "{items} × {prompts} = {n}",
        "{items} × {prompts} = {n}",
    ),
    "prompts.ask.plan.about": (
        "{items} × {prompts} ≈ {n}",
        "{items} × {prompts} ≈ {n}",
    ),
    "prompts.ask.time": ("{plan}, около {time}", "{plan}, about {time}"),
    "prompts.ask.known": ("Уже есть прогоны всеми промптами:", "There are runs in all prompts already:"),
    "prompts.ask.choose": (
        "Чтобы задать вопросы всеми промптами, выберите задачу.",
        "To ask with all prompts, choose a task.",
    ),
    "prompts.cannot.dialogue": (
        "Задача — диалог: одну реплику нельзя задать всеми промптами.",
        "The task is a dialogue: a turn cannot be put in all prompts.",
    ),
    "prompts.cannot.prompts": (
        "В прогоне меньше двух известных промптов этой задачи: сравнить нечего.",
        "The run shows fewer than two known prompts of this task: there is nothing to compare.",
    ),
    # --- the command
    "cli.prompt-scores": (
        "Печатает баллы по промптам; прогон всеми промптами — с разбором разброса.",
        "Prints scores by prompt; of a run in all prompts, with its variance split.",
    ),
    "cli.prompt-scores.more": (
        "В обычном прогоне у каждого вопроса один промпт, и строки — о разных вопросах. Прогон всеми"
        " промптами\n"
        "(run --crossed) показывает, сколько разброса от вопросов и сколько от слов, лучший и худший промпт"
        " и\n"
        "меняются ли местами модели, которым задали те же вопросы.",
        "In an ordinary run each question has one prompt, and rows are about different questions. A run in"
        " all prompts\n"
        "(run --crossed) shows how much of the variance comes from the questions and how much from the"
        " words, the best\n"
        "prompt and the worst, and whether models that were asked the same change places.",
    ),
    "cli.prompt-scores.example": (
        "  python -m studio prompt-scores r1121-5f2a9c\n"
        "  python -m studio run --model embedded --task ruDemoStickers --crossed 20\n"
        "  python -m studio prompt-scores r1121-7c01de --metric js --json",
        "  python -m studio prompt-scores r1121-5f2a9c\n"
        "  python -m studio run --model embedded --task ruDemoStickers --crossed 20\n"
        "  python -m studio prompt-scores r1121-7c01de --metric js --json",
    ),
    "cli.option.prompt_task": (
        "одна задача прогона; без неё — все вместе, а в прогоне всеми промптами — первая",
        "one task of the run; without it all together, and of a run in all prompts the first",
    ),
    "cli.option.prompt_metric": (
        "какую оценку разбирать: em или js (по умолчанию em)",
        "which score to take apart: em or js (by default em)",
    ),
}
