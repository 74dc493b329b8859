"""An annotator's pages in all their states: axe-core, large type, drafts of forms, dialogues, and no byte of gold."""

# ruff: noqa: F811
# Fixtures are taken from where several files share them.

import json

import pytest

from studio.core.run import OWNER
from studio.texts import LANGS
from tests.components.annotator import (
    ANSWERS,
    all_named,
    heard,
    invited,  # noqa: F401
    moved_on,
    names,  # noqa: F401
    page,  # noqa: F401
    project,  # noqa: F401
    question_of,
    replies,
    settled,
    skip_by_role,
    still,  # noqa: F401
    studio,  # noqa: F401
)
from tests.components.keyboard import readable
from tests.components.serving import write_command_task
from tests.components.test_axe import LOOKS, grave, grave_anyhow

pytestmark = pytest.mark.browser


# axe-core


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_serious_on_the_page_of_an_invitation(page, url, project, invited, lang) -> None:
    found = {}
    for address in (invited(project()), f"{url}join/nothing-of-the-kind"):
        page.goto(f"{address}?lang={lang}")
        for size, dark in LOOKS:
            page.set_viewport_size(size)
            page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
            if said := grave(page):
                found[f"{address[-8:]} {size['width']} {dark}"] = said
    assert found == {}


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_serious_in_any_state_of_the_desk(still, project, invited, lang) -> None:
    page, found = still, {}

    def looked(what: str) -> None:
        settled(page)
        if said := grave_anyhow(page):
            found[what] = said

    page.goto(f"{invited(project(training=1, size=5))}?lang={lang}")
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    page.locator(".an-guide[open]").wait_for()
    looked("instructions")
    page.keyboard.press("Escape")
    for number in range(6):
        page.locator("[data-answer]").wait_for()
        asked = question_of(page)
        if number == 0:
            page.locator("[data-act=keys]").dispatch_event("click")
            looked("keys")
            page.keyboard.press("Escape")
            page.locator("[data-act=skip]").click()
            page.keyboard.press("Enter")
            looked("skipping without a reason")
            page.keyboard.press("Escape")
        page.locator(".an-ask [type=submit]").click()
        looked(f"nothing answered: {asked}")
        if ANSWERS[asked][0] == "frame":
            page.keyboard.press("Digit3")
            page.fill("[name=json]", '{"intent": «x»}')
            looked("torn JSON")
            page.fill("[name=json]", '{"intent": "PlayMusic", "slots": [{"color": "алый"}]}')
            looked("a slot that is not listed")
        elif ANSWERS[asked][0] == "number":
            page.fill("input[name=answer]", "четыре")
            looked("no number")
        page.keyboard.press("Alt+KeyF")
        page.keyboard.press("Alt+Equal")
        page.keyboard.press("Alt+KeyS")
        page.keyboard.press("Digit2")
        page.keyboard.press("Enter")
        moved_on(page, asked)
    looked("the end")
    assert found == {}


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_serious_where_one_chooses_and_before_a_door(still, url, studio, project, lang) -> None:
    page, found = still, {}
    door = project(joining="anyone")
    shut = project(joining="anyone")
    studio.organising.set_state(OWNER, shut, "paused")
    for query in ("", f"&project={door}", f"&project={shut}", "&project=b0-nothing"):
        page.goto(f"{url}annotate?lang={lang}{query}")
        page.locator(".an-start, .an-end").first.wait_for()
        settled(page)
        if said := grave_anyhow(page):
            found[query or "the start"] = said
    assert found == {}


# large type


def test_letters_grow_by_key_and_button_and_stay_so(page, project, invited) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(invited(project(guide="")))
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    page.locator("[data-answer]").wait_for()
    size = "parseFloat(getComputedStyle(document.querySelector('#an-question')).fontSize)"
    usual = page.evaluate(size)
    page.get_by_role("button", name="Крупнее").click()
    larger = page.evaluate(size)
    page.keyboard.press("Alt+Equal")
    largest = page.evaluate(size)
    page.evaluate("document.querySelector('#an-question').focus()")
    for key, expected in (
        ("Minus", larger),
        ("Shift+Equal", largest),
        ("NumpadSubtract", larger),
        ("NumpadAdd", largest),
    ):
        page.keyboard.press(key)
        assert page.evaluate(size) == expected, key
    assert usual < larger < largest
    heard(page, "3 из 3")
    assert page.get_by_role("button", name="Крупнее").get_attribute("aria-disabled") == "true"
    page.reload()
    page.locator("[data-answer]").wait_for()
    assert page.evaluate(size) == largest
    wide = {}
    for _ in range(len(ANSWERS)):
        page.locator("[data-answer]").wait_for()
        asked = question_of(page)
        if asked.startswith("Выбери"):
            page.locator(".sl-intent").nth(2).click()
            page.get_by_label("artist", exact=True).fill("земфира")
        if (width := page.evaluate("document.documentElement.scrollWidth")) != 360:
            wide[asked] = width
        skip_by_role(page, "ru")
        moved_on(page, asked)
    assert wide == {}


