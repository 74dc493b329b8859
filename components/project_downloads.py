"""A project's files at plain addresses: `./project/ID.hb.zip`, `./project/ID.csv.zip`, `./project/ID.sqlite`; with
`?names=1` (not of `hb`) people's names and comments, with `?method=glad` other than by majority. For its lead."""

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.downloads import asked_language, name_part, sent_file, status_of
from components.who import viewer
from studio.core.errors import BadInput, StudioError
from studio.core.run import Viewer
from studio.core.votes import AGGREGATIONS, Aggregation
from studio.service import Studio
from studio.texts import describe

Made = Callable[[Studio, Request, str, Viewer], Response]


def project_routes(studio: Studio) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`."""
    return [
        Route("/project/{project}.hb.zip", _answering(studio, _hb), methods=["GET"]),
        Route("/project/{project}.csv.zip", _answering(studio, _csv), methods=["GET"]),
        Route("/project/{project}.sqlite", _answering(studio, _sqlite), methods=["GET"]),
    ]


def _answering(studio: Studio, made: Made) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        try:
            project = request.path_params["project"]
            return await run_in_threadpool(made, studio, request, project, viewer(studio, request))
        except StudioError as error:
            return PlainTextResponse(describe(error, asked_language(request)), status_code=status_of(error))

    return answer


def _hb(studio: Studio, request: Request, project: str, who: Viewer) -> Response:
    files = studio.project_files.hb(who, project, method=_method(request))
    return _zip(studio.project_files.zipped(files, "hb"), f"{name_part(project)}_hb.zip")


def _csv(studio: Studio, request: Request, project: str, who: Viewer) -> Response:
    name = f"{name_part(project)}_csv"
    files = studio.project_files.tables(who, project, names=_names(request))
    return _zip(studio.project_files.zipped(files, name), f"{name}.zip")


def _zip(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


def _sqlite(studio: Studio, request: Request, project: str, who: Viewer) -> Response:
    def made(folder: Path) -> Path:
        target = folder / "project.sqlite"
        return studio.project_files.sqlite(
            who, project, target, names=_names(request), method=_method(request)
        )

    return sent_file(made, "application/vnd.sqlite3", lambda: f"{name_part(project)}.sqlite")


def _names(request: Request) -> bool:
    return request.query_params.get("names") == "1"


def _method(request: Request) -> Aggregation:
    asked = request.query_params.get("method", "majority")
    found = next((each for each in AGGREGATIONS if each == asked), None)
    if found is None:
        raise BadInput("unknown_method", name=asked[:40], known=", ".join(AGGREGATIONS))
    return found
