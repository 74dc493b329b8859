"""axe-core finds nothing serious on any page: in both languages and both themes, wide and on a phone, nor in what opens
on top of a page, nor in the file of a report. A page is covered as soon as `components.links` names it."""

from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.links import BENCH, PageKey
from studio.core.report import ReportAsked
from studio.core.run import SampleFilter
from studio.texts import LANGS
from tests.components.bench import ADDRESSED

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
LOOKS = tuple((size, dark) for size in (WIDE, PHONE) for dark in (False, True))
GRAVE = {"serious", "critical"}
# What shows that a page's script has filled it. Views of the workbench mark their tab when they have.
FILLED: dict[PageKey, str] = {
    "run": "#start",
    "inspect": ".in-card",
    "organise": ".og-empty",
    "annotate": "form.an-start",
    "runs": "#runs a",
    "leaderboard": ".lb-rows tr",
    "experiments": ".ex-card",
    "submission": ".su-run",
    "whatif": ".wi-scores",
    "health": ".he-first",
    "compare": ".cp-card",
    "reasons": ".gp-card",
}
STILL = """() => !document.querySelector('[aria-busy="true"]') && document.fonts.status === 'loaded'
    && [...document.images].every((image) => image.complete)"""


class Opened(NamedTuple):
    """Something that opens on top of a page: where, by which keys, and what shows it."""

    page: PageKey
    keys: tuple[str, ...]
    shown: str
    query: str = ""


OPENED = {
    "keys of inspect": Opened("inspect", ("?",), ".an-keys[open]"),
    "the reviewer's name": Opened("inspect", ("1",), ".lab-name[open]"),
    "suggestions of the filter": Opened("inspect", ("/", "e", "m"), ".in-offers:not([hidden]) li"),
    "a filter that is wrong": Opened("inspect", (), ".in-wrong:not([hidden])", "&where=(em:0"),
    "scores that are hidden": Opened("inspect", (), ".in-say-hidden", "&scores=hidden&sample=35"),
    "keys of whatif": Opened("whatif", ("?",), ".an-keys[open]"),
    "other rules": Opened("whatif", (), ".wi-list li", "&on=contains&threshold=0.95"),
    "keys of compare": Opened("compare", ("?",), ".an-keys[open]"),
    "only where they differ": Opened("compare", (), ".cp-chosen", "&only=em:1%3E2&diff=gold"),
    "keys of reasons": Opened("reasons", ("?",), ".an-keys[open]"),
    "all answers of a group": Opened("reasons", ("j", "o"), ".gp-card.is-open"),
    "the name of a group": Opened("reasons", ("j", "r"), ".gp-ask[open]"),
    "chosen answers of a group": Opened("reasons", ("j", "x"), ".gp-picked:not([hidden])"),
    "a run that is over": Opened("run", (), ".st-strip", "&run={run}"),
    "another measure": Opened("health", (), "[data-metric=kappa][aria-pressed=true]", "&metric=kappa"),
}


@pytest.fixture
def page(browser):
    """Nothing moves: a colour in the middle of a transition is nobody's choice."""
    context = browser.new_context(locale="ru-RU", viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def grave(page) -> list[str]:
    """What axe holds serious or critical of the page as it is, a line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} {node['target']}: {node['html'][:200]}: {why(node)}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def why(node) -> str:
    return " ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]][:1])


def grave_anyhow(page) -> dict[str, list[str]]:
    """The same in every look of the page: wide and on a phone, light and dark."""
    found = {}
    for size, dark in LOOKS:
        page.set_viewport_size(size)
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
        page.wait_for_function(STILL)
        if said := grave(page):
            found[f"{size['width']} px, {'dark' if dark else 'light'}"] = said
    return found


def go(page, url: str, address: str, shown: str) -> None:
    page.goto(url + address)
    page.locator(shown).first.wait_for()
    page.wait_for_function(STILL)


def test_axe_itself_finds_what_is_wrong(page):
    """Else all the other tests here would pass whatever the pages were."""
    page.set_content('<main><h1>Всё</h1><button></button><p style="color: #ccc">бледно</p></main>')
    said = " ".join(grave(page))
    assert "button-name" in said and "color-contrast" in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("place", sorted({key for key, _ in ADDRESSED}))
def test_nothing_serious_on_a_page(page, url, bench, place, lang):
    shown = FILLED.get(place, ".st-bench [aria-current]" if place in BENCH else "h1")
    go(page, url, bench.address(place, lang), shown)
    assert grave_anyhow(page) == {}


@pytest.mark.parametrize("what", OPENED)
def test_nothing_serious_in_what_opens_on_a_page(page, url, bench, what):
    opened = OPENED[what]
    go(
        page,
        url,
        bench.address(opened.page, "ru") + opened.query.format(run=bench.run),
        FILLED[opened.page] if opened.keys else opened.shown,
    )
    for key in opened.keys:
        page.keyboard.press(key)
    page.locator(opened.shown).first.wait_for()
    assert grave_anyhow(page) == {}


@pytest.mark.parametrize("place", ["inspect", "runs"])
def test_nothing_serious_in_the_dialog_of_reports(page, url, bench, place):
    go(page, url, bench.address(place, "ru"), FILLED[place])
    page.locator(f'[data-report="{bench.run}"]').first.press("Enter")
    page.locator(".re-others:not([hidden])").wait_for()
    assert grave_anyhow(page) == {}


@pytest.mark.parametrize(
    "task, place, seen",
    [("Sounds", 0, ".ev-track"), ("Clips", 0, ".ev-frame img"), ("Clips", 1, ".ev-pane img")],
)
def test_nothing_serious_in_what_the_model_received(page, url, studio, bench, task, place, seen):
    sample = studio.queue(bench.run, SampleFilter(task=task)).rows[place].sample_id
    go(page, url, f"{bench.address('inspect', 'ru')}&sample={sample}", FILLED["inspect"])
    page.locator(".in-card .st-fig").first.scroll_into_view_if_needed()
    page.locator(seen).first.wait_for()
    assert grave_anyhow(page) == {}


def test_nothing_serious_while_one_annotates(page, url, bench):
    go(page, url, bench.address("annotate", "ru"), FILLED["annotate"])
    page.keyboard.type("Вера")
    page.keyboard.press("Enter")
    page.locator("#an-question").wait_for()
    assert grave_anyhow(page) == {}


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_serious_in_the_file_of_a_report(browser, studio, bench, lang, tmp_path: Path):
    """Its colours follow the reader's; its policy lets no script in but the browser's own, which is what axe needs."""
    file = tmp_path / "report.html"
    file.write_bytes(studio.reports.make(ReportAsked((bench.run, bench.other)), lang).html)
    found = {}
    for size, dark in LOOKS:
        context = browser.new_context(
            offline=True, viewport=size, color_scheme="dark" if dark else "light", bypass_csp=True
        )
        page = context.new_page()
        page.goto(file.as_uri())
        if said := grave(page):
            found[f"{size['width']} px, {'dark' if dark else 'light'}"] = said
        context.close()
    assert found == {}
