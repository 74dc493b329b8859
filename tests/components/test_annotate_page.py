"""The page Annotate over a real studio: nothing is lost, nothing counts twice, and no byte tells the gold."""

import json
import re
import zlib

import pytest

from components.pages.annotate import Desk
from components.pages.annotate_view import REASONS, keys_dialog_html, skip_dialog_html, start_html, state_html
from studio.core.errors import NotAllowed
from studio.core.run import AnnotationState, Question, RunSpec, SampleFilter
from tests.components.serving import free_port, serving, write_letter_task, write_sound_task
from tests.support import scripted_studio, write_task

FUNCTION = "annotate_open"  # of the page whose script the tests are
GOLD, MODEL, PREDICTION = "секретныйэталон", "secret/planted-model", "ответмодели"
OPTIONS = {"A": "дом", "B": "лес", "C": "река"}
FUNCTIONS = (
    "annotate_tasks",
    "annotate_open",
    "annotate_answer",
    "annotate_skip",
    "annotate_undo",
    "annotate_draft",
)


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """Words: 4 short questions, all with the planted gold. Letters: 4 questions A-C. A model has answered both.

    Every test annotates under a name of its own.
    """
    folder = tmp_path_factory.mktemp("annotate")
    studio = scripted_studio(folder / "home", lambda request: PREDICTION, data=folder / "data")
    words = write_task(folder / "Words", [GOLD] * 4)
    letters = write_letter_task(folder / "Letters", ["A", "B", "C", "A"], OPTIONS)
    studio.wait(studio.start(RunSpec(MODEL, (str(words), str(letters)))), timeout_s=120)
    yield studio
    studio.close()


@pytest.fixture
def desk(studio) -> Desk:
    return Desk(studio, "ru", "./media")


@pytest.fixture
def name(request) -> str:
    """A name of the test's own, so that tests share a studio and nothing else."""
    return f"Анна {zlib.crc32(request.node.name.encode())}"


def human(studio, name: str):
    return next(run for run in studio.runs() if run.kind == "human" and run.model == name)


def given(studio, name: str) -> list[str]:
    """The texts of all answers that count, in the order of the questions."""
    run = human(studio, name)
    rows = studio.queue(run.id, SampleFilter(), limit=500).rows
    return [row.answer for row in rows if row.answer]


def rows_of(studio, name: str) -> list[dict]:
    """Everything this person did, in order."""
    sql = "SELECT action, reason FROM human_answers WHERE run_id = ? ORDER BY id"
    return studio._store.db.rows(sql, (human(studio, name).id,))


# the functions of the page


def test_the_start_offers_the_tasks_without_their_scores(desk):
    html = desk.start()["html"]
    assert 'value="Words"' in html and 'value="Letters"' in html and "4\u00a0вопроса, выбор буквы" in html
    assert MODEL not in html


def test_a_studio_without_tasks_says_what_to_do():
    assert "STUDIO_TASKS" in start_html([], "ru") and "There is no task" in start_html([], "en")


def test_the_next_question_comes_with_the_answer(desk, studio, name):
    told = desk.open({"name": name, "task": "Words"})
    assert (told["answered"], told["total"], told["kind"], len(told["preload"])) == (0, 4, "short", 1)
    after = desk.answer(
        {"ticket": told["ticket"], "sample": told["sample"], "text": "кот", "client_id": "c1"}
    )
    assert after["sample"] != told["sample"] and after["answered"] == 1
    assert "Вопрос 2" in after["html"] and "Отвечено 1 из 4" in after["html"]
    assert given(studio, name) == ["кот"]


@pytest.mark.parametrize("task", ["ruclevr", "hub:MERA-evaluation/WEIRD", "/tmp"])
def test_a_browser_may_open_only_what_the_list_offers(desk, name, task):
    """Any other name would fetch a dataset onto the owner's disk, or read a folder of it."""
    with pytest.raises(NotAllowed, match="visitor_task"):
        desk.open({"name": name, "task": task})


