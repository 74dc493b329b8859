"""What a browser sees at an address that leads nowhere: a small page with the ways on, instead of the server's JSON."""

from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from components.links import HEADER, link
from components.owner import language, language_of, spoken
from components.theme import ASSETS, CSS_PATHS
from components.widgets.header import header_html
from components.widgets.text import attr, safe, short
from studio.texts import Lang, t

# What only Gradio's own scripts ask: they are answered as before, whatever they say they accept.
_FOR_PROGRAMS = "gradio_api"
_LONGEST = 80  # characters of the address that are repeated

_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><base href="{base}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{title} · {app}</title><style>{styles}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font-family: system-ui, sans-serif; min-height: 100vh; background: var(--st-bg); }}</style></head>
<body><div class="gradio-container"><div class="main">{header}
<main id="st-main"><section class="st-root st-card st-stack">
<h1 class="st-h1">{title}</h1><p class="st-note">{words}</p><div class="st-row">{ways}</div></section></main>
</div></div><script>{script}</script></body></html>"""


async def not_found(request: Request, error: Exception) -> Response:
    """The handler of status 404: a page for who reads it in a browser, JSON for everybody else."""
    if _is_reader(request):
        return HTMLResponse(page_html(_below_root(request), _lang(request)), status_code=404)
    known = error if isinstance(error, HTTPException) else HTTPException(404)
    return await http_exception_handler(request, known)


def page_html(path: str, lang: Lang) -> str:
    """The page for an address. `path` is below the app's root, without the leading slash."""
    title, words = t("nowhere.title", lang), t("nowhere.words", lang, path=path[:_LONGEST])
    ways = "".join(
        f'<a class="st-btn{" st-btn--main" if key == "run" else ""}" href="{attr(link(key, lang))}">'
        f"{safe(t(f'nav.{key}', lang))}</a>"
        for key in HEADER
    )
    return _PAGE.format(
        lang=lang, base="../" * path.count("/") or "./", title=safe(title), app=safe(t("app.title", lang)),
        styles="".join(file.read_text("utf-8") for file in CSS_PATHS[:2]), header=header_html(None, lang),
        words=short(words, 2 * _LONGEST), ways=ways, script=(ASSETS / "nowhere.js").read_text("utf-8"),
    )  # fmt: skip


def _is_reader(request: Request) -> bool:
    wants = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")
    return wants and not _below_root(request).startswith(_FOR_PROGRAMS)


def _below_root(request: Request) -> str:
    root = str(request.scope.get("root_path", ""))
    return str(request.scope["path"]).removeprefix(root).lstrip("/")


def _lang(request: Request) -> Lang:
    """What the address says (`?lang=`, `/en-…`), else the page that one came from."""
    return spoken(request.url.query) or (
        "en" if language_of(_below_root(request)) == "en" else language(request)
    )
