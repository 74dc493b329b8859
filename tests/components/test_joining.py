"""Coming in by a link, coming in where anyone may, going away: what the browser is given, and what it is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.joining import MOST_JOINS, joining_routes
from components.who import viewer
from studio.access import PERSON_COOKIE
from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.service import Studio
from tests.support import scripted_studio, write_task


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = scripted_studio(tmp_path / "home", lambda asked: "да", data=tmp_path / "no-demo")
    made.settings = replace(made.settings, owner_key="key-0123456789", tasks=())
    yield made
    made.close()


@pytest.fixture
def project(studio: Studio, tmp_path: Path) -> str:
    task = write_task(tmp_path / "Things", ["да", "нет", "да"])
    made = studio.organising.make(OWNER, ProjectSpec("Кошки и собаки", str(task)))
    studio.organising.set_state(OWNER, made, "open")
    return made


@pytest.fixture
def anyones(studio: Studio, tmp_path: Path) -> str:
    task = write_task(tmp_path / "Others", ["да", "нет", "да"])
    made = studio.organising.make(OWNER, ProjectSpec("Для всех", str(task), joining="anyone"))
    studio.organising.set_state(OWNER, made, "open")
    return made


@pytest.fixture
def browser_of(studio: Studio) -> "Browsers":
    return Browsers(studio)


class Browsers:
    """Browsers that come to a studio's doors; each keeps its cookies."""

    def __init__(self, studio: Studio) -> None:
        async def who(request: Request) -> JSONResponse:
            return JSONResponse({"person": viewer(studio, request).person})

        routes = [*joining_routes(studio, guess_costs_s=0.0), Route("/who", who, methods=["GET", "POST"])]
        self._app = Starlette(routes=routes)

    def __call__(self, lang: str = "ru") -> TestClient:
        return TestClient(self._app, follow_redirects=False, headers={"accept-language": lang})


def link_to(studio: Studio, project: str, role: str = "annotator", **more: object) -> str:
    return studio.members.invite(OWNER, project, role, **more)[1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ru", ("Вас приглашают", "Кошки и собаки", "аннотатор", "Ссылка действует до", "Ваше имя")),
        ("en", ("You are invited", "Кошки и собаки", "annotator", "The link works until", "Your name")),
    ],
)
def test_a_link_says_what_it_offers_in_the_language_of_its_address(studio, project, browser_of, lang, words):
    secret = link_to(studio, project)
    page = browser_of().get(f"/join/{secret}?lang={lang}")
    assert page.status_code == 200 and f'lang="{lang}"' in page.text
    assert all(word in page.text for word in words)
    assert 'lang="ru"' in browser_of("en").get(f"/join/{secret}").text, "as every page without a language"


def test_a_link_to_a_project_that_has_not_begun_says_so(studio, project, browser_of):
    secret = link_to(studio, project)
    for state, words in (("draft", "ещё не начат"), ("paused", "на паузе"), ("open", "")):
        studio.organising.set_state(OWNER, project, state)
        told = browser_of().get(f"/join/{secret}").text
        assert words in told and ("jn-state" in told) == bool(words)


def test_to_look_at_a_link_takes_no_place(studio, project, browser_of):
    secret = link_to(studio, project)
    for _ in range(3):
        assert browser_of().get(f"/join/{secret}").status_code == 200
    assert browser_of().post(f"/join/{secret}", data={"name": "Аня"}).status_code == 303


