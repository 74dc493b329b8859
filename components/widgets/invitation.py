"""The page behind a link of invitation: what the link offers, one field, one button."""

from components.links import link
from components.widgets.plain_page import plain_page
from components.widgets.text import attr, problem_html, safe
from studio.core.errors import StudioError
from studio.core.project import Invited
from studio.texts import Lang, t
from studio.texts.dates import moment


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
    return plain_page(t("join.title", lang), body, lang)


def _state(offer: Invited, lang: Lang) -> str:
    """Why there is nothing to answer in the project yet, for whoever comes to answer."""
    if offer.role != "annotator" or offer.state in {None, "open"}:
        return ""
    return f'<p class="st-note jn-state"><b>{safe(t(f"join.state.{offer.state}", lang))}</b></p>'


def refused_html(error: StudioError, lang: Lang) -> str:
    """A link that offers nothing: why, and what to do."""
    where = attr(f".{link('annotate', lang)}")  # from below `join/`
    way = (
        f'<p class="st-row"><a class="st-btn" href="{where}">{safe(t("annotate.elsewhere.to", lang))}</a></p>'
    )
    return plain_page(t("join.refused", lang), f"{_alert(error, lang)}{way}", lang)


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
