"""The Runs page: what was run, by models and people; resume and delete; nothing for whom it is not."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest

from components.pages.runs import build_runs_page
from components.theme import CSS_PATHS
from components.widgets.run_table import PAGE, Rights, runs_html
from studio.core.outcome import Estimate
from studio.core.run import RunSpec, RunView
from studio.engines.scripted import ScriptedEngine
from studio.texts import LANGS
from tests.components.pages_by_hand import built, event, handler, request, stream
from tests.support import scripted_studio, write_task

VISITOR_HOST = "203.0.113.7"
OWNERS = Rights(delete=True, steerable={"r1"})
NONE = Estimate(None, None, None, 0, 0, 0)
SPEC = RunSpec("our/model", ("Things",))


def view(number: int = 1, **changes) -> RunView:
    run = RunView(
        id=f"r{number}", kind="model", state="done", title="", model="our/model", revision="abc",
        judge="our/judge@sha256:0123456789abcdef", tasks=("A", "B", "C", "D", "E"), created_at=0.0, started_at=0.0,
        finished_at=9.0, planned=10, answered=9, failed=1, truncated=2, seconds=65.0,
        em=Estimate(0.5, 0.3, 0.7, 9, 0, 1), js=Estimate(0.625, 0.4, 0.8, 8, 1, 1), spec=SPEC,
    )  # fmt: skip
    return replace(run, **changes)


@pytest.fixture
def studio(tmp_path: Path):
    studio = scripted_studio(
        tmp_path / "home", ScriptedEngine({1: "да", 2: "нет"}), data=tmp_path / "no-demo"
    )
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path):
    task = write_task(tmp_path / "Things", ["да", "да", "да"])
    return studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=30)


def test_a_new_studio_says_what_to_do(studio):
    (html,) = stream(handler(built(build_runs_page, studio), "opened")(request()))
    assert "Прогонов пока нет" in html and 'href="./"' in html


def test_a_run_is_listed_with_scores_and_what_can_be_done(studio, run):
    html = stream(handler(built(build_runs_page, studio), "opened")(request()))[-1]
    assert "our/model" in html and "0,50" in html and "нет ответа: 1" in html
    for action in (f"./inspect?run={run.id}", f"./export/{run.id}.sqlite", "data-resume", "data-delete"):
        assert action in html


def test_other_rules_of_exact_match_are_named_beside_the_score():
    rules = "правила EM: <code>studio-2+мягкие</code>"
    usual, mended = view(em_version="studio-2"), view(2, em_version="studio-2+мягкие")
    published = view(3, em_version="head-1", spec=replace(SPEC, profile="head"))
    assert rules in runs_html([mended], {}, "ru") and "<code>head-1</code>" in runs_html(
        [published], {}, "ru"
    )
    assert "правила EM" not in runs_html([usual], {}, "ru")


def test_deleting_is_for_the_owner_and_says_what_goes(studio, run):
    demo = built(build_runs_page, studio)
    visited = stream(handler(demo, "opened")(request("elsewhere", VISITOR_HOST)))[-1]
    assert "data-delete" not in visited
    with pytest.raises(gr.Error, match="недоступно"):
        handler(demo, "removed")(request(host=VISITOR_HOST), event(run=run.id))
    assert [found.id for found in studio.runs()] == [run.id]


@pytest.mark.filterwarnings("ignore::UserWarning")  # gr.Info outside an event says that it has nobody to tell
def test_the_owner_deletes_a_run(studio, run):
    demo = built(build_runs_page, studio)
    html = stream(handler(demo, "opened")(request()))[-1]
    assert "our/model, 2\N{NO-BREAK SPACE}ответа. Вернуть их нельзя." in html
    assert "Прогонов пока нет" in handler(demo, "removed")(request(), event(run=run.id))
    assert studio.runs() == []


def test_a_run_that_is_not_there_is_said_to_be_so(studio, run):
    demo = built(build_runs_page, studio)
    with pytest.raises(gr.Error, match="r-нет"):
        handler(demo, "removed")(request(), event(run="r-нет"))
    with pytest.raises(gr.Error, match="r-нет"):
        stream(handler(demo, "resumed")(request(), event(run="r-нет")))


def test_resuming_from_the_list(studio, run):
    drawn = stream(handler(built(build_runs_page, studio), "resumed")(request(), event(run=run.id)))
    assert run.id in drawn[0] and "готов" in drawn[-1], "the list follows what it set going"
    assert studio.run(run.id).state == "done"


def test_the_list_is_redrawn_while_a_model_is_at_work(tmp_path):
    answer_now = threading.Event()
    studio = scripted_studio(
        tmp_path / "home", lambda asked: answer_now.wait(60) and "да", data=tmp_path / "no-demo"
    )
    studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Things", ["да"])),)))

    async def look_until_done():
        drawn = []
        async for html in handler(built(build_runs_page, studio), "opened")(request()):
            drawn.append(html)
            answer_now.set()
        return drawn

    drawn = asyncio.run(look_until_done())
    studio.close()
    assert "data-resume" not in drawn[0] and "готов" not in drawn[0] and "готов" in drawn[-1]


def test_closing_the_tab_ends_the_redrawing(tmp_path):
    answer_now = threading.Event()
    studio = scripted_studio(
        tmp_path / "home", lambda asked: answer_now.wait(60) and "да", data=tmp_path / "no-demo"
    )
    studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Things", ["да"])),)))

    async def look_and_leave():
        steps = handler(built(build_runs_page, studio), "opened")(request())
        seen = await anext(steps)
        await steps.aclose()
        return seen

    assert "our/model" in asyncio.run(look_and_leave())
    answer_now.set()
    studio.close()


@pytest.mark.parametrize("data", [{"kind": "human"}, {"page": 7}, {"kind": "<x>", "page": "1"}, {}])
def test_turning_takes_whatever_a_browser_sends(studio, run, data):
    demo = built(build_runs_page, studio)
    assert isinstance(handler(demo, "turned")(request(), event(**data)), str)


def test_people_stand_beside_models_and_can_be_asked_for():
    runs = [view(1), view(2, kind="human", model="Анна", title="Анна", judge="")]
    both, people = runs_html(runs, {}, "ru"), runs_html(runs, {}, "ru", kind="human")
    assert "Анна" in both and "our/model" in both and "человек" in both
    assert "Анна" in people and "our/model</a>" not in people
    assert "data-kind" not in runs_html(runs[:1], {}, "ru"), "a filter with one kind would do nothing"


def test_long_lists_are_paged():
    runs = [view(number) for number in range(PAGE + 10)]
    first, second = runs_html(runs, {}, "ru"), runs_html(runs, {}, "ru", page=1)
    assert first.count('<li class="st-card') == PAGE and second.count('<li class="st-card') == 10
    assert "1–50 из 60" in first and "51–60 из 60" in second
    assert runs_html(runs, {}, "ru", page=99) == second and runs_html(runs, {}, "ru", page=-1) == first


def test_a_question_without_an_answer_is_not_among_the_answered():
    html = runs_html([view()], {}, "ru").replace("\N{NO-BREAK SPACE}", " ")
    assert "9 из 10 вопросов · нет ответа: 1" in html


def test_a_row_names_tasks_judge_and_time():
    html = runs_html([view()], {"A": "Наклейки"}, "ru")
    assert "Наклейки, B, C и ещё 2" in html and 'title="A, B, C, D, E"' in html
    assert "судья our/judge@01234567" in html and 'title="our/judge@sha256:0123456789abcdef"' in html
    assert "1\N{NO-BREAK SPACE}мин 05\N{NO-BREAK SPACE}с" in html and "обрезано: 2" in html
    assert "0,63" in html and "0,40–0,80" in html


@pytest.mark.parametrize(
    ("changes", "there", "absent"),
    [
        ({"state": "running", "answered": 3, "failed": 0}, ["Смотреть"], ["data-delete", "data-resume"]),
        (
            {"state": "interrupted", "answered": 3},
            ["data-resume", "data-delete", "прерван"],
            ["Смотреть"],
        ),
        ({"answered": 10, "failed": 0}, ["data-delete"], ["data-resume"]),
        (
            {"answered": 0, "failed": 0, "state": "failed", "em": NONE, "js": NONE},
            ["ошибка", "—"],
            ["export/"],
        ),
    ],
)
def test_only_what_can_be_done_is_offered(changes, there, absent):
    html = runs_html([view(**changes)], {}, "ru", rights=OWNERS)
    assert all(word in html for word in there) and not any(word in html for word in absent)


def test_names_from_data_are_text():
    hostile = '"><script>alert(1)</script>'
    html = runs_html(
        [view(title=hostile, judge=hostile, tasks=(hostile,), id=hostile)],
        {hostile: hostile},
        "ru",
        rights=OWNERS,
    )
    assert "<script" not in html and "&lt;script&gt;" in html


def test_a_run_that_may_not_be_taken_away_says_why():
    free, kept = (
        runs_html([view()], {}, "ru"),
        runs_html([view()], {}, "ru", rights=Rights(withheld={view().id})),
    )
    assert f"export/{view().id}.sqlite" in free
    assert "export/" not in kept and "эталон задачи, на вопросы которой" in kept


# whose run it is


def test_a_visitor_may_not_resume_anothers_run(studio, run):
    demo = built(build_runs_page, studio)
    assert "data-resume" in stream(handler(demo, "opened")(request()))[-1]
    assert "data-resume" not in stream(handler(demo, "opened")(request("elsewhere", VISITOR_HOST)))[-1]
    with pytest.raises(gr.Error, match="тот, кто его начал"):
        stream(handler(demo, "resumed")(request("elsewhere", VISITOR_HOST), event(run=run.id)))


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_the_filter_with_every_kind_of_run_fits_a_phone(browser_page, lang):
    runs = [
        view(1),
        view(2, kind="human"),
        *(view(n, kind="imported") for n in range(3, 123)),
    ]
    styles = "".join(path.read_text("utf-8") for path in CSS_PATHS)
    browser_page.set_viewport_size({"width": 390, "height": 844})
    html = runs_html(runs, {}, lang)
    browser_page.set_content(
        '<!doctype html><meta name="viewport" content="width=device-width">'
        # Gradio counts the padding into the width of everything.
        f"<style>* {{ box-sizing: border-box }} {styles} body {{ font-family: sans-serif }}</style>"
        f'<div class="gradio-container"><div class="main">{html}</div></div>'
    )
    rights = browser_page.locator(".st-runs, .st-segments, .st-segments button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert len(rights) == 6 and max(rights) == rights[0] < 390
