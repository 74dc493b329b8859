"""The panel of a run's pace: what it says, what it draws, and that it says nothing that nobody measured."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from components.format import NBSP, brief
from components.widgets.pace import cost_html, finding_words, pace_html
from studio.core.figures import Figures, Finding, Pace, Spread, Timeline, per_thousand
from studio.core.pace import StageLoad
from studio.core.timeline import timeline_of, windows_of
from studio.texts import LANGS

ENDS = [1.0 + n / 10 for n in range(100)] + [1000.0 + n / 10 for n in range(50)]
STARTS = [end - 0.5 for end in ENDS]


def timeline(judged=()) -> Timeline:
    found = timeline_of(windows_of([0.0, 999.0], STARTS, ENDS, judged=judged), STARTS, ENDS, judged=judged)
    assert found
    return found


FIGURES = Figures(
    answered=150, judged=150, asking_s=15.5, working_s=15.5, prompt_tokens=60_000, prompt_seen=150,
    completion_tokens=4_500, completion_seen=150, ttft=Spread(0.12, 0.31, 150), per_token=Spread(0.0061, 0.012, 150),
    latency=Spread(0.5, 1.7, 150),
)  # fmt: skip


@pytest.fixture
def pace() -> Pace:
    return Pace("r1", FIGURES, timeline=timeline(ENDS), per_thousand=per_thousand(FIGURES))


def plain(html: str) -> str:
    """The words of markup, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace(NBSP, " ").split())


def test_the_figures_are_told_with_their_units(pace):
    words = plain(pace_html(pace, "ru"))
    assert "Ответы 9,7 вопр./с" in words and "Токены ответов 290 ток./с" in words
    assert "До первого токена 120 мс 95 % до 310 мс" in words and "На токен 6,1 мс" in words
    assert "150 ответов за 16 с работы" in words
    assert "Answers 9.7 questions/s" in plain(pace_html(pace, "en"))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0008, "0,8 мс"),
        (0.0121, "12 мс"),
        (0.9994, "999 мс"),
        (1.04, "1,0 с"),
        (65, "1 мин 05 с"),
        (None, "—"),
    ],
)
def test_a_latency_is_short(seconds, said):
    assert brief(seconds, "ru").replace(NBSP, " ") == said


def test_unknown_tokens_are_said_to_be_unknown_and_never_0(pace):
    dumb = replace(FIGURES, completion_tokens=0, completion_seen=0, ttft=None, per_token=None)
    words = plain(pace_html(replace(pace, figures=dumb, per_thousand=per_thousand(dumb)), "ru"))
    assert "Токены ответов — токены не сообщались" in words and "До первого токена — не измерялось" in words
    some = replace(FIGURES, completion_seen=100)
    assert "не меньше: токены известны у 100 из 150" in plain(pace_html(replace(pace, figures=some), "ru"))


def test_the_chart_has_names_and_a_table_with_every_step(pace):
    html = pace_html(pace, "ru")
    steps = len(pace.timeline.moments)
    assert html.count("<title>") == 3 + steps + 1, "three lanes, each step, the pause"
    assert html.count("<desc>") == 3 and html.count('role="img"') == 3
    assert html.count("<tr>") == 1 + steps
    assert "пауза 16 мин 29 с" in plain(html)


def test_the_bars_area_is_the_number_of_answers(pace):
    bars = re.search(r'class="pc-bars" d="([^"]+)"', pace_html(pace, "ru"))[1]
    assert bars.count("M") == sum(bool(moment.answered) for moment in pace.timeline.moments)
    heights = [100 - float(top) for top in re.findall(r"V([\d.]+)H", bars)]
    rates = [moment.per_second for moment in pace.timeline.moments if moment.answered]
    assert heights == pytest.approx([rate / max(rates) * 98 for rate in rates], abs=0.06)


def test_while_it_goes_on_there_are_stages_and_no_columns_for_the_pointer(pace):
    loads = {"prepare": StageLoad(now=2, room=2, waiting=40), "request": StageLoad(now=9, room=32)}
    html = pace_html(replace(pace, going=True, loads=loads), "ru")
    words = plain(html)
    assert "Подготовка 2 из 2 ждут: 40" in words and "Запросы 9 из 32" in words and "Судья ждут: 0" in words
    assert "<rect" not in html


def test_without_a_judge_nothing_is_said_of_one(pace):
    words = plain(pace_html(replace(pace, judged=False), "ru"))
    assert "Отвечено" in words and "оценено судьёй" not in words and "Ждут судью" not in words


@pytest.mark.parametrize("untimed", ["human", "early"])
def test_where_there_is_nothing_to_tell_there_is_no_panel(untimed):
    assert pace_html(Pace("r1", Figures(), untimed), "ru") == ""


def test_answers_out_of_earlier_runs_are_counted_apart(pace):
    figures = replace(FIGURES, recalled=20)
    assert "150 ответов за 16 с работы модели, без судьи · ещё 20 из прежних прогонов" in plain(
        pace_html(replace(pace, figures=figures), "ru")
    )
    nothing = Pace("r1", Figures(recalled=20), "recalled")
    assert "взяты из прежних прогонов" in plain(pace_html(nothing, "ru"))


def test_of_a_log_only_what_it_said_is_told():
    figures = Figures(answered=4, latency=Spread(0.5, 1.0, 4))
    pace = Pace("r1", figures, "imported", per_thousand=per_thousand(figures, timed=False))
    words = plain(pace_html(pace, "ru"))
    assert "Темп неизвестен" in words and "Весь ответ 500 мс" in words
    assert "вопр./с" not in words and "ток./с" not in words


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            Finding("starved", "prepare", 0.7, 32),
            "Узкое место — подготовка медиа: сервер в среднем за прогон простаивает на 70 %.",
        ),
        (
            Finding("starved_model", "write", 0.7),
            "Узкое место — запись ответов: модель в среднем за прогон простаивает на 70 %.",
        ),
        (Finding("judge_behind", n=121), "Судья отстаёт на 121 ответ."),
        (Finding("judge_waited", n=3), "Модель ответила на всё; судье осталось 3 ответа."),
        (
            Finding("judge_last", share=0.25, seconds=61),
            "Судья закончил на 1 мин 01 с позже модели — это 25 % всей работы.",
        ),
    ],
)
def test_what_holds_a_run_up_is_one_sentence(finding, said):
    assert finding_words(finding, "ru").replace(NBSP, " ") == said
    assert finding_words(finding, "en").endswith(".")


def test_the_servers_own_limit_names_its_places():
    said = finding_words(Finding("server", share=0.96, room=32), "ru").replace(NBSP, " ")
    assert said.startswith("Узкое место — сервер: в среднем за прогон запросы занимают 96 % мест из 32.")


def test_the_script_is_given_amounts_and_words(pace):
    amounts = json.loads(unescape(re.search(r'data-thousand="([^"]+)"', pace_html(pace, "ru"))[1]))
    assert amounts["prompt"] == pytest.approx(0.4) and amounts["completion"] == pytest.approx(0.03)
    assert amounts["hour"] == pytest.approx(15.5 / 3600 / 150 * 1000)
    for lang in LANGS:
        words = json.loads(unescape(re.search(r'data-words="([^"]+)"', cost_html(lang))[1]))
        assert all("{}" in words[name] for name in ("hour", "tokens", "total"))


def test_a_model_whose_answers_come_in_batches_says_so(pace):
    assert "начала пакета" in plain(pace_html(replace(pace, batched=True), "ru"))