def test_letters_are_answered_by_a_radio_group_with_names_and_keys(desk, name):
    html = desk.open({"name": name, "task": "Letters"})["html"]
    assert 'role="radiogroup" aria-labelledby="an-question"' in html
    radios = re.findall(r'<button[^>]*role="radio"[^>]*>', html)
    assert [re.search('data-letter="(.)"', radio)[1] for radio in radios] == list(OPTIONS)
    assert [re.search('tabindex="(-?.)"', radio)[1] for radio in radios] == ["0", "-1", "-1"]


def test_a_letter_task_whose_options_are_unknown_takes_a_text():
    question = Question("t", 1, "T", 1, (), "Какая буква?", "Какая буква?", {}, "letter")
    state = AnnotationState("t", "Анна", "T", {}, 1, 0, 0, question, False)
    assert 'name="answer"' in state_html(state, "./media", "ru")


def test_a_skip_and_an_undo_bring_back_what_was_there(desk, name):
    told = desk.open({"name": name, "task": "Words"})
    base = {"ticket": told["ticket"], "sample": told["sample"]}
    desk.draft(base | {"text": "почти"})
    skipped = desk.skip(base | {"reason": "broken", "note": "тишина", "client_id": "s1"})
    assert skipped["skipped"] == 1 and "пропущено 1" in skipped["html"]
    back = desk.undo(base | {"client_id": "u1"})
    assert (back["sample"], back["draft"], back["skipped"]) == (told["sample"], "почти", 0)


def test_the_end_thanks_and_leads_to_the_result(desk, studio, name):
    told = desk.open({"name": name, "task": "Letters"})
    while told["sample"] is not None:
        answer = {
            "ticket": told["ticket"],
            "sample": told["sample"],
            "text": "A",
            "client_id": str(told["sample"]),
        }
        told = desk.answer(answer)
    assert f"{name}, вы ответили на 4 из 4" in told["html"] and told["preload"] == []
    assert f"inspect?run={human(studio, name).id}" in told["html"] and './runs"' in told["html"]


def test_a_task_without_questions_says_so():
    state = AnnotationState("t", "Анна", "T", {"ru": "Т"}, 0, 0, 0, None, False)
    assert "нет вопросов" in state_html(state, "./media", "ru")


def test_names_and_questions_are_text_and_not_markup():
    hostile = "<img src=x onerror=alert(1)>\"'&"
    question = Question(
        "t", 1, hostile, 1, (), hostile, hostile + "1", {"A": hostile, hostile: "b"}, "letter", hostile
    )
    state = AnnotationState("t", hostile, hostile, {"ru": hostile}, 2, 0, 0, question, True)
    done = AnnotationState("t", hostile, hostile, {"ru": hostile}, 2, 2, 0, None, True, id=hostile)
    for html in (state_html(state, "./media", "ru"), state_html(done, "./media", "ru")):
        assert "<img" not in html and "&lt;img" in html


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_reason_and_key_has_its_words(lang):
    html = skip_dialog_html(lang) + keys_dialog_html(lang)
    assert all(f'value="{reason}"' in html for reason in REASONS)
    assert html.count("<kbd>") >= 15


@pytest.mark.parametrize(
    "data", [{}, {"ticket": 5, "sample": "x", "text": ["a"], "client_id": None, "shown_at": "now"}]
)
@pytest.mark.parametrize("function", ["open", "answer", "skip", "undo", "draft"])
def test_nonsense_is_refused_in_words(script, function, data):
    told = script.told(f"annotate_{function}", data)
    assert told["error"] and told["code"] in {
        "unknown_ticket",
        "bad_annotator",
        "unknown_task",
        "task_unknown",
    }


# blindness


def test_no_byte_that_the_page_receives_tells_gold_a_model_or_a_score(script, name):
    pages = [
        script.client.get(path).text for path in ("annotate", "en-annotate", "config", "gradio_api/info")
    ]
    seen = []
    for task in ("Words", "Letters"):
        told = script.told("annotate_open", {"name": name, "task": task})
        base = {"ticket": told["ticket"], "sample": told["sample"]}
        for number, function in enumerate(FUNCTIONS):
            data = base | {"text": "B", "reason": "mine", "client_id": f"{task}{number}"}
            seen.append(script.ask(function, data).text)
            seen.append(
                json.dumps(script.told("annotate_open", {"ticket": told["ticket"]}), ensure_ascii=False)
            )
    answers, everything = "\n".join(seen), "\n".join(pages + seen)
    assert "Что на картинке номер" in answers and "лес" in answers  # the questions themselves were there
    for secret in (GOLD, MODEL, PREDICTION):
        assert secret not in everything and json.dumps(secret)[1:-1] not in everything
    for word in ("gold", "judge", "prediction", "score", '"em"', '"js"'):
        assert word not in answers


