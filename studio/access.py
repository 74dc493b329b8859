"""Who asks, and what gold they may see. One place decides; everything is denied unless it says otherwise."""

import hmac
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import unquote

from studio.core.run import Viewer
from studio.settings import Settings

KEY_COOKIE = "studio_key"
ANNOTATING_COOKIE = "studio_annotating"


def viewer_of(cookies: Mapping[str, str], client_host: str | None, settings: Settings) -> Viewer:
    """The viewer behind a request. The owner presents the key; where no key is set, whoever sits at this machine."""
    tickets = tuple(
        part for part in cookies.get(ANNOTATING_COOKIE, "").replace("%2C", ",").split(",") if part
    )
    if settings.owner_key:
        owner = hmac.compare_digest(
            unquote(cookies.get(KEY_COOKIE, "")).encode(), settings.owner_key.encode()
        )
    else:
        # A client's address can be forged by a forwarding header, so it counts only where no other machine can connect.
        owner = settings.local and not settings.on_space and _local(client_host)
    return Viewer("owner" if owner else "visitor", tickets)


def may_see_gold(viewer: Viewer, access: str, annotates_task: bool) -> bool:
    """Gold of a task being annotated in this browser is withheld from everyone; private gold from visitors."""
    if annotates_task:
        return False
    return viewer.role == "owner" or access == "public"


def may_change(viewer: Viewer) -> bool:
    """Deleting runs is for the owner."""
    return viewer.role == "owner"


def _local(host: str | None) -> bool:
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
