"""Shared pieces of the pages as functions: values in, escaped markup out."""

import re
from dataclasses import replace

import pytest

from components.links import link, media_url, path
from components.widgets.card import answer_html, arriving_html, feed_row, question_html, sample_card
from components.widgets.chips import CELL_SIGNS, cell_chip, score_chip, state_chip
from components.widgets.media import media_html
from components.widgets.picker import picker
from components.widgets.progress import progress_html
from components.widgets.scores import bar_html, score_table
from components.widgets.strip import SHOWN, legend_html, strip, strip_value
from components.widgets.summary import headline, latest_html, summary_html
from studio.core.engine import Silence
from studio.core.errors import Problem
from studio.core.judge import JudgeCall
from studio.core.outcome import Estimate, Score
from studio.core.run import CELLS, MARKS, Confusion, Live, MediaView, SampleCard, StripItem, TaskScore
from studio.core.task import TaskInfo
from tests.components.test_runs_page import view

HOSTILE = '"><img src=x onerror=alert(1)>\x1b'
BASE = "./media/seal/{}".format
PICTURE = MediaView("image", "image", "ab12.png", {"width": 224, "height": 112})
SOUND = MediaView("audio", "audio", "cd34.wav", {"duration_s": 1.6, "sample_rate": 16000})
CLIP = MediaView("video", "video", "ef56.mp4", {"duration_s": 2.4})
CARD = SampleCard(
    run_id="r1", sample_id=7, number=3, task="A", task_title={"ru": "Наклейки", "en": "Stickers"}, key="12",
    modality="image", answer_type="short", media=(PICTURE,), question="Сколько?", prompt="<image> Сколько? Числом.",
    options={}, categories={}, prompt_id=4, gold="три", gold_hidden=False, cell="js_only", answer="Их три.",
    finish_reason="stop", em=Score("em", "studio", "scored", 0.0, "их три"), js=Score("js", "j@1", "scored", 1.0),
    judge="j@1", calls=(JudgeCall("full", 0.93, 1, "0"), JudgeCall("after_marker", 0.2, 0, "0")),
)  # fmt: skip


# media


def test_each_kind_of_medium_plays_in_the_browser():
    html = media_html((PICTURE, SOUND, CLIP), "ru", BASE)
    assert f'<img src="{BASE("ab12.png")}" alt="Изображение 1">' in html and "224×112" in html
    assert f'<audio src="{BASE("cd34.wav")}" controls' in html and "16\N{NO-BREAK SPACE}кГц" in html
    assert f'<video src="{BASE("ef56.mp4")}" controls' in html and "2,4\N{NO-BREAK SPACE}с" in html


def test_only_a_clip_of_the_running_sample_starts_by_itself_and_mute():
    assert "autoplay" not in media_html((SOUND, CLIP), "ru", BASE)
    running = media_html((SOUND, CLIP), "ru", BASE, loop=True)
    assert re.findall(r"<(\w+)[^>]*autoplay[^>]*muted", running) == ["video"]


def test_a_medium_that_cannot_be_shown_says_why():
    gone = MediaView("image", "image", None, problem=Problem("media_missing", {"file": HOSTILE}))
    html = media_html((gone,), "ru", BASE)
    assert "<img" not in html and "&lt;img" in html
    assert "Файл недоступен" in media_html((MediaView("audio", "a", None),), "ru", BASE)
    assert media_html((), "ru", BASE) == ""


def test_addresses_are_relative_and_quoted():
    assert path("run", "ru") == "" and path("run", "en") == "en" and path("runs", "en") == "en-runs"
    assert link("inspect", "ru", run="r1", cell="", sample=None) == "./inspect?run=r1"
    assert link("annotate", "en", task="а&б") == "./en-annotate?task=%D0%B0%26%D0%B1"
    assert media_url(BASE, PICTURE) == "./media/seal/ab12.png"


# chips


