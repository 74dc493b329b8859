"""Texts of the page about a run's judge, beside those of its command (`health`)."""

TEXTS: dict[str, tuple[str, str]] = {
    "health.title": ("Судья и люди", "Judge and people"),
    "health.lead": (
        "Насколько верить судье этого прогона, и какой была бы оценка, если бы судили люди.",
        "How far to trust the judge of this run, and what the score would be if people judged.",
    ),
    "health.keys.next": ("следующий шаг, который назван в начале", "the next step, named in the first words"),
    "health.lost": (
        "Студия не отвечает. Страница попробует ещё раз.",
        "The studio does not answer. Trying again.",
    ),
    "health.working": ("Считаю…", "Working it out…"),
    "health.hidden": (
        "Метки закрытых задач здесь не показаны: {tasks}.",
        "Labels of private tasks are not shown here: {tasks}.",
    ),
    "health.act.draw": ("Выбрать случайные ответы и разметить", "Draw answers at random and label them"),
    "health.act.skipped": ("Разметить пропущенный № {gap}", "Label the skipped No. {gap}"),
    "health.act.go_on": ("Продолжить разметку выборки", "Go on labelling the draw"),
    "health.fact.labels": ("Размечено верных и неверных: {n}", "Labelled right or wrong: {n}"),
    "health.fact.unsure": ("неясно: {n}", "unsure: {n}"),
    "health.fact.bad": ("брак: {n}", "bad items: {n}"),
    "health.fact.unscored": ("без оценки судьи: {n}", "without a score of the judge: {n}"),
    "health.fact.reviewers": ("людей: {n}", "people: {n}"),
    "health.fact.sealed": (
        "поставлено со скрытыми оценками: {n} из {of}",
        "given with scores hidden: {n} of {of}",
    ),
    "health.fact.criteria": (
        "по разным версиям критериев: {versions}",
        "under several versions of criteria: {versions}",
    ),
    "health.beside": ("Судья рядом с людьми", "The judge beside people"),
    "health.choose": ("Что показать", "What to show"),
    "health.view.sensitivity": ("Что узнаёт", "What it recognises"),
    "health.view.balanced": ("Точность", "Balanced accuracy"),
    "health.view.youden": ("J", "J"),
    "health.view.raw": ("Согласие", "Agreement"),
    "health.view.kappa": ("κ", "κ"),
    "health.view.ac1": ("AC1", "AC1"),
    "health.view.mcc": ("MCC", "MCC"),
    "health.view.prevalence": ("Верных", "Right ones"),
    "health.forest": (
        "{metric}: интервалы 95 % по группам ответов. Те же числа в таблице рядом.",
        "{metric}: 95 % intervals by groups of answers. The same numbers are in the table beside.",
    ),
    "health.band": (
        "полоса — согласие людей между собой",
        "the band is how people agree among themselves",
    ),
    "health.group.type": ("Ответ: {type}", "Answer: {type}"),
    "health.group.length": ("Длина {length}", "Length {length}"),
    "health.col.group": ("Ответы", "Answers"),
    "health.col.n": ("Меток", "Labels"),
    "health.col.mistakes": ("Ошибки судьи", "The judge's mistakes"),
    "health.col.task": ("Задача", "Task"),
    "health.col.em": ("EM", "EM"),
    "health.col.js": ("Судья", "Judge"),
    "health.col.people": ("Люди", "People"),
    "health.col.corrected": ("Исправленная", "Corrected"),
    "health.missed": ("верных отверг: {n}", "right ones rejected: {n}"),
    "health.passed": ("неверных засчитал: {n}", "wrong ones passed: {n}"),
    "health.mark.em": ("EM", "EM"),
    "health.mark.js": ("судья как есть", "the judge as it is"),
    "health.mark.people": ("только люди", "people alone"),
    "health.mark.corrected": ("исправленная оценка", "corrected score"),
    "health.scores": ("Оценки рядом", "Scores side by side"),
    "health.scores.note": (
        "Доля верных ответов. Исправленная оценка соединяет вердикты судьи обо всех ответах и метки людей о части. "
        "Интервалы 95 % — для вопросов, подобных этим.",
        "The share of right answers. The corrected score joins the judge's verdicts on all answers and people's "
        "labels of "
        "some. 95 % intervals are for questions like these.",
    ),
    "health.scores.chart": (
        "EM, судья, люди и исправленная оценка с интервалами 95 %. Те же числа в таблице рядом.",
        "EM, the judge, people and the corrected score with 95 % intervals. The same numbers are in the table beside.",
    ),
    "health.more.powered": (
        "На этих вопросах {here}; вдвое сузят ещё {n}",
        "On these questions {here}; {n} more would halve it",
    ),
    "health.more.drawn": ("Разметьте ещё {n} выборки", "Label {n} more of the draw"),
    "health.more.rates": (
        "Вдвое сузят ещё верных: {right}, неверных: {wrong}",
        "More right ones ({right}) and wrong ones ({wrong}) would halve it",
    ),
    "health.alike.task": (
        "По задачам ошибки судьи не различимы (p = {p}): метки можно складывать.",
        "The judge's mistakes do not differ by task (p = {p}): labels may be put together.",
    ),
    "health.alike.answer_type": (
        "По типам ответа ошибки судьи не различимы (p = {p}).",
        "The judge's mistakes do not differ by type of answer (p = {p}).",
    ),
    "health.alike.length": (
        "По длине ответа ошибки судьи не различимы (p = {p}).",
        "The judge's mistakes do not differ by length of the answer (p = {p}).",
    ),
    "health.alike.model": (
        "На ответах других моделей судья ошибается так же (p = {p}).",
        "On answers of other models the judge errs alike (p = {p}).",
    ),
    "health.people.none": (
        "Ни один ответ не размечен двумя людьми, и насколько согласны сами люди, неизвестно. Пусть второй разметит "
        "те же "
        "ответы, не видя чужих меток.",
        "No answer is labelled by two people, so how far people agree is unknown. Let a second one label the same "
        "answers, "
        "blind to the first.",
    ),
    "health.people.nobody": ("Меток пока нет.", "There are no labels yet."),
    "health.people.n": (
        "{n} с метками хотя бы двух людей, людей: {reviewers}. Выше этого согласия судье подняться трудно.",
        "{n} with labels of two people at least, people: {reviewers}. A judge can hardly rise above this.",
    ),
    "health.ceiling.raw": ("Согласие", "Raw agreement"),
    "health.ceiling.alpha": ("α Криппендорфа", "Krippendorff's α"),
    "health.ceiling.fleiss": ("κ Флейса", "Fleiss' κ"),
    "health.ceiling.ac1": ("AC1 Гвета", "Gwet's AC1"),
    "health.ceiling.raw.hint": ("Доля пар, где двое сказали одно", "The share of pairs that say the same"),
    "health.ceiling.alpha.hint": ("Согласие сверх случайного", "Agreement beyond chance"),
    "health.ceiling.fleiss.hint": (
        "Согласие сверх случайного, несколько людей",
        "Agreement beyond chance, several people",
    ),
    "health.ceiling.ac1.hint": ("То же, устойчивое к перекосу", "The same, withstanding lopsided answers"),
    "health.steady": ("Держится ли судья своего слова", "Does the judge keep its word"),
    "health.flips.repeats": ("меняет слово при повторе", "changes its word when asked again"),
    "health.flips.swapped": (
        "меняет слово, если поменять местами эталон и ответ",
        "changes its word when gold and answer are swapped",
    ),
    "health.tried.wording": ("отверг верный ответ в другой записи", "rejected a right answer in other words"),
    "health.tried.fooled": ("поддался уловкам", "fell for tricks"),
    "health.tried.link": (
        "Опыт {id}: какие ответы его обманули",
        "Experiment {id}: which answers deceived it",
    ),
    "health.tried.none": (
        "Этого судью ещё не испытывали перефразированными ответами и уловками.",
        "This judge has not been tried on reworded answers and tricks yet.",
    ),
    "health.tried.go": ("Испытать", "Try it"),
    "health.judges": ("Судьи этого прогона", "Judges of this run"),
    "health.judges.one": (
        "Прогон судил один судья. Спросите другого о тех же ответах: его вердикты лягут рядом, оценка прогона не "
        "изменится.",
        "One judge has judged this run. Ask another about the same answers: its verdicts stand beside, the run's "
        "score stays.",
    ),
    "health.judge.judge": ("Судья", "Judge"),
    "health.judge.js": ("Оценка", "Score"),
    "health.judge.corrected": ("Исправленная", "Corrected"),
    "health.judge.sensitivity": ("Верные узнаны", "Right ones recognised"),
    "health.judge.specificity": ("Неверные узнаны", "Wrong ones recognised"),
    "health.judge.kappa": ("κ с людьми", "κ with people"),
    "health.judge.read": ("прочёл {n} из {of}", "read {n} of {of}"),
    "health.judge.own": ("основной", "the run's own"),
    "health.judge.use": ("Сделать основным", "Make the run's own"),
    "health.judge.agree": ("согласны в", "agree on"),
    "health.ask": ("Спросить", "Ask"),
    "health.ask.judge": ("Ещё один судья", "Another judge"),
    "health.ask.only": ("О каких ответах", "Which answers"),
    "health.only.all": ("обо всех", "all"),
    "health.only.disagreements": ("где EM и судья расходятся", "where EM and the judge part"),
    "health.only.unlabelled": ("которых не размечали люди", "those without a person's label"),
    "health.only.changed": ("которые изменились", "those that have changed"),
}
