"""Annotate in a browser: the keyboard, two tabs, a lost network, a killed server; nothing typed is lost."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.core.project import ProjectSpec
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from tests.components.keyboard import press, readable
from tests.components.serving import free_port, serving, write_letter_task, write_sound_task
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser
OPTIONS = {"A": "дом", "B": "лес", "C": "река"}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Words: 4 short questions. Letters: 4 questions A-C. Sounds: 2 questions."""
    folder = tmp_path_factory.mktemp("annotate")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    for task in (
        write_task(folder / "Words", ["кот", "пёс", "3", "да"]),
        write_letter_task(folder / "Letters", ["A", "B", "C", "A"], OPTIONS),
        write_sound_task(folder / "Sounds", 2),
    ):
        studio.workplaces.own(str(task), listed=False)
    yield studio
    studio.close()


@pytest.fixture
def page(browser_page: Any) -> Any:
    browser_page.set_default_timeout(60_000)
    return browser_page


Making = Callable[..., str]


@pytest.fixture
def project(studio: Studio) -> Making:
    """Makes an open project of its own."""

    def make(task: str = "Words", **spec: Any) -> str:
        rest = {"overlap": 3, "controls": 0.0, "repeats": 0.0, "joining": "anyone", **spec}
        made = studio.organising.make(OWNER, ProjectSpec("Общий проект", task, **rest))
        studio.organising.set_state(OWNER, made, "open")
        return made

    return make


def enter(page: Any, url: str, project: str, name: str = "Анна") -> None:
    """Comes in by the door of a project."""
    page.goto(f"{url}annotate?project={project}")
    page.fill('.an-door input[name="name"]', name)
    page.keyboard.press("Enter")


def begin(page: Any, url: str, project: str, name: str = "Анна") -> None:
    """The same, to the first question."""
    enter(page, url, project, name)
    readable(page)


def progress(page: Any, words: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('[data-words]')?.textContent.includes(text)"
        " && document.querySelector('.an-ask[data-ready], .an-end')",
        arg=words,
    )


def given(studio: Studio, project: str) -> list[str]:
    """What was said by now, in its order."""
    return [each.text or each.reason for each in studio._store.projects.standing(project)]


def drafts(studio: Studio) -> list[str]:
    return list(studio._store.db.column("SELECT text FROM desk_drafts"))


def test_a_task_is_finished_on_ones_own_from_the_start_page_to_the_runs(
    studio: Studio, url: str, page: Any
) -> None:
    page.goto(f"{url}annotate")
    page.wait_for_selector(".an-start")
    page.click(".an-start button[type=submit]")
    page.locator("[data-of='name']", has_text="Напишите имя").wait_for()
    page.locator("[data-of='what']", has_text="Выберите").wait_for()
    page.goto(f"{url}annotate?task=Letters")  # a link to a task
    page.wait_for_selector(".an-start")
    assert page.is_checked('input[value="task:Letters"]')
    page.fill('input[name="name"]', "Ольга")
    page.keyboard.press("Enter")
    for done in range(1, 5):
        readable(page)
        page.keyboard.press("2")
        page.keyboard.press("Control+Enter")
        if done < 4:
            progress(page, f"Отвечено {done} из 4")
    page.wait_for_selector(".an-end")
    assert "Ольга, задача пройдена" in page.inner_text(".an-end")
    page.click(".an-end a[href*=inspect]")
    page.wait_for_selector(".in-card")
    (run,) = [run for run in studio.runs() if run.model == "Ольга"]
    assert run.answered == 4 and run.id in page.url


