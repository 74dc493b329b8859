"""What the commands of the human baseline say: tables, notes, refusals."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.project.id": ("проект", "project"),
    "cli.project.state": ("состояние", "state"),
    "cli.project.task": ("задача", "task"),
    "cli.project.title": ("название", "title"),
    "cli.project.overlap": ("ответов на вопрос", "answers each"),
    "cli.project.when": ("заведён", "made"),
    "cli.project.state.draft": ("черновик", "draft"),
    "cli.project.state.open": ("открыт", "open"),
    "cli.project.state.paused": ("на паузе", "paused"),
    "cli.project.state.closed": ("закрыт", "closed"),
    "cli.project.none": (
        "Проектов пока нет. Первый: python -m studio project new --task ruDemoWhich",
        "No projects yet. The first: python -m studio project new --task ruDemoWhich",
    ),
    "cli.project.items": (
        "вопросов {work}, контрольных {control}, обучения {training}",
        "questions {work}, controls {control}, training {training}",
    ),
    "cli.project.answers.n": ("ответов нужно {n}", "answers wanted {n}"),
    "cli.project.strata_more": ("… и ещё слоёв: {n}", "… and {n} strata more"),
    "cli.project.bound": ("Все вопросы на месте.", "All questions are here."),
    "cli.project.unbound": (
        "Вопросов, которых здесь сейчас нет: {n}. Положите задачу на место, и они найдутся; если она теперь в другой "
        "папке: python -m studio project bind {id} --task ПАПКА",
        "Questions that are not here now: {n}. Put the task back, and they will be found; if it lies in another "
        "folder now: python -m studio project bind {id} --task FOLDER",
    ),
    "cli.project.controls_inside": (
        "Лишних вопросов не нашлось, поэтому контрольными стали {n} из тех, что входят в базовый уровень.",
        "No questions were left over, so {n} controls are questions of the baseline themselves.",
    ),
    "cli.project.training_short": (
        "На вопросы обучения не хватило: {n}. Уменьшите --size или --training.",
        "Training questions lacking: {n}. Lower --size or --training.",
    ),
    "cli.project.unaskable": (
        "Вопросов, которые нельзя задать (нет файла, испорчена запись): {n}.",
        "Questions that cannot be asked (no file, a broken record): {n}.",
    ),
    "cli.project.next": (
        "Дальше — инструкция: {instruct}\nприглашение: {invite}\nи начало: {start}",
        "Next, the instructions: {instruct}\nan invitation: {invite}\nand the start: {start}",
    ),
    "cli.project.next.told": (
        "Инструкция записана.\nДальше — приглашение: {invite}\nи начало: {start}",
        "The instructions are kept.\nNext, an invitation: {invite}\nand the start: {start}",
    ),
    "cli.project.repeats.n": (
        "повторов не больше {n}: они приходят после {after} своих ответов",
        "repeats, {n} at most: they come after {after} own answers",
    ),
    "cli.project.repeats.never": (
        "повторов не будет: первый приходит после {after} своих ответов, а вопросов столько нет",
        "no repeats: the first comes after {after} own answers, and there are not so many questions",
    ),
    "cli.project.plan.hours": (
        "часов работы около {hours}, если на ответ уходит {guess} с",
        "about {hours} hours of work, at {guess} s an answer",
    ),
    "cli.project.plan.cost": (
        "часов работы около {hours}, это {cost}, если на ответ уходит {guess} с",
        "about {hours} hours of work, which is {cost}, at {guess} s an answer",
    ),
    "cli.project.instructions": ("Инструкция, версия {n} ({when})", "Instructions, version {n} ({when})"),
    "cli.project.no_instructions": (
        "Инструкции пока нет: её пишет --file или --text.",
        "No instructions yet: --file or --text writes them.",
    ),
    "cli.project.now.open": (
        "«{title}» открыт: вопросы раздаются.",
        "“{title}” is open: its questions are handed out.",
    ),
    "cli.project.now.paused": ("«{title}» на паузе.", "“{title}” is paused."),
    "cli.project.now.closed": ("«{title}» закрыт.", "“{title}” is closed."),
    "cli.project.close.ask.invited": (
        "Закрыть «{title}»? Сбор ответов закончится, а эталоны, ответы и оценки по этой задаче сразу увидят "
        "аннотаторы и посетители (эталоны закрытой задачи — нет). Чтобы лишь остановить работу, есть project pause. "
        "да/нет:",
        "Close “{title}”? Collecting ends, and annotators and visitors see gold, answers and scores of this task at "
        "once (gold of a private task stays hidden). To stop the work alone there is project pause. yes/no:",
    ),
    "cli.project.close.ask.anyone": (
        "Закрыть «{title}»? Сбор ответов закончится, а эталоны, ответы и оценки по этой задаче сразу увидят и те, кто "
        "ответил ещё не на всё (эталоны закрытой задачи — нет). Чтобы лишь остановить работу, есть project pause. "
        "да/нет:",
        "Close “{title}”? Collecting ends, and those who have not answered everything see gold, answers and scores of "
        "this task at once, too (gold of a private task stays hidden). To stop the work alone there is project pause. "
        "yes/no:",
    ),
    "cli.project.close.kept": ("«{title}» не закрыт.", "“{title}” is not closed."),
    "cli.project.gold.open": ("Эталон открыт с {since}.", "Gold lies open since {since}."),
    "cli.project.gold.was_open": (
        "Эталон был открыт с {since} по {until}.",
        "Gold lay open from {since} to {until}.",
    ),
    "cli.project.gold.seen": (
        "{said} Его могли увидеть все, кто здесь отвечает: новые ответы уже не независимы.",
        "{said} Everybody who answers here may have seen it: new answers are independent no more.",
    ),
    "error.cli_yes_needed_close": (
        "Закрытый проект сразу показывает эталоны. Чтобы закрыть «{title}» без вопроса, добавьте --yes.",
        "A closed project shows gold at once. To close “{title}” without being asked, add --yes.",
    ),
    "cli.project.nobody": (
        "Отвечать пока некому. Позовите: {command}",
        "Nobody is there to answer yet. Invite: {command}",
    ),
    "cli.project.spec.level": ("кто отвечает", "who answers"),
    "cli.project.spec.overlap": ("ответов на вопрос", "answers a question"),
    "cli.project.spec.controls": ("доля контрольных", "share of controls"),
    "cli.project.spec.repeats": ("доля повторов", "share of repeats"),
    "cli.project.spec.training": ("вопросов обучения", "training questions"),
    "cli.project.spec.pass_mark": ("порог обучения", "pass mark of training"),
    "cli.project.spec.item_limit_s": ("секунд на вопрос", "seconds a question"),
    "cli.project.spec.lease_s": ("вопрос ждёт, секунд", "a question waits, seconds"),
    "cli.project.spec.joining": ("кто может прийти", "who may come"),
    "cli.project.spec.opens_at": ("начало", "begins"),
    "cli.project.spec.closes_at": ("конец", "ends"),
    "cli.project.spec.pay_per_hour": ("оплата часа", "pay for an hour"),
    "cli.project.spec.currency": ("валюта", "currency"),
    "cli.project.spec.seed": ("зерно", "seed"),
    "cli.project.spec.dialogue": ("порядок вопросов", "order of questions"),
    "cli.project.in_turn": ("диалогами, реплика за репликой", "by dialogues, turn by turn"),
    "cli.project.level.crowd": ("обычные люди", "ordinary people"),
    "cli.project.level.expert": ("эксперты", "experts"),
    "cli.project.joining.invited": ("по приглашению", "by invitation"),
    "cli.project.joining.anyone": ("любой, кто назовётся", "anyone who tells a name"),
    # the board
    "cli.project.progress": (
        "Ответов в счёте {done} из {wanted}; вопросов готово {complete} из {items}; на руках {held}",
        "Answers in the count {done} of {wanted}; questions complete {complete} of {items}; held {held}",
    ),
    "cli.project.pace": ("{pace} ответов в час; осталось {left}", "{pace} answers an hour; {left} left"),
    "cli.project.hours": ("Часов работы {hours}", "Hours of work {hours}"),
    "cli.project.cost": ("Часов работы {hours}, это {cost}", "Hours of work {hours}, which is {cost}"),
    "cli.project.agreement": (
        "Согласие людей (вопросов с двумя ответами и больше {items}, ответов на них {votes}):",
        "Agreement (questions with two answers or more {items}, answers to them {votes}):",
    ),
    "cli.project.raw": ("простое согласие", "raw agreement"),
    "cli.project.alpha": ("α Криппендорфа", "Krippendorff's α"),
    "cli.project.fleiss": ("κ Флейса", "Fleiss' κ"),
    "cli.project.ac1": ("AC1 Гвета", "Gwet's AC1"),
    "cli.project.undefined.one_reviewer": (
        "не определена: ни у одного вопроса нет двух ответов",
        "undefined: no question has two answers",
    ),
    "cli.project.undefined.unanimous": (
        "не определена: все ответы одинаковы, и случайное согласие тоже полное",
        "undefined: all answers are the same, and chance agrees in full, too",
    ),
    "cli.project.people.person": ("человек", "person"),
    "cli.project.people.name": ("имя", "name"),
    "cli.project.people.role": ("роль", "role"),
    "cli.project.training.of": ("{right} из {n}", "{right} of {n}"),
    "cli.project.training.failed": ("не пройдено", "not passed"),
    "cli.project.training.admitted": ("допущен", "admitted"),
    "cli.project.people.answered": ("ответов", "answers"),
    "cli.project.people.skipped": ("пропусков", "skips"),
    "cli.project.people.counted": ("в счёте", "in the count"),
    "cli.project.people.controls": ("контрольные", "controls"),
    "cli.project.people.training": ("обучение", "training"),
    "cli.project.people.repeats": ("повторы", "repeats"),
    "cli.project.people.median": ("медиана, с", "median, s"),
    "cli.project.people.fast": ("слишком быстро", "too fast"),
    "cli.project.people.worked": ("работал", "worked"),
    "cli.project.people.out": ("исключён", "excluded"),
    "cli.role.visitor": ("посетитель", "visitor"),
    "cli.role.annotator": ("аннотатор", "annotator"),
    "cli.role.reviewer": ("рецензент", "reviewer"),
    "cli.role.lead": ("руководитель", "lead"),
    "cli.project.hard.item": ("№", "#"),
    "cli.project.hard.key": ("запись", "record"),
    "cli.project.hard.said": ("ответы", "answers"),
    "cli.project.hard.skips": ("пропуски", "skips"),
    "cli.project.hard.last": ("последнее слово", "last word"),
    "cli.project.hard.none": ("Спорных вопросов нет.", "No question is in dispute."),
    "cli.skip.mine": ("возможно, моё", "possibly mine"),
    "cli.skip.broken": ("не открывается", "broken"),
    "cli.skip.ambiguous": ("неоднозначно", "ambiguous"),
    "cli.skip.unknown": ("нельзя знать", "cannot know"),
    "cli.skip.time": ("вышло время", "out of time"),
    "cli.skip.other": ("другое", "other"),
    "cli.project.said.n": ("№", "#"),
    "cli.project.said.person": ("человек", "person"),
    "cli.project.said.item": ("вопрос", "question"),
    "cli.project.said.said": ("ответ", "answer"),
    "cli.project.said.counts": ("в счёте", "in the count"),
    "cli.project.said.kept": ("не в счёте", "not in it"),
    "cli.project.said.back": ("взят назад", "taken back"),
    "cli.project.said.took": ("секунд", "seconds"),
    "cli.project.said.when": ("когда", "when"),
    "cli.project.said.comment": ("пояснение", "comment"),
    "cli.project.said.undo": ("(взял назад № {n})", "(took back # {n})"),
    "cli.project.said.none": ("Ответов пока нет.", "No answers yet."),
    # what a lead decides
    "cli.project.adjudicated": (
        "Вопрос {item}: «{text}» — последнее слово.",
        "Question {item}: “{text}” is the last word.",
    ),
    "cli.project.adjudicated.undone": (
        "Вопрос {item}: последнее слово взято назад.",
        "Question {item}: the last word is taken back.",
    ),
    "cli.project.effect.answers": (
        "Ответов, которые выйдут из счёта: {lost}; которые войдут в него: {gained}",
        "Answers that leave the count: {lost}; that come into it: {gained}",
    ),
    "cli.project.effect.below": (
        "Вопросов, которым станет не хватать ответов: {n}",
        "Questions that come to lack answers: {n}",
    ),
    "cli.project.effect.before": ("сейчас", "now"),
    "cli.project.effect.after": ("станет", "then"),
    "cli.project.effect.em": ("EM общего ответа", "EM of the common answer"),
    "cli.project.effect.changed": (
        "Общий ответ меняется у вопросов: {n}",
        "The common answer changes in questions: {n}",
    ),
    "cli.project.low": ("доля вопросов без большинства", "share of questions without a majority"),
    "cli.project.would": (
        "Так было бы с {id}. Ничего не изменено.",
        "So it would be with {id}. Nothing was changed.",
    ),
    "cli.project.excluded": ("{id} исключён.", "{id} is excluded."),
    "cli.project.excluded.already": ("{id} и так исключён.", "{id} is excluded already."),
    "cli.project.readmitted": ("{id} снова в счёте.", "{id} counts again."),
    "cli.project.admitted": (
        "{id} допущен к работе. В обучении верных {right} из {n}.",
        "{id} is admitted to the work. In training {right} of {n} were right.",
    ),
    "cli.project.readmitted.already": ("{id} и так не исключён.", "{id} is not excluded."),
    "cli.project.retired": ("Вопрос {item} убран.", "Question {item} is out."),
    "cli.project.returned": ("Вопрос {item} возвращён.", "Question {item} is in again."),
    "cli.project.baseline.n": (
        "Базовый уровень ({method}): есть ответ у {n} вопросов из {items}",
        "Baseline ({method}): {n} of {items} questions are answered",
    ),
    "cli.project.low_of": (
        "Без большинства — доля {low}, порог {threshold}",
        "Without a majority: a share of {low}, the threshold is {threshold}",
    ),
    "cli.project.invalid": (
        "По протоколу такой базовый уровень не годится: спорных вопросов больше порога.",
        "By the protocol this baseline is not valid: more questions are in dispute than the threshold allows.",
    ),
    "cli.project.runs.invalid": (
        "По протоколу такой базовый уровень недействителен: спорных вопросов больше порога. Прогоны всё же будут "
        "сделаны, и в них это сказано.",
        "By the protocol this baseline is invalid: more questions are in dispute than the threshold allows. The runs "
        "are made all the same, and say so.",
    ),
    "cli.project.runs.made": ("Прогоны сделаны: {made}.", "The runs are made: {made}."),
    "cli.project.rest": (
        "Один человек против большинства остальных: {rest}",
        "One person against the majority of the others: {rest}",
    ),
    "cli.project.decided.votes": ("голосами", "by votes"),
    "cli.project.decided.model": ("моделью", "by the model"),
    "cli.project.decided.skill": ("весом голосов", "by weight of votes"),
    "cli.project.decided.glad": ("GLAD", "GLAD"),
    "cli.project.decided.expert": ("последним словом", "by the last word"),
    "cli.project.decided.tied": ("ничья", "tied"),
    "cli.project.decided.unanswered": ("нет ответов", "unanswered"),
    "cli.project.item.item": ("№", "#"),
    "cli.project.item.text": ("ответ", "answer"),
    "cli.project.item.decided": ("решено", "decided"),
    "cli.project.item.votes": ("голосов", "votes"),
    # links and people
    "cli.invite.done": (
        "Приглашение {id}: {role}, мест {places}, до {until}. Ссылку больше не показать: сохраните её сейчас.",
        "Invitation {id}: {role}, {places} places, until {until}. The link cannot be shown again: keep it now.",
    ),
    "cli.invite.local": (
        "Эту ссылку откроет только этот компьютер. Чтобы звать людей по сети, задайте STUDIO_OWNER_KEY, запустите "
        "студию так: python -m studio serve --host 0.0.0.0 — и назовите сетевой адрес машины: --url "
        "http://АДРЕС:7860.",
        "Only this computer opens this link. To invite people over a network set STUDIO_OWNER_KEY, start the studio "
        "with python -m studio serve --host 0.0.0.0, and name the machine's network address: --url "
        "http://ADDRESS:7860.",
    ),
    "cli.invite.guess": (
        "Страницы сейчас никто не показывает, адрес {url} — догадка. Свой назовите: --url https://…",
        "Nobody serves the pages now: the address {url} is a guess. Name yours: --url https://…",
    ),
    "cli.invite.id": ("приглашение", "invitation"),
    "cli.invite.role": ("роль", "role"),
    "cli.invite.used": ("вошли", "joined"),
    "cli.invite.until": ("до", "until"),
    "cli.invite.state": ("состояние", "state"),
    "cli.invite.note": ("пометка", "note"),
    "cli.invite.open": ("действует", "open"),
    "cli.invite.revoked": ("отозвано", "revoked"),
    "cli.invite.over": ("закончилось", "over"),
    "cli.invite.none": ("Приглашений нет.", "No invitations."),
    "cli.invite.gone": ("Приглашение {id} отозвано.", "Invitation {id} is revoked."),
    "cli.people.id": ("человек", "person"),
    "cli.people.name": ("имя", "name"),
    "cli.people.via": ("пришёл", "came"),
    "cli.people.joined": ("когда", "when"),
    "cli.people.roles": ("роли", "roles"),
    "cli.people.erased": ("(стёрто)", "(erased)"),
    "cli.people.via.owner": ("владелец", "owner"),
    "cli.people.via.invitation": ("по ссылке", "by a link"),
    "cli.people.via.huggingface": ("через Hugging Face", "by Hugging Face"),
    "cli.people.via.open": ("сам", "by himself"),
    "cli.people.via.import": ("из файла", "out of a file"),
    "cli.people.everywhere": ("везде", "everywhere"),
    "cli.people.none": ("Пока никто не приходил.", "Nobody has come yet."),
    "cli.people.given": ("{id}: {role} ({where}).", "{id}: {role} ({where})."),
    "cli.people.ask": (
        "Стереть всё, что говорит, кто такой {id}? Это необратимо. да/нет:",
        "Erase whatever tells who {id} is? There is no way back. yes/no:",
    ),
    "cli.people.kept": ("Данные {id} остались.", "The data of {id} stay."),
    "cli.people.gone": (
        "Данные {id} стёрты; записей журнала {n}.",
        "The data of {id} are erased; records of the journal: {n}.",
    ),
    # the journal
    "cli.journal.holds": ("Журнал цел: записей {n}.", "The journal holds: {n} records."),
    "cli.journal.no_shelf": (
        "Полки нет: журнал лежит только на этом диске. Её называет STUDIO_SHELF.",
        "There is no shelf: the journal is on this disk alone. STUDIO_SHELF names one.",
    ),
    "cli.journal.not_shipped": (
        "На полку «{shelf}» не отправлено: {problem}",
        "Not carried to the shelf “{shelf}”: {problem}",
    ),
    "cli.journal.shipped": ("Записей {n} на полке «{shelf}».", "{n} records are on the shelf “{shelf}”."),
    "cli.journal.n": ("№", "#"),
    "cli.journal.when": ("когда", "when"),
    "cli.journal.who": ("кто", "who"),
    "cli.journal.kind": ("что", "what"),
    "cli.journal.where": ("проект", "project"),
    "cli.journal.what": ("подробно", "in detail"),
    "cli.journal.aside.none": (
        "Чужих файлов на полке нет.",
        "There are no files of another copy on the shelf.",
    ),
    "cli.journal.aside.has": (
        "записей {n}, из них здесь нет {fresh} ({first} — {last})",
        "{n} records, {fresh} of them not here ({first} to {last})",
    ),
    "cli.journal.aside.settled": ("уже принят", "taken in before"),
    "cli.journal.aside.would": (
        "можно принять ответов и пропусков: {n}, с ними новых людей: {people}; уже есть здесь: {known}",
        "answers and skips that can be taken in: {n}, new people with them: {people}; here already: {known}",
    ),
    "cli.journal.aside.done": (
        "принято ответов и пропусков: {n}, с ними новых людей: {people}; уже были здесь: {known}",
        "answers and skips taken in: {n}, new people with them: {people}; here already: {known}",
    ),
    "cli.journal.aside.left": ("не принимается {kind}: {n}, {why}", "left out, {kind}: {n}, {why}"),
    "cli.journal.aside.left.kind": (
        "это не ответ: если нужно, повторите это здесь сами",
        "no answer: do it here yourself where it is wanted",
    ),
    "cli.journal.aside.left.person": (
        "этого человека здесь нет, и записи о нём там нет",
        "this person is not here, and nothing there tells who it is",
    ),
    "cli.journal.aside.left.question": (
        "такого вопроса здесь нет или он изменился",
        "there is no such question here, or it has changed",
    ),
    "cli.journal.aside.left.taken_back": (
        "человек сам взял ответ назад",
        "the person took the answer back",
    ),
    "cli.journal.aside.left.here": (
        "этот человек ответил на вопрос и здесь, в счёт идёт здешний ответ",
        "this person answered the question here, too, and that answer stands",
    ),
    "cli.journal.aside.next": ("Принять: {command}", "To take it in: {command}"),
    "error.unknown_aside": (
        "Файла «{name}» среди чужих на полке нет. Есть: {known}.",
        "There is no file “{name}” of another copy on the shelf. There are: {known}.",
    ),
    "error.unknown_aside.hint": (
        "Имена: python -m studio journal aside",
        "The names: python -m studio journal aside",
    ),
    "cli.journal.none": ("Таких записей нет.", "No such records."),
    "cli.refused.moment": (
        "{name}: нужно время вида 2026-11-30 или 2026-11-30T09:00, а дано «{value}»",
        "{name}: a time like 2026-11-30 or 2026-11-30T09:00 is needed, given “{value}”",
    ),
    # refusals
    "error.project_nothing_changed": ("Не сказано, что изменить.", "Nothing to change was named."),
    "error.project_nothing_changed.hint": (
        "Назовите настройку, например --overlap 7; все — в --help.",
        "Name a setting, --overlap 7 for one; --help has them all.",
    ),
    "error.project_authors": (
        "В списке авторов есть записи, которых нет в задаче: {n}, например «{first}».",
        "The list of authors names {n} samples that the task does not have, “{first}” for one.",
    ),
    "error.project_authors_file": (
        "Список авторов в {file} не читается: нужен CSV со строками «запись,человек» или объект JSON.",
        "The list of authors in {file} cannot be read: CSV with lines of “sample,person” is needed, or a JSON object.",
    ),
    "error.adjudicate_text_or_undo": (
        "Нужен либо ответ, либо --undo.",
        "Either an answer is needed, or --undo.",
    ),
    "error.cli_yes_needed_person": (
        "Чтобы стереть данные {id} без вопроса, добавьте --yes.",
        "To erase the data of {id} without being asked, add --yes.",
    ),
    "error.role_where": (
        "Назовите проект или скажите --everywhere: роль будет во всей студии.",
        "Name a project, or say --everywhere: the role will hold in the whole studio.",
    ),
    "error.no_shelf": ("Полка для журнала не названа.", "No shelf is named for the journal."),
    "error.no_shelf.hint": (
        "Задайте STUDIO_SHELF: папку, bucket:ИМЯ или dataset:ИМЯ.",
        "Set STUDIO_SHELF: a folder, bucket:NAME or dataset:NAME.",
    ),
}
