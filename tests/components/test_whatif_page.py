"""The page «What if»: its parts for a question, what its script may ask, and what only a browser shows."""

import html
import re

import pytest

from components.links import link
from components.pages.whatif_look import Look, asked_from, counts_of
from studio.core.errors import BadInput
from studio.core.rules import SWITCHES, TOLERANCE
from studio.core.run import OWNER, RunSpec, Viewer
from studio.texts import LANGS
from tests.components.serving import Script, serving
from tests.support import scripted_studio, write_task

GOLDS = ["красный шар", "зеленый", "12.5", "да"]
ANSWERS = ["ОТВЕТ красного шара", "Зелёный", "12,5", "<script>alert(1)</script> ОТВЕТ нет"]
VISITOR = Viewer("visitor")


def by_question(request):
    return ANSWERS[int(request.message[-1].text.split("номер ")[1].split("?")[0])]


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    studio = scripted_studio(tmp_path_factory.mktemp("whatif"), by_question)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def run(studio, tmp_path_factory):
    folder = write_task(tmp_path_factory.mktemp("tasks") / "Things", GOLDS)
    run = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(run, timeout_s=30)
    return run


def look(studio, who=OWNER, lang="ru", **data):
    return Look(studio, asked_from(data), who, lang).answer()


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_opens_at_the_newest_run_with_every_switch(studio, run, lang):
    told = look(studio, lang=lang)
    assert told["state"] == {"run": run} and told["parts"]["stage"] == ""
    names = set(re.findall(r'name="(\w+)"', told["parts"]["switches"]))
    assert {*SWITCHES, TOLERANCE, "profile"} == names
    assert "studio-2" in told["parts"]["result"] and "is-changed" not in told["parts"]["switches"]
    assert told["parts"]["bench"].count("aria-current=page") == 1


def test_an_address_turns_switches_and_the_threshold(studio, run):
    told = look(studio, run=run, on="endings,nonsense", off="yo", threshold="0,95", want=["result", "judge"])
    parts = told["parts"]
    assert set(parts) == {"stage", "left", "result", "judge", "versions"} and "nonsense" in parts["left"]
    assert "+1" in plain(parts["result"]) and "Падежные окончания" in parts["result"]
    assert 'value="0.95"' in parts["judge"]
    sample = studio.queue(run).rows[0].sample_id
    doors = [html.unescape(door) for door in re.findall(r'href="(\./inspect[^"]+)"', parts["result"])]
    where = 'changed:"-yo +endings threshold=0.95"'
    assert link("inspect", "ru", run=run, where=where, sample=sample) in doors, (
        "one goes on among those that change"
    )
    assert link("inspect", "ru", run=run, where=where) in doors


def test_what_a_model_wrote_is_text(studio, run):
    shown = look(studio, run=run, on="contains", off="tags", threshold="0")["parts"]["result"]
    assert "<script" not in shown and "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "data", [{"on": "x" * 5000}, {"threshold": "2"}, {"threshold": "nan"}, {"tolerance": "-1"}, {"offset": "-5"},
             {"want": "all"}, {"variants": "whole"}, {"profile": "studio"}],
)  # fmt: skip
def test_what_makes_no_sense_in_an_address_is_left_out(studio, run, data):
    assert "stage" in look(studio, run=run, **data)["parts"]


def test_a_run_that_is_not_there_says_so(studio, run):
    assert "r-none" in look(studio, run="r-none")["parts"]["stage"]


def test_each_switch_learns_what_it_turns(studio, run):
    counts = counts_of(studio, run, OWNER, "ru")["counts"]
    assert (counts["endings"], counts["yo"], counts["decimal_comma"], counts["quotes"]) == (
        "+1",
        "−1",
        "−1",
        "0",
    )


def test_a_visitor_is_offered_no_versions_and_keeps_none(studio, run):
    assert look(studio, VISITOR, run=run, off="yo")["parts"]["versions"] == ""
    assert "wi-keep" in look(studio, run=run, off="yo")["parts"]["versions"]


def test_what_of_a_link_says_nothing_is_named_above_the_scores(studio, run):
    told = look(studio, run=run, threshold="77", on="endings,<zzz>", profile="best", variants="full")["parts"]
    said = "on=&lt;zzz&gt; · threshold=77 · profile=best"
    assert said in told["left"] and "не учтено" in told["left"] and told["result"]
    assert look(studio, run=run, threshold="0.7", on="endings")["parts"]["left"] == ""


def test_hidden_gold_gives_no_numbers(studio, tmp_path):
    folder = write_task(tmp_path / "Closed", GOLDS, access="private")
    run = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(run, timeout_s=30)
    parts = look(studio, VISITOR, run=run)["parts"]
    assert parts["stage"] and "result" not in parts and "красн" not in str(parts)
    studio.delete(run)


def test_the_script_asks_keeps_and_scores_anew_over_http(studio, run):
    with serving(studio) as url:
        script = Script(url, "whatif_view")
        told = script.told("whatif_view", {"run": run, "on": "endings"})
        assert "result" in told["parts"]
        assert script.told("whatif_counts", {"run": run})["counts"]["endings"] == "+1"
        assert (
            script.told("whatif_keep", {"run": run, "on": "endings", "name": "a b"})["code"] == "scorer_name"
        )
        assert script.told(
            "whatif_keep", {"run": run, "on": "endings", "name": "мягкий", "rescore": True}
        ) == {"name": "мягкий"}
        studio.rescoring.wait(run)
        assert script.told("whatif_progress", {"run": run})["going"] is False
        assert studio.run(run).em_version == "studio-2+мягкий"
        script.told("whatif_rescore", {"run": run, "name": ""})
        assert studio.run(run).em_version == "studio-2"
        studio.rescoring.delete("мягкий")
        script.close()
    with pytest.raises(BadInput):
        studio.rescoring.version("мягкий")


@pytest.mark.browser
def test_switches_and_threshold_work_on_the_keyboard_and_stand_in_the_address(studio, run, browser_page):
    page, said = browser_page, []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(60_000)
    with serving(studio) as url:
        page.goto(f"{url}whatif?run={run}")
        page.wait_for_selector(".wi-scores")
        page.focus('[name="endings"]')
        page.keyboard.press("Space")
        page.wait_for_selector(".wi-list li")
        assert "on=endings" in page.url and page.locator(".wi-list li").count() == 1
        assert page.evaluate("document.activeElement.name") == "endings"
        page.focus('[name="threshold"]')
        page.keyboard.press("End")
        page.wait_for_function("location.search.includes('threshold=1')")
        page.reload()
        page.wait_for_selector(".wi-list li")
        assert page.locator('[name="endings"]').is_checked() and page.locator(".is-changed").count() == 1
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'к', code: 'KeyR', bubbles: true}))"
        )
        page.wait_for_function("!location.search.includes('endings')")
        page.wait_for_selector(".wi-changed .st-note")
    assert said == []
