"""Addresses of servers as people type them, and the key that a server wants."""

import ipaddress
import os
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

from studio.core.errors import BadInput

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NO_KEY = "EMPTY"  # what servers without a key are sent by custom


def base_urls(given: Sequence[str]) -> tuple[str, ...]:
    """Base URLs of OpenAI-compatible servers, each once, in order; `host:8000` is completed to `http://host:8000/v1`.

    Raises BadInput for what is no address of a server, and for one that carries a password: addresses are stored.
    """
    found: dict[str, None] = {}
    for text in given:
        for part in re.split(r"[\s,;]+", text):
            if part:
                found.setdefault(_base_url(part))
    return tuple(found)


def is_near(url: str) -> bool:
    """Whether a base URL names this machine or one of a private network, as far as the address alone tells: other names
    are not looked up."""
    host = urlsplit(url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_private or address.is_loopback or address.is_link_local


def key_of(env: str, environ: Mapping[str, str] = os.environ) -> str:
    """The key in the named variable; without a name none is sent. Raises BadInput when the variable is not set."""
    if not env:
        return NO_KEY
    if not _ENV_NAME.fullmatch(env):
        raise BadInput("server_key_name", name=env[:40])
    if not environ.get(env):
        raise BadInput("server_key_missing", name=env)
    return environ[env]


def _base_url(text: str) -> str:
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for what is no number
    except ValueError as error:
        raise BadInput("server_address", url=text) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BadInput("server_address", url=text)
    if parts.username is not None or parts.password is not None:
        raise BadInput("server_password", url=parts.hostname)
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
