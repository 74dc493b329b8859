"""Who asks: the viewer behind a request, of Gradio or of a plain address. Handlers that return gold call this; nobody
in particular sees none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
from starlette.requests import Request
from starlette.responses import Response

from components.accounts import account_of
from studio.access import PERSON_COOKIE, is_author
from studio.core.run import Viewer
from studio.service import Studio

EVERYONES = "all"  # of the address's `people`
SEALED = "hidden"  # of the address's `scores`
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def viewer(studio: Studio, request: gr.Request | Request | None) -> Viewer:
    """The viewer of a request by its cookies, its Hugging Face account and its client address; without a request, or
    when the page of another site has made a browser act here, a visitor."""
    if request is None or foreign(request):
        return Viewer()
    cookies, host = dict(request.cookies), request.client.host if request.client else ""
    # what a page's script asks by itself comes without the tab's session
    found = studio.viewer(cookies, host, getattr(request, "session_hash", None) or "")
    account = account_of(request, studio.settings)
    person = studio.members.here(cookies.get(PERSON_COOKIE, ""), account)
    owner = found.role == "owner" or is_author(account, studio.settings)
    return replace(found, person=person.id if person else "", role="owner" if owner else "visitor")


def foreign(request: gr.Request | Request) -> bool:
    """Whether a page of another site sent this to do something here: its browser's rights are not that page's."""
    if getattr(request, "method", "POST") in _READING:
        return False
    headers = request.headers
    site = headers.get("sec-fetch-site")
    if site is None and (origin := headers.get("origin")):
        ours = {headers.get("host"), headers.get("x-forwarded-host")}
        site = "same-origin" if urlsplit(origin).netloc in ours else "cross-site"
    return site not in {None, "same-origin", "none"}


def remember(
    reply: Response, name: str, value: str, request: Request, studio: Studio, stays_s: float
) -> None:
    """Has the browser keep a cookie that no script of a page can read; an empty value has it forgotten.

    On a Space the page may stand in a frame of huggingface.co. There a browser sends only cookies that are marked
    for it (SameSite=None) and, where strangers' cookies are blocked, those kept for this frame alone (Partitioned).
    """
    https = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    framed = studio.settings.on_space and https
    reply.set_cookie(
        name,
        value,
        max_age=int(stays_s) if value else 0,
        httponly=True,
        samesite="none" if framed else "lax",
        secure=https,
    )
    if framed:
        key, cookie = reply.raw_headers[-1]
        reply.raw_headers[-1] = (key, cookie + b"; Partitioned")


def reviewer_of(data: Mapping[str, Any]) -> str:
    """Who labels in this browser; empty before the name is told."""
    name = data.get("reviewer")
    return " ".join(name[:80].split()) if isinstance(name, str) else ""


def blind(who: Viewer, data: Mapping[str, Any]) -> Viewer:
    """Whoever looks, as the reviewer of this browser unless the address asks for everyone's labels; told scores only
    beside own labels where the address says so."""
    name = reviewer_of(data)
    if data.get("scores") == SEALED:
        who = replace(who, sealed=name)
    return who if data.get("people") == EVERYONES else replace(who, reviewer=name)


def whose_labels(who: Viewer) -> dict[str, str]:
    """What the address of a file says, so that it counts the labels which this reviewer is shown on the page."""
    return {"people": EVERYONES} if who.reviewer is None else {"reviewer": who.reviewer}
