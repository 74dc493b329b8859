"""The Run and Runs pages in a real browser: what only a browser shows."""

import re
import socket
import threading
from pathlib import Path

import pytest

from components.links import PAGES, path
from studio.core.run import RunSpec
from studio.texts import LANGS
from tests.engines.server_stub import serving as server
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000  # a loaded machine is slow, not wrong
# Leaving a page cuts the stream of its events, and Gradio's script says so.
EXPECTED = ("AbortError", "Connection errored out", "favicon", "manifest")
WORDS = "на этой картинке видно скорее всего красный"


class Pace:
    """A script that answers word by word only while it may."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, asked: object) -> str:
        self.go.wait(60)
        return WORDS


@pytest.fixture(scope="module")
def pace() -> Pace:
    return Pace()


@pytest.fixture(scope="module")
def studio(tmp_path_factory, pace):
    studio = scripted_studio(tmp_path_factory.mktemp("browser"), pace, token_s=0.15)
    yield studio
    pace.go.set()
    studio.close()


@pytest.fixture
def page(browser_page):
    """A page that must not complain."""
    said: list[str] = []
    browser_page.set_default_timeout(PATIENCE_MS)
    browser_page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    yield browser_page
    assert [text for text in said if not any(known in text for known in EXPECTED)] == []


@pytest.fixture(scope="module")
def finished(studio, pace) -> str:
    """A run over two questions of a clip."""
    pace.go.set()
    run_id = studio.start(RunSpec("our/model", ("ruDemoMotion",), limit=2))
    studio.wait(run_id, timeout_s=60)
    pace.go.clear()
    return run_id


def settled(page) -> None:
    """The page's scripts are at work: a press before that is lost."""
    page.locator("body[data-mode='form'] #start").wait_for()


def choose(page, *tasks: str) -> None:
    """Ticks these tasks alone, types a model and asks two questions of each."""
    page.locator("[data-none]").click()
    for task in tasks:
        page.locator(f".st-task:has(input[value='{task}'])").click()
    page.locator("#model input").fill("our/model")
    page.locator("#model input").press("Enter")
    page.locator("#limit input").fill("2")
    page.locator("#limit input").press("Tab")


def test_a_visitors_minute(page, url, pace):
    """Open, start, watch the answer arrive beside its clip, see the scores, press a square, begin anew."""
    pace.go.clear()
    page.goto(url)
    choose(page, "ruDemoMotion")
    page.get_by_text(re.compile(r"1\s+задача, всего 2\s+вопроса")).wait_for()
    page.locator("#start").click()
    page.locator(".st-progress[data-going]").wait_for()
    pace.go.set()

    clip = page.locator(".st-stage-q video")
    clip.wait_for()
    clip.evaluate("clip => { clip.theSame = true; }")
    page.get_by_text("на этой картинке", exact=False).first.wait_for()
    assert clip.evaluate("clip => clip.theSame && clip.muted && clip.loop"), (
        "the clip plays on while words arrive"
    )

    page.locator(".st-headline").wait_for()
    assert "EM" in page.locator(".st-headline").inner_text()
    assert "?run=" in page.url
    page.locator(".st-strip button").nth(1).click()
    page.locator(".st-sample").get_by_text(WORDS).wait_for()
    page.locator("[data-close]").click()
    page.locator(".st-sample").wait_for(state="detached")

    page.locator("#new").click()
    page.locator("#start").wait_for()
    assert "run=" not in page.url
    assert page.locator("input[value='ruDemoMotion']").is_checked(), "the form is as it was left"


def test_a_tab_may_close_and_a_link_comes_back(page, url, studio, pace):
    pace.go.clear()
    page.goto(url)
    choose(page, "ruDemoSounds")
    page.locator("#start").click()
    page.locator(".st-progress[data-going]").wait_for()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.locator(".st-progress[data-going]").wait_for()
    page.locator("#stop").click()
    pace.go.set()
    page.get_by_text("Прогон остановлен").wait_for()
    page.locator("#resume").click()
    page.locator(".st-progress[data-state='done']").wait_for()
    run = studio.run(re.search(r"run=([\w-]+)", address)[1])
    assert run.state == "done" and run.answered == 2


