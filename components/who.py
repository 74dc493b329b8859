"""Who asks: the viewer behind a request, of Gradio or of a plain address. Handlers that return gold call this; nobody
in particular sees none."""

import gradio as gr
from starlette.requests import Request

from studio.core.run import Viewer
from studio.service import Studio


def viewer(studio: Studio, request: gr.Request | Request | None) -> Viewer:
    """The viewer of a request by its cookies and client address; without a request, a visitor."""
    if request is None:
        return Viewer()
    host = request.client.host if request.client else ""
    # what a page's script asks by itself comes without the tab's session
    return studio.viewer(dict(request.cookies), host, getattr(request, "session_hash", None) or "")
