"""The Leaderboard page: what it shows and where its numbers lead, by handlers, by files, and in a real browser."""

import csv
import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest

from components.links import board_asked, board_file, board_query
from components.pages.leaderboard import gap_view, view
from components.widgets.board_chart import axis, chart_html
from components.widgets.board_table import STEPS, step_of, tip
from studio.core.leaderboard import BoardAsked, BoardCell, Chart, ChartLine, Remark
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.run import Viewer
from studio.core.totals import Measure
from studio.texts import LANGS, t
from studio.texts.board import row_names
from tests.boards import FAILED, NO_GOLD, RIGHT, ROOM, WRONG, board_studio, keep_run
from tests.components.serving import Script, serving
from tests.people import answers_task

OWNER = Viewer("owner")
HOSTILE = '"><script>alert(1)</script>'
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    studio = board_studio(tmp_path_factory.mktemp("board"))
    keep_run(studio, "r1", "our/first", {"ruCLEVR": [RIGHT] * 3 + [WRONG, FAILED], "AQUARIA": [RIGHT, WRONG]})
    keep_run(studio, "r2", "our/second", {"ruCLEVR": [RIGHT, WRONG], "RealVQA": [NO_GOLD] * 2})
    keep_run(studio, "r3", "our/second", {"ruCLEVR": [RIGHT]})
    keep_run(studio, "r4", "our/third", {"CommonVideoQA": [RIGHT] * 4}, settings=replace(ROOM, frames=2))
    keep_run(studio, "h1", "Анна", {"ruCLEVR": [RIGHT, RIGHT]}, kind="human")
    keep_run(studio, "d1", "embedded", {"ruDemoWhich": [RIGHT, WRONG]}, judge="embedded@x")
    keep_run(studio, "x1", HOSTILE, {HOSTILE: [RIGHT]})
    yield studio
    studio.close()


def parts(studio, who: Viewer = OWNER, lang="ru", **asked) -> dict[str, str]:
    return view(studio, BoardAsked(**{"suite": "mera", **asked}), who, lang)["parts"]


def row(table: str, name: str) -> str:
    (found,) = [
        line for line in re.findall(r"<tr data-row.*?</tr>", table, re.S) if f">{name}</button>" in line
    ]
    return found


def test_a_measured_number_leads_to_its_samples_and_carries_its_interval(studio):
    line = row(parts(studio)["table"], "our/first")
    assert 'href="./inspect?run=r1&amp;task=ruCLEVR"' in line
    cell = re.search(r'<td class="lb-c[^>]*data-v="(0\.75\d*)">.*?</td>', line, re.S)
    assert cell and "<b>0,75</b>" in cell[0] and re.search(r"<small>0,\d\d–[01],\d\d</small>", cell[0])
    said = unescape(re.search(r'title="([^"]*)"', cell[0])[1])
    assert "n = 4" in said and "независимых групп: 2" in said and "нет ответа: 1" in said and "95 %" in said


def test_a_published_number_is_no_link_and_says_where_it_is_from(studio):
    found = parts(studio)
    line = row(found["table"], "Qwen3-Omni-30B-A3B-Inst")
    assert "<a " not in line and "опубликовано" in line and "<small>" not in line
    note = re.search(r'<template data-note="published:Qwen3-Omni[^>]*>(.*?)</template>', found["notes"], re.S)
    assert note and "arXiv 2511.15552v3" in note[1] and "CC BY 4.0" in note[1]


def test_a_number_tells_the_two_metrics_that_it_is_made_of(studio):
    table = parts(studio)["table"]
    assert "Exact Match: 0,750; Judge Score: 0,750" in row(table, "our/first")
    assert "Exact Match: 0,500; Judge Score: 0,630" in row(table, "Qwen3-Omni-30B-A3B-Inst")


def test_a_task_without_gold_is_told_and_is_no_zero(studio):
    line = row(parts(studio)["table"], "our/second")
    assert "нет оценки" in line and "не оценено: 2" in line and "эталона здесь нет" in line
    assert 'href="./inspect?run=r2&amp;task=RealVQA"' in line


def test_a_modality_that_was_not_attempted_is_a_dash(studio):
    line = row(parts(studio)["table"], "our/third")
    assert line.count("lb-none") > 2 and "<b>0,00</b>" not in line


