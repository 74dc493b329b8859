"""What only a browser shows of Organise: a project from its form to its board, an exclusion undone, a word by keys."""

from collections.abc import Iterator
from typing import Any

import pytest

from studio.core.project import ProjectSpec, Submission, Timing
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from tests.components.test_axe import STILL, grave_anyhow
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}
PEOPLE = ("Анна", "Борис", "Вера")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("organise")
    write_task(home / "data" / "demo" / "Animals", ["кот", "пёс", "3", "дом"] * 5)
    studio = scripted_studio(home / "home", {}, data=home / "data")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def project(studio: Studio) -> str:
    """Three people have answered everything, Vera always otherwise; on the first question all three differ."""
    spec = ProjectSpec("Базовый уровень", "Animals", overlap=3, controls=0.1, repeats=0.0, pay_per_hour=600.0)
    project = studio.organising.make(OWNER, spec)
    studio.organising.instruct(OWNER, project, "# Что делать\n\nОтвечайте словом.")
    studio.organising.set_state(OWNER, project, "open")
    for name in PEOPLE:
        _, secret = studio.members.invite(OWNER, project, "annotator")
        _, token = studio.members.redeem(secret, name, Viewer())
        person = studio.members.signed_in(token)
        assert person is not None
        while asked := studio.answering.standing(project, person.id).question:
            text = name if asked.item == 1 or name == "Вера" else "слово"
            given = Submission(
                asked.item, asked.occasion, "answer", f"c{asked.item}-{asked.occasion}", text, flagged=asked.item == 1,
                comment="спорно" if asked.item == 1 else "", timing=Timing(active_s=9.0),
            )  # fmt: skip
            studio.answering.submit(project, person.id, given)
    return project


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="ru-RU", viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def go(page: Any, url: str, **query: str) -> None:
    said = "&".join(f"{key}={value}" for key, value in query.items())
    page.goto(f"{url}organise" + (f"?{said}" if said else ""))
    page.locator(".og-body > *").first.wait_for()


def test_a_project_goes_from_its_form_to_its_board(page: Any, url: str, studio: Studio) -> None:
    go(page, url, new="1")
    page.locator(".og-numbers").wait_for()
    page.fill("[name=title]", "Из формы")
    page.fill("[name=overlap]", "0")
    page.locator(".og-make").click()
    page.locator('[data-wrong="overlap"]:not(:empty)').wait_for()
    page.fill("[name=overlap]", "4")
    page.locator(".og-numbers dd", has_text="80").first.wait_for()
    page.reload()
    page.locator(".og-numbers").wait_for()
    assert (page.input_value("[name=title]"), page.input_value("[name=overlap]")) == ("Из формы", "4")
    page.locator(".og-make").click()
    page.locator(".og-steps a", has_text="инструкцию").click()
    page.fill("#og-text", "# Как отвечать\n\n> **Вопрос.** Кто это?\n> **Ответ.** кот")
    page.locator("[data-preview] blockquote").wait_for()
    page.locator('form[data-form="instruct"] .st-btn--main').click()
    page.locator(".og-versions li").wait_for()
    page.locator('[data-state="open"]').click()
    page.locator('[data-state="paused"]').wait_for()
    page.locator('[data-tab="invite"]').click()
    page.locator('form[data-form="invite"] .st-btn--main').click()
    link = page.locator("[data-link]")
    link.wait_for()
    assert link.input_value().startswith(f"{url}join/")
    page.locator('[data-tab="board"]').click()
    page.locator(".og-map svg").wait_for()
    (made,) = [each for each in studio.organising.projects(OWNER) if each.spec.title == "Из формы"]
    assert (made.state, made.spec.overlap, made.instructions) == ("open", 4, 1)
    assert f"project={made.id}" in page.url
    page.go_back()
    page.locator('form[data-form="invite"]').wait_for()


