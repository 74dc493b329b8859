"""The `studio` profile of Exact Match, as tables: each row is a promise."""

import pytest

from studio.metrics import exact_match

OPTIONS = {
    "A": "в аэропорту",
    "B": "на причале",
    "C": "на железнодорожном вокзале",
    "D": "на автобусном вокзале",
}

# (prediction, gold, EM) of a choice by letter
LETTERS = [
    # the letter by itself
    ("B", "B", 1),
    ("b", "B", 1),
    (" B \n", "B", 1),
    ("B.", "B", 1),
    ("B!", "B", 1),
    ("C", "B", 0),
    ("", "A", 0),
    (".", "A", 0),
    ("\u200b", "A", 0),
    ("The", "A", 0),
    # after the marker
    ("ОТВЕТ B", "B", 1),
    ("ОТВЕТ: B.", "B", 1),
    ("ОТВЕТ. B", "B", 1),
    ("ОТВЕТ - B", "B", 1),
    ("ОТВЕТ—B", "B", 1),
    ("ОТВЕТ ( B )", "B", 1),
    ("ОТВЕТ — В", "B", 1),
    ("ОТВЕТ:\n\nB", "B", 1),
    ("**ОТВЕТ**: B", "B", 1),
    ("**ОТВЕТ: B**", "B", 1),
    ("**ОТВЕТ:** B", "B", 1),
    ("### ОТВЕТ\n\n**B**", "B", 1),
    ("__ОТВЕТ__ B", "B", 1),
    ("«ОТВЕТ»: B", "B", 1),
    ('"ОТВЕТ: B"', "B", 1),
    ("(ОТВЕТ: B)", "B", 1),
    ("[ОТВЕТ] B", "B", 1),
    ("\\boxed{ОТВЕТ: B}", "B", 1),
    ("<ответ>B</ответ>", "B", 1),
    ("<ОТВЕТ>B</ОТВЕТ>", "B", 1),
    ("<answer>B</answer>", "B", 1),
    ("ОТВЕТB", "B", 1),
    ("ОТBET B", "B", 1),
    ("Ответ: B", "B", 1),
    ("ответ: B", "B", 1),
    ("Ответ – B", "B", 1),
    ("**Ответ:** B", "B", 1),
    ("Слышны объявления.\nПравильный ответ: B", "B", 1),
    ("Слышны объявления. Итоговый ответ: B.", "B", 1),
    ("РАССУЖДЕНИЕ Слышны объявления, значит вокзал. ОТВЕТ C", "C", 1),
    ("ОТВЕТ C РАССУЖДЕНИЕ Слышны объявления.", "C", 1),
    # the last marker decides
    ("ОТВЕТ A\nНет, я передумал.\nОТВЕТ B", "B", 1),
    ("ОТВЕТ A\nНет, я передумал.\nОТВЕТ B", "A", 0),
    ("После слова ОТВЕТ пишу букву. ОТВЕТ D", "D", 1),
    ("Ответ: A? Проверю. ОТВЕТ B", "B", 1),
    ("ОТВЕТ: Ответ: B", "B", 1),
    # nothing after the last marker: the one before it, else empty
    ("ОТВЕТ B\nОТВЕТ", "B", 1),
    ("ОТВЕТ B ОТВЕТ:", "B", 1),
    ("ОТВЕТ", "A", 0),
    ("ОТВЕТ:", "A", 0),
    ("ОТВЕТ: **.**", "A", 0),
    ("A\nОТВЕТ:", "A", 0),
    # not a marker
    ("мой ответ такой B", "B", 0),
    ("Я думаю, мой ответ такой: B", "B", 0),
    ("если так, то в ответ: B", "B", 0),
    ("Ответы: B", "B", 0),
    ("ОТВЕТЫ B", "B", 0),
    ("НЕОТВЕТ B", "B", 0),
    # look-alike letters
    ("А", "A", 1),
    ("а", "A", 1),
    ("В", "B", 1),
    ("в", "B", 1),
    ("С", "C", 1),
    ("ОТВЕТ С", "C", 1),
    ("Е", "E", 1),
    ("A", "А", 1),
    ("B", "В", 1),
    ("Ａ", "A", 1),
    ("Б", "Б", 1),
    ("б", "Б", 1),
    ("Б", "B", 0),
    ("Д", "D", 0),
    ("Г", "D", 0),
    ("B", "Б", 0),
    ("B", "б.", 0),
    ("8", "B", 0),
    # decorated
    ("A)", "A", 1),
    ("(A)", "A", 1),
    ("[A]", "A", 1),
    ("A.)", "A", 1),
    ("«A»", "A", 1),
    ('"A"', "A", 1),
    ("'A'", "A", 1),
    ("`A`", "A", 1),
    ("```\nA\n```", "A", 1),
    ("**A**", "A", 1),
    ("**A.**", "A", 1),
    ("*A*", "A", 1),
    ("__A__", "A", 1),
    ("- A", "A", 1),
    ("$A$", "A", 1),
    ("\\boxed{A}", "A", 1),
    ("$\\boxed{\\text{A}}$", "A", 1),
    ("\\(A\\)", "A", 1),
    ("<b>A</b>", "A", 1),
    ("✅ A", "A", 1),
    ("A 👍🏽", "A", 1),
    ("A\u00a0", "A", 1),
    ("\ufeffA", "A", 1),
    # with the option's text or an explanation
    ("A. в аэропорту", "A", 1),
    ("А. в аэропорту", "A", 1),
    ("A) в аэропорту", "A", 1),
    ("(A) в аэропорту", "A", 1),
    ("A: в аэропорту", "A", 1),
    ("A - в аэропорту", "A", 1),
    ("A — в аэропорту", "A", 1),
    ("A (в аэропорту)", "A", 1),
    ("A, потому что слышны самолёты", "A", 1),
    ("A. Витамин C", "A", 1),
    ("A. 5", "A", 1),
    ("A) 12,5", "A", 1),
    ("A - x", "A", 1),
    ("A: H2O", "A", 1),
    ("**A**. в аэропорту", "A", 1),
    ("**A. в аэропорту**", "A", 1),
    ("**A)** в аэропорту", "A", 1),
    ("A\nСлышны объявления о посадке.", "A", 1),
    ("A\n\nB) не подходит: нет воды.", "A", 1),
    ("A.\n\nA", "A", 1),
    ("вариант A", "A", 1),
    ("Вариант ответа: A", "A", 1),
    ("Правильный ответ — вариант А.", "A", 1),
    ("под буквой B", "B", 1),
    ("Я выбираю вариант B", "B", 1),
    ("Ответ B", "B", 1),
    ("A. в аэропорту", "B", 0),
    # no one letter
    ("A и B", "A", 0),
    ("A или C", "A", 0),
    ("A, C", "A", 0),
    ("A/B", "A", 0),
    ("A B", "A", 0),
    ("AB", "A", 0),
    ("A-C", "A", 0),
    ("A. или C", "A", 0),
    ("A) и B)", "A", 0),
    ("A, но скорее C", "A", 0),
    ("A\nB", "A", 0),
    ("A) в аэропорту B) на причале C) на вокзале", "A", 0),
    ("A. в аэропорту\nB. на причале", "A", 0),
    ("A: нет, B: да", "A", 0),
    ("вариант A или B", "A", 0),
    ("не A", "A", 0),
    ("A?", "A", 0),
    ("Автобус", "A", 0),
    ("автобус", "А", 0),
    ("А вот и нет", "A", 0),
    ("A1", "A", 0),
    ("A-витамин", "A", 0),
    ("в аэропорту", "A", 0),
    ("в аэропорту", "B", 0),
    ("Это аэропорт, потому что слышны самолёты", "A", 0),
]

