"""The switches of the `studio` profile: what each does not mind or understands. Examples are in studio/metrics."""

TEXTS: dict[str, tuple[str, str]] = {
    "rule.stage.answer": ("Где в тексте ответ", "Where in the text the answer is"),
    "rule.stage.letter": ("Ответ буквой", "Answer by letter"),
    "rule.stage.text": ("Короткий ответ", "Short answer"),
    "rule.stage.loose": ("Послабления: в профиле выключены", "Looser readings: off in the profile"),
    "rule.visible": ("Невидимые знаки", "Invisible characters"),
    "rule.visible.says": (
        "Нулевые пробелы, метки направления и полноширинные знаки не мешают.",
        "Zero-width spaces, direction marks and full-width characters do not matter.",
    ),
    "rule.tags": ("Разметка HTML", "HTML tags"),
    "rule.tags.says": (
        "Теги и метки конца реплики снимаются; <ответ> — тоже маркер.",
        "Tags and end-of-turn marks come off; <answer> is a marker too.",
    ),
    "rule.marker": ("Слово ОТВЕТ", "The word ОТВЕТ"),
    "rule.marker.says": (
        "Ответ — то, что стоит после последнего ОТВЕТ заглавными.",
        "The answer is what follows the last ОТВЕТ in capitals.",
    ),
    "rule.title_marker": ("«Ответ:» в начале фразы", "“Ответ:” at the start of a sentence"),
    "rule.title_marker.says": (
        "Если заглавного нет, маркером служит «Ответ:» или «Итак, ответ —».",
        "Without a capital one, “Ответ:” or “Итак, ответ —” is the marker.",
    ),
    "rule.earlier_marker": ("Предыдущий маркер", "The marker before"),
    "rule.earlier_marker.says": (
        "Если после последнего маркера пусто, берётся предыдущий.",
        "If nothing follows the last marker, the one before it counts.",
    ),
    "rule.reasoning": ("Рассуждение после ответа", "Reasoning after the answer"),
    "rule.reasoning.says": (
        "Слово РАССУЖДЕНИЕ после ответа обрывает его.",
        "The word “РАССУЖДЕНИЕ” after the answer ends it.",
    ),
    "rule.thought": ("Мысли до </think>", "Thoughts before </think>"),
    "rule.thought.says": ("Мысли модели не в счёт.", "The model’s thoughts do not count."),
    "rule.look_alike": ("Буквы-двойники", "Look-alike letters"),
    "rule.look_alike.says": (
        "Кириллическая «А» и латинская A — одна буква.",
        "Cyrillic “А” and Latin A are one letter.",
    ),
    "rule.alphabet": ("«Б» рядом с A–D", "“Б” beside A–D"),
    "rule.alphabet.says": (
        "Эталон «Б» при латинских вариантах — это второй вариант.",
        "A gold “Б” beside Latin options is the second option.",
    ),
    "rule.prefix": ("Слова перед буквой", "Words before the letter"),
    "rule.prefix.says": (
        "«Вариант A», «правильный ответ A» — это A.",
        "“Вариант A”, “правильный ответ A” are A.",
    ),
    "rule.letter_and_text": ("Пояснение после буквы", "An explanation after the letter"),
    "rule.letter_and_text.says": (
        "После точки, скобки, тире или новой строки может стоять пояснение.",
        "An explanation may follow after a full stop, bracket, dash or new line.",
    ),
    "rule.letter_and_own_text": ("Буква и текст её варианта", "A letter with its option’s text"),
    "rule.letter_and_own_text.says": (
        "В точности свой вариант после буквы — и без разделителя.",
        "Exactly its own option may follow the letter, even without a delimiter.",
    ),
    "rule.borrowed": ("Буква в задаче с коротким ответом", "A letter in a short-answer task"),
    "rule.borrowed.says": (
        "Эталон из одной прописной буквы A–J читается как выбор варианта.",
        "A gold of one capital letter A–J is read as a choice.",
    ),
    "rule.option_text": ("Текст варианта вместо буквы", "An option’s text for its letter"),
    "rule.option_text.says": (
        "Ответ, в точности равный тексту одного варианта, — это его буква.",
        "An answer that is exactly the text of one option is its letter.",
    ),
    "rule.letter_inside_text": ("Буква без разделителя", "A letter without a delimiter"),
    "rule.letter_inside_text.says": (
        "Отдельная буква в начале текста — ответ, что бы за ней ни шло.",
        "A letter by itself at the start is the answer, whatever follows.",
    ),
    "rule.markup": ("Markdown и LaTeX", "Markdown and LaTeX"),
    "rule.markup.says": (
        "Выделение, заголовки, \\boxed и \\text снимаются.",
        "Emphasis, headings, \\boxed and \\text come off.",
    ),
    "rule.bullet": ("Маркер списка", "List bullet"),
    "rule.bullet.says": (
        "Тире или точка списка перед ответом не важны.",
        "A dash or bullet before the answer does not matter.",
    ),
    "rule.dashes": ("Вид тире", "Kinds of dash"),
    "rule.dashes.says": (
        "Дефис, минус и тире — один знак.",
        "Hyphen, minus and dashes are one sign.",
    ),
    "rule.quotes": ("Кавычки", "Quotes"),
    "rule.quotes.says": ("Кавычки и их вид не важны.", "Quotes and their kind do not matter."),
    "rule.edges": ("Знаки по краям", "Signs at the edges"),
    "rule.edges.says": (
        "Точка, «!», скобка, разметка и эмодзи по краям не важны.",
        "A full stop, “!”, bracket, markup or emoji at the edges does not matter.",
    ),
    "rule.spaces": ("Пробелы", "White space"),
    "rule.spaces.says": (
        "Сколько пробелов и переводов строк между словами, не важно.",
        "How many blanks and line breaks stand between words does not matter.",
    ),
    "rule.case": ("Регистр", "Case"),
    "rule.case.says": (
        "Прописные и строчные буквы — одно и то же.",
        "Capital and small letters are the same.",
    ),
    "rule.yo": ("ё и е", "ё and е"),
    "rule.yo.says": ("«ё» и «е» — одна буква.", "“ё” and “е” are one letter."),
    "rule.decimal_comma": ("Десятичная запятая", "Decimal comma"),
    "rule.decimal_comma.says": (
        "Запятая между цифрами — то же, что точка.",
        "A comma between digits is the same as a point.",
    ),
    "rule.thousands": ("Пробелы в числе", "Blanks in a number"),
    "rule.thousands.says": (
        "Пробелы между тройками цифр не важны.",
        "Blanks between groups of three digits do not matter.",
    ),
    "rule.spaced_signs": ("Пробел у знака числа", "A blank beside a number’s sign"),
    "rule.spaced_signs.says": (
        "Пробел перед % и после минуса не важен.",
        "A blank before % or after a minus does not matter.",
    ),
    "rule.first_line": ("Первая строка", "The first line"),
    "rule.first_line.says": (
        "После маркера ответом может быть одна первая строка.",
        "After a marker the first line alone may be the answer.",
    ),
    "rule.word": ("Слово «ответ» без двоеточия", "The word “ответ” without a colon"),
    "rule.word.says": (
        "«Ответ 5» — то же, что 5.",
        "“Ответ 5” is the same as 5.",
    ),
    "rule.punctuation": ("Знаки препинания внутри", "Punctuation inside"),
    "rule.punctuation.says": (
        "Знаки между словами не важны; знаки рядом с цифрами остаются.",
        "Signs between words do not matter; those beside digits stay.",
    ),
    "rule.twins": ("Двойники внутри слов", "Look-alikes inside words"),
    "rule.twins.says": (
        "Латинские двойники русских букв не важны и внутри слов.",
        "Latin twins of Russian letters do not matter inside words either.",
    ),
    "rule.number_words": ("Числа словами", "Numbers in words"),
    "rule.number_words.says": (
        "«двадцать пять» — то же, что 25, в любом падеже; до 999 999.",
        "“двадцать пять” is the same as 25, in any case; up to 999,999.",
    ),
    "rule.number_value": ("Значение числа", "The value of a number"),
    "rule.number_value.says": (
        "Числа сравниваются как величины, а не как запись.",
        "Numbers are compared as values, not as they are written.",
    ),
    "rule.units": ("Единицы", "Units"),
    "rule.units.says": (
        "Единица, названная только одной стороной, не важна.",
        "A unit that only one side names does not matter.",
    ),
    "rule.endings": ("Падежные окончания", "Case endings"),
    "rule.endings.says": (
        "Русские слова сравниваются в словарной форме (pymorphy3).",
        "Russian words are compared in their dictionary form (pymorphy3).",
    ),
    "rule.any_order": ("Порядок слов", "The order of words"),
    "rule.any_order.says": (
        "Те же слова в другом порядке — тот же ответ.",
        "The same words in another order are the same answer.",
    ),
    "rule.contains": ("Эталон внутри ответа", "Gold inside the answer"),
    "rule.contains.says": (
        "Достаточно, чтобы эталон стоял в ответе целыми словами.",
        "It is enough that gold stands in the answer as whole words.",
    ),
    "rule.tolerance": ("Допуск чисел", "Tolerance of numbers"),
    "rule.tolerance.says": (
        "Число верно, если отличается от эталона не больше чем на эту долю.",
        "A number is right if it differs from gold by at most this share of it.",
    ),
    "error.unknown_rule": ("Правила «{name}» нет.", "There is no rule “{name}”."),
    "error.unknown_rule.hint": ("Известны: {known}.", "Known: {known}."),
    "error.rule_not_bool": (
        "Правило «{name}» можно только включить или выключить.",
        "The rule “{name}” can only be on or off.",
    ),
    "error.rule_needs_library": (
        "Для правила «{name}» нужна библиотека {library}, а её нет.",
        "The rule “{name}” needs the library {library}, which is not installed.",
    ),
    "error.rule_needs_library.hint": (
        "Установите её: pip install pymorphy3 pymorphy3-dicts-ru.",
        "Install it: pip install pymorphy3 pymorphy3-dicts-ru.",
    ),
    "error.scorer_name": ("«{name}» не годится в имя версии.", "“{name}” is no name for a version."),
    "error.scorer_name_profile": (
        "«{name}» уже значит другое: так зовут сами правила, а не их версию.",
        "“{name}” means something else already: the rules themselves, not a version of them.",
    ),
    "error.scorer_name_profile.hint": ("Возьмите другое имя.", "Take another name."),
    "error.scorer_name.hint": (
        "Имя: до 40 букв, цифр, «-» и «_», первой буква или цифра.",
        "A name is up to 40 letters, digits, “-” and “_”, a letter or digit first.",
    ),
}
