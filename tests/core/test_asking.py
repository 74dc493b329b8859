"""What kind of answer a question asks for is read from its words."""

import json

import pytest

from studio.core.asking import asks_for, intents_in
from studio.core.task import AnswerType
from studio.prompts.blocks import ANSWER_FORMATS, ANSWER_NOUNS

LISTED = """Список доступных намерений с соответствующими слотами в формате намерение: [список слотов].
RateBook: [best_rating, object_name, rating_value]
weather/find: [datetime, location, weather/attribute]
alarm/time_left_on_alarm: []

Ответ должен быть в формате валидного json, по схеме: {"intent": "выбранный из списка intent", "slots": [{"тип слота":
"значение слота"}]}. Слова в слотах — как в аудио, цифры должны быть записаны текстом."""


def asked(prompt: str, answer_type: AnswerType = "short") -> str:
    return asks_for(answer_type, {}, prompt)


@pytest.mark.parametrize("wording", ANSWER_FORMATS.values())
@pytest.mark.parametrize(("noun", "kind"), [("number", "number"), ("short", "short")])
def test_every_wording_of_the_block_prompts_is_understood(wording: str, noun: str, kind: str) -> None:
    assert (
        asked(f"Изображение: <image>\nВопрос:\nСколько фигур?\n\n{wording.format(**ANSWER_NOUNS[noun])}")
        == kind
    )


@pytest.mark.parametrize(
    "prompt",
    [
        "В ответе напишите только число.",
        "Запишите ответ одним целым числом в см$^2$ без указания единиц измерения.",
        "Ответ округлите до десятых и запишите десятичной дробью.",
        "Сколько шагов?\nОтвет дайте цифрой",
    ],
)
def test_a_request_for_a_number_is_seen(prompt: str) -> None:
    assert asked(prompt) == "number"


@pytest.mark.parametrize(
    "prompt",
    [
        "Сколько на картинке людей?",
        "Ответом является одна цифра или одно слово в начальной форме.",
        "Ответь одним словом, употребив начальную форму этого слова, или числом, используя цифры для его записи.",
        "Слова должны быть в той же форме, что и в аудио, цифры должны быть записаны текстом.",
        "Найдите сумму чисел. Ответ запишите формулой.",
        "Напишите числа через запятую.",
        "На картинке число 5. Какого оно цвета?",
        "Ответ запишите одним словом. В слове пять букв.",
    ],
)
def test_where_words_would_do_the_field_takes_words(prompt: str) -> None:
    assert asked(prompt) == "short"


def test_options_are_chosen_from_whatever_the_task_calls_its_answers() -> None:
    options = {"A": "да", "B": "нет"}
    assert asks_for("short", options, "Ответ — число") == "letter"
    assert asks_for("letter", {"A": "да"}, "Ответ — число") == "short"


def test_a_frame_is_asked_for_by_the_form_of_its_json() -> None:
    assert asked(LISTED) == "frame"
    assert asked("Верни {'intent': '…', 'slots': []}") == "frame"
    assert asked("Какое намерение (intent) и какие слоты (slots) у запроса?") == "short"


def test_intents_and_slots_are_those_that_the_text_lists() -> None:
    assert intents_in(LISTED) == {
        "RateBook": ("best_rating", "object_name", "rating_value"),
        "weather/find": ("datetime", "location", "weather/attribute"),
        "alarm/time_left_on_alarm": (),
    }


@pytest.mark.parametrize("text", ["", "Слоты: [a, b]", json.dumps({"intent": "x", "slots": [{"a": "б"}]})])
def test_a_text_without_a_list_gives_none(text: str) -> None:
    assert intents_in(text) == {}