def test_media_addresses_do_not_tell_the_record(desk, name):
    told = desk.open({"name": name, "task": "Letters"})
    names = re.findall(r"\./media/([^\"]+)", told["html"])
    assert names and all(re.fullmatch(r"[0-9a-f]{16,}\.png", name) for name in names)


def test_the_page_offers_no_upload(script):
    config = script.client.get("config").json()
    page = next(c for c in config["components"] if "annotate_open" in c["props"].get("server_fns", ()))
    assert "upload(" not in page["props"]["js_on_load"] and 'type="file"' not in page["props"]["value"]
    assert not [dependency for dependency in config["dependencies"] if page["id"] in dependency["outputs"]]


# in a browser


@pytest.fixture
def page(browser_page):
    browser_page.set_default_timeout(60_000)
    return browser_page


def begin(page, url: str, task: str, name: str):
    page.goto(f"{url}annotate")
    page.fill('input[name="name"]', name)
    page.check(f'input[name="task"][value="{task}"]')
    page.click('.an-start button[type="submit"]')
    page.wait_for_selector("#an-question")


def progress(page, words: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('.an-where span')?.textContent.includes(text)", arg=words
    )


@pytest.mark.browser
def test_three_questions_are_answered_by_keyboard_alone(studio, url, page, name):
    page.goto(f"{url}annotate")
    page.wait_for_selector(".an-start")
    page.focus('input[name="name"]')
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the group's first radio is chosen by an arrow, as everywhere
    while page.evaluate("document.activeElement.value") != "Letters":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".an-option")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    progress(page, "Отвечено 1 из 4")
    assert "Сохранено" in page.inner_text(".an-status")
    assert page.evaluate("document.activeElement.dataset.letter") == "A"
    # KeyC under a Russian layout gives «с»
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyC', key: 'с', bubbles: true}))"
    )
    page.keyboard.press("Enter")
    progress(page, "Отвечено 2 из 4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Enter")
    progress(page, "Отвечено 3 из 4")
    assert given(studio, name) == ["B", "C", "B"]
    page.keyboard.press("Control+z")
    progress(page, "Отвечено 2 из 4")
    assert page.get_attribute('[data-letter="B"]', "aria-checked") == "true"
    page.keyboard.press("s")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    progress(page, "пропущено 1")
    assert [row["reason"] for row in rows_of(studio, name) if row["action"] == "skip"] == ["ambiguous"]


@pytest.mark.browser
def test_a_reload_in_the_middle_keeps_the_draft_and_the_place(studio, url, page, name):
    begin(page, url, "Words", name)
    page.fill("textarea", "кот")
    page.keyboard.press("Enter")
    progress(page, "Отвечено 1 из 4")
    page.keyboard.type("почти отве")
    page.wait_for_function("() => document.querySelector('.an-said').textContent === 'Черновик сохранён'")
    page.reload()
    page.wait_for_selector("textarea")
    page.wait_for_function("() => document.querySelector('textarea[name=answer]').value === 'почти отве'")
    progress(page, "Отвечено 1 из 4")
    other = page.context.browser.new_context().new_page()  # another device: the server's copy of the draft
    other.goto(page.url)
    other.wait_for_function("() => document.querySelector('textarea[name=answer]')?.value === 'почти отве'")
    other.context.close()


