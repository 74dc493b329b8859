"""Texts of runs that people's answers were made into: their names, what they are made of, why an item has no answer."""

TEXTS: dict[str, tuple[str, str]] = {
    "count.persons": ("человек|человека|человек", "person|people"),
    "people.run.together.crowd": ("Люди: {method}", "People: {method}"),
    "people.run.together.expert": ("Эксперты: {method}", "Experts: {method}"),
    "people.run.drawn.crowd": ("Один из людей", "One of the people"),
    "people.run.drawn.expert": ("Один из экспертов", "One of the experts"),
    "people.run.person": ("Человек {n}", "Person {n}"),
    "people.run.method.majority": ("большинство голосов", "majority vote"),
    "people.run.method.dawid_skene": ("Дэвид — Скин", "Dawid–Skene"),
    "people.run.method.glad": ("GLAD", "GLAD"),
    "people.run.what.together": ("вместе", "together"),
    "people.run.what.drawn": ("один из них", "one of them"),
    "people.run.what.person": ("один человек", "one person"),
    # --- what a run is made of
    "people.run.made": ("Из чего сделан", "Made of"),
    "people.run.project": ("проект «{title}»", "project “{title}”"),
    "people.run.how.together": ("ответы всех вместе", "everybody's answers together"),
    "people.run.how.drawn": (
        "на каждый вопрос — ответ одного, взятого наугад",
        "for each question the answer of one drawn at random",
    ),
    "people.run.how.person": ("всё, на что ответил один человек", "all that one person answered"),
    "people.run.overlap": ("перекрытие {n}", "overlap {n}"),
    "count.persons.of": ("человека|человек|человек", "person|people"),
    "people.run.excluded": ("без исключённых: {n}", "without the excluded: {n}"),
    "people.run.valid": (
        "базовый уровень действителен: без большинства {low} вопросов, порог {limit}",
        "the baseline is valid: {low} of the questions without a majority, threshold {limit}",
    ),
    "people.run.invalid": (
        "базовый уровень недействителен: без большинства {low} вопросов, порог {limit}",
        "the baseline is not valid: {low} of the questions without a majority, threshold {limit}",
    ),
    "people.run.at": ("на {day}", "as of {day}"),
    "people.run.silent": ("без ответа: {n}", "without an answer: {n}"),
    "people.run.tied": ("ничья: {n}", "tied: {n}"),
    # --- why an item has no answer
    "error.people_silent": (
        "На этот вопрос никто не дал ответа, который засчитан.",
        "Nobody gave this question an answer that counts.",
    ),
    "error.people_silent.hint": (
        "Это не ошибка людей и не ноль: вопрос посчитан отдельно.",
        "It is no mistake of theirs and no zero: the question is counted apart.",
    ),
    "error.people_few": (
        "Засчитан ответ только одного человека, выбирать не из кого.",
        "The answer of one person alone counts: there is nobody to draw from.",
    ),
    "error.people_skipped_mine": (
        "Человек пропустил вопрос: возможно, он его и писал.",
        "The person passed the question over: possibly it was written by that person.",
    ),
    "error.people_skipped_broken": (
        "Человек пропустил вопрос: картинка, звук или видео не открылись.",
        "The person passed the question over: its medium did not open.",
    ),
    "error.people_skipped_ambiguous": (
        "Человек пропустил вопрос: его можно понять по-разному.",
        "The person passed the question over: it can be read in several ways.",
    ),
    "error.people_skipped_unknown": (
        "Человек пропустил вопрос: ответ узнать неоткуда.",
        "The person passed the question over: there is no way to know the answer.",
    ),
    "error.people_skipped_time": (
        "Время человека на вопрос вышло.",
        "The person's time for the question was over.",
    ),
    "error.people_skipped_other": (
        "Человек пропустил вопрос, не назвав причины из списка.",
        "The person passed the question over for a reason that is not on the list.",
    ),
}
