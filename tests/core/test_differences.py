"""What differs between an answer and gold is told word by word, and what the eye overlooks in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.differences import final_text, remarks, word_diff
from studio.texts import CATALOGUE, t


@pytest.mark.parametrize(
    ("answer", "gold", "said"),
    [
        ("С", "C", "«С» здесь кириллическая, в эталоне латинская."),
        ("C", "С", "«C» здесь латинская, в эталоне кириллическая."),
        ("Mосква", "Москва", "В слове «Mосква» смешаны латинские и русские буквы."),
        ("зелёный", "Зеленый.", "Разница только в «ё» и «е»."),
        ("Нет", "нет", "Разница только в регистре."),
        ("12,50", "12.5", "Число то же, запись другая: 12,50 и 12.5."),
        ("-2", "2", "Числа различаются знаком: -2 и 2."),
        ("5 см", "5", "Число то же, единица другая: см и —."),
        ("красного", "красный", "Похоже, то же слово с другим окончанием: «красного» и «красный»."),
        ("не\u200bт", "нет", "В ответе есть невидимые знаки: U+200B."),
        ("10\u00a0км", "10 км", "В ответе неразрывный или иной необычный пробел."),
        ("это кот тут", "кот", "Эталон стоит в ответе, но рядом ещё слова: 2."),
    ],
)
def test_what_is_easily_overlooked_is_pointed_out(answer: str, gold: str, said: str) -> None:
    assert said in [t(f"lens.{remark.code}", **remark.values) for remark in remarks(answer, gold)]


@pytest.mark.parametrize(
    ("answer", "gold"), [("стол", "стул"), ("кот", "пёс"), ("да", "да"), ("5", "7"), ("", "да")]
)
def test_an_honest_difference_is_not_explained_away(answer: str, gold: str) -> None:
    assert remarks(answer, gold) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_are_compared_and_every_remark_has_its_words(answer: str, gold: str) -> None:
    assert all(f"lens.{remark.code}" in CATALOGUE for remark in remarks(answer, gold))
    pieces = word_diff(answer, gold)
    for side, text in (("answer", answer), ("gold", gold)):
        told = "".join(piece.text for piece in pieces if piece.side in {"same", side})
        assert told == re.sub(r"\s", "", text)


def test_words_that_differ_in_little_are_told_letter_by_letter() -> None:
    ours, theirs = word_diff("красного", "красный")
    assert [(part.side, part.text) for part in ours.parts] == [("same", "красн"), ("answer", "ого")]
    assert [(part.side, part.text) for part in theirs.parts] == [("same", "красн"), ("gold", "ый")]
    assert word_diff("кот", "дерево")[0].parts == ()


def test_the_final_answer_is_what_the_last_cutting_step_left() -> None:
    steps = [
        {"rule": "after_marker", "before": "Думаю. ОТВЕТ B.", "after": "B."},
        {"rule": "edges", "before": "B.", "after": "B"},
    ]
    assert final_text("Думаю. ОТВЕТ B.", {"steps": steps}) == "B."
    assert final_text("B", {}) == "B"
