"""Texts of the fields in which an annotator answers: numbers, and the JSON of an intent with its slots."""

TEXTS: dict[str, tuple[str, str]] = {
    # the size of the letters
    "answer.type": ("Размер текста", "Size of the text"),
    "answer.type.less": ("Мельче", "Smaller"),
    "answer.type.more": ("Крупнее", "Larger"),
    "answer.type.said": ("Размер текста: {n} из 3", "Size of the text: {n} of 3"),
    # a dialogue
    "answer.earlier": ("Раньше в этом диалоге", "Earlier in this dialogue"),
    "answer.earlier.turn": ("Реплика {n}", "Turn {n}"),
    "answer.earlier.you": ("Вы ответили:", "You answered:"),
    "answer.earlier.none": ("Вы на неё не отвечали", "You did not answer it"),
    # a number
    "answer.number": ("Ваш ответ: число", "Your answer: a number"),
    "answer.number.empty": ("Напишите число или пропустите вопрос.", "Write a number, or skip the question."),
    "answer.number.doubt": (
        "Похоже, не число. Если так и задумано, отправляйте: уйдёт то, что написано.",
        "This does not look like a number. If it is meant so, submit it: it is sent as written.",
    ),
    "answer.number.minus": ("Минус", "Minus"),
    "answer.number.letters": ("Буквенная клавиатура", "Keyboard of letters"),
    "answer.number.digits": ("Цифровая клавиатура", "Keyboard of digits"),
    # an intent and its slots
    "answer.frame.intent": ("Намерение", "Intent"),
    "answer.frame.intent.place": ("например, PlayMusic", "for instance, PlayMusic"),
    "answer.frame.slots": ("Слоты", "Slots"),
    "answer.frame.slots.note": ("пустые поля не отправляются", "empty fields are not sent"),
    "answer.frame.first": ("Сначала выберите намерение.", "Choose an intent first."),
    "answer.frame.none": ("У этого намерения слотов нет.", "This intent has no slots."),
    "answer.frame.type": ("Название слота", "Name of a slot"),
    "answer.frame.type.place": ("название", "name"),
    "answer.frame.value": ("Значение слота", "Value of a slot"),
    "answer.frame.value.place": ("значение", "value"),
    "answer.frame.more": ("Ещё один {type}", "One more {type}"),
    "answer.frame.less": ("Убрать {type}", "Remove {type}"),
    "answer.frame.less.free": ("Убрать слот", "Remove the slot"),
    "answer.frame.add": ("Добавить слот", "Add a slot"),
    "answer.frame.json": ("JSON, который уйдёт", "The JSON that is sent"),
    "answer.frame.json.note": (
        "можно вставить или поправить, форма его прочтёт",
        "may be pasted or mended, the form reads it",
    ),
    "answer.frame.aside": (
        "Убрано: {types}. У этого намерения таких слотов нет, но если вернуть прежнее, они вернутся.",
        "Put aside: {types}. This intent has no such slots; choose the former one, and they are back.",
    ),
    "answer.frame.foreign": (
        "В задании у намерения {intent} нет слотов: {types}. Они уйдут как написано.",
        "The task lists no such slots of {intent}: {types}. They are sent as written.",
    ),
    "answer.frame.unknown": (
        "В задании нет намерения «{intent}». Оно уйдёт как написано.",
        "The task lists no intent “{intent}”. It is sent as written.",
    ),
    # what is amiss
    "answer.frame.empty": (
        "Выберите намерение или пропустите вопрос.",
        "Choose an intent, or skip the question.",
    ),
    "answer.frame.empty.free": (
        "Напишите намерение или пропустите вопрос.",
        "Write an intent, or skip the question.",
    ),
    "answer.frame.empty.type": (
        "У слота «{value}» нет названия: допишите его или уберите слот.",
        "The slot “{value}” has no name: write it, or remove the slot.",
    ),
    "answer.frame.empty.value": (
        "Слот «{type}» пуст: заполните его или уберите.",
        "The slot “{type}” is empty: fill it in, or remove it.",
    ),
    "answer.frame.at": (
        "JSON, строка {line}, место {column}: {what}",
        "JSON, line {line}, column {column}: {what}",
    ),
    "answer.frame.whole": ("JSON: {what}", "JSON: {what}"),
    "answer.fault.end": (
        "текст оборвался, закройте скобки и кавычки.",
        "the text breaks off, close the brackets and quotes.",
    ),
    "answer.fault.quote": ("кавычка открыта и не закрыта.", "a quote is opened and not closed."),
    "answer.fault.quotes": ('нужна прямая двойная кавычка ".', 'a straight double quote " is needed.'),
    "answer.fault.key": ('здесь ждали имя в кавычках "…".', 'a name in quotes "…" was expected here.'),
    "answer.fault.colon": ("после имени нужно двоеточие.", "a colon is needed after the name."),
    "answer.fault.comma": (
        "здесь ждали запятую или закрывающую скобку.",
        "a comma or a closing bracket was expected.",
    ),
    "answer.fault.value": (
        "здесь ждали значение, например строку в кавычках.",
        "a value was expected here, for instance a text in quotes.",
    ),
    "answer.fault.control": (
        "перевод строки внутри кавычек: уберите его.",
        "a line break inside quotes: take it out.",
    ),
    "answer.fault.escape": (
        "после обратной косой черты стоит не то: напишите \\\\, если нужна она сама.",
        "what follows the backslash is not known: write \\\\ for the sign itself.",
    ),
    "answer.fault.deep": ("слишком много вложенных скобок.", "too many brackets within brackets."),
    "answer.fault.after": ("лишнее после закрывающей скобки.", "something stands after the closing bracket."),
    "answer.fault.object": (
        'ответ — объект в фигурных скобках, в нём "intent" и "slots".',
        'the answer is an object in braces, with "intent" and "slots" in it.',
    ),
    "answer.fault.intent": (
        'нужен "intent", его значение — текст в кавычках.',
        '"intent" is needed, a text in quotes.',
    ),
    "answer.fault.slots": (
        'нужен "slots", его значение — список в квадратных скобках.',
        '"slots" is needed, a list in brackets.',
    ),
    "answer.fault.slot": (
        "слот {n} записан не так: нужен объект в фигурных скобках, тип и значение.",
        "slot {n} is of another form: an object in braces is needed, a type and a value.",
    ),
    "answer.fault.text": (
        "у слота {n} ({type}) значение должно быть текстом в кавычках.",
        "the value of slot {n} ({type}) has to be a text in quotes.",
    ),
}
