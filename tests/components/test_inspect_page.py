"""The page Inspect over a real studio: links that restore, steps by key, gold only for whom it may be shown."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from components.pages.inspect_look import Asked, Look, asked_from
from studio.core.engine import Request
from studio.core.project import Submission
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.engines.scripted import ScriptedEngine
from tests.people import begun, finished
from tests.support import scripted_studio, write_task

FUNCTION = "inspect_view"  # of the page whose script the tests are
OWNER, VISITOR = Viewer("owner"), Viewer("visitor")
GOLDS = [f"ответ{n}" for n in range(120)]
HOSTILE = "<img src=x onerror=\"document.title='взломано'\"><script>document.title='взломано'</script>"


def answers(request: Request) -> str:
    """Every third is right by both, the next by the judge only, the next wrong; the last is hostile and long."""
    number = request.key - 1
    if number == 119:
        return HOSTILE + "о" * 100_000 + "КОНЕЦ"
    return [f"ОТВЕТ: {GOLDS[number % 120]}", f"Это {GOLDS[number % 120]} наверное", "не знаю"][number % 3]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("inspect")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", ScriptedEngine(answers, failing=[118]), data=home / "data")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def run(studio, home):
    """One run over 120 questions: 39 right by both, 40 by the judge only, 40 wrong, one failed."""
    run_id = studio.start(RunSpec("our/model", (str(write_task(home / "Animals", GOLDS)),)))
    return studio.wait(run_id, timeout_s=120)


def look(studio, who=OWNER, lang="ru", **data):
    return Look(studio, asked_from(data), who, lang, "./media/{}".format).answer()


def samples_in(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-sample="(\d+)" data-index', html)]


def test_without_a_run_the_page_says_what_to_do(tmp_path):
    empty = scripted_studio(tmp_path, {}, data=tmp_path / "data")
    told = look(empty)
    empty.close()
    assert "Пока нечего разбирать" in told["parts"]["stage"] and "annotate" in told["parts"]["stage"]


def test_a_link_to_a_deleted_run_says_so(studio, run):
    assert "Этого прогона больше нет" in look(studio, run="r0000-gone")["parts"]["stage"]
    assert "This run is gone" in look(studio, lang="en", run="<b>")["parts"]["stage"]


def test_the_newest_run_opens_at_its_first_question(studio, run):
    told = look(studio)  # the only run so far is the newest
    assert told["state"]["run"] == run.id and told["state"]["total"] == 120 and told["state"]["index"] == 0
    whole = {"stage", "run", "bench", "situation", "draws", "filters", "categories", "queue"}
    whole |= {"card", "others"}
    assert set(told["parts"]) == whole
    assert len(samples_in(told["parts"]["queue"])) == 50
    counts = re.findall(
        r'data-cell="(\w+)" aria-pressed="false" aria-label="[^"]*: (\d+)', told["parts"]["situation"]
    )
    assert {("both", "39"), ("js_only", "40"), ("neither", "40"), ("failed", "1")} <= set(counts)


def test_a_person_at_work_does_not_take_the_place_of_a_finished_model(tmp_path):
    studio = scripted_studio(tmp_path, answers)
    task = str(write_task(tmp_path / "T", ["да", "нет"]))
    model = studio.start(RunSpec("our/model", (task,)))
    studio.wait(model, timeout_s=30)
    finished(studio, "Анна", task, ["да", "нет"])
    assert studio.runs()[0].kind == "human"
    assert look(studio)["state"]["run"] == model
    studio.delete(model)
    assert look(studio)["state"]["human"]
    studio.close()


def test_a_cell_opens_its_queue_at_the_first(studio, run):
    told = look(studio, run=run.id, cell="js_only", want=["queue", "card"])
    assert told["state"]["total"] == 40 and set(told["parts"]) == {"queue", "card", "others"}
    assert told["state"]["sample"] == samples_in(told["parts"]["queue"])[0]
    assert "верно только по судье" in told["parts"]["card"]


def test_steps_walk_through_a_queue_and_come_back(studio, run):
    told = look(studio, run=run.id, cell="both", want=["queue", "card"])
    walked = [told["state"]["sample"]]
    while (following := told["state"]["following"]) is not None:
        told = look(
            studio, run=run.id, cell="both", sample=following, want=["card"], shown=told["state"]["offset"]
        )
        walked.append(following)
    listed = [row.sample_id for row in studio.queue(run.id, SampleFilter(cell="both"), limit=500).rows]
    assert walked == listed and told["state"]["previous"] == listed[-2]


def test_the_list_follows_the_sample_to_its_page(studio, run):
    rows = studio.queue(run.id, SampleFilter(), limit=500).rows
    told = look(studio, run=run.id, sample=rows[50].sample_id, want=["card"], shown=0)
    assert told["state"]["offset"] == 50 and rows[50].sample_id in samples_in(told["parts"]["queue"])
    same = look(studio, run=run.id, sample=rows[51].sample_id, want=["card"], shown=50)
    assert set(same["parts"]) == {"card", "others"}


def test_the_sample_stays_when_the_new_filter_has_it(studio, run):
    third = studio.queue(run.id, SampleFilter(cell="both"), limit=3).rows[2].sample_id
    assert look(studio, run=run.id, cell="both", keep=third, want=["card"])["state"]["sample"] == third
    moved = look(studio, run=run.id, cell="neither", keep=third, want=["card"])
    assert moved["state"]["index"] == 0 and moved["state"]["sample"] != third


def test_a_sample_outside_the_filter_of_its_link_is_shown_and_said_to_be(studio, run):
    wrong = studio.queue(run.id, SampleFilter(cell="neither"), limit=1).rows[0].sample_id
    told = look(studio, run=run.id, cell="both", sample=wrong)
    assert told["state"]["sample"] == wrong and told["state"]["index"] is None
    assert "вне отбора" in told["parts"]["card"]


@pytest.mark.parametrize("sample", [999_999, "999999", "abc"])
def test_a_link_to_a_missing_sample_says_so(studio, run, sample):
    told = look(studio, run=run.id, sample=sample, cell="" if sample != "abc" else "pending")
    assert "Этого вопроса здесь нет" in told["parts"]["card"]


def test_a_link_that_means_a_number_of_the_list_leads_there(studio, run):
    card = look(studio, run=run.id, sample="999999")["parts"]["card"]
    assert "number=3" in card and f"run={run.id}&amp;number=999999" in card
    assert "&amp;number=" not in look(studio, run=run.id, sample="abc")["parts"]["card"]


def test_a_question_is_found_by_its_number_whatever_the_filter(studio, run):
    told = look(studio, run=run.id, cell="both", number=118, want=["queue", "card"])
    assert told["state"]["cell"] == "" and "№ 118" in told["parts"]["card"] and told["state"]["offset"] == 100
    inside = look(studio, run=run.id, cell="both", number="4", want=["queue", "card"])
    assert inside["state"]["cell"] == "both" and "№ 4" in inside["parts"]["card"]
    beyond = look(studio, run=run.id, number=121, want=["queue", "card"])
    assert beyond["state"]["note"] == "В прогоне нет вопроса № 121: всего 120."


def test_text_and_category_narrow_the_queue(studio, run):
    told = look(studio, run=run.id, text="  НАВЕРНОЕ ", category="kind=чётный", want=["queue", "card"])
    assert 0 < told["state"]["total"] < 40
    nothing = look(studio, run=run.id, text="квадрокоптер", want=["queue", "card"])
    assert nothing["state"]["sample"] is None and "«квадрокоптер»" in nothing["parts"]["card"]


def test_a_failed_sample_says_why_and_is_no_wrong_answer(studio, run):
    card = look(studio, run=run.id, cell="failed", want=["card"])["parts"]["card"]
    assert "key 118" in card and "это не ошибка в ответе" in card and "Exact Match" not in card


@pytest.mark.parametrize(
    "data",
    [
        {
            "want": "card",
            "cell": ["both"],
            "run": 7,
            "sample": -1,
            "number": 1e9,
            "offset": "99999999999999999999",
        },
        {"cell": "'; DROP TABLE runs; --", "text": "x" * 10_000, "sample": True, "want": [["card"], None]},
        {"task": {"a": 1}, "category": None, "keep": 2**70},
    ],
)
def test_whatever_the_browser_sends_is_answered(studio, run, data):
    told = look(studio, **{"run": run.id} | data)
    assert told["state"]["run"] == run.id


def test_unknown_cells_and_parts_are_left_out():
    asked = asked_from({"cell": "nonsense", "want": ["card", "secrets"]})
    assert asked == Asked(want=frozenset({"card"}))


@pytest.fixture(scope="module")
def private(studio, home):
    folder = write_task(home / "Private", ["тайна1", "тайна2"], access="private")
    return studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=120)


def test_private_gold_is_for_the_owner(studio, private):
    told = json.dumps(look(studio, VISITOR, run=private.id), ensure_ascii=False)
    assert "Эталоны этой задачи закрыты" in told and "тайна" not in told
    assert "тайна" in json.dumps(look(studio, OWNER, run=private.id), ensure_ascii=False)
    closed = look(studio, VISITOR, run=private.id, cell="neither")["parts"]
    assert "Этот отбор выдал бы" in closed["card"]


def test_an_annotator_sees_no_gold_verdict_or_answer_until_the_end(studio, run):
    project, who = begun(studio, "Борис", "Animals")
    annotator = Viewer("owner", person=who.person)
    told = look(studio, annotator, run=run.id)
    assert "сейчас отвечают люди" in told["parts"]["card"] and "ответ скрыт" in told["parts"]["queue"]
    assert "ОТВЕТ: ответ" not in told["parts"]["card"] + told["parts"]["queue"]
    assert "ответ0" not in told["parts"]["card"] + told["parts"]["queue"]
    while asked := studio.workplaces.standing(who, project).question:
        given = Submission(asked.item, asked.occasion, "skip", f"c{asked.item}", reason="mine")
        studio.workplaces.submit(who, project, given)
    assert "ответ0" in look(studio, annotator, run=run.id)["parts"]["card"]


@pytest.fixture(scope="module")
def unjudged(studio, home):
    """Three questions that were answered under «no judge», every third «не знаю»."""
    task = write_task(home / "Unjudged", ["не знаю"] * 3)
    return studio.wait(studio.start(RunSpec("our/model", (str(task),), judge="none")), timeout_s=60)


def test_without_a_judge_em_is_told_and_the_card_says_so(studio, unjudged):
    parts = look(studio, OWNER, run=unjudged.id)["parts"]
    assert "in-em-two" in parts["situation"] and 'href="./runs"' in parts["situation"]
    assert "EM: " in parts["card"] and "судью не спрашивали" in parts["card"]
    assert (
        "in-c-em_right" in parts["queue"] and 'title="неверно по EM, судью не спрашивали"' in parts["queue"]
    )
    total = studio.confusions(unjudged.id)[-1]
    assert (total.em_right, total.em_wrong, total.scored) == (1, 2, 0)


def test_who_may_not_have_a_run_judged_is_not_sent_to_do_it(studio, unjudged):
    situation = look(studio, VISITOR, run=unjudged.id)["parts"]["situation"]
    assert "in-em-two" in situation and 'href="./runs"' not in situation


def test_once_a_judge_was_asked_the_table_of_four_is_back(studio, home):
    task = write_task(home / "Judged later", GOLDS[:3])
    run_id = studio.start(RunSpec("our/model", (str(task),), judge="none"))
    studio.wait(run_id, timeout_s=60)
    studio.resume(run_id)
    studio.wait(run_id, timeout_s=60)
    assert "in-table" in look(studio, OWNER, run=run_id)["parts"]["situation"]
    assert studio.confusions(run_id)[-1].em_right == 0


# over HTTP


def test_the_page_is_served_without_a_byte_of_any_run(script, run):
    page = script.client.get("inspect").text + script.client.get("config").text
    assert "inspect_view" in page and run.id not in page and "ответ1" not in page


def test_the_whole_of_a_clipped_answer_comes_when_asked(studio, run, script):
    sample = studio.queue(run.id, SampleFilter(), offset=119, limit=1).rows[0].sample_id
    card = script.told("inspect_view", {"run": run.id, "sample": sample, "want": ["card"]})["parts"]["card"]
    assert len(card) < 30_000 and "КОНЕЦ" in card
    whole = script.told("inspect_whole", {"run": run.id, "sample": sample, "part": "answer"})["html"]
    assert whole.count("о") >= 100_000 and "<script" not in whole


def test_a_browser_that_annotates_is_known_by_its_cookie(studio, run, script):
    project, _ = begun(studio, "Анна", "Animals")
    cookies = {"studio_person": studio.members.join_open(project, "Анна", Viewer())}
    sample = studio.queue(run.id, SampleFilter(), limit=1).rows[0].sample_id
    for function, asked in [
        ("inspect_view", {"run": run.id}),
        ("inspect_whole", {"run": run.id, "sample": sample, "part": "answer"}),
        ("inspect_whole", {"run": run.id, "sample": sample, "part": "gold"}),
    ]:
        assert "ответ0" not in script.ask(function, asked, cookies).text
        assert "ответ0" in script.ask(function, asked).text


def test_an_error_of_the_studio_comes_in_words(script):
    told = script.told("inspect_whole", {"run": "r0000-gone", "sample": 1, "part": "answer"})
    assert told["code"] == "unknown_run" and "r0000-gone" in told["error"]


# in a browser


def opened(page, url: str):
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".in-card")
    return page


def query(page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(page.url).query).items()}


def number(page) -> str:
    return page.inner_text(".in-name b")


def stepped(page, key: str, wanted: str) -> None:
    page.keyboard.press(key)
    page.wait_for_function("text => document.querySelector('.in-name b')?.textContent === text", arg=wanted)


@pytest.mark.browser
def test_keys_step_through_a_cell_and_the_link_restores_it(studio, run, script, browser_page):
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}")
    page.click('.in-table [data-cell="js_only"]')
    page.wait_for_function("() => document.querySelector('.in-place')?.textContent === '1 из 40'")
    page.evaluate("document.activeElement.blur()")
    stepped(page, "j", "№ 5")
    stepped(page, "ArrowRight", "№ 8")
    stepped(page, "k", "№ 5")
    # KeyJ under a Russian layout gives «о»
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', key: 'о', bubbles: true}))"
    )
    page.wait_for_function("() => document.querySelector('.in-name b')?.textContent === '№ 8'")
    page.focus('input[name="where"]')
    page.keyboard.press("j")
    assert number(page) == "№ 8"
    assert page.input_value('input[name="where"]').startswith("cell:js_only")
    page.fill('input[name="where"]', "cell:js_only наверное")
    page.wait_for_function("() => location.search.includes('where=')")
    assert query(page)["cell"] == "js_only" and query(page)["run"] == run.id and query(page)["sample"]

    again = opened(page.context.new_page(), page.url)
    assert number(again) == "№ 8"
    assert again.input_value('[name="cell"]') == "js_only"
    assert again.input_value('[name="where"]') == "cell:js_only наверное"
    assert again.get_attribute('.in-table [data-cell="js_only"]', "aria-pressed") == "true"


@pytest.mark.browser
def test_a_hostile_answer_does_nothing_but_show_itself(studio, run, script, browser_page):
    sample = studio.queue(run.id, SampleFilter(), offset=119, limit=1).rows[0].sample_id
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}&sample={sample}")
    page.click('[data-whole="answer"]')
    page.wait_for_function("() => document.querySelector('.in-answer .in-raw').textContent.length > 100000")
    assert "взломано" not in page.title() and page.locator(".in-answer img, .in-answer script").count() == 0
    assert page.inner_text(".in-answer .in-raw").startswith("<img src=x")


@pytest.mark.browser
def test_a_picture_opens_large_and_closes_by_key(studio, run, script, browser_page):
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}")
    page.click(".in-media .st-fig--image a")
    assert page.is_visible(".in-zoom img")
    before = number(page)
    page.keyboard.press("ArrowRight")
    assert number(page) == before
    page.keyboard.press("Escape")
    assert not page.is_visible(".in-zoom img")


@pytest.mark.browser
@pytest.mark.parametrize(
    "pressed",
    [
        {"key": "?", "code": "Slash", "shiftKey": True},
        {"key": "?", "code": "Digit7", "shiftKey": True},
        {"key": ",", "code": "Slash", "shiftKey": True},
    ],
    ids=["english", "russian", "russian, the same key"],
)
def test_a_question_mark_opens_the_keys_in_either_layout(studio, run, script, browser_page, pressed):
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}")
    before = number(page)
    page.evaluate(
        "keys => document.dispatchEvent(new KeyboardEvent('keydown', {...keys, bubbles: true}))", pressed
    )
    page.get_by_role("dialog", name="Клавиши").get_by_text("отбор словами").wait_for()
    page.keyboard.press("j")
    assert number(page) == before, "keys of the page wait while the help is open"
    page.keyboard.press("Escape")
    page.locator(".an-keys[open]").wait_for(state="detached")
    page.locator("[data-act='keys']").click()
    page.locator(".an-keys[open] [data-act='close']").click()
    page.locator(".an-keys[open]").wait_for(state="detached")