def test_no_verdict_is_told_by_colour_alone():
    assert len(set(CELL_SIGNS.values())) == len(CELLS)
    for cell in CELLS:
        assert CELL_SIGNS[cell] in cell_chip(cell, "ru")
    assert "прерван" in state_chip("interrupted", "ru")


@pytest.mark.parametrize(
    ("score", "probability", "words"),
    [
        (Score("em", "s", "scored", 1.0), None, "EM: верно"),
        (Score("em", "s", "scored", 0.0), None, "EM: неверно"),
        (Score("em", "s", "scored", 0.0), 0.12, "EM: неверно · 0,12"),
        (None, None, "EM: ждём"),
        (Score("em", "s", "unscored", problem=Problem("no_gold")), None, "EM: не оценено"),
        (Score("em", "s", "failed"), None, "EM: нет ответа"),
    ],
)
def test_a_score_is_told_in_words(score, probability, words):
    assert words in score_chip(score, "em", "ru", probability)


# a sample


def test_a_question_shows_what_the_model_is_given():
    html = question_html(replace(CARD, options={"A": "да", "B": "<нет>"}), "ru", BASE)
    for part in (
        "Наклейки",
        "вопрос 3",
        "Сколько?",
        "<b>B</b>",
        "&lt;нет&gt;",
        "Полный промпт",
        "&lt;image&gt; Сколько? Числом.",
    ):
        assert part in html
    assert "Полный промпт" not in question_html(replace(CARD, prompt="Сколько?"), "ru", BASE)


def test_an_answer_shows_scores_gold_and_what_was_compared():
    html = answer_html(CARD, "ru")
    for part in ("Их три.", "EM: неверно", "Судья: верно · 0,93", "Эталон", "три", "Сравнивалось", "их три"):
        assert part in html
    assert "ответ обрезан" in answer_html(replace(CARD, finish_reason="length"), "ru")
    assert "красный</span> или <span" in answer_html(replace(CARD, gold=("красный", "алый")), "ru")


def test_hidden_gold_leaves_no_trace():
    hidden = replace(CARD, gold=None, gold_hidden=True, em=None, js=None, calls=(), cell="unscored")
    for html in (answer_html(hidden, "ru"), sample_card(hidden, "ru", BASE), feed_row(hidden, "ru")):
        assert "верно" not in html and "ждём" not in html
    assert "Эталон скрыт" in answer_html(hidden, "ru")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"answer": None, "cell": "failed", "problem": Problem("no_answer"), "em": None, "js": None},
            "Модель не ответила.",
        ),
        ({"answer": "", "em": None, "js": None}, "Пустой ответ"),
        ({"answer": None, "cell": "failed", "em": None, "js": None}, "Ответа нет"),
    ],
)
def test_no_answer_says_why(changes, words):
    card = replace(CARD, **changes)
    assert words in answer_html(card, "ru") and words in feed_row(card, "ru")


def test_nothing_of_a_sample_becomes_markup():
    hostile = replace(
        CARD, question=HOSTILE, prompt=HOSTILE + "!", answer=HOSTILE, gold=HOSTILE, task=HOSTILE, task_title={},
        options={HOSTILE: HOSTILE}, run_id=HOSTILE, em=Score("em", HOSTILE, "scored", 0.0, HOSTILE + "x"),
        media=(replace(PICTURE, file=HOSTILE),),
    )  # fmt: skip
    for html in (sample_card(hostile, "ru", BASE), feed_row(hostile, "ru"), arriving_html(HOSTILE, "ru")):
        assert "<img src=x" not in html and "\x1b" not in html


def test_a_very_long_answer_does_not_flood_the_page():
    assert len(arriving_html("я" * 100_000, "ru")) < 3000
    assert len(feed_row(replace(CARD, answer="я" * 100_000), "ru")) < 3000
    assert "показать целиком" in answer_html(replace(CARD, answer="я" * 100_000), "ru")


# means


