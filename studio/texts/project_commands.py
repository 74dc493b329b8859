"""Texts of the commands of the human baseline: what each does and how it is called."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.project": (
        "Ведёт проекты человеческого уровня: кто отвечает на какие вопросы и что из этого выходит.",
        "Runs projects of the human baseline: who answers which questions, and what comes of it.",
    ),
    "cli.project.list": ("Показывает проекты.", "Lists the projects."),
    "cli.project.list.example": (
        "  python -m studio project list\n  python -m studio project list --json",
        "  python -m studio project list\n  python -m studio project list --json",
    ),
    "cli.project.show": (
        "Показывает настройки проекта, его вопросы и инструкцию.",
        "Shows a project's settings, its questions and its instructions.",
    ),
    "cli.project.show.example": (
        "  python -m studio project show b1122-5f2a9c",
        "  python -m studio project show b1122-5f2a9c",
    ),
    "cli.project.plan": (
        "Показывает, что спросил бы проект, и ничего не делает.",
        "Shows what a project would ask, and makes nothing.",
    ),
    "cli.project.plan.example": (
        "  python -m studio project plan --task ruDemoWhich\n"
        "  python -m studio project plan --task ./моя_задача --size 300 --stratify topic --controls 0.05",
        "  python -m studio project plan --task ruDemoWhich\n"
        "  python -m studio project plan --task ./my_task --size 300 --stratify topic --controls 0.05",
    ),
    "cli.project.new": (
        "Заводит проект: черновиком, пока вы его не откроете.",
        "Makes a project: a draft until you open it.",
    ),
    "cli.project.new.more": (
        "Вопросы берутся из задачи целиком или выборкой по слоям. Контрольные вопросы и повторы подмешиваются\n"
        "незаметно; вопросы обучения идут первыми. Сначала посмотрите project plan с теми же параметрами.",
        "Questions are those of the task, all or a stratified part of them. Controls and repeats are mixed in\n"
        "unmarked; training comes first. Look at project plan with the same options before.",
    ),
    "cli.project.new.example": (
        '  python -m studio project new --task ruDemoWhich --title "Люди о демо"\n'
        "  python -m studio project new --task ./моя_задача --size 300 --overlap 5 --pay 450 --instructions how.md\n"
        "  python -m studio project new --task ./моя_задача --level expert --authors authors.csv --overlap 3",
        '  python -m studio project new --task ruDemoWhich --title "People on the demo"\n'
        "  python -m studio project new --task ./my_task --size 300 --overlap 5 --pay 450 --instructions how.md\n"
        "  python -m studio project new --task ./my_task --level expert --authors authors.csv --overlap 3",
    ),
    "cli.project.change": (
        "Меняет настройки проекта; ответы, которые уже есть, остаются.",
        "Changes a project's settings; the answers that are there stay.",
    ),
    "cli.project.change.more": (
        "Что не названо, остаётся как было. none снимает предел времени, оплату, начало и конец.",
        "What is not named stays as it was. none takes away a time limit, the pay, the beginning and the end.",
    ),
    "cli.project.change.example": (
        "  python -m studio project change b1122-5f2a9c --overlap 7\n"
        "  python -m studio project change b1122-5f2a9c --closes 2026-12-01T18:00 --item-limit none",
        "  python -m studio project change b1122-5f2a9c --overlap 7\n"
        "  python -m studio project change b1122-5f2a9c --closes 2026-12-01T18:00 --item-limit none",
    ),
    "cli.project.instruct": (
        "Показывает инструкцию для тех, кто отвечает, или пишет её новую версию.",
        "Shows the instructions of those who answer, or writes a new version.",
    ),
    "cli.project.instruct.more": (
        "Каждый ответ помнит, при какой версии он дан.",
        "Every answer remembers the version that it was given under.",
    ),
    "cli.project.instruct.example": (
        "  python -m studio project instruct b1122-5f2a9c\n"
        "  python -m studio project instruct b1122-5f2a9c --file how.md",
        "  python -m studio project instruct b1122-5f2a9c\n"
        "  python -m studio project instruct b1122-5f2a9c --file how.md",
    ),
    "cli.project.open": (
        "Открывает проект: вопросы раздаются.",
        "Opens a project: its questions are handed out.",
    ),
    "cli.project.open.example": (
        "  python -m studio project open b1122-5f2a9c",
        "  python -m studio project open b1122-5f2a9c",
    ),
    "cli.project.pause": (
        "Приостанавливает проект; начатые ответы принимаются.",
        "Pauses a project; answers that were begun are taken.",
    ),
    "cli.project.pause.example": (
        "  python -m studio project pause b1122-5f2a9c",
        "  python -m studio project pause b1122-5f2a9c",
    ),
    "cli.project.close": (
        "Закрывает проект: сбор кончается, эталон открыт; снова открыть проект можно, увиденное не забыть.",
        "Closes a project: collecting ends, gold lies open; it can be opened again, what was seen stays seen.",
    ),
    "cli.project.close.example": (
        "  python -m studio project close b1122-5f2a9c --yes",
        "  python -m studio project close b1122-5f2a9c --yes",
    ),
    "cli.project.board": (
        "Показывает, как далеко проект, кто в нём работает и насколько люди согласны.",
        "Shows how far a project is, who works in it, and how far people agree.",
    ),
    "cli.project.board.example": (
        "  python -m studio project board b1122-5f2a9c\n  python -m studio project board b1122-5f2a9c --json",
        "  python -m studio project board b1122-5f2a9c\n  python -m studio project board b1122-5f2a9c --json",
    ),
    "cli.project.hard": (
        "Показывает вопросы, на которых люди расходятся или которые пропускают.",
        "Shows questions on which people differ, or which they skip.",
    ),
    "cli.project.hard.more": (
        "Сначала те, где ответы разошлись сильнее, потом пропущенные с причиной. Вышедшее время — не причина;\n"
        "вопросов обучения здесь нет.",
        "First those with the least agreement, then those skipped for a reason. Time that ran out is no reason;\n"
        "training questions are not here.",
    ),
    "cli.project.hard.example": (
        "  python -m studio project hard b1122-5f2a9c\n  python -m studio project hard b1122-5f2a9c --limit 100",
        "  python -m studio project hard b1122-5f2a9c\n  python -m studio project hard b1122-5f2a9c --limit 100",
    ),
    "cli.project.answers": (
        "Показывает, что люди ответили, и всё, что об ответах известно.",
        "Shows what people answered, and all that is known of it.",
    ),
    "cli.project.answers.more": (
        "Показаны и отменённые ответы, и ответы исключённых. «В счёте» — те, из которых сложен базовый уровень: не\n"
        "больше нужного числа на вопрос, без обучения, повторов, выведенных вопросов и контрольных не из части задачи.",
        "Answers that were taken back and those of excluded people are shown, too. “In the count” are those that the\n"
        "baseline is made of: no more a question than it shall get, without training, repeats, retired questions and\n"
        "controls from outside the part of the task.",
    ),
    "cli.project.answers.example": (
        "  python -m studio project answers b1122-5f2a9c --item 17\n"
        "  python -m studio project answers b1122-5f2a9c --person p5f2a9c01 --limit 500 --json",
        "  python -m studio project answers b1122-5f2a9c --item 17\n"
        "  python -m studio project answers b1122-5f2a9c --person p5f2a9c01 --limit 500 --json",
    ),
    "cli.project.adjudicate": (
        "Говорит последнее слово о вопросе, на котором люди разошлись.",
        "Has the last word on a question on which people differ.",
    ),
    "cli.project.adjudicate.example": (
        "  python -m studio project adjudicate b1122-5f2a9c 17 кот\n"
        "  python -m studio project adjudicate b1122-5f2a9c 17 --undo",
        "  python -m studio project adjudicate b1122-5f2a9c 17 кот\n"
        "  python -m studio project adjudicate b1122-5f2a9c 17 --undo",
    ),
    "cli.project.exclude": (
        "Исключает человека: его ответы больше не в счёте, а места за ними свободны.",
        "Excludes a person: his answers do not count, and their places are free.",
    ),
    "cli.project.exclude.more": (
        "С --dry-run только показывает, что изменится. Назад возвращает project readmit.",
        "With --dry-run it only tells what would change. project readmit takes it back.",
    ),
    "cli.project.exclude.example": (
        "  python -m studio project exclude b1122-5f2a9c p5f2a9c01 --dry-run\n"
        '  python -m studio project exclude b1122-5f2a9c p5f2a9c01 --reason "ниже половины на контрольных"',
        "  python -m studio project exclude b1122-5f2a9c p5f2a9c01 --dry-run\n"
        '  python -m studio project exclude b1122-5f2a9c p5f2a9c01 --reason "below a half on controls"',
    ),
    "cli.project.readmit": (
        "Возвращает исключённого: его ответы снова на своих местах.",
        "Takes an excluded person back: his answers have their places again.",
    ),
    "cli.project.readmit.example": (
        "  python -m studio project readmit b1122-5f2a9c p5f2a9c01",
        "  python -m studio project readmit b1122-5f2a9c p5f2a9c01",
    ),
    "cli.project.admit": (
        "Допускает к работе того, кто не прошёл обучение.",
        "Admits somebody to the work who has not passed the training.",
    ),
    "cli.project.admit.more": (
        "Кого обучение остановило, показывает project board. Вопросы обучения заново не задаются: человек уже знает, "
        "где ошибся. За работой следят контрольные вопросы; передумать можно через project exclude.",
        "project board shows whom the training has stopped. Its questions are not asked again: the person knows by "
        "now which answers were wrong. Controls go on watching; project exclude takes it back.",
    ),
    "cli.project.admit.example": (
        "  python -m studio project admit b1122-5f2a9c p5f2a9c01",
        "  python -m studio project admit b1122-5f2a9c p5f2a9c01",
    ),
    "cli.project.retire": (
        "Убирает из проекта негодный вопрос или возвращает его.",
        "Takes a faulty question out of a project, or back into it.",
    ),
    "cli.project.retire.example": (
        "  python -m studio project retire b1122-5f2a9c 17\n  python -m studio project retire b1122-5f2a9c 17 --undo",
        "  python -m studio project retire b1122-5f2a9c 17\n  python -m studio project retire b1122-5f2a9c 17 --undo",
    ),
    "cli.project.baseline": (
        "Сводит ответы в базовый уровень и говорит, годится ли он.",
        "Brings the answers together as a baseline, and says whether it is valid.",
    ),
    "cli.project.baseline.more": (
        "Ничьи решают голоса с весом по контрольным вопросам, затем GLAD; последнее слово — за рецензентом.\n"
        "Код выхода 1: спорных вопросов больше порога.",
        "Ties are broken by votes weighted by controls, then by GLAD; a reviewer has the last word.\n"
        "Exit code 1: more questions without a majority than the threshold allows.",
    ),
    "cli.project.baseline.example": (
        "  python -m studio project baseline b1122-5f2a9c\n"
        "  python -m studio project baseline b1122-5f2a9c --method glad --without p5f2a9c01 --json",
        "  python -m studio project baseline b1122-5f2a9c\n"
        "  python -m studio project baseline b1122-5f2a9c --method glad --without p5f2a9c01 --json",
    ),
    "cli.project.runs": (
        "Делает из ответов прогоны, которые стоят рядом с моделями.",
        "Makes runs of the answers, which stand beside those of models.",
    ),
    "cli.project.runs.more": (
        "Все вместе, один наугад на каждый вопрос и каждый по отдельности; людей называют номера. Сделанные заново —\n"
        "новые прогоны, прежние остаются.",
        "All together, one drawn for each question, and each alone; people go by numbers. Made anew they are\n"
        "new runs, and the old ones stay.",
    ),
    "cli.project.runs.example": (
        "  python -m studio project runs b1122-5f2a9c\n"
        "  python -m studio project runs b1122-5f2a9c --judge auto --json",
        "  python -m studio project runs b1122-5f2a9c\n"
        "  python -m studio project runs b1122-5f2a9c --judge auto --json",
    ),
    "cli.invite": ("Зовёт людей в проект ссылками.", "Invites people into a project by links."),
    "cli.invite.new": (
        "Делает ссылку-приглашение. Её секрет показан один раз.",
        "Makes an invitation link. Its secret is shown once.",
    ),
    "cli.invite.new.example": (
        "  python -m studio invite new b1122-5f2a9c --places 20 --days 7\n"
        "  python -m studio invite new b1122-5f2a9c --role reviewer --url https://моя-студия.example",
        "  python -m studio invite new b1122-5f2a9c --places 20 --days 7\n"
        "  python -m studio invite new b1122-5f2a9c --role reviewer --url https://my-studio.example",
    ),
    "cli.invite.list": ("Показывает приглашения проекта.", "Lists a project's invitations."),
    "cli.invite.list.example": (
        "  python -m studio invite list b1122-5f2a9c",
        "  python -m studio invite list b1122-5f2a9c",
    ),
    "cli.invite.revoke": (
        "Отзывает приглашение; кто по нему пришёл, остаётся.",
        "Revokes an invitation; whoever came by it stays.",
    ),
    "cli.invite.revoke.example": (
        "  python -m studio invite revoke b1122-5f2a9c i5f2a9c01",
        "  python -m studio invite revoke b1122-5f2a9c i5f2a9c01",
    ),
    "cli.people": (
        "Показывает людей, их роли, и стирает их данные.",
        "Shows people and their roles, and erases them.",
    ),
    "cli.people.list": ("Показывает людей проекта или всех.", "Lists the people of a project, or everybody."),
    "cli.people.list.example": (
        "  python -m studio people list\n  python -m studio people list b1122-5f2a9c --json",
        "  python -m studio people list\n  python -m studio people list b1122-5f2a9c --json",
    ),
    "cli.people.give": (
        "Даёт человеку роль в проекте или везде; visitor снимает её.",
        "Gives a person a role in a project or everywhere; visitor takes it away.",
    ),
    "cli.people.give.example": (
        "  python -m studio people give p5f2a9c01 reviewer --project b1122-5f2a9c\n"
        "  python -m studio people give p5f2a9c01 lead --everywhere",
        "  python -m studio people give p5f2a9c01 reviewer --project b1122-5f2a9c\n"
        "  python -m studio people give p5f2a9c01 lead --everywhere",
    ),
    "cli.people.erase": (
        "Стирает всё, что говорит, кто этот человек; ответы остаются безымянными.",
        "Erases whatever tells who a person is; the answers stay, nobody's.",
    ),
    "cli.people.erase.more": (
        "Имя, учётная запись и пояснения уходят из базы, из файлов журнала и с полки. Это необратимо.",
        "Name, account and comments go from the database, the journal's files and the shelf. There is no way back.",
    ),
    "cli.people.erase.example": (
        "  python -m studio people erase p5f2a9c01\n  python -m studio people erase p5f2a9c01 --yes",
        "  python -m studio people erase p5f2a9c01\n  python -m studio people erase p5f2a9c01 --yes",
    ),
    "cli.journal": (
        "Показывает и проверяет журнал того, что сделали люди.",
        "Shows and checks the journal of what people did.",
    ),
    "cli.journal.verify": (
        "Проверяет цепочку записей от первой до последней.",
        "Checks the chain of records from the first to the last.",
    ),
    "cli.journal.verify.example": (
        "  python -m studio journal verify",
        "  python -m studio journal verify",
    ),
    "cli.journal.show": ("Показывает, кто, что и когда сделал.", "Shows who did what, and when."),
    "cli.journal.show.example": (
        "  python -m studio journal show\n"
        "  python -m studio journal show --project b1122-5f2a9c --kind excluded readmitted --json",
        "  python -m studio journal show\n"
        "  python -m studio journal show --project b1122-5f2a9c --kind excluded readmitted --json",
    ),
    "cli.journal.ship": (
        "Сейчас же отправляет новое на полку (STUDIO_SHELF).",
        "Carries what is new to the shelf (STUDIO_SHELF), now.",
    ),
    "cli.journal.ship.example": ("  python -m studio journal ship", "  python -m studio journal ship"),
    "cli.project.bind": (
        "Находит вопросы проекта заново, когда папка задачи теперь в другом месте.",
        "Finds a project's questions again when its task's folder lies elsewhere now.",
    ),
    "cli.project.bind.example": (
        "  python -m studio project bind b1122-5f2a9c --task data/Animals",
        "  python -m studio project bind b1122-5f2a9c --task data/Animals",
    ),
    "cli.option.project_bind_task": (
        "где задача теперь: имя, папка или hub:владелец/имя",
        "where the task is now: a name, a folder or hub:owner/name",
    ),
    "cli.journal.aside": (
        "Показывает, что оставила на полке копия студии, которую от неё отрезало.",
        "Shows what a copy of the studio left on the shelf when it was cut off from it.",
    ),
    "cli.journal.aside.example": ("  python -m studio journal aside", "  python -m studio journal aside"),
    "cli.journal.adopt": (
        "Принимает из такого файла ответы и пропуски, которых здесь нет.",
        "Takes in the answers and skips of such a file that are not here.",
    ),
    "cli.journal.adopt.more": (
        "Ответы становятся записями этого журнала со своим временем и пометкой, откуда они. Сверх перекрытия не\n"
        "засчитывается ничего. Что не принято, называется; сам файл остаётся на полке.",
        "Answers become records of this journal, with their own time and a note of where they come from. Nothing\n"
        "counts above the overlap. What is left out is told; the file itself stays on the shelf.",
    ),
    "cli.journal.adopt.example": (
        "  python -m studio journal adopt aside-000000000042-3f9c1a.jsonl",
        "  python -m studio journal adopt aside-000000000042-3f9c1a.jsonl",
    ),
    "cli.option.aside_file": ("имя файла на полке", "the file's name on the shelf"),
    # what stands for a value
    "cli.metavar.project": ("ПРОЕКТ", "PROJECT"),
    "cli.metavar.person": ("ЧЕЛОВЕК", "PERSON"),
    "cli.metavar.invitation": ("ПРИГЛАШЕНИЕ", "INVITATION"),
    "cli.metavar.role": ("РОЛЬ", "ROLE"),
    "cli.metavar.seconds": ("СЕКУНД", "SECONDS"),
    "cli.metavar.when": ("КОГДА", "WHEN"),
    "cli.metavar.money": ("СУММА", "MONEY"),
    # options
    "cli.option.project": ("проект (см. project list)", "the project (see project list)"),
    "cli.option.project_task": ("задача: имя или папка", "the task: a name or a folder"),
    "cli.option.project_title": ("как проект называется для людей", "what the project is called"),
    "cli.option.project_level": (
        "кто отвечает: crowd — обычные люди, expert — эксперты",
        "who answers: crowd: ordinary people, expert: experts of the subject",
    ),
    "cli.option.project_guess": (
        "прикидка для часов и денег: секунд на ответ (20)",
        "a guess for hours and money: seconds an answer (20)",
    ),
    "cli.option.project_overlap": (
        "сколько ответов нужно вопросу (5)",
        "how many answers a question gets (5)",
    ),
    "cli.option.project_controls": (
        "доля контрольных вопросов, от 0 до 0,5 (0,05)",
        "the share of control questions, 0 to 0.5 (0.05)",
    ),
    "cli.option.project_repeats": (
        "доля вопросов, которые человек получит ещё раз (0,02)",
        "the share of questions that a person gets a second time (0.02)",
    ),
    "cli.option.project_training": (
        "сколько вопросов обучения идут первыми (0)",
        "how many training questions come first (0)",
    ),
    "cli.option.project_pass_mark": (
        "доля верных ответов в обучении, с которой начинают (0,8)",
        "the share of right training answers to begin with (0.8)",
    ),
    "cli.option.project_limit": (
        "сколько секунд на вопрос; none — сколько угодно",
        "seconds for a question; none is no limit",
    ),
    "cli.option.project_lease": (
        "сколько секунд вопрос ждёт своего человека (1800)",
        "how long a question waits for its person, seconds (1800)",
    ),
    "cli.option.project_joining": (
        "кто может прийти: invited — по приглашению, anyone — любой, кто назовётся",
        "who may come: invited by a link, anyone who tells a name",
    ),
    "cli.option.project_opens": (
        "когда начать, например 2026-11-30T09:00; none — сразу",
        "when to begin, say 2026-11-30T09:00; none is at once",
    ),
    "cli.option.project_closes": (
        "когда закончить; none — не по времени",
        "when to end; none is not by the clock",
    ),
    "cli.option.project_pay": (
        "оплата часа, для отчёта о расходах; none — не считать",
        "pay for an hour, for the cost report; none counts nothing",
    ),
    "cli.option.project_currency": ("валюта оплаты (RUB)", "the currency of the pay (RUB)"),
    "cli.option.project_seed": (
        "зерно случайности проекта (1234)",
        "the seed of the project's chance (1234)",
    ),
    "cli.option.project_size": (
        "сколько вопросов спросить; без этого — все",
        "how many questions to ask; all without it",
    ),
    "cli.option.project_stratify": (
        "признак вопросов, по значениям которого выборка пропорциональна",
        "the category whose values the part is in proportion to",
    ),
    "cli.option.project_authors": (
        "кто написал какие вопросы: CSV «запись,человек» или JSON; своих никто не получит",
        "who wrote which questions: CSV of “sample,person” or JSON; nobody gets his own",
    ),
    "cli.option.project_text": ("файл с инструкцией (Markdown)", "a file with the instructions (Markdown)"),
    "cli.option.instruct_text": ("новая инструкция", "the new instructions"),
    "cli.option.instruct_file": ("файл с новой инструкцией", "a file with the new instructions"),
    "cli.option.project_item": ("номер вопроса в проекте", "the question's number in the project"),
    "cli.option.project_person": ("номер человека (см. people list)", "the person's id (see people list)"),
    "cli.option.project_dry": ("только показать, что изменится", "only tell what would change"),
    "cli.option.project_method": (
        "чем сводить ответы: majority, dawid_skene или glad (majority)",
        "what brings the answers together: majority, dawid_skene or glad (majority)",
    ),
    "cli.option.project_threshold": (
        "какая доля вопросов может остаться без большинства (0,2)",
        "the share of questions that may lack a majority (0.2)",
    ),
    "cli.option.project_without": ("посчитать без этих людей", "count without these people"),
    "cli.option.project_judge": (
        "судья для прогонов; none — без судьи",
        "the judge of the runs; none is no judge",
    ),
    "cli.option.adjudicate_text": ("верный ответ", "the right answer"),
    "cli.option.adjudicate_undo": ("взять последнее слово назад", "take the last word back"),
    "cli.option.exclude_reason": ("почему; можно не писать", "why; may be left out"),
    "cli.option.retire_undo": ("вернуть вопрос", "take the question back in"),
    "cli.option.invite_project": (
        "проект, в который зовёт ссылка",
        "the project that the link leads to",
    ),
    "cli.option.invite_role": (
        "кем придут: annotator, reviewer или lead (annotator)",
        "what they will be: annotator, reviewer or lead (annotator)",
    ),
    "cli.option.invite_places": (
        "сколько человек войдут по ссылке (1)",
        "how many people the link lets in (1)",
    ),
    "cli.option.invite_days": ("сколько дней ссылка действует (14)", "how many days the link holds (14)"),
    "cli.option.invite_note": ("пометка для себя", "a note of your own"),
    "cli.option.invite_url": (
        "адрес студии, с которого начнётся ссылка (без него — где она сейчас открыта)",
        "the studio's address, which the link begins with (else where it is served now)",
    ),
    "cli.option.invitation": ("приглашение (см. invite list)", "the invitation (see invite list)"),
    "cli.option.project_or_all": ("проект; без него — все люди", "the project; without it everybody"),
    "cli.option.people_role": (
        "visitor, annotator, reviewer или lead",
        "visitor, annotator, reviewer or lead",
    ),
    "cli.option.people_project": ("в каком проекте", "in which project"),
    "cli.option.everywhere": ("не в проекте, а во всей студии", "not in a project but everywhere"),
    "cli.option.close_yes": ("закрыть без вопроса", "close without asking"),
    "cli.option.people_yes": ("стереть без вопроса", "erase without asking"),
    "cli.option.journal_project": ("только записи этого проекта", "only records of this project"),
    "cli.option.journal_kind": (
        "только записи этих видов: answered, excluded, …",
        "only records of these kinds: answered, excluded, …",
    ),
    "cli.option.journal_person": (
        "только то, что сделал этот человек или с ним",
        "only what this person did or underwent",
    ),
    "cli.option.journal_after": ("только записи после этого номера", "only records after this number"),
}
