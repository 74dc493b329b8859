"""Plain web addresses beside Gradio's: a run as a SQLite file, `./export/RUN.sqlite`, or as logs of lm-eval,
`./export/RUN.lm-eval.zip`.

An ordinary link needs no session and no queue, can be copied and works with curl; who asks is checked like anywhere.
"""

import re
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import board_asked
from components.owner import language
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.leaderboard import BoardFormat
from studio.core.run import RunView
from studio.service import Studio
from studio.texts import LANGS, Lang, describe

_FORMS: Mapping[str, BoardFormat] = {"csv": "csv", "tex": "latex", "png": "png"}
_TYPES: Mapping[BoardFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "latex": "application/x-latex; charset=utf-8",
    "png": "image/png",
}
_NOT_NAME = re.compile(r"[^0-9A-Za-zА-Яа-яЁё._-]+")


def routes(studio: Studio) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`."""

    async def export(request: Request) -> Response:
        try:
            return await run_in_threadpool(_exported, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, language(request)), status_code=status_of(error))

    async def export_log(request: Request) -> Response:
        try:
            return await run_in_threadpool(_exported_log, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, language(request)), status_code=status_of(error))

    async def board(request: Request) -> Response:
        try:
            return await run_in_threadpool(_board, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, _lang(request)), status_code=status_of(error))

    return [
        Route("/export/{run_id}.sqlite", export, methods=["GET"]),
        Route("/export/{run_id}.lm-eval.zip", export_log, methods=["GET"]),
        Route("/leaderboard.{ending:str}", board, methods=["GET"]),
    ]


def file_name(run: RunView) -> str:
    """`mera-studio_embedded_2026-11-21_r1121-abc123.sqlite`: says model and date."""
    model = _NOT_NAME.sub("-", run.model).strip("-.")[-60:]
    day = time.strftime("%Y-%m-%d", time.gmtime(run.started_at or run.created_at))
    return f"mera-studio_{model}_{day}_{_NOT_NAME.sub('-', run.id)[:40]}.sqlite"


def _board(studio: Studio, request: Request) -> Response:
    """The leaderboard that the address names, as a file."""
    form = _FORMS.get(request.path_params["ending"])
    if form is None:
        raise BadInput("board_no_form", name=request.path_params["ending"], known=", ".join(_FORMS))
    who = studio.viewer(request.cookies, request.client.host if request.client else None)
    asked = board_asked(request.query_params)
    data = studio.leaderboard_file(asked, form, _lang(request), who)
    name = "-".join(["mera-studio-leaderboard", *([asked.suite] if asked.suite else [])])
    headers = {"content-disposition": f'attachment; filename="{name}.{request.path_params["ending"]}"'}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _lang(request: Request) -> Lang:
    """The language that the address asks for, else the reader's."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGS if lang == asked), language(request))


def _exported(studio: Studio, request: Request) -> Response:
    """Writes the file to a folder of its own, which goes when it has been sent."""
    run = studio.run(request.path_params["run_id"])
    viewer = studio.viewer(request.cookies, request.client.host if request.client else None)
    folder = tempfile.TemporaryDirectory(prefix="studio-export-")
    try:
        path = studio.export(run.id, Path(folder.name) / "run.sqlite", viewer)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        path,
        media_type="application/vnd.sqlite3",
        filename=file_name(run),
        background=BackgroundTask(folder.cleanup),
    )


def _exported_log(studio: Studio, request: Request) -> Response:
    """The run as logs of lm-eval, in a zip."""
    run = studio.run(request.path_params["run_id"])
    viewer = studio.viewer(request.cookies, request.client.host if request.client else None)
    folder = tempfile.TemporaryDirectory(prefix="studio-export-")
    try:
        files = studio.export_log(run.id, Path(folder.name) / "logs", viewer)
        target = Path(folder.name) / "logs.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        target,
        media_type="application/zip",
        filename=f"{file_name(run).removesuffix('.sqlite')}_lm-eval.zip",
        background=BackgroundTask(folder.cleanup),
    )


def status_of(error: StudioError) -> int:
    """The HTTP status of a refusal."""
    if isinstance(error, NotAllowed):
        return 403
    return 404 if isinstance(error, BadInput) else 500
