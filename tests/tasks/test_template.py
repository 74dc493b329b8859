"""How an instruction is filled: slots, absent options, media in their places."""

from pathlib import Path

import pytest

from studio.core.content import Media, Text, media_of, text_of
from studio.tasks import fill


def medium(key: str) -> Media:
    return Media(key.partition("_")[0], key, Path(f"{key}.bin"), "0" * 64)  # type: ignore[arg-type]


def filled_text(template: str, texts: dict[str, str], absent: tuple[str, ...] = ()) -> str:
    return text_of(fill(template, texts, absent, []).message)


@pytest.mark.parametrize(
    ("template", "texts", "expected"),
    [
        ("Вопрос: {question}", {"question": "Кто?"}, "Вопрос: Кто?"),
        ("{question} {question}", {"question": "да"}, "да да"),
        ("{question}", {"question": "{option_a} {{x}}", "option_a": "нет"}, "{option_a} {{x}}"),
        ("{{{question}}}", {"question": "да"}, "{да}"),
        ('Ответ: {{"intent": "…"}}\n{question}', {"question": "да"}, 'Ответ: {"intent": "…"}\nда'),
        ('Ответ: {"intent": {"a": 1}}\n{question}', {"question": "да"}, 'Ответ: {"intent": {"a": 1}}\nда'),
        ("одна { скобка, {question}", {"question": "да"}, "одна { скобка, да"),
        ("{} {0} {question}", {"question": "да"}, "{} {0} да"),
        ("{context}\n{question}", {"context": "", "question": "да"}, "\nда"),
        ("{вопрос}", {"вопрос": "да"}, "да"),
    ],
)
def test_slots_take_their_values_and_braces_in_values_mean_nothing(template, texts, expected):
    filled = fill(template, texts, [], [])
    assert (text_of(filled.message), filled.problem) == (expected, None)


@pytest.mark.parametrize("slot", ["{question.__class__}", "{question[0]}", "{question!r}", "{question:>10}"])
def test_a_slot_that_reaches_into_a_value_is_a_problem_and_is_not_followed(slot):
    filled = fill(f"Скажи: {slot}", {"question": "секрет"}, [], [])
    assert filled.problem is not None and filled.problem.code == "unknown_slot"
    assert text_of(filled.message) == f"Скажи: {slot}"


def test_a_slot_without_a_value_is_a_problem_that_names_it():
    filled = fill("{question} {hint} {hint}", {"question": "да"}, [], [])
    assert filled.problem is not None
    assert filled.problem.values == {"slots": "{hint}", "known": "{question}"}


OPTIONS = "Вопрос\nA. {option_a}\nB. {option_b}\nC. {option_c}\nD. {option_d}\nОтвет:"


@pytest.mark.parametrize(
    ("template", "texts", "absent", "expected"),
    [
        (
            OPTIONS,
            {"option_a": "да", "option_b": "нет"},
            ("option_c", "option_d"),
            "Вопрос\nA. да\nB. нет\nОтвет:",
        ),
        (OPTIONS, {"option_a": "да", "option_b": "нет"}, (), "Вопрос\nA. да\nB. нет\nОтвет:"),
        ("A. {option_a}, B. {option_b}, C. {option_c}", {"option_a": "1", "option_b": "2"}, (), "A. 1, B. 2"),
        ("A. {option_a}; B. {option_b}", {"option_b": "2"}, (), "B. 2"),
        ("Пояснение:\n{context}\n\nВопрос:\n{question}", {"question": "да"}, ("context",), "\nВопрос:\nда"),
        ("{question}\nВарианты:\nA. {option_a}\nB. {option_b}", {"question": "да"}, (), "да"),
        ("{question} {context}", {"question": "да"}, ("context",), "да"),
    ],
)
def test_what_the_record_does_not_have_takes_its_line_along(template, texts, absent, expected):
    filled = fill(template, texts, absent, [])
    assert (text_of(filled.message), filled.problem) == (expected, None)
    assert "None" not in text_of(filled.message)


def test_media_stand_in_the_order_of_their_placeholders():
    first, second = medium("audio_1"), medium("audio_2")
    filled = fill("Что раньше: <audio_2> или <audio_1>?", {}, [], [first, second])
    assert filled.message == (Text("Что раньше: "), second, Text(" или "), first, Text("?"))
    assert filled.problem is None


@pytest.mark.parametrize(
    ("template", "keys"),
    [("<image>", ["image_1"]), ("<image_1>", ["image"]), ("<audio> <audio>", ["audio_1", "audio_2"])],
)
def test_numbered_and_plain_placeholders_stand_in_for_each_other(template, keys):
    filled = fill(template, {}, [], [medium(key) for key in keys])
    assert [m.key for m in media_of(filled.message)] == keys and filled.problem is None


@pytest.mark.parametrize(
    ("template", "keys", "code", "value"),
    [
        ("<image> <image>", ["image"], "placeholder_without_medium", "<image>"),
        ("<image_2>", ["image_1"], "placeholder_without_medium", "<image_2>"),
        ("<video>", ["image"], "placeholder_without_medium", "<video>"),
        ("Что на картинке?", ["image"], "medium_without_placeholder", "image"),
        ("<audio_1>", ["audio_1", "audio_2"], "medium_without_placeholder", "audio_2"),
    ],
)
def test_placeholders_and_media_that_do_not_match_are_a_problem(template, keys, code, value):
    problem = fill(template, {}, [], [medium(key) for key in keys]).problem
    assert problem is not None and problem.code == code and value in problem.values.values()


@pytest.mark.parametrize(
    ("template", "absent", "keys", "expected"),
    [
        ("Изображение: <image>\nВопрос:\n{question}", ["image"], [], "Вопрос:\nКто?"),
        ("\nВопрос:\n{question}", ["image"], [], "Вопрос:\nКто?"),
        ("Изображение:\n<image>\n\n{question}", ["image"], [], "Кто?"),
        ("Посмотрите на <image> внимательно. {question}", ["image"], [], "Посмотрите на внимательно. Кто?"),
        (
            "Аудиофайлы: <audio_1>, <audio_2>\n{question}",
            ["audio_2"],
            ["audio_1"],
            "Аудиофайлы: <audio>\nКто?",
        ),
    ],
)
def test_a_medium_that_the_record_does_not_have_takes_its_placeholder_along(template, absent, keys, expected):
    media = [medium(key) for key in keys]
    filled = fill(template, {"question": "Кто?"}, absent, media, optional={"image"})
    assert (text_of(filled.message), filled.problem) == (expected, None)


def test_a_picture_that_every_record_must_have_is_missed():
    problem = fill("<image>\n{question}", {"question": "Кто?"}, ["image"], []).problem
    assert problem is not None and problem.code == "placeholder_without_medium"


def test_a_placeholder_inside_a_value_is_a_word_and_no_medium():
    filled = fill("<audio>\n{question}", {"question": "Что в <audio> и {x}?"}, [], [medium("audio")])
    assert filled.problem is None
    assert filled.message[1:] == (Text("\nЧто в аудио и {x}?"),)


@pytest.mark.parametrize("template", ["", "\n\n", "  ", "\r\nВопрос\r\n"])
def test_text_without_slots_stays_as_it_is(template):
    assert filled_text(template, {}) == template
