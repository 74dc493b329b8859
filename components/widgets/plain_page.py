"""A page that stands outside the app and needs no script but the one that knows the reader's theme: one card."""

from components.theme import ASSETS, CSS_PATHS
from components.widgets.header import LOGO
from components.widgets.text import safe
from studio.texts import Lang, t

_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="referrer" content="{referrer}"><title>{title} · {app}</title><style>{styles}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font-family: system-ui, sans-serif; min-height: 100vh; background: var(--st-bg); }}</style></head>
<body><div class="gradio-container"><div class="main jn-main">
<header class="st-root jn-head"><span class="st-brand">{logo}<span>{app}</span></span>
<a class="st-tool" href="?lang={other}" hreflang="{other}" lang="{other}">{language}</a></header>
<main id="st-main"><section class="st-root st-card st-stack jn-card">
<h1 class="st-h1">{title}</h1>{body}</section></main>
</div></div><script>{script}</script></body></html>"""


def plain_page(title: str, body: str, lang: Lang, *, referrer: str = "no-referrer") -> str:
    """The page; `body` is markup. `referrer` is what other pages of this studio are told of its address: nothing,
    where the address is a secret."""
    styles = "".join(file.read_text("utf-8") for file in [*CSS_PATHS[:2], ASSETS / "joining.css"])
    return _PAGE.format(
        lang=lang, other="en" if lang == "ru" else "ru", title=safe(title), app=safe(t("app.title", lang)),
        styles=styles, logo=LOGO, language=safe(t("nav.language", lang)), body=body, referrer=referrer,
        script=(ASSETS / "joining.js").read_text("utf-8"),
    )  # fmt: skip
