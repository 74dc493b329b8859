"""An annotator's whole session: on the keyboard alone, in either layout, and by what a screen reader is told."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.service import Studio
from studio.texts import LANGS, t
from tests.components.keyboard import press, question_mark
from tests.components.serving import write_command_task, write_mixed_task
from tests.components.test_axe import LOOKS, STILL, grave, grave_anyhow
from tests.service.test_dialogues_of_people import write_talk
from tests.support import scripted_studio

pytestmark = pytest.mark.browser
FRAME = '{"intent": "PlayMusic", "slots": [{"artist": "земфира"}, {"datetime": "утром"}]}'
GUIDE = "Отвечайте **сами**.\n\n## Примеры\n\nНа картинке кот — пишите «кот»."
# Each question by its words: its kind, what is answered.
ANSWERS = {
    "Что на картинке?": ("letter", "B"),
    "Кто на картинке?": ("short", "кот"),
    "Сколько будет дважды два?": ("number", "-4,5"),
    "Выбери намерение.": ("frame", FRAME),
    "Где тише?": ("letter", "A"),
    "Что движется?": ("short", "круг"),
}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("session")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    for task in (write_mixed_task(folder / "Mixed"), write_talk(folder / "Talk")):
        studio.workplaces.own(str(task), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def page(browser_page: Any) -> Any:
    browser_page.set_default_timeout(60_000)
    return browser_page


@pytest.fixture
def project(studio: Studio) -> Callable[..., str]:
    """A project over one question of each kind, with training and instructions."""

    def make(task: str = "Mixed", size: int | None = None, guide: str = GUIDE, **rest: Any) -> str:
        spec = {"overlap": 3, "controls": 0.0, "repeats": 0.0, "pass_mark": 0.0, **rest}
        made = studio.organising.make(OWNER, ProjectSpec("Проба пера", task, **spec), size=size)
        if guide:
            studio.organising.instruct(OWNER, made, guide)
        studio.organising.set_state(OWNER, made, "open")
        return made

    return make


@pytest.fixture
def invited(studio: Studio, url: str) -> Callable[[str], str]:
    """The address of an invitation to a project."""
    return lambda project: f"{url}join/{studio.members.invite(OWNER, project, 'annotator')[1]}"


def settled(page: Any) -> None:
    page.wait_for_function(STILL)


def held(page: Any, script: str) -> Any:
    return page.evaluate(f"(() => {{ const one = document.activeElement; return {script}; }})()")


def question_of(page: Any) -> str:
    return str(page.inner_text("#an-question"))


def moved_on(page: Any, before: str) -> None:
    page.wait_for_function(
        "before => document.querySelector('#an-question')?.textContent.trim() !== before", arg=before
    )


class Hands:
    """A keyboard: Latin letters, or the same keys under a Russian layout."""

    def __init__(self, page: Any, russian: bool) -> None:
        self.page, self.russian = page, russian

    def key(self, code: str) -> None:
        if self.russian:
            press(self.page, code)
        else:
            self.page.keyboard.press(code)

    def closed(self) -> None:
        """A dialog is shut, and the focus is back where the answer goes on."""
        self.named("Escape")
        self.page.wait_for_function(
            "() => !document.querySelector('dialog[open]') && document.activeElement.closest('[data-answer]')"
        )

    def help(self) -> None:
        question_mark(self.page) if self.russian else self.page.keyboard.press("?")

    def named(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def answer(self) -> str:
        """Answers what is asked, by its words; returns the kind."""
        asked = question_of(self.page)
        kind, text = ANSWERS[asked]
        getattr(self, f"_{kind}")(text)
        self.named("Control+Enter")
        moved_on(self.page, asked)
        return kind

    def _letter(self, text: str) -> None:
        self.key(f"Key{text}")

    def _short(self, text: str) -> None:
        self.page.wait_for_function(
            "() => document.activeElement.name === 'answer'"
        )  # the field waits for it
        self.page.keyboard.insert_text(text)

    _number = _short

    def _frame(self, text: str) -> None:
        self.key("Digit3")
        for value in ("", "земфира", "утром"):  # album, artist, datetime
            self.page.keyboard.insert_text(value)
            self.named("Enter")


def rows(studio: Studio, project: str) -> list[tuple[str, str, int]]:
    return studio._store.db.tuples(
        "SELECT action, COALESCE(text, reason, ''), COALESCE(flagged, 0) FROM responses WHERE project_id = ?"
        " ORDER BY n",
        (project,),
    )


@pytest.mark.parametrize("russian", [False, True], ids=["latin", "russian"])
def test_a_session_on_the_keyboard_alone(studio, page, project, invited, russian: bool) -> None:
    made = project(size=5, training=1)
    hands = Hands(page, russian)
    page.goto(invited(made))
    assert held(page, "one.name") == "name", "the field of the name waits"
    page.keyboard.insert_text("Анна")
    hands.named("Enter")
    page.locator(".an-guide[open]").wait_for()
    hands.closed()
    assert "Обуч" in page.inner_text(".an-ask .st-label") or page.locator("[data-told]").count()
    hands.answer()  # training
    page.locator("[data-told]").wait_for()
    for _ in range(3):
        hands.answer()
    asked = question_of(page)
    hands.named("Alt+KeyF")
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "true"
    hands.named("Alt+KeyS")
    page.locator(".an-skip[open]").wait_for()
    hands.key("Digit3")
    hands.named("Enter")
    moved_on(page, asked)
    after = question_of(page)
    page.evaluate("document.querySelector('#an-question').focus()")
    hands.named("Control+KeyZ")
    moved_on(page, after)
    assert question_of(page) == asked, "the question that was skipped is back"
    hands.answer()
    page.evaluate("document.querySelector('#an-question').focus()")
    hands.help()
    page.locator(".an-keys[open]").wait_for()
    hands.closed()
    hands.answer()
    page.locator(".an-end").wait_for()
    assert held(page, "one.id") == "an-question"
    said = rows(studio, made)
    assert [action for action, _, _ in said] == ["answer"] * 4 + ["skip", "undo"] + ["answer"] * 2
    assert {text for action, text, _ in said if action == "answer"} == {text for _, text in ANSWERS.values()}
    assert said[4] == ("skip", "ambiguous", 1)


def test_sounds_and_clips_are_played_by_keys(page, url, project, invited) -> None:
    page.goto(invited(project(guide="")))
    page.fill("[name=name]", "Анна")
    page.keyboard.press("Enter")
    page.locator("[data-answer]").wait_for()
    hands, seen = Hands(page, True), set()
    for _ in range(len(ANSWERS)):
        asked = question_of(page)
        page.evaluate("document.querySelector('#an-question').focus()")
        if asked == "Где тише?":
            seen.add(asked)
            press(page, "KeyP")
            page.wait_for_function("() => !document.querySelectorAll('audio')[0].paused")
            press(page, "KeyO")
            page.wait_for_function(
                "() => { const [a, b] = document.querySelectorAll('.st-fig audio'); return a.paused && !b.paused; }"
            )
            press(page, "KeyP")
            page.wait_for_function("() => [...document.querySelectorAll('audio')].every((one) => one.paused)")
            press(page, "BracketRight")
            assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
        if asked == "Что движется?":
            seen.add(asked)
            page.wait_for_function("() => document.querySelector('video').readyState >= 2")
            press(page, "Period")
            page.wait_for_function(
                "() => Math.abs(document.querySelector('video').currentTime - 0.04) < 0.01"
            )
            press(page, "Comma")
            page.wait_for_function("() => document.querySelector('video').currentTime === 0")
        if asked in ("Кто на картинке?", "Что движется?"):
            page.focus("textarea[name=answer]")
        if asked.startswith("Сколько"):
            page.focus("input[name=answer]")
        hands.answer()
    assert seen == {"Где тише?", "Что движется?"}


# what a screen reader is told


def names(page: Any) -> dict[str, list[str]]:
    """Roles and names of the browser's own tree of accessibility."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found: dict[str, list[str]] = {}
    for node in tree:
        if not node.get("ignored"):
            role = node.get("role", {}).get("value", "")
            found.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    return found


