"""Texts of the SQL behind numbers: the fold on pages and the command `sql`; of exports by a filter."""

TEXTS: dict[str, tuple[str, str]] = {
    "sql.title": ("SQL этой страницы", "The SQL of this page"),
    "sql.note": (
        "Запросы к файлу «Скачать SQLite»: те же числа, что на странице (без интервалов). Работают в любом "
        "SQLite и в команде "
        "python -m studio sql.",
        "Statements over the file “Download SQLite”: the same numbers as on the page (without intervals). "
        "They run in any "
        "SQLite and in the command python -m studio sql.",
    ),
    "sql.file": ("SQLite прогона {run}", "SQLite of the run {run}"),
    "sql.file.part": ("SQLite: только то, что нашёл фильтр", "SQLite: only what the filter found"),
    "sql.copy": ("Копировать", "Copy"),
    "sql.copied": ("Скопировано", "Copied"),
    "sql.lost": (
        "Не удалось получить запросы. Откройте ещё раз.",
        "The statements could not be had. Open it again.",
    ),
    "sql.what.cells": ("EM × судья × люди", "EM × judge × people"),
    "sql.what.confusion": ("Ячейки по задачам", "Cells by task"),
    "sql.what.queue": ("Список вопросов", "The list of questions"),
    "sql.what.versions": (
        "EM по версиям правил, которые хранятся",
        "EM by the versions of the rules that are kept",
    ),
    "sql.what.threshold": ("JS при пороге судьи", "JS under a threshold of the judge"),
    "sql.what.health": ("Судья рядом с людьми, по группам", "The judge beside people, by group"),
    "sql.what.people": ("Люди между собой", "People among themselves"),
    "sql.what.pairs": ("Пары рецензентов", "Pairs of reviewers"),
    "sql.what.beside": ("EM, судья и люди по задачам", "EM, judge and people by task"),
    "sql.what.judges": ("Судьи прогона", "The judges of the run"),
    "sql.what.pairs_of_runs": ("Пары прогонов по задачам", "Pairs of runs by task"),
    "sql.what.prompts": ("По промптам", "By prompt"),
    "sql.what.prompt_split": (
        "Разброс: вопросы, промпт, остальное (дисперсии)",
        "The variance: questions, the prompt, the rest",
    ),
    "sql.what.prompts_by_task": ("По задачам и промптам", "By task and prompt"),
    "sql.what.reasons": ("Группы неудач", "Groups of failures"),
    "sql.what.scores": ("Оценки по задачам", "Scores by task"),
    "sql.what.pace": ("Темп", "Pace"),
    "sql.what.task_scores": ("Оценки задач одного прогона", "Scores of the tasks of a run"),
    "error.unknown_sql_page": ("У страницы «{name}» нет запросов.", "The page “{name}” has no statements."),
    "error.unknown_sql_page.hint": ("Есть у страниц: {known}.", "These have: {known}."),
    "error.sql_no_run": (
        "Запросы страницы {page} — об одном прогоне.",
        "The statements of {page} are of a run.",
    ),
    "error.sql_no_run.hint": ("Назовите его: --run ПРОГОН.", "Name it: --run RUN."),
    "error.sql_no_file": ("Файла {file} нет.", "There is no file {file}."),
    "error.sql_no_file.hint": (
        "Файл прогона пишет команда export: python -m studio export --run ПРОГОН --out файл.sqlite",
        "A run's file is written by export: python -m studio export --run RUN --out file.sqlite",
    ),
    "error.sql_only_reads": (
        "Запрос делает больше, чем читает ({reason}).",
        "The statement does more than read ({reason}).",
    ),
    "error.sql_only_reads.hint": (
        "Здесь можно только SELECT: база открыта для чтения. Чтобы писать, откройте выгруженный файл своей "
        "программой.",
        "Only SELECT may run here: the database is open for reading. To write, open an exported file with a "
        "program of yours.",
    ),
    "error.sql_refused": (
        "SQLite не понял запрос: {reason}.",
        "SQLite did not take the statement: {reason}.",
    ),
    "error.sql_refused.hint": (
        "Представления есть у одного прогона (--run ПРОГОН) и в выгруженном файле (--export ФАЙЛ): {views}. Столбцы: "
        "docs/schema.md.",
        "Views are of one run (--run RUN) and of an exported file (--export FILE): {views}. Columns: docs/schema.md.",
    ),
    "error.sql_or_page": (
        "Нужен либо свой запрос, либо --of СТРАНИЦА.",
        "Give a statement of your own, or --of PAGE.",
    ),
    "error.sql_or_page.hint": (
        'Например: python -m studio sql --run ПРОГОН "SELECT * FROM v_scores"',
        'For example: python -m studio sql --run RUN "SELECT * FROM v_scores"',
    ),
    "error.export_none": (
        "Фильтр «{where}» не оставил ни одного вопроса.",
        "The filter “{where}” leaves no question.",
    ),
    "error.export_none.hint": (
        "Проверьте его командой queue с тем же --where.",
        "Try it with `queue` and the same --where.",
    ),
    "error.export_log_whole": (
        "Журнал в виде lm-eval пишется о прогоне целиком.",
        "A log in the form of lm-eval is of a whole run.",
    ),
    "error.export_log_whole.hint": (
        "Уберите --where или пишите SQLite.",
        "Leave --where out, or write SQLite.",
    ),
    "cli.sql": (
        "SQL по прогонам (только чтение) и запросы за числами страниц",
        "SQL over runs (read only), and the statements behind a page's numbers",
    ),
    "cli.sql.more": (
        "Со своим запросом: без --run и --export он идёт к базе студии со всеми прогонами; с --run — к "
        "одному прогону, как будто "
        "он выгружен (представления v_samples, v_groups и другие, см. docs/schema.md); с двумя --run — к "
        "a.v_samples и "
        "b.v_samples; с --export — к выгруженному файлу. Писать нельзя. С --of печатает запросы, которые "
        "дают числа страницы, с "
        "её фильтром.",
        "With a statement: without --run and --export it goes to the studio's database with all runs; with "
        "--run, to a run "
        "as if exported (views v_samples, v_groups and others, see docs/schema.md); with two --run, to "
        "a.v_samples and "
        "b.v_samples; with --export, to an exported file. It cannot write. With --of it prints the "
        "statements that give a "
        "page's numbers, its filter included.",
    ),
    "cli.sql.cut": (
        "Показаны первые строки: {n}; остальные — с --limit.",
        "The first {n} rows are shown; the others with --limit.",
    ),
    "cli.sql.example": (
        "  python -m studio sql --run ПРОГОН \"SELECT * FROM v_groups WHERE grouping = 'prompt'\"\n"
        '  python -m studio sql --export run.sqlite "SELECT * FROM v_judge_health" --json\n'
        "  python -m studio sql --of inspect --run ПРОГОН --where 'em:0 js:1'",
        "  python -m studio sql --run RUN \"SELECT * FROM v_groups WHERE grouping = 'prompt'\"\n"
        '  python -m studio sql --export run.sqlite "SELECT * FROM v_judge_health" --json\n'
        "  python -m studio sql --of inspect --run RUN --where 'em:0 js:1'",
    ),
    "cli.option.sql_statement": ("запрос SELECT", "a SELECT statement"),
    "cli.option.sql_of": ("напечатать запросы страницы", "print the statements of a page"),
    "cli.option.sql_run": ("прогон (можно несколько раз)", "a run (may be repeated)"),
    "cli.option.sql_export": ("выгруженный файл вместо базы", "an exported file in place of the database"),
    "cli.option.sql_mark": (
        "по какой оценке сравнивать прогоны (--of compare)",
        "which score runs are compared by (--of compare)",
    ),
    "cli.option.sql_threshold": ("порог судьи (--of whatif)", "the judge's threshold (--of whatif)"),
    "cli.metavar.statement": ("ЗАПРОС", "STATEMENT"),
}
