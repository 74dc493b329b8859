"""Every way into the studio, as nobody, an annotator, a reviewer, a lead and the owner, against a table.

The table is written here a second time, by hand, in words of who may pass: a wrong act in `components/doors.py` does
not pass unseen, and a new handler or address has to be thought of twice.
"""

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from components.doors import GRADIOS, HANDLERS, OURS, Undeclared, declared, guard, name_of, way_of, ways
from components.links import PAGES, path
from components.pages.served import served
from components.shell import build_app, launch_settings
from studio.access import KEY_COOKIE, PERSON_COOKIE
from studio.core.errors import NotAllowed
from studio.core.project import ProjectSpec
from studio.core.run import OWNER, Viewer
from studio.humans import ALLOWED, OWNERS
from studio.service import Studio
from studio.texts import LANGS, Lang, describe
from tests.support import scripted_studio, write_task

KEY = "key-0123456789"
WHO = ("nobody", "annotator", "reviewer", "lead", "owner")

# The least of WHO that passes.
HANDLERS_FOR: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "RunPage.came_again", "RunPage.opened", "RunPage.picked", "RunPage.renewed", "RunPage.resumed",
            "RunPage.shut", "RunPage.started",
            "RunPage.stopped", "RunsPage.opened", "RunsPage.resumed", "RunsPage.turned",
            "annotate_offers", "annotate_open", "annotate_own",
            "compare_complete", "compare_view", "experiments_answers", "experiments_open", "experiments_start",
            "header_who",
            "health_draw", "health_judge", "health_look", "inspect_complete", "inspect_criteria",
            "inspect_draw", "inspect_evidence", "inspect_frame", "inspect_group", "inspect_label", "inspect_undo",
            "inspect_view", "inspect_whole", "leaderboard_gap", "leaderboard_view", "organise_look",
            "prompts_cross", "prompts_look",
            "reasons_edit",
            "reasons_group", "reasons_look", "reasons_pictures", "reasons_state", "reasons_stop", "report_begin",
            "report_offer", "report_state", "submission_open", "submission_report", "whatif_counts", "whatif_keep",
            "whatif_progress", "whatif_view", "wire_form.model_changed", "wire_form.planned", "wire_servers.changed",
        ),
        "nobody",
    ),
    **dict.fromkeys(
        (
            "annotate_ahead", "annotate_answer", "annotate_draft", "annotate_shown", "annotate_skip", "annotate_undo",
        ),
        "annotator",
    ),
    **dict.fromkeys(("organise_adjudicate", "organise_retire"), "reviewer"),
    **dict.fromkeys(
        (
            "organise_admit", "organise_chain", "organise_change", "organise_effect", "organise_erase",
            "organise_erasing",
            "organise_exclude", "organise_instruct", "organise_invite", "organise_make", "organise_plan",
            "organise_preview", "organise_readmit", "organise_revoke", "organise_role", "organise_runs",
            "organise_state",
        ),
        "lead",
    ),
    **dict.fromkeys(("RunPage.verified", "RunsPage.removed", "health_use", "whatif_rescore"), "owner"),
}  # fmt: skip
ADDRESSES_FOR: Mapping[str, str] = {
    "GET /media/{seal}/{file:path}": "nobody",  # whom it opens for: test_medium.py
    "GET /sql/{page}": "nobody",
    "GET /chart/{name}.{ending}": "nobody",
    "GET /report/{job}.html": "nobody",
    "GET /export/{run_id}.sqlite": "nobody",
    "GET /export/{run_id}.lm-eval.zip": "nobody",
    "GET /leaderboard.{ending}": "nobody",
    "GET /project/{project}.hb.zip": "lead",
    "GET /project/{project}.csv.zip": "lead",
    "GET /project/{project}.sqlite": "lead",
    "GET /owner": "nobody",
    "POST /owner": "nobody",
    "GET /submission/archive.zip": "nobody",
    "POST /submission/check": "nobody",
    "POST /runs/import": "nobody",
    "GET /join": "nobody",
    "POST /join": "nobody",
    "GET /join/{secret}": "nobody",
    "POST /join/{secret}": "nobody",
    "POST /leave": "nobody",
}
ADD = "add it to components/doors.py with the act it takes, and to {} in tests/components/test_doors.py"


