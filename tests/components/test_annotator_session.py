"""An annotator's whole session: on the keyboard alone, in either layout, and by what a screen reader is told."""

# ruff: noqa: F811
# Fixtures are taken from where several files share them.

from itertools import pairwise
from typing import Any

import pytest

from studio.texts import LANGS, t
from tests.components.annotator import (
    ANSWERS,
    FRAME,
    all_named,
    headings,
    heard,
    held,
    invited,  # noqa: F401
    moved_on,
    names,
    page,  # noqa: F401
    project,  # noqa: F401
    question_of,
    rows,
    skip_by_role,
    studio,  # noqa: F401
)
from tests.components.keyboard import press, question_mark, readable

pytestmark = pytest.mark.browser


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
        """A dialog is shut, and the focus is back at the question, or in the field where one types."""
        self.named("Escape")
        self.page.wait_for_function(
            "() => !document.querySelector('dialog[open]')"
            " && document.activeElement.closest('[data-answer], #an-question')"
        )

    def help(self) -> None:
        question_mark(self.page) if self.russian else self.page.keyboard.press("?")

    def named(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def answer(self) -> str:
        """Answers what is asked, by its words; returns the kind."""
        asked = question_of(self.page)
        readable(self.page)
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
            page.evaluate(
                "document.querySelectorAll('audio').forEach((one) => { one.loop = true; })"
            )  # none ends
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
            press(page, "Period")  # that it is one frame is looked at in test_frame_steps.py
            page.wait_for_function("() => document.querySelector('video').currentTime > 0.05")
            press(page, "Comma")
            page.wait_for_function("() => document.querySelector('video').currentTime < 0.05")
        if asked in ("Кто на картинке?", "Что движется?"):
            page.focus("textarea[name=answer]")
        if asked.startswith("Сколько"):
            page.focus("input[name=answer]")
        hands.answer()
    assert seen == {"Где тише?", "Что движется?"}


# what a screen reader is told


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
    page.locator("[data-answer]").wait_for()  # the question comes when they are closed
    for number in range(6):
        asked = question_of(page)
        page.get_by_role("heading", name=asked).wait_for()
        all_named(page)
        levels = headings(page)
        assert levels[0] == 1 and max(b - a for a, b in pairwise(levels)) <= 1
        typed = ANSWERS[asked][0] in {"short", "number"}
        assert held(page, "one.id") == "an-question" or (typed and held(page, "one.name") == "answer"), (
            "the question is told first; no option has the focus"
        )
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
