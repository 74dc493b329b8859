"""The owner's door: `./owner` asks for STUDIO_OWNER_KEY and keeps it in a cookie that no script of a page can read."""

import asyncio
import hmac
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.links import link
from components.widgets.plain_page import plain_page
from components.widgets.text import attr, safe
from studio.access import KEY_COOKIE
from studio.service import Studio
from studio.texts import LANGS, Lang, t

STAYS_S = 30 * 86400
GUESS_COSTS_S = 1.0
LONGEST_BODY = 4096

_FORM = """<form method="post" action="./owner?lang={lang}" class="st-stack"><div class="jn-field">
<label class="st-label" for="ow-key">{label}</label><input id="ow-key" type="password" name="key"
autocomplete="current-password" required autofocus{wrong}></div><button class="st-btn st-btn--main jn-wide">{button}
</button></form>"""


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
    refused = status != 200
    wrong = ' aria-invalid="true" aria-describedby="ow-why"' if refused else ""
    form = _FORM.format(
        lang=lang, label=safe(t("owner.key", lang)), button=safe(t("owner.enter", lang)), wrong=wrong
    )
    alert = f'<p class="st-alert" role="alert" id="ow-why">{safe(words)}</p>'
    said = alert if refused else f'<p class="st-note">{safe(words)}</p>'
    projects = attr(link("organise", lang))
    way = f'<p class="st-row"><a class="st-btn" href="{projects}">{safe(t("owner.on", lang))}</a></p>'
    body = f"{said}{form if asking else way}"
    # the sign-in is told in the language of the page that one came from: its address may be known
    page = plain_page(t("owner.title", lang), body, lang, referrer="same-origin")
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-store"})
