"""Plain web addresses beside Gradio's: a run as a SQLite file, `./export/RUN.sqlite`, or as logs of lm-eval,
`./export/RUN.lm-eval.zip`.

An ordinary link needs no session and no queue, can be copied and works with curl; who asks is checked like anywhere.
"""

import re
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import board_asked
from components.owner import language
from components.who import viewer
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.leaderboard import MOST_RUNS, BoardFormat
from studio.core.plots import CHART_FORMATS, ChartAsked, ChartFormat
from studio.core.run import RunView
from studio.service import Studio
from studio.texts import LANGS, Lang, describe

_FORMS: Mapping[str, BoardFormat] = {"csv": "csv", "tex": "latex", "png": "png"}
_TYPES: Mapping[BoardFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "latex": "application/x-latex; charset=utf-8",
    "png": "image/png",
}
_CHARTS: Mapping[ChartFormat, str] = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
}
LONGEST = 2_000  # characters of a value in an address
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

    async def report(request: Request) -> Response:
        try:
            return await run_in_threadpool(_report, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, language(request)), status_code=status_of(error))

    async def chart(request: Request) -> Response:
        try:
            return await run_in_threadpool(_chart, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, _lang(request)), status_code=status_of(error))

    return [
        Route("/chart/{name}.{ending:str}", chart, methods=["GET"]),
        Route("/report/{job}.html", report, methods=["GET"]),
        Route("/export/{run_id}.sqlite", export, methods=["GET"]),
        Route("/export/{run_id}.lm-eval.zip", export_log, methods=["GET"]),
        Route("/leaderboard.{ending:str}", board, methods=["GET"]),
    ]


def file_name(run: RunView) -> str:
    """`mera-studio_embedded_2026-11-21_r1121-abc123.sqlite`: says model and date."""
    day = time.strftime("%Y-%m-%d", time.gmtime(run.started_at or run.created_at))
    return f"mera-studio_{name_part(run.model)}_{day}_{_NOT_NAME.sub('-', run.id)[:40]}.sqlite"


def name_part(text: str) -> str:
    """A text as part of a file's name: letters, digits, points; the last sixty characters."""
    return _NOT_NAME.sub("-", text).strip("-.")[-60:]


def sent_file(make: Callable[[Path], Path], media_type: str, name: Callable[[], str]) -> FileResponse:
    """The file that `make` writes into a folder of its own, which goes when the file has been sent, or when nothing
    came of it. `name` is asked afterwards: what cannot be made has none."""
    with ExitStack() as undo:
        folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="studio-send-"))
        path = make(Path(folder))
        called = name()
        erase = BackgroundTask(undo.pop_all().close)
    return FileResponse(path, media_type=media_type, filename=called, background=erase)


def _board(studio: Studio, request: Request) -> Response:
    """The leaderboard that the address names, as a file."""
    form = _FORMS.get(request.path_params["ending"])
    if form is None:
        raise BadInput("board_no_form", name=request.path_params["ending"], known=", ".join(_FORMS))
    who = viewer(studio, request)
    asked = board_asked(request.query_params)
    data = studio.leaderboard_file(asked, form, _lang(request), who)
    name = "-".join(["mera-studio-leaderboard", *([asked.suite] if asked.suite else [])])
    headers = {"content-disposition": f'attachment; filename="{name}.{request.path_params["ending"]}"'}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _chart(studio: Studio, request: Request) -> Response:
    """The chart that the address names; its query is that of the chart's page."""
    name, ending = request.path_params["name"], request.path_params["ending"]
    form = next((form for form in CHART_FORMATS if form == ending), None)
    if form is None:
        raise BadInput("chart_form", file=f"{name}.{ending}")
    options = {key: value[:LONGEST] for key, value in request.query_params.items()}
    runs = (options.pop("runs", "") or options.pop("run", "")).split(",")
    asked = ChartAsked(name, tuple(run for run in runs[:MOST_RUNS] if run), options)
    data = studio.charts.file(asked, form, _lang(request), viewer(studio, request))
    called = "_".join(["mera-studio", name, *(name_part(run)[:40] for run in asked.runs[:2])])
    headers = {"content-disposition": f'attachment; filename="{called}.{form}"'}
    return Response(data, media_type=_CHARTS[form], headers=headers)


def _lang(request: Request) -> Lang:
    """The language that the address asks for, else the reader's."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGS if lang == asked), language(request))


def _exported(studio: Studio, request: Request) -> Response:
    """The run as a SQLite file."""
    run, who = studio.run(request.path_params["run_id"]), viewer(studio, request)

    def made(folder: Path) -> Path:
        return studio.export(run.id, folder / "run.sqlite", who)

    return sent_file(made, "application/vnd.sqlite3", lambda: file_name(run))


def _report(studio: Studio, request: Request) -> Response:
    """A report that a page had made; its name is a secret of whoever asked for it."""
    job = studio.reports.job(request.path_params["job"])
    return FileResponse(studio.reports.file(job.id), media_type="text/html; charset=utf-8", filename=job.name)


def _exported_log(studio: Studio, request: Request) -> Response:
    """The run as logs of lm-eval, in a zip."""
    run, who = studio.run(request.path_params["run_id"]), viewer(studio, request)

    def made(folder: Path) -> Path:
        target = folder / "logs.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in studio.export_log(run.id, folder / "logs", who):
                archive.write(file, file.name)
        return target

    return sent_file(made, "application/zip", lambda: f"{file_name(run).removesuffix('.sqlite')}_lm-eval.zip")


def status_of(error: StudioError) -> int:
    """The HTTP status of a refusal."""
    if isinstance(error, NotAllowed):
        return 403
    return 404 if isinstance(error, BadInput) else 500