NAMED = ("button", "link", "textbox", "radio", "radiogroup", "dialog", "progressbar", "image", "combobox", "group",
         "Audio", "Video", "region", "searchbox", "slider")  # fmt: skip


def all_named(page: Any) -> None:
    """Nothing that can be worked with, or looked at, is without a name."""
    found = names(page)
    bare = {
        role: said for role in NAMED if (said := [name for name in found.get(role, []) if not name.strip()])
    }
    bare.pop("group", None)  # plain groups of the browser's own controls
    assert not bare


def headings(page: Any) -> list[int]:
    return [
        int(level)
        for level in page.evaluate(
            "() => [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility() &&"
            " !one.closest('dialog:not([open])')).map((one) => one.tagName[1])"
        )
    ]


def heard(page: Any, words: str) -> None:
    """The live region says it."""
    page.wait_for_function(
        "words => [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')]"
        ".some((one) => one.textContent.includes(words))",
        arg=words,
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_session_by_roles_and_names_alone(studio, page, project, invited, lang) -> None:
    made = project(size=5, training=1)
    page.goto(f"{invited(made)}?lang={lang}")
    all_named(page)
    assert headings(page) == [1]
    page.get_by_role("textbox", name=t("join.name", lang)).fill("Анна")
    page.get_by_role("button", name=t("join.enter", lang)).click()
    guide = page.get_by_role("dialog", name=t("annotate.guide", lang))
    guide.wait_for()
    all_named(page)
    guide.get_by_role("button", name=t("annotate.guide.close", lang)).click()
    for number in range(6):
        asked = question_of(page)
        page.get_by_role("heading", name=asked).wait_for()
        all_named(page)
        levels = headings(page)
        assert levels[0] == 1 and max(b - a for a, b in pairwise(levels)) <= 1
        assert held(page, "!!one.closest('[data-answer]')"), "the focus stands where the answer goes on"
        told = names(page)
        kind, text = ANSWERS[asked]
        assert asked in " ".join(told["heading"])
        if number == 2:
            skip_by_role(page, lang)
            moved_on(page, asked)
            heard(page, t("annotate.saved.skip", lang))
            page.get_by_role("button", name=t("annotate.undo", lang)).click()
            heard(page, t("annotate.taken_back", lang))
            page.get_by_role("heading", name=asked).wait_for()
        if kind == "letter":
            page.get_by_role("radiogroup", name=asked).get_by_role("radio").nth("AB".index(text)).click()
        elif kind == "frame":
            page.get_by_role("radiogroup", name=t("answer.frame.intent", lang)).get_by_role(
                "radio", name="PlayMusic"
            ).click()
            page.get_by_role("textbox", name="artist", exact=True).fill("земфира")
            page.get_by_role("textbox", name="datetime", exact=True).fill("утром")
            assert page.get_by_role("textbox", name=t("answer.frame.json", lang)).input_value() == FRAME
        elif kind == "number":
            page.get_by_role("textbox", name=t("answer.number", lang)).fill("четыре")
            heard(page, t("answer.number.doubt", lang)[:20])
            page.get_by_role("textbox", name=t("answer.number", lang)).fill(text)
        else:
            page.get_by_role("textbox", name=t("annotate.answer", lang)).fill(text)
        page.get_by_role("button", name=t("annotate.submit", lang)).click()
        moved_on(page, asked)
        heard(page, t("annotate.saved", lang))
    assert held(page, "one.matches('h2')"), "the end is told first"
    all_named(page)
    assert {text for action, text, _ in rows(studio, made) if action == "answer"} == {
        text for _, text in ANSWERS.values()
    }


def skip_by_role(page: Any, lang: str) -> None:
    page.get_by_role("button", name=t("annotate.skip", lang)).click()
    dialog = page.get_by_role("dialog", name=t("annotate.skip.title", lang))
    dialog.get_by_role("button", name=re.compile(f"^{t('annotate.skip.confirm', lang)}")).click()
    heard(page, t("annotate.skip.missing", lang))
    dialog.get_by_role("radio", name=t("annotate.skip.broken", lang)).check()
    dialog.get_by_role("button", name=re.compile(f"^{t('annotate.skip.confirm', lang)}")).click()


def test_what_is_missing_is_told_aloud_and_the_focus_goes_there(page, project, invited) -> None:
    page.goto(invited(project(guide="")))
    page.get_by_role("textbox").fill("Анна")
    page.keyboard.press("Enter")
    for _ in range(len(ANSWERS)):
        page.locator("[data-answer]").wait_for()
        asked = question_of(page)
        page.get_by_role("button", name="Ответить").click()
        heard(page, "или пропустите вопрос")
        assert held(page, "!!one.closest('[data-answer]')")
        skip_by_role(page, "ru")
        moved_on(page, asked)


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


@pytest.fixture
def still(browser: Any) -> Iterator[Any]:
    """A page on which nothing moves, so that no colour is caught in the middle of a transition."""
    context = browser.new_context(locale="ru-RU", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    yield page
    page.unroute_all(behavior="ignoreErrors")  # a reply may still be on its way
    context.close()


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


def replies(page: Any) -> list[str]:
    """What the server says to the page's script from now on, as it arrives."""
    told: list[str] = []

    def passed_on(route: Any) -> None:
        reply = route.fetch()
        told.append(reply.text())
        route.fulfill(response=reply)

    page.route("**/component_server/", passed_on)
    return told


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