def test_means_stand_with_intervals_and_counts():
    em, js = Estimate(0.5, 0.3, 0.7, 18, 0, 2), Estimate(0.6, 0.4, 0.8, 16, 2, 2)
    score = TaskScore("A", {"ru": "Наклейки"}, "image", 20, em, js, em, truncated=1, chance=0.25)
    html = score_table(
        (score, replace(score, task="B", title={}), replace(score, task="", title={}, chance=None)), "ru"
    )
    for part in (
        "Наклейки",
        "0,50",
        "0,30–0,70",
        "16\N{NO-BREAK SPACE}вопросов",
        "не оценено: 2, нет ответа: 2, обрезано: 1",
    ):
        assert part in html
    assert "Все вопросы" in html and "left:25.0%" in html
    assert score_table((), "ru") == ""


def test_one_task_needs_no_total():
    em = Estimate(1.0, 0.8, 1.0, 5, 0, 0)
    score = TaskScore("A", {}, "image", 5, em, em, em)
    assert "Все вопросы" not in score_table((score, replace(score, task="")), "ru")


def test_a_mean_that_is_not_there_draws_no_bar():
    assert "st-bar-dot" not in bar_html(Estimate(None, None, None, 0, 3, 0), "em", "ru")


# strip


def test_the_strip_keeps_the_newest():
    items = [StripItem(number, number, "A", "both", number == 500) for number in range(1, 501)]
    value = strip_value(items)
    assert len(value) == SHOWN and value[0][0] == 101 and value[-1] == [500, 500, CELLS.index("both"), 1]


@pytest.mark.parametrize(
    ("em", "judged", "mark"),
    [(1.0, False, "em_right"), (0.0, False, "em_wrong"), (1.0, True, "unscored"), (None, False, "unscored")],
)
def test_a_square_that_no_judge_was_asked_about_shows_what_em_says(em, judged, mark):
    ((_, _, index, _),) = strip_value([StripItem(1, 1, "A", "unscored", em=em, judged=judged)])
    assert MARKS[index] == mark
    assert f'st-c-{mark}"' in legend_html("ru")
    assert StripItem(1, 1, "A", "failed", em=em, judged=judged).mark == "failed"


def test_the_strips_template_carries_its_words():
    template = strip("ru").html_template
    assert "Вопрос %: верно только по судье" in template
    assert "Вопрос %: неверно по EM, судью не спрашивали" in template and "Показаны последние 400" in template
    assert not re.search(r"\b(NAMES|SIGNS|MARKS)\b", template)
    assert "{{" not in template, "Handlebars would read it"


# progress and summary


def live(**changes) -> Live:
    run = view(state="running", answered=45, failed=1, planned=120)
    parts = {
        "run": run,
        "phase": "answering",
        "done": 46,
        "rate": 5.83,
        "eta_s": 12.7,
        "current": None,
        "text": "",
    }
    return Live(**parts | {"strip": (), "scores": ()} | changes)


def test_progress_tells_how_far_how_fast_how_long_still():
    html = progress_html(live(), "ru").replace("\N{NO-BREAK SPACE}", " ")
    for part in (
        "46 из 120 вопросов",
        "нет ответа: 1",
        "5,8 вопр./с",
        "ещё 13 с",
        "Модель отвечает…",
        'data-state="running"',
    ):
        assert part in html
    assert 'style="width:38.3%"' in html and "Готово 30 %" in html


def test_while_the_judge_is_waited_for_its_count_is_told():
    js = Estimate(0.5, 0.3, 0.7, 28, 2, 1)
    waiting = live(phase="finishing", scores=(TaskScore("", {}, None, 120, js, js, js),))
    html = progress_html(waiting, "ru").replace("\N{NO-BREAK SPACE}", " ")
    assert "Судья оценивает: 30 из 45…" in html
    assert "вопр./с" not in html and "ещё 13 с" not in html