def test_conditions_that_differ_stand_at_the_name_and_in_the_dialog(studio):
    found = parts(studio)
    assert "≠" in row(found["table"], "our/third") and "≠" not in row(found["table"], "our/first")
    note = re.search(r'<template data-note="measured:r4"[^>]*>(.*?)</template>', found["notes"], re.S)
    assert note and "кадров: 2 вместо 8" in note[1] and "CommonVideoQA: готово 4 из 1200" in note[1]


def test_the_dialog_offers_the_other_runs_of_a_model(studio):
    notes = parts(studio)["notes"]
    assert 'data-take="r3"' in notes and "не взято" in notes
    assert 'data-take="r2"' not in notes, "all that it holds is taken"
    taken = parts(studio, runs=("r3",))
    assert 'data-untake="r3"' in taken["notes"]
    assert 'href="./inspect?run=r3&amp;task=ruCLEVR"' in row(taken["table"], "our/second")


def test_headings_are_grouped_by_modality_and_name_their_metrics(studio):
    table = parts(studio)["table"]
    assert re.findall(r'colspan="(\d+)" class="lb-group', table) == ["6", "11", "4", "3"]
    assert "EM интентов + F1 слотов" in table and "EM групп + JS групп" in table
    assert table.count('aria-sort="none"') == 1 + 6 + 18
    groups = re.findall(r'<th scope="colgroup"[^>]*>([^<]*)<', table)
    assert groups == ["Итог", "Картинки", "Звук", "Видео"]


def test_without_public_tasks_their_columns_go(studio):
    table = parts(studio, public=False)["table"]
    assert "ruCLEVR" not in table and table.count('aria-sort="none"') == 1 + 6 + 11


def test_switches_show_what_is_asked_and_only_what_makes_sense(studio):
    mera, other = parts(studio, weighting="published")["switches"], parts(studio, suite="other")["switches"]
    assert 'name="weighting" value="published" checked' in mera and 'name="public" checked' in mera
    assert "weighting" not in other and "public" not in other and 'name="people"' in other


def test_other_tasks_have_no_totals_and_no_chart(studio):
    found = parts(studio, suite="other")
    assert (
        found["chart"] == "" and "Total" not in found["table"] and "./leaderboard.png" not in found["files"]
    )


def test_names_from_data_are_text(studio):
    html = "".join(parts(studio, suite="other").values())
    assert "<script" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(("lang", "said"), [("ru", "задач 1 из 18"), ("en", "1 of 18 tasks")])
def test_people_who_did_part_of_a_suite_say_so(studio, lang, said):
    found = parts(studio, lang=lang)
    assert said in row(found["table"], "Анна")
    assert found["table"].count("lb-part") == 1, "models, and people in the paper, stand as they do"
    assert "data-below" not in found["table"], "one person alone is not compared below"
    assert found["notes"].count(t("board.people.part.hint", lang)) == 1


def test_who_is_answering_a_task_sees_no_scores_of_people_there(studio):
    line = row(parts(studio, answers_task(studio, "ruCLEVR")[0])["table"], "Анна")
    assert "скрыто" in line and "<a " not in line and "<b>1,00</b>" not in line
    assert "<b>1,00</b>" in row(parts(studio)["table"], "Анна")


def test_an_empty_studio_says_how_to_get_a_row(tmp_path: Path):
    studio = board_studio(tmp_path)
    found = parts(studio)
    assert "Измеренных моделей пока нет" in found["empty"] and 'href="./"' in found["empty"]
    assert "Qwen3-Omni" in found["table"]
    demo = parts(studio, suite="demo")
    assert "хватит минуты" in demo["empty"] and "<tbody" not in demo["table"]
    studio.close()


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_draw_every_suite(studio, lang):
    for suite in ("mera", "demo", "other"):
        assert "<table" in parts(studio, lang=lang, suite=suite)["table"]


@pytest.mark.parametrize(
    "asked",
    [BoardAsked(), BoardAsked("demo", "published", False, "js", False, False, ("r1", "r2"))],
    ids=["as usual", "all else"],
)
def test_an_address_says_all_that_is_asked(asked):
    assert board_asked(board_query(asked)) == asked


