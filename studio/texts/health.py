"""Texts of judge health and of several judges on one run: errors, the command, the page."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.unknown_judging": (
        "Повторного судейства «{name}» нет.",
        "There is no further judging “{name}”.",
    ),
    "error.judging_no_judge": (
        "Не сказано, кому судить заново.",
        "No judge is named to judge anew.",
    ),
    "error.judging_no_judge.hint": (
        "Например: rejudge ПРОГОН --judge embedded.",
        "For example: rejudge RUN --judge embedded.",
    ),
    "error.judging_own": (
        "{judge} и так судит прогон {run}: второй раз то же самое он скажет о тех же ответах.",
        "{judge} is the judge of the run {run} already: of the same answers it would say the same again.",
    ),
    "error.judging_own.hint": (
        "Чего он не смог оценить, он оценит при resume; здесь назовите другого судью.",
        "What it could not score it scores on resume; name another judge here.",
    ),
    "error.judging_busy": (
        "Судей ждёт очереди уже {n}: дайте им закончить.",
        "{n} judges are waiting already: let them end first.",
    ),
    "error.unknown_only": ("Нет отбора ответов «{name}».", "There is no choice of answers “{name}”."),
    "error.unknown_only.hint": ("Известны: {known}.", "Known: {known}."),
    "error.unknown_run_judge": (
        "Судью «{name}» о прогоне {run} не спрашивали.",
        "The judge “{name}” was not asked about the run {run}.",
    ),
    "error.unknown_run_judge.hint": ("Спрашивали: {known}.", "These were: {known}."),
    "error.judge_incomplete": (
        "{name} не видел {n} ответов прогона {run}: основным может быть только судья, который прочёл все.",
        "{name} has not seen {n} answers of the run {run}: only a judge that has read them all can be the run's own.",
    ),
    "error.judge_incomplete.hint": (
        "Спросите его об остальных: rejudge {run} --judge … без отбора.",
        "Ask it about the rest: rejudge {run} --judge … without a filter.",
    ),
    # the first sentence
    "health.trust.no_judge": (
        "У прогона нет судьи, и мерить нечего.",
        "The run has no judge, so there is nothing to measure.",
    ),
    "health.trust.no_labels": (
        "Люди пока не разметили ни одного ответа, и насколько верить судье, неизвестно.",
        "People have labelled no answer yet, so how far to trust the judge is unknown.",
    ),
    "health.trust.few": (
        "О судье говорить рано: верных ответов размечено {right}, неверных {wrong}, а нужно хотя бы по 10.",
        "It is too early to speak of the judge: {right} right and {wrong} wrong answers are labelled, and it takes at "
        "least 10 of each.",
    ),
    "health.trust.chance": (
        "Верить судье нельзя: по этим меткам его не отличить от монеты.",
        "The judge cannot be trusted: by these labels it cannot be told from a coin.",
    ),
    "health.trust.people": (
        "Судье можно верить как человеку: с людьми он согласен не хуже, чем они друг с другом.",
        "The judge can be trusted like a person: it agrees with people no worse than they do with each other.",
    ),
    "health.trust.good": (
        "Судье можно верить: он узнаёт {sensitivity} верных ответов и {specificity} неверных.",
        "The judge can be trusted: it recognises {sensitivity} of right answers and {specificity} of wrong ones.",
    ),
    "health.trust.lenient": (
        "Верьте судье только с поправкой, он снисходителен: засчитывает {passed} неверных ответов, хотя верные узнаёт "
        "({sensitivity}).",
        "Trust the judge only with a correction, it is lenient: it passes {passed} of wrong answers, though it "
        "recognises right ones ({sensitivity}).",
    ),
    "health.trust.strict": (
        "Верьте судье только с поправкой, он придирчив: отвергает {missed} верных ответов, хотя неверные узнаёт "
        "({specificity}).",
        "Trust the judge only with a correction, it is strict: it rejects {missed} of right answers, though it "
        "recognises wrong ones ({specificity}).",
    ),
    "health.trust.weak": (
        "Верьте судье только с поправкой: узнаёт он {sensitivity} верных ответов и {specificity} неверных.",
        "Trust the judge only with a correction: it recognises {sensitivity} of right answers and {specificity} of "
        "wrong "
        "ones.",
    ),
    "health.next.judge": (
        "Сначала пусть судья оценит ответы: resume {run} --judge auto.",
        "Let a judge score the answers first: resume {run} --judge auto.",
    ),
    "health.next.draw": (
        "Разметьте {n}, выбранных случайно: по ним оценку можно исправить.",
        "Label {n} drawn at random: they can correct the score.",
    ),
    "health.next.finish_draw": (
        "Доразметьте выборку № {draw}: в ней осталось {n}.",
        "Go on with draw No. {draw}: {n} are left in it.",
    ),
    "health.next.skipped": (
        "Разметьте № {gap}: в выборке № {draw} он пропущен, и {n} после него не в счёт.",
        "Label No. {gap}: it was skipped in draw No. {draw}, and {n} after it do not count.",
    ),
    "health.skipped": (
        "В выборке № {draw} пропущен № {number}: размечено после него, но не в счёт — {n}",
        "No. {number} was skipped in draw No. {draw}: labelled after it, and not counted: {n}",
    ),
    "health.next.kinds": (
        "Разметьте ещё: не хватает верных — {right}, неверных — {wrong}.",
        "Label more: {right} right and {wrong} wrong ones are lacking.",
    ),
    "health.next.narrow": (
        "Чтобы сузить интервал исправленной оценки вдвое, разметьте ещё {n}, выбранных случайно.",
        "To halve the interval of the corrected score, label {n} more, drawn at random.",
    ),
    "health.next.second": (
        "Меток хватает. Пусть второй человек разметит те же ответы: станет видно, согласны ли сами люди.",
        "There are labels enough. Let a second person label the same answers: it will show whether people agree.",
    ),
    "health.next.other_judge": (
        "Спросите другого судью: rejudge {run} --judge …",
        "Ask another judge: rejudge {run} --judge …",
    ),
    "health.next.enough": (
        "Меток хватает: исправленная оценка известна с точностью ±{half}.",
        "There are labels enough: the corrected score is known to ±{half}.",
    ),
    "health.answers": ("ответ|ответа|ответов", "answer|answers"),
    "health.apart.task": (
        "В разных задачах судья ошибается по-разному (p = {p}), сильнее всего выделяется {worst}: смотрите по задачам.",
        "The judge errs differently in different tasks (p = {p}), {worst} stands out most: look at each task.",
    ),
    "health.apart.answer_type": (
        "На ответах разного типа судья ошибается по-разному (p = {p}).",
        "The judge errs differently on answers of different types (p = {p}).",
    ),
    "health.apart.length": (
        "На коротких и длинных ответах судья ошибается по-разному (p = {p}), сильнее всего — на ответах в {worst} "
        "знаков.",
        "The judge errs differently on short and long answers (p = {p}), most on those of {worst} characters.",
    ),
    "health.apart.model": (
        "На ответах разных моделей судья ошибается по-разному (p = {p}): поправка с одной модели на другую не "
        "переносится.",
        "The judge errs differently on answers of different models (p = {p}): a correction does not carry over from "
        "one "
        "to another.",
    ),
    "health.small": ("меньше 0,001", "below 0.001"),
    # numbers
    "health.metric.sensitivity": ("Верные узнаны", "Right ones recognised"),
    "health.metric.specificity": ("Неверные узнаны", "Wrong ones recognised"),
    "health.metric.balanced": ("Среднее двух", "Mean of the two"),
    "health.metric.youden": ("J Юдена", "Youden's J"),
    "health.metric.raw": ("Согласие", "Raw agreement"),
    "health.metric.kappa": ("κ Коэна", "Cohen's κ"),
    "health.metric.ac1": ("AC1 Гвета", "Gwet's AC1"),
    "health.metric.mcc": ("MCC", "MCC"),
    "health.metric.prevalence": ("Верных по людям", "Right by people"),
    "health.hint.sensitivity": (
        "Доля ответов, верных по людям, которые судья назвал верными",
        "Of the answers that people call right, the share that the judge calls right",
    ),
    "health.hint.specificity": (
        "Доля ответов, неверных по людям, которые судья назвал неверными",
        "Of the answers that people call wrong, the share that the judge calls wrong",
    ),
    "health.hint.balanced": (
        "Сбалансированная точность: не зависит от того, каких ответов больше",
        "Balanced accuracy: it does not depend on which answers are more",
    ),
    "health.hint.youden": (
        "Сумма двух первых минус 1: 0 у монеты, 1 у безошибочного судьи",
        "The sum of the first two less 1: 0 of a coin, 1 of a judge without mistakes",
    ),
    "health.hint.raw": (
        "Доля ответов, о которых судья и люди говорят одно",
        "The share of answers of which judge and people say the same",
    ),
    "health.hint.kappa": (
        "Согласие сверх случайного; падает, когда почти все ответы одного рода",
        "Agreement beyond chance; it falls where nearly all answers are of one kind",
    ),
    "health.hint.ac1": (
        "Согласие сверх случайного, устойчивое к перекосу",
        "Agreement beyond chance that withstands lopsided answers",
    ),
    "health.hint.mcc": ("Корреляция слов судьи и людей", "The correlation of the judge's words and people's"),
    "health.hint.prevalence": (
        "Доля верных среди размеченных",
        "The share of right ones among the labelled",
    ),
    "health.reason.no_labels": ("нет меток", "no labels"),
    "health.reason.no_right": ("нет верных по людям", "none that people call right"),
    "health.reason.no_wrong": ("нет неверных по людям", "none that people call wrong"),
    "health.reason.unanimous": ("все слова одинаковы", "all words are the same"),
    "health.reason.one_reviewer": ("размечал один человек", "one person labelled"),
    "health.reason.one_group": ("группа одна", "there is one group"),
    "health.reason.few_labels": (
        "не исправлена: верных и неверных меток нужно хотя бы по 10",
        "not corrected: it takes at least 10 right and 10 wrong labels",
    ),
    "health.reason.few_drawn": (
        "не исправлена: в случайной части пока меньше 20 меток",
        "not corrected: fewer than 20 labels of the random part so far",
    ),
    "health.reason.skipped": (
        "не исправлена: в случайной части пропущен ответ, и метки после него не в счёт",
        "not corrected: an answer of the random part was skipped, and labels after it do not count",
    ),
    "health.reason.bare_strata": (
        "не исправлена: метки выбраны по вердикту, и в части клеток EM × судья их меньше пяти",
        "not corrected: labels were chosen by verdict, and some cells of EM × judge have fewer than five",
    ),
    "health.reason.uneven": (
        "не исправлена: судья ошибается по-разному, а своих меток у задачи мало",
        "not corrected: the judge errs unevenly, and the task has few labels of its own",
    ),
    "health.reason.no_better_than_chance": (
        "не исправлена: судья различает ответы не лучше монеты",
        "not corrected: the judge is no better than a coin",
    ),
    "health.reason.near_chance": (
        "не исправлена: по этим меткам судью не отличить от монеты",
        "not corrected: by these labels the judge cannot be told from a coin",
    ),
    "health.reason.no_answers": ("не исправлена: нет оценённых ответов", "not corrected: no scored answers"),
    "health.reason.partly": (
        "не исправлена: судья прочёл не все ответы",
        "not corrected: the judge has not read all answers",
    ),
    "health.reason.one_vote": ("один голос на ответ", "one vote an answer"),
    "health.how.powered": ("по случайной части (PPI++)", "by a random part (PPI++)"),
    "health.how.rates": ("по ошибкам судьи (Роган — Гладен)", "by the judge's errors (Rogan–Gladen)"),
    "health.how.elsewhere": (
        "по ошибкам этого судьи на других прогонах (Роган — Гладен)",
        "by this judge's errors on other runs (Rogan–Gladen)",
    ),
    "health.how.strata": ("по клеткам EM × судья", "by cells of EM × judge"),
    "health.by.all": ("Все размеченные", "All labelled"),
    "health.by.task": ("По задачам", "By task"),
    "health.by.answer_type": ("По типу ответа", "By type of answer"),
    "health.by.length": ("По длине ответа, знаков", "By length of the answer, characters"),
    "health.by.model": ("На ответах разных моделей", "On answers of different models"),
    "health.type.letter": ("буквой", "letter"),
    "health.type.short": ("короткий", "short"),
    "health.people": ("Люди между собой", "People among themselves"),
    # commands
    "cli.health": (
        "Говорит, насколько верить судье прогона, и исправляет его оценку по меткам людей.",
        "Tells how far a run's judge can be trusted, and corrects its score by people's labels.",
    ),
    "cli.health.more": (
        "Сравнивает судью с людьми в целом, по задачам, типам и длине ответов, каждое число с интервалом 95 %; рядом "
        "—\n"
        "как люди согласны между собой. Оценка исправляется по случайной части прогона (draw), а если её нет, по\n"
        "ошибкам судьи; где нельзя, сказано почему. Остальные судьи прогона (rejudge) стоят рядом.",
        "Compares the judge with people in all, by task, type and length of answers, every number with a 95 % "
        "interval;\n"
        "beside it how people agree among themselves. The score is corrected by a random part of the run (draw), and\n"
        "without one by the judge's errors; where it cannot be, the reason is told. Other judges of the run (rejudge)\n"
        "stand beside.",
    ),
    "cli.health.example": (
        "  python -m studio health r1121-5f2a9c\n  python -m studio health r1121-5f2a9c --json",
        "  python -m studio health r1121-5f2a9c\n  python -m studio health r1121-5f2a9c --json",
    ),
    "cli.health.group": ("группа", "group"),
    "cli.health.n": ("меток", "labels"),
    "cli.health.scores": ("Оценки", "Scores"),
    "cli.health.people": ("люди", "people"),
    "cli.health.corrected": ("JS исправленная", "JS corrected"),
    "cli.health.how": ("как", "how"),
    "cli.health.further": (
        "{task}: интервал сузят вдвое ещё верных — {right}, неверных — {wrong}.",
        "{task}: {right} more right and {wrong} more wrong ones would halve the interval.",
    ),
    "cli.health.ceiling": (
        "Люди между собой ({n}, рецензентов {reviewers}): согласие {raw}, α Криппендорфа {alpha}, AC1 {ac1}.",
        "People among themselves ({n}, {reviewers} reviewers): raw agreement {raw}, Krippendorff's α {alpha}, AC1 "
        "{ac1}.",
    ),
    "cli.health.sealed": (
        "Поставлено, пока оценки были скрыты: меток {n} из {of}.",
        "Given while scores were hidden: {n} labels of {of}.",
    ),
    "cli.health.left": (
        "Не вошли в числа: «неясно» {unsure}, «брак» {bad}, без оценки судьи {unscored}.",
        "Left out of the numbers: {unsure} unsure, {bad} bad items, {unscored} without a score of the judge.",
    ),
    "cli.health.judges": ("Судьи этого прогона", "Judges of this run"),
    "cli.health.judge": ("судья", "judge"),
    "cli.health.own": ("* основной судья прогона", "* the run's own judge"),
    "cli.health.pair": (
        "{first} и {second}: согласны в {raw}, κ {kappa} ({n}).",
        "{first} and {second}: agree on {raw}, κ {kappa} ({n}).",
    ),
    "cli.health.flips": (
        "Судья меняет слово: при повторе {repeats}, если поменять местами эталон и ответ {swapped} ({n}).",
        "The judge changes its word: when asked again {repeats}, with gold and answer swapped {swapped} ({n}).",
    ),
    "cli.health.tried": (
        "Опыт {id}: отверг верный ответ в другой записи {wording}, поддался уловкам {fooled}.",
        "Experiment {id}: rejected a right answer in other words {wording}, fell for tricks {fooled}.",
    ),
    "cli.rejudge": (
        "Спрашивает ещё одного судью об ответах прогона; прежние вердикты остаются.",
        "Asks another judge about a run's answers; the verdicts there stay.",
    ),
    "cli.rejudge.more": (
        "Вердикты нового судьи хранятся рядом с прежними и сравниваются с ними и с метками людей (health). С --use\n"
        "оценкой прогона становятся вердикты названного судьи (имя@версия); так же можно вернуть прежнего.",
        "The new judge's verdicts are kept beside the others and compared with them and with people's labels "
        "(health).\n"
        "With --use the verdicts of the judge that is named (name@revision) become the run's score; the one before is\n"
        "brought back in the same way.",
    ),
    "cli.rejudge.example": (
        "  python -m studio rejudge r1121-5f2a9c --judge embedded\n"
        "  python -m studio rejudge r1121-5f2a9c --judge llm:http://127.0.0.1:8000/v1 --only disagreements\n"
        "  python -m studio rejudge r1121-5f2a9c --use embedded@0a1b2c3d4e5f",
        "  python -m studio rejudge r1121-5f2a9c --judge embedded\n"
        "  python -m studio rejudge r1121-5f2a9c --judge llm:http://127.0.0.1:8000/v1 --only disagreements\n"
        "  python -m studio rejudge r1121-5f2a9c --use embedded@0a1b2c3d4e5f",
    ),
    "cli.option.rejudge_judge": (
        "имя судьи, как в run --judge",
        "the judge's name, as in run --judge",
    ),
    "cli.option.rejudge_only": (
        "о каких ответах: all (все), disagreements (EM и судья расходятся), unlabelled (без метки людей), changed "
        "(изменились с тех пор, как он судил)",
        "which answers: all, disagreements (EM and the judge part), unlabelled (no person's label), changed (other "
        "than "
        "when it judged)",
    ),
    "cli.option.rejudge_use": (
        "сделать основными вердикты этого судьи: имя@версия",
        "make the verdicts of this judge the run's own: name@revision",
    ),
    "cli.rejudge.progress": ("Оценено {done} из {total}", "Judged {done} of {total}"),
    "cli.rejudge.done": (
        "{judge}: оценено {done}, без вердикта {unscored}. Сравнить: python -m studio health {run}",
        "{judge}: {done} judged, {unscored} without a verdict. To compare: python -m studio health {run}",
    ),
    "cli.rejudge.used": (
        "Оценка прогона {run} теперь от {judge}: {js}.",
        "The score of the run {run} is now {judge}'s: {js}.",
    ),
    "error.rejudge_or_use": (
        "Назовите судью, которого спросить (--judge), либо того, чьи вердикты взять (--use), но не обоих.",
        "Name the judge to ask (--judge), or the one whose verdicts to take (--use), not both.",
    ),
}
