"""The wording of every block in every style it is used in: prompts are data in plain view.

Slots in angle quotes of Python's `str.format` are filled when an instruction is built: `about`
(what the questions are about, "о фигурах на картинке"), `context` (facts about the task) and
`n_media` (the counting sentence). The texts are our own.
"""

from __future__ import annotations

from typing import Final

from studio.prompts.configurations import Style

S = Style

BLOCKS: Final[dict[str, dict[Style, str]]] = {
    "attention_hook": {
        S.FORMAL_REQUEST: "Здравствуйте! Прошу Вашего внимания.",
        S.INFORMAL_REQUEST: "Привет! Помоги, пожалуйста, с одним вопросом.",
        S.INFORMAL_ORDER: "Слушай внимательно.",
        S.IMPERSONAL_ORDER: "Внимание: перед выполнением прочитать задание целиком.",
        S.IMPERSONAL_FACT: "Далее приводится задание.",
        S.IMPERSONAL_REQUEST: "Просьба отнестись к заданию внимательно.",
        S.INFORMAL_TECHNICAL: "Твоя роль: помощник, который отвечает на вопросы по файлам.",
    },
    "task_description": {
        S.FORMAL_REQUEST: "Пожалуйста, ответьте на вопрос {about}.",
        S.INFORMAL_REQUEST: "Нужно ответить на вопрос {about}, справишься?",
        S.FORMAL_WISH: "Хотелось бы получить от Вас ответ на вопрос {about}.",
        S.INFORMAL_ORDER: "Ответь на вопрос {about}.",
        S.IMPERSONAL_FACT: "В задании проверяется умение отвечать на вопросы {about}.",
        S.IMPERSONAL_REQUEST: "Требуется ответить на вопрос {about}.",
    },
    "input_data": {S.DEFAULT: "{n_media}."},
    "processing_data": {
        S.INFORMAL_REQUEST: "Рассмотри, пожалуйста, всё, что дано.",
        S.FORMAL_WISH: "Было бы хорошо, если бы Вы изучили данные до конца.",
        S.IMPERSONAL_REQUEST: "Просьба изучить данные полностью.",
        S.INFORMAL_TECHNICAL: "Обработай файл и найди в нём нужное.",
    },
    "context_intro": {S.IN_DATASET: "Что известно заранее:"},
    "task_context": {S.DEFAULT: "{context}"},
    "solution_motivation": {
        S.FORMAL_REQUEST: "Пожалуйста, решите задачу по шагам.",
        S.INFORMAL_REQUEST: "Попробуй, пожалуйста, решить по шагам.",
        S.IMPERSONAL_ORDER: "Решать по шагам.",
        S.INFORMAL_TECHNICAL: "Решай задачу по шагам.",
    },
    "reasoning_motivation": {
        S.FORMAL_REQUEST: "Просим Вас сначала объяснить ход мысли.",
        S.INFORMAL_REQUEST: "Расскажи сначала, что ты замечаешь.",
        S.INFORMAL_ORDER: "Сначала рассуждай.",
        S.IMPERSONAL_ORDER: "Сначала привести рассуждения.",
        S.INFORMAL_TECHNICAL: "Сначала опиши наблюдения.",
    },
    "reasoning_format": {
        S.FORMAL_REQUEST: "Запишите объяснение после слова РАССУЖДЕНИЕ.",
        S.INFORMAL_REQUEST: "Начни объяснение со слова РАССУЖДЕНИЕ.",
        S.INFORMAL_ORDER: "Пиши мысли после слова РАССУЖДЕНИЯ.",
        S.IMPERSONAL_ORDER: "Ход мысли записать после слова РАССУЖДЕНИЯ.",
        S.INFORMAL_TECHNICAL: "Формат: слово РАССУЖДЕНИЕ, затем наблюдения.",
    },
    "limitations": {
        S.INFORMAL_REQUEST: "Времени хватит, но не тяни.",
        S.INFORMAL_ORDER: "Уложись в одну минуту.",
        S.IMPERSONAL_ORDER: "Время ограничено.",
        S.IMPERSONAL_REQUEST: "Желательно не тратить много времени.",
    },
    "answer_motivation": {
        S.INFORMAL_REQUEST: "Жду твоего ответа!",
        S.INFORMAL_ORDER: "Отвечай.",
        S.IMPERSONAL_ORDER: "Дать ответ.",
        S.INFORMAL_TECHNICAL: "Выведи результат.",
    },
}

# What to write after the word ОТВЕТ, by kind of answer.
ANSWER_NOUNS: Final[dict[str, dict[str, str]]] = {
    "letter": {"accusative": "букву верного варианта", "nominative": "буква верного варианта"},
    "number": {"accusative": "число цифрами", "nominative": "число цифрами"},
    "short": {"accusative": "одно слово", "nominative": "одно слово"},
}

ANSWER_FORMATS: Final[dict[Style, str]] = {
    S.FORMAL_REQUEST: "Пожалуйста, укажите {accusative} через пробел после слова ОТВЕТ.",
    S.INFORMAL_REQUEST: "Потом напиши слово ОТВЕТ, пробел и {accusative}, ладно?",
    S.FORMAL_WISH: "Хотелось бы увидеть слово ОТВЕТ и через пробел {accusative}.",
    S.INFORMAL_ORDER: "Напиши слово ОТВЕТ, пробел и {accusative}.",
    S.IMPERSONAL_ORDER: "Записать слово ОТВЕТ, пробел и {accusative}.",
    S.IMPERSONAL_FACT: "После слова ОТВЕТ через пробел записывается {nominative}.",
    S.IMPERSONAL_REQUEST: "Просьба записать слово ОТВЕТ и через пробел {accusative}.",
    S.INFORMAL_TECHNICAL: "Последняя строка: слово ОТВЕТ, пробел, {nominative}.",
}