@pytest.mark.parametrize(
    ("until", "lang", "said"),
    [
        (1_100.0, "ru", "Нет ответа от http://a/v1. Ждём ещё 1 мин 30 с"),
        (1_100.0, "en", "No answer from http://a/v1. Waiting for another 1 min 30 s"),
        (None, "ru", "Пока спрашиваем остальные серверы."),
    ],
)
def test_a_server_that_does_not_answer_is_named_and_how_long_it_is_waited_for(until, lang, said):
    html = progress_html(live(silence=Silence(("http://a/v1",), until)), lang, now=1_010.0)
    assert said in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "http://a" not in progress_html(live(), lang)


@pytest.mark.parametrize(
    ("lang", "busy", "judge"),
    [
        ("ru", "Занято: http://a/v1. Уже 1 мин 30 с в ответ просят", "Судья не отвечает: http://j/v1. Ждём ещё 5 с"),
        ("en", "Busy: http://a/v1. For 1 min 30 s the answer", "The judge does not answer: http://j/v1. Waiting"),
    ],
)  # fmt: skip
def test_a_busy_server_and_a_silent_judge_are_named(lang, busy, judge):
    going = live(
        silence=Silence(busy=(("http://a/v1", 1_000.0),)), judge_silence=Silence(("http://j/v1",), 1_095.0)
    )
    html = progress_html(going, lang, now=1_090.0).replace("\N{NO-BREAK SPACE}", " ")
    assert busy in html and judge in html
    assert "http://a" not in progress_html(going, lang, now=1_004.0), "a moment is not worth telling"
    over = "так и не ответил" if lang == "ru" else "has not answered"
    assert over in progress_html(going, lang, now=1_200.0)


def test_a_run_that_goes_on_changes_its_head_every_second():
    """progress.js takes silence for a cut connection and opens the page anew."""
    loading = live(phase="loading", done=0, rate=None, eta_s=None)
    assert "прошло 40" in progress_html(loading, "ru", now=40.2)
    assert len({progress_html(loading, "ru", now=second) for second in range(10)}) == 10
    assert "data-going" in progress_html(loading, "ru")
    for resting in (view(), view(state="running", kind="human")):
        html = progress_html(live(run=resting, phase="idle"), "ru")
        assert "data-going" not in html and "прошло" not in html


def test_loading_has_no_numbers_to_show_yet():
    html = progress_html(live(phase="loading", done=0, rate=None, eta_s=None), "ru")
    assert "Загружаю модель…" in html and "st-fill--busy" in html and "вопр./" not in html


def test_before_the_tasks_are_read_there_is_nothing_to_count():
    assert "из 0" not in progress_html(live(run=view(state="running", planned=0, answered=0, failed=0)), "ru")


def test_the_status_line_speaks_ten_times_a_run():
    run = view(state="running", planned=1000)
    said = {
        re.search(r'role="status">([^<]*)', progress_html(live(run=run, done=n), "ru"))[1]
        for n in range(1000)
    }
    assert len(said) == 10


def confusion(**counts: int) -> tuple[Confusion, ...]:
    return (Confusion("", {}, {"both": 0, "em_only": 0, "js_only": 0, "neither": 0} | counts),)


@pytest.mark.parametrize(
    ("confusions", "line"),
    [
        (
            confusion(both=200, em_only=1, js_only=40, neither=119),
            "EM 0,50 · Judge Score 0,63 · разошлись в 41 из 360",
        ),
        (confusion(both=5, neither=5), "EM 0,50 · Judge Score 0,63 · сошлись во всех 10"),
        ((), "EM 0,50 · Judge Score 0,63"),
    ],
)
def test_the_headline(confusions, line):
    assert headline(view(), confusions, "ru") == line


