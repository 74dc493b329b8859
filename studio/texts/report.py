"""Texts of a report (one file of HTML) and of making one: on pages, by the command `report`."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.kicker.one": ("Отчёт о прогоне", "Report of a run"),
    "report.kicker.many": ("Отчёт о прогонах", "Report of runs"),
    "report.made": ("Составлен {when}, MERA Studio {version}.", "Made on {when} by MERA Studio {version}."),
    "report.skip": ("К содержанию", "Skip to the content"),
    "report.nav": ("Разделы", "Sections"),
    "report.main": ("Главное", "In short"),
    "report.scores": ("Оценки", "Scores"),
    "report.cells": ("EM × судья × люди", "EM × judge × people"),
    "report.items": ("Расхождения", "Disagreements"),
    "report.items.where": ("Вопросы отбора", "Samples of the filter"),
    "report.setup": ("Что запускали", "What was run"),
    "report.reading": ("Как читать", "How to read this"),
    # in short
    "report.answered": ("Ответы", "Answers"),
    "report.answered.of": ("{n} из {total}", "{n} of {total}"),
    "report.answered.rest": (
        "нет ответа: {failed}, не оценено: {unscored}",
        "failed: {failed}, unscored: {unscored}",
    ),
    "report.answered.pending": ("ещё не задано: {n}", "not asked yet: {n}"),
    "report.apart": ("EM и судья расходятся", "EM and the judge differ"),
    "report.apart.of": ("{part} оценённых обоими", "{part} of those scored by both"),
    "report.interval": ("95 %: {interval}", "95%: {interval}"),
    "report.said": (
        "Судья сверх EM засчитал {js}, EM сверх судьи — {em}.",
        "The judge accepted {js} that EM did not; EM accepted {em} that the judge did not.",
    ),
    "report.answers": ("ответ|ответа|ответов", "answer|answers"),
    "report.unlike": (
        "Прогоны отличаются не только моделью ({what}): их оценки сравнимы с оговоркой.",
        "The runs differ in more than the model ({what}): compare their scores with care.",
    ),
    # scores
    "report.scores.lead": (
        "Средние по оценённым ответам с интервалами 95 %. Вопросы без ответа и неоценённые в средние не входят: "
        "они сосчитаны отдельно.",
        "Means over scored answers with 95% intervals. Failed and unscored samples are in no mean: they are counted "
        "beside it.",
    ),
    "report.chart": (
        "Exact Match и оценка судьи по задачам, с интервалами 95 %",
        "Exact Match and the judge’s score by task, with 95% intervals",
    ),
    "report.task": ("Задача", "Task"),
    "report.all": ("Все задачи", "All tasks"),
    "report.n": ("Вопросов", "Samples"),
    "report.coverage": ("Без оценки", "Not scored"),
    "report.coverage.value": ("нет ответа: {failed}", "failed: {failed}"),
    "report.coverage.unscored": ("не оценено: {n}", "unscored: {n}"),
    "report.coverage.pending": ("не задано: {n}", "not asked: {n}"),
    "report.private": ("закрытая", "private"),
    # cells
    "report.cells.lead": (
        "Каждый ответ, который оценили и EM, и судья, стоит в одной из четырёх клеток. Доли — от оценённых обоими.",
        "Every answer that both EM and the judge scored stands in one of four cells. Shares are of those.",
    ),
    "report.cells.js_right": ("судья: верно", "judge: right"),
    "report.cells.js_wrong": ("судья: неверно", "judge: wrong"),
    "report.cells.em_right": ("EM: верно", "EM: right"),
    "report.cells.em_wrong": ("EM: неверно", "EM: wrong"),
    "report.cells.by_task": ("Клетки по задачам", "Cells by task"),
    "report.cells.none": (
        "Судья в этом прогоне не отвечал: сравнивать не с чем.",
        "No judge has answered in this run: there is nothing to compare.",
    ),
    "report.people": ("Что говорят люди", "What people say"),
    "report.people.cell": ("Клетка", "Cell"),
    "report.people.right": ("Верно", "Right"),
    "report.people.wrong": ("Неверно", "Wrong"),
    "report.people.unsure": ("Неясно", "Unsure"),
    "report.people.bad": ("Брак", "Bad item"),
    "report.people.unlabelled": ("Без метки", "Unlabelled"),
    "report.people.share": ("Верны по людям", "Right by people"),
    "report.people.none": (
        "Меток людей в этом прогоне нет.",
        "People have labelled nothing in this run.",
    ),
    "report.corrected": ("Оценка судьи с поправкой на его ошибки", "The judge’s score, its errors taken out"),
    "report.corrected.labels": ("Меток", "Labels"),
    "report.corrected.em": ("EM", "EM"),
    "report.corrected.js": ("Судья", "Judge"),
    "report.corrected.people": ("Люди", "People"),
    "report.corrected.corrected": ("С поправкой", "Corrected"),
    "report.corrected.how": ("Как", "How"),
    "report.corrected.note": (
        "С поправкой — доля, которую люди сочли бы верной, оценённая по меткам и всем вердиктам судьи.",
        "Corrected is the share that people would call right, estimated from labels and all verdicts of the judge.",
    ),
    "report.corrected.more": (
        "Интервал вдвое уже — ещё {n} меток случайно выбранных ответов.",
        "{n} more labels of answers drawn at random would halve the interval.",
    ),
    # items
    "report.items.lead": (
        "Показано {shown} из {found}. Задачи чередуются; первыми идут ответы, в которых судья увереннее всего "
        "спорит с EM.",
        "{shown} of {found} shown. Tasks take turns; first come the answers on which the judge contradicts EM most "
        "surely.",
    ),
    "report.items.lead.where": (
        "Показано {shown} из {found}. Отбор:",
        "{shown} of {found} shown. Filter:",
    ),
    "report.items.none": (
        "Показывать нечего: в открытых задачах EM и судья нигде не разошлись.",
        "Nothing to show: in the public tasks EM and the judge differ nowhere.",
    ),
    "report.items.none.where": (
        "Показывать нечего: под отбор в открытых задачах ничего не подходит.",
        "Nothing to show: in the public tasks nothing matches the filter.",
    ),
    "report.items.off": ("Вопросы в отчёт не включали.", "Samples were left out of this report."),
    "report.withheld": (
        "Закрытые задачи: {tasks}. Их вопросов, эталонов, ответов и медиа в отчёте нет, только оценки и числа.",
        "Private tasks: {tasks}. Their questions, gold, answers and media are not in the report, only scores and "
        "counts.",
    ),
    "report.size": ("{n}\u00a0МБ", "{n}\u00a0MB"),
    "report.media.shrunk": (
        "Медиа уменьшены сильнее обычного, чтобы файл уместился в {size}.",
        "Media are smaller than usual, to keep the file within {size}.",
    ),
    "report.media.dropped": (
        "Чтобы файл уместился в {size}, опущено медиа: {n}.",
        "Media left out to keep the file within {size}: {n}.",
    ),
    "report.media.dropped.one": (
        "Опущено, чтобы файл не стал слишком большим.",
        "Left out to keep the file small.",
    ),
    "report.media.unreadable": ("Файл не удалось прочитать.", "The file could not be read."),
    "report.media.picture": ("Картинка к вопросу № {n}", "Picture of No. {n}"),
    "report.media.frame": ("Кадр на {s} с, вопрос № {n}", "Frame at {s} s, No. {n}"),
    "report.media.frame.at": ("{s} с", "{s} s"),
    "report.media.sound": ("Звук к вопросу № {n}", "Sound of No. {n}"),
    "report.media.cut": ("Первые {cut} с из {whole} с.", "The first {cut} s of {whole} s."),
    "report.media.clip": (
        "Видео, {s} с: кадры от первого до последнего.",
        "A clip of {s} s: frames from the first to the last.",
    ),
    "report.number": ("№ {n}", "No. {n}"),
    "report.gold": ("Эталон", "Gold"),
    "report.gold.none": ("нет", "none"),
    "report.or": ("или", "or"),
    "report.answer": ("Ответ модели", "The model’s answer"),
    "report.answer.human": ("Ответ человека", "The person’s answer"),
    "report.answer.empty": ("пустая строка", "an empty string"),
    "report.answer.none": ("Ответа нет.", "There is no answer."),
    "report.answer.absent": ("Этого вопроса в прогоне нет.", "The run does not have this question."),
    "report.skipped": ("… пропущено знаков: {n} …", "… characters left out: {n} …"),
    "report.em": ("EM", "EM"),
    "report.em.rule": ("Решило", "Decided by"),
    "report.em.overlooked": ("Что легко не заметить", "Easily overlooked"),
    "report.em.steps": ("Как EM читал ответ", "How EM read the answer"),
    "report.em.before": ("Было", "Before"),
    "report.em.after": ("Стало", "After"),
    "report.em.step": ("Правило", "Rule"),
    "report.judge": ("Судья", "Judge"),
    "report.judge.p": ("вероятность, что верно: {p}", "probability of being right: {p}"),
    "report.judge.read": ("читал: {what}", "it read: {what}"),
    "report.judge.reason": ("Довод судьи", "The judge’s reason"),
    "report.prompt": ("Промпт целиком", "The whole prompt"),
    # what was run
    "report.setup.run": ("Прогон", "Run"),
    "report.setup.model": ("Модель", "Model"),
    "report.setup.revision": ("Ревизия", "Revision"),
    "report.setup.judge": ("Судья", "Judge"),
    "report.setup.scorer": ("Правила Exact Match", "Exact Match rules"),
    "report.setup.tasks": ("Задачи", "Tasks"),
    "report.setup.limit": ("Не больше на задачу", "At most per task"),
    "report.setup.split": ("Часть данных", "Split"),
    "report.setup.settings": ("Настройки ответа", "Generation settings"),
    "report.setup.engine": ("Движок", "Engine"),
    "report.setup.hardware": ("Железо", "Hardware"),
    "report.setup.repeat": ("Повторяемость", "Repeatability"),
    "report.setup.when": ("Когда", "When"),
    "report.setup.state": ("Состояние", "State"),
    "report.setup.person": ("Отвечал человек", "Answered by a person"),
    "report.setup.log": ("Прочитан из лога", "Read from a log of"),
    # how to read
    "report.reading.em": (
        "Exact Match (EM) сравнивает извлечённый ответ с эталоном по правилам. Судья — модель, которая говорит, "
        "согласуется ли ответ с эталоном; верно — от вероятности 0,5.",
        "Exact Match (EM) compares the extracted answer with gold by rules. The judge is a model that says whether the "
        "answer agrees with gold; from a probability of 0.5 on it counts as right.",
    ),
    "report.reading.interval": (
        "Интервалы 95 %: Уилсона, а где у вопросов общие картинки, группы или диалоги — по кластерам.",
        "Intervals are of 95%: Wilson’s, or clustered where samples share pictures, groups or dialogues.",
    ),
    "report.reading.failed": (
        "«Нет ответа» и «не оценено» — не ошибки модели: они не считаются за 0 и в средние не входят.",
        "“Failed” and “unscored” are no wrong answers: they do not count as 0 and are in no mean.",
    ),
    "report.reading.file": (
        "В файле нет ни скриптов, ни ссылок наружу: он открывается без сети и ничего никуда не отправляет.",
        "The file holds no scripts and leads nowhere outside: it opens without a network and sends nothing anywhere.",
    ),
    # the command
    "cli.report": (
        "Пишет отчёт о прогоне или нескольких: один файл HTML, который открывается без сервера и сети.",
        "Writes a report of a run, or of several: one file of HTML that opens without a server or a network.",
    ),
    "cli.report.more": (
        "В отчёте: что запускали, оценки с интервалами, таблица EM × судья × люди и самые уверенные расхождения с\n"
        "картинками, звуками и кадрами. О закрытых задачах — только оценки и числа. Язык отчёта — --lang.",
        "The report holds what was run, scores with intervals, the table EM × judge × people, and the surest\n"
        "disagreements with pictures, sounds and frames. Of private tasks it holds scores and counts alone. Its\n"
        "language is that of --lang.",
    ),
    "cli.report.example": (
        "  python -m studio report r1121-5f2a9c --out отчёт.html\n"
        "  python -m studio report r1121-5f2a9c r1121-77aa01 --out report.html --top 50 --lang en\n"
        '  python -m studio report r1121-5f2a9c --out report.html --where "human:wrong js:1"',
        "  python -m studio report r1121-5f2a9c --out report.html\n"
        "  python -m studio report r1121-5f2a9c r1121-77aa01 --out report.html --top 50 --lang en\n"
        '  python -m studio report r1121-5f2a9c --out report.html --where "human:wrong js:1"',
    ),
    "cli.report.done": (
        "Отчёт: {file}, {kb} КБ. Вопросов: {items} из {found}, медиа: {media}.",
        "Report: {file}, {kb} KB. Samples: {items} of {found}, media: {media}.",
    ),
    "cli.report.dropped": (
        "Чтобы файл уместился, опущено медиа: {n}.",
        "Media left out to fit the size: {n}.",
    ),
    "cli.report.withheld": (
        "Закрытые задачи показаны только оценками: {tasks}.",
        "Private tasks are shown by their scores alone: {tasks}.",
    ),
    "cli.option.report_runs": ("прогоны, до шести рядом", "runs, up to six beside each other"),
    "cli.option.report_out": ("куда записать, .html", "where to write it, .html"),
    "cli.option.report_top": (
        "сколько вопросов показать, от 0 до 500 (по умолчанию 30)",
        "how many samples to show, 0 to 500 (default 30)",
    ),
    "cli.option.report_where": (
        "показать вопросы этого отбора, в его порядке, а не расхождения: cell:disagree judge_p<0.6",
        "show the samples of this filter, in its order, instead of disagreements: cell:disagree judge_p<0.6",
    ),
    "cli.option.report_size": (
        "сколько мегабайт может занять файл (по умолчанию 10)",
        "how many megabytes the file may take (default 10)",
    ),
    # errors
    "error.report_runs": (
        "В отчёт помещается от одного до {most} прогонов, а названо {n}",
        "A report holds one to {most} runs, {n} were named",
    ),
    "error.report_busy": (
        "Уже ждут своей очереди отчёты: {n}",
        "Reports are waiting for their turn already: {n}",
    ),
    "error.report_busy.hint": ("Попробуйте через минуту", "Try again in a minute"),
    "error.report_gone": (
        "Этого отчёта больше нет: он хранится недолго",
        "This report is gone: it is kept for a short while",
    ),
    "error.report_gone.hint": ("Составьте его заново", "Make it again"),
    # the dialog
    "report.button": ("Отчёт", "Report"),
    "report.button.hint": (
        "Один файл HTML для коллег: открывается без сервера и сети",
        "One file of HTML for colleagues: opens without a server or a network",
    ),
    "report.dialog.title": ("Отчёт одним файлом", "A report in one file"),
    "report.dialog.lead": (
        "Оценки, таблица EM × судья и самые уверенные расхождения с картинками и звуками. Файл открывается двойным "
        "щелчком, без сервера и без сети. Закрытые задачи — только оценками.",
        "Scores, the table EM × judge, and the surest disagreements with pictures and sounds. The file opens by double "
        "click, without a server or a network. Private tasks are in it by their scores alone.",
    ),
    "report.dialog.top": ("Сколько вопросов показать", "How many samples to show"),
    "report.dialog.lang": ("Язык отчёта", "Language of the report"),
    "report.dialog.lang.ru": ("русский", "Russian"),
    "report.dialog.lang.en": ("английский", "English"),
    "report.dialog.beside": ("Рядом с ним", "Beside it"),
    "report.dialog.where": (
        "Вопросы отбора, а не расхождения:",
        "Samples of the filter instead of disagreements:",
    ),
    "report.dialog.go": ("Составить", "Make it"),
    "report.dialog.close": ("Закрыть", "Close"),
    "report.dialog.waiting": ("Ждём очереди…", "Waiting for a turn…"),
    "report.dialog.counting": ("Считаем…", "Counting…"),
    "report.dialog.media": ("Медиа: {done} из {total}", "Media: {done} of {total}"),
    "report.dialog.done": ("Готово: {kb} КБ.", "Done: {kb} KB."),
    "report.dialog.download": ("Скачать", "Download"),
    "report.dialog.lost": (
        "Сервер не отвечает. Попробуйте ещё раз.",
        "The server does not answer. Try again.",
    ),
}
