"""A report opened as a colleague opens it: by file://, without a network; and made by the dialog on the pages."""

from pathlib import Path

import pytest

from studio.core.report import ReportAsked
from studio.core.run import RunSpec
from tests.components.serving import write_sound_task
from tests.support import scripted_studio, write_task

pytestmark = pytest.mark.browser
DEMO = Path(__file__).parent.parent.parent / "data" / "demo"
HOSTILE = "<script>document.title='взлом'</script><img src=x onerror=\"document.title='взлом'\"> Это A да тут"
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", lambda asked: HOSTILE, data=home / "no-demo")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def run(studio, home) -> str:
    tasks = (
        str(write_task(home / "Pictures", ["да"] * 3)),
        str(write_sound_task(home / "Sounds", 2)),
        str(DEMO / "ruDemoMotion"),
    )
    found = studio.start(RunSpec("our/model", tasks, limit=3))
    studio.wait(found, timeout_s=60)
    return found


@pytest.fixture
def opened(browser, studio, run, tmp_path):
    """The file in a browser that has no network, and what the browser complained of."""
    file = tmp_path / "report.html"
    made = studio.reports.make(ReportAsked((run,)), "ru")
    file.write_bytes(made.html)
    contexts = []

    def open_it(**options):
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.on(
            "request",
            lambda asked: said.append(asked.url) if asked.url[:5] not in {"file:", "data:"} else None,
        )
        page.goto(file.as_uri())
        return page, said, made.report

    yield open_it
    for context in contexts:
        context.close()


def test_it_opens_by_double_click_without_a_network(opened):
    page, said, report = opened()
    assert said == [], "no request, no complaint, nothing that the policy had to stop"
    assert "взлом" not in page.title(), "what the model wrote is text"
    assert page.locator("pre", has_text="<script>").count() >= 3
    pictures = page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert pictures and all(width > 0 for width in pictures)
    shown = {medium.modality for item in report.items for medium in item.media if medium.parts}
    assert {"image", "audio"} <= shown
    sound = page.locator("audio").first
    sound.evaluate("one => one.readyState || new Promise(done => one.onloadedmetadata = done)")
    assert sound.evaluate("one => one.duration") == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_hangs_over_the_edge(opened, width):
    page, _, _ = opened(viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_follows_the_readers_colours_and_paper(opened):
    colour = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened(color_scheme=scheme)[0].evaluate(colour) for scheme in ("light", "dark"))
    assert light != dark
    page, _, _ = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert not page.locator("nav").is_visible()


def test_it_can_be_read_by_its_outline(opened):
    page, _, _ = opened()
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    nameless = page.evaluate(
        "[...document.querySelectorAll('img, audio, svg[role=img], [role=group], nav')]"
        ".filter(one => !(one.alt || one.getAttribute('aria-label'))).length"
    )
    assert nameless == 0
    for link in page.locator("nav a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("place", ["runs", "inspect", "whatif", "health"])
def test_the_dialog_makes_a_report_and_gives_the_file(url, browser_page, run, place):
    page = browser_page
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{url}{place}?run={run}")
    page.locator(f'[data-report="{run}"]').first.click()
    dialog = page.get_by_role("dialog", name="Отчёт одним файлом")
    dialog.get_by_label("Сколько вопросов показать").fill("2")
    dialog.get_by_role("button", name="Составить").click()
    with page.expect_download() as coming:
        dialog.get_by_role("link", name="Скачать").click()
    assert coming.value.suggested_filename == f"mera-studio-{run}.html"
    text = Path(coming.value.path()).read_text(encoding="utf-8")
    assert text.count('<li class="item"') == 2
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_side_by_side_offers_a_report_of_the_runs_that_stand_there(url, browser_page, studio, run, home):
    other = studio.start(RunSpec("our/model", (str(home / "Pictures"),), limit=3))
    assert studio.wait(other, timeout_s=60).state == "done"
    page = browser_page
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{url}compare?runs={run},{other}")
    page.locator(f'[data-report="{run}"]').click()
    dialog = page.get_by_role("dialog", name="Отчёт одним файлом")
    ticked = dialog.locator('input[name="beside"]:checked')
    ticked.wait_for()
    assert ticked.get_attribute("value") == other
    dialog.get_by_role("button", name="Составить").click()
    with page.expect_download() as coming:
        dialog.get_by_role("link", name="Скачать").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8")
    assert run in text and other in text
