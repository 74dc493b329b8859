"""Who vouches for somebody besides the studio itself: on a Space, Hugging Face.

Gradio's OAuth keeps what Hugging Face said in the session of the request, a cookie signed with the Space's own secret
(`gradio.oauth.attach_oauth`). Elsewhere there is no such session and nobody vouches: Gradio's stand-in for OAuth signs
everybody in under the name of whoever runs the server, so it is never started.
"""

import time
from collections.abc import Mapping, MutableMapping
from typing import Any

import gradio as gr
from starlette.requests import HTTPConnection

from studio.access import Account
from studio.settings import Settings

LOGIN, LOGOUT = "login/huggingface", "logout"  # Gradio's own addresses
_SAID = "oauth_info"


class SignedInBlocks(gr.Blocks):
    """Pages of a Space that people sign in to: Gradio adds its addresses for that when it serves them."""

    @property
    def expects_oauth(self) -> bool:
        """Asked by Gradio; of itself it says so only where a page has a login button of Gradio's."""
        return True


def blocks_of(settings: Settings) -> type[gr.Blocks]:
    """What the pages are built in."""
    return SignedInBlocks if settings.oauth else gr.Blocks


def account_of(request: gr.Request | HTTPConnection, settings: Settings) -> Account | None:
    """The account that Hugging Face vouches for in this browser, while its word holds."""
    said = _session(request).get(_SAID) if settings.oauth else None
    if not isinstance(said, Mapping) or _over(said.get("expires_at")):
        return None
    user = said.get("userinfo")
    login = user.get("preferred_username") if isinstance(user, Mapping) else None
    if not isinstance(login, str) or not login:
        return None
    name = user.get("name")
    return Account(login, name if isinstance(name, str) and name.strip() else login)


def forget(request: HTTPConnection) -> None:
    """Signs the browser out of what Hugging Face said of it."""
    _session(request).pop(_SAID, None)


def _over(expires_at: Any) -> bool:
    return isinstance(expires_at, int | float) and expires_at < time.time()


def _session(request: gr.Request | HTTPConnection) -> MutableMapping[str, Any]:
    plain = request.request if isinstance(request, gr.Request) else request
    found = plain.scope.get("session") if plain is not None else None
    return found if isinstance(found, MutableMapping) else {}