@pytest.mark.parametrize(
    ("role", "lang", "place"),
    [
        ("annotator", "ru", "../annotate"),
        ("annotator", "en", "../en-annotate"),
        ("reviewer", "ru", "../organise"),
        ("lead", "en", "../en-organise"),
    ],
)
def test_a_name_joins_and_leads_to_the_work(studio, project, browser_of, role, lang, place):
    browser = browser_of()
    reply = browser.post(f"/join/{link_to(studio, project, role)}?lang={lang}", data={"name": " Аня  П. "})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{place}?project={project}")
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith(f"{PERSON_COOKIE}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
    ((person, given),) = studio.members.people(OWNER, project)
    assert (person.name, given) == ("Аня П.", role)
    assert browser.get("/who").json() == {"person": person.id}
    assert browser_of().get("/who").json() == {"person": ""}


def test_nothing_repeats_the_secret_to_anybody(studio, project, browser_of, caplog):
    secret = link_to(studio, project)
    browser = browser_of()
    with caplog.at_level("DEBUG", logger="studio"):
        page = browser.get(f"/join/{secret}")
        joined = browser.post(f"/join/{secret}", data={"name": "Аня"})
        gone = browser_of().get(f"/join/{secret}")
    for reply in (page, joined, gone):
        assert (
            reply.headers["referrer-policy"] == "no-referrer" and reply.headers["cache-control"] == "no-store"
        )
        assert secret not in reply.text and secret not in str(reply.headers)
    assert secret not in caplog.text


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("used", "уже вошли все"),
        ("revoked", "Приглашение отозвано. Попросите новое."),
        ("unknown", "скопирована целиком"),
    ],
)
def test_a_link_that_does_not_open_says_why_and_what_to_do(studio, project, browser_of, spoil, words):
    secret = link_to(studio, project)
    if spoil == "used":
        browser_of().post(f"/join/{secret}", data={"name": "Аня"})
    elif spoil == "revoked":
        (invitation,) = studio.members.invitations(OWNER, project)
        studio.members.revoke(OWNER, project, invitation.id)
    else:
        secret = secret[:-1]
    for reply in (
        browser_of().get(f"/join/{secret}"),
        browser_of().post(f"/join/{secret}", data={"name": "Б"}),
    ):
        assert reply.status_code == 403 and words in reply.text and "<form" not in reply.text
        assert "set-cookie" not in reply.headers


def test_a_name_that_is_none_is_asked_for_again_and_takes_no_place(studio, project, browser_of):
    secret = link_to(studio, project)
    reply = browser_of().post(f"/join/{secret}", data={"name": "х" * 81})
    assert reply.status_code == 400 and "<form" in reply.text and "х" * 81 in reply.text
    assert browser_of().post(f"/join/{secret}", data={"name": "Аня"}).status_code == 303


def test_what_was_typed_is_shown_as_text(studio, project, browser_of):
    reply = browser_of().post(f"/join/{link_to(studio, project)}", data={"name": '"><b>' + "х" * 80})
    assert "<b>" not in reply.text and "&lt;b&gt;" in reply.text


def test_who_is_signed_in_joins_with_one_button_and_stays_who_he_is(studio, project, anyones, browser_of):
    browser = browser_of()
    browser.post("/join", data={"project": anyones, "name": "Аня"})
    person = browser.get("/who").json()["person"]
    secret = link_to(studio, project)
    page = browser.get(f"/join/{secret}").text
    assert "Вы вошли как Аня." in page and "<input" not in page
    assert "set-cookie" not in browser.post(f"/join/{secret}").headers
    assert [person.id for person, _ in studio.members.people(OWNER, project)] == [person]


@pytest.mark.parametrize("spoil", [None, "revoke"])
def test_who_has_joined_comes_back_by_the_same_link_whatever_became_of_it(studio, project, browser_of, spoil):
    secret, browser = link_to(studio, project), browser_of()
    browser.post(f"/join/{secret}", data={"name": "Аня"})
    if spoil:
        studio.members.revoke(OWNER, project, studio.members.invitations(OWNER, project)[0].id)
    for reply in (browser.get(f"/join/{secret}"), browser.post(f"/join/{secret}", data={"name": "Аня"})):
        assert (reply.status_code, reply.headers["location"]) == (303, f"../annotate?project={project}")
    assert len(studio.members.people(OWNER, project)) == 1
    assert browser_of().get(f"/join/{secret}").status_code == 403