class Place:
    """A studio, a project of it, and the cookies of somebody of each kind."""

    def __init__(self, home: Path) -> None:
        self.studio = scripted_studio(home / "home", lambda asked: "да", data=home / "no-demo")
        self.studio.settings = replace(self.studio.settings, owner_key=KEY)
        task = write_task(home / "Things", ["да", "нет", "да"])
        self.project = self.studio.organising.make(OWNER, ProjectSpec("Проект", str(task)))
        self.studio.organising.set_state(OWNER, self.project, "open")
        self.cookies: dict[str, dict[str, str]] = {"nobody": {}, "owner": {KEY_COOKIE: KEY}}
        for role in ("annotator", "reviewer", "lead"):
            _, secret = self.studio.members.invite(OWNER, self.project, role)  # type: ignore[arg-type]
            _, token = self.studio.members.redeem(secret, f"Имя {role}", Viewer())
            self.cookies[role] = {PERSON_COOKIE: token}
        elsewhere = self.studio.organising.make(OWNER, ProjectSpec("Другой", str(task)))
        self.works_here, self.works_elsewhere = self._joined(self.project), self._joined(self.project)
        self.studio.members.give(OWNER, elsewhere, self.works_elsewhere, "annotator")

    def _joined(self, project: str) -> str:
        _, secret = self.studio.members.invite(OWNER, project, "annotator")
        found = self.studio.members.signed_in(self.studio.members.redeem(secret, "Имя", Viewer())[1])
        assert found is not None
        return found.id


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("doors"))
    yield made
    made.studio.close()


@pytest.fixture(scope="module")
def studio(place: Place) -> Studio:
    return place.studio


@pytest.fixture(scope="module")
def config(url: str) -> dict[str, Any]:
    return dict(httpx.get(f"{url}config").json())


def registered(studio: Studio) -> set[str]:
    """The names of all handlers of the app, listeners and served functions."""
    return _handlers(studio) | _handlers(_Lent(studio))


class _Lent:
    """The studio as it is on a Space with ZeroGPU, for pages that listen to more there."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self.settings = studio, replace(studio.settings, zero_gpu=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._studio, name)


def _handlers(studio: Any) -> set[str]:
    demo = build_app(studio)
    listeners = {name_of(fn.fn) for fn in demo.fns.values() if fn.fn is not None}
    return listeners | {
        name_of(fn) for block in demo.blocks.values() for fn in getattr(block, "server_fns", ())
    }


def test_every_handler_stands_in_the_table_and_no_other(studio: Studio) -> None:
    found = registered(studio)
    assert not found - set(HANDLERS_FOR), ADD.format("HANDLERS_FOR")
    assert not set(HANDLERS_FOR) - found, "handlers that are no more: take them out of HANDLERS_FOR"
    assert set(HANDLERS) == set(HANDLERS_FOR), ADD.format("HANDLERS_FOR")


def test_every_address_of_ours_stands_in_the_table_and_no_other(studio: Studio) -> None:
    routes = launch_settings(studio)["app_kwargs"]["routes"]
    assert len(routes) == len(ADDRESSES_FOR), ADD.format("ADDRESSES_FOR")
    assert set(OURS) == set(ADDRESSES_FOR), ADD.format("ADDRESSES_FOR")


def test_every_act_is_one_that_the_table_of_roles_knows() -> None:
    acts = {*HANDLERS.values(), *ways().values()}
    assert acts <= {*ALLOWED, *OWNERS}


def passes(least: str, who: str) -> bool:
    return WHO.index(who) >= WHO.index(least)


@pytest.mark.parametrize("who", WHO)
def test_a_page_lets_through_whom_the_table_says(
    place: Place, url: str, config: dict[str, Any], who: str
) -> None:
    """Each served function is called as a page's script calls it, with the project named."""
    wrong = {}
    with httpx.Client(base_url=url, cookies=place.cookies[who], timeout=60) as client:
        for component in components_of_all(client):
            for function in component["props"].get("server_fns", ()):
                body = {
                    "component_id": component["id"], "fn_name": function, "session_hash": "s",
                    "data": {"project": place.project} | _whom(function, place.works_here),
                }  # fmt: skip
                reply = client.post("gradio_api/component_server/", json=body)
                refused = reply.status_code == 200 and dict(reply.json()).get("code") in {
                    "no_role",
                    "not_allowed",
                }
                if refused == passes(HANDLERS_FOR[function], who):
                    wrong[function] = (reply.status_code, reply.text[:200])
    assert wrong == {}


