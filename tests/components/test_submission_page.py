"""The Submission page: runs become an archive by one link, any zip is checked, and nothing private leaves."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from components.pages.submission import runs_of
from components.pages.submission_view import report_html, runs_html, skeleton
from components.submitting import submission_routes
from components.theme import CSS_PATHS
from components.uploads import Turns
from studio.core.errors import BadInput
from studio.core.run import RunSpec, Viewer
from studio.core.submission import Defect, SubmissionReport, TaskCount
from studio.tasks import suite_tasks
from studio.texts import CATALOGUE, LANGS, t
from tests.people import begun
from tests.submission.conftest import audio, logs, zipped
from tests.support import scripted_studio, write_task

FUNCTION = "submission_report"  # of the page whose script the tests are
GOLD = "выхухоль-золотая"
PRIVATE = "LabTabVQA"  # the smallest image task: 339 records, all private


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("submission")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", lambda request: "ОТВЕТ: A", data=home / "no-demo")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio, home) -> dict[str, str]:
    """Ids by task: a whole private task, the beginning of a public one, one of no suite."""
    folders = {
        PRIVATE: write_task(home / PRIVATE, [GOLD] * 339, access="private", first_id=0),
        "WEIRD": write_task(home / "WEIRD", [GOLD] * 4),
        "Animals": write_task(home / "Animals", [GOLD] * 2),
    }
    return {
        name: studio.wait(
            studio.start(RunSpec("our/model", (str(folder),), limit=3 if name == "WEIRD" else None)), 60
        ).id
        for name, folder in folders.items()
    }


def posted(url: str, raw: bytes, name: str = "model.zip", **query: str) -> httpx.Response:
    return httpx.post(f"{url}submission/check", params={"name": name, **query}, content=raw, timeout=120)


# packing


def test_only_runs_of_the_suite_are_offered_and_those_of_the_address_are_ticked(script, runs):
    html = script.told("submission_open", {"runs": [runs["WEIRD"]]})["html"]
    assert re.findall(r'value="([^"]+)"( checked)?', html) == [
        (runs["WEIRD"], " checked"),
        (runs[PRIVATE], ""),
    ]
    assert "по 3 из задачи" in html and "1 из 18 задач: Таблицы" in html


def test_a_studio_without_such_runs_says_how_to_get_one():
    assert "mera" in runs_html([], [], {}, "ru") and 'href="./en"' in runs_html([], [], {}, "en")


def test_a_run_that_goes_on_cannot_be_ticked(studio, runs):
    going = replace(studio.run(runs["WEIRD"]), state="running")
    html = runs_html([(going, ("WEIRD",))], [going.id], {}, "ru")
    assert " disabled" in html and " checked" not in html and "ещё идёт" in html


def test_a_whole_task_left_alone_on_purpose_is_fit_and_can_be_downloaded(script, url, runs):
    html = script.told("submission_report", {"runs": [runs[PRIVATE]], "partial": True})["html"]
    assert 'data-fit="true"' in html and "339 из 339" in html and "Архив годен" in html
    (link,) = re.findall(r'data-download href="\./([^"]+)"', html)
    reply = httpx.get(url + link.replace("&amp;", "&"))
    assert reply.headers["content-type"] == "application/zip"
    assert 'filename="mera_model_' in reply.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.namelist() == ["LabTabVQA.json", "logs_public.zip"]
    checked = posted(url, reply.content, partial="1").json()["html"]
    assert 'data-fit="true"' in checked and "339 из 339" in checked


def test_what_is_missing_and_what_would_be_refused_is_said_task_by_task(script, runs):
    html = script.told("submission_report", {"runs": [runs[PRIVATE], runs["WEIRD"], runs["Animals"]]})["html"]
    assert 'data-fit="false"' in html and "Не из MERA Multi, в архив не войдёт: Animals" in html
    weird = html.partition('data-task="WEIRD"')[2].partition("</li></ul></li>")[0]
    assert 'data-state="unfit"' in weird and "3 из 814" in weird
    assert re.findall('data-code="(.*?)"', weird) == ["no_id", "limit_on"]
    lacking = html.partition('data-code="no_task"')[2]
    assert "<summary>Задач нет в архиве: 16</summary>" in lacking and "Часть задач пропущена" in lacking
    assert 'data-task="ruCLEVR"' not in html  # a task that is not there is a name, not a row


def test_what_cannot_be_packed_is_told_in_words(script, runs):
    for asked, words in (
        (["r-none"], "Прогона «r-none» нет"),
        ([runs["Animals"]], "нет задач MERA Multi"),
    ):
        assert words in script.told("submission_report", {"runs": asked})["error"]
    assert script.told("submission_report", {"runs": []}) == {"html": ""}


def test_gold_of_a_private_task_is_in_no_archive_a_visitors_least_of_all(studio, url, runs, monkeypatch):
    monkeypatch.setattr(studio, "settings", replace(studio.settings, owner_key="ключ"))
    reply = httpx.get(f"{url}submission/archive.zip?runs={runs[PRIVATE]}")
    assert reply.status_code == 200
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        inner = zipfile.ZipFile(io.BytesIO(archive.read("logs_public.zip")))
        texts = [archive.read("LabTabVQA.json"), *(inner.read(name) for name in inner.namelist())]
    assert len(texts) == 3 and "ОТВЕТ: A".encode() in texts[0]
    assert not any(GOLD.encode() in text for text in texts)


def test_who_answers_a_task_sees_no_models_answers_to_it_here_either(studio, script, url, runs, home):
    project, _ = begun(studio, "Аня", str(home / "WEIRD"))
    cookies = {"studio_person": studio.members.join_open(project, "Аня", Viewer())}
    told = script.told("submission_report", {"runs": [runs["WEIRD"]]}, cookies)
    assert told["code"] == "gold_hidden" and "html" not in told
    refused = httpx.get(f"{url}submission/archive.zip?runs={runs['WEIRD']}", cookies=cookies)
    assert refused.status_code == 403 and not refused.content.startswith(b"PK")


def test_an_archive_of_nothing_is_no_archive(url, runs):
    assert httpx.get(f"{url}submission/archive.zip").status_code == 404
    assert httpx.get(f"{url}submission/archive.zip?runs=r-none").status_code == 404


def test_the_runs_page_leads_here_from_runs_of_the_suite_alone(studio, runs):
    assert [bool(studio.packable(studio.run(run))) for run in runs.values()] == [True, True, False]


@pytest.mark.parametrize(
    ("given", "named"),
    [("a,b ,,a", ["a", "b"]), (["a", 5, None, "b"], ["a", "b"]), (7, []), (None, []), ("x" * 500, ["x" * 100])],
)  # fmt: skip
def test_runs_are_read_out_of_whatever_a_browser_sends(given, named):
    assert runs_of(given) == named


# checking


def test_an_archive_of_any_tool_is_checked_and_named_by_its_owners_name(url):
    files = audio()
    raw = zipped({**files, "logs_public.zip": zipped(logs(files))})
    html = posted(url, raw, "моя модель.zip").json()["html"]
    assert 'data-fit="true"' in html and "моя модель.zip" in html and "738 из 738" in html
    english = posted(url, raw, "model.rar", lang="en").json()["html"]
    assert "The archive is not fit" in english and 'data-code="extension"' in english


def test_a_name_is_only_shown(url):
    html = posted(url, b"PK", "../../<script>x</script>.zip").json()["html"]
    assert "<script>" not in html and "script&gt;.zip" in html and "../" not in html
    assert "x" * 200 not in posted(url, b"PK", "x" * 5000 + ".zip").json()["html"]


def test_what_is_no_archive_is_told_so(url):
    assert 'data-code="unreadable_zip"' in posted(url, b"not a zip").json()["html"]
    empty = posted(url, b"")
    assert empty.status_code == 404 and empty.json()["error"] == "Файл пуст."


def test_more_than_an_archive_can_be_is_refused_before_it_is_all_sent(studio):
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    client = TestClient(Starlette(routes=submission_routes(studio, most_mb=0.01)))
    whole = client.post("/submission/check", content=b"x" * 20_000)
    assert whole.status_code == 413 and "больше 0.01 МБ" in whole.json()["error"]

    def dripping():
        for _ in range(20):
            yield b"x" * 1000

    unstated = client.post("/submission/check?lang=en", content=dripping())
    assert unstated.status_code == 413 and "larger than" in unstated.json()["error"]


def test_few_uploads_go_on_at_once_and_one_that_ended_makes_room():
    turns = Turns(1, "submission_busy")
    with turns.taken(), pytest.raises(BadInput, match="submission_busy"), turns.taken():
        pass
    with pytest.raises(ValueError, match="broken"), turns.taken():
        raise ValueError("broken")
    with turns.taken():
        pass


def test_every_code_is_said_in_words_in_both_languages():
    codes = {key.split(".")[1] for key in CATALOGUE if re.fullmatch(r"submission\.\w+\.todo", key)}
    values = dict.fromkeys(
        ("reason", "file", "expected", "modality", "found", "size", "low", "high", "run", "limit", "setting",
         "most", "gigabytes", "seconds"), "7")  # fmt: skip
    for lang in LANGS:
        for code in codes - {"no_task"}:
            counts = (TaskCount("WEIRD", "WEIRD.json", 3, 814, "unfit"),)
            report = SubmissionReport("a.zip", counts, (Defect(code, "WEIRD", values=values),), True)
            html = report_html(report, suite_tasks(), "", lang)
            assert f'data-code="{code}"' in html and "{" not in html.replace("{&quot;", "")
            assert t("submit.error", lang) in html


# the browser


@pytest.mark.browser
def test_without_runs_everything_stands_in_cards_and_nothing_is_glued_together(browser_page):
    styles = "".join(path.read_text("utf-8") for path in CSS_PATHS)
    html = skeleton(256, "{}", "ru").replace("<div data-runs", f"{runs_html([], [], {}, 'ru')}<div data-runs")
    browser_page.set_content(f'<style>{styles}</style><div class="gradio-container">{html}</div>')
    assert browser_page.locator("input:visible").evaluate_all(
        "all => all.every(each => each.closest('.st-card'))"
    )
    words = browser_page.locator("p", has_text="пока нет прогонов").bounding_box()
    button = browser_page.get_by_role("link", name="К запуску").bounding_box()
    assert button["y"] >= words["y"] + words["height"] + 8


@pytest.mark.browser
def test_a_run_is_packed_downloaded_and_checked_again_in_a_browser(browser_page, url, runs, tmp_path):
    page = browser_page
    page.goto(f"{url}runs")
    page.locator(f"[data-run='{runs[PRIVATE]}']").get_by_text("В заявку").click()
    page.locator(".su-report[data-fit='false']").wait_for()
    page.get_by_text("Часть задач пропущена намеренно", exact=True).click()
    page.locator(".su-report[data-fit='true']").wait_for()
    assert page.url.endswith(f"/submission?runs={runs[PRIVATE]}&partial=1")
    with page.expect_download() as downloading:
        page.locator("[data-download]").click()
    downloading.value.save_as(file := tmp_path / "model.zip")

    page.locator(".su-drop input").set_input_files(file)
    page.locator(".su-report h2", has_text="model.zip").wait_for()
    assert page.locator(".su-report").get_attribute("data-fit") == "true"
    page.locator(".su-run", has=page.locator(f"input[value='{runs['WEIRD']}']")).click()
    page.locator("[data-code='limit_on']").wait_for()
    assert page.url.count(",") == 1
    page.locator("[data-language]").click()
    page.locator(".su-verdict", has_text="The archive is not fit").wait_for()


@pytest.mark.browser
def test_a_file_dropped_anywhere_on_the_page_is_checked(browser_page, url, runs):
    page = browser_page
    page.goto(f"{url}submission")
    page.locator(".su-run").first.wait_for()
    page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes)], 'dropped.zip'));
          document.querySelector('.su-two').dispatchEvent(
            new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        list(zipped({"readme.txt": "?"})),
    )
    page.locator("[data-code='nothing']").wait_for()
    assert json.dumps("dropped.zip")[1:-1] in page.locator(".su-report h2").inner_text()
