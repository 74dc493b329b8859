"""The Run page over a real studio and a scripted model: start, watch, stop, resume, come back by a link."""

import asyncio
import threading
from itertools import pairwise
from pathlib import Path

import gradio as gr
import pytest

from components.pages.run import build_run_page
from components.who import viewer
from components.widgets.picker import picked
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from tests.components.pages_by_hand import built, event, handler, last, request, stream, words
from tests.support import scripted_studio, write_task

GOLDS = ["красный", "синий", "два", "кошка"]
FORM = (
    20,
    "",
    256,
    32,
    0,
    1,
    1,
    8,
    0,
    5,
    "sent",
    "auto",
    "auto",
    "auto",
    "",
    "",
    "",
    32,
    "object",
    "",
    False,
)


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "Things", GOLDS))


def studio_of(tmp_path: Path, script, **options):
    return scripted_studio(tmp_path / "home", script, data=tmp_path / "no-demo", **options)


@pytest.fixture
def studio(tmp_path):
    """Answers: right by both, right by the judge only, wrong, no answer at all."""
    studio = studio_of(tmp_path, ScriptedEngine({1: "красный", 2: "скорее синий", 3: "пять"}))
    yield studio
    studio.close()


def started(demo, task: str, *form, session="tab"):
    return handler(demo, "started")(request(session), "our/model", picked([task], None), *(form or FORM))


def test_a_run_is_watched_from_start_to_summary(studio, task):
    steps = stream(started(built(build_run_page, studio), task))
    (run,) = studio.runs()
    assert run.state == "done" and run.answered == 3 and run.failed == 1
    shown = words(last(steps))
    assert "EM 0,33 · Judge Score 0,67 · разошлись в 1 из 3" in shown
    assert f"inspect?run={run.id}&amp;cell=disagree" in shown and f"./export/{run.id}.sqlite" in shown
    assert "Без ответа осталось: 1\N{NO-BREAK SPACE}вопрос" in shown


def test_answers_of_an_earlier_run_are_taken_when_the_box_is_ticked(studio, task):
    stream(started(built(build_run_page, studio), task))
    steps = stream(started(built(build_run_page, studio), task, *FORM[:-1], True))
    run, _ = studio.runs()
    assert run.spec.reuse and (run.recalled, run.answered, run.failed) == (3, 3, 1)
    shown = words(last(steps))
    assert "Из прежних прогонов взято ответов: 3 из 3" in shown and "Температура 0 · зерно 1" in shown


def test_only_what_changed_is_sent_again(tmp_path, task):
    studio = studio_of(tmp_path, lambda asked: "красный", token_s=0.3)
    steps = stream(started(built(build_run_page, studio), task))
    studio.close()
    sent: dict[object, list[object]] = {}
    for step in steps:
        for component, value in step.items():
            sent.setdefault(component, []).append(value)
    assert len(steps) > 4
    repeated = [c for c, values in sent.items() if any(a == b for a, b in pairwise(values))]
    assert not repeated, "a panel that did not change must not be sent: a playing clip would start anew"


def test_the_answer_is_seen_while_it_arrives(tmp_path, task):
    studio = studio_of(tmp_path, lambda asked: "на картинке скорее всего красный", token_s=0.25)
    texts = [words(step) for step in stream(started(built(build_run_page, studio), task))]
    studio.close()
    assert any("на картинке" in text and "красный</span>" not in text for text in texts)
    assert any("Модель отвечает" in text for text in texts) and any(
        "Что на картинке номер" in text for text in texts
    )


def test_stop_ends_a_run_at_once_and_keeps_what_is_answered(tmp_path, task):
    studio = studio_of(tmp_path, lambda asked: "слово " * 40, token_s=0.1)
    demo = built(build_run_page, studio)

    def stop():
        (run,) = studio.runs()
        handler(demo, "stopped")(run.id, request())

    timer = threading.Timer(1.5, stop)
    timer.start()
    shown = words(last(stream(started(demo, task))))
    (run,) = studio.runs()
    assert run.state == "cancelled" and run.resumable
    assert "Прогон остановлен" in shown and "visible': True" in shown
    studio.close()


def test_resume_asks_what_is_missing(studio, task):
    demo = built(build_run_page, studio)
    stream(started(demo, task))
    (run,) = studio.runs()
    shown = words(last(stream(handler(demo, "resumed")(run.id, request()))))
    assert "разошлись в 1 из 3" in shown and len(studio.runs()) == 1


def test_a_link_comes_back_to_a_run_and_to_a_sample(studio, task):
    demo = built(build_run_page, studio)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30)
    shown = words(last(stream(handler(demo, "opened")(request(run=run.id, sample="2")))))
    assert "разошлись в 1 из 3" in shown and "скорее синий" in shown and "Что на картинке номер 1?" in shown


def test_a_link_to_a_sample_that_the_run_does_not_have_still_shows_the_run(studio, task):
    demo = built(build_run_page, studio)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30)
    shown = words(last(stream(handler(demo, "opened")(request(run=run.id, sample="4117")))))
    assert "разошлись в 1 из 3" in shown and "4117" in shown


@pytest.mark.parametrize("more", [{}, {"sample": "5"}])
def test_a_link_to_no_run_says_so(studio, more):
    opened = handler(built(build_run_page, studio), "opened")
    shown = words(last(stream(opened(request(run="<r-нет>", **more)))))
    assert "Прогона «&lt;r-нет&gt;» здесь нет" in shown and "Прогоны" in shown


