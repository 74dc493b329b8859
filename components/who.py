"""Who asks: the viewer behind a request, of Gradio or of a plain address. Handlers that return gold call this; nobody
in particular sees none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import gradio as gr
from starlette.requests import Request

from studio.core.run import Viewer
from studio.service import Studio

EVERYONES = "all"  # of the address's `people`
SEALED = "hidden"  # of the address's `scores`


def viewer(studio: Studio, request: gr.Request | Request | None) -> Viewer:
    """The viewer of a request by its cookies and client address; without a request, a visitor."""
    if request is None:
        return Viewer()
    host = request.client.host if request.client else ""
    # what a page's script asks by itself comes without the tab's session
    return studio.viewer(dict(request.cookies), host, getattr(request, "session_hash", None) or "")


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
