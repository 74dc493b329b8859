"""How people write the addresses of servers, and where keys are taken from."""

import json

import pytest

from studio.core.errors import BadInput
from studio.servers import base_urls, is_near, key_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000/v1"),
        ("http://gpu:8000/", "http://gpu:8000/v1"),
        ("https://router.example/v1/chat/completions", "https://router.example/v1"),
        ("https://x.example/openai/v2", "https://x.example/openai/v2"),
    ],
)
def test_addresses_are_completed(typed: str, meant: str) -> None:
    assert base_urls([typed]) == (meant,)


def test_several_addresses_may_stand_in_one_field_and_count_once() -> None:
    assert base_urls(["a:1, b:2\nhttp://a:1/v1"]) == ("http://a:1/v1", "http://b:2/v1")


@pytest.mark.parametrize("typed", ["ftp://x", "http://", "http://x:port", "http://x/v1?key=1"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        base_urls([typed])
    assert raised.value.problem.code == "server_address"


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadInput) as raised:
        base_urls(["https://me:hunter2@x.example/v1"])
    assert raised.value.problem.code == "server_password"
    assert "hunter2" not in json.dumps(raised.value.problem.to_json())


def test_a_key_is_taken_from_the_variable_that_is_named() -> None:
    assert key_of("MY_KEY", {"MY_KEY": "secret"}) == "secret"
    assert key_of("", {"OPENAI_API_KEY": "secret"}) == "EMPTY"
    for name, code in (("MY_KEY", "server_key_missing"), ("sk-123 456", "server_key_name")):
        with pytest.raises(BadInput) as raised:
            key_of(name, {})
        assert raised.value.problem.code == code


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("[::1]", True),
        ("10.1.2.3", True),
        ("192.168.0.7", True),
        ("8.8.8.8", False),
        ("gpu", False),
        ("router.example", False),
    ],
)
def test_a_server_of_this_machine_or_of_a_private_network_is_near(host: str, near: bool) -> None:
    assert is_near(f"http://{host}:8000/v1") is near
