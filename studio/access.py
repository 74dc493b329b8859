"""Who asks, what gold they may see and which runs they may steer. One place decides; everything is denied unless it
says otherwise."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote

from studio.core.run import Viewer
from studio.settings import Settings

KEY_COOKIE = "studio_key"
PERSON_COOKIE = (
    "studio_person"  # the token of somebody who joined: kept here as a hash, out of scripts' reach
)
BROWSER_COOKIE = "studio_browser"  # a random word that header.js makes up once for each browser
_SHORTEST_SECRET, _LONGEST_SECRET = 16, 128


@dataclass(frozen=True)
class Account:
    """Somebody whom Hugging Face vouches for: the login, which is one person's alone, and the name to show."""

    login: str
    name: str


def viewer_of(
    cookies: Mapping[str, str], client_host: str | None, settings: Settings, session: str = ""
) -> Viewer:
    """The viewer behind a request. The owner presents the key; where no key is set, whoever sits at this machine.

    A browser that keeps no cookies is known by its tab's `session` instead, as long as the tab is open.
    """
    if settings.owner_key:
        owner = hmac.compare_digest(
            unquote(cookies.get(KEY_COOKIE, "")).encode(), settings.owner_key.encode()
        )
    else:
        # A client's address can be forged by a forwarding header, so it counts only where no other machine can connect.
        owner = settings.local and not settings.on_space and _local(client_host)
    return Viewer("owner" if owner else "visitor", _mark(cookies.get(BROWSER_COOKIE, ""), session))


def is_author(account: Account | None, settings: Settings) -> bool:
    """Whether this is the account that the Space belongs to: it can read the studio's key and change its code, so it
    owns the studio without the key. A Space of an organisation has no such account."""
    return account is not None and bool(settings.space_author) and account.login == settings.space_author


def may_see_gold(viewer: Viewer, access: str, annotates_task: bool) -> bool:
    """Gold of a task being annotated in this browser is withheld from everyone; private gold from visitors."""
    if annotates_task:
        return False
    return viewer.role == "owner" or access == "public"


def may_change(viewer: Viewer) -> bool:
    """Deleting runs is for the owner."""
    return viewer.role == "owner"


def _mark(secret: str, session: str) -> str:
    """What is kept of a browser's secret: its sha256 (hex), so that nobody who reads the database can pass for it."""
    known = secret if _SHORTEST_SECRET <= len(secret) <= _LONGEST_SECRET else ""
    word = f"browser:{known}" if known else f"tab:{session}" if session else ""
    return hashlib.sha256(word.encode()).hexdigest() if word else ""


def _local(host: str | None) -> bool:
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