def test_a_link_to_a_run_that_is_gone_says_so_in_the_place_of_the_form(page, url, finished):
    page.goto(f"{url}?run=r0000-gone")
    page.get_by_text("Прогона «r0000-gone» здесь нет").wait_for()
    assert not page.locator("#start").is_visible() and not page.locator("#pace").is_visible()
    page.locator("#new").click()
    page.locator("#start").wait_for()
    assert "run=" not in page.url and not page.get_by_text("здесь нет").is_visible()


def test_a_finished_runs_pace_is_drawn_and_priced(page, url, finished):
    """Prices are typed beside the figures, multiplied at once, and kept in this browser alone."""
    page.goto(f"{url}?run={finished}#pace")
    panel = page.locator("#pace")
    panel.locator(".pc-lane svg").nth(2).wait_for()
    assert "вопр./мин" in panel.locator(".pc-figures").inner_text()
    panel.locator(".pc-table summary").click()
    panel.locator(".pc-table tbody tr").first.wait_for()
    panel.locator(".pc-cost summary").click()
    panel.locator("input[name=completion]").fill("1000000")
    panel.locator("output", has_text="0,007 млн × 1 000 000 = 7000 за 1000 ответов").wait_for()
    panel.locator("input[name=hour]").fill("2,5")
    panel.locator("output", has_text="ч × 2,5 + 0,007 млн").wait_for()
    page.reload()
    panel.locator("output", has_text="ч × 2,5 + 0,007 млн").wait_for()
    assert panel.locator("input[name=hour]").input_value() == "2,5"


def test_the_other_language_keeps_the_run(page, url, finished):
    page.goto(f"{url}?run={finished}")
    page.locator(".st-headline").wait_for()
    page.locator("[data-language]").click()
    page.locator("#live").get_by_text("Download SQLite", exact=True).wait_for()
    assert page.url.endswith(f"/en?run={finished}")
    assert page.evaluate("[document.documentElement.lang, document.title]") == ["en", "Run · MERA Studio"]


def test_the_theme_stays(page, url):
    page.goto(url)
    page.locator("#start").wait_for()
    dark = "document.body.classList.contains('dark')"
    before = page.evaluate(dark)
    page.locator("[data-theme]").click()
    assert page.evaluate(dark) != before
    page.reload()
    page.locator("#start").wait_for()
    page.wait_for_function(f"() => {dark} === {str(not before).lower()}")


@pytest.mark.parametrize(
    "place", [(key, lang) for key in PAGES for lang in LANGS], ids=lambda p: path(*p) or "/"
)
def test_no_page_scrolls_sideways_on_a_phone(page, url, finished, place):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{url}{path(*place)}?run={finished}")
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(1500)  # late panels may still widen the page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_is_deleted_without_asking(page, url, studio, pace, tmp_path: Path):
    pace.go.set()
    run_id = studio.start(RunSpec("our/model", ("ruDemoWhich",), limit=1, title="Лишний прогон"))
    studio.wait(run_id, timeout_s=60)
    page.goto(f"{url}runs")
    row = page.locator(f"[data-run='{run_id}']")
    row.locator("[data-delete]").click()
    page.get_by_text("Лишний прогон, 1").wait_for()
    page.locator("[data-no]").click()
    assert studio.run(run_id).id == run_id
    row.locator("[data-delete]").click()
    page.locator("[data-yes]").click()
    row.wait_for(state="detached")
    assert run_id not in [run.id for run in studio.runs()]


