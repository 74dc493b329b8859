"""Texts of groups of failures that are kept: what was done to them, what is refused, the commands `reason …`."""

_SHOW = ("  python -m studio reason show 3\n  python -m studio queue r1121-5f2a9c --where group:3",) * 2

TEXTS: dict[str, tuple[str, str]] = {
    "reason.nameless": ("группа {number}", "group {number}"),
    # --- what was done
    "reasons.did.group": ("сгруппировано заново, ответов: {n}", "grouped anew, answers: {n}"),
    "reasons.did.rename": ("группа {number} названа «{name}»", "group {number} is called “{name}”"),
    "reasons.did.rename_own": ("группе {number} возвращено её имя", "group {number} has its own name back"),
    "reasons.did.move": ("перенесено в «{name}», ответов: {n}", "moved to “{name}”, answers: {n}"),
    "reasons.did.merge": (
        "с группой «{name}» объединена группа {other}, ответов: {n}",
        "group {other} is put into “{name}”, answers: {n}",
    ),
    "reasons.did.make": ("новая группа «{name}», ответов: {n}", "a new group “{name}”, answers: {n}"),
    "reasons.did.remove": (
        "убрана группа «{name}», ответов: {n}",
        "the group “{name}” is removed, answers: {n}",
    ),
    # --- how far a grouping is
    "reasons.stage.read": ("Читаю ответы…", "Reading the answers…"),
    "reasons.stage.embed": ("Считаю векторы текстов…", "Computing vectors of the texts…"),
    "reasons.stage.group": ("Делю на группы…", "Forming groups…"),
    "reasons.stage.keep": ("Сохраняю группы…", "Keeping the groups…"),
    # --- what is refused
    "error.unknown_group": (
        "Группы {number} нет: её убрали или объединили.",
        "There is no group {number}: it was removed, or put into another.",
    ),
    "error.group_itself": (
        "Группу {number} нельзя объединить с ней самой.",
        "Group {number} cannot be put into itself.",
    ),
    "error.group_itself.hint": ("Назовите две разные группы.", "Name two different groups."),
    "error.unknown_grouping": ("Группировки {number} нет.", "There is no grouping {number}."),
    "error.no_grouping": (
        "Причины этого прогона ({runs}) ещё не сгруппированы.",
        "The failures of this run ({runs}) are not grouped yet.",
    ),
    "error.no_grouping.hint": (
        "На странице «Причины» нажмите «Сгруппировать» или выполните reasons ПРОГОН --keep.",
        "Press “Group” on the page “Reasons”, or run reasons RUN --keep.",
    ),
    "error.group_name": ("Имя группы — от 1 до {most} знаков.", "A group's name has 1 to {most} characters."),
    "error.group_name_number": (
        "«{name}» — номер, а не имя: по нему фильтр group: нашёл бы другую группу.",
        "“{name}” is a number and no name: the filter group: would find another group by it.",
    ),
    "error.group_name_taken": (
        "«{name}» уже есть: так названа группа {number}.",
        "“{name}” is taken: group {number} is called so.",
    ),
    "error.group_name_taken.hint": (
        "Объедините группы или выберите другое имя.",
        "Put the groups together, or choose another name.",
    ),
    "error.group_moves": (
        "За раз переносят не больше {most} ответов, а выбрано {n}.",
        "At most {most} answers are moved at a time, and {n} are chosen.",
    ),
    "error.grouping_active": ("Эти прогоны уже группируются.", "These runs are being grouped already."),
    "error.grouping_active.hint": ("Дождитесь конца.", "Wait until it is over."),
    "error.grouping_memory": (
        "На группировку не хватило памяти, ответов: {n}. Прежние группы не тронуты.",
        "Grouping ran out of memory, answers: {n}. The former groups are untouched.",
    ),
    "error.grouping_memory.hint": (
        "Возьмите меньше ответов: сузьте отбор, например task:ruclevr.",
        "Take fewer answers: narrow the choice, say task:ruclevr.",
    ),
    "error.grouping_broke": (
        "Процесс, который делил ответы на группы, оборвался ({how}). Прежние группы не тронуты.",
        "The process that formed the groups broke off ({how}). The former groups are untouched.",
    ),
    "error.grouping_broke.hint": (
        "Сгруппируйте ещё раз; если не поможет, причина записана в журнале студии.",
        "Group once more; if that does not help, the studio's log says why.",
    ),
    "error.grouping_empty": (
        "Группировать нечего: под отбор не подходит ни один ответ.",
        "There is nothing to group: no answer matches.",
    ),
    "error.groups_not_yours": (
        "Группы меняют владелец студии и тот, кто начал прогон в этом браузере и видит его эталоны.",
        "Groups are changed by the studio's owner and by whoever began the run in this browser and may see its gold.",
    ),
    # --- commands
    "cli.reasons.fresh": (
        "Ещё не в группах: {n}. Сгруппировать заново: --keep.",
        "In no group yet: {n}. To group anew: --keep.",
    ),
    "cli.reasons.rescored": (
        "Сгруппировано до пересчёта: {run} теперь считают по правилам {version}. Сгруппировать заново: --keep.",
        "Grouped before a re-scoring: {run} goes by the rules {version} now. To group anew: --keep.",
    ),
    "cli.reasons.pinned": ("из них перенесено людьми: {n}", "{n} of them moved by people"),
    "cli.option.embed": (
        "векторы текстов: words (без модели), имя с хаба или папка модели предложений, АДРЕС#модель сервера",
        "vectors of texts: words (no model), a hub id or folder of a sentence model, URL#model of a server",
    ),
    "error.visitor_embedder": (
        "Модель для векторов текстов выбирает владелец студии.",
        "The model that turns texts into vectors is for the studio's owner to choose.",
    ),
    "error.embedder_none": (
        "«{name}» — не модель предложений: встроенной среди них нет.",
        "“{name}” is no model of sentences: none is embedded.",
    ),
    "error.embedder_none.hint": (
        "Назовите words, имя с хаба (например, intfloat/multilingual-e5-small), папку или АДРЕС#модель.",
        "Name words, a hub id (say, intfloat/multilingual-e5-small), a folder, or URL#model.",
    ),
    "error.embedder_module": (
        "У модели «{model}» есть часть, которой студия не знает: {module}.",
        "The model “{model}” has a part that the studio does not know: {module}.",
    ),
    "error.embedder_module.hint": (
        "Запустите её за сервером с /v1/embeddings или возьмите другую.",
        "Serve it behind /v1/embeddings, or take another.",
    ),
    "error.embedder_failed": (
        "Модель «{model}» не посчитала векторы текстов: {detail}",
        "The model “{model}” could not compute vectors of the texts: {detail}",
    ),
    "error.embedder_failed.hint": (
        "Прежние группы не тронуты. Без модели группирует words.",
        "The former groups are untouched. Without a model words does the grouping.",
    ),
    "error.embedder_not_serving": (
        "Модель «{model}» на сервере не отдаёт векторов: {words}",
        "The model “{model}” on the server gives no vectors: {words}",
    ),
    "error.embedder_not_serving.hint": (
        "Модель предложений запускают так: vllm serve МОДЕЛЬ --runner pooling.",
        "A model of sentences is started with: vllm serve MODEL --runner pooling.",
    ),
    "cli.option.keep_groups": (
        "сгруппировать и сохранить: группы можно править, фильтр group: их знает",
        "group and keep: the groups can be edited, the filter group: knows them",
    ),
    "cli.option.group_number": (
        "номер группы (его печатает reasons)",
        "the group's number (reasons prints it)",
    ),
    "cli.option.group_other": (
        "номер группы, которая вольётся в неё",
        "the number of the group that goes into it",
    ),
    "cli.option.group_name": ("имя группы, до 80 знаков", "the group's name, up to 80 characters"),
    "cli.option.group_answers": ("номера ответов в прогоне", "numbers of answers in the run"),
    "cli.option.group_offset": ("сколько ответов пропустить", "how many answers to skip"),
    "cli.option.group_author": (
        "кто правит (иначе имя пользователя системы)",
        "who edits (else the system's user name)",
    ),
    "cli.reason": (
        "Показывает и правит сохранённые группы причин.",
        "Shows and edits kept groups of reasons.",
    ),
    "cli.reason.show": ("Показывает ответы группы.", "Shows the answers of a group."),
    "cli.reason.show.example": _SHOW,
    "cli.reason.rename": ("Называет группу.", "Gives a group a name."),
    "cli.reason.rename.more": (
        "Пустое имя возвращает группе то, которое она дала себе сама.",
        "An empty name gives the group the one back that it gave itself.",
    ),
    "cli.reason.rename.example": (
        '  python -m studio reason rename 3 "формат даты"',
        '  python -m studio reason rename 3 "format of dates"',
    ),
    "cli.reason.move": ("Переносит ответы в группу.", "Moves answers to a group."),
    "cli.reason.move.more": (
        "Перенесённое остаётся на месте, когда прогон группируют заново.",
        "What was moved stays there when the run is grouped anew.",
    ),
    "cli.reason.move.example": ("  python -m studio reason move 3 r1121-5f2a9c 17 18 20",) * 2,
    "cli.reason.make": ("Заводит группу вручную.", "Begins a group by hand."),
    "cli.reason.make.example": (
        '  python -m studio reason make r1121-5f2a9c "ошибка эталона" 41 57',
        '  python -m studio reason make r1121-5f2a9c "faulty gold" 41 57',
    ),
    "cli.reason.merge": ("Вливает одну группу в другую.", "Puts one group into another."),
    "cli.reason.merge.example": ("  python -m studio reason merge 3 7",) * 2,
    "cli.reason.remove": ("Убирает группу.", "Removes a group."),
    "cli.reason.remove.more": (
        "Её ответы остаются без группы, пока прогон не сгруппируют заново.",
        "Its answers are in no group until the run is grouped anew.",
    ),
    "cli.reason.remove.example": ("  python -m studio reason remove 7",) * 2,
    "cli.reason.undo": (
        "Отменяет последнюю правку групп прогона.",
        "Takes back the latest edit of a run's groups.",
    ),
    "cli.reason.undo.more": (
        "Отменяется и группировка заново; ещё один вызов отменяет правку перед ней. Ничего не стирается.",
        "A grouping anew is taken back too; another call takes back the edit before it. Nothing is erased.",
    ),
    "cli.reason.undo.example": ("  python -m studio reason undo r1121-5f2a9c",) * 2,
    "cli.reason.undo.nothing": ("Отменять нечего.", "There is nothing to take back."),
    "cli.reason.undone": ("Отменено: {what}.", "Taken back: {what}."),
}
