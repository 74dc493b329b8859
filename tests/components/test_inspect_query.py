"""The box of Inspect: one filter in words and in selects, suggestions by keyboard, complaints in their place."""

import re
from urllib.parse import parse_qs, urlparse

import pytest

from components.pages.inspect_query import EXAMPLES, offers
from studio.core.run import RunSpec, SampleFilter
from tests.components.test_inspect_page import FUNCTION, OWNER, VISITOR, home, look, opened, run, studio  # noqa: F401
from tests.support import write_task


def test_words_are_shown_in_the_selects_and_selects_in_words(studio, run):  # noqa: F811
    typed = look(studio, run=run.id, where="task:ANIMALS cell:js_only len>3", want=["queue", "card"])["state"]
    chosen = look(studio, run=run.id, task="Animals", cell="js_only", where="len>3", want=["queue"])["state"]
    for state in (typed, chosen):
        assert (state["task"], state["cell"], state["where"]) == ("Animals", "js_only", "len>3")
        assert (state["box"], state["total"]) == ("task:Animals cell:js_only len>3", 40)
        assert state["found"] == "Найдено: 40" and state["wrong"] == ""


def test_an_old_link_with_a_text_is_a_filter_in_words(studio, run):  # noqa: F811
    told = look(studio, run=run.id, text="это ответ1")
    assert (told["state"]["text"], told["state"]["where"]) == ("", '"это ответ1"')
    assert (
        told["state"]["box"] == '"это ответ1"'
        and 'value="&quot;это ответ1&quot;"' in told["parts"]["filters"]
    )


def test_a_filter_in_words_that_names_a_task_brings_its_table(studio, run):  # noqa: F811
    told = look(studio, run=run.id, where="task:animals", task_shown="", want=["queue", "card"])
    assert "situation" in told["parts"]
    told = look(studio, run=run.id, where="task:animals", task_shown="Animals", want=["queue", "card"])
    assert "situation" not in told["parts"]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_filter_that_cannot_be_read_changes_nothing_but_its_complaint(studio, run, lang):  # noqa: F811
    told = look(studio, lang=lang, run=run.id, where="em:1 <b>x</b> tsk:a", want=["queue", "card"])
    assert told["parts"] == {} and "sample" not in told["state"]
    assert "<mark>tsk</mark>" in told["state"]["wrong"] and "&lt;b&gt;" in told["state"]["wrong"]
    assert "task" in told["state"]["wrong"] and told["state"]["typed"].endswith("tsk:a")


def test_a_link_with_a_wrong_filter_shows_no_answers_and_stays_in_the_address(studio, run):  # noqa: F811
    told = look(studio, run=run.id, where="foo:1", cell="both")
    state, parts = told["state"], told["parts"]
    assert (state["where"], state["cell"], state["typed"]) == ("foo:1", "both", "foo:1")
    assert (state["total"], state["sample"], state["found"]) == (0, None, "") and state["wrong"]
    assert "foo" in parts["card"] and 'data-act="clear"' in parts["card"] and "in-list" not in parts["queue"]


def test_a_filter_beside_a_run_that_is_not_there_says_so(studio, run):  # noqa: F811
    told = look(studio, run=run.id, where="em:≠нет_такой", want=["queue", "card"])
    assert "нет_такой" in told["parts"]["card"] and told["state"]["sample"] is None


def test_suggestions_come_with_words_of_explanation(studio, run):  # noqa: F811
    told = offers(studio, {"run": run.id, "text": "em:1 ce", "cursor": 7}, OWNER, "ru")
    assert (told["start"], told["options"][0]["insert"]) == (5, "cell:")
    assert told["options"][0]["note"] == "ячейка таблицы EM × судья" and told["options"][0]["goes_on"]
    values = offers(studio, {"run": run.id, "text": "cell:", "cursor": 5}, OWNER, "en")["options"]
    counts = {each["label"]: each["count"] for each in values}
    assert (counts["both"], counts["disagree"]) == ("39", "") and values[0]["note"]


def test_suggestions_tell_a_visitor_no_verdicts(studio, run, home):  # noqa: F811
    task = write_task(home / "Shut", ["да"] * 3, access="private")
    shut = studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=60)
    told = offers(studio, {"run": shut.id, "text": "cell:", "cursor": 5}, VISITOR, "ru")
    assert {each["count"] for each in told["options"]} == {""}
    refused = look(studio, VISITOR, run=shut.id, where="em:1", want=["queue", "card"])
    assert "in-notice" in refused["parts"]["card"] and refused["state"]["sample"] is None


@pytest.mark.parametrize("where", EXAMPLES)
def test_every_example_is_a_filter_that_works(studio, run, where):  # noqa: F811
    state = look(studio, run=run.id, where=where, want=["queue", "card"])["state"]
    assert state["wrong"] == "" and state["box"]


def address(page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(page.url).query).items()}


def counted(page, n: str) -> None:
    page.wait_for_function("n => document.querySelector('.in-count')?.textContent.endsWith(n)", arg=n)


@pytest.mark.browser
def test_the_box_is_used_by_keyboard_alone(studio, run, script, browser_page):  # noqa: F811
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_selector(".in-offers li")
    assert page.get_attribute("#in-where", "aria-expanded") == "true"
    page.keyboard.type("ce")
    page.wait_for_function("() => document.querySelector('.in-offer-label')?.textContent === 'cell'")
    page.keyboard.press("Tab")  # takes the first
    page.wait_for_function(
        "() => [...document.querySelectorAll('.in-offer-label')].some(x => x.textContent === 'both')"
    )
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#in-where", "aria-activedescendant") == "in-offer-0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    counted(page, "40")
    assert page.input_value("#in-where") == "cell:js_only "
    assert page.input_value('[name="cell"]') == "js_only"
    page.keyboard.type("len<")
    page.wait_for_selector(".in-wrong:not([hidden]) mark")
    assert page.inner_text(".in-wrong mark") == "len<" and page.is_visible(".in-card")
    page.keyboard.type("30")
    page.wait_for_function("() => document.querySelector('.in-wrong').hidden")
    page.wait_for_function("() => location.search.includes('where=len')")
    assert (address(page)["cell"], address(page)["where"]) == ("js_only", "len<30")

    page.keyboard.press("Escape")
    page.select_option('[name="cell"]', "both")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function("() => document.querySelector('#in-where').value === 'cell:both len<30'")


def asked_for(request) -> list[str]:
    """The sample that a request of the page names, if any."""
    return (
        re.findall(r'"sample":\s*(\d+)', request.post_data or "") if "component_server" in request.url else []
    )


@pytest.mark.browser
def test_an_example_is_clicked_and_the_next_sample_is_there_beforehand(studio, run, script, browser_page):  # noqa: F811
    page = opened(browser_page, f"{script.client.base_url}inspect?run={run.id}")
    where = SampleFilter(where=EXAMPLES[0])
    second, third = (str(row.sample_id) for row in studio.queue(run.id, where, limit=3).rows[1:])
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(asked_for(request)))
    page.click(".in-queryhelp summary")
    with page.expect_response(lambda answer: asked_for(answer.request) == [second]):
        page.click(f'[data-where="{EXAMPLES[0]}"]')
    counted(page, "40")
    assert address(page)["where"] == "order:informative" and address(page)["cell"] == "disagree"
    page.evaluate("document.activeElement.blur()")
    with page.expect_response(lambda answer: asked_for(answer.request) == [third]):
        page.keyboard.press("j")
    assert page.inner_text(".in-place") == "2 из 40"
    assert asked.count(second) == 1  # it was there: the key asked for the one after it alone