def test_an_address_that_says_wrong_is_as_usual():
    wrong = {
        "suite": "нет",
        "weighting": "по весу",
        "metric": ["em"],
        "public": "может быть",
        "runs": ",,r1,r1,",
    }
    assert board_asked(wrong) == BoardAsked(runs=("r1",))


def test_rows_of_one_name_are_told_apart(studio, tmp_path):
    own = board_studio(tmp_path)
    for run, change in (
        ("r1", {}),
        ("r2", {"settings": replace(ROOM, frames=2)}),
        ("r3", {"revision": "c2"}),
    ):
        keep_run(own, run, "m", {"CommonVideoQA": [RIGHT]}, **change)
    names = set(row_names(own.leaderboard(BoardAsked("mera", published=False, people=False)), "ru").values())
    assert names == {"m (c1)", "m (c1, кадров: 2)", "m (c2)"}
    own.close()


@pytest.mark.parametrize(("value", "step"), [(0.0, 0), (0.124, 0), (0.125, 1), (0.5, 4), (0.99, 7), (1.0, 7)])
def test_a_colour_is_an_eighth_of_the_scale(value, step):
    assert step_of(value) == step < STEPS


def test_a_tip_tells_everything_that_stands_behind_a_number():
    cell = BoardCell(
        Measure(0.5, 0.1, 0.3, 0.7, 20, 2, 1, 10), 2, 1, "r", "t", (Remark("part", {"done": 3, "size": 9}),)
    )
    assert tip(cell, "measured", "ru").splitlines() == [
        "95 %: 0,300–0,700",
        "n = 20",
        "независимых групп: 10",
        "не оценено: 2",
        "нет ответа: 1",
        "готово 3 из 9",
    ]


@pytest.mark.parametrize(
    ("high", "step", "n"), [(0.05, 0.01, 5), (0.31, 0.1, 4), (0.6, 0.1, 6), (0.61, 0.2, 4), (1.0, 0.2, 5)]
)
def test_the_axis_holds_everything_in_round_steps(high, step, n):
    chart = Chart("", "", (ChartLine("a", "a", "measured", high / 2, 0.0, high, ""),))
    assert axis(chart) == (step, n)


def test_the_chart_draws_an_interval_only_where_there_is_one():
    lines = (
        ChartLine("a", "a", "measured", 0.5, 0.4, 0.6, "0,5"),
        ChartLine("b", "<b>", "published", 0.4, None, None, "0,4"),
    )
    html = chart_html(Chart("T", "N", lines), "ru")
    measured, published = re.findall(r'<g class="lb-line.*?</g>', html, re.S)
    assert measured.count("<line") == 3 and published.count("<line") == 0 and "<b>:" not in published
    assert chart_html(Chart("T", "N", ()), "ru") == ""


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("csv", "text/csv", b"model,"),
        ("latex", "application/x-latex", b"%"),
        ("png", "image/png", b"\x89PNG"),
    ],
)
def test_files_are_downloads_of_what_the_page_shows(url, form, kind, begins):
    reply = httpx.get(
        url + board_file(BoardAsked("mera", weighting="published"), form, "ru").removeprefix("./")
    )
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(kind)
    assert reply.content.startswith(begins) and "attachment" in reply.headers["content-disposition"]


def test_a_file_knows_who_asks(studio, url):
    def people(cookies=None):
        text = httpx.get(f"{url}leaderboard.csv?suite=mera", cookies=cookies).text
        return [line["mean"] for line in csv.DictReader(io.StringIO(text)) if line["kind"] == "person"]

    assert any(people()) and not any(people({"studio_person": answers_task(studio, "ruCLEVR")[1]}))


@pytest.mark.parametrize(
    ("address", "said"), [("leaderboard.xls", ".xls"), ("leaderboard.png?suite=other", "Рисовать нечего")]
)
def test_a_file_that_cannot_be_made_is_refused_in_words(url, address, said):
    reply = httpx.get(url + address, headers={"accept-language": "ru"})
    assert reply.status_code == 404 and said in reply.text


def test_the_pages_script_is_answered_over_http(url):
    script = Script(url, "leaderboard_view")
    assert "our/first" in script.told("leaderboard_view", {"suite": "mera"})["parts"]["table"]
    script.close()


