"""How people come in and go: `./join/SECRET` is a link of invitation, a POST to `./join` joins a project for anyone,
a POST to `./leave` signs this browser out.

Only an answer of the server can set a cookie that no script reads, so joining is no handler of a page. A link's secret
is told to nobody: no address leads from its page to another site, no cache keeps it, and nothing here logs it.
"""

import asyncio
import time
from collections import deque
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components import accounts
from components.downloads import asked_language, status_of
from components.links import link
from components.owner import GUESS_COSTS_S
from components.who import foreign, remember, viewer
from components.widgets.invitation import offer_html, refused_html
from studio.access import PERSON_COOKIE
from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.project import Role
from studio.service import SIGNED_IN_S, Studio
from studio.texts import Lang, describe

INVITED_COOKIE = "studio_invited"  # the secret of a link, while its holder is away at Hugging Face
INVITED_S = 900
MOST_JOINS, JOINS_WITHIN_S = 60, 60.0
LONGEST_FIELD = 4096
_QUIET = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}


def joining_routes(studio: Studio, *, guess_costs_s: float = GUESS_COSTS_S) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`. A wrong link costs a moment, so that guessing is slow."""
    desk = Reception(studio, guess_costs_s)
    return [
        Route("/join/{secret}", desk.shown, methods=["GET"]),
        Route("/join/{secret}", desk.joined, methods=["POST"]),
        Route("/join", desk.back, methods=["GET"]),
        Route("/join", desk.joined_open, methods=["POST"]),
        Route("/leave", desk.left, methods=["POST"]),
    ]


class Reception:
    """Where people come in."""

    def __init__(self, studio: Studio, guess_costs_s: float) -> None:
        self._studio, self._guess_costs_s = studio, guess_costs_s
        self._joins: deque[float] = deque()

    async def shown(self, request: Request) -> Response:
        """What the link offers; a link that offers nothing says why."""
        return await self._page(request, "", None)

    async def joined(self, request: Request) -> Response:
        """Joins by a link, as whoever is signed in or under the name of the form; leads to the project's page."""
        secret, lang = request.path_params["secret"], asked_language(request)
        given = await _fields(request)
        if foreign(request):
            return await self._page(request, given.get("name", ""), NotAllowed("other_site"))
        if "other" in given:
            return await self._signed_out(request, RedirectResponse(_same(secret, lang), status_code=303))
        if "huggingface" in given and self._studio.settings.oauth:
            return self._to_huggingface(request, secret)
        try:
            return await run_in_threadpool(self._redeemed, request, secret, given.get("name", ""), lang)
        except StudioError as error:
            return await self._page(request, given.get("name", ""), error)

    async def back(self, request: Request) -> Response:
        """Where Hugging Face sends people back to: on to the link that they came by."""
        secret = request.cookies.get(INVITED_COOKIE, "")
        reply = RedirectResponse(f"./join/{quote(secret, safe='')}" if secret else "./annotate", 303, _QUIET)
        remember(reply, INVITED_COOKIE, "", request, self._studio, 0)
        return reply

    async def joined_open(self, request: Request) -> Response:
        """Joins a project for anyone, for a page's script: fields `project` and `name`; JSON."""
        lang, given = asked_language(request), await _fields(request)
        try:
            if foreign(request):
                raise NotAllowed("other_site")
            return await run_in_threadpool(self._opened, request, given)
        except StudioError as error:
            told = {"error": describe(error, lang), "code": error.problem.code}
            status = 429 if error.problem.code == "too_many_joins" else _status(error)
            return JSONResponse(told, status_code=status, headers=_QUIET)

    async def left(self, request: Request) -> Response:
        """Signs this browser out, on the server too."""
        if foreign(request):
            return Response(status_code=403)
        lang = asked_language(request)
        return await self._signed_out(request, RedirectResponse(link("annotate", lang), status_code=303))

    async def _signed_out(self, request: Request, reply: Response) -> Response:
        token = request.cookies.get(PERSON_COOKIE, "")
        person = await run_in_threadpool(self._studio.members.signed_in, token)
        if person:
            who = viewer(self._studio, request)
            await run_in_threadpool(self._studio.members.sign_out, who, token)
        accounts.forget(request)
        remember(reply, PERSON_COOKIE, "", request, self._studio, 0)
        reply.headers.update(_QUIET)
        return reply

    async def _page(self, request: Request, name: str, refused: StudioError | None) -> Response:
        """The page of a link, or on to the work for who has come by it before; with `refused` it was not possible to
        join just now."""
        secret, lang = request.path_params["secret"], asked_language(request)
        members = self._studio.members
        who = await run_in_threadpool(viewer, self._studio, request)
        if before := await run_in_threadpool(members.came_before, secret, who):
            return _led(before.role, before.project, lang)
        try:
            offer = await run_in_threadpool(members.offer, secret)
        except NotAllowed as error:
            await asyncio.sleep(self._guess_costs_s)
            return _html(refused_html(error, lang), 403)
        here = await run_in_threadpool(members.name, who)
        html = offer_html(
            offer, lang, name=name, here=here, refused=refused, oauth=self._studio.settings.oauth
        )
        return _html(html, _status(refused) if refused else 200)

    def _redeemed(self, request: Request, secret: str, name: str, lang: Lang) -> Response:
        members, who = self._studio.members, viewer(self._studio, request)
        role = members.offer(secret).role
        project, token = members.redeem(secret, name, who)
        reply = _led(role, project, lang)
        self._keep(reply, token, request)
        return reply

    def _opened(self, request: Request, given: dict[str, str]) -> Response:
        project, who = given.get("project", ""), viewer(self._studio, request)
        self._pace()
        token = self._studio.workplaces.join(who, project, given.get("name", ""))
        reply = JSONResponse({"project": project}, headers=_QUIET)
        self._keep(reply, token, request)
        return reply

    def _keep(self, reply: Response, token: str, request: Request) -> None:
        if token:
            remember(reply, PERSON_COOKIE, token, request, self._studio, SIGNED_IN_S)

    def _pace(self) -> None:
        """Each who joins stays in the journal for ever: a program must not fill it. Raises BadInput."""
        now = time.monotonic()
        while self._joins and self._joins[0] < now - JOINS_WITHIN_S:
            self._joins.popleft()
        if len(self._joins) >= MOST_JOINS:
            raise BadInput("too_many_joins")
        self._joins.append(now)

    def _to_huggingface(self, request: Request, secret: str) -> Response:
        """To Hugging Face and back to `./join`: the secret stays in a cookie, for addresses are logged on that way."""
        reply = RedirectResponse(f"../{accounts.LOGIN}?_target_url=/join", status_code=303, headers=_QUIET)
        remember(reply, INVITED_COOKIE, secret, request, self._studio, INVITED_S)
        return reply


def _led(role: Role, project: str, lang: Lang) -> Response:
    """To where somebody of this role works."""
    place = link("annotate" if role == "annotator" else "organise", lang, project=project)
    return RedirectResponse(f".{place}", status_code=303, headers=_QUIET)


def _same(secret: str, lang: Lang) -> str:
    return f"./{quote(secret, safe='')}?lang={lang}"


async def _fields(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=4, max_part_size=LONGEST_FIELD) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _status(error: StudioError) -> int:
    return 400 if isinstance(error, BadInput) else status_of(error)


def _html(page: str, status: int) -> Response:
    return HTMLResponse(page, status_code=status, headers=_QUIET)
