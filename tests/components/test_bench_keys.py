"""The workbench on the keyboard alone, under a Russian layout: every view, its help, its dialogs; the focus is never
lost and never under a bar."""

import pytest

from components.links import link
from components.widgets.bench_nav import TABS
from components.widgets.keys import SHARED, bench_keys
from studio.core.keyboard import in_russian
from studio.texts import LANGS
from tests.components.keyboard import HELD, held, press, question_mark

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
HERE = ".st-bench [aria-current]"
QUIET = "() => !document.querySelector('[aria-busy=\"true\"]')"
INSIDE = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
# Whether what has the focus is seen and not covered, and has a ring of its own or of what surrounds it.
SEEN = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(Math.min(innerWidth - 1, box.left + box.width / 2), box.top + box.height / 2);
    const near = [one, ...(one.labels || [])];
    const mine = top && (top.contains(one) || near.some((each) => each.contains(top)));
    let ring = false;
    for (let each = one, n = 0; each && n < 4; each = each.parentElement, n += 1) {
        const style = getComputedStyle(each);
        ring ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    }
    const over = mine ? '' : top ? `${top.localName}.${top.className}` : 'outside';
    const what = (one.getAttribute('aria-label') || one.innerText || one.name || one.localName).slice(0, 60);
    return {what, mine: !!mine, ring, over};
}"""


@pytest.fixture
def page(browser):
    context = browser.new_context(
        locale="ru-RU", viewport={"width": 1366, "height": 768}, reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == [], "the scripts of the page complained"
    context.close()


def go(page, url, bench, view, more=""):
    page.goto(url + bench.address(view, "ru") + more)
    page.locator(HERE).wait_for()
    page.wait_for_function(QUIET)
    page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize("view", TABS)
def test_help_opens_by_shift_and_7_keeps_the_keys_to_itself_and_gives_the_focus_back(page, url, bench, view):
    go(page, url, bench, view)
    page.locator('[data-bench="link"]').focus()
    address = page.url
    question_mark(page)
    page.locator(".an-keys[open]").wait_for()
    for code in ("BracketRight", "KeyJ", "KeyR", "KeyN", "KeyF"):
        press(page, code)
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE), "Tab stays in the dialog (or in the browser's own bars)"
    assert page.url == address and page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0 and "data-bench=link" in held(page)


@pytest.mark.parametrize("view", TABS)
def test_help_opens_as_well_by_the_place_of_the_slash_and_by_its_button(page, url, bench, view):
    go(page, url, bench, view)
    press(page, "Slash", shift=True)
    page.locator(".an-keys[open]").wait_for()
    listed = page.locator(".an-keys dt").all_inner_texts()
    assert [keys.split("\n")[0].split(" Х")[0] for keys in listed[-len(SHARED) :]][-1] == "?"
    page.keyboard.press("Enter")  # its button closes it
    page.locator(".an-keys").wait_for(state="hidden")
    page.locator('[data-bench="keys"]').press("Enter")
    page.locator(".an-keys[open]").wait_for()


@pytest.mark.parametrize("lang", LANGS)
def test_help_names_the_letter_that_a_russian_layout_has_there(lang):
    html = bench_keys([("← / K", "назад"), ("Shift + , .", "медленнее"), ("1", "верно")], lang)
    assert ("<kbd>Л</kbd>" in html, "<kbd>Б Ю</kbd>" in html) == (
        (True, True) if lang == "ru" else (False, False)
    )
    assert in_russian("[ ]") == "х ъ" and html.count("<dt>") == 3 + len(SHARED)


def test_brackets_walk_through_all_views_of_the_run_and_back(page, url, bench):
    go(page, url, bench, TABS[0])
    for code, walk in (("BracketRight", TABS[1:]), ("BracketLeft", TABS[-2::-1])):
        for view in walk:
            press(page, code)
            there = link(view, "ru").removeprefix("./")
            page.wait_for_url(f"**/{there}?*")
            page.locator(HERE).wait_for()
            assert bench.run in page.url


@pytest.mark.parametrize("view", TABS)
def test_a_key_copies_the_link_to_what_is_on_the_screen(page, url, bench, view):
    go(page, url, bench, view)
    press(page, "KeyL")
    page.get_by_role("button", name="Скопировано").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url and bench.run in page.url


@pytest.mark.parametrize("view", TABS)
def test_a_key_opens_the_report_and_nothing_moves_behind_it(page, url, bench, view):
    go(page, url, bench, view)
    press(page, "KeyF")
    page.locator(".re-dialog[open]").wait_for()
    page.locator(".re-dialog [data-go]").focus()
    address = page.url
    for code in ("KeyJ", "Digit1", "KeyR", "BracketRight"):
        press(page, code)
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0 and page.url == address


def test_keys_lead_to_cells_to_a_draw_to_the_filter_and_from_there_to_the_answer(page, url, bench):
    go(page, url, bench, "inspect")
    press(page, "KeyC")
    assert "data-cell=both" in held(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.classList.contains('in-card')")
    assert "cell=" in page.url and "label=" in page.url
    press(page, "Slash")
    page.keyboard.insert_text("суд:1")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement === document.body")
    press(page, "Slash")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("em:1 ")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.classList.contains('in-card')")
    press(page, "KeyR")
    assert "name=size" in held(page)
    page.keyboard.insert_text("6")
    page.keyboard.press("Enter")
    page.wait_for_url("**draw=2**")
    page.wait_for_function("() => document.activeElement.classList.contains('in-card')")


def test_a_picture_is_seen_in_full_size_and_moved_by_keys(page, url, bench):
    """Fitted it hides what is small; the mouse alone could show more of it."""
    go(page, url, bench, "inspect", "&where=modality:image+task:Clips")
    page.locator(".st-fig--image a").press("Enter")
    page.locator(".in-zoom[open] img").wait_for()
    assert page.evaluate("document.activeElement.matches('.in-zoom img')")
    here = page.evaluate("location.search")
    for pressed, full in (("Enter", True), ("Space", False), ("+", True), ("-", False), ("=", True)):
        page.keyboard.press(pressed)
        assert page.evaluate("document.querySelector('.in-zoom').classList.contains('is-full')") is full
        assert page.locator(".in-zoom img").get_attribute("aria-pressed") == str(full).lower()
    for pressed, side in (("ArrowRight", "scrollLeft"), ("ArrowDown", "scrollTop")):
        page.keyboard.press(pressed)
        assert page.evaluate(f"document.querySelector('.in-zoom').{side}") > 0
    assert page.evaluate("location.search") == here, "the keys of the page under it rest"
    page.keyboard.press("Escape")
    assert page.locator(".in-zoom[open]").count() == 0 and page.evaluate(
        "!!document.activeElement.closest('.st-fig--image')"
    )


def test_a_name_that_a_version_cannot_have_is_refused_beside_it(page, url, bench):
    go(page, url, bench, "whatif", "&on=endings")
    page.locator(".wi-keep [name='name']").fill("a b")
    page.keyboard.press("Enter")
    page.locator(".wi-keep .st-alert").get_by_text("имя").wait_for()
    assert "name=name" in held(page) and page.locator(".in-status").inner_text() == ""


def test_what_was_done_to_groups_is_told_where_one_looks(page, url, bench):
    go(page, url, bench, "reasons")
    page.locator(".gp-card").first.wait_for()
    press(page, "KeyN")
    page.locator(".gp-ask [name='name']").fill("своя")
    page.keyboard.press("Enter")
    told = page.locator("[data-status]")
    told.get_by_text("своя").wait_for()
    box = told.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 768
    press(page, "KeyZ")
    page.locator(".gp-card h3").get_by_text("своя").wait_for(state="detached")


def test_keys_of_what_if_and_of_judge_and_people(page, url, bench):
    go(page, url, bench, "whatif")
    page.locator(".wi-scores").wait_for()
    press(page, "KeyT")
    page.keyboard.press("End")
    page.wait_for_url("**threshold=1**")
    press(page, "KeyS")
    page.keyboard.press("Space")
    page.wait_for_function("() => /[?&](on|off)=/.test(location.search)")
    press(page, "KeyR")
    page.wait_for_function("() => !/threshold|on=|off=/.test(location.search)")
    go(page, url, bench, "health")
    page.locator(".he-first").wait_for()
    press(page, "KeyN")
    page.wait_for_url("**/inspect?*draw=*")


def test_keys_of_side_by_side(page, url, bench):
    go(page, url, bench, "compare")
    page.locator(".cp-card").wait_for()
    press(page, "KeyE")
    page.wait_for_url("**only=em**")
    press(page, "KeyD")
    page.wait_for_url("**diff=gold**")
    press(page, "Slash")
    assert "name=where" in held(page)


# What is pressed, and what must have the focus once the page has been drawn anew.
PRESSED = {
    "the next step": ('[data-step="next"]', "data-step=next"),
    "a task of the table": ('.in-task[data-task="Sounds"]', "data-task=Sounds"),
    "a chip beside the table": ('.in-chip[data-cell="disagree"]', "class=in-card"),
    "refresh": ('[data-act="refresh"]', "data-act=refresh"),
    "a row of the list": (".in-row >> nth=2", "in-row"),
    "the reviewer's verdict": (".lab-verdict >> nth=1", "data-verdict=wrong"),
}


@pytest.mark.parametrize("what", PRESSED)
def test_the_focus_is_not_lost_when_parts_are_drawn_anew(page, url, bench, what):
    page.add_init_script("localStorage.setItem('studio-reviewer', 'Вера')")
    go(page, url, bench, "inspect")
    pressed, after = PRESSED[what]
    page.locator(pressed).first.press("Enter")
    page.wait_for_function(QUIET)
    page.wait_for_function(f"after => ({HELD})().includes(after)", arg=after)


def test_another_run_is_chosen_and_the_choice_keeps_the_focus(page, url, bench):
    go(page, url, bench, "inspect")
    page.locator('select[name="run"]').focus()
    page.locator('select[name="run"]').select_option(bench.other)
    page.wait_for_url(f"**run={bench.other}**")
    page.wait_for_function(QUIET)
    assert "name=run" in held(page)


@pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])
@pytest.mark.parametrize("view", TABS)
def test_tab_goes_through_a_view_and_each_stop_is_seen(page, url, bench, view, width, height):
    page.set_viewport_size({"width": width, "height": height})
    go(page, url, bench, view)
    page.evaluate("scrollTo(0, 0)")
    stops, unseen = 0, []
    while stops < 400:
        page.keyboard.press("Tab")
        # what a bar had covered is scrolled from under it with the next frame
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = page.evaluate(SEEN)
        if found is None:
            break
        stops += 1
        if not (found["mine"] and found["ring"]):
            unseen.append(found)
    assert unseen == [] and 30 < stops < 400


@pytest.mark.parametrize("view", TABS)
def test_the_tab_of_the_view_is_in_its_row_on_a_phone(page, url, bench, view):
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, url, bench, view)
    row, tab = (page.locator(one).bounding_box() for one in (".st-bench", HERE))
    assert row["x"] - 1 <= tab["x"] and tab["x"] + tab["width"] <= row["x"] + row["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_bar_of_verdicts_leaves_a_low_window_to_the_answer(page, url, bench):
    """1366 × 768: away from the sample it floats over nothing; beside it, it is one row; it grows while one writes."""
    go(page, url, bench, "inspect")
    place = "() => getComputedStyle(document.querySelector('.lab-top')).position"
    page.wait_for_function(f"({place})() === 'static'")
    press(page, "KeyJ")
    page.wait_for_url("**sample=**")
    page.evaluate("document.querySelector('.in-work').scrollIntoView()")
    page.wait_for_function(f"({place})() === 'sticky'")
    assert page.locator(".lab-top").bounding_box()["height"] < 80
    press(page, "KeyN")
    page.keyboard.insert_text("спутал цвет")
    note, bar = page.locator('[name="note"]').bounding_box(), page.locator(".lab").bounding_box()
    assert note["y"] + note["height"] <= 768 and bar["y"] + bar["height"] <= 769