@pytest.mark.parametrize(("path", "title"), [("", "Не получилось"), ("en", "That did not work")])
def test_a_refusal_is_titled_in_the_pages_language(page, url, studio, pace, path, title):
    pace.go.set()
    run_id = studio.start(RunSpec("our/model", ("ruDemoWhich",), limit=1))
    studio.wait(run_id, timeout_s=60)
    page.goto(f"{url}{path}?run={run_id}")
    page.locator(".st-strip button").first.wait_for()
    studio.delete(run_id)  # by somebody else
    page.locator(".st-strip button").first.click()
    page.locator(".toast-title.error").first.wait_for()
    shown = "getComputedStyle(document.querySelector('.toast-title.error'), '::after').content"
    assert page.evaluate(shown) == f'"{title}"'


@pytest.mark.parametrize(
    ("address", "said"), [("ftp://nowhere", "ftp://nowhere"), ("http://127.0.0.1:9/v1", "127.0.0.1:9")]
)
def test_a_wrong_address_is_said_right_below_it_and_the_field_is_marked(page, url, address, said):
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Настройки").click()
    field = page.locator("#field-servers").locator("input, textarea")
    field.fill(address)
    field.press("Enter")
    words = page.locator("#servers-note .st-alert", has_text=said)
    words.wait_for()
    assert page.locator(".toast-title").count() == 0
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text() == words.inner_text()
    edges = [each.bounding_box() for each in (field, words)]
    assert 0 <= edges[1]["y"] - edges[0]["y"] - edges[0]["height"] < 24
    field.fill("")
    assert field.get_attribute("aria-invalid") is None
    field.press("Enter")
    words.wait_for(state="detached")


def test_who_answers_is_said_right_below_the_addresses_and_the_same_mistake_again_is_marked_again(page, url):
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Настройки").click()
    field = page.locator("#field-servers").locator("input, textarea")
    for _ in range(2):
        field.fill("ftp://nowhere")
        field.press("Enter")
        page.locator("#field-servers [aria-invalid='true']").wait_for()
    with server(lambda body: "ОТВЕТ: A") as stub:
        field.fill(stub.url)
        field.press("Enter")
        note = page.locator("#servers-note .st-note", has_text="Отвечают: 1 из 1. Модели: stub")
        note.wait_for()
        assert field.get_attribute("aria-invalid") is None
        assert note.bounding_box()["y"] - field.bounding_box()["y"] < 90
        assert page.locator("#model input").input_value() == "stub"


def test_while_a_typed_address_is_asked_the_page_says_so(page, url):
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Настройки").click()
    field = page.locator("#field-servers").locator("input, textarea")
    asking = page.locator("#servers-note .st-asking")
    with socket.create_server(("127.0.0.1", 0)) as mute:  # it takes connections and never says a word
        field.fill(f"http://127.0.0.1:{mute.getsockname()[1]}/v1")
        field.press("Enter")
        asking.get_by_text("Спрашиваем…").wait_for()
        assert asking.bounding_box()["y"] - field.bounding_box()["y"] < 90
    page.locator("#servers-note .st-alert").wait_for()
    assert asking.count() == 0


def test_with_no_task_start_is_off_and_says_why(page, url):
    page.goto(url)
    settled(page)
    page.locator("[data-none]").click()
    page.locator("#start[disabled]").wait_for()
    page.get_by_text("Выберите хотя бы одну задачу.").wait_for()
    page.locator("[data-all]").click()
    page.locator("#start:not([disabled])").wait_for()


def test_what_is_typed_the_moment_the_settings_open_is_kept(page, url):
    """All in one turn of the page's script, so that nothing the page does late can be waited out."""
    page.goto(url)
    settled(page)
    page.evaluate("""() => {
        document.querySelector('.st-fold button').click();
        const field = document.querySelector('#field-top_p input');
        field.value = '0.5';
        field.dispatchEvent(new Event('input', { bubbles: true }));
    }""")
    page.locator("#field-top_p").wait_for()
    page.locator("#field-extra_tasks textarea").fill("ruCLEVR")
    page.get_by_text("В ответе до 1024 токенов.").wait_for()  # the page has had its say
    assert page.locator("#field-top_p input").input_value() == "0.5"


