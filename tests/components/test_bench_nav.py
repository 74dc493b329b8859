"""The tabs of the workbench: the same run everywhere, the current page marked, no tab without a page."""

import re

import pytest

from components.links import BENCH, PAGES, link
from components.pages.inspect_look import Look, asked_from
from components.widgets.bench_nav import TABS, bench_nav
from components.widgets.header import header_html
from studio.core.run import RunSpec, Viewer
from studio.texts import LANGS, t
from tests.support import scripted_studio, write_task


def test_every_page_of_the_workbench_has_a_tab_and_every_tab_a_page():
    assert set(TABS) == {"inspect", *BENCH} and set(TABS) <= set(PAGES)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", TABS)
def test_tabs_lead_to_the_same_run_and_one_of_them_is_here(page, lang):
    html = bench_nav(page, "r1-<b>", lang, task="A&B", where="")
    for other in TABS:
        address = link(other, lang, run="r1-<b>", task="A&B").replace("&", "&amp;")
        assert f'href="{address}"' in html and t(f"bench.{other}", lang) in html
    assert "<b>" not in html and "where" not in html
    assert re.findall(r"aria-current=page>([^<]+)<", html) == [t(f"bench.{page}", lang)]


@pytest.mark.parametrize("page", TABS)
def test_the_header_shows_the_whole_workbench_as_inspect(page):
    here = re.findall(r'href="([^"]+)" aria-current=page', header_html(page, "ru"))
    assert here == [link("inspect", "ru")]


def test_inspect_stands_under_the_tabs_of_the_run_it_shows(tmp_path):
    studio = scripted_studio(tmp_path, lambda asked: "да")
    run = studio.wait(studio.start(RunSpec("our/model", (str(write_task(tmp_path / "T", ["да"])),))), 30)
    told = Look(studio, asked_from({}), Viewer("owner"), "ru", "./media/{}".format).answer()
    step = Look(studio, asked_from({"run": run.id, "want": ["card"]}), Viewer("owner"), "ru", str).answer()
    studio.close()
    assert told["parts"]["bench"] == bench_nav("inspect", run.id, "ru") and "bench" not in step["parts"]