# drafts of forms


def test_half_a_form_is_there_again_after_a_reload_and_on_another_device(page, project, invited) -> None:
    page.goto(invited(project(guide="")))
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    while question_of(page) != "Выбери намерение.":
        asked = question_of(page)
        skip_by_role(page, "ru")
        moved_on(page, asked)
    saved = "() => document.querySelector('.an-said').textContent === 'Черновик сохранён'"
    page.keyboard.press("2")
    page.get_by_role("textbox", name="object_name").fill("чай")
    page.wait_for_function(saved)
    page.reload()
    page.locator(".sl-row").first.wait_for()
    assert page.get_by_role("radio", name="RateBook").get_attribute("aria-checked") == "true"
    assert page.get_by_role("textbox", name="object_name").input_value() == "чай"
    torn = '{"intent": "RateBook", "slots": [{"object_name": "чай'
    page.fill("[name=json]", torn)
    page.wait_for_function(saved)
    elsewhere = page.context.browser.new_context(storage_state=page.context.storage_state()).new_page()
    elsewhere.add_init_script("localStorage.clear()")
    elsewhere.goto(page.url)
    elsewhere.wait_for_function("torn => document.querySelector('[name=json]')?.value === torn", arg=torn)
    assert "кавычка открыта" in elsewhere.inner_text(".sl-fault")
    elsewhere.context.close()


# what stands beside a question


def test_an_explanation_stands_with_the_question_and_a_list_of_intents_in_its_form(
    page, project, invited
) -> None:
    page.goto(invited(project(guide="")))
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    notes = {}
    for _ in range(len(ANSWERS)):
        page.locator("[data-answer]").wait_for()
        asked = question_of(page)
        notes[asked] = page.locator(".an-notes").all_inner_texts()
        skip_by_role(page, "ru")
        moved_on(page, asked)
    assert notes == {
        **{asked: [] for asked in ANSWERS},
        "Кто на картинке?": ["Снято летом."],
        "Сколько будет дважды два?": ["В ответе напишите только число."],
    }


def test_a_dialogue_goes_turn_by_turn_with_ones_own_answers_above(still, url, studio, project) -> None:
    page = still
    own = studio.workplaces.own("Talk", listed=False)
    received = replies(page)
    page.goto(f"{url}annotate?project={own}")
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    for turn in range(1, 4):
        page.locator("[data-answer]").wait_for()
        assert page.get_by_role("region", name="Раньше в этом диалоге").count() == (turn > 1)
        asked = question_of(page)
        page.keyboard.insert_text(f"ответ {turn}")
        readable(page)
        page.keyboard.press("Enter")
        moved_on(page, asked)
    earlier = page.get_by_role("region", name="Раньше в этом диалоге")
    said = [line for line in earlier.inner_text().splitlines() if "Вы ответили" in line]
    assert said == [f"Вы ответили: ответ {turn}" for turn in range(1, 4)]
    assert earlier.evaluate("one => one.scrollTop + one.clientHeight >= one.scrollHeight - 1")
    settled(page)
    assert grave_anyhow(page) == {}
    all_named(page)
    assert "ответ 1" in " ".join(received) and "секретныйэталон" not in " ".join(received)


def test_no_byte_of_the_desk_has_an_intent_or_slot_from_gold(still, url, studio, tmp_path) -> None:
    """The form's names come from the question; the gold of this one has names of its own."""
    gold = {"intent": "TajnoeNamerenie", "slots": [{"tajnyj_slot": "секретноезначение"}]}
    task = str(write_command_task(tmp_path / "Secret", [gold] * 2))
    own, page = studio.workplaces.own(task, listed=False), still
    received = replies(page)
    page.goto(f"{url}annotate?project={own}")
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    page.locator(".sl-intent").first.click()
    with page.expect_response("**/component_server/"):  # of the draft
        page.locator(".sl-value").first.fill("да")
    page.get_by_role("button", name="Ответить").click()
    page.get_by_text("Вопрос 2").wait_for()
    told = " ".join(received)
    assert "BookRestaurant" in told
    for secret in ("TajnoeNamerenie", "tajnyj_slot", "секретноезначение"):
        assert secret not in told and json.dumps(secret)[1:-1] not in told
