"""Plain web addresses of submissions: `./submission/archive.zip?runs=A,B` gives the archive of runs, a POST of a zip to
`./submission/check` says what is wrong with it.

A whole submission is larger than what Gradio's own upload takes here, and every other upload should stay as small as it
is; so this one has a road and a limit of its own. The file goes to the disk as it comes and is erased when checked.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.downloads import name_part, sent_file, status_of
from components.owner import language
from components.pages.submission import MOST_MB, WHOLE_MB, in_turn, packed_into, runs_of
from components.pages.submission_view import checked_head, report_html
from components.uploads import UPLOAD_WITHIN_S, Turns
from components.who import viewer
from studio.core.errors import BadInput, StudioError
from studio.core.submission import SubmissionReport
from studio.service import Studio
from studio.texts import Lang, describe

MOST_UPLOADS = 4
LONGEST_NAME = 120


def submission_routes(studio: Studio, *, most_mb: float = MOST_MB) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`."""
    uploads = _Uploads(most_mb)

    async def archive(request: Request) -> Response:
        try:
            return await run_in_threadpool(_packed, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, language(request)), status_code=status_of(error))

    async def check(request: Request) -> Response:
        lang: Lang = "en" if request.query_params.get("lang") == "en" else "ru"
        try:
            html = await uploads.received(request, lambda path: _checked(studio, request, path, lang))
        except StudioError as error:
            return JSONResponse({"error": describe(error, lang)}, status_code=_status(error))
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=408)
        return JSONResponse({"html": html})

    return [
        Route("/submission/archive.zip", archive, methods=["GET"]),
        Route("/submission/check", check, methods=["POST"]),
    ]


class _Uploads:
    """Files that are arriving: few at once, each no larger than it may be, none for ever."""

    def __init__(self, most_mb: float) -> None:
        self._most_mb = most_mb
        self._turns = Turns(MOST_UPLOADS, "submission_busy")

    async def received(self, request: Request, use: Callable[[Path], Awaitable[str]]) -> str:
        """What `use` makes of the file. Raises BadInput, TimeoutError, ClientDisconnect."""
        with self._turns.taken(), tempfile.TemporaryDirectory(prefix="studio-check-") as folder:
            path = Path(folder) / "archive.zip"
            async with asyncio.timeout(UPLOAD_WITHIN_S):
                await self._written(request, path)
            return await use(path)

    async def _written(self, request: Request, path: Path) -> None:
        most = int(self._most_mb * 2**20)
        stated = request.headers.get("content-length", "")
        size = 0
        if stated.isdecimal() and int(stated) > most:
            raise self._too_large()
        with path.open("wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise self._too_large()
                file.write(chunk)
        if not size:
            raise BadInput("submission_empty")

    def _too_large(self) -> BadInput:
        return BadInput("submission_large", mb=f"{self._most_mb:g}", whole=WHOLE_MB)


async def _checked(studio: Studio, request: Request, path: Path, lang: Lang) -> str:
    name = PurePosixPath(request.query_params.get("name", "").replace("\\", "/")).name[-LONGEST_NAME:]
    partial = bool(request.query_params.get("partial"))

    def report() -> SubmissionReport:
        with in_turn():
            return studio.check_archive(path, name=name or "archive.zip", partial=partial)

    found = await run_in_threadpool(report)
    return report_html(found, studio.mera(), checked_head(name or "archive.zip", lang), lang)


def _packed(studio: Studio, request: Request) -> Response:
    """The archive of the runs that the address names."""
    who = viewer(studio, request)
    runs = runs_of(request.query_params.get("runs"))
    if not runs:
        raise BadInput("submission_no_runs")

    def made(folder: Path) -> Path:
        target = folder / "submission.zip"
        packed_into(studio, runs, target, who, bool(request.query_params.get("partial")))
        return target

    return sent_file(made, "application/zip", lambda: _file_name(studio.run(runs[0]).model))


def _file_name(model: str) -> str:
    """`mera_qwen2.5-vl-7b_2026-11-21.zip`."""
    return f"mera_{name_part(PurePosixPath(model).name)}_{time.strftime('%Y-%m-%d', time.gmtime())}.zip"


def _status(error: StudioError) -> int:
    code = error.problem.code
    return {"submission_large": 413, "submission_busy": 503}.get(code, status_of(error))