def test_somebody_else_at_the_same_browser_signs_out_first(studio, project, anyones, browser_of):
    browser = browser_of()
    browser.post("/join", data={"project": anyones, "name": "Аня"})
    secret = link_to(studio, project)
    reply = browser.post(f"/join/{secret}?lang=en", data={"other": "1"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"./{secret}?lang=en")
    assert browser.get("/who").json() == {"person": ""} and "<input" in browser.get(f"/join/{secret}").text


def test_anyone_joins_what_is_for_anyone_by_telling_a_name(studio, anyones, browser_of):
    browser = browser_of()
    reply = browser.post("/join", data={"project": anyones, "name": "Аня"})
    assert (
        reply.status_code == 200
        and reply.json() == {"project": anyones}
        and "HttpOnly" in reply.headers["set-cookie"]
    )
    ((person, role),) = studio.members.people(OWNER, anyones)
    assert (person.id, person.via, role) == (browser.get("/who").json()["person"], "open", "annotator")
    assert browser.post("/join", data={"project": anyones, "name": "Боря"}).status_code == 200
    assert len(studio.members.people(OWNER, anyones)) == 1


def test_what_is_by_invitation_or_not_open_is_joined_by_no_name(studio, project, anyones, browser_of):
    studio.organising.set_state(OWNER, anyones, "paused")
    for name, code in (
        (project, "project_by_invitation"),
        ("b0", "project_by_invitation"),
        (anyones, "project_not_open"),
    ):
        reply = browser_of().post("/join", data={"project": name, "name": "Аня"})
        assert (reply.status_code, reply.json()["code"]) == (403, code) and "set-cookie" not in reply.headers
    assert studio.members.people(OWNER, project) == []


def test_a_program_does_not_fill_the_journal_with_people(studio, anyones, browser_of):
    browser = browser_of()
    replies = [
        browser_of().post("/join", data={"project": anyones, "name": f"Имя {n}"})
        for n in range(MOST_JOINS + 1)
    ]
    assert [reply.status_code for reply in replies] == [*[200] * MOST_JOINS, 429]
    assert "через минуту" in replies[-1].json()["error"]
    assert browser.get("/who").json() == {"person": ""}


def test_leaving_signs_this_browser_out_here_and_there(studio, anyones, browser_of):
    browser = browser_of()
    browser.post("/join", data={"project": anyones, "name": "Аня"})
    token = browser.cookies[PERSON_COOKIE]
    reply = browser.post("/leave?lang=en")
    assert (reply.status_code, reply.headers["location"]) == (303, "./en-annotate")
    assert browser.get("/who").json() == {"person": ""}
    assert studio.members.signed_in(token) is None
    assert browser_of().post("/leave").status_code == 303


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_the_page_of_another_site_does_nothing_here(studio, project, anyones, browser_of, headers):
    browser = browser_of()
    secret = link_to(studio, project)
    assert browser.post(f"/join/{secret}", data={"name": "Аня"}, headers=headers).status_code == 403
    assert browser.post("/join", data={"project": anyones, "name": "Аня"}, headers=headers).status_code == 403
    assert not studio.members.people(OWNER, project) and not studio.members.people(OWNER, anyones)
    browser.post("/join", data={"project": anyones, "name": "Аня"})
    assert browser.post("/leave", headers=headers).status_code == 403
    assert browser.post("/who", headers=headers).json() == {"person": ""}
    assert browser.get("/who", headers=headers).json() != {"person": ""}


def test_in_the_frame_of_a_space_the_cookie_is_kept_and_stays_there(studio, anyones, browser_of):
    studio.settings = replace(studio.settings, on_space=True)
    reply = browser_of().post(
        "/join", data={"project": anyones, "name": "Аня"}, headers={"x-forwarded-proto": "https"}
    )
    cookie = reply.headers["set-cookie"]
    assert all(part in cookie for part in ("SameSite=none", "Secure", "HttpOnly", "Partitioned"))