@pytest.fixture
def page(browser_page):
    """A page that must not complain."""
    said: list[str] = []
    browser_page.set_default_timeout(PATIENCE_MS)
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    yield browser_page
    assert said == []


def shown(page) -> list[str]:
    return page.locator(".lb-rows .lb-model").all_inner_texts()


def column(page, key: str) -> list[str]:
    """The raw numbers of a column from top to bottom."""
    script = """key => { const heads = [...document.querySelectorAll('.lb thead th[data-key]')];
    const at = heads.findIndex(head => head.dataset.key === key);
    return [...document.querySelectorAll('.lb-rows tr')].map(row => row.cells[at].dataset.v); }"""
    return page.evaluate(script, key)


@pytest.mark.browser
def test_a_column_is_sorted_by_keyboard_and_the_address_keeps_it(page, url):
    page.goto(f"{url}leaderboard?suite=mera")
    page.locator(".lb-rows tr").first.wait_for()
    head = page.locator("th[data-key='ruCLEVR']")
    assert page.locator("th[data-key='total']").get_attribute("aria-sort") == "descending"
    head.locator("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector(\"th[data-key='ruCLEVR']\").ariaSort === 'descending'")
    values = [float(value) for value in column(page, "ruCLEVR") if value]
    assert values == sorted(values, reverse=True) and values
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector(\"th[data-key='ruCLEVR']\").ariaSort === 'ascending'")
    found = column(page, "ruCLEVR")
    values = [float(value) for value in found if value]
    assert values == sorted(values) and found[len(values) :] == [""] * (len(found) - len(values))
    assert "sort=ruCLEVR" in page.url and "dir=asc" in page.url
    page.reload()
    page.locator("th[data-key='ruCLEVR'][aria-sort='ascending']").wait_for()
    assert column(page, "ruCLEVR") == found


@pytest.mark.browser
def test_switches_are_kept_in_the_address_and_a_link_shows_the_same(page, url):
    page.goto(f"{url}leaderboard?suite=mera")
    page.locator(".lb-rows tr").first.wait_for()
    page.get_by_label("опубликованные модели").uncheck()
    page.wait_for_function("document.querySelectorAll('.lb-published').length === 0")
    assert page.evaluate("document.activeElement.name") == "published", "focus stays where it was"
    page.locator("input[name='metric'][value='em']").check(force=True)
    page.wait_for_function("location.search.includes('metric=em')")
    address = page.url
    assert "published=off" in address and "weighting" not in address
    page.goto("about:blank")
    page.goto(address)
    page.locator(".lb-rows tr").first.wait_for()
    assert "Qwen3-Omni-30B-A3B-Inst" not in shown(page)
    assert page.locator("input[name='metric'][value='em']").is_checked()
    assert "metric=em" in page.get_by_role("link", name="↓ CSV").get_attribute("href")


@pytest.mark.browser
def test_a_number_opens_its_samples(page, url):
    page.goto(f"{url}leaderboard?suite=mera")
    page.locator("tr", has_text="our/first").locator("a[href*='task=ruCLEVR']").click()
    page.wait_for_url(re.compile(r"/inspect\?run=r1&task=ruCLEVR"))
    page.locator("select[name='task']").wait_for()
    assert page.locator("select[name='task']").input_value() == "ruCLEVR"


@pytest.mark.browser
def test_a_published_number_tells_its_source_and_a_run_can_be_chosen(page, url):
    page.goto(f"{url}leaderboard?suite=mera")
    line = page.locator("tr", has_text="Qwen3-Omni-30B-A3B-Inst")
    line.locator("td button").first.click()
    page.locator(".lb-dialog").get_by_text("arXiv 2511.15552v3").wait_for()
    page.keyboard.press("Escape")
    page.locator(".lb-model", has_text="our/second").click()
    page.locator("[data-take='r3']").click()
    page.locator("tr", has_text="our/second").locator("a[href*='run=r3']").wait_for()
    assert "runs=r3" in page.url


