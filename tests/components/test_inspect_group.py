"""The card of Inspect says which group of reasons an answer is in, and puts it into another."""

import pytest

from components.pages.inspect_group import moved
from components.pages.inspect_look import Look, asked_from
from studio.core.errors import BadInput, NotAllowed
from studio.core.reasons import GroupingSpec
from studio.core.run import OWNER, Viewer
from studio.texts import LANGS
from tests.components.serving import serving
from tests.components.test_compare_browser import press
from tests.components.test_reasons_page import GOLDS, MODELS
from tests.support import write_task
from tests.two_models import ran, studio_of

VISITOR = Viewer("visitor", browser="theirs")


@pytest.fixture
def studio(tmp_path):
    studio = studio_of(tmp_path / "home", MODELS)
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    return ran(studio, "our/one", write_task(tmp_path / "Things", GOLDS))


@pytest.fixture
def book(studio, run) -> int:
    studio.reasons.start(GroupingSpec((run,), "em:0"))
    return studio.reasons.jobs.wait((run,)).kept


def ids(studio, run) -> list[int]:
    return [row.sample_id for row in studio.queue(run).rows]


def look(studio, run, sample, who=OWNER, lang="ru") -> tuple[str, dict]:
    """The card, and what the script is told."""
    asked = asked_from({"run": run, "sample": sample, "want": ["card"]})
    answer = Look(studio, asked, who, lang, "./media/{}".format).answer()
    return answer["parts"]["card"], answer["state"]["group"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_card_leads_to_the_group_of_its_answer(studio, run, book, lang):
    sample = ids(studio, run)[1]
    number = studio.reasons.groups.of(run, sample).number
    studio.reasons.groups.rename(number, "тут <лишнее>")
    card, told = look(studio, run, sample, lang=lang)
    assert f"reasons?run={run}&amp;book={book}&amp;group={number}" in card
    assert "тут &lt;лишнее&gt;</a>" in card and 'data-act="regroup"' in card
    assert told["number"] == number and [number, "тут <лишнее>"] in told["groups"]


def test_only_a_failure_is_offered_a_group_that_it_has_not(studio, run, book):
    right, wrong = ids(studio, run)[:2]
    assert "in-reason" not in look(studio, run, right)[0]
    studio.reasons.groups.remove(studio.reasons.groups.of(run, wrong).number)
    card, told = look(studio, run, wrong)
    assert "не в группах" in card and "отнести к группе" in card and told["number"] == 0


def test_a_run_that_is_not_grouped_says_nothing_of_groups(studio, run):
    card, told = look(studio, run, ids(studio, run)[1])
    assert "in-reason" not in card and told is None


def test_a_visitor_sees_the_group_and_cannot_change_it(studio, run, book):
    sample = ids(studio, run)[1]
    card, told = look(studio, run, sample, VISITOR)
    assert "in-reason" in card and "regroup" not in card and told is None
    data = {"run": run, "sample": sample, "group": studio.reasons.groups.of(run, sample).number}
    with pytest.raises(NotAllowed):
        moved(studio, data, VISITOR, "ru")


def test_private_gold_is_told_by_no_group(studio, tmp_path):
    run = ran(studio, "our/one", write_task(tmp_path / "Secret", GOLDS, access="private"))
    studio.reasons.start(GroupingSpec((run,), "em:0"))
    assert studio.reasons.jobs.wait((run,)).kept
    sample = ids(studio, run)[1]
    assert "in-reason" in look(studio, run, sample)[0]
    assert "in-reason" not in look(studio, run, sample, VISITOR)[0]


def test_an_answer_is_put_into_another_group_once(studio, run, book):
    sample = ids(studio, run)[1]
    before = studio.reasons.groups.of(run, sample)
    other = next(each.number for each in before.groups if each.number != before.number)
    data = {"run": run, "sample": sample, "group": other, "reviewer": " Анна ", "client_id": "w1"}
    for _ in range(2):  # a network that loses the reply
        told = moved(studio, data, OWNER, "ru")
    assert told["group"]["number"] == other and "перенесено человеком" in told["line"]
    assert "перенесено в" in told["said"]
    edits = studio.reasons.groups.history(book)
    assert [edit.action for edit in edits] == ["move", "group"] and edits[0].author == "Анна"
    with pytest.raises(BadInput, match="unknown_group"):
        moved(studio, {**data, "group": 10_000}, OWNER, "ru")


@pytest.mark.browser
def test_a_key_of_any_layout_puts_the_answer_into_another_group(browser_page, studio, run, book):
    sample = ids(studio, run)[1]
    before = studio.reasons.groups.of(run, sample)
    with serving(studio) as url:
        page = browser_page
        page.goto(f"{url}inspect?run={run}&sample={sample}")
        page.locator(".in-reason a").wait_for()
        press(page, "KeyV", "м")
        page.locator(".in-regroup[open]").wait_for()
        radios = page.locator(".in-regroup [type='radio']")
        assert radios.count() == len(before.groups)
        assert page.evaluate("document.activeElement.value") == str(before.number)
        page.keyboard.press("ArrowDown")
        chosen = int(page.evaluate("document.activeElement.value"))
        page.keyboard.press("Enter")
        page.get_by_text("перенесено человеком").wait_for()
        assert studio.reasons.groups.of(run, sample).number == chosen != before.number
        page.locator(".in-reason a").click()
        page.locator(f".gp-card[data-group='{chosen}']").first.wait_for()
