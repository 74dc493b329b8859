"""Texts of the page Annotate: a person answers a task's questions without seeing gold or any model's answer."""

TEXTS: dict[str, tuple[str, str]] = {
    "annotate.title": ("Ответьте как человек", "Answer as a person"),
    "annotate.lead": (
        "Те же вопросы, что и у моделей, без эталонов и чужих ответов. Ваши ответы оценят EM и судья, "
        "и они встанут рядом с моделями.",
        "The same questions that models get, without gold or anybody’s answers. EM and the judge score yours, "
        "and they stand beside the models.",
    ),
    "annotate.loading": ("Открываем вопросы…", "Opening the questions…"),
    # the start
    "annotate.name": ("Ваше имя", "Your name"),
    "annotate.name.hint": (
        "По имени можно продолжить с другого устройства. Его увидят в списке прогонов.",
        "The name lets you go on from another device. It is shown in the list of runs.",
    ),
    "annotate.name.missing": (
        "Напишите имя, по нему найдутся ваши ответы.",
        "Write a name: it finds your answers.",
    ),
    "annotate.task": ("Задача", "Task"),
    "annotate.task.missing": ("Выберите задачу.", "Choose a task."),
    "annotate.task.letter": ("выбор варианта", "choose an option"),
    "annotate.task.short": ("короткий ответ", "short answer"),
    "annotate.start": ("Начать", "Start"),
    "annotate.none.title": ("Нет ни одной задачи", "There is no task"),
    "annotate.none.text": (
        "Положите папку задачи рядом и укажите её в STUDIO_TASKS, затем перезапустите студию.",
        "Put a task folder in place, name it in STUDIO_TASKS and start the studio again.",
    ),
    "annotate.kept": ("Начато в этом браузере", "Begun in this browser"),
    "annotate.kept.place": ("{done} из {total}", "{done} of {total}"),
    "annotate.kept.finished": ("закончено", "finished"),
    "annotate.kept.resume": ("Продолжить", "Go on"),
    "annotate.kept.open": ("Открыть", "Open"),
    "annotate.kept.leave": ("Выйти из роли аннотатора", "Leave the annotator’s role"),
    "annotate.kept.blind": (
        "Пока вы размечаете, эталоны этой задачи скрыты в этом браузере и на странице «Разбор».",
        "While you annotate, the gold of this task is hidden in this browser, on Inspect too.",
    ),
    "annotate.left": (
        "Вы вышли из роли: эталоны снова видны. Ответы сохранены, продолжить можно в любой момент.",
        "You left the role: gold can be seen again. The answers are kept, you can go on at any time.",
    ),
    # the desk
    "annotate.question": ("Вопрос {number}", "Question {number}"),
    "annotate.progress": ("Отвечено {answered} из {total}", "Answered {answered} of {total}"),
    "annotate.progress.skipped": ("пропущено {skipped}", "skipped {skipped}"),
    "annotate.options": ("Варианты ответа", "Options"),
    "annotate.answer": ("Ваш ответ", "Your answer"),
    "annotate.answer.place": ("слово или число", "a word or a number"),
    "annotate.submit": ("Ответить", "Submit"),
    "annotate.skip": ("Пропустить…", "Skip…"),
    "annotate.undo": ("Вернуть последний", "Take back the last"),
    "annotate.pause": ("Пауза", "Pause"),
    "annotate.keys": ("Клавиши", "Keys"),
    "annotate.prompt": ("Задание целиком, как у моделей", "The whole task text, as models get it"),
    "annotate.empty.letter": (
        "Выберите вариант или пропустите вопрос.",
        "Choose an option, or skip the question.",
    ),
    "annotate.empty.short": (
        "Напишите ответ или пропустите вопрос.",
        "Write an answer, or skip the question.",
    ),
    # saving
    "annotate.saving": ("Сохраняем…", "Saving…"),
    "annotate.saved": ("Сохранено", "Saved"),
    "annotate.saved.skip": ("Пропуск сохранён", "Skip saved"),
    "annotate.saved.draft": ("Черновик сохранён", "Draft saved"),
    "annotate.taken_back": ("Последний ответ возвращён, исправьте его", "The last answer is back, change it"),
    "annotate.lost": (
        "Нет связи с сервером. Ответ записан в этом браузере и уйдёт сам, когда связь вернётся.",
        "No connection to the server. The answer is kept in this browser and is sent when the connection is back.",
    ),
    "annotate.lost.draft": (
        "Нет связи с сервером. Черновик записан в этом браузере.",
        "No connection to the server. The draft is kept in this browser.",
    ),
    "annotate.lost.open": (
        "Сервер не отвечает, пробуем ещё раз…",
        "The server does not answer, trying again…",
    ),
    "annotate.back": ("Связь вернулась", "Connected again"),
    "annotate.retry": ("Повторить сейчас", "Try now"),
    "annotate.elsewhere": (
        "На этот вопрос уже ответили в другой вкладке, вот следующий.",
        "This question was answered in another tab, here is the next one.",
    ),
    # skipping
    "annotate.skip.title": ("Почему пропускаем?", "Why skip?"),
    "annotate.skip.mine": ("Не могу ответить именно я", "I in particular cannot answer"),
    "annotate.skip.mine.hint": ("устал, не слышу, личная причина", "tired, cannot hear, a personal reason"),
    "annotate.skip.broken": ("Файл не открывается или испорчен", "The file does not open or is broken"),
    "annotate.skip.broken.hint": ("нет картинки, тишина, помехи", "no picture, silence, noise"),
    "annotate.skip.ambiguous": ("Вопрос неоднозначен", "The question is ambiguous"),
    "annotate.skip.ambiguous.hint": ("подходит несколько ответов", "several answers fit"),
    "annotate.skip.unknown": ("Ответ узнать нельзя", "The answer cannot be known"),
    "annotate.skip.unknown.hint": ("в файле этого не видно и не слышно", "the file does not show or tell it"),
    "annotate.skip.other": ("Другое", "Other"),
    "annotate.skip.other.hint": ("напишите ниже", "write below"),
    "annotate.skip.note": ("Пояснение, если нужно", "A note, if you like"),
    "annotate.skip.confirm": ("Пропустить", "Skip"),
    "annotate.skip.cancel": ("Не пропускать", "Do not skip"),
    # the end
    "annotate.done.title": ("Готово, спасибо!", "Done, thank you!"),
    "annotate.done.text": (
        "{name}, вы ответили на {answered} из {total}{skipped}. Ответы уже оценивают EM и судья.",
        "{name}, you answered {answered} of {total}{skipped}. EM and the judge are scoring the answers.",
    ),
    "annotate.count": ("вопроса|вопросов|вопросов", "question|questions"),
    "annotate.done.skipped": (", пропустили {skipped}", ", skipped {skipped}"),
    "annotate.done.runs": ("Рядом с моделями", "Beside the models"),
    "annotate.done.again": ("Выбрать другую задачу", "Choose another task"),
    "annotate.nothing.title": ("В этой задаче нет вопросов", "This task has no questions"),
    "annotate.nothing.text": (
        "Ни одну её запись нельзя показать: медиафайлы не читаются или записей нет.",
        "None of its records can be shown: the media cannot be read, or there are no records.",
    ),
    "annotate.gone": (
        "Разметки по этой ссылке больше нет. Начните заново: прежние ответы найдутся по имени, если они есть.",
        "The annotation of this link is gone. Start again: earlier answers are found by your name if they exist.",
    ),
    # keys
    "annotate.keys.title": ("Клавиши", "Keys"),
    "annotate.keys.choose": ("выбрать вариант", "choose an option"),
    "annotate.keys.move": ("к соседнему варианту", "to the option beside"),
    "annotate.keys.submit": ("ответить", "submit"),
    "annotate.keys.line": ("новая строка в ответе", "a new line in the answer"),
    "annotate.keys.skip": ("пропустить", "skip"),
    "annotate.keys.undo": ("вернуть последний ответ", "take back the last answer"),
    "annotate.keys.play": ("воспроизвести или остановить", "play or stop"),
    "annotate.keys.seek": ("назад или вперёд на 5 с", "back or on by 5 s"),
    "annotate.keys.speed": ("медленнее или быстрее", "slower or faster"),
    "annotate.keys.help": ("эта подсказка", "this help"),
    "annotate.keys.note": (
        "Буквы — по месту на клавиатуре, раскладка не важна. С Alt работают и во время ввода текста.",
        "Letters go by their place on the keyboard, in any layout. With Alt they work while typing too.",
    ),
    "annotate.close": ("Закрыть", "Close"),
    "annotate.speed": ("Скорость", "Speed"),
    "annotate.zoom.close": ("Закрыть", "Close"),
}