def test_whoever_has_a_name_here_is_asked_which_one_all_shall_see_before_a_whole_task(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    token = studio.members.join_open(project(), "Аня Смирнова", Viewer())
    page.context.add_cookies([{"name": "studio_person", "value": token, "url": url}])
    page.goto(f"{url}annotate?task=Sounds")
    page.wait_for_selector(".an-start")
    page.click(".an-start [type=submit]")
    page.wait_for_selector("[data-shown]")
    assert page.input_value("[name=shown]") == "Аня Смирнова" and "увидят все" in page.inner_text(".an-door")
    page.fill("[name=shown]", "Сова")
    page.keyboard.press("Enter")
    readable(page)
    who = studio.members.signed_in(token)
    assert who is not None
    assert studio._store.people.shown_as(studio.workplaces.own("Sounds"), who.id) == "Сова"


def test_keys_go_by_their_place_whatever_the_layout_writes(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project("Letters")
    begin(page, url, made)
    page.keyboard.press("Enter")
    page.locator(".an-ask .an-error", has_text="Выберите вариант").wait_for()
    press(page, "KeyC")
    assert page.get_attribute('[data-letter="C"]', "aria-checked") == "true"
    press(page, "KeyF")
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    progress(page, "Ваших ответов: 1")
    assert "Сохранено" in page.inner_text(".an-status")
    press(page, "KeyS")
    page.wait_for_selector(".an-skip[open]")
    page.keyboard.press("Enter")
    assert "Выберите причину" in page.inner_text(".an-skip"), "no reason is chosen beforehand"
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    progress(page, "пропущено 1")
    page.keyboard.press("Control+z")
    progress(page, "Ваших ответов: 1 ·")
    page.keyboard.press("Control+z")
    progress(page, "Ваших ответов: 0")
    assert page.get_attribute('[data-letter="B"]', "aria-checked") == "true"
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "true", (
        "the flag comes back with the answer"
    )
    rows = studio._store.db.rows(
        "SELECT action, reason, flagged FROM responses WHERE project_id = ?", (made,)
    )
    assert [(row["action"], row["reason"], row["flagged"]) for row in rows[:2]] == [
        ("answer", None, 1), ("skip", "ambiguous", 0),
    ]  # fmt: skip


FOCUS = "() => document.activeElement.id || document.activeElement.name"


def test_a_key_that_is_held_down_answers_once_and_never_what_nobody_chose(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project("Letters")
    begin(page, url, made)
    assert page.evaluate(FOCUS) == "an-question", "the question is read out, no option has the focus"
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.an-option')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".an-ask .an-error", has_text="Выберите вариант").wait_for()
    assert page.query_selector(".an-option[aria-checked=true]") is None
    page.keyboard.press("2")
    page.keyboard.down("Enter")
    for _ in range(10):
        page.keyboard.down("Enter")  # the keyboard's own repeats
    progress(page, "Ваших ответов: 1 ·")
    assert page.evaluate(FOCUS) == "an-question"
    for _ in range(10):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert page.inner_text(".an-ask .an-error") == "", "what is held down says nothing either"
    page.keyboard.down("s")
    page.keyboard.up("s")
    page.wait_for_selector(".an-skip[open]")
    page.keyboard.press("1")
    page.keyboard.down("Enter")
    for _ in range(10):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    progress(page, "пропущено 1")
    page.keyboard.down("f")
    page.keyboard.down("f")
    page.keyboard.up("f")
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "true", "on once, and not off again"
    page.focus("#an-question")
    page.keyboard.down("Control")
    for _ in range(5):
        page.keyboard.down("z")
    page.keyboard.up("z")
    page.keyboard.up("Control")
    progress(page, "Ваших ответов: 1 ·")
    assert given(studio, made) == ["B"]


def test_a_key_answers_no_question_that_has_only_just_appeared(
    url: str, studio: Studio, page: Any, project: Making
) -> None:
    made = project()
    page.clock.install()
    page.goto(f"{url}annotate?project={made}")
    page.fill('.an-door input[name="name"]', "Анна")
    page.keyboard.press("Enter")
    page.wait_for_selector("textarea")
    page.clock.pause_at(page.evaluate("Date.now() + 60_000"))
    readable(page)
    page.keyboard.press("Enter")
    page.locator(".an-ask .an-error", has_text="Напишите ответ").wait_for()
    page.keyboard.type("кот")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('[data-words]').textContent.includes('Ваших ответов: 1')"
    )
    page.keyboard.type("пёс")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.clock.run_for(400)
    assert given(studio, made) == ["кот"] and page.input_value("textarea[name=answer]") == "пёс"
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('[data-words]').textContent.includes('Ваших ответов: 2')"
    )


def test_single_keys_are_letters_while_one_types(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    begin(page, url, project())
    page.keyboard.type("sfip?1")
    assert page.input_value("textarea[name=answer]") == "sfip?1"
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "false"
    page.keyboard.press("Alt+KeyF")
    assert page.get_attribute("[data-act=flag]", "aria-pressed") == "true"
    page.keyboard.press("Control+z")  # takes typing back, not an answer
    page.keyboard.press("Alt+KeyS")
    page.wait_for_selector(".an-skip[open]")


def test_a_reload_keeps_draft_comment_place_and_time(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    begin(page, url, project())
    page.keyboard.type("почти отве")
    page.click(".an-note summary")
    page.fill("[name=comment]", "мелко")
    page.wait_for_function("() => document.querySelector('.an-said').textContent === 'Черновик сохранён'")
    key = page.evaluate("() => Object.keys(localStorage).find((key) => key.startsWith('studio-draft:'))")
    began = json.loads(page.evaluate("key => localStorage.getItem(key)", key))["time"]["shown_at"]
    page.reload()
    page.wait_for_function("() => document.querySelector('textarea[name=answer]')?.value === 'почти отве'")
    assert page.input_value("[name=comment]") == "мелко"
    other = page.context.browser.new_context(storage_state=page.context.storage_state())
    elsewhere = other.new_page()  # another device of the same person: the server's copy
    elsewhere.add_init_script("localStorage.clear()")
    elsewhere.goto(page.url)
    elsewhere.wait_for_function(
        "() => document.querySelector('textarea[name=answer]')?.value === 'почти отве'"
    )
    other.close()
    page.focus("textarea[name=answer]")
    readable(page)
    page.keyboard.press("Control+Enter")
    progress(page, "Ваших ответов: 1")
    row = studio._store.db.rows("SELECT * FROM responses ORDER BY n DESC LIMIT 1")[0]
    assert row["shown_at"] == pytest.approx(began) and row["first_input_at"] >= began
    assert row["active_s"] + row["idle_s"] == pytest.approx(row["at"] - began, abs=3)


def test_clicks_and_tabs_count_an_answer_once(studio: Studio, url: str, page: Any, project: Making) -> None:
    made = project()
    begin(page, url, made)
    second = page.context.new_page()
    second.goto(page.url)
    second.wait_for_selector("textarea")
    page.fill("textarea[name=answer]", "кот")
    page.click('.an-ask button[type="submit"]', click_count=3)
    progress(page, "Ваших ответов: 1")
    progress(second, "Ваших ответов: 1")  # the other tab moves on by itself
    assert "другой вкладке" in second.inner_text(".an-status")
    second.fill("textarea[name=answer]", "пёс")
    second.keyboard.press("Enter")
    progress(page, "Ваших ответов: 2")
    assert given(studio, made) == ["кот", "пёс"]


def test_a_tab_that_does_not_hear_of_the_other_goes_on_with_a_word(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project()
    page.add_init_script("delete window.BroadcastChannel")
    begin(page, url, made)
    second = page.context.new_page()
    second.add_init_script("delete window.BroadcastChannel")
    second.goto(page.url)
    second.wait_for_selector("textarea")
    for tab, text in ((page, "кот"), (second, "пёс")):
        tab.fill("textarea[name=answer]", text)
        readable(tab)
        tab.keyboard.press("Enter")
        progress(tab, "Ваших ответов: 1")
    assert "другой вкладке" in second.inner_text(".an-status") and given(studio, made) == ["кот"]


def test_an_answer_given_while_the_network_is_away_arrives_once_when_it_is_back(
    studio: Studio, page: Any, project: Making
) -> None:
    made, port = project(), free_port()
    with serving(studio, port) as url:
        begin(page, url, made)
        page.fill("textarea[name=answer]", "кот")
        page.wait_for_function("() => document.querySelector('.an-said').textContent === 'Черновик сохранён'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".an-lost:not([hidden])")
    assert "Ответ записан в этом браузере" in page.inner_text(".an-lost")
    with serving(studio, port):
        progress(page, "Ваших ответов: 1")
        assert given(studio, made) == ["кот"]


DRAFTED = "() => document.querySelector('.an-said')?.textContent === 'Черновик сохранён'"


def test_when_the_server_is_back_the_page_notices_by_itself_and_what_was_typed_meanwhile_is_there(
    studio: Studio, page: Any, project: Making
) -> None:
    made, port = project(), free_port()
    with serving(studio, port) as url:
        begin(page, url, made)
        page.keyboard.type("к")
        page.wait_for_function(DRAFTED)
    page.keyboard.type("от и лодка")
    page.wait_for_selector(".an-lost:not([hidden])")
    assert page.inner_text(".an-said") == "", "nothing says that this is saved"
    with serving(studio, port):
        page.wait_for_selector(".an-lost", state="hidden")
        page.wait_for_function(DRAFTED)
        assert "кот и лодка" in drafts(studio)
        assert page.input_value("textarea[name=answer]") == "кот и лодка"


def test_when_the_network_is_back_the_page_notices_at_once(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    begin(page, url, project())
    page.evaluate(
        "() => window.setTimeout = ((later) => (does, ms) => later(does, ms >= 1000 ? 1e8 : ms))(setTimeout)"
    )
    page.context.set_offline(True)
    page.keyboard.type("лодка и весло")
    page.wait_for_selector(".an-lost:not([hidden])")
    page.context.set_offline(False)  # by the event alone: nothing waits a second here
    page.wait_for_selector(".an-lost", state="hidden")
    page.wait_for_function(DRAFTED)
    assert "лодка и весло" in drafts(studio)


def test_when_the_time_is_over_what_was_typed_is_kept_and_nothing_goes_on_by_itself(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project(item_limit_s=5.0)
    begin(page, url, made)
    assert "осталось 0:0" in page.text_content(".an-clock")
    page.keyboard.type("не успел")
    page.wait_for_selector(".an-end[data-ready]")
    assert "Время вышло, написанное сохранено" in page.inner_text(".an-end")
    assert "написанное сохранено" in page.inner_text(".an-status")
    (kept,) = studio._store.projects.standing(made)
    assert (kept.action, kept.reason, kept.text) == ("skip", "time", "не успел")
    page.keyboard.type("еть\nn 1й")
    for key in ("Control+Enter", "Enter", "Control+z", "Space", "KeyN", "KeyI", "KeyS"):
        page.keyboard.press(key)
    page.reload()
    page.wait_for_selector(".an-end[data-ready]")
    assert page.query_selector("dialog[open]") is None
    held = "SELECT COUNT(*) FROM turns WHERE project_id = ? AND state = 'held'"
    assert studio._store.db.scalar(held, (made,)) == 0, "no key, and no reload, has begun the next one"
    page.keyboard.press("Alt+KeyN")
    page.wait_for_selector("textarea")
    assert page.input_value("textarea[name=answer]") == ""
    assert len(studio._store.projects.standing(made)) == 1


def test_the_next_question_is_no_other_than_a_click_on_going_on_and_starts_with_all_its_time(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project(item_limit_s=5.0)
    begin(page, url, made)
    page.keyboard.press("Alt+KeyS")  # the dialog is open when the time ends
    page.wait_for_selector(".an-skip[open]")
    page.keyboard.press("4")
    page.wait_for_selector(".an-end[data-ready]")
    assert page.query_selector("dialog[open]") is None
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    assert given(studio, made) == ["time"], "nothing of it answers, or skips, anything else"
    page.click("[data-act=go]")
    page.wait_for_selector("textarea")
    assert page.text_content(".an-clock") == "осталось 0:05"


def test_time_at_which_nobody_was_there_is_no_work(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project(item_limit_s=5.0)
    begin(page, url, made)
    page.wait_for_selector(".an-end")
    (kept,) = studio._store.db.rows("SELECT * FROM responses WHERE project_id = ?", (made,))
    assert kept["active_s"] < 2 and kept["idle_s"] > 3 and kept["reason"] == "time"


@pytest.mark.parametrize("way", ["Escape", "click"])
def test_time_goes_only_when_the_instructions_are_closed_however_one_closes_them(
    studio: Studio, url: str, page: Any, project: Making, way: str
) -> None:
    made = project(item_limit_s=30.0)
    studio.organising.instruct(OWNER, made, "Пишите **одно** слово.")
    enter(page, url, made)
    page.wait_for_selector(".an-guide[open]")
    page.reload()
    page.wait_for_selector(".an-guide[open]")
    assert studio._store.db.scalar("SELECT COUNT(*) FROM turns WHERE project_id = ?", (made,)) == 0
    page.keyboard.press("Escape") if way == "Escape" else page.click(".an-guide [data-act=close]")
    readable(page)
    assert int(page.text_content(".an-clock")[-2:]) >= 28
    studio.organising.instruct(OWNER, made, "Пишите **два** слова.")
    page.reload()
    readable(page)
    assert page.query_selector("dialog[open]") is None, "they hide no question whose time goes"
    page.fill("textarea[name=answer]", "кот")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".an-guide[open]")
    assert "изменилась" in page.inner_text(".an-guide")
    page.keyboard.press("Escape")
    progress(page, "Ваших ответов: 1")


def test_whoever_was_stopped_by_the_training_sees_that_she_was_admitted(
    studio: Studio, url: str, page: Any
) -> None:
    spec = ProjectSpec(
        "С обучением", "Words", controls=0.0, repeats=0.0, joining="anyone", training=1, pass_mark=1.0
    )
    made = studio.organising.make(OWNER, spec, size=3)
    studio.organising.set_state(OWNER, made, "open")
    page.clock.install()
    enter(page, url, made, "Вера")
    page.wait_for_selector("textarea")
    page.clock.run_for(400)
    page.keyboard.type("мимо")
    page.keyboard.press("Control+Enter")
    page.locator(".an-end", has_text="Обучение не пройдено").wait_for()
    assert "0 из 1" in page.inner_text(".an-end") and "проверяет сама" in page.inner_text(".an-end")
    (vera,) = studio.boards.board(OWNER, made).people
    studio.admitting.admit(OWNER, made, vera.person)
    page.clock.run_for(21_000)
    page.wait_for_selector("textarea")


def test_a_tab_whose_project_opens_again_begins_no_time_by_itself(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project(item_limit_s=60.0)
    studio.organising.set_state(OWNER, made, "paused")
    token = studio.members.join_open(project(), "Анна", Viewer())
    who = studio.members.signed_in(token)
    assert who is not None
    studio.members.give(OWNER, made, who.id, "annotator")
    page.context.add_cookies([{"name": "studio_person", "value": token, "url": url}])
    page.clock.install()
    page.goto(f"{url}annotate?project={made}")
    page.locator(".an-end", has_text="на паузе").wait_for()
    studio.organising.set_state(OWNER, made, "open")
    page.clock.run_for(21_000)
    page.locator(".an-end", has_text="Вопрос для вас готов").wait_for()
    assert studio._store.db.scalar("SELECT COUNT(*) FROM turns WHERE project_id = ?", (made,)) == 0
    page.clock.run_for(400)
    page.keyboard.press("Alt+KeyN")
    page.wait_for_selector("textarea")


def test_an_answer_that_comes_when_its_time_was_over_is_told_to_be_no_answer(
    studio: Studio, url: str, page: Any, project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project(item_limit_s=600.0)
    begin(page, url, made)
    late = time.time() + 700
    monkeypatch.setattr(studio.answering, "_now", lambda: late)
    page.keyboard.type("кот")
    page.keyboard.press("Enter")
    page.wait_for_selector(".an-end")
    assert "ответ сохранён, но не засчитан" in page.inner_text(".an-status")
    assert page.inner_text(".an-said") == "Время вышло: ответ сохранён, но не засчитан"


def test_a_flag_is_there_in_another_browser(studio: Studio, url: str, page: Any, project: Making) -> None:
    made = project()
    begin(page, url, made)
    page.keyboard.press("Alt+KeyF")
    page.wait_for_function("() => document.querySelector('.an-said').textContent === 'Черновик сохранён'")
    page.evaluate("() => localStorage.clear()")
    page.reload()
    page.wait_for_selector('[data-act=flag][aria-pressed="true"]')
    page.keyboard.type("кот")
    readable(page)
    page.keyboard.press("Enter")
    progress(page, "Ваших ответов: 1")
    page.evaluate("() => localStorage.clear()")
    page.keyboard.press("Control+z")
    page.wait_for_selector('[data-act=flag][aria-pressed="true"]')


def test_instructions_come_before_the_first_question_and_again_when_they_change(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project()
    studio.organising.instruct(OWNER, made, "Пишите **одно** слово.")
    enter(page, url, made)
    page.wait_for_selector(".an-guide[open]")
    assert page.inner_text(".an-guide strong") == "одно"
    page.keyboard.press("Escape")
    page.wait_for_selector("textarea")
    page.reload()
    page.wait_for_selector("textarea")
    assert page.query_selector(".an-guide[open]") is None, "once is enough"
    studio.organising.instruct(OWNER, made, "Пишите два слова.")
    page.fill("textarea[name=answer]", "кот")
    readable(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".an-guide[open]")
    assert "изменилась" in page.inner_text(".an-guide")
    page.click(".an-guide [data-act=close]")
    readable(page)
    page.fill("textarea[name=answer]", "пёс")
    page.keyboard.press("Enter")
    progress(page, "Ваших ответов: 2")
    versions = studio._store.db.column(
        "SELECT instructions FROM responses WHERE project_id = ? ORDER BY n", (made,)
    )
    assert versions == [1, 2]
    page.keyboard.press("Alt+KeyI")
    page.wait_for_selector(".an-guide[open]")


def test_a_sound_is_played_by_key_at_a_speed_that_stays_and_its_time_is_told(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project("Sounds")
    begin(page, url, made)
    page.wait_for_selector(".st-wave")
    page.keyboard.press("BracketRight")
    page.keyboard.press("p")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1.2")
    page.keyboard.press("j")
    page.wait_for_function("() => document.querySelector('audio').currentTime < 1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    progress(page, "Ваших ответов: 1")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    page.keyboard.press("Alt+BracketRight")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    assert studio._store.db.scalar("SELECT played_s FROM responses WHERE project_id = ?", (made,)) > 0


def test_the_page_looks_again_by_itself_where_somebody_holds_the_last_place(
    studio: Studio, url: str, page: Any, project: Making
) -> None:
    made = project(overlap=1)
    other = studio.members.signed_in(studio.members.join_open(made, "Борис", Viewer()))
    assert other is not None
    held = studio.answering.standing(made, other.id).question
    assert held is not None
    begin(page, url, made)
    for _ in range(3):
        before = page.inner_text("[data-words]")
        page.fill("textarea[name=answer]", "кот")
        readable(page)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "text => document.querySelector('[data-words]')?.textContent !== text", arg=before
        )
    page.wait_for_selector(".an-end")
    assert "заняты" in page.inner_text(".an-end")
    told = page.inner_text("time[datetime]")
    assert re.search(r"\d\d:\d\d \S*(UTC|GMT|[A-Z]{3})", told), f"the time zone is told: {told}"
    with studio._store.projects.writing() as tables:
        tables.connection.execute("UPDATE turns SET lease_until = 1 WHERE person_id = ?", (other.id,))
    page.click("[data-act=look]")
    page.wait_for_selector("textarea")


def test_nothing_moves_the_page_sideways_on_a_phone(
    studio: Studio, url: str, browser_page: Any, project: Making, tmp_path: Path
) -> None:
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 740})
    begin(page, url, project("Letters"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator(".an-foot .an-actions").bounding_box()["y"] < 740, "submit is in sight"


@pytest.mark.parametrize("height", [640, 844])
def test_on_a_phone_the_field_is_in_sight_above_the_bar_before_and_after_a_touch(
    studio: Studio, url: str, browser_page: Any, project: Making, height: int
) -> None:
    page = browser_page
    page.set_viewport_size({"width": 390, "height": height})
    begin(page, url, project())
    for _ in range(2):
        field, bar = (
            page.locator(place).bounding_box() for place in ("textarea[name=answer]", ".an-foot .an-actions")
        )
        assert field["y"] + field["height"] <= bar["y"] and bar["y"] + bar["height"] <= height
        page.locator("textarea[name=answer]").click()
