"""The owner's door: `./owner` asks for STUDIO_OWNER_KEY and keeps it in a cookie that no script of a page can read."""

import asyncio
import hmac
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import link
from components.widgets.text import safe
from studio.access import KEY_COOKIE
from studio.service import Studio
from studio.texts import LANGS, Lang, t

STAYS_S = 30 * 86400
GUESS_COSTS_S = 1.0
LONGEST_BODY = 4096

_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ max-width: 24rem; margin: 18vh auto 0; padding: 0 1rem; }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .8rem; margin-top: .6rem;
  border-radius: 9px; }}
</style><h1 style="font-size:1.3rem">{title}</h1><p role="status">{words}</p>{form}</html>"""
_FORM = """<form method="post" action="./owner?lang={lang}"><label>{label}
<input type="password" name="key" autocomplete="current-password" required
autofocus></label><button>{button}</button></form>"""


def owner_routes(studio: Studio, *, guess_costs_s: float = GUESS_COSTS_S) -> list[BaseRoute]:
    """The routes for `launch(app_kwargs={"routes": …})`. A wrong key costs a moment, so that guessing is slow."""

    async def ask(request: Request) -> Response:
        lang, key = language(request), studio.settings.owner_key
        return _page(lang, t("owner.ask" if key else "owner.no_key", lang), asking=bool(key))

    async def tell(request: Request) -> Response:
        lang, key = language(request), studio.settings.owner_key
        async with request.form(max_files=0, max_fields=4, max_part_size=LONGEST_BODY) as form:
            given = form.get("key")
        if not key or not isinstance(given, str) or not hmac.compare_digest(given.encode(), key.encode()):
            await asyncio.sleep(guess_costs_s)
            return _page(lang, t("owner.wrong", lang), asking=bool(key), status=403)
        reply = RedirectResponse(link("organise", lang), status_code=303)
        https = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
        reply.set_cookie(KEY_COOKIE, key, max_age=STAYS_S, httponly=True, samesite="lax", secure=https)
        return reply

    return [Route("/owner", ask, methods=["GET"]), Route("/owner", tell, methods=["POST"])]


def language(request: Request) -> Lang:
    """The language of an address that belongs to no page: what it says (`?lang=`), else that of the page of this studio
    that one came from, else Russian, as every page without a language in its address."""
    came = urlsplit(request.headers.get("referer", ""))
    here = came if came.netloc == request.headers.get("host") else urlsplit("")
    return spoken(request.url.query) or spoken(here.query) or language_of(here.path)


def spoken(query: str) -> Lang | None:
    """What the query of an address says of its language."""
    asked = parse_qs(query).get("lang", [""])[-1]
    return next((lang for lang in LANGS if lang == asked), None)


def language_of(address: str) -> Lang:
    """The language of a page by its path: `en` and `en-…` are English."""
    last = address.rstrip("/").rpartition("/")[2]
    return "en" if last == "en" or last.startswith("en-") else "ru"


def _page(lang: Lang, words: str, *, asking: bool, status: int = 200) -> Response:
    form = (
        _FORM.format(lang=lang, label=safe(t("owner.key", lang)), button=safe(t("owner.enter", lang)))
        if asking
        else ""
    )
    page = _PAGE.format(lang=lang, title=safe(t("owner.title", lang)), words=safe(words), form=form)
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-store"})
