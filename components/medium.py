"""`./media/SEAL/FILE`: a picture, a sound or a clip, for whom a page has shown it to (`links.media_base`).

The name is made of the content's hash, so whoever has the file once need not ask again. Parts of a clip or a sound are
sent as a player asks for them (Range).
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import whose
from components.nowhere import not_found
from components.who import viewer
from studio.service import Studio

# What published media may be. Notes about them lie in the same folder and are nobody's.
_TYPES: Mapping[str, str] = {
    ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
    ".wav": "audio/wav", ".flac": "audio/flac", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4",
    ".aac": "audio/aac", ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip
_HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


def medium_routes(studio: Studio) -> list[BaseRoute]:
    """The route for `launch(app_kwargs={"routes": …})`."""

    async def medium(request: Request) -> Response:
        found = await run_in_threadpool(_found, studio, request)
        return found or await not_found(request, HTTPException(404))

    return [Route("/media/{seal}/{file:path}", medium, methods=["GET"])]


def _found(studio: Studio, request: Request) -> Response | None:
    """The file for whoever asks. That it is there, and not for him, is told to nobody."""
    file = request.path_params["file"]
    kind = _TYPES.get(PurePosixPath(file).suffix)
    path = studio.seals.opened(request.path_params["seal"], file, whose(viewer(studio, request)))
    return FileResponse(path, media_type=kind, headers=_HEADERS) if kind and path else None