def _whom(function: str, person: str) -> dict[str, str]:
    """Whose data are to be erased; without the word that confirms it nothing is."""
    return {"person": person} if function in {"organise_erase", "organise_erasing"} else {}


@pytest.mark.parametrize("function", ["organise_erase", "organise_erasing"])
@pytest.mark.parametrize("who", WHO)
def test_data_of_somebody_who_works_elsewhere_too_are_not_a_projects_lead_to_erase(
    place: Place, url: str, who: str, function: str
) -> None:
    before = _name(place)
    with httpx.Client(base_url=url, cookies=place.cookies[who], timeout=60) as client:
        ids = {
            name: each["id"]
            for each in components_of_all(client)
            for name in each["props"].get("server_fns", ())
        }
        data = {"project": place.project, "person": place.works_elsewhere, "typed": "Имя"}
        body = {"component_id": ids[function], "fn_name": function, "session_hash": "s", "data": data}
        code = dict(client.post("gradio_api/component_server/", json=body).json()).get("code")
    assert code == {"owner": None, "lead": "erase_elsewhere"}.get(who, "no_role")
    goes = who == "owner" and function == "organise_erase"
    assert _name(place) == ("" if goes else before)


def _name(place: Place) -> str:
    names = {person.id: person.name for person, _ in place.studio.members.people(OWNER, place.project)}
    return names[place.works_elsewhere]


def components_of_all(client: httpx.Client, *langs: Lang) -> list[dict[str, Any]]:
    """The components of every page, in these languages or in all."""
    found = {}
    for page in (path(page, lang) for page in PAGES for lang in langs or LANGS):
        for component in client.get("config", params={"page": page} if page else {}).json()["components"]:
            found[component["id"]] = component
    return list(found.values())


REFUSED = tuple(describe(NotAllowed(code), lang) for code in ("no_role", "not_allowed") for lang in LANGS)


@pytest.mark.parametrize("who", WHO)
def test_a_listener_lets_through_whom_the_table_says(place: Place, url: str, who: str) -> None:
    """Each is called through Gradio's queue, with the values that its page has."""
    demo = build_app(place.studio)
    names = {number: name_of(fn.fn) for number, fn in demo.fns.items() if fn.fn is not None}
    wrong = {}
    with httpx.Client(base_url=url, cookies=place.cookies[who], timeout=60) as client:
        config = client.get("config").json()
        values = {each["id"]: each["props"].get("value") for each in config["components"]}
        for dependency in config["dependencies"]:
            if dependency["targets"][0][0] in values:
                told = queued(client, dependency, values)
                name = names[dependency["id"]]
                if any(words in told for words in REFUSED) == passes(HANDLERS_FOR[name], who):
                    wrong[name] = told[-300:]
    assert wrong == {}


