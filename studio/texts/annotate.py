"""Texts of the page Annotate: people answer questions without seeing gold or any other answer."""

TEXTS: dict[str, tuple[str, str]] = {
    "annotate.title": ("Ответьте как человек", "Answer as a person"),
    "annotate.lead": (
        "Те же вопросы, что и у моделей, без эталонов и чужих ответов. Ответы людей оценят EM и судья, "
        "и они встанут рядом с моделями.",
        "The same questions that models get, without gold or anybody’s answers. EM and the judge score people’s "
        "answers, and they stand beside the models.",
    ),
    "annotate.loading": ("Открываем вопросы…", "Opening the questions…"),
    # the start
    "annotate.list.mine": ("Ваши проекты", "Your projects"),
    "annotate.list.open": ("Проекты, открытые всем", "Projects open to anybody"),
    "annotate.list.open.hint": (
        "Вопросы делят между собой все, кто участвует.",
        "Everybody who takes part shares the questions.",
    ),
    "annotate.list.own": ("Задача целиком, своими силами", "A whole task on your own"),
    "annotate.list.own.hint": (
        "Когда закончите, ваш прогон встанет на страницы «Прогоны» и «Таблица».",
        "When you finish, your run stands in the list of runs and on the leaderboard.",
    ),
    "annotate.list.place": ("{done} из {total}", "{done} of {total}"),
    "annotate.list.begin": ("Начать", "Begin"),
    "annotate.list.resume": ("Продолжить", "Go on"),
    "annotate.list.see": ("Открыть", "Open"),
    "annotate.state.draft": ("готовится", "in preparation"),
    "annotate.state.open": ("идёт", "open"),
    "annotate.state.paused": ("на паузе", "paused"),
    "annotate.state.closed": ("закрыт", "closed"),
    "annotate.start.title": ("Начать новое", "Begin something new"),
    "annotate.as": ("Вы отвечаете как {name}.", "You answer as {name}."),
    "annotate.as.hint": (
        "В проекте это имя видят руководитель и владелец студии, на прогоне целой задачи — все.",
        "In a project the lead and the studio’s owner see this name; on a run of a whole task everybody does.",
    ),
    "annotate.what.missing": ("Выберите проект или задачу.", "Choose a project or a task."),
    "annotate.door": ("Проект разметки", "An annotation project"),
    "annotate.door.text": (
        "Здесь {items}. Отвечать можно с перерывами: всё сохраняется само, продолжить можно с того же места.",
        "There are {items} here. Answer with breaks if you like: everything is saved by itself, and you go on from "
        "the same place.",
    ),
    "annotate.door.shut": (
        "Проект сейчас не открыт для новых участников.",
        "The project is not open to new people now.",
    ),
    "annotate.door.draft": (
        "Проект ещё не начат: вопросы появятся, когда руководитель его откроет. Заходите позже.",
        "The project has not begun: questions appear when the lead opens it. Come back later.",
    ),
    "annotate.gold.title": ("Вам видны эталоны: отвечать нельзя", "You see gold: you may not answer"),
    "annotate.gold.text": (
        "Вы здесь рецензент или руководитель либо были им в проекте по этой задаче. Ответ того, кто мог видеть эталон, "
        "ничего не говорит об уровне человека, поэтому вопросов вам не дают. Ответы, которые вы дали раньше, остаются.",
        "You are a reviewer or a lead here, or were one in a project of this task. An answer of somebody who may have "
        "seen gold says nothing of how well people do, so you are asked nothing. What you answered before stays.",
    ),
    "annotate.gold.to": ("Ход работы", "How the work goes"),
    "annotate.refused": ("Сюда входят по приглашению", "This is joined by invitation"),
    "annotate.elsewhere.to": ("К списку проектов и задач", "To the list of projects and tasks"),
    "annotate.name": ("Ваше имя", "Your name"),
    "annotate.name.hint": (
        "Под ним ваши ответы увидит руководитель проекта, а прогон целой задачи — все: на страницах «Прогоны», "
        "«Таблица» и «Разбор». Можно назваться не своим именем.",
        "The project’s lead sees your answers under it; a run of a whole task is seen by all, on Runs, Leaderboard and "
        "Inspect. It need not be your own name.",
    ),
    "annotate.shown": ("Имя для прогона", "A name for the run"),
    "annotate.shown.text": (
        "Когда вы ответите на всё, ваш прогон встанет на «Прогоны», «Таблицу» и «Разбор» рядом с моделями: имя и "
        "ответы увидят все, кто открывает студию. Каким именем его подписать?",
        "When you have answered everything, your run stands on Runs, Leaderboard and Inspect beside the models: "
        "whoever opens the studio sees the name and the answers. Which name shall it bear?",
    ),
    "annotate.shown.hint": (
        "Любое, можно и оставить пустым: тогда будет «Человек» с номером.",
        "Any you like; left empty it is “Person” with a number.",
    ),
    "annotate.name.missing": ("Напишите имя.", "Write your name."),
    "annotate.task.letter": ("выбор буквы", "letter choice"),
    "annotate.task.short": ("слово или число", "a word or a number"),
    "annotate.start": ("Начать", "Start"),
    "annotate.none.title": ("Нет ни одной задачи", "There is no task"),
    "annotate.none.text": (
        "Положите папку задачи рядом и укажите её в STUDIO_TASKS, затем перезапустите студию.",
        "Put a task folder in place, name it in STUDIO_TASKS and start the studio again.",
    ),
    # the desk
    "annotate.question": ("Вопрос {number}", "Question {number}"),
    "annotate.question.training": ("Обучение, вопрос {number}", "Training, question {number}"),
    "annotate.progress.own": ("Отвечено {answered} из {total}", "Answered {answered} of {total}"),
    "annotate.progress.mine": ("Ваших ответов: {answered}", "Your answers: {answered}"),
    "annotate.progress.training": ("Обучение: {n} из {of}", "Training: {n} of {of}"),
    "annotate.progress.left": ("вам осталось не больше {left}", "at most {left} left for you"),
    "annotate.progress.all": (
        "Весь проект, ответов: {done} из {total}",
        "The whole project, answers: {done} of {total}",
    ),
    "annotate.progress.skipped": ("пропущено {skipped}", "skipped {skipped}"),
    "annotate.options": ("Варианты ответа", "Options"),
    "annotate.answer": ("Ваш ответ", "Your answer"),
    "annotate.answer.place": ("слово или число", "a word or a number"),
    "annotate.submit": ("Ответить", "Submit"),
    "annotate.skip": ("Пропустить…", "Skip…"),
    "annotate.undo": ("Вернуть последний", "Take back the last"),
    "annotate.pause": ("Пауза", "Pause"),
    "annotate.guide": ("Инструкция", "Instructions"),
    "annotate.guide.close": ("Понятно, к вопросам", "I see, to the questions"),
    "annotate.guide.new": (
        "Инструкция изменилась с тех пор, как вы её читали.",
        "The instructions have changed since you read them.",
    ),
    "annotate.guide.limit": (
        "На каждый вопрос даётся {time}. Когда время выходит, написанное сохраняется, но ответом не "
        "считается.",
        "Each question has {time}. When the time is over, what you have written is kept, but does not "
        "count as an answer.",
    ),
    "annotate.flag": ("Вопрос стоит посмотреть", "Worth a look"),
    "annotate.flagged": ("Вопрос отмечен для руководителя", "The question is flagged for the lead"),
    "annotate.unflagged": ("Отметка снята", "The flag is taken off"),
    "annotate.comment": ("Комментарий к ответу", "A comment on the answer"),
    "annotate.comment.place": (
        "что смутило, что хочется уточнить",
        "what is doubtful, what should be made clear",
    ),
    "annotate.training.right": ("Верно.", "Right."),
    "annotate.training.wrong": ("Неверно.", "Wrong."),
    "annotate.training.at": (
        "Обучение: вопрос {n} из {of}, верных ответов {right}. Чтобы начать работу, нужно не меньше {mark}.",
        "Training: question {n} of {of}, right so far {right}. The work begins with at least {mark} right.",
    ),
    "annotate.training.passed": (
        "Обучение пройдено: верных ответов {right} из {of}. Дальше — сама работа, без подсказок.",
        "Training passed: {right} of {of} right. The work itself begins now, without such words.",
    ),
    "annotate.clock": ("осталось {left}", "{left} left"),
    "annotate.left_s": ("Осталось {s} секунд", "{s} seconds left"),
    "annotate.out": (
        "Время на вопрос вышло, сохраняем написанное…",
        "The time is over, keeping what you wrote…",
    ),
    "annotate.out.saved": (
        "Время вышло: написанное сохранено, вопрос закрыт",
        "The time was over: what you wrote is kept, the question is closed",
    ),
    "annotate.out.late": (
        "Время вышло: ответ сохранён, но не засчитан",
        "The time was over: your answer is kept, but does not count",
    ),
    "annotate.looked": ("Посмотрели: пока без изменений", "Looked again: nothing new yet"),
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
    "annotate.safe.none": ("копия вне сервера ещё не сделана", "no copy outside of the server yet"),
    "annotate.safe.all": ("есть и копия вне сервера", "copied outside of the server, too"),
    "annotate.safe.soon": (
        "копии вне сервера меньше минуты",
        "the copy outside of the server is under a minute old",
    ),
    "annotate.safe.at": ("копии вне сервера {n} мин", "the copy outside of the server is {n} min old"),
    "annotate.safe.problem": (
        "копию вне сервера сделать не удаётся, студия пробует снова",
        "no copy can be made outside of the server just now; the studio tries again",
    ),
    "annotate.closed": (
        "Ответы сейчас не принимаются. {why}",
        "No answers are taken now. {why}",
    ),
    "annotate.saved.skip": ("Пропуск сохранён", "Skip saved"),
    "annotate.saved.draft": ("Черновик сохранён", "Draft saved"),
    "annotate.taken_back": ("Последний ответ возвращён, исправьте его", "The last answer is back, change it"),
    "annotate.lost": (
        "Нет связи с сервером. Ответ записан в этом браузере и уйдёт сам, когда связь вернётся.",
        "No connection to the server. The answer is kept in this browser and is sent when the connection "
        "is back.",
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
    "annotate.skip.missing": ("Выберите причину.", "Choose a reason."),
    "annotate.skip.mine": ("Возможно, этот вопрос писал я", "I may have written this question"),
    "annotate.skip.mine.hint": (
        "при малейшем сомнении выбирайте это",
        "choose this at the slightest doubt",
    ),
    "annotate.skip.broken": ("Файл не открывается или испорчен", "The file does not open or is broken"),
    "annotate.skip.broken.hint": ("нет картинки, тишина, помехи", "no picture, silence, noise"),
    "annotate.skip.ambiguous": ("Вопрос неоднозначен", "The question is ambiguous"),
    "annotate.skip.ambiguous.hint": ("подходит несколько ответов", "several answers fit"),
    "annotate.skip.unknown": ("Ответ узнать нельзя", "The answer cannot be known"),
    "annotate.skip.unknown.hint": ("в файле этого не видно и не слышно", "the file does not show or tell it"),
    "annotate.skip.other": ("Другое", "Other"),
    "annotate.skip.other.hint": ("напишите ниже", "write below"),
    "annotate.skip.time": ("Вышло время", "Out of time"),
    "annotate.skip.time.hint": ("написанное сохранено", "what was written is kept"),
    "annotate.skip.note": ("Пояснение, если нужно", "A note, if you like"),
    "annotate.skip.confirm": ("Пропустить", "Skip"),
    "annotate.skip.cancel": ("Не пропускать", "Do not skip"),
    # no question now
    "annotate.none.done.title": ("Это все вопросы, спасибо!", "These are all the questions, thank you!"),
    "annotate.none.done.text": (
        "В этом проекте вопросов для вас больше нет: {answers}{skipped}. Всё сохранено.",
        "There are no more questions for you in this project: {answers}{skipped}. Everything is saved.",
    ),
    "annotate.none.own.title": ("Готово, спасибо!", "Done, thank you!"),
    "annotate.none.own.text": (
        "{name}, задача пройдена: {answers}{skipped}. EM уже посчитан, судья оценивает ответы. Правку "
        "через «Вернуть последний» учтёт новый прогон.",
        "{name}, the task is done: {answers}{skipped}. EM is there already, the judge is scoring. What "
        "you take back and change makes a newer run.",
    ),
    "annotate.none.empty.title": ("В этой задаче нет вопросов", "This task has no questions"),
    "annotate.none.empty.text": (
        "Ни одну её запись нельзя показать: медиафайлы не читаются или записей нет.",
        "None of its records can be shown: the media cannot be read, or there are no records.",
    ),
    "annotate.none.reserved.title": ("Пока все вопросы заняты", "All questions are taken just now"),
    "annotate.none.reserved.text": (
        "Ещё {reserved} держат другие участники. Если кто-то пропустит вопрос или не успеет, он "
        "достанется вам.",
        "Others still hold {reserved}. When somebody skips one or runs out of time, it comes to you.",
    ),
    "annotate.none.preparing.title": ("Вопросы загружаются", "The questions are being fetched"),
    "annotate.none.preparing.text": (
        "Студия перезапустилась и собирает вопросы заново: осталось {reserved}. Ваши ответы сохранены. Если через "
        "несколько минут ничего не изменится, напишите руководителю проекта.",
        "The studio was restarted and is putting the questions together: {reserved} to go. Your answers are safe. If "
        "nothing changes in a few minutes, write to the project’s lead.",
    ),
    "annotate.none.draft.title": ("Проект ещё готовится", "The project is being prepared"),
    "annotate.none.draft.text": (
        "Руководитель пока не открыл вопросы. Ссылка уже работает, заходите позже.",
        "The lead has not opened the questions yet. Your link works already, come back later.",
    ),
    "annotate.none.paused.title": ("Проект на паузе", "The project is paused"),
    "annotate.none.paused.text": (
        "Руководитель приостановил работу. Ваши ответы сохранены, ничего делать не нужно.",
        "The lead has paused the work. Your answers are safe, there is nothing to do.",
    ),
    "annotate.none.closed.title": ("Проект закрыт", "The project is closed"),
    "annotate.none.closed.text": (
        "Работа окончена. Ваш вклад — {answers}, всё сохранено. Спасибо!",
        "The work is over. Your part is {answers}, all saved. Thank you!",
    ),
    "annotate.none.early.title": ("Работа ещё не началась", "The work has not begun"),
    "annotate.none.early.text": (
        "Вопросы откроются в назначенное время, страница заметит это сама.",
        "The questions open at the time below; the page notices it by itself.",
    ),
    "annotate.none.late.title": ("Срок работы прошёл", "The time for the work is over"),
    "annotate.none.late.text": (
        "Новых вопросов не будет. Ваш вклад — {answers}, всё сохранено. Спасибо!",
        "There are no new questions. Your part is {answers}, all saved. Thank you!",
    ),
    "annotate.none.excluded.title": ("Новых вопросов для вас нет", "There are no new questions for you"),
    "annotate.none.excluded.text": (
        "Руководитель проекта завершил ваше участие. Если это ошибка, напишите тому, кто прислал вам ссылку.",
        "The project’s lead has ended your part. If that is a mistake, write to whoever sent you the link.",
    ),
    "annotate.none.instructions.title": ("Сначала — инструкция", "The instructions come first"),
    "annotate.none.instructions.text": (
        "Вопрос откроется, когда вы её закроете. Время на чтение не ограничено.",
        "The question opens when you close them. Take your time to read.",
    ),
    "annotate.none.read": ("Открыть инструкцию", "Open the instructions"),
    "annotate.none.time_out.title": (
        "Время вышло, написанное сохранено",
        "The time is over, what you wrote is kept",
    ),
    "annotate.none.time_out.text": (
        "Вопрос закрыт, ответом написанное не считается. Следующий откроется, и его время пойдёт, когда вы нажмёте "
        "«Дальше».",
        "The question is closed, and what was written does not count as an answer. The next one opens, and its time "
        "begins, when you press “Go on”.",
    ),
    "annotate.none.time_out.training": (
        "В обучении вопрос без ответа считается неверным: пока верных {right} из {n}.",
        "In training a question without an answer counts as wrong: {right} of {n} right so far.",
    ),
    "annotate.none.ready.title": ("Вопрос для вас готов", "There is a question for you"),
    "annotate.none.ready.text": (
        "Его время пойдёт, когда вы нажмёте «Дальше».",
        "Its time begins when you press “Go on”.",
    ),
    "annotate.none.go": ("Дальше", "Go on"),
    "annotate.none.failed_training.title": ("Обучение не пройдено", "The training was not passed"),
    "annotate.none.failed_training.text": (
        "Верных ответов {right} из {of}, а нужно не меньше {mark}; вопрос без ответа считается неверным. Руководитель "
        "проекта это видит и может допустить вас: тогда вопросы появятся здесь. Если вам что-то помешало, напишите "
        "тому, кто прислал ссылку.",
        "{right} of {of} answers were right, and at least {mark} are needed; a question without an answer counts as "
        "wrong. The project’s lead sees it and may admit you: then the questions appear here. If something went wrong, "
        "write to whoever sent you the link.",
    ),
    "annotate.none.when": ("Загляните снова:", "Look again at:"),
    "annotate.none.looks": (
        "Страница проверяет сама, можно её не закрывать.",
        "The page looks by itself, you may leave it open.",
    ),
    "annotate.none.look": ("Проверить сейчас", "Look now"),
    "annotate.done.skipped": (", пропущено {skipped}", ", skipped {skipped}"),
    "annotate.done.runs": ("К прогонам", "To the runs"),
    "annotate.done.board": ("Рядом с моделями", "Beside the models"),
    "annotate.done.shut": (
        "Разобрать ответы пока нельзя: на эти же вопросы ещё отвечают люди, и эталоны скрыты. Разбор откроется в вашем "
        "прогоне сам, когда их проект закроют.",
        "The answers cannot be inspected yet: people are still answering the same questions, so gold is hidden. Your "
        "run opens by itself when their project is closed.",
    ),
    "annotate.done.inspect": ("Разобрать свои ответы", "Inspect your answers"),
    # keys
    "annotate.keys.title": ("Клавиши", "Keys"),
    "annotate.keys.choose": ("выбрать вариант", "choose an option"),
    "annotate.keys.move": ("к соседнему варианту", "to the option beside"),
    "annotate.keys.submit": ("ответить", "submit"),
    "annotate.keys.line": ("новая строка в ответе", "a new line in the answer"),
    "annotate.keys.skip": ("пропустить", "skip"),
    "annotate.keys.go": ("дальше, когда время вышло", "go on after the time was over"),
    "annotate.keys.undo": ("вернуть последний ответ", "take back the last answer"),
    "annotate.keys.play": ("воспроизвести или остановить", "play or stop"),
    "annotate.keys.seek": ("назад или вперёд на 5 с", "back or on by 5 s"),
    "annotate.keys.flag": ("вопрос стоит посмотреть", "worth a look"),
    "annotate.keys.frame": ("кадр назад или вперёд", "a frame back or on"),
    "annotate.keys.other": ("другой звук или клип вопроса", "the question’s other sound or clip"),
    "annotate.keys.type": ("текст крупнее или мельче", "larger or smaller text"),
    "annotate.keys.guide": ("инструкция", "instructions"),
    "annotate.keys.speed": ("медленнее или быстрее", "slower or faster"),
    "annotate.keys.help": ("эта подсказка", "this help"),
    "annotate.keys.note": (
        "Клавиши — по месту на клавиатуре, раскладка не важна. С Alt они работают и во время ввода текста.",
        "Letters go by their place on the keyboard, in any layout. With Alt they work while typing too.",
    ),
    "annotate.close": ("Закрыть", "Close"),
    "annotate.speed": ("Скорость", "Speed"),
    "annotate.zoom.close": ("Закрыть", "Close"),
}
