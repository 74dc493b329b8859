"""A plain web address for logs of other tools: a POST of files to `./runs/import` makes runs of them.

Logs are larger than what Gradio's own upload takes here. They go to the disk as they come and are erased when they have
been read; what they become is kept. How much a visitor may bring is the studio's to say (`studio.service.importing`).
"""

import asyncio
import tempfile
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from components.downloads import status_of
from components.uploads import UPLOAD_WITHIN_S, Turns
from components.who import foreign, viewer
from components.widgets.import_form import imported_html
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.logs import ImportedRun
from studio.core.run import Viewer
from studio.service import Studio
from studio.texts import Lang, describe

OWNER_MB = 1024  # of one upload; larger logs are imported by the command line
MOST_FILES = 200
MOST_NAME = 200  # bytes of a file's name
MOST_AT_ONCE = 2  # reading a log costs seconds of a core


def import_routes(studio: Studio, *, owner_mb: float = OWNER_MB) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`."""
    turns = Turns(MOST_AT_ONCE, "log_busy")

    async def take(request: Request) -> Response:
        lang: Lang = "en" if request.query_params.get("lang") == "en" else "ru"
        try:
            if foreign(request):
                raise NotAllowed("other_site")
            with turns.taken():
                runs = await _received(studio, request, owner_mb)
        except StudioError as error:
            return JSONResponse({"error": describe(error, lang)}, status_code=_status(error))
        except (ClientDisconnect, TimeoutError, MultiPartException):
            return Response(status_code=408)
        return JSONResponse({"html": imported_html(runs, lang), "runs": [run.run for run in runs]})

    return [Route("/runs/import", take, methods=["POST"])]


async def _received(studio: Studio, request: Request, owner_mb: float) -> list[ImportedRun]:
    who = viewer(studio, request)
    most_mb = owner_mb if who.role == "owner" else studio.visitor_import_mb
    stated = request.headers.get("content-length", "")
    # The server stops reading at the stated length, so what is stated is what can come.
    if not stated.isdecimal() or int(stated) > most_mb * 2**20:
        raise BadInput("log_upload_large", most=f"{most_mb:g}")
    async with asyncio.timeout(
        UPLOAD_WITHIN_S
    ):  # for the files alone: nothing stops a thread that reads them
        form = await request.form(max_files=MOST_FILES, max_fields=10)
    try:
        with tempfile.TemporaryDirectory(prefix="studio-import-") as folder:
            paths = await run_in_threadpool(_written, form, Path(folder))
            return await run_in_threadpool(_imported, studio, paths, form, who)
    finally:
        await form.close()


def _written(form: FormData, folder: Path) -> list[Path]:
    """The files under their own names, each in a folder of its own: two may have one name."""
    paths = []
    for number, upload in enumerate(form.getlist("files")):
        if not isinstance(upload, UploadFile) or not upload.filename:
            continue
        path = folder / str(number) / _name(upload.filename)
        path.parent.mkdir()
        with path.open("wb") as file:
            while chunk := upload.file.read(2**20):
                file.write(chunk)
        paths.append(path)
    if not paths:
        raise BadInput("log_no_files")
    return paths


def _name(sent: str) -> str:
    """The file's own name, its end where it is longer than a disk takes: that is counted in bytes."""
    name = PurePosixPath(sent.replace("\\", "/").replace("\0", "")).name
    return name.encode("utf-8", "ignore")[-MOST_NAME:].decode("utf-8", "ignore").lstrip(".") or "log"


def _imported(studio: Studio, paths: list[Path], form: FormData, viewer: Viewer) -> list[ImportedRun]:
    model, judge = str(form.get("model") or "").strip()[:200], "auto" if form.get("judge") else "none"
    return studio.import_logs(paths, viewer, model=model, judge=judge)


def _status(error: StudioError) -> int:
    code = error.problem.code
    large = {"log_upload_large": 413, "log_too_large": 413, "visitor_log_large": 413}
    return {**large, "log_busy": 503}.get(code, 400 if isinstance(error, BadInput) else status_of(error))