def queued(client: httpx.Client, dependency: Mapping[str, Any], values: Mapping[int, Any]) -> str:
    """What a listener answers, as the queue tells it."""
    session = f"doors-{dependency['id']}"
    body = {
        "data": [values.get(each) for each in dependency["inputs"]], "fn_index": dependency["id"],
        "session_hash": session, "event_data": None, "trigger_id": dependency["targets"][0][0],
    }  # fmt: skip
    client.post("gradio_api/queue/join", json=body).raise_for_status()
    heard = []
    with client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                message = json.loads(line[6:])
                heard.append(json.dumps(message, ensure_ascii=False))
                if message["msg"] in {"process_completed", "close_stream"}:
                    break
    return "".join(heard)


@pytest.mark.parametrize("who", WHO)
def test_an_address_lets_through_whom_the_table_says(place: Place, url: str, who: str) -> None:
    def reply_to(way: str) -> httpx.Response:
        method, template = way.split(" ", 1)
        address = filled(template, project=place.project, ending="csv", name="confusion", page="leaderboard")
        # a client each: /leave forgets who it is
        return httpx.request(method, f"{url}{address[1:]}", cookies=place.cookies[who], timeout=60)

    wrong = {}
    with ThreadPoolExecutor() as at_once:  # a wrong key and a wrong link are answered a second later
        for (way, least), reply in zip(
            ADDRESSES_FOR.items(), at_once.map(reply_to, ADDRESSES_FOR), strict=True
        ):
            refused = any(words in reply.text for words in REFUSED)
            if refused == passes(least, who) or reply.status_code >= 500:
                wrong[way] = (reply.status_code, reply.text[:200])
    assert wrong == {}


def filled(template: str, **parts: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: parts.get(found[1], "x"), template)


def test_of_gradios_addresses_only_those_are_open_that_pages_need(place: Place) -> None:
    """Uploads, proxies, recordings, calls past the queue, descriptions for programs: shut, for the owner too."""
    demo = build_app(place.studio)
    app = gr.routes.App.create_app(demo, app_kwargs=launch_settings(place.studio)["app_kwargs"])
    every = set(routes_of(app.routes))
    assert {"POST /gradio_api/upload", "GET /gradio_api/proxy={url_path:path}"} <= every
    client = TestClient(app, cookies=place.cookies["owner"])
    shut = {way for way in every if way not in ways()}
    assert {way for way in shut if client.request(*asked(way)).status_code != 404} == set()
    assert set(GRADIOS) - every == {"GET /login/huggingface", "GET /login/callback"}  # on a Space alone


def routes_of(routes: Any, before: str = "") -> Iterator[str]:
    """`METHOD path` of every route of an app; HEAD goes with GET."""
    for route in routes:
        place = before + getattr(route, "path", "")
        inner = getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        )
        if inner:
            yield from routes_of(inner, place)
        else:
            yield from (
                f"{way} {way_of(place)}" for way in route.methods or () if way not in {"HEAD", "OPTIONS"}
            )


def asked(way: str) -> tuple[str, str]:
    method, template = way.split(" ", 1)
    return method, filled(template)


def test_a_component_that_is_made_anew_keeps_its_doors(place: Place) -> None:
    """Gradio makes one out of its arguments for a session in which a handler has changed it."""
    demo = build_app(place.studio)
    panels = [block for block in demo.blocks.values() if getattr(block, "server_fns", None)]
    assert panels
    for panel in panels:
        again = type(panel)(**{**panel.constructor_args, "render": False})
        assert again.server_fns == panel.server_fns


def test_a_handler_that_nobody_declared_is_not_built(studio: Studio) -> None:
    @served("ru")
    def unheard_of(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return {}

    with gr.Blocks() as demo:
        gr.HTML("", server_functions=[unheard_of])
    with pytest.raises(Undeclared, match=r"unheard_of.*components/doors\.py.*test_doors\.py"):
        guard(demo, studio)


def test_an_address_that_nobody_declared_is_not_served() -> None:
    async def nothing(request: Any) -> None: ...

    with pytest.raises(Undeclared, match=r"GET /unheard-of.*OURS"):
        declared([Route("/unheard-of", nothing, methods=["GET"])])
