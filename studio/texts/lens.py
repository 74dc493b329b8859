"""The extraction lens: how an answer was read, step by step, and what differs from gold."""

TEXTS: dict[str, tuple[str, str]] = {
    "lens.title": ("Как EM прочёл ответ", "How EM read the answer"),
    "lens.raw": ("Ответ целиком", "The whole answer"),
    "lens.cut": ("Вырезано", "Cut out"),
    "lens.form": ("Приведено к виду", "Brought to a form"),
    "lens.compared": ("Сравнение", "Comparison"),
    "lens.answer": ("ответ", "answer"),
    "lens.gold": ("эталон", "gold"),
    "lens.equal": ("равны", "equal"),
    "lens.differ": ("различаются", "differ"),
    "lens.decided": ("решило", "decided"),
    "lens.as_is": ("Сравнено как есть", "Compared as it is"),
    "lens.diff": ("По словам", "Word by word"),
    "lens.remarks": ("Что легко не заметить", "Easily overlooked"),
    "lens.invisible": (
        "В ответе есть невидимые знаки: {codes}.",
        "The answer holds invisible characters: {codes}.",
    ),
    "lens.odd_space": (
        "В ответе неразрывный или иной необычный пробел.",
        "The answer holds a no-break or another unusual space.",
    ),
    "lens.twin_in_answer": (
        "«{letter}» здесь кириллическая, в эталоне латинская.",
        "“{letter}” is Cyrillic here and Latin in gold.",
    ),
    "lens.twin_in_gold": (
        "«{letter}» здесь латинская, в эталоне кириллическая.",
        "“{letter}” is Latin here and Cyrillic in gold.",
    ),
    "lens.mixed_word": (
        "В слове «{word}» смешаны латинские и русские буквы.",
        "The word “{word}” mixes Latin and Russian letters.",
    ),
    "lens.case": ("Разница только в регистре.", "Only the case differs."),
    "lens.yo": ("Разница только в «ё» и «е».", "Only “ё” and “е” differ."),
    "lens.number_written": (
        "Число то же, запись другая: {answer} и {gold}.",
        "The same number, written otherwise: {answer} and {gold}.",
    ),
    "lens.number_sign": (
        "Числа различаются знаком: {answer} и {gold}.",
        "The numbers differ in sign: {answer} and {gold}.",
    ),
    "lens.number_unit": (
        "Число то же, единица другая: {answer} и {gold}.",
        "The same number, another unit: {answer} and {gold}.",
    ),
    "lens.ending": (
        "Похоже, то же слово с другим окончанием: «{answer}» и «{gold}».",
        "It seems the same word with another ending: “{answer}” and “{gold}”.",
    ),
    "lens.more_words": (
        "Эталон стоит в ответе, но рядом ещё слова: {n}.",
        "Gold stands in the answer, beside further words: {n}.",
    ),
    "lens.whatif": ("Что если правила другие?", "What if the rules were others?"),
}