# (prediction, gold, EM) of a short answer
SHORT = [
    ("нет", "нет", 1),
    ("Нет.", "нет", 1),
    ("нет!", "нет", 1),
    ("  нет\n", "нет", 1),
    ("«нет»", "нет", 1),
    ("„нет“", "нет", 1),
    ("'нет'", "нет", 1),
    ("**Нет**", "нет", 1),
    ("ОТВЕТ нет", "нет", 1),
    ("ОТВЕТ: нет\n\nПояснение: предметов нет.", "нет", 1),
    ("нет, потому что их три", "нет", 0),
    ("нет?", "нет", 0),
    ("да", "нет", 0),
    ("", "нет", 0),
    ("- кот", "кот", 1),
    ("зелёный", "зеленый", 1),
    ("Зеленый", "зелёный", 1),
    ("е\u0308лка", "ёлка", 1),
    ("красный\u00a0куб", "красный куб", 1),
    ("красный   куб", "красный куб", 1),
    ("красный", "красный куб", 0),
    ("юго–запад", "юго-запад", 1),
    ("юго\u2011запад", "юго-запад", 1),
    ("фильм «Брат»", 'фильм "Брат"', 1),
    ("красного цвета", "красный", 0),
    ("a cat", "cat", 0),
    # numbers
    ("3", "3", 1),
    ("три", "3", 0),
    ("ОТВЕТ: 3.", "3", 1),
    ("ОТВЕТ = 3", "3", 1),
    ("$3$", "3", 1),
    ("12.5", "12,5", 1),
    ("12,5.", "12.5", 1),
    ("12,50", "12.5", 0),
    ("125", "12,5", 0),
    ("314", "3,14", 0),
    ("3.14", "3,14", 1),
    ("05", "0.5", 0),
    (".5", "5", 0),
    ("-2", "2", 0),
    ("2", "-2", 0),
    ("−2", "-2", 1),
    ("–2", "-2", 1),
    ("- 2", "-2", 1),
    ("ОТВЕТ: -2", "-2", 1),
    ("ОТВЕТ -2", "-2", 1),
    ("ОТВЕТ −2", "-2", 1),
    ("ОТВЕТ: -2", "2", 0),
    ("ОТВЕТ - 2", "2", 1),
    ("ОТВЕТ — 2", "2", 1),
    ("ОТВЕТ — -2", "-2", 1),
    ("+2", "2", 0),
    ("1:2", "12", 0),
    ("1/2", "12", 0),
    ("1/2", "1/2", 1),
    ("1:2", "1/2", 0),
    ("2^3", "23", 0),
    ("x²", "x2", 0),
    ("5%", "5", 0),
    ("5 %", "5%", 1),
    ("20 °C", "20°C", 1),
    ("10 000", "10000", 1),
    ("10\u00a0000", "10000", 1),
    ("10\u202f000,5", "10000.5", 1),
    ("10 000 рублей", "10000 рублей", 1),
    ("1,000", "1000", 0),
    ("1,2,3", "1.2.3", 0),
    ("1, 2", "1.2", 0),
    ("5 10", "510", 0),
    ("5!", "5", 1),
    ("5", "5!", 0),
    ("5!", "5!", 1),
    ("5 см", "5", 0),
    ("(2; 3)", "(2; 3)", 1),
    ("[2; 3]", "(2; 3)", 0),
    ("x < 5", "x < 5", 1),
    ("$x = 5$", "x = 5", 1),
    ('5"', "5", 0),
    ('"5"', "5", 1),
    # one letter as a short answer
    ("х", "x", 1),
    ("x. абсцисса", "x", 0),
    # signs as gold
    ("+", "+", 1),
    ("", "+", 0),
    ("-", "+", 0),
]


