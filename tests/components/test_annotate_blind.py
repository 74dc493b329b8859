"""No byte that an annotator's browser receives tells gold, a model, a prediction, another person's answer or a control.

Each of them is planted with a marker that is nowhere else; all that comes from the server is searched for all of them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import gradio_client
import httpx
import pytest

from components.doors import HANDLERS
from components.links import PAGES, path
from studio.access import PERSON_COOKIE
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, RunSpec, Viewer
from studio.service import Studio
from studio.texts import LANGS
from tests.components.keyboard import readable
from tests.components.serving import Script
from tests.support import scripted_studio, write_task

FUNCTION = "annotate_open"  # of the page whose script the tests are
GOLD, MODEL, PREDICTION = "секретныйэталон", "secret/planted-model", "ответпосаженноймодели"
META, OTHERS, COMMENT, NAME = "тайнаяметка", "чужойответчеловека", "чужойкомментарий", "Чужоеимя"
MARKERS = (GOLD, MODEL, PREDICTION, META, OTHERS, COMMENT, NAME)
SEEN = "Что на картинке номер"  # of the questions themselves: without it nothing was searched
# What no reply of the page may have even as a key: it would tell what a question is for.
KEYS = ("gold", "judge", "prediction", "score", "purpose", "control", "sample_id", '"em"', '"js"')


class Planted(NamedTuple):
    """A project with controls and training, in which somebody has answered; the token of one who has joined."""

    studio: Studio
    project: str
    token: str


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder = tmp_path_factory.mktemp("blind")
    studio = scripted_studio(folder / "home", lambda request: PREDICTION, data=folder / "data")
    task = write_task(folder / "Words", [GOLD] * 12)
    _plant_meta(task)
    studio.wait(studio.start(RunSpec(MODEL, (str(task),))), timeout_s=120)
    spec = ProjectSpec(
        "Проект", "Words", overlap=3, controls=0.3, training=2, pass_mark=0.0, joining="anyone"
    )
    project = studio.organising.make(OWNER, spec, size=7)
    studio.organising.set_state(OWNER, project, "open")
    _other_person(studio, project)
    yield Planted(studio, project, studio.workplaces.join(Viewer(), project, "Анна"))
    studio.close()


def _plant_meta(task: Path) -> None:
    data = json.loads((task / "test.json").read_text("utf-8"))
    for record in data["data"]:
        record["meta"]["categories"]["kind"] = META
        record["meta"]["source"] = META
    (task / "test.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _other_person(studio: Studio, project: str) -> None:
    """Somebody who has answered everything before, with words of his own."""
    found = studio.members.signed_in(studio.workplaces.join(Viewer(), project, NAME))
    assert found is not None
    who = Viewer(person=found.id)
    asked = studio.workplaces.standing(who, project).question
    while asked is not None:
        said = Submission(asked.item, asked.occasion, "answer", f"o{asked.item}", OTHERS, comment=COMMENT)
        asked = studio.workplaces.submit(who, project, said).question


@pytest.fixture(scope="module")
def studio(planted: Planted) -> Studio:
    return planted.studio


def assert_blind(texts: list[str]) -> None:
    everything = "\n".join(texts)
    assert SEEN in everything
    found = [
        marker for marker in MARKERS for form in (marker, json.dumps(marker)[1:-1]) if form in everything
    ]
    assert found == []


def session(ask: Any, project: str) -> list[str]:
    """A whole session: every function of the page, until there is no question. `ask(function, data)` gives text."""
    seen = [ask("annotate_offers", {}), ask("annotate_own", {"task": "Words"})]
    seen.append(ask("annotate_open", {"project": project}))
    for number in range(50):
        asked = json.loads(seen[-1])["question"]
        if asked is None:
            return seen
        place = {"project": project, "item": asked["item"], "occasion": asked["occasion"]}
        seen.append(ask("annotate_draft", {**place, "text": "почти"}))
        seen.append(ask("annotate_ahead", place))
        if number == 3:
            undone = json.loads(ask("annotate_undo", {**place, "client_id": "u"}))["question"]
            place |= {"item": undone["item"], "occasion": undone["occasion"]}
        doing = (
            ("annotate_skip", {"reason": "broken"}) if number == 4 else ("annotate_answer", {"text": "кот"})
        )
        seen.append(ask(doing[0], {**place, **doing[1], "client_id": f"c{number}"}))
    raise AssertionError("the session has no end")


def test_a_whole_session_over_http_tells_nothing(planted: Planted, script: Script) -> None:
    cookies = {PERSON_COOKIE: planted.token}
    seen = session(lambda function, data: script.ask(function, data, cookies).text, planted.project)
    assert len(seen) > 20 and not [key for key in KEYS if key in "\n".join(seen)]
    assert_blind(seen)


def test_whatever_else_an_annotator_may_open_tells_nothing(
    planted: Planted, url: str, script: Script
) -> None:
    """Pages, the configuration, and every function of every page, asked as an annotator of this project asks."""
    token = planted.studio.workplaces.join(Viewer(), planted.project, "Вера")
    run = planted.studio.runs()[0].id
    seen = [script.ask("annotate_open", {"project": planted.project}, {PERSON_COOKIE: token}).text]
    with httpx.Client(base_url=url, cookies={PERSON_COOKIE: token}, timeout=60) as client:
        for page in (path(key, lang) for key in PAGES for lang in LANGS):
            if "annotate" in page:
                seen.append(client.get(page, params={"project": planted.project}).text)
        seen += [client.get(place).text for place in ("config?page=annotate", "gradio_api/info")]
        for name in ("GOLD", "predictions", f"export/{run}.sqlite"):
            reply = client.get(name)
            seen.append(reply.text if reply.status_code != 200 else "")
    assert_blind(seen)


def test_the_client_of_gradio_finds_no_function_that_tells_more(planted: Planted, url: str) -> None:
    client = gradio_client.Client(url, verbose=False, headers={"cookie": f"{PERSON_COOKIE}={planted.token}"})
    try:
        told = client.view_api(return_format="dict", print_info=False)
        assert not [name for name in told["named_endpoints"] if "annotate" in name]
    finally:
        client.close()
    assert {act for name, act in HANDLERS.items() if name.startswith("annotate_")} <= {
        "look",
        "join",
        "answer",
    }


@pytest.mark.browser
def test_every_byte_of_a_session_in_a_browser_is_blind(planted: Planted, url: str, browser_page: Any) -> None:
    page = browser_page
    page.set_default_timeout(60_000)
    received: list[str] = []

    def keep(route: Any) -> None:
        if "heartbeat" in route.request.url:  # a stream that tells nothing and never ends
            route.continue_()
            return
        reply = route.fetch()
        received.append(reply.body().decode("utf-8", "replace") + str(reply.headers) + reply.url)
        route.fulfill(response=reply)

    page.route("**/*", keep)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(str(data))))
    page.goto(f"{url}annotate?project={planted.project}")
    page.fill('.an-door input[name="name"]', "Зоя")
    page.keyboard.press("Enter")
    while True:
        page.wait_for_selector("[data-answer], .an-end")
        if page.query_selector(".an-end"):
            break
        before = page.inner_text(".an-ask .st-label")
        page.fill("[name=answer]", "кот")
        readable(page)
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "text => document.querySelector('.an-end') ||"
            " document.querySelector('.an-ask .st-label')?.textContent !== text",
            arg=before,
        )
    page.unroute_all(behavior="wait")
    assert_blind([*received, page.content(), str(page.evaluate("JSON.stringify(localStorage)"))])
