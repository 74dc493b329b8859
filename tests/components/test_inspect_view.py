"""Inspect's markup: everything that came from data is escaped, and the sentences say what happened."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from components.pages.inspect_card import card_html
from components.pages.inspect_queue import filters_html, nothing_html, queue_html
from components.pages.inspect_situation import situation_html
from components.widgets.raw_text import clip, visible
from studio.core.engine import Recalled
from studio.core.errors import Problem
from studio.core.judge import JudgeCall
from studio.core.outcome import Score
from studio.core.run import CELLS, Confusion, Neighbours, Queue, SampleCard, SampleFilter, SampleRow
from studio.texts.said import say

NBSP = "\u00a0"
HOSTILE = "<script>alert(1)</script> \" ' & <img src=x onerror=alert(2)> \x00\x1b\u202e\ud800"


def a_card(**changes: object) -> SampleCard:
    em = Score("em", "studio-1", "scored", 0.0, "три", {"decided": "text", "gold": "3", "steps": []})
    js = Score("js", "judge@r1", "scored", 1.0)
    card = SampleCard(
        run_id="r1", sample_id=7, number=4117, task="T", task_title={"ru": "Задача", "en": "Task"}, key="k7",
        modality="image", answer_type="short", media=(), question="Сколько?", prompt="Вопрос: Сколько?", options={},
        categories={"kind": "счёт"}, prompt_id=3, gold="3", gold_hidden=False, cell="js_only", answer="ОТВЕТ: три",
        finish_reason="stop", em=em, js=js, judge="judge@r1",
        calls=(JudgeCall("full", 0.2, 0, "0" * 64), JudgeCall("after_marker", 0.97, 1, "1" * 64)),
    )  # fmt: skip
    return replace(card, **changes)


PLACE = Neighbours(1, 6, 5, 9)


def html_of(card: SampleCard, **options: bool) -> str:
    return card_html(card, PLACE, "./media/{}".format, "ru", **options)


def plain(html: str) -> str:
    """The text that a person reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace("&quot;", '"')


def test_a_long_question_is_set_as_text_and_not_as_a_heading():
    assert 'class="st-question in-long"' in html_of(a_card(question="Сколько? " * 40))
    assert 'class="st-question"' in html_of(a_card())


