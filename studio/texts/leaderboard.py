"""Texts of the leaderboard: the page, its files, the command."""

TEXTS: dict[str, tuple[str, str]] = {
    "nav.leaderboard": ("Таблица", "Leaderboard"),
    "board.title": ("Таблица моделей", "Leaderboard"),
    "board.lead": (
        "Оценки моделей по задачам с 95-процентными интервалами. Нажмите на число, чтобы увидеть ответы за ним.",
        "Models' scores of tasks with 95% intervals. Press a number to see the answers behind it.",
    ),
    "board.loading": ("Считаем…", "Counting…"),
    "board.lost": ("Студия не отвечает.", "The studio does not answer."),
    "board.retry": ("Ещё раз", "Try again"),
    "error.unknown_suite": ("Нет набора «{name}».", "There is no suite “{name}”."),
    "error.unknown_suite.hint": ("Известны: {known}.", "Known: {known}."),
    # --- switches
    "board.suite": ("Набор", "Suite"),
    "board.suite.mera": ("MERA Multi", "MERA Multi"),
    "board.suite.demo": ("Демонстрационный", "Demo"),
    "board.suite.other": ("Другие задачи", "Other tasks"),
    "board.metric": ("Число", "Number"),
    "board.metric.final": ("Оценка", "Score"),
    "board.metric.em": ("EM", "EM"),
    "board.metric.js": ("JS", "JS"),
    "board.metric.final.long": (
        "оценка задачи: среднее двух её метрик, обычно (EM + JS) / 2",
        "a task's score: the mean of its two metrics, as a rule (EM + JS) / 2",
    ),
    "board.metric.em.long": (
        "первая метрика: EM; у ruHHH EM групп, у RuSLUn EM интентов",
        "the first metric: EM; of ruHHH EM of groups, of RuSLUn EM of intents",
    ),
    "board.metric.js.long": (
        "вторая метрика: Judge Score; у ruHHH JS групп, у RuSLUn F1 слотов",
        "the second metric: Judge Score; of ruHHH JS of groups, of RuSLUn F1 of slots",
    ),
    "board.weighting": ("Вес в итоге", "Weights of the total"),
    "board.weighting.formula": ("модальности поровну", "modalities equally"),
    "board.weighting.published": ("задачи поровну", "tasks equally"),
    "board.weighting.formula.long": (
        "модальности весят поровну, как в формуле статьи",
        "modalities weigh equally, as the paper’s equation says",
    ),
    "board.weighting.published.long": (
        "пройденные задачи весят поровну, как в таблице 6 статьи",
        "attempted tasks weigh equally, as in the paper’s Table 6",
    ),
    "board.public": ("с открытыми задачами", "with public tasks"),
    "board.public.out": ("без открытых задач", "without public tasks"),
    "board.published": ("опубликованные модели", "published models"),
    "board.people": ("люди", "people"),
    "board.switches": ("Что показать", "What to show"),
    # --- the table
    "board.model": ("Модель", "Model"),
    "board.total": ("Total", "Total"),
    "board.attempted": ("Attempted", "Attempted"),
    "board.coverage": ("Coverage", "Coverage"),
    "board.total.hint": (
        "Attempted × Coverage: непройденная задача считается нулём",
        "Attempted × Coverage: a task not attempted counts as 0",
    ),
    "board.attempted.hint": ("среднее по пройденным задачам", "the mean of the attempted tasks"),
    "board.coverage.hint": ("какая доля задач пройдена", "what share of the tasks was attempted"),
    "board.modality.image": ("Картинки", "Images"),
    "board.modality.audio": ("Звук", "Sound"),
    "board.modality.video": ("Видео", "Video"),
    "board.modality.text": ("Текст", "Text"),
    "board.modality.hint": (
        "Среднее по всем задачам модальности: непройденная считается нулём",
        "The mean over all tasks of the modality: one not attempted counts as 0",
    ),
    "board.totals": ("Итог", "Totals"),
    "board.access.private": ("закрытая", "private"),
    "board.access.public": ("открытая", "public"),
    "board.sort": ("Упорядочить: {name}", "Sort by {name}"),
    "board.sort.hint": (
        "Нажмите на заголовок, чтобы упорядочить; ещё раз — наоборот.",
        "Press a heading to sort; once more to reverse.",
    ),
    "board.scrolls": (
        "Таблица шире экрана: прокрутите вбок пальцем, колесом с Shift или стрелками →.",
        "The table is wider than the screen: scroll sideways by touch, Shift and the wheel, or the arrow keys →.",
    ),
    "board.scale": ("Цвет ячейки — само число:", "A cell’s colour is its number:"),
    "board.whisker": ("под числом 95-процентный интервал", "below the number its 95% interval"),
    "board.mark": (
        "есть оговорка: наведите или откройте строку",
        "there is a caveat: hover, or open the row",
    ),
    "board.kind.measured": ("измерено здесь", "measured here"),
    "board.kind.person": ("люди, измерено здесь", "people, measured here"),
    "board.kind.imported": ("из журнала", "imported"),
    "board.kind.baseline": ("люди, опубликовано", "people, published"),
    "board.kind.published": ("опубликовано", "published"),
    "board.baseline.paper": ("Люди, по статье", "People, by the paper"),
    "board.baseline.repository": ("Люди, по репозиторию", "People, by the repository"),
    "board.open": ("{model}, {task}: {value}. Открыть ответы", "{model}, {task}: {value}. Open the answers"),
    "board.note.of": (
        "{model}, {task}: {value}. Откуда это число",
        "{model}, {task}: {value}. Where it is from",
    ),
    "board.row.more": ("Что это за строка: {model}", "What this row is: {model}"),
    "board.no_score": ("нет оценки", "no score"),
    "board.people.part": ("задач {n} из {of}", "{n} of {of} tasks"),
    "board.people.part.below": ("сравнение ниже", "compared below"),
    "board.people.part.hint": (
        "Total и итоги модальностей тем больше, чем больше задач пройдено: этих людей и моделей, прошедших другие "
        "задачи, по ним не сравнить. Сравнивает разрыв на одних и тех же вопросах.",
        "Totals, those of modalities too, grow with the tasks attempted: these people and models that did other tasks "
        "do not compare by them. The gap on the same questions compares.",
    ),
    "board.unlike": ("условия", "conditions"),
    "board.unlike.hint": (
        "Строку нельзя сравнивать с другими напрямую: {why}",
        "The row is not to be compared with others as it stands: {why}",
    ),
    # --- tooltips
    "board.tip.n": ("n = {n}", "n = {n}"),
    "board.tip.metrics": ("{first}: {one}; {second}: {two}", "{first}: {one}; {second}: {two}"),
    "board.tip.clusters": ("независимых групп: {n}", "independent clusters: {n}"),
    "board.tip.interval": ("95 %: {low}–{high}", "95%: {low}–{high}"),
    "board.tip.unscored": ("не оценено: {n}", "unscored: {n}"),
    "board.tip.failed": ("нет ответа: {n}", "failed: {n}"),
    "board.tip.printed": (
        "опубликовано, не измерено; интервала нет",
        "published, not measured; without an interval",
    ),
    "board.tip.no_gold": (
        "эталона здесь нет, оценит площадка",
        "there is no gold here, the benchmark’s site will score it",
    ),
    # --- remarks
    "board.remark.part": ("готово {done} из {size}", "{done} of {size} done"),
    "board.remark.setting": ("{name}: {value} вместо {usual}", "{name}: {value} instead of {usual}"),
    "board.remark.judge": ("судья {judge}, а не {usual}", "the judge {judge}, not {usual}"),
    "board.remark.tokens": (
        "новых токенов не больше {value}, карточка советует {usual}",
        "at most {value} new tokens, the card advises {usual}",
    ),
    "board.remark.problem": ("{words}", "{words}"),
    "board.remark.no_judge": (
        "судья этих ответов не оценивал; EM видно переключателем",
        "no judge has scored these answers; the switch shows their EM",
    ),
    "board.remark.several": ("из нескольких прогонов: {runs}", "of several runs: {runs}"),
    "board.remark.hidden": (
        "скрыто, пока в этом браузере отвечают на эту задачу",
        "hidden while this browser is answering the task",
    ),
    "board.remark.no_totals": (
        "в строках таблицы 6, что у нас есть, этой модели нет, поэтому итога нет",
        "the rows of Table 6 that we hold do not name this model, so there is no total",
    ),
    "board.setting.tool": ("программа", "tool"),
    "board.setting.media": ("медиа", "media"),
    "board.setting.load": ("передача медиа", "media handed over"),
    "board.value.media.sent": ("как есть", "as they are"),
    "board.value.media.none": ("без них", "none"),
    "board.value.media.null": ("пустые", "empty ones"),
    "board.setting.frames": ("кадров", "frames"),
    "board.setting.history": ("реплик истории", "turns of history"),
    "board.setting.temperature": ("температура", "temperature"),
    "board.setting.top_p": ("top-p", "top-p"),
    "board.setting.seed": ("зерно", "seed"),
    "board.setting.profile": ("профиль EM", "profile of EM"),
    "board.setting.split": ("часть набора", "split"),
    "board.setting.image_max_side": ("наибольшая сторона картинки", "longest side of a picture"),
    "board.setting.image_width": ("ширина картинки", "width of a picture"),
    "board.setting.image_height": ("высота картинки", "height of a picture"),
    "board.setting.clips_as_pictures": ("ролики картинками", "clips as pictures"),
    "board.setting.stop": ("стоп-строки", "stop strings"),
    # --- the dialog of a row
    "board.dialog.close": ("Закрыть", "Close"),
    "board.dialog.model": ("Модель", "Model"),
    "board.dialog.revision": ("Ревизия", "Revision"),
    "board.dialog.judge": ("Судья", "Judge"),
    "board.dialog.profile": ("Профиль EM", "Profile of EM"),
    "board.dialog.unlike": ("Оговорки", "Caveats"),
    "board.dialog.runs": ("Прогоны этой строки", "Runs of this row"),
    "board.dialog.taken": ("взято: {tasks}", "taken: {tasks}"),
    "board.dialog.not_taken": ("не взято: есть полнее или новее", "not taken: another is fuller or newer"),
    "board.dialog.take": ("Взять этот", "Take this one"),
    "board.dialog.untake": ("Вернуть как было", "As it was"),
    "board.dialog.inspect": ("Разобрать", "Inspect"),
    "board.dialog.rule": (
        "За модель с теми же условиями отвечает самый полный прогон каждой задачи, из равных — новейший.",
        "For a model under the same conditions stands, task by task, the fullest run; of equals the newest.",
    ),
    "board.source.published": (
        "Число из таблиц {tables} статьи {source} (CC BY 4.0), как напечатано. Здесь его не измеряли, интервала нет.",
        "A number of Tables {tables} of {source} (CC BY 4.0), as printed; not measured here, without an interval.",
    ),
    "board.source.baseline": (
        "Опубликованные оценки людей; статья и репозиторий называют разные, показаны обе.",
        "Published scores of people; the paper and the repository give different ones, both are shown.",
    ),
    "board.figure": ("{value}: {metric}{who}; {source}", "{value}: {metric}{who}; {source}"),
    "board.figure.unnamed": ("метрика не названа", "metric not named"),
    "board.figure.crowd": (", обычные люди", ", crowd"),
    "board.figure.expert": (", эксперты", ", experts"),
    # --- empty
    "board.empty.title": ("Измеренных моделей пока нет", "No model has been measured yet"),
    "board.empty.mera": (
        "Строка появится, когда модель ответит хотя бы на часть задач MERA Multi: с хаба или из вашей копии.",
        "A row appears when a model has answered at least a part of MERA Multi’s tasks, from the hub or your copy.",
    ),
    "board.empty.demo": (
        "Строка появится после первого прогона: встроенной модели на это хватит минуты.",
        "A row appears after the first run: the embedded model needs a minute for it.",
    ),
    "board.empty.other": (
        "Здесь будут ваши задачи: папки в формате MERA, которые вы запускали.",
        "Your own tasks will stand here: folders in MERA’s format that were run.",
    ),
    "board.empty.do": ("Запустить модель", "Run a model"),
    "board.empty.demo.do": ("Открыть демонстрационный набор", "Open the demo suite"),
    # --- chart
    "board.chart": ("Итоги с интервалами", "Totals with their intervals"),
    "board.chart.title": ("{suite}: Total", "{suite}: Total"),
    "board.chart.note": (
        "{metric}; {weighting}{public}. Черта — 95-процентный интервал; у опубликованных его нет.",
        "{metric}; {weighting}{public}. The line is the 95% interval; published numbers have none.",
    ),
    "error.board_no_chart": (
        "Рисовать нечего: ни у одной строки нет итога.",
        "There is nothing to draw: no row has a total.",
    ),
    "error.board_no_chart.hint": (
        "Итоги есть у наборов mera и demo; нужна хоть одна модель с оценками.",
        "The suites mera and demo have totals; at least one model with scores is needed.",
    ),
    # --- files
    "error.board_no_form": ("Такого файла нет: .{name}.", "There is no such file: .{name}."),
    "error.board_no_form.hint": ("Есть: {known}.", "There are: {known}."),
    "board.download": ("Скачать", "Download"),
    "board.download.csv": ("CSV", "CSV"),
    "board.download.latex": ("LaTeX", "LaTeX"),
    "board.download.png": ("PNG", "PNG"),
    "board.latex.caption": (
        "{suite}: {metric}. Total: {weighting}{public}. Индексы: 95-процентные интервалы; у опубликованных (курсив)"
        " их нет.",
        "{suite}: {metric}. Total: {weighting}{public}. Indices are 95\\% intervals; published rows (italic) have"
        " none.",
    ),
    # --- the command
    "cli.leaderboard": (
        "Таблица моделей: оценки по задачам и итоги с интервалами, люди и опубликованные модели.",
        "The leaderboard: models' scores of tasks and totals with intervals, people and published models.",
    ),
    "cli.leaderboard.more": (
        "За модель с теми же условиями (настройки, судья, профиль) отвечает самый полный прогон каждой задачи, из\n"
        "равных новейший; --run берёт другой. Опубликованное помечено: оно напечатано, а не измерено.\n\n"
        "Файлы: csv (строка на модель и задачу), latex (booktabs), png (график итогов).",
        "For a model under the same conditions (settings, judge, profile) stands, task by task, the fullest run, of\n"
        "equals the newest; --run takes another. What is published is marked: printed, not measured.\n\n"
        "Files: csv (a line for each model and task), latex (booktabs), png (the chart of totals).",
    ),
    "cli.leaderboard.example": (
        "  python -m studio leaderboard\n"
        "  python -m studio leaderboard --suite mera --weighting published --no-public\n"
        "  python -m studio leaderboard --format png --out board.png",
        "  python -m studio leaderboard\n"
        "  python -m studio leaderboard --suite mera --weighting published --no-public\n"
        "  python -m studio leaderboard --format png --out board.png",
    ),
    "cli.option.board_suite": (
        "mera, demo или other; без него тот, который прошли полнее",
        "mera, demo or other; without it the one that was run most completely",
    ),
    "cli.option.board_public": (
        "считать ли открытые задачи MERA (по умолчанию да)",
        "whether MERA's public tasks count (by default they do)",
    ),
    "cli.option.board_metric": (
        "final: оценка задачи (по умолчанию); em, js: одна из двух её метрик",
        "final: a task's score (default); em, js: one of its two metrics",
    ),
    "cli.option.board_published": (
        "показывать ли опубликованные модели (по умолчанию да)",
        "whether published models are shown (by default they are)",
    ),
    "cli.option.board_people": (
        "показывать ли людей (по умолчанию да)",
        "whether people are shown (by default they are)",
    ),
    "cli.option.board_run": (
        "взять за модель этот прогон; можно несколько раз",
        "let this run stand for its model; may be given several times",
    ),
    "cli.option.board_format": (
        "table (по умолчанию), csv, latex или png",
        "table (default), csv, latex or png",
    ),
    "cli.option.board_out": (
        "куда записать файл; csv и latex без него идут в stdout",
        "where to write the file; without it csv and latex go to stdout",
    ),
    "error.board_out_needed": (
        "Картинку нельзя напечатать: укажите файл, --out board.png.",
        "A picture cannot be printed: name a file, --out board.png.",
    ),
    "error.board_out_useless": (
        "Для таблицы файл не нужен: --out бывает с --format csv, latex, png.",
        "A table needs no file: --out goes with --format csv, latex, png.",
    ),
    "cli.leaderboard.done": ("Записано: {file} ({kb} КБ)", "Written: {file} ({kb} KB)"),
    "cli.leaderboard.none": (
        "Измеренных моделей нет. Запустить: python -m studio run --model embedded --task demo",
        "No model has been measured. To run one: python -m studio run --model embedded --task demo",
    ),
    "cli.leaderboard.wide": (
        "Задачи по отдельности: --format csv или --json.",
        "Tasks one by one: --format csv or --json.",
    ),
    "cli.leaderboard.kind": ("откуда", "source"),
    "cli.leaderboard.remarks": ("Сравнивать с оговорками:", "To be compared with care:"),
}
