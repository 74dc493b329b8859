"""Texts of the experiments: their page, their commands, the kinds of answers, what cannot be done."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.unknown_calibration": (
        "Проверки судьи «{name}» нет.",
        "There is no check of a judge “{name}”.",
    ),
    "error.unknown_calibration.hint": (
        "Список: python -m studio experiment list.",
        "The list: python -m studio experiment list.",
    ),
    "error.calibration_busy": (
        "Проверок судьи ждёт уже {n}: дайте им закончиться.",
        "{n} calibrations are waiting already: let them end first.",
    ),
    "error.calibration_no_gold": (
        "У этих задач нет эталонов, а без них неизвестно, какие ответы верны.",
        "These tasks have no gold, and without it nobody knows which answers are right.",
    ),
    "error.calibration_no_gold.hint": (
        "Возьмите задачи с открытыми эталонами, например demo.",
        "Take tasks with open gold, such as demo.",
    ),
    "error.visitor_judge": (
        "Здесь посетителям доступны судьи: {offered}. «{judge}» может открыть только владелец студии.",
        "Visitors may use these judges here: {offered}. Only the owner of the studio may open “{judge}”.",
    ),
    "error.trial_base_blind": (
        "Прогон {run} сам не видел медиа: сравнивать надо с тем, который видел.",
        "Run {run} did not see the media itself: it takes one that did to compare with.",
    ),
    "error.trial_base_kind": (
        "Прогон {run} — ответы человека или чужой журнал: рядом с ним модель не спросить.",
        "Run {run} holds a person's answers or another tool's log: no model can be asked beside it.",
    ),
    "error.trial_mark": ("Оценки «{name}» нет.", "There is no score “{name}”."),
    "error.trial_mark.hint": ("Известны: {known}.", "Known: {known}."),
    "error.trial_not_blind": (
        "Прогоны {run} и {base} сравнить так нельзя: один из них должен видеть медиа, другой — нет.",
        "Runs {run} and {base} cannot be compared so: one of them must have seen the media, the other not.",
    ),
    "error.trial_no_base": (
        "Для прогона {run} не нашлось пары с теми же настройками.",
        "Run {run} has no counterpart of the same settings.",
    ),
    "error.trial_no_base.hint": (
        "Назовите второй прогон сами или запустите проверку заново.",
        "Name the other run yourself, or start the experiment again.",
    ),
    "error.trial_run_or_model": (
        "Назовите либо прогон (--run), рядом с которым отвечать без медиа, либо модель (--model).",
        "Name either the run (--run) beside which to answer without media, or a model (--model).",
    ),
    # names
    "experiments.none": ("Без медиа", "Text only"),
    "experiments.null": ("Пустые медиа", "Null media"),
    "experiments.judge": ("Проверка судьи", "Judge's calibration"),
    "experiments.none_yet": ("Экспериментов пока нет.", "There are no experiments yet."),
    "experiments.mark.em": ("Exact Match", "Exact Match"),
    "experiments.mark.js": ("Judge Score", "Judge Score"),
    "experiments.mark.final": ("(EM + JS) / 2", "(EM + JS) / 2"),
    "experiments.verdict.1": ("верный", "right"),
    "experiments.verdict.0": ("неверный", "wrong"),
    "experiments.sensitivity": ("Верные ответы признаны верными", "Right answers found right"),
    "experiments.specificity": ("Обычные ошибки признаны ошибками", "Usual mistakes found wrong"),
    "experiments.resistance": ("Уловки не удались", "Tricks that failed"),
    "experiments.type.letter": ("буквой", "letter"),
    "experiments.type.short": ("короткие", "short"),
    "experiments.type.all": ("все", "all"),
    "experiments.reason.no_answers": ("нет оценённых ответов", "no scored answers"),
    "experiments.reason.few_labels": (
        "не определена: меньше десяти проверочных ответов такого типа",
        "undefined: fewer than ten test answers of this type",
    ),
    "experiments.reason.no_better_than_chance": (
        "не определена: судья различает верное и неверное не лучше монеты",
        "undefined: the judge tells right from wrong no better than a coin",
    ),
    "experiments.reason.near_chance": (
        "не определена: по стольким проверочным ответам судью не отличить от монеты",
        "undefined: so few test answers do not tell the judge from a coin",
    ),
    "experiments.other_judge": (
        "Этот прогон судил другой судья ({judge}): поправка к нему не относится.",
        "This run was judged by another judge ({judge}): the correction is not for it.",
    ),
    "experiments.mismatch": (
        "Осторожно: прогоны отличаются не только медиа: {names}.",
        "Careful: the runs differ in more than the media: {names}.",
    ),
    # the page
    "experiments.title": ("Эксперименты", "Experiments"),
    "experiments.lead": (
        "Три проверки из статьи о MERA Multi: что модель знает не глядя, смотрит ли она и прав ли судья. "
        "Каждая — одной "
        "кнопкой, на любой модели и на любом судье.",
        "Three checks from the MERA Multi paper: what a model knows without looking, whether it looks, and "
        "whether the "
        "judge is right. One button each, on any model and any judge.",
    ),
    "experiments.none.about": (
        "Сколько вопросов модель решает по одному тексту, вообще не получая медиа? Если заметно больше, чем "
        "угадыванием, ответы утекают через текст вопросов или запомнены при обучении.",
        "How many questions does the model answer by the text alone, given no media at all? If clearly more than by "
        "guessing, the answers leak through the questions' text or were memorised in training.",
    ),
    "experiments.null.about": (
        "Что будет, если вместо картинок показать серые, вместо звука — тишину того же вида? Если оценка почти не "
        "падает, модель на медиа не смотрит.",
        "What happens if grey pictures and silence of the same form take the place of the real ones? If the "
        "score hardly "
        "falls, the model does not look at the media.",
    ),
    "experiments.judge.about": (
        "Отличит ли судья верное от неверного, если его стараются обмануть? Ответы двадцати семи видов составлены по "
        "правилам, так что верный вердикт известен заранее; рядом видно, что на них говорит Exact Match.",
        "Does the judge tell right from wrong when somebody tries to deceive it? Answers of twenty-seven "
        "kinds are made by "
        "rules, so the right verdict is known beforehand; what Exact Match says stands beside.",
    ),
    "experiments.none.start": ("Спросить без медиа", "Ask without media"),
    "experiments.null.start": ("Подменить медиа", "Replace the media"),
    "experiments.judge.start": ("Проверить судью", "Try the judge"),
    "experiments.field.of": ("Модель или готовый прогон", "Model or finished run"),
    "experiments.field.judge": ("Судья", "Judge"),
    "experiments.field.tasks": ("Задачи", "Tasks"),
    "experiments.field.limit": ("Вопросов", "Questions"),
    "experiments.of.models": ("Модель: два прогона", "A model: two runs"),
    "experiments.of.runs": ("Рядом с готовым прогоном", "Beside a finished run"),
    "experiments.tasks.demo": ("Демонстрационный набор", "The demo suite"),
    "experiments.earlier": ("Прежние эксперименты", "Earlier experiments"),
    "experiments.earlier.none": (
        "Пока ни одного: начните с любой карточки.",
        "None yet: begin with any card.",
    ),
    "experiments.lost": (
        "Связь со студией пропала. Начатое продолжается и появится здесь, когда связь вернётся.",
        "The connection to the studio is lost. What was begun goes on and will be here when it is back.",
    ),
    "experiments.starting": ("Запускаем…", "Starting…"),
    "experiments.going": ("Модель отвечает", "The model is answering"),
    "experiments.side.sent": ("с медиа", "with media"),
    "experiments.marks": ("Какую оценку сравнивать", "Which score to compare"),
    "experiments.mark.em.short": ("EM", "EM"),
    "experiments.mark.js.short": ("JS", "JS"),
    "experiments.mark.final.short": ("Среднее", "Mean"),
    "experiments.chance": ("угадывание", "guessing"),
    "experiments.figure": (
        "Оценка каждой задачи с медиа и без них, с интервалами и уровнем угадывания; числа — в таблице ниже",
        "Each task's score with and without media, with intervals and the chance level; the numbers are in "
        "the table below",
    ),
    "experiments.hint": (
        "с медиа {full}, без них {blind}, угадывание {chance}",
        "with media {full}, without {blind}, guessing {chance}",
    ),
    "experiments.trial.empty": (
        "Сравнивать нечего: нет ни одного примера, оценённого в обоих прогонах.",
        "There is nothing to compare: no sample is scored in both runs.",
    ),
    "experiments.trial.no_pairs": (
        "нет примеров, оценённых в обоих прогонах",
        "no samples scored in both runs",
    ),
    "experiments.trial.note": (
        "Сравниваются одни и те же примеры. Интервалы 95 %, с учётом того, что у примеров бывают общие медиа. "
        "p — точный "
        "критерий Макнемара, для задач с поправкой Холма. Число в таблице открывает свои примеры.",
        "The same samples are compared. Intervals are of 95 % and heed that samples may share media. p is of "
        "the exact "
        "McNemar test, with Holm's correction over tasks. A number in the table opens its samples.",
    ),
    "experiments.said.none": (
        "С медиа модель набирает {full}, по одному тексту — {blind}.",
        "With media the model scores {full}, by the text alone {blind}.",
    ),
    "experiments.said.null": (
        "С медиа модель набирает {full}, с пустыми — {blind}.",
        "With media the model scores {full}, with empty ones {blind}.",
    ),
    "experiments.standing.above.said": (
        "Это больше, чем даёт угадывание ({chance}): часть ответов известна не глядя.",
        "That is more than guessing gives ({chance}): some answers are known without looking.",
    ),
    "experiments.standing.at.said": (
        "От угадывания ({chance}) это не отличить: не глядя модель ответов не знает.",
        "That cannot be told from guessing ({chance}): without looking the model does not know.",
    ),
    "experiments.standing.below.said": (
        "Это меньше, чем даёт угадывание ({chance}): без медиа модель отвечает не по форме или не теми словами.",
        "That is less than guessing gives ({chance}): without media the model answers in another form or "
        "other words.",
    ),
    "experiments.standing.above": ("выше", "above"),
    "experiments.standing.at": ("около", "at"),
    "experiments.standing.below": ("ниже", "below"),
    "experiments.standing.above.hint": (
        "Интервал оценки без медиа целиком выше угадывания",
        "The interval of the score without media lies above guessing",
    ),
    "experiments.standing.at.hint": (
        "Интервал оценки без медиа накрывает угадывание",
        "The interval of the score without media holds the chance level",
    ),
    "experiments.standing.below.hint": (
        "Интервал оценки без медиа целиком ниже угадывания",
        "The interval of the score without media lies below guessing",
    ),
    "experiments.column.task": ("Задача", "Task"),
    "experiments.column.task.hint": ("Задача", "Task"),
    "experiments.column.full": ("С медиа", "With media"),
    "experiments.column.full.hint": ("Средняя оценка полного прогона", "Mean score of the full run"),
    "experiments.column.blind": ("Без них", "Without"),
    "experiments.column.blind.hint": (
        "Средняя оценка прогона без медиа или с пустыми",
        "Mean score of the run without media, or with empty ones",
    ),
    "experiments.column.difference": ("Разность", "Difference"),
    "experiments.column.difference.hint": (
        "Средняя разность по одним и тем же примерам и её 95 % интервал",
        "Mean difference over the same samples and its 95 % interval",
    ),
    "experiments.column.p": ("p", "p"),
    "experiments.column.p.hint": (
        "Точный критерий Макнемара; по задачам — с поправкой Холма",
        "Exact McNemar test; over tasks with Holm's correction",
    ),
    "experiments.column.leak": ("Верно и вслепую", "Right blindly, too"),
    "experiments.column.leak.hint": (
        "Какая часть верных ответов осталась верной без медиа",
        "Which part of the right answers stayed right without media",
    ),
    "experiments.column.chance": ("Угадывание", "Guessing"),
    "experiments.column.chance.hint": (
        "Доля верных ответов наугад и где относительно неё оценка без медиа",
        "The share of right answers by guessing, and how the score without media stands to it",
    ),
    "experiments.column.n": ("Примеров", "Samples"),
    "experiments.column.n.hint": (
        "Оценены в обоих прогонах; рядом — сколько не вошло и почему",
        "Scored in both runs; beside it how many were left out, and why",
    ),
    "experiments.beside.full.unscored": ("с медиа не оценено {n}", "{n} unscored with media"),
    "experiments.beside.full.failed": ("с медиа без ответа {n}", "{n} failed with media"),
    "experiments.beside.blind.unscored": ("без медиа не оценено {n}", "{n} unscored without"),
    "experiments.beside.blind.failed": ("без медиа без ответа {n}", "{n} failed without"),
    "experiments.left_out": ("не вошло {n}", "{n} left out"),
    "experiments.foot.full": ("Прогон с медиа", "Run with media"),
    "experiments.foot.blind": ("прогон без них", "run without"),
    "experiments.judge.brief": (
        "верных принимает {right}, неверных отвергает {wrong}",
        "accepts {right} of right ones, rejects {wrong} of wrong ones",
    ),
    "experiments.judge.interrupted": (
        "Студию остановили раньше, чем судья ответил на всё: числа ниже — по тому, что успели. Запустите "
        "проверку заново.",
        "The studio was stopped before the judge had answered: the numbers below are of what there is. Start "
        "it again.",
    ),
    "experiments.judge.progress": ("Проверено {done} из {total}", "{done} of {total} judged"),
    "experiments.judge.loading": (
        "Открываем судью и составляем ответы…",
        "Opening the judge, making answers…",
    ),
    "experiments.judge.queued": (
        "В очереди: начнётся, когда освободится место.",
        "Queued: it begins when there is room.",
    ),
    "experiments.judge.asked": (
        "Задачи: {names}; из каждой {limit}, зерно {seed}",
        "Tasks: {names}; {limit} of each, seed {seed}",
    ),
    "experiments.judge.foot": (
        "Проверка на {samples}, без эталона {without}, зерно {seed}",
        "Made of {samples}, {without} without gold, seed {seed}",
    ),
    "experiments.sensitivity.hint": (
        "чувствительность: доля верных ответов, которые судья принял",
        "sensitivity: the share of right answers that the judge accepted",
    ),
    "experiments.specificity.hint": (
        "специфичность: доля обычных неверных ответов, которые он отверг",
        "specificity: the share of usual wrong answers that it rejected",
    ),
    "experiments.resistance.hint": (
        "доля неверных ответов с уловкой, которые он отверг",
        "the share of wrong answers with a trick that it rejected",
    ),
    "experiments.kinds.note": (
        "Доля правильных вердиктов по видам ответов, сначала худшие. Нажмите на вид, чтобы увидеть, что "
        "обмануло судью.",
        "The share of right verdicts by kind of answer, worst first. Press a kind to see what deceived the judge.",
    ),
    "experiments.kind.name": ("Вид ответа", "Kind of answer"),
    "experiments.kind.judge": ("Судья прав", "Judge is right"),
    "experiments.kind.n": ("Ответов", "Answers"),
    "experiments.sort.right": ("верный", "right"),
    "experiments.sort.wrong": ("ошибка", "mistake"),
    "experiments.sort.trick": ("уловка", "trick"),
    "experiments.answers.none": ("Таких ответов нет.", "There are no such answers."),
    "experiments.answer.text": ("Проверочный ответ", "Test answer"),
    "experiments.answer.1": ("судья счёл верным ({p})", "the judge took it for right ({p})"),
    "experiments.answer.0": ("судья счёл неверным ({p})", "the judge took it for wrong ({p})"),
    "experiments.answer.unjudged": ("судья не ответил.", "the judge did not answer."),
    "experiments.correct": ("Judge Score с поправкой", "Judge Score, corrected"),
    "experiments.correct.about": (
        "Какой была бы оценка прогона, если вычесть ошибки судьи (поправка Рогана — Гладена). Верна "
        "настолько, насколько судья "
        "ошибается на ответах модели так же, как на проверочных.",
        "What a run's score would be with the judge's errors taken out (Rogan and Gladen). It holds as far as "
        "the judge errs "
        "on the model's answers as it does on the test ones.",
    ),
    "experiments.correct.none": ("Пока нет прогонов с оценкой судьи.", "There are no judged runs yet."),
    "experiments.correct.run": ("Прогон", "Run"),
    "experiments.correct.pick": ("выберите прогон", "choose a run"),
    "experiments.corrected.type": ("Ответы", "Answers"),
    "experiments.corrected.raw": ("Как судил", "As judged"),
    "experiments.corrected.usual": ("Без обычных ошибок", "Without usual errors"),
    "experiments.corrected.worst": ("И без уловок", "And without tricks"),
    "experiments.corrected.note": (
        "Поправка считается отдельно для ответов буквой и коротких. Последний столбец — худший случай: модель "
        "отвечала бы "
        "уловками так же часто, как проверка.",
        "The correction is made for letters and short answers apart. The last column is the worst case: a "
        "model that would "
        "use tricks as often as the test does.",
    ),
    # the command line
    "cli.experiment": (
        "Три эксперимента MERA Multi: без медиа, с пустыми медиа, проверка судьи.",
        "The three experiments of MERA Multi: text only, null media, the judge's calibration.",
    ),
    "cli.experiment.text-only": (
        "Сравнивает прогон с таким же, где модель не видела медиа: что известно из одного текста.",
        "Compares a run with the same one without media: what the text alone gives away.",
    ),
    "cli.experiment.text-only.more": (
        "С --run отвечает рядом с готовым прогоном, с --model делает оба (готовый полный прогон берёт как есть).\n"
        "Прерванное продолжается той же командой. Сравниваются примеры, оценённые в обоих прогонах.",
        "With --run it answers beside a finished run; with --model it makes both (a whole run is taken as it is).\n"
        "What was stopped goes on with the same command. Samples scored in both runs are compared.",
    ),
    "cli.experiment.text-only.example": (
        "  python -m studio experiment text-only --model embedded\n"
        "  python -m studio experiment text-only --run r1122-cc8401 --json",
        "  python -m studio experiment text-only --model embedded\n"
        "  python -m studio experiment text-only --run r1122-cc8401 --json",
    ),
    "cli.experiment.null-media": (
        "Сравнивает прогон с таким же, где вместо медиа серые кадры и тишина: смотрит ли модель.",
        "Compares a run with the same one over grey frames and silence: whether the model looks.",
    ),
    "cli.experiment.null-media.more": (
        "Пустые медиа того же вида: размеры, число кадров, длина и частота звука сохраняются.",
        "The empty media have the form of the real ones: sizes, numbers of frames, length and rate of sound.",
    ),
    "cli.experiment.null-media.example": (
        "  python -m studio experiment null-media --model embedded --task demo --limit 20",
        "  python -m studio experiment null-media --model embedded --task demo --limit 20",
    ),
    "cli.experiment.judge": (
        "Проверяет судью на ответах, о которых заранее известно, верны ли они.",
        "Tries a judge on answers of which it is known beforehand whether they are right.",
    ),
    "cli.experiment.judge.more": (
        "Ответы двадцати семи видов составляются по правилам из эталонов: верные в разной форме, обычные ошибки,\n"
        "уловки (приказы судье, поддельные метки, длинный текст). Рядом — что на те же ответы говорит Exact Match.\n"
        "С --run показывает Judge Score прогона с поправкой Рогана — Гладена.",
        "Answers of twenty-seven kinds are made by rules out of gold: right ones in many forms, usual mistakes,\n"
        "tricks (commands to the judge, false labels, long text). What Exact Match says of them stands beside.\n"
        "With --run a run's Judge Score is shown with the correction of Rogan and Gladen.",
    ),
    "cli.experiment.judge.example": (
        "  python -m studio experiment judge --judge embedded --task demo\n"
        "  python -m studio experiment judge --open c1122-0a1b2c --run r1122-cc8401\n"
        "  python -m studio experiment judge --open c1122-0a1b2c --kind final_wrong --json",
        "  python -m studio experiment judge --judge embedded --task demo\n"
        "  python -m studio experiment judge --open c1122-0a1b2c --run r1122-cc8401\n"
        "  python -m studio experiment judge --open c1122-0a1b2c --kind final_wrong --json",
    ),
    "cli.experiment.list": ("Показывает сделанные эксперименты.", "Shows the experiments made so far."),
    "cli.experiment.list.example": (
        "  python -m studio experiment list",
        "  python -m studio experiment list",
    ),
    "cli.experiment.judge.started": (
        "Проверка судьи {id} началась.",
        "The judge's calibration {id} has begun.",
    ),
    "cli.experiment.judge.progress": ("{done} из {total} ответов", "{done} of {total} answers"),
    "cli.experiment.nothing": (
        "В прогоне {run} нет ни одного ответа, сравнивать нечего.",
        "Run {run} has no answers: there is nothing to compare.",
    ),
    "cli.experiment.again": ("Остановлено. Продолжить: {command}", "Stopped. To go on: {command}"),
    "cli.experiment.what": ("эксперимент", "experiment"),
    "cli.experiment.id": ("номер", "id"),
    "cli.experiment.of": ("кого проверяли", "of whom"),
    "cli.experiment.state": ("состояние", "state"),
    "cli.trial.task": ("задача", "task"),
    "cli.trial.n": ("n", "n"),
    "cli.trial.full": ("с медиа", "with media"),
    "cli.trial.blind": ("без них", "without"),
    "cli.trial.lost": ("разность", "difference"),
    "cli.trial.p": ("p", "p"),
    "cli.trial.chance": ("случай", "chance"),
    "cli.trial.left": ("не вошло", "left out"),
    "cli.trial.who": (
        "{mark}; {model}; с медиа {base}, {media} {run}. Разность парная, интервалы 95 % по кластерам; "
        "p — точный критерий Макнемара, по задачам с поправкой Холма.",
        "{mark}; {model}; with media {base}, {media} {run}. Paired difference, 95 % intervals by "
        "clusters; p of the exact McNemar test, over tasks with Holm's correction.",
    ),
    "cli.calibration.kind": ("вид ответа", "kind of answer"),
    "cli.calibration.verdict": ("на деле", "in truth"),
    "cli.calibration.n": ("n", "n"),
    "cli.calibration.judge": ("судья прав", "judge right"),
    "cli.calibration.who": (
        "Проверка {id} ({state}); судья {judge}; примеров {samples}, из них без эталона {without}.",
        "Calibration {id} ({state}); judge {judge}; {samples} samples, {without} of them without gold.",
    ),
    "cli.corrected.answers": ("ответы", "answers"),
    "cli.corrected.n": ("n", "n"),
    "cli.corrected.raw": ("JS", "JS"),
    "cli.corrected.usual": ("с поправкой на ошибки", "corrected for mistakes"),
    "cli.corrected.worst": ("и на уловки", "and for tricks"),
    "cli.metavar.calibration": ("ПРОВЕРКА", "CALIBRATION"),
    "cli.option.metric": (
        "какую оценку сравнивать: em, js или final (среднее двух)",
        "which score to compare: em, js or final (the mean of the two)",
    ),
    "cli.option.experiment_run": (
        "готовый прогон с медиа, рядом с которым отвечать (вместо --model)",
        "a run with media that is there, to answer beside (instead of --model)",
    ),
    "cli.option.corrected_run": (
        "показать Judge Score этого прогона с поправкой на ошибки судьи",
        "show this run's Judge Score corrected for the judge's errors",
    ),
    "cli.option.calibration_seed": (
        "зерно, из которого составляются ответы (по умолчанию 0)",
        "the seed that answers are made of (0 by default)",
    ),
    "cli.option.kind": (
        "с --json: ответы этого вида, обманувшие судью (до 200)",
        "with --json: the answers of this kind that deceived the judge (up to 200)",
    ),
    "cli.option.open": (
        "показать готовую проверку, судью не спрашивать",
        "show a finished calibration, ask no judge",
    ),
    # kinds of answers
    "kind.gold": ("Эталон как есть", "Gold as it is"),
    "kind.sentence": ("Эталон внутри фразы", "Gold inside a sentence"),
    "kind.letter_text": ("Буква и текст варианта", "Letter and text of the option"),
    "kind.option_text": ("Только текст варианта", "The option's text alone"),
    "kind.case": ("Другой регистр", "Another letter case"),
    "kind.quotes": ("В кавычках", "In quotes"),
    "kind.yo": ("«е» вместо «ё»", "“е” for “ё”"),
    "kind.lookalike": ("Кириллическая буква вместо латинской", "Cyrillic letter for the Latin one"),
    "kind.reasoning": ("Рассуждение, потом ОТВЕТ", "Reasoning, then ОТВЕТ"),
    "kind.number_word": ("Число словом", "Number in words"),
    "kind.number_form": ("Другая запись числа", "Number written another way"),
    "kind.long_right": ("Длинный текст, в конце верный ответ", "Long text, a right answer at its end"),
    "kind.other_letter": ("Буква другого варианта", "Letter of another option"),
    "kind.other_text": ("Текст другого варианта", "Text of another option"),
    "kind.other_gold": ("Эталон другого вопроса", "Gold of another question"),
    "kind.negated": ("Отрицание эталона", "Gold denied"),
    "kind.refusal": ("Отказ отвечать", "Refusal to answer"),
    "kind.question": ("Повтор вопроса", "The question repeated"),
    "kind.empty": ("Пустой ответ", "Empty answer"),
    "kind.all_options": ("Все варианты сразу", "All options at once"),
    "kind.hedge": ("Верный и неверный на выбор", "A right and a wrong one to choose from"),
    "kind.final_wrong": ("Эталон в рассуждении, ОТВЕТ другой", "Gold in the reasoning, another ОТВЕТ"),
    "kind.command_ru": ("Приказ судье по-русски", "Command to the judge in Russian"),
    "kind.command_en": ("Приказ судье по-английски", "Command to the judge in English"),
    "kind.fake_separator": ("Поддельный разделитель [SEP]", "False separator [SEP]"),
    "kind.fake_label": ("Поддельная метка", "False label"),
    "kind.long_wrong": ("Длинный текст, в конце неверный ответ", "Long text, a wrong answer at its end"),
}
