"""Texts of the reasons that failures have: patterns by name, and the command `reasons`."""

TEXTS: dict[str, tuple[str, str]] = {
    "reason.trait.empty": ("пустой ответ", "an empty answer"),
    "reason.trait.cut": ("ответ обрезан", "the answer was cut"),
    "reason.trait.refused": ("отказ отвечать", "a refusal to answer"),
    "reason.trait.judge_against": (
        "EM засчитал, судья против",
        "EM accepted, the judge did not",
    ),
    "reason.trait.letter_text": ("буква с текстом варианта", "a letter with its option's text"),
    "reason.trait.option_text": ("текст варианта вместо буквы", "an option's text instead of its letter"),
    "reason.trait.several_letters": ("несколько букв", "several letters"),
    "reason.trait.other_letter": ("другая буква", "another letter"),
    "reason.trait.number_words": ("число словами", "a number in words"),
    "reason.trait.unit": ("число с единицей измерения", "a number with its unit"),
    "reason.trait.number_written": ("то же число, записанное иначе", "the same number written otherwise"),
    "reason.trait.number_other": ("другое число", "another number"),
    "reason.trait.look_alike": ("похожие буквы другого алфавита", "look-alike letters of another alphabet"),
    "reason.trait.ending": ("другое окончание слова", "another ending of the word"),
    "reason.trait.spelling": ("регистр или «ё»", "letter case or ё"),
    "reason.trait.extra_words": ("лишние слова", "extra words"),
    "reason.trait.fewer_words": ("не хватает слов", "words are missing"),
    "reason.trait.language": ("другой язык", "another language"),
    "reason.words": ("слова: {words}", "words: {words}"),
    "reason.other": ("остальное", "the rest"),
    "cli.reasons": (
        "Объясняет, почему ответы не сошлись: группы, которые называют себя сами.",
        "Explains why answers fail: groups that name themselves.",
    ),
    "cli.reasons.more": (
        "Берутся ответы, где EM и судья разошлись, и ответы с заметками людей; --where выбирает другие. Несколько\n"
        "прогонов делятся на общие группы. Одни и те же ответы и --seed дают одни и те же группы.\n"
        "Сохранённые (--keep) показываются как есть, с правками людей, пока не названы другие настройки.",
        "Taken are the answers on which EM and the judge disagree and those that people left notes on; --where\n"
        "chooses others. Several runs fall into common groups. The same answers and --seed give the same groups.\n"
        "Kept ones (--keep) are shown as they are, with people's edits, unless other settings are named.",
    ),
    "cli.reasons.example": (
        "  python -m studio reasons r1121-5f2a9c --keep\n"
        "  python -m studio reasons r1121-5f2a9c r1121-77aa10 --where 'em:0 type:short' --groups 8",
        "  python -m studio reasons r1121-5f2a9c --keep\n"
        "  python -m studio reasons r1121-5f2a9c r1121-77aa10 --where 'em:0 type:short' --groups 8",
    ),
    "cli.option.runs_explained": ("прогоны, от 1 до 6", "runs, from 1 to 6"),
    "cli.option.groups": ("не больше N групп", "at most N groups"),
    "cli.option.seed_groups": ("зерно, от которого зависит деление", "the seed that the grouping depends on"),
    "cli.reasons.none": (
        "Нечего объяснять: под отбор не подходит ни один ответ.",
        "There is nothing to explain: no answer matches.",
    ),
    "cli.reasons.tasks": ("задачи", "tasks"),
    "cli.reasons.more_tasks": ("ещё задач: {n}", "further tasks: {n}"),
    "cli.reasons.models": ("модели", "models"),
    "cli.reasons.rule": ("правило, которое решило", "the rule that decided"),
    "cli.reasons.quiet": (
        "Ничего нового в последних метках: {quiet} из {n}.",
        "Nothing new in the latest labels: {quiet} of {n}.",
    ),
    "error.reasons_runs": (
        "Причины ищут в прогонах числом от 1 до {most}, а названо разных: {n}.",
        "Reasons are looked for in 1 to {most} runs, and {n} different ones are named.",
    ),
    "error.reasons_many": (
        "Под отбор подходит ответов: {n}. Сгруппировать можно до {most}.",
        "{n} answers match; up to {most} can be grouped.",
    ),
    "error.reasons_many.hint": ("Сузьте отбор: --where.", "Narrow the choice: --where."),
}