def test_a_refused_start_is_said_once_beside_its_field(page, url):
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Настройки").click()
    page.locator("#field-top_p input").fill("7")
    page.get_by_role("button", name="Настройки").click()
    page.locator("#field-top_p").wait_for(state="hidden")
    page.locator("#start").click()
    page.locator("#field-top_p .st-alert", has_text="top_p").wait_for()
    assert page.locator(".toast-title").count() == 0
    assert page.evaluate("document.activeElement.closest('#field-top_p') !== null")
    assert page.locator("#field-top_p input").get_attribute("aria-invalid") == "true"
    assert page.get_by_text("top_p").filter(visible=True).count() == 1
    page.locator("#field-top_p input").press("Backspace")
    page.locator(".st-refused").wait_for(state="detached")


def test_a_refusal_of_a_model_goes_away_once_another_is_picked_from_the_list(page, url):
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Настройки").click()
    page.locator("#field-servers textarea").fill("http://127.0.0.1:9/v1")
    page.locator("#model input").click()
    page.get_by_role("option").filter(has_text="Встроенная").click()
    page.locator("#start").click()
    page.locator("#model .st-refused").wait_for()
    page.locator("#model input").click()
    page.get_by_role("option").filter(has_not_text="Встроенная").first.click()
    page.locator(".st-refused").wait_for(state="detached")
    assert page.locator("#model input").get_attribute("aria-invalid") is None


def test_a_folder_that_was_run_has_a_card_at_once_and_ticks_stay(page, url, pace, tmp_path):
    folder = write_task(tmp_path / "Пингвины", ["да"])
    pace.go.set()
    page.goto(url)
    settled(page)
    page.locator("[data-none]").click()
    page.locator("#start[disabled]").wait_for()
    page.get_by_role("button", name="Настройки").click()
    page.locator("#field-extra_tasks textarea").fill(str(folder))
    page.locator("#model input").fill("our/model")
    page.locator("#model input").press("Enter")
    page.locator("#start:not([disabled])").click()
    page.locator(".st-progress[data-state]").wait_for()
    page.locator(".st-progress[data-state='done']").wait_for()
    page.locator("#new").click()
    page.locator(".st-task", has_text="Пингвины").wait_for()
    assert page.locator(".st-task input:checked").count() == 0
    page.locator(".st-task", has_text="Пингвины").click()
    page.locator("#field-extra_tasks textarea").fill("")
    page.get_by_text("1\u00a0задача, всего 1\u00a0вопрос").wait_for()
    page.reload()
    page.locator(".st-task", has_text="Пингвины").wait_for()
    assert page.locator(".st-task input:checked").count() == 6, "the demo tasks are ticked anew"


def test_the_length_of_an_answer_is_seen_to_follow_the_tasks(page, url):
    page.goto(url)
    settled(page)
    page.get_by_text("В ответе до 256 токенов.").wait_for()
    page.get_by_role("button", name="Настройки").click()
    page.locator("#field-extra_tasks textarea").fill("ruCLEVR")
    page.get_by_text("В ответе до 1024 токенов.").wait_for()
    assert page.locator("#field-max_new_tokens input").input_value() == "1024"
    page.locator("#field-max_new_tokens input").fill("64")
    page.locator("#field-max_new_tokens input").press("Tab")
    page.get_by_text("В ответе до 64 токенов.").wait_for()
    page.locator("#field-extra_tasks textarea").fill("")
    page.get_by_text("6 задач").wait_for()
    assert page.locator("#field-max_new_tokens input").input_value() == "64"


def test_a_language_once_chosen_is_kept_at_a_typed_address(page, url):
    page.goto(f"{url}runs")
    page.locator("[data-language]").click()
    page.wait_for_url("**/en-runs")
    page.goto(f"{url}inspect?cell=disagree")  # typed: there is no page that led here
    page.wait_for_url("**/en-inspect?cell=disagree**")
    page.locator("[data-language]").click()
    page.wait_for_url(re.compile(r"/inspect\?"))
    page.goto(f"{url}runs")
    page.locator("[data-language]").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ru"
