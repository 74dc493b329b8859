"""The page behind a link of invitation: what the link offers, one field, one button. It stands outside the app and
needs no script but the one that knows the reader's theme."""

from components.theme import ASSETS, CSS_PATHS
from components.widgets.header import LOGO
from components.widgets.text import attr, problem_html, safe
from studio.core.errors import StudioError
from studio.core.project import Invited
from studio.texts import Lang, t
from studio.texts.dates import moment

_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer"><title>{title} · {app}</title><style>{styles}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font-family: system-ui, sans-serif; min-height: 100vh; background: var(--st-bg); }}</style></head>
<body><div class="gradio-container"><div class="main jn-main">
<header class="st-root jn-head"><span class="st-brand">{logo}<span>{app}</span></span>
<a class="st-tool" href="?lang={other}" hreflang="{other}" lang="{other}">{language}</a></header>
<main id="st-main"><section class="st-root st-card st-stack jn-card">
<h1 class="st-h1">{title}</h1>{body}</section></main>
</div></div><script>{script}</script></body></html>"""


def offer_html(
    offer: Invited, lang: Lang, *, name: str, here: str, refused: StudioError | None, oauth: bool
) -> str:
    """What a link offers. `here` is the name of who is signed in already, `name` what was typed; with `refused` the
    link is good, but joining did not work."""
    facts = (
        ("join.project", offer.title or t("join.everywhere", lang)),
        ("join.role", t(f"join.role.{offer.role}", lang)),
        ("join.until", moment(offer.until, lang)),
    )
    rows = "".join(f"<dt>{safe(t(key, lang))}</dt><dd>{safe(value)}</dd>" for key, value in facts)
    body = (
        f'<p class="st-note">{safe(t("join.lead", lang))}</p><dl class="st-facts">{rows}</dl>'
        f'<p class="st-note">{safe(t(f"join.does.{offer.role}", lang))}</p>{_state(offer, lang)}'
        f"{_alert(refused, lang)}{_known(here, lang) if here else _asked(name, lang, oauth, refused is not None)}"
    )
    return _page(t("join.title", lang), body, lang)


def _state(offer: Invited, lang: Lang) -> str:
    """Why there is nothing to answer in the project yet, for whoever comes to answer."""
    if offer.role != "annotator" or offer.state in {None, "open"}:
        return ""
    return f'<p class="st-note jn-state"><b>{safe(t(f"join.state.{offer.state}", lang))}</b></p>'


def refused_html(error: StudioError, lang: Lang) -> str:
    """A link that offers nothing: why, and what to do."""
    return _page(t("join.refused", lang), _alert(error, lang), lang)


def _known(here: str, lang: Lang) -> str:
    return (
        f'<form method="post" class="st-stack"><p>{safe(t("join.here", lang, name=here))}</p><div class="st-row">'
        f'<button class="st-btn st-btn--main" autofocus>{safe(t("join.enter", lang))}</button>'
        f'<button class="st-btn" name="other" value="1">{safe(t("join.not_me", lang))}</button></div></form>'
    )


def _asked(name: str, lang: Lang, oauth: bool, wrong: bool) -> str:
    invalid = (
        ' aria-invalid="true" aria-describedby="jn-why jn-hint"' if wrong else ' aria-describedby="jn-hint"'
    )
    enter = t("join.enter", lang)
    return (
        f'{_huggingface(lang) if oauth else ""}<form method="post" class="st-stack"><div class="jn-field">'
        f'<label class="st-label" for="jn-name">{safe(t("join.name", lang))}</label>'
        f'<input id="jn-name" name="name" value="{attr(name)}" maxlength="80" required autofocus autocomplete="name"'
        f'{invalid}><p class="st-note" id="jn-hint">{safe(t("join.name.hint", lang))}</p></div>'
        f'<button class="st-btn st-btn--main jn-wide">{safe(enter)}</button></form>'
        f'<p class="st-note">{safe(t("join.browser", lang))}</p>'
    )


def _huggingface(lang: Lang) -> str:
    """To Hugging Face and back."""
    return (
        '<form method="post" data-login><button class="st-btn jn-wide" name="huggingface" value="1">'
        f'{safe(t("join.huggingface", lang))}</button></form><p class="st-note jn-or">{safe(t("join.or", lang))}</p>'
    )


def _alert(error: StudioError | None, lang: Lang) -> str:
    return f'<p class="st-alert" role="alert" id="jn-why">{problem_html(error, lang)}</p>' if error else ""


def _page(title: str, body: str, lang: Lang) -> str:
    styles = "".join(file.read_text("utf-8") for file in [*CSS_PATHS[:2], ASSETS / "joining.css"])
    return _PAGE.format(
        lang=lang, other="en" if lang == "ru" else "ru", title=safe(title), app=safe(t("app.title", lang)),
        styles=styles, logo=LOGO, language=safe(t("nav.language", lang)), body=body,
        script=(ASSETS / "joining.js").read_text("utf-8"),
    )  # fmt: skip
