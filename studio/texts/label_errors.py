"""Texts of errors of labelling: what cannot be labelled, drawn or read from a file, and what to do instead."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.scores_sealed": (
        "Оценки скрыты, пока нет вашей метки, а этот отбор идёт по ним и выдал бы их.",
        "Scores are hidden until you have labelled, and this filter goes by them: it would tell them.",
    ),
    "error.label_no_answer": (
        "У этого вопроса нет ответа, поэтому и размечать нечего.",
        "This question has no answer, so there is nothing to label.",
    ),
    "error.label_no_answer.hint": (
        "Доспросите модель (resume) и вернитесь к нему.",
        "Ask the model again (resume) and come back to it.",
    ),
    "error.label_no_reviewer": (
        "Не сказано, кто размечает: нужно имя, не длиннее {most} знаков.",
        "Nobody is said to be labelling: a name is needed, of {most} characters at most.",
    ),
    "error.group_no_author": (
        "Не сказано, кто правит группы: у --reviewer нужно имя, не длиннее {most} знаков.",
        "Nobody is said to be editing the groups: --reviewer takes a name, of {most} characters at most.",
    ),
    "error.group_no_author.hint": (
        "Без --reviewer встанет имя пользователя системы.",
        "Without --reviewer the name of the system’s user is kept.",
    ),
    "error.unknown_verdict": ("Нет вердикта «{name}».", "There is no verdict “{name}”."),
    "error.unknown_verdict.hint": ("Известны: {known}.", "Known: {known}."),
    "error.unknown_label": ("Нет отбора по меткам «{name}».", "There is no filter by label “{name}”."),
    "error.unknown_label.hint": ("Известны: {known}.", "Known: {known}."),
    "error.label_note_length": (
        "Заметка в {n} знаков слишком длинна: можно до {most}.",
        "A note of {n} characters is too long: up to {most} are allowed.",
    ),
    "error.label_tags": (
        "Слишком много меток-тегов или слишком длинный тег: до {most} тегов, до {length} знаков каждый.",
        "Too many tags, or one too long: up to {most} tags of up to {length} characters each.",
    ),
    "error.label_incomplete": (
        "Чтобы поставить метку, назовите номер вопроса и вердикт.",
        "To label, name the question's number and a verdict.",
    ),
    "error.label_incomplete.hint": (
        "Например: label ПРОГОН 12 right. Забрать последнюю метку: label ПРОГОН --undo.",
        "For example: label RUN 12 right. To take the last label back: label RUN --undo.",
    ),
    "error.unknown_three_way": ("Нет разбивки «{name}».", "There is no grouping “{name}”."),
    "error.unknown_three_way.hint": ("Известны: {known}.", "Known: {known}."),
    "error.criteria_length": (
        "Критерии должны занимать от 1 до {most} знаков, а в тексте их {n}.",
        "Criteria should be of 1 to {most} characters; the text has {n}.",
    ),
    "error.draw_run_active": (
        "Прогон {run} ещё идёт: выборка из части ответов не была бы выборкой из прогона.",
        "The run {run} goes on: a draw from a part of its answers would be no draw from the run.",
    ),
    "error.draw_run_active.hint": (
        "Дождитесь конца или остановите прогон.",
        "Wait for its end, or stop it.",
    ),
    "error.draw_size": (
        "Случайных ответов может быть от 1 до {most}, а просят «{value}».",
        "A draw takes from 1 to {most} random answers, and “{value}” is asked for.",
    ),
    "error.draw_size.hint": ("Впишите целое число, например 100.", "Give a whole number, such as 100."),
    "error.draw_no_size": ("Сколько случайных ответов выбрать?", "How many random answers are to be drawn?"),
    "error.draw_no_size.hint": ("Впишите целое число, например 100.", "Give a whole number, such as 100."),
    "error.draw_nothing": (
        "Не из чего выбирать: под отбор в прогоне {run} не подходит ни один ответ.",
        "Nothing to draw from: no answer of the run {run} passes the filter.",
    ),
    "error.draw_of_draw": (
        "Выборка из выборки не делается.",
        "A draw is not drawn from another draw.",
    ),
    "error.draw_of_draw.hint": (
        "Сделайте новую выборку нужного размера: с тем же seed меньшая целиком войдёт в большую.",
        "Make a new draw of the size you need: with the same seed the larger holds the smaller one.",
    ),
    "error.labels_file": (
        "Файл меток {file} не читается: {reason}.",
        "The file of labels {file} cannot be read: {reason}.",
    ),
    "error.labels_file.hint": (
        "Нужен CSV или JSONL в UTF-8 с полями task, sample, reviewer, verdict.",
        "It should be CSV or JSONL in UTF-8 with the fields task, sample, reviewer, verdict.",
    ),
    "error.labels_file_large": (
        "Файл {file} больше {most} МБ.",
        "The file {file} is larger than {most} MB.",
    ),
    "error.labels_file_row": (
        "В строке {row} файла {file} не хватает: {names}.",
        "Line {row} of {file} lacks: {names}.",
    ),
    "error.labels_file_row.hint": (
        "Ничего не добавлено. Исправьте строку и повторите.",
        "Nothing was added. Mend the line and try again.",
    ),
}
