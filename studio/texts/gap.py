"""Texts of people beside the best model: the part of the leaderboard, the chart, the command."""

TEXTS: dict[str, tuple[str, str]] = {
    "gap.title": ("Люди и лучшая модель", "People and the best model"),
    "gap.lead": (
        "Разность оценок на одних и тех же вопросах: больше нуля — люди лучше. Интервал 95-процентный, ошибки "
        "считаются по группам вопросов с общей картинкой, звуком или видео.",
        "The difference of scores on the same questions: above zero people are better. Intervals are of 95%, errors "
        "are clustered by the picture, sound or video that questions share.",
    ),
    "gap.honest": (
        "Лучшая модель выбрана по этим же ответам, а у лучшей из нескольких оценка завышена. Поэтому границы — "
        "для разрыва с той моделью, что лучшая на самом деле: верхние границы поправлены на число моделей "
        "(Бонферрони).",
        "The best model was chosen by these very answers, and the best of several is scored too high. So the "
        "bounds are for the gap to the model that is truly best: upper bounds are corrected for the number of "
        "models (Bonferroni).",
    ),
    "gap.by.all": ("Все задачи", "All tasks"),
    "gap.by.task": ("Задачи", "Tasks"),
    "gap.by.skill": ("Навыки", "Skills"),
    "gap.by.category": ("Категории", "Categories"),
    "gap.bys": ("По чему считать", "What to go by"),
    "gap.col.what": ("По чему", "Of what"),
    "gap.col.mark": ("Оценка", "Score"),
    "gap.col.people": ("Люди", "People"),
    "gap.col.best": ("Модель", "Model"),
    "gap.col.which": ("Лучшая из них", "The best of them"),
    "gap.col.models": ("Моделей", "Models"),
    "gap.col.gap": ("Разрыв", "Gap"),
    "gap.col.n": ("n", "n"),
    "gap.verdict.people": ("люди лучше любой из моделей", "people are better than any of the models"),
    "gap.verdict.model": ("есть модель лучше людей", "a model is better than people"),
    "gap.verdict.open": ("различия не видно", "no difference to be seen"),
    "gap.said": (
        "{mark}: {people} у людей, {best} у лучшей модели ({model}); разрыв {gap} [{low}; {high}] — {verdict}.",
        "{mark}: people {people}, the best model {best} ({model}); gap {gap} [{low}; {high}]: {verdict}.",
    ),
    "gap.of": ("из {n}", "of {n}"),
    "gap.compare.hint": (
        "Ответы людей и модели {model} рядом, вопрос за вопросом",
        "Answers of people and of the model {model} side by side, question by question",
    ),
    "gap.none": (
        "Ни одна модель не ответила хотя бы на 90 % вопросов, на которые ответили люди.",
        "No model has answered at least 90% of the questions that people have answered.",
    ),
    "gap.none.hidden": (
        "Сравнение от вас пока скрыто: эталоны и оценки здесь не показаны, потому что на вопросы отвечают люди или "
        "эталон закрыт ({tasks}).",
        "The comparison is hidden from you for now: gold and scores are not shown, because people are answering the "
        "questions or the gold is private ({tasks}).",
    ),
    "gap.nobody": (
        "Здесь ещё нет прогона людей: его делает руководитель из ответов своего проекта.",
        "There is no run of people here yet: a lead makes it of the answers of a project.",
    ),
    "gap.short": (
        "Не в счёте, вопросов меньше 90 % от людских: {models}.",
        "Left out, with less than 90% of people's questions: {models}.",
    ),
    "gap.short.model": ("{model} ({share})", "{model} ({share})"),
    "gap.hidden": (
        "Не в счёте, эталон вам не открыт: {tasks}.",
        "Left out, gold is not open to you: {tasks}.",
    ),
    "gap.other_scores": (
        "Своя оценка этих задач считается иначе (группы, слоты), здесь — EM и судья отдельных вопросов: {tasks}.",
        "These tasks’ own score is made otherwise (groups, slots); here it is EM and the judge of single "
        "questions: {tasks}.",
    ),
    "gap.few": (
        "Категорий, где меньше {least} общих вопросов: {n}.",
        "Categories with fewer than {least} shared questions: {n}.",
    ),
    "gap.ceiling": ("Потолок: насколько люди согласны между собой", "The ceiling: how far people agree"),
    "gap.projects": ("проекты {titles}", "projects {titles}"),
    "gap.ceiling.rest": (
        "{task}: один человек согласен с большинством остальных в {rest} [{low}; {high}] вопросов, n = {n}",
        "{task}: one person agrees with the majority of the others on {rest} [{low}; {high}] of the questions, n = {n}",
    ),
    "gap.ceiling.model": (
        "; лучшая модель ({model}) с большинством людей — в {agreed} [{low}; {high}], n = {n}",
        "; the best model ({model}) with the majority of people on {agreed} [{low}; {high}], n = {n}",
    ),
    "error.gap_no_people": (
        "Среди строк таблицы нет прогона людей «{run}».",
        "No row of the leaderboard holds a run of people “{run}”.",
    ),
    "error.gap_no_people.hint": (
        "Прогоны людей: python -m studio runs; другой набор: --suite.",
        "Runs of people: python -m studio runs; another suite: --suite.",
    ),
    # --- the chart
    "chart.name.gap": ("люди минус лучшая модель", "people less the best model"),
    "chart.short.gap": ("разрыв", "gap"),
    "chart.gap": ("Люди минус лучшая модель: {mark}", "People less the best model: {mark}"),
    "chart.gap.people": ("люди лучше", "people are better"),
    "chart.gap.model": ("модель лучше", "a model is better"),
    "chart.gap.open": ("различия не видно", "no difference to be seen"),
    # --- the command
    "cli.gap": (
        "Сравнивает людей с лучшей моделью: разрыв с интервалом.",
        "Compares people with the best model: the gap with its interval.",
    ),
    "cli.gap.more": (
        "Разность EM и оценок судьи на общих вопросах людей и лучшей модели: по задачам, навыкам и категориям. "
        "Границы — для разрыва с моделью, лучшей на самом деле: лучшая по тем же ответам завышена. Рядом — "
        "насколько один человек согласен с большинством остальных.",
        "The difference of EM and of the judge’s scores on the questions that people and the best model share: "
        "by task, skill and category. The bounds are for the gap to the model that is truly best: the best by "
        "the same answers is scored too high. Beside it stands how far one person agrees with the majority of "
        "the others.",
    ),
    "cli.gap.example": (
        "  python -m studio gap\n  python -m studio gap --by skill --json\n",
        "  python -m studio gap\n  python -m studio gap --by skill --json\n",
    ),
    "cli.option.gap_by": (
        "task, skill, category; можно несколько раз; без неё задачи",
        "task, skill, category; may be given several times; tasks without it",
    ),
    "cli.option.gap_people": (
        "прогон людей, который сравнивать; без него все вместе",
        "the run of people to compare; without it all of them together",
    ),
}
