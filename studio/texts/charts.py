"""Texts of charts as files: their titles, what stands around them, the menu beside each, the command `chart`."""

TEXTS: dict[str, tuple[str, str]] = {
    # what each shows, for the list of the command line
    "chart.name.three-way": ("EM × судья × люди: таблица два на два", "EM × judge × people: two by two"),
    "chart.name.cells": (
        "ответы каждой задачи по ячейкам EM × судья",
        "every task's answers by cell of EM × judge",
    ),
    "chart.name.scores": ("EM и JS каждой задачи с интервалами", "EM and JS of every task with intervals"),
    "chart.name.health": (
        "судья рядом с людьми, по группам ответов",
        "the judge beside people, by groups of answers",
    ),
    "chart.name.corrected": (
        "EM, судья, люди и исправленная оценка",
        "EM, the judge, people and the corrected score",
    ),
    "chart.name.compare": ("разности прогонов с интервалами", "differences of runs with intervals"),
    "chart.name.wins": ("победы, ничьи и поражения", "wins, ties and losses"),
    "chart.name.whatif": ("ячейки EM × судья: было и стало", "cells of EM × judge before and after"),
    "chart.name.threshold": ("вероятности судьи", "the judge's probabilities"),
    "chart.name.pace": ("темп прогона во времени", "the pace of a run along its time"),
    "chart.name.sound": (
        "волна звука, как его получила модель",
        "the waveform of a sound as the model received it",
    ),
    "chart.name.reasons": ("группы неудач по задачам", "groups of failures by task"),
    "chart.name.trial": ("опыт: с медиа и без них", "experiment: with media and without"),
    "chart.name.judge": (
        "опыт: судья на ответах с известным вердиктом",
        "experiment: the judge on answers of known verdict",
    ),
    "chart.name.leaderboard": ("итоги моделей с интервалами", "models' totals with intervals"),
    "chart.name.heat": ("таблица моделей по задачам", "the table of models by tasks"),
    "chart.name.prompts": (
        "EM, судья и люди по промптам с интервалами",
        "EM, the judge and people by prompt with intervals",
    ),
    "chart.name.prompt-split": (
        "прогон всеми промптами: доли разброса",
        "a run in all prompts: shares of the variance",
    ),
    "chart.name.prompt-grid": (
        "прогон всеми промптами: вопросы и промпты",
        "a run in all prompts: questions by prompts",
    ),
    "chart.name.prompt-places": ("места моделей в каждом промпте", "places of models in each prompt"),
    # on the sheet
    "chart.places.note": (
        "Место и балл, на вопросах, которые задавали всем моделям: {n}.",
        "Place and score, on the questions that all models were asked: {n}.",
    ),
    "chart.three_way": ("EM и судья", "EM and judge"),
    "chart.three_way.note": (
        "Под числом — доля и слово людей о тех же ответах: ✓ верно, × неверно, ? не уверены, ! плохой вопрос.",
        "Below a count its share and what people say of those answers: ✓ right, × wrong, ? unsure, ! bad item.",
    ),
    "chart.three_way.veiled": (
        "Не показано, что сказали другие рецензенты, где своей метки ещё нет: ответов — {n}.",
        "What other reviewers say is left out where there is no own label yet: {n} answers.",
    ),
    "chart.cells": ("EM × судья по задачам", "EM × judge by task"),
    "chart.scores": ("Оценки по задачам", "Scores by task"),
    "chart.band": ("Полоса — согласие людей между собой.", "The band is how people agree among themselves."),
    "chart.interval": ("Интервалы 95 %.", "Intervals are of 95 %."),
    "chart.compare": ("Разность: {mark}", "Difference: {mark}"),
    "chart.compare.first": ("лучше первый", "the first is better"),
    "chart.compare.second": ("лучше второй", "the second is better"),
    "chart.compare.same": ("различия не видно", "no difference to be seen"),
    "chart.wins": ("Победы и поражения: {mark}", "Wins and losses: {mark}"),
    "chart.compare.wins": ("победы первого", "the first wins"),
    "chart.compare.ties": ("поровну", "ties"),
    "chart.compare.losses": ("победы второго", "the second wins"),
    "chart.whatif": ("Что если: EM × судья", "What if: EM × judge"),
    "chart.whatif.before": ("было", "was"),
    "chart.whatif.after": ("стало", "is"),
    "chart.whatif.profile": ("профиль {profile}", "profile {profile}"),
    "chart.whatif.rules": ("правила: {rules}", "rules: {rules}"),
    "chart.whatif.threshold": ("порог судьи {value}", "the judge's threshold {value}"),
    "chart.probability": ("Вероятность судьи", "The judge's probability"),
    "chart.seconds": ("Секунды", "Seconds"),
    "chart.sound": ("Звук, как его получила модель", "The sound as the model received it"),
    "chart.sound.facts": ("вопрос {number} · sha256 {sha}", "question {number} · sha256 {sha}"),
    "chart.sound.peaks": ("Громкость", "Amplitude"),
    "chart.hz": ("Гц", "Hz"),
    "chart.reasons": (
        "Под числом — доля в неудачах задачи, которые попали в группы.",
        "Below a count its share of the task's failures that are in groups.",
    ),
    "chart.kinds": ("Когда судья прав", "When the judge is right"),
    "chart.run": ("прогон {run}", "run {run}"),
    "chart.check": ("проверка {id}", "check {id}"),
    "chart.judge": ("судья {judge}", "judge {judge}"),
    # the numbers as CSV
    "chart.csv.line": ("строка", "line"),
    "chart.csv.series": ("ряд", "series"),
    "chart.csv.value": ("значение", "value"),
    "chart.csv.low": ("от", "low"),
    "chart.csv.high": ("до", "high"),
    "chart.csv.column": ("столбец", "column"),
    "chart.csv.text": ("текст", "text"),
    "chart.csv.lane": ("дорожка", "lane"),
    # the menu on pages
    "chart.menu": ("Скачать", "Download"),
    "chart.short.three-way": ("Таблица", "Table"),
    "chart.short.cells": ("По задачам", "By task"),
    "chart.short.scores": ("График", "Chart"),
    "chart.short.health": ("График", "Chart"),
    "chart.short.corrected": ("График", "Chart"),
    "chart.short.compare": ("Разности", "Differences"),
    "chart.short.wins": ("Победы", "Wins"),
    "chart.short.whatif": ("Ячейки", "Cells"),
    "chart.short.threshold": ("Вероятности", "Probabilities"),
    "chart.short.pace": ("График", "Chart"),
    "chart.short.sound": ("Волна", "Waveform"),
    "chart.short.reasons": ("Таблица", "Table"),
    "chart.short.trial": ("График", "Chart"),
    "chart.short.judge": ("График", "Chart"),
    "chart.short.leaderboard": ("График", "Chart"),
    "chart.short.heat": ("Картинка", "Picture"),
    "chart.short.prompts": ("График", "Chart"),
    "chart.short.prompt-split": ("График", "Chart"),
    "chart.short.prompt-grid": ("Картинка", "Picture"),
    "chart.short.prompt-places": ("Места", "Places"),
    "chart.menu.svg": ("для печати и правки", "to print and edit"),
    "chart.menu.png": ("картинка", "a picture"),
    "chart.menu.csv": ("числа", "the numbers"),
    # errors
    "error.chart_not_crossed": (
        "Прогон {run} — не всеми промптами: делить разброс не из чего.",
        "Run {run} is not one in all prompts: there is nothing to split.",
    ),
    "error.unknown_chart": ("Нет графика «{name}».", "There is no chart “{name}”."),
    "error.unknown_chart.hint": ("Есть: {known}.", "There are: {known}."),
    "error.chart_empty": (
        "На графике «{title}» нечего рисовать.",
        "There is nothing to draw in the chart “{title}”.",
    ),
    "error.chart_empty.hint": (
        "Нет ни одного числа: прогон ещё не оценён, нет меток людей или фильтр ничего не оставил.",
        "There is no number: the run is not scored yet, nobody has labelled it, or the filter leaves nothing.",
    ),
    "error.chart_no_run": ("График «{name}» рисуют по прогону.", "The chart “{name}” is of a run."),
    "error.chart_no_run.hint": (
        "Назовите прогон: python -m studio chart {name} ПРОГОН --to файл.svg; список — команда runs.",
        "Name the run: python -m studio chart {name} RUN --to file.svg; `runs` lists them.",
    ),
    "error.chart_number": ("«{text}» — не число ({name}).", "“{text}” is no number ({name})."),
    "error.chart_number.hint": ("Напишите, например, 0.6.", "Write 0.6, say."),
    "error.chart_form": (
        "По имени файла {file} не понять, что записать.",
        "The name {file} does not tell what to write.",
    ),
    "error.chart_form.hint": (
        "Имя файла кончается на .svg, .png или .csv.",
        "It ends with .svg, .png or .csv.",
    ),
    "error.unknown_metric": ("Нет меры «{name}».", "There is no measure “{name}”."),
    "error.unknown_metric.hint": ("Есть: {known}.", "There are: {known}."),
    # the command
    "cli.chart": ("График с любой страницы как SVG, PNG или CSV", "A chart of any page as SVG, PNG or CSV"),
    "cli.chart.more": (
        "Без имени — список графиков. Файл тот же, что в меню рядом с графиком на странице: на белом, с заголовком, "
        "прогоном, датой и числом ответов. Вид узнают по имени файла; без --to в терминал идёт CSV.",
        "Without a name, the list of charts. The file is the one in the menu beside the chart on its page: on white, "
        "with a title, the run, the date and the number of answers. Its ending tells the form; without --to CSV goes "
        "to the terminal.",
    ),
    "cli.chart.example": (
        "  python -m studio chart three-way ПРОГОН --task ruclevr --to ячейки.svg\n"
        "  python -m studio chart health ПРОГОН --set metric=kappa --to каппа.png\n"
        "  python -m studio chart compare ПРОГОН1 ПРОГОН2 --set mark=js --where 'len>20' --to разности.svg\n"
        "  python -m studio chart leaderboard --set suite=demo --to итоги.svg",
        "  python -m studio chart three-way RUN --task ruclevr --to cells.svg\n"
        "  python -m studio chart health RUN --set metric=kappa --to kappa.png\n"
        "  python -m studio chart compare RUN1 RUN2 --set mark=js --where 'len>20' --to differences.svg\n"
        "  python -m studio chart leaderboard --set suite=demo --to totals.svg",
    ),
    "cli.chart.done": (
        "График «{name}» записан: {file} ({kb} КБ).",
        "The chart “{name}” is written: {file} ({kb} KB).",
    ),
    "cli.chart.what": ("график", "chart"),
    "cli.chart.shows": ("что на нём", "what it shows"),
    "cli.option.chart_name": ("какой график; без него — список", "which chart; without it, the list"),
    "cli.option.chart_runs": ("прогоны, по которым он", "the runs that it is of"),
    "cli.option.chart_to": ("файл: .svg, .png или .csv", "the file: .svg, .png or .csv"),
    "cli.option.chart_set": (
        "что ещё стоит в адресе его страницы: metric=kappa, mark=js, base=ПРОГОН, threshold=0.6, on=ПРАВИЛО, "
        "calibration=ID, number=N, suite=demo (можно несколько раз)",
        "what else its page's address says: metric=kappa, mark=js, base=RUN, threshold=0.6, on=RULE, calibration=ID, "
        "number=N, suite=demo (may be repeated)",
    ),
    "error.chart_set": ("«{text}» — не ИМЯ=ЗНАЧЕНИЕ.", "“{text}” is no NAME=VALUE."),
    "error.chart_set.hint": ("Например: --set metric=kappa.", "For example: --set metric=kappa."),
    "cli.metavar.chart": ("ГРАФИК", "CHART"),
    "cli.metavar.pair": ("ИМЯ=ЗНАЧЕНИЕ", "NAME=VALUE"),
}
