"""An address that leads nowhere: a page for a reader, JSON for a program."""

from urllib.parse import urljoin

import httpx
import pytest

from components.links import HEADER, link
from components.nowhere import page_html
from studio.texts import LANGS, t
from tests.support import scripted_studio

READER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = '"><img src=x onerror=alert(1)>{0}'


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    home = tmp_path_factory.mktemp("nowhere")
    studio = scripted_studio(home / "home", lambda asked: "не знаю", data=home / "no-demo")
    yield studio
    studio.close()


@pytest.mark.parametrize(
    ("address", "headers", "lang"),
    [
        ("nowhere", {"accept-language": "ru"}, "ru"),
        ("nowhere", {"accept-language": "en-GB"}, "ru"),
        ("nowhere", {"referer": "SITE/en-inspect?run=x"}, "en"),
        ("nowhere", {"referer": "SITE/owner?lang=en"}, "en"),
        ("nowhere", {"referer": "https://elsewhere.example/en"}, "ru"),
        ("nowhere?lang=en", {"accept-language": "ru"}, "en"),
        ("en-nowhere", {"accept-language": "ru"}, "en"),
        ("котики/и/ещё", {"accept-language": "ru"}, "ru"),
        *(
            (address, {}, "ru")
            for address in ("exported", "submission/x", "static/x", "assets/x", "media/x/y")
        ),
    ],
)
def test_a_reader_gets_a_page_in_the_language_of_the_address_or_of_the_page_before(
    url, address, headers, lang
):
    headers = {name: value.replace("SITE/", url) for name, value in headers.items()}
    reply = httpx.get(url + address, headers=READER | headers)
    assert reply.status_code == 404 and reply.headers["content-type"].startswith("text/html")
    assert t("nowhere.title", lang) in reply.text and f'lang="{lang}"' in reply.text
    assert address.partition("?")[0] in reply.text
    assert all(f'href="{link(page, lang)}"' in reply.text for page in HEADER)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("nowhere", {"accept": "application/json"}),
        ("nowhere", {}),
        ("gradio_api/nowhere", READER),
        ("gradio_api/file=/etc/nothing", READER),
    ],
)
def test_a_program_gets_json(url, address, headers):
    reply = httpx.get(url + address, headers=headers)
    assert reply.status_code in {403, 404} and reply.headers["content-type"] == "application/json"


def test_nothing_is_made_of_a_posted_form(url):
    assert httpx.post(f"{url}nowhere", headers=READER).headers["content-type"] == "application/json"


@pytest.mark.parametrize("lang", LANGS)
def test_what_stands_in_the_address_is_text(lang):
    html = page_html(HOSTILE * 3, lang)
    assert "<img" not in html and "&lt;img" in html and len(page_html("a" * 5000, lang)) < len(html) + 1000


@pytest.mark.browser
@pytest.mark.parametrize("address", ["nowhere", "deep/er/nowhere"])
def test_the_ways_lead_to_the_pages_and_what_was_chosen_is_kept(browser_page, url, address):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(url + address)
    page.get_by_role("heading", name="Такой страницы нет").wait_for()
    page.evaluate(
        "localStorage.setItem('studio-language', 'en'); localStorage.setItem('studio-theme', 'dark')"
    )
    page.goto(url + address)
    page.get_by_role("heading", name="There is no such page").wait_for()
    assert page.evaluate("document.body.classList.contains('dark')")
    right = page.locator("main a").evaluate_all(
        "all => Math.max(...all.map(a => a.getBoundingClientRect().right))"
    )
    assert right <= 390 - 14
    page.locator("main a", has_text="Runs").click()
    page.wait_for_url(urljoin(url, "en-runs"))
