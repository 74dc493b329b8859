"""Who is the owner, and who sees gold."""

from pathlib import Path

import pytest

from studio.access import may_see_gold, viewer_of
from studio.core.run import Viewer
from studio.settings import Settings


def settings(**known):
    return Settings(home=Path("/nowhere"), db=Path("/nowhere/db"), **known)


@pytest.mark.parametrize(
    ("known", "cookies", "host", "role"),
    [
        ({}, {}, "127.0.0.1", "owner"),
        ({}, {}, "::1", "owner"),
        ({}, {}, "192.168.0.7", "visitor"),
        ({}, {}, None, "visitor"),
        ({"on_space": True}, {}, "127.0.0.1", "visitor"),
        ({"local": False}, {}, "127.0.0.1", "visitor"),
        ({"owner_key": "ключ"}, {}, "127.0.0.1", "visitor"),
        ({"owner_key": "ключ"}, {"studio_key": "не тот"}, "127.0.0.1", "visitor"),
        ({"owner_key": "ключ"}, {"studio_key": "ключ"}, "10.0.0.1", "owner"),
    ],
)
def test_the_owner_has_the_key_or_sits_at_the_machine(known, cookies, host, role):
    assert viewer_of(cookies, host, settings(**known)).role == role


@pytest.mark.parametrize(
    ("role", "access", "annotates", "seen"),
    [
        ("owner", "private", False, True),
        ("owner", "public", True, False),
        ("visitor", "public", False, True),
        ("visitor", "private", False, False),
        ("visitor", "public", True, False),
    ],
)
def test_gold_is_denied_unless_it_may_be_seen(role, access, annotates, seen):
    assert may_see_gold(Viewer(role), access, annotates) is seen


@pytest.mark.parametrize(
    ("environ", "local"),
    [
        ({}, True),
        ({"HOST": "127.0.0.1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"GRADIO_SERVER_NAME": "::"}, False),
    ],
)
def test_a_server_open_to_other_machines_makes_nobody_owner_by_address(environ, local, tmp_path):
    assert Settings.from_env({"STUDIO_HOME": str(tmp_path), **environ}).local is local


SECRET = "0123456789abcdef" * 2


def test_a_browser_is_known_by_its_secret_and_marked_without_it():
    first, again = (viewer_of({"studio_browser": SECRET}, None, settings(), tab) for tab in ("a", "b"))
    assert first.browser == again.browser and SECRET not in first.browser
    assert viewer_of({"studio_browser": SECRET[::-1]}, None, settings()).browser != first.browser


@pytest.mark.parametrize("cookie", ["", "short", "x" * 1000])
def test_a_browser_without_a_secret_is_known_by_its_tab_alone(cookie):
    one, other = (viewer_of({"studio_browser": cookie}, None, settings(), tab).browser for tab in ("a", "b"))
    assert one and one != other
    assert viewer_of({"studio_browser": cookie}, None, settings()).browser == ""