EDGES = "[...['left', 'right']].map(side => document.querySelector('.lb-frame').dataset[side])"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_wider_than_the_screen_says_where_more_is_and_scrolls_by_keys(page, url, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}leaderboard?suite=mera")
    page.locator(".lb-frame[data-right='true']").wait_for()
    assert page.evaluate(EDGES) == ["false", "true"]
    assert page.locator("#lb-more").is_visible()
    names = page.locator(".lb-rows .lb-name").first.bounding_box()
    scroll = page.locator(".lb-scroll")
    scroll.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".lb-frame[data-left='true']").wait_for()
    assert page.locator(".lb-rows .lb-name").first.bounding_box()["x"] == names["x"], (
        "the names stay in sight"
    )
    scroll.evaluate("scroll => scroll.scrollTo(scroll.scrollWidth, 0)")
    page.locator(".lb-frame[data-right='false']").wait_for()
    assert page.evaluate(EDGES) == ["true", "false"]


@pytest.mark.browser
def test_a_table_that_fits_says_nothing_of_scrolling(page, url):
    page.goto(f"{url}leaderboard?suite=other")
    page.locator(".lb-frame[data-wide='false']").wait_for()
    assert not page.locator("#lb-more").is_visible() and page.evaluate(EDGES) == ["false", "false"]


@pytest.fixture
def beside(tmp_path):
    """Five people's answers to a task and two models', with a person of another project."""
    studio = board_studio(tmp_path)
    for run, what, outcomes in (("h1", "together", [RIGHT] * 20), ("h2", "drawn", [RIGHT] * 19 + [WRONG])):
        told = PeopleRun(
            "p1", "Знаки", what, "majority", "crowd", 5, 5, 0.0, 9, rest=Estimate(0.9, 0.8, 1.0, 20, 0, 0)
        )
        keep_run(
            studio, run, told.model, {"WEIRD": outcomes}, kind="human", resolved={"people": told.to_json()}
        )
    keep_run(studio, "r1", "our/good", {"WEIRD": [RIGHT] * 8 + [WRONG] * 12})
    keep_run(studio, "r2", HOSTILE, {"WEIRD": [WRONG] * 20})
    yield studio
    studio.close()


@pytest.mark.parametrize("lang", LANGS)
def test_people_beside_the_best_model_lead_to_their_answers_side_by_side(beside, lang):
    html = gap_view(beside, BoardAsked("mera"), "skill", OWNER, lang)["parts"]["gap"]
    assert ("+0,60" if lang == "ru" else "+0.60") in html and "our/good" in html
    assert "runs=h1%2Cr1" in html and 'data-by="skill" aria-pressed="true"' in html
    assert "<script>" not in html
    assert "./chart/gap.svg?" in html


@pytest.mark.browser
def test_people_who_did_part_of_a_suite_lead_to_what_compares_them(beside, browser_page):
    table = parts(beside)["table"]
    for name in ("Люди: большинство голосов", "Один из людей"):
        assert "задач 1 из 18" in row(table, name) and "data-below" in row(table, name)
    browser_page.set_viewport_size({"width": 1280, "height": 500})
    with serving(beside) as url:
        browser_page.goto(f"{url}leaderboard?suite=mera")
        browser_page.wait_for_selector("#lb-gap-title", state="attached")
        browser_page.locator("[data-below]").first.click()
        browser_page.wait_for_function(
            "() => document.activeElement.id === 'lb-gap-title'"
            " && Math.abs(document.activeElement.getBoundingClientRect().top) < 500"
        )
        assert "leaderboard" in browser_page.url


def test_a_skill_is_named_in_russian_with_its_name_in_data_at_hand(beside):
    html = gap_view(beside, BoardAsked("mera"), "skill", OWNER, "ru")["parts"]["gap"]
    assert ' title="Common everyday knowledge">Житейские знания</th>' in html
    english = gap_view(beside, BoardAsked("mera"), "skill", OWNER, "en")["parts"]["gap"]
    assert ">Common everyday knowledge</th>" in english and 'title="Common' not in english


def test_people_measured_here_and_published_figures_are_told_apart(beside):
    table = parts(beside)["table"]
    ours, drawn = row(table, "Люди: большинство голосов"), row(table, "Один из людей")
    assert "люди, измерено здесь" in ours and "lb-person" in ours and "lb-person" in drawn
    assert table.count("люди, опубликовано") == 2


def test_where_no_people_have_answered_there_is_no_such_part(studio):
    assert gap_view(studio, BoardAsked("mera"), "task", OWNER, "ru")["parts"]["gap"] == ""