class Tags(HTMLParser):
    """Which elements and event attributes really stand in a piece of markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        if tag not in {"img", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("cell", "changes", "sentence"),
    [
        ("js_only", {}, f"EM сравнил «три» с «3»: строки разные. Судья считает ответ верным, p{NBSP}={NBSP}0,97."),
        ("em_only", {}, f"EM сравнил «три» с «3»: совпало. Судья считает ответ неверным, p{NBSP}={NBSP}0,97."),
        ("neither", {"gold": ("3", "трое")}, "EM сравнил «три» с «3» или «трое»: строки разные."),
        ("js_only", {"em": Score("em", "s", "scored", 0.0, "")}, "EM сравнил пустую строку с «3»: строки разные."),
        ("failed", {}, "Ответа нет, и это не ошибка в ответе"),
        ("pending", {}, "Этот вопрос ещё не задан."),
        ("unscored", {"em": Score("em", "s", "unscored", problem=Problem("no_gold"))}, "В записи нет эталонного"),
    ],
)  # fmt: skip
def test_a_sentence_says_what_happened(cell, changes, sentence):
    assert say(a_card(cell=cell, **changes), "ru")[0].startswith(sentence)


def test_a_cut_answer_is_said_to_be_cut():
    card = a_card(finish_reason="length", completion_tokens=256)
    assert (
        say(card, "ru")[1]
        == "Ответ обрезан на 256 токенах: модель не успела закончить, оценено то, что есть."
    )
    assert say(card, "en")[1].startswith("The answer was cut at 256 tokens")


def test_an_answer_that_was_not_asked_for_says_where_it_comes_from():
    card = a_card(recalled=Recalled("r1121-5f2a9c", 1_763_760_000.0), latency_s=None)
    assert say(card, "ru")[-1].replace(NBSP, " ") == (
        "Ответ взят из прогона r1121-5f2a9c (21 ноября 2025, 21:20 UTC): там модели задали тот же самый вопрос."
    )
    assert 'href="./inspect?run=r1121-5f2a9c"' in html_of(card)
    assert "взят из прогона" not in plain(html_of(a_card()))


def test_the_card_shows_the_verdicts_with_their_evidence():
    text = plain(html_of(a_card()))
    for shown in (
        "№ 4117",
        "верно только по судье",
        "профиль studio-1",
        "judge@r1",
        "2 из 6",
        "Обращения к судье: 2",
    ):
        assert shown in text
    assert "Решил вариант: текст после последнего «ОТВЕТ»" in text
    assert "Промпт № 3" in text and "kind: счёт" in text


def test_nothing_that_came_from_data_is_markup():
    call = JudgeCall(HOSTILE, 0.9, 1, HOSTILE)
    card = a_card(
        question=HOSTILE, prompt=HOSTILE, answer=HOSTILE, gold=HOSTILE, key=HOSTILE, task=HOSTILE, judge=HOSTILE,
        task_title={"ru": HOSTILE}, categories={HOSTILE: HOSTILE}, options={"A": HOSTILE, HOSTILE: "x"}, calls=(call,),
        media_note={HOSTILE: [HOSTILE, {HOSTILE: HOSTILE}]},
        problem=Problem("internal", {"kind": HOSTILE, "message": ""}),
        em=Score("em", HOSTILE, "scored", 0.0, HOSTILE, {"decided": HOSTILE, "gold": HOSTILE, "steps": [
            {"rule": HOSTILE, "before": HOSTILE, "after": HOSTILE}]}),
    )  # fmt: skip
    row = SampleRow(1, 1, 0, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "neither", 0.5, True)
    where = SampleFilter(HOSTILE, "neither", HOSTILE, f"{HOSTILE}={HOSTILE}")
    table = Confusion(HOSTILE, {"ru": HOSTILE}, {"both": 3, "neither": 1})
    pieces = [
        html_of(card),
        html_of(replace(card, options={})),
        queue_html(Queue((row,), 60, 0), 1, {HOSTILE: HOSTILE}, "ru"),
        filters_html([table, table], [f"{HOSTILE}={HOSTILE}"], where, False, "ru"),
        situation_html([table, Confusion("", {}, {"both": 3})], where, 0, "ru"),
        nothing_html(where, "ru"),
    ]
    for piece in pieces:
        tags = Tags(piece)
        assert "script" not in tags.names and "img" not in tags.names and not tags.handlers and not tags.open
        piece.encode("utf-8")  # a lone surrogate would break the answer to the browser
        assert not re.search("[\x00\x1b\u202e]", piece)


def test_white_space_and_unseen_characters_can_be_seen_and_copied():
    html = visible("  два  слова\t\u200b\x07 \n\nОТВЕТ ")
    assert html.count("ws nl") == 2 and html.count("ws sp") == 3 + 1 and "ws tab" in html
    assert "U+200B" in html and "␇" in html
    assert re.sub(r"<b[^>]*>[^<]*</b>|<[^>]*>", "", html) == "  два  слова\t \n\nОТВЕТ "


def test_a_long_text_keeps_its_end_where_the_answer_stands():
    text = "р" * 100_000 + "ОТВЕТ: 3"
    shown = clip(text)
    assert shown.tail.endswith("ОТВЕТ: 3")
    assert len(shown.head) + shown.skipped + len(shown.tail) == len(text)
    html = html_of(a_card(answer=text))
    assert len(html) < 20_000 and "пропущено знаков" in html and 'data-whole="answer"' in html


def test_a_text_that_is_only_a_little_too_long_is_not_cut():
    text = "а" * 5_000
    assert clip(text).head == text


@pytest.mark.parametrize(
    ("extracted", "chosen"),
    [("B", "B"), ("b", "B"), ("В", "B"), ("в", "B"), ("в парке", "B"), ("D", None), ("", None)],
)
def test_the_models_choice_is_marked_among_the_options(extracted, chosen):
    options = {"A": "дома", "B": "в парке", "C": "в лесу"}
    html = html_of(a_card(options=options, gold="A", em=Score("em", "s", "scored", 0.0, extracted)))
    marked = [
        letter for letter, item in zip(options, html.split("<li")[1:], strict=False) if "выбор модели" in item
    ]
    assert marked == ([chosen] if chosen else [])
    gold = next(item for item in html.split("<li")[1:] if "эталон" in item)
    assert "дома" in gold


def test_hidden_gold_leaves_no_trace_of_itself():
    card = a_card(gold=None, gold_hidden=True, em=None, js=None, calls=(), cell="unscored", answer=None)
    html = html_of(card, annotating=True)
    assert "Эталон скрыт" in html and "сейчас отвечают люди" in html
    assert "Exact Match" not in html and "studio-1" not in html
    assert "Эталоны этой задачи закрыты" in html_of(card)


def test_an_empty_answer_is_not_a_missing_one():
    assert "пустая строка" in html_of(a_card(answer=""))
    rows = [
        SampleRow(n, n, n, "T", "k", "q", "", cell, None, False)
        for n, cell in enumerate(("neither", "failed"))
    ]
    html = queue_html(Queue(tuple(rows), 2, 0), None, {}, "ru")
    assert html.index("пустая строка") < html.index("ответа нет")
    assert "ответ скрыт" in queue_html(Queue(tuple(rows), 2, 0), None, {}, "ru", frozenset({"T"}))


TABLE = Confusion(
    "", {"ru": "Все задачи"}, {"both": 30, "em_only": 2, "js_only": 8, "neither": 60, "failed": 4}
)


def test_the_table_tells_counts_and_shares_of_the_scored():
    html = situation_html([TABLE], SampleFilter(), 5, "ru")
    text = plain(html)
    for words in ("30 30 % оба верно", "8 8 % только судья", "Оценены обоими: 100", "Согласны 90 90 %"):
        assert words in text
    assert (
        re.search("нет ответа 4", text)
        and re.search("обрезано 5", text)
        and re.search("расхождения 10", text)
    )


def test_every_cell_is_a_button_with_words():
    html = situation_html([TABLE], SampleFilter(cell="js_only"), 0, "ru")
    for cell in (*CELLS, "disagree", "truncated"):
        button = re.search(f'<button[^>]*data-cell="{cell}"[^>]*>', html)
        assert button and re.search('aria-label="[^"]{8,}"', button[0])
        assert f'aria-pressed="{str(cell == "js_only").lower()}"' in button[0]


def test_a_run_without_scores_has_a_table_that_says_so():
    html = situation_html([Confusion("", {}, {"pending": 12})], SampleFilter(), 0, "ru")
    assert "Ещё ни один ответ не оценён" in html and "—" in html


def test_a_run_that_no_judge_was_asked_about_shows_em_alone():
    counts = [
        Confusion("A", {"ru": HOSTILE}, {"unscored": 4}, 3, 1),
        Confusion("", {"ru": "Все"}, {"unscored": 8}, 5, 3),
    ]
    html = situation_html(counts, SampleFilter(), 0, "ru", judged=False, askable=True)
    text = plain(html)
    for words in (
        "Сверены с эталоном: 8",
        "5 63 % EM: верно",
        "3 38 % EM: неверно",
        "Судью об этих ответах не",
    ):
        assert words in text, text
    assert "in-table" not in html and 'href="./runs"' in html and "<img" not in html
    assert 'href="./runs"' not in situation_html(counts, SampleFilter(), 0, "ru", judged=False)
    of_task = plain(situation_html(counts, SampleFilter(task="A"), 0, "en", judged=False))
    assert "Compared with gold: 4" in of_task and "3 75% EM: right" in of_task


@pytest.mark.parametrize("cell", [*CELLS, "disagree", "truncated"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_empty_queue_explains_itself(cell, lang):
    html = nothing_html(SampleFilter(cell=cell), lang)
    assert re.search(r"<p>[^<]{10,}</p>", html) and 'data-act="clear"' in html


def test_the_search_that_found_nothing_is_named():
    assert "«квадрокоптер»" in nothing_html(SampleFilter(text="квадрокоптер"), "ru")
