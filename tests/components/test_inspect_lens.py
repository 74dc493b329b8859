"""The lens on a card: the way of an answer to its verdict, from real scores, in the order in which it was gone."""

import re

import pytest

from components.pages.inspect_lens import lens_html
from studio.core.outcome import Score
from studio.core.rules import Rules, Scorer
from studio.metrics import exact_match
from studio.texts import LANGS
from tests.components.test_inspect_view import HOSTILE, a_card, html_of, plain

OPTIONS = {"A": "в аэропорту", "B": "на причале", "C": "на вокзале"}


def card(answer, gold, kind="short", options=None, **how):
    em = exact_match(answer, gold, answer_type=kind, options=options, **how)
    return a_card(answer=answer, gold=gold, em=em, answer_type=kind, options=options or {})


def steps(html):
    return [plain(item).strip() for item in re.findall(r"<li class=\"in-lens-[^>]*>(.*?)</li>", html)]


def test_an_answer_is_followed_from_its_text_to_the_comparison():
    html = lens_html(card("Считаю. ОТВЕТ: «Зелёный».", "зеленый"), "ru")
    found = steps(html)
    assert found[0].startswith("Ответ целиком")
    assert "взят текст после «ОТВЕТ»" in found[1] and "«Зелёный»." in found[1]
    assert [name in "".join(found) for name in ("кавычки сняты", "строчные буквы", "ё стала е")] == [True] * 3
    assert "сравнение текста" in found[-1] and "решило" in found[-1]
    assert [step for step in found if "решило" in step] == [found[-1]]
    assert "= эталон зеленый" in found[-1]


def test_a_difference_is_shown_by_words_and_letters_and_said():
    html = lens_html(card("ОТВЕТ красного шара", "красный шар"), "ru")
    assert "<del>красн<b>ого</b></del> <ins>красн<b>ый</b></ins>" in html
    assert "≠" in html and "другим окончанием: «красного» и «красный»" in plain(html)


def test_a_cyrillic_letter_beside_a_latin_gold_is_pointed_out():
    shown = card("ОТВЕТ С", "C", "letter", OPTIONS)
    assert "«С» здесь кириллическая, в эталоне латинская." in plain(lens_html(shown, "ru"))
    assert "“С” is Cyrillic here and Latin in gold." in plain(lens_html(shown, "en"))


def test_the_rule_of_a_version_that_turned_the_answer_is_the_one_that_decided():
    soft = Scorer("мягкий", Rules(endings=True))
    assert "Падежные окончания решило" in steps(lens_html(card("красного", "красный", scorer=soft), "ru"))[-1]


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_model_wrote_is_text_and_never_markup(lang):
    html = lens_html(card(HOSTILE, "x"), lang)
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html


def test_hidden_gold_leaves_no_lens():
    hidden = a_card(gold=None, gold_hidden=True, em=None, js=None, calls=(), cell="unscored")
    assert "in-lens" not in html_of(hidden)
    assert "in-lens" in html_of(card("нет", "да"))


def test_a_trace_of_another_shape_is_shown_as_it_is():
    odd = a_card(em=Score("em", "tool-1", "scored", 1.0, "x", {"metric": "acc"}))
    assert lens_html(odd, "ru") == ""
    assert "acc" in html_of(odd)
