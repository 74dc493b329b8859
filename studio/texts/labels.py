"""Texts of labelling: verdicts, and the commands `label`, `labels`, `draw`, `criteria`."""

TEXTS: dict[str, tuple[str, str]] = {
    "label.verdict.right": ("верно", "right"),
    "label.verdict.wrong": ("неверно", "wrong"),
    "label.verdict.unsure": ("неясно", "unsure"),
    "label.verdict.bad": ("брак", "bad item"),
    "label.human.right": ("верно", "right"),
    "label.human.wrong": ("неверно", "wrong"),
    "label.human.unsure": ("неясно", "unsure"),
    "label.human.bad": ("брак", "bad item"),
    "label.human.unlabelled": ("без метки", "unlabelled"),
    "label.human.labelled": ("с меткой", "labelled"),
    "label.human.hidden": ("метка другого рецензента", "another reviewer’s label"),
    # the bar under a sample
    "label.bar": ("Метка ответа", "Label of the answer"),
    "label.verdict": ("Вердикт", "Verdict"),
    "label.undo": ("Забрать", "Undo"),
    "label.unlabelled": ("Дальше без метки", "Next unlabelled"),
    "label.note": ("Заметка", "Note"),
    "label.tags": ("Теги", "Tags"),
    "label.tags.place": ("тег и Enter", "tag and Enter"),
    "label.tag.remove": ("Убрать тег «{tag}»", "Remove the tag “{tag}”"),
    "label.advance": ("сразу к следующему", "go on at once"),
    "label.reviewer": ("Рецензент: {name}", "Reviewer: {name}"),
    "label.reviewer.none": ("Представиться", "Say who you are"),
    "label.name": ("Имя рецензента", "Reviewer’s name"),
    "label.name.title": ("Кто размечает?", "Who is labelling?"),
    "label.name.why": (
        "Имя встанет рядом с метками. Браузер его запомнит. Чужие метки видны только после своей.",
        "The name stands beside your labels; the browser remembers it. Others’ labels show only beside your own.",
    ),
    "label.name.save": ("Запомнить", "Remember"),
    "label.saving": ("Сохраняем…", "Saving…"),
    "label.saved": ("Сохранено: № {number} — {verdict}", "Saved: No. {number}, {verdict}"),
    "label.taken_back": ("Метка забрана", "The label is taken back"),
    "label.nothing": ("Забирать нечего", "There is nothing to take back"),
    "label.no_answer": ("Ответа нет, размечать нечего.", "There is no answer, so nothing to label."),
    "label.hidden": (
        "Метки этой задачи здесь закрыты.",
        "Labels of this task are closed here.",
    ),
    "label.lost": (
        "Сервер не отвечает. Метки лежат в этом браузере и уйдут, как только он ответит: {n}.",
        "The server does not answer. Labels are kept in this browser and will be sent once it does: {n}.",
    ),
    "label.lost.undo": (
        "Сервер не отвечает, метка не забрана. Попробуйте ещё раз.",
        "The server does not answer, the label is not taken back. Try again.",
    ),
    "label.kept.more": ("Отправляем отложенные метки: {n}", "Sending the labels that were kept: {n}"),
    "label.back": ("Связь есть, все метки сохранены", "The server is back, all labels are saved"),
    "label.refused": ("Метка к № {number} не принята: {why}", "The label of No. {number} was refused: {why}"),
    "label.all_done": (
        "В этом отборе не осталось ответов без вашей метки.",
        "Nothing is left in this filter without your label.",
    ),
    "label.others": ("Метки других рецензентов", "Other reviewers’ labels"),
    "label.others.hidden": (
        "Есть метки других рецензентов ({n}). Они появятся после вашей.",
        "Other reviewers have labelled this answer ({n}). Their labels appear after yours.",
    ),
    "label.together": ("Вместе", "Together"),
    "label.under": (
        "Ваша метка поставлена по критериям версии {version}.",
        "You labelled under criteria {version}.",
    ),
    "label.criteria": ("Критерии", "Criteria"),
    "label.criteria.text": ("Что считать верным ответом", "What counts as a right answer"),
    "label.criteria.version": (
        "Версия {version}. Правка станет новой версией; каждая метка помнит свою.",
        "Version {version}. A change becomes a new version; each label remembers its own.",
    ),
    "label.criteria.none": (
        "Критерии ещё не записаны. Метки без них сравнивать трудно: каждый решает по-своему.",
        "There are no criteria yet. Labels without them are hard to compare: everyone decides in their own way.",
    ),
    "label.criteria.save": ("Сохранить новую версию", "Save a new version"),
    # the table split by people, filters, draws
    "label.filter": ("Метка", "Label"),
    "label.filter.all": ("Любая", "Any"),
    "label.people": ("Чужие метки", "Others’ labels"),
    "label.people.own": ("Скрыты", "Hidden"),
    "label.people.all": ("Показаны", "Shown"),
    "label.people.hidden": (
        "Метки других рецензентов считаются только там, где вы уже поставили свою: так вы не знаете их вердикта.",
        "Labels of other reviewers count only where you have given yours, so that you do not know their verdict.",
    ),
    "label.people.show": ("Показать метки всех", "Show everyone’s labels"),
    "label.scores": ("Скрывать оценки, пока не поставлена метка", "Hide scores until I have labelled"),
    "label.scores.why": (
        "Вердикты Exact Match и судьи подсказывают ответ. С этим флажком они появляются только после вашей метки.",
        "Verdicts of Exact Match and of the judge suggest one. With this on they appear only after your label.",
    ),
    "label.scores.title": ("Оценки скрыты", "Scores are hidden"),
    "label.scores.card": (
        "Вердикты Exact Match и судьи появятся, когда вы поставите свою метку.",
        "The verdicts of Exact Match and of the judge appear once you have given your label.",
    ),
    "label.scores.table": (
        "Таблица Exact Match и судьи закрыта, чтобы не подсказывать вердикты: её ячейки и отборы по оценкам вернутся, "
        "когда вы снимете флажок «Скрывать оценки».",
        "The table of Exact Match and the judge is closed, lest it suggest verdicts: its cells and filters by scores "
        "come back once you untick “Hide scores”.",
    ),
    "label.scores.show": ("Показать оценки", "Show scores"),
    "label.draw.filter": ("Выборка", "Draw"),
    "label.draw.all": ("Весь прогон", "The whole run"),
    "label.draw.of": ("№ {number}: {labelled} из {size}", "No. {number}: {labelled} of {size}"),
    "label.draw.size": ("Случайных ответов", "Random answers"),
    "label.draw.by_task": ("по долям задач", "in proportion by task"),
    "label.draw": ("Выбрать для разметки", "Draw for labelling"),
    "label.draw.made": (
        "Выборка {number}: {size} случайных ответов из {frame}. Размечайте подряд.",
        "Draw {number}: {size} random answers of {frame}. Label them in their order.",
    ),
    "label.draw.made.all": (
        "Вы просили {asked}, а ответов всего {frame}: в выборке {number} все они, в случайном порядке. "
        "Размечайте подряд.",
        "You asked for {asked}, and there are {frame} answers: draw {number} holds all of them, in random order. Label "
        "them in their order.",
    ),
    "label.split.piece": (
        "{cell}; люди: {human} — {n}. Открыть очередь.",
        "{cell}; people: {human}, {n}. Open the queue.",
    ),
    "label.split.right": ("по людям верно", "right by people"),
    "label.count": ("Размечено {n} из {of}.", "Labelled: {n} of {of}."),
    "label.count.none": (
        "Меток ещё нет. Поставьте их под ответом: 1 верно, 2 неверно, 3 неясно, 4 брак.",
        "No labels yet. Give them below an answer: 1 right, 2 wrong, 3 unsure, 4 bad item.",
    ),
    "label.count.veiled": (
        "ответ разметили другие; вердикт скрыт, пока вы не поставите свой.|"
        "ответа разметили другие; вердикты скрыты, пока вы не поставите свои.|"
        "ответов разметили другие; вердикты скрыты, пока вы не поставите свои.",
        "answer was labelled by others; the verdict is hidden until you give yours.|"
        "answers were labelled by others; their verdicts are hidden until you give yours.",
    ),
    "label.worth.draw": (
        "Выборка № {draw}: подряд размечено {n} из {size}, и только по ним можно судить обо всём прогоне.",
        "Draw No. {draw}: {n} of {size} are labelled without a gap, and these alone speak of the whole run.",
    ),
    "label.worth.skipped": (
        "Выборка № {draw}: размечено {labelled} из {size}, но пропущен № {gap}. Судить обо всём прогоне можно только "
        "по размеченным до него: {n}.",
        "Draw No. {draw}: {labelled} of {size} are labelled, but No. {gap} was skipped. Only those labelled before it "
        "speak of the whole run: {n}.",
    ),
    "label.worth.picked": (
        "Размечено не случайное: доли говорят только о размеченном.",
        "They were not drawn at random: shares speak of what is labelled alone.",
    ),
    # keys
    "label.keys.right": ("ответ верен", "the answer is right"),
    "label.keys.wrong": ("ответ неверен", "the answer is wrong"),
    "label.keys.unsure": ("неясно", "unsure"),
    "label.keys.bad": ("брак: испорчен вопрос или эталон", "bad item: the question or its gold is faulty"),
    "label.keys.unlabelled": ("к следующему без метки", "the next without a label"),
    "label.keys.undo": ("забрать последнюю метку", "take the last label back"),
    "label.keys.note": ("писать заметку", "write a note"),
    "label.keys.tags": ("писать теги", "write tags"),
    # commands
    "cli.metavar.verdict": ("ВЕРДИКТ", "VERDICT"),
    "cli.metavar.tag": ("ТЕГ", "TAG"),
    "cli.label": (
        "Ставит метку ответу: верно, неверно, неясно или брак.",
        "Labels an answer: right, wrong, unsure or a bad item.",
    ),
    "cli.label.more": (
        "ВЕРДИКТ: right, wrong, unsure или bad (брак: испорчен сам вопрос или его эталон). Новая метка того же\n"
        "рецензента заменяет прежнюю, но прежняя остаётся в базе; --undo забирает последнюю. Метки других рецензентов\n"
        "показываются только после своей.",
        "VERDICT: right, wrong, unsure or bad (a bad item: the question or its gold is faulty). A new label of the\n"
        "same reviewer replaces the earlier one, which stays in the database; --undo takes the last one back. Labels\n"
        "of other reviewers are shown only after one’s own.",
    ),
    "cli.label.example": (
        "  python -m studio label r1121-5f2a9c 12 right\n"
        '  python -m studio label r1121-5f2a9c 13 wrong --note "спутал цвет" --tag цвет формат --reviewer Анна\n'
        "  python -m studio label r1121-5f2a9c --undo --reviewer Анна",
        "  python -m studio label r1121-5f2a9c 12 right\n"
        '  python -m studio label r1121-5f2a9c 13 wrong --note "mixed up the colour" --tag colour --reviewer Anna\n'
        "  python -m studio label r1121-5f2a9c --undo --reviewer Anna",
    ),
    "cli.label.kept": ("№ {number}: {verdict} ({name})", "No. {number}: {verdict} ({name})"),
    "cli.label.together": ("вместе", "together"),
    "cli.label.undone": ("Метка забрана: № {number}.", "Taken back: the label of No. {number}."),
    "cli.label.nothing": (
        "У рецензента «{name}» в этом прогоне нет меток, забирать нечего.",
        "The reviewer “{name}” has no labels in this run: there is nothing to take back.",
    ),
    "cli.labels": (
        "Показывает метки прогона: сколько их в каждой клетке «EM × судья», выборки и сами метки.",
        "Shows a run’s labels: how many in each cell of EM × judge, the draws, and the labels themselves.",
    ),
    "cli.labels.more": (
        "С --out метки пишутся в файл CSV или JSONL, с --read читаются оттуда: метка находит ответ по задаче,\n"
        "записи и тексту ответа, а если модель ответила иначе, не добавляется. Одна метка дважды не считается.",
        "With --out the labels are written as CSV or JSONL, with --read they are read from such a file: a label finds\n"
        "its answer by task, record and the answer’s text, and is not added where the model answered otherwise. No\n"
        "label counts twice.",
    ),
    "cli.labels.example": (
        "  python -m studio labels r1121-5f2a9c\n"
        "  python -m studio labels r1121-5f2a9c --by prompt --json\n"
        "  python -m studio labels r1121-5f2a9c --out метки.csv\n"
        "  python -m studio labels r1121-5f2a9c --read метки.csv",
        "  python -m studio labels r1121-5f2a9c\n"
        "  python -m studio labels r1121-5f2a9c --by prompt --json\n"
        "  python -m studio labels r1121-5f2a9c --out labels.csv\n"
        "  python -m studio labels r1121-5f2a9c --read labels.csv",
    ),
    "cli.labels.none": (
        "Меток пока нет. Поставить: python -m studio label {run} 1 right",
        "No labels yet. To give one: python -m studio label {run} 1 right",
    ),
    "cli.labels.total": ("Показано меток: {shown} из {n}.", "Labels shown: {shown} of {n}."),
    "cli.labels.note": (
        "Последний столбец — доля верных по людям среди размеченных «верно» и «неверно», с интервалом 95 %.\n"
        "Об остальных ответах клетки она говорит, только если размеченные выбраны случайно (draw).",
        "The last column is the share of right ones by people among those labelled right or wrong, with a 95 %\n"
        "interval. It speaks of the cell’s other answers only where the labelled ones were drawn at random (draw).",
    ),
    "cli.labels.by.task": ("задача", "task"),
    "cli.labels.by.modality": ("модальность", "modality"),
    "cli.labels.by.answer_type": ("тип ответа", "answer type"),
    "cli.labels.by.prompt": ("промпт", "prompt"),
    "cli.labels.by.model": ("прогон", "run"),
    "cli.labels.cell": ("EM × судья", "EM × judge"),
    "cli.labels.right": ("верно по людям", "right by people"),
    "cli.labels.number": ("№", "No."),
    "cli.labels.reviewer": ("рецензент", "reviewer"),
    "cli.labels.verdict": ("вердикт", "verdict"),
    "cli.labels.tags": ("теги", "tags"),
    "cli.labels.note_head": ("заметка", "note"),
    "cli.labels.read": (
        "Добавлено меток: {added}, уже были: {known}.",
        "Labels added: {added}, there already: {known}.",
    ),
    "cli.labels.left": (
        "Не добавлено: {other} (ответ модели другой), {unknown} (такого вопроса с ответом в прогоне нет).",
        "Not added: {other} (the model’s answer is another), {unknown} (the run has no such answered question).",
    ),
    "cli.labels.written": ("Меток записано: {n} → {file}", "Labels written: {n} → {file}"),
    "cli.draw": (
        "Выбирает для разметки случайную часть ответов прогона.",
        "Draws a random part of a run’s answers for labelling.",
    ),
    "cli.draw.more": (
        "По меткам случайной части можно судить обо всём прогоне. Один и тот же seed выбирает одни и те же вопросы в\n"
        "прогоне любой модели, а большая выборка целиком содержит меньшую. Вопросы выборки идут в случайном порядке:\n"
        "размечайте подряд, и любое начало тоже будет случайной выборкой.",
        "Labels of a random part speak of the whole run. The same seed draws the same questions in the run of any\n"
        "model, and a larger draw holds the smaller one. A draw’s questions stand in random order: label them in that\n"
        "order, and any beginning is a random draw as well.",
    ),
    "cli.draw.example": (
        "  python -m studio draw r1121-5f2a9c 200\n"
        "  python -m studio draw r1121-5f2a9c 200 --by-task --seed 7\n"
        "  python -m studio draw r1121-5f2a9c 50 --where 'cell:js_only len>200'",
        "  python -m studio draw r1121-5f2a9c 200\n"
        "  python -m studio draw r1121-5f2a9c 200 --by-task --seed 7\n"
        "  python -m studio draw r1121-5f2a9c 50 --where 'cell:js_only len>200'",
    ),
    "cli.draw.whole": (
        "Выборка {number}: {size} из {frame} ответов прогона, seed {seed}.",
        "Draw {number}: {size} of the run’s {frame} answers, seed {seed}.",
    ),
    "cli.draw.part": (
        "Выборка {number}: {size} из {frame} ответов, прошедших отбор, seed {seed}.",
        "Draw {number}: {size} of the {frame} answers that pass a filter, seed {seed}.",
    ),
    "cli.draw.all": (
        "Просили {asked}, а ответов всего {frame}: выбраны все.",
        "{asked} were asked for, and there are {frame}: all of them are drawn.",
    ),
    "cli.draw.labelled": ("Размечено: {labelled} из {size}.", "Labelled: {labelled} of {size}."),
    "cli.draw.next": (
        "Размечать: «Разбор», адрес inspect?run={run}&draw={number}",
        "To label them: Inspect, the address inspect?run={run}&draw={number}",
    ),
    "cli.criteria": (
        "Показывает или записывает критерии: что считать верным ответом.",
        "Shows or writes the criteria: what counts as a right answer.",
    ),
    "cli.criteria.more": (
        "Правка — это новая версия с новым номером; каждая метка помнит, при какой версии поставлена.",
        "A change is a new version with a number of its own; each label remembers the version it was given under.",
    ),
    "cli.criteria.example": (
        "  python -m studio criteria\n"
        '  python -m studio criteria --text "Верно, если смысл совпал с эталоном."\n'
        "  python -m studio criteria --file критерии.md",
        "  python -m studio criteria\n"
        '  python -m studio criteria --text "Right if it means the same as gold."\n'
        "  python -m studio criteria --file criteria.md",
    ),
    "cli.criteria.none": (
        "Критериев пока нет. Записать: python -m studio criteria --file criteria.md",
        "There are no criteria yet. To write them: python -m studio criteria --file criteria.md",
    ),
    "cli.criteria.version": ("Критерии, версия {n}", "Criteria, version {n}"),
    "cli.option.label_number": (
        "номер вопроса в прогоне (см. queue)",
        "the question’s number in the run (see queue)",
    ),
    "cli.option.verdict": ("right, wrong, unsure или bad", "right, wrong, unsure or bad"),
    "cli.option.label_note": ("заметка к метке", "a note beside the label"),
    "cli.option.label_tag": (
        "теги; можно несколько, прежние заменяются",
        "tags; may be several, earlier ones are replaced",
    ),
    "cli.option.reviewer_eyes": (
        "смотреть глазами рецензента: чужие метки считаются только там, где он поставил свою; без этого — метки всех",
        "look with a reviewer’s eyes: others’ labels count only beside an own one; without this, everyone’s labels",
    ),
    "cli.option.label_sealed": (
        "метка дана, пока вердикты EM и судьи были скрыты (queue и show с --hide-scores)",
        "the label was given while verdicts of EM and the judge were hidden (queue and show with --hide-scores)",
    ),
    "cli.option.hide_scores": (
        "не показывать вердикты EM и судьи, пока рецензент (--reviewer) не поставил метку; отборы по ним закрыты",
        "show no verdicts of EM and the judge before a label of the reviewer (--reviewer); filters by them are closed",
    ),
    "cli.where.all": (
        "Отбор идёт по меткам всех рецензентов.",
        "The filter goes by the labels of all reviewers.",
    ),
    "cli.where.own": (
        "Чужие метки считаются только там, где есть метка рецензента {name}.",
        "Others’ labels count only where {name} has labelled.",
    ),
    "cli.option.reviewer": (
        "кто размечает (иначе имя пользователя системы)",
        "who labels (else the system’s user name)",
    ),
    "cli.option.label_undo": (
        "забрать последнюю метку этого рецензента",
        "take this reviewer’s last label back",
    ),
    "cli.option.labels_by": (
        "разбить: task (по умолчанию), modality, answer_type, prompt, model",
        "group by task (as usual), modality, answer_type, prompt or model",
    ),
    "cli.option.labels_out": (
        "записать метки в файл .csv или .jsonl",
        "write the labels to a .csv or .jsonl file",
    ),
    "cli.option.labels_read": (
        "добавить метки из файла .csv или .jsonl",
        "add labels from a .csv or .jsonl file",
    ),
    "cli.option.draw_size": ("сколько ответов выбрать", "how many answers to draw"),
    "cli.option.draw_seed": ("зерно выбора (иначе случайное)", "the draw’s seed (else a random one)"),
    "cli.option.by_task": ("от каждой задачи — её долю", "from each task its share"),
    "cli.option.criteria_text": ("записать этот текст как новую версию", "write this text as a new version"),
    "cli.option.criteria_file": ("то же, текст из файла", "the same, the text from a file"),
    "error.labels_out_or_read": (
        "Либо записать метки (--out), либо прочитать (--read): не сразу.",
        "Either write labels (--out) or read them (--read): not both at once.",
    ),
}
