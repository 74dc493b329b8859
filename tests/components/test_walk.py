"""The ten steps of docs/workbench.md, walked in Chromium on the keyboard alone, under a Russian layout; then a
colleague opens the link, and the report by double click."""

import re
from pathlib import Path

import pytest

from tests.components.keyboard import press

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
DOCS = Path(__file__).parent.parent.parent / "docs"
IN_CARD = "() => document.activeElement.classList.contains('in-card')"


@pytest.fixture
def contexts(browser):
    """Makes browsers that know nothing of each other."""
    opened = []

    def another(**options):
        context = browser.new_context(locale="ru-RU", viewport={"width": 1366, "height": 768}, **options)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context.new_page()

    yield another
    for context in opened:
        context.close()


def tab_to(page, selector: str) -> None:
    """Tab, until what is looked for has the focus."""
    page.locator(selector).first.wait_for()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def open_the_run(page, bench, **_):
    tab_to(page, f'#runs a[href*="inspect"][href*="{bench.run}"]')
    page.keyboard.press("Enter")
    page.locator(".in-card").wait_for()


def see_the_cells(page, **_):
    press(page, "KeyC")
    assert page.evaluate("document.activeElement.dataset.cell") == "both"
    assert page.locator(".in-table .in-cell").count() == 4 and page.locator(".lab-piece").count() > 0


def go_into_a_cell(page, **_):
    page.keyboard.press("Enter")
    page.wait_for_function(IN_CARD)
    assert "cell=both" in page.url


def label_a_draw(page, studio, bench, **_):
    press(page, "KeyR")
    page.keyboard.insert_text("20")
    page.keyboard.press("Enter")
    page.wait_for_url("**draw=**")
    page.wait_for_function(IN_CARD)
    page.locator(".in-place", has_text="из 20").wait_for()
    first = int(page.locator(".in-place").inner_text().split()[0])  # the first that nobody has labelled
    press(page, "Digit1")
    page.locator(".lab-name[open]").wait_for()
    page.keyboard.insert_text("Вера")
    page.keyboard.press("Enter")
    for place, verdict in enumerate("212", first + 1):
        page.wait_for_function(
            "n => document.querySelector('.in-place').textContent.startsWith(`${n} `)", arg=place
        )
        press(page, f"Digit{verdict}")
    page.locator(".in-place", has_text=f"{first + 4} из 20").wait_for()
    assert sum(label.reviewer == "Вера" for label in studio.labels.listed(bench.run)) == 4


def take_a_label_back(page, studio, bench, **_):
    press(page, "KeyZ")
    page.locator(".lab-said", has_text="забрана").wait_for()
    assert sum(label.reviewer == "Вера" for label in studio.labels.listed(bench.run)) == 3


def ask_what_if(page, **_):
    press(page, "BracketRight")
    page.locator(".wi-scores").wait_for()
    press(page, "KeyS")
    page.keyboard.press("Space")
    page.wait_for_function("() => /[?&](on|off)=/.test(location.search)")


def look_at_the_judge(page, **_):
    press(page, "BracketRight")
    page.locator(".he-first").wait_for()
    assert page.locator("#he-scores").is_visible()


def put_models_side_by_side(page, bench, **_):
    press(page, "BracketRight")
    tab_to(page, ".cp-suggested a, .cp-suggested button")
    page.keyboard.press("Enter")
    page.locator(".cp-card").wait_for()
    press(page, "KeyE")
    page.wait_for_url("**only=em**")
    assert bench.other in page.url


def look_at_the_reasons(page, **_):
    for there in ("prompts", "reasons"):
        press(page, "BracketRight")
        page.wait_for_url(f"**/{there}?*")
        page.locator(".st-bench [aria-current]").wait_for()
    page.locator(".gp-card").first.wait_for()  # grouped before; otherwise this key groups
    press(page, "KeyG")
    press(page, "KeyJ")
    press(page, "KeyO")
    page.wait_for_url("**group=**")
    page.locator(".gp-card.is-open").wait_for()


def share_it(page, shared, folder, **_):
    press(page, "KeyF")
    page.locator(".re-dialog[open]").wait_for()
    tab_to(page, ".re-dialog [data-go]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.re-dialog [data-download]')")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    shared["report"] = folder / "report.html"
    coming.value.save_as(shared["report"])
    page.keyboard.press("Escape")
    press(page, "KeyL")
    page.get_by_role("button", name="Скопировано").wait_for()
    shared["link"] = page.evaluate("navigator.clipboard.readText()")


STEPS = {
    "Откройте прогон": open_the_run,
    "Посмотрите на клетки": see_the_cells,
    "Зайдите в клетку": go_into_a_cell,
    "Разметьте случайную выборку": label_a_draw,
    "Заберите метку": take_a_label_back,
    "Спросите «что если»": ask_what_if,
    "Узнайте, верить ли судье": look_at_the_judge,
    "Поставьте модели рядом": put_models_side_by_side,
    "Найдите причины": look_at_the_reasons,
    "Поделитесь": share_it,
}


@pytest.mark.parametrize(
    "name, heading", [("workbench.md", "## Десять шагов"), ("workbench.en.md", "## Ten steps")]
)
def test_the_page_tells_the_steps_that_are_walked_here(name, heading):
    section = (DOCS / name).read_text("utf-8").split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]
    told = re.findall(r"^(\d+)\. \*\*(.+?)\.\*\*", section, re.M)
    assert [int(number) for number, _ in told] == list(range(1, 11))
    if name == "workbench.md":
        assert [title for _, title in told] == list(STEPS)


def test_ten_steps_on_the_keyboard_lead_from_a_run_to_a_link_for_a_colleague(
    studio, bench, url, contexts, tmp_path
):
    page = contexts(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{url}runs")
    shared: dict[str, object] = {}
    for walk in STEPS.values():
        walk(page, studio=studio, bench=bench, shared=shared, folder=tmp_path)

    colleague = contexts()
    colleague.goto(str(shared["link"]))
    colleague.locator(".gp-card.is-open").wait_for()
    seen = [each.locator(".gp-card.is-open h3").inner_text() for each in (page, colleague)]
    assert seen[0] == seen[1] and colleague.url == page.url

    reader = contexts(offline=True)
    reader.goto(Path(str(shared["report"])).as_uri())
    assert "our/one" in reader.inner_text("body") and reader.locator("h1").count() == 1
