"""The owner's door: the key opens it, anything else does not, and the cookie is out of scripts' reach."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.owner import owner_routes
from studio.access import KEY_COOKIE
from studio.engines.scripted import ScriptedEngine
from tests.support import scripted_studio


@pytest.fixture
def door(tmp_path):
    studio = scripted_studio(tmp_path, ScriptedEngine({}), data=tmp_path / "no-demo")
    studio.settings = replace(studio.settings, owner_key="key-0123456789")
    with TestClient(
        Starlette(routes=owner_routes(studio, guess_costs_s=0.0)), follow_redirects=False
    ) as client:
        yield client
    studio.close()


def test_the_key_opens(door):
    assert "STUDIO_OWNER_KEY" in door.get("/owner").text
    reply = door.post("/owner", data={"key": "key-0123456789"})
    assert reply.status_code == 303 and reply.headers["location"] == "./organise", (
        "the page whose header says who one is"
    )
    cookie = reply.headers["set-cookie"]
    assert (
        cookie.startswith(f"{KEY_COOKIE}=key-0123456789")
        and "HttpOnly" in cookie
        and "SameSite=lax" in cookie
    )


@pytest.mark.parametrize("given", [{"key": "другой"}, {"key": ""}, {}, {"other": "key-0123456789"}])
def test_anything_else_does_not(door, given):
    reply = door.post("/owner", data=given, headers={"referer": "http://testserver/en-organise"})
    assert (
        reply.status_code == 403
        and "set-cookie" not in reply.headers
        and "That is not the key." in reply.text
    )


def test_behind_https_the_cookie_stays_there(door):
    reply = door.post("/owner", data={"key": "key-0123456789"}, headers={"x-forwarded-proto": "https"})
    assert "Secure" in reply.headers["set-cookie"]


def test_without_a_key_there_is_nothing_to_enter(tmp_path):
    studio = scripted_studio(tmp_path, ScriptedEngine({}), data=tmp_path / "no-demo")
    with TestClient(Starlette(routes=owner_routes(studio, guess_costs_s=0.0))) as client:
        page = client.get("/owner").text
        assert "<form" not in page and "Ключ не задан" in page
        assert client.post("/owner", data={"key": ""}).status_code == 403
    studio.close()


def test_the_door_speaks_the_language_that_one_came_with(door):
    assert "STUDIO_OWNER_KEY" in door.get("/owner", headers={"accept-language": "en"}).text
    assert 'lang="ru"' in door.get("/owner", headers={"accept-language": "en"}).text
    page = door.get("/owner?lang=en").text
    assert 'lang="en"' in page and 'action="./owner?lang=en"' in page
    reply = door.post("/owner?lang=en", data={"key": "key-0123456789"})
    assert reply.headers["location"] == "./en-organise"