def test_whom_the_training_stopped_is_admitted_by_a_button(page: Any, url: str, studio: Studio) -> None:
    spec = ProjectSpec(
        "С обучением", "Animals", overlap=1, controls=0.0, repeats=0.0, training=1, pass_mark=1.0
    )
    project = studio.organising.make(OWNER, spec, size=5)
    studio.organising.set_state(OWNER, project, "open")
    who = studio.workplaces.named(project, "Вера")
    asked = studio.workplaces.standing(who, project).question
    assert asked is not None
    studio.workplaces.submit(who, project, Submission(asked.item, 1, "answer", "c1", "мимо"))
    go(page, url, project=project, tab="people")
    page.locator(".og-people", has_text="обучение не пройдено").wait_for()
    page.locator("[data-admit]").click()
    page.locator("[data-admit]").wait_for(state="detached")
    page.locator(".og-people", has_text="допущен").wait_for()
    page.locator("[data-status]", has_text="Допущен").wait_for()
    assert studio.workplaces.standing(who, project).question is not None


def test_an_exclusion_is_seen_before_it_is_done_and_undone(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    go(page, url, project=project, tab="people")
    page.locator("[data-effect]").nth(2).click()
    page.locator(".og-effect").wait_for()
    assert "Снова не хватит ответов" in page.locator(".og-effect").inner_text()
    page.fill(".og-effect [name=reason]", "отвечает именем")
    page.locator(".og-effect .st-btn--bad").click()
    page.locator("tr[data-out]").wait_for()
    assert studio.boards.board(OWNER, project).people[2].reason == "отвечает именем"
    assert (
        page.evaluate("document.activeElement.dataset.effect")
        == studio.members.people(OWNER, project)[2][0].id
    )
    page.keyboard.press("Enter")
    page.locator(".og-effect .st-btn--main").click()
    page.locator("tr[data-out]").wait_for(state="detached")
    assert studio.boards.board(OWNER, project).people[2].excluded_at is None


def test_a_project_is_closed_and_opened_again_only_when_that_is_meant(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    go(page, url, project=project)
    page.locator('[data-state="closed"]').click()
    page.locator(".og-dialog[open] [data-close]").click()
    assert studio.organising.project(OWNER, project).state == "open"
    page.locator('[data-state="closed"]').click()
    page.locator(".og-dialog[open] [data-sure]").click()
    page.locator("[data-gold-open]", has_text="Эталон открыт").wait_for()
    page.locator('[data-state="open"]').click()
    assert "уже не независимы" in page.locator(".og-dialog[open]").inner_text()
    page.locator(".og-dialog[open] [data-sure]").click()
    page.locator("[data-gold-open]", has_text="Эталон был открыт").wait_for()
    assert studio.organising.project(OWNER, project).state == "open"


def test_a_new_link_stays_while_another_one_is_revoked_and_warns_that_it_is_this_computers(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    old, _ = studio.members.invite(OWNER, project, "annotator")
    go(page, url, project=project, tab="invite")
    page.locator('form[data-form="invite"] .st-btn--main').click()
    link = page.locator("[data-made] [data-link]")
    link.wait_for()
    told = link.input_value()
    assert "serve --host 0.0.0.0" in page.locator("[data-local]").inner_text()
    page.locator(f'[data-revoke="{old.id}"]').click()
    page.locator(".og-dialog[open] [data-close]").click()
    page.locator(f'[data-revoke="{old.id}"]').click()
    page.locator(".og-dialog[open] [data-sure]").click()
    page.locator(f'[data-revoke="{old.id}"]').wait_for(state="detached")
    assert link.input_value() == told
    page.locator('[data-tab="settings"]').click()
    page.locator('form[data-form="change"]').wait_for()
    page.locator('[data-tab="invite"]').click()
    link.wait_for()
    assert link.input_value() == told
    page.locator("[data-revoke]").last.click()
    page.locator(".og-dialog[open] [data-sure]").click()
    page.locator("[data-made]:empty").wait_for(state="attached")


def test_settings_say_that_they_are_saved_beside_the_button(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    go(page, url, project=project, tab="settings")
    page.fill("[name=title]", "Другое название")
    page.locator('form[data-form="change"] .st-btn--main').click()
    said = page.locator('form[data-form="change"] [data-said]')
    said.filter(has_text="Сохранено").wait_for()
    assert studio.organising.project(OWNER, project).spec.title == "Другое название"
    page.fill("[name=title]", "Ещё одно")
    assert said.inner_text() == ""


def test_the_last_word_is_said_and_taken_back_by_keys_alone(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    go(page, url, project=project, tab="items")
    page.locator(".og-item").first.focus()
    page.keyboard.press("Enter")
    page.locator(".og-choice").first.wait_for()
    item = int(page.locator(".og-one").get_attribute("data-item"))
    page.keyboard.press("2")
    page.locator(".og-choice[data-chosen]").wait_for()
    word = page.locator(".og-choice[data-chosen]").get_attribute("data-word")
    page.keyboard.press("Enter")
    page.locator("[data-word-back]").wait_for()
    assert studio._store.projects.adjudicated(project) == {item: word}
    page.keyboard.press("u")
    page.locator("[data-word-back]").wait_for(state="detached")
    assert studio._store.projects.adjudicated(project) == {}
    assert not page.locator("[data-gold]").evaluate("fold => fold.open")
    page.keyboard.press("g")
    assert page.locator("[data-gold]").evaluate("fold => fold.open")
    page.keyboard.press("j")
    page.wait_for_function("item => document.querySelector('.og-one').dataset.item !== item", arg=str(item))
    page.keyboard.press("k")
    page.wait_for_function("item => document.querySelector('.og-one').dataset.item === item", arg=str(item))


def test_a_board_follows_the_work_without_being_opened_anew(
    page: Any, url: str, studio: Studio, project: str
) -> None:
    go(page, url, project=project)
    page.locator(".og-crew li").first.wait_for()
    map_ = page.locator(".og-map").element_handle()
    _, secret = studio.members.invite(OWNER, project, "annotator")
    studio.members.redeem(secret, "Глеб", Viewer())
    page.locator(".og-crew-name", has_text="Глеб").wait_for()
    assert map_.evaluate("map => map.isConnected"), "what has not changed is left alone"


def test_the_map_is_walked_by_arrows_and_opens_an_item(page: Any, url: str, project: str) -> None:
    go(page, url, project=project)
    page.locator(".og-map svg").wait_for()
    page.locator(".og-map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said = page.locator("[data-map-said]").inner_text()
    page.keyboard.press("Enter")
    page.locator(".og-one").wait_for()
    assert f"Вопрос {page.locator('.og-one').get_attribute('data-item')}:" in said


@pytest.mark.parametrize(
    ("query", "click", "shown"),
    [
        ({"new": "1"}, "", ".og-numbers"),
        ({}, "", ".og-crew li"),
        ({"tab": "people"}, "[data-effect]", ".og-effect"),
        ({"tab": "people"}, "[data-erase]", ".og-dialog[open] form"),
        ({"tab": "items"}, "", ".og-items li"),
        ({"tab": "items", "item": "1"}, "", ".og-choice"),
        ({"tab": "baseline"}, "", ".og-scale"),
        ({"tab": "instructions"}, ".og-versions summary", ".og-diff"),
        ({"tab": "invite"}, 'form[data-form="invite"] .st-btn--main', ".og-made"),
        ({"tab": "settings"}, "", ".og-settings"),
        ({"tab": "audit"}, "", ".og-chain .st-chip"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_nothing_serious_in_any_state(
    page: Any, url: str, project: str, query: dict[str, str], click: str, shown: str
) -> None:
    go(page, url, **(query if "new" in query else {"project": project, **query}))
    if click:
        page.locator(click).first.click()
    page.locator(shown).first.wait_for()
    page.wait_for_function(STILL)
    assert grave_anyhow(page) == {}
