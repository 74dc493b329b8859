"""Texts of the page Organise: projects, their board, people, items."""

# Kinds of records that the journal of a project has, with their words below.
KINDS = frozenset(
    {
        "joined", "named", "role_given", "signed_in", "signed_out", "invited", "invitation_used", "invitation_revoked",
        "person_erased", "project_made", "project_changed", "instructed", "item_retired", "excluded", "readmitted",
        "admitted", "shown_as",
        "answered", "skipped", "undone", "doubled", "adjudicated", "imported",
    }
)  # fmt: skip

TEXTS: dict[str, tuple[str, str]] = {
    "nav.organise": ("Проекты", "Projects"),
    "organise.title": ("Проекты разметки", "Annotation projects"),
    "organise.lead": (
        "Люди отвечают на те же вопросы, что и модели. Здесь проект готовят, следят за ответами и сводят их в итог.",
        "People answer the same questions as models. Here a project is prepared, watched and put together.",
    ),
    "organise.lost": ("Нет связи со студией. Пробуем ещё раз.", "The studio does not answer. Trying again."),
    "organise.working": ("Считаем…", "Counting…"),
    "organise.counting": ("Считаем…", "Counting…"),
    "organise.done": ("Готово", "Done"),
    "organise.copied": ("Скопировано", "Copied"),
    "organise.copy": ("Скопировать", "Copy"),
    "organise.cancel": ("Отмена", "Cancel"),
    "organise.kept": ("Сохранено.", "Saved."),
    "organise.yes": ("да", "yes"),
    "organise.no": ("нет", "no"),
    "organise.all": ("Все проекты", "All projects"),
    "organise.owner": ("владелец", "owner"),
    "organise.person": ("Человек {n}", "Person {n}"),
    "organise.person.gone": ("Человек вне проекта", "Somebody outside the project"),
    # counts
    "organise.count.projects": ("проект|проекта|проектов", "project|projects"),
    "organise.count.days": ("день|дня|дней", "day|days"),
    "organise.count.skips": ("пропуск|пропуска|пропусков", "skip|skips"),
    "organise.count.people": ("человек|человека|человек", "person|people"),
    "organise.count.records": ("запись|записи|записей", "record|records"),
    # keys
    "organise.keys.step": ("следующий, предыдущий вопрос списка", "next, previous item of the list"),
    "organise.keys.pick": ("выбрать ответ с этим номером", "choose the answer with this number"),
    "organise.keys.decide": ("оставить за ним последнее слово", "give it the last word"),
    "organise.keys.back": ("взять последнее слово назад", "take the last word back"),
    "organise.keys.gold": ("показать или скрыть эталон", "show or hide the gold answer"),
    "organise.keys.leave": ("выйти из поля", "leave a field"),
    "organise.keys.help": ("этот список", "this list"),
    # states
    "organise.state.draft": ("черновик", "draft"),
    "organise.state.open": ("открыт", "open"),
    "organise.state.paused": ("на паузе", "paused"),
    "organise.state.closed": ("закрыт", "closed"),
    "organise.do.open": ("Открыть", "Open"),
    "organise.do.paused": ("Поставить на паузу", "Pause"),
    "organise.do.closed": ("Закрыть", "Close"),
    "organise.now.open": ("Проект открыт: люди могут отвечать.", "The project is open: people can answer."),
    "organise.now.paused": (
        "Проект на паузе: новых вопросов нет, отвеченное цело.",
        "The project is paused: no new questions, all answers are safe.",
    ),
    "organise.now.closed": (
        "Проект закрыт. Его можно открыть снова.",
        "The project is closed. It can be opened again.",
    ),
    "organise.ask.closed": ("Закрыть проект?", "Close the project?"),
    "organise.ask.closed.do": ("Закрыть и открыть эталон", "Close and show gold"),
    "organise.ask.closed.ends": (
        "Сбор закончится: новых вопросов никто не получит, начатое можно будет дослать.",
        "Collecting ends: nobody gets new questions; what was begun can still be sent.",
    ),
    "organise.ask.closed.invited": (
        "Эталоны, ответы и оценки по этой задаче сразу увидят аннотаторы и посетители (эталоны "
        "закрытой задачи — нет).",
        "Annotators and visitors see gold, answers and scores of this task at once (gold of a private task stays "
        "hidden).",
    ),
    "organise.ask.closed.anyone": (
        "Эталоны, ответы и оценки по этой задаче сразу увидят и те, кто ответил ещё не на всё (эталоны закрытой задачи "
        "— нет).",
        "Those who have not answered everything see gold, answers and scores of this task at once, too (gold of a "
        "private task stays hidden).",
    ),
    "organise.ask.closed.kept": (
        "Открыть снова можно, но увиденное не забыть: журнал и эта страница сохранят, когда эталон был открыт. Чтобы "
        "лишь остановить работу, поставьте проект на паузу.",
        "It can be opened again, but what was seen is not forgotten: the journal and this page keep when gold lay "
        "open. To stop the work alone, pause the project.",
    ),
    "organise.ask.open": ("Открыть проект снова?", "Open the project again?"),
    "organise.ask.open.do": ("Открыть снова", "Open again"),
    "organise.ask.open.seen": (
        "Пока проект был закрыт, эталон могли увидеть все, кто здесь отвечает: новые ответы уже не независимы. Об этом "
        "напомнит строка под названием проекта.",
        "While the project was closed, everybody who answers here may have seen gold: new answers are independent no "
        "more. A line under the project's title keeps saying so.",
    ),
    "organise.gold.open": ("Эталон открыт с {since}.", "Gold lies open since {since}."),
    "organise.gold.was_open": (
        "Эталон был открыт с {since} по {until}.",
        "Gold lay open from {since} to {until}.",
    ),
    "organise.level.crowd": ("обычные люди", "ordinary people"),
    "organise.level.expert": ("эксперты", "experts"),
    "organise.joining.invited": ("по приглашению", "by invitation"),
    "organise.joining.anyone": ("любой, кто назовётся", "anyone who tells a name"),
    "organise.role": ("Роль", "Role"),
    "organise.role.annotator": ("аннотатор", "annotator"),
    "organise.role.reviewer": ("рецензент", "reviewer"),
    "organise.role.lead": ("руководитель", "lead"),
    "organise.role.visitor": ("нет роли", "no role"),
    "organise.role.given": ("Роль теперь: {role}.", "The role is now: {role}."),
    "organise.fact.overlap": ("ответов на вопрос: {n}", "answers per question: {n}"),
    "organise.fact.made": ("сделан {when}", "made on {when}"),
    "organise.fact.version": ("инструкция v{n}", "instructions v{n}"),
    "organise.fact.no_version": ("инструкции ещё нет", "no instructions yet"),
    "organise.fact.dates": ("с {begin} по {end}", "from {begin} to {end}"),
    "organise.unbound": (
        "Вопросов, которых здесь нет или которые изменились: {n}. Верните ту версию задачи, по которой сделан проект; "
        "если она теперь в другой папке, назовите её: python -m studio project bind {id} --task ПАПКА",
        "{n} questions are not here or have changed. Bring back the version of the task that the project was made of; "
        "if it lies in another folder now, name it: python -m studio project bind {id} --task FOLDER",
    ),
    "organise.step.made": ("Вопросы отобраны", "Questions are drawn"),
    "organise.step.instructions": ("Напишите инструкцию", "Write the instructions"),
    "organise.step.invite": ("Пригласите людей", "Invite people"),
    "organise.step.open": ("Откройте проект", "Open the project"),
    "organise.tabs": ("Разделы проекта", "Parts of the project"),
    "organise.tab.board": ("Ход", "Board"),
    "organise.tab.people": ("Люди", "People"),
    "organise.tab.items": ("Вопросы", "Questions"),
    "organise.tab.baseline": ("Итог", "Baseline"),
    "organise.tab.instructions": ("Инструкция", "Instructions"),
    "organise.tab.invite": ("Приглашения", "Invitations"),
    "organise.tab.settings": ("Настройки", "Settings"),
    "organise.tab.audit": ("Кто что делал", "Who did what"),
    # the list
    "organise.new": ("Новый проект", "New project"),
    "organise.line.done": (
        "{done} из {wanted} ответов, вопросов готово: {complete} из {items}",
        "{done} of {wanted} answers, {complete} of {items} questions complete",
    ),
    "organise.own.title": ("Отвечают сами", "Answered on one's own"),
    "organise.own.note": (
        "Сюда приходит кто хочет и проходит задачу целиком; прогон делается у каждого, кто дошёл до конца.",
        "Whoever likes takes a task from end to end; each who comes to its end has a run.",
    ),
    "organise.own.finished": (
        "дошли до конца: {n}; начинали: {people}",
        "came to the end: {n}; began: {people}",
    ),
    "organise.line.people": ("людей в счёте", "people in the count"),
    "organise.line.alpha": ("согласие α", "agreement α"),
    "organise.line.last": ("последний ответ", "last answer"),
    "organise.line.nobody": ("ответов ещё нет", "no answers yet"),
    "organise.empty.title": ("Здесь будут ваши проекты", "Your projects will be here"),
    "organise.empty.text": (
        "Проект — это вопросы одной задачи, на которые отвечают люди: столько раз, сколько нужно, и вслепую.",
        "A project is the questions of one task that people answer: as many times as needed, and blindly.",
    ),
    "organise.empty.plan": (
        "Выберите задачу и увидьте заранее, сколько вопросов, часов и денег это займёт",
        "Choose a task and see beforehand how many questions, hours and how much money it takes",
    ),
    "organise.empty.invite": (
        "Напишите инструкцию с примерами и разошлите ссылку",
        "Write instructions with examples and send out a link",
    ),
    "organise.empty.watch": (
        "Смотрите за ходом, согласием и темпом, разбирайте спорные вопросы",
        "Watch progress, agreement and pace, settle disputed questions",
    ),
    "organise.empty.baseline": (
        "Получите базовый уровень человека по протоколу MERA рядом с моделями",
        "Get the human baseline by MERA's protocol, next to the models",
    ),
    "organise.closed.title": ("Страница для тех, кто ведёт разметку", "A page for those who lead annotation"),
    "organise.closed.text": (
        "Руководитель готовит здесь проект, приглашает людей, следит за ответами и сводит их в базовый уровень. "
        "Рецензент разбирает спорные вопросы.",
        "A lead prepares a project here, invites people, watches their answers and puts them together into a baseline. "
        "A reviewer settles disputed questions.",
    ),
    "organise.closed.key": (
        "Руководитель — владелец студии, вошедший с ключом, или тот, кому он прислал приглашение с этой ролью.",
        "A lead is the studio's owner, signed in with the key, or whoever got an invitation with this role from "
        "the owner.",
    ),
    "organise.closed.local": (
        "Ключ владельца не задан: руководитель — тот, кто работает на самой этой машине, или тот, кому он прислал "
        "приглашение с этой ролью. Ключ задают переменной STUDIO_OWNER_KEY.",
        "No owner's key is set: a lead is whoever works at this very machine, or whoever got an invitation with "
        "this role. "
        "The key is set by the variable STUDIO_OWNER_KEY.",
    ),
    "organise.closed.enter": ("Войти с ключом", "Sign in with the key"),
    "organise.closed.annotate": ("Отвечать на вопросы", "Answer questions"),
    "organise.gone.title": ("Такого проекта нет", "There is no such project"),
    "organise.gone.text": (
        "Проекта «{id}» в этой студии нет. Проверьте, что ссылка скопирована целиком.",
        "This studio has no project “{id}”. Check that the link was copied whole.",
    ),
    # the form
    "organise.new.title": ("Новый проект", "A new project"),
    "organise.no_tasks": (
        "В студии нет задач. Положите папку задачи в data/ и обновите страницу.",
        "The studio has no tasks. Put a task's folder into data/ and reload the page.",
    ),
    "organise.group.what": ("О чём спрашивать", "What to ask"),
    "organise.group.people": ("Кто отвечает", "Who answers"),
    "organise.group.answers": (
        "Сколько ответов и как их проверять",
        "How many answers, and how they are checked",
    ),
    "organise.group.training": ("Обучение перед работой", "Training before the work"),
    "organise.group.time": ("Время", "Time"),
    "organise.group.money": ("Оплата", "Pay"),
    "organise.field.title": ("Название", "Title"),
    "organise.hint.title": ("Его видят те, кто отвечает.", "Those who answer see it."),
    "organise.field.task": ("Задача", "Task"),
    "organise.field.whole": ("Сколько вопросов", "How many questions"),
    "organise.whole": ("вся задача", "the whole task"),
    "organise.part": ("часть задачи", "a part of it"),
    "organise.field.size": ("Вопросов", "Questions"),
    "organise.hint.size": (
        "Для больших задач MERA советует около тысячи.",
        "For large tasks MERA suggests about a thousand.",
    ),
    "organise.field.stratify": ("По долям категорий", "By shares of categories"),
    "organise.hint.stratify": (
        "Доли категорий в части — как во всей задаче.",
        "Categories keep their shares of the whole task.",
    ),
    "organise.stratify.none": ("не делить", "none"),
    "organise.field.level": ("Уровень", "Level"),
    "organise.hint.level": (
        "Для задач на знания MERA нужны и те и другие: сделайте два проекта.",
        "MERA wants both for tasks of knowledge: two projects.",
    ),
    "organise.field.joining": ("Кто может войти", "Who may join"),
    "organise.hint.joining": (
        "Любой — только там, где эталоны и так открыты.",
        "Anyone: only where gold answers are public anyway.",
    ),
    "organise.field.overlap": ("Ответов на вопрос", "Answers per question"),
    "organise.hint.overlap": ("По протоколу MERA — 5.", "MERA's protocol: 5."),
    "organise.field.controls": ("Контрольных, %", "Controls, %"),
    "organise.hint.controls": (
        "Вопросы с известным ответом, не отмеченные. Обычно 5.",
        "Questions with a known answer, unmarked. Usually 5.",
    ),
    "organise.field.repeats": ("Повторных, %", "Repeats, %"),
    "organise.hint.repeats": (
        "Тот же вопрос ещё раз, не раньше чем через 20 других: постоянен ли человек.",
        "The same question again, after 20 others at least: is the person constant.",
    ),
    "organise.field.training": ("Вопросов обучения", "Training questions"),
    "organise.hint.training": ("Идут первыми, в итог не входят.", "They come first and do not count."),
    "organise.field.pass_mark": ("Порог обучения, %", "Pass mark, %"),
    "organise.hint.pass_mark": (
        "У кого верных меньше, тот не начнёт.",
        "Whoever is right less often does not begin.",
    ),
    "organise.field.item_limit_s": ("Секунд на вопрос", "Seconds per question"),
    "organise.hint.item_limit_s": ("Пусто — без ограничения.", "Empty: no limit."),
    "organise.field.lease_s": ("Держать вопрос, мин", "Hold a question, minutes"),
    "organise.hint.lease_s": (
        "Не ответил за это время — вопрос получит другой.",
        "Not answered by then, it goes to somebody else.",
    ),
    "organise.field.opens_at": ("Начало (UTC)", "Begins (UTC)"),
    "organise.hint.opens_at": ("Пусто — сразу.", "Empty: at once."),
    "organise.field.closes_at": ("Конец (UTC)", "Ends (UTC)"),
    "organise.hint.closes_at": ("Пусто — пока не закроете.", "Empty: until you close it."),
    "organise.field.pay_per_hour": ("Оплата за час", "Pay per hour"),
    "organise.hint.pay_per_hour": ("Для отчёта о стоимости.", "For the cost report."),
    "organise.field.currency": ("Валюта", "Currency"),
    "organise.field.seed": ("Зерно случайности", "Seed"),
    "organise.field.guess": ("Секунд на ответ, прикидка", "Seconds per answer, a guess"),
    "organise.hint.guess": (
        "Нужно только плану: по нему часы и деньги.",
        "Only for the plan: hours and money.",
    ),
    "organise.bad.title": ("Напишите название, до 200 знаков.", "Write a title of up to 200 characters."),
    "organise.bad.task": ("Выберите задачу.", "Choose a task."),
    "organise.bad.size": ("Напишите целое число, не меньше 1.", "A whole number, 1 at least."),
    "organise.bad.stratify": ("Такой категории нет.", "There is no such category."),
    "organise.bad.overlap": ("Целое число от 1 до 100.", "A whole number from 1 to 100."),
    "organise.bad.controls": ("Число от 0 до 50.", "A number from 0 to 50."),
    "organise.bad.repeats": ("Число от 0 до 50.", "A number from 0 to 50."),
    "organise.bad.training": ("Целое число от 0 до 100.", "A whole number from 0 to 100."),
    "organise.bad.pass_mark": ("Число от 0 до 100.", "A number from 0 to 100."),
    "organise.bad.item_limit_s": (
        "Число от 5 до 3600, или оставьте пустым.",
        "A number from 5 to 3600, or leave it empty.",
    ),
    "organise.bad.lease_s": ("Число от 1 до 1440.", "A number from 1 to 1440."),
    "organise.bad.closes_at": ("Конец должен быть позже начала.", "It must end after it begins."),
    "organise.bad.opens_at": (
        "Напишите день и время целиком или очистите поле.",
        "Write the whole day and time, or clear the field.",
    ),
    "organise.bad.past": (
        "Это время уже прошло: никто не сможет ответить.",
        "This time is over: nobody could answer.",
    ),
    "organise.bad.pay_per_hour": (
        "Число не меньше 0, или оставьте пустым.",
        "A number, 0 at least, or leave it empty.",
    ),
    "organise.bad.guess": ("Число больше 0, или оставьте пустым.", "A number above 0, or leave it empty."),
    "organise.bad.places": ("Целое число от 1 до {most}.", "A whole number from 1 to {most}."),
    "organise.bad.days": ("Число больше 0, до {most}.", "A number above 0, up to {most}."),
    "organise.bad.threshold": ("Число от 0 до 100.", "A number from 0 to 100."),
    "organise.bad.word": (
        "Напишите ответ или выберите один из ответов людей.",
        "Write an answer, or choose one of people's.",
    ),
    "organise.bad.typed": ("Введите точно: {word}.", "Type exactly: {word}."),
    "organise.make": ("Создать черновик", "Make a draft"),
    "organise.make.hint": (
        "Люди увидят проект, когда вы его откроете.",
        "People will see the project when you open it.",
    ),
    "organise.plan.title": ("Что будет спрошено", "What will be asked"),
    "organise.purpose.work": ("в работе", "work"),
    "organise.purpose.control": ("контрольные", "controls"),
    "organise.purpose.training": ("обучение", "training"),
    "organise.purpose.one.control": ("контрольный", "control"),
    "organise.purpose.one.training": ("обучение", "training"),
    "organise.plan.answers": ("ответов в базовом уровне", "answers of the baseline"),
    "organise.plan.repeats": ("повторов, не больше", "repeats, at most"),
    "organise.plan.no_repeats": (
        "Повторов не будет: первый приходит после {after} своих ответов, а вопросов столько нет.",
        "There will be no repeats: the first comes after {after} own answers, and there are not so many questions.",
    ),
    "organise.plan.hours": ("часов работы", "hours of work"),
    "organise.plan.cost": ("стоимость", "cost"),
    "organise.plan.of": ("{n} из {of}", "{n} of {of}"),
    "organise.plan.strata": ("Категории: спрошено и всего", "Categories: asked and in all"),
    "organise.plan.more": ("и ещё категорий: {n}", "and {n} more categories"),
    "organise.plan.unaskable": (
        "{n} задать нельзя: запись испорчена или без медиа.",
        "{n} cannot be asked: the record is broken or its media are missing.",
    ),
    "organise.plan.training_short": (
        "Для обучения не хватает: {n}. Его вопросы берутся из тех, что не вошли в часть.",
        "Training is short of {n}: it comes from questions that are left out of the part.",
    ),
    "organise.plan.controls_inside": (
        "{n} базового уровня заодно контрольные: лишних вопросов с эталоном в задаче нет.",
        "{n} of the baseline are controls, too: the task has no others with gold answers to spare.",
    ),
    "organise.plan.no_controls": (
        "Контрольных не будет: у задачи нет эталонов.",
        "There will be no controls: the task has no gold answers.",
    ),
    "organise.plan.smaller": ("В задаче нашлось только {n}.", "The task has only {n}."),
    "organise.plan.large": (
        "Вопросов {n}: MERA разрешает представительную часть, например 1000.",
        "{n} questions: MERA allows a representative part, such as 1000.",
    ),
    "organise.plan.overlap": (
        "MERA просит 5 ответов на вопрос: с меньшим числом чаще бывает ничья.",
        "MERA wants 5 answers per question: with fewer, ties are more frequent.",
    ),
    "organise.settings.fixed": (
        "Задача «{task}», её вопросы и зерно случайности ({seed}) у сделанного проекта не меняются.",
        "The task “{task}”, its questions and the seed ({seed}) stay as they are once a project is made.",
    ),
    "organise.settings.keep": ("Сохранить", "Save"),
    "organise.settings.note": (
        "Действует для того, что ещё впереди. С другим числом ответов на вопрос пересчитывается, какие ответы в счёте.",
        "For what is still to come. With another number of answers per question, which answers count is worked out "
        "anew.",
    ),
    # instructions
    "organise.instructions.text": ("Текст (Markdown)", "Text (Markdown)"),
    "organise.instructions.preview": ("Как это увидят", "As it will be seen"),
    "organise.instructions.sample": ("Вставить заготовку", "Insert a template"),
    "organise.instructions.hint": (
        "Строки с «>» — примеры, они выделены. Черновик хранится в этом браузере.",
        "Lines with “>” are examples and set apart. The draft is kept in this browser.",
    ),
    "organise.instructions.keep": ("Сохранить версию", "Save a version"),
    "organise.instructions.why": (
        "Каждый ответ помнит, при какой версии он дан.",
        "Every answer remembers the version it was given under.",
    ),
    "organise.instructions.kept": ("Сохранена версия {n}.", "Version {n} is saved."),
    "organise.instructions.empty": ("Пока пусто.", "Nothing yet."),
    "organise.instructions.template": (
        "# Что делать\n\nПосмотрите на материал и ответьте на вопрос. Отвечайте сами: без поиска, калькулятора и "
        "нейросетей.\n\n# Как отвечать\n\n- Так, как просит вопрос: буквой варианта, словом или числом.\n"
        "- Если вопрос сломан или ответить нельзя, пропустите его и назовите причину.\n\n# Примеры\n\n"
        "> **Вопрос.** Сколько красных шаров на картинке?\n> **Ответ.** 3\n\n"
        "> **Вопрос.** Какого цвета куб?\n> **Ответ.** зелёный\n",
        "# What to do\n\nLook at the material and answer the question. Answer by yourself: no search, no "
        "calculator, no neural networks.\n\n# How to answer\n\n"
        "- As the question asks: with the letter of an option, a word or a number.\n"
        "- If the question is broken or cannot be answered, skip it and give the reason.\n\n# Examples\n\n"
        "> **Question.** How many red balls are in the picture?\n> **Answer.** 3\n\n"
        "> **Question.** What colour is the cube?\n> **Answer.** green\n",
    ),
    "markdown.picture": (
        "Картинка: {words} (картинки в инструкции не показываются)",
        "A picture: {words} (pictures are not shown in instructions)",
    ),
    "markdown.picture.bare": (
        "Картинка (картинки в инструкции не показываются)",
        "A picture (pictures are not shown in instructions)",
    ),
    "organise.versions": ("Версии", "Versions"),
    "organise.versions.answers": ("дано {answers}", "{answers} given"),
    "organise.versions.same": ("Отличий нет.", "No differences."),
    "organise.versions.lines": (
        "Добавлено строк: {added}, убрано: {gone}",
        "{added} lines added, {gone} removed",
    ),
    # invitations
    "organise.invite.new": ("Новая ссылка", "A new link"),
    "organise.field.role": ("Роль", "Role"),
    "organise.field.places": ("Мест", "Places"),
    "organise.field.days": ("Дней", "Days"),
    "organise.field.note": ("Заметка", "Note"),
    "organise.hint.note": ("Для вас: кому она.", "For you: whom it is for."),
    "organise.invite.make": ("Сделать ссылку", "Make a link"),
    "organise.invite.once": (
        "Скопируйте ссылку сейчас: второй раз её не показать.",
        "Copy the link now: it cannot be shown again.",
    ),
    "organise.invite.link": ("Ссылка-приглашение", "Invitation link"),
    "organise.invite.send": (
        "Кто её откроет, назовётся и сразу начнёт. Хранится только отпечаток ссылки.",
        "Whoever opens it tells a name and begins at once. Only a hash of the link is kept.",
    ),
    "organise.invite.local": (
        "Эту ссылку откроет только этот компьютер. Чтобы звать людей по сети, задайте STUDIO_OWNER_KEY, запустите "
        "студию так: python -m studio serve --host 0.0.0.0 — и сделайте ссылку на этой же странице, открыв её по "
        "сетевому адресу машины.",
        "Only this computer opens this link. To invite people over a network set STUDIO_OWNER_KEY, start the studio "
        "with python -m studio serve --host 0.0.0.0, and make the link on this page opened by the machine's network "
        "address.",
    ),
    "organise.invite.anyone": (
        "В этот проект входят и без ссылки:",
        "This project can be joined without a link:",
    ),
    "organise.invite.there": ("страница проекта", "the project's page"),
    "organise.invite.none": ("Ссылок ещё нет.", "No links yet."),
    "organise.invite.list": ("Ссылки", "Links"),
    "organise.invite.open": ("действует", "open"),
    "organise.invite.revoked": ("отозвана", "revoked"),
    "organise.invite.full": ("мест нет", "full"),
    "organise.invite.expired": ("срок вышел", "expired"),
    "organise.invite.used": ("вошли {used} из {places}", "{used} of {places} joined"),
    "organise.invite.until": ("до {when}", "until {when}"),
    "organise.ask.revoke": ("Отозвать ссылку?", "Revoke the link?"),
    "organise.ask.revoke.do": ("Отозвать", "Revoke"),
    "organise.ask.revoke.what": (
        "По ней больше никто не войдёт. Кто уже вошёл, останется. Вернуть её нельзя, можно сделать новую.",
        "Nobody joins by it any more; whoever has joined stays. It cannot be brought back; a new one can be made.",
    ),
    "organise.invite.revoke": ("Отозвать", "Revoke"),
}
