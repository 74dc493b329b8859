"""Texts of single tools' logs: lmms-eval, Inspect, EvalScope, VLMEvalKit."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- what became of a sample
    "error.log_tool_error": (
        "Ответа нет, {tool} записал ошибку: {message}",
        "There is no answer, {tool} logged an error: {message}",
    ),
    "error.log_limit": (
        "Ответа нет: сработал лимит «{kind}» ({limit}).",
        "There is no answer: the limit “{kind}” ({limit}) was reached.",
    ),
    "error.log_no_text": ("Ответа текстом в журнале нет.", "The log holds no answer in words."),
    "error.log_left_out": (
        "Запрос не удался: {tool} такие записи в журнал не пишет, а только считает их.",
        "The request failed: {tool} counts such records, and does not write them down.",
    ),
    # --- files that do not fit together
    "error.log_no_pair": (
        "{file}, строка {row}: записи «{key}» нет в {other}.",
        "{file}, row {row}: the record “{key}” is not in {other}.",
    ),
    "error.log_no_pair.hint": (
        "Похоже, файлы от разных прогонов или один из них неполон.",
        "The files are probably of different runs, or one of them is not whole.",
    ),
    "error.log_no_reviews": (
        "Задача {task}: к {file} нет файла в reviews, эталоны и оценки EvalScope неизвестны.",
        "The task {task}: there is nothing in reviews for {file}, so gold and EvalScope's scores are not known.",
    ),
    "error.log_no_predictions": (
        "Задача {task}: к {file} нет файла в predictions, ответы взяты из самих оценок.",
        "The task {task}: there is nothing in predictions for {file}, the answers are those that its reviews quote.",
    ),
    "error.log_no_predictions_at_all": (
        "Ответов модели нет: есть только {file}.",
        "There are no answers of a model, only {file}.",
    ),
    "error.log_no_predictions_at_all.hint": (
        "Добавьте файлы с ответами: predictions и reviews у EvalScope, таблицу «модель_задача» у VLMEvalKit.",
        "Add the files with answers: predictions and reviews of EvalScope, the table “model_task” of VLMEvalKit.",
    ),
    # --- Inspect
    "error.log_zip_cut": (
        "Журнал {file} неполон, его оглавление не читается: {reason}.",
        "The log {file} is not whole, its directory cannot be read: {reason}.",
    ),
    "error.log_zip_cut.hint": (
        "Файл не докопирован, или Inspect ещё пишет его. Возьмите его целиком.",
        "It was not copied to its end, or Inspect is still writing it. Take the whole of it.",
    ),
    "error.log_member_broken": (
        "{file}: запись {member} повреждена: {reason}.",
        "{file}: the record {member} is damaged: {reason}.",
    ),
    "error.log_inspect_no_header": (
        "В {file} нет ни header.json, ни _journal/start.json: неизвестно, чей это прогон.",
        "{file} has neither header.json nor _journal/start.json: nothing tells what was run.",
    ),
    "error.log_member_form": (
        "{file}: в {member} нужен {expected}, а там {found}.",
        "{file}: {member} should be a {expected}, and is a {found}.",
    ),
    "error.log_inspect_status": (
        "Прогон Inspect не закончен ({file}, состояние {status}): здесь то, что он успел.",
        "The run of Inspect did not end ({file}, status {status}): here is what it had done.",
    ),
    # --- EvalScope
    "error.log_not_yaml": ("{file} — не YAML: {reason}.", "{file} is not YAML: {reason}."),
    # --- VLMEvalKit
    "error.log_columns": (
        "В таблице {file} нет столбцов {needed}; есть {found}.",
        "The table {file} lacks the columns {needed}; it has {found}.",
    ),
    "error.log_columns.hint": (
        "Нужна таблица с ответами, которую VLMEvalKit называет «модель_задача».",
        "What is needed is the table of predictions, which VLMEvalKit calls “model_task”.",
    ),
    "error.log_other_table": (
        "Таблица {file} пропущена: ответов в ней нет.",
        "The table {file} was left out: it holds no predictions.",
    ),
    "error.log_table_row": (
        "{file}, строка {row}: ячеек {found}, а столбцов другое число.",
        "{file}, row {row}: {found} cells, which is not the number of columns.",
    ),
    "error.log_xlsx_broken": (
        "Таблица {file} не открывается: {reason}.",
        "The table {file} cannot be opened: {reason}.",
    ),
    "error.log_xlsx_broken.hint": (
        "Похоже, файл не докопирован. Возьмите его целиком.",
        "It was probably not copied to its end. Take the whole of it.",
    ),
    "logs.found.answer.cell": (
        "ответ не поместился в ячейку Excel (32 767 знаков), его конец потерян",
        "the answer did not fit a cell of Excel (32,767 characters), its end is lost",
    ),
}
