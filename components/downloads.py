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
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import board_asked
from components.owner import language
from components.who import blind, viewer
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.leaderboard import MOST_RUNS, BoardFormat
from studio.core.plots import CHART_FORMATS, ChartAsked, ChartFormat
from studio.core.run import RunView, SampleFilter
from studio.core.sql import SQL_PAGES, SqlAsked
from studio.service import Studio
from studio.texts import LANGS, Lang, describe, t

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
            return PlainTextResponse(describe(error, asked_language(request)), status_code=status_of(error))

    async def statements(request: Request) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(_statements, studio, request))
        except StudioError as error:
            return PlainTextResponse(describe(error, asked_language(request)), status_code=status_of(error))

    async def report(request: Request) -> Response:
        try:
            return await run_in_threadpool(_report, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, language(request)), status_code=status_of(error))

    async def chart(request: Request) -> Response:
        try:
            return await run_in_threadpool(_chart, studio, request)
        except StudioError as error:
            return PlainTextResponse(describe(error, asked_language(request)), status_code=status_of(error))

    return [
        Route("/sql/{page}", statements, methods=["GET"]),
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
    data = studio.leaderboard_file(asked, form, asked_language(request), who)
    name = "-".join(["mera-studio-leaderboard", *([asked.suite] if asked.suite else [])])
    headers = {"content-disposition": f'attachment; filename="{name}.{request.path_params["ending"]}"'}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _chart(studio: Studio, request: Request) -> Response:
    """The chart that the address names; its query is that of the chart's page. People's labels are counted as Inspect
    counts them: for the `reviewer` of the address, all of them with `people=all`."""
    name, ending = request.path_params["name"], request.path_params["ending"]
    form = next((form for form in CHART_FORMATS if form == ending), None)
    if form is None:
        raise BadInput("chart_form", file=f"{name}.{ending}")
    options = {key: value[:LONGEST] for key, value in request.query_params.items()}
    runs = (options.pop("runs", "") or options.pop("run", "")).split(",")
    asked = ChartAsked(name, tuple(run for run in runs[:MOST_RUNS] if run), options)
    who = blind(viewer(studio, request), request.query_params)
    data = studio.charts.file(asked, form, asked_language(request), who)
    called = "_".join(["mera-studio", name, *(name_part(run)[:40] for run in asked.runs[:2])])
    headers = {"content-disposition": f'attachment; filename="{called}.{form}"'}
    return Response(data, media_type=_CHARTS[form], headers=headers)


def _statements(studio: Studio, request: Request) -> dict[str, Any]:
    """The statements behind a page, with the filter that the address names."""
    page, query = request.path_params["page"], dict(request.query_params)
    known = next((known for known in SQL_PAGES if known == page), None)
    if known is None:
        raise BadInput("unknown_sql_page", name=page, known=", ".join(SQL_PAGES))
    runs = (query.get("runs") or query.get("run") or "").split(",")
    asked = SqlAsked(known, tuple(run for run in runs[:MOST_RUNS] if run), filter_of(query), query)
    lang = asked_language(request)
    who = viewer(studio, request)
    found = studio.sql.of(asked, who)
    return {
        "statements": [{"title": t(f"sql.what.{each.key}", lang), "sql": each.sql} for each in found],
        "files": [
            file for run in asked.runs if studio.may_export(run, who) for file in _files(run, asked, lang)
        ],
    }


def _files(run: str, asked: SqlAsked, lang: Lang) -> list[dict[str, str]]:
    """The files that statements are over: the run, and what the filter of Inspect leaves of it."""
    whole = f"./export/{quote(run)}.sqlite"
    files = [{"title": t("sql.file", lang, run=run), "href": whole}]
    if asked.page == "inspect" and asked.where != SampleFilter():
        given = {key: value for key, value in asdict(asked.where).items() if value}
        files.append({"title": t("sql.file.part", lang), "href": f"{whole}?{urlencode(given)}"})
    return files


def filter_of(query: Mapping[str, str]) -> SampleFilter:
    """The filter that an address of Inspect names."""
    named = {
        name: query.get(name, "")[:LONGEST] for name in ("task", "cell", "text", "category", "where", "label")
    }
    draw = query.get("draw", "")
    return SampleFilter(**named, draw=int(draw[:9]) if draw.isascii() and draw.isdigit() else 0)


def asked_language(request: Request) -> Lang:
    """The language that the address asks for, else the reader's."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGS if lang == asked), language(request))


def _exported(studio: Studio, request: Request) -> Response:
    """The run as a SQLite file; with a filter in the address what it leaves."""
    run, who = studio.run(request.path_params["run_id"]), viewer(studio, request)

    where = filter_of(dict(request.query_params))

    def made(folder: Path) -> Path:
        return studio.export(run.id, folder / "run.sqlite", who, where)

    name = file_name(run)
    named = name if where == SampleFilter() else f"{name.removesuffix('.sqlite')}_part.sqlite"
    return sent_file(made, "application/vnd.sqlite3", lambda: named)


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