@pytest.mark.parametrize(("prediction", "gold", "em"), LETTERS)
def test_a_letter_answer(prediction: str, gold: str, em: int) -> None:
    assert exact_match(prediction, gold, answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "gold", "em"), LETTERS)
def test_a_gold_of_one_letter_alone_means_a_letter_answer(prediction: str, gold: str, em: int) -> None:
    assert exact_match(prediction, gold).value == em


@pytest.mark.parametrize(("prediction", "gold", "em"), [row for row in LETTERS if row[1] not in {"Б", "б."}])
def test_knowing_the_options_changes_no_clear_case(prediction: str, gold: str, em: int) -> None:
    assert exact_match(prediction, gold, options=OPTIONS, answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "gold", "em"), SHORT)
def test_a_short_answer(prediction: str, gold: str, em: int) -> None:
    assert exact_match(prediction, gold, answer_type="short").value == em


@pytest.mark.parametrize(("prediction", "gold", "em"), [row for row in SHORT if row[1] != "x"])
def test_a_short_answer_is_known_by_its_gold(prediction: str, gold: str, em: int) -> None:
    assert exact_match(prediction, gold).value == em


@pytest.mark.parametrize(
    ("prediction", "em"),
    [
        ("A в аэропорту", 1),
        ("B «на причале».", 0),
        ("A на причале", 0),
        ("На причале", 0),
        ("А. С. Пушкин", 0),
    ],
)
def test_the_options_settle_a_letter_beside_text_without_a_delimiter(prediction: str, em: int) -> None:
    options = {"A": "в аэропорту", "B": "на причале", "C": "А. С. Пушкин"}
    assert exact_match(prediction, "A", options=options, answer_type="letter").value == em


@pytest.mark.parametrize(("options", "em"), [({}, 0), ({"A": "B", "B": "C"}, 1), ({"A": "C", "B": "A"}, 0)])
def test_a_letter_beside_the_letter_is_its_options_text_only_if_the_options_say_so(
    options: dict[str, str], em: int
) -> None:
    assert exact_match("A. B", "A", options=options, answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "em"), [("Б", 1), ("B", 1), ("В", 1), ("A", 0), ("Г", 0), ("C", 0)])
def test_a_russian_gold_beside_latin_options_stands_for_its_place(prediction: str, em: int) -> None:
    assert exact_match(prediction, "Б", options=OPTIONS, answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "em"), [("Б", 1), ("B", 0), ("В", 0)])
def test_russian_options_keep_their_own_letters(prediction: str, em: int) -> None:
    options = {"А": "кот", "Б": "пёс", "В": "конь"}
    assert exact_match(prediction, "Б", options=options, answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "em"), [("A", 1), ("A. в аэропорту", 1), ("B", 0)])
def test_gold_may_carry_the_text_of_its_option(prediction: str, em: int) -> None:
    assert exact_match(prediction, "A. в аэропорту", answer_type="letter").value == em


@pytest.mark.parametrize(("prediction", "em"), [("да", 1), ("ага", 1), ("нет", 0), ("", 0)])
def test_any_gold_of_a_list_is_right(prediction: str, em: int) -> None:
    assert exact_match(prediction, ("Да", "ага", "")).value == em


def test_a_list_may_mix_letters_and_words() -> None:
    assert exact_match("ОТВЕТ: три", ("3", "три")).value == 1
    assert exact_match("А)", ("B", "A")).value == 1