def test_an_open_page_shows_the_latest_run(studio, task):
    demo = built(build_run_page, studio)
    shown = words(last(stream(handler(demo, "opened")(request()))))
    assert "Последний прогон" not in shown, "a new studio has nothing to show"
    studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30)
    assert "Последний прогон" in words(last(stream(handler(demo, "opened")(request()))))


def test_a_new_start_in_a_tab_ends_what_the_tab_followed(tmp_path, task):
    studio = studio_of(tmp_path, lambda asked: "слово " * 30, token_s=0.1)
    demo = built(build_run_page, studio)
    threading.Timer(1.0, lambda: handler(demo, "renewed")(request())).start()
    stream(started(demo, task))
    (run,) = studio.runs()
    assert run.state == "running", "the tab looks elsewhere; the run goes on"
    studio.close()


def test_a_square_opens_its_sample(studio, task):
    demo = built(build_run_page, studio)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30)
    card = handler(demo, "picked")(run.id, request(), event(sample=2))
    assert "скорее синий" in card and "<strong>" in card and f"inspect?run={run.id}&amp;sample=2" in card
    failed = handler(demo, "picked")(run.id, request(), event(sample=4))
    assert "Модель не ответила" in failed
    assert handler(demo, "picked")(run.id, request(), event(sample="1 or 1=1")) == ""


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ((20, "", 0, 32, 0, 1, 1, 8, 0, 5, "sent", "auto", "auto", "auto", ""), "max_new_tokens"),
        ((-3, "", 256, 32, 0, 1, 1, 8, 0, 5, "sent", "auto", "auto", "auto", ""), "limit"),
        ((20, "/нет/такой", 256, 32, 0, 1, 1, 8, 0, 5, "sent", "auto", "auto", "auto", ""), "нет"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(studio, task, form, words):
    (told,) = stream(started(built(build_run_page, studio), task, *form))
    assert words in str(told) and "data-field" in str(told)
    assert studio.runs() == []


def test_nothing_ticked_is_refused_in_words(studio):
    start = handler(built(build_run_page, studio), "started")
    first, second = (str(stream(start(request(), "our/model", picked([], None), *FORM))) for _ in range(2))
    assert "Не выбрано ни одной задачи" in first and 'data-field="tasks"' in first
    assert first != second, "a second press is answered too"


def test_a_visitor_from_elsewhere_runs_only_what_is_offered(studio, task):
    start = handler(built(build_run_page, studio), "started")
    told = stream(start(request(host="203.0.113.7"), "our/model", picked([task], None), *FORM))
    assert 'data-field="model"' in str(told) and "только владелец" in str(told)
    assert studio.runs() == []


def test_a_folder_that_was_run_is_among_the_tasks_at_once(studio, task):
    demo = built(build_run_page, studio)
    assert "Things" not in str(stream(handler(demo, "opened")(request())))
    stream(started(demo, task))
    assert 'value="Things"' in str(stream(handler(demo, "opened")(request())))
    assert 'value="Things"' in str(handler(demo, "renewed")(request()))


def test_a_visitor_sees_no_gold_of_a_private_task(tmp_path):
    task = str(write_task(tmp_path / "Secret", GOLDS, access="private"))
    studio = studio_of(tmp_path, ScriptedEngine({1: "зелёный", 2: "пять", 3: "три", 4: "собака"}))
    demo = built(build_run_page, studio)
    run = studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30)
    visitor, owner = request(host="203.0.113.7", run=run.id, sample="1"), request(run=run.id, sample="1")
    seen = words(last(stream(handler(demo, "opened")(visitor))))
    assert not any(gold in seen for gold in GOLDS) and "Эталон скрыт" in seen and "зелёный" in seen
    assert "красный" in words(last(stream(handler(demo, "opened")(owner))))
    studio.close()


def test_an_answer_of_markup_is_shown_as_text(tmp_path, task):
    hostile = "<img src=x onerror=alert(1)>\x1b[31m{{value}} ${value}"
    studio = studio_of(tmp_path, lambda asked: hostile)
    demo = built(build_run_page, studio)
    steps = stream(started(demo, task))
    card = handler(demo, "picked")(studio.runs()[0].id, request(), event(sample=1))
    studio.close()
    for shown in (*(words(step) for step in steps), card):
        assert "<img src=x" not in shown and "\x1b" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;␛[31m{{value}} ${value}" in card


def test_a_visitor_stops_his_own_run_from_any_tab_of_his_browser_and_nobody_elses(tmp_path, task):
    studio = studio_of(tmp_path, lambda asked: "слово " * 200, token_s=0.05)
    demo = built(build_run_page, studio)
    own = {"studio_browser": "0123456789abcdef0123456789abcdef"}
    host = "203.0.113.7"
    run_id = studio.start(RunSpec("our/model", (task,)), viewer(studio, request(cookies=own)))

    def seen(asked) -> str:
        async def first() -> str:
            steps = handler(demo, "opened")(asked)
            told = ""
            async for step in steps:
                told += words(step)
                if "st-progress" in told:
                    break
            await steps.aclose()
            return told

        return asyncio.run(first())

    stop = "'visible': True"  # while it goes on, only Stop could be
    assert stop in seen(request("one", host, own, run=run_id))
    assert stop not in seen(request("two", host, run=run_id))
    with pytest.raises(gr.Error, match="тот, кто его начал"):
        handler(demo, "stopped")(run_id, request("two", host))
    handler(demo, "stopped")(run_id, request("another tab", host, own))
    assert studio.wait(run_id, timeout_s=30).state == "cancelled"
    studio.close()