def test_the_headline_of_a_run_without_scores():
    none = Estimate(None, None, None, 0, 0, 9)
    assert headline(view(em=none, js=none), (), "ru") == "Ни один ответ не оценён"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "cancelled", "answered": 3}, "Прогон остановлен: отвечено 3 из 10"),
        ({"state": "cancelled", "answered": 10}, "остановлен уже после последнего ответа: отвечено 10 из 10"),
        ({"state": "interrupted", "answered": 10}, "прервался уже после последнего ответа"),
        ({"state": "interrupted", "answered": 3}, "Прогон прервался: отвечено 3 из 10"),
        (
            {"state": "failed", "problem": Problem("unknown_model", {"name": HOSTILE})},
            "Прогон не удался. Модель",
        ),
        ({}, "Без ответа осталось: 1\N{NO-BREAK SPACE}вопрос"),
    ],
)
def test_the_summary_tells_what_went_wrong(changes, words):
    html = summary_html(view(**changes), confusion(both=1), "ru")
    assert words in html and "<img" not in html


def test_the_latest_run_under_the_form():
    assert "Последний прогон: our/model" in latest_html(view(), confusion(both=1), "ru")
    going = latest_html(view(state="running"), confusion(), "ru")
    assert "Сейчас идёт прогон" in going and 'href="./?run=r1"' in going


NOBODY = Estimate(None, None, None, 0, 0, 0)


def unjudged(**changes):
    """A run that was answered whole under «no judge»."""
    return view(
        **{"judge": "", "js": NOBODY, "planned": 10, "answered": 10, "failed": 0, "unjudged": 10} | changes
    )


def test_a_run_without_a_judge_tells_what_em_knows_and_how_to_ask():
    counts = (Confusion("", {}, {"unscored": 10}, em_right=5, em_wrong=5),)
    assert headline(unjudged(), counts, "ru") == "EM 0,50 · верно 5 из 10 · судью не спрашивали"
    assert headline(unjudged(), counts, "en") == "EM 0.50 · 5 of 10 right · no judge was asked"
    assert "«Отдать судье»" in summary_html(unjudged(), counts, "ru", steers=True)
    assert "«Отдать судье»" not in summary_html(unjudged(), counts, "ru"), (
        "who may not ask is not sent to ask"
    )


@pytest.mark.parametrize(
    "changes", [{"judge": "j@1"}, {"js": Estimate(None, None, None, 0, 3, 0)}, {"state": "running"}]
)
def test_a_judge_that_was_asked_or_will_be_is_not_said_to_be_missing(changes):
    assert not unjudged(**changes).lacks_judge and "не спрашивали" not in headline(
        unjudged(**changes), (), "ru"
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("failed", "Прогон не удался"),
        ("cancelled", "Прогон остановлен: отвечено 9"),
        ("interrupted", "прервался"),
    ],
)
def test_the_latest_run_says_that_it_did_not_end_well(state, words):
    html = latest_html(view(state=state), confusion(both=1), "ru")
    assert words in html and state_chip(state, "ru") in html
    assert 'href="./?run=r1">К прогону' in html, "there it can be resumed"
    assert state_chip("done", "ru") not in latest_html(view(), confusion(both=1), "ru")


# task cards


def test_task_cards_are_ordinary_checkboxes_grouped_by_modality():
    tasks = [
        TaskInfo("A", {"ru": "Наклейки"}, "image", "short", "public", "CC0", {"test": 60}),
        TaskInfo(HOSTILE, {"ru": HOSTILE}, "audio", "letter", "public", "CC0", {"test": 1}),
    ]
    cards = picker(tasks, ["A"], "ru").props["cards"]
    assert '<input type="checkbox" value="A" data-modality="image">' in cards
    assert "Изображения" in cards and "Звук" in cards and "Видео" not in cards
    assert "<img" not in cards and "1\N{NO-BREAK SPACE}вопрос" in cards
    assert "Задач нет" in picker([], [], "ru").props["cards"]


def test_a_run_that_never_began_says_so_and_offers_nothing_to_answer():
    nothing = Estimate(None, None, None, 0, 0, 0)
    problem = Problem("unknown_model", {"name": "org/nosuch"})
    run = view(state="failed", answered=0, failed=0, em=nothing, js=nothing, problem=problem)
    html = summary_html(run, (), "ru")
    assert "Прогон не начался" in html and "org/nosuch" in html
    assert "Ни один ответ не оценён" not in html and "annotate" not in html
