"""Logs are uploaded on the Runs page: they become runs, what is wrong with them is said, visitors have limits."""

import contextlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.importing import import_routes
from components.pages.inspect_evidence import log_html
from components.widgets.run_table import Rights, runs_html
from studio.service import Studio
from tests.components.serving import serving
from tests.support import RuleJudge, scripted_studio

LOGS = Path(__file__).parent.parent / "logs" / "lm-eval"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = scripted_studio(tmp_path / "home", {}, judge=RuleJudge(), data=tmp_path / "no-demo")
    yield opened
    opened.close()


def client(studio: Studio, host: str = "127.0.0.1", **limits: float) -> TestClient:
    return TestClient(Starlette(routes=import_routes(studio, **limits)), client=(host, 50_000))


def files(source: str) -> list[tuple[str, tuple[str, bytes]]]:
    paths = sorted(path for path in (LOGS / source).rglob("*") if path.is_file())
    return [("files", (path.name, path.read_bytes())) for path in paths]


def sent(asker: TestClient, source: str, lang: str = "ru", **fields: str) -> httpx.Response:
    found: Any = asker.post(f"/runs/import?lang={lang}", files=files(source), data=fields)
    return found


def test_uploaded_logs_become_a_run_with_a_link_to_it(studio):
    answer = sent(client(studio), "group").json()
    (run,) = studio.runs()
    assert answer["runs"] == [run.id] and f"inspect?run={run.id}" in answer["html"]
    assert "журнал lm-eval загружен, 16" in answer["html"]
    again = sent(client(studio), "group", "en").json()
    assert "was imported before, nothing was changed" in again["html"] and len(studio.runs()) == 1


def test_answers_are_judged_when_that_is_ticked(studio):
    (run,) = sent(client(studio), "group", judge="1").json()["runs"]
    assert studio.wait(run, timeout_s=30).js.n == 16


def test_what_is_wrong_is_said_in_the_pages_language(studio):
    refused = sent(client(studio), "perplexity", "en")
    assert refused.status_code == 400 and "only likelihoods of texts" in refused.json()["error"]
    nameless = client(studio).post("/runs/import?lang=ru", files=files("list")[1:])
    assert "не сказано, какая модель отвечала" in nameless.json()["error"]
    named = client(studio).post("/runs/import?lang=ru", files=files("list")[1:], data={"model": "чья-то"})
    assert named.status_code == 200 and studio.runs()[0].model == "чья-то"


def test_an_empty_form_and_a_file_that_is_no_log_are_refused(studio):
    assert client(studio).post("/runs/import", data={"model": "m"}).status_code == 400
    strange = client(studio).post("/runs/import", files=[("files", ("../../letter.txt", b"hello"))])
    assert strange.status_code == 400 and "letter.txt" in strange.json()["error"]
    assert ".." not in strange.json()["error"]


def test_too_large_an_upload_is_refused_before_it_is_read(studio):
    refused = sent(client(studio, owner_mb=0.001), "group")
    assert refused.status_code == 413 and "0.001 МБ" in refused.json()["error"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://space.example", "x-forwarded-host": "space.example"}, 200),
    ],
)
def test_a_page_of_another_site_cannot_upload_through_the_owners_browser(studio, headers, status):
    reply = client(studio).post("/runs/import", files=files("group"), headers=headers)
    assert reply.status_code == status and len(studio.runs()) == (status == 200)


def test_a_visitor_may_upload_less(studio):
    visitor = client(studio, "203.0.113.7")
    assert sent(visitor, "group").status_code == 200
    big = visitor.post("/runs/import", files=[("files", ("big.jsonl", b"0" * (33 * 2**20)))])
    assert big.status_code == 413 and "до 32 МБ" in big.json()["error"]


def test_the_list_names_the_tool_and_can_be_filtered(studio):
    sent(client(studio), "group")
    html = runs_html(studio.runs(), {}, "ru", rights=Rights(True, {run.id for run in studio.runs()}))
    assert "lm-eval" in html and "Отдать судье" in html and "data-delete" in html


@pytest.mark.parametrize(
    ("lang", "said"), [("ru", "Что сказано в журнале lm-eval"), ("en", "What the log of lm-eval")]
)
def test_the_evidence_holds_what_the_log_said(studio, lang, said):
    (run,) = sent(client(studio), "choice").json()["runs"]
    card = studio.card(run, studio.queue(run).rows[0].sample_id)
    html = log_html(card, lang)
    assert said in html and "acc,none" in html and "loglikelihood" in html and "jsonl:1" in html
    assert html.startswith('<p class="st-note">')  # how the answer was found is not folded away


def test_a_long_field_of_a_log_is_folded_away_under_its_name(studio):
    (run,) = sent(client(studio), "choice").json()["runs"]
    card = studio.card(run, studio.queue(run).rows[0].sample_id)
    log = replace(card.log, rest={"events": [{"text": "<b>" + "а" * 3000}], "uuid": "x"})
    html = log_html(replace(card, log=log), "ru")
    assert re.search(r"<summary><code>events</code> · 3\s?\d+\s", html) and "<dt>uuid</dt>" in html
    assert "<dt>events</dt>" not in html and "&lt;b&gt;" in html


def test_what_is_not_in_the_log_is_named(studio):
    (run,) = sent(client(studio), "group").json()["runs"]
    card = studio.card(run, studio.queue(run).rows[0].sample_id)
    assert card.not_in_log == ("media", "tokens", "time", "finish")
    assert "Нет в журнале: сами файлы, число токенов, время ответа, причина остановки." in log_html(
        card, "ru"
    )
    assert "Not in the log: the media themselves, tokens" in log_html(card, "en")


def test_a_long_name_in_cyrillic_is_cut_to_what_a_disk_takes(studio):
    (found,) = [file for file in files("choice") if file[1][0].startswith("samples_")]
    named = [("files", ("ы" * 200 + found[1][0], found[1][1]))]
    reply = client(studio).post("/runs/import?lang=ru", files=named, data={"model": "m"})
    assert reply.status_code == 200 and len(studio.runs()) == 1


def test_only_the_files_themselves_have_a_time_to_come_in(studio, monkeypatch):
    order: list[str] = []

    @contextlib.asynccontextmanager
    async def timed(seconds: float) -> AsyncIterator[None]:
        order.append("begun")
        yield
        order.append("over")

    imported = studio.import_logs

    def noted(*args: Any, **more: Any) -> Any:
        order.append("read")
        return imported(*args, **more)

    monkeypatch.setattr("components.importing.asyncio", SimpleNamespace(timeout=timed))
    monkeypatch.setattr(studio, "import_logs", noted)
    assert sent(client(studio), "group").status_code == 200
    assert order == ["begun", "over", "read"]


@pytest.mark.browser
def test_files_dropped_on_the_page_appear_in_the_list(browser_page, studio):
    with serving(studio) as url:
        browser_page.goto(f"{url}runs")
        browser_page.click("summary:has-text('Импорт журналов')")
        paths = [str(path) for path in (LOGS / "choice").rglob("*") if path.is_file()]
        browser_page.set_input_files(".st-import input[type=file]", paths)
        browser_page.wait_for_selector(".st-import a:has-text('Разобрать ответы')")
        browser_page.wait_for_selector("#runs [data-run]:has-text('lm-eval')")
        browser_page.click(".st-import a:has-text('Разобрать ответы')")
        browser_page.wait_for_selector("details[data-details=log]")
        browser_page.click("details[data-details=log] summary")
        assert "acc,none" in browser_page.inner_text("details[data-details=log]")