@pytest.mark.browser
def test_clicks_and_tabs_count_an_answer_once(studio, url, page, name):
    begin(page, url, "Words", name)
    second = page.context.new_page()
    second.goto(page.url)
    second.wait_for_selector("textarea")
    page.fill("textarea", "кот")
    page.click('.an-ask button[type="submit"]', click_count=3)
    progress(page, "Отвечено 1 из 4")
    progress(second, "Отвечено 1 из 4")  # the other tab moves on by itself
    assert "другой вкладке" in second.inner_text(".an-status")
    second.fill("textarea", "пёс")
    second.keyboard.press("Enter")
    progress(second, "Отвечено 2 из 4")
    progress(page, "Отвечено 2 из 4")
    assert given(studio, name) == ["кот", "пёс"]
    assert [row["action"] for row in rows_of(studio, name)] == ["answer", "answer"]


@pytest.mark.browser
def test_an_answer_given_while_the_server_is_away_arrives_when_it_is_back(studio, page, name):
    port = free_port()
    with serving(studio, port) as url:
        begin(page, url, "Words", name)
        page.fill("textarea", "кот")
        page.wait_for_function("() => document.querySelector('.an-said').textContent === 'Черновик сохранён'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".an-lost:not([hidden])")
    assert "Ответ записан в этом браузере" in page.inner_text(".an-lost")
    with serving(studio, port):
        progress(page, "Отвечено 1 из 4")
        assert given(studio, name) == ["кот"]


@pytest.mark.browser
def test_gold_is_hidden_from_this_browser_until_the_annotator_leaves(studio, url, page, name):
    begin(page, url, "Words", name)
    page.goto(f"{url}inspect?task=Words")
    page.wait_for_selector(".in-say-hidden")
    assert GOLD not in page.content()
    page.goto(f"{url}annotate")
    page.click("[data-leave]")
    page.wait_for_selector(".an-notice")
    page.goto(f"{url}inspect?task=Words")
    page.wait_for_selector(".in-card")
    assert GOLD in page.content()


@pytest.mark.browser
def test_every_byte_that_the_browser_receives_is_blind(studio, url, page, name):
    received = []
    page.on("response", lambda response: received.append(response))
    begin(page, url, "Words", name)
    for number in range(4):
        page.fill("textarea", f"ответ {number}")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => document.querySelector('.an-done') ||"
            " document.querySelector('.an-where span')?.textContent.includes(`Отвечено ${n} из`)",
            arg=number + 1,
        )
    page.wait_for_selector(".an-done")
    texts = [response.text() for response in received if "image" not in (response.headers.get("content-type") or "")
             and response.status == 200 and "heartbeat" not in response.url]  # fmt: skip
    assert any("Вопрос 4" in text for text in texts)
    for text in texts:
        for secret in (GOLD, PREDICTION, MODEL):
            assert secret not in text and json.dumps(secret)[1:-1] not in text


@pytest.mark.browser
def test_a_sound_is_played_by_key_at_a_speed_that_stays(studio, url, page, name, tmp_path):
    studio.annotate("Разведка", str(write_sound_task(tmp_path / "Sounds", 2)))
    begin(page, url, "Sounds", name)
    page.wait_for_selector(".st-wave")
    page.keyboard.press("p")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0")
    page.select_option(".st-speed select", "1.5")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    progress(page, "Отвечено 1 из 2")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.keyboard.press("Alt+Period")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 2


@pytest.mark.browser
def test_a_link_to_a_gone_annotation_leads_to_the_start(url, page):
    page.goto(f"{url}annotate?ticket=never-was")
    page.wait_for_selector(".an-start")
    assert "Разметки по этой ссылке больше нет" in page.inner_text(".an-notice")
    assert "ticket" not in page.url


@pytest.mark.browser
def test_the_start_says_all_that_is_missing_at_once_and_takes_the_links_task(page, url):
    page.goto(f"{url}annotate")
    page.locator(".an-start button[type=submit]").click()
    page.locator("[data-of='name']", has_text="Напишите имя").wait_for()
    page.locator("[data-of='task']", has_text="Выберите задачу").wait_for()
    assert page.evaluate("document.activeElement.name") == "name"

    page.goto(f"{url}annotate?task=Letters")
    page.locator(".an-start").wait_for()
    assert page.locator("[name=task]:checked").get_attribute("value") == "Letters"
    assert page.evaluate("document.activeElement.name") == "name"
    page.keyboard.type("Вера")
    page.keyboard.press("Enter")
    page.locator(".an-options").wait_for()
